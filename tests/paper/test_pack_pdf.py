"""The printed pages as PDF: whole, tagged, the same every time, and nothing of this machine."""

from __future__ import annotations

import getpass
import platform
import re
import zlib
from typing import TYPE_CHECKING

import pytest

from dialogue.prints.leaflets import House
from dialogue.prints.model import AnswerCards, CueSheet, HoldUp, Leaflet
from dialogue.prints.pdf import MARK, as_pdf
from sessions.errors import CommandRefusedError
from tests.paper.packs import (
    LANGUAGES,
    PLANS,
    asked,
    fullest_parts,
    library,
    missing_in_order,
    needs_poppler,
    overlapping,
    parts_of,
    pdfs_of,
    plan_of,
    words_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from dialogue.prints.model import Paper

SIZES = {"a4": "595.276 x 841.89 pts (A4)", "letter": "612 x 792 pts (letter)"}
PARTS = ("cue-sheet", "cards-to-hold-up", "answer-cards", "participants", "data-sheet")
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def opened(pdf: bytes) -> bytes:
    """Return a PDF with all its packed streams unpacked behind it."""
    unpacked = []
    for stream in STREAM.findall(pdf):
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            unpacked.append(stream)
    return pdf + b"\n".join(unpacked)


def headings(tree: str) -> list[tuple[str, str]]:
    """Return the headings that a screen reader finds, with their levels."""
    found: list[tuple[str, str]] = []
    reading = ""
    for line in map(str.strip, tree.splitlines()):
        if not line.startswith('"'):
            reading = line[:2] if re.match(r"H[1-6]\b", line) else ""
            found += [(reading, "")] if reading else []
        elif reading:
            found[-1] = (reading, found[-1][1] + line[1:-1])
    return found


def facts_of(pdf: bytes, folder: Path) -> dict[str, str]:
    """Return what pdfinfo says of a PDF."""
    lines = asked("pdfinfo", "PDF", pdf=pdf, folder=folder).splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


@needs_poppler
@pytest.mark.parametrize("plan", PLANS)
def test_every_shipped_plan_prints(plan: str, tmp_path: Path) -> None:
    """Every part opens without a warning, is tagged, and says which language it is in."""
    for name, pdf in pdfs_of(plan).items():
        facts = facts_of(pdf, tmp_path)
        assert facts["Tagged"] == "yes", name
        assert facts["Suspects"] == "no"
        assert facts["Title"]
        assert b"/Lang(en)" in opened(pdf)
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


@needs_poppler
@pytest.mark.parametrize("plan", PLANS)
def test_every_prompt_and_line_is_on_the_cue_sheet_in_order(plan: str, tmp_path: Path) -> None:
    """Step by step: title, prompts, every line to say, every question."""
    cue = parts_of(plan)["cue-sheet"]
    assert isinstance(cue, CueSheet)
    texts = [
        text
        for step in cue.steps + cue.instead
        for text in (
            step.title,
            *(prompt.text for prompt in step.prompts),
            *step.say,
            *step.asks,
            step.private,
        )
    ]
    assert missing_in_order(texts, words_of(pdfs_of(plan)["cue-sheet"], tmp_path)) == []
    used = {text for step in cue.steps + cue.instead for text in step.prompts}
    assert {prompt.text for prompt in plan_of(plan).prompts} == {one.text for one in used}


@needs_poppler
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_agreement_and_condition_is_on_its_card_in_order(
    language: str, paper: Paper, tmp_path: Path
) -> None:
    """One page a card: the name, what it asks, and what it does not ask, on A4 and on Letter."""
    hold = parts_of("lunch-and-learn", language=language, paper=paper)["cards-to-hold-up"]
    pdf = pdfs_of("lunch-and-learn", language, paper)["cards-to-hold-up"]
    assert isinstance(hold, HoldUp)
    text = asked("pdftotext", "-raw", "PDF", "-", pdf=pdf, folder=tmp_path)
    pages = [re.sub(r"\s+", " ", page) for page in text.split("\f")[:-1]]
    assert len(pages) == len(hold.cards) + 1
    for page, card in zip(pages, hold.cards, strict=False):
        texts = [card.over, card.name, *filter(None, (card.asks, card.does_not_ask))]
        assert missing_in_order(texts, page) == []
    assert missing_in_order([one.label for one in hold.compass], pages[-1]) == []


@needs_poppler
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_pages_are_made_for_their_paper(paper: Paper, tmp_path: Path) -> None:
    """Each page has the size of the paper, and cards to hold up lie across."""
    for name, pdf in pdfs_of("lunch-and-learn", "en", paper).items():
        size = facts_of(pdf, tmp_path)["Page size"]
        if name == "cards-to-hold-up":
            wide, _, high = SIZES[paper].split(" ")[:3]
            assert size.startswith(f"{high} x {wide} pts")
        else:
            assert size == SIZES[paper]


@needs_poppler
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_sheet_is_one_page(paper: Paper, language: str, tmp_path: Path) -> None:
    """What is kept hangs on the wall on one page, in each language and on each paper."""
    pdf = pdfs_of("lunch-and-learn", language, paper)["data-sheet"]
    assert facts_of(pdf, tmp_path)["Pages"] == "1"


@needs_poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_font_is_inside(language: str, tmp_path: Path) -> None:
    """A page looks alike on every computer: each font is embedded, with its letters named."""
    for pdf in pdfs_of("lunch-and-learn", language).values():
        rows = asked("pdffonts", "PDF", pdf=pdf, folder=tmp_path).splitlines()[2:]
        assert rows
        for row in rows:
            assert row.split()[-5:-2] == ["yes", "yes", "yes"], row
        assert all("Libertinus" in row for row in rows), rows


@needs_poppler
def test_the_fullest_cards_keep_within_their_lines(tmp_path: Path) -> None:
    """As many words and options as there may be stand on one card, above the line to cut along."""
    parts = fullest_parts()
    pdf = as_pdf(parts["answer-cards"])
    boxes = asked("pdftotext", "-bbox", "PDF", "-", pdf=pdf, folder=tmp_path)
    rows = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', boxes)
    assert rows
    assert not [row for row in rows if float(row[0]) < 396 < float(row[1])]
    assert overlapping(boxes) == []
    hold = as_pdf(parts["cards-to-hold-up"])
    part = parts["cards-to-hold-up"]
    assert isinstance(part, HoldUp)
    assert facts_of(hold, tmp_path)["Pages"] == str(len(part.cards) + 1)


@needs_poppler
def test_the_structure_is_told_to_a_screen_reader(tmp_path: Path) -> None:
    """The title is the one first heading; each step and each section is one below it."""
    tree = asked(
        "pdfinfo",
        "-struct-text",
        "PDF",
        pdf=pdfs_of("lunch-and-learn")["cue-sheet"],
        folder=tmp_path,
    )
    found = headings(tree)
    cue = parts_of("lunch-and-learn")["cue-sheet"]
    assert isinstance(cue, CueSheet)
    assert [level for level, _ in found].count("H1") == 1
    assert found[0] == ("H1", cue.frame.plan_title)
    seconds = [text.strip() for level, text in found if level == "H2"]
    assert seconds[:2] == ["Before people come", "With cards"]
    assert seconds[2:] == [*(one.title for one in cue.steps), "Instead", "If it happens"]


@needs_poppler
def test_a_screen_reader_hears_each_card_once(tmp_path: Path) -> None:
    """Four cards of a page look alike, and are read out as one."""
    pdf = pdfs_of("lunch-and-learn")["answer-cards"]
    tree = asked("pdfinfo", "-struct-text", "PDF", pdf=pdf, folder=tmp_path)
    words = words_of(pdf, tmp_path)
    assert words.count("Would you like to go deeper?") == 4
    part = parts_of("lunch-and-learn")["answer-cards"]
    assert isinstance(part, AnswerCards)
    assert [text for _, text in headings(tree)] == [card.text for card in part.cards]


@pytest.mark.parametrize("name", PARTS)
def test_a_page_is_the_same_bytes_every_time(name: str) -> None:
    """Made again, nothing differs: no time, no chance, no order of a set is in it."""
    # promise 25
    part = parts_of("lunch-and-learn")[name]
    assert as_pdf(part) == pdfs_of("lunch-and-learn")[name] == as_pdf(part)


@pytest.mark.parametrize("name", PARTS)
def test_a_page_holds_nothing_of_this_machine(name: str, fence: Path) -> None:
    """No host, user, path or time stands in it, packed or not."""
    # promise 25
    pdf = opened(pdfs_of("lunch-and-learn")[name])
    own = [str(fence), "/tmp/", "site-packages", "CreationDate", "ModDate"]
    # A shorter name stands in the letters of a font by chance.
    own += [name for name in (platform.node(), getpass.getuser()) if len(name) > 4]
    assert [word for word in own if word.encode() in pdf] == []
    assert not re.search(rb"xmp:(Create|Modify|Metadata)Date|D:20\d\d", pdf)
    assert MARK in pdf


def test_nothing_leads_out_of_a_page() -> None:
    """No link, no script, no form and no file is in any of them."""
    for pdf in pdfs_of("lunch-and-learn").values():
        assert not re.search(
            rb"/URI|/JavaScript|/JS\b|/AcroForm|/EmbeddedFile|/Launch", opened(pdf)
        )


@pytest.mark.parametrize("sign", ["漢字", "😀", "ไทย"])
def test_a_sign_without_a_letter_is_refused_and_html_offered(sign: str) -> None:
    """No page is printed with a box where a letter should be: it says which, and what to do."""
    rule = library().protocol.confidentiality[0]
    part = parts_of("check-in", house=House(rule, 90, "", f"office {sign}"))["data-sheet"]
    assert isinstance(part, Leaflet)
    with pytest.raises(CommandRefusedError, match=r"no signs for.*--to html") as refused:
        as_pdf(part)
    assert sign[0] in refused.value.sentence


def test_a_fault_in_a_template_is_no_fault_of_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with us is not told as a sign that is missing, and quotes nothing."""
    part = parts_of("check-in")["data-sheet"]
    monkeypatch.setattr("dialogue.prints.pdf.asdict", lambda _part: {"secret": "words"})
    with pytest.raises(RuntimeError) as found:
        as_pdf(part)
    assert "words" not in str(found.value)
