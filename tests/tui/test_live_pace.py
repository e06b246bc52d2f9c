"""Live against its hard stop: how far behind, the smallest way out, and what is never cut."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from agreements.plan import Flex, PerPersonDuration
from dialogue.tui.draft import Draft
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.review import ReviewScreen
from dialogue.tui.widgets.statusline import StatusLine
from sessions.clock import step_time
from tests.plugin_sessions import plan_of, step_of

if TYPE_CHECKING:
    from agreements.plan import Plan
    from dialogue.desk import Desk
    from tests.plugin_sessions import FakeClock
    from tests.tui.conftest import Open, Stage

PROTECTED = ("agreements", "closing-sheet", "aftercare")
SIZES = pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])


async def hush(stage: Stage) -> None:
    """Let the status line forget what just happened, so that it says what holds."""
    stage.app.screen.query_one(StatusLine).say("")
    await stage.pass_time(0)


async def two_minutes_behind(stage: Stage) -> None:
    """Use up the slack, then stay two minutes too long in a step."""
    await stage.press("n", "f")
    assert stage.said == "Taken: It fits by using 3 minutes of slack. u takes it back."
    await stage.pass_time(4 * 60)
    await stage.press("n")
    await stage.pass_time(8 * 60)
    await stage.press("n")
    await stage.pass_time(5 * 60)
    await hush(stage)


def minutes_of(stage: Stage, *steps: str) -> list[float]:
    """Return the minutes that steps have now."""
    session = stage.session
    found = [session.plan.step(step) for step in steps]
    return [
        step_time(session.plan, step, session.state).allotted / 60
        for step in found
        if step is not None
    ]


@SIZES
async def test_two_minutes_behind_is_read_at_a_glance(live: Open, size: tuple[int, int]) -> None:
    """The first line says how far behind, the status line what would help, and which key."""
    async with live(end="12:57", size=size) as stage:
        await two_minutes_behind(stage)
        assert stage.lines[0].endswith("ends 12:57   2 min behind")
        assert "It fits by shortening 6 steps by 2 minutes in all. f takes it." in stage.words


async def test_one_key_takes_the_way_out_and_another_gives_it_back(live: Open) -> None:
    """After f the session is on time with the same protected minutes; u restores every step."""
    async with live(end="12:57") as stage:
        await two_minutes_behind(stage)
        before, protected = stage.session.state, minutes_of(stage, *PROTECTED)
        await stage.press("f")
        assert stage.lines[0].endswith("on time")
        assert stage.said.startswith("Taken: It fits by shortening")
        assert minutes_of(stage, *PROTECTED) == protected
        assert stage.session.pace().behind_seconds == 0
        await stage.press("u")
        assert stage.said == "Taken back: the fit."
        assert stage.session.state == before
        assert stage.lines[0].endswith("2 min behind")


async def test_a_delay_the_slack_can_take_asks_for_nothing(live: Open) -> None:
    """Behind by less than the slack, the first line says so and nobody is asked to decide."""
    async with live() as stage:
        await stage.press("n")
        await stage.pass_time(6 * 60)
        assert stage.lines[0].endswith("2 min behind")
        assert "f takes it" not in stage.text
        assert "It fits" not in stage.text


async def test_a_late_start_is_told_before_the_first_step(live: Open) -> None:
    """At the door the screen says by when to start, then how late it is and what would help."""
    async with live() as stage:
        assert stage.lines[0].endswith("on time")
        await stage.pass_time(6 * 60)
        await hush(stage)
        assert stage.session.state.step == "arrival"
        assert stage.lines[0].endswith("6 min behind")
        assert "f takes it." in stage.words
        await stage.press("f", "n")
        assert stage.lines[0].endswith("on time")
        assert stage.session.state.step == "welcome"


async def test_an_early_room_is_told_when_to_start(live: Open) -> None:
    """With time in hand at the door, the first line says by when to start."""
    async with live(end="13:10") as stage:
        assert stage.lines[0].endswith("start by 12:10")


async def test_who_comes_and_goes_changes_the_plan(live: Open) -> None:
    """With 18 people the round fits again; with 19 it is done all at once. The count is shown."""
    async with live(heads=20, size=(140, 40)) as stage:
        await stage.press("n")
        assert "One word, all at once" in stage.text
        await stage.press("[", "[")
        assert stage.said == "18 people are here."
        assert "18 here" in stage.lines[0]
        assert "One word, all at once" not in stage.text
        await stage.press("]")
        assert "19 here" in stage.lines[0]
        assert "One word, all at once" in stage.text
        await stage.press("u", "u")
        assert "19 here" in stage.lines[0]


def a_round() -> Plan:
    """Return a plan in which each person's turn costs a minute."""
    return plan_of(
        step_of("opening", 5),
        step_of("round", duration=PerPersonDuration(seconds_each=55, handover_seconds=5)),
        step_of("threes", 20, flex=Flex(compressible_to=15)),
        step_of("closing", 5, kind="closing", flex=Flex(protected=True)),
        id="a-round",
        minutes=40,
    )


async def test_latecomers_cost_what_their_turns_cost(staged: Open, desk: Desk) -> None:
    """Three more people in a round make it three minutes longer, and the way out is offered."""
    library = replace(desk.library, plans={"a-round": a_round()})
    async with staged(
        plan="a-round", draft=Draft(heads=10, end="12:40"), at=replace(desk, library=library)
    ) as stage:
        stage.only_mine()
        await stage.press("ctrl+g", "n")
        assert stage.lines[0].endswith("on time")
        await stage.press("]", "]", "]")
        await hush(stage)
        assert stage.lines[0].endswith("3 min behind")
        assert "It fits by shortening Threes by 3 minutes. f takes it." in stage.words
        await stage.press("f")
        assert minutes_of(stage, "threes", "closing") == [17, 5]
        await stage.press("[", "[", "[")
        assert stage.lines[0].endswith("3 min ahead")
        assert minutes_of(stage, "threes") == [17]


