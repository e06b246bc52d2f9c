"""The seam that every text passes on its way into the record: find what names people, hide it.

Pure.

Each entrance (a note, a parked item, a commitment, a reflection) calls `hide`, shows its result
while the text is typed, and keeps nothing else. What is found is either sure (`auto`) or for a
person to decide (`review`), and hidden until she keeps it. Where there is nobody to ask, a guess
is left as it was written: hidden for good without being asked, it would take words away that
carry the conversation.

Invariants:

* `hide` stores nothing. The aliases it returns become the session's only when the caller keeps
  the text, so a preview on every key spends no number.
* Outside the spans the text is untouched, and what stands for somebody is never found again.
* What may be a name of the roster and nobody decided is hidden.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from sessions.deidentify.aliases import Aliases, highest_used
from sessions.deidentify.answered import answered
from sessions.deidentify.find import find
from sessions.deidentify.memory import NOTHING, Memory
from sessions.deidentify.model import Hidden, Span
from sessions.deidentify.replacing import stand_in
from sessions.deidentify.roster import Roster, find_roster

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "Aliases",
    "Hidden",
    "Memory",
    "Roster",
    "Span",
    "find",
    "hide",
    "hide_again",
    "hide_roster",
    "highest_used",
    "spans_to_hide",
]


def hide(
    text: str,
    roster: Roster,
    aliases: Aliases,
    kept: frozenset[int] = frozenset(),
    memory: Memory = NOTHING,
    *,
    guesses: bool = True,
) -> Hidden:
    """Return a text as it would be kept now.

    Args:
        text: A text the gate has let through.
        roster: Who is in the room.
        aliases: The aliases of the session so far; they stay as they are.
        kept: Which of the spans to hide, by index, a person decided to leave as they are.
        memory: What was decided in this session about words, wherever they come.
        guesses: Hide also what may be somebody who is not on the roster.

    Returns:
        The hidden text, with the aliases to store if, and only if, the text is kept.
    """
    return _replaced(text, spans_to_hide(text, roster, memory, guesses=guesses), aliases, kept)


def spans_to_hide(
    text: str, roster: Roster, memory: Memory = NOTHING, *, guesses: bool = True
) -> tuple[Span, ...]:
    """Return what of all that is found is hidden unless a person keeps it, in order."""
    found = (_decided(text, span, memory) for span in find(text, roster, memory, asks=guesses))
    return tuple(span for span in found if guesses or span.tier == "auto" or span.on_roster)


def hide_again(
    text: str, roster: Roster, aliases: Aliases, memory: Memory, *, named: bool = False
) -> Hidden:
    """Return a text of the record as it is kept after a person has answered, or named the room.

    Only what was answered and who is surely on the roster goes: what was let through before stays,
    so that an answer about one word changes no other.

    Args:
        text: A text as it is kept.
        roster: Who is in the room.
        aliases: What stands for whom.
        memory: What was answered.
        named: Whether the room has just been named: then who may be on the roster goes, too.
    """
    places = answered(text, memory.hidden)
    wanted = bytearray(len(text))
    for one in places:
        wanted[one.start : one.end] = b"\1" * (one.end - one.start)
    asked: list[Span] = []
    for span in spans_to_hide(text, roster, memory):
        if (span.on_roster and (named or span.tier == "auto")) or span.decided:
            asked.append(span)
        elif wanted.find(1, span.start, span.end) >= 0:
            asked += _answered_part(span, places)
    return _replaced(text, tuple(asked), aliases, frozenset())


def _answered_part(span: Span, places: Sequence[Span]) -> Iterator[Span]:
    """Yield what of a span was answered: of a name in doubt those words alone, else all of it."""
    at = bisect_left(places, span.start, key=lambda one: one.start)
    is_in_doubt = span.label == "name" and span.tier == "review"
    if not is_in_doubt or at == len(places) or places[at].end > span.end:
        yield span
        return
    while at < len(places) and places[at].end <= span.end:
        key = span.key if span.on_roster else places[at].key
        yield replace(places[at], key=key, on_roster=span.on_roster, decided=True)
        at += 1


def _decided(text: str, span: Span, memory: Memory) -> Span:
    """Return a span that says whether a person decided that it goes; on the roster, it is sure."""
    goes = span.key in memory.hidden or memory.hides(text[span.start : span.end])
    if not goes or (span.on_roster and span.tier == "auto"):
        return span
    return replace(span, tier="auto", decided=True)


def hide_roster(text: str, roster: Roster, aliases: Aliases) -> Hidden:
    """Return a text without the names of the roster, and with everything else.

    It is for what a facilitator sets before a session: a contact has a phone number on purpose.
    """
    return _replaced(text, find_roster(text, roster), aliases, frozenset())


def _replaced(text: str, spans: tuple[Span, ...], aliases: Aliases, kept: frozenset[int]) -> Hidden:
    """Return a text with words that stand in for each span that is not kept."""
    gone = [span for index, span in enumerate(spans) if index not in kept]
    aliases = aliases.numbered(span.key for span in gone if span.label == "name")
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    done = length = 0
    for index, span in enumerate(spans):
        before = text[done : span.start]
        shown = text[span.start : span.end] if index in kept else stand_in(text, span, aliases)
        start = length + len(before)
        done, length = span.end, start + len(shown)
        pieces += (before, shown)
        places.append((start, length))
    hidden = "".join(pieces) + text[done:]
    return Hidden(
        hidden, spans, tuple(places), dict(Counter(span.label for span in gone)), aliases, text
    )
