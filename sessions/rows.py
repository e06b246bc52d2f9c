"""What is left of a plan, as the rows that `sessions.fitting` fits to the stop.

Pure. Parts in turn become rows of their own. Parts side by side become one row for all, as long
as the longest of them, and one of slack: cutting a shorter part wins nobody a minute. What a box
leaves over becomes a row of slack at its end.

Invariants: a row's id is a step's id, or `slack_id` of a step that is a box or runs side by side;
a part of steps side by side is shortened but never dropped by itself, because the others would
only wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from agreements.durations import (
    SECONDS_A_MINUTE,
    Length,
    floor_seconds,
    leaf_length,
    lone_length,
    parts_by_parent,
    plan_lengths,
    protected_ids,
)
from agreements.plan import Plan, Step
from sessions import order
from sessions.daytime import DAY_SECONDS
from sessions.fitting import Anchor, Bundle, Fit, Remaining, fit, shared_out
from sessions.state import SessionState


@dataclass(slots=True)
class ToCome:
    """What is running and to come, in the order it runs."""

    rows: list[Remaining] = field(default_factory=list)
    bundles: list[Bundle] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)

    def fit(self, available_seconds: int, *, without: frozenset[str] = frozenset()) -> Fit:
        """Fit the rows to the time that is left.

        Args:
            available_seconds: From now to the stop.
            without: Steps that need no longer start by their latest time.
        """
        anchors = [
            replace(one, latest=None) if one.owner in without else one for one in self.anchors
        ]
        return fit(self.rows, available_seconds, bundles=self.bundles, anchors=anchors)


@dataclass(frozen=True, slots=True)
class Course:
    """A plan as this room runs it, with every step measured."""

    plan: Plan
    """Only the steps that run; an alternative stands in the place of the step it replaces."""
    parts: dict[str | None, tuple[Step, ...]]
    lengths: dict[str, Length]
    places: dict[str, int]
    """Where each step stands in the plan."""
    guarded: frozenset[str]
    """The steps whose minutes never change."""
    heads: int
    here: int
    """Where the session is among the places; before the first step, -1."""
    aside: Step | None = None
    """The step that runs though its place in the plan is another's, when it was chosen by hand."""

    def below(self, step: Step) -> Iterator[Step]:
        """Return a step's parts, their parts, and so on, in their order."""
        for part in self.parts.get(step.id, ()):
            yield part
            yield from self.below(part)

    def droppable(self, step: Step) -> bool:
        """Say whether a step may be left out: nothing protected goes with it."""
        if step.flex.drop_order is None or step.kind == "slack":
            return False
        return self.guarded.isdisjoint(one.id for one in (step, *self.below(step)))

    def last_place(self, step: Step) -> int:
        """Return where the last of all the parts of a step stands."""
        parts = self.parts.get(step.id, ())
        return self.last_place(parts[-1]) if parts else self.places[step.id]


def course(plan: Plan, state: SessionState) -> Course:
    """Measure a plan for the heads and the choices of a session."""
    running = order.running_plan(plan, state)
    lengths = plan_lengths(running, state.heads)
    places = {step.id: place for place, step in enumerate(running.steps)}
    here = -1 if state.step is None else places.get(state.step)
    aside = None
    if here is None:
        aside = order.current(plan, state)
        here = _passed(plan, running, state)
        lengths |= {} if aside is None else {aside.id: lone_length(plan, aside, state.heads)}
    return Course(
        plan=running,
        parts=parts_by_parent(running),
        lengths=lengths,
        places=places,
        guarded=protected_ids(running),
        heads=state.heads,
        here=here,
        aside=aside,
    )


def to_come(run: Course, state: SessionState, opened_at: int | None = None) -> ToCome:
    """Return what is running and to come.

    Args:
        run: The plan as this room runs it.
        state: Where the session stands at this moment (`sessions.state.elapse`).
        opened_at: The clock time at opening, in seconds since midnight, for the steps that are
            held to one; `None` leaves those times out of account.
    """
    if state.phase in ("closing", "closed"):
        return ToCome()
    gatherer = _Gatherer(run, state, opened_at)
    gatherer.add_aside()
    for step in run.parts[None]:
        gatherer.add(step)
    return gatherer.found


