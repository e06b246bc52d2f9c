"""A report as one page of Markdown.

Pure. Everything that people wrote is data here: each sign that Markdown or one of its dialects
gives a meaning is escaped, so that no note can become a heading, a link, a picture or HTML. The
same report gives the same bytes everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sessions.export.report import (
    Bars,
    Block,
    Callout,
    Facts,
    Item,
    Items,
    Names,
    Paragraph,
    Quotes,
    Report,
    Table,
)

# Signs that mean something wherever they stand.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&#|~$^@]")

# Within what a reader's program may take for an address and make a link of: `www.x`, `http://x`.
_ADDRESS = re.compile(r"[.:](?=[^\W\d])|:(?=/)")

# What makes a list, a rule, a heading or a definition of a line that begins so.
_AT_THE_START = re.compile(r"(?:[-+=:!]|\d+(?=[.)]))")


def render(report: Report) -> bytes:
    """Return a report as Markdown: UTF-8, one newline at the end."""
    return ("\n\n".join(_parts(report)) + "\n").encode()


def escaped(text: str) -> str:
    """Return words that stay words wherever in Markdown they stand, on one line."""
    line = " ".join(text.split())
    line = _ANYWHERE.sub(r"\\\g<0>", line)
    line = _ADDRESS.sub(r"\\\g<0>", line)
    return _AT_THE_START.sub(_start_escaped, line, count=1) if _AT_THE_START.match(line) else line


def _start_escaped(found: re.Match[str]) -> str:
    sign = found.group()
    # The dot or bracket after a number is escaped, since a digit cannot be.
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def _parts(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.title)}"
    yield f"*{escaped(report.kind)}*"
    yield from (_block(one, report.names) for one in report.head())
    for section in report.sections:
        yield f"## {escaped(section.heading)}"
        yield from (_block(one, report.names) for one in section.blocks)


def _block(block: Block, names: Names) -> str:  # noqa: PLR0911  # one line a kind
    match block:
        case Paragraph():
            return _termed(block.term, escaped(block.text))
        case Callout():
            return f"**{escaped(block.text)}**"
        case Facts():
            return _bullets(f"{escaped(name)}: {escaped(value)}" for name, value in block.rows)
        case Items():
            return _bullets(map(_item, block.items))
        case Quotes():
            return _bullets(f"“{_paragraphs(text)}”" for text in block.texts)
        case Bars():
            return _bars(block, names)
        case Table():
            return f"**{escaped(block.caption)}**\n\n{_table(block)}"


def _bars(block: Bars, names: Names) -> str:
    """Return a question with its answer in words, and the figures below it."""
    title = _termed(block.title, escaped(block.said))
    after = f"\n\n*{escaped(block.caution)}*" if block.caution else ""
    if not block.bars:
        return title + after
    rows = tuple(
        (one.label, f"{one.count} {names.of} {block.of}", f"{one.share(block.of)} %")
        for one in block.bars
    )
    table = Table("", (names.answer, names.people, names.share), rows)
    return f"{title}\n\n{_table(table, right={1, 2})}{after}"


def _table(table: Table, right: Iterable[int] | None = None) -> str:
    columns = range(len(table.columns))
    to_the_right = {n for n in columns if table.is_number(n)} if right is None else set(right)
    rule = " | ".join("---:" if n in to_the_right else "---" for n in columns)
    rows = [" | ".join(escaped(str(cell)) for cell in row) for row in table.rows]
    head = " | ".join(map(escaped, table.columns))
    return "\n".join(f"| {row} |" for row in (head, rule, *rows))


def _item(item: Item) -> str:
    said = _termed(item.term, _paragraphs(item.text))
    return "\n\n  ".join((said, *map(escaped, item.more.splitlines())))


def _termed(term: str, said: str) -> str:
    return f"**{escaped(term)}** {said}".rstrip() if term else said


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _paragraphs(text: str) -> str:
    """Return a note as paragraphs inside a list item."""
    paragraphs = (escaped(part) for part in text.split("\n\n"))
    return "\n\n  ".join(filter(None, paragraphs))
