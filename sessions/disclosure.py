"""What may be told of a number of people, and how.

Pure. Nothing here ever tells of fewer than the threshold. Figures that are told are each at
least the threshold and add up to all who answered, so that nothing is left to subtract; where
that cannot be, words are used instead.

Whoever reads a Summary can read these rules too. So each sentence is one that many different
rooms get: with the number of answers, the rules and the sentence in hand, every number that is
not told stays open over a range of at least `OPEN_RANGE`. That is why a sentence is chosen by
how many answered and by which option is told of, and by nothing finer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeVar

from sessions import summary_words as words
from sessions.summary import NamedCount, Told

_Key = TypeVar("_Key")

FLOOR = 5
"""The threshold is never lower."""

OPEN_RANGE = 3
"""No number that is not told can be worked out to a range narrower than this."""

_NEARLY_ALL_FROM = 4
"""In a room of so many thresholds, fewer than one of them is less than a quarter."""

_BOUNDS = (0, FLOOR, 10, 20, 30, 50, 100, 200, 500)
"""Where a band begins; the last one has no end."""

_FEW_OPTIONS = 2

_OF_ONE: dict[Told, str] = {
    "nearly-all": words.NEARLY_ALL,
    "most": words.MOST,
    "half-or-more": words.AT_LEAST_HALF,
    "middle": words.IN_THE_MIDDLE,
}
"""What is said of one option, by how it is told."""


@dataclass(frozen=True, slots=True)
class Band:
    """A number of people between two others, as it may be told."""

    least: int
    most: int | None
    """`None` where it has no upper end."""

    def __str__(self) -> str:
        """Return it in words, such as `20 to 29`."""
        if self.most is None:
            return words.OR_MORE.format(least=self.least)
        if self.least == 0:
            return words.FEWER_THAN.format(least=self.most + 1)
        return words.FROM_TO.format(low=self.least, high=self.most)


def band(count: int) -> str:
    """Return a number of people as a band, such as `20 to 29`."""
    return str(band_beside(count, ()))


def band_beside(count: int, answered: Iterable[int]) -> Band:
    """Return a number of people as a band that can stand beside how many of them answered.

    A band that ends just above a figure would tell how many did not answer: of 5 to 9 people, 7
    answered and at most 2 did not. Such an end is left out, whichever side of it the people are,
    so that the wider band tells nothing of why it is wide.

    Args:
        count: How many people.
        answered: Every figure that is told of how many answered.
    """
    most_answered = max(answered, default=-OPEN_RANGE - 1)
    count = max(count, most_answered)
    told = [one for one in _BOUNDS if not most_answered < one <= most_answered + OPEN_RANGE]
    for low, high in pairwise(told):
        if low <= count < high:
            return Band(low, high - 1)
    return Band(told[-1], None)


def band_of_part(count: int, total: int, threshold: int = FLOOR) -> Band:
    """Return how many of a known total something is true of, as a band.

    Where bands begin is a matter of the total alone, and each is wide enough to say little of any
    of the two: those it is true of, and the others.

    Args:
        count: How many it is true of, at most the total.
        total: Of how many; a reader may know it.
        threshold: The least that may be told; never taken lower than the floor.
    """
    threshold = max(threshold, FLOOR)
    begins = [0]
    for one in sorted({*_BOUNDS, threshold, total - threshold + 1}):
        if one >= threshold and begins[-1] + OPEN_RANGE < one <= total - OPEN_RANGE:
            begins.append(one)
    at = max(one for one in begins if one <= count)
    after = min((one for one in begins if one > count), default=None)
    return Band(at, None if after is None else after - 1)


@dataclass(frozen=True, slots=True)
class Telling:
    """In which way the answers to a question are told."""

    told: Told
    option: int | None = None
    """The place of the one option that words tell of."""


def telling(counts: Sequence[int], threshold: int = FLOOR, *, ordered: bool = True) -> Telling:
    """Decide how answers of which each person gave one are told.

    Args:
        counts: How many chose each option, in the options' order.
        threshold: The least that may be told; never taken lower than the floor.
        ordered: The options stand in an order, so that one of them is in the middle.
    """
    threshold = max(threshold, FLOOR)
    total = sum(counts)
    if total < threshold:
        return Telling("nothing")
    if _groups(counts, threshold):
        return Telling("figures")
    if total < 2 * threshold - 1:
        return _few(counts, total, ordered=ordered)
    # No two groups are large enough, so fewer than the threshold lie on either side of one option.
    middle = _middle(counts, total)
    if total - counts[middle] < threshold:
        nearly = total >= _NEARLY_ALL_FROM * threshold
        return Telling("nearly-all" if nearly else "most", middle)
    if total > 4 * (threshold - 1):
        return Telling("half-or-more", middle)
    return Telling("middle", middle) if ordered else Telling("nothing")


def _few(counts: Sequence[int], total: int, *, ordered: bool) -> Telling:
    """Decide for so few answers that no two groups of them could be told."""
    middle = _middle(counts, total)
    if (total - 1) // 2 < OPEN_RANGE:
        # Knowing the middle, a reader would know all but one or two of the others.
        return Telling("nothing")
    if len(counts) == _FEW_OPTIONS:
        return Telling("half-or-more", middle)
    return Telling("middle", middle) if ordered else Telling("nothing")


def _middle(counts: Sequence[int], total: int) -> int:
    """Return the place of the answer in the middle; of two in the middle, the lower one's."""
    half = (total + 1) // 2
    return next(place for place, so_far in enumerate(accumulate(counts)) if so_far >= half)


