"""Hostile words in every place of every format: they are shown, and nothing obeys them."""

from __future__ import annotations

import csv
import io
import itertools
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sessions.export.pdf import BOX
from sessions.export.registry import FORMATS
from sessions.export.tidy import DANGEROUS
from sessions.summarise import cleaned
from sessions.summary import Summary
from sessions.text import one_line
from tests.export.summaries import CORPUS, hostile, made, parts_of, rich, squeezed, structure
from tests.paper.packs import needs_poppler, words_of

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    '#read("/etc/passwd")',
    '#panic("x") #sys.inputs #import "@preview/x:1.0.0": *',
    "= Not a heading *not bold* _not slanted_ $x^2$ `raw` <label> @label",
    '"] #h(1cm) ["',
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</style><style>*{display:none}</style></title></svg></figure>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }} {% include 'x' %} %s {0}",
    "<!-- --> ]]> &amp; &#60; &lt;b&gt; <?xml?> <w:instrText>",
    '=HYPERLINK("http://example.org","x")',
    "=1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1-1",
    "-2+3",
    '","=1+1',
    "'=1+1",
    "{=1+1}",
    "https://example.org/x mailto:x@example.org file:///etc/passwd",
    "INCLUDETEXT /etc/passwd { DDEAUTO c:\\x }",
)
OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")
CORPUS_TEXTS = [text for texts in CORPUS.values() for text in texts if one_line(text)]


FORMULA = tuple(set(DANGEROUS) - {"'"})


def gated(text: str) -> Summary:
    """Return a Summary that holds a text everywhere, as a record lets it through."""
    return cleaned(hostile(text))


