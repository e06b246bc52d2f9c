"""From a Summary to a report: which parts an edition has, and in which order.

Pure. Every edition is made of the same Summary and has no figure of its own, so that no two can be
subtracted. A new part of a Summary is a function in `sessions.export.parts`, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from agreements.sentence import Sentence
from sessions.export import parts
from sessions.export.report import (
    Bars,
    Block,
    Callout,
    Edition,
    Facts,
    Item,
    Items,
    Paragraph,
    Quotes,
    Report,
    Section,
    Table,
)
from sessions.summary import Summary
from sessions.summary_words import recognised

REHEARSAL: Final = Sentence("This was a rehearsal. The people in it are made up.")
PARTIAL: Final = Sentence("The session is still open. This is how it stands so far.")
FIRST: Final = Sentence(
    "This edition is for you who were in the room. It is meant to reach you before anybody else "
    "reads a report. Every figure and every word of yours that any edition tells is in this one."
)
NOTHING: Final = Sentence(
    "Nothing that people said or answered is told here: nothing was asked or kept, too few "
    "answered, or the rule of this session keeps it in the room. That is how it should be, and "
    "says nothing about how the session went. What was done together stands below."
)

_A_LINE: Final = 60
"""How many signs a line takes the room of."""

_Thing = Item | str | tuple[str | int, ...] | Block
"""What is taken whole or left out."""

_Part = Callable[[Summary], Iterator[Block]]

_KINDS: Final[dict[Edition, str]] = {
    "full": Sentence("Full report"),
    "board": Sentence("For decision-makers, on one page"),
    "participants": Sentence("For those who were in the room"),
}

_ORDER: Final[dict[Edition, tuple[tuple[str, _Part], ...]]] = {
    "full": (
        (Sentence("What the room answered"), parts.answers),
        (Sentence("Then and now"), parts.then_now),
        (Sentence("Where people stood on the compass"), parts.compass),
        (Sentence("Themes in what people wrote"), parts.themes),
        (Sentence("What people talked about"), parts.notes),
        (Sentence("In their own words"), parts.quotes),
        (Sentence("What the group will do"), parts.commitments),
        (Sentence("What the group asks of leadership"), parts.asks),
        (Sentence("Questions left open"), parts.parked),
        (Sentence("Agreements"), parts.agreements),
        (Sentence("Conditions worked on"), parts.conditions),
        (Sentence("Conditions for another day"), parts.conditions_left),
        (Sentence("Steps"), parts.steps),
        (Sentence("How people are protected"), parts.privacy),
        (Sentence("What this page cannot tell"), parts.limits),
    ),
    "board": (
        (Sentence("What the room answered"), parts.answers),
        (Sentence("Then and now"), parts.then_now),
        (Sentence("Themes in what people wrote"), parts.themes),
        (Sentence("What people talked about"), parts.notes),
        (Sentence("In their own words"), parts.quotes),
        (Sentence("What the group will do"), parts.commitments),
        (Sentence("What the group asks of leadership"), parts.asks),
        (Sentence("How people are protected"), parts.privacy),
        (Sentence("What this page cannot tell"), parts.limits),
    ),
    "participants": (
        (Sentence("In your own words"), parts.quotes),
        (Sentence("What you talked about"), parts.notes),
        (Sentence("Themes in what you wrote"), parts.themes),
        (Sentence("What you answered"), parts.answers),
        (Sentence("Then and now"), parts.then_now),
        (Sentence("Where you stood on the compass"), parts.compass),
        (Sentence("What you will do"), parts.commitments),
        (Sentence("What you ask of leadership"), parts.asks),
        (Sentence("Questions left open"), parts.parked),
        (Sentence("Your agreements"), parts.agreements),
        (Sentence("Conditions worked on"), parts.conditions),
        (Sentence("How you are protected"), parts.privacy),
        (Sentence("What this page cannot tell"), parts.limits),
    ),
}
"""The headings of each edition, and what stands below them."""

_WITHOUT_ANSWERS: Final[tuple[tuple[str, _Part], ...]] = (
    (Sentence("What the room answered"), parts.answers),
    (Sentence("Agreements"), parts.agreements),
    (Sentence("Conditions worked on"), parts.conditions),
    (Sentence("Steps"), parts.steps),
    (Sentence("What this page cannot tell"), parts.limits),
)
"""What stands on a board's page when nothing else may: that is still worth reading."""


@dataclass(frozen=True, slots=True)
class _Most:
    """How much of a section goes onto one page with all others."""

    count: int
    signs: int


_ON_ONE_PAGE: Final[dict[_Part, _Most]] = {
    parts.answers: _Most(3, 900),
    parts.then_now: _Most(2, 4000),  # one of the two alone would mislead
    parts.themes: _Most(5, 400),
    parts.notes: _Most(3, 420),
    parts.quotes: _Most(2, 360),
    parts.commitments: _Most(3, 480),
    parts.asks: _Most(3, 600),
    parts.privacy: _Most(2, 200),
    parts.limits: _Most(2, 300),
}


def report(summary: Summary, edition: Edition = "full") -> Report:
    """Return what an edition says of a session."""
    told = parts.tells_something(summary)
    return Report(
        edition=edition,
        kind=_KINDS[edition],
        title=summary.title,
        held_on=summary.held_on,
        language=summary.language,
        rehearsal=summary.rehearsal,
        partial=summary.partial,
        callouts=tuple(map(Callout, _callouts(summary, edition))),
        facts=Facts(tuple((name, said) for name, said in _facts(summary, edition) if said)),
        lead=tuple(_lead(summary, edition, told=told)),
        sections=tuple(_sections(summary, edition, cut=_is_cut(summary, edition))),
    )


