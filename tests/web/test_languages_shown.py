"""A session in Spanish, and one in two languages: what its room reads, and what is marked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from agreements.library import Library, open_library
from agreements.plan import Plan
from dialogue.reception import Reception
from dialogue.web.pages import Pages, PhonePage
from dialogue.web.strings import strings_in
from dialogue.web.wire import PAGE_BLOCK, room_state
from sessions import decide
from sessions.cards import CardFolder
from sessions.keys import KeyFolder
from sessions.live import LiveSession
from sessions.room import room_view
from sessions.sheet_desk import SheetDesk
from sessions.text import paragraph
from tests.plugin_sessions import Room
from tests.web.memory_door import SEAT

URL = "http://192.0.2.7:8765"
SWITCH = "Read in English"
"""The way to the other language says so in that language."""
VOID = {"meta", "link", "input", "path", "rect", "br"}


class Told(HTMLParser):
    """Gathers each text of a page with the language that a screen reader takes it for."""

    def __init__(self) -> None:
        super().__init__()
        self.by_language: dict[str, list[str]] = {}
        self._languages: list[str] = [""]
        self._waiting = 0
        """How many templates we are in whose texts wait for another language to be chosen."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element's language, or that around it."""
        self._waiting += ("class", "says") in attrs
        if tag not in VOID:
            self._languages.append(dict(attrs).get("lang") or self._languages[-1])

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self._waiting -= tag == "template" and self._waiting
        if tag not in VOID:
            self._languages.pop()

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if data.strip() and not self._waiting:
            self.by_language.setdefault(self._languages[-1], []).append(data.strip())


def told(page: bytes) -> dict[str, str]:
    """Return the texts of a page by their language."""
    reader = Told()
    reader.feed(page.decode())
    found = {language: " | ".join(texts) for language, texts in reader.by_language.items()}
    if found.get("en") == SWITCH:
        del found["en"]
    return found


@pytest.fixture(scope="module")
def spanish() -> Library:
    """Return all content as somebody has it who chose Spanish."""
    return open_library(paragraph, language="es")


@pytest.fixture
def hall(room: Room, spanish: Library) -> Room:
    """Return a way to begin sessions with the Spanish protocol."""
    room.protocol = spanish.protocol
    return room


@pytest.fixture
def desks() -> Iterator[list[SheetDesk]]:
    """Return a list of desks, which are left at the end."""
    desks: list[SheetDesk] = []
    yield desks
    for desk in desks:
        desk.leave()


def at_step(room: Room, plan: Plan, step: str) -> LiveSession:
    """Return a session that stands at a step."""
    session = room.begin(plan)
    while session.step is None or session.step.id != step:
        session.do(decide.next_step)
    return session


def reception(session: LiveSession, tmp_path: Path, desks: list[SheetDesk]) -> Reception:
    """Return the door of a session with its sheet open."""
    config = tmp_path / "config"
    desk = SheetDesk(session, KeyFolder(config), CardFolder(config))
    desks.append(desk)
    door = Reception(session, desk)
    for number in range(12):
        door.seat_is_here(f"{number:032x}")
    desk.open()
    return door


async def answered(door: Reception, ask: str, **fields: str) -> tuple[str, str]:
    """Send an answer from a new page, and return what its writer reads."""
    receipt = await door.receive(ask, door.token(ask), fields)
    return receipt.outcome, receipt.kept or receipt.sentence


def test_a_spanish_session_is_spanish_to_the_last_word(
    hall: Room, spanish: Library, tmp_path: Path, desks: list[SheetDesk]
) -> None:
    """Page, prompt, questions, agreements and rule are Spanish, and nothing is marked otherwise."""
    session = at_step(hall, spanish.plan("lunch-and-learn"), "reflection")
    door = reception(session, tmp_path, desks)
    pages = Pages(door, url=URL, tls=False)
    sheet = door.view().sheet
    assert sheet is not None
    for page in (pages.phone(PhonePage(SEAT, ask=sheet.asks[1], token="t" * 64)), pages.room()):
        assert told(page).keys() == {"es"}
    text = told(pages.phone(PhonePage(SEAT, ask=sheet.asks[1], token="t" * 64)))["es"]
    for words in ("Reflexión por escrito", "¿qué otra razón buscas primero", "Decir tu verdad"):
        assert words in text
    assert "Las historias se quedan" in text
    assert strings_in("es")["promise"]["http"] in text


