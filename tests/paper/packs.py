"""Print packs for tests to look at, and what poppler says of a PDF.

Touches: disk, below a folder of the test; poppler's programs.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from agreements.library import Library, open_library, shipped_languages
from agreements.plan import Ask, AskOption
from dialogue.prints.day import day_of
from dialogue.prints.leaflets import House
from dialogue.prints.model import BigCard, HoldUp, Paper, Part
from dialogue.prints.pack import print_pack
from dialogue.prints.pdf import as_pdf
from sessions.team import Team
from sessions.text import paragraph

if TYPE_CHECKING:
    from pathlib import Path

    from agreements.plan import Plan

CARE, REPORTING = "chaplaincy, room 2", "the equity office, extension 100"
LANGUAGES = ("en", "es")
"""What the printed pages speak."""
PLANS = ("lunch-and-learn", "check-in", "ninety-minutes", "two-hours", "three-hours", "full-day")

SLACK_POINTS = 1.0
"""So close may two words stand, or overhang."""

HAS_POPPLER = all(map(shutil.which, ("pdfinfo", "pdftotext", "pdffonts", "pdftoppm")))
needs_poppler = pytest.mark.skipif(
    not HAS_POPPLER, reason="poppler-utils is not installed: the PDFs were not opened"
)


@cache
def library(language: str = "en") -> Library:
    """Return the shipped content in a language, or in English where it is not written yet."""
    there = language if language in shipped_languages() else "en"
    return open_library(paragraph, language=there)


def plan_of(plan: str, language: str = "en") -> Plan:
    """Return a shipped plan; in English where it is not written in a language yet."""
    found = library(language)
    return found.plan(plan) if plan in found.plans else library().plan(plan)


def parts_of(
    plan: Plan | str,
    *,
    language: str = "en",
    paper: Paper = "a4",
    heads: int = 24,
    start: str | None = "12:00",
    end: str | None = None,
    house: House | None = None,
    team: Team = "one",
) -> dict[str, Part]:
    """Return the parts of a pack by their names."""
    chosen = plan_of(plan, language) if isinstance(plan, str) else plan
    content = library(language)
    parts = print_pack(
        day_of(chosen, heads, start, end),
        content.protocol,
        content.moves,
        house or House(content.protocol.confidentiality[0], 90, CARE, REPORTING),
        language=language,
        paper=paper,
        with_data_sheet=True,
        team=team,
    )
    return {part.name: part for part in parts}


def fullest_parts(paper: Paper = "letter") -> dict[str, Part]:
    """Return a pack whose cards hold as much as a plan and a protocol may."""
    line, label = (
        ("When the long talk is over we go on. " * 8)[:279] + ".",
        ("Many words " * 8)[:80],
    )
    plan = plan_of("lunch-and-learn")
    option = AskOption(id="x", label=label)
    options = tuple(option.model_copy(update={"id": f"x{number}"}) for number in range(9))
    fullest = (
        Ask(id="choice", kind="choice", text=line, options=options),
        Ask(id="scale", kind="scale", text=line, points=7, low=label, high=label),
        Ask(id="then", kind="then-now", text=line, points=7, low=label, high=label),
        Ask(id="words", kind="words", text=line),
    )
    step = plan.steps[0].model_copy(update={"asks": fullest})
    parts = parts_of(plan.model_copy(update={"steps": (step, *plan.steps[1:])}), paper=paper)
    hold = parts["cards-to-hold-up"]
    assert isinstance(hold, HoldUp)
    card = BigCard("agreement", hold.cards[0].over, label, line, line)
    return parts | {"cards-to-hold-up": replace(hold, cards=(card, *hold.cards))}


@cache
def pdfs_of(plan: str, language: str = "en", paper: Paper = "a4") -> dict[str, bytes]:
    """Return a pack as PDFs, each made once for the run."""
    parts = parts_of(plan, language=language, paper=paper)
    return {name: as_pdf(part) for name, part in parts.items()}


def asked(program: str, *arguments: str, pdf: bytes, folder: Path) -> str:
    """Return what one of poppler's programs says of a PDF; a warning fails the test."""
    path = folder / "printed.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(
        [program, *(str(path) if one == "PDF" else one for one in arguments)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",  # a title in the tree of tags comes in another encoding
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def overlapping(boxes: str) -> list[str]:
    """Return words, of what `pdftotext -bbox` says, that stand on top of others."""
    found = []
    for page in boxes.split("<page ")[1:]:
        rows = re.findall(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<', page)
        words = sorted((*map(float, row[:4]), row[4]) for row in rows)
        for at, (_, top, right, bottom, word) in enumerate(words):
            for other_left, other_top, _, other_bottom, _ in words[at + 1 :]:
                if other_left > right - SLACK_POINTS:
                    break
                if min(bottom, other_bottom) - max(top, other_top) > (bottom - top) / 2:
                    found.append(word)
    return found


def words_of(pdf: bytes, folder: Path) -> str:
    """Return all words of a PDF in the order they are read, with single spaces."""
    return squeezed(asked("pdftotext", "-raw", "PDF", "-", pdf=pdf, folder=folder))


def squeezed(text: str) -> str:
    """Return a text with single spaces."""
    return re.sub(r"\s+", " ", text)


def missing_in_order(texts: list[str], words: str) -> list[str]:
    """Return which texts do not stand in the words, each after the one before."""
    at, missing = 0, []
    for text in map(squeezed, texts):
        found = words.find(text, at)
        if found < 0:
            missing.append(text)
        else:
            at = found + len(text)
    return missing
