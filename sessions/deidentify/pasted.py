"""A pasted list of people, read as names.

Pure. Whatever is pasted gives some list, perhaps an empty one; never an error.
"""

from __future__ import annotations

import re
from typing import Final

from sessions.deidentify.lists import listed
from sessions.deidentify.pattern import regex
from sessions.deidentify.people import People
from sessions.deidentify.words import fold, words
from sessions.text import NAME_LIMIT, one_line, too_long

MOST_NAMES: Final = 1000
"""Most names a roster holds."""

_MOST_PASTED: Final = 250_000

_ADDRESS: Final = regex(r"<[^<>@\n]{0,80}@[^<>\n]{0,255}>")
_MAIL: Final = regex(r"(?:mailto:)?([^\s@,;<>()\"]{1,64})@[^\s@,;<>()\"]{1,255}")
_ASIDE: Final = regex(r"[(\[]([^()\[\]\n]{0,40})[)\]]")
_PRONOUNS: Final = regex(
    r"\b(?:she|he|they|ze|xe|ella|él|elle)(?:\s?/\s?[a-zé]{2,7}){1,2}\b", re.IGNORECASE
)
_BEFORE_COLON: Final = regex(r"^[^:\n]{1,40}:(?!//)")
_NUMBERING: Final = regex(
    r"^(?:[\s\-–—*•‣◦·▪●>#\[\]☐☑✓✔]|\(?[0-9]{1,4}[.):]+|[0-9]{1,4}\s|[a-z]\)\s)+"
)
_BETWEEN: Final = regex(r"[;|/&\t]|\band\b", re.IGNORECASE)
_SIGNS: Final = str.maketrans(dict.fromkeys(':()[]<>"“”', " "))
_EDGES: Final = " \t\u00a0,.\"'“”‘’()[]"


def read_names(pasted: str) -> tuple[tuple[str, ...], int]:
    """Return the names of a pasted list, and how many entries were left out.

    Left out are entries that are too long to be a name, that hold no name to look for (initials
    only, an address such as info@), and what is beyond the most a roster holds. Entries without
    a letter, headings and repeated names are passed over in silence.
    """
    names: dict[str, str] = {}
    unusable = {""}
    beyond = int(len(pasted) > _MOST_PASTED)
    for entry in _entries(pasted[:_MOST_PASTED]):
        name = _name(entry)
        key = fold(name)
        if key in names or key in unusable:
            continue
        if len(names) < MOST_NAMES and _is_findable(name):
            names[key] = name
        else:
            unusable.add(key)
    return tuple(names.values()), len(unusable) - 1 + beyond


def _entries(pasted: str) -> list[str]:
    """Part a list into entries of one name each."""
    text = _ADDRESS.sub(";", _PRONOUNS.sub(" ", _ASIDE.sub(_nickname, pasted)))
    rows = [_BEFORE_COLON.sub("", row) for row in text.splitlines()]
    if _in_two_columns(rows):
        rows = [row.replace("\t", " ") for row in rows]
    found = (_without_suffixes(entry) for row in rows for entry in _BETWEEN.split(row))
    entries = [entry for entry in found if entry]
    if _is_last_name_first(entries):
        return [" ".join(reversed(entry.split(","))) for entry in entries]
    return [cell for entry in entries for cell in entry.split(",")]


def _nickname(aside: re.Match[str]) -> str:
    """Return what stands in brackets if it may be a nickname, and not "(she/her)" or "(host)"."""
    known = all(word.folded in listed("asides") for word in words(aside[1]))
    return " " if known else aside[0]


def _without_suffixes(entry: str) -> str:
    """Return an entry without what follows a name after a comma: "Ana Pérez, RN, PhD"."""
    cells = (cell.strip(_EDGES) for cell in entry.split(","))
    return ",".join(cell for cell in cells if cell and _bare(cell) not in listed("suffixes"))


def _in_two_columns(rows: list[str]) -> bool:
    """Say whether every row is one first and one last name, as copied from a spreadsheet."""
    cells = [row.strip().split("\t") for row in rows if row.strip()]
    return len(cells) > 1 and all(
        [len(cell.split()) for cell in row if "@" not in cell] == [1, 1] for row in cells
    )


def _is_last_name_first(entries: list[str]) -> bool:
    """Say whether a list is "Last, First": several entries, nearly all with just one comma.

    A single entry of that form is rather two first names than a room of one.
    """
    commas = [entry.count(",") for entry in entries]
    return len(commas) > 1 and max(commas) == 1 and sum(commas) * 2 > len(commas)


def _name(entry: str) -> str:
    """Return the name in an entry: without numbering, address, titles and suffixes."""
    plain = _NUMBERING.sub("", _without_mail(entry)).translate(_SIGNS)
    parts = plain.strip(_EDGES).split()
    while len(parts) > 1 and _bare(parts[0]) in listed("listed titles"):
        parts.pop(0)
    while len(parts) > 1 and _bare(parts[-1]) in listed("generations"):
        parts.pop()
    name = " ".join(parts)
    if all(word.folded in listed("headings") for word in words(name)):
        return ""
    return name if too_long(name, NAME_LIMIT) else one_line(name, NAME_LIMIT)


def _without_mail(entry: str) -> str:
    """Return an entry without its address; of a bare address, the name it spells, if it does."""
    found = _MAIL.search(entry) if "@" in entry else None
    if found is None:
        return entry
    rest = entry.replace(found[0], " ").strip(_EDGES)
    spelled = re.sub(r"[._+0-9]+", " ", found[1]).split()
    return rest or (" ".join(spelled) if len(spelled) > 1 else entry)


def _is_findable(name: str) -> bool:
    return "@" not in name and not too_long(name, NAME_LIMIT) and bool(People.of([name]).keys)


def _bare(part: str) -> str:
    return fold(part).replace(".", "").strip(_EDGES)
