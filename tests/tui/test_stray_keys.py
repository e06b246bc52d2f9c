"""Hands on the wrong keys: nothing fails, and what was done can be taken back."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from dialogue.tui.commands import CATALOGUE, commands_of
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.review import ReviewScreen
from dialogue.tui.widgets.entry_line import EntryLine

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Stage

SENTENCES = (
    "hand on heart, no one asks",
    "Can everybody see this? 1 2 3 test",
    "dddd aaaa kkkk ++++ ---- ]]]] [[[[",
    "the quick brown fox jumps over the lazy dog",
)
LETTERS = "abcdefghijklmnopqrstuvwxz0123456789 .,;:!?#/\\'\"()[]{}<>@$%^&*+=-_|~"
"""Everything that types, without y: c and y together would close the session for good."""
NAMED = ("enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end")
NAMED_TOO = ("pageup", "pagedown", "delete", "backspace", "f1", "f5", "ctrl+a", "ctrl+k", "ctrl+p")


async def undo_all(stage: Stage, events: int) -> None:
    """Press u until as much has been done as before."""
    for _ in range(200):
        if len(stage.session.events) <= events:
            return
        await stage.press("u")
    raise AssertionError(f"u does not lead back; the screen says:\n{stage.text}")


@pytest.mark.parametrize(
    ("sentence", "step"),
    [(SENTENCES[0], step) for step in ("arrival", "agreements", "triads")]
    + [(sentence, "agreements") for sentence in SENTENCES[1:]],
)
async def test_a_sentence_typed_with_no_line_open_can_be_undone(
    live: Open, sentence: str, step: str
) -> None:
    """Whatever the letters did, u brings the very same state back, and nothing was kept."""
    async with live() as stage:
        await stage.go_to_step(step)
        await stage.pass_time(30)
        before, facts = stage.session.state, len(stage.session.state.facts)
        events = stage.session.events
        await stage.press(*sentence)
        await stage.press("escape")
        assert len(stage.session.state.facts) == facts
        await undo_all(stage, len(events))
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        assert stage.session.events == events
        assert stage.session.state == before


async def test_enter_with_no_line_open_does_nothing(live: Open) -> None:
    """Enter, escape and the arrows on Live change neither the session nor the screen."""
    async with live() as stage:
        await stage.press("n")
        events, text = stage.session.events, stage.text
        await stage.press("enter", "escape", "up", "down", "left", "right", "tab", "home", "end")
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


@pytest.mark.parametrize("seed", range(4))
async def test_five_hundred_random_keys_break_nothing(live: Open, seed: int) -> None:
    """The program runs on, its record is whole, and the same state is read back from it."""
    async with live(roster="Wilhelmina Zarathustra") as stage:
        await stage.press("n")
        for number, key in enumerate(some_keys(seed, 500)):
            stage.send(key)
            await stage.settle(rounds=1)
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
