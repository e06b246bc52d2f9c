"""The session's side of the door that the room's pages come through.

Touches: disk through the ballot box, memory. It is what `dialogue.web.door.Door` promises, made
of the live session and its sheet desk. Of a request nothing reaches it but the fields of a form.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Mapping

from agreements.model import CompassPoint
from agreements.plan import Ask
from agreements.reader import Reader
from dialogue.content import reader_of
from dialogue.landing import Landing
from dialogue.web.door import Receipt
from dialogue.web.errors import RoomLeftError
from dialogue.web.receipts import kept_text, refusal
from dialogue.web.strings import Strings, spoken, strings_in
from sessions import payloads
from sessions.errors import CommandRefusedError, StorageError
from sessions.live import LiveSession
from sessions.payloads import AnswerRefusedError
from sessions.room import Passing, RoomView, SheetView, passing, room_view
from sessions.seating import Admission
from sessions.sheet_desk import SheetDesk
from sessions.unsealing import is_small
from sessions.voices import Receipt as VoiceReceipt
from sessions.voices import SheetShutError

WITHDRAWAL_SECONDS = 0.2
"""The least time between two tries to withdraw, for the whole room together."""

MOST_WAITING = 50
"""So many tries wait for their turn. More are not looked at, so that nobody waits longer than ten
seconds; what waits is carried out before the box is shut, and costs no more than that."""


class _Tries:
    """Words to withdraw with, right ones and wrong ones, each waiting for its turn."""

    def __init__(self, desk: SheetDesk) -> None:
        self._desk = desk
        self._waiting: deque[str] = deque()
        self._turn: asyncio.TimerHandle | None = None
        self._next = 0.0
        desk.before_shut = self.all_now

    def add(self, words: str) -> None:
        """Let words wait, unless too many do; whose they are nobody knows."""
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(words)
            self._wait()

    def all_now(self) -> None:
        """Carry out all that wait, because nothing can be taken back after this."""
        while self._waiting and self._carried_out(self._waiting.popleft()):
            pass

    def _wait(self) -> None:
        if self._turn is None:
            loop = asyncio.get_running_loop()
            self._next = max(self._next + WITHDRAWAL_SECONDS, loop.time())
            self._turn = loop.call_at(self._next, self._take_turn)

    def _take_turn(self) -> None:
        self._turn = None
        if self._waiting:
            self._carried_out(self._waiting.popleft())
        if self._waiting:
            self._wait()

    def _carried_out(self, words: str) -> bool:
        """Carry one out, and say so; while the sheet is shut it waits on, at the head."""
        voices = self._desk.voices
        if voices is None:
            return True  # words die with their sheet
        try:
            with contextlib.suppress(StorageError):
                voices.withdraw(words)
        except SheetShutError:
            self._waiting.appendleft(words)
            return False
        return True


class Reception:
    """A live session as the room's pages see it.

    Between the moment a session is left with its sheet open and the moment its door is shut,
    everything here raises `RoomLeftError`: a page that heard that there is no sheet would give up
    its draft and its tokens, and could write a second time when the session goes on.
    """

    def __init__(self, session: LiveSession, desk: SheetDesk) -> None:
        """Receive for a session."""
        self.blank = False
        """The facilitator has blanked the room; it looks like any pause."""
        self._session = session
        self._desk = desk
        self._tries = _Tries(desk)
        self._shown: dict[str, tuple[tuple[object, ...], RoomView]] = {}
        """What is shown in each language, and what it follows from."""
        self._passed: tuple[tuple[object, ...], Passing] = ((), Passing())
        """What passes, and what it follows from."""
        self._landing: Landing[VoiceReceipt] = Landing()
        desk.after_each_wait.append(self._landing.tell)

    def view(self, language: str = "") -> RoomView:
        """Return what the room may see now; the same object as long as that is the same.

        Every beat of every page asks for it, and it changes with what the facilitator does only.
        """
        self._refuse_when_left()
        return self.shown(language)

    def shown(self, language: str = "") -> RoomView:
        """Return the same for the facilitator's screen, which may be drawn once more at the end."""
        sheet, reader = self._sheet(), self._reader(language)
        name = "" if reader is None else reader.language
        follows_from = (self._session.events, sheet, self.blank, self._passing())
        if name not in self._shown or self._shown[name][0] != follows_from:
            shown = room_view(self._session, sheet=sheet, blank=self.blank, reader=reader)
            self._shown[name] = (follows_from, shown)
        return self._shown[name][1]

    def _passing(self) -> Passing:
        """Return what the room reads for a moment only, worked out once a second."""
        showing = self._session.showing
        at = (
            self._session.events,
            self._session.now(),
            self._session.turns.acts,
            showing.recommit_in,
            showing.door_open,
        )
        if at != self._passed[0]:
            self._passed = (at, passing(self._session))
        return self._passed[1]

    def compass(self, language: str = "") -> tuple[CompassPoint, ...]:
        """Return the places of the compass, in its order."""
        reader, protocol = self._reader(language), self._session.protocol
        return (protocol if reader is None else reader.protocol(protocol)).compass

    def seat_is_here(self, seat: str, code: str = "") -> Admission:
        """Note in memory that a page is open, and say whether it may write."""
        self._refuse_when_left()
        return self._desk.seats.is_here(seat, code)

    def token(self, ask: str, code: str = "") -> str:
        """Return a token for an ask of the open sheet; empty when none is open."""
        self._refuse_when_left()
        voices, seats = self._desk.voices, self._desk.seats
        if voices is None:
            return ""
        if not seats.by_cards:
            return voices.new_tokens().get(ask, "")
        card = seats.card(code)
        return "" if card is None else voices.tokens_of(card).get(ask, "")

    async def receive(
        self,
        ask: str,
        token: str,
        fields: Mapping[str, str],
        *,
        withdrawable: bool = False,
        language: str = "",
    ) -> Receipt:
        """Take one answer; return only when it is on the disk, or why it is not."""
        self._refuse_when_left()
        try:
            return await self._received(ask, token, fields, language, withdrawable=withdrawable)
        except SheetShutError:
            return Receipt("late")
        except CommandRefusedError:
            return Receipt("wrong", sentence=self._said(language)["refused"]["stranger"])
        except StorageError:
            return Receipt("failed")

    def withdraw(self, words: str) -> None:
        """Delete the answer these words stand for, if there is one; never say whether.

        Tries wait for their turn, a few a second for the whole room, so that guessing is hopeless.
        Those that wait are carried out before the sheet is shut.
        """
        self._refuse_when_left()
        self._tries.add(words)

    def _refuse_when_left(self) -> None:
        if self._desk.is_away:
            raise RoomLeftError

    async def _received(
        self, ask: str, token: str, fields: Mapping[str, str], language: str, *, withdrawable: bool
    ) -> Receipt:
        voices = self._desk.voices
        asked = next((one for one in self._asks(language) if one.id == ask), None)
        if voices is None or asked is None:
            return Receipt("late")
        said, compass = self._said(language), self.compass(language)
        try:
            payload = payloads.parse(asked, [one.id for one in compass], fields)
        except AnswerRefusedError as error:
            return Receipt("wrong", sentence=refusal(said, asked, error))
        received = await self._landing.of(voices.submit(ask, token, payloads.encode(payload)))
        if received == "other-kept":
            who = "card_sent" if self._desk.seats.by_cards else "sent"
            return Receipt("spoken", sentence=said["refused"][who])
        words = voices.words_to_withdraw(ask, token) if withdrawable else ()
        kept = kept_text(said, asked, payload, compass)
        return Receipt("received", kept=kept, withdraw_words=" ".join(words))

    def _asks(self, language: str) -> tuple[Ask, ...]:
        """Return the asks of the sheet as they are read in a language."""
        reader, own = self._reader(language), self._session.plan.language
        asks = self._desk.asks
        return asks if reader is None else tuple(reader.ask(one, own)[0] for one in asks)

    def _said(self, language: str) -> Strings:
        """Return the texts of a language: of the session's own, or the nearest the pages speak."""
        reader = self._reader(language)
        return strings_in(
            spoken(self._session.plan.language if reader is None else reader.language)
        )

    def _reader(self, language: str) -> Reader | None:
        """Return who reads another language than the session's; nobody, where we have it not."""
        own = spoken(self._session.plan.language)
        return None if language in ("", own) else reader_of(language)

    def _sheet(self) -> SheetView | None:
        voices, phase = self._desk.voices, self._desk.phase
        # After the last step only cards are entered; the room's pages have said goodbye.
        if voices is None or phase is None or self._session.state.phase == "closing":
            return None
        return SheetView(
            id=voices.name,
            asks=self._desk.asks,
            moment="open" if phase == "open" else "closing",
            small_room=is_small(self._desk.seats.count(), self._session.state.heads),
        )
