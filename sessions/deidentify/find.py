"""Everything that may single out a person in a text, put together from all that looks for it.

Pure.

The roster looks first, then patterns, then the name model. Where two of them overlap, the surer
and the longer wins; two names that overlap are one. What already stands for somebody is passed
over, and so is what a person decided to keep.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sessions.deidentify.addresses import addresses
from sessions.deidentify.ages import ages
from sessions.deidentify.aliases import STANDS_IN
from sessions.deidentify.answered import answered
from sessions.deidentify.contacts import contacts
from sessions.deidentify.dates import dates
from sessions.deidentify.figures import Figures
from sessions.deidentify.finding import has_number
from sessions.deidentify.guessing import (
    NAMED_FIRST_WORD,
    NAMED_SMALL_WORD,
    guesses,
    names,
    needed_on_roster,
    word_on_roster,
)
from sessions.deidentify.memory import NOTHING, Memory, folded_name
from sessions.deidentify.model import Span
from sessions.deidentify.near import find_near
from sessions.deidentify.numbers import numbers
from sessions.deidentify.organisations import organisations
from sessions.deidentify.roster import Roster, find_roster
from sessions.deidentify.tokens import tokens
from sessions.deidentify.units import units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sessions.deidentify.finding import Finding
    from sessions.deidentify.guessing import Guess
    from sessions.deidentify.model import Tier
    from sessions.deidentify.tokens import Token

LABELS: Final = (
    "name", "e-mail", "phone number", "handle", "link", "number", "address", "date", "age",
    "organisation", "unit",
)  # fmt: skip
"""What a finding may be."""

# The smaller wins where two overlap.
_RANK: Final = {
    "e-mail": 0, "link": 1, "handle": 2, "address": 3, "organisation": 4, "age": 4, "date": 5,
    "unit": 5, "number": 6, "phone number": 6, "name": 7,
}  # fmt: skip

_EDGES: Final = " \n.,'’‘-‐‑–"

_LEAVES_A_REST: Final = frozenset({"name", "number", "phone number"})


class _Taken:
    """Which places of a text are taken; asking and taking cost no more than the span is long."""

    def __init__(self, text: str, spans: Iterable[Span] = ()) -> None:
        self._marks = bytearray(len(text))
        for span in spans:
            self.take(span)

    def take(self, span: Span) -> None:
        self._marks[span.start : span.end] = b"\1" * (span.end - span.start)

    def touches(self, span: Span) -> bool:
        return self._marks.find(1, span.start, span.end) >= 0

    def free(self, span: Span) -> Iterator[tuple[int, int]]:
        """Yield the parts of a span that are free."""
        at = span.start
        while at < span.end:
            start = self._marks.find(0, at, span.end)
            if start < 0:
                return
            end = self._marks.find(1, start, span.end)
            at = span.end if end < 0 else end
            yield start, at


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
    figures = Figures.of(found)
    thought = guesses(found, figures.named)
    of_roster = [
        span for span in _of_roster(text, roster, found, thought) if not figures.hold(span)
    ]
    by_pattern = [_span(text, one) for one in _by_pattern(text)]
    guessed = [_span(text, one) for one in names(text, thought)]
    spans = _merged(text, _named(of_roster, guessed), by_pattern)
    spans = _remembered(text, spans, memory, figures)
    return _without_stand_ins(text, spans)


def _of_roster(
    text: str, roster: Roster, found: Sequence[Token], thought: Sequence[Guess]
) -> list[Span]:
    """Return where somebody of the roster is named, in any form, in order."""
    if roster.is_empty:
        return []
    spans = list(find_roster(text, roster))
    taken = [(span.start, span.end) for span in spans]
    spans += find_near(text, found, roster.near, taken)
    starts = [token.start for token in found]
    judged = (_weighed(span, thought, starts) for span in spans)
    return sorted((span for span in judged if span), key=lambda span: span.start)


def _weighed(span: Span, thought: Sequence[Guess], starts: Sequence[int]) -> Span | None:
    """Return a name of the roster, as sure as the model makes it, or none.

    A doubtful one is sure where the model sees a name too; one in small letters that is also in a
    dictionary ("hunter", "dulce") is doubtful where it sees none. A name of several parts of which
    the text has a word alone ("June", "Blanca") is dropped where the model is sure of the word.
    """
    within = thought[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
    if span.tier == "auto":
        return replace(span, tier="review") if _is_but_a_word(within) else span
    if within and all(one.score >= needed_on_roster(one) for one in within):
        return replace(span, tier="auto")
    more_names = " " in span.key
    if more_names and len(within) == 1 and within[0].score < word_on_roster(within[0]):
        return None
    return span


def _is_but_a_word(within: Sequence[Guess]) -> bool:
    """Say whether this is one word of a dictionary and no name to the model.

    It is so in small letters, and at the beginning of a sentence where the model is sure of it.
    """
    if len(within) != 1 or not within[0].listed.known:
        return False
    one = within[0]
    small = one.token.case in {"a", "l"} and one.score < NAMED_SMALL_WORD
    return small or (one.token.case == "S" and one.score < NAMED_FIRST_WORD)


def _by_pattern(text: str) -> Iterator[Finding]:
    numbered = has_number(text)
    yield from contacts(text, numbered=numbered)
    yield from numbers(text)
    yield from dates(text)
    if numbered:
        yield from ages(text)
    yield from addresses(text, numbered=numbered)
    yield from organisations(text)
    yield from units(text, numbered=numbered)


def _span(text: str, one: Finding) -> Span:
    return Span(one.start, one.end, one.label, one.tier, folded_name(text[one.start : one.end]))


def _named(of_roster: Sequence[Span], guessed: Sequence[Span]) -> list[Span]:
    """Return all names: those of the roster, each grown by a guess that overlaps it alone."""
    made = list(of_roster)
    starts = [span.start for span in made]
    more: list[Span] = []
    for guess in guessed:
        last = bisect_left(starts, guess.end)
        first = last
        while first > 0 and made[first - 1].end > guess.start:
            first -= 1
        if first == last:
            more.append(guess)
        elif last - first == 1:
            one = made[first]
            tier: Tier = "auto" if "auto" in {one.tier, guess.tier} else "review"
            start, end = min(one.start, guess.start), max(one.end, guess.end)
            made[first] = replace(one, start=start, end=end, tier=tier)
    return _linked([*made, *more])


def _linked(named: Sequence[Span]) -> list[Span]:
    """Return names with one key for "Tanya" and "Tanya Webb" of one text."""
    whole = [span.key for span in named if " " in span.key]
    ends = {key.split()[at]: key for key in reversed(whole) for at in (-1, 0)}
    return [
        span if span.on_roster else replace(span, key=ends.get(span.key, span.key))
        for span in named
    ]


def _merged(text: str, named: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Return all spans without overlaps: by rank, then the longer, then the surer."""
    order = sorted(
        [*named, *others],
        key=lambda span: (_rank(span), span.start - span.end, span.tier != "auto"),
    )
    taken = _Taken(text)
    made: list[Span] = []
    for span in order:
        parts = [span]
        if taken.touches(span):
            sure = span.label in _LEAVES_A_REST and span.tier == "auto"
            free = taken.free(span) if sure else ()
            parts = [replace(span, start=a, end=b) for a, b in free if text[a:b].strip(" .,'’s")]
        for part in parts:
            taken.take(part)
            made.append(part)
    return sorted(made, key=lambda span: span.start)


