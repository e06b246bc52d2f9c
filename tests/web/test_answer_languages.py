"""Form and kiosk in another language than the session's: one key, and nothing written is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dialogue.web.strings import strings_in
from tests.web.memory_door import asks_of
from tests.web.stage import answering
from tests.web.test_kiosk import kiosk_at

if TYPE_CHECKING:
    from agreements.plan import AskKind
    from tests.web.conftest import House

pytestmark = pytest.mark.asyncio(loop_scope="session")

EN, ES = strings_in("en"), strings_in("es")
SPANISH = {"words": "¿Qué oíste?", "scale": "¿Qué tan útil fue?", "commitment": "¿Qué vas a hacer?"}


def open_in_both(house: House, *kinds: AskKind) -> None:
    """Open a sheet that is there in Spanish too."""
    house.door.open(*kinds)
    sheet = house.door.shown.sheet
    assert sheet is not None
    asks = tuple(one.model_copy(update={"text": SPANISH[one.kind]}) for one in asks_of(*kinds))
    spanish = replace(sheet, asks=asks)
    house.door.in_other["es"] = replace(house.door.shown, language="es", sheet=spanish)


async def test_a_key_changes_the_language_and_keeps_the_draft(house: House) -> None:
    """Words, level and wish stay where they are; texts change at once, questions with the beat."""
    open_in_both(house, "words", "scale")
    async with answering(house.url) as form:
        assert "f5 en español" in form.words
        await form.go_to("TextArea")
        await form.type("Pensé: bien")
        await form.choose(EN["levels"]["quote"])
        called = len(house.door.seats)
        await form.press("f5")
        assert len(house.door.seats) == called
        assert ES["before"]["title"] in form.words
        assert ES["page"]["reading"] in form.words
        assert "What did you hear that you want to keep?" in form.words
        await form.beat()
        assert SPANISH["words"] in form.words
        assert "What did you hear" not in form.words
        assert "Pensé: bien" in form.words
        assert f"(•) {ES['levels']['quote']}" in form.words
        await form.push(ES["ask"]["done"])
        await form.beat()
        assert ES["receipt"]["kept"] in form.words
        await form.press("f5")
        await form.beat()
        assert EN["receipt"]["kept"] in form.words
    assert house.door.fields("reflection") == [{"text": "Pensé: bien", "level": "quote"}]
    assert {"es", "en"} <= {*house.door.languages}


async def test_a_card_that_is_begun_stays_too(house: House) -> None:
    """What stands on a commitment's card is not sent, and not lost when the language changes."""
    open_in_both(house, "commitment")
    async with answering(house.url) as form:
        await form.go_to("Input")
        await form.type("Listen first")
        await form.choose(EN["ask"]["card_made"])
        await form.press("f5")
        await form.beat()
        assert SPANISH["commitment"] in form.words
        assert "Listen first" in form.words
        assert f"[x] {ES['ask']['card_made']}" in form.words


async def test_the_next_person_at_a_kiosk_finds_the_rooms_language(house: House) -> None:
    """Who reads Spanish says so on the first page; after her the kiosk is in English again."""
    open_in_both(house, "words")
    async with kiosk_at(house.url) as kiosk:
        assert f"F5: {ES['page']['read']}" in kiosk.words
        await kiosk.press("f5")
        assert ES["kiosk"]["start"] in kiosk.words
        await kiosk.begin()
        await kiosk.beat()
        assert SPANISH["words"] in kiosk.words
        await kiosk.press("ctrl+q")
        await kiosk.until_wiped()
        await kiosk.until(lambda: EN["kiosk"]["start"] in kiosk.words)
        await kiosk.begin()
        await kiosk.beat()
        assert "What did you hear that you want to keep?" in kiosk.words
