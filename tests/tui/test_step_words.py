"""The words of a step: said once, read whole, and gone when the step is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.containers import VerticalScroll

from dialogue.tui.dialogs.agreements import AgreementsDialog
from dialogue.tui.screens.live import LiveScreen
from sessions.facts import HouseAgreement

if TYPE_CHECKING:
    from tests.tui.conftest import Open


async def test_what_was_said_goes_with_its_step(live: Open) -> None:
    """A message of one step is not read as one of the next; n, b and u each clear it."""
    async with live() as stage:
        await stage.press("n", "plus")
        assert stage.said == "One minute more."
        await stage.press("n")
        assert stage.said == ""
        await stage.press("1")
        assert stage.said.startswith("Named: ")
        await stage.press("b")
        assert stage.said == "Back again. Its time goes on where it was."


@pytest.mark.parametrize("opens", ["t", "p", "o", "e"])
async def test_what_was_said_goes_when_a_line_opens(live: Open, opens: str) -> None:
    """Above a line to type in stands nothing about what was done before."""
    async with live() as stage:
        await stage.press("n", "plus", opens)
        assert stage.said == ""


async def test_the_cue_leaves_the_line_to_say_where_it_is(live: Open) -> None:
    """At 80×24 the cue stands below the line to say, which is still read whole."""
    async with live() as stage:
        before = None
        for _ in stage.session.plan.leaves():
            step = stage.session.step
            if step is not None and step == before:  # the last one asks before the review
                break
            before = step
            if step is not None and step.say and step.cue:
                await stage.press("i")
                said, cue = stage.words.find(step.say[0][:40]), stage.words.find(step.cue[:30])
                assert 0 <= said < cue, step.id
                assert f"“{step.say[0]}”" in stage.words, step.id
            await stage.press("n")


async def test_the_cue_is_for_one_step(live: Open) -> None:
    """What was opened for one step is closed at the next."""
    async with live() as stage:
        await stage.press("n", "n", "i")
        step = stage.session.step
        assert step is not None
        assert step.cue[:30] in stage.words
        await stage.press("n", "b")
        assert step.cue[:30] not in stage.words


async def test_the_words_of_a_step_scroll_with_the_arrows(live: Open) -> None:
    """What does not fit below the prompt is reached with the arrow keys alone."""
    async with live(size=(80, 24)) as stage:
        await stage.press("n", "n", "i")
        place = stage.app.screen.query_one("StepCard VerticalScroll", VerticalScroll)
        assert place.max_scroll_y > 0
        for _ in range(place.max_scroll_y):
            await stage.press("down")
        await stage.until(lambda: place.scroll_y == place.max_scroll_y)
        await stage.press("up")
        await stage.until(lambda: place.scroll_y == place.max_scroll_y - 1)
        await stage.press("b")
        await stage.until(lambda: place.scroll_y == 0)


async def test_our_own_agreements_can_be_read_on_a_small_screen(live: Open) -> None:
    """0 shows every agreement with what it asks, the group's own words and its own agreements."""
    async with live() as stage:
        await stage.go_to_step("agreements")
        await stage.press("0")
        assert "None yet. o adds one." in stage.words
        await stage.press("escape")
        await stage.enter("o", "One voice at a time")
        await stage.enter("w", "2 Say what is true for you")
        (own,) = stage.session.facts(HouseAgreement)
        await stage.press("0")
        assert isinstance(stage.app.screen, AgreementsDialog)
        place = stage.app.screen.query_one(VerticalScroll)
        read = stage.words
        while place.scroll_y < place.max_scroll_y:
            await stage.press("down")
            read += stage.words
        assert f"+ {own.text}" in read
        assert "2 Say what is true for you" in read
        for one in stage.session.protocol.agreements:
            assert one.asks[:40] in read, one.id
        await stage.press("0")
        assert isinstance(stage.app.screen, LiveScreen)


async def test_no_key_is_offered_for_an_agreement_that_is_not_there(live: Open) -> None:
    """With four agreements the keys are 1-4, at the bottom, in help and in the palette."""
    async with live(size=(100, 80)) as stage:
        assert "1-4 agreement" in stage.lines[-1]
        await stage.press("?")
        assert "1-4 Name an agreement to the room, by its number." in stage.words
        await stage.press("escape", "ctrl+p")
        await stage.type("name agreement")
        await stage.until(lambda: "agreement (4)" in stage.words)
        assert "agreement (5)" not in stage.words
