"""What steps take with the people who are there: groups, rounds, boxes, nests, stand-ins."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.durations import (
    as_run,
    fewest_seconds,
    group_sizes,
    inner_slack_seconds,
    most_seconds,
    plan_lengths,
    planned_seconds,
    stand_in,
    total_seconds,
)
from agreements.plan import Plan

FIXED = "fixed"


def step(step_id: str = "a", minutes: float | None = 10, **more: object) -> dict[str, Any]:
    """Return a step as a file holds it."""
    made: dict[str, Any] = {
        "id": step_id,
        "title": step_id.title(),
        "kind": "talk",
        "phase": "explore",
        "format": "plenary",
    }
    if minutes is not None:
        made["duration"] = {"kind": FIXED, "minutes": minutes}
    return made | more


def turns(seconds_each: int, handover: int = 5, rounds: int = 1) -> dict[str, Any]:
    """Return the duration of a round in which everybody speaks."""
    return {
        "kind": "per-person",
        "seconds_each": seconds_each,
        "handover_seconds": handover,
        "rounds": rounds,
    }


def plan_of(*steps: dict[str, Any], alternatives: tuple[dict[str, Any], ...] = ()) -> Plan:
    """Return a plan of these steps."""
    table = {
        "id": "plan",
        "title": "Plan",
        "revision": 1,
        "language": "en",
        "source": "Ours.",
        "license": "MIT",
        "purpose": "To be measured.",
        "minutes": 60,
        "step": steps,
        "alternative": alternatives,
    }
    return Plan.model_validate(table, strict=False)


def lengths(plan: Plan, heads: int = 12) -> dict[str, tuple[int, int, int]]:
    """Return the fewest, planned and most seconds of every step."""
    return {
        one.id: (
            fewest_seconds(plan, one, heads),
            planned_seconds(plan, one, heads),
            most_seconds(plan, one, heads),
        )
        for one in plan.steps
    }


@pytest.mark.parametrize(
    ("heads", "minutes"),
    [
        (5, (3, 5, 10, 15)),
        (8, (5, 9, 17, 25)),
        (12, (7, 13, 25, 37)),
        (20, (12, 22, 42, 62)),
        (25, (15, 27, 52, 77)),
        (40, (23, 43, 83, 123)),
    ],
)
def test_a_round_of_everybody_scales_as_tabled(heads: int, minutes: tuple[int, ...]) -> None:
    """Each cell of the scaling table holds, to the second by its formula."""
    for each, tabled in zip((30, 60, 120, 180), minutes, strict=True):
        plan = plan_of(step("round", None, duration=turns(each)))
        seconds = planned_seconds(plan, plan.steps[0], heads)
        assert seconds == heads * (each + 5)
        assert round(seconds / 60) == tabled


@pytest.mark.parametrize(
    ("heads", "minutes"), [(5, 25), (8, 40), (12, 60), (20, 100), (25, 125), (40, 200)]
)
def test_five_minutes_each_is_the_rule_of_thumb(heads: int, minutes: int) -> None:
    """The last column of the scaling table counts no handover."""
    plan = plan_of(step("round", None, duration=turns(300, handover=0)))
    assert planned_seconds(plan, plan.steps[0], heads) == minutes * 60


@pytest.mark.parametrize(
    ("heads", "size", "groups"),
    [
        (0, 3, ()),
        (1, 2, (1,)),
        (2, 2, (2,)),
        (3, 2, (3,)),
        (7, 2, (3, 2, 2)),
        (8, 3, (4, 4)),
        (9, 3, (3, 3, 3)),
        (4, 5, (4,)),
        (12, 5, (6, 6)),
        (23, 5, (6, 6, 6, 5)),
    ],
)
def test_people_are_shared_out_into_groups(heads: int, size: int, groups: tuple[int, ...]) -> None:
    """Groups are as equal as can be, and none is smaller than asked for if there are enough."""
    assert group_sizes(heads, size) == groups


@given(heads=st.integers(1, 1000), size=st.integers(2, 20))
def test_groups_hold_everybody_and_differ_by_one(heads: int, size: int) -> None:
    """Nobody is left out, sizes differ by one at most, and only too few heads go below size."""
    groups = group_sizes(heads, size)
    assert sum(groups) == heads
    assert max(groups) - min(groups) <= 1
    assert list(groups) == sorted(groups, reverse=True)
    assert min(groups) >= min(size, heads)


@given(heads=st.integers(1, 500))
def test_a_round_of_everybody_grows_with_each_head(heads: int) -> None:
    """One more person is one more turn and one more handover, in every round."""
    plan = plan_of(step("round", None, duration=turns(40, 5, rounds=2)))
    one = plan.steps[0]
    assert planned_seconds(plan, one, heads + 1) - planned_seconds(plan, one, heads) == 90


@given(heads=st.integers(1, 500), size=st.integers(3, 20))
def test_groups_side_by_side_cost_what_the_largest_costs(heads: int, size: int) -> None:
    """What groups take depends on the largest of them and not on how many there are."""
    plan = plan_of(step("groups", None, duration=turns(60), group_size=size))
    seconds = planned_seconds(plan, plan.steps[0], heads)
    assert seconds == max(group_sizes(heads, size)) * 65


@given(heads=st.integers(1, 500))
def test_pairs_take_the_same_with_any_heads(heads: int) -> None:
    """Pairs are constant: the one triad of an odd room shares the pair's time."""
    plan = plan_of(step("pairs", None, duration=turns(180), group_size=2))
    assert planned_seconds(plan, plan.steps[0], heads) == 2 * 185