def left_out(summary: Summary, edition: Edition) -> tuple[str, ...]:
    """Return the headings of the full report that an edition of a session has nothing below."""
    here = {part for _, part in _order(summary, edition)}
    return tuple(
        heading
        for heading, part in _ORDER["full"]
        if part not in here and any(True for _ in part(summary))
    )


def shortened(summary: Summary, edition: Edition) -> tuple[str, ...]:
    """Return the headings below which an edition of a session has not all that there is."""
    if not _is_cut(summary, edition):
        return ()
    return tuple(
        heading
        for heading, part in _order(summary, edition)
        if part in _ON_ONE_PAGE
        and _shortened(tuple(part(summary)), _ON_ONE_PAGE[part]) != tuple(part(summary))
    )


def _order(summary: Summary, edition: Edition) -> tuple[tuple[str, _Part], ...]:
    silent = edition == "board" and not parts.tells_something(summary)
    return _WITHOUT_ANSWERS if silent else _ORDER[edition]


def _is_cut(summary: Summary, edition: Edition) -> bool:
    """Say whether long sections are cut to what fits on one page."""
    return edition == "board" and parts.tells_something(summary)


def _callouts(summary: Summary, edition: Edition) -> Iterator[str]:
    if summary.rehearsal:
        yield REHEARSAL
    if summary.partial:
        yield PARTIAL
    if edition == "participants":
        yield FIRST


def _facts(summary: Summary, edition: Edition) -> Iterator[tuple[str, str]]:
    planned, took = summary.planned_minutes, summary.actual_minutes
    yield Sentence.meant("fact", "Day"), parts.day_in_words(summary.held_on)
    yield Sentence.meant("fact", "People"), recognised(summary.heads)
    yield (
        Sentence.meant("fact", "Plan"),
        summary.plan_title if summary.plan_title != summary.title else "",
    )
    yield (
        Sentence.meant("fact", "Time"),
        Sentence("planned {planned} minutes, took {took}", planned=planned, took=took),
    )
    if edition == "board":
        yield (
            Sentence.meant("fact", "Worked on"),
            "; ".join(f"{one.number} {one.name}" for one in summary.conditions),
        )
        yield Sentence.meant("fact", "Rule"), summary.rule_name


def _lead(summary: Summary, edition: Edition, *, told: bool) -> Iterator[Paragraph]:
    if summary.plan_purpose:
        yield Paragraph(summary.plan_purpose, theirs=True)
    if edition != "board" and (summary.rule_text or summary.rule_name):
        yield Paragraph(summary.rule_text, term=summary.rule_name, theirs=True)
    if not told:
        yield Paragraph(NOTHING)


def _sections(summary: Summary, edition: Edition, *, cut: bool) -> Iterator[Section]:
    for heading, part in _order(summary, edition):
        blocks = tuple(part(summary))
        if cut and part in _ON_ONE_PAGE:
            blocks = _shortened(blocks, _ON_ONE_PAGE[part])
        if blocks:
            yield Section(heading, tuple(_cautioned_once(blocks)))


def _cautioned_once(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield blocks with each caution below the last of those it is for."""
    for number, block in enumerate(blocks):
        later = blocks[number + 1 :]
        if isinstance(block, Bars) and any(
            isinstance(one, Bars) and one.caution == block.caution for one in later
        ):
            yield replace(block, caution="")
        else:
            yield block


def _shortened(blocks: tuple[Block, ...], most: _Most) -> tuple[Block, ...]:
    """Return what fits of a section, whole things only, and how many more there are."""
    kept: list[Block] = []
    waiting: list[Block] = []
    left, out = most, 0
    for block in blocks:
        if isinstance(block, Paragraph | Callout | Facts):
            waiting.append(block)  # it belongs to what follows, and goes with it
            continue
        taken, left, more = _taken(_things(block), left, first=not kept)
        out += more
        if taken:
            kept += [*waiting, _with(block, taken)]
        waiting = []
    said = Sentence.counted(
        "1 more is in the full report.", "{count} more are in the full report.", out
    )
    return (*kept, Paragraph(said, quiet=True)) if out else tuple(kept)


def _taken(
    things: tuple[_Thing, ...], most: _Most, *, first: bool
) -> tuple[tuple[_Thing, ...], _Most, int]:
    """Return the things that fit, how much room is left, and how many did not fit.

    Args:
        things: What there is.
        most: How much room there is.
        first: The first of all is taken whatever its length.
    """
    taken: list[_Thing] = []
    left = most
    for thing in things:
        signs = _signs(thing)
        if left.count and (signs <= left.signs or (first and not taken)):
            taken.append(thing)
            left = _Most(left.count - 1, left.signs - signs)
    return tuple(taken), left, len(things) - len(taken)


def _things(block: Block) -> tuple[_Thing, ...]:
    match block:
        case Items():
            return block.items
        case Quotes():
            return block.texts
        case Table():
            return block.rows
        case _:
            return (block,)


def _with(block: Block, things: tuple[Any, ...]) -> Block:
    """Return a block with some of its things."""
    match block:
        case Items():
            return replace(block, items=things)
        case Quotes():
            return replace(block, texts=things)
        case Table():
            return replace(block, rows=things)
        case _:
            return block


def _signs(thing: _Thing) -> int:
    """Return about how much room a thing takes."""
    match thing:
        case str():
            return len(thing)
        case Item():
            return len(thing.term) + len(thing.text) + len(thing.more)
        case Bars():
            labels = sum(_A_LINE + len(bar.label) // 2 for bar in thing.bars)
            return len(thing.title) + len(thing.caution) + (labels or len(thing.said))
        case tuple():
            return sum(len(str(cell)) for cell in thing)
        case _:
            return _A_LINE
