"""Seat cards on the phone page, with its script and without, and on the wire."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from dialogue.paper import CARDS_A_SHEET, seat_cards
from dialogue.web.wire import BODY_BYTES, PAGE_BLOCK, STATE_BLOCK, Beat
from sessions.cards import draw
from tests.web.conftest import press
from tests.web.memory_door import SEAT, SPOKEN, WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Route

    from tests.web.conftest import House, OpenPhone, Phone

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]

CODE, OTHER = "0V1KA2B1", "ZZZZZZZZ"
LABEL = "Code on your card"


@pytest.fixture
def carded(house: House) -> House:
    """Return a house whose session takes a card to write."""
    house.door.give_cards(CODE, "7" * 8)
    return house


async def own_of(house: House, **beat: Any) -> dict[str, Any]:  # noqa: ANN401
    """Send a beat and return the answer, which always has the one length."""
    reply = await house.beat(Beat(SEAT, **beat))
    assert len(reply.body) == STATE_BLOCK
    state: dict[str, Any] = json.loads(reply.body)
    return state


async def test_a_beat_hears_how_its_code_did(carded: House) -> None:  # promise 10
    """Open, needed, wrong or to wait: the answer has one length, and tokens come with a card."""
    carded.door.open("words", "choice")
    assert (await own_of(carded))["seat_cards"] is True
    heard = {code: await own_of(carded, code=code) for code in ("", OTHER, "ovik-a2bl")}
    assert [one["seat"] for one in heard.values()] == ["needed", "wrong", "open"]
    assert [len(one["tokens"]) for one in heard.values()] == [0, 0, 2]
    assert (await own_of(carded, code=CODE))["tokens"] == heard["ovik-a2bl"]["tokens"]
    carded.door.bucket_is_empty = True
    waits = await own_of(carded, code=CODE)
    assert (waits["seat"], waits["tokens"]) == ("wait", {})


async def test_a_page_that_has_its_tokens_needs_no_code(carded: House) -> None:
    """It is told that it may write, and gets no others."""
    carded.door.open("words")
    state = await own_of(carded, code=CODE)
    again = await own_of(carded, sheet=state["sheet"]["id"])
    assert (again["seat"], again["tokens"]) == ("open", {})


async def test_without_cards_no_code_is_asked_for(house: House) -> None:
    """Where every page may write a beat gets its tokens, whatever it says for a code."""
    house.door.open("words")
    state = await own_of(house, code=OTHER)
    assert (state["seat_cards"], state["seat"], len(state["tokens"])) == (False, "open", 1)
    assert LABEL not in re.sub(r"(?s)<template.*", "", (await house.ask("GET", "/")).text).replace(
        code_form((await house.ask("GET", "/")).text), ""
    )


def code_form(page: str) -> str:
    """Return the form that only a script ever shows."""
    found = re.search(r'(?s)<form class="seat" id="code-form".*? hidden>.*?</form>', page)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("code", ["", OTHER, CODE, "x" * 40])
async def test_a_page_without_script_has_one_length(carded: House, code: str) -> None:  # promise 10
    """The page tells by its length neither whether there was a code nor whether it was right."""
    carded.door.open("words")
    for do in ("look", "done", "pass"):
        reply = await carded.post(
            "/", seat=SEAT, do=do, code=code, ask="reflection", token="", text="A word"
        )
        assert len(reply.body) == PAGE_BLOCK


async def test_hostile_codes_stay_text(carded: House) -> None:  # promise 32
    """What is typed for a code comes back as text, in its field and nowhere else."""
    reply = await carded.post("/", seat=SEAT, do="look", code='"><script>alert(1)</script>')
    assert "<script>alert" not in reply.text
    assert "&#34;&gt;&lt;script&gt;" in reply.text


async def shows_code_form(taken: Phone) -> None:
    """Wait until the page asks for a code."""
    await expect(taken.page.get_by_label(LABEL).locator("visible=true")).to_be_visible()


async def test_a_card_is_shown_and_a_sheet_answered(carded: House, phone: OpenPhone) -> None:
    """The code is typed on arrival, goes with the next call, and the answer after it."""
    carded.door.set(moment="arriving", step="", prompts=())
    taken = await phone()
    await taken.open()
    await taken.page.locator("#code").fill("ovlk a2bi")
    await taken.press("Use this code")
    await taken.beat()
    await taken.sees("Your card is in.")
    await taken.sees_not(LABEL)
    assert await taken.page.evaluate("document.activeElement.id") == "seated"
    await expect(taken.page.locator("#news")).to_have_text("Your card is in.")
    carded.door.set(moment="talking", step="Reflection")
    carded.door.open("words")
    await taken.beat()
    await taken.form("words").locator("textarea").fill(WORDS)
    await press(taken.form("words"), "Done")
    await taken.beat()
    await taken.sees("Received. This is all that was kept:")
    (kept,) = carded.door.kept
    assert kept.token == carded.door.token("reflection", CODE)
    assert dict(kept.fields) == {"text": WORDS, "level": "facilitator"}
    assert taken.troubles == []


async def test_calls_are_alike_with_a_code_or_without(
    carded: House, phone: OpenPhone
) -> None:  # promise 10, promise 11
    """Typing, a wrong code, a right one and none make the same calls, at the same beat."""
    taken = await phone()
    carded.door.open("words")
    await taken.open()
    for code in ("", OTHER, CODE):
        calls = len(taken.requests)
        await taken.page.locator("#code").fill(code) if code else None
        await taken.page.locator("#code").press("Enter")
        assert len(taken.requests) == calls
        await taken.beat()
        assert len(taken.requests) == calls + 1
    beats = [one for one in taken.requests if one.url.endswith("/beat")]
    assert {len(one.post_data_buffer or b"") for one in beats} == {BODY_BYTES}
    replies = [await one.response() for one in beats]
    assert {len(await one.body()) for one in replies if one} == {STATE_BLOCK}


async def test_a_wrong_code_is_said_and_the_draft_stays(carded: House, phone: OpenPhone) -> None:
    """The error is announced politely, is sent once only, and takes no word away."""
    taken = await phone()
    carded.door.open("words")
    await taken.open()
    words = taken.form("words").locator("textarea")
    await words.fill(WORDS)
    await press(taken.form("words"), "Done")
    await taken.sees("First type the code on your card.")
    await taken.page.locator("#code").fill(OTHER)
    await words.focus()
    await taken.beat()
    await taken.sees("No card has this code.")
    assert await taken.page.locator("#code-news").get_attribute("role") == "status"
    assert await taken.page.evaluate("document.activeElement.name") == "text"
    assert await words.input_value() == WORDS
    await taken.beat()
    codes = [codes_sent(one.post_data or "") for one in taken.requests if one.url.endswith("/beat")]
    assert codes == ["", OTHER, ""]
    await taken.page.locator("#code").fill(CODE)
    await words.focus()
    await taken.beat()
    await press(taken.form("words"), "Done")
    await taken.beat()
    assert carded.door.fields("reflection") == [{"text": WORDS, "level": "facilitator"}]


def codes_sent(body: str) -> str:
    """Return the code that a beat carried."""
    found = re.search("(?:^|&)code=([^&]*)", body)
    assert found is not None
    return found[1]


async def test_a_code_that_must_wait_is_tried_again(carded: House, phone: OpenPhone) -> None:
    """While nothing is looked at the page says so, and goes on trying by itself."""
    taken = await phone()
    await taken.open()
    carded.door.bucket_is_empty = True
    await taken.page.locator("#code").fill(CODE)
    await taken.page.locator("#code").press("Enter")
    await taken.beat()
    await taken.sees("Wait a moment: too many wrong codes came in just now. This page tries again.")
    carded.door.bucket_is_empty = False
    await taken.beat()
    await taken.sees("Your card is in.")


async def test_passing_takes_no_card(carded: House, phone: OpenPhone) -> None:
    """Whoever passes is asked for nothing."""
    taken = await phone()
    carded.door.open("choice")
    await taken.open()
    await press(taken.form("choice"), "Pass")
    await taken.beat()
    await taken.sees("You passed.")


async def test_a_code_begun_before_the_script_goes_on(carded: House, phone: OpenPhone) -> None:
    """What was typed into the page as it came is in the script's field, and is sent."""
    taken = await phone()
    carded.door.open("words")
    typed = asyncio.Event()

    async def slowly(route: Route) -> None:
        await typed.wait()
        await route.continue_()

    await taken.page.route("**/beat", slowly)
    await taken.page.goto(carded.url)
    await taken.page.locator('form[data-kind="words"] [name="code"]').fill("0V1KA2")
    async with taken.page.expect_response("**/beat"):
        typed.set()
    await expect(taken.page.locator("#code")).to_have_value("0V1KA2")
    await expect(taken.page.locator("#code")).to_be_focused()
    await taken.page.keyboard.type("B1")
    await taken.page.keyboard.press("Enter")
    await taken.beat()
    await taken.sees("Your card is in.")


