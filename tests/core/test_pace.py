"""A session under way against its hard stop: ahead, behind, and the smallest change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agreements.plan import Plan
from sessions.pacing import advice, pace
from sessions.state import SessionState

NOON = 12 * 3600
PROTECTED: dict[str, Any] = {"flex": {"protected": True}}
UNDER_WAY = SessionState(phase="running", heads=12, stop_at=3600)
"""An hour with twelve people, running."""


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


def test_before_the_first_step_everything_is_to_come() -> None:
    """A session that starts five minutes late is five minutes behind, and slack is part of it."""
    now = pace(lunch(), SessionState(phase="arrival", heads=12, stop_at=3600, at=300))
    assert (now.projected_end, now.behind_seconds, now.slack_seconds) == (3900, 300, 180)
    assert now.fit is not None
    assert now.fit.seconds["slack"] == 0
    assert sum(one.from_seconds - one.to_seconds for one in now.fit.changes) == 300


def test_a_step_in_its_time_is_neither_ahead_nor_behind() -> None:
    """While every step keeps to its minutes the session is on time."""
    now = pace(
        lunch(), replace(UNDER_WAY, at=900, step="pairs", spent={"agreements": 600, "pairs": 300})
    )
    assert (now.projected_end, now.behind_seconds) == (3600, 0)
    assert now.fit is not None
    assert now.fit.fits
    assert advice(lunch(), replace(UNDER_WAY, at=900, step="pairs", spent={"pairs": 300})) == ""


def test_overtime_puts_the_session_behind_second_by_second() -> None:
    """A step beyond its time moves the end; the smallest change is said in one sentence."""
    state = replace(UNDER_WAY, at=720, step="agreements", spent={"agreements": 720})
    now = pace(lunch(), state)
    assert now.behind_seconds == 120
    assert advice(lunch(), state) == "It fits by using 2 minutes of slack."


def test_what_lies_behind_is_not_fitted_again() -> None:
    """Steps before the one that runs are past, whether they ran or were passed over."""
    state = replace(UNDER_WAY, at=2400, step="word", spent={"agreements": 900, "triads": 1500})
    now = pace(lunch(), state)
    assert now.projected_end == 2400 + 15 * 60
    assert now.behind_seconds == -300
    assert now.fit is not None
    assert now.fit.fits


def test_a_taken_fit_holds() -> None:
    """Once its lengths and drops are taken, the session is on time and needs nothing more."""
    state = replace(UNDER_WAY, at=1500, step="agreements", spent={"agreements": 1500})
    found = pace(lunch(), state).fit
    assert found is not None
    assert found.feasible
    taken = replace(state, fitted=found.seconds, dropped=found.dropped)
    after = pace(lunch(), taken)
    assert after.projected_end == 1500 + found.projected_seconds
    assert after.fit is not None
    assert after.fit.fits


def test_minutes_given_by_hand_count() -> None:
    """A step that was given three minutes is three minutes longer."""
    now = pace(lunch(), replace(UNDER_WAY, step="agreements", changed={"pairs": 180, "slack": -60}))
    assert now.behind_seconds == 120


def test_a_running_step_is_shortened_but_not_dropped() -> None:
    """The running step can give what is left above its minimum; leaving it is a person's choice."""
    plan = plan_of(step("word", 10, flex={"drop_order": 1, "compressible_to": 4}), step("end", 5))
    state = SessionState(
        phase="running", heads=12, stop_at=660, at=300, step="word", spent={"word": 300}
    )
    found = pace(plan, state).fit
    assert found is not None
    assert (found.feasible, found.seconds, found.dropped) == (True, {"word": 360}, ())
    tighter = pace(plan, replace(state, stop_at=540)).fit
    assert tighter is not None
    assert tighter.feasible is False


def test_latecomers_make_a_round_longer() -> None:
    """More heads make a round of everybody longer, which shows at once."""
    turns = {"kind": "per-person", "seconds_each": 60, "handover_seconds": 5}
    plan = plan_of(step("round", None, duration=turns), step("end", 5))
    ends = [pace(plan, replace(UNDER_WAY, heads=heads)).projected_end for heads in (10, 13)]
    assert ends[1] - ends[0] == 3 * 65


def test_slack_inside_a_box_takes_up_overtime_inside_it() -> None:
    """A part that overruns uses its box's slack; what is shortened does not return as slack."""
    plan = plan_of(
        step("box", 20),
        step("a", 8, parent="box"),
        step("b", 8, parent="box", flex={"compressible_to": 5}),
        step("end", 10, **PROTECTED),
    )
    within = replace(UNDER_WAY, stop_at=1800, at=600, step="b", spent={"a": 600})
    assert pace(plan, within).behind_seconds == 0
    assert pace(plan, within).slack_seconds == 120
    beyond = replace(UNDER_WAY, stop_at=1800, at=840, step="b", spent={"a": 840})
    assert pace(plan, beyond).behind_seconds == 120
    tight = replace(within, stop_at=1600)
    found = pace(plan, tight).fit
    assert found is not None
    assert found.seconds == {"b": 400, "box-slack": 0}
    taken = replace(tight, fitted=found.seconds)
    assert pace(plan, taken).behind_seconds == 0


def test_a_dropped_part_does_not_return_as_slack_of_its_box() -> None:
    """Dropping a part of a box wins its time for the session."""
    plan = plan_of(
        step("box", 20),
        step("a", 10, parent="box"),
        step("b", 10, parent="box", flex={"drop_order": 1}),
        step("end", 10, **PROTECTED),
    )
    state = replace(UNDER_WAY, stop_at=1200, step="a")
    found = pace(plan, state).fit
    assert found is not None
    assert found.dropped == ("b",)
    assert pace(plan, replace(state, dropped=("b",))).behind_seconds == 0


