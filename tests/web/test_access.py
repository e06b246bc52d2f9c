"""Every state of every page, in both languages, light and dark: rules, sizes, contrast, order."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.async_playwright import Axe

from dialogue.content import reader_of
from dialogue.web.strings import strings_in
from dialogue.web.wire import BODY_BYTES
from sessions.room import Agreement, RoomView, SheetView
from tests.web.memory_door import asks_of
from tests.web.test_pages_shown import SMALLEST_SIGN, check

if TYPE_CHECKING:
    from agreements.plan import AskKind
    from tests.web.conftest import House, OpenPhone, Phone, Serve

LANGUAGES = ("en", "es")
FIRST: tuple[AskKind, ...] = ("words", "compass", "choice", "scale")
SECOND: tuple[AskKind, ...] = ("then-now", "commitment")

BESIDE = "() => document.documentElement.scrollWidth - innerWidth"
STOPS = """
() => {
  const stops = [];
  for (const one of document.querySelectorAll("a, button, input, textarea, summary, select")) {
    if (one.type === "hidden" || one.tabIndex < 0 || !one.checkVisibility()) continue;
    stops.push([one.tagName, Math.round(one.getBoundingClientRect().top + scrollY)]);
  }
  return stops;
}
"""


COLOURS = {"runOnly": ["color-contrast"]}
"""The rules that the dark can break."""


def in_language(house: House, language: str, *kinds: AskKind, sheet: str = "a" * 32) -> None:
    """Show the room with a sheet in a language, as far as our content goes."""
    reader = reader_of(language)
    assert reader is not None
    view = house.door.shown
    protocol = reader._own.protocol
    house.door.places = protocol.compass
    agreed = tuple(Agreement(one.name, one.asks, one.does_not_ask) for one in protocol.agreements)
    shown = SheetView(sheet, asks_of(*kinds), "open", small_room=True) if kinds else None
    house.door.shown = replace(view, language=language, agreements=agreed, sheet=shown)


async def states(house: House, taken: Phone, language: str) -> AsyncIterator[str]:
    """Bring the pages into each of their states, one after the other; say which it is."""
    said, plain = strings_in(language), house.door.shown
    in_language(house, language)
    house.door.set(moment="arriving")
    await taken.open()
    yield "arriving"
    in_language(house, language, *FIRST)
    house.door.set(moment="talking")
    await taken.beat()
    await taken.page.locator("form.ask").first.wait_for()
    await taken.page.locator("summary").first.click()
    await taken.page.locator("summary").nth(1).click()
    await taken.press_first(said["ask"]["done"])
    await taken.sees(said["says"]["empty_words"])
    yield "asks, folds open, and an error"
    await taken.form("words").locator("textarea").fill("Words of mine.")
    await taken.page.locator('[name="withdrawable"]').first.check()
    await taken.press_first(said["ask"]["done"])
    yield "waiting to go out"
    await taken.form("scale").locator('[value="pass"]').click()
    await taken.beat()
    await taken.sees(said["receipt"]["passed"])
    await taken.page.locator("#withdraw summary").click()
    yield "kept, passed, and to withdraw"
    in_language(house, language, *SECOND, sheet="b" * 32)
    await taken.beat()
    await taken.form("commitment").wait_for()
    yield "then and now, and a card"
    house.door.give_cards("KL7M2P")
    in_language(house, language, "words", sheet="c" * 32)
    await taken.open()
    yield "a code is asked for"
    house.door.set(moment="pausing", seat_cards=False)
    await taken.open()
    yield "pausing"
    house.door.set(moment="over", sheet=None)
    await taken.open()
    yield "over"
    house.door.shown = replace(plain, language=language)
    await taken.open("/room")
    yield "the wall"


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.timeout(180)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_state_is_for_everybody(house: House, phone: OpenPhone, language: str) -> None:
    """At 320 px, light and dark, no rule is broken in any state, no sign is small, all fits."""
    taken = await phone(width=320, height=640)
    seen = [await looked_at(taken, state) async for state in states(house, taken, language)]
    assert len(seen) == 9
    assert taken.troubles == []


async def looked_at(taken: Phone, state: str) -> str:
    """Check a page as it stands, its colours in the dark, and what is around its main part."""
    await check(taken)
    await taken.page.emulate_media(color_scheme="dark")
    found = await Axe().run(taken.page, options=COLOURS)
    assert found.violations_count == 0, (state, found.generate_report())
    await taken.page.emulate_media(color_scheme="light")
    mains = await taken.page.get_by_role("main").count()
    assert mains == 1, state
    return state


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.timeout(120)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_twice_as_large_nothing_is_beside_the_page(
    house: House, phone: OpenPhone, language: str
) -> None:
    """With letters of 200 % at 640 px axe finds nothing, and each state scrolls one way only."""
    taken = await phone(width=640, height=512)
    async for state in states(house, taken, language):
        before = await taken.page.evaluate(SMALLEST_SIGN)
        await taken.page.evaluate("() => { document.documentElement.style.fontSize = '225%'; }")
        assert await taken.page.evaluate(SMALLEST_SIGN) >= 2 * before - 1, state
        assert await taken.page.evaluate(BESIDE) <= 0, state
        found = await Axe().run(taken.page)
        assert found.violations_count == 0, (state, found.generate_report())
        await taken.page.evaluate("() => { document.documentElement.style.fontSize = ''; }")


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_without_script_every_page_is_for_everybody(
    house: House, phone: OpenPhone, language: str
) -> None:
    """Each page that a form leads to: an error, kept, passed, withdrawn, and too long."""
    said = strings_in(language)
    in_language(house, language, *FIRST)
    taken = await phone(width=320)
    await taken.page.route("**/*.js", lambda route: route.abort())
    await taken.page.goto(house.url)
    await looked_at(taken, "as it comes")
    for action in ("done", "pass"):
        await taken.page.locator(f'form.ask [value="{action}"]').click()
        await looked_at(taken, action)
    await taken.page.get_by_label(said["ask"]["not_sure"]).check()
    await taken.page.locator('form.ask [value="done"]').click()
    await taken.sees(said["receipt"]["kept"])
    await looked_at(taken, "kept")
    await taken.page.locator("#withdraw summary").click()
    await taken.page.get_by_label(said["withdraw"]["words"]).fill("acorn cello fern wren")
    await taken.press(said["withdraw"]["delete"])
    await taken.sees(said["withdraw"]["deleted"])
    await looked_at(taken, "withdrawn")
    await taken.page.locator("form.ask input").first.evaluate(
        "(one, length) => { one.form.elements.seat.value = 'x'.repeat(length); }", BODY_BYTES
    )
    await taken.page.locator('form.ask [value="pass"]').click()
    await taken.sees(said["errors"]["too_long"])
    await looked_at(taken, "too long")


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_who_is_not_let_in_reads_a_page_for_everybody(serve: Serve, phone: OpenPhone) -> None:
    """A name that is none of ours, and a phone that tries the way in before there is a session."""
    early = await serve(waiting=True)
    taken = await phone(width=320)
    for url, said in (
        (f"http://elsewhere.localhost:{early.port}/", "errors.wrong_address"),
        (early.url, "waiting.works"),
    ):
        await taken.page.goto(url)
        section, key = said.split(".")
        for language in LANGUAGES:
            await taken.sees(strings_in(language)[section][key])
        await looked_at(taken, said)


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_tab_goes_down_the_page(house: House, phone: OpenPhone) -> None:
    """The keys go where the eyes go: from each thing to one beside it or further down."""
    in_language(house, "es", *FIRST)
    taken = await phone(width=390)
    await taken.open()
    await taken.page.locator("form.ask").first.wait_for()
    stops = await taken.page.evaluate(STOPS)
    tops = [top for _, top in stops]
    assert len(tops) > 20
    assert tops == sorted(tops)
    assert await taken.page.locator("[tabindex]:not([tabindex='-1'])").count() == 0


def colours(dark: bool) -> dict[str, str]:
    """Return the pages' colours, as the style names them."""
    style = (files("dialogue.web") / "static" / "style.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[1 if dark else 0]))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG reckons it."""
    lighter, darker = sorted((_light(one), _light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_pair_of_colours_has_its_contrast(*, dark: bool) -> None:
    """Text has 4.5 to 1 on all it stands on, and the edges of fields 3 to 1."""
    found = colours(dark)
    grounds = ("ground", "sheet", "tint")
    pairs = [(ink, ground) for ink in ("ink", "soft", "accent") for ground in grounds]
    pairs += [("warn", "ground"), ("warn", "sheet"), ("on-accent", "accent")]
    low = {pair: contrast(found[pair[0]], found[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}
    for ground in ("ground", "sheet"):
        assert contrast(found["edge"], found[ground]) >= 3


def test_a_room_view_has_no_field_that_is_not_marked() -> None:
    """Each text of the room has a language beside it, its own or that of what is around it."""
    marked = {"title", "step", "prompt", "note", "door", "rule", "house"}
    names = set(RoomView.__dataclass_fields__)
    for one in marked:
        assert {f"{one}_language", f"{one}_languages"} & names, one
