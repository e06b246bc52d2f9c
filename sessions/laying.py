"""Lays out the time of a step at its tables, second by second, with all that changed on the way.

Pure. What changed is told in seconds of the step's own time, so the same step, changes and marks
always give the same layout, also after a restart.

* Whoever speaks keeps her time when people come or leave. Those who come sit down where the tables
  need them and speak after the others; those who leave are taken from those still to speak. A table
  that breaks up lets its speaker end.
* Time that is given or taken by hand is shared by all whose turn is not over, the speaker included.
* A turn that is passed ends at that second. At a table beside others its time goes to those still
  to speak there, or to all together: the table waits for the others in any case. In a round of the
  whole room everybody keeps her length and the round ends early: that is won for the plan.
* One voice more comes after the last turn, as long as a turn, and may run over the step's time.

The slots of a table follow one another without a gap from 0 to the end of the step, or of the last
voice when that is later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import Final

from agreements.plan import Step
from sessions.tables import Seating, Slot, TurnKind, longest_turn, seating

VOICE_SECONDS: Final = 60
"""How long one voice more is where nobody has a turn."""

SECOND_ROUND_SECONDS: Final = 30
"""A table that is done early goes around once more when everybody has so much."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a step has from a second on."""

    at: int
    heads: int
    seconds: int
    """What it is to take in all."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A turn was passed, or over early."""

    at: int
    table: int | None = None
    """Counted from 1, never who sits there; `None` when all tables change at once."""


@dataclass(frozen=True, slots=True)
class VoiceMore:
    """One voice more was taken in a step of one table."""

    at: int


Mark = Passed | VoiceMore


