"""The shipped plans against linter and clock: what they add up to, what gives way, when they end.

Touches: disk, to read the package's own TOML files as the program does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from agreements.durations import group_sizes, planned_seconds, total_seconds
from agreements.library import Library, open_library
from agreements.lint import lint
from agreements.plan import PerPersonDuration, Plan, Step
from sessions.pacing import fit_plan
from sessions.text import paragraph

SLOTS = {
    "check-in": 30,
    "lunch-and-learn": 60,
    "ninety-minutes": 90,
    "two-hours": 120,
    "three-hours": 180,
    "full-day": 420,
}
HEADS = range(8, 41)
SOME_HEADS = (8, 12, 13, 18, 19, 24, 40)
STARTS = 9 * 3600
SECONDS_FOR_ONE_WORD = 10
"""One word, and the moment to the next person."""
LEAST_SECONDS_A_TURN = 110
TIMELESS = {"arrival", "slack"}

every_plan = pytest.mark.parametrize("plan_id", SLOTS)


@cache
def library() -> Library:
    """Return the shipped content as the program reads it."""
    return open_library(paragraph)


@cache
def plan_of(plan_id: str) -> Plan:
    """Return a shipped plan with its prompts in it."""
    return library().plan(plan_id)


def minutes_of(plan: Plan, step: Step, heads: int = 24) -> float:
    """Return how many minutes a step is planned to take."""
    return planned_seconds(plan, step, heads) / 60


def stretches(plan: Plan) -> Iterator[float]:
    """Yield the minutes people sit before each break or meal, and before the end."""
    sitting = 0.0
    for step in plan.leaves():
        if step.kind in {"break", "meal"}:
            yield sitting
            sitting = 0.0
        else:
            sitting += minutes_of(plan, step)
    yield sitting


@every_plan
def test_each_plan_is_made_for_its_slot(plan_id: str) -> None:
    """A plan is made for its slot, and for every room from 8 to 40 people."""
    plan = plan_of(plan_id)
    assert plan.minutes == SLOTS[plan_id]
    assert plan.min_heads <= min(HEADS)
    assert plan.max_heads >= max(HEADS)


@every_plan
@pytest.mark.parametrize("heads", [(8, 40), *((heads, heads) for heads in HEADS), None])
def test_the_linter_has_nothing_to_say(plan_id: str, heads: tuple[int, int] | None) -> None:
    """No rule finds a problem or has advice, for each room and for all the plan is made for."""
    content = library()
    found = lint(
        plan_of(plan_id),
        content.protocol,
        prompts=content.prompts,
        moves=content.moves,
        heads=heads,
    )
    assert found == ()


@every_plan
@pytest.mark.parametrize("heads", [12, 24, 40])
def test_planned_minutes_are_the_slot(plan_id: str, heads: int) -> None:
    """Planned minutes, slack included, are exactly the slot for 12, 24 and 40 people."""
    assert total_seconds(plan_of(plan_id), heads) == SLOTS[plan_id] * 60


@every_plan
def test_no_number_of_heads_overruns_the_slot(plan_id: str) -> None:
    """From 8 to 40 people a plan never needs more than its slot, nor leaves a minute unplanned."""
    totals = {heads: total_seconds(plan_of(plan_id), heads) / 60 for heads in HEADS}
    slot = SLOTS[plan_id]
    assert {heads: total for heads, total in totals.items() if not slot - 1 < total <= slot} == {}


@every_plan
def test_slack_is_said_openly(plan_id: str) -> None:
    """Each plan keeps between three and ten percent of its time as slack."""
    plan = plan_of(plan_id)
    slack = sum(minutes_of(plan, one) for one in plan.steps if one.kind == "slack")
    assert 0.03 * plan.minutes <= slack <= 0.10 * plan.minutes


def test_lunch_keeps_its_shape() -> None:
    """The lunch hour runs the steps and minutes that its design names, with three of slack."""
    lunch = plan_of("lunch-and-learn")
    assert [(one.id, minutes_of(lunch, one)) for one in lunch.leaves()] == [
        ("arrival", 0),
        ("welcome", 4),
        ("agreements", 8),
        ("conditions", 3),
        ("compass", 2),
        ("pairs", 7),
        ("reflection", 5),
        ("triads", 12),
        ("read-back", 6),
        ("one-word", 3),
        ("closing-sheet", 3),
        ("aftercare", 4),
        ("slack", 3),
    ]


@every_plan
@pytest.mark.parametrize("heads", SOME_HEADS)
@pytest.mark.parametrize("late", [0, 5])
def test_it_ends_on_time_also_when_it_starts_late(plan_id: str, heads: int, late: int) -> None:
    """Begun on time or five minutes late, a plan ends by its stop and drops nothing.

    Protected steps keep their minutes.
    """
    plan = plan_of(plan_id)
    found = fit_plan(plan, heads, STARTS + late * 60, STARTS + plan.minutes * 60)
    assert found.feasible
    assert found.fits == (late == 0)
    assert found.projected_end <= found.ends
    assert [one.id for one in found.steps if one.change == "dropped"] == []
    kept = [one for one in found.steps if one.flex == "protected"]
    assert kept
    assert [one.id for one in kept if one.seconds != one.planned_seconds] == []


@every_plan
@pytest.mark.parametrize("heads", SOME_HEADS)
def test_a_fifth_of_the_time_can_be_lost(plan_id: str, heads: int) -> None:
    """A plan that loses a fifth of its time can still be run without dropping a step."""
    plan = plan_of(plan_id)
    late = plan.minutes * 60 // 5
    found = fit_plan(plan, heads, STARTS + late, STARTS + plan.minutes * 60)
    assert found.feasible
    assert [one.id for one in found.steps if one.change == "dropped"] == []


@every_plan
def test_everything_that_is_not_protected_can_give_way(plan_id: str) -> None:
    """Each step says how short it may be, that it may be dropped, or that it is protected."""
    plan = plan_of(plan_id)
    for step in plan.leaves():
        gives = (step.flex.compressible_to, step.flex.drop_order) != (None, None)
        assert gives or step.flex.protected or step.kind in TIMELESS, step.id


@every_plan
def test_drop_orders_are_clear(plan_id: str) -> None:
    """No two steps of a plan are to be dropped in the same place, and no place is left out."""
    orders = [one.flex.drop_order for one in plan_of(plan_id).steps if one.flex.drop_order]
    assert sorted(orders) == list(range(1, len(orders) + 1))


@every_plan
def test_nobody_sits_longer_than_ninety_minutes(plan_id: str) -> None:
    """People sit at most 90 minutes without a break, at most 85 where the day is longer."""
    plan = plan_of(plan_id)
    assert max(stretches(plan)) <= (85 if plan.minutes > 90 else 90)


def test_lunch_of_the_day_is_long_enough() -> None:
    """The full day has one meal of 45 to 60 minutes."""
    day = plan_of("full-day")
    meals = [minutes_of(day, one) for one in day.leaves() if one.kind == "meal"]
    assert [45 <= one <= 60 for one in meals] == [True]


def test_the_day_has_blocks_with_slack_of_their_own() -> None:
    """The full day is four blocks of 75 to 85 minutes, each with slack inside."""
    day = plan_of("full-day")
    blocks = [one for one in day.top_level() if day.children(one.id)]
    assert [minutes_of(day, one) for one in blocks] == [75, 85, 85, 85]
    assert all(any(part.kind == "slack" for part in day.children(one.id)) for one in blocks)


@every_plan
def test_a_round_has_time_for_each_voice(plan_id: str) -> None:
    """A whole-group round has time for as many as it takes; a larger room takes another way."""
    plan = plan_of(plan_id)
    for step in (one for one in plan.steps if one.format == "round"):
        assert step.max_heads is not None
        assert step.max_heads * SECONDS_FOR_ONE_WORD <= planned_seconds(plan, step, step.max_heads)
        assert step.flex.compressible_to is None
        other = plan.step(step.alternative or "")
        assert other is not None
        assert other.max_heads is None
        assert other.flex.protected == step.flex.protected
        assert minutes_of(plan, other) == minutes_of(plan, step, step.max_heads)


@every_plan
def test_turns_fit_into_a_shortened_step(plan_id: str) -> None:
    """In pairs and threes, even shortened to the least, each has about two minutes."""
    plan = plan_of(plan_id)
    for step in plan.steps + plan.alternatives:
        if step.group_size in {2, 3}:
            least = step.flex.compressible_to
            assert least is not None, step.id
            assert least * 60 / max(group_sizes(24, step.group_size)) >= LEAST_SECONDS_A_TURN


def test_the_team_round_is_timed_by_the_person() -> None:
    """The check-in's one-word round grows with the team until the room says it all at once."""
    plan = plan_of("check-in")
    step = next(one for one in plan.steps if one.format == "round")
    assert isinstance(step.duration, PerPersonDuration)
    assert [planned_seconds(plan, step, heads) for heads in (6, 12, 13)] == [60, 120, 120]
