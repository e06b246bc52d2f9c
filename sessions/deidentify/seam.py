"""The seam that every text passes on its way into the record: find what names people, hide it.

Pure.

Each entrance (a note, a parked item, a commitment, a reflection) calls `hide`, shows its result
while the text is typed, and keeps nothing else. What is found is either sure (`auto`) or for a
person to decide (`review`). What is sure is hidden, and so is all that may be a name of the roster.
A guess about anybody else is left as it was written until a screen asks a person about it: hidden
for good without being asked, it would take words away that carry the conversation.

Invariants:

* `hide` stores nothing. The aliases it returns become the session's only when the caller keeps
  the text, so a preview on every key spends no number.
* Outside the spans the text is untouched, and what stands for somebody is never found again.
* What may be a name of the roster and nobody decided is hidden.
"""

from __future__ import annotations

from collections import Counter

from sessions.deidentify.aliases import Aliases, highest_used
from sessions.deidentify.find import find
from sessions.deidentify.memory import NOTHING, Memory
from sessions.deidentify.model import Hidden, Span
from sessions.deidentify.replacing import stand_in
from sessions.deidentify.roster import Roster, find_roster

__all__ = [
    "Aliases",
    "Hidden",
    "Memory",
    "Roster",
    "Span",
    "carry",
    "find",
    "hide",
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
) -> Hidden:
    """Return a text as it would be kept now.

    Args:
        text: A text the gate has let through.
        roster: Who is in the room.
        aliases: The aliases of the session so far; they stay as they are.
        kept: Which of the spans to hide, by index, a person decided to leave as they are.
        memory: What was decided in this session about words, wherever they come.

    Returns:
        The hidden text, with the aliases to store if, and only if, the text is kept.
    """
    return _replaced(text, spans_to_hide(text, roster, memory), aliases, kept)


def spans_to_hide(text: str, roster: Roster, memory: Memory = NOTHING) -> tuple[Span, ...]:
    """Return what of all that is found is hidden unless a person keeps it, in order."""
    found = find(text, roster, memory)
    return tuple(span for span in found if span.tier == "auto" or span.on_roster)


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
    return Hidden(hidden, spans, tuple(places), dict(Counter(span.label for span in gone)), aliases)


def carry(kept: frozenset[int], before: str, after: str, roster: Roster) -> frozenset[int]:
    """Return the decisions of `kept` that still hold after the text was edited.

    A decision is about a place, and typing moves places. One is carried over only where the
    whole change lies on one side of its span and the same span is found again; every other span
    is undecided, and so hidden.

    Args:
        kept: Indexes of the spans to hide in `before`.
        before: The text the decisions were made on.
        after: The text now.
        roster: Who is in the room.

    Returns:
        Indexes of the spans to hide in `after`.
    """
    if not kept:
        return kept
    head = _common(before, after)
    tail = min(_common(before[::-1], after[::-1]), min(len(before), len(after)) - head)
    old = spans_to_hide(before, roster)
    still = {(span.start, span.end) for index, span in enumerate(old) if index in kept}
    moved = len(after) - len(before)
    same = {place for place in still if place[1] <= head}
    same |= {(start + moved, end + moved) for start, end in still if start >= len(before) - tail}
    new = spans_to_hide(after, roster)
    return frozenset(n for n, span in enumerate(new) if (span.start, span.end) in same)


def _common(left: str, right: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = zip(left, right, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))