def test_a_step_gives_way_as_its_flex_says() -> None:
    """Fixed, compressible, expandable, range, open, slack and protected steps have their ends."""
    between = {"kind": "range", "from_minutes": 20, "to_minutes": 40, "minutes": 30}
    plan = plan_of(
        step("fixed"),
        step("short", flex={"compressible_to": 6}),
        step("long", flex={"expandable_to": 15}),
        step("both-odd", flex={"compressible_to": 12, "expandable_to": 8}),
        step("between", None, duration=between),
        step("between-tight", None, duration=between, flex={"compressible_to": 25}),
        step("between-fixed", None, duration=between, flex={"protected": True}),
        step("between-low", None, duration=between | {"minutes": None}),
        step("open", None, duration={"kind": "open"}),
        step("slack", 3, kind="slack"),
        step("kept-slack", 3, kind="slack", flex={"compressible_to": 1}),
        step("half", 1.5),
    )
    assert lengths(plan) == {
        "fixed": (600, 600, 600),
        "short": (360, 600, 600),
        "long": (600, 600, 900),
        "both-odd": (600, 600, 600),
        "between": (1200, 1800, 2400),
        "between-tight": (1500, 1800, 2400),
        "between-fixed": (1800, 1800, 1800),
        "between-low": (1200, 1200, 2400),
        "open": (0, 0, 0),
        "slack": (0, 180, 180),
        "kept-slack": (60, 180, 180),
        "half": (90, 90, 90),
    }
    assert total_seconds(plan, 12) == sum(one[1] for one in lengths(plan).values())


def test_parts_in_turn_add_up_and_parts_side_by_side_cost_the_longest() -> None:
    """Four levels deep, sums and longest parts alternate as the plan says."""
    plan = plan_of(
        step("day", None),
        step("rooms", None, parent="day", children_run="side-by-side"),
        step("first", None, parent="rooms"),
        step("first-a", 10, parent="first", flex={"compressible_to": 4}),
        step("first-b", 10, parent="first"),
        step("second", 25, parent="rooms", flex={"compressible_to": 12, "expandable_to": 40}),
        step("back", 5, parent="day"),
    )
    found = lengths(plan)
    assert found["first"] == (14 * 60, 20 * 60, 20 * 60)
    assert found["rooms"] == (14 * 60, 25 * 60, 40 * 60)
    assert found["day"] == (19 * 60, 30 * 60, 45 * 60)
    assert total_seconds(plan, 12) == 30 * 60


def test_a_box_lasts_at_least_as_long_as_its_parts() -> None:
    """What parts leave of a box is slack inside it; parts that need more make it longer."""
    roomy = plan_of(step("box", 55), step("a", 50, parent="box", flex={"compressible_to": 40}))
    full = plan_of(step("box", 55), step("a", 60, parent="box"))
    assert lengths(roomy)["box"] == (40 * 60, 55 * 60, 55 * 60)
    assert inner_slack_seconds(roomy, roomy.steps[0], 12) == 5 * 60
    assert lengths(full)["box"] == (60 * 60, 60 * 60, 60 * 60)
    assert inner_slack_seconds(full, full.steps[0], 12) == 0


def test_slack_may_stand_among_the_parts_of_a_step() -> None:
    """Slack inside a parent is its named slack and what its box leaves over."""
    plan = plan_of(
        step("box", 30),
        step("a", 20, parent="box"),
        step("rest", 4, parent="box", kind="slack"),
    )
    assert inner_slack_seconds(plan, plan.steps[0], 12) == 10 * 60
    assert inner_slack_seconds(plan, plan.steps[1], 12) == 0
    assert lengths(plan)["box"][0] == 20 * 60


