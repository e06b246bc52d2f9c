"""Fits the weights of the name model: one number for each feature, by gradient descent.

Pure, given a source of chance.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random  # noqa: TID251
from typing import Final

from sessions.deidentify.features import Listed, features, features_around
from sessions.deidentify.kinds import Kinds
from sessions.deidentify.lexicon import Lexicon, Weights, WordSet, checksums
from sessions.deidentify.survivors import in_pairs, in_phrases, in_towns, is_spanish, listed_word
from sessions.deidentify.tokens import Token, tokens
from sessions.deidentify.trees import Trees
from sessions.training.material import Material, Sentence

Example = tuple["array[int]", float]
"""The features of one token, and whether it is a name."""

_ROUNDS: Final = 4
_AVERAGED: Final = 2
_DROPPED: Final = 4
_RATE: Final = 0.25
_EASY: Final = 0.03
_LARGEST: Final = 127
_LEAST: Final = 3
_PLACES: Final = 520_001
_HIDE_NAME: Final = 0.35
_HIDE_PLACE: Final = 0.5
_HIDE_TOWN: Final = 0.4
_HIDE_PAIRS: Final = 0.2
_HIDE_WORD: Final = 0.06
_HIDE_KEPT: Final = 0.25
_MASKED: Final = 0.05
_MASKED_WORD: Final = 0.6
_MASKED_NAME: Final = 0.3
_SHORTEST: Final = 3


class Hider:
    """Looks words up as the finder will, but hides some of what the lists say.

    A third of all names are never on a list, and the others are sometimes not: so the model has
    to read letters and neighbours too, as it must with names that no list has.
    """

    def __init__(self, material: Material, chance: Random) -> None:
        self._lists = material
        self._chance = chance
        self._never = {
            name
            for name in sorted(material.given | material.family)
            if chance.random() < 0.3  # noqa: PLR2004
        }
        self._seen: dict[tuple[str, bool], Listed] = {}

    def look_up(self, found: Sequence[Token], named: frozenset[int]) -> list[Listed]:
        """Return what the lists say of each token, as far as it is not hidden."""
        hide_places = self._chance.random() < _HIDE_PLACE
        places = frozenset() if hide_places else in_phrases(found, "places.txt")
        hide_towns = self._chance.random() < _HIDE_TOWN
        towns = {} if hide_towns else in_towns(found, self._lists.towns)
        hide_names = self._chance.random() < _HIDE_NAME
        spanish = is_spanish(found)
        looked = [
            self._hidden(
                token.folded,
                place=at in places,
                hide=hide_names and at in named,
                at=at,
                named=named,
                spanish=spanish,
            )
            for at, token in enumerate(found)
        ]
        tied = {} if self._chance.random() < _HIDE_PAIRS else in_pairs(found, self._lists.pairs)
        return [
            replace(one, town=towns.get(at, ""), tied=tied.get(at, ""))
            if at in towns or at in tied
            else one
            for at, one in enumerate(looked)
        ]

    def masked(
        self, found: Sequence[Token], listed: Sequence[Listed], named: frozenset[int]
    ) -> Iterator[int]:
        """Yield the words to be learned of by their places alone.

        They are names, words that are names too, and some others that mean something.
        """
        for at, (token, said) in enumerate(zip(found, listed, strict=True)):
            if not token.is_word or len(token.folded) < _SHORTEST:
                continue
            share = _MASKED
            if at in named:
                share = _MASKED_NAME
            elif said.known and (said.given or said.family):
                share = _MASKED_WORD
            elif token.folded in self._lists.grammar:
                share = 0.0
            if self._chance.random() < share:
                yield at

    def _hidden(
        self,
        word: str,
        *,
        place: bool,
        hide: bool,
        at: int,
        named: frozenset[int],
        spanish: bool,
    ) -> Listed:
        listed = self._seen.get((word, spanish))
        if listed is None:
            listed = listed_word(word, self._lists, place=False, spanish=spanish)
            self._seen[word, spanish] = listed
        if hide or word in self._never:
            listed = replace(listed, given=False, family=False)
        if at not in named and self._chance.random() < _HIDE_WORD:
            listed = replace(listed, common=False, known=False, used=0)
        if listed.kept and self._chance.random() < _HIDE_KEPT:
            listed = replace(listed, kept=False)
        return replace(listed, place=True) if place else listed


def examples(sentences: Iterable[Sentence], hider: Hider) -> list[Example]:
    """Return an example for each word of these sentences."""
    made: list[Example] = []
    for sentence in sentences:
        found = tokens(sentence.text)
        named = frozenset(
            at
            for at, token in enumerate(found)
            if any(start < token.end and token.start < end for start, end in sentence.names)
        )
        listed = hider.look_up(found, named)
        for at, one in enumerate(features(found, listed)):
            if one and found[at].written != "'s":
                made.append((array("I", one), float(at in named)))
        hidden = frozenset(hider.masked(found, listed, named))
        around = features_around(found, listed, hidden)
        made += [(array("I", one), float(at in named)) for at, one in around.items()]
    return made


@dataclass(frozen=True)
class Fitted:
    """What was learned: the weight of each feature, the most telling first."""

    features: tuple[int, ...]
    weights: tuple[float, ...]
    bias: float


def fitted(made: list[Example], chance: Random) -> Fitted:
    """Return the weights and the bias that tell names from words best.

    What was seen only once or twice is left out. The weights are the mean of the last rounds: one
    round more or less then changes little.
    """
    counts = _counted(made)
    number = {one: at for at, one in enumerate(counts)}
    seen = [array("I", (number[one] for one in whole if one in number)) for whole, _ in made]
    weights, squares = array("d", bytes(8 * len(number))), array("d", [1.0]) * len(number)
    total, added = array("d", bytes(8 * len(number))), 0
    bias = 0.0
    order = list(range(len(made)))
    for turn in range(_ROUNDS):
        rate = _RATE / (1 + turn / 2)
        chance.shuffle(order)
        for index in order:
            # A quarter of what is seen is hidden each time, so that no single sign decides.
            dropped = chance.randrange(_DROPPED)
            here = [one for at, one in enumerate(seen[index]) if at % _DROPPED != dropped]
            score = bias + sum(map(weights.__getitem__, here))
            guess = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
            error = made[index][1] - guess
            if -_EASY < error < _EASY:
                continue
            bias += 0.002 * error
            square = error * error
            for at in here:
                squares[at] += square
                weights[at] += rate * error / math.sqrt(squares[at])
        if turn >= _ROUNDS - _AVERAGED:
            total = array("d", (sum(pair) for pair in zip(total, weights, strict=True)))
            added += 1
    told = {one: total[at] / added for one, at in number.items()}
    order = sorted(told, key=lambda one: (-abs(told[one]) * math.sqrt(counts[one]), one))
    return Fitted(tuple(order), tuple(told[one] for one in order), bias)


def _counted(made: list[Example]) -> dict[int, int]:
    """Return how often each feature was seen, of those that were seen often enough."""
    counts: Counter[int] = Counter()
    for whole, _ in made:
        counts.update(whole)
    return {one: count for one, count in counts.items() if count >= _LEAST}


def shrunk(material: Material, learned: Fitted, places: int = _PLACES) -> Lexicon:
    """Return a lexicon whose weights take one byte each; its trees are still to grow."""
    largest = sorted(map(abs, learned.weights))
    scale = largest[int(len(largest) * 0.9995)] / _LARGEST
    steps = (max(-_LARGEST, min(_LARGEST, round(one / scale))) for one in learned.weights)
    told = ((one, step) for one, step in zip(learned.features, steps, strict=True) if step)
    return Lexicon(
        given=WordSet.of(material.given, 20),
        family=WordSet.of(material.family, 20),
        common=WordSet.of(material.common, 24),
        known=WordSet.of(material.known, 14),
        towns=WordSet.of(material.towns, 16),
        pairs=WordSet.of(material.pairs, 12),
        kinds=Kinds.made(material.used, checksums),
        weights=Weights.of(told, places),
        trees=Trees(b""),
        scale=scale,
        bias=learned.bias,
    )
