"""What is to be called while people take turns: the half, each change, the last minutes.

Pure. A cue is a moment, and stands for some seconds, so that somebody who looks up still finds it.
It is a value and no wording, and it makes no sound.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from agreements.durations import PAIR, SECONDS_A_MINUTE
from sessions.laying import Layout, Table
from sessions.tables import Slot

CueKind = Literal[
    "half-time", "change", "swap", "outer", "once-more", "together", "regroup", "one-minute"
]
"""What is to be called: in pairs the second one speaks; the next one speaks; another inner ring;
the outer ring speaks; another round; all have spoken; ten minutes are left; one minute is left."""

CUE_SECONDS: Final = 12
"""How long a cue stands; less where what comes after it is short."""

REGROUP_SECONDS: Final = 10 * SECONDS_A_MINUTE
LONG_IN_GROUPS: Final = 20 * SECONDS_A_MINUTE
"""Groups are told that ten minutes are left in a step of this length."""

WARNED_IN_GROUPS: Final = 5 * SECONDS_A_MINUTE
"""Groups are told that one minute is left in a step of this length."""

WARNED_TURN: Final = 3 * SECONDS_A_MINUTE
"""Whoever speaks to the whole room is shown her last minute in a turn of this length."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Something to call, and from which second to which it is shown."""

    kind: CueKind
    at: int
    until: int


def cues_of(layout: Layout, table: Table) -> tuple[Cue, ...]:
    """Return all that is called to a table, in order, at most one thing a second.

    Where two fall on one second the change is called, for it cannot wait.
    """
    found = {cue.at: cue for cue in (*_warnings(layout, table), *_changes(layout, table))}
    return tuple(found[at] for at in sorted(found))


def _changes(layout: Layout, table: Table) -> Iterator[Cue]:
    """Yield what is called when a table goes from one thing to the next."""
    shown = [one for one in table.slots if one.end > one.start]
    for before, after in pairwise(shown):
        kind = _called(layout, before, after)
        if kind is None:
            continue
        length = after.end - after.start
        stands = length if after.doing == "handover" else min(CUE_SECONDS, max(length // 2, 1))
        yield Cue(kind, after.start, after.start + stands)


def _called(layout: Layout, before: Slot, after: Slot) -> CueKind | None:
    """Return what is called between two stretches of a table's time."""
    if after.doing in ("outer", "together"):
        # After the last turn it was called when the change began.
        return None if before.doing == "handover" else after.doing
    if after.doing == "handover":
        return "together" if _is_last(before) else _next_one(layout, before)
    if after.round > before.round and after.doing == "turn":
        return "once-more"
    if layout.kind == "fishbowl" and after.doing == "turn":
        return "swap"
    return None if before.doing == "handover" else _next_one(layout, before)


def _next_one(layout: Layout, before: Slot) -> CueKind:
    is_half = layout.kind == "pair" and before.of == PAIR and before.speaker == 1
    return "half-time" if is_half else "change"


def _is_last(turn: Slot) -> bool:
    return turn.speaker == turn.of and turn.round == turn.rounds


def _warnings(layout: Layout, table: Table) -> Iterator[Cue]:
    """Yield what is called while nothing changes: so much is left."""
    end = layout.seconds
    if layout.kind in ("pair", "triad", "group"):
        if end >= LONG_IN_GROUPS:
            yield _warning("regroup", end - REGROUP_SECONDS)
        if end >= WARNED_IN_GROUPS:
            yield _warning("one-minute", end - SECONDS_A_MINUTE)
    elif layout.kind in ("round", "testimony"):
        for slot in table.slots:
            if slot.doing == "turn" and slot.end - slot.start >= WARNED_TURN:
                yield _warning("one-minute", slot.end - SECONDS_A_MINUTE)


def _warning(kind: CueKind, at: int) -> Cue:
    return Cue(kind, at, at + CUE_SECONDS)
