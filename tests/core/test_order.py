"""Which step comes when: skipped, declined, too small for the room, gone back to."""

from __future__ import annotations

import pytest

from agreements.plan import Flex, Plan
from sessions import order
from sessions.state import SessionState, replay
from sessions.timeline import (
    AnyEvent,
    HeadsChanged,
    PlanFitted,
    SessionOpened,
    StepDeclined,
    StepDropped,
    StepStarted,
)
from tests.plugin_sessions import plan_of, step_of

WHOLE = ["welcome", "consent", "pairs", "threes", "round", "closing"]
OPENED = SessionOpened(at=0, heads=12)


def ids(plan: Plan, state: SessionState) -> list[str]:
    """Return the running order by id."""
    return [step.id for step in order.run_order(plan, state)]


def after(plan: Plan, *events: AnyEvent) -> str | None:
    """Return the id of the step that follows these events."""
    step = order.following(plan, replay([OPENED, *events]))
    return None if step is None else step.id


def before(plan: Plan, *events: AnyEvent) -> str | None:
    """Return the id of the step before these events' last."""
    step = order.preceding(plan, replay([OPENED, *events]))
    return None if step is None else step.id


def start(step: str) -> StepStarted:
    """Return the start of a step."""
    return StepStarted(at=0, step=step)


def decline(step: str, alternative: str) -> tuple[AnyEvent, ...]:
    """Return what happens when the group says no."""
    return StepDeclined(at=0, step=step, alternative=alternative), start(alternative)


def heads(number: int) -> HeadsChanged:
    """Return a change of heads."""
    return HeadsChanged(at=0, heads=number)


def test_parts_run_and_boxes_and_slack_do_not(tiny: Plan) -> None:
    """The running order holds the steps that are run: no step with parts, and no slack."""
    assert ids(tiny, replay([OPENED])) == WHOLE


def test_the_steps_follow_one_another(tiny: Plan) -> None:
    """Going on visits each step once, and after the last there is nothing."""
    events: list[AnyEvent] = []
    seen = []
    while (step := after(tiny, *events)) is not None:
        seen.append(step)
        events.append(start(step))
    assert seen == WHOLE


def test_going_back_visits_them_in_reverse(tiny: Plan) -> None:
    """Going back from the last step reaches the first, before which there is nothing."""
    events: list[AnyEvent] = [start("closing")]
    seen = ["closing"]
    while (step := before(tiny, *events)) is not None:
        seen.append(step)
        events.append(start(step))
    assert seen == WHOLE[::-1]


def test_before_the_first_step_there_is_nothing_to_go_back_to(tiny: Plan) -> None:
    """In arrival the first step follows, and nothing precedes."""
    assert (before(tiny), after(tiny)) == (None, "welcome")


def test_a_dropped_step_is_passed_over_both_ways(tiny: Plan) -> None:
    """Neither on nor back leads to a dropped step."""
    dropped = StepDropped(at=0, step="threes")
    assert after(tiny, dropped, start("pairs")) == "round"
    assert before(tiny, dropped, start("round")) == "pairs"


def test_a_step_with_parts_is_dropped_with_them(tiny: Plan) -> None:
    """Dropping the whole passes over its parts, and dropping every part drops the whole."""
    whole = replay([OPENED, StepDropped(at=0, step="block")])
    parts = replay([OPENED, PlanFitted(at=0, seconds={}, dropped=("pairs", "threes"))])
    half = replay([OPENED, StepDropped(at=0, step="pairs")])
    block = tiny.step("block")
    assert block is not None
    assert [order.is_dropped(tiny, block, state) for state in (whole, parts, half)] == [
        True,
        True,
        False,
    ]
    assert order.following(tiny, replay([OPENED, start("consent")])) == tiny.step("pairs")
    assert after(tiny, start("consent"), StepDropped(at=0, step="block")) == "round"


def test_a_declined_step_gives_its_place_away(tiny: Plan) -> None:
    """After a no the alternative stands in the step's place, before and after it all as it was."""
    no = (start("consent"), *decline("consent", "rules"))
    assert ids(tiny, replay([OPENED, *no])) == ["welcome", "rules", *WHOLE[2:]]
    assert (before(tiny, *no), after(tiny, *no)) == ("welcome", "pairs")


def test_a_whole_step_is_declined_with_its_parts(tiny: Plan) -> None:
    """A no to a step with parts puts one alternative in the place of all of them."""
    no = (start("threes"), *decline("block", "quiet"))
    assert ids(tiny, replay([OPENED, *no])) == ["welcome", "consent", "quiet", "round", "closing"]
    assert (before(tiny, *no), after(tiny, *no)) == ("consent", "round")


def test_a_declined_step_that_is_started_after_all_has_its_place_again(tiny: Plan) -> None:
    """A group may change its mind; the session goes on from there and not from the beginning."""
    again = (start("consent"), *decline("consent", "rules"), start("consent"))
    assert (before(tiny, *again), after(tiny, *again)) == ("welcome", "pairs")


