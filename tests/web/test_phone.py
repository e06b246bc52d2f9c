"""The phone page in a real browser, with its script: a whole session, and all that can go wrong."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from dialogue.web.wire import BODY_BYTES, STATE_BLOCK
from tests.web.conftest import MemoryDoor

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.web.conftest import House, OpenPhone, Phone

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]

WORDS = "I heard that silence can be a way to listen.\nI want to keep that."


def form(phone: Phone, kind: str) -> Locator:
    """Return the form of an ask."""
    return phone.page.locator(f'form[data-kind="{kind}"]')


async def press(place: Locator, name: str) -> None:
    """Press a button within a part of the page."""
    await place.get_by_role("button", name=name, exact=True).click()


async def focused(phone: Phone) -> str:
    """Return what has the focus."""
    return str(await phone.page.evaluate("() => document.activeElement.outerHTML.slice(0, 60)"))


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
    await form(taken, "words").locator("textarea").fill(WORDS)
    await form(taken, "words").get_by_label("May be read aloud here").check()
    await form(taken, "compass").get_by_label("Feeling").check()
    await form(taken, "compass").get_by_label("Acting").check()
    await form(taken, "choice").get_by_label("A full day").check()
    await form(taken, "scale").get_by_label("4").check()
    for kind in ("words", "compass", "choice", "scale"):
        await press(form(taken, kind), "Done")
    assert house.door.kept == []
    await taken.beat()
    await taken.sees(f"Received. This is all that was kept:\n\n{WORDS}")
    house.door.open("then-now", "commitment")
    await taken.beat()
    await taken.sees_not(WORDS)
    await form(taken, "then-now").get_by_label("2").check()
    await press(form(taken, "then-now"), "Next")
    await form(taken, "then-now").get_by_label("5").check()
    await press(form(taken, "then-now"), "Done")
    await form(taken, "commitment").get_by_label("I have made my card").check()
    await press(form(taken, "commitment"), "Done")
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
    await form(taken, "words").locator("textarea").fill("é\N{WAVING HAND SIGN}\n" * 300)
    calls = len(taken.requests)
    await press(form(taken, "words"), "Done")
    await press(form(taken, "choice"), "Pass")
    assert len(taken.requests) == calls
    for _ in range(3):
        await taken.beat()
    assert house.door.fields("reflection") != []
    beats = [one for one in taken.requests if one.url.endswith("/beat")]
    assert len(beats) == len(taken.requests) - calls + (calls - len(before_beats(taken)))
    assert {len(one.post_data_buffer or b"") for one in beats} == {BODY_BYTES}
    lengths = {len(await (await answer(one)).body()) for one in beats}
    assert lengths == {STATE_BLOCK}


def before_beats(phone: Phone) -> list[str]:
    """Return the addresses a page asked for that are no calls."""
    return [one.url for one in phone.requests if not one.url.endswith("/beat")]


async def answer(request: object) -> object:
    """Return the answer to a request."""
    return await request.response()


async def test_the_beat_is_steady(house: House, phone: OpenPhone) -> None:  # promise 11
    """However often somebody presses Done or comes back, there is one call each four seconds."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    for text in ("", "a few words"):
        await form(taken, "words").locator("textarea").fill(text)
        before = len(house.door.seats)
        await press(form(taken, "words"), "Done")
        await taken.page.clock.run_for(3_000)
        assert len(house.door.seats) == before
        await taken.beat()
        assert len(house.door.seats) == before + 1
        # One second of the next four is over.
        await taken.page.clock.run_for(1_000)


async def test_a_draft_outlives_a_lost_network(house: House, phone: OpenPhone) -> None:
    """With the server gone the page says so and keeps the words; what waited arrives afterwards."""
    taken = await phone()
    house.door.open("words", "choice")
    await taken.open()
    await form(taken, "words").locator("textarea").fill(WORDS)
    await form(taken, "choice").get_by_label("Not now").check()
    await press(form(taken, "choice"), "Done")
    await taken.context.set_offline(True)
    for _ in range(3):
        await taken.page.clock.run_for(4_000)
        await taken.sees("No connection just now. Your words are safe on this page.")
    assert await form(taken, "words").locator("textarea").input_value() == WORDS
    assert house.door.kept == []
    await taken.context.set_offline(False)
    await taken.beat()
    await taken.sees_not("No connection just now.")
    await press(form(taken, "words"), "Done")
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
    await form(taken, "words").locator("textarea").fill(WORDS)
    await press(form(taken, "words"), "Done")
    await taken.page.route("**/beat", lambda route: swallow(route))
    await taken.page.clock.run_for(4_000)
    await taken.sees("No connection just now.")
    assert await taken.page.get_by_role("button", name="Change it").is_hidden()
    await taken.page.unroute("**/beat")
    await taken.beat()
    await taken.sees("Received.")
    first, second = house.door.kept
    assert first == second


async def swallow(route: object) -> None:
    """Let a request arrive, and lose what comes back."""
    await route.fetch()
    await route.abort()


