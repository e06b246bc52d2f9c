"""Somebody who sees more of a rehearsal than anybody could, and what she takes down of it.

Touches: disk, to copy the ballot box. She changes functions of the program while a block runs, so
that they tell her what passes through them and do what they did. She takes down

* in which order envelopes arrived, where each lay in the box at a random instant and at the close,
  and where its answer stands in the record and in the review (promise 2),
* what the screens showed right before each envelope and right after it (promise 3),
* when each phone called and how long the call was, and who had written (promise 11).

Answers are told apart by their words, so orders are of asks for words, and of words that came once.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from agreements.plan import Ask
from dialogue.caller.caller import Caller, State
from dialogue.caller.line import Line, Reply
from dialogue.reception import Reception
from dialogue.rehearse.crowd import Crowd
from dialogue.tui import sheet_commands
from dialogue.tui.views import live_view
from dialogue.web.door import Receipt
from dialogue.web.wire import Beat, beat_body, room_state
from sessions import opening, pacing, payloads, reviewing
from sessions.ballots import BOX_NAME
from sessions.envelopes import ENVELOPE_BYTES, unseal
from sessions.facts import AnswerItem
from sessions.live import LiveSession
from sessions.opening import Opened, SealedSheet
from sessions.sheet_desk import SheetDesk
from sessions.text import paragraph
from tests.attack.listening import Overheard

FEWEST = 5
"""An order of fewer than this is left out."""

Function = Callable[..., Any]


@dataclass
class Seen:
    """What she has of one session; each order is one of arrivals."""

    at_an_instant: list[list[int]] = field(default_factory=list)
    """The order in copies of the box, each taken at a random instant after half had come."""
    at_the_close: list[list[int]] = field(default_factory=list)
    """The order in the box, right before it was opened."""
    in_the_record: list[list[int]] = field(default_factory=list)
    in_the_review: list[list[int]] = field(default_factory=list)
    changes: list[int] = field(default_factory=list)
    """How often a screen changed with an envelope, for each sheet."""
    read_early: int = 0
    """How many answers came to stand on a screen while their sheet was open."""
    rooms: list[Overheard] = field(default_factory=list)
    """What the network heard while each ask was open."""


class Onlooker:
    """Watches one rehearsal in this process."""

    def __init__(self, seed: int) -> None:
        """Sit down.

        Args:
            seed: Draws the instants.
        """
        self.seen = Seen()
        self._screens = Screens()
        self._box = BoxWatch(random.Random(seed))
        self._air = Air()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch what is rehearsed in the block."""
        taps: Sequence[tuple[object, str, Callable[[Function], Function]]] = (
            (Reception, "__init__", self._sees_the_session),
            (Reception, "receive", self._sees_an_envelope),
            (opening, "open_sheet", self._sees_the_opening),
            (Crowd, "take_phones_out", self._hears_the_phones),
            (Caller, "beat", self._hears_who_writes),
            (Caller, "break_off", self._hears_who_breaks_off),
            (Line, "_exchanged", self._hears_a_call),
        )
        with ExitStack() as stack:
            stack.enter_context(patch.object(pacing, "pace", _remembered(pacing.pace)))
            for owner, name, tap in taps:
                stack.enter_context(patch.object(owner, name, tap(getattr(owner, name))))
            yield
        self.seen.rooms += self._air.told()

    def _sees_the_session(self, begin: Function) -> Function:
        def watched(reception: Reception, session: LiveSession, desk: SheetDesk) -> None:
            begin(reception, session, desk)
            self._screens.of(reception, session, desk)

        return watched

    def _sees_an_envelope(self, receive: Function) -> Function:
        async def watched(
            reception: Reception, ask: str, token: str, fields: dict[str, str], **more: bool
        ) -> Receipt:
            text = paragraph(fields.get("text", ""))
            with self._screens.before_and_after(text):
                receipt: Receipt = await receive(reception, ask, token, fields, **more)
            if receipt.outcome == "received" and self._box.is_new(ask, token, text):
                self._box.may_copy(self._screens.session)
            return receipt

        return watched

    def _sees_the_opening(self, open_sheet: Function) -> Function:
        def watched(sheet: SealedSheet, *arguments: object, **more: object) -> Opened | None:
            box = sheet.box.path.read_bytes()
            opened: Opened | None = open_sheet(sheet, *arguments, **more)
            if opened is not None:
                self._take_down(sheet, box, opened)
            return opened

        return watched

    def _take_down(self, sheet: SealedSheet, box: bytes, opened: Opened) -> None:
        """Take down where the answers of a sheet lay, stand, and are shown."""
        seen = self.seen
        reviewed = reviewing.to_review(self._screens.session)
        for ask, answers in zip(sheet.asks, opened.answers, strict=True):
            if ask.kind == "words" and answers.opened:
                key, here = sheet.keys[ask.id], {item.id for item in answers.items}
                arrivals = self._box.arrivals(ask)
                _add(seen.at_an_instant, arrivals, texts_in(self._box.copy, key))
                _add(seen.at_the_close, arrivals, texts_in(box, key))
                _add(seen.in_the_record, arrivals, _texts(answers.items))
                among = [item for item in reviewed if item.id in here]
                _add(seen.in_the_review, arrivals, _texts(among))
        seen.changes.append(self._screens.changes)
        seen.read_early += self._screens.read_early
        self._screens.next_sheet()
        self._box.next_sheet()

    def _hears_the_phones(self, take_out: Function) -> Function:
        def watched(crowd: Crowd) -> None:
            self.seen.rooms += self._air.told()
            self._air.listen_to(crowd)
            take_out(crowd)

        return watched

    def _hears_who_writes(self, beat: Function) -> Function:
        async def watched(phone: Caller, brings: Beat) -> State:
            self._air.brought(phone._line, brings)
            told: State = await beat(phone, brings)
            return told

        return watched

    def _hears_who_breaks_off(self, break_off: Function) -> Function:
        async def watched(phone: Caller, brings: Beat) -> None:
            self._air.brought(phone._line, brings)
            whole = len(phone._line._request("POST", "/beat", beat_body(brings)))
            self._air.call(phone._line, whole // 2)
            await break_off(phone, brings)

        return watched

    def _hears_a_call(self, exchanged: Function) -> Function:
        async def watched(line: Line, request: bytes) -> Reply:
            self._air.call(line, len(request))
            answer: Reply = await exchanged(line, request)
            return answer

        return watched


class Screens:
    """What stands on the facilitator's screen, the wall and the phones."""

    session: LiveSession

    def __init__(self) -> None:
        """See nothing yet."""
        self.next_sheet()
        self._under_way = 0
        self._frame = ""

    def of(self, reception: Reception, session: LiveSession, desk: SheetDesk) -> None:
        """Look at the screens of a session."""
        self.session = session
        self._reception = reception
        self._host: Any = SimpleNamespace(sheets=desk)

    def next_sheet(self) -> None:
        """Begin to count anew."""
        self.changes = 0
        self.read_early = 0

    @contextmanager
    def before_and_after(self, text: str) -> Iterator[None]:
        """Compare the screens before an envelope and after it; some come at the same time."""
        if not self._under_way:
            self._frame = self._shown()
        self._under_way += 1
        before, words = self._frame, repr(text)[1:-1]
        try:
            yield
        finally:
            self._under_way -= 1
        after = self._shown()
        self.changes += after != self._frame
        self.read_early += bool(words) and words in after and words not in before
        self._frame = after

    def _shown(self) -> str:
        reception = self._reception
        told = room_state(reception.view(), reception.compass())
        return "\n".join(
            (
                repr(live_view(self.session)),
                sheet_commands.standing(self._host),
                sheet_commands.urgent(self._host),
                repr(told),
            )
        )


class BoxWatch:
    """What lies in the box of the open sheet, and when it came."""

    def __init__(self, drawn: random.Random) -> None:
        """Wait for the first envelope."""
        self._drawn = drawn
        self._arrived: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self.next_sheet()

    def next_sheet(self) -> None:
        """Wait for the first envelope of another sheet."""
        self.copy = b""
        """The box at an instant that was drawn from those after half of the envelopes."""
        self._envelopes = 0

    def is_new(self, ask: str, token: str, text: str) -> bool:
        """Take down that an envelope has come, unless its page only asked once more."""
        if token in self._arrived[ask]:
            return False
        self._arrived[ask][token] = text
        return True

    def may_copy(self, session: LiveSession) -> None:
        """Copy the box, if this instant is drawn; each one after half of the envelopes may be."""
        self._envelopes += 1
        state = session.state
        asks = 0 if state.sheet is None else len(state.sheet.asks)
        later = self._envelopes - state.heads * asks // 2
        if later > 0 and not self._drawn.randrange(later):
            self.copy = (session.folder.folder / BOX_NAME).read_bytes()

    def arrivals(self, ask: Ask) -> dict[str, int]:
        """Return when each answer to an ask came, by its words, if these came once."""
        texts = [*self._arrived[ask.id].values()]
        often = Counter(texts)
        return {text: number for number, text in enumerate(texts) if often[text] == 1}


class Air:
    """What the network hears of the phones."""

    def __init__(self) -> None:
        """Hear nothing yet."""
        self._crowd: Crowd | None = None
        self._calls: dict[Line, list[tuple[float, int]]] = {}
        self._wrote: defaultdict[str, set[Line]] = defaultdict(set)

    def listen_to(self, crowd: Crowd) -> None:
        """Listen to the phones of a crowd, which are just taken out."""
        self._crowd = crowd
        self._calls = {person._phone._line: [] for person in crowd._people}
        self._wrote = defaultdict(set)

    def brought(self, phone: Line, beat: Beat) -> None:
        """Know which asks a beat brings answers to."""
        for one in beat.envelopes:
            self._wrote[one.ask].add(phone)

    def call(self, phone: Line, size: int) -> None:
        """Hear a call, by the seconds since its sheet opened."""
        assert self._crowd is not None
        room = self._crowd._room
        self._calls[phone].append((round(room.time.now() - room.spoken.opens_at, 3), size))

    def told(self) -> list[Overheard]:
        """Return what was heard while each ask of a sheet was open."""
        heard = tuple(tuple(calls) for calls in self._calls.values())
        return [
            Overheard(heard, tuple(phone in wrote for phone in self._calls))
            for wrote in self._wrote.values()
        ]


def _remembered(pace: Function) -> Function:
    """Return a pure function that need not think again when it is asked the same once more."""
    last: list[tuple[object, object]] = []

    def remembering(*asked: object) -> object:
        if not last or last[0][0] != asked:
            last[:] = [(asked, pace(*asked))]
        return last[0][1]

    return remembering


def texts_in(box: bytes, key: bytes) -> list[str]:
    """Return the answers in words to one ask, in the order of the file, for one with its key."""
    cells = (box[at : at + ENVELOPE_BYTES] for at in range(0, len(box), ENVELOPE_BYTES))
    opened = (unseal(key, cell) for cell in cells)
    found = (payloads.decode("words", one.answer) for one in opened if one is not None)
    return [one.text for one in found if isinstance(one, payloads.Words)]


def _texts(items: Sequence[AnswerItem]) -> list[str]:
    return [item.text or "" for item in items]


def _add(orders: list[list[int]], arrivals: dict[str, int], texts: Sequence[str]) -> None:
    order = [arrivals[text] for text in texts if text in arrivals]
    if len(order) >= FEWEST:
        orders.append(order)
