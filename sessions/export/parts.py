"""What a Summary says, part by part, as blocks of a report.

Pure. A part is a function of the Summary alone. It yields nothing when there is nothing to say, and
adds no figure to those that the Summary tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from agreements.sentence import Sentence
from sessions import retold
from sessions.export.report import Bar, Bars, Block, Item, Items, Paragraph, Quotes, Table
from sessions.summary import (
    FOLLOW_UP_WORDS,
    KIND_WORDS,
    OUTCOME_WORDS,
    THEMES_NOTE,
    Summary,
    SummaryAsk,
    SummaryCommitment,
    SummaryCondition,
    SummaryFollowUp,
    SummaryQuestion,
    SummaryReply,
    SummaryTheme,
)
from sessions.summary_words import recognised

_DAYS: Final = (
    Sentence("{day} January {year}"),
    Sentence("{day} February {year}"),
    Sentence("{day} March {year}"),
    Sentence("{day} April {year}"),
    Sentence("{day} May {year}"),
    Sentence("{day} June {year}"),
    Sentence("{day} July {year}"),
    Sentence("{day} August {year}"),
    Sentence("{day} September {year}"),
    Sentence("{day} October {year}"),
    Sentence("{day} November {year}"),
    Sentence("{day} December {year}"),
)
"""A day in words, by its month."""


def day_in_words(day: str) -> str:
    """Return a day such as `2026-11-22` as people read it; anything else as it is."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return Sentence(str(_DAYS[found.month - 1]), day=found.day, year=found.year)


def answers(summary: Summary) -> Iterator[Block]:
    """Yield the closed questions of the session."""
    yield from _questions(summary, "choice", "scale")


def compass(summary: Summary) -> Iterator[Block]:
    """Yield where on the compass people stood."""
    yield from _questions(summary, "compass")


def then_now(summary: Summary) -> Iterator[Block]:
    """Yield what people said of then and of now, one below the other."""
    yield from _questions(summary, "then", "now")


def themes(summary: Summary) -> Iterator[Block]:
    """Yield the themes that people coded."""
    if summary.coded:
        yield Paragraph(Sentence(str(THEMES_NOTE), threshold=summary.threshold), quiet=True)
    yield from _list(map(_theme, summary.coded), theirs=True)


def notes(summary: Summary) -> Iterator[Block]:
    """Yield what the facilitator wrote down."""
    yield from _list((Item(text) for text in summary.themes), theirs=True)


def quotes(summary: Summary) -> Iterator[Block]:
    """Yield words that were let out of the room, below the question they answer."""
    asked = dict.fromkeys(one.question for one in summary.quotes)
    for question in asked:
        if question:
            yield Paragraph(question, theirs=True, quiet=True)
        yield Quotes(tuple(one.text for one in summary.quotes if one.question == question))


def commitments(summary: Summary) -> Iterator[Block]:
    """Yield what the group will do, and how it stood later."""
    yield from _list(map(_commitment, summary.commitments), theirs=True)


def asks(summary: Summary) -> Iterator[Block]:
    """Yield what the group asks of leadership, and what it replied."""
    yield from _list(map(_ask, summary.leadership_asks), theirs=True)


def parked(summary: Summary) -> Iterator[Block]:
    """Yield the questions that stay open."""
    yield from _list((Item(text) for text in summary.parked), theirs=True)


def agreements(summary: Summary) -> Iterator[Block]:
    """Yield the agreements, and whether the group adopted them."""
    if summary.agreements:
        yield Paragraph(
            Sentence("The group adopted these for its time together.")
            if summary.adopted
            else Sentence(
                "These were offered. The record does not say that the group adopted them."
            )
        )
    yield from _list((Item(text) for text in summary.agreements), theirs=True)
    if summary.house_agreements:
        yield Paragraph(Sentence("The group added:"))
        yield from _list((Item(text) for text in summary.house_agreements), theirs=True)


def conditions(summary: Summary) -> Iterator[Block]:
    """Yield the conditions that were worked on."""
    yield from _list(map(_condition, summary.conditions), theirs=True)


def conditions_left(summary: Summary) -> Iterator[Block]:
    """Yield the conditions that were not."""
    yield from _list(map(_condition, summary.conditions_left), theirs=True)


