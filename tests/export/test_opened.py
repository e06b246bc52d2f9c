"""Each file opens in its own program: LibreOffice for documents and workbooks, poppler for PDFs."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest

from sessions.export.registry import FORMATS
from sessions.export.report import EDITIONS
from tests.export.programmes import a_programme
from tests.export.summaries import (
    converted,
    converted_all,
    made,
    needs_soffice,
    opened,
    rich,
    silent,
    squeezed,
)
from tests.export.test_hostile_formats import HOSTILE
from tests.export.test_report import leaves
from tests.paper.packs import asked, needs_poppler, words_of

if TYPE_CHECKING:
    from pathlib import Path

    from sessions.export.report import Edition

BOARD_PAGES = 1


def facts_of(pdf: bytes, folder: Path) -> dict[str, str]:
    """Return what pdfinfo says of a PDF; a warning fails the test."""
    lines = asked("pdfinfo", "PDF", pdf=pdf, folder=folder).splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def missing(words: str) -> list[str]:
    """Return what the rich Summary says that is not among words that were read back."""
    there = squeezed(words)
    every = {text for _, text in leaves(rich().model_dump())}
    # Of a question with figures some programs draw the figures, and leave out the sentence.
    drawn = {one.in_words for one in rich().questions if one.groups}
    return [text for text in every - drawn if squeezed(text) not in there]


@needs_soffice
@needs_poppler
def test_a_document_opens_and_says_everything(tmp_path: Path) -> None:
    """A word processor reads every word of it back, and a board's is one page on either paper."""
    files = {f"{edition}.docx": made("docx", edition) for edition in EDITIONS}
    files["letter.docx"] = FORMATS["docx"].render(rich(), "board", "letter")
    files["programme.docx"] = FORMATS["docx"].render(a_programme(), "board")
    read = converted_all(files, "pdf", tmp_path)
    assert missing(words_of(read["full.docx"], tmp_path)) == []
    for name, pdf in read.items():
        assert "Introduction to the protocol" in words_of(pdf, tmp_path), name
    pages = ("board.docx", "letter.docx", "programme.docx")
    facts = {name: facts_of(read[name], tmp_path) for name in pages}
    assert {one["Pages"] for one in facts.values()} == {str(BOARD_PAGES)}
    assert "A4" in facts["board.docx"]["Page size"]
    assert "letter" in facts["letter.docx"]["Page size"]


@needs_soffice
def test_a_document_has_real_headings_lists_and_tables(tmp_path: Path) -> None:
    """A word processor finds one first heading, one a section, lists, and heads of tables."""
    page = converted(made("docx"), ".docx", "html", tmp_path).decode()
    assert len(re.findall(r"<h1\b", page)) == 1
    assert len(re.findall(r"<h2\b", page)) == 15
    assert len(re.findall(r"<li\b", page)) > 12
    assert len(re.findall(r"<table\b", page)) == 6
    assert len(re.findall(r"<thead\b", page)) == 1
    assert re.search(r'<body lang="en', page)


@needs_soffice
@needs_poppler
def test_a_workbook_opens_and_says_everything(tmp_path: Path) -> None:
    """A spreadsheet reads every word of it back, and draws a chart for each question."""
    words = words_of(converted(made("xlsx"), ".xlsx", "pdf", tmp_path), tmp_path)
    assert missing(words) == []
    page = converted(made("xlsx"), ".xlsx", "ods", tmp_path)
    charts = [name for name in _names(page) if re.fullmatch(r"Object \d+/content\.xml", name)]
    assert len(charts) == 4


@needs_soffice
def test_a_spreadsheet_takes_no_cell_of_a_workbook_for_a_formula(tmp_path: Path) -> None:
    """Opened and written again, every hostile string stands in its cell as it was."""
    # promise 33
    data = FORMATS["xlsx"].render(rich(parked=HOSTILE))
    flat = converted(data, ".xlsx", "fods", tmp_path).decode()
    assert "table:formula" not in flat
    as_text = "csv:Text - txt - csv (StarCalc):44,34,76"  # UTF-8
    table = converted(data, ".xlsx", as_text, tmp_path).decode("utf-8-sig")
    read = {row[0].removeprefix("• ") for row in csv.reader(io.StringIO(table)) if row}
    assert [text for text in HOSTILE if text not in read] == []


