"""A report as one tidy table of comma-separated values: a row for each thing it says.

Pure. A spreadsheet that opens the file may take a cell for a formula by its first sign. Such a
cell begins with an apostrophe here, as OWASP advises, and the first row says so. Every cell is in
quotes; but where a system separates lists by something else, a spreadsheet splits cells there, so
a sign after a separator has its apostrophe too. The first row and its `yes` and `no` are for
programs, and the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sessions.export.report import (
    Bars,
    Block,
    Callout,
    Facts,
    Items,
    Paragraph,
    Quotes,
    Report,
    Table,
)

COLUMNS: Final = (
    "day",
    "title",
    "rehearsal",
    "partial",
    "section",
    "item",
    "label",
    "people",
    "of",
    "text",
)
"""One row: of which session, whether it was a rehearsal or is still open, in which section, about
what, and then a label with its figure, or words."""

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""What a cell may not begin with; an apostrophe is among them, so that taking one away is safe."""

_SIGNS: Final = re.escape("".join(DANGEROUS).replace("\t", "").replace("\r", "").replace("\n", ""))
_AFTER_A_SEPARATOR: Final = re.compile(rf'([;,\t\r\n]"*)(?=[{_SIGNS}])')
"""Where a spreadsheet may begin a cell although we do not; quotes would be gone by then."""

_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it the most common spreadsheet takes UTF-8 for something else."""

_Row = tuple[str, ...]
"""Item, label, people, of, text."""


def render(report: Report) -> bytes:
    """Return a report as a .csv file: UTF-8 with its mark, lines ended as RFC 4180 has it."""
    names = report.names
    about = (report.held_on, report.title, _yes(report.rehearsal), _yes(report.partial))
    rows: list[_Row] = [COLUMNS, (*about, names.about_file, "", "", "", "", names.guard)]
    rows += [(*about, *row) for row in _rows(report)]
    lines = (",".join(map(_cell, row)) for row in rows)
    return (_BYTE_ORDER_MARK + "".join(f"{line}\r\n" for line in lines)).encode()


def _cell(said: str) -> str:
    guarded = _AFTER_A_SEPARATOR.sub(r"\1'", said)
    guarded = f"'{guarded}" if said.startswith(DANGEROUS) else guarded
    return '"' + guarded.replace('"', '""') + '"'


def _yes(holds: bool) -> str:  # noqa: FBT001
    return "yes" if holds else "no"


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    for block in report.head():
        yield from ((report.names.session, *row) for row in _block(block))
    for section in report.sections:
        for block in section.blocks:
            yield from ((section.heading, *row) for row in _block(block))


def _block(block: Block) -> Iterator[_Row]:
    match block:
        case Paragraph():
            yield _words(block.term, block.text)
        case Callout():
            yield _words("", block.text)
        case Facts():
            yield from (_words(name, value) for name, value in block.rows)
        case Items():
            for item in block.items:
                yield _words(item.term, "\n".join(filter(None, (item.text, item.more))))
        case Quotes():
            yield from (_words("", text) for text in block.texts)
        case Bars():
            yield _words(block.title, " ".join(filter(None, (block.said, block.caution))))
            for bar in block.bars:
                yield block.title, bar.label, str(bar.count), str(block.of), ""
        case Table():
            yield from _cells(block)


def _cells(table: Table) -> Iterator[_Row]:
    """Yield a row for each cell; what is counted in a table is named by its column, not people."""
    for first, *rest in table.rows:
        for name, cell in zip(table.columns[1:], rest, strict=True):
            if table.about:
                yield table.about, f"{first} · {name}", "", "", str(cell)
            else:
                yield str(first), name, "", "", str(cell)


def _words(item: str, text: str) -> _Row:
    return item, "", "", "", text