def branch(run: Course, step: Step, state: SessionState) -> ToCome:
    """Return the rows of one of several parts that run side by side, by itself."""
    gatherer = _Gatherer(run, replace(state, spent={}, step=None), None)
    gatherer.add(step)
    return ToCome([replace(row, drop_order=None) for row in gatherer.found.rows])


def slack_id(run: Course, step: Step) -> str:
    """Return the id of the slack that a step has beside its parts; no step has that id."""
    return free_id(run, f"{step.id}-slack")


def free_id(run: Course, name: str) -> str:
    """Return a name for time that no step of the plan names, so that no step has it."""
    while run.plan.step(name) is not None:
        name += "-time"
    return name


def since_opening(clock: str, opened_at: int, stop_at: int | None) -> int:
    """Return how long after the opening a clock time is; negative when it was before.

    Over midnight it is the time on the day after, if the session still runs then.

    Args:
        clock: The time of day as `HH:MM`.
        opened_at: The opening, in seconds since midnight.
        stop_at: The hard stop, in seconds since the opening.
    """
    hours, minutes = clock.split(":")
    seconds = (int(hours) * 60 + int(minutes)) * SECONDS_A_MINUTE - opened_at
    if seconds < 0 and stop_at is not None and seconds + DAY_SECONDS <= stop_at:
        seconds += DAY_SECONDS
    return seconds


def _passed(plan: Plan, running: Plan, state: SessionState) -> int:
    """Return the first place that is still to come when a step runs that has no place itself.

    It counts as what stands at its place in the plan, and so that is over too.
    """
    its = None if state.step is None else order.place(plan, state.step)
    if its is None:
        return -1
    return sum((order.place(plan, one.id) or 0) <= its for one in running.steps)


