"""A page that follows the room: its sheet, its drafts, and what goes out with the next beat.

Pure. It does what the phone page's script does; whoever draws it decides how it looks. Doing
something on the page never makes a call: the next beat brings along what is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from agreements.plan import Ask
from dialogue.caller.caller import fitting
from dialogue.caller.entry import Entry
from dialogue.caller.errors import CallError, LostError
from dialogue.caller.told import Place, Told
from dialogue.web.strings import FALLBACK, Strings, spoken, strings_in
from dialogue.web.wire import Beat
from sessions.room import RoomView, SheetView
from sessions.seating import Admission

_MOST_SIGNS = 40

LOST_FOR_LONG = 10
"""After so many calls without an answer the session is perhaps over, and that is said."""


@dataclass(frozen=True, slots=True)
class Call:
    """A beat on its way, and what it brings along."""

    beat: Beat = field(repr=False)
    sent: tuple[Entry, ...] = ()

    @property
    def asks(self) -> Sequence[str]:
        """The asks that it brings an answer to, in order."""
        return [entry.ask.id for entry in self.sent]


class Page:
    """One copy of the phone page, without a browser."""

    def __init__(self, seat: str, language: str = "") -> None:
        """Sit down.

        Args:
            seat: The id that the page was given.
            language: The one that is read; the room's own, when left out.
        """
        self.language = language
        self.room: RoomView | None = None
        """What the room may see; `None` before the first answer."""
        self.entries: list[Entry] = []
        self.line = ""
        """What is said for as long as there is no connection."""
        self.news = ""
        """What happened last, in a sentence."""
        self.withdrawn = ""
        """What is said of words that were typed to delete an answer."""
        self.code_news = ""
        """What became of the code that was typed."""
        self._seat = seat
        self._code = ""
        self._may_write = False
        self._sheet = ""
        self._withdraw = ""
        self._missed = 0
        self._announced: str | None = None

    @property
    def t(self) -> Strings:
        """The texts of the language that is read."""
        own = FALLBACK if self.room is None else spoken(self.room.language)
        return strings_in(self.language or own)

    @property
    def is_over(self) -> bool:
        """Whether the session has ended."""
        return self.room is not None and self.room.moment == "over"

    @property
    def is_pausing(self) -> bool:
        """Whether the calm page is shown, and nothing else."""
        return self.room is not None and self.room.moment == "pausing"

    @property
    def asks_for_code(self) -> bool:
        """Whether nothing can be sent from here before the code on a seat card is typed."""
        return self._goes_by_cards and not self._may_write

    @property
    def is_seated(self) -> bool:
        """Whether a card gives this page its voice."""
        return self._goes_by_cards and self._may_write

    @property
    def _goes_by_cards(self) -> bool:
        here = self.room is not None and self.room.seat_cards
        return here and not self.is_pausing and not self.is_over

    @property
    def is_closing(self) -> bool:
        """Whether what is not done soon will be too late."""
        sheet = None if self.room is None else self.room.sheet
        return sheet is not None and sheet.moment == "closing"

    @property
    def has_unsent(self) -> bool:
        """Whether something would be lost by leaving now."""
        return any(entry.is_unsent for entry in self.entries)

    def type_code(self, typed: str) -> None:
        """Let every call from the next one on bring the code on a seat card."""
        code = _plain(typed)
        if code and code != self._code:
            self._code, self.code_news = code, self.t["seat"]["looking"]

    def speak(self, language: str) -> None:
        """Be read in another language; what was filled in stays, and the next call says which."""
        self.language = language
        for entry in self.entries:
            entry.speak(self.t)
        self.news = self.t["page"]["reading"]

    def withdraw(self, words: str) -> None:
        """Let the next call delete the answer that these words stand for."""
        self._withdraw = _plain(words)
        self.withdrawn = self.t["says"]["deleting"]

    def call(self) -> Call:
        """Return the next beat. From now on what it brings may have arrived, whatever we hear."""
        waiting = [(one, going) for one in self.entries if (going := one.outgoing) is not None]
        envelopes = fitting(going for _, going in waiting)
        sent = tuple(one for one, going in waiting if any(going is other for other in envelopes))
        for entry in sent:
            entry.wait_on(self.t["says"]["loading"])
        beat = Beat(
            self._seat, self._drawn(), tuple(envelopes), self._withdraw, self._code, self.language
        )
        return Call(beat, sent)

    def take(self, told: Told, call: Call) -> None:
        """Take in what came back.

        Args:
            told: The answer.
            call: What it is the answer to.
        """
        self.room = told.room
        if self.line:
            self.news = self.t["says"]["online"]
        self.line, self._missed = "", 0
        if call.beat.withdraw:
            self.withdrawn = self.t["withdraw"]["deleted"]
            if self._withdraw == call.beat.withdraw:
                self._withdraw = ""
        for entry, receipt in zip(call.sent, told.receipts, strict=True):
            entry.receive(receipt)
            if receipt.outcome == "received":
                self.news = self.t["says"]["received"]
        for entry in self.entries:
            entry.settle()
        self._announce(told.room)
        # What was typed meanwhile has not been heard of yet.
        if call.beat.code == self._code:
            self._hear(told.seat)
        self._draw(told)

    def miss(self, call: Call, error: CallError) -> None:
        """Take note that no good answer came; what was sent is sent again."""
        self._missed += 1
        for entry in call.sent:
            entry.wait_on(self.t["says"]["offline"])
        if isinstance(error, LostError):
            says, own = self.t["says"]["offline"], self.t["terminal"]["gone"]
            self.line = own if self._missed >= LOST_FOR_LONG else says
        else:
            self.line = " ".join((error.sentence, self.t["terminal"]["tries_again"]))

    def remove(self, entry: Entry) -> None:
        """Take what was missed off the page."""
        self.entries = [one for one in self.entries if one is not entry]

    def _hear(self, seat: Admission) -> None:
        """Take note of whether this page may write."""
        said = self.t["seat"]
        if seat == "wait":
            self.code_news = said["retry"]
            return
        if seat == "open" and not self._may_write and self._goes_by_cards:
            self.news = said["seated"]
        self._may_write = seat == "open"
        if seat == "wrong":
            # A wrong code is sent once.
            self._code, self.code_news = "", said["wrong"]

    def _drawn(self) -> str:
        """Return the sheet that we have all tokens of; empty when we need some."""
        whole = all(entry.token for entry in self.entries)
        return self._sheet if whole else ""

    def _announce(self, room: RoomView) -> None:
        """Say once what is new in the room. The first time nothing is: it is being read anyway."""
        now = self.t["says"]["step"].format(step=room.step) if room.moment == "talking" else ""
        news = self.t["moments"][room.moment] if room.moment in ("pausing", "over") else now
        if self._announced is not None and news not in ("", self._announced):
            self.news = news
        self._announced = news

    def _draw(self, told: Told) -> None:
        """Take over what the room's sheet has become."""
        sheet = told.room.sheet
        name = "" if sheet is None else sheet.id
        if name == self._sheet:
            self._take_tokens(told)
            self._take_words(() if sheet is None else sheet.asks, told.places)
        # In a pause nothing is taken away, whatever it is for.
        elif sheet is not None or not self.is_pausing:
            self._change(sheet, told)

    def _take_tokens(self, told: Told) -> None:
        for entry in self.entries:
            entry.token = entry.token or told.tokens.get(entry.ask.id, "")

    def _take_words(self, asks: Sequence[Ask], places: tuple[Place, ...]) -> None:
        """Take the same questions over as they are in the language that is read."""
        same = {ask.id: ask for ask in asks}
        for entry in self.entries:
            if entry.sheet == self._sheet:
                entry.take_words(same.get(entry.ask.id, entry.ask), places or entry.compass)

    def _change(self, sheet: SheetView | None, told: Told) -> None:
        if self._sheet:
            self._close()
        places = tuple(place.id for place in told.places)
        name = "" if sheet is None else sheet.id
        fresh = [
            Entry(
                ask,
                places,
                self.t,
                told.tokens.get(ask.id, ""),
                sheet=name,
                compass=tuple(told.places),
            )
            for ask in ([] if sheet is None else sheet.asks)
        ]
        if fresh:
            self.news = self.t["says"]["opened"]
        self.entries = [*fresh, *self.entries]
        self._sheet = name

    def _close(self) -> None:
        """Let the sheet go. A draft stays with its writer, what is on its way goes on its way.

        What was kept goes out of sight: no words delete it any more.
        """
        says = self.t["says"]
        for entry in self.entries:
            if entry.is_unsent and entry.outgoing is None:
                entry.miss(says["missed"], says["missed_choice"])
        self.entries = [entry for entry in self.entries if not entry.is_over]
        self.news = says["closed"]


def _plain(typed: str) -> str:
    """Return a code or words to withdraw with as they are sent: short, and of plain letters."""
    return " ".join(typed.encode("ascii", "ignore").decode().split())[:_MOST_SIGNS]
