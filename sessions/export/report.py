"""A report: what every format is made of, in few kinds of block.

Pure. A Summary becomes a report once, in `sessions.export.writing`; a format draws the blocks and
knows nothing of a session. All text in here is data, and has no marks of any format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Final, Literal, TypeVar

from agreements.sentence import Sentence

Edition = Literal["full", "board", "participants"]
"""Whom a report is for; all say the same figures and the same words, or fewer of them."""

EDITIONS: Final[tuple[Edition, ...]] = ("full", "board", "participants")

Paper = Literal["a4", "letter"]
"""What paper pages are made for."""

PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    text: str
    term: str = ""
    """A name that stands out before them."""
    quiet: bool = False
    theirs: bool = False
    """In the language of the session; else in the report's own."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list."""

    text: str
    """Paragraphs of it are set apart by an empty line."""
    term: str = ""
    """A name that stands out before it."""
    more: str = ""
    """What is said more quietly below it, in the report's own language."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what they stand for."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a head."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    """A column holds words or whole numbers, and not both; the first names the row."""
    about: str = ""
    """The question it goes on from, where that stands above it and not in its caption."""

    def is_number(self, column: int) -> bool:
        """Say whether a column holds numbers."""
        return any(isinstance(row[column], int) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar."""

    label: str
    count: int

    def share(self, of: int) -> int:
        """Return its part of all, in whole percent."""
        return (self.count * PERCENT + of // 2) // of


@dataclass(frozen=True, slots=True)
class Bars:
    """Answers as bars; words alone where no figure may be told."""

    title: str
    said: str
    """The same in a sentence."""
    bars: tuple[Bar, ...] = ()
    of: int = 0
    """How many answered: what a full bar stands for; at least one where there are bars."""
    caution: str = ""
    """How not to read it."""


@dataclass(frozen=True, slots=True)
class Quotes:
    """Words that their writers let out of the room."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A sentence that must not be missed."""

    text: str


Block = Paragraph | Items | Facts | Table | Bars | Quotes | Callout
"""What a section is made of."""


@dataclass(frozen=True, slots=True)
class Section:
    """One idea: a heading and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What formats themselves call things, beside what the blocks say."""

    answer: str = Sentence.meant("column", "Answer")
    people: str = Sentence.meant("column", "People")
    share: str = Sentence.meant("column", "Share")
    of_column: str = Sentence.meant("column", "Of")
    of: str = Sentence.meant("3 of 12", "of")
    percent: str = Sentence.meant("12 percent", "percent")
    session: str = Sentence.meant("section", "Session")
    report: str = Sentence.meant("sheet", "Report")
    figures: str = Sentence.meant("sheet", "Figures")
    table: str = Sentence.meant("sheet", "Table")
    rehearsal: str = Sentence.meant("mark", "Rehearsal")
    partial: str = Sentence.meant("mark", "Partial")
    on_another_sheet: str = Sentence("The rows are on another sheet.")
    boxes: str = Sentence(
        "A □ on these pages is a sign that their letters do not have, such as a small picture. "
        "The same report as HTML shows it."
    )
    about_file: str = Sentence("About this file")
    guard: str = Sentence(
        "Where = + - @ or an apostrophe begins a cell or a line in it, or follows ; , or a tab, "
        "one more apostrophe stands before it, so that no spreadsheet takes it for a formula. Take "
        "that one away to read the words as they are."
    )


@dataclass(frozen=True, slots=True)
class Report:
    """One session for one kind of reader."""

    edition: Edition
    kind: str
    """What this edition is called."""
    title: str
    held_on: str
    """The day, as `2026-11-22`."""
    language: str
    """Of the session's words, as a tag."""
    rehearsal: bool
    partial: bool
    """The session is still open."""
    callouts: tuple[Callout, ...]
    """What is said before anything else."""
    facts: Facts
    lead: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    own_language: str = "en"
    """Of the report's own words, as a tag."""
    names: Names = field(default_factory=Names)

    @property
    def mark(self) -> str:
        """Return what stands on every page of a rehearsal, or of a session that is still open."""
        marks = ((self.rehearsal, self.names.rehearsal), (self.partial, self.names.partial))
        return " · ".join(name for holds, name in marks if holds)

    def head(self) -> tuple[Block, ...]:
        """Return what stands below the title and before the first section."""
        return (*self.callouts, self.facts, *self.lead)

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks in their order."""
        yield from self.head()
        for section in self.sections:
            yield from section.blocks


OWN_LANGUAGE: Final = "en"
"""The language of a report's own words where none is asked for."""


def short_language(tag: str) -> str:
    """Return the first part of a language tag, when it is one; else that of our own words."""
    first = tag.split("-", maxsplit=1)[0].lower()
    known = first.isascii() and first.isalpha() and 2 <= len(first) <= 3  # noqa: PLR2004
    return first if known else OWN_LANGUAGE


_Told = TypeVar("_Told")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language in which a report says its own words."""

    language: str = OWN_LANGUAGE
    say: Callable[[str], str] = str
    """Says one sentence in it; whole in English where it cannot."""


IN_ENGLISH: Final = Spoken()


def in_language(report: Report, spoken: Spoken) -> Report:
    """Return a report that says its own words in a language; those of the session stay.

    What is told is decided before, so that a report says the same in every language.
    """
    return replace(_said(report, spoken.say), own_language=spoken.language)


def _said(part: _Told, say: Callable[[str], str]) -> _Told:
    said: Any = part
    if isinstance(part, Sentence):
        said = say(part)
    elif isinstance(part, tuple):
        said = tuple(_said(one, say) for one in part)
    elif is_dataclass(part) and not isinstance(part, type):
        parts = {one.name: _said(getattr(part, one.name), say) for one in fields(part)}
        said = replace(part, **parts)
    return said  # type: ignore[no-any-return]
