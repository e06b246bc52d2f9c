"""The phone page in a real browser, with its script: a whole session, and all that can go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dialogue.web.wire import BODY_BYTES, STATE_BLOCK
from tests.web.conftest import press
from tests.web.memory_door import WORDS

if TYPE_CHECKING:
    from playwright.async_api import Request

    from tests.web.conftest import House, OpenPhone

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]


async def test_a_whole_session(house: House, phone: OpenPhone) -> None:
    """From the welcome to the end the page follows by itself, and every kind of ask is answered."""
    house.door.set(moment="arriving", step="", prompts=(), content_note="", second_door="")
    taken = await phone()
    await taken.open()
    await taken.sees("Welcome. You are in the right place.")
    house.door.set(moment="talking", step="Reflection", prompts=("What held you back?",))
    await taken.beat()
    await taken.sees("What held you back?")
    house.door.open("words", "compass", "choice", "scale")
    await taken.beat()
    await taken.form("words").locator("textarea").fill(WORDS)
    await taken.form("words").get_by_label("May be read aloud here").check()
    await taken.form("compass").get_by_label("Feeling").check()
    await taken.form("compass").get_by_label("Acting").check()
    await taken.form("choice").get_by_label("A full day").check()
    await taken.form("scale").get_by_label("4").check()
    for kind in ("words", "compass", "choice", "scale"):
        await press(taken.form(kind), "Done")
    assert house.door.kept == []
    await taken.beat()
    await taken.sees(f"Received. This is all that was kept:\n\n{WORDS}")
    house.door.open("then-now", "commitment")
    await taken.beat()
    await taken.sees_not(WORDS)
    await taken.form("then-now").get_by_role("radio", name="2").check()
    await press(taken.form("then-now"), "Next")
    await taken.form("then-now").get_by_role("radio", name="5").check()
    await press(taken.form("then-now"), "Done")
    await taken.form("commitment").get_by_label("I have made my card").check()
    await press(taken.form("commitment"), "Done")
    await taken.beat()
    house.door.set(sheet=None, moment="over")
    await taken.beat()
    await taken.sees("This session is over. Thank you for being here.")
    assert {one.ask: dict(one.fields) for one in house.door.kept} == {
        "reflection": {"text": WORDS, "level": "aloud"},
        "compass-now": {"point-feeling": "1", "point-acting": "1"},
        "deeper": {"choice": "full-day"},
        "useful": {"value": "4"},
        "ready": {"then": "2", "now": "5"},
        "card": {"made": "1"},
    }
    assert taken.troubles == []


async def test_calls_cannot_be_told_apart(
    house: House, phone: OpenPhone
) -> None:  # promise 10, promise 11
    """Writing, sending, passing and waiting make the same calls, at the same beat."""
    taken = await phone()
    house.door.open("words", "choice")
    await taken.open()
    await taken.beat()
    await taken.form("words").locator("textarea").fill("é\N{WAVING HAND SIGN}\n" * 300)
    calls = len(taken.requests)
    await press(taken.form("words"), "Done")
    await press(taken.form("choice"), "Pass")
    assert len(taken.requests) == calls
    for _ in range(3):
        await taken.beat()
    assert house.door.fields("reflection") != []
    assert len(taken.requests) == calls + 3
    beats = [one for one in taken.requests if one.url.endswith("/beat")]
    assert len(beats) == 5
    assert {len(one.post_data_buffer or b"") for one in beats} == {BODY_BYTES}
    assert {await length_of_answer(one) for one in beats} == {STATE_BLOCK}
    assert len({str(await one.all_headers()) for one in beats}) == 1


async def length_of_answer(request: Request) -> int:
    """Return how long the answer to a request was."""
    response = await request.response()
    assert response is not None
    return len(await response.body())


async def test_the_beat_is_steady(house: House, phone: OpenPhone) -> None:  # promise 11
    """However often somebody presses Done or comes back, there is one call each four seconds."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    await taken.stand_still()
    for text in ("", "a few words"):
        await taken.form("words").locator("textarea").fill(text)
        before = len(house.door.seats)
        await press(taken.form("words"), "Done")
        await taken.page.clock.run_for(3_000)
        assert len(house.door.seats) == before
        await taken.beat()
        assert len(house.door.seats) == before + 1
        # One second of the next four is over.
        await taken.page.clock.run_for(1_000)


