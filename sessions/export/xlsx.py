"""A report as a workbook: what it says to read, and the figures with charts a spreadsheet draws.

Touches: nothing. Text is written as text: no cell is a formula or a link, whatever it begins with.
"""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

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
from sessions.export.zipped import steady

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_TEXT_WIDTH: Final = 66
_LABEL_WIDTH: Final = 44
_FIGURE_WIDTH: Final = 12
_CHART_COLUMN: Final = 5
_CHARTS_A_PAGE: Final = 6
_ROWS_A_CHART: Final = 8
_SIGNS_A_LINE: Final = 52
"""About how many signs of the text's size go into a line of the first sheet."""
_LINE_POINTS: Final = 18
_AIR_POINTS: Final = 3
_LARGER: Final = {"title": 22 / 12, "heading": 16 / 12}
_HIGHEST_POINTS: Final = 400
_MOST_SIGNS: Final = 32_000
"""A cell takes 32,767 signs, counted in UTF-16; what is longer goes on in the cell below."""
_SHORT: Final = 40
"""Tables of so many rows stand on one sheet; a longer one has its own, where its head stays."""
_INK: Final = "#16202B"
_DEEP: Final = "#1F4E5F"
_QUIET: Final = "#4A5560"


def render(report: Report) -> bytes:
    """Return a report as an .xlsx file."""
    from xlsxwriter import Workbook  # noqa: PLC0415

    made = BytesIO()
    plainly = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(made, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **plainly})
    about = {"title": report.title, "subject": report.kind, "created": _day(report.held_on)}
    book.set_properties(about)
    looks, names = _looks(book), report.names
    _read(book.add_worksheet(names.report), report, looks)
    bars = [one for one in report.blocks() if isinstance(one, Bars) and one.bars]
    if bars:
        _charts(book, book.add_worksheet(names.figures), bars, report, looks)
    tables = [one for one in report.blocks() if isinstance(one, Table)]
    short = [one for one in tables if len(one.rows) <= _SHORT]
    long = [one for one in tables if len(one.rows) > _SHORT]
    groups = [group for group in (short, *([one] for one in long)) if group]
    for number, group in enumerate(groups, 1):
        name = names.table if len(groups) == 1 else f"{names.table} {number}"
        _tables(book.add_worksheet(name), group, report, looks)
    book.close()
    return steady(made.getvalue())


def _day(held_on: str) -> datetime:
    try:
        day = date.fromisoformat(held_on)
    except ValueError:
        day = date(1980, 1, 1)
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  # a day has no zone


def _looks(book: Workbook) -> dict[str, Any]:
    """Return how cells look, by name."""
    base = {"font_name": "Cambria", "font_size": 12, "font_color": _INK, "valign": "top"}
    wide = {**base, "text_wrap": True}
    styles = {
        "text": wide,
        "bold": {**wide, "bold": True},
        "quiet": {**wide, "font_color": _QUIET},
        "caption": {**base, "font_color": _QUIET},
        "quote": {**wide, "italic": True, "indent": 1},
        "title": {**wide, "bold": True, "font_size": 22},
        "heading": {**wide, "bold": True, "font_size": 16, "font_color": _DEEP},
        "head": {**wide, "bold": True, "bottom": 1},
        "cell": {**wide, "indent": 1},
        "figures": {**wide, "bold": True, "bottom": 1, "align": "right"},
        "question": {**base, "bold": True},
        "number": {**base, "num_format": "0"},
        "share": {**base, "num_format": "0 %"},
    }
    return {name: book.add_format(style) for name, style in styles.items()}


