"""The seam that every text passes on its way into the record: find names, hide them.

Pure.

Each entrance (a note, a parked item, a commitment, a reflection) calls `hide`, shows its result
while the text is typed, and keeps nothing else. `find` is the one place where a fuller detector
joins the roster: it may return spans of more labels, and nothing outside this module changes.

What a roster cannot find: people who are not on it, nicknames, misspelled names, initials alone.

Invariants:

* `hide` stores nothing. The aliases it returns become the session's only when the caller keeps
  the text, so a preview on every key spends no number.
* Outside the spans the text is untouched, and hiding a hidden text changes nothing.
* What nobody decided is hidden.
"""

from __future__ import annotations

from collections import Counter

from sessions.deidentify.aliases import ALIAS, Aliases, highest_used
from sessions.deidentify.model import Hidden, Span
from sessions.deidentify.roster import Roster, find_roster

__all__ = ["Aliases", "Hidden", "Roster", "Span", "carry", "find", "hide", "highest_used"]


def find(text: str, roster: Roster) -> tuple[Span, ...]:
    """Return what in a text may single out a person, in order and without overlaps.

    What already stands for a person ("[colleague 1]") is never found again.

    Args:
        text: A text the gate has let through; offsets count its code points.
        roster: Who is in the room.
    """
    taken = [found.span() for found in ALIAS.finditer(text)]
    spans = find_roster(text, roster)
    if not taken:
        return spans
    return tuple(
        span
        for span in spans
        if all(span.end <= start or end <= span.start for start, end in taken)
    )


def hide(text: str, roster: Roster, aliases: Aliases, kept: frozenset[int] = frozenset()) -> Hidden:
    """Return a text as it would be kept now.

    Args:
        text: A text the gate has let through.
        roster: Who is in the room.
        aliases: The aliases of the session so far; they stay as they are.
        kept: Which spans, by their index in `find`, a person decided to leave as they are.

    Returns:
        The hidden text, with the aliases to store if, and only if, the text is kept.
    """
    spans = find(text, roster)
    gone = [span for index, span in enumerate(spans) if index not in kept]
    aliases = aliases.numbered(span.key for span in gone)
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    done = length = 0
    for index, span in enumerate(spans):
        before = text[done : span.start]
        shown = text[span.start : span.end] if index in kept else aliases.words(span.key)
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
        kept: Indexes in `find(before, roster)`.
        before: The text the decisions were made on.
        after: The text now.
        roster: Who is in the room.

    Returns:
        Indexes in `find(after, roster)`.
    """
    if not kept:
        return kept
    head = _common(before, after)
    tail = min(_common(before[::-1], after[::-1]), min(len(before), len(after)) - head)
    old = find(before, roster)
    still = {(span.start, span.end) for index, span in enumerate(old) if index in kept}
    moved = len(after) - len(before)
    same = {place for place in still if place[1] <= head}
    same |= {(start + moved, end + moved) for start, end in still if start >= len(before) - tail}
    new = find(after, roster)
    return frozenset(n for n, span in enumerate(new) if (span.start, span.end) in same)


def _common(left: str, right: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = zip(left, right, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))
