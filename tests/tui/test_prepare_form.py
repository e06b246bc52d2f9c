"""Prepare keeps what was written while the program runs, and what it showed is what begins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, TextArea

from dialogue.config import Config
from dialogue.tui.draft import Draft
from dialogue.tui.messages import BeginAsked
from dialogue.tui.screens.home import HomeScreen
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.prepare import PrepareScreen
from tests.tui.conftest import as_prepared
from tests.tui.contrast import faint

if TYPE_CHECKING:
    from textual.message import Message

    from dialogue.desk import Desk
    from tests.tui.conftest import Open, Stage

LUNCH = "plan:lunch-and-learn"


async def choose(stage: Stage, plan: str) -> None:
    """Choose a plan on Home."""
    await stage.mark(plan)
    await stage.press("enter")
    await stage.until(lambda: isinstance(stage.app.screen, PrepareScreen))


async def leave(stage: Stage) -> None:
    """Go back to Home."""
    await stage.press("escape")
    await stage.until(lambda: isinstance(stage.app.screen, HomeScreen))


def field(stage: Stage, name: str) -> str:
    """Return what stands in a field."""
    return stage.app.screen.query_one(f"#{name}", Input).value


def roster(stage: Stage) -> str:
    """Return the names to hide that stand in the form."""
    return stage.app.screen.query_one("#roster", TextArea).text


async def test_a_form_that_was_left_stands_there_again(staged: Open) -> None:
    """Heads, title and roster come back with their plan, and with no other; none is on the disk."""
    async with staged() as stage:
        await choose(stage, LUNCH)
        await stage.type("31")
        stage.app.screen.query_one("#title", Input).value = "Lunch in May"
        stage.app.screen.query_one("#roster", TextArea).focus()
        await stage.paste("Wilhelmina Zarathustra")
        await leave(stage)
        await choose(stage, "plan:check-in")
        assert (field(stage, "heads"), roster(stage)) == ("12", "")
        await leave(stage)
        await choose(stage, LUNCH)
        assert (field(stage, "heads"), field(stage, "title")) == ("31", "Lunch in May")
        assert roster(stage) == "Wilhelmina Zarathustra"
        files = [path for path in stage.data.parent.rglob("*") if path.is_file()]
        assert all(b"Wilhelmina" not in path.read_bytes() for path in files)


async def test_a_form_that_began_a_session_is_forgotten(staged: Open) -> None:
    """The names of one room are not offered to the next."""
    async with staged() as stage:
        await choose(stage, LUNCH)
        stage.app.screen.query_one("#roster", TextArea).focus()
        await stage.paste("Wilhelmina Zarathustra")
        await leave(stage)
        await choose(stage, LUNCH)
        await stage.press("ctrl+g")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        await stage.press("ctrl+q")
        await stage.until(lambda: isinstance(stage.app.screen, HomeScreen))
        await choose(stage, LUNCH)
        assert roster(stage) == ""


async def test_escape_closes_the_table_before_it_leaves(staged: Open) -> None:
    """The table of other numbers goes first; the second escape goes back."""
    async with staged(plan="lunch-and-learn") as stage:
        await stage.press("ctrl+r")
        assert "With 40 people" in stage.words
        await stage.press("escape")
        assert isinstance(stage.app.screen, PrepareScreen)
        assert "With 40 people" not in stage.words
        await leave(stage)


async def test_a_session_begins_as_it_was_prepared(staged: Open) -> None:
    """What Prepare showed to give way gives way at once, and u takes that back."""
    draft = Draft(heads=24, end="12:52")
    async with staged(plan="lunch-and-learn", draft=draft) as stage:
        assert "It fits by using 3 minutes of slack and shortening" in stage.words_in("#verdict")
        stage.only_mine()
        await stage.press("ctrl+g")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        await stage.settle()
        assert stage.lines[0].endswith("on time")
        assert stage.said.startswith("Taken as prepared: It fits by using 3 minutes of slack")
        assert stage.said.endswith("u takes it back.")
        assert stage.session.pace().behind_seconds == 0
        await stage.press("u")
        assert stage.said.startswith("Taken back: ")
        assert stage.lines[0].endswith("8 min behind")


async def test_what_slack_can_take_or_nothing_can_is_left_to_the_facilitator(staged: Open) -> None:
    """Where slack is enough, or no change is, the session begins with its plan as it stands."""
    for end in ("12:57", "12:30"):
        async with staged(plan="lunch-and-learn", draft=Draft(heads=24, end=end)) as stage:
            await stage.press("ctrl+g")
            await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
            await stage.settle()
            assert not any(event.type == "plan-fitted" for event in stage.session.events)
            assert stage.said == ""


async def test_what_is_typed_after_tab_never_lands_before_it(staged: Open) -> None:
    """In one burst each text reaches its own field: a name for the roster is in no other."""
    async with staged() as stage:
        await choose(stage, LUNCH)
        stage.app.screen.query_one("#care", Input).focus()
        stage.app.screen.query_one("#care", Input).value = ""
        for key in (*"room two", "tab", *"office", "tab", *"Anna Example"):
            stage.send(key)
        await stage.settle()
        assert stage.app.screen.query_one("#care", Input).value == "room two"
        assert stage.app.screen.query_one("#reporting", Input).value == "office"
        assert roster(stage) == "Anna Example"


async def test_enter_in_a_field_goes_on_at_once(staged: Open) -> None:
    """What is typed right after Enter stands in the next field."""
    async with staged() as stage:
        await choose(stage, LUNCH)
        stage.app.screen.query_one("#care", Input).focus()
        for key in (*"room", "enter", *"office"):
            stage.send(key)
        await stage.settle()
        assert stage.app.screen.query_one("#reporting", Input).value == "office"


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_field_that_has_the_keys_stands_out_and_can_be_read(
    staged: Open, desk: Desk, theme: str
) -> None:
    """Its label is bold and no other, and what stands in it, or only hints, is never faint."""
    themed = replace(desk, config=Config.model_validate({"theme": theme}))
    async with staged(plan="lunch-and-learn", at=themed) as stage:
        labels = stage.app.screen.query(".field > .label")
        for place in range(len(labels)):
            await stage.settle()
            bold = [one for one in labels if "bold" in str(one.styles.text_style)]
            assert bold == [labels[place]]
            assert list(faint(stage.app.screen)) == [], place
            await stage.press("tab")
        await stage.settle()
        assert list(faint(stage.app.screen)) == []


async def test_a_form_as_it_comes_opens_what_other_tests_begin_with(
    staged: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most tests of Live begin without the form; they begin with exactly what it would tell."""
    draft = Draft(heads=24, end="13:00", title="A test", roster="Maria Lopez")
    told: list[Message] = []
    async with staged(plan="lunch-and-learn", draft=draft) as stage:
        assert isinstance(stage.app.screen, PrepareScreen)
        monkeypatch.setattr(stage.app.screen, "tell", told.append)
        await stage.press("ctrl+g")
    wanted = as_prepared(desk, heads=24, end="13:00", title="A test", roster="Maria Lopez")
    assert told == [BeginAsked(wanted, wall=True)]
