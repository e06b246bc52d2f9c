"""Fitting a whole plan to its hard stop: what gives way, what is said, and the clock."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.durations import total_seconds
from agreements.library import read_plan
from agreements.plan import Plan
from sessions.errors import CommandRefusedError
from sessions.pacing import fit_plan, spoken
from sessions.timetable import PlanFit, StepTimes

AGENDAS = Path(__file__).parent.parent / "data" / "agendas"
NOON = 12 * 3600
PROTECTED: dict[str, Any] = {"flex": {"protected": True}}


def step(step_id: str, minutes: float | None = 10, **more: object) -> dict[str, Any]:
    """Return a step as a file holds it."""
    made: dict[str, Any] = {
        "id": step_id,
        "title": step_id.replace("-", " ").capitalize(),
        "kind": "talk",
        "phase": "explore",
        "format": "plenary",
    }
    if minutes is not None:
        made["duration"] = {"kind": "fixed", "minutes": minutes}
    return made | more


def plan_of(*steps: dict[str, Any], alternatives: tuple[dict[str, Any], ...] = ()) -> Plan:
    """Return a plan of these steps."""
    table = {
        "id": "plan",
        "title": "Plan",
        "revision": 1,
        "language": "en",
        "source": "Ours.",
        "license": "MIT",
        "purpose": "To be fitted.",
        "minutes": 60,
        "step": steps,
        "alternative": alternatives,
    }
    return Plan.model_validate(table, strict=False)


def lunch() -> Plan:
    """Return an hour with every kind of flex: 60 minutes, 3 of them slack."""
    return plan_of(
        step("agreements", 10, kind="agreements", **PROTECTED),
        step("pairs", 12, flex={"compressible_to": 6}),
        step("triads", 15, flex={"compressible_to": 11}),
        step("read-back", 8, flex={"drop_order": 1}),
        step("word", 5, flex={"drop_order": 2, "compressible_to": 3}),
        step("slack", 3, kind="slack"),
        step("closing", 7, kind="closing", **PROTECTED),
    )


def fitted(plan: Plan, minutes: float, heads: int = 12, starts: int = NOON) -> PlanFit:
    """Fit a plan to so many minutes from noon."""
    return fit_plan(plan, heads, starts, starts + round(minutes * 60))


def minutes_of(found: PlanFit) -> dict[str, float]:
    """Return the minutes of every step that is listed."""
    return {one.id: one.seconds / 60 for one in found.steps}


def changes_of(found: PlanFit) -> dict[str, str]:
    """Return what changed, step by step."""
    return {one.id: one.change for one in found.steps if one.change}


def level_of(found: PlanFit) -> int:
    """Return how far a fit had to go: 0 not at all, 1 slack, 2 shortening, 3 dropping."""
    if "dropped" in changes_of(found).values():
        return 3
    if found.fits:
        return 0
    return 2 if {one.kind for one in found.steps if one.change} - {"slack"} else 1


def test_the_first_level_that_fits_is_taken() -> None:
    """Down to the last minute, slack comes before shortening and shortening before dropping."""
    tries = [fitted(lunch(), half / 2) for half in range(120, 60, -1)]
    levels = [level_of(found) for found in tries if found.feasible]
    assert [level for level, _ in itertools.groupby(levels)] == [0, 1, 2, 3]
    feasible = [found.feasible for found in tries]
    assert feasible == sorted(feasible, reverse=True)


def test_a_plan_that_fits_is_left_alone() -> None:
    """With time enough nothing changes, and what is over is not filled: it ends early."""
    found = fitted(lunch(), 75)
    assert (found.fits, found.feasible, changes_of(found)) == (True, True, {})
    assert found.projected_end == "13:00:00"
    assert found.sentence == "It fits as it is."


@pytest.mark.parametrize(("heads", "is_said"), [(1, True), (8, False), (60, False), (500, True)])
def test_a_plan_for_other_numbers_is_said_so(heads: int, is_said: bool) -> None:
    """That the minutes fit is not all: a plan for 8 to 60 people is not for one or for 500."""
    plan = plan_of(step("talk", 30)).model_copy(update={"min_heads": 8, "max_heads": 60})
    said = fit_plan(plan, heads, 0, 3600).sentence
    assert said.endswith(" But it is made for 8 to 60 people.") == is_said


def test_slack_is_used_first() -> None:
    """Two minutes too long take two minutes of slack and nothing else."""
    found = fitted(lunch(), 58)
    assert (found.fits, found.feasible) == (False, True)
    assert changes_of(found) == {"slack": "shortened"}
    assert minutes_of(found)["slack"] == 1
    assert found.sentence == "It fits by using 2 minutes of slack."


def test_then_steps_are_shortened_evenly() -> None:
    """Past the slack, each step gives in proportion to the room above its minimum."""
    found = fitted(lunch(), 51)
    given_up = {one.id: one.planned_seconds - one.seconds for one in found.steps}
    # Six minutes past the slack, over rooms of 6, 4 and 2 minutes.
    assert given_up == {
        "agreements": 0,
        "pairs": 180,
        "triads": 120,
        "read-back": 0,
        "word": 60,
        "slack": 180,
        "closing": 0,
    }
    assert found.projected_end == found.ends == "12:51:00"


def test_then_steps_are_dropped_in_order_and_the_rest_is_not_shortened_more_than_needed() -> None:
    """A drop gives back what shortening had taken: only what is still needed is shortened."""
    found = fitted(lunch(), 44)
    assert changes_of(found) == {
        "pairs": "shortened",
        "triads": "shortened",
        "word": "shortened",
        "read-back": "dropped",
        "slack": "shortened",
    }
    # Sixteen minutes too long: eight by the drop, three of slack, five over rooms of 6, 4 and 2.
    assert minutes_of(found)["pairs"] == 9.5
    assert found.projected_end == found.ends


def test_what_cannot_fit_is_said_and_nothing_is_changed() -> None:
    """When even everything is not enough the plan stands as it was, with what is missing."""
    found = fitted(lunch(), 30)
    assert (found.fits, found.feasible, changes_of(found)) == (False, False, {})
    assert found.projected_end == "13:00:00"
    assert found.sentence == (
        "It does not fit: still 4 minutes too long with everything that may give way. "
        "With ten more minutes it would fit by using 3 minutes of slack, shortening Pairs by "
        "4½ minutes, Triads by 3 minutes and Word by 1½ minutes and dropping Read back."
    )


@pytest.mark.parametrize(
    ("minutes", "more"),
    [
        (15, "With ten more minutes it would still be 9 minutes too long."),
        (24.5, "With ten more minutes it would fit by using 3 minutes of slack, shortening"),
    ],
)
def test_ten_more_minutes_are_always_tried(minutes: float, more: str) -> None:
    """The sentence of a plan that does not fit says what ten more minutes would do."""
    assert more in fitted(lunch(), minutes).sentence


def test_ten_more_minutes_may_be_all_that_is_needed() -> None:
    """A plan in which nothing gives way needs only the time."""
    found = fitted(plan_of(step("talk", 30), step("closing", 5, **PROTECTED)), 28)
    assert found.sentence.endswith("With ten more minutes it would fit as it is.")


def test_many_shortened_steps_are_counted() -> None:
    """More than three shortened steps are said as a number and a sum."""
    steps = [step(f"s{place}", 10, flex={"compressible_to": 5}) for place in range(4)]
    found = fitted(plan_of(*steps), 38)
    assert found.sentence == "It fits by shortening 4 steps by 2 minutes in all."


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (75, "75 seconds"),
        (90, "1½ minutes"),
        (134, "2 minutes"),
        (135, "2½ minutes"),
        (3600, "60 minutes"),
    ],
)
def test_time_is_spoken_as_people_say_it(seconds: int, words: str) -> None:
    """Short times are said in seconds, longer ones in the nearest minutes."""
    assert spoken(seconds) == words


@pytest.mark.parametrize(
    ("name", "starts", "clock", "end"),
    [
        (
            "01-big-conversation",
            15 * 3600,
            ["15:00:00", "15:02:00", "15:12:00", "15:15:00", "15:40:00"],
            "15:55:00",
        ),
        (
            "14-full-day",
            9 * 3600,
            ["09:00:00", "11:00:00", "11:15:00", "12:00:00", "13:00:00"],
            "17:00:00",
        ),
    ],
)
def test_printed_clock_times_are_reproduced(
    name: str, starts: int, clock: list[str], end: str
) -> None:
    """An agenda that prints both minutes and clock times gives the same clock times here."""
    plan = read_plan(AGENDAS / f"{name}.toml", str)
    found = fit_plan(plan, 12, starts, starts + plan.minutes * 60)
    assert [one.starts for one in found.steps][:5] == clock
    assert (found.fits, found.projected_end) == (True, end)


def test_a_box_shows_its_slack_as_a_step() -> None:
    """The half-day ends at five past seven, with a step of fifteen minutes of slack in its box."""
    plan = read_plan(AGENDAS / "12-clinical-half-day.toml", str)
    found = fit_plan(plan, 30, 15 * 3600, 19 * 3600 + 5 * 60)
    (slack,) = [one for one in found.steps if one.kind == "slack"]
    assert (slack.id, slack.parent, slack.seconds) == ("fishbowl-slack", "fishbowl", 900)
    assert (found.fits, found.projected_end) == (True, "19:05:00")
    late = fit_plan(plan, 30, 15 * 3600, 19 * 3600)
    assert (late.feasible, changes_of(late)) == (
        True,
        {"fishbowl": "shortened", "fishbowl-slack": "shortened"},
    )


def test_the_json_is_as_promised() -> None:
    """The JSON holds exactly the promised keys, and times as HH:MM:SS."""
    found = json.loads(fitted(lunch(), 44).model_dump_json())
    assert list(found) == [
        "plan",
        "heads",
        "starts",
        "ends",
        "projected_end",
        "fits",
        "feasible",
        "steps",
    ]
    assert found["steps"][1] == {
        "id": "pairs",
        "parent": None,
        "title": "Pairs",
        "kind": "talk",
        "starts": "12:10:00",
        "ends": "12:19:30",
        "seconds": 570,
        "planned_seconds": 720,
        "flex": "compressible",
        "change": "shortened",
    }
    dropped = found["steps"][3]
    assert (dropped["change"], dropped["seconds"]) == ("dropped", 0)
    assert dropped["starts"] == dropped["ends"]


def test_each_step_names_how_it_gives_way() -> None:
    """Protected, droppable, compressible, expandable and fixed are told apart."""
    plan = plan_of(
        step("kept", 5, **PROTECTED),
        step("kept-part", 5, parent="kept", flex={"drop_order": 1}),
        step("out", 5, flex={"drop_order": 2, "compressible_to": 3}),
        step("short", 5, flex={"compressible_to": 3, "expandable_to": 9}),
        step("long", 5, flex={"expandable_to": 9}),
        step("fixed", 5),
        step("whole", None),
        step("whole-part", 5, parent="whole", flex={"drop_order": 3}),
        step("slack", 2, kind="slack"),
    )
    assert [one.flex for one in fitted(plan, 60).steps] == [
        "protected",
        "protected",
        "droppable",
        "compressible",
        "expandable",
        "fixed",
        "compressible",
        "droppable",
        "compressible",
    ]


def test_dropping_a_step_drops_its_parts() -> None:
    """A droppable step with parts goes as a whole, and its box goes with it."""
    plan = plan_of(
        step("talk", 20),
        step("case", 30, flex={"drop_order": 1}),
        step("case-read", 5, parent="case"),
        step("case-talk", 20, parent="case"),
        step("closing", 5, **PROTECTED),
    )
    found = fitted(plan, 29)
    assert changes_of(found) == {
        "case": "dropped",
        "case-read": "dropped",
        "case-talk": "dropped",
    }
    assert found.projected_end == "12:25:00"
    assert "dropping Case" in found.sentence


def test_a_step_with_anything_protected_inside_is_never_dropped() -> None:
    """A protected part keeps the step it belongs to."""
    plan = plan_of(
        step("case", None, flex={"drop_order": 1}),
        step("case-agree", 10, parent="case", **PROTECTED),
        step("case-talk", 20, parent="case"),
    )
    assert fitted(plan, 25).feasible is False


def test_parts_side_by_side_start_together_and_share_the_time() -> None:
    """Shortening steps side by side shortens only the parts that are too long."""
    plan = plan_of(
        step("rooms", None, children_run="side-by-side"),
        step("north", None, parent="rooms"),
        step("north-a", 12, parent="north", flex={"compressible_to": 6}),
        step("north-slack", 3, parent="north", kind="slack"),
        step("north-b", 10, parent="north", flex={"compressible_to": 8}),
        step("south", 14, parent="rooms", flex={"drop_order": 1}),
        step("closing", 5, **PROTECTED),
    )
    planned = fitted(plan, 30)
    assert (planned.fits, planned.projected_end) == (True, "12:30:00")
    assert [one.starts for one in planned.steps if one.parent == "rooms"] == ["12:00:00"] * 2
    found = fitted(plan, 26)
    assert minutes_of(found) == {
        "rooms": 21,
        "north": 21,
        "north-a": 11.25,
        "north-slack": 0,
        "north-b": 9.75,
        "south": 14,
        "closing": 5,
    }
    assert found.projected_end == found.ends
    least = fitted(plan, 19)
    assert (least.feasible, minutes_of(least)["south"]) == (True, 14)
    assert fitted(plan, 18.9).feasible is False


def test_a_wait_is_listed_as_slack() -> None:
    """The wait for a step that may not start yet stands before it, and nothing overlaps."""
    plan = plan_of(
        step("talk", 20),
        step("lunch", 30, kind="meal", not_before="12:30", not_after="12:45"),
        step("closing", 5, **PROTECTED),
    )
    found = fitted(plan, 65)
    assert [(one.id, one.starts) for one in found.steps] == [
        ("talk", "12:00:00"),
        ("lunch-wait", "12:20:00"),
        ("lunch", "12:30:00"),
        ("closing", "13:00:00"),
    ]
    assert (found.fits, found.projected_end) == (True, "13:05:00")
    late = fitted(plan, 60, starts=NOON + 30 * 60)
    assert (late.feasible, late.sentence) == (
        False,
        "It does not fit: “Lunch” would still start 5 minutes too late.",
    )


def test_too_many_heads_bring_the_alternative() -> None:
    """With more people than a round can hold its alternative runs in its place."""
    turns = {"kind": "per-person", "seconds_each": 10}
    plan = plan_of(
        step("word", None, duration=turns, max_heads=18, alternative="hands"),
        step("closing", 5, **PROTECTED),
        alternatives=(step("hands", 2),),
    )
    assert [one.id for one in fitted(plan, 60, heads=18).steps] == ["word", "closing"]
    assert [one.id for one in fitted(plan, 60, heads=19).steps] == ["hands", "closing"]


@pytest.mark.parametrize(
    ("starts", "ends", "feasible"),
    [("22:30", "00:00", True), ("23:30", "00:45", True), ("13:00", "01:00", True)],
)
def test_a_stop_after_midnight_is_the_next_day(starts: str, ends: str, feasible: bool) -> None:
    """A stop before the start is tomorrow's when the session then lasts twelve hours at most."""
    found = fit_plan(lunch(), 12, seconds_at(starts), seconds_at(ends))
    assert (found.feasible, found.ends[:5]) == (feasible, ends)
    assert all(one.starts < "24" for one in found.steps)


