"""The printed pages as HTML, in a browser: readable by everybody, and whole on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.async_playwright import Axe

from dialogue.prints.html import MARK, as_html, name_points
from dialogue.prints.model import CueSheet, HoldUp
from tests.paper.packs import (
    LANGUAGES,
    PLANS,
    asked,
    fullest_parts,
    library,
    missing_in_order,
    needs_poppler,
    parts_of,
    squeezed,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser

    from dialogue.prints.model import Paper

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

OVERFLOWING = """() => [...document.querySelectorAll('.card, .big')]
  .filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
  .map(one => one.innerText.slice(0, 60))"""

EDGE_POINTS = 20
"""No word stands nearer to the edge of the paper, where printers leave off."""


@pytest.mark.parametrize("language", LANGUAGES)
async def test_axe_finds_nothing(chromium: Browser, tmp_path: Path, language: str) -> None:
    """Every page, and what is sent ahead on a small phone too: no finding, and nothing fetched."""
    context = await chromium.new_context(viewport={"width": 1100, "height": 900})
    page = await context.new_page()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    for name, part in parts_of("lunch-and-learn", language=language).items():
        path = tmp_path / f"{name}.html"
        path.write_bytes(as_html(part))
        await page.goto(path.as_uri())
        for width in (1100, 390) if name == "participants" else (1100,):
            await page.set_viewport_size({"width": width, "height": 900})
            found = await Axe().run(page)
            assert found.violations_count == 0, (name, width, found.generate_report())
    assert len(asked_for) == 5
    await context.close()


@needs_poppler
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_pages_print_whole(
    chromium: Browser, tmp_path: Path, paper: Paper, language: str
) -> None:
    """Printed from the browser no word is cut off at an edge, and no card is broken or too full."""
    context = await chromium.new_context()
    page = await context.new_page()
    for name, part in parts_of("lunch-and-learn", language=language, paper=paper).items():
        await page.set_content(as_html(part).decode())
        await page.emulate_media(media="print")
        assert await page.evaluate(OVERFLOWING) == [], name
        pdf = await page.pdf(prefer_css_page_size=True)
        boxes = asked("pdftotext", "-bbox", "PDF", "-", pdf=pdf, folder=tmp_path)
        for wide, high, words in pages_of(boxes):
            assert words
            assert min(left for left, *_ in words) > EDGE_POINTS, name
            assert min(top for _, top, *_ in words) > EDGE_POINTS, name
            assert max(right for *_, right, _ in words) < wide - EDGE_POINTS, name
            assert max(bottom for *_, bottom in words) < high - EDGE_POINTS, name
        if name == "cards-to-hold-up":
            assert isinstance(part, HoldUp)
            assert boxes.count("<page ") == len(part.cards) + 1
        if name == "answer-cards":
            assert boxes.count("<page ") == 8
        if name == "data-sheet":
            assert boxes.count("<page ") == 1
    await context.close()


@pytest.mark.parametrize("paper", ["a4", "letter"])
async def test_the_fullest_cards_are_not_too_full(chromium: Browser, paper: Paper) -> None:
    """As many words and options as a plan and a protocol may hold go onto their cards."""
    context = await chromium.new_context()
    page = await context.new_page()
    parts = fullest_parts(paper)
    for name in ("answer-cards", "cards-to-hold-up"):
        await page.set_content(as_html(parts[name]).decode())
        await page.emulate_media(media="print")
        assert await page.evaluate(OVERFLOWING) == [], name
    await context.close()


@needs_poppler
@pytest.mark.parametrize("plan", PLANS)
async def test_every_plan_prints_from_a_browser(
    chromium: Browser, tmp_path: Path, plan: str
) -> None:
    """Every line to say and every question of every shipped plan is on paper, in order."""
    context = await chromium.new_context()
    page = await context.new_page()
    parts = parts_of(plan)
    cue = parts["cue-sheet"]
    assert isinstance(cue, CueSheet)
    texts = [
        text
        for step in cue.steps + cue.instead
        for text in (step.title, *(one.text for one in step.prompts), *step.say, *step.asks)
    ]
    await page.set_content(as_html(cue).decode())
    pdf = await page.pdf(prefer_css_page_size=True)
    words = squeezed(asked("pdftotext", "-raw", "PDF", "-", pdf=pdf, folder=tmp_path))
    assert missing_in_order(texts, words) == []
    if "answer-cards" in parts:
        await page.set_content(as_html(parts["answer-cards"]).decode())
        await page.emulate_media(media="print")
        assert await page.evaluate(OVERFLOWING) == []
    await context.close()


async def test_a_page_is_one_file_that_needs_nothing() -> None:
    """It begins with its mark, holds no script and no address, and is the same every time."""
    # promise 25
    for part in parts_of("lunch-and-learn").values():
        page = as_html(part)
        assert page.startswith(MARK)
        assert page == as_html(part)
        assert not re.search(rb"https?:|src=|href=|<script|url\(|@import", page)
        assert b"default-src 'none'" in page


async def test_names_are_as_large_as_they_go() -> None:
    """A short name is larger than a long one, and every one can be read from the fourth row."""
    protocol = library().protocol
    sizes = {
        one.name: name_points(one.name) for one in (*protocol.agreements, *protocol.conditions)
    }
    assert sizes["Stay engaged"] > sizes["Monitor agreements, conditions and establish parameters"]
    assert min(sizes.values()) >= 50
    assert name_points("Donaudampfschifffahrtsgesellschaftskapitän") < 50


def pages_of(boxes: str) -> list[tuple[float, float, list[tuple[float, float, float, float]]]]:
    """Return each page's width and height, and where its words stand."""
    pages = []
    for page in re.findall(r"<page .*?</page>", boxes, re.DOTALL):
        head = re.search(r'width="([\d.]+)" height="([\d.]+)"', page)
        assert head is not None
        words = re.findall(
            r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)"', page
        )
        places = [tuple(map(float, word)) for word in words]
        pages.append((float(head[1]), float(head[2]), places))
    return pages  # type: ignore[return-value]
