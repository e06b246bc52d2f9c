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
from sessions.deidentify.finding import has_number, speaks_of_somebody
from sessions.deidentify.guessing import guesses, names, with_named_words
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.likely_places import likely_places
from sessions.deidentify.lists import is_everyday
from sessions.deidentify.memory import NOTHING, Memory, folded_name
from sessions.deidentify.model import Span
from sessions.deidentify.named_words import meant
from sessions.deidentify.near import find_near
from sessions.deidentify.numbers import numbers
from sessions.deidentify.organisations import is_place, organisations
from sessions.deidentify.roster import Roster, find_roster
from sessions.deidentify.tokens import tokens
from sessions.deidentify.units import units
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sessions.deidentify.finding import Finding
    from sessions.deidentify.guessing import Guess
    from sessions.deidentify.model import Tier
    from sessions.deidentify.named_words import Meant
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

# What tells who somebody is only together with something else.
_POINTS: Final = frozenset({"date", "organisation", "unit"})
_NEAR: Final = 80

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


def find(
    text: str, roster: Roster, memory: Memory = NOTHING, *, asks: bool = True
) -> tuple[Span, ...]:
    """Return what in a text may single out a person, in order and without overlaps.

    Args:
        text: A text the gate has let through; offsets count its code points.
        roster: Who is in the room; it may be empty.
        memory: What was decided in this session.
        asks: There is somebody to ask. Else a day, an organisation or a unit is as sure as it
            looks, also where nobody is spoken of.
    """
    if not any(map(str.isalnum, text)):
        return ()
    found = tokens(text)
    figures = Figures.of(found, lexicon().common)
    people = None if roster.is_empty else roster.people
    thought = guesses(found, figures.named, people)
    meanings = meant(thought, people) if people else {}
    of_roster = [
        span for span in _of_roster(text, roster, thought, meanings) if not figures.hold(span)
    ]
    thought = with_named_words(thought, meanings)
    by_pattern = [_span(text, one) for one in _by_pattern(text)]
    guessed = [_span(text, one) for one in names(text, thought)]
    named = _named(of_roster, guessed)
    placed = _Taken(text, by_pattern)
    places = [_span(text, one) for one in likely_places(text)]
    free = [one for one in places if not placed.touches(one)]
    spans = _merged(text, _in_places(named, free), by_pattern)
    if asks and not named:
        spans = _asked_beside_nobody(text, spans)
    spans = _remembered(text, spans, memory, figures)
    return _without_stand_ins(text, spans)


def _of_roster(
    text: str,
    roster: Roster,
    thought: Sequence[Guess],
    meanings: Mapping[int, Meant],
) -> list[Span]:
    """Return where somebody of the roster is named, in any form, in order.

    What is a word of a dictionary too, and stands alone, is as sure as its place makes it. A part
    of such a word is nobody: "potters", "hunter-gatherer".
    """
    if roster.is_empty:
        return []
    found = [guess.token for guess in thought]
    known = {
        guess.token.start: guess.token.end
        for guess in thought
        if guess.listed.known and guess.token.folded.isascii()
    }
    spans = [one for one in find_roster(text, roster) if known.get(one.start, 0) <= one.end]
    taken = [(span.start, span.end) for span in spans]
    spans += find_near(text, found, roster.near, taken)
    words = {found[at].start: (found[at], meaning) for at, meaning in meanings.items()}
    judged: list[Span] = []
    for span in _without_parts(text, spans, found):
        word, meaning = words.pop(span.start, (None, None))
        if word is None or word.end != span.end:
            judged.append(span)
        elif meaning in {"auto", "review"}:
            judged.append(replace(span, tier=meaning))
        elif span.tier == "auto" and word.case not in {"a", "l"} and is_everyday(word.written):
            # A title before it or a possessive ending makes it a name.
            judged.append(replace(span, tier="review"))
    covered = _Taken(text, judged)
    for word, meaning in words.values():
        if meaning in {"auto", "review"}:
            key = roster.people.key(roster.people.has(word.folded), word.folded)
            span = Span(word.start, word.end, "name", meaning, key, on_roster=True)
            if not covered.touches(span):
                judged.append(span)
    return sorted(judged, key=lambda span: span.start)