async def test_a_draft_outlives_a_change_of_step(house: House, phone: OpenPhone) -> None:
    """A new step changes what stands above; words, cursor and focus stay."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    area = form(taken, "words").locator("textarea")
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
    area = form(taken, "words").locator("textarea")
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
    await form(taken, "words").locator("textarea").fill(WORDS)
    await press(form(taken, "words"), "Done")
    for outcome, sentence in (
        ("pausing", "Your answer waits here, and goes out when we go on."),
        ("failed", "It could not be saved just now. This page tries again."),
    ):
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
    await form(taken, "words").locator("textarea").fill(WORDS)
    house.door.set(sheet=None)
    await taken.beat()
    await taken.sees("The questions closed before you pressed Done, so this was not sent.")
    left = taken.page.locator(".left:visible")
    assert await left.input_value() == WORDS
    await taken.beat()
    assert house.door.kept == []
    await press(taken.page.locator("#asks"), "Delete from this page")
    assert await left.count() == 0


async def test_what_comes_late_stays_with_its_writer(house: House, phone: OpenPhone) -> None:
    """What was marked as done too late is refused, and the words are still on the page."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    await form(taken, "words").locator("textarea").fill(WORDS)
    await press(form(taken, "words"), "Done")
    house.door.set(sheet=None)
    await taken.beat()
    await taken.sees("The questions had closed, so this was not kept.")
    assert await taken.page.locator(".left:visible").input_value() == WORDS


async def test_a_closing_sheet_is_announced(house: House, phone: OpenPhone) -> None:
    """While a sheet closes the page says so, once and politely."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    sheet = house.door.shown.sheet
    assert sheet is not None
    await form(taken, "words").locator("textarea").focus()
    before = await focused(taken)
    house.door.set(sheet=type(sheet)(sheet.id, sheet.asks, "closing", small_room=False))
    await taken.beat()
    await taken.sees("The questions close soon. Press Done if you want to send your answer.")
    assert await focused(taken) == before


async def test_reloading_and_coming_back_show_an_empty_form(
    house: House, phone: OpenPhone
) -> None:  # promise 14
    """After a reload, and with Back, nothing of what was written is there."""
    taken = await phone()
    house.door.open("words", "choice")
    await taken.open()
    for again in (taken.page.reload, go_away_and_back):
        await form(taken, "words").locator("textarea").fill(WORDS)
        await form(taken, "choice").get_by_label("Not now").check()
        await (again() if again is not go_away_and_back else go_away_and_back(taken))
        await taken.page.locator("#look").wait_for(state="hidden")
        assert await form(taken, "words").locator("textarea").input_value() == ""
        assert await form(taken, "choice").locator(":checked").count() == 0
        assert WORDS not in await taken.page.content()


async def go_away_and_back(phone: Phone) -> None:
    """Leave the page for another one, and press Back."""
    await phone.page.goto(phone.house.url + "/room")
    await phone.page.go_back()


@pytest.mark.parametrize("script", [True, False])
async def test_nothing_is_left_on_the_phone(
    house: House, phone: OpenPhone, *, script: bool
) -> None:  # promise 13, promise 14
    """After an answer there is no cookie, no storage and no cache, and nobody else was asked."""
    taken = await phone(script=script)
    house.door.open("words")
    await taken.open()
    await form(taken, "words").locator("textarea").fill(WORDS)
    await press(form(taken, "words"), "Done")
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
    await form(taken, "words").locator("textarea").fill("")
    await taken.press("Done")
    await taken.sees("There are no words yet. Write a few, or pass.")
    await form(taken, "words").locator("textarea").fill(WORDS)
    await form(taken, "words").get_by_label("May be quoted").check()
    await form(taken, "words").get_by_label("Give me four words").check()
    await taken.press("Done")
    await taken.sees("acorn cello fern wren")
    await taken.sees(WORDS)
    await taken.press("Pass")
    await taken.sees("You passed. This is all that was kept:")
    await form(taken, "then-now").locator('[name="then"][value="2"]').check()
    await form(taken, "then-now").locator('[name="now"][value="4"]').check()
    await taken.press("Done")
    await form(taken, "commitment").get_by_label("I have made my card").check()
    await taken.press("Done")
    await taken.sees("That was all. Thank you.")
    await taken.page.get_by_text("Delete an answer you sent").click()
    await taken.page.get_by_label("Your four words").fill("acorn cello fern wren")
    await taken.press("Delete that answer")
    await taken.sees("If these words were right, that answer is deleted now.")
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
    await press(form(taken, "words"), "Pass")
    await form(taken, "choice").get_by_label("Not now").check()
    await press(form(taken, "choice"), "Done")
    first, second = await taken.page.locator(".card:visible").all()
    assert (await first.inner_text()).split("\n")[1:] == (await second.inner_text()).split("\n")[1:]
    await press(first, "Change it")
    await form(taken, "words").locator("textarea").fill(WORDS)
    await press(form(taken, "words"), "Pass")
    await taken.beat()
    await taken.sees("You passed. This is all that was kept:")
    boxes = [await one.bounding_box() for one in await taken.page.locator(".kept:visible").all()]
    assert len({(box["x"], box["width"]) for box in boxes if box}) == 1
    assert [one.ask for one in house.door.kept] == ["deeper"]
    await press(taken.page.locator("#asks"), "Answer after all")
    assert await form(taken, "words").locator("textarea").input_value() == WORDS


async def test_words_are_counted_and_never_cut(house: House, phone: OpenPhone) -> None:
    """The page counts what a reader would, lets nobody send too much, and takes nothing away."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    words = form(taken, "words")
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
    await press(form(taken, "words"), "Done")
    await taken.sees("There are no words yet. Write a few, or pass.")
    await press(form(taken, "scale"), "Done")
    await taken.sees("Choose an answer, or pass.")
    await form(taken, "compass").get_by_label("Thinking").check()
    await form(taken, "compass").get_by_label("Not sure").check()
    await press(form(taken, "compass"), "Done")
    await taken.sees("Choose places on the compass or “Not sure”, but not both.")