@pytest.mark.parametrize(
    ("heads", "starts", "ends", "says"),
    [
        (12, "13:00", "12:00", "The end, 12:00, is not after the start, 13:00."),
        (12, "12:00", "12:00", "at most twelve hours"),
        (12, "12:59", "12:58", "Choose a later end"),
        (0, "12:00", "13:00", "At least one person"),
        (1001, "12:00", "13:00", "at most 1000 people"),
    ],
)
def test_what_cannot_be_meant_is_refused(heads: int, starts: str, ends: str, says: str) -> None:
    """Heads and times that cannot be meant are refused with a sentence."""
    with pytest.raises(CommandRefusedError) as refused:
        fit_plan(lunch(), heads, seconds_at(starts), seconds_at(ends))
    assert says in refused.value.sentence


def test_a_time_outside_the_day_is_refused() -> None:
    """Seconds beyond a day are no time of day."""
    with pytest.raises(CommandRefusedError):
        fit_plan(lunch(), 12, 0, 24 * 3600)


def test_a_clock_time_after_midnight_belongs_to_the_session() -> None:
    """A step held to half past midnight waits for it in a session that began before midnight."""
    plan = plan_of(step("talk", 20), step("more", 10, not_before="00:30"))
    found = fit_plan(plan, 12, seconds_at("23:50"), seconds_at("01:00"))
    assert [one.starts for one in found.steps] == ["23:50:00", "00:10:00", "00:30:00"]
    assert (found.fits, found.projected_end) == (True, "00:40:00")