@pytest.mark.parametrize("script", [True, False])
async def test_nothing_of_a_card_is_left_on_the_phone(
    carded: House, phone: OpenPhone, *, script: bool
) -> None:  # promise 14
    """After a reload the code is asked for again: it is in no cookie, storage or cache."""
    taken = await phone(script=script)
    carded.door.open("words")
    await taken.open()
    await taken.page.get_by_label(LABEL).locator("visible=true").fill(CODE)
    if script:
        await taken.page.locator("#code").press("Enter")
        await taken.beat()
        await taken.sees("Your card is in.")
        stores = "[localStorage.length, sessionStorage.length, (await caches.keys()).length]"
        left = await taken.page.evaluate(f"(async () => {stores})()") if script else []
        assert left in ([0, 0, 0], [0, 0, 0])
    else:
        await taken.press_first("Pass")
    assert await taken.context.cookies() == []
    assert CODE not in taken.page.url
    await taken.open()
    await shows_code_form(taken)
    assert await taken.page.get_by_label(LABEL).locator("visible=true").input_value() == ""


async def test_a_form_asks_for_the_code_on_its_page(carded: House, phone: OpenPhone) -> None:
    """Without script the code stands in the same form; a wrong one costs no word."""
    taken = await phone(script=False)
    carded.door.open("words", "choice")
    await taken.open()
    await taken.form("words").locator("textarea").fill(WORDS)
    await press(taken.form("words"), "Done")
    await taken.sees("First type the code on your card. What you wrote stays here.")
    await taken.form("words").get_by_label(LABEL).fill(OTHER)
    await press(taken.form("words"), "Done")
    await taken.sees("No card has this code.")
    assert await taken.form("words").locator("textarea").input_value() == WORDS
    await taken.form("words").get_by_label(LABEL).fill("ovlk-a2bi")
    await press(taken.form("words"), "Done")
    await taken.sees("Received. This is all that was kept:")
    await taken.sees_not(LABEL)
    await taken.form("choice").get_by_label("A full day").check()
    await press(taken.form("choice"), "Done")
    await taken.sees("That was all. Thank you.")
    tokens = [carded.door.token(ask, CODE) for ask in ("reflection", "deeper")]
    assert [one.token for one in carded.door.kept] == tokens
    assert "code" not in carded.door.kept[0].fields


