"""Everything that may single out a person in a text, put together from all that looks for it.

Pure.

The roster looks first, then patterns, then the name model. Where two of them overlap, the surer
and the longer wins; two names that overlap are one. What already stands for somebody is passed
over, and so is what a person decided to keep.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sessions.deidentify.aliases import STANDS_IN
from sessions.deidentify.contacts import contacts
from sessions.deidentify.dates import ages, dates
from sessions.deidentify.guessing import names
from sessions.deidentify.memory import NOTHING, Memory, folded_name
from sessions.deidentify.model import Span
from sessions.deidentify.near import find_near
from sessions.deidentify.numbers import numbers
from sessions.deidentify.places_within import addresses, organisations, units
from sessions.deidentify.roster import Roster, find_roster
from sessions.deidentify.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sessions.deidentify.finding import Finding
    from sessions.deidentify.tokens import Token

LABELS: Final = (
    "name", "e-mail", "phone number", "handle", "link", "number", "address", "date", "age",
    "organisation", "unit",
)  # fmt: skip
"""What a finding may be."""

# The smaller wins where two overlap.
_RANK: Final = {
    "e-mail": 0, "link": 1, "handle": 2, "address": 3, "organisation": 4, "age": 4, "date": 5,
    "number": 6, "phone number": 6, "name": 7, "unit": 8,
}  # fmt: skip


def find(text: str, roster: Roster, memory: Memory = NOTHING) -> tuple[Span, ...]:
    """Return what in a text may single out a person, in order and without overlaps.

    Args:
        text: A text the gate has let through; offsets count its code points.
        roster: Who is in the room; it may be empty.
        memory: What was decided in this session.
    """
    if not any(map(str.isalnum, text)):
        return ()
    found = tokens(text)
    of_roster = list(find_roster(text, roster))
    taken = [(span.start, span.end) for span in of_roster]
    if not roster.is_empty:
        of_roster += find_near(text, found, roster.near, taken)
    by_pattern = [_span(text, one) for one in _by_pattern(text)]
    guessed = [_span(text, one) for one in names(text, found)]
    spans = _merged(_named(of_roster, guessed), by_pattern)
    spans = _remembered(text, found, spans, memory)
    return _without_stand_ins(text, spans)


def _by_pattern(text: str) -> Iterable[Finding]:
    yield from contacts(text)
    yield from numbers(text)
    yield from dates(text)
    yield from ages(text)
    yield from addresses(text)
    yield from organisations(text)
    yield from units(text)


def _span(text: str, one: Finding) -> Span:
    return Span(one.start, one.end, one.label, one.tier, folded_name(text[one.start : one.end]))


def _named(of_roster: Sequence[Span], guessed: Sequence[Span]) -> list[Span]:
    """Return all names: those of the roster, each grown by a guess that overlaps it."""
    made = sorted(of_roster, key=lambda span: span.start)
    for guess in guessed:
        touching = [span for span in made if span.start < guess.end and guess.start < span.end]
        if not touching:
            made.append(guess)
            continue
        if len(touching) > 1:
            continue
        one = touching[0]
        tier = "auto" if "auto" in {one.tier, guess.tier} else "review"
        start, end = min(one.start, guess.start), max(one.end, guess.end)
        made[made.index(one)] = replace(one, start=start, end=end, tier=tier)
    return _linked(made)


def _linked(named: Sequence[Span]) -> list[Span]:
    """Return names with one key for "Tanya" and "Tanya Webb" of one text."""
    whole = [span.key for span in named if " " in span.key]
    ends = {key.split()[at]: key for key in reversed(whole) for at in (-1, 0)}
    return [
        span if span.on_roster else replace(span, key=ends.get(span.key, span.key))
        for span in named
    ]


def _merged(named: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Return all spans without overlaps: by rank, then the longer, then the surer."""
    order = sorted(
        [*named, *others],
        key=lambda span: (_RANK[span.label], span.start - span.end, span.tier != "auto"),
    )
    made: list[Span] = []
    for span in order:
        if any(span.start < one.end and one.start < span.end for one in made):
            made += _remainder(span, made)
        else:
            made.append(span)
    return sorted(made, key=lambda span: span.start)


def _remainder(span: Span, made: Sequence[Span]) -> list[Span]:
    """Return what of a sure name sticks out before or after what overlaps it."""
    if span.label not in {"name", "number", "phone number"} or span.tier != "auto":
        return []
    over = [one for one in made if span.start < one.end and one.start < span.end]
    first, last = min(one.start for one in over), max(one.end for one in over)
    rest = [(span.start, first), (last, span.end)]
    return [
        replace(span, start=start, end=end)
        for start, end in rest
        if end - start > 1 and not any(start < one.end and one.start < end for one in made)
    ]


def _remembered(
    text: str, found: Sequence[Token], spans: Sequence[Span], memory: Memory
) -> list[Span]:
    """Return spans without those a person keeps, and with what is known to be a name elsewhere."""
    kept = [
        span
        for span in spans
        if span.tier == "auto" or not memory.keeps(text[span.start : span.end])
    ]
    hidden = memory.hidden
    sure = [
        replace(span, tier="auto")
        if span.tier == "review" and span.key in hidden
        else span
        for span in kept
    ]
    busy = {at for span in sure for at in range(span.start, span.end)}
    for token in found:
        if token.is_word and token.folded in hidden and token.start not in busy:
            sure.append(Span(token.start, token.end, "name", "auto", token.folded))
    return sorted(sure, key=lambda span: span.start)


def _without_stand_ins(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans that do not touch what already stands for something hidden."""
    taken = [found.span() for found in STANDS_IN.finditer(text)]
    if not taken:
        return tuple(spans)
    return tuple(
        span
        for span in spans
        if all(span.end <= start or end <= span.start for start, end in taken)
    )