SHIPPED = Path(__file__).parents[2] / "agreements" / "content" / "en" / "plans"


@pytest.mark.parametrize("heads", [12, 24, 40])
@pytest.mark.parametrize(("starts", "ends"), [("12:00", "13:00"), ("12:05", "13:00")])
def test_the_lunch_hour_holds_for_any_room_and_a_late_start(
    heads: int, starts: str, ends: str
) -> None:
    """The lunch hour ends by one o'clock, also from 12:05, and protected steps are untouched."""
    plan = read_plan(SHIPPED / "lunch-and-learn.toml", str)
    found = fit_plan(plan, heads, seconds_at(starts), seconds_at(ends))
    assert found.feasible
    assert found.fits is (starts == "12:00")
    assert found.projected_end <= "13:00:00"
    kept = [one for one in found.steps if one.flex == "protected"]
    assert {one.kind for one in kept} >= {"agreements", "closing", "aftercare"}
    assert all((one.seconds, one.change) == (one.planned_seconds, None) for one in kept)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("heads", [1, 4, 5, 500])
def test_any_number_of_heads_gets_an_answer(path: Path, heads: int) -> None:
    """A room of one and one of five hundred get a timetable and a sentence."""
    plan = read_plan(path, str)
    found = fit_plan(plan, heads, seconds_at("09:00"), seconds_at("09:00") + plan.minutes * 60)
    assert found.sentence
    assert found.steps[0].starts == "09:00:00"
    assert found.feasible is (found.projected_end <= found.ends)


