from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from rich.text import Text
from textual.content import Content

from sessions.text import (
    LINE_LIMIT,
    NAME_LIMIT,
    NOTE_LIMIT,
    NOTE_LINES,
    SLUG_LIMIT,
    TITLE_LIMIT,
    VISIBLE_LIMIT,
    clean,
    is_clean,
    one_line,
    paragraph,
    slug,
    visible,
)

CORPUS: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "data" / "hostile-strings.json").read_text("utf-8")
)
"""Hostile strings by family; JSON's escapes hold even lone surrogates."""

WINDOWS_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
HIDDEN_BUT_KEPT = "\u200c\u200d\u200e\u200f"

by_family = pytest.mark.parametrize("family", CORPUS)


def escapes(text: str) -> list[str]:
    """Name the characters of `text` that no terminal and no file may get."""
    return [
        f"U+{ord(char):04X}"
        for char in text
        if (kind := unicodedata.category(char)) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf"}
        and char != "\n"
        and not (kind == "Cf" and char in HIDDEN_BUT_KEPT)
    ]


def test_the_corpus_is_as_large_as_promised() -> None:
    """The corpus holds at least 500 different strings, and no family is empty."""  # promise 5
    strings = [text for family in CORPUS.values() for text in family]
    assert len(set(strings)) == len(strings) >= 500
    assert all(CORPUS.values())


@by_family
def test_every_hostile_string_leaves_the_gate_clean(family: str) -> None:
    """No control, override, hidden or half character gets through any door of the gate."""
    # promise 5, promise 35
    for text in CORPUS[family]:
        for result in (one_line(text), paragraph(text), visible(text)):
            assert escapes(result) == [], ascii(text)
            assert is_clean(result), ascii(text)
        assert "\n" not in one_line(text), ascii(text)
        assert paragraph(paragraph(text)) == paragraph(text), ascii(text)


@by_family
def test_every_hostile_string_keeps_its_limits(family: str) -> None:
    """Each limit of the product holds for every string, down to a single character."""
    for text in CORPUS[family]:
        for limit in (1, NAME_LIMIT, TITLE_LIMIT, LINE_LIMIT, NOTE_LIMIT):
            assert len(clean(text, limit=limit)) <= limit, ascii(text)
        assert paragraph(text).count("\n") < NOTE_LINES, ascii(text)
        assert len(visible(text)) <= VISIBLE_LIMIT + 2, ascii(text)


@by_family
def test_plain_printable_text_is_not_mangled(family: str) -> None:
    """What is only rude to a parser (markup, formulas, scripts) is kept to the letter."""
    for text in CORPUS[family]:
        if text.isascii() and text.isprintable() and text.strip() == text:
            assert clean(text, limit=len(text)) == text


@by_family
def test_every_hostile_title_gives_a_safe_folder_part(family: str) -> None:
    """No title escapes its folder, names a device of Windows, or leaves the name empty."""
    for text in CORPUS[family]:
        part = slug(text)
        assert 1 <= len(part) <= SLUG_LIMIT, ascii(text)
        assert set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789-"), ascii(text)
        assert not part.startswith("-"), ascii(text)
        assert not part.endswith("-"), ascii(text)
        assert part not in WINDOWS_DEVICES, ascii(text)


@by_family
def test_cleaned_text_is_shown_as_it_is(family: str) -> None:
    """As plain content, never markup, the screen's text is the cleaned text and has no style."""
    # promise 5
    for text in CORPUS[family]:
        result = paragraph(text)
        content = Content(result)
        assert content.plain == result, ascii(text)
        assert content.spans == [], ascii(text)
        assert "".join(part for part, _ in content.render(end="")) == result, ascii(text)
        assert Text(result).plain == result, ascii(text)


@by_family
def test_cleaned_text_can_be_wrapped(family: str) -> None:
    """Folding to a narrow column neither fails nor lets anything unclean appear."""
    for text in CORPUS[family]:
        for width in (2, 20, 78):
            for line in Content(one_line(text)).wrap(width):
                assert escapes(line.plain) == [], ascii(text)
