"""Keys that arrive in one burst: each means what it means when it is pressed alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Input

from dialogue.tui.screens.close import CloseScreen
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.review import ReviewScreen
from dialogue.tui.screens.summary import SummaryScreen
from dialogue.tui.widgets.entry_line import EntryLine

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Stage

QUICK = "Hello there"


async def burst(stage: Stage, *keys: str) -> None:
    """Hand over keys without a moment between them, as a terminal may."""
    for key in keys:
        stage.send(key)
    await stage.settle()


async def test_a_note_in_one_burst_is_a_note(live: Open) -> None:
    """`tHello there` and Enter keep the note; the space pauses nothing, the r ends nothing."""
    async with live() as stage:
        await stage.press("n")
        events_before = len(stage.session.events)
        await burst(stage, "t", *QUICK, "enter")
        assert [note.text for note in stage.session.record.notes] == [QUICK]
        assert len(stage.session.events) == events_before + 1
        assert stage.session.state.phase == "running"
        assert not stage.app.screen.query_one(EntryLine).is_open


async def test_keys_behind_enter_are_commands_again(live: Open) -> None:
    """In one burst two notes are kept and the next step begins."""
    async with live() as stage:
        await stage.press("n")
        await burst(stage, "t", *"one", "enter", "t", *"two", "enter", "n")
        assert {note.text for note in stage.session.record.notes} == {"one", "two"}
        assert stage.session.state.step == "agreements"


async def test_keys_that_edit_keep_their_place(live: Open) -> None:
    """Backspace, arrows and esc work inside a burst, before the keys that follow them."""
    async with live() as stage:
        await stage.press("n")
        await burst(stage, "t", *"abx", "backspace", "left", "c", "home", "d", "escape", "n")
        assert stage.session.state.step == "agreements"
        await stage.press("t")
        field = stage.app.screen.query_one(EntryLine).query_one(Input)
        assert field.value == "dacb"


async def test_what_is_pasted_comes_before_the_enter_behind_it(live: Open) -> None:
    """A key, a paste and Enter in one burst keep what was pasted."""
    async with live() as stage:
        assert stage.app._driver is not None
        stage.send("t")
        stage.app._driver.send_message(events.Paste("first line\nsecond line"))
        await burst(stage, "enter")
        assert [note.text for note in stage.session.record.notes] == ["first line second line"]


async def test_the_line_takes_keys_without_the_focus(live: Open) -> None:
    """Whatever has the focus, what is typed while the line is open is text."""
    async with live() as stage:
        await stage.press("t")
        stage.app.screen.set_focus(None)
        await burst(stage, *QUICK, "enter")
        assert [note.text for note in stage.session.record.notes] == [QUICK]
        assert stage.session.state.phase != "paused"


async def test_backspace_in_a_line_on_review_strikes_nothing(live: Open) -> None:
    """On Review backspace is a command; in the line it takes a sign back, in a burst too."""
    async with live() as stage:
        await stage.press("n")
        await stage.enter("t", "A theme")
        await stage.review()
        await burst(stage, "t", *"more words", "backspace", "backspace", "delete", "enter")
        assert {note.text for note in stage.session.record.notes} == {"A theme", "more wor"}
        await stage.press("down")
        assert stage.app.focused is stage.app.screen.query_one("#kept")


async def to_close(stage: Stage) -> None:
    """Go on from Live to Close."""
    await stage.press("n")
    await stage.review()
    await stage.press("n")
    await stage.until(lambda: isinstance(stage.app.screen, CloseScreen))


def first_two(*bursts: str) -> list[object]:
    """Return bursts, of which the first two are tried by default."""
    return [*bursts[:2], *(pytest.param(one, marks=pytest.mark.slow) for one in bursts[2:])]


OF_CLOSING = first_two("clearly", "c y", "cxy", "y", "c?\x1by", "cg\x1by")
OF_EXPORTING = first_two("easy", "e y", "e", "y", "ye")


@pytest.mark.parametrize("keys", OF_CLOSING)
async def test_only_y_right_after_c_closes(live: Open, keys: str) -> None:
    """A word that holds c and y leaves the record open, be the keys between bound or not."""
    async with live() as stage:
        await to_close(stage)
        pressed = ["escape" if key == "\x1b" else key for key in keys]
        await stage.press(*pressed)
        assert stage.app.session is not None
        assert isinstance(stage.app.screen, CloseScreen)
        await burst(stage, "c", "y")
        await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))


@pytest.mark.parametrize("keys", OF_EXPORTING)
async def test_only_y_right_after_enter_exports(live: Open, keys: str) -> None:
    """The first export freezes the summary for good: it takes two keys, and the screen says so."""
    async with live() as stage:
        await to_close(stage)
        await stage.press("c", "y")
        await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
        record = next(stage.data.glob("sessions/*/session.json"))
        closed = record.read_bytes()
        await burst(stage, *keys)
        assert record.read_bytes() == closed
        assert not (stage.data / "exports").exists()
        await stage.press("x", "e")
        assert "The first export freezes these words for good" in stage.words
        await stage.press("enter", "x", "y")
        assert record.read_bytes() == closed
        await stage.press("enter")
        assert "y writes it and freezes the words" in stage.words
        await stage.press("y")
        await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
        assert stage.said.startswith("Written: ")
        assert record.read_bytes() != closed


async def test_the_first_key_on_a_new_screen_is_its_own(live: Open) -> None:
    """Nothing typed on one screen is text on the next."""
    async with live() as stage:
        await stage.press("n", "t")
        await burst(stage, "a", "enter", "r")
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))
        assert not stage.app.screen.query_one(EntryLine).is_open
        await stage.press("u")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
