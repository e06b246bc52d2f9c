"""Attacks on the network: who listens to every call of a room cannot tell who wrote.

The phones are those of a rehearsal, with the page's own beat, on a clock that jumps. What they
send is heard as the network hears it. In Chromium the page's own script is held to the same in
`tests/web/test_beat.py`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dialogue.caller import caller
from dialogue.caller.address import read_address
from dialogue.caller.caller import Caller
from dialogue.caller.line import Line, Reply
from dialogue.rehearse import crowd, people
from dialogue.rehearse.chance import Chance
from dialogue.rehearse.crowd import Ledger, Person, Room
from dialogue.rehearse.people import Spoken
from dialogue.rehearse.virtual import VirtualTime
from dialogue.web.door import Receipt
from dialogue.web.wire import (
    BODY_BYTES,
    STATE_BLOCK,
    Beat,
    own_state,
    read_beat,
    room_bytes,
    state_bytes,
)
from sessions.decide_sheet import GRACE_SECONDS
from sessions.room import RoomView
from tests.attack.listening import Calls, Overheard, edge
from tests.web.memory_door import sheet_of, shipped_view

SHEETS, SHEETS_IN_FULL = 200, 1000
PHONES = 8
OPENS, CLOSES = 6.0, 30.0
"""A sheet that is open for so long shows every beat that a longer one shows."""

MOST_POINTS = 2.0
"""So much better than chance is as good as chance."""

CAUGHT_POINTS = 20.0
LOST_SHARE = 0.02
"""How many calls the network loses, whatever they bring."""

SHEET = sheet_of("words", "choice")
QUIET = replace(shipped_view(), agreements=(), house_agreements=(), prompts=())
OPEN = replace(QUIET, sheet=SHEET)
CLOSING = replace(QUIET, sheet=replace(SHEET, moment="closing"))
UNHEARD = {"outcome": ""}
WRITES, SILENT = "1" * 64, "0" * 64


ADDRESS = read_address("http://192.0.2.7:8765")


class TappedLine(Line):
    """The way to the door, listened to; what comes back is made here."""

    def __init__(self, phone: TappedPhone) -> None:
        """Be the line of a phone."""
        super().__init__(ADDRESS, {})
        self._phone = phone

    async def _exchanged(self, request: bytes) -> Reply:
        """Let a call be heard, and answer it as the web door does."""
        return Reply(200, self._phone.answered(request))


class TappedPhone(Caller):
    """A phone on a network that is listened to."""

    def __init__(self, time: VirtualTime, chance: Chance, *, writes: bool) -> None:
        """Take it out; whether it will write is known to its owner."""
        super().__init__(ADDRESS)
        self._line = TappedLine(self)
        self.heard: list[tuple[float, int]] = []
        self.answers: set[int] = set()
        self._time = time
        self._loses = chance
        self._token = WRITES if writes else SILENT

    def answered(self, request: bytes) -> bytes:
        """Note that a call was heard, and return what the web door would say to it."""
        self.heard.append((self._time.now(), len(request)))
        head, _, body = request.partition(b"\r\n\r\n")
        if head.startswith(b"GET "):
            return b'<input id="seat" value="%s">' % (b"0" * 32)
        beat = read_beat(body[:BODY_BYTES])
        assert beat is not None
        room, own = self._state(beat)
        answer = state_bytes(room_bytes(room, ()), own)
        self.answers.add(len(answer))
        return answer.rstrip()

    async def beat(self, beat: Beat) -> dict[str, object]:
        """Call; sometimes the answer gets lost, and the page knows nothing new."""
        state = await super().beat(beat)
        lost = self._loses.happens(LOST_SHARE)
        return {"sheet": None, "receipts": [UNHEARD] * len(beat.envelopes)} if lost else state

    def _state(self, beat: Beat) -> tuple[RoomView, dict[str, object]]:
        now = self._time.now()
        over = not OPENS <= now < CLOSES + GRACE_SECONDS
        view = QUIET if over else OPEN if now < CLOSES else CLOSING
        sheet = view.sheet
        fresh = sheet is not None and beat.sheet != sheet.id
        tokens = {ask.id: self._token for ask in SHEET.asks} if fresh else {}
        receipt = Receipt("late") if over else Receipt("received", "", "x" * 40)
        receipts = [(one.ask, receipt) for one in beat.envelopes]
        return view, own_state(tokens, receipts)


@pytest.fixture(autouse=True)
def writers_by_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let exactly those write who are meant to, and let only the network lose something."""
    answer_to = people.answer_to
    monkeypatch.setattr(people, "ANSWER_SHARE", 1.0)
    monkeypatch.setattr(people, "TROUBLE_SHARE", 0.0)

    def answer_of_writers(ask: object, token: str, *rest: object) -> object:
        found = answer_to(ask, token, *rest)  # type: ignore[arg-type]
        return found if token == WRITES else None

    monkeypatch.setattr(crowd, "answer_to", answer_of_writers)