class _Gatherer:
    """Walks a plan and gathers what is left of it."""

    def __init__(self, run: Course, state: SessionState, opened_at: int | None) -> None:
        self.found = ToCome()
        self._run = run
        self._state = state
        self._opened_at = opened_at
        self._here = -1 if state.step is None else run.here

    def add_aside(self) -> None:
        """Add what is left of a step that runs beside the running order."""
        if self._run.aside is not None:
            self._add_leaf(self._run.aside)

    def add(self, step: Step) -> None:
        """Add what is left of a step, unless it is over or dropped."""
        if step.id in self._state.dropped or self._run.last_place(step) < self._here:
            return
        first = len(self.found.rows)
        if step.id not in self._run.parts:
            self._add_leaf(step)
        elif step.children_run == "side-by-side":
            self._add_side_by_side(step)
        else:
            self._add_in_turn(step)
        if len(self.found.rows) > first:
            self._add_bundle(step)
            self._add_anchor(step, first)

    def _add_leaf(self, step: Step) -> None:
        length = self._run.lengths[step.id]
        seconds = self._given(step.id, length.planned)
        self.found.rows.append(
            Remaining(
                id=step.id,
                seconds=seconds,
                fewest=min(length.fewest, seconds),
                drop_order=None if self._begun(step) else step.flex.drop_order,
                protected=step.id in self._run.guarded,
                is_slack=step.kind == "slack",
                spent=self._state.spent.get(step.id, 0),
            )
        )

    def _add_in_turn(self, step: Step) -> None:
        first = len(self.found.rows)
        for part in self._run.parts[step.id]:
            self.add(part)
        if len(self.found.rows) > first or self._begun(step):
            self._add_slack(step, self._box_seconds(step) - self._counted(step))
        self._raise_to_floor(step, first)

    def _add_side_by_side(self, step: Step) -> None:
        branches = [branch(self._run, part, self._state) for part in self._run.parts[step.id]]
        running = [one.rows for one in branches if one.rows]
        if not running:
            return
        first = len(self.found.rows)
        busy = max(_sum_busy(rows) for rows in running)
        whole = max(
            self._box_seconds(step), *(sum(row.seconds for row in rows) for rows in running)
        )
        fewest = max(sum(row.fewest_ahead for row in rows) for rows in running)
        seconds = self._given(step.id, busy)
        spent = self._spent_in(step)
        guarded = step.id in self._run.guarded
        self.found.rows.append(
            Remaining(step.id, seconds, min(fewest, seconds), protected=guarded, spent=spent)
        )
        self._add_slack(step, whole - max(seconds, spent, busy))
        self._raise_to_floor(step, first)

    def _add_slack(self, step: Step, seconds: int) -> None:
        name = slack_id(self._run, step)
        left = min(seconds, self._state.fitted.get(name, seconds))
        if left > 0:
            guarded = step.id in self._run.guarded
            self.found.rows.append(Remaining(name, left, 0, protected=guarded, is_slack=True))

    def _add_bundle(self, step: Step) -> None:
        order = step.flex.drop_order
        if order is None or step.id not in self._run.parts:
            return
        if self._begun(step) or not self._run.droppable(step):
            return
        below = [part.id for part in self._run.below(step)]
        members = (step.id, *below, *(slack_id(self._run, one) for one in self._boxes(step)))
        self.found.bundles.append(Bundle(step.id, order, members))

    def _boxes(self, step: Step) -> Iterator[Step]:
        return (one for one in (step, *self._run.below(step)) if one.id in self._run.parts)

    def _add_anchor(self, step: Step, row: int) -> None:
        if self._opened_at is None or self._begun(step):
            return
        earliest, latest = self._from_now(step.not_before), self._from_now(step.not_after)
        if earliest is not None or latest is not None:
            self.found.anchors.append(Anchor(row, step.id, earliest, latest))

    def _from_now(self, clock: str | None) -> int | None:
        if clock is None or self._opened_at is None:
            return None
        return since_opening(clock, self._opened_at, self._state.stop_at) - self._state.at

    def _given(self, step_id: str, planned: int) -> int:
        """Return what a step is to take after all that was changed by hand or by a fit."""
        fitted = self._state.fitted.get(step_id, planned)
        return max(0, fitted + self._state.changed.get(step_id, 0))

    def _begun(self, step: Step) -> bool:
        """Say whether a step, or a part of it, is running or was visited."""
        inside = (step, *self._run.below(step))
        return any(one.id == self._state.step or one.id in self._state.spent for one in inside)

    def _spent_in(self, step: Step) -> int:
        inside = (step, *self._run.below(step))
        return sum(self._state.spent.get(one.id, 0) for one in inside)

    def _box_seconds(self, step: Step) -> int:
        return self._given(step.id, leaf_length(step, self._run.heads).planned)

    def _counted(self, step: Step) -> int:
        """Return what the parts of a box take of it."""
        return sum(self._taken(part) for part in self._run.parts[step.id])

    def _taken(self, part: Step) -> int:
        """Return what one part takes of the box that it stands in.

        What was shortened or dropped counts as planned: it was taken to win time, and would
        otherwise come back as slack at the end of the box.
        """
        spent, planned = self._spent_in(part), self._run.lengths[part.id].planned
        if part.id in self._state.dropped:
            return max(spent, planned)
        if self._run.last_place(part) < self._here:
            return spent
        if part.id in self._run.parts and part.children_run == "in-turn":
            return max(self._counted(part), self._box_seconds(part))
        return max(spent, planned, self._given(part.id, planned))

    def _raise_to_floor(self, step: Step, first: int) -> None:
        """Leave the rows of a step only so much room that the step keeps its own minimum."""
        rows = self.found.rows[first:]
        if not rows or step.id in self._run.guarded:
            return
        over = self._spent_in(step) - sum(row.spent for row in rows)
        missing = floor_seconds(step) - over - sum(row.spent + row.fewest_ahead for row in rows)
        if missing <= 0:
            return
        for slack in (False, True):
            places = [place for place, row in enumerate(rows) if row.is_slack is slack]
            rooms = [rows[place].ahead - rows[place].fewest_ahead for place in places]
            for place, share in zip(places, shared_out(max(0, missing), rooms), strict=True):
                row = rows[place]
                rows[place] = replace(row, fewest=row.spent + row.fewest_ahead + share)
            missing -= sum(rooms)
        self.found.rows[first:] = rows


def _sum_busy(rows: list[Remaining]) -> int:
    """Return what rows take without the slack that they could give up."""
    return sum(row.fewest_ahead if row.is_slack else row.seconds for row in rows)
