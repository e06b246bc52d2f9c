"""A report as one HTML file: to read on any screen, light or dark, and to print.

Touches: disk, to read the package's own style. The file fetches nothing and runs nothing, and every
text in it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from sessions.export.report import (
    PERCENT,
    Bar,
    Bars,
    Block,
    Callout,
    Facts,
    Item,
    Items,
    Paragraph,
    Quotes,
    Report,
    Section,
    Table,
    short_language,
)

_FEW_COLUMNS: Final = 3
"""So many fit on a phone."""

_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ps", "ur", "yi"})
"""Languages of a session's words that are written from the right."""


def render(report: Report) -> bytes:
    """Return a report as an HTML page."""
    return ("\n".join(_page(report)) + "\n").encode()


def _page(report: Report) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="{report.own_language}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{escape(report.title)} · {escape(report.kind)}</title>"
    yield f"<style>\n{_style()}</style>"
    yield "</head>"
    yield f'<body class="{report.edition}{" marked" if report.mark else ""}">'
    if report.mark:
        yield f'<header class="mark"><p>{escape(report.mark)}</p></header>'
    yield "<main>"
    yield "<header>"
    yield f'<p class="kind">{escape(report.kind)}</p>'
    yield f"<h1{_theirs(report)}>{escape(report.title)}</h1>"
    for block in report.head():
        yield from _block(block, report)
    yield "</header>"
    yield '<div class="sections">'
    for number, section in enumerate(report.sections, 1):
        yield from _section(section, number, report)
    yield "</div>"
    yield "</main>"
    yield "</body>"
    yield "</html>"


@cache
def _style() -> str:
    return files("sessions.export").joinpath("templates", "report.css").read_text("utf-8")


def _section(section: Section, number: int, report: Report) -> Iterator[str]:
    yield f'<section aria-labelledby="part-{number}">'
    yield f'<h2 id="part-{number}">{escape(section.heading)}</h2>'
    for block in section.blocks:
        yield from _block(block, report)
    yield "</section>"


def _block(block: Block, report: Report) -> Iterator[str]:
    theirs = _theirs(report) if getattr(block, "theirs", False) else ""
    match block:
        case Paragraph():
            quiet = ' class="quiet"' if block.quiet else ""
            yield f"<p{quiet}{theirs}>{_term(block.term)}{escape(block.text)}</p>"
        case Callout():
            yield f'<p class="callout">{escape(block.text)}</p>'
        case Facts():
            yield from _facts(block)
        case Items():
            yield f"<ul{theirs}>"
            yield from (_item(one, report.own_language) for one in block.items)
            yield "</ul>"
        case Quotes():
            for text in block.texts:
                said = _paragraphs(f"“{text}”")
                yield f"<blockquote{_theirs(report)}>{said}</blockquote>"
        case Bars():
            yield from _bars(block, report)
        case Table():
            yield from _table(block)


def _facts(block: Facts) -> Iterator[str]:
    if block.rows:
        yield '<dl class="facts">'
        for name, value in block.rows:
            yield f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        yield "</dl>"


def _item(item: Item, own_language: str) -> str:
    said = f'<p class="more" lang="{own_language}">{escape(item.more)}</p>'
    more = said if item.more else ""
    return f"<li>{_paragraphs(item.text, item.term)}{more}</li>"


def _paragraphs(text: str, term: str = "") -> str:
    first, *rest = text.split("\n\n")
    return "".join(f"<p>{said}</p>" for said in (_term(term) + escape(first), *map(escape, rest)))


def _term(term: str) -> str:
    return f"<b>{escape(term)}</b> " if term else ""


def _bars(block: Bars, report: Report) -> Iterator[str]:
    """Yield a figure: each bar is a drawing that says its own count where it is not seen."""
    yield "<figure>"
    yield f"<figcaption{_theirs(report)}>{escape(block.title)}</figcaption>"
    if not block.bars:
        yield f'<p class="said">{escape(block.said)}</p>'
    else:
        yield '<ul class="bars">'
        yield from (_bar(bar, block.of, report) for bar in block.bars)
        yield "</ul>"
    if block.caution:
        yield f'<p class="quiet">{escape(block.caution)}</p>'
    yield "</figure>"


def _bar(bar: Bar, of: int, report: Report) -> str:
    share = bar.share(of)
    names = report.names
    said = escape(f"{bar.count} {names.of} {of}, {share} {names.percent}")
    drawing = (
        f'<svg role="img" viewBox="0 0 {PERCENT} 10" preserveAspectRatio="none">'
        f"<title>{said}</title>"
        f'<rect class="all" width="{PERCENT}" height="10"/>'
        f'<rect class="part" width="{share}" height="10"/></svg>'
    )
    figures = (
        f'<span class="n" aria-hidden="true"><b>{bar.count}</b> {escape(names.of)} {of}</span>'
    )
    label = f'<span class="label"{_theirs(report)}>{escape(bar.label)}</span>'
    return f"<li>{label} {drawing} {figures}</li>"


def _table(block: Table) -> Iterator[str]:
    """Yield a table; one with many columns moves by itself, where a screen is narrower than it."""
    wide = len(block.columns) > _FEW_COLUMNS
    if wide:
        yield f'<div class="wide" role="group" tabindex="0" aria-label="{escape(block.caption)}">'
    yield "<table>"
    yield f"<caption>{escape(block.caption)}</caption>"
    names = enumerate(map(escape, block.columns))
    head = [f'<th scope="col"{_class(block, column)}>{name}</th>' for column, name in names]
    yield f"<thead>{_row(head)}</thead>"
    yield "<tbody>"
    for first, *rest in block.rows:
        said = [f'<th scope="row">{escape(str(first))}</th>']
        said += [f"<td{_class(block, n)}>{escape(str(one))}</td>" for n, one in enumerate(rest, 1)]
        yield _row(said)
    yield "</tbody>"
    yield "</table>"
    if wide:
        yield "</div>"


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _class(block: Table, column: int) -> str:
    return ' class="number"' if block.is_number(column) else ""


def _theirs(report: Report) -> str:
    """Return what marks words as the session's own, where its language is another."""
    language = short_language(report.language)
    if language == report.own_language:
        return ""
    direction = ' dir="rtl"' if language in _RIGHT_TO_LEFT else ""
    return f' lang="{language}"{direction}'
