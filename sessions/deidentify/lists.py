"""The reviewed lists of words that decide what a name may be.

Touches: its own two data files, each read once. Otherwise pure.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from sessions.deidentify.words import fold

Section = Literal[
    "words",
    "small",
    "abbreviations",
    "titles",
    "short titles",
    "listed titles",
    "roles",
    "particles",
    "opening particles",
    "prefixes",
    "suffixes",
    "generations",
    "asides",
    "headings",
]
"""The lists by name, as their files head them."""

_FILES: Final = ("ambiguous.txt", "beside_names.txt")


def is_everyday(written: str) -> bool:
    """Say whether a name is also a word, a month, a colour, a place or a faith.

    It is asked as written, accents and capitals and all: "Đỗ" is no word and "Do" is one, "ED"
    may be a department and "Ed" is nobody but Ed.
    """
    lowered = _lowered(written)
    shouted = written.isupper() and lowered in listed("abbreviations")
    return shouted or lowered in listed("words") or lowered in listed("small")


def is_small(written: str) -> bool:
    """Say whether a name is also a word so frequent that alone it is never taken for a name."""
    return _lowered(written) in listed("small")


@cache
def listed(section: Section) -> frozenset[str]:
    """Return the words of one list, in lower case, both with and without their accents."""
    found: set[str] = set()
    for name in _FILES:
        here = False
        for line in (files("sessions.deidentify") / name).read_text("utf-8").splitlines():
            if line.startswith("["):
                here = line == f"[{section}]"
            elif here and not line.startswith("#"):
                found.update(line.split())
    return frozenset(found | {fold(word) for word in found})


def _lowered(written: str) -> str:
    return unicodedata.normalize("NFC", written.casefold())