@pytest.mark.parametrize("script", [True, False])
async def test_nothing_is_left_on_the_phone(
    house: House, phone: OpenPhone, *, script: bool
) -> None:  # promise 13, promise 14
    """After an answer there is no cookie, no storage and no cache, and nobody else was asked."""
    taken = await phone(script=script)
    house.door.open("words")
    await taken.open()
    await taken.form("words").locator("textarea").fill(WORDS)
    await press(taken.form("words"), "Done")
    if script:
        await taken.beat()
    await taken.sees("Received.")
    assert await taken.context.cookies() == []
    state = await taken.context.storage_state(indexed_db=True)
    assert state == {"cookies": [], "origins": []}
    if script:
        kept = await taken.page.evaluate(
            "async () => [localStorage.length, sessionStorage.length,"
            " (await indexedDB.databases()).length, await (self.caches?.keys() ?? [])]"
        )
        assert kept == [0, 0, 0, []]
    assert {one.url.startswith(house.url + "/") for one in taken.requests} == {True}
    assert taken.troubles == []


async def test_without_script_a_form_does_it(house: House, phone: OpenPhone) -> None:
    """With scripts off the page is a form: ask by ask, with what was kept, and a way to look."""
    taken = await phone(script=False)
    await taken.open()
    await taken.sees("Think of a time when race came up")
    house.door.open("words", "compass", "then-now", "commitment")
    await taken.press("Show what is going on now")
    await taken.form("words").locator("textarea").fill("")
    await taken.press("Done")
    await taken.sees("There are no words yet. Write a few, or pass.")
    await taken.form("words").locator("textarea").fill(WORDS)
    await taken.form("words").get_by_label("May be quoted").check()
    await taken.form("words").get_by_label("Give me four words").check()
    await taken.press("Done")
    await taken.sees("acorn cello fern wren")
    await taken.sees(WORDS)
    await taken.press("Pass")
    await taken.sees("You passed. This is all that was kept:")
    await taken.form("then-now").locator('[name="then"][value="2"]').check()
    await taken.form("then-now").locator('[name="now"][value="4"]').check()
    await taken.press("Done")
    await taken.form("commitment").get_by_label("I have made my card").check()
    await taken.press("Done")
    await taken.sees("That was all. Thank you.")
    await taken.page.get_by_text("Delete an answer you sent").click()
    await taken.page.get_by_label("Your four words").fill("acorn cello fern wren")
    await taken.press("Delete that answer")
    await taken.sees("If they are right and came before the questions closed")
    assert [dict(one.fields) for one in house.door.kept] == [
        {"text": WORDS.replace("\n", "\r\n"), "level": "quote"},
        {"then": "2", "now": "4"},
        {"made": "1"},
    ]
    assert house.door.withdrawn == ["acorn cello fern wren"]
    assert taken.troubles == []


async def test_passing_looks_like_answering(house: House, phone: OpenPhone) -> None:
    """From the next chair a pass and an answer are the same page, and both can be changed."""
    taken = await phone()
    house.door.open("words", "choice")
    await taken.open()
    await press(taken.form("words"), "Pass")
    await taken.form("choice").get_by_label("Not now").check()
    await press(taken.form("choice"), "Done")
    first, second = await taken.page.locator(".card:visible").all()
    assert (await first.inner_text()).split("\n")[1:] == (await second.inner_text()).split("\n")[1:]
    await press(first, "Change it")
    await taken.form("words").locator("textarea").fill(WORDS)
    await press(taken.form("words"), "Pass")
    await taken.beat()
    await taken.sees("You passed. This is all that was kept:")
    boxes = [await one.bounding_box() for one in await taken.page.locator(".kept:visible").all()]
    assert len({(box["x"], box["width"]) for box in boxes if box}) == 1
    assert [one.ask for one in house.door.kept] == ["deeper"]
    await press(taken.page.locator("#asks"), "Answer after all")
    assert await taken.form("words").locator("textarea").input_value() == WORDS


