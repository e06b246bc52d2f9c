"""A Summary as a page to read in the terminal, in the language of the screens.

Touches: nothing. It says what every export would say, in the same order. Commands, which speak
English alone, print it too: their screens' language is never another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from agreements.sentence import Sentence
from dialogue.page import Block, Heading, Items, Line, Rows
from dialogue.wording import tr, trc, trn
from sessions import retold
from sessions.export.parts import tells_something
from sessions.export.writing import NOTHING
from sessions.summary import (
    FOLLOW_UP_WORDS,
    OUTCOME_WORDS,
    THEMES_NOTE,
    THEMES_TITLE,
    Summary,
    SummaryAsk,
    SummaryCommitment,
    SummaryCondition,
    SummaryFollowUp,
    SummaryQuestion,
    SummaryQuote,
    SummaryStep,
)
from sessions.summary_words import recognised

BAR_CELLS = 20
"""How long the longest bar is."""


def summary_page(summary: Summary) -> Iterator[Block]:
    """Yield a Summary as blocks of a page."""
    yield from _head(summary)
    yield from _listed(tr("What people talked about"), summary.themes)
    said = tr(str(THEMES_NOTE), threshold=summary.threshold)
    coded = (_said(retold.theme(one)) for one in summary.coded)
    yield from _listed(tr(THEMES_TITLE), coded, said)
    yield from _answers(summary.questions)
    yield from _quotes(summary.quotes)
    yield from _listed(tr("Questions left open"), summary.parked)
    yield from _listed(tr("What the group will do"), map(_commitment, summary.commitments))
    yield from _listed(tr("What is asked of leadership"), map(_ask, summary.leadership_asks))
    yield from _agreements(summary)
    conditions, left = map(_condition, summary.conditions), map(_condition, summary.conditions_left)
    yield from _listed(tr("Conditions worked on"), conditions)
    yield from _listed(tr("Conditions for another day"), left)
    yield Heading(tr("Steps"), 2)
    heads = (trc("column", "Step"), trc("column", "Planned"), trc("column", "Took"), "")
    yield Rows(heads, list(map(_step, summary.steps)), frozenset({1, 2}))
    yield from _listed(tr("How people are protected"), map(_said, map(recognised, summary.privacy)))
    yield from _listed(
        tr("What this page cannot tell"), map(_said, map(recognised, summary.limits))
    )


def _head(summary: Summary) -> Iterator[Block]:
    yield Heading(summary.title)
    if summary.rehearsal:
        yield Line(tr("This was a rehearsal. The people in it are made up."), "attention")
    if summary.partial:
        yield Line(tr("Partial: the session is still open."), "attention")
    people = tr("{band} people", band=recognised(summary.heads)) if summary.heads else ""
    planned, took = summary.planned_minutes, summary.actual_minutes
    minutes = tr("planned {planned} minutes, took {took}", planned=planned, took=took)
    facts = (summary.held_on, summary.plan_title, people, minutes)
    yield Line(" · ".join(filter(None, facts)), "quiet")
    yield Line(summary.plan_purpose)
    if not tells_something(summary):
        yield Line(tr(NOTHING))
    yield Line(f"{summary.rule_name}. {summary.rule_text}", "quiet")


def _said(text: str) -> str:
    """Return a sentence of ours in the language of the screens, and anybody's words as they are."""
    return tr(text) if isinstance(text, Sentence) else text


def _agreements(summary: Summary) -> Iterator[Block]:
    yield Heading(tr("Agreements"), 2)
    if summary.adopted:
        yield Line(tr("The group adopted these."))
    else:
        yield Line(tr("These were offered. The record does not say that the group adopted them."))
    yield Items(summary.agreements)
    yield from _listed(tr("Added by the group"), summary.house_agreements)


def _step(step: SummaryStep) -> tuple[str, ...]:
    minutes = (str(step.planned_minutes), str(step.actual_minutes))
    return (step.title, *minutes, tr(OUTCOME_WORDS[step.outcome]))


def _answers(questions: Sequence[SummaryQuestion]) -> Iterator[Block]:
    """Yield each question with its figures as bars, or the words that stand in their place."""
    if not questions:
        return
    yield Heading(tr("What the room answered"), 2)
    most = max((group.count for one in questions for group in one.groups), default=1)
    for one, after in zip_longest(questions, questions[1:]):
        yield Line(_said(retold.title(one)), "strong")
        if one.groups:
            yield Items(list(_bars(one, most)))
        else:
            yield Items([_said(retold.answer(one))])
        answered = ""
        if one.groups and one.answered:
            answered = trn("{count} answered.", "{count} answered.", one.answered)
        # Then and now have one caution between them, below the second.
        caution = "" if after and after.caution == one.caution else _said(recognised(one.caution))
        under = " ".join(filter(None, (answered, caution)))
        if under:
            yield Line(under, "quiet")


def _bars(question: SummaryQuestion, most: int) -> Iterator[str]:
    for label, group in zip(retold.labels(question), question.groups, strict=True):
        yield f"{_bar(group.count, most)} · {_said(label)}"


def _bar(count: int, most: int) -> str:
    return f"{'█' * max(round(count * BAR_CELLS / most), 1)} {count}"


def _quotes(quotes: Sequence[SummaryQuote]) -> Iterator[Block]:
    """Yield quoted words below the question that they answer."""
    if quotes:
        yield Heading(tr("In their own words"), 2)
    for question, said in groupby(quotes, key=lambda one: one.question):
        yield Line(question, "strong")
        yield Items([f"“{' '.join(one.text.split())}”" for one in said])


def _commitment(commitment: SummaryCommitment) -> str:
    due = tr("by {day}", day=commitment.due) if commitment.due else ""
    who = ", ".join(filter(None, (commitment.role, due)))
    said = f"{commitment.text} ({who})" if who else commitment.text
    return " ".join((said, *map(_stood, commitment.follow_up)))


def _stood(at: SummaryFollowUp) -> str:
    stood = tr("After {days} days: {state}.", days=at.after_days, state=FOLLOW_UP_WORDS[at.state])
    return f"{stood} {at.in_the_way}".rstrip()


def _ask(ask: SummaryAsk) -> str:
    return " ".join((ask.text, *(f"{one.on}: {one.text}" for one in ask.replies)))


def _condition(condition: SummaryCondition) -> str:
    return f"{condition.number} {condition.name}: {condition.gloss}"


def _listed(title: str, items: Iterable[str], said: str = "") -> Iterator[Block]:
    """Yield a heading and a list; nothing when there are no items."""
    texts = tuple(items)
    if texts:
        yield Heading(title, 2)
        if said:
            yield Line(said, "quiet")
        yield Items(texts)
