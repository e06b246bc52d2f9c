"""Somebody with a phone 320 px wide and no script takes part in whole sheets, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agreements.plan import Ask, AskOption
from dialogue.web.strings import strings_in
from sessions.facts import Answers
from tests.people.test_blind import FIRST, SECOND
from tests.plugin_sessions import plan_of, step_of
from tests.web.real_room import kept_words

if TYPE_CHECKING:
    from playwright.async_api import CDPSession

    from agreements.plan import Plan
    from tests.web.conftest import OpenPhone, Phone
    from tests.web.real_room import RealRoom

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]

T = strings_in("en")
WIDTH = 320
OPTIONS = (AskOption(id="yes", label="Yes, two more hours"), AskOption(id="no", label="Not now"))
CHOICE = Ask(id="again", kind="choice", text="Would you like to go deeper?", options=OPTIONS)
MINE = "I stayed silent, and I know why.\nNext time I will ask."


@pytest.fixture
def plan() -> Plan:
    """Return an hour with every kind of answer, on a sheet of four and one of two."""
    return plan_of(
        step_of("arrive", 1, kind="arrival"),
        step_of("writing", 20, kind="reflection", asks=(*FIRST, CHOICE)),
        step_of("last-sheet", 20, kind="closing", asks=SECOND),
    )


class Small:
    """The phone, and how wide what stands on it is."""

    def __init__(self, taken: Phone, measure: CDPSession) -> None:
        self.taken = taken
        self._measure = measure

    async def press(self, name: str) -> None:
        """Press a button, get a page, and find nothing beside the screen on it."""
        await self.taken.press(name)
        await self.fits()

    async def fits(self) -> None:
        """Check that the page scrolls one way only."""
        found = await self._measure.send("Page.getLayoutMetrics")
        assert found["cssContentSize"]["width"] <= WIDTH

    async def look(self) -> None:
        """See what is going on now."""
        await self.press(T["page"]["look"])

    async def said(self, sentence: str) -> None:
        """Send what is there, and read why it comes back."""
        await self.press(T["ask"]["done"])
        await self.taken.sees(sentence)

    async def kept(self, text: str) -> None:
        """Send what is there, and read what was kept of it."""
        await self.press(T["ask"]["done"])
        await self.taken.sees(T["receipt"]["kept"])
        await self.taken.sees(text)


async def first_sheet(small: Small) -> str:
    """Answer four questions in turn, one of them in two tries; return the words to withdraw."""
    taken = small.taken
    await small.said(T["refused"]["empty_words"])
    await taken.page.get_by_label(FIRST[0].text).fill(MINE)
    await taken.page.get_by_label(T["levels"]["aloud"]).check()
    await taken.page.get_by_label(T["ask"]["withdrawable"]).check()
    await small.kept(MINE.split("\n", maxsplit=1)[0])
    await taken.sees(T["kept"]["aloud"])
    words = await taken.page.locator(".withdraw-words").inner_text()
    await taken.page.get_by_label(T["ask"]["not_sure"]).check()
    await taken.page.get_by_label("Feeling").check()
    await small.said(T["refused"]["both"])
    await taken.page.get_by_label(T["ask"]["not_sure"]).uncheck()
    await small.kept("Feeling")
    await taken.page.get_by_role("radio", name="5").check()
    await small.kept("5")
    await taken.page.get_by_label(OPTIONS[0].label).check()
    await small.kept(OPTIONS[0].label)
    await taken.sees(T["receipt"]["all_done"])
    return words


async def second_sheet(small: Small) -> None:
    """Answer then and now on one page, and pass the card by."""
    taken = small.taken
    await taken.page.get_by_role("group", name="Then").get_by_label("2").check()
    await small.said(T["refused"]["empty_then_now"].format(points=5))
    await taken.page.get_by_role("group", name="Now").get_by_label("5").check()
    await small.kept("Then 2, now 5")
    await small.press(T["ask"]["pass"])
    await taken.sees(T["receipt"]["passed"])
    await taken.sees(T["receipt"]["all_done"])


@pytest.mark.timeout(60)
async def test_somebody_with_a_small_phone_and_no_script_takes_part(
    held: RealRoom, phone: OpenPhone
) -> None:
    """Every question is answered on a page of its own, none wider than the phone; all is kept."""
    taken = await phone(script=False, width=WIDTH, height=568)
    await taken.open()
    small = Small(taken, await taken.context.new_cdp_session(taken.page))
    await small.fits()
    await taken.sees(T["moments"]["arriving"])
    await held.go_to("writing")
    await small.look()
    await taken.sees("Writing")
    held.host.sheets.open()
    await small.look()
    await taken.sees(T["before"]["who_words"])
    words = await first_sheet(small)
    await held.all_answer(1)
    await taken.page.get_by_text(T["withdraw"]["title"]).click()
    await taken.page.get_by_label(T["withdraw"]["words"]).fill(words)
    await small.press(T["withdraw"]["delete"])
    await taken.sees("These words were sent.")
    held.host.sheets.close()
    held.finish()
    assert len(kept_words(held, "heard")) == 6
    assert all(MINE.split("\n", maxsplit=1)[0] not in one for one in kept_words(held, "heard"))
    await held.go_to("last-sheet")
    held.host.sheets.open()
    await small.look()
    await second_sheet(small)
    await held.all_answer(2)
    held.host.sheets.close()
    held.finish()
    kept = {one.ask: len(one.items) for one in held.session.facts(Answers)}
    assert kept == {"heard": 6, "compass-now": 7, "useful": 7, "again": 7, "ready": 7, "card": 6}
    assert taken.troubles == []
