"""Markdown: one golden page, and nothing that people wrote means anything in it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sessions.document import ClosedRecord
from sessions.export.markdown import escaped, render
from sessions.export.registry import FORMATS
from sessions.export.writing import report
from sessions.summarise import summarise
from sessions.text import paragraph

GOLDEN = Path(__file__).parents[1] / "data" / "exports" / "hard.md"

OURS = frozenset(
    {
        "What the room answered",
        "Then and now",
        "Where people stood on the compass",
        "Themes in what people wrote",
        "What people talked about",
        "In their own words",
        "What the group will do",
        "What the group asks of leadership",
        "Questions left open",
        "Agreements",
        "Conditions worked on",
        "Conditions for another day",
        "Steps",
        "How people are protected",
        "What this page cannot tell",
    }
)
ACTIVE = frozenset({"link_open", "image", "html_inline", "html_block", "code_inline", "fence"})
PLAIN_BLOCKS = frozenset({"code_block", "hr", "blockquote_open", "ordered_list_open"})

READERS = {
    "commonmark": MarkdownIt("commonmark", {"html": False}).enable("table"),
    "html-allowed": MarkdownIt("commonmark", {"html": True}).enable("table"),
    "github-like": MarkdownIt("gfm-like", {"html": False}),
}


def tokens(text: str, reader: str) -> list[Token]:
    """Return every token of a text, the inner ones too."""
    found = []
    for token in READERS[reader].parse(text):
        found.append(token)
        found += token.children or []
    return found


def shown(text: str, reader: str = "commonmark") -> str:
    """Return the words a reader of the rendered text sees."""
    return "".join(
        " " if token.type in ("softbreak", "hardbreak") else token.content
        for token in tokens(text, reader)
        if token.type != "inline"
    )


def test_the_hard_record_gives_the_golden_page(hard_record: ClosedRecord) -> None:
    """The page is byte for byte the one that was read and found good."""
    assert FORMATS["md"].render(summarise(hard_record)) == GOLDEN.read_bytes()


@pytest.mark.parametrize("reader", READERS)
def test_nothing_in_the_hard_page_is_active(hard_record: ClosedRecord, reader: str) -> None:
    """A parser finds no link, picture, HTML or code in it, and only our headings."""  # promise 34
    page = render(report(summarise(hard_record))).decode()
    found = tokens(page, reader)
    assert {token.type for token in found}.isdisjoint(ACTIVE | PLAIN_BLOCKS)
    headings = [
        (token.tag, follower.content)
        for token, follower in itertools.pairwise(found)
        if token.type == "heading_open"
    ]
    assert [tag for tag, _ in headings].count("h1") == 1
    assert {text for tag, text in headings if tag != "h1"} <= OURS


def test_the_words_of_the_hard_page_are_all_there(hard_record: ClosedRecord) -> None:
    """Each note is read as it was written, but for line breaks and what the gate takes out."""
    page = " ".join(shown(render(report(summarise(hard_record))).decode()).split())
    for note in hard_record.notes:
        # Paragraphs of a note become paragraphs; the tokens between them carry no words.
        for part in paragraph(note.text).split("\n\n"):
            assert " ".join(part.split()) in page


def test_the_hard_page_holds_no_sign_a_terminal_obeys(hard_record: ClosedRecord) -> None:
    """Neither an escape nor a direction override reaches the page."""  # promise 34
    page = render(report(summarise(hard_record))).decode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", page)


@pytest.mark.parametrize("reader", READERS)
@given(text=st.text(max_size=80))
def test_any_words_stay_words(reader: str, text: str) -> None:
    """Whatever stands in a list item, a table cell or a line by itself is shown as it is."""
    words = " ".join(paragraph(text).split())
    line = escaped(words)
    if not words:
        return
    for page in (line, f"- {line}", f"# {line}", f"| h |\n| --- |\n| {line} |", f"**{line}** x"):
        found = tokens(page, reader)
        assert {token.type for token in found}.isdisjoint(ACTIVE | PLAIN_BLOCKS), page
        assert words in shown(page, reader), page


@pytest.mark.parametrize("sign", list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"))
@pytest.mark.parametrize("shape", ["{0}", "{0}{0}{0}", "{0} x", "x {0}", "{0}x{0}", "1{0} x"])
def test_every_sign_is_only_a_sign(sign: str, shape: str) -> None:
    """Each sign of ASCII, alone, doubled or around a word, is shown and means nothing."""
    words = shape.format(sign)
    for page in (escaped(words), f"- {escaped(words)}", f"| h |\n| --- |\n| {escaped(words)} |"):
        assert shown(page).removeprefix("h") == words


def test_what_needs_no_escape_has_none() -> None:
    """Plain prose with a time, a figure and a sum reads in the file as it was written."""
    text = "At 12:30 we were 24; 3.5 (or so) said: “yes, and why not?”"
    assert escaped(text) == text
