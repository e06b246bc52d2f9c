"""What a programme says, part by part, as blocks of a report.

Pure. A part is a function of the ProgrammeSummary alone, and adds no figure to those it tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from sessions.export.parts import day_in_words
from sessions.export.report import Bar, Bars, Block, Item, Items, Paragraph, Quotes, Section, Table
from sessions.programme.model import (
    CountedSessions,
    ProgrammeAsk,
    ProgrammeCommitment,
    ProgrammeQuestion,
    ProgrammeSummary,
)

HOW_BARS_READ: Final = (
    "Each figure means at least so many, over many rooms and rounded down. Where a room may not "
    "tell which answers its people gave, they are counted below the bars as not told."
)
OPEN_YET: Final = "not told which"
"""The people of whom it may not be told which of the answers they gave."""

_COUNTS: Final = ("Sessions", "People")
_IN_SHORT: Final = 3
"""So many of a kind go onto a board's page."""


def overview(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield how many sessions there were, by quarter and by plan."""
    yield _counted("Sessions by quarter", "Quarter", told.by_quarter)
    if len(told.by_plan) > 1:
        yield _counted("Sessions by plan", "Plan", told.by_plan)


def by_plan_in_short(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield the latest quarters and the most common plans."""
    yield _counted("The latest quarters", "Quarter", told.by_quarter[-_IN_SHORT:])
    if len(told.by_plan) > 1:
        yield _sessions("The most common plans", "Plan", told.by_plan[:_IN_SHORT])


def by_plan(told: ProgrammeSummary) -> Iterator[Section]:
    """Yield what rooms answered, a section for each plan, the most common first."""
    for number, plan in enumerate(dict.fromkeys(one.plan_title for one in told.questions)):
        here = [one for one in told.questions if one.plan_title == plan]
        asked = [one for one in here if one.sessions]
        first = (Paragraph(HOW_BARS_READ, quiet=True),) if number == 0 else ()
        silent = _silent(len(here) - len(asked), told.fewest_sessions)
        yield Section(f"What rooms answered · {plan}", (*first, *_questions(asked), *silent))


def common_plan(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield what rooms answered in the most common plan that tells anything."""
    asked = [one for one in told.questions if one.answers and one.kind != "compass"]
    common = [one for one in asked if one.plan_title == asked[0].plan_title]
    if common:
        yield Paragraph(f"{common[0].plan_title}. {HOW_BARS_READ}", quiet=True)
        yield from (_bars(one, caution=False) for one in common[:_IN_SHORT])


def agreements(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield in how many sessions the agreements were adopted."""
    if told.agreements:
        yield Paragraph(
            f"Groups adopted their agreements in {told.adopted} of {told.sessions} sessions."
        )
        yield _sessions("Agreements that were adopted", "Agreement", told.agreements)


def conditions(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield which conditions were worked on, in how many sessions."""
    if told.conditions:
        yield Items(
            tuple(
                Item(
                    one.gloss, term=one.label, more=f"in {one.sessions} of {told.sessions} sessions"
                )
                for one in told.conditions
            )
        )


def conditions_counted(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield the same in fewer words."""
    if told.conditions:
        yield Paragraph(f"Sessions that worked on each, of {told.sessions}:", quiet=True)
        yield Items(tuple(Item(f"{one.label}: {one.sessions}") for one in told.conditions))


def themes(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield themes that people coded."""
    if told.themes:
        yield Paragraph(
            "People read what was written and sorted it. No theme was found by a program.",
            quiet=True,
        )
        yield Table(
            f"Themes of {told.fewest_sessions} sessions or more",
            ("Theme", "Kind", "Sessions", "Answers"),
            tuple((one.label, one.kind, one.sessions, one.people) for one in told.themes),
        )


def themes_in_short(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield the themes that most sessions have."""
    if told.themes:
        few = told.themes[: _IN_SHORT + 1]
        yield Items(tuple(Item(one.label, more=f"in {one.sessions} sessions") for one in few))


def commitments_counted(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield how many commitments stood how."""
    yield from islice(commitments(told), 2)


def asks_in_short(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield how many asks there are, and the latest few, each with its latest reply."""
    few = (one.model_copy(update={"replies": one.replies[:1]}) for one in told.asks_named[:2])
    yield from islice(asks(told.model_copy(update={"asks_named": tuple(few)})), 2)


def commitments(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield what became of commitments."""
    if not told.commitments:
        return
    yield Paragraph(_promised(told))
    if told.commitments_after:
        yield Table(
            "How commitments stood",
            ("After", "Kept", "Partly kept", "Not yet"),
            tuple(
                (f"{one.after_days} days", one.kept, one.partly, one.not_yet)
                for one in told.commitments_after
            ),
        )
    if told.commitments_named:
        yield Paragraph("Of the latest sessions, as they stood last:", quiet=True)
        yield Items(tuple(map(_commitment, told.commitments_named)))


def asks(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield what is asked of leadership, and its replies."""
    if told.asks:
        left = told.asks - told.asks_answered
        yield Paragraph(
            f"{_many(told.asks, 'ask')} of leadership: {told.asks_answered} with a reply, "
            f"{left} without one."
        )
        yield Items(tuple(map(_ask, told.asks_named)))
        more = told.asks - sum(one.times for one in told.asks_named)
        if more > 0 and told.asks_named:
            yield Paragraph(f"{more} more are in the sessions' own summaries.", quiet=True)


def quotes(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield some of the words that were let out of rooms."""
    for question in dict.fromkeys(one.question for one in told.quotes_named):
        if question:
            yield Paragraph(question, quiet=True)
        yield Quotes(tuple(one.text for one in told.quotes_named if one.question == question))
    if told.quotes_named:
        yield Paragraph(
            "Some of what may be quoted, from the latest sessions. More is in the sessions' own "
            "summaries.",
            quiet=True,
        )


def cohort(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield which sessions these are."""
    span = f"{day_in_words(told.first_on)} to {day_in_words(told.last_on)}"
    yield Paragraph(f"{_many(told.sessions, 'session')}, {span}. Cohort {told.cohort}.")
    if told.twice:
        yield Paragraph(
            f"{_many(told.twice, 'file')} told of a session that another told of already, and "
            "counted once.",
        )
    if told.left_out:
        yield Paragraph("Files that are not counted:")
        yield Items(
            tuple(Item(f"{_many(one.files, 'file')}: {one.reason}") for one in told.left_out)
        )
    if told.named:
        rows = tuple((one.on, one.title) for one in told.named)
        yield Table("Every session that is counted", ("Day", "Session"), rows)


def privacy(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield how the people who were there are protected."""
    held = f"Answers in words that were held back, in all: {told.held_back}."
    more = (held,) if told.held_back else ()
    yield Items(tuple(map(Item, (*told.privacy, *more))))


def limits(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield what a programme cannot tell."""
    yield Items(tuple(map(Item, told.limits)))


def limits_in_short(told: ProgrammeSummary) -> Iterator[Block]:
    """Yield the first of these."""
    yield Items(tuple(map(Item, told.limits[:_IN_SHORT])))


def _counted(caption: str, name: str, rows: tuple[CountedSessions, ...]) -> Table:
    return Table(
        caption, (name, *_COUNTS), tuple((one.label, one.sessions, one.people) for one in rows)
    )


def _sessions(caption: str, name: str, rows: tuple[CountedSessions, ...]) -> Table:
    return Table(caption, (name, "Sessions"), tuple((one.label, one.sessions) for one in rows))


def _questions(asked: list[ProgrammeQuestion]) -> Iterator[Block]:
    for number, one in enumerate(asked):
        again = any(later.caution == one.caution for later in asked[number + 1 :])
        if one.kind == "compass" and one.answers:
            yield from _compass(one, caution=not again)
        else:
            yield _bars(one, caution=not again)
        if one.asked_before:
            yield Paragraph(
                f"Asked before as “{one.asked_before}”, which stands apart.", quiet=True
            )
        if one.over_time:
            yield _over_time(one)


def _silent(count: int, fewest: int) -> Iterator[Block]:
    if count:
        said = f"Of {_many(count, 'more question')} fewer than {fewest} sessions may tell."
        yield Paragraph(said, quiet=True)


def _bars(one: ProgrammeQuestion, *, caution: bool) -> Bars:
    bars = [Bar(each.label, each.at_least) for each in one.answers]
    open_yet = one.answered - sum(each.at_least for each in one.answers)
    if bars and open_yet > 0:
        bars.append(Bar(OPEN_YET, open_yet))
    said = f"{one.in_words} ({_many(one.sessions, 'session')}.)" if one.sessions else one.in_words
    return Bars(one.text, said, tuple(bars), one.answered, one.caution if caution else "")


def _compass(one: ProgrammeQuestion, *, caution: bool) -> Iterator[Block]:
    counted = f"Counted are the {_many(one.sessions, 'session')} that may tell of every place."
    yield Bars(one.text, f"Several places could be named. {counted}")
    rows = tuple((each.label, each.at_least) for each in one.answers)
    columns = ("Place", "Named by at least")
    yield Table("Places on the compass", columns, rows, about=one.text)
    if caution and one.caution:
        yield Paragraph(one.caution, quiet=True)


def _over_time(one: ProgrammeQuestion) -> Table:
    labels = (each.label for each in one.answers)
    rows: tuple[tuple[str | int, ...], ...] = tuple(
        (when.label, when.answered, *when.at_least) for when in one.over_time
    )
    columns = ("Quarter", "Answered", *labels)
    return Table("The same by quarter, at least", columns, rows, about=one.text)


def _promised(told: ProgrammeSummary) -> str:
    return f"Groups made {_many(told.commitments, 'commitment')} together."


def _commitment(one: ProgrammeCommitment) -> Item:
    stood = f"promised {one.times} times: {one.stood}" if one.times > 1 else one.stood
    way = f"in the way: {one.in_the_way}" if one.in_the_way else ""
    return Item(one.text, more="; ".join(filter(None, (stood, way))))


def _ask(one: ProgrammeAsk) -> Item:
    if one.times == 1:
        first = f"Asked in {one.quarter}."
    else:
        first = f"Asked {one.times} times, last in {one.quarter}. With a reply: {one.answered}."
    replies = (f"Reply of {day_in_words(each.on)}: {each.text}" for each in one.replies)
    said = "\n".join(replies) or ("No reply yet." if one.times == 1 else "")
    return Item(one.text, more="\n".join(filter(None, (first, said))))


def _many(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
