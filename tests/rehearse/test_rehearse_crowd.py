"""What leaves the phones of a simulated room, and when, over many rooms: no server is behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from dialogue.rehearse.chance import Chance
from dialogue.rehearse.crowd import Ledger, Person, Room
from dialogue.rehearse.people import Part, Spoken, part_of
from dialogue.rehearse.texts import REFLECTIONS
from dialogue.rehearse.virtual import VirtualTime
from dialogue.web.wire import Beat
from sessions.decide_sheet import GRACE_SECONDS
from tests.rehearse.conftest import FIRST_SHEET

ROOMS, HEADS = 40, 30
SPOKEN = Spoken(opens_at=10, closes_at=110)
COMPASS = ("feeling", "thinking", "acting", "believing")


@dataclass
class Air:
    """What was on its way between the phones and the door, seen from above."""

    first_sent: dict[str, float] = field(default_factory=dict)
    """When each envelope was sent for the first time, by its token."""
    tried: Counter[str] = field(default_factory=Counter)
    beats: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    """Beats while the sheet was open: whether one brought an envelope, whether it was cut off."""


class SilentPhone:
    """A phone without a network: what a door would answer is made here."""

    def __init__(self, time: VirtualTime, air: Air, name: str) -> None:
        """Lie on the table."""
        self._time, self._air, self._name = time, air, name

    async def open_page(self) -> str:
        """Return a seat."""
        return "0" * 32

    async def beat(self, beat: Beat) -> dict[str, Any]:
        """Answer as the door would at this moment."""
        now = self._time.now()
        self._note(beat, cut=False)
        late = now >= SPOKEN.closes_at + GRACE_SECONDS
        outcome = "late" if late else "received"
        receipts = [{"outcome": outcome} for _ in beat.envelopes]
        if late or now < SPOKEN.opens_at:
            return {"sheet": None, "tokens": {}, "receipts": receipts}
        moment = "open" if now < SPOKEN.closes_at else "closing"
        tokens = {ask.id: f"{self._name} {ask.id}" for ask in FIRST_SHEET}
        sheet = {"id": "a" * 16, "moment": moment, "asks": list(asks())}
        return {"sheet": sheet, "tokens": tokens, "receipts": receipts}

    async def break_off(self, beat: Beat) -> None:
        """Lose the network in the middle of a beat."""
        self._note(beat, cut=True)

    def hang_up(self) -> None:
        """Let go of the connection, of which there is none."""

    def _note(self, beat: Beat, *, cut: bool) -> None:
        for one in beat.envelopes:
            self._air.first_sent.setdefault(one.token, self._time.now())
            self._air.tried[one.token] += 1
        if beat.sheet and self._time.now() < SPOKEN.closes_at:
            self._air.beats[bool(beat.envelopes), cut] += 1


def asks() -> Iterator[dict[str, Any]]:
    """Return the asks of the sheet as pages are shown them."""
    for ask in FIRST_SHEET:
        options = [{"id": one.id} for one in ask.options] or [{"id": one} for one in COMPASS]
        yield {"id": ask.id, "kind": ask.kind, "options": options, "points": ask.points}


async def rooms() -> tuple[list[Air], Ledger]:
    """Let many rooms answer one sheet each."""
    airs, ledger = [], Ledger()
    for seed in range(ROOMS):
        air, time, chance = Air(), VirtualTime(datetime(2026, 11, 22, 9, tzinfo=UTC)), Chance(seed)
        room = Room(time, REFLECTIONS, SPOKEN)

        async def sit_down(
            air: Air = air, time: VirtualTime = time, room: Room = room, chance: Chance = chance
        ) -> None:
            for number in range(HEADS):
                name = f"person {number}"
                phone = SilentPhone(time, air, name)
                own = chance.of_its_own(name)
                person = Person(room, phone, ledger, own, "")  # type: ignore[arg-type]
                time.start(person.follow())

        await time.run(sit_down())
        airs.append(air)
    return airs, ledger


async def test_most_send_near_the_end() -> None:
    """Of all envelopes 60 % leave in the last quarter, 10 % around zero, and 5 % come too late."""
    airs, ledger = await rooms()
    moments = [moment for air in airs for moment in air.first_sent.values()]
    parts: Counter[Part] = Counter(part_of(SPOKEN, moment) for moment in moments)
    assert len(moments) == ledger.sent > 4 * 0.9 * ROOMS * HEADS
    shares = {part: count / len(moments) for part, count in parts.items()}
    assert shares["last quarter"] == pytest.approx(0.60, abs=0.03)
    assert shares["around zero"] == pytest.approx(0.10, abs=0.025)
    assert shares["early"] == pytest.approx(0.25, abs=0.025)
    assert 1 - ledger.acknowledged / ledger.sent == pytest.approx(0.05, abs=0.01)
    assert shares["too late"] == pytest.approx(0.05, abs=0.01)


async def test_the_network_fails_writers_as_often_as_others() -> None:
    """Some beats break off and some answers get lost, whether the beat brings an envelope or not.

    Else who has trouble, which everybody in the air can see, would tell in a rehearsal who writes.
    """
    airs, _ledger = await rooms()
    beats = sum((air.beats for air in airs), Counter())
    cut = {
        writing: beats[writing, True] / (beats[writing, True] + beats[writing, False])
        for writing in (True, False)
    }
    assert cut[True] == pytest.approx(0.05, abs=0.015)
    assert cut[False] == pytest.approx(0.05, abs=0.005)
    again = [count > 1 for air in airs for count in air.tried.values()]
    assert sum(again) / len(again) == pytest.approx(0.10, abs=0.025)
