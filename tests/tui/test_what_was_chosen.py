"""What was chosen on Prepare is there when it is needed: the rule and the contacts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogue.config import Config
from dialogue.tui.screens.close import CloseScreen
from dialogue.tui.screens.review import ReviewScreen

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from tests.tui.conftest import Open, Stage

TALL = (120, 80)
NAMED = Config(
    confidentiality="chatham-house", care_contact="Chaplaincy", reporting_contact="Ombuds office"
)


async def to_close(stage: Stage) -> None:
    """Go on from Live to Close."""
    await stage.press("r")
    await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))
    await stage.press("n")
    await stage.until(lambda: isinstance(stage.app.screen, CloseScreen))


async def test_the_opening_step_reads_out_the_rule_and_the_contacts(live: Open, desk: Desk) -> None:
    """After the lines to say stand the chosen rule with its words, and who is there."""
    async with live(size=TALL, at=replace(desk, config=NAMED)) as stage:
        await stage.go_to_step("welcome")
        assert "Chatham House Rule" in stage.words
        assert "You may use what was said here." in stage.words
        assert "For care: Chaplaincy" in stage.words
        assert "To report harm: Ombuds office" in stage.words
        await stage.press("n")
        assert "Chatham House Rule" not in stage.words
        await stage.go_to_step("aftercare")
        assert "For care: Chaplaincy" in stage.words
        assert "Chatham House Rule" not in stage.words


async def test_close_names_the_contacts_under_aftercare(live: Open, desk: Desk) -> None:
    """Whoever closes can read out where people can turn."""
    async with live(size=TALL, at=replace(desk, config=NAMED)) as stage:
        await stage.press("n")
        await to_close(stage)
        words = stage.words
        care = words.index("For care: Chaplaincy To report harm: Ombuds office")
        assert words.index("Aftercare") < care < words.index("The door stays open")


async def test_contacts_that_nobody_named_are_missed(live: Open) -> None:
    """Without contacts Close says so, while there is still somebody in the room to ask."""
    async with live(size=TALL) as stage:
        await stage.press("n")
        await to_close(stage)
        assert "For care: nobody was named. Say who can be asked." in stage.words
        assert "To report harm: no place was named. Say where to go." in stage.words


async def test_a_step_named_after_its_form_says_it_once(live: Open) -> None:
    """“In pairs” is not followed by “in pairs”, neither as this step nor as the next."""
    async with live(size=TALL) as stage:
        await stage.go_to_step("pairs")
        assert "In pairs · in pairs" not in stage.text
        await stage.press("b")
        assert "next: In pairs · 7 min" in stage.text