def test_what_is_told_of_an_answer_is_spanish(
    hall: Room, spanish: Library, tmp_path: Path, desks: list[SheetDesk]
) -> None:
    """What was kept, what cannot be taken and why: all in the language of the session."""
    session = at_step(hall, spanish.plan("lunch-and-learn"), "reflection")
    door = reception(session, tmp_path, desks)

    async def all_of_it() -> list[tuple[str, str]]:
        return [
            await answered(door, "reflection", text="El dinero."),
            await answered(door, "reflection", text=" "),
            await answered(door, "compass-now", **{"point-thinking": "1"}),
            await answered(door, "compass-now", **{"not-sure": "1"}),
            await again("reflection", "uno", "dos"),
            await stranger(),
        ]

    async def again(ask: str, *texts: str) -> tuple[str, str]:
        token, told = door.token(ask), ("", "")
        for text in texts:
            receipt = await door.receive(ask, token, {"text": text})
            told = receipt.outcome, receipt.sentence
        return told

    async def stranger() -> tuple[str, str]:
        receipt = await door.receive("reflection", "0" * 64, {"text": "tres"})
        return receipt.outcome, receipt.sentence

    refused = strings_in("es")["refused"]
    assert asyncio.run(all_of_it()) == [
        ("received", "El dinero.\nQuien facilita lo lee y después se borra."),
        ("wrong", refused["empty_words"]),
        ("received", "Pensar"),
        ("received", "No lo sé"),
        ("spoken", refused["sent"]),
        ("wrong", refused["stranger"]),
    ]


def test_what_is_in_another_language_says_so(
    hall: Room, spanish: Library, tmp_path: Path, desks: list[SheetDesk]
) -> None:
    """An English plan with Spanish agreements: each text is marked as what it is."""
    session = at_step(hall, spanish.plan("two-hours"), "compass-start")
    pages = Pages(reception_of(session, tmp_path, desks), url=URL, tls=False)
    for page in (pages.phone(PhonePage(SEAT)), pages.room()):
        texts = told(page)
        assert texts.keys() == {"en", "es"}
        assert "Decir tu verdad" in texts["es"]
        assert "Where are you right now" in texts["en"]
    rule = spanish.protocol.confidentiality[0]
    assert rule.text in told(pages.phone(PhonePage(SEAT)))["es"]


def reception_of(session: LiveSession, tmp_path: Path, desks: list[SheetDesk]) -> Reception:
    """Return the door of a session without a sheet."""
    config = tmp_path / "config"
    desk = SheetDesk(session, KeyFolder(config), CardFolder(config))
    desks.append(desk)
    return Reception(session, desk)


def test_a_prompt_that_fell_back_says_so_to_page_and_script(hall: Room, spanish: Library) -> None:
    """One English prompt on a Spanish page is marked, with its note; the step's words are not."""
    plan = spanish.plan("lunch-and-learn")
    english = open_library(paragraph).prompts["latest-time-race-was-present"]
    prompts = tuple(
        english.model_copy(update={"language": "en"}) if one.id == english.id else one
        for one in plan.prompts
    )
    mixed = plan.model_copy(update={"prompts": prompts})
    session = at_step(hall, mixed, "pairs")
    view = room_view(session)
    assert (view.prompt_language(0), view.note_language) == ("en", "en")
    state: dict[str, Any] = room_state(view, spanish.protocol.compass)
    assert state["prompt_languages"] == ["en"]
    assert (state["note_language"], state["door_language"]) == ("en", "es")
    assert {one["language"] for one in state["agreements"]} == {"es"}


@pytest.mark.parametrize("plan_id", ["lunch-and-learn", "check-in"])
def test_every_page_of_a_spanish_session_has_the_one_length(
    hall: Room, spanish: Library, plan_id: str, tmp_path: Path, desks: list[SheetDesk]
) -> None:
    """Longer words make no longer page: each step of each Spanish plan fits one block."""
    session = hall.begin(spanish.plan(plan_id))
    pages = Pages(reception_of(session, tmp_path, desks), url=URL, tls=False)
    lengths = set()
    for _ in range(6):
        lengths.add(len(pages.phone(PhonePage(SEAT))))
        session.do(decide.next_step)
    assert lengths == {PAGE_BLOCK}
