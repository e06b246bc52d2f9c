"""A programme in every format: what it says, and that all of it is data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sessions.errors import CommandRefusedError
from sessions.export.programme_writing import programme_report
from sessions.export.registry import FORMATS
from sessions.export.report import Bars, Table
from sessions.programme.model import (
    CommitmentsAfter,
    CountedSessions,
    LeftOut,
    NamedSession,
    ProgrammeAnswer,
    ProgrammeAsk,
    ProgrammeCommitment,
    ProgrammeQuestion,
    ProgrammeQuote,
    ProgrammeSummary,
    ProgrammeTheme,
    ProgrammeTime,
)
from sessions.summary import SummaryReply
from sessions.text import paragraph
from tests.export.summaries import CORPUS, opened

if TYPE_CHECKING:
    from sessions.export.report import Report

SHARE_FOR = {"docx": 4}
"""A document takes a tenth of a second: one word of so many is tried in it."""
HOSTILE = [*filter(None, (paragraph(text) for texts in CORPUS.values() for text in texts[::9]))]


def rich(word: str = "") -> ProgrammeSummary:
    """Return a programme with something in every field; a word may stand wherever words can."""
    question = ProgrammeQuestion(
        plan_title=word or "Lunch & learn",
        kind="scale",
        language="en",
        text=word or "Was it useful?",
        sessions=30,
        answered=600,
        answers=(
            ProgrammeAnswer(label=word or "1 to 3", at_least=150),
            ProgrammeAnswer(label=word or "4 or 5", at_least=380),
        ),
        over_time=(
            ProgrammeTime(label="2026 Q1", answered=200, at_least=(60, 110)),
            ProgrammeTime(label="2026 Q2", answered=390, at_least=(80, 260)),
        ),
        in_words=word
        or "Of at least 600 who answered: 1 to 3: at least 150; 4 or 5: at least 380.",
        asked_before=word or "Useful?",
        caution=word or "A caution.",
    )
    places = question.model_copy(update={"kind": "compass", "answered": 0, "over_time": ()})
    silent = question.model_copy(update={"answers": (), "over_time": (), "answered": 0})
    reply = SummaryReply(on="2026-06-01", text=word or "From July on.")
    return ProgrammeSummary(
        title="Programme of dialogues",
        sessions=30,
        cohort="5fc299590c57a5ca",
        first_on="2026-01-12",
        last_on="2026-06-20",
        languages=("en", "es"),
        people="600 to 890",
        minutes=1800,
        by_quarter=(
            CountedSessions(label="2026 Q1", sessions=12, people="240 to 350"),
            CountedSessions(label="2026 Q2", sessions=18, people="360 to 540"),
        ),
        by_plan=(
            CountedSessions(label=word or "Lunch & learn", sessions=27, people="540 to 800"),
            CountedSessions(label="other plans", sessions=3),
        ),
        named=(NamedSession(on="2026-01-12", title=word or "Ward lunch"),),
        adopted=29,
        agreements=(CountedSessions(label=word or "Stay engaged", sessions=29),),
        conditions=(
            CountedSessions(label=word or "2 Isolate race", gloss=word or "G.", sessions=30),
        ),
        questions=(question, places, silent),
        themes=(ProgrammeTheme(label=word or "Late", kind="theme", sessions=9, people="50 to 90"),),
        commitments=40,
        commitments_after=(CommitmentsAfter(after_days=30, kept=20, partly=8, not_yet=4),),
        commitments_named=(
            ProgrammeCommitment(
                text=word or "Book early.", stood="after 30 days: kept", in_the_way=word or "forms"
            ),
        ),
        asks=50,
        asks_answered=20,
        asks_named=(
            ProgrammeAsk(quarter="2026 Q2", text=word or "Pay an hour.", replies=(reply,)),
        ),
        quotes_named=(ProgrammeQuote(question=word or "What stays?", text=word or "I count."),),
        held_back="30 to 60",
        left_out=(LeftOut(reason="it is damaged", files=2),),
        twice=1,
        privacy=("Only summaries are summed.",),
        limits=("It proves no effect.",),
    )


def texts(report: Report) -> str:
    """Return everything that a report says, as one text."""
    return repr(report)


@pytest.mark.parametrize("edition", ["full", "board"])
@pytest.mark.parametrize("name", [*FORMATS])
def test_every_format_draws_a_programme(name: str, edition: str) -> None:
    """Each format and edition is made, twice to the same bytes."""
    one = FORMATS[name]
    assert one.render(rich(), edition) == one.render(rich(), edition)  # type: ignore[arg-type]


def test_there_is_no_edition_for_one_room() -> None:
    """An edition for those who were in the room is refused."""
    with pytest.raises(CommandRefusedError):
        programme_report(rich(), "participants")


def test_everything_that_is_told_is_in_the_full_report() -> None:
    """Sessions, answers, themes, commitments, asks, quotes, the cohort and the limits are in it."""
    said = texts(programme_report(rich()))
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
        one for one in programme_report(rich()).blocks() if isinstance(one, Bars) and one.bars
    ]
    assert charts
    for chart in charts:
        assert sum(bar.count for bar in chart.bars) == chart.of


def test_a_board_sees_one_page_of_parts() -> None:
    """The board's edition has no list of sessions and no quotes, and says no figure of its own."""
    full, board = (texts(programme_report(rich(), one)) for one in ("full", "board"))
    assert "Ward lunch" not in board
    assert "I count." not in board
    figures = {
        bar.count
        for one in programme_report(rich(), "board").blocks()
        if isinstance(one, Bars)
        for bar in one.bars
    }
    assert all(str(figure) in full for figure in figures)


def test_a_rehearsal_is_marked_everywhere() -> None:
    """The mark of a rehearsal stands on a programme as on a session."""
    report = programme_report(rich().model_copy(update={"rehearsal": True}))
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
        data = opened(FORMATS[name].render(rich(word)))
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
    for block in programme_report(rich()).blocks():
        if isinstance(block, Table):
            assert {len(row) for row in block.rows} <= {len(block.columns)}
