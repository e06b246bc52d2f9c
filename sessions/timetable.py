"""A plan fitted to a day: every step with its clock times, as it is shown and saved.

Pure. The listing goes depth first. Slack is a step of kind `slack`: what the plan names so, what
a box has left over its parts, and the wait for a step that may not start yet.

Invariants: the parts of a step that runs in turn fill it without a gap; the parts of steps side
by side start together; a dropped step takes no time and stands where it would have run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation

from agreements.plan import Step, StepKind
from sessions.daytime import DAY_SECONDS
from sessions.fitting import Fit, Remaining, fit
from sessions.rows import Course, branch, free_id, since_opening, slack_id
from sessions.state import SessionState

FlexClass = Literal["protected", "droppable", "compressible", "expandable", "fixed"]
StepChange = Literal["shortened", "dropped"]

SLACK_TITLE = "Slack"
WAIT_TITLE = "Wait"


class StepTimes(BaseModel):
    """One step of a fitted plan."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    parent: str | None
    title: str
    kind: StepKind
    starts: str
    """The time of day as `HH:MM:SS`."""
    ends: str
    seconds: int
    """What it takes after the changes."""
    planned_seconds: int
    flex: FlexClass
    change: StepChange | None


class PlanFit(BaseModel):
    """A plan fitted to its heads, its start and its hard stop."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    plan: str
    heads: int
    starts: str
    ends: str
    """The hard stop."""
    projected_end: str
    fits: bool
    """Nothing need change."""
    feasible: bool
    """It fits after the changes; when not, the steps are shown as planned."""
    steps: tuple[StepTimes, ...]
    sentence: SkipValidation[str] = Field(default="", exclude=True)
    """What changes, or what is missing, for people; no part of the JSON."""


def clock_text(seconds: int) -> str:
    """Return seconds since midnight, perhaps of the day before, as `HH:MM:SS`."""
    minutes, second = divmod(seconds % DAY_SECONDS, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}"


def flex_class(run: Course, step: Step) -> FlexClass:
    """Name how a step gives way; for a step with parts, whether any of them does."""
    length = run.lengths[step.id]
    if step.id in run.guarded:
        return "protected"
    if run.droppable(step):
        return "droppable"
    if length.fewest < length.planned or any(run.droppable(part) for part in run.below(step)):
        return "compressible"
    return "expandable" if length.most > length.planned else "fixed"


def timetable(
    run: Course, state: SessionState, rows: Sequence[Remaining], found: Fit, starts: int
) -> tuple[StepTimes, ...]:
    """Lay a fitted plan out on the clock, from its first step.

    Args:
        run: The plan as this room runs it.
        state: The session before its first step.
        rows: The plan's rows before they were fitted.
        found: How they were fitted.
        starts: When the first step starts, in seconds since midnight.
    """
    layout = _Layout(run, state, found, starts)
    layout.plan(rows)
    layout.in_turn(run.parts[None], starts, found.lengths)
    return tuple(layout.listed)


class _Layout:
    """Places steps on the clock one after the other."""

    def __init__(self, run: Course, state: SessionState, found: Fit, starts: int) -> None:
        self.listed: list[StepTimes] = []
        self._planned: dict[str, int] = {}
        self._run = run
        self._state = state
        self._starts = starts
        self._gone = _gone(found)
        self._beside = {
            part.id
            for step in run.plan.steps
            if step.children_run == "side-by-side"
            for part in run.below(step)
        }

    def plan(self, rows: Sequence[Remaining]) -> None:
        """Take note of what rows were to take before they were fitted."""
        self._planned |= {row.id: row.seconds for row in rows}

    def in_turn(self, steps: tuple[Step, ...], at: int, lengths: Mapping[str, int]) -> int:
        """Place steps one after the other, and return when the last one ends."""
        for step in steps:
            at = self._place(step, self._waited(step, at), lengths)
        return at

    def _waited(self, step: Step, at: int) -> int:
        """Place the wait for a step that may not start yet, and return when it starts."""
        if step.not_before is None or step.id in self._gone | self._beside:
            return at
        earliest = self._starts + since_opening(step.not_before, self._starts, self._state.stop_at)
        if earliest <= at:
            return at
        name = free_id(self._run, f"{step.id}-wait")
        self._list_slack(name, step.parent, at, earliest - at, title=WAIT_TITLE)
        return earliest

    def _place(self, step: Step, at: int, lengths: Mapping[str, int]) -> int:
        """Place one step and its parts, and return when it ends."""
        index = len(self.listed)
        parts = self._run.parts.get(step.id, ())
        if not parts:
            end = at + (0 if step.id in self._gone else lengths[step.id])
        elif step.children_run == "side-by-side":
            end = self._side_by_side(step, parts, at, lengths)
        else:
            end = self.in_turn(parts, at, lengths)
            end = self._add_slack(step, end, lengths)
        self.listed.insert(index, self._times(step, at, end))
        return end

    def _side_by_side(
        self, step: Step, parts: tuple[Step, ...], at: int, lengths: Mapping[str, int]
    ) -> int:
        """Place parts that start together, each fitted to the time they all have."""
        whole = 0
        if step.id not in self._gone:
            whole = lengths[step.id] + lengths.get(slack_id(self._run, step), 0)
        last = at
        for part in parts:
            rows = branch(self._run, part, self._state).rows
            self.plan(rows)
            last = max(last, self._place(part, at, fit(rows, whole).lengths))
        if at + whole > last:
            name = slack_id(self._run, step)
            self._list_slack(name, step.id, last, at + whole - last)
        return at + whole

    def _add_slack(self, step: Step, at: int, lengths: Mapping[str, int]) -> int:
        """Place what a box has left over its parts, and return when that is over."""
        name = slack_id(self._run, step)
        if name not in self._planned or step.id in self._gone:
            return at
        self._list_slack(name, step.id, at, lengths[name], planned=self._planned[name])
        return at + lengths[name]

    def _list_slack(
        self,
        name: str,
        parent: str | None,
        at: int,
        seconds: int,
        *,
        title: str = SLACK_TITLE,
        planned: int = 0,
    ) -> None:
        """List time that no step of the plan names."""
        self.listed.append(
            StepTimes(
                id=name,
                parent=parent,
                title=title,
                kind="slack",
                starts=clock_text(at),
                ends=clock_text(at + seconds),
                seconds=seconds,
                planned_seconds=max(planned, seconds),
                flex="protected" if parent in self._run.guarded else "compressible",
                change="shortened" if seconds < planned else None,
            )
        )

    def _times(self, step: Step, at: int, end: int) -> StepTimes:
        planned = self._run.lengths[step.id].planned
        return StepTimes(
            id=step.id,
            parent=step.parent,
            title=step.title,
            kind=step.kind,
            starts=clock_text(at),
            ends=clock_text(end),
            seconds=end - at,
            planned_seconds=planned,
            flex=flex_class(self._run, step),
            change=self._change(step, end - at, planned),
        )

    def _change(self, step: Step, seconds: int, planned: int) -> StepChange | None:
        parts = self._run.parts.get(step.id, ())
        if step.id in self._gone or (parts and all(one.id in self._gone for one in parts)):
            return "dropped"
        return "shortened" if seconds < planned else None


def _gone(found: Fit) -> frozenset[str]:
    dropped = (one for one in found.changes if one.kind == "dropped")
    return frozenset(name for one in dropped for name in (one.step, *one.parts))
