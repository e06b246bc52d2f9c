"""A programme in every format: what it says, and that all of it is data."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from sessions.errors import CommandRefusedError
from sessions.export.programme_writing import programme_report
from sessions.export.registry import FORMATS
from sessions.export.report import Bars, Table
from sessions.programme.model import CountedSessions, NamedSession, ProgrammeSummary
from sessions.text import paragraph
from tests.export.programmes import a_programme
from tests.export.summaries import CORPUS, opened, parts_of

if TYPE_CHECKING:
    from sessions.export.report import Report

SHARE_FOR = {"docx": 4}
"""A document takes a tenth of a second: one word of so many is tried in it."""
HOSTILE = [*filter(None, (paragraph(text) for texts in CORPUS.values() for text in texts[::9]))]


def texts(report: Report) -> str:
    """Return everything that a report says, as one text."""
    return repr(report)


@pytest.mark.parametrize("edition", ["full", "board"])
@pytest.mark.parametrize("name", [*FORMATS])
def test_every_format_draws_a_programme(name: str, edition: str) -> None:
    """Each format and edition is made, twice to the same bytes."""
    one = FORMATS[name]
    assert one.render(a_programme(), edition) == one.render(a_programme(), edition)  # type: ignore[arg-type]


def test_there_is_no_edition_for_one_room() -> None:
    """An edition for those who were in the room is refused."""
    with pytest.raises(CommandRefusedError):
        programme_report(a_programme(), "participants")


def test_everything_that_is_told_is_in_the_full_report() -> None:
    """Sessions, answers, themes, commitments, asks, quotes, the cohort and the limits are in it."""
    said = texts(programme_report(a_programme()))
    for wanted in (
        *("600 to 890", "2026 Q2", "other plans", "Was it useful?", "Useful?", "4 or 5"),
        *("Late", "Book early.", "after 30 days: kept", "Pay an hour.", "From July on."),
        *("I count.", "Stay engaged", "2 Isolate race", "5fc299590c57a5ca", "Ward lunch"),
        *("30 to 60", "it is damaged", "It proves no effect.", "Only summaries are summed."),
    ):
        assert wanted in said, wanted


def test_the_parts_of_a_bar_chart_add_up() -> None:
    """Bars and what is not told which make up everybody who answered."""
    charts = [
        one
        for one in programme_report(a_programme()).blocks()
        if isinstance(one, Bars) and one.bars
    ]
    assert charts
    for chart in charts:
        assert sum(bar.count for bar in chart.bars) == chart.of


def test_a_board_sees_one_page_of_parts() -> None:
    """The board's edition has no list of sessions and no quotes, and says no figure of its own."""
    full, board = (texts(programme_report(a_programme(), one)) for one in ("full", "board"))
    assert "Ward lunch" not in board
    assert "I count." not in board
    figures = {
        bar.count
        for one in programme_report(a_programme(), "board").blocks()
        if isinstance(one, Bars)
        for bar in one.bars
    }
    assert all(str(figure) in full for figure in figures)


def test_a_rehearsal_is_marked_everywhere() -> None:
    """The mark of a rehearsal stands on a programme as on a session."""
    report = programme_report(a_programme().model_copy(update={"rehearsal": True}))
    assert report.mark == "Rehearsal"
    assert report.callouts


def test_a_programme_that_may_tell_nothing_is_still_a_report() -> None:
    """Of two sessions counts are told, and why no more is."""
    few = ProgrammeSummary(
        title="Programme of dialogues",
        sessions=2,
        cohort="0" * 16,
        first_on="2026-01-12",
        last_on="2026-01-13",
        by_quarter=(CountedSessions(label="2026 Q1", sessions=2),),
        by_plan=(CountedSessions(label="other plans", sessions=2),),
        limits=("So few sessions are hardly a programme.",),
        privacy=("Only summaries are summed.",),
    )
    report = programme_report(few)
    assert "hardly a programme" in texts(report)
    assert not [one for one in report.blocks() if isinstance(one, Bars)]
    for one in FORMATS.values():
        assert one.render(few)


@pytest.mark.parametrize("name", ["md", "html", "csv", "json", "docx", "xlsx"])
def test_words_stay_words(name: str) -> None:
    """Whatever people wrote, no format of a programme has a script, a formula or a link in it."""
    for word in HOSTILE[:: SHARE_FOR.get(name, 1)]:
        data = opened(FORMATS[name].render(a_programme(word)))
        if name == "json":
            assert json.loads(data)["asks_named"][0]["text"] == word
        elif name == "html":
            assert b"<script" not in data.lower()
            assert b"<img" not in data.lower()
        elif name == "xlsx":
            assert b"<f>" not in data
            assert b"<hyperlink" not in data
        elif name == "docx":
            assert b"<w:hyperlink" not in data
        elif name == "csv":
            lines = data.decode("utf-8-sig").split("\r\n")
            assert not [
                cell for line in lines for cell in line.split('","') if cell.startswith("=")
            ]


def test_tables_have_rows_as_wide_as_their_heads() -> None:
    """Every row of every table has a cell for each column."""
    for block in programme_report(a_programme()).blocks():
        if isinstance(block, Table):
            assert {len(row) for row in block.rows} <= {len(block.columns)}


def test_a_workbook_holds_short_tables_on_one_sheet() -> None:
    """A long table alone has a sheet of its own, and each says which question it is about."""
    named = tuple(NamedSession(on="2026-01-12", title=f"Ward {n}") for n in range(50))
    parts = parts_of(FORMATS["xlsx"].render(a_programme().model_copy(update={"named": named})))
    sheets = re.findall(r'<sheet name="([^"]*)"', parts["xl/workbook.xml"].decode())
    assert sheets == ["Report", "Figures", "Table 1", "Table 2"]
    said = parts["xl/sharedStrings.xml"].decode()
    assert "Was it useful? · The same by quarter, at least" in said


def test_a_row_of_a_table_says_which_question_it_is_about() -> None:
    """In comma-separated values a quarter stands beside the question whose answers it tells."""
    rows = FORMATS["csv"].render(a_programme()).decode("utf-8-sig").split("\r\n")
    (row,) = (row for row in rows if "2026 Q1 · Answered" in row)
    assert "Was it useful?" in row


def test_what_is_said_alike_stands_once_and_the_rest_is_counted() -> None:
    """Of fifty asks eight are alike: one line says so, and how many more there are."""
    ask = a_programme().asks_named[0].model_copy(update={"times": 8, "answered": 7})
    said = texts(programme_report(a_programme().model_copy(update={"asks_named": (ask,)})))
    assert "Asked 8 times, last in 2026 Q2. With a reply: 7." in said
    assert "42 more are in the sessions' own summaries." in said
