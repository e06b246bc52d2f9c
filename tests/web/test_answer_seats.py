"""The form in a terminal where it takes a seat card to write: one voice a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dialogue.answer.seat import SeatCard
from dialogue.web.strings import strings_in
from sessions.codes import code_read
from tests.web.memory_door import SPOKEN
from tests.web.stage import answering

if TYPE_CHECKING:
    from tests.web.conftest import House

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAID = strings_in("en")["seat"]
CODE = "K7QX-3MFT"


@pytest.fixture
def carded(house: House) -> House:
    """Return a room that takes cards, one of which has the code."""
    read = code_read(CODE)
    assert read is not None
    house.door.give_cards(read)
    house.door.open("words")
    return house


async def test_a_code_gives_a_voice(carded: House) -> None:  # promise 9
    """Before the code nothing can be sent, and nothing is lost; after the next beat it can."""
    async with answering(carded.url) as form:
        assert SAID["label"] in form.words
        await form.go_to("TextArea")
        await form.type("one voice")
        await form.push("Done")
        assert SAID["needed"] in form.words
        await form.beat()
        assert carded.door.kept == []
        form.app.screen.query_one(SeatCard)._field.focus()
        await form.type(f" {CODE.lower()} ")
        await form.press("enter")
        assert SAID["looking"] in form.words
        await form.beat()
        assert SAID["seated"] in form.words
        assert SAID["label"] not in form.words
        await form.push("Done")
        await form.beat()
        assert [one.fields["text"] for one in carded.door.kept] == ["one voice"]
        assert carded.door.kept[0].token == carded.door.token("reflection", CODE)
        assert SAID["kept"] in form.words


async def test_a_wrong_code_is_told_and_sent_once(carded: House) -> None:
    """A code on no card is said to be that, and another may be typed at once."""
    async with answering(carded.url) as form:
        await form.go_to("Input")
        await form.type("AAAA-AAAA")
        await form.press("enter")
        await form.beat()
        assert SAID["wrong"] in form.words
        assert form.app.page.call().beat.code == ""
        await form.press("ctrl+u")
        await form.type(CODE)
        await form.press("tab")  # without the button, too
        await form.beat()
        assert SAID["seated"] in form.words


async def test_a_code_that_was_not_looked_at_goes_out_again(carded: House) -> None:
    """While nobody's code is looked at the form says so, and sends it again by itself."""
    carded.door.bucket_is_empty = True
    async with answering(carded.url) as form:
        await form.go_to("Input")
        await form.type(CODE)
        await form.press("enter")
        await form.beat()
        assert SAID["retry"] in form.words
        carded.door.bucket_is_empty = False
        await form.beat()
        assert SAID["seated"] in form.words


async def test_a_pause_hides_the_card_too(carded: House) -> None:
    """A pause is calm: nothing is asked for."""
    async with answering(carded.url) as form:
        carded.door.set(moment="pausing")
        await form.beat()
        assert SAID["label"] not in form.words


async def test_a_card_that_has_spoken_is_told_and_the_words_stay(carded: House) -> None:
    """Another answer of this card stands: the form does not ask to send it again."""
    token = carded.door.token("reflection", CODE)
    await carded.door.receive("reflection", token, {"text": "First.", "level": "aloud"})
    async with answering(carded.url) as form:
        await form.go_to("Input")
        await form.type(CODE)
        await form.press("enter")
        await form.beat()
        await form.go_to("TextArea")
        await form.type("second voice")
        await form.push("Done")
        await form.beat()
        assert f"{SPOKEN} second voice" in form.words
        assert form.app.page.call().beat.envelopes == ()
        assert [one.fields["text"] for one in carded.door.kept] == ["First."]