def test_parts_side_by_side_pass_together() -> None:
    """While parts run side by side they are one piece of time."""
    plan = plan_of(
        step("rooms", None, children_run="side-by-side"),
        step("north", 10, parent="rooms", flex={"compressible_to": 6}),
        step("south", 8, parent="rooms"),
        step("end", 5),
    )
    state = replace(UNDER_WAY, stop_at=840, at=180, step="rooms", spent={"rooms": 180})
    now = pace(plan, state)
    assert now.behind_seconds == 60
    assert now.fit is not None
    assert now.fit.seconds == {"rooms": 540}
    assert pace(plan, replace(state, step="end")).projected_end == 180 + 300


def test_an_alternative_stands_in_for_a_declined_step() -> None:
    """When the group says no, the alternative's time counts, and the step's is spent."""
    plan = plan_of(
        step("circle", 20, alternative="write"),
        step("end", 5),
        alternatives=(step("write", 6),),
    )
    state = replace(
        UNDER_WAY,
        at=60,
        step="write",
        spent={"circle": 60},
        declined={"circle": "write"},
        visits={"circle": 1},
    )
    assert pace(plan, state).projected_end == 60 + 360 + 300


def test_an_alternative_chosen_by_hand_leaves_the_rest_as_it_was() -> None:
    """After a step has begun, its alternative runs beside it: what was before is not run again."""
    plan = plan_of(
        step("welcome", 5),
        step("circle", 20, alternative="write"),
        step("end", 5),
        alternatives=(step("write", 6),),
    )
    state = replace(
        UNDER_WAY,
        at=420,
        step="write",
        spent={"welcome": 300, "circle": 60, "write": 60},
        visits={"welcome": 1, "circle": 1, "write": 1},
    )
    assert pace(plan, state).projected_end == 420 + 300 + 300


def test_a_latest_time_that_is_missed_is_named_and_left_aside() -> None:
    """When lunch can no longer start on time the hard stop is still fitted."""
    plan = plan_of(
        step("talk", 20),
        step("lunch", 10, not_after="12:15"),
        step("more", 20, flex={"compressible_to": 10}),
    )
    now = pace(plan, replace(UNDER_WAY, stop_at=2700, step="talk"), opened_at=NOON)
    assert now.late == ("lunch",)
    assert now.fit is not None
    assert now.fit.seconds == {"more": 900}
    assert pace(plan, replace(UNDER_WAY, stop_at=3000, step="talk")).late == ()


def test_a_latest_time_that_is_missed_is_said() -> None:
    """The status line names it, with what the hard stop needs and also where nothing else does."""
    plan = plan_of(
        step("talk", 20),
        step("lunch", 10, not_after="12:15"),
        step("tea", 10, not_after="12:20"),
        step("more", 20, flex={"compressible_to": 10}),
    )
    state = replace(UNDER_WAY, stop_at=3300, step="talk")
    both = "Too late to start “Lunch” by 12:15 and “Tea” by 12:20."
    assert advice(plan, state, NOON) == f"{both} It fits by shortening More by 5 minutes."
    assert advice(plan, replace(state, stop_at=4000), NOON) == both
    without_stop = replace(state, stop_at=None)
    assert advice(plan, without_stop, NOON) == both
    assert pace(plan, without_stop, NOON).behind_seconds is None
    assert advice(plan, without_stop) == ""


def test_without_a_stop_there_is_only_an_end() -> None:
    """A session without a hard stop is neither ahead nor behind."""
    state = replace(UNDER_WAY, stop_at=None)
    now = pace(lunch(), state)
    assert (now.projected_end, now.behind_seconds, now.fit) == (3600, None, None)
    assert advice(lunch(), state) == ""


def test_nothing_is_to_come_in_the_close() -> None:
    """Once the close has begun no step is to come."""
    now = pace(lunch(), replace(UNDER_WAY, phase="closing", at=3000, step="closing"))
    assert (now.projected_end, now.behind_seconds) == (3000, -600)


def test_time_that_is_left_is_never_filled() -> None:
    """Ahead of the stop the session ends early, though steps could use more."""
    plan = plan_of(
        step("talk", 10, flex={"expandable_to": 25}),
        step("end", 5, **PROTECTED),
    )
    now = pace(plan, replace(UNDER_WAY, stop_at=1800, step="talk"))
    assert (now.projected_end, now.behind_seconds) == (900, -900)


@given(
    plan=whole_plans(),
    stop=st.integers(60, 9000),
    moves=st.lists(st.tuples(st.integers(0, 900), st.booleans()), max_size=12),
)
def test_a_taken_fit_ends_when_it_said(
    plan: Plan, stop: int, moves: list[tuple[int, bool]]
) -> None:
    """However a session runs, taking a feasible fit makes it end when the fit said, on time."""
    state = SessionState(phase="running", heads=12, stop_at=stop)
    order = [one.id for one in plan.leaves() if one.kind != "slack"]
    for (spent, take), step_id in zip(moves, order, strict=False):
        at = state.at + spent
        state = replace(state, step=step_id, at=at, spent={**state.spent, step_id: spent})
        found = pace(plan, state).fit
        assert found is not None
        if found.feasible:
            assert at + found.projected_seconds <= max(stop, at)
            taken = replace(
                state,
                fitted={**state.fitted, **found.seconds},
                dropped=(*state.dropped, *found.dropped),
            )
            assert pace(plan, taken).projected_end == at + found.projected_seconds
            state = taken if take else state
