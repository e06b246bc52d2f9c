"""Notes as people write them, with the names in them marked, and the same notes with other names.

Pure, but for reading the package's own files, `notes/*.txt`. Each line is a note in which what
matters is in braces, as in the rows that hiding is measured on: {P a name}, {K Black}. Only names
count here; the rest is read as plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from random import Random  # noqa: TID251
from typing import Final

from sessions.training.making import Maker
from sessions.training.material import Sentence

_MARK: Final = re.compile(r"\{(\w) ([^{}]+)\}")
_NAMES: Final = "Pp"
_INITIALS: Final = re.compile(r"(?:[A-Z]\.?[ -]?){1,3}")
_LETTERS: Final = "ABCDEFGHIJKLMNOPRSTVWYZ"
_STAYS: Final = 0.3
"""The share of names that stay as they were written: they are the hard ones."""


def read_notes() -> list[tuple[Sentence, str]]:
    """Return every note with its names, and the language it is written in."""
    found: list[tuple[Sentence, str]] = []
    folder = files("sessions.training") / "notes"
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        lines = file.read_text("utf-8").splitlines()
        language = "es" if any("Spanish" in line for line in lines if line[:1] == "#") else "en"
        found += [(unmarked(line), language) for line in lines if line and line[0] not in "#="]
    return found


def unmarked(line: str) -> Sentence:
    """Return a marked line without its marks, and the places of the names in it."""
    text, done = "", 0
    names: list[tuple[int, int]] = []
    for mark in _MARK.finditer(line):
        text += line[done : mark.start()]
        if mark[1] in _NAMES:
            names.append((len(text), len(text) + len(mark[2])))
        text += mark[2]
        done = mark.end()
    return Sentence(text + line[done:], tuple(names))


def with_other_names(
    notes: list[tuple[Sentence, str]], maker: Maker, chance: Random
) -> Iterator[Sentence]:
    """Yield each note once, in some voice, with most of its names changed for others.

    A name keeps its form (small letters, an initial behind it), and is the same all through a note.
    """
    for note, language in notes:
        said: dict[str, str] = {}
        text, done = "", 0
        names: list[tuple[int, int]] = []
        for start, end in note.names:
            text += note.text[done:start]
            written = note.text[start:end]
            if written not in said:
                stays = chance.random() < _STAYS
                said[written] = written if stays else _other(written, language, maker, chance)
            names.append((len(text), len(text) + len(said[written])))
            text += said[written]
            done = end
        yield maker.voiced(Sentence(text + note.text[done:], tuple(names)))


def _other(written: str, language: str, maker: Maker, chance: Random) -> str:
    """Return another name of the same form."""
    if _INITIALS.fullmatch(written):
        return "".join(chance.choice(_LETTERS) if one.isupper() else one for one in written)
    words = written.split()
    made = [maker.name("N", language)]
    for word in words[1:]:
        if len(word.strip(".")) == 1:
            letter = chance.choice(_LETTERS)
            made.append(word.replace(word[0], letter if word[0].isupper() else letter.lower()))
        else:
            made.append(maker.name("S", language))
    name = " ".join(made)
    if written == written.lower():
        return name.lower()
    return name.upper() if len(written) > 1 and written == written.upper() else name
