"""Grows the trees of the second look, by gradient boosting over what it sees of the words of notes.

Pure. Each note is read twice: by somebody who has the roster of the room, and by somebody who has
none. The first look that is weighed must not have learned from the same notes, or it would seem
surer than it is with others: see `looks`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from sessions.deidentify.features import features
from sessions.deidentify.figures import Figures
from sessions.deidentify.roster import Roster
from sessions.deidentify.second_look import signs
from sessions.deidentify.survivors import look_up
from sessions.deidentify.tokens import tokens
from sessions.deidentify.trees import PARTS, Trees

if TYPE_CHECKING:
    from sessions.deidentify.lexicon import Lexicon
    from sessions.deidentify.people import People
    from sessions.deidentify.trees import Node
    from sessions.training.notes import Note, Places, Room

Seen = tuple[tuple[int, ...], bool]
"""What is seen of a word, and whether it is a name."""

_TREES: Final = 150
_LEAVES: Final = 40
_RATE: Final = 0.1
_SIGNS_ASKED: Final = 0.3
"""The share of the signs that each question is chosen from: so no tree leans on the same few."""
_FEWEST: Final = 30
_SEED: Final = 20


def seen_of(rooms: Iterable[Room], lex: Lexicon) -> Iterator[Seen]:
    """Yield what a second look sees of the words of these notes, after a first look by `lex`."""
    for room in rooms:
        people = Roster.parse("\n".join(room.roster)).people
        for note in room.notes:
            yield from _of_note(note, lex, people)
            yield from _of_note(note, lex, None)


def _of_note(note: Note, lex: Lexicon, people: People | None) -> Iterator[Seen]:
    found = tokens(note.text)
    said = look_up(found, lex)
    public = {
        at for one in Figures.of(found, lex.common).named for at in range(one.first, one.last + 1)
    }
    first = [lex.score(one) if one else None for one in features(found, said)]
    for at, seen in signs(found, said, first, people, lex).items():
        token = found[at]
        if at in public or _touches(note.others, token.start, token.end):
            continue
        yield tuple(map(int, seen)), _touches(note.names, token.start, token.end)


def _touches(places: Places, start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in places)


def grown(seen: Iterable[Seen]) -> Trees:
    """Return the trees that tell names from words best, given what was seen of both."""
    # A tool of ours, which the program never needs.
    from sklearn.ensemble import GradientBoostingClassifier  # noqa: PLC0415

    numbers, names = zip(*seen, strict=True)
    boosted = GradientBoostingClassifier(
        n_estimators=_TREES,
        learning_rate=_RATE,
        max_depth=None,
        max_leaf_nodes=_LEAVES,
        min_samples_leaf=_FEWEST,
        max_features=_SIGNS_ASKED,
        random_state=_SEED,
    )
    boosted.fit(numbers, names)
    share = sum(names) / len(names)
    start: Node = round(PARTS * math.log(share / (1 - share)))
    return Trees.of([start, *(_node(one[0].tree_, 0) for one in boosted.estimators_)])


def _node(tree: Any, at: int) -> Node:  # noqa: ANN401
    """Return a node of one of scikit-learn's trees, which asks of whole numbers here."""
    left, right = int(tree.children_left[at]), int(tree.children_right[at])
    if left == right:
        return round(PARTS * _RATE * float(tree.value[at].item()))
    most = math.floor(float(tree.threshold[at]))
    return int(tree.feature[at]), most, _node(tree, left), _node(tree, right)
