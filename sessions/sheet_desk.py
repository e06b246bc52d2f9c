"""Opens and closes sheets for a session that is going on.

Touches: disk (box, keys and record), memory that dies with the program. Opening a box is the one
act here that cannot be taken back, so it waits until the record is on the disk; until then, and
after a crash at any moment, the sheet is as it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Final, Literal

from agreements.plan import Ask, Step
from agreements.sentence import Sentence
from sessions import decide, decide_sheet, opening
from sessions.ballots import BOX_NAME, Box, cells_for
from sessions.cards import CardBatch, CardFolder, no_cards
from sessions.decide import Events
from sessions.decide_sheet import GRACE_SECONDS
from sessions.errors import CommandRefusedError, FileMissingError, StorageError
from sessions.facts import Answers
from sessions.keys import KeyFolder
from sessions.live import LiveSession
from sessions.opening import Opened
from sessions.payloads import Payload, encode
from sessions.seating import Seats
from sessions.tallies import new_id
from sessions.timeline import SheetOpened
from sessions.voices import Receipt, SheetShutError, Voices

SheetPhase = Literal["open", "closing", "too-few"]

_NO_CARDS: Final = Sentence(
    "The seat cards of this session are gone from this computer, and no others open it. Ask aloud "
    "and count with {key_tally}; for the next session print new ones with `dialogue print seats`.",
    key_tally="x",
)


class SheetDesk:
    """Where the sheet that is open is kept; there is at most one."""

    def __init__(
        self, session: LiveSession, keys: KeyFolder, cards: CardFolder | None = None
    ) -> None:
        """Take up what an interrupted program left, or tidy up after it.

        Args:
            session: The session.
            keys: Where the keys of its asks are.
            cards: Where its seat cards are; needed only where its setting asks for them.

        Raises:
            StorageError: The box, its keys or the cards cannot be read; nothing has been lost.
        """
        self.session = session
        self.before_shut: Callable[[], None] = lambda: None
        """Called while answers can still be taken back, right before that ends."""
        self.is_away = False
        """A sheet is open that this desk has let go of: it goes on when the session is taken up."""
        self._cards = cards if session.record.setting.seat_cards else None
        self.seats = Seats(session.clock.boot, self._batch())
        self.after_each_wait: list[Callable[[], None]] = []
        """Each is called, on another thread, after some envelopes have been answered together."""
        self._keys = keys
        self.cards_entered = 0
        """How many cards were entered for the open sheet, as far as this program has seen."""
        self._voices: Voices | None = None
        self._sheet: opening.SealedSheet | None = None
        self._too_few = False
        self._could_write = 0
        """So many pages were open when the sheet was; 0 where all who are here could write."""
        if session.state.sheet is None:
            opening.finish_wipe(session.folder.folder, keys)
        else:
            self._take_up()

    @property
    def voices(self) -> Voices | None:
        """The door for answers; `None` while no sheet is open."""
        self._follow()
        return self._voices

    @property
    def asks(self) -> tuple[Ask, ...]:
        """The asks of the sheet that is open."""
        return () if self._sheet is None else self._sheet.asks

    @property
    def phase(self) -> SheetPhase | None:
        """What the sheet is at; `None` while none is open."""
        self._follow()
        sheet = self.session.state.sheet
        if sheet is None:
            return None
        if self._too_few:
            return "too-few"
        return "open" if sheet.closing_at is None else "closing"

    def open(self) -> None:
        """Open the asks of the running step to the room.

        Raises:
            CommandRefusedError: It is not possible now, or too few could write.
            StorageError: The box or the keys could not be made; no sheet is open.
        """
        if self.seats.are_lost:
            raise CommandRefusedError(_NO_CARDS)
        moment = self.session.moment()
        events = decide_sheet.open_sheet(
            moment,
            sheet=new_id(),
            seats=self.seats.count(),
            by_cards=self.seats.by_cards,
            guessed=self.seats.are_guessed,
        )
        self._open(events)
        self._could_write = min(self.seats.count(), moment.state.heads)

    def steps_with_cards(self) -> tuple[Step, ...]:
        """Return the steps whose cards can be entered now, the latest first."""
        return decide_sheet.steps_with_cards(self.session.moment(), self._counted())

    def asks_on_cards(self, step: Step) -> tuple[Ask, ...]:
        """Return what stands on the cards of a step: of the open sheet, its own asks."""
        done = {*self.session.state.asked, *self._counted()}
        return self.asks or tuple(ask for ask in step.asks if ask.id not in done)

    def check_cards(self, step: Step, cards: int) -> None:
        """Refuse cards that cannot be entered, before anybody reads one.

        Args:
            step: One of `steps_with_cards`.
            cards: How many there are.

        Raises:
            CommandRefusedError: It is not possible now, or there are too few.
        """
        if self._sheet is None:
            decide.checked(self.session.state, self._events_for_cards(step, cards))

    def open_for_cards(self, step: Step, cards: int) -> None:
        """Open the asks of a step that has run, because they were answered on cards.

        Args:
            step: One of `steps_with_cards`.
            cards: How many there are.

        Raises:
            CommandRefusedError: It is not possible now, or there are too few.
            StorageError: The box or the keys could not be made; no sheet is open.
        """
        self._open(self._events_for_cards(step, cards))

    def card_tokens(self) -> dict[str, str]:
        """Return what entitles one card to one answer for each ask; drawn by chance each time.

        Raises:
            CommandRefusedError: No sheet is open.
        """
        if self._voices is None:
            raise CommandRefusedError("No sheet is open.")
        # Where there are cards, everybody in the room could write.
        self._could_write = 0
        return self._voices.new_tokens()

    def put_card(
        self, tokens: Mapping[str, str], answers: Mapping[str, Payload]
    ) -> list[Future[Receipt]]:
        """Put what stands on a card into the box, each answer in an envelope of its own.

        The futures raise `StorageError` when the disk failed. The same may be put in again then,
        with the same tokens: it counts once.

        Raises:
            SheetShutError: It is too late.
        """
        if self._voices is None:
            raise SheetShutError("The sheet is closed. This card cannot be put in any more.")
        voices = self._voices
        return [voices.submit(ask, tokens[ask], encode(one)) for ask, one in answers.items()]

    def _events_for_cards(self, step: Step, cards: int) -> Events:
        moment, counted = self.session.moment(), self._counted()
        return decide_sheet.open_for_cards(
            moment, sheet=new_id(), step=step, cards=cards, counted=counted
        )

    def _counted(self) -> list[str]:
        """Return the asks that were answered aloud, or on a sheet before."""
        return [one.ask for one in self.session.facts(Answers)]

    def _open(self, events: Events) -> None:
        """Make the box and the keys of a sheet, and open it."""
        (asked,) = (event for event in events if isinstance(event, SheetOpened))
        step = self.session.plan.step(asked.step)
        asks = tuple(ask for ask in (() if step is None else step.asks) if ask.id in asked.asks)
        heads, folder = self.session.state.heads, self.session.folder
        box = Box.create(folder.folder / BOX_NAME, cells_for(heads, len(asks)))
        try:
            made = self._keys.create(folder.name, [ask.id for ask in asks])
            self.session.apply_for_good(events)
        except (CommandRefusedError, StorageError):
            box.close()
            opening.finish_wipe(folder.folder, self._keys)
            raise
        self._begin(opening.SealedSheet(folder.folder, asks, made, box))
        self._could_write = 0

    def close(self) -> None:
        """Tell the room that the sheet closes; what is on its way is still taken."""
        self._follow()
        self.session.do(decide_sheet.close_sheet)

    def hold_open(self) -> None:
        """Let the room write longer."""
        self.session.do(decide_sheet.hold_sheet_open)
        self._follow()

    def seconds_to_close(self) -> int | None:
        """Return what is left of the grace; `None` while the sheet is not closing."""
        state = self.session.state
        if state.sheet is None or state.sheet.closing_at is None or state.phase == "paused":
            return None
        return max(state.sheet.closing_at + GRACE_SECONDS - state.at, 0)

    def has_enough(self) -> bool:
        """Say whether enough have written to every ask; never how many have."""
        threshold = self.session.record.setting.threshold
        voices = self._voices
        return voices is not None and all(voices.has_enough(ask.id, threshold) for ask in self.asks)

    def finish(self) -> Opened | None:
        """Open the box, once the grace is over. This cannot be undone.

        Returns:
            The answers, now in the record; `None` when too few wrote to every ask: nobody has
            read anything, and the sheet may be held open or discarded.

        Raises:
            CommandRefusedError: It is not closing, or the grace is not over.
            StorageError: The answers could not be saved; the sheet is as it was.
        """
        sheet, voices = self._sheet, self._voices
        if sheet is None or voices is None or self.seconds_to_close() != 0:
            raise CommandRefusedError("The sheet has not closed yet.")
        self.before_shut()
        voices.shut()
        opened = opening.open_sheet(
            sheet,
            self._keys,
            seats=self._could_write or self.session.state.heads,
            threshold=self.session.record.setting.threshold,
            hide=self.session.names.hidden,
            save=self._save,
        )
        self._too_few = opened is None
        if opened is not None:
            self._forget()
        return opened

    def discard(self) -> None:
        """Give the sheet up unread: nobody can read it from here on.

        Raises:
            CommandRefusedError: It has not closed yet.
            StorageError: It could not be saved, and the sheet is as it was; or it is closed, and
                the next start finishes the wiping.
        """
        sheet = self._sheet
        if sheet is None:
            raise CommandRefusedError("No sheet is open.")
        unread = tuple(ask.id for ask in sheet.asks)
        moment = self.session.moment()
        self.session.apply_for_good(decide_sheet.finish_sheet(moment, answers=(), unread=unread))
        self._forget()
        opening.discard_sheet(sheet, self._keys)

    def leave(self) -> None:
        """Let go of the box, with everything in it as it is; a closed session's cards go."""
        if self._sheet is not None and self._voices is not None:
            self._voices.go_on()  # where too few wrote, what waits has waited for this or for more
            self.before_shut()
            self.is_away = True
            self._sheet.box.close()
        self._forget()
        if self._cards is not None and self.session.state.phase == "closed":
            with contextlib.suppress(StorageError):  # the next start finds them
                self._cards.delete(self.session.folder.name)

    def _follow(self) -> None:
        """Take answers whenever the sheet is not closing: undo may have made it so, and not we."""
        sheet = self.session.state.sheet
        if sheet is None or sheet.closing_at is not None:
            return
        self._too_few = False
        if self._voices is not None:
            self._voices.go_on()

    def _batch(self) -> CardBatch | None:
        """Return the session's cards; none where every open page is a seat."""
        if not self.session.record.setting.seat_cards:
            return None
        if self._cards is None:
            return no_cards()
        session = self.session
        return self._cards.of_session(session.folder.name, begins=session.is_new)

    def _save(self, answers: tuple[Answers, ...]) -> None:
        """Put answers and that the sheet was opened in the record, in one step."""
        unread = tuple(one.ask for one in answers if not one.opened)
        events = decide_sheet.finish_sheet(
            self.session.moment(), answers=[one.id for one in answers], unread=unread
        )
        self.session.apply_for_good(events, facts=answers)

    def _take_up(self) -> None:
        """Go on with the sheet that was open when the program ended."""
        state, folder = self.session.state, self.session.folder
        if state.sheet is None:
            return
        step = self.session.plan.step(state.sheet.step)
        wanted = state.sheet.asks
        asks = tuple(ask for ask in (() if step is None else step.asks) if ask.id in wanted)
        made = self._keys.load(folder.name)
        try:
            box = Box.reopen(folder.folder / BOX_NAME, made.values())
        except FileMissingError:
            self._lose()
            return
        if not set(wanted) <= made.keys():
            # Without its key an answer is noise, and a sheet nobody can open is no sheet.
            box.close()
            self._lose()
            return
        self._begin(opening.SealedSheet(folder.folder, asks, made, box))

    def _begin(self, sheet: opening.SealedSheet) -> None:
        sheet.box.after_each_wait = self._tell
        self._sheet, self._voices = sheet, Voices(sheet.keys, sheet.box)

    def _tell(self) -> None:
        for tell in self.after_each_wait:
            tell()

    def _lose(self) -> None:
        """Close a sheet that is not whole any more, unread."""
        self.session.apply_for_good(decide_sheet.lose_sheet(self.session.moment()))
        opening.finish_wipe(self.session.folder.folder, self._keys)

    def _forget(self) -> None:
        self._sheet = None
        self._voices = None
        self._too_few = False
        self.before_shut()  # what waited for this sheet has nothing to wait for any more
        self.cards_entered = 0
