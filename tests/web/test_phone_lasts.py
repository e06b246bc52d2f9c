"""What lasts on the phone page and what does not: lost networks, pauses, closes, restarts."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import press
from tests.web.memory_door import WORDS

if TYPE_CHECKING:
    from playwright.async_api import Route

    from dialogue.web.door import Outcome
    from tests.web.conftest import House, OpenPhone, Phone

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]


async def test_a_draft_outlives_a_lost_network(house: House, phone: OpenPhone) -> None:
    """With the server gone the page says so and keeps the words; what waited arrives afterwards."""
    taken = await phone()
    house.door.open("words", "choice")
    await taken.open()
    await taken.form("words").locator("textarea").fill(WORDS)
    await taken.form("choice").get_by_label("Not now").check()
    await press(taken.form("choice"), "Done")
    await taken.context.set_offline(True)
    for _ in range(3):
        await taken.page.clock.run_for(4_000)
        await taken.sees("No connection just now. Your words are safe on this page.")
    assert await taken.form("words").locator("textarea").input_value() == WORDS
    assert house.door.kept == []
    await taken.context.set_offline(False)
    await taken.beat()
    await taken.sees_not("No connection just now.")
    await press(taken.form("words"), "Done")
    await taken.beat()
    await taken.sees("Received. This is all that was kept:")
    assert [one.ask for one in house.door.kept] == ["deeper", "reflection"]


async def test_what_may_have_arrived_is_sent_again_as_it_was(
    house: House, phone: OpenPhone
) -> None:
    """When an answer got lost on its way the same envelope goes again, with the same token."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    await taken.form("words").locator("textarea").fill(WORDS)
    await press(taken.form("words"), "Done")
    await taken.page.route("**/beat", swallow)
    await taken.page.clock.run_for(4_000)
    await taken.sees("No connection just now.")
    assert await taken.page.get_by_role("button", name="Change it").is_hidden()
    await taken.page.unroute("**/beat")
    await taken.beat()
    await taken.sees("Received.")
    first, second = house.door.kept
    assert first == second


async def swallow(route: Route) -> None:
    """Let a request arrive, and lose what comes back."""
    await route.fetch()
    await route.abort()


async def test_a_draft_outlives_a_change_of_step(house: House, phone: OpenPhone) -> None:
    """A new step changes what stands above; words, cursor and focus stay."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    area = taken.form("words").locator("textarea")
    await area.fill(WORDS)
    await area.press("Control+Home")
    house.door.set(step="Read back", prompts=("What did you hear?",))
    await taken.beat()
    await taken.sees("What did you hear?")
    await taken.page.keyboard.type("Well: ")
    assert await area.input_value() == f"Well: {WORDS}"
    assert await taken.page.locator("#news").inner_text() == "Now: Read back."


async def test_a_pause_is_calm_and_gives_everything_back(house: House, phone: OpenPhone) -> None:
    """In a pause there is one sentence and nothing else; after it the writer goes on writing."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    area = taken.form("words").locator("textarea")
    await area.fill(WORDS)
    sheet = house.door.shown.sheet
    for held in (sheet, None):
        house.door.set(moment="pausing", step="", prompts=(), sheet=held)
        await taken.beat()
        await taken.sees("We are pausing. Nothing is being recorded.")
        assert await area.is_hidden()
        assert house.door.shown.title not in await taken.text()
    house.door.set(moment="talking", sheet=sheet)
    await taken.beat()
    await area.wait_for(state="visible")
    await taken.page.keyboard.type("!")
    assert WORDS.replace("\n", "") == (await area.input_value()).replace("!", "").replace("\n", "")


