"""The words of a text as a roster spells them, where writers spell a name in other ways.

Pure.

The same name is written "Sun-hee" and "Sunhee", "Brandon's" and, in a hurry, "Brandons"; a script
without spaces sets it between other words with nothing to part them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sessions.deidentify.lists import is_everyday
from sessions.deidentify.people import COMPOUND_SIGNS
from sessions.deidentify.words import APOSTROPHES, HYPHENS, Word, fold, goes_on, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sessions.deidentify.people import People

_MOST_PARTS: Final = 4
_TAIL_LENGTH: Final = 3
_STEM_LENGTH: Final = 4

# Arabic and Hebrew write "and", "to", "in" onto the next word.
_CLITICS: Final = frozenset("وفبلكובלהשמכ")


def read(text: str, people: People) -> Iterator[Word]:
    """Yield the words of a text, each cut or joined so that a name of the roster can be found."""
    parts = list(words(text))
    at = 0
    while at < len(parts):
        if parts[at].unspaced:
            yield from _names_within(text, parts[at], people)
            at += 1
            continue
        tied = _joined(text, parts[at : at + _MOST_PARTS], people)
        yield _one(text, parts[at : at + tied]) if tied > 1 else _plain(text, parts[at], people)
        at += tied


def _joined(text: str, parts: Sequence[Word], people: People) -> int:
    """Return how many of these words are one name, written with hyphens or apostrophes."""
    tied = 1
    while tied < len(parts) and text[parts[tied - 1].end : parts[tied].start] in COMPOUND_SIGNS:
        tied += 1
    for count in range(tied, 1, -1):
        name = "".join(part.folded for part in parts[:count])
        if people.has(name) and (name in people.compounds or _is_compound(text, parts[:count])):
            return count
    return 1


def _is_compound(text: str, parts: Sequence[Word]) -> bool:
    """Say whether words are tied as in "Sun-hee" or "D'Angelo", and not as in "she'll"."""
    hyphens = all(text[part.end] in HYPHENS for part in parts[:-1])
    return hyphens or len(parts[-1].folded) >= _TAIL_LENGTH


def _one(text: str, parts: Sequence[Word]) -> Word:
    """Return several words as one."""
    start, end = parts[0].start, parts[-1].end
    return Word(start, end, text[start:end], folded="".join(part.folded for part in parts))


def _plain(text: str, word: Word, people: People) -> Word:
    """Return a word without what is written onto a name; the "don" of "don't" names nobody."""
    tail = text[word.end : word.end + 3]
    if tail[:1] in APOSTROPHES and tail[1:2] in {"t", "T"} and not tail[2:].isalpha():
        return replace(word, folded="")
    if people.has(word.folded):
        return word
    if word.written[:1] in _CLITICS and people.has(name := fold(word.written[1:])):
        return Word(word.start + 1, word.end, word.written[1:], folded=name)
    return _without_s(word, people)


def _without_s(word: Word, people: People) -> Word:
    """Return a name without the s of a possessive in a hurry or of a family: "Brandons"."""
    stem = word.folded[:-1]
    if len(stem) < _STEM_LENGTH or word.written[-1] not in {"s", "S"} or not people.has(stem):
        return word
    if is_everyday(word.written) or is_everyday(stem):
        return word
    return replace(word, end=word.end - 1, written=word.written[:-1], folded=stem)


def _names_within(text: str, run: Word, people: People) -> Iterator[Word]:
    """Yield the names of the roster within a run that has no spaces."""
    at = run.start
    while at < run.end:
        size = next((size for size in people.sizes if _is_name(text, at, size, run, people)), 0)
        if size:
            name = text[at : at + size]
            yield Word(at, at + size, name, unspaced=True, folded=name)
        at += size or 1


def _is_name(text: str, at: int, size: int, run: Word, people: People) -> bool:
    end = at + size
    return end <= run.end and bool(people.has(text[at:end])) and not goes_on(text, end)
