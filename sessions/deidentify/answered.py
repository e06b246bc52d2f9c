"""Where in a text the words stand that a person decided to hide, however they are set apart.

Pure. The work grows with the length of the text.

Words that were hidden together are found with spaces, hyphens or apostrophes between them, any of
them ("Mo-Mo", "d’Lo"); a code with digits ("C3") as that code alone, never within a longer one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sessions.deidentify.memory import as_answered
from sessions.deidentify.model import Span
from sessions.deidentify.pattern import regex
from sessions.deidentify.words import APOSTROPHES, HYPHENS, fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RUN: Final = regex("(?:[^\\W_]|[\u0300-\u036f])+")
_JOINS: Final = APOSTROPHES | HYPHENS | {""}

_Piece = tuple[int, int, str]
"""Where a run of letters, or of letters and digits, begins and ends, and how it is compared."""


def answered(text: str, hidden: Iterable[str]) -> list[Span]:
    """Return where hidden words stand, in order and without overlaps.

    Args:
        text: A text the gate has let through.
        hidden: The words, as `memory.as_answered` returns them.
    """
    codes = {key for key in hidden if any(map(str.isdigit, key))}
    names = frozenset(hidden) - codes
    found: list[Span] = []
    if names:
        pieces = [(word.start, word.end, word.folded) for word in words(text)]
        found += _places(text, pieces, {key: tuple(key.split()) for key in names})
    if codes:
        found += _places(text, _runs(text), {key: parts(key) for key in codes})
    made: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not made or span.start >= made[-1].end:
            made.append(span)
    return made


def _runs(text: str) -> list[_Piece]:
    return [(*one.span(), fold(one[0])) for one in _RUN.finditer(text)]


def parts(written: str) -> tuple[str, ...]:
    """Return the runs of letters and digits in an answer; where it holds, all of them are."""
    return tuple(folded for _start, _end, folded in _runs(written))


def _places(text: str, pieces: Sequence[_Piece], keys: dict[str, tuple[str, ...]]) -> list[Span]:
    """Return the places of keys among the pieces of a text: at each, the longest key."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for wanted in sorted(set(filter(None, keys.values())), key=len, reverse=True):
        by_first.setdefault(wanted[0], []).append(wanted)
    folded = [piece[2] for piece in pieces]
    together = _together(text, pieces)
    made: list[Span] = []
    past = 0
    for first, (start, _end, one) in enumerate(pieces):
        for wanted in by_first.get(one, ()) if first >= past else ():
            last = first + len(wanted)
            if last > together[first] or tuple(folded[first:last]) != wanted:
                continue
            end = pieces[last - 1][1]
            key = as_answered(text[start:end])
            if key in keys and _stands_alone(text, start, end):
                made.append(Span(start, end, "name", "auto", key))
                past = last
                break
    return made


def _together(text: str, pieces: Sequence[_Piece]) -> list[int]:
    """Return for each piece the number after the last that may belong to the same words."""
    made = list(range(1, len(pieces) + 1))
    for at in range(len(pieces) - 2, -1, -1):
        if text[pieces[at][1] : pieces[at + 1][0]].strip() in _JOINS:
            made[at] = made[at + 1]
    return made


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether words are whole where they stand: there is no Don in "don't", no J in "J-Lo"."""
    if text[end : end + 1] in APOSTROPHES and text[end + 1 : end + 2].isalpha():
        ending = _RUN.match(text, end + 1)
        if ending is None or fold(ending[0]) != "s":
            return False
    if end - start > 1:
        return True
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    return not (_binds(before[::-1]) or (_binds(after) and after[0] in HYPHENS))


def _binds(beside: str) -> bool:
    """Say whether a sign and a letter after it belong to the letter before them."""
    return beside[:1] in APOSTROPHES | HYPHENS and beside[1:].isalpha()
