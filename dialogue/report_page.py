"""A report as a page to read in the terminal: what its files say, in the same order.

Touches: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogue.page import Block, Heading, Items, Line, Rows
from sessions.export import report as told

BAR_CELLS = 20
"""How long a bar is that stands for everybody who answered."""


def report_page(report: told.Report) -> Iterator[Block]:
    """Yield a report as blocks of a page."""
    yield Heading(report.title)
    yield Line(report.kind, "quiet")
    for block in report.head():
        yield from _drawn(block, report.names)
    for section in report.sections:
        yield Heading(section.heading, 2)
        for block in section.blocks:
            yield from _drawn(block, report.names)


def _drawn(block: told.Block, names: told.Names) -> Iterator[Block]:
    match block:
        case told.Paragraph():
            yield Line(_termed(block.term, block.text), "quiet" if block.quiet else "plain")
        case told.Callout():
            yield Line(block.text, "attention")
        case told.Facts():
            yield Line(" · ".join(f"{name}: {value}" for name, value in block.rows), "quiet")
        case told.Items():
            yield Items([_item(one) for one in block.items])
        case told.Quotes():
            yield Items([f"“{_flat(text)}”" for text in block.texts])
        case told.Table():
            columns = frozenset(filter(block.is_number, range(len(block.columns))))
            rows = [tuple(map(str, row)) for row in block.rows]
            yield Line(block.caption, "quiet")
            yield Rows(block.columns, rows, columns)
        case told.Bars():
            yield from _bars(block, names)


def _bars(block: told.Bars, names: told.Names) -> Iterator[Block]:
    """Yield a question with its figures as bars, or the words that stand in their place."""
    yield Line(block.title, "strong")
    if block.bars:
        yield Items([f"{_bar(one, block.of, names)} · {one.label}" for one in block.bars])
    else:
        yield Items([block.said])
    if block.caution:
        yield Line(block.caution, "quiet")


def _bar(bar: told.Bar, of: int, names: told.Names) -> str:
    """Return a bar on its track, so that all begin and end alike, and the figure beside it."""
    cells = min(max(round(bar.count * BAR_CELLS / of), 1), BAR_CELLS)
    return f"{'█' * cells}{'░' * (BAR_CELLS - cells)} {bar.count} {names.of} {of}"


def _item(one: told.Item) -> str:
    said = _termed(one.term, _flat(one.text))
    more = _flat(one.more)
    return f"{said} ({more})" if said and more else said or more


def _termed(term: str, said: str) -> str:
    return f"{term}: {said}" if term and said else term or said


def _flat(text: str) -> str:
    """Return words that may stand on several lines as one."""
    return " ".join(text.split())
