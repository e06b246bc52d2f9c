"""A report as a document for a word processor.

Touches: nothing itself. Headings, lists and tables are
real ones, so that they can be found by a screen reader and restyled by whoever edits it. A bar is
the shading of an empty line, narrowed by its indent: the figure stands beside it as text.
"""

from __future__ import annotations

from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from sessions.export.docx_columns import APART_MM, CELL_MM, columns_mm, second_column
from sessions.export.docx_styles import (
    DEEP,
    LINE,
    PALE,
    PAPER,
    QUIET,
    edge,
    empty_document,
    made,
    points,
    put,
    shade,
    spelled,
)
from sessions.export.report import (
    PERCENT,
    Bars,
    Block,
    Callout,
    Edition,
    Facts,
    Items,
    Paper,
    Paragraph,
    Quotes,
    Report,
    Table,
    short_language,
)
from sessions.export.zipped import steady

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as DocxTable
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as DocxParagraph
    from docx.text.run import Run

_GUTTER_MM: Final = 10
_TEXT_MM: Final = {"full": 170.0, "participants": 170.0, "board": 85.0}
"""How wide a line is; a board's page has two columns."""
_BARS: Final = {
    "full": (0.4, 0.44, 0.16),
    "participants": (0.4, 0.44, 0.16),
    "board": (0.5, 0.24, 0.26),
}
"""Which parts of it label, bar and figure have."""
_FACTS: Final = (0.22, 0.78)
_SIGN_MM: Final = {"full": 2.7, "participants": 2.7, "board": 2.25}
"""How wide a sign is at most, in the widest letters that stand in for those asked for."""
_AIR_POINTS: Final = {"full": 3.0, "participants": 3.0, "board": 1.5}
"""What lies above and below the line of a cell."""
_BELOW_POINTS: Final = 6.0
_HEADER_MM: Final = {"full": 10.0, "participants": 10.0, "board": 7.0}
"""How far the mark of a page stands from its edge, so that it does not push the text down."""
_CALLOUT_POINTS: Final = 10.0
_KEPT_TOGETHER: Final = 32
"""Values of so many signs are not broken between two lines."""
_TWIPS_A_MM: Final = 56.7
_LINE_EIGHTHS: Final = "4"
_TRACK_EIGHTHS: Final = "16"
"""How wide the lines of paper between bars are."""


def render(report: Report, paper: Paper = "a4") -> bytes:
    """Return a report as a .docx file."""
    document = empty_document(report, paper)
    if report.mark:
        _stamp(document, report.mark, report.edition)
    _say(_paragraph(document), report.kind, bold=True, colour=QUIET)
    _say(document.add_heading(level=1), report.title, report=report)
    for block in report.head():
        _draw(document, block, report)
    board = report.edition == "board"
    if board:
        _two_columns(document)
    second = second_column(report.sections) if board else None
    for number, section in enumerate(report.sections):
        heading = document.add_heading(level=2)
        _begin(heading, second == (number, 0))
        _say(heading, section.heading)
        for at, (block, after) in enumerate(zip_longest(section.blocks, section.blocks[1:])):
            _draw(document, block, report, begins=at > 0 and second == (number, at))
            if isinstance(block, Paragraph) and isinstance(after, Items):
                document.paragraphs[-1].paragraph_format.keep_with_next = True
    written = BytesIO()
    document.save(written)
    return steady(written.getvalue())


