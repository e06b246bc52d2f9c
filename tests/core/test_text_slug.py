from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.text import SLUG_LIMIT, VISIBLE_LIMIT, is_clean, slug, visible

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Lunch & Learn", "lunch-learn"),
        ("Café Ñandú", "cafe-nandu"),
        ("Łódź, đối thoại, Øre", "lodz-doi-thoai-ore"),
        ("Straße", "strasse"),
        ("  --a__b..c--  ", "a-b-c"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x", "c-windows-x"),
        ("Ｔｅａｍ １", "team-1"),
        ("㎒ ℡", "mhz-tel"),
        ("平等", "session"),
        ("", "session"),
        ("...", "session"),
        ("CON", "con-session"),
        ("com¹", "com1-session"),
        ("LPT9", "lpt9-session"),
        ("lpt9.txt", "lpt9-txt"),
        ("a" * 39 + " b", "a" * 39),
        ("x" * 200, "x" * SLUG_LIMIT),
    ],
)
def test_slug_of_titles(title: str, expected: str) -> None:
    """A title gives a short folder part that every system takes."""
    assert slug(title) == expected


@pytest.mark.parametrize(
    ("fallback", "expected"),
    [("talk", "talk"), ("NUL", "nul-session"), ("../x", "x"), ("", "session"), ("平", "session")],
)
def test_slug_falls_back(fallback: str, expected: str) -> None:
    """What stands in for an empty title is held to the same rule."""
    assert slug("…", fallback) == expected


@given(ANY_TEXT, ANY_TEXT)
def test_slug_is_always_safe(title: str, fallback: str) -> None:
    """Whatever the title and the fallback, the folder part is plain and not a device."""
    part = slug(title, fallback)
    assert 1 <= len(part) <= SLUG_LIMIT
    assert set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert part == part.strip("-")
    assert all(pair != ("-", "-") for pair in pairwise(part))
    assert part not in {"con", "prn", "aux", "nul", "com1", "lpt1"}
    assert slug(part) == part


def test_slug_is_plain_for_every_character() -> None:
    """No character finds its way into a folder's name but letters a to z and digits."""
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789-")
    for code in range(0, sys.maxunicode + 1, 7):
        assert set(slug(chr(code))) <= allowed, hex(code)
    for code in range(0x3000):
        assert set(slug(chr(code))) <= allowed, hex(code)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plan.toml", "“plan.toml”"),
        ("\x1b[31mred\x1b[0m\n[/]", "“[31mred[0m [/]”"),
        ("", "“”"),
        ("x" * VISIBLE_LIMIT, f"“{'x' * VISIBLE_LIMIT}”"),
        ("x" * (VISIBLE_LIMIT + 1), f"“{'x' * (VISIBLE_LIMIT - 1)}…”"),
    ],
)
def test_visible_quotes_outside_text(text: str, expected: str) -> None:
    """A message can quote anything, on one line and within sixty characters."""
    assert visible(text) == expected


@given(ANY_TEXT)
def test_visible_is_always_fit_for_a_message(text: str) -> None:
    """Quoting any string gives one clean line between quotation marks."""
    quoted = visible(text)
    assert quoted[0] + quoted[-1] == "“”"
    assert is_clean(quoted)
    assert "\n" not in quoted
    assert len(quoted) <= VISIBLE_LIMIT + 2
