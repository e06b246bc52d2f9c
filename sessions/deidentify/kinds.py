"""What is known of the frequent words of a language: how they are used, and beside what others.

Pure. A table that answers for each word that was put in, in six bytes, and holds no word. Each
answer is the exclusive or of three places of the table, which the word's two checksums choose (a
Bloomier filter: Chazelle, Kilian, Rubinfeld, Tal 2004; placed as in the xor filter of Graf and
Lemire 2019). A part of the answer is a checksum, too: a word that was not put in is taken for one
that was about once in two thousand times.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WIDTH: Final = 6
_SPARE: Final = 1.24
_SMALLEST: Final = 256
_MIX: Final = 0x9E3779B1
_CHECK: Final = 11
LARGEST: Final = 1 << (8 * _WIDTH - _CHECK)
"""What is told of a word is a number below this."""

Checksums = tuple[int, int]
"""Two numbers made of a word."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """What is known of words, to be asked by a word's checksums."""

    table: bytes

    def of(self, one: int, two: int) -> int:
        """Return what was said of a word, or 0."""
        table = self.table
        low, middle, high = _places(one, two, len(table) // (3 * _WIDTH))
        found = (
            int.from_bytes(table[low : low + _WIDTH], "little")
            ^ int.from_bytes(table[middle : middle + _WIDTH], "little")
            ^ int.from_bytes(table[high : high + _WIDTH], "little")
        )
        said = found >> _CHECK
        return said if found == _checked(said, one) else 0

    @classmethod
    def made(cls, said: Mapping[str, int], hashes: Callable[[str], Checksums]) -> Kinds:
        """Return a table that answers with these numbers, each below `LARGEST`.

        Raises:
            ValueError: The words could not be placed; a longer table would hold them.
        """
        size = int(len(said) * _SPARE) // 3 + _SMALLEST
        sums = {word: hashes(word) for word in sorted(said)}
        places = {word: _places(*two, size) for word, two in sums.items()}
        table = bytearray(size * 3 * _WIDTH)
        for word, place in reversed(_order(places)):
            value = _checked(said[word], sums[word][0])
            for other in places[word]:
                if other != place:
                    value ^= int.from_bytes(table[other : other + _WIDTH], "little")
            table[place : place + _WIDTH] = value.to_bytes(_WIDTH, "little")
        return cls(bytes(table))


def _order(places: Mapping[str, tuple[int, int, int]]) -> list[tuple[str, int]]:
    """Return each word with a place that no word behind it in this order has.

    Raises:
        ValueError: There is no such order.
    """
    at: defaultdict[int, set[str]] = defaultdict(set)
    for word, three in places.items():
        for place in three:
            at[place].add(word)
    single = sorted(place for place, words in at.items() if len(words) == 1)
    order: list[tuple[str, int]] = []
    while single:
        place = single.pop()
        if len(at[place]) != 1:
            continue
        (word,) = at[place]
        order.append((word, place))
        for other in places[word]:
            at[other].discard(word)
            if len(at[other]) == 1:
                single.append(other)
    if len(order) < len(places):
        message = "words that could not be placed"
        raise ValueError(message)
    return order


def _checked(said: int, one: int) -> int:
    """Return what is said of a word with the checksum that it is told by."""
    return said << _CHECK | (one * _MIX >> 9) & ((1 << _CHECK) - 1)


def _places(one: int, two: int, size: int) -> tuple[int, int, int]:
    """Return where the three parts of an answer begin: one in each third of the table."""
    mixed = (one * _MIX ^ two >> 5) & 0xFFFFFFFF
    return (
        one % size * _WIDTH,
        (size + (two >> 1) % size) * _WIDTH,
        (2 * size + (mixed >> 3) % size) * _WIDTH,
    )
