"""One voice: Prepare offers seat cards, says how to print them, and begins with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, Select

from dialogue.tui.draft import Draft
from dialogue.tui.preparing import OPEN_PAGE, SEAT_CARDS, cards_waiting
from dialogue.tui.screens.home import HomeScreen
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.prepare import PrepareScreen
from sessions.cards import CardFolder, draw

if TYPE_CHECKING:
    from tests.tui.conftest import Open, Stage

LUNCH = "lunch-and-learn"


def voice(stage: Stage) -> Select[str]:
    """Return the choice of one voice."""
    found: Select[str] = stage.app.screen.query_one("#voice", Select)
    return found


def printed(stage: Stage, count: int) -> None:
    """Let so many cards wait, as `dialogue print seats` does."""
    CardFolder(stage.app.desk.places.config).keep(draw(count)[0])


async def begin(stage: Stage) -> None:
    """Press the key that begins the session."""
    await stage.press("ctrl+g")


async def test_every_page_may_write_unless_cards_are_chosen(staged: Open) -> None:
    """Open page stands there first, and is what a session begins with."""
    async with staged(plan=LUNCH) as stage:
        assert voice(stage).value == OPEN_PAGE
        assert "Open page" in stage.words_in("#voice")
        await begin(stage)
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        assert stage.session.record.setting.seat_cards is False


async def test_cards_that_were_not_printed_cannot_be_chosen(staged: Open) -> None:
    """The verdict says how to print them, and no session begins until then."""
    async with staged(plan=LUNCH, draft=Draft(heads=24)) as stage:
        voice(stage).value = SEAT_CARDS
        await stage.settle()
        assert "No seat cards wait for 24 people. Print some with" in stage.words_in("#verdict")
        assert "`dialogue print seats 24`" in stage.words_in("#verdict")
        await begin(stage)
        assert isinstance(stage.app.screen, PrepareScreen)
        assert stage.said.startswith("No seat cards wait")
        assert not stage.app.desk.store.headers()
        printed(stage, 24)
        await begin(stage)
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        assert stage.session.record.setting.seat_cards is True


async def test_fewer_cards_than_people_are_refused(staged: Open) -> None:
    """Somebody without a card would have no voice: the sentence says how many there are."""
    async with staged(draft=Draft(heads=24)) as stage:
        printed(stage, 12)
        await stage.mark(f"plan:{LUNCH}")
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PrepareScreen))
        stage.app.screen.query_one("#heads", Input).value = "13"
        voice(stage).value = SEAT_CARDS
        await stage.settle()
        assert "12 seat cards wait for 13 people." in stage.words_in("#verdict")
        assert "Seat cards (12)" in stage.words_in("#voice")
        stage.app.screen.query_one("#heads", Input).value = "12"
        await stage.settle()
        assert "seat cards wait" not in stage.words_in("#verdict")


async def test_the_choice_comes_back_with_its_form(staged: Open) -> None:
    """What was chosen stands there again after Home."""
    async with staged(plan=LUNCH) as stage:
        printed(stage, 12)
        voice(stage).value = SEAT_CARDS
        await stage.settle()
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.app.screen, HomeScreen))
        await stage.mark(f"plan:{LUNCH}")
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PrepareScreen))
        assert voice(stage).value == SEAT_CARDS


async def test_cards_that_cannot_be_read_are_none(
    staged: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is none says the same as an empty one; nothing breaks."""
    async with staged(plan=LUNCH) as stage:
        config = stage.app.desk.places.config
        config.mkdir(parents=True, exist_ok=True)
        (config / "cards").write_text("no folder", "utf-8")
        assert cards_waiting(stage.app.desk) == 0
