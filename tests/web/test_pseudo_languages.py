"""Pages in languages nobody speaks: no word is left in English, none is cut, all is mirrored."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from agreements.library import open_library
from dialogue.config import gate
from dialogue.preflight import WaitingRoom
from dialogue.web.pages import Card, Pages, PhonePage
from sessions.room import Moment
from tests.web.memory_door import ASKS, OTHER_ASKS, SEAT, MemoryDoor
from tests.web.pseudo import (
    LONG,
    MIRRORED,
    longer,
    mirrored,
    speak,
    texts_of,
    translate,
    translate_sheet,
    untranslated,
)

if TYPE_CHECKING:
    from tests.web.conftest import House, OpenPhone, Phone

URL = "http://192.0.2.7:8765"
MOMENTS: tuple[Moment, ...] = ("arriving", "talking", "pausing", "over")
EVERY_KIND = tuple(ask.kind for ask in ASKS + OTHER_ASKS)

CUT = """
() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  const hides = style.overflowX !== "visible" || style.textOverflow === "ellipsis";
  const heard = one.classList.contains("heard");
  return !heard && one.checkVisibility() && hides && one.scrollWidth > one.clientWidth + 1;
}).map((one) => one.outerHTML.slice(0, 120))
"""

OUTSIDE = """
() => [...document.querySelectorAll("body *")].filter((one) => {
  if (!one.checkVisibility() || one.closest(".heard") || one.closest("svg")) return false;
  const box = one.getBoundingClientRect();
  return box.width > 0 && (box.left < -1 || box.right > innerWidth + 1);
}).map((one) => one.outerHTML.slice(0, 120))
"""


def door_in(monkeypatch: pytest.MonkeyPatch, *, words: str = LONG) -> MemoryDoor:
    """Return a session whose every word is in a made language."""
    change = longer if words == LONG else mirrored
    speak(monkeypatch, words, change)
    door = MemoryDoor()
    translate(door, words, change)
    return door


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_word_of_either_page_is_written_into_it(
    monkeypatch: pytest.MonkeyPatch, moment: Moment
) -> None:
    """Phone page and room view hold no English at all, templates for the script included."""
    door = door_in(monkeypatch)
    door.open(*EVERY_KIND[:4], small_room=True)
    translate_sheet(door, longer)
    door.set(moment=moment, seat_cards=True)
    pages = Pages(door, url=URL, tls=False)
    sheet = door.shown.sheet
    assert sheet is not None
    cards = (
        None,
        Card("kept", longer("kept"), longer("acorn fern wren cello")),
        Card("late", longer("late")),
        Card("passed"),
    )
    for card in cards:
        for ask in (None, *sheet.asks):
            page = PhonePage(SEAT, ask=ask, card=card, admission="wrong", withdrawn=True)
            assert untranslated(texts_of(pages.phone(page).decode())) == []
    assert untranslated(texts_of(pages.room().decode()), URL) == []
    for why in ("too_long", "wrong_address"):
        assert untranslated(texts_of(pages.refused(why).decode())) == []


def test_a_word_that_is_written_in_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check would find one English word, in a text or in a label nobody sees."""
    door = door_in(monkeypatch)
    page = Pages(door, url=URL, tls=False).phone(PhonePage(SEAT)).decode()
    assert untranslated(texts_of(page.replace("</main>", "<p>Done</p></main>"))) == ["Done"]
    labelled = page.replace("<main>", '<main aria-label="Main part">')
    assert untranslated(texts_of(labelled)) == ["Main", "part"]


