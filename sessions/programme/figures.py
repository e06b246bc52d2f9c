"""What may be told of sums over sessions, and how.

Pure. A session tells of its groups of answers, or in words of one answer. Both say of any
neighbouring answers how many people gave them *at least*, and that adds up over sessions; what
they do not say stays untold here too. No session is left out for what it answered, as it would be
if only figures were summed: rooms that agree are the ones that tell in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Final, TypeVar

from sessions.programme.model import FEWEST_SESSIONS, STEP

Span = tuple[int, int]
"""Neighbouring answers, by the places of the first and the last one."""

_ENOUGH: Final = 4
"""A share of one in so many may stay untold beside figures."""

_Key = TypeVar("_Key")


def down(count: int) -> int:
    """Return a number of people as it may be told."""
    return count - count % STEP


def people_band(least: int, most: int | None) -> str:
    """Return a number of people as a band with round ends; empty where nothing is known."""
    low = down(least)
    if most is None:
        return f"{low} or more" if low else ""
    high = max(down(most + STEP - 1), low + STEP)
    return f"{low} to {high}" if low else f"up to {high}"


def spans(options: int) -> Iterator[Span]:
    """Yield every run of neighbouring answers."""
    for first in range(options):
        for last in range(first, options):
            yield first, last


def at_least(cells: Mapping[Span, int], span: Span) -> int:
    """Return how many people gave one of some neighbouring answers at least.

    Args:
        cells: Sums of the sessions' cells.
        span: The answers; not all of them together.
    """
    first, last = span
    return sum(many for (low, high), many in cells.items() if first <= low and high <= last)


def told_spans(
    questions: Sequence[tuple[Mapping[Span, int], int]], options: int
) -> tuple[Span, ...]:
    """Return which answers are told together: as many groups as leave little untold.

    Args:
        questions: One, or several that are told alike. Of each: the sums of the sessions' cells,
            and how many answered.
        options: How many answers there are.

    Returns:
        Neighbouring groups; a single one where no two may be told, and none where not even half
        of all people gave what could be told.
    """
    reckoned = [
        ({span: at_least(cells, span) for span in spans(options)}, n) for cells, n in questions
    ]
    together: Counter[Span] = Counter()
    for sums, _ in reckoned:
        together.update(sums)
    fitting = [
        parts
        for parts in _partitions(options)
        if all(_tells_most(sums, people, parts) for sums, people in reckoned)
    ]
    if fitting:
        return max(fitting, key=lambda parts: (len(parts), _sum(together, parts), parts))
    alone = [
        span
        for span in spans(options)
        if span != (0, options - 1)
        and all(sums.get(span, 0) >= max(STEP, (n + 1) // 2) for sums, n in reckoned)
    ]
    best = min(alone, key=lambda span: (span[1] - span[0], -together[span], span), default=None)
    return () if best is None else (best,)


def _tells_most(sums: Mapping[Span, int], people: int, parts: Sequence[Span]) -> bool:
    enough = all(sums.get(span, 0) >= STEP for span in parts)
    return enough and (people - _sum(sums, parts)) * _ENOUGH <= people


def _sum(sums: Mapping[Span, int], parts: Sequence[Span]) -> int:
    return sum(sums[span] for span in parts)


def _partitions(options: int) -> Iterator[tuple[Span, ...]]:
    """Yield every way to share answers out into two groups of neighbours or more."""
    for groups in range(2, options + 1):
        for cuts in combinations(range(1, options), groups - 1):
            yield tuple((low, high - 1) for low, high in pairwise((0, *cuts, options)))


def small_together(
    counts: Mapping[_Key, int], order: Iterable[_Key]
) -> tuple[tuple[_Key, ...], ...]:
    """Put the keys with too few sessions together, with one more where they are still too few.

    Args:
        counts: How many sessions each has.
        order: All keys in the order they are told.

    Returns:
        Groups; only the last one may have several keys.
    """
    ordered = list(order)
    few = [key for key in ordered if counts[key] < FEWEST_SESSIONS]
    enough = [key for key in ordered if counts[key] >= FEWEST_SESSIONS]
    if few and enough and sum(counts[key] for key in few) < FEWEST_SESSIONS:
        smallest = min(reversed(enough), key=lambda key: counts[key])
        enough.remove(smallest)
        few = [smallest, *few]
    groups = [(key,) for key in enough]
    return (*groups, tuple(few)) if few else tuple(groups)


def quarter(day: str) -> str:
    """Return the quarter of a day such as `2026-11-22`."""
    return f"{day[:4]} Q{(int(day[5:7]) + 2) // 3}"