def test_a_box_keeps_its_own_minimum() -> None:
    """A box that says how short it may be is never shorter, whatever its parts could give."""
    plan = plan_of(
        step("box", 30, flex={"compressible_to": 25}),
        step("a", 28, parent="box", flex={"compressible_to": 10}),
    )
    assert lengths(plan)["box"][0] == 25 * 60


def test_all_parts_of_a_protected_step_are_protected() -> None:
    """Nothing inside a protected step gives way, at any depth."""
    plan = plan_of(
        step("whole", 30, flex={"protected": True}),
        step("part", None, parent="whole"),
        step("piece", 10, parent="part", flex={"compressible_to": 5, "expandable_to": 20}),
    )
    assert lengths(plan) == {
        "whole": (1800, 1800, 1800),
        "part": (600, 600, 600),
        "piece": (600, 600, 600),
    }


def test_an_alternative_runs_when_there_are_too_many_heads() -> None:
    """A step that cannot hold the heads gives way to its alternative, parts and all."""
    plan = plan_of(
        step("word", None, duration=turns(10), max_heads=18, alternative="hands"),
        step("talk", 20, max_heads=30, alternative="write"),
        step("talk-part", 5, parent="talk"),
        alternatives=(step("hands", 2), step("write", 6)),
    )
    assert planned_seconds(plan, plan.steps[0], 18) == 18 * 15
    assert planned_seconds(plan, plan.steps[0], 19) == 120
    assert [one.id for one in as_run(plan, 18).steps] == ["word", "talk", "talk-part"]
    assert [one.id for one in as_run(plan, 40).steps] == ["hands", "write"]
    assert total_seconds(plan, 40) == 8 * 60
    assert planned_seconds(plan, plan.steps[2], 40) == 0
    assert planned_seconds(plan, plan.alternatives[0], 12) == 120


def test_alternatives_that_point_at_each_other_end() -> None:
    """A circle of alternatives none of which holds the heads ends with the last one."""
    plan = plan_of(
        step("a", 10, max_heads=5, alternative="b"),
        alternatives=(
            step("b", 8, max_heads=5, alternative="c"),
            step("c", 6, max_heads=5, alternative="b"),
        ),
    )
    assert stand_in(plan, plan.steps[0], 40).id == "c"
    assert total_seconds(plan, 40) == 6 * 60


def test_a_stand_in_takes_the_place_among_the_parts() -> None:
    """An alternative inside a step stands where the step stood, and under the same protection."""
    plan = plan_of(
        step("whole", None, flex={"protected": True}),
        step("word", 5, parent="whole", max_heads=18, alternative="hands"),
        alternatives=(step("hands", 2, flex={"compressible_to": 1}),),
    )
    assert as_run(plan, 40).step("hands") == as_run(plan, 40).children("whole")[0]
    assert fewest_seconds(plan, plan.steps[1], 40) == 120
    assert total_seconds(plan, 40) == 120


@st.composite
def nests(draw: st.DrawFn) -> Plan:
    """Draw a plan whose steps nest to any depth, with every kind of duration and flex."""
    count = draw(st.integers(1, 12))
    parents = [draw(st.sampled_from([None, *range(place)])) for place in range(count)]
    steps: list[dict[str, Any]] = []
    for place, parent in enumerate(parents):
        minutes = draw(st.integers(0, 30))
        duration: dict[str, Any] | None = draw(
            st.sampled_from(
                [
                    {"kind": FIXED, "minutes": minutes},
                    {"kind": "range", "from_minutes": minutes, "to_minutes": minutes + 9},
                    turns(20 + minutes),
                    {"kind": "open"},
                    *([None] if place in parents else []),
                ]
            )
        )
        protected = draw(st.integers(0, 4)) == 0
        flex = {"protected": True} if protected else {"compressible_to": minutes / 2}
        made = step(f"s{place}", None, flex=flex, group_size=draw(st.sampled_from([None, 2, 4])))
        made["duration"] = duration
        made["parent"] = None if parent is None else f"s{parent}"
        made["children_run"] = draw(st.sampled_from(["in-turn", "side-by-side"]))
        steps.append(made)
    return plan_of(*steps)


@given(plan=nests(), heads=st.integers(1, 60))
def test_lengths_are_in_order_at_any_depth(plan: Plan, heads: int) -> None:
    """The fewest never exceed the planned nor those the most; parts never outlast their whole."""
    found = plan_lengths(plan, heads)
    for one in plan.steps:
        length = found[one.id]
        assert 0 <= length.fewest <= length.planned <= length.most
        assert all(found[part.id].planned <= length.planned for part in plan.children(one.id))
    assert total_seconds(plan, heads) == sum(found[one.id].planned for one in plan.top_level())