async def test_a_card_is_shown_before_there_is_a_sheet(carded: House, phone: OpenPhone) -> None:
    """Without script too a card counts on arrival, and goes on in a hidden field."""
    carded.door.set(moment="arriving", step="", prompts=())
    taken = await phone(script=False)
    await taken.open()
    await taken.page.get_by_label(LABEL).locator("visible=true").fill(OTHER)
    await taken.press("Show what is going on now")
    await taken.sees("No card has this code.")
    await taken.page.get_by_label(LABEL).locator("visible=true").fill(CODE)
    await taken.press("Show what is going on now")
    await taken.sees_not(LABEL)
    carded.door.set(moment="talking", step="Reflection")
    carded.door.open("words")
    await taken.press("Show what is going on now")
    await taken.form("words").locator("textarea").fill(WORDS)
    await press(taken.form("words"), "Done")
    await taken.sees("Received. This is all that was kept:")


@pytest.mark.parametrize("script", [True, False])
async def test_a_second_phone_with_a_card_is_told_and_goes_on(
    carded: House, phone: OpenPhone, *, script: bool
) -> None:
    """It hears that its card has spoken, keeps its words, and comes to the next question."""
    carded.door.open("words", "choice")
    await carded.door.receive(
        "reflection", carded.door.token("reflection", CODE), {"text": "First.", "level": "aloud"}
    )
    taken = await phone(script=script)
    await taken.open()
    if script:
        await taken.page.locator("#code").fill(CODE)
        await taken.page.locator("#code").press("Enter")
        await taken.beat()
    else:
        await taken.form("words").get_by_label(LABEL).fill(CODE)
    await taken.form("words").locator("textarea").fill(WORDS)
    await press(taken.form("words"), "Done")
    if script:
        await taken.beat()
    await taken.sees(SPOKEN)
    await expect(taken.page.locator(".left:visible")).to_have_text(WORDS)
    await expect(taken.form("words").locator("visible=true")).to_have_count(0)
    await taken.form("choice").get_by_label("A full day").check()
    await press(taken.form("choice"), "Done")
    if script:
        await taken.beat()
        await taken.press("Delete from this page")
        await taken.sees_not(SPOKEN)
    assert [dict(one.fields).get("text") for one in carded.door.kept] == ["First.", None]
    assert taken.troubles == []