def seconds_at(clock: str) -> int:
    """Return a clock time in seconds since midnight."""
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


@st.composite
def whole_plans(draw: st.DrawFn) -> Plan:
    """Draw a plan with nests, boxes, steps side by side, slack, flex and protection."""
    count = draw(st.integers(1, 10))
    parents = [draw(st.sampled_from([None, *range(place)])) for place in range(count)]
    steps: list[dict[str, Any]] = []
    for place, parent in enumerate(parents):
        minutes = draw(st.integers(0, 20))
        has_parts = place in parents
        flex: dict[str, Any] = draw(
            st.sampled_from(
                [
                    {},
                    {"protected": True},
                    {"compressible_to": minutes / 2},
                    {"drop_order": draw(st.integers(1, 5))},
                ]
            )
        )
        is_slack = not has_parts and not flex and draw(st.booleans())
        steps.append(
            step(
                f"s{place}",
                None if has_parts and draw(st.booleans()) else minutes,
                parent=None if parent is None else f"s{parent}",
                children_run=draw(st.sampled_from(["in-turn", "side-by-side"])),
                kind="slack" if is_slack else "talk",
                flex=flex,
            )
        )
    return plan_of(*steps)


def at_clock(one: StepTimes) -> tuple[int, int]:
    """Return when a step starts and ends, in seconds since midnight."""
    hours, minutes, seconds = (int(part) for part in one.starts.split(":"))
    begin = hours * 3600 + minutes * 60 + seconds
    return begin, begin + one.seconds


