"""The tokens of a text as the name model reads them: words, numbers and signs, with their places.

Pure. The work grows with the length of the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sessions.deidentify.pattern import regex
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTERS: Final = "(?:[^\\W\\d_]|[\u0300-\u036f])+"
_TOKEN: Final = regex(rf"{_LETTERS}(?:['’ʻʼ‘`-]{_LETTERS}){{0,6}}|\d+|\n|[^\w\s]|_+")
_POSSESSIVE: Final = regex(r"['’][sS]$")
_PARTICLE: Final = regex(
    r"(?:al|el|ad|an|ar|as|ash|at|az|bin|ibn|abu|d|de|del|di|da|o|mc|mac)['’-]?[A-ZÀ-Þ]"
)
_ENDS: Final = frozenset('.!?:;\n•*-–—"“”>()[]/')
_LONGEST: Final = 40


@dataclass(slots=True)
class Token:
    """One word, number or sign."""

    start: int
    end: int
    written: str = field(repr=False)
    folded: str = field(repr=False)
    case: str = ""
    """How it is written: `a` small, `S` a capital that begins a sentence, `C` a capital within
    one, `U` all capitals, `M` mixed, `l` small and `u` shouted where the whole text is so, `0` a
    number, `.` a sign."""

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.case not in {"0", "."}


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text; a possessive ending is a token of its own."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        written, start, end = match[0], match.start(), match.end()
        tail = _POSSESSIVE.search(written)
        if tail and tail.start():
            cut = start + tail.start()
            found.append(_token(written[: tail.start()], start, cut))
            found.append(_token("'s", cut, end))
        else:
            found.append(_token(written, start, end))
    _set_cases(found)
    return found


def _token(written: str, start: int, end: int) -> Token:
    return Token(start, end, written, fold(written[:_LONGEST]).replace("’", "'"))


def _set_cases(found: Sequence[Token]) -> None:
    """Say of each token how it is written, given how the rest of the text is."""
    quiet, loud = _voice(found)
    begins = True
    for token in found:
        written = token.written
        first = written[0]
        if written == "'s":
            token.case = "."
            continue
        if not first.isalpha():
            token.case = "0" if first.isdigit() else "."
            begins = begins or first in _ENDS
            continue
        if loud and written.isupper():
            token.case = "u"
        elif first == first.lower():
            inner = "C" if _PARTICLE.match(written) else "M"
            token.case = "l" if quiet else ("a" if written == written.lower() else inner)
        elif len(written) > 1 and written.isupper():
            token.case = "U"
        else:
            token.case = "S" if begins else "C"
        begins = False


def _voice(found: Sequence[Token]) -> tuple[bool, bool]:
    """Say whether a text has no capitals, and whether it is all capitals."""
    words = [token.written for token in found if token.written[0].isalpha()]
    capitals = sum(word[0] != word[0].lower() and word not in {"I", "I'm"} for word in words)
    shouted = sum(len(word) > 1 and word.isupper() for word in words)
    longer = sum(len(word) > 1 for word in words)
    return not capitals, longer > 2 and shouted * 10 >= longer * 7  # noqa: PLR2004