async def test_words_are_counted_and_never_cut(house: House, phone: OpenPhone) -> None:
    """The page counts what a reader would, lets nobody send too much, and takes nothing away."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    words = taken.form("words")
    count = words.locator(".count")
    await words.locator("textarea").fill("\N{WAVING HAND SIGN}" * 999)
    assert await count.inner_text() == "999 of 1,000 characters."
    await words.locator("textarea").fill("e\N{COMBINING ACUTE ACCENT}" * 1003)
    assert await count.inner_text() == (
        "3 characters too many. Nothing is cut: please make it shorter."
    )
    await press(words, "Done")
    await taken.beat()
    assert house.door.kept == []
    assert len(await words.locator("textarea").input_value()) == 2006


async def test_what_lacks_is_said_at_once(house: House, phone: OpenPhone) -> None:
    """An ask that was not answered says what to do, without a call."""
    taken = await phone()
    house.door.open("words", "compass", "scale")
    await taken.open()
    await press(taken.form("words"), "Done")
    await taken.sees("There are no words yet. Write a few, or pass.")
    await press(taken.form("scale"), "Done")
    await taken.sees("Choose an answer, or pass.")
    await taken.form("compass").get_by_label("Thinking").check()
    await taken.form("compass").get_by_label("Not sure").check()
    await press(taken.form("compass"), "Done")
    await taken.sees("Choose places on the compass or “Not sure”, but not both.")


async def test_the_door_has_the_last_word(house: House, phone: OpenPhone) -> None:
    """What the session will not take comes back to the form with its reason and all its words."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    await taken.form("words").locator("textarea").fill("\u200b\u200b")
    await press(taken.form("words"), "Done")
    await taken.beat()
    await taken.sees("There are no words yet. Write a few, or pass.")
    await taken.form("words").locator("textarea").fill(WORDS)
    await press(taken.form("words"), "Done")
    await taken.beat()
    await taken.sees("Received.")


async def test_an_answer_can_be_withdrawn(house: House, phone: OpenPhone) -> None:
    """Words to withdraw come on demand, go with the beat, and leave the page with their sheet."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    await taken.form("words").locator("textarea").fill(WORDS)
    await taken.form("words").get_by_label("Give me four words").check()
    await press(taken.form("words"), "Done")
    await taken.beat()
    await taken.sees("acorn cello fern wren")
    await press(taken.page.locator("#asks"), "Delete this answer")
    assert house.door.withdrawn == []
    await taken.beat()
    assert house.door.withdrawn == ["acorn cello fern wren"]
    house.door.set(sheet=None)
    await taken.beat()
    await taken.sees_not("acorn cello fern wren")
    await taken.page.get_by_text("Delete an answer you sent").click()
    await taken.page.get_by_label("Your four words").fill("some other four words")
    await taken.press("Delete that answer")
    await taken.beat()
    await taken.sees("If they are right and came before the questions closed")
    assert house.door.withdrawn[-1] == "some other four words"
    assert not any(one.url.endswith("/withdraw") for one in taken.requests)


async def test_a_card_is_made_on_the_phone_and_never_sent(house: House, phone: OpenPhone) -> None:
    """A commitment's words become a file on the phone; that there is one is all that leaves it."""
    taken = await phone()
    house.door.open("commitment")
    await taken.open()
    card = taken.form("commitment")
    await press(card, "Save as a note")
    await taken.sees("Write what you will do first.")
    await card.get_by_label("What I will do").fill("Ask, before I explain; then wait\nfor it")
    await press(card, "Save to my calendar")
    await taken.sees("Choose a day first.")
    await card.get_by_label("When").fill("2026-12-01")
    await card.get_by_label("Where").fill("In our team's meeting, " + "é" * 40)
    async with taken.page.expect_download() as note:
        await press(card, "Save as a note")
    async with taken.page.expect_download() as day:
        await press(card, "Save to my calendar")
    text = (await (await note.value).path()).read_text("utf-8")
    assert text.startswith(
        "My card\n\nAsk, before I explain; then wait\nfor it\nWhen: 2026-12-01\n"
    )
    raw = (await (await day.value).path()).read_bytes()
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    lines = raw.decode().replace("\r\n ", "").split("\r\n")
    assert "DTSTART;VALUE=DATE:20261201" in lines
    assert r"SUMMARY:Ask\, before I explain\; then wait\nfor it" in lines
    await press(card, "Done")
    await taken.beat()
    await taken.sees("Received.")
    assert house.door.fields("card") == [{"made": "1"}]
    assert not any("explain" in (one.post_data or "") for one in taken.requests)
    assert await taken.page.locator(".left:visible").inner_text() != ""


async def test_two_pages_are_two_seats(house: House, phone: OpenPhone) -> None:
    """Each page that is open is a seat of its own, and stays the same one while it is open."""
    first, second = await phone(), await phone()
    for taken in (first, second):
        await taken.open()
        await taken.beat()
    assert len(set(house.door.seats)) == 2