@given(plan=whole_plans(), heads=st.integers(1, 40), minutes=st.integers(1, 240))
def test_a_whole_plan_meets_its_stop_and_keeps_what_is_protected(
    plan: Plan, heads: int, minutes: int
) -> None:
    """Feasible plans end by the stop, protected steps as planned, and the listing is gapless."""
    found = fitted(plan, minutes, heads, starts=0)
    listed = {one.id: one for one in found.steps}
    end = seconds_of(found.projected_end)
    assert found.feasible is (end <= minutes * 60)
    assert found.fits is (found.feasible and not changes_of(found))
    assert found.fits is (total_seconds(plan, heads) <= minutes * 60)
    assert found.feasible or end == total_seconds(plan, heads)
    for one in found.steps:
        if one.flex == "protected":
            assert (one.seconds, one.change) == (one.planned_seconds, None)
        if not found.feasible:
            assert one.change is None
    for parent in (None, *(one.id for one in plan.steps)):
        parts = [one for one in found.steps if one.parent == parent]
        known = None if parent is None else plan.step(parent)
        times = [at_clock(one) for one in parts]
        whole = (0, end) if parent is None else at_clock(listed[parent])
        if known is not None and known.children_run == "side-by-side":
            assert all(whole[0] <= begin <= over <= whole[1] for begin, over in times)
        elif parts:
            assert [one[0] for one in times] == [whole[0], *(one[1] for one in times[:-1])]
            assert times[-1][1] == whole[1]


def seconds_of(clock: str) -> int:
    """Return a clock time `HH:MM:SS` in seconds since midnight."""
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)
