"""Fits the weights of the name model: one number for each bucket, by gradient descent.

Pure, given a source of chance.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random  # noqa: TID251
from typing import Final

from sessions.deidentify.features import BUCKETS, Listed, features
from sessions.deidentify.lexicon import NOTHING, Lexicon, WordSet
from sessions.deidentify.survivors import in_phrases, in_towns, listed_word
from sessions.deidentify.tokens import Token, tokens
from sessions.training.material import Material, Sentence

Example = tuple["array[int]", float]
"""The features of one token, and whether it is a name."""

_ROUNDS: Final = 4
_AVERAGED: Final = 2
_DROPPED: Final = 4
_RATE: Final = 0.25
_EASY: Final = 0.03
_LARGEST: Final = 127
_HIDE_NAME: Final = 0.35
_HIDE_PLACE: Final = 0.5
_HIDE_TOWN: Final = 0.4
_HIDE_WORD: Final = 0.06
_HIDE_KEPT: Final = 0.25


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
        self._seen: dict[str, Listed] = {}

    def look_up(self, found: Sequence[Token], named: frozenset[int]) -> list[Listed]:
        """Return what the lists say of each token, as far as it is not hidden."""
        hide_places = self._chance.random() < _HIDE_PLACE
        places = frozenset() if hide_places else in_phrases(found, "places.txt")
        hide_towns = self._chance.random() < _HIDE_TOWN
        towns = {} if hide_towns else in_towns(found, self._lists.towns)
        hide_names = self._chance.random() < _HIDE_NAME
        looked = [
            self._hidden(
                token.folded,
                place=at in places,
                hide=hide_names and at in named,
                at=at,
                named=named,
            )
            for at, token in enumerate(found)
        ]
        return [replace(one, town=towns.get(at, "")) for at, one in enumerate(looked)]

    def _hidden(
        self,
        word: str,
        *,
        place: bool,
        hide: bool,
        at: int,
        named: frozenset[int],
    ) -> Listed:
        listed = self._seen.get(word)
        if listed is None:
            listed = self._seen[word] = listed_word(word, self._lists, place=False)
        if hide or word in self._never:
            listed = replace(listed, given=False, family=False)
        if at not in named and self._chance.random() < _HIDE_WORD:
            listed = replace(listed, common=False, known=False)
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
    return made


def fitted(made: list[Example], chance: Random) -> tuple[array[float], float]:
    """Return the weights and the bias that tell names from words best.

    The weights are the mean of the last rounds: one round more or less then changes little.
    """
    weights = array("d", bytes(8 * BUCKETS))
    squares = array("d", [1.0]) * BUCKETS
    bias = 0.0
    order = list(range(len(made)))
    total, added = array("d", bytes(8 * BUCKETS)), 0
    for turn in range(_ROUNDS):
        rate = _RATE / (1 + turn / 2)
        chance.shuffle(order)
        for index in order:
            whole, wanted = made[index]
            # A quarter of what is seen is hidden each time, so that no single sign decides.
            dropped = chance.randrange(_DROPPED)
            seen = [one for at, one in enumerate(whole) if at % _DROPPED != dropped]
            score = bias
            for at in seen:
                score += weights[at]
            guess = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
            error = wanted - guess
            if -_EASY < error < _EASY:
                continue
            bias += 0.002 * error
            square = error * error
            for at in seen:
                squares[at] += square
                weights[at] += rate * error / math.sqrt(squares[at])
        if turn >= _ROUNDS - _AVERAGED:
            total = array("d", (sum(pair) for pair in zip(total, weights, strict=True)))
            added += 1
    return array("d", (one / added for one in total)), bias


def shrunk(material: Material, weights: array[float], bias: float) -> Lexicon:
    """Return a lexicon whose weights take one byte each."""
    largest = sorted(abs(one) for one in weights if one)
    top = largest[int(len(largest) * 0.9995)]
    scale = top / _LARGEST
    bytes_ = bytes(NOTHING + max(-127, min(127, round(one / scale))) for one in weights)
    return Lexicon(
        given=WordSet.of(material.given, 20),
        family=WordSet.of(material.family, 20),
        common=WordSet.of(material.common, 24),
        known=WordSet.of(material.known, 14),
        towns=WordSet.of(material.towns, 16),
        weights=bytes_,
        scale=scale,
        bias=bias,
    )