async def overhear(number: int) -> Overheard:
    """Let a room answer one sheet, and return what the network heard and who wrote."""
    chance, time = Chance(number), VirtualTime(datetime(2026, 11, 22, 9, tzinfo=UTC))
    writers = set(chance.sample(range(PHONES), number % (PHONES + 1)))
    room = Room(time, ("A few words.", "Words, and some more of them.\n" * 30))
    room.spoken = Spoken(OPENS, CLOSES)
    ledger = Ledger()
    phones = [
        TappedPhone(time, chance.of_its_own(f"network {place}"), writes=place in writers)
        for place in range(PHONES)
    ]
    sitting = [
        Person(room, one, ledger, chance.of_its_own(f"person {place}"), "")
        for place, one in enumerate(phones)
    ]

    async def sit_down() -> None:
        for person in sitting:
            time.start(person.follow())

    await time.run(sit_down())
    assert {size for one in phones for size in one.answers} == {STATE_BLOCK}
    assert bool(ledger.sent) == bool(writers)
    heard: tuple[Calls, ...] = tuple(tuple(one.heard) for one in phones)
    return Overheard(heard, tuple(place in writers for place in range(PHONES)))


async def overhear_all(sheets: int, first: int = 0) -> list[Overheard]:
    """Return what the network heard of many sheets, of which none, some or all phones wrote."""
    return [await overhear(first + number) for number in range(sheets)]


@pytest.mark.parametrize("sheets", [SHEETS, pytest.param(SHEETS_IN_FULL, marks=pytest.mark.slow)])
async def test_the_network_cannot_tell_who_wrote(
    sheets: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever hears all calls, and is told how many wrote, names writers no better than chance."""
    # promise 11
    points = edge(await overhear_all(sheets))
    with capsys.disabled():
        print(f"\npromise 11: {points:+.2f} points over {sheets} sheets", end=" ")  # noqa: T201
    assert points <= MOST_POINTS


def sends_on_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plant a leak: pressing Done makes a call of its own."""
    begin = Person._begin

    def begin_and_send(person: Person, *args: object) -> None:
        begin(person, *args)  # type: ignore[arg-type]
        time = person._room.time

        async def send(at: float) -> None:
            await time.until(at)
            await person._call()

        for one in person._answers:
            time.start(send(one.done_at))

    monkeypatch.setattr(Person, "_begin", begin_and_send)


def is_longer_with_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plant a leak: a call that brings an answer is one byte longer."""
    body_of = caller.beat_body
    monkeypatch.setattr(
        caller, "beat_body", lambda beat: body_of(beat) + b"x" * bool(beat.envelopes)
    )


def waits_before_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plant a leak: a call that brings an answer comes a tenth of a second later."""
    call = Person._call

    async def call_late(person: Person) -> None:
        if person._going():
            await person._room.time.until(person._room.time.now() + 0.1)
        await call(person)

    monkeypatch.setattr(Person, "_call", call_late)


def rests_after_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plant a leak: whoever has sent something misses the next beat."""
    call = Person._call
    resting: set[Person] = set()

    async def call_or_rest(person: Person) -> None:
        if person in resting:
            resting.discard(person)
            return
        if person._going():
            resting.add(person)
        await call(person)

    monkeypatch.setattr(Person, "_call", call_or_rest)


@pytest.mark.parametrize(
    "plant", [sends_on_done, is_longer_with_words, waits_before_sending, rests_after_sending]
)
async def test_a_page_that_tells_is_seen_through(
    monkeypatch: pytest.MonkeyPatch, plant: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """The same attack names the writers of a page that is early, late, longer or silent."""
    # promise 11
    plant(monkeypatch)
    assert edge(await overhear_all(45)) >= CAUGHT_POINTS


def test_the_attacker_gains_nothing_from_nothing() -> None:
    """On phones that differ by chance alone he does no better than chance, so figures are fair."""
    # promise 11
    chance = random.Random(11)
    rooms = [
        Overheard(
            tuple(tuple((chance.random() + 4 * beat, 100) for beat in range(4)) for _ in range(8)),
            tuple(chance.random() < 0.5 for _ in range(8)),
        )
        for _ in range(400)
    ]
    assert abs(edge(rooms)) <= 2 * MOST_POINTS
