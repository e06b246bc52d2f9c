"""A Summary as a page to read in the terminal.

Touches: nothing. It says what every export would say, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from dialogue.page import Block, Heading, Items, Line, Rows
from sessions.summary import (
    FOLLOW_UP_WORDS,
    OUTCOME_WORDS,
    Summary,
    SummaryAsk,
    SummaryCommitment,
    SummaryCondition,
    SummaryFollowUp,
    SummaryQuestion,
    SummaryQuote,
    SummaryStep,
    SummaryTheme,
)

ADOPTED = "The group adopted these."
NOT_ADOPTED = "These were offered. The record does not say that the group adopted them."


BAR_CELLS = 20
"""How long the longest bar is."""


def summary_page(summary: Summary) -> Iterator[Block]:
    """Yield a Summary as blocks of a page."""
    yield from _head(summary)
    yield from _listed("What people talked about", summary.themes)
    yield from _listed("Themes, by how many answers", map(_theme, summary.coded))
    yield from _answers(summary.questions)
    yield from _quotes(summary.quotes)
    yield from _listed("Questions left open", summary.parked)
    yield from _listed("What the group will do", map(_commitment, summary.commitments))
    yield from _listed("What is asked of leadership", map(_ask, summary.leadership_asks))
    yield Heading("Agreements", 2)
    yield Line(ADOPTED if summary.adopted else NOT_ADOPTED)
    yield Items(summary.agreements)
    yield from _listed("Added by the group", summary.house_agreements)
    yield from _listed("Conditions worked on", map(_condition, summary.conditions))
    yield from _listed("Conditions for another day", map(_condition, summary.conditions_left))
    yield Heading("Steps", 2)
    yield Rows(("Step", "Planned", "Took", ""), list(map(_step, summary.steps)), frozenset({1, 2}))
    yield from _listed("How people are protected", summary.privacy)
    yield from _listed("What this page cannot tell", summary.limits)


def _head(summary: Summary) -> Iterator[Block]:
    yield Heading(summary.title)
    if summary.rehearsal:
        yield Line("This was a rehearsal. The people in it are made up.", "attention")
    if summary.partial:
        yield Line("Partial: the session is still open.", "attention")
    people = f"{summary.heads} people" if summary.heads else ""
    minutes = f"planned {summary.planned_minutes} minutes, took {summary.actual_minutes}"
    facts = (summary.held_on, summary.plan_title, people, minutes)
    yield Line(" · ".join(filter(None, facts)), "quiet")
    yield Line(summary.plan_purpose)
    yield Line(f"{summary.rule_name}. {summary.rule_text}", "quiet")


def _step(step: SummaryStep) -> tuple[str, ...]:
    minutes = (str(step.planned_minutes), str(step.actual_minutes))
    return (step.title, *minutes, OUTCOME_WORDS[step.outcome])


def _theme(theme: SummaryTheme) -> str:
    return ": ".join(filter(None, (theme.label, theme.count)))


def _answers(questions: Sequence[SummaryQuestion]) -> Iterator[Block]:
    """Yield each question with its figures as bars, or the words that stand in their place."""
    if not questions:
        return
    yield Heading("What the room answered", 2)
    most = max((group.count for one in questions for group in one.groups), default=1)
    for one, after in zip_longest(questions, questions[1:]):
        yield Line(one.text, "strong")
        if one.groups:
            yield Items([f"{_bar(group.count, most)} · {group.label}" for group in one.groups])
        else:
            yield Items([one.in_words])
        answered = f"{one.answered} answered." if one.groups and one.answered else ""
        # Then and now have one caution between them, below the second.
        caution = "" if after and after.caution == one.caution else one.caution
        under = " ".join(filter(None, (answered, caution)))
        if under:
            yield Line(under, "quiet")


def _bar(count: int, most: int) -> str:
    return f"{'█' * max(round(count * BAR_CELLS / most), 1)} {count}"


def _quotes(quotes: Sequence[SummaryQuote]) -> Iterator[Block]:
    """Yield quoted words below the question that they answer."""
    if quotes:
        yield Heading("In their own words", 2)
    for question, said in groupby(quotes, key=lambda one: one.question):
        yield Line(question, "strong")
        yield Items([f"“{' '.join(one.text.split())}”" for one in said])


def _commitment(commitment: SummaryCommitment) -> str:
    due = f"by {commitment.due}" if commitment.due else ""
    who = ", ".join(filter(None, (commitment.role, due)))
    said = f"{commitment.text} ({who})" if who else commitment.text
    return " ".join((said, *map(_stood, commitment.follow_up)))


def _stood(at: SummaryFollowUp) -> str:
    return f"After {at.after_days} days: {FOLLOW_UP_WORDS[at.state]}. {at.in_the_way}".rstrip()


def _ask(ask: SummaryAsk) -> str:
    return " ".join((ask.text, *(f"{one.on}: {one.text}" for one in ask.replies)))


def _condition(condition: SummaryCondition) -> str:
    return f"{condition.number} {condition.name}: {condition.gloss}"


def _listed(title: str, items: Iterable[str]) -> Iterator[Block]:
    """Yield a heading and a list; nothing when there are no items."""
    texts = tuple(items)
    if texts:
        yield Heading(title, 2)
        yield Items(texts)
