"""What each edition says: the same words and figures, and whole things only."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.export.report import EDITIONS, Bar, Bars, Callout, Items, Quotes, Report
from sessions.export.withheld import withheld
from sessions.export.writing import FIRST, NOTHING, PARTIAL, REHEARSAL, report
from sessions.questions import partition
from sessions.summary import (
    NamedCount,
    Summary,
    SummaryCommitment,
    SummaryQuestion,
    SummaryQuote,
)
from sessions.summary_words import WORDS_DUE, filled
from tests.export.summaries import hostile, rich, silent

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_WORDS = frozenset(
    {"session", "plan", "language", "held_on", "id", "ask", "code", "format", "kind", "told"}
    | {"option", "outcome", "state", "due", "on", "choices", "options"}
)
"""Fields that a page does not say as they stand: ids, and what is said in other words."""


def words(value: object) -> Iterator[str]:
    """Yield every text in a report."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from words(getattr(value, one.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from words(each)


def said(value: Report) -> str:
    """Return all that a report says, in one text."""
    return "\n".join(words(value))


def leaves(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a dumped Summary with the name of its field."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name not in NOT_WORDS:
                yield from leaves(one, name)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from leaves(one, key)
    elif isinstance(value, str):
        yield key, value


def test_the_full_edition_says_every_word_of_the_summary() -> None:
    """No text of any field is missing; a field that is added to the Summary must be shown."""
    page = said(report(rich()))
    missing = [(key, text) for key, text in leaves(rich().model_dump()) if text not in page]
    assert missing == []


def test_every_field_of_a_summary_is_filled_in_the_example() -> None:
    """The Summary that these tests draw has nothing left as it is by default."""
    usual = {name: one.default for name, one in Summary.model_fields.items()}
    same = [name for name, value in rich() if value == usual[name]]
    assert set(same) <= {"partial", "rehearsal", "threshold", "format", "version"}


def test_days_and_states_are_said_as_people_say_them() -> None:
    """A due day, a reply's day and how a commitment stands are words."""
    page = said(report(rich()))
    assert "due 22 December 2026 · after 30 days: partly kept; in the way:" in page
    due = filled(WORDS_DUE, day="2027-02-20")
    assert "deleted on 20 February 2027." in str(report(rich(privacy=(str(due),))).sections)
    assert "Reply of 10 December 2026: Agreed" in page
    assert "No reply yet." in page
    assert "22 November 2026" in page


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_edition_has_a_figure_of_its_own(edition: str) -> None:
    """Every bar of every edition is one that the Summary tells, of as many people."""
    told = {
        (one.in_words, group.label, group.count, one.answered)
        for one in rich().questions
        for group in one.groups
    }
    (chosen,) = (one for one in EDITIONS if one == edition)
    found = {
        (block.said, bar.label, bar.count, block.of)
        for block in report(rich(), chosen).blocks()
        if isinstance(block, Bars)
        for bar in block.bars
    }
    assert found
    assert found <= told


def test_the_board_reads_whole_things_and_how_many_more_there_are() -> None:
    """What is too much for one page is left out whole and counted; nothing is cut."""
    texts = [f"I will do number {n} " + "and say so " * n for n in range(9)]
    many = rich(commitments=tuple(SummaryCommitment(text=text) for text in texts))
    (section,) = (
        one for one in report(many, "board").sections if one.heading == "What the group will do"
    )
    items = [
        item.text for block in section.blocks if isinstance(block, Items) for item in block.items
    ]
    assert items == texts[:3]
    assert "6 more are in the full report." in said(report(many, "board"))


def test_a_board_reads_short_words_before_one_that_fills_the_page() -> None:
    """A long answer that comes later gives way to a short one after it."""
    long = "word " * 300
    texts = ("Short.", long, "Also short.")
    quotes = tuple(SummaryQuote(question="What?", text=text) for text in texts)
    page = report(rich(quotes=quotes), "board")
    told = [text for block in page.blocks() if isinstance(block, Quotes) for text in block.texts]
    assert told == ["Short.", "Also short."]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_report_of_nothing_is_still_worth_reading(edition: str) -> None:
    """With all below the threshold it says so, and what the group did together."""
    (chosen,) = (one for one in EDITIONS if one == edition)
    page = report(silent(), chosen)
    assert NOTHING in said(page)
    headings = [one.heading for one in page.sections]
    assert any("greements" in heading for heading in headings)
    assert "Conditions worked on" in headings
    assert not [block for block in page.blocks() if isinstance(block, Bars) and block.bars]


def test_a_session_without_any_answer_has_a_report() -> None:
    """No questions, no words and no agreements still give a page with its limits."""
    page = report(silent(questions=(), agreements=(), conditions=()), "board")
    assert [one.heading for one in page.sections] == ["Steps", "What this page cannot tell"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_rehearsals_and_partials_are_told_first_and_marked(edition: str) -> None:
    """The first lines say what it is, and there is a mark for every page."""
    (chosen,) = (one for one in EDITIONS if one == edition)
    page = report(rich(rehearsal=True, partial=True), chosen)
    assert page.callouts[:2] == (Callout(REHEARSAL), Callout(PARTIAL))
    assert page.mark == "Rehearsal · Partial"
    assert report(rich(), chosen).mark == ""


def test_those_who_were_there_are_told_that_they_read_it_first() -> None:
    """Their edition begins with that, and no other edition has it."""
    assert FIRST in said(report(rich(), "participants"))
    assert FIRST not in said(report(rich(), "board"))


def test_those_who_were_there_read_all_that_anybody_reads_of_them() -> None:
    """No edition has an answer, a note, a quote, an ask or a commitment that theirs lacks."""
    summary = rich()
    of_them = (summary.questions, summary.themes, summary.coded, summary.quotes, summary.parked)
    more = (summary.commitments, summary.leadership_asks, summary.house_agreements)
    page = said(report(summary, "participants"))
    every = [
        text
        for things in (*of_them, *more)
        for thing in things
        for _, text in leaves(thing if isinstance(thing, str) else thing.model_dump())
    ]
    assert len(every) > 30
    assert [text for text in every if text not in page] == []


@pytest.mark.parametrize(("answered", "count"), [(None, 6), (0, 6), (5, 6), (6, -1)])
def test_a_forged_figure_is_not_drawn(answered: int | None, count: int) -> None:
    """Counts that cannot be parts of those who answered leave the words alone."""
    forged = SummaryQuestion(
        text="Useful?",
        answered=answered,
        groups=(NamedCount(label="Yes", count=count),),
        in_words="Nothing is told.",
    )
    (block,) = (one for one in report(rich(questions=(forged,))).blocks() if isinstance(one, Bars))
    assert block.bars == ()


@given(of=st.integers(1, 10**6), data=st.data())
def test_a_share_is_a_whole_percent(of: int, data: st.DataObject) -> None:
    """From none to all it lies between 0 and 100, within half a percent of the exact one."""
    count = data.draw(st.integers(0, of))
    share = Bar("x", count).share(of)
    assert 0 <= share <= 100
    assert abs(share - 100 * count / of) <= 0.5


def test_words_in_every_place_are_all_there() -> None:
    """Nothing of a Summary is lost when all of its texts are one long one."""
    assert said(report(hostile("so it is"))).count("so it is") > 40


def test_then_and_now_stand_together_or_not_at_all() -> None:
    """On a board's page one of the two is never without the other, nor without the caution."""
    pair = [one for one in rich().questions if one.kind in ("then", "now")]
    other = [one.model_copy(update={"ask": "other", "text": "Other? " * 30}) for one in pair]
    page = report(rich(questions=(*pair, *other)), "board")
    (section,) = (one for one in page.sections if one.heading == "Then and now")
    bars = [one for one in section.blocks if isinstance(one, Bars)]
    assert [one.title for one in bars] == [one.text for one in pair]
    assert [one.caution for one in bars] == ["", pair[0].caution]


def test_enough_answers_that_are_too_thinly_spread_are_not_called_too_few() -> None:
    """Nine answered, so that the sentence about what is kept back names both reasons."""
    labels = ("one", "two", "three")
    thin = partition(labels, (4, 2, 3), 5, ids=labels, ordered=False)
    assert (thin.told, thin.groups) == ("nothing", ())
    said = [str(one) for one in withheld(rich(questions=(thin,)), "full")]
    assert "Of 1 question nothing is told: too few answered, or too thinly spread." in said