async def test_what_cannot_fit_is_said_and_nothing_is_cut(live: Open) -> None:
    """When all that may give way is not enough, f refuses with the reason and changes nothing."""
    async with live(end="12:30") as stage:
        await stage.press("n")
        await hush(stage)
        assert "It does not fit: still 7 minutes too long" in stage.words
        assert "f takes it" not in stage.words
        before, protected = stage.session.events, minutes_of(stage, *PROTECTED)
        await stage.press("f")
        assert stage.said.startswith("It does not fit: still 7 minutes too long")
        assert stage.session.events == before
        assert minutes_of(stage, *PROTECTED) == protected


async def test_a_protected_step_is_never_dropped(live: Open) -> None:
    """On a protected step d says so and the step goes on."""
    async with live() as stage:
        await stage.go_to_step("agreements")
        before = stage.session.events
        await stage.press("d")
        assert stage.said == (
            "“Agreements” is protected and is never dropped. It can be shortened with −."
        )
        assert stage.session.events == before


async def test_an_early_finish_invents_nothing(live: Open) -> None:
    """Ahead of time the first line says so; no step grows and nothing is offered."""
    async with live() as stage:
        await stage.press("n")
        before = minutes_of(stage, "triads", "read-back", *PROTECTED)
        await stage.go_to_step("triads")
        await hush(stage)
        assert stage.lines[0].endswith("29 min ahead")
        assert "f takes it" not in stage.words
        await stage.press("f")
        assert stage.said == "The plan fits as it is; there is nothing to change."
        assert minutes_of(stage, "triads", "read-back", *PROTECTED) == before


async def test_an_end_that_cannot_be_meant_is_refused(live: Open) -> None:
    """Each wrong end is refused with a sentence, and what was typed stays in the line."""
    async with live() as stage:
        for wrong, sentence in (
            ("soon", "Write times as hours and minutes, such as 13:15."),
            ("25:00", "Write times as hours and minutes, such as 13:15."),
            ("9" * 500, "Write times as hours and minutes, such as 13:15."),
            ("11:00", "That time has passed. Write an end that lies ahead."),
        ):
            await stage.enter("e", wrong)
            assert stage.said == sentence
            assert wrong[-5:] in stage.text
            await stage.press("ctrl+u", "escape")
        assert stage.session.state.stop_at == 3600


async def test_the_end_moves_when_the_group_agrees(live: Open) -> None:
    """A new end is typed once, shown at once, and taken back with u."""
    async with live() as stage:
        await stage.press("n")
        await stage.enter("e", "13:15")
        assert stage.lines[0].endswith("ends 13:15   15 min ahead")
        await stage.press("u")
        assert stage.said == "Taken back: the new end."
        assert stage.lines[0].endswith("ends 13:00   on time")
        await stage.enter("e", "12:50")
        assert stage.said == "The end is 12:50 now."
        assert stage.lines[0].endswith("ends 12:50   10 min behind")


@pytest.mark.parametrize("opened", [0.0, pytest.param(0.3, marks=pytest.mark.slow), 0.9])
@pytest.mark.parametrize("later", [0.0, pytest.param(0.2, marks=pytest.mark.slow), 0.5, 0.8])
async def test_a_typed_end_is_the_end_that_is_shown(
    live: Open, fake_clock: FakeClock, opened: float, later: float
) -> None:
    """Clocks hold parts of a second; at none of them is the end shown a minute early."""
    fake_clock.tick(opened)
    async with live() as stage:
        await stage.pass_time(later)
        assert "ends 13:00" in stage.lines[0]
        await stage.enter("e", "13:15")
        assert stage.said.startswith("The end is 13:15 now.")
        for _ in range(4):
            await stage.pass_time(0.25)
            assert "ends 13:15" in stage.lines[0]
        await stage.enter("e", "13:15")
        assert stage.said == "The end is 13:15 now."


async def test_the_group_asks_to_continue(live: Open) -> None:
    """Who must go is thought of first: close in full, then go back and on until the new end."""
    async with live() as stage:
        for step, minutes in (
            ("welcome", 4),
            ("agreements", 8),
            ("conditions", 3),
            ("compass", 2),
            ("pairs", 7),
            ("reflection", 5),
            ("triads", 12),
        ):
            await stage.go_to_step(step)
            await stage.pass_time(minutes * 60)
        await stage.press("e")
        assert "New end, as 13:15; the group has agreed" in stage.text
        await stage.type("13:20")
        await stage.press("enter")
        assert stage.said == (
            "The end is 13:20 now. Who must go at 13:00? Close in full first; b leads back."
        )
        await stage.go_to_step("aftercare")
        await stage.pass_time(4 * 60)
        await stage.press(*["b"] * 4)
        assert stage.session.state.step == "triads"
        assert isinstance(stage.app.screen, LiveScreen)
        await stage.pass_time(15 * 60)
        await stage.enter("e", "13:25")
        assert stage.said == "The end is 13:25 now."
        await stage.press("r")
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))


async def test_the_clock_of_the_screen_ticks_by_itself(live: Open) -> None:
    """Without a key the screen follows the clock within a second."""
    async with live() as stage:
        await stage.press("n")
        assert "of 4:00" in stage.text
        stage.clock.tick(4 * 60 + 90)
        await stage.until(lambda: "over 4:00" in stage.text)
        assert stage.lines[0].endswith("2 min behind")
