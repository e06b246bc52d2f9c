"""Counting on the compass aloud, and the clock that is saved while nothing is pressed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogue.tui.dialogs.tally import countable
from dialogue.tui.screens.live import LiveScreen
from sessions.state import OpenSheet

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Stage


async def to_the_compass(stage: Stage) -> str:
    """Go to the step that asks where people are on the compass, and return its ask."""
    session = stage.session
    step, ask = next(
        (step, ask) for step in session.plan.steps for ask in step.asks if ask.kind == "compass"
    )
    await stage.go_to_step(step.id)
    return ask.id


async def test_hands_on_the_compass_are_not_added_up(live: Open) -> None:
    """Each place counts by itself, the unsure too, and no sum is shown as people."""
    async with live() as stage:
        ask = await to_the_compass(stage)
        await stage.press("x", *"1122235")
        assert "Not sure" in stage.words
        assert "several may be named" in stage.words
        assert "7 of" not in stage.words
        await stage.press("enter", "escape")
        answers = stage.session.tally(ask)
        assert answers is not None
        assert len(answers.items) == 7
        assert sum(item.points == () for item in answers.items) == 1


async def test_then_and_now_are_counted_with_two_keys(live: Open) -> None:
    """Two numbers are one person's; backspace takes the first back, or the last pair."""
    async with live() as stage:
        await stage.go_to_step("closing-sheet")
        await stage.press("x", "tab", "tab", "tab")
        assert "Two numbers each: then, and now." in stage.words
        await stage.press("2")
        assert "then 2, now …" in stage.words
        await stage.press("4", "2", "4", "3", "9", "backspace", "1", "5", "backspace", "enter")
        answers = stage.session.tally("ready-to-talk")
        assert answers is not None
        assert [(item.then, item.now) for item in answers.items] == [(2, 4), (2, 4)]


async def test_what_was_asked_on_a_sheet_is_not_counted_again(live: Open) -> None:
    """While its sheet is open and after, x leaves an ask out."""
    async with live() as stage:
        ask = await to_the_compass(stage)
        session = stage.session
        assert ask in [one.id for one in countable(session)]
        sheet = OpenSheet("f" * 32, session.state.step or "", (ask,))
        session._state = replace(session._state, sheet=sheet)
        assert ask not in [one.id for one in countable(session)]
        session._state = replace(session._state, sheet=None, asked=(ask,))
        assert ask not in [one.id for one in countable(session)]


async def test_the_screen_keeps_the_clock_while_nothing_is_pressed(live: Open) -> None:
    """After a quiet minute the record on the disk knows how late it is."""
    async with live() as stage:
        await to_the_compass(stage)
        asked = stage.session.status.asked
        stage.clock.tick(61)
        assert isinstance(stage.app.screen, LiveScreen)
        stage.app.screen._tick()
        assert stage.session.status.asked == asked + 1