def _sheet(sheet: Worksheet, report: Report) -> None:
    """Set how a sheet is printed, and what stands on top of each of its pages."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    if report.mark:
        sheet.set_header(f"&C&B{report.mark.upper()}")


def _read(sheet: Worksheet, report: Report, looks: dict[str, Any]) -> None:
    """Write everything that the report says, one thing below the other."""
    _sheet(sheet, report)
    sheet.set_column(0, 0, _TEXT_WIDTH)
    lines = [(report.kind, "quiet"), (report.title, "title")]
    for block in report.head():
        lines += _lines(block, report.names)
    for section in report.sections:
        lines += [("", "text"), (section.heading, "heading")]
        for block in section.blocks:
            lines += _lines(block, report.names)
    row = 0
    for said, look in lines:
        for part in _parts(said):
            sheet.set_row(row, _height(part, look))
            sheet.write_string(row, 0, part, looks[look])
            row += 1


def _height(said: str, look: str) -> float:
    """Return how high a row must be: not every program finds that out by itself."""
    larger = _LARGER.get(look, 1.0)
    signs = _SIGNS_A_LINE / larger
    lines = sum(1 + int(len(line) // signs) for line in said.split("\n"))
    return min(_HIGHEST_POINTS, _LINE_POINTS * larger * lines + _AIR_POINTS)


def _parts(said: str) -> list[str]:
    """Return words in parts that a cell takes."""
    return [said[at : at + _MOST_SIGNS // 2] for at in range(0, len(said), _MOST_SIGNS // 2)] or [
        ""
    ]


def _lines(block: Block, names: Names) -> list[tuple[str, str]]:  # noqa: PLR0911  # one line a kind
    """Return what a block says in lines, each with its look."""
    match block:
        case Paragraph():
            return [(_termed(block.term, block.text), "quiet" if block.quiet else "text")]
        case Callout():
            return [(block.text, "bold")]
        case Facts():
            return [(f"{name}: {value}", "text") for name, value in block.rows]
        case Items():
            return [line for item in block.items for line in _item(item)]
        case Quotes():
            return [(f"“{text}”", "quote") for text in block.texts]
        case Bars():
            cautions = [(block.caution, "quiet")] if block.caution else []
            return [(block.title, "bold"), (block.said, "text"), *cautions]
        case Table():
            return [(_termed(block.caption, names.on_another_sheet), "quiet")]


def _item(item: Item) -> list[tuple[str, str]]:
    more = [(item.more, "quiet")] if item.more else []
    return [(f"• {_termed(item.term, item.text)}", "text"), *more]


def _termed(term: str, said: str) -> str:
    return f"{term}: {said}" if term and said else term or said


def _charts(
    book: Workbook, sheet: Worksheet, charts: list[Bars], report: Report, looks: dict[str, Any]
) -> None:
    """Write each question with its figures, and its chart beside them."""
    _sheet(sheet, report)
    sheet.set_landscape()
    if len(charts) <= _CHARTS_A_PAGE:
        sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, 3, _FIGURE_WIDTH)
    row = 0
    if report.mark:
        sheet.write_string(row, 0, report.callouts[0].text, looks["bold"])
        row += 2
    for question in charts:
        row = _figure(book, sheet, question, row, looks, report.names) + 2


def _figure(
    book: Workbook,
    sheet: Worksheet,
    question: Bars,
    row: int,
    looks: dict[str, Any],
    names: Names,
) -> int:
    """Write one question from a row on, and return the row after it."""
    for at in (row, row + 1):
        sheet.set_row(at, _height("", "text"))
    sheet.write_string(row, 0, question.title, looks["question"])
    heads = (names.answer, names.people, names.of_column, names.share)
    for column, name in enumerate(heads):
        sheet.write_string(row + 1, column, name, looks["figures" if column else "head"])
    first = row + 2
    for at, bar in enumerate(question.bars, first):
        sheet.set_row(at, _height(bar.label * 2, "text"))
        sheet.write_string(at, 0, bar.label, looks["text"])
        sheet.write_number(at, 1, bar.count, looks["number"])
        sheet.write_number(at, 2, question.of, looks["number"])
        sheet.write_number(at, 3, bar.share(question.of) / 100, looks["share"])
    last = first + len(question.bars) - 1
    sheet.insert_chart(
        row + 1,
        _CHART_COLUMN,
        _chart(book, sheet, question, first, last),
        {
            "description": f"{question.title} {question.said}"[:_MOST_SIGNS],
            "object_position": 1,
        },
    )
    return max(last + 1, row + _ROWS_A_CHART)


def _chart(book: Workbook, sheet: Worksheet, question: Bars, first: int, last: int) -> Any:  # noqa: ANN401
    """Return a bar chart over some rows, its first bar on top."""
    chart = book.add_chart({"type": "bar"})
    font = {"name": "Cambria", "size": 11, "color": _INK}
    chart.add_series(
        {
            "categories": [sheet.get_name(), first, 0, last, 0],
            "values": [sheet.get_name(), first, 1, last, 1],
            "fill": {"color": _DEEP},
            "gap": 60,
            "data_labels": {"value": True, "font": font},
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": font, "major_tick_mark": "none"})
    chart.set_x_axis(
        {
            "min": 0,
            "max": question.of,
            "visible": False,
            "major_gridlines": {"visible": False},
        }
    )
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 560, "height": 60 + 34 * (last - first + 1)})
    return chart


def _tables(sheet: Worksheet, tables: list[Table], report: Report, looks: dict[str, Any]) -> None:
    """Write tables one below the other, each below its caption."""
    _sheet(sheet, report)
    sheet.set_column(0, 0, _LABEL_WIDTH)
    most = max(len(table.columns) for table in tables)
    sheet.set_column(1, most - 1, _FIGURE_WIDTH * 2)
    row = 0
    if report.mark:
        sheet.write_string(row, 0, report.callouts[0].text, looks["bold"])
        row += 1
    if len(tables) == 1:
        sheet.freeze_panes(row + 2, 1)
    for table in tables:
        row = _rows(sheet, table, row, looks) + 1


def _rows(sheet: Worksheet, table: Table, row: int, looks: dict[str, Any]) -> int:
    """Write a table from a row on, and return the row after it."""
    caption = f"{table.about} · {table.caption}" if table.about else table.caption
    sheet.write_string(row, 0, caption, looks["caption"])
    for column, name in enumerate(table.columns):
        look = "figures" if table.is_number(column) else "head"
        sheet.write_string(row + 1, column, name, looks[look])
    last = row + 2 + len(table.rows)
    for at in range(row, last):
        sheet.set_row(at, _height("", "text"))
    for at, cells in enumerate(table.rows, row + 2):
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(at, column, cell, looks["number"])
            else:
                sheet.write_string(at, column, cell, looks["cell" if column else "text"])
    return last