def _rank(span: Span) -> int:
    """Return how early a span is placed; a doubtful code for a unit comes last."""
    doubtful = span.label == "unit" and span.tier == "review"
    return len(_RANK) if doubtful else _RANK[span.label]


def _remembered(text: str, spans: Sequence[Span], memory: Memory, figures: Figures) -> list[Span]:
    """Return spans without those a person keeps, and with what a person hid elsewhere."""
    left = [
        replace(span, tier="auto") if span.key in memory.hidden else span
        for span in spans
        if span.tier == "auto" or not memory.keeps(text[span.start : span.end])
    ]
    if memory.hidden:
        more = answered(text, memory.hidden)
        left = _with_answered(
            text, left, [span for span in more if " " in span.key or not figures.hold(span)]
        )
    return sorted(left, key=lambda span: span.start)


def _with_answered(text: str, spans: Sequence[Span], more: Sequence[Span]) -> list[Span]:
    """Return spans with the places of hidden words; of a doubtful one they part, its rest stays."""
    starts, ends = [span.start for span in spans], [span.end for span in spans]
    placed: list[Span] = []
    for span in more:
        touched = spans[bisect_right(ends, span.start) : bisect_left(starts, span.end)]
        within = any(one.start <= span.start and span.end <= one.end for one in touched)
        if not within and all(_gives_way(one, span) for one in touched):
            placed.append(span)
    taken = _Taken(text, placed)
    return placed + [
        part
        for span in spans
        for part in (_rests(text, taken, span) if taken.touches(span) else (span,))
    ]


def _gives_way(one: Span, to: Span) -> bool:
    """Say whether a finding is but a guess, or a guessed name that hidden words hold whole."""
    is_guess = one.label == "name" and not one.on_roster
    return one.tier == "review" or (is_guess and to.start <= one.start and one.end <= to.end)


def _rests(text: str, taken: _Taken, span: Span) -> Iterator[Span]:
    """Yield what is free of a span, without the signs at its edges."""
    for start, end in taken.free(span):
        rest = text[start:end]
        inner = rest.strip(_EDGES)
        if inner:
            at = start + rest.index(inner)
            yield replace(span, start=at, end=at + len(inner), key=folded_name(inner))


def _without_stand_ins(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans that do not touch what already stands for something hidden."""
    standing = [Span(*one.span(), "name", "auto", "") for one in STANDS_IN.finditer(text)]
    if not standing:
        return tuple(spans)
    taken = _Taken(text, standing)
    return tuple(span for span in spans if not taken.touches(span))
