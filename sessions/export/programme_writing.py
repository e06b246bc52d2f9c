"""From a ProgrammeSummary to a report: which parts an edition has, and in which order.

Pure. Both editions are made of the same programme and have no figure of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from sessions.errors import CommandRefusedError
from sessions.export import programme_parts as parts
from sessions.export.parts import day_in_words
from sessions.export.report import (
    OWN_LANGUAGE,
    Block,
    Callout,
    Edition,
    Facts,
    Paragraph,
    Report,
    Section,
)
from sessions.programme.model import ProgrammeSummary

REHEARSAL: Final = "All of these were rehearsals. The people in them are made up."
NO_SUCH_EDITION: Final = (
    "A programme has no edition for those who were in the room: each session has one. Use "
    "`--edition full` or `--edition board`."
)
ABOUT: Final = (
    "What many rooms said, one beside the other: only what each session's own summary tells, over "
    "one fixed set of sessions."
)
SO_FEW: Final = (
    "So few sessions tell too little to be summed. What is here is what may be told; the summary "
    "of each session says more."
)

_LANGUAGES: Final = {"en": "English", "es": "Spanish"}

_Part = Callable[[ProgrammeSummary], Iterator[Block]]

_KINDS: Final = {"full": "Programme report", "board": "Programme, for decision-makers"}

_FIRST: Final[tuple[tuple[str, _Part], ...]] = (
    ("Sessions", parts.overview),
    ("What the groups will do, and did", parts.commitments),
    ("What is asked of leadership", parts.asks),
    ("Themes in what people wrote", parts.themes),
    ("In their own words", parts.quotes),
)
_LAST: Final[tuple[tuple[str, _Part], ...]] = (
    ("Agreements", parts.agreements),
    ("Conditions worked on", parts.conditions),
    ("How people are protected", parts.privacy),
    ("What this report cannot tell", parts.limits),
    ("Which sessions these are", parts.cohort),
)
"""What stands before and after the answers in each plan."""
_BOARD: Final[tuple[tuple[str, _Part], ...]] = (
    ("What rooms answered", parts.common_plan),
    ("Sessions", parts.by_plan_in_short),
    ("Themes in what people wrote", parts.themes_in_short),
    ("What the groups will do, and did", parts.commitments_counted),
    ("What is asked of leadership", parts.asks_in_short),
    ("Conditions worked on", parts.conditions_counted),
    ("What this report cannot tell", parts.limits_in_short),
)
"""What goes onto a board's page."""


def programme_report(told: ProgrammeSummary, edition: Edition = "full") -> Report:
    """Return what an edition says of a programme.

    Raises:
        CommandRefusedError: A programme has no such edition.
    """
    if edition not in _KINDS:
        raise CommandRefusedError(NO_SUCH_EDITION)
    return Report(
        edition=edition,
        kind=_KINDS[edition],
        title=told.title,
        held_on=told.last_on,
        language=OWN_LANGUAGE,
        rehearsal=told.rehearsal,
        partial=False,
        callouts=(Callout(REHEARSAL),) if told.rehearsal else (),
        facts=Facts(tuple(_facts(told))),
        lead=tuple(_lead(told)),
        sections=tuple(_sections(told, _BOARD) if edition == "board" else _full(told)),
    )


def _facts(told: ProgrammeSummary) -> Iterator[tuple[str, str]]:
    yield "Sessions", str(told.sessions)
    yield "From", day_in_words(told.first_on)
    yield "To", day_in_words(told.last_on)
    if told.people:
        yield "People", f"{told.people}, counted at each session they came to"
    yield "Time", f"{round(told.minutes / 60)} hours together"
    if told.languages:
        yield "Languages", ", ".join(_LANGUAGES.get(tag, tag) for tag in told.languages)


def _lead(told: ProgrammeSummary) -> Iterator[Paragraph]:
    yield Paragraph(ABOUT)
    if told.sessions < told.fewest_sessions:
        yield Paragraph(SO_FEW)


def _full(told: ProgrammeSummary) -> Iterator[Section]:
    yield from _sections(told, _FIRST)
    yield from parts.by_plan(told)
    yield from _sections(told, _LAST)


def _sections(told: ProgrammeSummary, order: tuple[tuple[str, _Part], ...]) -> Iterator[Section]:
    for heading, part in order:
        blocks = tuple(part(told))
        if blocks:
            yield Section(heading, blocks)
