"""Time arithmetic of a session: what a step has, has used, and has left.

Pure. Whole seconds everywhere. The time in a step is the sum of its visits; a pause is nobody's
time; overtime is counted and never hidden.
"""

from __future__ import annotations

from dataclasses import dataclass

from agreements.durations import Length, lone_length, plan_lengths
from agreements.plan import Plan, Step
from sessions.order import running_plan
from sessions.state import SessionState


@dataclass(frozen=True, slots=True)
class StepTime:
    """The time of one step, in whole seconds."""

    allotted: int
    """What it has: planned, or fitted, with what was given or taken by hand."""
    spent: int
    """What it has used over all its visits."""

    @property
    def remaining(self) -> int:
        """What is left; zero in overtime."""
        return max(self.allotted - self.spent, 0)

    @property
    def overtime(self) -> int:
        """What it has used beyond its time."""
        return max(self.spent - self.allotted, 0)


def step_time(plan: Plan, step: Step, state: SessionState) -> StepTime:
    """Return the time of a step at the moment of the state.

    Args:
        plan: The session's plan.
        step: Any step or alternative of it.
        state: Already elapsed to now; see `sessions.state.elapse`.
    """
    lengths = plan_lengths(running_plan(plan, state), state.heads)
    length = lengths.get(step.id) or lone_length(plan, step, state.heads)
    return StepTime(allotted_seconds(step, length, state), state.spent.get(step.id, 0))


def allotted_seconds(step: Step, length: Length, state: SessionState) -> int:
    """Return the seconds a step has at present."""
    base = state.fitted.get(step.id, length.planned)
    return max(base + state.changed.get(step.id, 0), 0)


def as_clock(seconds: int) -> str:
    """Return seconds as `M:SS`, or `H:MM:SS` from one hour."""
    minutes, rest = divmod(max(seconds, 0), 60)
    if minutes < 60:  # noqa: PLR2004
        return f"{minutes}:{rest:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