def _stamp(document: Document, mark: str, edition: Edition) -> None:
    """Say on every page what kind of session it was."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    page = document.sections[0]
    page.header_distance = Mm(_HEADER_MM[edition])
    line = page.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_after = points(0)
    _say(line, mark.upper(), bold=True)


def _begin(line: DocxParagraph, begins: bool) -> None:  # noqa: FBT001
    """Let a column begin with a line that is still empty, where it is to."""
    from docx.enum.text import WD_BREAK  # noqa: PLC0415

    if begins:
        line.add_run().add_break(WD_BREAK.COLUMN)


def _draw(document: Document, block: Block, report: Report, *, begins: bool = False) -> None:
    theirs = report if getattr(block, "theirs", False) else None
    match block:
        case Paragraph():
            line = _paragraph(document)
            _termed(line, block.term, block.text, theirs, colour=QUIET if block.quiet else "")
        case Callout():
            line = _paragraph(document)
            line.paragraph_format.left_indent = points(_CALLOUT_POINTS)
            properties = line._p.get_or_add_pPr()  # noqa: SLF001
            put(properties, edge("left", DEEP, "24"))
            put(properties, shade(PALE))
            _say(line, block.text, bold=True)
        case Facts():
            _facts(document, block, report)
        case Items():
            _list(document, block, theirs)
        case Quotes():
            for text in block.texts:
                _say(_styled(document, "Quote"), f"“{text}”", report=report)
        case Bars():
            _bars(document, block, report, begins=begins)
        case Table():
            _table(document, block, report)


def _paragraph(document: Document) -> DocxParagraph:
    """Add an empty line at the end; the library would look through all lines for its place."""
    from docx.text.paragraph import Paragraph as DocxParagraph  # noqa: PLC0415

    line = made("w:p", {})
    document.element.body[-1].addprevious(line)
    return DocxParagraph(line, document._body)  # noqa: SLF001


def _styled(document: Document, style_id: str) -> DocxParagraph:
    """Add an empty line in a style; by its name the library would search all styles each time."""
    line = _paragraph(document)
    line._p.style = style_id  # noqa: SLF001
    return line


def _list(document: Document, block: Items, theirs: Report | None) -> None:
    for item in block.items:
        line = _styled(document, "ListBullet")
        _termed(line, item.term, item.text.replace("\n\n", "\n"), theirs)
        if item.more:
            line.add_run().add_break()
            _say(line, item.more, colour=QUIET)


def _two_columns(document: Document) -> None:
    """Let what follows stand in columns on the same page."""
    from docx.enum.section import WD_SECTION  # noqa: PLC0415

    columns = document.add_section(WD_SECTION.CONTINUOUS)._sectPr.find(spelled("w:cols"))  # noqa: SLF001
    columns.set(spelled("w:num"), "2")
    columns.set(spelled("w:space"), str(round(_GUTTER_MM * _TWIPS_A_MM)))


def _facts(document: Document, block: Facts, report: Report) -> None:
    if report.edition == "board":
        line = _paragraph(document)
        for number, (name, value) in enumerate(block.rows):
            together = len(value) <= _KEPT_TOGETHER
            space = "\N{NO-BREAK SPACE}" if together else " "
            _say(line, f"{'   ' if number else ''}{name}{space}", colour=QUIET)
            _say(line, value.replace(" ", space))
    elif block.rows:
        table = _grid(document, len(block.rows), _FACTS, _TEXT_MM[report.edition])
        for cells, (name, value) in zip(_rows(table), block.rows, strict=True):
            _say(_line(cells[0], report), name, colour=QUIET)
            _say(_line(cells[1], report), value)
        _air(document)


def _air(document: Document) -> None:
    """Leave a little room below a table."""
    line = _paragraph(document)
    line.paragraph_format.line_spacing = points(_BELOW_POINTS)
    line.paragraph_format.space_after = points(0)


def _bars(document: Document, block: Bars, report: Report, *, begins: bool) -> None:
    caption = _styled(document, "Caption")
    _begin(caption, begins)
    _say(caption, block.title, report=report)
    if not block.bars:
        _say(_paragraph(document), block.said)
    else:
        _chart(document, block, report)
    if block.caution:
        caution = _paragraph(document)
        caution.paragraph_format.keep_together = True
        _say(caution, block.caution, colour=QUIET)


def _chart(document: Document, block: Bars, report: Report) -> None:
    """Draw bars as a table: label, bar, figure."""
    from docx.enum.table import WD_ALIGN_VERTICAL  # noqa: PLC0415

    whole = _TEXT_MM[report.edition]
    label_part, bar_part, figure_part = _BARS[report.edition]
    signs = len(f"{block.of} {report.names.of} {block.of}")
    figures_mm = CELL_MM + _SIGN_MM[report.edition] * signs
    longer = max(0.0, figures_mm / whole - figure_part)
    parts = (label_part, bar_part - longer, figure_part + longer)
    table = _grid(document, len(block.bars), parts, whole)
    _lines_between(table, PAPER, _TRACK_EIGHTHS)
    rows = _rows(table)
    for (label, drawn, figures), bar in zip(rows, block.bars, strict=True):
        _say(_line(label, report), bar.label, report=report)
        for cell in (label, drawn, figures):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        _fill(drawn, _line(drawn, report), bar.share(block.of), whole * parts[1])
        line = _line(figures, report)
        _to_the_right(line)
        _say(line, str(bar.count), bold=True)
        _say(line, f"\N{NO-BREAK SPACE}{report.names.of}\N{NO-BREAK SPACE}{block.of}")
    if not block.caution:
        _end(rows)


def _fill(cell: _Cell, line: DocxParagraph, share: int, wide_mm: float) -> None:
    """Shade an empty line as far as a share goes, and its cell as far as all would go."""
    from docx.shared import Mm  # noqa: PLC0415

    within = wide_mm - CELL_MM
    line.paragraph_format.right_indent = Mm(within * (PERCENT - share) / PERCENT)
    put(line._p.get_or_add_pPr(), shade(DEEP))  # noqa: SLF001
    cell._tc.get_or_add_tcPr().append(shade(PALE))  # noqa: SLF001


def _table(document: Document, block: Table, report: Report) -> None:
    from docx.shared import Mm  # noqa: PLC0415

    _say(_styled(document, "Caption"), block.caption)
    whole = _TEXT_MM[report.edition]
    parts = tuple(wide / whole for wide in columns_mm(block, _SIGN_MM[report.edition], whole))
    table = _grid(document, len(block.rows) + 1, parts, whole)
    rows = _rows(table)
    numbers = [block.is_number(column) for column in range(len(block.columns))]
    for number, (cells, row) in enumerate(zip(rows, (block.columns, *block.rows), strict=True)):
        for column, cell in enumerate(row):
            line = _line(cells[column], report)
            _say(line, str(cell), bold=number == 0)
            if numbers[column]:
                _to_the_right(line)
            elif column and numbers[column - 1]:
                line.paragraph_format.left_indent = Mm(APART_MM)
    _end(rows)
    first = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
    first.append(made("w:tblHeader", {"val": "true"}))
    _lines_between(table, LINE, _LINE_EIGHTHS)
    _air(document)


def _grid(document: Document, rows: int, parts: tuple[float, ...], wide_mm: float) -> DocxTable:
    """Return a table without lines whose columns have parts of a width."""
    from docx.shared import Mm  # noqa: PLC0415

    table: DocxTable = document.add_table(rows=rows, cols=len(parts))
    table.autofit = False
    widths = [Mm(part * wide_mm) for part in parts]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cells in _rows(table):
        whole = cells[0]._tc.getparent().get_or_add_trPr()  # noqa: SLF001
        whole.append(made("w:cantSplit", {"val": "true"}))
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
    return table


def _rows(table: DocxTable) -> list[tuple[_Cell, ...]]:
    """Return all cells by rows; one by one the library would count them again for each."""
    wide = len(table.columns)
    cells = table._cells  # noqa: SLF001
    return [tuple(cells[at : at + wide]) for at in range(0, len(cells), wide)]


def _lines_between(table: DocxTable, colour: str, eighths: str) -> None:
    """Draw lines below rows, so many eighths of a point wide, and none elsewhere."""
    edges = made("w:tblBorders", {})
    for name in ("bottom", "insideH"):
        edges.append(made(f"w:{name}", {"val": "single", "sz": eighths, "color": colour}))
    layout = table._tblPr.find(spelled("w:tblLayout"))  # noqa: SLF001
    layout.addprevious(edges)


def _termed(
    line: DocxParagraph, term: str, said: str, theirs: Report | None, *, colour: str = ""
) -> None:
    if term:
        _say(line, term, report=theirs, bold=True)
        _say(line, " ")
    _say(line, said, report=theirs, colour=colour)


def _say(
    line: DocxParagraph,
    said: str,
    *,
    report: Report | None = None,
    bold: bool = False,
    colour: str = "",
) -> None:
    """Add words to a line.

    Args:
        line: The line.
        said: The words; a line break in them is one.
        report: Given when the words are the session's own, in its language.
        bold: They stand out.
        colour: Theirs, as hex; that of the style when empty.
    """
    from docx.shared import RGBColor  # noqa: PLC0415

    run = line.add_run(said)
    run.bold = True if bold else None
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    language = "" if report is None else short_language(report.language)
    if report is not None and language != report.own_language:
        _in_language(run, language)


def _in_language(run: Run, language: str) -> None:
    run._r.get_or_add_rPr().append(made("w:lang", {"val": language}))  # noqa: SLF001


def _line(cell: _Cell, report: Report) -> DocxParagraph:
    """Return the one line of a cell, with little air around it, that stays with what follows."""
    line: DocxParagraph = cell.paragraphs[0]
    line.paragraph_format.keep_with_next = True
    line.paragraph_format.space_after = points(_AIR_POINTS[report.edition])
    line.paragraph_format.space_before = points(_AIR_POINTS[report.edition])
    return line


def _end(rows: list[tuple[_Cell, ...]]) -> None:
    """Let a page end below the last row; else one table after the other would hang together."""
    for cell in rows[-1]:
        cell.paragraphs[0].paragraph_format.keep_with_next = False


def _to_the_right(line: DocxParagraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
