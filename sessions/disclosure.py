"""What may be told of a number of people, and how.

Pure. Nothing here ever tells of fewer than the threshold. Figures that are told are each at
least the threshold and add up to all who answered, so that nothing is left to subtract; where
that cannot be, words are used instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from sessions.summary import NamedCount

FLOOR = 5
"""The threshold is never lower."""

_NEARLY_ALL_FROM = 4
"""In a room of so many thresholds, fewer than one of them is less than a quarter."""

_BANDS = ((5, 9), (10, 19), (20, 29), (30, 49), (50, 99), (100, 199), (200, 499))


def band(count: int) -> str:
    """Return a number of people as a band, such as `20 to 29`."""
    if count < FLOOR:
        return "fewer than 5"
    for low, high in _BANDS:
        if low <= count <= high:
            return f"{low} to {high}"
    return "500 or more"


def merged(
    labels: Sequence[str], counts: Sequence[int], threshold: int = FLOOR, *, scale: bool = False
) -> tuple[NamedCount, ...]:
    """Merge neighbouring options until each group is large enough to be told.

    Args:
        labels: The options in their order.
        counts: How many chose each.
        threshold: The least that may be told; never taken lower than the floor.
        scale: The options are the points of a scale, so that three or more read `3 to 5`.

    Returns:
        Groups in order, each at least the threshold, together everybody; empty when even all of
        them together are too few, or when only one group would be left of several options.
    """
    threshold = max(threshold, FLOOR)
    groups: list[tuple[list[str], int]] = []
    for label, count in zip(labels, counts, strict=True):
        if groups and groups[-1][1] < threshold:
            groups[-1][0].append(label)
            groups[-1] = (groups[-1][0], groups[-1][1] + count)
        else:
            groups.append(([label], count))
    if len(groups) > 1 and groups[-1][1] < threshold:
        last = groups.pop()
        groups[-1] = (groups[-1][0] + last[0], groups[-1][1] + last[1])
    if len(groups) < 2 or groups[0][1] < threshold:  # noqa: PLR2004
        return ()
    return tuple(NamedCount(label=_together(names, scale), count=count) for names, count in groups)


def in_words(
    labels: Sequence[str], counts: Sequence[int], threshold: int = FLOOR, *, scale: bool = False
) -> str:
    """Say in a sentence what a group answered, without a figure below the threshold.

    Args:
        labels: The options in their order.
        counts: How many chose each.
        threshold: The least that may be told; never taken lower than the floor.
        scale: The options are the points of a scale.
    """
    threshold = max(threshold, FLOOR)
    total = sum(counts)
    if total < threshold:
        return f"Fewer than {threshold} people answered, so nothing is told."
    groups = merged(labels, counts, threshold, scale=scale)
    if groups:
        parts = [f"{group.label}: {group.count}" for group in groups]
        return f"Of {total}: {'; '.join(parts)}."
    most = max(range(len(counts)), key=counts.__getitem__)
    others = total - counts[most]
    if others >= threshold or others >= counts[most]:
        return f"The {total} answers are spread too thinly to tell."
    # Which of the two is said depends on the total alone: it tells nothing about the others.
    share = "nearly all" if total >= _NEARLY_ALL_FROM * threshold else "most"
    return f"{total} answered; {share} chose: {labels[most]}."


def _together(names: Sequence[str], scale: bool) -> str:  # noqa: FBT001
    """Return options that are told together as one label."""
    if scale and len(names) > 2:  # noqa: PLR2004
        return f"{names[0]} to {names[-1]}"
    return " or ".join(names)