@dataclass(frozen=True, slots=True)
class Table:
    """Tables that do the same at the same time."""

    number: int
    """The first of them, from 1."""
    count: int
    size: int
    """How many sit at each."""
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that is known of the turns of a step."""

    kind: TurnKind
    seconds: int
    """What the step is to take in all."""
    tables: tuple[Table, ...]
    """Those that are alike once, with their count."""


def lay_out(step: Step, changes: Sequence[Change], marks: Iterable[Mark] = ()) -> Layout | None:
    """Lay out the turns of a step.

    Args:
        step: The step.
        changes: What it has, and what changed, in order; the first at 0.
        marks: What the facilitator did with turns, in order.

    Returns:
        None for a step in which nobody takes turns or sits at tables.
    """
    sits, marks = seating(step), tuple(marks)
    kind: TurnKind = "voice" if sits is None else sits.kind
    if sits is None:
        if not any(isinstance(one, VoiceMore) for one in marks):
            return None
        sits = Seating("voice", None, takes_turns=False)
    sizes = [sits.sizes(one.heads) for one in changes]
    laid: dict[tuple[object, ...], tuple[Slot, ...]] = {}
    tables = []
    for index in range(max(map(len, sizes))):
        seated = tuple(all_[index] if index < len(all_) else 0 for all_ in sizes)
        own = tuple(one for one in marks if _is_of(one, index + 1, alone=sits.size is None))
        key = (seated, own)
        if key not in laid:
            laid[key] = _slots(step, sits, changes, seated, own)
        tables.append(Table(index + 1, 1, seated[-1], laid[key]))
    return Layout(kind, changes[-1].seconds, tuple(_alike(tables)))


def _alike(tables: Iterable[Table]) -> Iterator[Table]:
    """Join neighbouring tables that do the same."""
    for _, same in groupby(tables, key=lambda one: (one.size, one.slots)):
        all_ = list(same)
        yield replace(all_[0], count=len(all_))


def _is_of(mark: Mark, table: int, *, alone: bool) -> bool:
    return alone if isinstance(mark, VoiceMore) else mark.table in (table, None)


def _slots(
    step: Step,
    sits: Seating,
    changes: Sequence[Change],
    seated: Sequence[int],
    marks: Sequence[Mark],
) -> tuple[Slot, ...]:
    """Lay out one table, moment by moment."""
    table = _Table(step, sits)
    moments: list[tuple[int, Change | Mark, int]] = [
        *((one.at, one, size) for one, size in zip(changes, seated, strict=True)),
        *((one.at, one, 0) for one in marks),
    ]
    for at, moment, size in sorted(moments, key=lambda one: one[0]):
        if isinstance(moment, Change):
            table.change(moment, size)
        elif isinstance(moment, Passed):
            table.end_turn(at)
        else:
            table.add_voice(at)
    return tuple(one for one in table.slots if one.end > one.start or one.doing == "turn")


class _Table:
    """One table while its time is being laid out."""

    def __init__(self, step: Step, sits: Seating) -> None:
        self.slots: list[Slot] = []
        self._sits = sits
        self._longest = longest_turn(step)
        self._heads = self._size = self._seconds = 0
        self._cap: Fraction | None = None
        """The longest a turn may be, with the change after it."""
        self._each = Fraction(0)
        """What a turn was given last, with the change after it."""
        self._voices = 0
        """Voices more that were taken and have no place yet."""

    def change(self, change: Change, size: int) -> None:
        """Take in what the step and the table have from here on."""
        before = (self._heads, self._size, self._seconds)
        self._heads, self._size, self._seconds = change.heads, size, change.seconds
        longest = self._longest(self._heads, size, self._seconds)
        if longest is not None or change.seconds != before[2]:
            self._cap = longest
        if not before[1] and self._place(change.at) is None:
            self.slots = []  # whoever sat here before has gone
            if size:
                self._lay(change.at)
        elif change.heads != before[0]:
            self._reseat(change.at)
        else:
            self._resize(change.at)

    def end_turn(self, at: int) -> None:
        """End what is going on at this second, when somebody has the floor."""
        place = self._place(at)
        if place is None or self.slots[place].doing in ("outer", "together"):
            return
        self._cut(place + 1)
        self.slots[place] = replace(self.slots[place], end=at)
        if self._sits.ends_early and self._each:
            self._cap = self._each
        self._lay(at)

    def add_voice(self, at: int) -> None:
        """Put one voice more after the last turn; not before this second."""
        rest = self._last("outer", "together")
        if rest is not None:
            self.slots[-1] = replace(rest, end=max(rest.start, min(at, rest.end)))
        self._wait(at)
        self._voices += 1
        self._add_voices()
        self._fill()

    def _resize(self, at: int) -> None:
        """Share time that was given or taken by all whose turn is not over."""
        place = self._place(at)
        if place is None:
            last = self._last("turn")
            if last is not None and self._seconds > last.end:
                # Whoever spoke last is still speaking: that is what the time was given for.
                self.slots[-1] = replace(last, end=self._seconds)
            self._fill()
            return
        current = self.slots[place]
        if current.doing == "turn":
            self._cut(place)
            self._lay(current.start, at_least=at)
        elif current.doing in ("outer", "together"):
            self._cut(place)
            self._lay(current.start, once_more=False)
        else:
            self._cut(place + 1)
            self._lay(current.end)

    def _reseat(self, at: int) -> None:
        """Let whoever has the floor end, and share what is left by those who are there."""
        place = self._place(at)
        current = None if place is None else self.slots[place]
        if place is None or current is None:
            self._late(at)
        elif current.doing in ("outer", "together"):
            self._cut(place)
            if self._has_newcomers() or not self._size:
                self.slots.append(replace(current, end=at))
            self._late(at)
        else:
            after = self.slots[place + 1 : place + 2] if current.doing == "turn" else []
            self._cut(place + 1)
            self.slots.pop()
            keeps = [current, *(one for one in after if one.doing == "handover")]
            self.slots += [self._renumbered(one) for one in keeps]
            if self._size:
                self._lay(self._end())

    def _renumbered(self, slot: Slot) -> Slot:
        """Return a stretch of time with as many turns in its round as there are now."""
        if slot.speaker is None:
            return slot
        return replace(slot, of=max(self._sits.speakers(self._size), slot.speaker))

    def _late(self, at: int) -> None:
        """Let those speak who came when all had spoken."""
        if not self._size:
            return
        if self._has_newcomers():
            self._wait(at)
            self._lay(max(at, self._end()))
        else:
            self._lay(self._end(), once_more=False)

    def _has_newcomers(self) -> bool:
        return self._sits.takes_turns and self._sits.speakers(self._size) > self._reached()[1]

    def _lay(self, start: int, *, at_least: int = 0, once_more: bool = True) -> None:
        """Append all that comes after the last turn.

        Args:
            start: When it begins.
            at_least: The first turn does not end before.
            once_more: A table that is done early may begin a second round.
        """
        reached, speaker = self._reached()
        speakers = self._sits.speakers(self._size) if self._sits.takes_turns else 0
        rounds = self._sits.rounds
        todo = [(reached, one) for one in range(speaker + 1, speakers + 1)]
        todo += [
            (later, one)
            for later in range(reached + 1, rounds + 1)
            for one in range(1, speakers + 1)
        ]
        second = reached > rounds
        now = self._turns(start, todo, None if second else self._cap, at_least)
        if once_more and not second and self._has_time_for_all(now, speakers):
            todo = [(rounds + 1, one) for one in range(1, speakers + 1)]
            now = self._turns(now, todo, None, at_least)
        if not self.slots:
            self.slots.append(Slot("together", start, now))
        self._add_voices()
        self._fill()

    def _has_time_for_all(self, now: int, speakers: int) -> bool:
        several = self._sits.second_round and self._sits.size is not None and speakers > 1
        return several and self._seconds - now >= SECOND_ROUND_SECONDS * speakers

    def _turns(
        self, start: int, todo: Sequence[tuple[int, int]], cap: Fraction | None, at_least: int
    ) -> int:
        """Append turns that share what is left of the step, and return when they are over."""
        if not todo:
            return start
        ends = self._seconds - self._sits.outer(self._seconds)
        share = Fraction(max(ends - start, 0), len(todo))
        self._each = share if cap is None else min(cap, share)
        whole = int(self._each * len(todo))
        if start + whole // len(todo) < at_least:
            self._turn(start, at_least, *todo[0])
            return self._turns(at_least, todo[1:], cap, 0)
        edges = [start + whole * one // len(todo) for one in range(len(todo) + 1)]
        for begins, over, (round_, speaker) in zip(edges, edges[1:], todo, strict=False):
            self._turn(begins, over, round_, speaker, at_least)
        return edges[-1]

    def _turn(self, start: int, end: int, round_: int, speaker: int, at_least: int = 0) -> None:
        """Append one turn and the change after it."""
        second = round_ > self._sits.rounds
        change = 0 if second else int((end - start) * self._sits.handover)
        over = min(max(end - change, at_least), end)
        of = max(self._sits.speakers(self._size), speaker)
        rounds = max(self._sits.rounds, round_)
        self.slots.append(Slot("turn", start, over, speaker, of, round_, rounds))
        if over < end:
            self.slots.append(Slot("handover", over, end, speaker, of, round_, rounds))

    def _add_voices(self) -> None:
        length = int(self._each) or VOICE_SECONDS
        for _ in range(self._voices):
            self.slots.append(Slot("voice", self._end(), self._end() + length))
        self._voices = 0

    def _fill(self) -> None:
        """Leave what nobody needs to the outer ring, or to all together."""
        end = self._end()
        if self._seconds <= end:
            return
        rest = self._last("outer", "together")
        if rest is not None:
            self.slots[-1] = replace(rest, end=self._seconds)
        elif self._sits.outer(self._seconds):
            self.slots.append(Slot("outer", end, self._seconds))
        else:
            self.slots.append(Slot("together", end, self._seconds))

    def _wait(self, at: int) -> None:
        """Fill the time up to a second at which all had spoken."""
        rest = self._last("together")
        if self._end() < at:
            begins = self._end() if rest is None else self.slots.pop().start
            self.slots.append(Slot("together", begins, at))

    def _cut(self, place: int) -> None:
        """Take back what was laid out from a place on; voices that were granted stay granted."""
        self._voices += sum(one.doing == "voice" for one in self.slots[place:])
        del self.slots[place:]

    def _place(self, at: int) -> int | None:
        spans = enumerate(self.slots)
        return next((place for place, one in spans if one.start <= at < one.end), None)

    def _reached(self) -> tuple[int, int]:
        """Return the round and the number of the last turn."""
        turns = (one for one in reversed(self.slots) if one.doing == "turn")
        last = next(turns, None)
        return (1, 0) if last is None else (last.round, last.speaker or 0)

    def _last(self, *doing: str) -> Slot | None:
        return self.slots[-1] if self.slots and self.slots[-1].doing in doing else None

    def _end(self) -> int:
        return self.slots[-1].end if self.slots else 0