def _without_parts(text: str, spans: Sequence[Span], found: Sequence[Token]) -> Iterator[Span]:
    """Yield spans without small words of a compound ("X-ray"); with a capital these are asked."""
    tied = {
        at: token for token in found if "-" in token.written for at in range(token.start, token.end)
    }
    for span in spans:
        whole = tied.get(span.start)
        written = text[span.start : span.end]
        is_part = whole and (span.start, span.end) != (whole.start, whole.end)
        if not (is_part and _is_a_word(written)):
            yield span
        elif not written.islower():
            yield replace(span, tier="review")


def _is_a_word(written: str) -> bool:
    """Say whether a name is a word of the dictionaries, or a place, too."""
    return is_everyday(written) or fold(written) in lexicon().known or is_place([written])


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


def _in_places(named: Sequence[Span], places: Iterable[Span]) -> list[Span]:
    """Return names and likely places, which hold a guess that is part of them.

    "St Brannoc's" is one place, and no name with "St" before it; nobody of the roster is a place.
    """
    made = sorted(named, key=lambda span: span.start)
    starts = [span.start for span in made]
    gone: set[int] = set()
    more: list[Span] = []
    free = 0
    for place in sorted(places, key=lambda span: (span.start, -span.end)):
        last = bisect_left(starts, place.end)
        first = last
        while first > 0 and made[first - 1].end > place.start:
            first -= 1
        inside = made[first:last]
        if place.start >= free and _holds(place, inside):
            gone.update(range(first, last))
            sure = place.tier == "auto" or any(one.tier == "auto" for one in inside)
            more.append(replace(place, tier="auto" if sure else "review"))
            free = place.end
    return [*(one for at, one in enumerate(made) if at not in gone), *more]


def _holds(place: Span, inside: Sequence[Span]) -> bool:
    """Say whether guesses within a place are parts of it.

    Two guesses are two people ("jobs for Kwame and Priya"), and at a corner two streets, if unsure.
    """
    if place.label == "address":
        may_hold = all(one.tier == "review" for one in inside)
    else:
        may_hold = len(inside) <= 1
    return may_hold and all(_is_part(one, place) for one in inside)


def _is_part(name: Span, place: Span) -> bool:
    """Say whether a guessed name is but a part of a place, and not all of it."""
    within = place.start <= name.start and name.end <= place.end
    return within and not name.on_roster and name.end - name.start < place.end - place.start


def _linked(named: Sequence[Span]) -> list[Span]:
    """Return names with one key for "Tanya" and "Tanya Webb" of one text."""
    whole = [span.key for span in named if " " in span.key]
    ends = {key.split()[at]: key for key in reversed(whole) for at in (-1, 0)}
    return [
        span if span.on_roster else replace(span, key=ends.get(span.key, span.key))
        for span in named
    ]


def _merged(text: str, named: Sequence[Span], others: Iterable[Span]) -> list[Span]:
    """Return all spans without overlaps: by rank, then the longer, then the surer."""
    whole = {(span.start, span.end) for span in named if span.on_roster}
    order = sorted(
        # "Denise Chambers" of the roster is no firm.
        [*named, *(one for one in others if (one.start, one.end) not in whole)],
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


def _asked_beside_nobody(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return spans of a text without a name; what only points at somebody is sure beside somebody.

    "Ward 3 has two cameras" and "funding ends June 30" may be of nobody: a person decides.
    """
    return [
        replace(span, tier="review")
        if span.label in _POINTS
        and span.tier == "auto"
        and not speaks_of_somebody(text[max(span.start - _NEAR, 0) : span.end + _NEAR])
        else span
        for span in spans
    ]


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
