"""What stays of a timeline when a session closes: what each step took, and nothing finer.

Pure. No clock time, no order of acts, no count of what was named. Planned and actual seconds
add up: arrival, steps, pauses and the closing make the whole time the session was open.
"""

from __future__ import annotations

from agreements.plan import Plan, Step
from sessions import order
from sessions.clock import step_time
from sessions.document import (
    ClosedRecord,
    ElapsedRecord,
    OpenRecord,
    Outcome,
    StepRecord,
)
from sessions.leave import Leave, leave_of
from sessions.state import SessionState, elapse, replay
from sessions.unsealing import at_session_close


def condense(record: OpenRecord, at: int, leave: Leave | None = None) -> ClosedRecord:
    """Return the closed record of a session.

    Args:
        record: The open record with its whole timeline.
        at: Now, in seconds since opening.
        leave: What is let out; what the session's rule lets out, when left out. Where words are
            not, a condition that only a note is tagged with is none: a tag says what was said.

    Returns:
        The record as it stays. The timeline and the clock are gone from it.
    """
    state = elapse(replay(record.timeline), at)
    tags = (leave_of(record) if leave is None else leave).words
    fields = {name: getattr(record, name) for name in ClosedRecord.model_fields if name in _SHARED}
    return ClosedRecord(
        **fields,
        state="closed",
        setting=record.setting.model_copy(update={"heads": state.heads}),
        conditions=conditions_worked_on(record, state, tags=tags),
        answers=tuple(at_session_close(one) for one in record.answers),
        steps=step_records(record.plan, state),
        elapsed=ElapsedRecord(
            arrival_seconds=state.arrival_seconds,
            paused_seconds=state.paused_seconds,
            closing_seconds=state.closing_seconds,
        ),
    )


_SHARED = frozenset(OpenRecord.model_fields) & frozenset(ClosedRecord.model_fields) - {
    "state",
    "setting",
    "conditions",
    "answers",
}


def step_records(plan: Plan, state: SessionState) -> tuple[StepRecord, ...]:
    """Return what became of every step, in the plan's order.

    A step that was declined stands before the alternative that took its place. Every step that
    ran has a row, so that all seconds are accounted for.
    """
    running = {step.id for step in order.run_order(plan, state)}
    declined = {step.id for step in order.runnable(plan) if _declined_in(plan, step, state)}
    wanted = running | declined | set(state.visits)
    return tuple(
        _row(plan, step, state, in_place_of=instead_of)
        for step, instead_of in _candidates(plan)
        if step.id in wanted and step.kind != "slack"
    )


def conditions_worked_on(
    record: OpenRecord, state: SessionState, *, tags: bool = True
) -> tuple[str, ...]:
    """Return the conditions that a step had, that were named, or that a note is tagged with.

    Args:
        record: The record.
        state: The fold of its timeline.
        tags: With those that only a note is tagged with.
    """
    used = set(state.conditions_named)
    for step_id in state.visits:
        step = record.plan.step(step_id)
        if step is not None and step.condition is not None:
            used.add(step.condition)
    for note in record.notes if tags else ():
        used.update(note.tags)
    return tuple(one.id for one in record.protocol.conditions if one.id in used)


def _candidates(plan: Plan) -> list[tuple[Step, str | None]]:
    """Return each step that can run and what it replaces; an alternative after its step."""
    found: dict[str, tuple[Step, str | None]] = {}
    for leaf in order.runnable(plan):
        found[leaf.id] = (leaf, None)
        for step in order.with_ancestors(plan, leaf):
            _add_alternatives(plan, step, found)
    return list(found.values())


def _add_alternatives(plan: Plan, step: Step, found: dict[str, tuple[Step, str | None]]) -> None:
    tried = {step.id}
    while step.alternative is not None and step.alternative not in tried:
        other = plan.step(step.alternative)
        if other is None:
            return
        tried.add(other.id)
        found.pop(other.id, None)  # a later part of the same step moves it further down
        found[other.id] = (other, step.id)
        step = other


def _declined_in(plan: Plan, step: Step, state: SessionState) -> bool:
    return any(one.id in state.declined for one in order.with_ancestors(plan, step))


def _row(plan: Plan, step: Step, state: SessionState, *, in_place_of: str | None) -> StepRecord:
    time = step_time(plan, step, state)
    planned = step_time(plan, step, SessionState(heads=state.heads)).allotted
    return StepRecord(
        id=step.id,
        title=step.title,
        planned_seconds=planned,
        actual_seconds=time.spent,
        visits=state.visits.get(step.id, 0),
        outcome=_outcome(plan, step, state, shortened=time.allotted < planned),
        in_place_of=in_place_of,
    )


def _outcome(plan: Plan, step: Step, state: SessionState, *, shortened: bool) -> Outcome:
    if _declined_in(plan, step, state):
        return "declined"
    if order.is_dropped(plan, step, state) or step.id not in state.visits:
        return "dropped"
    return "shortened" if shortened else "done"
