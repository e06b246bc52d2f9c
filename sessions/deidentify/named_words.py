"""Words of the dictionaries that are also names on the roster: whether one is meant as a name.

Pure.

That somebody is called Grace makes "Grace" likely and says nothing of the word "grace" beside it.
So such a word is judged by its place above all: what the model makes of the words around it, as if
it did not know which word stands there, and a little of what it makes of the word itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from sessions.deidentify.features import features_around
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.limits import CARRIES, OF_THE_ROSTER, OF_THE_WORD
from sessions.deidentify.lists import is_everyday, is_small, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sessions.deidentify.guessing import Guess
    from sessions.deidentify.people import People

# What stands for a name is made of these words.
_STANDS_IN: Final = frozenset({"colleague", "person"})

Meant = Literal["word", "review", "auto"]
"""What a word is taken for: nobody's name here, somebody's if a person says so, somebody's."""


def meant(thought: Sequence[Guess], people: People) -> Mapping[int, Meant]:
    """Return what each word that is a name on the roster is taken for, by its token.

    Args:
        thought: What the model makes of each token of a text.
        people: The roster.
    """
    places = frozenset(at for at, guess in enumerate(thought) if _is_in_doubt(guess, people))
    if not places:
        return {}
    lex = lexicon()
    found = [guess.token for guess in thought]
    around = features_around(found, [guess.listed for guess in thought], places)
    return {at: _meant(thought[at], lex.score(seen), people) for at, seen in around.items()}


def _is_in_doubt(guess: Guess, people: People) -> bool:
    token = guess.token
    if not token.is_word or len(token.folded) == 1 or not people.has(token.folded):
        return False
    if token.case in {"a", "l"} and (is_small(token.written) or token.folded in _STANDS_IN):
        return False
    return guess.listed.known or is_everyday(token.written)


def _meant(guess: Guess, around: float, people: People) -> Meant:
    limits = OF_THE_ROSTER.get(guess.token.case, OF_THE_ROSTER["C"])
    score = around + OF_THE_WORD * max(guess.own, -12.0)
    word = guess.token.folded
    carries = word in listed("identity") or word in listed("faith")
    if carries or guess.listed.place:
        score -= CARRIES
    if score >= limits.sure:
        return "review" if carries else "auto"
    small = guess.token.case in {"a", "l"}
    alone = people.has(word) & people.lone and not (small and is_everyday(guess.token.written))
    return "review" if score >= limits.asked or alone else "word"