def merged(
    labels: Sequence[str],
    counts: Sequence[int],
    threshold: int = FLOOR,
    *,
    scale: bool = False,
    ids: Sequence[str] = (),
) -> tuple[NamedCount, ...]:
    """Merge neighbouring options until each group is large enough to be told.

    Args:
        labels: The options in their order.
        counts: How many chose each.
        threshold: The least that may be told; never taken lower than the floor.
        scale: The options are the points of a scale, so that three or more read `3 to 5`.
        ids: What the options are called in a file; the labels when left out.

    Returns:
        Groups in order, each at least the threshold, together everybody; empty when even all of
        them together are too few, or when only one group would be left of several options.
    """
    ids = ids or labels
    return tuple(
        NamedCount(
            label=together([labels[place] for place in group], scale=scale),
            count=sum(counts[place] for place in group),
            options=tuple(ids[place] for place in group),
        )
        for group in _groups(counts, max(threshold, FLOOR))
    )


def _groups(counts: Sequence[int], threshold: int) -> tuple[tuple[int, ...], ...]:
    """Return the places of the options that are told together; empty for fewer than two groups."""
    groups = neighbours(tuple(enumerate(counts)), threshold)
    return groups if len(groups) > 1 else ()


def neighbours(counts: Sequence[tuple[_Key, int]], fewest: int) -> tuple[tuple[_Key, ...], ...]:
    """Merge neighbouring keys until each group counts enough; one group where all are too few.

    Args:
        counts: Each key with its count, in the order in which they are neighbours.
        fewest: What every group has to reach.
    """
    groups: list[list[_Key]] = []
    so_far = fewest
    for key, count in counts:
        if so_far >= fewest:
            groups.append([])
            so_far = 0
        groups[-1].append(key)
        so_far += count
    if len(groups) > 1 and so_far < fewest:
        last = groups.pop()
        groups[-1] += last
    return tuple(map(tuple, groups))


def in_words(
    labels: Sequence[str],
    counts: Sequence[int],
    threshold: int = FLOOR,
    *,
    scale: bool = False,
    ordered: bool = True,
) -> str:
    """Say in a sentence what a group answered, without a figure below the threshold.

    Args:
        labels: The options in their order.
        counts: How many chose each.
        threshold: The least that may be told; never taken lower than the floor.
        scale: The options are the points of a scale.
        ordered: The options stand in an order.
    """
    threshold = max(threshold, FLOOR)
    total = sum(counts)
    if total < threshold:
        return words.FEW_ANSWERED.format(threshold=threshold)
    how = telling(counts, threshold, ordered=ordered)
    if how.told == "figures":
        groups = merged(labels, counts, threshold, scale=scale)
        parts = [f"{group.label}: {group.count}" for group in groups]
        return words.FIGURES.format(total=total, figures="; ".join(parts))
    if how.option is None:
        if total < 2 * threshold - 1:
            return words.TOO_FEW.format(total=total)
        return words.TOO_THIN.format(total=total)
    return _of_one(labels[how.option], how.told, total)


def _of_one(label: str, told: Told, total: int) -> str:
    return _OF_ONE.get(told, words.IN_THE_MIDDLE).format(total=total, label=label)


def together(names: Sequence[str], *, scale: bool) -> str:
    """Return options that are told together as one label."""
    if scale and len(names) > 2:  # noqa: PLR2004
        return words.FROM_TO.format(low=names[0], high=names[-1])
    return " or ".join(names)
