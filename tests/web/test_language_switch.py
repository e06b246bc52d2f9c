"""The phone page in the other language: one button, no call, no word lost, no length that tells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from dialogue.web.strings import strings_in
from dialogue.web.wire import BODY_BYTES, PAGE_BLOCK, Beat
from tests.web.conftest import press
from tests.web.memory_door import SEAT
from tests.web.test_answer_languages import SPANISH, open_in_both

if TYPE_CHECKING:
    from agreements.plan import AskKind
    from tests.web.conftest import House, OpenPhone, Phone

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]

EN, ES = strings_in("en"), strings_in("es")
WORDS = "Pensé en callarme."


async def language(taken: Phone) -> str:
    """Return the language that the page says it is in."""
    return str(await taken.page.evaluate("() => document.documentElement.lang"))


async def test_the_switch_makes_no_call_and_keeps_the_draft(house: House, phone: OpenPhone) -> None:
    """All that is ours changes at once; words, level, caret's field and tokens stay."""
    open_in_both(house, "words", "scale")
    taken = await phone(width=320)
    await taken.open()
    await taken.form("words").locator("textarea").fill(WORDS)
    await taken.form("words").get_by_label(EN["levels"]["quote"]).check()
    await press(taken.form("scale"), EN["ask"]["done"])
    called = len(taken.requests)
    await taken.press(ES["page"]["read"])
    assert await language(taken) == "es"
    assert len(taken.requests) == called
    for text in (ES["before"]["title"], ES["before"]["languages"], ES["says"]["empty_choice"]):
        await taken.sees(text)
    await taken.sees_not(EN["before"]["title"])
    await expect(taken.page.get_by_role("button", name=EN["page"]["read"])).to_be_focused()
    assert await taken.page.locator("#news").text_content() == ES["page"]["reading"]
    await taken.beat()
    await taken.sees(SPANISH["words"])
    await taken.sees(SPANISH["scale"])
    assert await taken.form("words").locator("textarea").input_value() == WORDS
    await press(taken.form("words"), ES["ask"]["done"])
    await taken.beat()
    await taken.sees(ES["receipt"]["kept"])
    assert house.door.fields("reflection") == [{"text": WORDS, "level": "quote"}]
    await taken.press(EN["page"]["read"])
    await taken.sees(EN["receipt"]["kept"])
    assert taken.troubles == []


async def test_what_was_kept_is_said_anew_and_its_words_stay(
    house: House, phone: OpenPhone
) -> None:
    """Labels and sentences of a receipt follow the language, hers and what is not ours stay."""
    open_in_both(house, "words", "choice", "then-now", "commitment")
    taken = await phone(width=320)
    await taken.open()
    quoted = f"Not now: quiet\n{EN['kept']['quote']}"
    then_now = EN["kept"]["then_now"].format(then=2, now=4)
    kept = taken.page.locator(".kept:visible")

    async def done(kind: AskKind, as_kept: str) -> None:
        house.door.kept_text = as_kept
        await press(taken.form(kind), EN["ask"]["done"])
        await taken.beat()

    await taken.form("words").locator("textarea").fill("Not now: quiet")
    await taken.form("words").get_by_label(EN["levels"]["quote"]).check()
    await done("words", quoted)
    await taken.form("choice").get_by_label("Not now").check()
    await done("choice", "Not now")
    await taken.form("then-now").locator('[name="then"][value="2"]').check()
    await press(taken.form("then-now"), EN["ask"]["next"])
    await taken.form("then-now").locator('[name="now"][value="4"]').check()
    await done("then-now", then_now)
    await taken.form("commitment").get_by_label(EN["ask"]["card_made"]).check()
    await done("commitment", "What no page says.")
    english = [quoted, "Not now", then_now, "What no page says."]
    assert await kept.all_inner_texts() == english
    await taken.press(ES["page"]["read"])
    await taken.beat()
    assert await kept.all_inner_texts() == [
        f"Not now: quiet\n{ES['kept']['quote']}",
        "Ahora no",
        ES["kept"]["then_now"].format(then=2, now=4),
        "What no page says.",
    ]
    await taken.press(EN["page"]["read"])
    await taken.beat()
    assert await kept.all_inner_texts() == english
    assert taken.troubles == []


async def test_every_beat_has_one_length_in_every_language(house: House) -> None:
    """Neither what goes out nor what comes back is longer for who reads Spanish."""
    open_in_both(house, "words")
    house.door.in_other["es"] = replace(house.door.in_other["es"], house_agreements=("x" * 9000,))
    replies = [await house.beat(Beat(SEAT, language=one)) for one in ("", "en", "es", "xx")]
    assert len({len(reply.body) for reply in replies}) == 1
    assert [SPANISH["words"] in reply.text for reply in replies] == [False, False, True, False]
    assert BODY_BYTES == 16_384


async def test_without_script_a_form_changes_the_language(house: House, phone: OpenPhone) -> None:
    """The page comes back in Spanish with the same seat, and every form goes on in it."""
    open_in_both(house, "words", "scale")
    taken = await phone(script=False, width=320)
    await taken.open()
    seat = await taken.page.locator("#seat").input_value()
    await taken.press(ES["page"]["read"])
    assert await language(taken) == "es"
    assert await taken.page.locator("#seat").input_value() == seat
    await taken.sees(SPANISH["words"])
    await taken.press(ES["ask"]["done"])
    assert await language(taken) == "es"
    await taken.form("words").locator("textarea").fill(WORDS)
    await taken.press(ES["ask"]["done"])
    await taken.sees(ES["receipt"]["kept"])
    await taken.sees(SPANISH["scale"])
    await taken.press(EN["page"]["read"])
    await taken.sees(EN["before"]["title"])
    await taken.sees("How useful was this?")
    assert {*house.door.seats} == {seat}


async def test_what_is_in_another_language_than_the_page_is_marked(
    house: House, phone: OpenPhone
) -> None:
    """A title, a prompt or an ask that fell back is read aloud in its own language."""
    open_in_both(house, "words")
    spanish = house.door.in_other["es"]
    assert spanish.sheet is not None
    house.door.in_other["es"] = replace(
        spanish,
        title_language="en",
        step_language="en",
        house_language="en",
        prompt_languages=("en",),
        sheet=replace(spanish.sheet, ask_languages=("en",)),
    )
    taken = await phone()
    await taken.open()
    await taken.press(ES["page"]["read"])
    await taken.beat()
    marked = (".title", "#step", "#prompts p", "#house-agreements", "form.ask .ask-text")
    for place in marked:
        await expect(taken.page.locator(place).first).to_have_attribute("lang", "en")
    reply = await house.post("/", seat=SEAT, language="es", do="look")
    assert len(reply.body) == PAGE_BLOCK
    assert reply.text.count('lang="en"') >= len(marked)


@pytest.mark.parametrize("said", ["xx", "EN", "es\r\nX: y", "../en", ""])
async def test_a_language_that_is_none_of_ours_changes_nothing(house: House, said: str) -> None:
    """Whatever a form names, the page is in the session's own language."""
    reply = await house.post("/", seat=SEAT, language=said, do="look")
    assert reply.status == 200
    assert '<html lang="en"' in reply.text