def test_a_part_of_a_declined_step_started_after_all_keeps_its_place(tiny: Plan) -> None:
    """Started by hand, a part of what was declined stands where its whole stood."""
    again = (start("pairs"), *decline("block", "quiet"), start("threes"))
    assert (before(tiny, *again), after(tiny, *again)) == ("consent", "round")


def test_an_alternative_started_by_hand_takes_its_place(tiny: Plan) -> None:
    """An alternative that is started without a no stands where its step would."""
    assert after(tiny, start("rules")) == "pairs"
    assert before(tiny, start("chorus")) == "threes"


@pytest.mark.parametrize(("people", "runs"), [(1, "round"), (18, "round"), (19, "chorus")])
def test_a_step_gives_way_when_it_cannot_hold_the_room(tiny: Plan, people: int, runs: str) -> None:
    """Up to its most heads a step runs, beyond them its alternative."""
    assert ids(tiny, replay([OPENED, heads(people)]))[4] == runs


@pytest.mark.parametrize(("begun", "first", "then"), [("round", 12, 30), ("chorus", 30, 12)])
def test_what_has_begun_stays_when_people_come_or_leave(
    tiny: Plan, begun: str, first: int, then: int
) -> None:
    """Somebody coming or leaving in mid-step neither swaps it nor sends the session back."""
    events = (heads(first), start(begun), heads(then))
    assert ids(tiny, replay([OPENED, *events]))[4] == begun
    assert (before(tiny, *events), after(tiny, *events)) == ("threes", "closing")


def test_a_block_that_has_begun_stays_when_people_come() -> None:
    """A step with parts is not swapped between two of its parts."""
    plan = plan_of(
        step_of("first"),
        step_of("block", duration=None, max_heads=18, alternative="large"),
        step_of("one", parent="block"),
        step_of("two", parent="block"),
        step_of("last"),
        alternatives=(step_of("large"),),
    )
    assert after(plan, start("first"), heads(30)) == "large"
    assert after(plan, start("one"), heads(30)) == "two"


def test_a_no_to_an_alternative_leads_to_its_own() -> None:
    """Alternatives may have alternatives; the place stays the same."""
    plan = plan_of(
        step_of("first"),
        step_of("bold", alternative="milder"),
        step_of("last"),
        alternatives=(step_of("milder", alternative="mildest"), step_of("mildest")),
    )
    no = (start("bold"), *decline("bold", "milder"), *decline("milder", "mildest"))
    assert ids(plan, replay([OPENED, *no])) == ["first", "mildest", "last"]
    assert (before(plan, *no), after(plan, *no)) == ("first", "last")


def test_alternatives_in_a_circle_end() -> None:
    """Alternatives that send for each other are each tried once, and one of them runs."""
    plan = plan_of(
        step_of("bold", max_heads=5, alternative="left"),
        alternatives=(
            step_of("left", max_heads=5, alternative="right"),
            step_of("right", max_heads=5, alternative="left"),
        ),
    )
    assert ids(plan, replay([OPENED])) == ["right"]
    both = (start("bold"), *decline("bold", "left"), *decline("left", "right"))
    assert ids(plan, replay([OPENED, *both])) == ["right"]
    assert ids(plan, replay([OPENED, *both, *decline("right", "left")])) == ["left"]


def test_the_current_step_may_be_an_alternative(tiny: Plan) -> None:
    """What runs is found among the alternatives too; before the first step there is nothing."""
    assert order.current(tiny, replay([OPENED])) is None
    assert order.current(tiny, replay([OPENED, start("rules")])) == tiny.step("rules")


def test_a_step_knows_what_it_is_part_of_and_what_it_is_made_of() -> None:
    """Ancestors go from the inside out, parts down to the last."""
    plan = plan_of(
        step_of("a", duration=None),
        step_of("b", duration=None, parent="a"),
        step_of("c", parent="b"),
        step_of("d", parent="b"),
        step_of("e", parent="a", flex=Flex(protected=True)),
    )
    inner, outer = plan.step("c"), plan.step("a")
    assert inner is not None
    assert outer is not None
    assert [step.id for step in order.with_ancestors(plan, inner)] == ["c", "b", "a"]
    assert [step.id for step in order.parts_to_run(plan, outer)] == ["c", "d", "e"]


def test_places_are_counted_along_the_plan(tiny: Plan) -> None:
    """A step's place is its own, an alternative's that of its step; what nothing names has none."""
    orphan = plan_of(step_of("a"), alternatives=(step_of("b"),))
    assert order.place(tiny, "consent") == order.place(tiny, "rules") == 1
    assert order.place(tiny, "quiet") == 2
    assert order.place(tiny, "nowhere") is None
    assert order.place(orphan, "b") is None


def test_the_shipped_hour_runs_from_the_door_to_aftercare(lunch: Plan) -> None:
    """With a small and with a large room every step of the hour is run once."""
    for people, word in ((12, "one-word"), (24, "one-word-together")):
        steps = ids(lunch, replay([OPENED, heads(people)]))
        assert steps[0] == "arrival"
        assert steps[-3:] == [word, "closing-sheet", "aftercare"]
        assert len(steps) == len(set(steps)) == 12
