"""Notes as people write them, with the names in them marked, and the same notes with other names.

Pure, but for reading the package's own files, `notes/*.txt`. Each line is a note in which what
matters is in braces, as in the rows that hiding is measured on: {P a name}, {K Black}.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from random import Random  # noqa: TID251
from typing import Final

from sessions.deidentify.words import fold
from sessions.training.making import Maker
from sessions.training.material import Material, Sentence

_MARK: Final = re.compile(r"\{(\w) ([^{}]+)\}")
_NAMES: Final = "Pp"
_NOT_OF_PEOPLE: Final = "KF"
_INITIALS: Final = re.compile(r"(?:[A-Z]\.?[ -]?){1,3}")
_LETTERS: Final = "ABCDEFGHIJKLMNOPRSTVWYZ"
_SHORTEST: Final = 2
_STAYS: Final = 0.3
"""The share of names that stay as they were written: they are the hard ones."""

Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Note(Sentence):
    """A note with its names, and what else is marked in it."""

    others: Places = ()
    """What singles a person out and is no name: addresses, units, titles."""


@dataclass(frozen=True)
class Room:
    """The notes of one session, and who was there."""

    roster: tuple[str, ...]
    language: str
    notes: tuple[Note, ...]


def read_rooms() -> list[Room]:
    """Return the sessions of all files, in the order of their names."""
    rooms: list[Room] = []
    folder = files("sessions.training") / "notes"
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        head, *parts = re.split(r"^= ?", file.read_text("utf-8"), flags=re.MULTILINE)
        language = "es" if "Spanish" in head else "en"
        for part in parts:
            first, *lines = part.splitlines()
            roster = tuple(name.strip() for name in first.partition("|")[2].split(";"))
            rooms.append(Room(roster, language, tuple(unmarked(line) for line in lines if line)))
    return rooms


def with_names_of(material: Material, rooms: Iterable[Room]) -> Material:
    """Return the material with the names of those who were in these rooms on its lists.

    A name that is a word of the dictionaries too is left out: what it is where, the notes teach.
    """
    given: set[str] = set()
    family: set[str] = set()
    for name in (name for room in rooms for name in room.roster):
        *first, last = [fold(part) for part in re.split(r"[\s-]", name) if part] or [""]
        given.update(first)
        family.add(last)
    new = {
        name
        for name in given | family
        if len(name) > _SHORTEST and name.isalpha() and name not in material.known
    }
    return replace(
        material, given=material.given | given & new, family=material.family | family & new
    )


def unmarked(line: str) -> Note:
    """Return a marked line without its marks, and the places of what was marked in it."""
    text, done = "", 0
    names: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    for mark in _MARK.finditer(line):
        text += line[done : mark.start()]
        place = (len(text), len(text) + len(mark[2]))
        if mark[1] in _NAMES:
            names.append(place)
        elif mark[1] not in _NOT_OF_PEOPLE:
            others.append(place)
        text += mark[2]
        done = mark.end()
    return Note(text + line[done:], tuple(names), tuple(others))


def with_other_names(rooms: Iterable[Room], maker: Maker, chance: Random) -> Iterator[Sentence]:
    """Yield each note once, in some voice, with most of its names changed for others.

    A name keeps its form (small letters, an initial behind it), and is the same all through a note.
    """
    for note, language in ((note, room.language) for room in rooms for note in room.notes):
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
    made: list[str] = []
    for at, word in enumerate(written.split()):
        if len(word.strip(".")) == 1:
            letter = chance.choice(_LETTERS)
            made.append(word.replace(word[0], letter if word[0].isupper() else letter.lower()))
        else:
            made.append(maker.name("S" if at else "N", language))
    name = " ".join(made)
    if written == written.lower():
        return name.lower()
    return name.upper() if len(written) > 1 and written == written.upper() else name