def test_the_page_that_waits_is_translated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The page before the session holds no English either, in Spanish least of all."""
    speak(monkeypatch, LONG, longer)
    room = WaitingRoom(open_library(gate, language="es"), LONG)
    page = Pages(room, url=URL, tls=False, waiting=True).phone(PhonePage(SEAT)).decode()
    assert untranslated(texts_of(page)) == []


async def visible(taken: Phone) -> list[str]:
    """Return the texts a reader meets on the page as it stands, in sight or heard."""
    texts: list[str] = await taken.page.evaluate(
        "() => [...document.querySelectorAll('body *')].flatMap((one) => [...one.childNodes])"
        ".filter((one) => one.nodeType === 3 && one.data.trim()).map((one) => one.data)"
    )
    return texts


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("words", [LONG, MIRRORED])
async def test_all_that_the_script_says_is_translated_and_fits(
    monkeypatch: pytest.MonkeyPatch, house: House, phone: OpenPhone, words: str
) -> None:
    """At 320 px no word is cut, none is English, and nothing stands beside the page."""
    change = longer if words == LONG else mirrored
    speak(monkeypatch, words, change)
    translate(house.door, words, change)
    taken = await phone(width=320, height=640)
    house.door.kept_text = change("Words.")
    house.door.open("words", "compass", "choice", "scale", small_room=True)
    translate_sheet(house.door, change)
    await taken.open()
    await check(taken, words)
    await taken.form("words").locator("textarea").fill("")
    await taken.form("words").locator('[value="done"]').click()
    await check(taken, words)
    await taken.form("words").locator("textarea").fill("1 2 3")
    await taken.form("words").locator('[name="withdrawable"]').check()
    await taken.form("words").locator('[value="done"]').click()
    await taken.form("scale").locator('[value="pass"]').click()
    await check(taken, words)
    await taken.beat()
    await check(taken, words, "acorn cello fern wren")
    house.door.open("then-now", "commitment")
    translate_sheet(house.door, change)
    await taken.beat()
    await taken.page.locator("summary").first.click()
    await check(taken, words, "acorn cello fern wren")
    for moment in ("pausing", "over"):
        house.door.set(moment=moment, sheet=None)
        await taken.beat()
        await check(taken, words, "acorn cello fern wren")
    house.door.set(moment="talking")
    await taken.open("/room")
    await check(taken, words, house.url)
    assert taken.troubles == []


async def check(taken: Phone, words: str, *known: str) -> None:
    """Check a page as it stands now."""
    assert await taken.page.evaluate(CUT) == []
    assert await taken.page.evaluate(OUTSIDE) == []
    assert await taken.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    if words == LONG:
        assert untranslated(await visible(taken), *known) == []
    else:
        assert await taken.page.evaluate("() => document.documentElement.dir") == "rtl"


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_a_language_from_right_to_left_mirrors_the_page(
    monkeypatch: pytest.MonkeyPatch, house: House, phone: OpenPhone
) -> None:
    """The mark of an option stands to the right of its words, and texts begin at the right."""
    speak(monkeypatch, MIRRORED, mirrored)
    translate(house.door, MIRRORED, mirrored)
    house.door.open("choice", "scale")
    translate_sheet(house.door, mirrored)
    taken = await phone(width=390)
    await taken.open()
    option = taken.form("choice").locator(".option").first
    mark, label = option.locator("input"), option.locator(".label")
    mark_box, label_box = await mark.bounding_box(), await label.bounding_box()
    assert mark_box is not None
    assert label_box is not None
    assert mark_box["x"] > label_box["x"] + label_box["width"]
    scale = taken.form("scale")
    low = await scale.locator(".low").bounding_box()
    high = await scale.locator(".high").bounding_box()
    assert low is not None
    assert high is not None
    assert low["x"] > high["x"]
    border = (
        "(one) => [getComputedStyle(one).borderLeftWidth, getComputedStyle(one).borderRightWidth]"
    )
    assert await taken.page.locator(".transport").evaluate(border) == ["0px", "5px"]


def test_the_style_knows_no_left_and_right() -> None:
    """All sides are those of the language: the beginning of a line, and its end."""
    style = (files("dialogue.web") / "static" / "style.css").read_text("utf-8")
    assert re.findall(r"(?:left|right)\s*:|:\s*(?:left|right)\b", style) == []
