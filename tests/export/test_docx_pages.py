"""Where a document's pages and columns may break."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from docx.table import Table

from sessions.export.docx_columns import second_column
from sessions.export.programme_writing import programme_report
from sessions.export.registry import FORMATS
from sessions.export.report import EDITIONS
from tests.export.programmes import a_programme
from tests.export.summaries import rich

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

    from sessions.export.report import Edition


def stays(line: Paragraph) -> bool:
    """Say whether a line stays on one page with what follows it."""
    said = line.paragraph_format.keep_with_next
    style = line.style
    return bool(style and style.paragraph_format.keep_with_next) if said is None else said


@pytest.mark.parametrize("edition", EDITIONS)
def test_bars_hold_together_and_let_the_next_ones_go(edition: Edition) -> None:
    """Rows stay with their question, and with its caution, which no column breaks in two."""
    document = docx.Document(BytesIO(FORMATS["docx"].render(rich(), edition)))
    blocks = list(document.iter_inner_content())
    cautions = {one.caution for one in rich().questions if one.caution}
    found = 0
    for title, table, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if not isinstance(table, Table) or isinstance(title, Table) or isinstance(after, Table):
            continue
        *rows, last = [[stays(cell.paragraphs[0]) for cell in row.cells] for row in table.rows]
        assert all(map(all, rows))
        if title.style is not None and title.style.name == "Caption":
            warned = after.text in cautions
            assert stays(title)
            assert {*last} == {warned}
            assert bool(after.paragraph_format.keep_together) == warned
            found += warned
    assert found


@pytest.mark.parametrize(("edition", "size"), [("full", 12), ("board", 10)])
def test_a_figure_is_never_broken(edition: Edition, size: int) -> None:
    """In the widest letters that may stand in, `480 of 480` has room on one line."""
    many = tuple(
        one.model_copy(update={"answered": 480}) if one.groups else one for one in rich().questions
    )
    document = docx.Document(BytesIO(FORMATS["docx"].render(rich(questions=many), edition)))
    found = [table.columns[-1] for table in document.tables if "of" in table.cell(0, 2).text]
    wide = {column.width.mm for column in found if column.width is not None}
    digit_mm = 0.636 * size * 25.4 / 72
    assert wide
    assert min(wide) >= digit_mm * len("480 of 480") + 3.8


def test_a_boards_columns_are_about_as_long() -> None:
    """The second one begins before the longer half ends; without room it begins by itself."""
    document = docx.Document(BytesIO(FORMATS["docx"].render(a_programme(), "board")))
    starts = [one.text for one in document.paragraphs if 'w:type="column"' in one._p.xml]
    assert [one.strip() for one in starts] == ["What the groups will do, and did"]
    sections = programme_report(a_programme(), "board").sections
    assert second_column(sections * 3) is None
    assert second_column(sections[:1]) is None
