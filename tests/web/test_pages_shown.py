"""Both pages as they are shown: hostile words, reading without sight, small screens, the wall."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from agreements.library import open_library
from dialogue.config import gate
from dialogue.phrases import CUE_SIGNS, strings_in
from sessions.room import Agreement, Named, SheetView
from sessions.text import paragraph

if TYPE_CHECKING:
    from tests.web.conftest import House, OpenPhone, Phone

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]

DATA = Path(__file__).parents[1] / "data" / "hostile-strings.json"

SMALLEST_SIGN = """
() => {
  const sizes = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (own && element.checkVisibility()) sizes.push(size);
  }
  return Math.min(...sizes);
}
"""


def payloads() -> list[str]:
    """Return 300 hostile texts as a session lets them in, those that are markup first."""
    kinds: dict[str, list[str]] = json.loads(DATA.read_text("utf-8"))
    first = ("html-and-script", "tags-and-selectors", "bracket-markup", "documents", "spreadsheet")
    every = [
        text for kind in sorted(kinds, key=lambda one: one not in first) for text in kinds[kind]
    ]
    gated = dict.fromkeys(paragraph(text, 280) for text in every)
    return [text for text in gated if text][:300]


async def injected(phone: Phone) -> int:
    """Return how many elements stand on the page that no template of ours makes there."""
    foreign = "script, img, iframe, object, embed, style, link, video, audio, math, base, meta, a"
    return await phone.page.locator(f"main :is({foreign})").count()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("path", ["/", "/room"])
async def test_hostile_words_are_words(
    house: House, phone: OpenPhone, path: str, *, script: bool
) -> None:  # promise 32
    """Three hundred payloads at every place of both pages are read as they are, and do nothing."""
    hostile = payloads()
    assert len(hostile) == 300
    taken = await phone(script=script)
    first = hostile[0]
    house.door.set(
        title=first,
        step=first,
        prompts=tuple(hostile[:20]),
        content_note=first,
        second_door=first,
        rule_name=first,
        rule_text=first,
        reporting_contact=first,
        agreements=tuple(Agreement(one, one, one) for one in hostile[:20]),
        house_agreements=tuple(hostile),
    )
    house.door.open("words", "compass")
    await taken.open(path)
    if script:
        house.door.set(prompts=tuple(hostile[20:40]), title=hostile[1], step=hostile[1])
        await taken.beat()
    shown = await taken.page.locator("#house-agreements li").all_text_contents()
    assert shown == hostile
    assert first in (await taken.page.locator("main").text_content() or "")
    assert await injected(taken) == 0
    assert taken.troubles == []


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("path", ["/", "/room"])
async def test_every_place_shows_every_hostile_word(
    house: House, phone: OpenPhone, path: str, *, script: bool
) -> None:  # promise 32
    """All payloads go through every place for words from outside, and each stays what it is."""
    taken = await phone(script=script)
    every = payloads()
    await taken.open(path)
    for at in range(0, len(every), 50):
        mark = f"payloads-from-{at}"
        text = " ".join([mark, *" ".join(every[at : at + 50]).split()])
        house.door.set(
            title=text,
            step=text,
            prompts=(text,),
            content_note=text,
            second_door=text,
            agreements=(Agreement(text, text, text),),
            house_agreements=(text,),
            rule_name=text,
            rule_text=text,
            care_contact=text,
            reporting_contact=text,
        )
        await (taken.beat() if script else taken.open(path))
        # The answer is drawn a moment after it has come, and all of it at once.
        await expect(taken.page.locator("body")).to_contain_text(mark)
        shown = " ".join((await taken.page.locator("body").text_content() or "").split())
        assert shown.count(text) >= (8 if path == "/" else 6)
        assert await injected(taken) == 0
    assert taken.troubles == []


@pytest.mark.parametrize("script", [True, False])
async def test_hostile_answers_are_shown_as_they_were_kept(
    house: House, phone: OpenPhone, *, script: bool
) -> None:  # promise 32
    """What a writer is shown of her own is text, whatever it looks like."""
    taken = await phone(script=script)
    every = payloads()
    for some in (every[at : at + 50] for at in range(0, len(every), 50)):
        house.door.kept_text = "\n".join(some)
        house.door.open("words")
        await taken.open()
        await taken.page.locator("form.ask textarea").fill("words")
        await taken.press("Done")
        if script:
            await taken.beat()
        await taken.sees("Received.")
        assert await taken.page.locator(".kept:visible").text_content() == house.door.kept_text
        assert await injected(taken) == 0
    assert taken.troubles == []


async def test_a_hostile_draft_comes_back_as_it_was(house: House, phone: OpenPhone) -> None:
    """A form that is shown again holds the words in their field, whatever would end it."""
    taken = await phone(script=False)
    text = "</textarea><script>alert(1)</script>" + "x" * 1000
    house.door.open("words")
    await taken.open()
    await taken.page.locator("form.ask textarea").fill(text)
    await taken.press("Done")
    await taken.sees("1,000 fit")
    assert await taken.page.locator("form.ask textarea").input_value() == text
    assert taken.troubles == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280])
async def test_both_pages_are_for_everybody(
    house: House, phone: OpenPhone, width: int, *, dark: bool
) -> None:
    """No rule of accessibility is broken, no word is small, no page wider than its screen."""
    house.door.open("words", "compass", "choice", "scale", small_room=True)
    taken = await phone(width=width, height=640, dark=dark)
    await taken.open()
    await taken.page.locator("form.ask").first.wait_for()
    await check(taken)
    await taken.page.locator("summary").first.click()
    await taken.page.locator("form.ask textarea").fill("words")
    await taken.page.get_by_label("Give me four words").first.check()
    await taken.press_first("Done")
    await taken.beat()
    await taken.sees("acorn cello fern wren")
    house.door.open("then-now", "commitment")
    await taken.beat()
    await check(taken)
    house.door.set(moment="pausing")
    await taken.beat()
    await check(taken)
    house.door.set(moment="talking")
    await taken.open("/room")
    await check(taken)


@pytest.mark.parametrize("width", [1280])
async def test_the_spanish_pages_are_for_everybody_too(
    house: House, phone: OpenPhone, width: int
) -> None:
    """In Spanish no rule is broken either, and longer words are no wider than a small screen."""
    content = open_library(gate, language="es")
    plan = content.plan("lunch-and-learn")
    house.door.places = content.protocol.compass
    house.door.set(
        language="es",
        title=plan.title,
        step="Reflexión por escrito",
        prompts=(content.prompts["factor-i-reach-for"].text,),
        agreements=tuple(
            Agreement(one.name, one.asks, one.does_not_ask) for one in content.protocol.agreements
        ),
    )
    taken = await phone(width=width, height=640)
    for step in ("reflection", "closing-sheet"):
        found = plan.step(step)
        assert found is not None
        house.door.set(sheet=SheetView(step.ljust(32, "0"), found.asks, "open", small_room=True))
        await taken.open()
        await taken.page.locator("form.ask").first.wait_for()
        await check(taken)
    await taken.press_first("Listo")
    await taken.sees("Elige una respuesta, o pasa.")
    await taken.press_first("Pasar")
    await taken.beat()
    await taken.sees("Pasaste. Esto es todo lo que se guardó:")
    await check(taken)
    await taken.open("/room")
    await taken.sees("Súmate con tu teléfono")
    await check(taken)
    assert taken.troubles == []


async def check(phone: Phone) -> None:
    """Check a page as it stands now."""
    found = await Axe().run(phone.page)
    assert found.violations_count == 0, found.generate_report()
    assert await phone.page.evaluate(SMALLEST_SIGN) >= 18
    wide = await phone.page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= await phone.page.evaluate("() => innerWidth")


async def test_without_script_the_page_is_for_everybody_too(house: House, phone: OpenPhone) -> None:
    """The page as it comes, before any script, breaks no rule either."""
    house.door.open("words")
    taken = await phone(width=320)
    await taken.page.route("**/*.js", lambda route: route.abort())
    await taken.page.goto(house.url)
    await check(taken)


async def test_the_room_view_follows(house: House, phone: OpenPhone) -> None:
    """The wall shows step, prompt, agreements and the way in, and changes with the session."""
    taken = await phone(width=1600, height=900)
    await taken.open("/room")
    await taken.sees("Think of a time when race came up")
    await taken.sees("Stay engaged")
    await taken.sees(f"Scan, or type this address:\n\n{house.url}")
    house.door.set(
        step="Read back", prompts=("What did you hear?",), house_agreements=("One mic.",)
    )
    await taken.beat()
    await taken.sees("What did you hear?")
    await taken.sees("One mic.")
    house.door.set(cue="half-time")
    await taken.beat()
    await taken.sees("◐")
    await taken.sees("Half-time")
    await taken.sees("What did you hear?")
    house.door.set(cue=None)
    await taken.beat()
    await taken.sees_not("Half-time")
    house.door.set(named=Named("Isolate race", "For now we keep race in view."))
    await taken.beat()
    await taken.sees("For now we keep race in view.")
    await taken.sees_not("What did you hear?")
    house.door.set(named=None, recommit=True)
    await taken.beat()
    await taken.sees("Which agreement will I stretch on now?")
    house.door.set(recommit=False, step="Break", back_at="12:40", back_in=7)
    await taken.beat()
    await taken.sees("We go on at 12:40, in 7 minutes.")
    house.door.set(back_at="", back_in=None, moment="over", door_open=True)
    await taken.beat()
    await taken.sees("The door stays open.")
    await taken.sees("This session is over.")
    await taken.sees("the wellbeing team, extension 200")
    await taken.sees_not(house.url)
    assert taken.troubles == []


async def test_each_cue_is_a_bar_of_words_and_nothing_else_moves(
    house: House, phone: OpenPhone
) -> None:
    """Without script too: every cue has its sign and words, in one line, where agreements stood."""
    taken = await phone(script=False, width=1280, height=720)
    prompts = await place_of(taken, "/room", "#prompts")
    for cue, sign in CUE_SIGNS.items():
        house.door.set(cue=cue)
        assert await place_of(taken, "/room", "#prompts") == prompts
        words = strings_in("en")["cues"][cue]
        assert (await taken.page.locator("#cue").inner_text()).split() == [sign, *words.split()]
        tall = await taken.page.evaluate("() => document.documentElement.scrollHeight")
        assert tall <= 720, cue
    house.door.set(cue=None)
    await taken.open("/room")
    assert not await taken.page.locator("#cue").is_visible()


async def place_of(taken: Phone, path: str, part: str) -> object:
    """Return where a part of a page stands."""
    await taken.open(path)
    return await taken.page.locator(part).bounding_box()


@pytest.mark.parametrize("script", [True, False])
async def test_a_pause_on_the_wall_is_one_sentence(
    house: House, phone: OpenPhone, *, script: bool
) -> None:
    """Pause, blank and harm are one calm page: no title, no code, no agreement, no difference."""
    taken = await phone(script=script, width=1280, height=720)
    house.door.set(moment="pausing", step="", prompts=())
    await taken.open("/room")
    assert (await taken.text()).strip() == "We are pausing. Nothing is being recorded."
    if script:
        house.door.set(moment="talking", step="Reflection", prompts=("What held you back?",))
        await taken.beat()
        await taken.sees("What held you back?")


async def test_the_wall_fits_without_scrolling(house: House, phone: OpenPhone) -> None:
    """On the usual projectors everything is in sight, and the code is large enough to scan."""
    taken = await phone()
    await taken.open("/room")
    for width, height in ((1280, 720), (1600, 900), (1920, 1080)):
        await taken.page.set_viewport_size({"width": width, "height": height})
        tall = await taken.page.evaluate("() => document.documentElement.scrollHeight")
        assert tall <= height
        code = await taken.page.locator(".qr").bounding_box()
        assert code is not None
        assert code["width"] >= 0.2 * width


async def test_who_wants_little_motion_gets_none(house: House, phone: OpenPhone) -> None:
    """With reduced motion nothing on the page moves or fades."""
    taken = await phone()
    house.door.open("choice")
    await taken.open()
    moving = await taken.page.evaluate(
        "() => [...document.querySelectorAll('body *')].filter((one) =>"
        " getComputedStyle(one).transitionDuration !== '0s').length"
    )
    assert moving == 0
