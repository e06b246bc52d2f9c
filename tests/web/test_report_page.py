"""A report as HTML, in a browser: readable by everybody, on every screen, and whole on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.async_playwright import Axe

from sessions.export.registry import FORMATS
from sessions.export.report import EDITIONS
from sessions.summarise import cleaned
from tests.export.programmes import a_programme
from tests.export.summaries import hostile, made, rich, silent
from tests.paper.packs import asked, needs_poppler

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playwright.async_api import Browser, Page

    from sessions.export.report import Edition
    from sessions.summary import Summary

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WIDTHS = (1100, 320)
LEAST_PIXELS = 18
LEAST_CONTRAST = 4.5

COLOURS = {"runOnly": ["color-contrast"]}
"""The rules that the dark and the paper can break."""

SMALLEST = """() => {
  const sizes = [];
  for (const one of document.querySelectorAll('main *')) {
    const own = [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    const size = parseFloat(getComputedStyle(one).fontSize);
    if (own && one.namespaceURI.endsWith('xhtml')) sizes.push(size);
  }
  return Math.min(...sizes);
}"""

BARS = """() => [...document.querySelectorAll('.bars svg')].map(svg => {
  const [all, part] = svg.querySelectorAll('rect');
  return [getComputedStyle(all).fill, getComputedStyle(part).fill,
    part.getBoundingClientRect().width / all.getBoundingClientRect().width];
})"""

WIDER_THAN_THE_SCREEN = "() => document.documentElement.scrollWidth - innerWidth"


HEADS_ELSEWHERE = """() => [...document.querySelectorAll('table')].flatMap(table => {
  const left = one => Math.round(one.getBoundingClientRect().left);
  const [head, first] = [table.tHead.rows[0], table.tBodies[0].rows[0]];
  return [...head.cells].filter((one, at) => left(one) !== left(first.cells[at]));
}).map(one => one.textContent)"""

PROGRAMME = "programme"
"""Stands for the full edition of a programme."""


def luminance(colour: str) -> float:
    """Return how light a colour is, as WCAG reckons it."""
    parts = [int(one) / 255 for one in re.findall(r"\d+", colour)[:3]]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


async def opened_in(chromium: Browser, data: bytes, scheme: str, folder: Path) -> Page:
    """Return a page with a report, in light or dark."""
    path = folder / "report.html"
    path.write_bytes(data)
    context = await chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = await context.new_page()
    await page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("edition", [*EDITIONS, PROGRAMME])
async def test_axe_finds_nothing(chromium: Browser, tmp_path: Path, edition: Edition) -> None:
    """Wide, on a phone, in the dark and for print: no finding, nothing fetched or cut off."""
    whole = edition == PROGRAMME
    data = FORMATS["html"].render(a_programme()) if whole else made("html", edition)
    page = await opened_in(chromium, data, "light", tmp_path)
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        await no_finding(page)
        assert await page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
        assert await page.evaluate(SMALLEST) >= LEAST_PIXELS
        assert await page.evaluate(HEADS_ELSEWHERE) == []
    await page.emulate_media(color_scheme="dark")
    await no_finding(page, COLOURS)
    await page.emulate_media(media="print")
    await no_finding(page, COLOURS)
    assert asked_for == []
    await page.context.close()


async def no_finding(page: Page, options: Mapping[str, Any] | None = None) -> None:
    """Let axe look at a page as it stands."""
    found = await Axe().run(page, options=options)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_bars_are_as_long_as_they_say(chromium: Browser, tmp_path: Path, scheme: str) -> None:
    """Each is its share of the whole, and stands out from it without any colour."""
    page = await opened_in(chromium, made("html"), scheme, tmp_path)
    bars = await page.evaluate(BARS)
    shares = [
        group.count / question.answered
        for question in rich().questions
        for group in question.groups
        if question.answered
    ]
    assert len(bars) == len(shares)
    for (whole, part, long), share in zip(bars, shares, strict=True):
        assert abs(long - share) < 0.006
        assert contrast(whole, part) >= LEAST_CONTRAST
    await page.context.close()


async def test_a_bar_is_heard_as_its_figure(chromium: Browser, tmp_path: Path) -> None:
    """The drawing has a name that says how many of how many, in the list of its question."""
    page = await opened_in(chromium, made("html"), "light", tmp_path)
    drawing = page.get_by_role("figure", name="Was this hour useful?").get_by_role("img").first
    assert await drawing.evaluate("one => one.querySelector('title').textContent") == (
        "6 of 24, 25 percent"
    )
    await page.context.close()


@needs_poppler
@pytest.mark.parametrize("paper", ["A4", "Letter"])
async def test_a_board_reads_one_page(chromium: Browser, tmp_path: Path, paper: str) -> None:
    """Printed on either paper its edition is one page, and no word is at the edge."""
    page = await opened_in(chromium, made("html", "board"), "dark", tmp_path)
    pdf = await page.pdf(format=paper, print_background=True)
    boxes = asked("pdftotext", "-bbox", "PDF", "-", pdf=pdf, folder=tmp_path)
    assert boxes.count("<page ") == 1
    assert min(float(left) for left in re.findall(r'xMin="([\d.]+)"', boxes)) > 40
    await page.context.close()


@needs_poppler
async def test_a_rehearsal_is_marked_on_every_printed_page(
    chromium: Browser, tmp_path: Path
) -> None:
    """Whatever page is torn out, it says so."""
    data = FORMATS["html"].render(rich(rehearsal=True))
    page = await opened_in(chromium, data, "light", tmp_path)
    pdf = await page.pdf(format="A4")
    pages = asked("pdftotext", "PDF", "-", pdf=pdf, folder=tmp_path).split("\f")[:-1]
    assert len(pages) > 1
    assert [one for one in pages if "REHEARSAL" not in one] == []
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    await page.context.close()


@pytest.mark.parametrize("language", ["es", "ar"])
async def test_a_page_in_another_language_says_so(
    chromium: Browser, tmp_path: Path, language: str
) -> None:
    """The session's words are marked with their language and direction, ours are not."""
    data = FORMATS["html"].render(rich(language=language))
    page = await opened_in(chromium, data, "light", tmp_path)
    assert await page.locator("h1").get_attribute("lang") == language
    assert await page.locator("h1").get_attribute("dir") == ("rtl" if language == "ar" else None)
    assert await page.locator("h2[lang]").count() == 0
    assert (await Axe().run(page)).violations_count == 0
    await page.context.close()


@pytest.mark.parametrize(
    "summary",
    [
        silent(),
        cleaned(hostile("<script>document.title = 'run'</script><img src=x onerror=alert(1)>")),
        cleaned(hostile("wordwithoutend" * 30)),
    ],
    ids=["silent", "script", "long"],
)
async def test_hard_pages_stay_calm(chromium: Browser, tmp_path: Path, summary: Summary) -> None:
    """Nothing runs, nothing is wider than a phone, and axe finds nothing."""
    page = await opened_in(chromium, FORMATS["html"].render(summary), "light", tmp_path)
    troubles: list[str] = []
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    await page.set_viewport_size({"width": 320, "height": 900})
    assert await page.title() != "run"
    assert await page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert troubles == []
    await page.context.close()
