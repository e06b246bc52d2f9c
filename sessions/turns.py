"""Whose turn it is, by number, and what is to be called: values for a screen, without a word.

Pure. `Turns` is made once for a layout and asked for one second after another, as often as a
screen likes. It knows numbers of turns and tables, never of people.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from sessions.cues import CueKind, cues_of
from sessions.laying import Layout, Table
from sessions.tables import Doing, TurnKind

Doings = Doing | Literal["over"]
"""What a table does; `over` when the time of the step is."""


@dataclass(frozen=True, slots=True)
class TableView:
    """What tables that are alike do at one second."""

    number: int
    """The first of them, from 1."""
    count: int
    size: int
    """How many sit at each."""
    doing: Doings
    speaker: int | None
    """Which turn of the round it is; never whose. In a fishbowl, which ring."""
    of: int | None
    round: int
    rounds: int
    seconds_left: int
    """Of the turn, of the change after it, or of whatever it is; 0 when that is over."""
    cue: CueKind | None


@dataclass(frozen=True, slots=True)
class TurnView:
    """What the tables of a step do at one second."""

    kind: TurnKind
    tables: tuple[TableView, ...]
    overtime: int
    """Seconds beyond the step's time; it counts up."""

    @property
    def main(self) -> TableView:
        """What most tables do."""
        return max(self.tables, key=lambda one: one.count)

    @property
    def doing(self) -> Doings:
        """What is going on at most tables."""
        return self.main.doing

    @property
    def speaker(self) -> int | None:
        """Which turn it is at most tables; `None` while nobody has one."""
        return self.main.speaker

    @property
    def of(self) -> int | None:
        """How many turns a round has at most tables."""
        return self.main.of

    @property
    def seconds_left(self) -> int:
        """What is left of it at most tables."""
        return self.main.seconds_left

    @property
    def cue(self) -> CueKind | None:
        """What is to be called to most tables."""
        return self.main.cue


class Turns:
    """The turns of a step, to be looked up second by second."""

    def __init__(self, layout: Layout) -> None:
        """Take a layout as `sessions.laying.lay_out` made it."""
        self.layout = layout
        self._tables = [_Clock(layout, one) for one in layout.tables]

    def at(self, elapsed: int) -> TurnView | None:
        """Return what the tables do.

        Args:
            elapsed: The step's own time so far; pauses are no part of it.

        Returns:
            None while nobody sits at any table.
        """
        tables = tuple(one.at(elapsed) for one in self._tables if one.is_seated(elapsed))
        if not tables:
            return None
        return TurnView(self.layout.kind, tables, max(elapsed - self.layout.seconds, 0))


class _Clock:
    """One table's slots and cues, by the second they begin."""

    def __init__(self, layout: Layout, table: Table) -> None:
        self._table = table
        self._slots = [one for one in table.slots if one.end > one.start]
        self._starts = [one.start for one in self._slots]
        self._cues = cues_of(layout, table)
        self._calls = [one.at for one in self._cues]

    def is_seated(self, elapsed: int) -> bool:
        """Say whether anybody sits there: not before people came, nor once the table broke up."""
        if not self._slots or elapsed < self._starts[0]:
            return False
        return self._table.size > 0 or elapsed < self._slots[-1].end

    def at(self, elapsed: int) -> TableView:
        """Return what the table does."""
        slot = self._slots[bisect_right(self._starts, elapsed) - 1]
        left = slot.end - elapsed
        return TableView(
            number=self._table.number,
            count=self._table.count,
            size=self._table.size,
            doing=slot.doing if left > 0 else "over",
            speaker=slot.speaker,
            of=slot.of,
            round=slot.round,
            rounds=slot.rounds,
            seconds_left=max(left, 0),
            cue=self._cue(elapsed),
        )

    def _cue(self, elapsed: int) -> CueKind | None:
        """Return the last thing that was called, while it stands."""
        place = bisect_right(self._calls, elapsed) - 1
        stands = place >= 0 and elapsed < self._cues[place].until
        return self._cues[place].kind if stands else None
