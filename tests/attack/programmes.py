"""Programmes of random rooms, and the same programmes had the rooms answered otherwise.

Touches: disk, below the folder that it is given; chance comes in as an argument.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sessions.document import ClosedRecord, to_json
from sessions.gathering.gather import gather
from sessions.programme.contribution import contribution_of
from sessions.programme.model import ProgrammeSummary
from sessions.programme.sums import Sums
from sessions.summarise import summarise, uncleaned_summary_of
from tests.attack.rooms import Key, Room, random_room, record_of
from tests.attack.subtraction import Known, World, explored, present

FIRST_DAY = date(2025, 1, 7)
DAYS_APART = 11

Ends = tuple[Room, Mapping[Key, Known], Known | None]
"""A room, what is known of its answers, and of how many were there."""


def random_rooms(chance: random.Random, count: int) -> list[Room]:
    """Return rooms of a programme, most with the usual threshold."""
    return [random_room(chance) for _ in range(count)]


def records(rooms: Sequence[Room]) -> Iterator[ClosedRecord]:
    """Yield the rooms' records, each with its own id and day."""
    for number, room in enumerate(rooms):
        day = FIRST_DAY + timedelta(days=DAYS_APART * number % 1000)
        about = {"id": f"{number + 1:032x}", "held_on": day, "title": f"Lunch {number}"}
        yield record_of(room).model_copy(update=about)


def published(rooms: Sequence[Room], folder: Path) -> ProgrammeSummary:
    """Return the programme that is made of the rooms' records, through files."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, record in enumerate(records(rooms)):
        (folder / f"{number}.json").write_bytes(to_json(record))
    return gather([folder]).programme


def known_of(rooms: Sequence[Room]) -> list[Ends]:
    """Return what is known of each room by its own Summary, and the ends of what is open."""
    return [(room, _answers_known(room), _heads_known(room)) for room in rooms]


def _answers_known(room: Room) -> dict[Key, Known]:
    return {key: explored(table) for key, table in room.tables()}


def _heads_known(room: Room) -> Known | None:
    summary = summarise(record_of(room))
    answered = [one.answered for one in summary.questions if one.answered is not None]
    return explored(present(room.heads, answered)) if answered else None


def otherwise(known: Sequence[Ends], cell: int, *, most: bool) -> list[Room]:
    """Return the rooms as they may have been: of each question, one cell at an end of its range."""
    return [_otherwise(one, cell, most=most) for one in known]


def _otherwise(known: Ends, cell: int, *, most: bool) -> Room:
    room, answers, heads = known
    counts: dict[Key, World] = {}
    for key, found in answers.items():
        ends = found.most if most else found.least
        counts[key] = ends[cell % len(ends)]
    there = room.heads
    if heads is not None:
        there = (heads.most if most else heads.least)[0][0]
    return replace(room.otherwise(counts), heads=there)


def sums_of(rooms: Sequence[Room]) -> Sums:
    """Return the sums of a programme."""
    sums = Sums()
    for record in records(rooms):
        sums.add(contribution_of(uncleaned_summary_of(record)))
    return sums
