"""Which step comes when: the plan's steps as this room runs them.

Pure. Slack is time and no step, so it is never run. A declined step is replaced in its place by
its alternative; so is a step that cannot hold the heads that are here. What has begun keeps its
place, whoever comes or leaves.
"""

from __future__ import annotations

from agreements.durations import with_stand_ins
from agreements.plan import Plan, Step
from sessions.state import SessionState


def running_plan(plan: Plan, state: SessionState) -> Plan:
    """Return the plan with declined and too small steps replaced in their places."""
    return with_stand_ins(plan, lambda step: _in_the_place_of(plan, step, state))


def run_order(plan: Plan, state: SessionState) -> tuple[Step, ...]:
    """Return the steps as they are run, in order, dropped ones included."""
    return tuple(step for step in runnable(running_plan(plan, state)) if step.kind != "slack")


def runnable(plan: Plan) -> tuple[Step, ...]:
    """Return what is run as one step each, in order, slack included.

    Those are the steps without parts, and those whose parts run side by side: the facilitator
    has one clock for all of them.
    """
    parents = {step.parent for step in plan.steps}
    inside: set[str] = set()
    found: list[Step] = []
    for step in plan.steps:
        together = step.id in parents and step.children_run == "side-by-side"
        if step.parent in inside:
            inside.add(step.id)
        elif together or step.id not in parents:
            found.append(step)
        if together:
            inside.add(step.id)
    return tuple(found)


def following(plan: Plan, state: SessionState) -> Step | None:
    """Return the next step to run, or `None` after the last."""
    order = run_order(plan, state)
    rest = order[_position(plan, order, state.step) + 1 :]
    return next((step for step in rest if not is_dropped(plan, step, state)), None)


def preceding(plan: Plan, state: SessionState) -> Step | None:
    """Return the step before this one that was not dropped, or `None` at the first."""
    order = run_order(plan, state)
    before = order[: max(_position(plan, order, state.step), 0)]
    return next((step for step in reversed(before) if not is_dropped(plan, step, state)), None)


def current(plan: Plan, state: SessionState) -> Step | None:
    """Return the step that is running, paused, or was last; `None` before the first."""
    return None if state.step is None else plan.step(state.step)


def is_dropped(plan: Plan, step: Step, state: SessionState) -> bool:
    """Say whether a step was dropped: by itself, with all its parts, or with what it is part of."""
    if not state.dropped:
        return False
    if any(one.id in state.dropped for one in with_ancestors(plan, step)):
        return True
    parts = plan.children(step.id)
    return bool(parts) and all(is_dropped(plan, one, state) for one in parts)


def with_ancestors(plan: Plan, step: Step) -> tuple[Step, ...]:
    """Return a step and the steps it is a part of, from the inside out."""
    chain = [step]
    while chain[-1].parent is not None:
        parent = plan.step(chain[-1].parent)
        if parent is None:
            break
        chain.append(parent)
    return tuple(chain)


def with_alternatives(plan: Plan, step: Step) -> tuple[Step, ...]:
    """Return a step and what may run in its place, in the order it is turned to."""
    chain = {step.id: step}
    while step.alternative is not None and step.alternative not in chain:
        other = plan.step(step.alternative)
        if other is None:
            break
        chain[other.id] = step = other
    return tuple(chain.values())


def parts_to_run(plan: Plan, step: Step) -> tuple[Step, ...]:
    """Return the steps that are run when this one is: itself, or its parts down to the last."""
    parts = plan.children(step.id)
    return tuple(leaf for part in parts for leaf in parts_to_run(plan, part)) if parts else (step,)


def place(plan: Plan, step_id: str) -> int | None:
    """Return where in the plan a step stands, or the step that it is an alternative to."""
    return next(
        (
            index
            for index, step in enumerate(plan.steps)
            if any(one.id == step_id for one in with_alternatives(plan, step))
        ),
        None,
    )


def _in_the_place_of(plan: Plan, step: Step, state: SessionState) -> Step:
    """Return what runs in the place of a step: itself, or one of its alternatives."""
    chain = with_alternatives(plan, step)
    if len(chain) == 1:
        return step
    wanted = [one for one in chain if one.id not in state.declined] or list(chain)
    begun = (one for one in wanted if _has_begun(plan, one, state))
    holding = (one for one in wanted if one.max_heads is None or state.heads <= one.max_heads)
    return next(begun, None) or next(holding, wanted[-1])


def _has_begun(plan: Plan, step: Step, state: SessionState) -> bool:
    return any(one.id in state.visits for one in parts_to_run(plan, step))


def _position(plan: Plan, order: tuple[Step, ...], step_id: str | None) -> int:
    """Return where in the running order a session is, or -1 before the first step.

    A step may have left the order while it ran, as a part does when the group declines the whole:
    then it counts as what stands at its place in the plan.
    """
    at = next((index for index, step in enumerate(order) if step.id == step_id), None)
    if at is not None:
        return at
    here = None if step_id is None else place(plan, step_id)
    if here is None:
        return -1
    return sum((place(plan, step.id) or 0) <= here for step in order) - 1
