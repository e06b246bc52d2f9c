"""Hands on the wrong keys: nothing fails, and what was done can be taken back."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from dialogue.tui.commands import CATALOGUE, commands_of
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.review import ReviewScreen
from dialogue.tui.widgets.entry_line import EntryLine

if TYPE_CHECKING:
    from sessions.live import LiveSession
    from tests.tui.conftest import Open, Stage

SENTENCES = (
    "hand on heart, no one asks",
    "Can everybody see this? 1 2 3 test",
    "dddd aaaa kkkk ++++ ---- ]]]] [[[[ ,,;;",
    "the quick brown fox jumps over the lazy dog",
)
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 .,;:!?#/\\'\"()[]{}<>@$%^&*+=-_|~"
"""Everything that types, y too: alone, or after any key but c, it closes nothing."""
NAMED = ("enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end")
NAMED_TOO = ("pageup", "pagedown", "delete", "backspace", "f1", "f5", "ctrl+a", "ctrl+k", "ctrl+p")


def turns_of(session: LiveSession) -> tuple[object, ...]:
    """Return what a screen is told of turns and of air time."""
    return (session.turns.view(), session.turns.air)


async def undo_all(stage: Stage, events: int, turns: tuple[object, ...]) -> None:
    """Press u until as much has been done as before, turns and air time with it."""
    for _ in range(200):
        if len(stage.session.events) <= events and turns_of(stage.session) == turns:
            return
        await stage.press("u")
    raise AssertionError(f"u does not lead back; the screen says:\n{stage.text}")


@pytest.mark.parametrize(
    ("sentence", "step"),
    [(SENTENCES[0], step) for step in ("arrival", "agreements", "triads")]
    + [
        pytest.param(sentence, "triads", marks=pytest.mark.slow if number else ())
        for number, sentence in enumerate(SENTENCES[1:])
    ],
)
async def test_a_sentence_typed_with_no_line_open_can_be_undone(
    live: Open, sentence: str, step: str
) -> None:
    """Whatever the letters did, u brings the very same state back, and nothing was kept."""
    async with live() as stage:
        await stage.go_to_step(step)
        await stage.pass_time(30)
        before, facts = stage.session.state, len(stage.session.state.facts)
        events, turns = stage.session.events, turns_of(stage.session)
        await stage.press(*sentence)
        await stage.press("escape")
        assert len(stage.session.state.facts) == facts
        await undo_all(stage, len(events), turns)
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        assert stage.session.events == events
        assert stage.session.state == before


async def test_enter_with_no_line_open_does_nothing(live: Open) -> None:
    """Enter and escape change neither session nor screen; the arrows scroll, there and back."""
    async with live() as stage:
        await stage.press("n")
        await stage.until_kept()
        await stage.press("down", "up")
        events, text = stage.session.events, stage.text
        await stage.press("enter", "escape", "down", "up", "home", "end")
        assert stage.session.events == events
        assert stage.text == text


async def test_words_left_in_a_line_stand_there_again(live: Open) -> None:
    """Esc keeps nothing and loses nothing: the next t shows the words; Enter then keeps them."""
    async with live() as stage:
        await stage.press("t")
        await stage.type("A theme in the making")
        await stage.press("escape")
        assert stage.session.state.facts == {}
        await stage.press("p", "escape", "t")
        field = stage.app.screen.query_one(EntryLine).query_one(Input)
        assert field.value == "A theme in the making"
        await stage.press("enter")
        assert [note.text for note in stage.session.record.notes] == ["A theme in the making"]
        await stage.press("t")
        assert field.value == ""


async def test_an_empty_line_is_just_closed(live: Open) -> None:
    """Enter on nothing, or on spaces, keeps nothing and says nothing."""
    async with live() as stage:
        for keys in (("t", "enter"), ("o", "space", "space", "enter"), ("g", "enter")):
            await stage.press(*keys)
            assert not stage.app.screen.query_one(EntryLine).is_open
        assert stage.session.state.facts == {}


def some_keys(seed: int, count: int) -> list[str]:
    """Return keys as a cat would press them; the same ones for the same seed."""
    chance = random.Random(seed)
    commands = [
        key
        for name in ("live", "review", "close")
        for command in commands_of(name, CATALOGUE)
        for key in command.key.split(",")
        if command.id not in ("leave", "close-really")
    ]
    return [
        chance.choice(chance.choice((commands, list(LETTERS), [*NAMED, *NAMED_TOO])))
        for _ in range(count)
    ]


async def test_five_hundred_random_keys_break_nothing(live: Open) -> None:
    """The program runs on, its record is whole, and the same state is read back from it."""
    async with live(roster="Wilhelmina Zarathustra") as stage:
        await stage.press("n")
        for number, key in enumerate(some_keys(0, 500)):
            stage.send(key)
            await stage.settle(turns=1)
            if number % 50 == 0:
                await stage.pass_time(45)
        await stage.press("escape", "escape")
        assert stage.app.crash is None
        await stage.until_kept()
        record = stage.session.folder.read()
        assert record.timeline == stage.session.record.timeline
        assert record.notes == stage.session.record.notes


async def test_undo_on_review_leads_back_to_the_step(live: Open) -> None:
    """The step that r ended goes on after u, with its time as it was."""
    async with live() as stage:
        await stage.press("n")
        await stage.pass_time(60)
        await stage.press("r")
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))
        await stage.press("u")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        assert stage.session.state.step == "welcome"
        assert stage.session.state.spent["welcome"] == 60


async def at_once(stage: Stage, *keys: str) -> None:
    """Press keys so fast that the program sees the last before it has answered the first."""
    for key in keys:
        stage.send(key)
    await stage.settle()
    await stage.settle()


async def test_a_double_press_opens_one_session(staged: Open) -> None:
    """Two quick ctrl+g begin one session, and its lock is the only one."""
    async with staged(plan="lunch-and-learn") as stage:
        await at_once(stage, "ctrl+g", "ctrl+g", "ctrl+g")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        assert len(list((stage.data / "sessions").iterdir())) == 1


@pytest.mark.parametrize("opens", ["?", "ctrl+p", "x"])
async def test_a_window_goes_alone(live: Open, opens: str) -> None:
    """Two quick escapes close the window over Live and never Live itself."""
    async with live() as stage:
        await stage.press(opens)
        assert not isinstance(stage.app.screen, LiveScreen)
        await at_once(stage, "escape", "escape", "escape")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))


async def test_a_palette_asked_for_twice_is_one_palette(live: Open) -> None:
    """Quick presses of ctrl+p, esc and page keys leave a palette or none, and no error."""
    async with live() as stage:
        await at_once(stage, "ctrl+p", "ctrl+p", "pagedown", "escape", "ctrl+p", "pageup")
        await stage.press("escape", "escape")
        assert isinstance(stage.app.screen, LiveScreen)


async def test_a_count_kept_twice_is_kept_once(live: Open) -> None:
    """A second Enter after the last ask changes nothing."""
    async with live() as stage:
        await stage.press("x", "1", "1")
        await at_once(stage, "enter", "enter")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        (answers,) = stage.session.record.answers
        assert len(answers.items) == 2


async def test_review_and_close_follow_the_session_not_the_keys(live: Open) -> None:
    """However fast r, n and b come, the screen is the one that belongs to the session's phase."""
    async with live() as stage:
        await stage.press("n")
        for keys in (("r", "n"), ("r", "n", "b"), ("b", "n", "n"), ("r", "b", "r", "n")):
            await at_once(stage, *keys)
            closing = stage.session.state.phase == "closing"
            await stage.until(lambda now=closing: isinstance(stage.app.screen, LiveScreen) != now)