async def test_the_door_has_the_last_word(house: House, phone: OpenPhone) -> None:
    """What the session will not take comes back to the form with its reason and all its words."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    await form(taken, "words").locator("textarea").fill("\u200b\u200b")
    await press(form(taken, "words"), "Done")
    await taken.beat()
    await taken.sees("There are no words yet. Write a few, or pass.")
    await form(taken, "words").locator("textarea").fill(WORDS)
    await press(form(taken, "words"), "Done")
    await taken.beat()
    await taken.sees("Received.")


async def test_an_answer_can_be_withdrawn(house: House, phone: OpenPhone) -> None:
    """Words to withdraw come on demand, outlive the sheet on the page, and go with the beat."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    await form(taken, "words").locator("textarea").fill(WORDS)
    await form(taken, "words").get_by_label("Give me four words").check()
    await press(form(taken, "words"), "Done")
    await taken.beat()
    house.door.set(sheet=None)
    await taken.beat()
    await taken.sees("acorn cello fern wren")
    await press(taken.page.locator("#asks"), "Delete this answer")
    assert house.door.withdrawn == []
    await taken.beat()
    assert house.door.withdrawn == ["acorn cello fern wren"]
    await taken.page.get_by_text("Delete an answer you sent").click()
    await taken.page.get_by_label("Your four words").fill("some other four words")
    await taken.press("Delete that answer")
    await taken.beat()
    await taken.sees("If these words were right, that answer is deleted now.")
    assert house.door.withdrawn[-1] == "some other four words"
    assert [one for one in before_beats(taken) if one.endswith("/withdraw")] == []


async def test_a_card_is_made_on_the_phone_and_never_sent(house: House, phone: OpenPhone) -> None:
    """A commitment's words become a file on the phone; that there is one is all that leaves it."""
    taken = await phone()
    house.door.open("commitment")
    await taken.open()
    card = form(taken, "commitment")
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
    assert await taken.page.locator(".left:visible").input_value() != ""


async def test_what_was_typed_before_the_script_came_goes_on(
    house: House, phone: OpenPhone
) -> None:
    """On a slow network a page is used before its script is there; nothing of it is lost."""
    taken = await phone()
    house.door.open("words", "choice")
    held: list[object] = []
    await taken.page.route("**/beat", lambda route: held.append(route))
    await taken.page.goto(house.url)
    await form(taken, "words").locator("textarea").fill(WORDS)
    await form(taken, "words").get_by_label("May be read aloud here").check()
    await form(taken, "words").locator("textarea").focus()
    await held[0].continue_()
    await form(taken, "choice").wait_for()
    assert await form(taken, "words").locator("textarea").input_value() == WORDS
    assert await form(taken, "words").get_by_label("May be read aloud here").is_checked()
    assert (await focused(taken)).startswith("<textarea")


async def test_two_pages_are_two_seats(house: House, phone: OpenPhone) -> None:
    """Each page that is open is a seat of its own, and stays the same one while it is open."""
    first, second = await phone(), await phone()
    for taken in (first, second):
        await taken.open()
        await taken.beat()
    assert len(set(house.door.seats)) == 2


async def test_the_program_may_start_again(house: House, phone: OpenPhone) -> None:
    """Page, draft and token outlive a restart of the program on the same port."""
    taken = await phone()
    house.door.open("words")
    await taken.open()
    await form(taken, "words").locator("textarea").fill(WORDS)
    await house.web.stop()
    await taken.page.clock.run_for(4_000)
    await taken.sees("No connection just now.")
    await house.web.start()
    await taken.beat()
    await press(form(taken, "words"), "Done")
    await taken.beat()
    await taken.sees("Received.")
    assert house.door.fields("reflection") == [{"text": WORDS, "level": "facilitator"}]


async def test_a_wrong_clock_does_no_harm(house: House, phone: OpenPhone) -> None:
    """A phone that lives in another year follows the session as any other."""
    taken = await phone()
    await taken.page.clock.set_system_time("2001-01-01T00:00:00")
    await taken.open()
    house.door.set(step=secrets.token_hex(4))
    await taken.beat()
    await taken.sees(house.door.shown.step)


def test_the_door_of_these_tests_is_one() -> None:
    """What the tests put in the place of a session has all that a door has."""
    from dialogue.web.door import Door

    door: Door = MemoryDoor()
    assert door.view().title
