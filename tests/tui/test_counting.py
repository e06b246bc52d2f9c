"""Counting aloud: what is counted by mistake can be put right, and nothing is kept by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dialogue.tui.dialogs.tally import TallyDialog
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.widgets.statusline import StatusLine

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Stage


def kept(stage: Stage, ask: str) -> dict[str, int]:
    """Return how many gave each answer that has been kept, by its value."""
    answers = stage.session.tally(ask)
    assert answers is not None
    values = [str(item.value) for item in answers.items]
    return {value: values.count(value) for value in sorted(set(values))}


async def to_the_sheet(stage: Stage) -> None:
    """Go to the step of the lunch that asks several questions."""
    await stage.go_to_step("closing-sheet")


async def test_a_count_that_was_kept_can_be_lowered(live: Open) -> None:
    """Backspace takes from what was kept as well; minus and a number take from that answer."""
    async with live() as stage:
        await to_the_sheet(stage)
        await stage.press("x", *"44455", "enter", "escape")
        assert kept(stage, "useful") == {"4": 3, "5": 2}
        await stage.press("x", "shift+tab")
        assert "5 of 24 counted" in stage.words
        await stage.press("backspace")
        await stage.press("minus")
        assert "Take one from which answer?" in stage.words
        await stage.press("4")
        assert "3 of 24 counted · not kept yet" in stage.words
        await stage.press("enter", "escape")
        assert kept(stage, "useful") == {"4": 2, "5": 1}


async def test_no_answer_is_counted_below_nobody(live: Open) -> None:
    """Taking from an answer that nobody gave changes nothing, nor does backspace on nothing."""
    async with live() as stage:
        await to_the_sheet(stage)
        await stage.press("x", "backspace", "minus", "3", "2", "minus", "2", "minus", "2")
        assert "0 of 24 counted" in stage.words
        await stage.press("minus", "minus", "2")
        assert "1 of 24 counted" in stage.words


async def test_backspace_takes_back_in_the_order_of_counting(live: Open) -> None:
    """The last hand is the first to be taken back, also after one was taken from the middle."""
    async with live() as stage:
        await to_the_sheet(stage)
        await stage.press("x", *"345", "minus", "4", "backspace", "backspace", "2")
        await stage.press("enter")
        assert kept(stage, "useful") == {"2": 1}


async def test_going_between_questions_keeps_nothing_and_loses_nothing(live: Open) -> None:
    """Tab and the arrows lead on and back; what was counted still stands there, unkept."""
    async with live() as stage:
        await to_the_sheet(stage)
        await stage.press("x")
        assert "question 1 of 4" in stage.words
        await stage.press("1", "1", "tab")
        assert "question 2 of 4" in stage.words
        await stage.press("right")
        assert "question 3 of 4" in stage.words
        await stage.press("left", "shift+tab")
        assert "question 1 of 4" in stage.words
        assert "2 of 24 counted · not kept yet" in stage.words
        assert stage.session.record.answers == ()
        await stage.press("escape")
        assert stage.session.record.answers == ()


async def test_enter_on_an_untouched_question_keeps_nothing(live: Open) -> None:
    """It only goes on, and after the last question it leaves without a word."""
    async with live() as stage:
        await to_the_sheet(stage)
        events = stage.session.events
        await stage.press("x", "enter")
        assert "question 2 of 4" in stage.words
        await stage.press("enter", "enter", "enter")
        assert isinstance(stage.app.screen, LiveScreen)
        assert stage.session.events == events
        assert stage.said == ""


async def test_what_was_counted_is_not_left_behind(live: Open) -> None:
    """Enter on the last question goes to one that was counted and passed over, then leaves."""
    async with live() as stage:
        await to_the_sheet(stage)
        await stage.press("x", "1", "tab", "tab", "tab", "enter")
        assert isinstance(stage.app.screen, TallyDialog)
        assert "question 1 of 4" in stage.words
        await stage.press("enter", "enter", "enter", "enter")
        assert isinstance(stage.app.screen, LiveScreen)
        assert stage.said == "Counted."
        assert kept(stage, "useful") == {"1": 1}


@pytest.mark.parametrize("leave", ["escape", "enter"])
async def test_live_says_that_it_was_counted_and_what_comes_next(live: Open, leave: str) -> None:
    """The line of keys names the next question without a count, and x opens that one."""
    async with live() as stage:
        await to_the_sheet(stage)
        assert "x count 1 of 4: " in stage.words
        await stage.press("x", "5", "enter", *[leave] * 3)
        assert stage.said == "Counted."
        stage.app.screen.query_one(StatusLine).hush()
        await stage.pass_time(1)
        assert "x count 2 of 4: " in stage.words
        await stage.press("x")
        assert "question 2 of 4" in stage.words


async def test_a_row_shows_key_answer_and_figure(live: Open) -> None:
    """The number of the key is told from the figure: `[1] not useful ······ 8`."""
    async with live() as stage:
        await to_the_sheet(stage)
        await stage.press("x", *"1" * 8)
        (row,) = (line for line in stage.lines if "[1]" in line)
        assert row.strip(" │").endswith("··· 8")
        (second,) = (line for line in stage.lines if "[2]" in line)
        assert second.strip(" │").startswith("[2] ··")
