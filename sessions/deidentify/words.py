"""The words of a text, with their places, and how two spellings of a name are compared.

Pure. Any string is accepted; the work grows with its length.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from sessions.deidentify.pattern import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

APOSTROPHES: Final = frozenset("'’‘`´ʼʻʹ＇\ua78c")
"""Every sign that is typed as an apostrophe, the Hawaiian okina among them."""

HYPHENS: Final = frozenset("-‐‑–−")
"""Every sign that is typed as a hyphen within a name."""

_Kind = Literal["letter", "unspaced", "mark", "other"]

# Scripts that put no space between words: Thai, Lao, Tibetan, Burmese, Khmer, kana, Han, Hangul.
# Hangul has spaces, but sets its particles right after a name, which comes to the same.
_UNSPACED: Final = regex(
    "[\u0e00-\u0eff\u0f00-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30fa\u30fc-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_JOINERS: Final = "\u200c\u200d\u200e\u200f"

# Latin letters that stay whole when accents are taken off.
_PLAIN: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "þ": "th"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or a run of a script that writes its words without spaces."""

    start: int
    """The first code point."""

    end: int
    """The code point after the last."""

    written: str = field(repr=False)
    """As it stands in the text."""

    unspaced: bool = False
    """Whether its script writes words without spaces between them."""

    folded: str = field(default="", repr=False)
    """As names are compared: without case and accents. An unspaced run is left as written; what
    can name nobody has nothing here."""

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital; never true of a script without case."""
        return self.written[:1] != self.written[:1].lower()

    @property
    def shouted(self) -> bool:
        """Whether it is all capitals, so that its first one says nothing."""
        return len(self.written) > 1 and self.written.isupper()


def fold(written: str) -> str:
    """Return a spelling without case, accents and invisible signs: "José" and "jose" are one."""
    if written.isascii():
        return written.lower()
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", written).casefold())
    kept = (c for c in lowered if not unicodedata.combining(c) and c not in _JOINERS)
    return unicodedata.normalize("NFC", "".join(kept).translate(_PLAIN))


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text: letters with their marks. Digits and signs part words."""
    start, kind = 0, "other"
    for position, char in enumerate(text):
        now = _kind(char)
        if now == kind or (now == "mark" and kind != "other"):
            continue
        if kind != "other":
            yield _word(text, start, position, kind)
        start, kind = position, "other" if now == "mark" else now
    if kind != "other":
        yield _word(text, start, len(text), kind)


def goes_on(text: str, position: int) -> bool:
    """Say whether the character before `position` has a mark there and is not complete."""
    return position < len(text) and _kind(text[position]) == "mark"


def _word(text: str, start: int, end: int, kind: str) -> Word:
    written = text[start:end]
    unspaced = kind == "unspaced"
    return Word(start, end, written, unspaced, written if unspaced else fold(written))


@lru_cache(maxsize=4096)
def _kind(char: str) -> _Kind:
    category = unicodedata.category(char)
    if category[0] == "M" or char in _JOINERS:
        return "mark"
    if category[0] != "L" or char in APOSTROPHES:
        return "other"
    return "unspaced" if _UNSPACED.match(char) else "letter"
