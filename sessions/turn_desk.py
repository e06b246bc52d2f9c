"""What a facilitator does with turns, in memory, and what her screen is told of them.

Touches: memory that dies with the program. What the record holds (the step, its own time, heads
and minutes that changed) gives the same turn again after a restart. Forgotten then, and at the
close, are the turns that were passed, the voices that were granted and the two counters of air
time: none of it is ever saved. No person is in any of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class _Memory:
    """What is remembered of one step."""

    marks: list[Mark] = field(default_factory=list)
    air: AirTime = field(default_factory=AirTime)


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
        self._history: _History | None = None
        self._known: tuple[object, ...] = ()
        self._turns: Turns | None = None

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

    def end_turn(self, table: int = 1) -> bool:
        """End the turn at a table, because it was passed or is over; say whether one was going."""
        found = self.view()
        step = order.current(self._plan, self._state())
        going = () if found is None else found.tables
        at_table = (one for one in going if one.number <= table < one.number + one.count)
        if step is None or not any(one.doing in ("turn", "handover", "voice") for one in at_table):
            return False
        self._of(step).marks.append(Passed(_elapsed(step, self._state()), table))
        return True

    def one_voice_more(self) -> bool:
        """Take one voice more after the last turn; say whether there is one table to take it at."""
        state = self._state()
        step, found = order.current(self._plan, state), self.view()
        several = found is not None and (len(found.tables) > 1 or found.main.count > 1)
        if step is None or several or state.phase not in ("running", "paused"):
            return False
        self._of(step).marks.append(VoiceMore(_elapsed(step, state)))
        return True

    def take_back(self) -> bool:
        """Take back the last of these two in the running step; say whether there was one."""
        step = order.current(self._plan, self._state())
        marks = [] if step is None else self._of(step).marks
        if marks:
            marks.pop()
            return True
        return False

    @property
    def air(self) -> AirTime:
        """The two counters of the running step; at zero where none runs."""
        step = order.current(self._plan, self._state())
        return AirTime() if step is None else self._of(step).air

    def heard(self, *, new: bool) -> None:
        """Count a voice in the running step: a new one, or one again."""
        step = order.current(self._plan, self._state())
        if step is not None:
            memory = self._of(step)
            memory.air = memory.air.heard_new() if new else memory.air.heard_again()

    def forget(self) -> None:
        """Let go of everything; the session is closed or left."""
        self._memory.clear()
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