async def test_what_waits_in_a_pause_goes_out_after_it(house: House, phone: OpenPhone) -> None:
    """A session that pauses holds an answer; the page tries again until it is taken."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    await taken.form("words").locator("textarea").fill(WORDS)
    await press(taken.form("words"), "Done")
    held: dict[Outcome, str] = {
        "pausing": "Your answer waits here, and goes out when we go on.",
        "failed": "It could not be saved just now. This page tries again.",
    }
    for outcome, sentence in held.items():
        house.door.outcome = outcome
        await taken.beat()
        await taken.sees(sentence)
    house.door.outcome = "received"
    await taken.beat()
    await taken.sees("Received.")
    assert house.door.fields("reflection") == [{"text": WORDS, "level": "facilitator"}]


async def test_an_unsent_draft_stays_with_its_writer(house: House, phone: OpenPhone) -> None:
    """At the close nothing is sent that was not marked as done; the words stay, and it is said."""
    taken = await phone()
    house.door.open("words", "choice")
    await taken.open()
    await taken.form("words").locator("textarea").fill(WORDS)
    house.door.set(sheet=None)
    await taken.beat()
    await taken.sees("The questions closed before you pressed Done, so this was not sent.")
    left = taken.page.locator(".left:visible")
    assert await left.inner_text() == WORDS
    await taken.beat()
    assert house.door.kept == []
    await press(taken.page.locator("#asks"), "Delete from this page")
    assert await left.count() == 0


async def test_what_comes_late_stays_with_its_writer(house: House, phone: OpenPhone) -> None:
    """What was marked as done too late is refused, and the words are still on the page."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    await taken.form("words").locator("textarea").fill(WORDS)
    await press(taken.form("words"), "Done")
    house.door.set(sheet=None)
    await taken.beat()
    await taken.sees("The questions had closed, so this was not kept.")
    assert await taken.page.locator(".left:visible").inner_text() == WORDS


async def test_a_closing_sheet_is_announced(house: House, phone: OpenPhone) -> None:
    """While a sheet closes the page says so, once and politely."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    sheet = house.door.shown.sheet
    assert sheet is not None
    await taken.form("words").locator("textarea").focus()
    before = await focused(taken)
    house.door.set(sheet=type(sheet)(sheet.id, sheet.asks, "closing", small_room=False))
    await taken.beat()
    await taken.sees("The questions close soon. Press Done if you want to send your answer.")
    assert await focused(taken) == before


async def focused(phone: Phone) -> str:
    """Return what has the focus."""
    return str(await phone.page.evaluate("() => document.activeElement.outerHTML.slice(0, 60)"))


async def test_what_was_typed_before_the_script_came_goes_on(
    house: House, phone: OpenPhone
) -> None:
    """On a slow network a page is used before its script is there; nothing of it is lost."""
    taken = await phone()
    house.door.open("words", "choice")
    held: asyncio.Future[Route] = asyncio.get_running_loop().create_future()

    def hold(route: Route) -> None:
        held.set_result(route)

    await taken.page.route("**/beat", hold, times=1)
    await taken.page.goto(house.url)
    await taken.form("words").locator("textarea").fill(WORDS)
    await taken.form("words").get_by_label("May be read aloud here").check()
    await taken.form("words").locator("textarea").focus()
    await (await held).continue_()
    await taken.form("choice").wait_for()
    assert await taken.form("words").locator("textarea").input_value() == WORDS
    assert await taken.form("words").get_by_label("May be read aloud here").is_checked()
    assert (await focused(taken)).startswith("<textarea")


async def test_the_program_may_start_again(house: House, phone: OpenPhone) -> None:
    """Page, draft and token outlive a restart of the program on the same port."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    await taken.form("words").locator("textarea").fill(WORDS)
    await house.web.stop()
    await taken.page.clock.run_for(4_000)
    await taken.sees("No connection just now.")
    await house.web.start()
    await taken.beat()
    await press(taken.form("words"), "Done")
    await taken.beat()
    await taken.sees("Received.")
    assert house.door.fields("reflection") == [{"text": WORDS, "level": "facilitator"}]


async def test_reloading_and_coming_back_show_an_empty_form(
    house: House, phone: OpenPhone
) -> None:  # promise 14
    """After a reload, and with Back, nothing of what was written is there."""
    taken = await phone()
    house.door.open("words", "choice")
    await taken.open()
    for again in (reload, go_away_and_back):
        await taken.form("words").locator("textarea").fill(WORDS)
        await taken.form("choice").get_by_label("Not now").check()
        await again(taken)
        await taken.page.locator("#look").wait_for(state="hidden")
        assert await taken.form("words").locator("textarea").input_value() == ""
        assert await taken.form("choice").locator(":checked").count() == 0
        assert WORDS not in await taken.page.content()


async def reload(phone: Phone) -> None:
    """Load the page again."""
    await phone.page.reload()


async def go_away_and_back(phone: Phone) -> None:
    """Leave the page for another one, and press Back."""
    await phone.page.goto(phone.house.url + "/room")
    await phone.page.go_back()


async def test_a_wrong_clock_does_no_harm(house: House, phone: OpenPhone) -> None:
    """A phone that lives in another year follows the session as any other."""
    taken = await phone()
    await taken.page.clock.set_system_time("2001-01-01T00:00:00")
    await taken.open()
    house.door.set(step=secrets.token_hex(4))
    await taken.beat()
    await taken.sees(house.door.shown.step)