@needs_soffice
def test_a_spreadsheet_takes_no_cell_of_a_table_for_a_formula(tmp_path: Path) -> None:
    """The same holds for comma-separated values."""
    # promise 33
    data = FORMATS["csv"].render(rich(parked=HOSTILE))
    flat = converted(data, ".csv", "fods", tmp_path).decode()
    assert "table:formula" not in flat
    assert "HYPERLINK" in flat


@needs_soffice
@needs_poppler
def test_a_rehearsal_is_marked_on_every_page(tmp_path: Path) -> None:
    """Whatever page is torn out, it says that the people are made up."""
    files = {
        f"{name}.{name}": FORMATS[name].render(rich(rehearsal=True)) for name in ("docx", "xlsx")
    }
    for pdf in converted_all(files, "pdf", tmp_path).values():
        said = asked("pdftotext", "PDF", "-", pdf=pdf, folder=tmp_path)
        pages = said.split("\f")[:-1]
        assert len(pages) > 2
        assert [page for page in pages if "REHEARSAL" not in page] == []


@needs_poppler
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_pdf_is_tagged_and_says_everything(edition: Edition, tmp_path: Path) -> None:
    """It opens without a warning, says its title, language and standard, and reads back whole."""
    pdf = made("pdf", edition)
    facts = facts_of(pdf, tmp_path)
    assert facts["Tagged"] == "yes"
    assert facts["Suspects"] == "no"
    assert facts["Title"].startswith("Introduction to the protocol · ")
    assert b"/Lang(en)" in opened(pdf)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    if edition == "full":
        assert missing(words_of(pdf, tmp_path)) == []
    if edition == "board":
        assert facts["Pages"] == str(BOARD_PAGES)
        letter = facts_of(FORMATS["pdf"].render(rich(), "board", "letter"), tmp_path)
        assert letter["Pages"] == str(BOARD_PAGES)
        assert "letter" in letter["Page size"]


@needs_poppler
def test_a_screen_reader_hears_the_figures_of_a_pdf(tmp_path: Path) -> None:
    """Headings are headings, and each bar is heard as its label and its figure."""
    tree = asked("pdfinfo", "-struct-text", "PDF", pdf=made("pdf"), folder=tmp_path)
    assert len(re.findall(r"^\s*H1\b", tree, re.MULTILINE)) == 1
    assert len(re.findall(r"^\s*H2\b", tree, re.MULTILINE)) == 15
    heard = re.sub(r'[\s"]+', " ", tree)
    assert re.search(r"Not or A little.{0,80}6.{0,40}of 24", heard)


@needs_poppler
def test_a_pdf_of_a_rehearsal_is_marked_on_every_page(tmp_path: Path) -> None:
    """Each page has the mark on top, and the first says what it means."""
    pdf = FORMATS["pdf"].render(rich(rehearsal=True))
    pages = asked("pdftotext", "PDF", "-", pdf=pdf, folder=tmp_path).split("\f")[:-1]
    assert len(pages) > 2
    assert [page for page in pages if not page.startswith("REHEARSAL")] == []
    assert "The people in it are made up." in pages[0]


@needs_poppler
@pytest.mark.parametrize("summary", [silent(), silent(questions=(), agreements=())], ids="ab")
def test_a_pdf_of_nothing_is_a_page(summary: object, tmp_path: Path) -> None:
    """With nothing to tell there is one page that says so."""
    pdf = FORMATS["pdf"].render(summary, "board")  # type: ignore[arg-type]
    assert facts_of(pdf, tmp_path)["Pages"] == "1"
    assert "Nothing that people said or answered is told" in words_of(pdf, tmp_path)


def _names(data: bytes) -> list[str]:
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.namelist()
