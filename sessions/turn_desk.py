"""What a facilitator does with turns, in memory, and what her screen is told of them.

Touches: memory that dies with the program. What the record holds (the step, its own time, heads
and minutes that changed) gives the same turn again after a restart. Forgotten then, and at the
close, are the turns that were passed, the voices that were granted and the two counters of air
time: none of it is ever saved. No person is in any of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from agreements.plan import Plan, Step
from sessions import order
from sessions.air import AirTime
from sessions.clock import step_time
from sessions.laying import Change, Mark, Passed, VoiceMore, lay_out
from sessions.state import SessionState, evolve
from sessions.timeline import (
    AnyEvent,
    HeadsChanged,
    MinutesChanged,
    PlanFitted,
    StepDeclined,
    StepDropped,
    StepStarted,
)
from sessions.turns import Turns, TurnView

TurnAct = Literal["turn", "voice", "new", "again"]
"""What can be done with turns: one ends, one voice more, a new voice is heard, or one again."""


@dataclass(slots=True)
class _Memory:
    """What is remembered of one step."""

    marks: list[Mark] = field(default_factory=list)
    air: AirTime = field(default_factory=AirTime)


@dataclass(frozen=True, slots=True)
class _Done:
    """Something that was done with turns, and what was as it was before."""

    act: TurnAct
    memory: _Memory
    marks: tuple[Mark, ...]
    air: AirTime
    after: AnyEvent | None
    """The newest event at that time: the act is the last one until another comes."""


MOST_WAITING: Final = 3
"""With so many voices granted, the room hears one of them before another is granted."""

_ALL_TABLES: Final[tuple[str, int | None]] = ("", None)


class TurnDesk:
    """The turns of the step that is running."""

    def __init__(
        self,
        plan: Plan,
        events: Callable[[], Sequence[AnyEvent]],
        state: Callable[[], SessionState],
    ) -> None:
        """Watch a session.

        Args:
            plan: The session's plan.
            events: Gives its timeline.
            state: Gives where it stands at this second.
        """
        self._plan, self._events, self._state = plan, events, state
        self._memory: dict[str, _Memory] = {}
        self._done: list[_Done] = []
        self._chosen: tuple[str, int | None] = _ALL_TABLES
        self._history: _History | None = None
        self._known: tuple[object, ...] = ()
        self._turns: Turns | None = None
        self.acts = 0
        """How often something was done with turns, or taken back: no event tells of it."""

    def view(self) -> TurnView | None:
        """Return whose turn it is, by number; `None` where nobody takes turns.

        Worked out anew only after something was done; cheap enough for every tick of the clock.
        """
        state = self._state()
        step = order.current(self._plan, state)
        if step is None or state.phase not in ("running", "paused"):
            return None
        if self._history is None or self._history.step is not step:
            self._history = _History(self._plan, step)
        changes, marks = self._history.follow(self._events()), tuple(self._of(step).marks)
        known = (step.id, changes, marks)
        if known != self._known:
            layout = lay_out(step, changes, marks) if changes else None
            self._known, self._turns = known, None if layout is None else Turns(layout)
        return None if self._turns is None else self._turns.at(_elapsed(step, state))

    def end_turn(self, table: int | None = None) -> bool:
        """End the turn, because it was passed or is over; say whether one was going.

        Args:
            table: At this one alone, counted from 1; at every table, when left out.
        """
        found, step = self.view(), self._running()
        going = () if found is None else found.tables
        at_table = (
            one for one in going if table is None or one.number <= table < one.number + one.count
        )
        if step is None or not any(one.doing in ("turn", "handover", "voice") for one in at_table):
            return False
        self._do("turn", step, Passed(_elapsed(step, self._state()), table))
        return True

    def one_voice_more(self) -> bool:
        """Take one voice more after the last turn; say whether it was taken.

        Not where there are several tables, nor while many that were granted still wait.
        """
        step, tables = self._running(), self.tables
        if step is None or tables > 1 or self._waiting() >= MOST_WAITING:
            return False
        self._do("voice", step, VoiceMore(_elapsed(step, self._state())))
        return True

    @property
    def air(self) -> AirTime:
        """The two counters of the running step; at zero where none runs."""
        step = order.current(self._plan, self._state())
        return AirTime() if step is None else self._of(step).air

    def heard(self, *, new: bool) -> bool:
        """Count a voice in the running step, a new one or one again; say whether one runs."""
        step = self._running()
        if step is not None:
            self._do("new" if new else "again", step)
        return step is not None

    def take_back(self) -> TurnAct | None:
        """Take back what was done last, when it was done with turns; return what it was.

        An act of the session's own that came after it has to be undone first, by the session.
        """
        events = self._events()
        newest = events[-1] if events else None
        if not self._done or self._done[-1].after is not newest:
            return None
        done = self._done.pop()
        self.acts += 1
        done.memory.marks[:], done.memory.air = done.marks, done.air
        return done.act

    @property
    def tables(self) -> int:
        """How many tables there are; none where nobody takes turns."""
        found = self.view()
        return 0 if found is None else sum(one.count for one in found.tables)

    @property
    def table(self) -> int | None:
        """The table that a key is for, counted from 1; `None` for all of them."""
        of, chosen = self._chosen
        if chosen is None:
            return None
        step, tables = self._running(), self.tables
        belongs = step is not None and step.id == of
        return chosen if belongs and 1 < tables >= chosen else None

    def choose(self) -> int | None:
        """Choose the next table for a key, and after the last one all of them."""
        step, tables, chosen = self._running(), self.tables, self.table or 0
        self._chosen = ("" if step is None else step.id, chosen + 1)
        if chosen >= tables:
            self._chosen = _ALL_TABLES
        return self.table

    def _running(self) -> Step | None:
        """Return the step that is running or paused."""
        state = self._state()
        going = state.phase in ("running", "paused")
        return order.current(self._plan, state) if going else None

    def _waiting(self) -> int:
        """Return how many voices that were granted have not begun."""
        state = self._state()
        if self.view() is None or self._turns is None:
            return 0
        slots = (slot for table in self._turns.layout.tables for slot in table.slots)
        now = state.spent.get(state.step or "", 0)
        return sum(one.doing == "voice" and one.start > now for one in slots)

    def _do(self, act: TurnAct, step: Step, mark: Mark | None = None) -> None:
        """Do something with turns, and remember how to take it back."""
        memory, events = self._of(step), self._events()
        newest = events[-1] if events else None
        self._done.append(_Done(act, memory, tuple(memory.marks), memory.air, newest))
        self.acts += 1
        if mark is not None:
            memory.marks.append(mark)
        elif act == "new":
            memory.air = memory.air.heard_new()
        else:
            memory.air = memory.air.heard_again()

    def forget(self) -> None:
        """Let go of everything; the session is closed or left."""
        self._memory.clear()
        self._done.clear()
        self._chosen = _ALL_TABLES
        self._history, self._known, self._turns = None, (), None

    def _of(self, step: Step) -> _Memory:
        return self._memory.setdefault(step.id, _Memory())


_CHANGING = (HeadsChanged, MinutesChanged, PlanFitted, StepDeclined, StepDropped)
"""What may change how long a step takes, or with how many."""


class _History:
    """What a step had when it began, and each change, in seconds of its own time.

    It follows a timeline that grows, and begins anew where something was taken back.
    """

    def __init__(self, plan: Plan, step: Step) -> None:
        self.step = step
        self.changes: list[Change] = []
        self._plan = plan
        self._state = SessionState()
        self._done = 0
        self._newest: AnyEvent | None = None

    def follow(self, events: Sequence[AnyEvent]) -> tuple[Change, ...]:
        """Return the changes of a timeline; only what is new in it is looked at."""
        if self._done and not (
            self._done <= len(events) and events[self._done - 1] is self._newest
        ):
            self.changes, self._state, self._done = [], SessionState(), 0
        for event in events[self._done :]:
            self._state = evolve(self._state, event)
            begins = isinstance(event, StepStarted) and event.step == self.step.id
            if isinstance(event, _CHANGING) if self.changes else begins:
                self._add()
        self._done, self._newest = len(events), events[-1]
        return tuple(self.changes)

    def _add(self) -> None:
        seconds = step_time(self._plan, self.step, self._state).allotted
        change = Change(_elapsed(self.step, self._state), self._state.heads, seconds)
        before = self.changes[-1] if self.changes else None
        if before is None or (before.heads, before.seconds) != (change.heads, change.seconds):
            self.changes.append(change)


def _elapsed(step: Step, state: SessionState) -> int:
    return state.spent.get(step.id, 0)
