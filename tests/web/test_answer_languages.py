"""Form and kiosk in another language than the session's: one key, and nothing written is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dialogue.caller.entry import Entry
from dialogue.caller.told import Place
from dialogue.web.door import Outcome, Receipt
from dialogue.web.strings import strings_in
from tests.web.memory_door import asks_of
from tests.web.stage import answering
from tests.web.test_kiosk import kiosk_at

if TYPE_CHECKING:
    from agreements.plan import Ask, AskKind
    from tests.web.conftest import House

pytestmark = pytest.mark.asyncio(loop_scope="session")

EN, ES = strings_in("en"), strings_in("es")
SPANISH = {
    "words": "¿Qué oíste?",
    "scale": "¿Qué tan útil fue?",
    "commitment": "¿Qué vas a hacer?",
    "choice": "¿Cuánto tiempo?",
    "compass": "¿Desde dónde hablas?",
    "then-now": "¿Antes y ahora?",
}
OPTIONS = {"Not now": "Ahora no"}


def in_spanish(ask: Ask) -> Ask:
    """Return the same question in Spanish, its options too where they have one there."""
    options = tuple(
        one.model_copy(update={"label": OPTIONS.get(one.label, one.label)}) for one in ask.options
    )
    return ask.model_copy(update={"text": SPANISH[ask.kind], "options": options})


def open_in_both(house: House, *kinds: AskKind) -> None:
    """Open a sheet that is there in Spanish too."""
    house.door.open(*kinds)
    sheet = house.door.shown.sheet
    assert sheet is not None
    asks = tuple(map(in_spanish, asks_of(*kinds)))
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


@pytest.mark.parametrize(
    ("kind", "fields", "english", "spanish"),
    [
        (
            "words",
            {"text": "Not now: quiet", "level": "aloud"},
            f"Not now: quiet\n{EN['kept']['aloud']}",
            f"Not now: quiet\n{ES['kept']['aloud']}",
        ),
        ("choice", {"choice": "none"}, "Not now", "Ahora no"),
        ("compass", {"point-feeling": "1"}, "Feeling", "Sentir"),
        ("compass", {"not-sure": "1"}, EN["ask"]["not_sure"], ES["ask"]["not_sure"]),
        ("then-now", {"then": "2", "now": "4"}, "Then 2, now 4", "Antes 2, ahora 4"),
        ("scale", {"value": "4"}, "4", "4"),
        (
            "words",
            {"text": "x", "level": "aloud"},
            EN["receipt"]["unshown"],
            ES["receipt"]["unshown"],
        ),
    ],
)
async def test_what_was_kept_is_said_anew_and_its_words_stay(
    kind: AskKind, fields: dict[str, str], english: str, spanish: str
) -> None:
    """After a switch every label of a receipt is in the new language, and no word of hers is."""
    (ask,) = asks_of(kind)
    places = Place("feeling", "Feeling", ""), Place("acting", "Acting", "")
    names = tuple(one.id for one in places)
    entry = Entry(ask, names, EN, "token", dict(fields), compass=places)
    assert entry.done()
    entry.receive(Receipt("received", kept=english, withdraw_words="acorn fern wren cello"))
    theirs = replace(entry.shown, heading=ES["receipt"]["kept"], kept=spanish)
    entry.speak(ES)
    entry.take_words(in_spanish(ask), (Place("feeling", "Sentir", ""), places[1]))
    assert entry.shown == theirs
    entry.speak(EN)
    entry.take_words(ask, places)
    assert entry.shown == replace(theirs, heading=EN["receipt"]["kept"], kept=english)


@pytest.mark.parametrize("outcome", ["late", "pausing", "failed"])
async def test_why_an_answer_waits_is_said_anew(outcome: Outcome) -> None:
    """Why an answer was not kept is said in the new language; her words are as typed."""
    (ask,) = asks_of("words")
    entry = Entry(ask, (), EN, "token", {"text": "¡Sí!", "level": "aloud"})
    assert entry.done()
    entry.receive(Receipt(outcome))
    before = entry.shown
    entry.speak(ES)
    assert entry.shown.heading in {*ES["says"].values(), *ES["receipt"].values()}
    assert entry.shown.left == before.left


async def test_a_receipt_goes_with_its_sheet(house: House) -> None:
    """Once the questions are closed no words delete an answer, so nothing offers to any more."""
    house.door.open("choice")
    async with answering(house.url) as form:
        await form.choose("Not now")
        await form.choose(EN["ask"]["withdrawable"])
        await form.push("Done")
        await form.beat()
        assert "acorn cello fern wren" in form.words
        house.door.set(sheet=None)
        await form.beat()
        for gone in ("acorn cello fern wren", "Not now", EN["receipt"]["kept"]):
            assert gone not in form.words
        assert EN["says"]["closed"] in form.words