async def test_a_wrong_code_in_a_pause_costs_no_word(carded: House, phone: OpenPhone) -> None:
    """An answer whose code does not do comes back with its words, even while the room pauses."""
    taken = await phone(script=False)
    carded.door.open("words")
    await taken.open()
    await taken.form("words").locator("textarea").fill(WORDS)
    await taken.form("words").get_by_label(LABEL).fill(OTHER)
    carded.door.set(moment="pausing")
    await press(taken.form("words"), "Done")
    await taken.sees("No card has this code.")
    assert await taken.form("words").locator("textarea").input_value() == WORDS


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("width", "dark"), [(320, False), (400, True)])
async def test_the_code_s_place_is_for_everybody(
    carded: House, phone: OpenPhone, width: int, *, dark: bool, script: bool
) -> None:
    """On a small phone, light and dark, axe finds nothing, and nothing has to be moved sideways."""
    carded.door.open("words")
    taken = await phone(script=script, width=width, dark=dark)
    await taken.open()
    await shows_code_form(taken)
    if script:
        await taken.page.locator("#code").fill(OTHER)
        await taken.page.locator("#code").press("Enter")
        await taken.beat()
        await taken.sees("No card has this code.")
    else:
        await taken.form("words").get_by_label(LABEL).fill(OTHER)
        await press(taken.form("words"), "Done")
    results = await Axe().run(taken.page) if script else None
    assert results is None or results.response["violations"] == []
    wide = await taken.page.locator("html").evaluate("one => one.scrollWidth") if script else width
    assert wide <= width


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(("count", "pages"), [(8, 1), (9, 2), (24, 3)])
async def test_cards_fit_the_paper(
    chromium: Browser, tmp_path: Path, paper: str, count: int, pages: int
) -> None:
    """Eight cards fit a sheet of A4 and of Letter, and what is said on screen is not printed."""
    file = tmp_path / "cards.html"
    file.write_bytes(seat_cards(draw(count)[1]))
    page = await chromium.new_page()
    await page.goto(file.as_uri())
    printed = await page.pdf(format=paper)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == pages == -(-count // CARDS_A_SHEET)
    await page.emulate_media(media="print")
    assert "delete this file" not in await page.locator("body").inner_text()
    for one in await page.locator(".card").all():
        inside = await one.evaluate("one => one.scrollWidth <= one.clientWidth")
        assert inside
    await page.close()
