"""The plan on the day's clock, as the cue sheet shows it.

Pure. Without a start nobody knows the time of day: then times count from the start, and clock times
that the plan names are left aside.
"""

from __future__ import annotations

from dataclasses import dataclass

from agreements.durations import SECONDS_A_MINUTE
from agreements.plan import Plan
from sessions.daytime import DAY_SECONDS, time_of_day
from sessions.pacing import fit_plan
from sessions.timetable import PlanFit, StepTimes


@dataclass(frozen=True, slots=True)
class Day:
    """A plan fitted to its room and its time."""

    plan: Plan
    fitted: PlanFit
    on_clock: bool
    """Times are times of day, and not counted from the start."""

    def shown(self, clock: str) -> str:
        """Return a time as `HH:MM`, or as what has passed since the start."""
        hours, minutes, _ = clock.split(":")
        return f"{hours}:{minutes}" if self.on_clock else f"+{int(hours)}:{minutes}"

    def times(self) -> dict[str, StepTimes]:
        """Return the times of every step that is listed, by its id."""
        return {one.id: one for one in self.fitted.steps}


def day_of(plan: Plan, heads: int, start: str | None, end: str | None) -> Day:
    """Fit a plan to its day; of start and end either may be missing, and follows from the other.

    Args:
        plan: The plan, with its prompts inside it.
        heads: How many people are expected.
        start: When the first step starts, as `HH:MM`.
        end: The hard stop, as `HH:MM`.

    Raises:
        CommandRefusedError: The end does not come after the start.
    """
    length = plan.minutes * SECONDS_A_MINUTE
    if start is None and end is None:
        whole = min(length, DAY_SECONDS - SECONDS_A_MINUTE)
        return Day(plan, fit_plan(_without_clock(plan), heads, 0, whole), on_clock=False)
    if start is None:
        ends = time_of_day(end or "")
        starts = (ends - length) % DAY_SECONDS
    else:
        starts = time_of_day(start)
        ends = (starts + length) % DAY_SECONDS if end is None else time_of_day(end)
    return Day(plan, fit_plan(plan, heads, starts, ends), on_clock=True)


def _without_clock(plan: Plan) -> Plan:
    """Return a plan whose steps wait for no time of day."""
    freed = {"not_before": None, "not_after": None}
    steps = tuple(one.model_copy(update=freed) for one in plan.steps)
    return plan.model_copy(update={"steps": steps})
