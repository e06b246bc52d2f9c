"""What hiding leaves and eats on our own rows stays where README says it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sessions.deidentify.find import find
from sessions.deidentify.model import Span
from sessions.deidentify.roster import Roster
from tests.benchmarks.hiding_rows import Row, ours

ROWS = Path(__file__).parents[1] / "data" / "hiding"


@cache
def found() -> tuple[tuple[Row, tuple[Span, ...]], ...]:
    """Return the rows that were looked at, each with what is found in it, the roster known."""
    rows = [row for row in ours(ROWS) if not row.held_out]
    rosters = {row.roster: Roster.parse("\n".join(row.roster)) for row in rows}
    return tuple((row, find(row.text, rosters[row.roster])) for row in rows)


def covered(row: Row, spans: tuple[Span, ...], start: int, end: int) -> list[bool]:
    """Return of each letter and digit of a place whether something hides it."""
    return [
        any(span.start <= at < span.end for span in spans)
        for at in range(start, end)
        if row.text[at].isalnum()
    ]


def test_hardly_a_name_is_left_after_the_questions() -> None:
    """Of a hundred names at most two have a letter left, once a person was asked."""
    names = [
        all(covered(row, spans, start, end))
        for row, spans in found()
        for start, end, label, _ in row.spans
        if label == "PERSON"
    ]
    assert names.count(False) <= 0.02 * len(names)


def test_few_notes_without_a_name_lose_a_word_unasked() -> None:
    """At most four in a hundred notes that name nobody are changed without a question."""
    clean = [
        not any(span.tier == "auto" and not _is_title(row, span) for span in spans)
        for row, spans in found()
        if row.clean
    ]
    assert clean.count(False) <= 0.04 * len(clean)


def test_words_of_race_and_faith_stay() -> None:
    """Fewer than one in a hundred is hidden without a question."""
    kept = [
        not any(covered(row, tuple(one for one in spans if one.tier == "auto"), start, end))
        for row, spans in found()
        for start, end, label, _ in row.spans
        if label == "KEEP"
    ]
    assert kept.count(False) < 0.01 * len(kept)


def _is_title(row: Row, span: Span) -> bool:
    """Say whether a span is but a title, which may go or stay."""
    return any(
        label == "OPTIONAL" and start <= span.start and span.end <= end
        for start, end, label, _ in row.spans
    )