async def test_words_typed_fast_are_words(live: Open) -> None:
    """What follows t is the note, though every key comes before the first has been answered."""
    async with live() as stage:
        await stage.press("n")
        events = len(stage.session.events)
        await at_once(stage, "t", *"no one asks under a bad roof", "enter")
        await stage.until(lambda: stage.said == "Noted.")
        assert [one.text for one in stage.session.record.notes] == ["no one asks under a bad roof"]
        assert len(stage.session.events) == events + 1
        await at_once(stage, "n", "o", *"One voice at a time", "enter")
        await stage.until(lambda: stage.said == "Added to your own agreements.")
        assert stage.session.state.step == "agreements"
        await stage.review()
        await at_once(stage, "t", *"nub", "enter")
        await stage.until(lambda: "nub" in stage.text)
        assert isinstance(stage.app.screen, ReviewScreen)


async def test_keys_held_with_ctrl_work_while_a_line_is_open(live: Open) -> None:
    """ctrl+q leaves from an open line, with the words in it kept nowhere."""
    async with live() as stage:
        await stage.press("t")
        await stage.type("not for keeping")
        await stage.press("ctrl+q")
        await stage.until(lambda: stage.app.session is None)
        assert "Interrupted" in stage.text
        assert all(b"not for keeping" not in path.read_bytes() for path in files_in(stage.data))


def files_in(folder: Path) -> list[Path]:
    """Return every file below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]