def steps(summary: Summary) -> Iterator[Block]:
    """Yield each step as it was planned and as it went."""
    if summary.steps:
        rows = tuple(
            (one.title, one.planned_minutes, one.actual_minutes, OUTCOME_WORDS[one.outcome])
            for one in summary.steps
        )
        columns = (
            Sentence.meant("column", "Step"),
            Sentence.meant("column", "Plan"),
            Sentence.meant("column", "Took"),
            Sentence("How it went"),
        )
        yield Table(Sentence("Minutes, as planned and as it went"), columns, rows)


def privacy(summary: Summary) -> Iterator[Block]:
    """Yield how the people who were there are protected, and how much was held back."""
    held = _held_back(summary)
    yield from _list(Item(_dated(recognised(text))) for text in (*summary.privacy, *held))


def _dated(said: str) -> str:
    """Return a sentence of ours with its day, where it has one, as people read it."""
    if not isinstance(said, Sentence) or "day" not in said.values:
        return said
    return said.filled(said.values | {"day": day_in_words(str(said.values["day"]))})


def limits(summary: Summary) -> Iterator[Block]:
    """Yield what a report of this session cannot tell."""
    yield from _list(Item(recognised(text)) for text in summary.limits)


def tells_something(summary: Summary) -> bool:
    """Say whether anything that people said or answered is told."""
    said = (summary.themes, summary.coded, summary.quotes, summary.parked, summary.commitments)
    told = any(one.told != "nothing" or one.groups for one in summary.questions)
    return told or any((*said, summary.leadership_asks, summary.house_agreements))


def _held_back(summary: Summary) -> tuple[str, ...]:
    if summary.held_back in {"", "none"} or any("held back" in one for one in summary.privacy):
        return ()
    band = recognised(summary.held_back)
    return (Sentence("Answers in words that were held back, in all: {band}.", band=band),)


def _questions(summary: Summary, *kinds: str) -> Iterator[Bars]:
    yield from (_bars(one) for one in summary.questions if one.kind in kinds)


def _bars(question: SummaryQuestion) -> Bars:
    """Return a question with its bars, unless its figures cannot be parts of those who answered."""
    of = question.answered or 0
    drawn = of > 0 and all(0 <= group.count <= of for group in question.groups)
    named = zip(retold.labels(question), question.groups, strict=True)
    bars = tuple(Bar(label, group.count) for label, group in named) if drawn else ()
    title, said = retold.title(question), retold.answer(question)
    return Bars(title, said, bars, of, recognised(question.caution))


def _theme(one: SummaryTheme) -> Item:
    said = [KIND_WORDS[one.kind]]
    if one.count:
        said.append(Sentence("in {band} answers", band=recognised(one.count)))
    return Item("", term=one.label, more=_in_a_row(said))


def _commitment(one: SummaryCommitment) -> Item:
    due = Sentence("due {day}", day=day_in_words(one.due)) if one.due else ""
    return Item(one.text, more=_in_a_row([one.role, due, *map(_follow_up, one.follow_up)]))


def _in_a_row(said: Iterable[str]) -> str:
    """Return some things with a dot between them, without those that are empty."""
    return Sentence.in_a_row(*filter(None, said), by=" · ")


def _follow_up(one: SummaryFollowUp) -> str:
    state = FOLLOW_UP_WORDS.get(one.state, one.state)
    if one.in_the_way:
        return Sentence(
            "after {days} days: {state}; in the way: {in_the_way}",
            days=one.after_days,
            state=state,
            in_the_way=one.in_the_way,
        )
    return Sentence("after {days} days: {state}", days=one.after_days, state=state)


def _ask(one: SummaryAsk) -> Item:
    replies = Sentence.in_a_row(*map(_reply, one.replies), by="\n")
    return Item(one.text, more=replies or Sentence("No reply yet."))


def _reply(one: SummaryReply) -> str:
    return Sentence("Reply of {day}: {text}", day=day_in_words(one.on), text=one.text)


def _condition(one: SummaryCondition) -> Item:
    return Item(one.gloss, term=f"{one.number} {one.name}")


def _list(items: Iterable[Item], *, theirs: bool = False) -> Iterator[Items]:
    listed = tuple(items)
    if listed:
        yield Items(listed, theirs=theirs)
