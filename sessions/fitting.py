"""Fit rows of time to a stop: slack first, then shortening, then dropping, and never more.

Pure. Knows no plan and no clock; every time is a whole number of seconds from now.

Invariants, which `tests/core/test_fitting.py` states as properties:

* a fit that is feasible ends at or before the stop, and every anchor is kept;
* what is protected never changes;
* no second is taken that is not needed: without a drop, what is taken is exactly the overrun;
* nothing is shortened while slack is left, and nothing dropped while shortening is enough;
* more time drops no more, and with the same steps dropped leaves every row at least as long.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

ChangeKind = Literal["slack", "shortened", "dropped"]


@dataclass(frozen=True, slots=True)
class Remaining:
    """A row of time that is running or still to come."""

    id: str
    seconds: int
    """What it is to take in all, with what is spent already."""
    fewest: int
    """The least it may take in all."""
    drop_order: int | None = None
    """It may be left out, the lowest number first."""
    protected: bool = False
    """Its seconds never change."""
    is_slack: bool = False
    """It is time that nobody needs, and gives way before all else."""
    spent: int = 0
    """What it has taken already."""

    @property
    def ahead(self) -> int:
        """The seconds of it that are still to come."""
        return max(0, self.seconds - self.spent)

    @property
    def fewest_ahead(self) -> int:
        """The seconds still to come that cannot be taken away."""
        return self.ahead if self.protected else min(self.ahead, max(0, self.fewest - self.spent))


@dataclass(frozen=True, slots=True)
class Bundle:
    """Rows that can only be left out together: a droppable step and all its parts."""

    id: str
    drop_order: int
    members: tuple[str, ...]
    """The ids of its rows and of every step among its parts."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A clock time that holds a row: when it may start at the earliest and must at the latest.

    Waiting for `earliest` is time like slack: whatever runs late before it uses it up. `latest`
    is a stop for everything before the row. Once its owner is dropped an anchor holds nothing.
    """

    row: int
    """The row it holds, by its place."""
    owner: str
    """The step it belongs to."""
    earliest: int | None = None
    latest: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that gives way."""

    step: str
    kind: ChangeKind
    from_seconds: int
    to_seconds: int
    parts: tuple[str, ...] = ()
    """What is dropped along with it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What must give way for the rows to end by the stop."""

    feasible: bool
    """It can be done; else nothing is changed."""
    fits: bool
    """Nothing need change."""
    changes: tuple[Change, ...]
    """In the order of the rows; none when it is not feasible."""
    projected_seconds: int
    """When the last row ends, with the changes."""
    unchanged_seconds: int
    """When the last row would end if nothing gave way."""
    missing_seconds: int = 0
    """How much too long it stays after everything has given way; 0 when feasible."""
    blocked: str | None = None
    """The step that cannot start by its latest time; `None` when it is the stop that is missed."""
    lengths: Mapping[str, int] = field(default_factory=dict)
    """What each row takes in all, with the changes."""

    @property
    def seconds(self) -> dict[str, int]:
        """The new length of each row that is shortened or gives up slack."""
        return {one.step: one.to_seconds for one in self.changes if one.kind != "dropped"}

    @property
    def dropped(self) -> tuple[str, ...]:
        """What is left out; the parts of a step go with it and are not named."""
        return tuple(one.step for one in self.changes if one.kind == "dropped")


def fit(
    rows: Sequence[Remaining],
    available_seconds: int,
    *,
    bundles: Sequence[Bundle] = (),
    anchors: Sequence[Anchor] = (),
) -> Fit:
    """Fit rows to the time that is left.

    Dropping goes strictly by drop order, rows of the same order by their place. A row whose drop
    would win nothing is passed over. After a drop all else is reckoned anew from its full length,
    so that nothing stays shortened that need not be.

    Args:
        rows: What is running and to come, in the order it runs.
        available_seconds: From now to the stop; negative when that is past.
        bundles: Rows that are dropped together.
        anchors: Clock times that hold a row.
    """
    desk = _Desk(rows, available_seconds, bundles, anchors)
    unchanged = desk.end(desk.ahead)
    if desk.tight(desk.ahead) is None:
        return _result(desk, desk.ahead, unchanged)
    while (limit := desk.tight(desk.fewest)) is not None:
        choice = desk.next_drop(limit)
        if choice is None:
            return _infeasible(desk, limit, unchanged)
        desk.drop(choice)
    return _result(desk, _shortened(desk), unchanged)


