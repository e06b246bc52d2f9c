"""The reviewed lists of words that decide what a name may be.

Touches: its own data files, each read once. Otherwise pure.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from sessions.deidentify.pattern import regex
from sessions.deidentify.words import APOSTROPHES, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    "regions",
    "streets",
    "called",
    "no initials",
    "states",
    "small words en",
    "small words es",
    "identity",
    "faith",
    "protocol",
    "calendar",
    "bodies",
    "shorthand",
    "kin",
]
"""The lists by name, as their files head them."""

PhraseList = Literal["places.txt", "figures.txt", "things.txt"]
"""The lists of phrases: one a line, of one word or more."""

_FILES: Final = ("ambiguous.txt", "beside_names.txt", "keep.txt")

# A phrase is matched by the words of a text; a hyphenated name is one word in both.
_PARTS: Final = regex(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+")
_NO_APOSTROPHES: Final = dict.fromkeys(map(ord, APOSTROPHES))

KEPT: Final[tuple[Section, ...]] = (
    "identity",
    "faith",
    "protocol",
    "calendar",
    "bodies",
    "shorthand",
    "kin",
)
"""The lists of words that the name model hides only as far as they are names too."""


def data_bytes(file: str) -> bytes:
    """Return one of this package's data files, unread."""
    return (files("sessions.deidentify") / file).read_bytes()


def data_lines(file: str) -> list[str]:
    """Return the lines of one of this package's lists, without its remarks."""
    lines = data_bytes(file).decode("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


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


def carries(word: str) -> bool:
    """Say whether a folded word is one of race or faith."""
    return word in listed("identity") or word in listed("faith")


@cache
def listed(section: Section) -> frozenset[str]:
    """Return the words of one list, in lower case, both with and without their accents."""
    found = _sections().get(f"[{section}]", set())
    return frozenset(found | {fold(word) for word in found})


@cache
def _sections() -> dict[str, set[str]]:
    """Return the words under each heading of the files, read once for all of them."""
    found: dict[str, set[str]] = {}
    for name in _FILES:
        here: set[str] = set()
        for line in data_lines(name):
            if line.startswith("["):
                here = found.setdefault(line, set())
            else:
                here.update(line.split())
    return found


@cache
def kept_words() -> frozenset[str]:
    """Return every word of these lists, folded."""
    return frozenset(fold(word) for section in KEPT for word in listed(section))


def phrases(file: PhraseList, first: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases of a list that begin with a folded word, by their second: "" has none.

    The longest come first. All are folded and without apostrophes. A hyphenated word is one word,
    and stands there a second time as several.
    """
    return _parted(file, first) if first in _by_first_word(file) else _NO_PHRASES


def is_phrase(file: PhraseList, parts: tuple[str, ...]) -> bool:
    """Say whether these folded words are a phrase of a list."""
    second = parts[1] if len(parts) > 1 else ""
    return bool(parts) and parts in phrases(file, parts[0]).get(second, ())


_NO_PHRASES: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType({})


@cache
def _by_first_word(file: PhraseList) -> dict[str, list[str]]:
    """Return the lines of a list by their first word; a session reads but few of them further."""
    lines = data_lines(file)
    # Folding is slow and most lines are plain; those that are not are folded in one go.
    accented = fold("\n".join(line for line in lines if not line.isascii()))
    plain = "\n".join(line for line in lines if line.isascii()).lower()
    found: dict[str, list[str]] = {}
    for line in [*_spelled(plain), *_spelled(accented)]:
        first = line.partition(" ")[0]
        if not first.isalpha() and (word := _PARTS.match(line)):
            first = word[0]
        found.setdefault(first, []).append(line)
        if "-" in first:
            found.setdefault(first.partition("-")[0], []).append(line)
    return found


def _spelled(lines: str) -> list[str]:
    return without_apostrophes(lines).splitlines()


@cache
def _parted(file: PhraseList, first: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    lines = _by_first_word(file)[first]
    parted = {tuple(_PARTS.findall(line)) for line in lines}
    parted |= {tuple(_PARTS.findall(line.replace("-", " "))) for line in lines if "-" in line}
    found: dict[str, list[tuple[str, ...]]] = {}
    for parts in sorted(parted, key=lambda parts: (-len(parts), parts)):
        if parts[0] == first:
            found.setdefault(parts[1] if len(parts) > 1 else "", []).append(parts)
    return {second: tuple(those) for second, those in found.items()}


def without_apostrophes(written: str) -> str:
    """Return a spelling without apostrophes: "L'Ouverture" may be typed as "LOuverture"."""
    return written.translate(_NO_APOSTROPHES)


def _lowered(written: str) -> str:
    return unicodedata.normalize("NFC", written.casefold())
