"""The name model's data file: which words are names, which are words, and the weights.

Pure. Its own data file, read once when it is first needed, is a constant to others. The file holds
lines of text (`name value`), an empty line, then the parts that the header sizes: sets of words,
how words are used (`kinds`), two bytes a weight, and the trees of the second look.

A set of words is a filter of Bloom: it may say yes to a word that is not in it, about once in a
hundred, and never no to one that is. No list of names can be read back out of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final
from zlib import crc32

from sessions.deidentify.kinds import Kinds
from sessions.deidentify.lists import data_bytes
from sessions.deidentify.trees import Trees

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MODEL_FILE: Final = "names.model"

SETS: Final = ("given", "family", "common", "known", "towns", "pairs")
"""The sets of words in the order of the file."""

_OTHERS: Final = ("kinds", "weights", "trees")
_HASHES: Final = 5
_SECOND: Final = 0x9E3779B9


def checksums(word: str) -> tuple[int, int]:
    """Return the two numbers by which a word is looked up in any of these tables."""
    given = word.encode()
    return crc32(given), crc32(given, _SECOND) | 1


@dataclass(frozen=True, slots=True)
class WordSet:
    """A set of words that can be asked and not listed."""

    bits: bytes

    def __contains__(self, word: object) -> bool:
        """Say whether a folded word is in the set, or, seldom, looks as if."""
        return self.has(*checksums(str(word)))

    def has(self, one: int, two: int) -> bool:
        """Say the same of a word of which the two checksums are known."""
        bits = self.bits
        size = len(bits) * 8
        for _turn in range(_HASHES):
            at = one % size
            if not bits[at >> 3] >> (at & 7) & 1:
                return False
            one += two
        return True

    @classmethod
    def of(cls, words: frozenset[str], bits_a_word: int = 10) -> WordSet:
        """Return the set of these folded words."""
        size = max(len(words) * bits_a_word // 8, 8)
        bits = bytearray(size)
        for word in words:
            one, two = checksums(word)
            for turn in range(_HASHES):
                at = (one + turn * two) % (size * 8)
                bits[at >> 3] |= 1 << (at & 7)
        return cls(bytes(bits))


class Weights:
    """What each feature says, in two bytes: a checksum by which it is known, and its weight.

    A feature that nothing was learned of is taken for another once in 256 times.
    """

    __slots__ = ("_places", "_table", "data")

    NOTHING: Final = 128
    """The byte of a weight that is nothing; a byte above it speaks for a name."""

    def __init__(self, data: bytes) -> None:
        """Take the bytes of a table: of each place the weight, then the checksum."""
        self.data = data
        self._table = memoryview(data).cast("B")
        self._places = len(data) // 2

    def heard(self, seen: Sequence[int]) -> int:
        """Return the sum of what these features say, in steps of the scale."""
        table, places, heard = self._table, self._places, 0
        for one in seen:
            check, at = divmod(one, places)
            at += at
            if table[at + 1] == check & 255:
                heard += table[at] - 128
        return heard

    @classmethod
    def of(cls, learned: Iterable[tuple[int, int]], places: int) -> Weights:
        """Return a table of weights, of which those that come first have the first choice.

        Args:
            learned: Features and their weights from -127 to 127, none of them 0.
            places: How many there is room for.
        """
        table = bytearray([cls.NOTHING, 0]) * places
        for one, weight in learned:
            check, at = divmod(one, places)
            if table[2 * at] == cls.NOTHING:
                table[2 * at : 2 * at + 2] = bytes((weight + cls.NOTHING, check & 255))
        return cls(bytes(table))


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All there is in a model file."""

    given: WordSet
    """First names, nicknames, and words that are used as such."""
    family: WordSet
    common: WordSet
    """The words that are met most."""
    known: WordSet
    """Every word of the dictionaries."""
    towns: WordSet
    """Towns of the world, those of several words with a space between."""
    pairs: WordSet
    """Two words that are a thing when they stand beside each other: "summer camp"."""
    kinds: Kinds
    """How each frequent word is used; see `features.used_as`."""
    weights: Weights
    trees: Trees
    """What the second look makes of what it sees; see `second_look.SIGNS`."""
    scale: float
    """What a byte is worth."""
    bias: float

    def score(self, seen: Sequence[int]) -> float:
        """Return what the features of a word say for its being a name, as a logarithm of odds."""
        return self.bias + self.scale * self.weights.heard(seen)

    def of(self, word: str) -> tuple[bool, bool, bool, bool, int]:
        """Say whether a folded word is a given name, a family name, a frequent word, a word.

        The last number tells how it is used, 0 where that is not known.
        """
        one, two = checksums(word)
        return (
            self.given.has(one, two),
            self.family.has(one, two),
            self.common.has(one, two),
            self.known.has(one, two),
            self.kinds.of(one, two),
        )

    def spanish(self, word: str) -> int:
        """Return how a folded word is used in Spanish, 0 where that is not known."""
        return self.kinds.of(*checksums(f" {word}"))


def packed(lexicon: Lexicon, notes: dict[str, str]) -> bytes:
    """Return the bytes of a model file.

    Args:
        lexicon: What it holds.
        notes: Lines of the header that say where it came from.
    """
    sets = [getattr(lexicon, name).bits for name in SETS]
    head = {**notes, "scale": repr(lexicon.scale), "bias": repr(lexicon.bias)}
    head |= {name: str(len(bits)) for name, bits in zip(SETS, sets, strict=True)}
    others = (lexicon.kinds.table, lexicon.weights.data, lexicon.trees.data)
    head |= {name: str(len(part)) for name, part in zip(_OTHERS, others, strict=True)}
    lines = "".join(f"{name} {value}\n" for name, value in head.items())
    return lines.encode() + b"\n" + b"".join((*sets, *others))


def unpacked(data: bytes) -> Lexicon:
    """Return what the bytes of a model file hold."""
    lines, _, rest = data.partition(b"\n\n")
    head = dict(line.split(" ", 1) for line in lines.decode().splitlines())
    parts: list[bytes] = []
    at = 0
    for name in (*SETS, *_OTHERS):
        size = int(head[name])
        parts.append(rest[at : at + size])
        at += size
    given, family, common, known, towns, pairs = map(WordSet, parts[: len(SETS)])
    kinds, weights, trees = parts[len(SETS) :]
    return Lexicon(
        given,
        family,
        common,
        known,
        towns,
        pairs,
        Kinds(kinds),
        Weights(weights),
        Trees(trees),
        scale=float(head["scale"]),
        bias=float(head["bias"]),
    )


@cache
def lexicon() -> Lexicon:
    """Return the shipped model, read when it is first asked for."""
    return unpacked(data_bytes(MODEL_FILE))