def shared_out(total: int, rooms: Sequence[int]) -> list[int]:
    """Share a total out in proportion to rooms, in whole seconds that add up exactly.

    What rounding leaves over goes, second by second, where the room for each second taken is
    largest. So no share shrinks when the total grows, which plain largest remainders do not
    promise, and no share exceeds its room.

    Args:
        total: What to share out; at most the sum of the rooms is shared.
        rooms: How much each can take.
    """
    whole = sum(rooms)
    if total >= whole:
        return list(rooms)
    shares = [total * room // whole for room in rooms]
    queue = [
        (-Fraction(room, share + 1), place)
        for place, (room, share) in enumerate(zip(rooms, shares, strict=True))
    ]
    heapq.heapify(queue)
    for _ in range(total - sum(shares)):
        place = queue[0][1]
        shares[place] += 1
        heapq.heapreplace(queue, (-Fraction(rooms[place], shares[place] + 1), place))
    return shares


@dataclass(frozen=True, slots=True)
class _Limit:
    """The rows from `first` up to `until` may take so many seconds together."""

    first: int
    until: int
    seconds: int
    owner: str | None


@dataclass(frozen=True, slots=True)
class _Drop:
    """Something that may be left out."""

    id: str
    order: int
    places: tuple[int, ...]
    members: tuple[str, ...] = ()


class _Desk:
    """The rows on the table while they are being fitted; `gone` is what has been dropped."""

    def __init__(
        self,
        rows: Sequence[Remaining],
        available: int,
        bundles: Sequence[Bundle],
        anchors: Sequence[Anchor],
    ) -> None:
        self.rows = rows
        self.available = available
        self.anchors = anchors
        self.ahead = [row.ahead for row in rows]
        self.fewest = [row.fewest_ahead for row in rows]
        self.gone: set[str] = set()
        self.drops: list[_Drop] = []
        self._choices = sorted(
            (*_single_drops(rows), *_bundle_drops(rows, bundles)),
            key=lambda drop: (drop.order, drop.places),
        )

    def limits(self) -> list[_Limit]:
        """Return what must hold, the nearest stop first and the narrowest span to it first.

        A row starts when all before it are over, but not before its own earliest time. So a stop
        is met exactly when the rows from *every* start that holds fit between it and the stop;
        waiting then needs no reckoning of its own.
        """
        held = [one for one in self.anchors if one.owner not in self.gone]
        starts = [(one.row, one.earliest) for one in held if (one.earliest or 0) > 0]
        starts = [*sorted(starts, reverse=True), (0, 0)]
        stops = sorted((one.row, one.latest, one.owner) for one in held if one.latest is not None)
        return [
            _Limit(row, until, latest - (earliest or 0), owner)
            for until, latest, owner in (*stops, (len(self.rows), self.available, None))
            for row, earliest in starts
            if row <= until
        ]

    def tight(self, seconds: Sequence[int]) -> _Limit | None:
        """Return the first limit that rows of such lengths break."""
        broken = (one for one in self.limits() if self.over(one, seconds) > 0)
        return next(broken, None)

    def over(self, limit: _Limit, seconds: Sequence[int]) -> int:
        """Return by how much rows of such lengths break a limit."""
        return sum(seconds[place] for place in self.places(limit)) - limit.seconds

    def places(self, limit: _Limit) -> Iterator[int]:
        """Return the rows under a limit that are not dropped."""
        span = range(limit.first, limit.until)
        return (place for place in span if self.rows[place].id not in self.gone)

    def next_drop(self, limit: _Limit) -> _Drop | None:
        """Return what to drop next so that a limit is broken by less."""
        winning = {place for place in self.places(limit) if self.fewest[place] > 0}
        return next((one for one in self._choices if not winning.isdisjoint(one.places)), None)

    def drop(self, choice: _Drop) -> None:
        """Leave something out, and forget what was left out before as a part of it."""
        self.gone.update((choice.id, *choice.members))
        self.drops = [one for one in self.drops if one.id not in choice.members]
        self.drops.append(choice)

    def end(self, seconds: Sequence[int]) -> int:
        """Return when the last row of such lengths ends, waiting included."""
        earliest: dict[int, int] = {}
        for one in self.anchors:
            if one.owner not in self.gone and one.earliest is not None:
                earliest[one.row] = max(earliest.get(one.row, 0), one.earliest)
        now = 0
        for place, row in enumerate(self.rows):
            now = max(now, earliest.get(place, 0))
            now += 0 if row.id in self.gone else seconds[place]
        return now


def _single_drops(rows: Sequence[Remaining]) -> Iterator[_Drop]:
    for place, row in enumerate(rows):
        if row.drop_order is not None and not (row.protected or row.is_slack):
            yield _Drop(row.id, row.drop_order, (place,))


def _bundle_drops(rows: Sequence[Remaining], bundles: Iterable[Bundle]) -> Iterator[_Drop]:
    """Return the bundles that may go; one that holds anything protected stays whole."""
    for bundle in bundles:
        members = frozenset(bundle.members)
        places = tuple(place for place, row in enumerate(rows) if row.id in members)
        if places and not any(rows[place].protected for place in places):
            yield _Drop(bundle.id, bundle.drop_order, places, bundle.members)


def _shortened(desk: _Desk) -> list[int]:
    """Return the rows' lengths after slack and then shortening have met every limit."""
    lengths = list(desk.ahead)
    for limit in desk.limits():
        for slack in (True, False):
            over = desk.over(limit, lengths)
            if over <= 0:
                break
            giving = [one for one in desk.places(limit) if desk.rows[one].is_slack is slack]
            rooms = [lengths[one] - desk.fewest[one] for one in giving]
            for place, share in zip(giving, shared_out(over, rooms), strict=True):
                lengths[place] -= share
    return lengths


def _result(desk: _Desk, ahead: Sequence[int], unchanged: int) -> Fit:
    changes = tuple(_changes(desk, ahead))
    return Fit(
        feasible=True,
        fits=not changes,
        changes=changes,
        projected_seconds=desk.end(ahead),
        unchanged_seconds=unchanged,
        lengths=_lengths(desk, ahead),
    )


def _infeasible(desk: _Desk, limit: _Limit, unchanged: int) -> Fit:
    missing = desk.over(limit, desk.fewest)
    desk.gone.clear()
    return Fit(
        feasible=False,
        fits=False,
        changes=(),
        projected_seconds=unchanged,
        unchanged_seconds=unchanged,
        missing_seconds=missing,
        blocked=limit.owner,
        lengths=_lengths(desk, desk.ahead),
    )


def _lengths(desk: _Desk, ahead: Sequence[int]) -> dict[str, int]:
    return {
        row.id: row.spent + (0 if row.id in desk.gone else ahead[place])
        for place, row in enumerate(desk.rows)
    }


def _changes(desk: _Desk, ahead: Sequence[int]) -> Iterator[Change]:
    """Return what differs from the rows as they were, in their order."""
    dropped = {drop.places[0]: drop for drop in desk.drops}
    for place, row in enumerate(desk.rows):
        if place in dropped:
            drop = dropped[place]
            rows = [desk.rows[one] for one in drop.places]
            spent = sum(one.spent for one in rows)
            before = spent + sum(one.ahead for one in rows)
            parts = tuple(one for one in drop.members if one != drop.id)
            yield Change(drop.id, "dropped", before, spent, parts)
        elif row.id not in desk.gone and ahead[place] < row.ahead:
            kind: ChangeKind = "slack" if row.is_slack else "shortened"
            yield Change(row.id, kind, row.spent + row.ahead, row.spent + ahead[place])
