"""A Summary as a page to read in the terminal.

Touches: nothing. It says what every export would say, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dialogue.page import Block, Heading, Items, Line, Rows
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

ADOPTED = "The group adopted these."
NOT_ADOPTED = "These were offered. The record does not say that the group adopted them."


def summary_page(summary: Summary) -> Iterator[Block]:
    """Yield a Summary as blocks of a page."""
    yield from _head(summary)
    yield from _listed("What people talked about", summary.themes)
    said = THEMES_NOTE.format(threshold=summary.threshold)
    yield from _listed(THEMES_TITLE, (one.in_words() for one in summary.coded), said)
    yield from _listed("What the room answered", map(_question, summary.questions))
    yield from _listed("In their own words", map(_quote, summary.quotes))
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


def _question(question: SummaryQuestion) -> str:
    return " ".join(filter(None, (question.text, question.in_words, question.caution)))


def _quote(quote: SummaryQuote) -> str:
    return f"{quote.question} “{' '.join(quote.text.split())}”"


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


def _listed(title: str, items: Iterable[str], said: str = "") -> Iterator[Block]:
    """Yield a heading and a list; nothing when there are no items."""
    texts = tuple(items)
    if texts:
        yield Heading(title, 2)
        if said:
            yield Line(said, "quiet")
        yield Items(texts)