class Page(HTMLParser):
    """Collects the tags and attributes a page is made of, and what can be read on it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shape: list[str] = []
        self.names: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag with the names of its attributes."""
        self.shape.append(tag)
        self.names.update(f"{tag} {name}" for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.words.append(data)


def read(page: bytes) -> Page:
    """Return a page as a browser's parser takes it apart."""
    found = Page()
    found.feed(page.decode())
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_in_html_words_are_words(text: str) -> None:
    """A page has the tags and attributes that it has with plain words, and shows the words."""
    # promise 34
    for edition in ("full", "board", "participants"):
        plain = read(FORMATS["html"].render(gated("plain"), edition))
        found = read(FORMATS["html"].render(gated(text), edition))
        # A page of one side holds fewer of the longer ones.
        assert set(found.shape) == set(plain.shape)
        assert found.names == plain.names
        assert squeezed(one_line(text)) in squeezed("".join(found.words))


@pytest.mark.parametrize("kind", CORPUS)
def test_in_html_the_whole_corpus_is_inert(kind: str) -> None:
    """Each of the thousand strings leaves the page's tags and attributes as they are."""
    plain = read(FORMATS["html"].render(gated("plain")))
    every = (*CORPUS[kind], *map("".join, itertools.pairwise(CORPUS[kind])))
    found = read(FORMATS["html"].render(cleaned(rich(parked=every, themes=every))))
    assert set(found.shape) == set(plain.shape)
    assert found.names == plain.names


@pytest.mark.parametrize("text", HOSTILE)
def test_in_a_workbook_words_are_text(text: str) -> None:
    """No cell is a formula, no link leads out, and the words are there as they were."""
    # promise 33
    parts = parts_of(FORMATS["xlsx"].render(gated(text), "full"))
    sheets = [data for name, data in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3
    assert not [data for data in sheets if b"<f>" in data or b"<f " in data]
    assert not [data for data in parts.values() if b"<hyperlink" in data or b"/hyperlink" in data]
    assert not [name for name in parts if "external" in name.lower() or "vba" in name.lower()]
    strings = etree.fromstring(parts["xl/sharedStrings.xml"])
    texts = ["".join(one.itertext()) for one in strings]
    assert one_line(text) in texts
    kinds = {cell.get("t", "n") for data in sheets for cell in cells(data)}
    assert kinds <= {"s", "n"}


def cells(sheet: bytes) -> list[etree._Element]:
    """Return the cells of a sheet."""
    return [one for one in etree.fromstring(sheet).iter() if one.tag.endswith("}c")]


@pytest.mark.parametrize("text", HOSTILE)
def test_in_a_document_words_are_words(text: str) -> None:
    """There is no field, link, object or part from elsewhere, and the words are there."""
    # promise 34
    parts = parts_of(FORMATS["docx"].render(gated(text), "full"))
    plain = parts_of(FORMATS["docx"].render(gated("plain"), "full"))
    assert parts.keys() == plain.keys()
    tree, usual = (etree.fromstring(one["word/document.xml"]) for one in (parts, plain))
    assert [one.tag for one in tree.iter()] == [one.tag for one in usual.iter()]
    active = ("instrText", "fldSimple", "hyperlink", "object", "altChunk", "drawing", "subDoc")
    assert not [one.tag for one in tree.iter() if one.tag.endswith(active)]
    assert b"TargetMode" not in b"".join(parts.values())
    assert one_line(text) in [
        "".join(one.itertext()) for one in tree.iter() if one.tag.endswith("}t")
    ]


ACTIVE = rb"/URI|/JavaScript|/JS\b|/AcroForm|/EmbeddedFile|/Launch"


@needs_poppler
@pytest.mark.parametrize("text", HOSTILE)
def test_in_a_pdf_words_are_words(text: str, tmp_path: Path) -> None:
    """What looks like typst is printed as it stands; nothing is read, run or linked."""
    # promise 34
    (tmp_path / "canary").write_text("canary-7f3a", "utf-8")
    for said in (text, f'#read("{tmp_path / "canary"}")'):
        pdf = FORMATS["pdf"].render(gated(said), "full")
        words = words_of(pdf, tmp_path)
        assert "canary-7f3a" not in words
        assert "root:x" not in words
        assert not re.search(ACTIVE, structure(pdf))
        assert squeezed(one_line(said)) in squeezed(words)


def test_every_string_of_the_corpus_gives_a_pdf() -> None:
    """No string keeps a report from leaving: signs without letters become boxes."""
    texts = sorted({one_line(text)[:40] for text in CORPUS_TEXTS})
    for start in range(0, len(texts), 60):
        pdf = FORMATS["pdf"].render(rich(parked=tuple(texts[start : start + 60])))
        assert pdf.startswith(b"%PDF-1.7")


@needs_poppler
def test_a_sign_without_a_letter_is_a_box_and_is_told_of(tmp_path: Path) -> None:
    """The rest of the words stay, and the page says what a box stands for."""
    pdf = FORMATS["pdf"].render(rich(parked=("Who is not here 👩🏽‍🚀 and why 漢字?",)))
    words = words_of(pdf, tmp_path)
    assert re.search(rf"Who is not here {BOX}+ and why {BOX}+\?", words)
    assert "is a sign that their letters do not have" in re.sub(r"\s+", " ", words)
    assert BOX not in words_of(made("pdf"), tmp_path)


def rows(data: bytes) -> list[list[str]]:
    """Return a file of comma-separated values as a program reads it."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize("kind", [*CORPUS, "ours"])
def test_in_a_csv_no_cell_of_the_corpus_begins_a_formula(kind: str) -> None:
    """Every row has ten cells, and each of them begins as text."""
    # promise 33
    given = HOSTILE if kind == "ours" else CORPUS[kind]
    texts = [text.encode("utf-8", "replace").decode() for text in given]
    found = rows(FORMATS["csv"].render(rich(parked=tuple(texts), agreements=tuple(texts))))
    assert {len(row) for row in found} == {10}
    assert not [cell for row in found for cell in row if cell.startswith(FORMULA)]


@given(text=st.text(max_size=60))
def test_a_csv_gives_back_what_it_was_given(text: str) -> None:
    """With the guard taken away, every word is there as it was."""
    summary = rich(parked=(text,))
    last = [row for row in rows(FORMATS["csv"].render(summary)) if row[4] == "Questions left open"]
    (cell,) = (row[9] for row in last)
    assert re.sub(r"([;,\t\r\n]\"*)'(?=[=+\-@＝＋－＠'])", r"\1", cell.removeprefix("'")) == text
    assert not cell.startswith(FORMULA)


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_a_csv_split_at_another_separator_has_no_formula(separator: str) -> None:
    """Where a system separates lists by a semicolon, a title that holds one is two cells."""
    # promise 33
    formulas = [f"Team{separator}{quote}{sign}1+1" for quote in ("", '"') for sign in "=+-@＝"]
    data = FORMATS["csv"].render(rich(title=formulas[0], parked=(*formulas, "Two\n=1+1")))
    split = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator)
    unquoted = re.split(r'[;,\t\r\n]"*', data.decode())
    assert not [cell for row in split for cell in row if cell.startswith(FORMULA)]
    assert not [cell for cell in unquoted if cell.startswith(FORMULA)]


def test_a_csv_says_in_how_many_answers_a_theme_is() -> None:
    """The band is the whole cell: no break and no apostrophe stands before it."""
    cells = {row[9] for row in rows(FORMATS["csv"].render(rich()))}
    assert [cell for cell in cells if re.match(r"in \d+ to \d+ answers", cell)]
    assert not [cell for cell in cells if cell.startswith("'\n")]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "pdf"])
def test_no_file_holds_a_sign_that_a_terminal_obeys(name: str) -> None:
    """Neither an escape nor a direction override of the corpus is in any text of a file."""
    # promise 34
    joined = " ".join(text for texts in CORPUS.values() for text in texts[:4])
    data = FORMATS[name].render(cleaned(rich(parked=(joined[:3000],), title=joined[:200])))
    parts = parts_of(data).values() if data.startswith(b"PK") else [data]
    for part in parts:
        assert OBEYED.findall(part.decode("utf-8-sig")) == []
