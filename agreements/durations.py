"""What a step takes with the people who are really there.

Pure. Reckons in whole seconds. A plan is measured from its leaves up: parts in turn add up,
parts side by side cost what the longest costs, and a step with parts *and* a duration of its own
is a box that lasts at least that long; what its parts leave over is slack inside it.

Invariants: `fewest <= planned <= most` for every step; a protected step, and every part of one,
has all three alike; dropping is no length and is not reckoned here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from agreements.plan import OpenDuration, PerPersonDuration, Plan, RangeDuration, Step

SECONDS_A_MINUTE = 60
PAIR = 2


@dataclass(frozen=True, slots=True)
class Length:
    """How long something takes, in whole seconds."""

    planned: int = 0
    """What the plan says."""
    fewest: int = 0
    """The least that still does its work."""
    most: int = 0
    """The most it can use well."""


def group_sizes(heads: int, size: int) -> tuple[int, ...]:
    """Share people out into groups that differ by one person at most.

    Nobody is left alone or in a group smaller than asked for, so groups grow rather than shrink:
    an odd head among pairs makes one triad, and too few people make one group.

    Args:
        heads: How many people are there.
        size: How many a group should have.

    Returns:
        The groups' sizes, the larger first; empty without people.
    """
    if heads < 1:
        return ()
    groups = max(1, heads // size)
    each, over = divmod(heads, groups)
    return (each + 1,) * over + (each,) * (groups - over)


def planned_seconds(plan: Plan, step: Step, heads: int) -> int:
    """Return what a step is planned to take; its alternative, when that runs for so many."""
    return _length_of(plan, step, heads).planned


def fewest_seconds(plan: Plan, step: Step, heads: int) -> int:
    """Return the least a step may take and still do its work."""
    return _length_of(plan, step, heads).fewest


def most_seconds(plan: Plan, step: Step, heads: int) -> int:
    """Return the most a step can use well."""
    return _length_of(plan, step, heads).most


def inner_slack_seconds(plan: Plan, step: Step, heads: int) -> int:
    """Return the time in a step that none of its parts needs, explicit slack included.

    Zero for a step without parts, and for one whose parts run side by side without a box.
    """
    plan = as_run(plan, heads)
    parts = parts_by_parent(plan)
    if step.id not in parts:
        return 0
    lengths = plan_lengths(plan, heads)
    left_over = lengths[step.id].planned - _together(step, parts, lengths).planned
    in_turn = step.children_run == "in-turn"
    explicit = (one for one in parts[step.id] if in_turn and one.kind == "slack")
    return left_over + sum(lengths[one.id].planned for one in explicit)


def total_seconds(
    plan: Plan, heads: int, measure: Callable[[Length], int] = lambda length: length.planned
) -> int:
    """Return what a whole plan takes.

    Args:
        plan: The plan.
        heads: How many people are there.
        measure: Which of a step's lengths to add up.
    """
    plan = as_run(plan, heads)
    lengths = plan_lengths(plan, heads)
    return sum(measure(lengths[step.id]) for step in plan.top_level())


def plan_lengths(plan: Plan, heads: int) -> dict[str, Length]:
    """Measure every step of a plan in one pass, taking the steps as they stand.

    Args:
        plan: The plan, as `as_run` left it.
        heads: How many people are there.
    """
    parts = parts_by_parent(plan)
    lengths: dict[str, Length] = {}
    guarded = protected_ids(plan)
    for step in reversed(plan.steps):
        # Parts stand below their parent, so from the end every part is measured before it.
        if step.id in parts:
            together = _together(step, parts, lengths)
            lengths[step.id] = _boxed(step, together, heads, protected=step.id in guarded)
        else:
            lengths[step.id] = leaf_length(step, heads, protected=step.id in guarded)
    return lengths


def leaf_length(step: Step, heads: int, *, protected: bool = False) -> Length:
    """Measure a step by its own duration and flex, whatever parts it has."""
    planned = _own_seconds(step, heads)
    if protected or step.flex.protected:
        return Length(planned, planned, planned)
    return Length(planned, min(planned, _floor(step, planned)), max(planned, _ceiling(step)))


def lone_length(plan: Plan, step: Step, heads: int) -> Length:
    """Measure a step that does not run in its place, such as one that was replaced."""
    return plan_lengths(plan, heads).get(step.id) or leaf_length(step, heads)


def floor_seconds(step: Step) -> int:
    """Return the least that a step with parts must keep, whatever its parts could give.

    A box without a minimum gives all its slack away; its parts say how short they may be.
    """
    return _floor(step, planned=0)


def parts_by_parent(plan: Plan) -> dict[str | None, tuple[Step, ...]]:
    """Return the parts of each step in their order; those of `None` are the top level."""
    parts: dict[str | None, list[Step]] = {}
    for step in plan.steps:
        parts.setdefault(step.parent, []).append(step)
    return {parent: tuple(steps) for parent, steps in parts.items()}


def protected_ids(plan: Plan) -> frozenset[str]:
    """Return the steps whose minutes never change: the protected ones and all their parts."""
    guarded: set[str] = set()
    for step in plan.steps:
        if step.flex.protected or step.parent in guarded:
            guarded.add(step.id)
    return frozenset(guarded)


def as_run(plan: Plan, heads: int) -> Plan:
    """Return the plan as it runs with so many people.

    A step that cannot hold them gives its place to its alternative, and takes its parts along.
    """
    return with_stand_ins(plan, lambda step: stand_in(plan, step, heads))


def stand_in(plan: Plan, step: Step, heads: int) -> Step:
    """Return what runs in the place of a step: itself, or an alternative that holds the heads.

    Alternatives that send for each other in a circle end with the last one not yet tried.
    """
    tried = {step.id}
    while step.max_heads is not None and heads > step.max_heads:
        other = None if step.alternative is None else plan.step(step.alternative)
        if other is None or other.id in tried:
            break
        tried.add(other.id)
        step = other
    return step


def with_stand_ins(plan: Plan, choose: Callable[[Step], Step]) -> Plan:
    """Return the plan with some steps replaced in their places.

    Args:
        plan: The plan.
        choose: Gives for each step what runs instead, or the step itself.
    """
    steps: list[Step] = []
    left_out: set[str] = set()
    for step in plan.steps:
        chosen = choose(step)
        if step.parent in left_out:
            left_out.add(step.id)
        elif chosen is step:
            steps.append(step)
        else:
            left_out.add(step.id)
            steps.append(chosen.model_copy(update={"parent": step.parent}))
    if not left_out:
        return plan
    return plan.model_copy(update={"steps": tuple(steps)})


def _length_of(plan: Plan, step: Step, heads: int) -> Length:
    """Measure one step in its plan; nothing for a part of a step that gave its place away."""
    running = stand_in(plan, step, heads)
    lengths = plan_lengths(as_run(plan, heads), heads)
    if running.id in lengths:
        return lengths[running.id]
    return Length() if step.parent is not None else leaf_length(running, heads)


def _own_seconds(step: Step, heads: int) -> int:
    match step.duration:
        case PerPersonDuration() as turns:
            each = turns.seconds_each + turns.handover_seconds
            return _speakers(step.group_size, heads) * turns.rounds * each
        case RangeDuration() as between:
            chosen = between.from_minutes if between.minutes is None else between.minutes
            return _seconds(chosen)
        case OpenDuration() | None:
            return 0
        case fixed:
            return _seconds(fixed.minutes)


def _speakers(size: int | None, heads: int) -> int:
    """Return how many speak one after the other in the largest group."""
    if size is None:
        return max(heads, 0)
    if size == PAIR:
        # A pair's time is the step's time: the one triad of an odd room shares it.
        return PAIR
    return max(group_sizes(heads, size), default=0)


def _floor(step: Step, planned: int) -> int:
    """Return the fewest seconds the step itself allows; a stated minimum wins over a range."""
    if step.flex.compressible_to is not None:
        return _seconds(step.flex.compressible_to)
    if step.kind == "slack":
        return 0
    if isinstance(step.duration, RangeDuration):
        return _seconds(step.duration.from_minutes)
    return planned


def _ceiling(step: Step) -> int:
    """Return the most seconds the step itself can use, or zero where it does not say."""
    if step.flex.expandable_to is not None:
        return _seconds(step.flex.expandable_to)
    if isinstance(step.duration, RangeDuration):
        return _seconds(step.duration.to_minutes)
    return 0


def _together(
    step: Step,
    parts: Mapping[str | None, tuple[Step, ...]],
    lengths: Mapping[str, Length],
) -> Length:
    """Measure the parts of a step without its box."""
    each = [lengths[one.id] for one in parts[step.id]]
    combine = max if step.children_run == "side-by-side" else sum
    return Length(
        combine(one.planned for one in each),
        combine(one.fewest for one in each),
        combine(one.most for one in each),
    )


def _boxed(step: Step, parts: Length, heads: int, *, protected: bool) -> Length:
    """Measure a step with parts: it lasts as long as its box and at least as long as they do."""
    own = leaf_length(step, heads)
    planned = max(own.planned, parts.planned)
    if protected:
        return Length(planned, planned, planned)
    fewest = min(planned, max(floor_seconds(step), parts.fewest))
    return Length(planned, fewest, max(planned, own.most, parts.most))


def _seconds(minutes: float) -> int:
    return round(minutes * SECONDS_A_MINUTE)
