"""A simulated room: so many people, each with a page of her own that follows the real web door.

Touches: the network, through the phones.

Between sheets the phones lie face down. When the facilitator asks for them, each page calls at its
fixed beat, as the page's script does, until some time after the close. What was answered with
"received" is remembered here, so that it can be compared with what the record keeps.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dialogue.caller.address import read_address
from dialogue.caller.caller import BEAT_SECONDS, Caller, State, fitting
from dialogue.rehearse.chance import Chance
from dialogue.rehearse.people import (
    Answer,
    Meaning,
    Spoken,
    Trouble,
    answer_to,
    meaning_of,
    on_a_beat,
    trouble_of,
    typed,
)
from dialogue.rehearse.virtual import Time
from dialogue.web.wire import Beat
from sessions.decide_sheet import GRACE_SECONDS

PATIENCE_SECONDS: Final = 30.0
"""How long an answer is waited for, by the clock of the computer."""

AFTER_SECONDS: Final = GRACE_SECONDS + 14.0
"""How long after the announced close the phones are still in hand."""

ASLEEP_SHARE: Final = 0.06
"""How many phones fall asleep while a sheet is open, and wake up later."""

_AWAKE: Final = (0.0, 0.0)
_MOMENTS: Final = 16
"""Pages call at so many different moments of a beat; those of one moment at once."""


@dataclass(slots=True)
class Room:
    """What everybody in the room shares."""

    time: Time
    texts: Sequence[str]
    spoken: Spoken = field(default_factory=lambda: Spoken(0, 0))
    """What the facilitator said last about the time there is."""


@dataclass(slots=True)
class Ledger:
    """What left the phones, and what they heard of it."""

    sent: int = 0
    """Envelopes that were sent, each counted once, however often it was tried."""
    acknowledged: int = 0
    by_ask: defaultdict[str, Counter[Meaning]] = field(
        default_factory=lambda: defaultdict(Counter), repr=False
    )
    """What was acknowledged, by ask, with nothing about whose it is."""


class Person:
    """Somebody with a phone."""

    def __init__(
        self, room: Room, phone: Caller, ledger: Ledger, chance: Chance, code: str
    ) -> None:
        """Sit down, with a card where one is needed; the page is not open yet."""
        self._code = typed(code, chance) if code else ""
        self._room = room
        self._phone = phone
        self._ledger = ledger
        self._chance = chance
        self._offset = chance.randrange(_MOMENTS) * BEAT_SECONDS / _MOMENTS
        self._seat = ""
        self._sheet = ""
        self._in_hand = False
        self._asleep = _AWAKE
        self._air = chance.of_its_own("air")
        self._lost = False
        self._kinds: dict[str, str] = {}
        self._answers: list[Answer] = []

    async def follow(self) -> None:
        """Take the phone out, follow the sheet to some time after its close, put it away."""
        if self._in_hand:
            return
        self._in_hand = True
        try:
            await self._follow()
        finally:
            self._phone.hang_up()
            self._in_hand = False

    async def _follow(self) -> None:
        time = self._room.time
        beats = (time.now() - self._offset) // BEAT_SECONDS + 1
        while (at := beats * BEAT_SECONDS + self._offset) < self._puts_away_at():
            await time.until(at)
            beats += 1
            if self._asleep[0] <= at < self._asleep[1]:
                self._phone.hang_up()
            else:
                await self._call()

    def _puts_away_at(self) -> float:
        return self._room.spoken.closes_at + AFTER_SECONDS

    def _falls_asleep(self) -> tuple[float, float]:
        """Return from when till when the phone will be asleep; most stay awake."""
        spoken = self._room.spoken
        falls = self._chance.uniform(spoken.opens_at, spoken.closes_at)
        lasts = self._chance.uniform(2, 12) * BEAT_SECONDS
        return (falls, falls + lasts) if self._chance.happens(ASLEEP_SHARE) else _AWAKE

    async def _call(self) -> None:
        """Call once, with what is done by now."""
        if not self._seat:
            self._seat = await self._phone.open_page()
        going = self._going()
        envelopes = tuple(one.envelope for one in going)
        beat = Beat(self._seat, self._sheet, envelopes, code=self._code)
        for one in going:
            self._ledger.sent += not one.left
            one.left = True
        trouble = self._trouble()
        if trouble == "cut":
            await self._phone.break_off(beat)
            return
        state = await self._phone.beat(beat)
        if trouble != "unheard":
            self._hear(state, going)

    def _trouble(self) -> Trouble:
        """Return what goes wrong with this beat, whatever it brings.

        Never twice in a row, and not so late, nor for a phone that will be asleep, that an answer
        which was kept could not be asked about again before the close.
        """
        trouble = trouble_of(self._air)
        in_time = self._sheet and self._room.time.now() < self._room.spoken.closes_at
        if self._lost or not in_time or self._asleep != _AWAKE:
            trouble = ""
        self._lost = bool(trouble)
        return trouble

    def _going(self) -> list[Answer]:
        """Return what this beat brings of all that is done."""
        now = self._room.time.now()
        due = {id(one.envelope): one for one in self._answers if one.waits and one.done_at <= now}
        return [due[id(one)] for one in fitting(one.envelope for one in due.values())]

    def _hear(self, state: State, going: Sequence[Answer]) -> None:
        """Take in what the page is told."""
        for one, receipt in zip(going, state["receipts"], strict=True):
            one.outcome = receipt["outcome"]
            if one.outcome == "received":
                kind = self._kinds[one.envelope.ask]
                self._ledger.acknowledged += 1
                self._ledger.by_ask[one.envelope.ask][meaning_of(kind, one.envelope.fields)] += 1
        sheet = state["sheet"]
        if sheet is None:
            return
        if sheet["id"] != self._sheet:
            if state["tokens"]:
                self._begin(sheet, state["tokens"])
        elif sheet["moment"] == "open":
            # It was too late, and there is time again: Done is pressed once more.
            for one in self._answers:
                one.outcome = "" if one.outcome == "late" else one.outcome

    def _begin(self, sheet: Mapping[str, Any], tokens: Mapping[str, str]) -> None:
        """Read a sheet, and think."""
        self._sheet = sheet["id"]
        self._asleep = self._falls_asleep()
        self._kinds = {ask["id"]: ask["kind"] for ask in sheet["asks"]}
        self._answers = [*self._written(sheet["asks"], tokens)]

    def _written(
        self, asks: Sequence[Mapping[str, Any]], tokens: Mapping[str, str]
    ) -> Iterator[Answer]:
        room = self._room
        for ask in asks:
            chance = self._chance.of_its_own(ask["id"])
            found = answer_to(ask, tokens[ask["id"]], room.texts, room.spoken, chance)
            if found is not None:
                before = (found.done_at - self._offset) // BEAT_SECONDS * BEAT_SECONDS
                beats = (before + self._offset, before + self._offset + BEAT_SECONDS)
                sent_at = on_a_beat(room.spoken, found.done_at, beats)
                found.done_at = sent_at - chance.uniform(0, BEAT_SECONDS)
                yield found


class Crowd:
    """All who have come."""

    def __init__(
        self,
        url: str,
        heads: int,
        room: Room,
        chance: Chance,
        headers: Mapping[str, str],
        codes: Sequence[str] = (),
    ) -> None:
        """Let them sit down.

        Args:
            url: Where the phone page is.
            heads: How many they are.
            room: What they share.
            chance: Decides what they do.
            headers: What their browsers say of themselves.
            codes: One for each, where it takes a card to write.
        """
        self.ledger = Ledger()
        self._room = room
        address = read_address(url)
        self._people = [
            Person(
                room,
                Caller(address, headers, patience_seconds=PATIENCE_SECONDS),
                self.ledger,
                chance.of_its_own(f"person {number}"),
                code,
            )
            for number, code in zip(range(heads), codes or ("",) * heads, strict=True)
        ]

    def hear(self, opens_at: float, closes_at: float) -> None:
        """Hear how much time there is."""
        self._room.spoken = Spoken(opens_at, closes_at)

    def take_phones_out(self) -> None:
        """Let each page follow the room until some time after the close that was announced."""
        for person in self._people:
            self._room.time.start(person.follow())
