"""Rooms that answered a closing sheet at random, as records; and the same room told otherwise.

Pure: chance comes in as an argument. A *room* says how many people were there and, for each
question, how many gave each answer. From it a closed record of a shipped plan is made, so that
what is attacked is the Summary that would leave.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from agreements.library import open_library
from agreements.plan import Plan
from sessions.condense import condense
from sessions.document import ClosedRecord, OpenRecord, RunningClock, Setting
from sessions.facts import AnswerItem, Answers
from sessions.text import paragraph
from sessions.timeline import SessionClosed, SessionOpened, StepStarted
from tests.attack.subtraction import Table, World, one_each, several

OPTIONS = ("none", "two-hours", "full-day")
POINTS = ("feeling", "thinking", "believing", "acting")
SCALE = 5
NO_ID = "0" * 32

Key = tuple[str, str]
"""An ask's id, and `then` or `now` where it is asked of both."""

CELLS: Mapping[Key, int] = {
    ("useful", ""): SCALE,
    ("safe-enough", ""): SCALE,
    ("go-deeper", ""): len(OPTIONS),
    ("ready-to-talk", "then"): SCALE,
    ("ready-to-talk", "now"): SCALE,
}
"""The closing sheet of the shipped plan, and how many answers each question has."""

COMPASS: Key = ("compass-now", "")


@dataclass(frozen=True)
class Room:
    """How many were there, and how they answered."""

    heads: int
    threshold: int
    counts: Mapping[Key, World]
    """Of each question, how many gave each answer; of the compass, the unsure last."""
    writers: int
    """How many answered the compass."""

    def tables(self) -> Iterator[tuple[Key, Table]]:
        """Yield each question as its numbers and the rules by which they are told."""
        for key, world in self.counts.items():
            if key == COMPASS:
                *named, unsure = world
                seats = max(self.heads, self.writers)
                yield key, several(tuple(named), unsure, self.writers, seats, self.threshold)
            else:
                yield key, one_each(world, self.threshold)

    def otherwise(self, counts: Mapping[Key, World]) -> Room:
        """Return the room, had it answered otherwise."""
        return Room(self.heads, self.threshold, {**self.counts, **counts}, self.writers)


def random_room(chance: random.Random, heads: int | None = None) -> Room:
    """Return a room of 5 to 60 people, agreed or divided, of whom most answered most."""
    heads = chance.choice((*range(5, 30), *range(30, 61, 5))) if heads is None else heads
    counts: dict[Key, World] = {}
    for key, cells in CELLS.items():
        counts[key] = shared_out(chance, _answered(chance, heads), cells)
    now = ("ready-to-talk", "now")
    # Then and now come on one form.
    counts[now] = shared_out(chance, sum(counts["ready-to-talk", "then"]), CELLS[now])
    writers = _answered(chance, heads)
    counts[COMPASS] = _named(chance, writers)
    return Room(heads, chance.choice((5, 5, 5, 6, 8)), counts, writers)


def _answered(chance: random.Random, heads: int) -> int:
    """Return how many of a room answer: all, all but a few, or some."""
    return max(0, heads - chance.choice((0, 0, 0, 1, 1, 2, 3, chance.randint(0, heads))))


def shared_out(chance: random.Random, people: int, cells: int) -> World:
    """Share people out over answers, evenly or with one that nearly all give."""
    lean = chance.choice((0.3, 1.0, 3.0))
    weights = [chance.gammavariate(lean, 1.0) + 1e-9 for _ in range(cells)]
    given = chance.choices(range(cells), weights, k=people)
    return tuple(given.count(cell) for cell in range(cells))


def _named(chance: random.Random, writers: int) -> World:
    """Return how often each place was named and how many were unsure."""
    likely = [chance.random() for _ in POINTS]
    named = [0] * len(POINTS)
    unsure = 0
    for _ in range(writers):
        mine = [place for place, share in enumerate(likely) if chance.random() < share]
        unsure += not mine
        for place in mine:
            named[place] += 1
    return (*named, unsure)


@cache
def plan() -> Plan:
    """Return the shipped plan whose sheets the rooms answer."""
    return open_library(paragraph).plan("lunch-and-learn")


@cache
def _closed() -> ClosedRecord:
    """Return a closed record to which nobody has answered anything."""
    library = open_library(paragraph)
    opened = datetime(2026, 11, 22, 17, tzinfo=UTC)
    record = OpenRecord(
        id=NO_ID,
        title="Lunch",
        held_on=date(2026, 11, 22),
        language="en",
        protocol=library.protocol,
        plan=plan(),
        setting=Setting(heads=24, confidentiality="stories-stay"),
        clock=RunningClock(opened=opened, at=3600, wall=opened),
        timeline=(
            SessionOpened(at=0, heads=24),
            StepStarted(at=60, step="welcome"),
            StepStarted(at=3000, step="closing-sheet"),
            SessionClosed(at=3500),
        ),
    )
    return condense(record, at=3500)


def record_of(room: Room) -> ClosedRecord:
    """Return the closed record of a room."""
    setting = Setting(
        heads=room.heads,
        seats=room.heads,
        threshold=max(room.threshold, 5),
        confidentiality="stories-stay",
    )
    return _closed().model_copy(update={"setting": setting, "answers": tuple(_answers(room))})


def _answers(room: Room) -> Iterator[Answers]:
    seats = max(room.heads, room.writers)
    for ask in plan().step("closing-sheet").asks:  # type: ignore[union-attr]
        if ask.kind == "then-now":
            then, now = (_spread(room.counts[ask.id, at]) for at in ("then", "now"))
            pairs = zip(then, now, strict=True)
            items = [AnswerItem(id=NO_ID, then=one + 1, now=two + 1) for one, two in pairs]
        elif ask.kind == "choice":
            given = _spread(room.counts[ask.id, ""])
            items = [AnswerItem(id=NO_ID, choice=OPTIONS[one]) for one in given]
        else:
            given = _spread(room.counts[ask.id, ""])
            items = [AnswerItem(id=NO_ID, value=one + 1) for one in given]
        yield Answers(id=NO_ID, ask=ask.id, kind=ask.kind, seats=seats, items=tuple(items))
    yield Answers(
        id=NO_ID,
        ask=COMPASS[0],
        kind="compass",
        seats=seats,
        items=tuple(AnswerItem(id=NO_ID, points=points) for points in _places(room)),
    )


def _spread(world: World) -> list[int]:
    """Return an answer for each person."""
    return [cell for cell, count in enumerate(world) for _ in range(count)]


def _places(room: Room) -> list[tuple[str, ...]]:
    """Return what each person named, so that the sums are those of the room."""
    *named, unsure = room.counts[COMPASS]
    sure = room.writers - unsure
    mine: list[list[str]] = [[] for _ in range(sure)]
    # One after the other all around: nobody names a place twice, and everybody one at least.
    for turn, place in enumerate(_spread(tuple(named))):
        mine[turn % sure].append(POINTS[place])
    return [*map(tuple, mine), *[()] * unsure]
