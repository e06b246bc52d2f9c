"""A Summary as one page of Markdown.

Pure. Everything that people wrote is data here: each sign that Markdown or one of its dialects
gives a meaning is escaped, so that no note can become a heading, a link, a picture or HTML. The
same Summary gives the same bytes everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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

# Signs that mean something wherever they stand.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&#|~$^@]")

# Within what a reader's program may take for an address and make a link of: `www.x`, `http://x`.
_ADDRESS = re.compile(r"[.:](?=[^\W\d])|:(?=/)")

# What makes a list, a rule, a heading or a definition of a line that begins so.
_AT_THE_START = re.compile(r"(?:[-+=:!]|\d+(?=[.)]))")


def render(summary: Summary) -> bytes:
    """Return a Summary as Markdown: UTF-8, one newline at the end."""
    blocks = [block for part in _parts(summary) for block in part]
    return ("\n\n".join(blocks) + "\n").encode()


def escaped(text: str) -> str:
    """Return words that stay words wherever in Markdown they stand, on one line."""
    line = " ".join(text.split())
    line = _ANYWHERE.sub(r"\\\g<0>", line)
    line = _ADDRESS.sub(r"\\\g<0>", line)
    return _AT_THE_START.sub(_start_escaped, line, count=1) if _AT_THE_START.match(line) else line


def _start_escaped(found: re.Match[str]) -> str:
    sign = found.group()
    # The dot or bracket after a number is escaped, since a digit cannot be.
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def _parts(summary: Summary) -> Iterator[Iterable[str]]:
    yield _head(summary)
    yield _listed("What people talked about", map(_paragraphs, summary.themes))
    yield _coded(summary)
    yield _listed("What the room answered", map(_question, summary.questions))
    yield _listed("In their own words", map(_quote, summary.quotes))
    yield _listed("Questions left open", map(escaped, summary.parked))
    yield _listed("What the group will do", map(_commitment, summary.commitments))
    yield _listed("What is asked of leadership", map(_ask, summary.leadership_asks))
    yield _agreements(summary)
    yield _conditions(summary)
    yield _steps(summary.steps)
    yield _listed("How people are protected", map(escaped, summary.privacy))
    yield _listed("What this page cannot tell", map(escaped, summary.limits))


def _head(summary: Summary) -> Iterator[str]:
    yield f"# {escaped(summary.title)}"
    if summary.rehearsal:
        yield "**This was a rehearsal. The people in it are made up.**"
    if summary.partial:
        yield "**The session is still open. This is how it stands so far.**"
    facts = [summary.held_on, summary.plan_title, _people(summary.heads), _minutes(summary)]
    yield " · ".join(escaped(fact) for fact in facts if fact)
    yield escaped(summary.plan_purpose)
    rule = f"**{escaped(summary.rule_name)}**"
    yield f"{rule} {escaped(summary.rule_text)}" if summary.rule_text else rule


def _people(heads: str) -> str:
    return f"{heads} people" if heads else ""


def _minutes(summary: Summary) -> str:
    return f"planned {summary.planned_minutes} minutes, took {summary.actual_minutes}"


def _agreements(summary: Summary) -> Iterator[str]:
    if summary.adopted:
        said = "The group adopted these for its time together."
    else:
        said = "These were offered. The record does not say that the group adopted them."
    yield from _listed("Agreements", map(escaped, summary.agreements), said)
    if summary.house_agreements:
        yield "The group added:"
        yield _bullets(map(escaped, summary.house_agreements))


def _conditions(summary: Summary) -> Iterator[str]:
    yield from _listed("Conditions worked on", map(_condition, summary.conditions))
    yield from _listed("Conditions for another day", map(_condition, summary.conditions_left))


def _condition(condition: SummaryCondition) -> str:
    return f"**{condition.number} {escaped(condition.name)}** {escaped(condition.gloss)}"


def _question(question: SummaryQuestion) -> str:
    said = " ".join(filter(None, (question.in_words, question.caution)))
    return f"**{escaped(question.text)}** {escaped(said)}"


def _coded(summary: Summary) -> Iterator[str]:
    said = escaped(THEMES_NOTE.format(threshold=summary.threshold))
    return _listed(THEMES_TITLE, (escaped(one.in_words()) for one in summary.coded), said)


def _quote(quote: SummaryQuote) -> str:
    return f"**{escaped(quote.question)}** {_paragraphs(quote.text)}"


def _commitment(commitment: SummaryCommitment) -> str:
    due = f"by {commitment.due}" if commitment.due else ""
    who = ", ".join(escaped(part) for part in (commitment.role, due) if part)
    said = f"{escaped(commitment.text)} ({who})" if who else escaped(commitment.text)
    return "\n".join((said, *(f"  - {_stood(at)}" for at in commitment.follow_up)))


def _stood(at: SummaryFollowUp) -> str:
    why = f" {escaped(at.in_the_way)}" if at.in_the_way else ""
    return f"After {at.after_days} days: {FOLLOW_UP_WORDS[at.state]}.{why}"


def _ask(ask: SummaryAsk) -> str:
    replies = (f"  - {escaped(one.on)}: {escaped(one.text)}" for one in ask.replies)
    return "\n".join((escaped(ask.text), *replies))


def _steps(steps: tuple[SummaryStep, ...]) -> Iterator[str]:
    if not steps:
        return
    yield "## Steps"
    rows = ["| Step | Planned | Took | |", "| --- | ---: | ---: | --- |"]
    rows += [
        f"| {escaped(step.title)} | {step.planned_minutes} | {step.actual_minutes} "
        f"| {OUTCOME_WORDS[step.outcome]} |"
        for step in steps
    ]
    yield "\n".join(rows)


def _listed(title: str, items: Iterable[str], said: str = "") -> Iterator[str]:
    """Yield a heading and a list below it; nothing when there are no items."""
    items = list(items)
    if items:
        yield f"## {title}"
        if said:
            yield said
        yield _bullets(items)


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _paragraphs(text: str) -> str:
    """Return a note as paragraphs inside a list item."""
    paragraphs = (escaped(part) for part in text.split("\n\n"))
    return "\n\n  ".join(filter(None, paragraphs))
