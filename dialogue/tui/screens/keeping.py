"""What the screens of an open session share: a line for words, undo, and how far saving has come.

Touches: screen.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult

from dialogue.tui import live_commands, live_entries, sheet_commands
from dialogue.tui.dialogs.answers import AnswersDialog
from dialogue.tui.dialogs.cards import CardsDialog
from dialogue.tui.dialogs.pile import Pile, PileDialog
from dialogue.tui.messages import HomeAsked, LiveAsked, ReviewAsked
from dialogue.tui.room_host import RoomHost
from dialogue.tui.screens.base import CommandScreen, Handlers
from dialogue.tui.wall import (
    CARDS_SHUT,
    CLOSED,
    NAMES_SHUT,
    NOT_CLOSED,
    NOT_OPENED,
    ON_THE_WALL,
    SHUT,
    Wall,
)
from dialogue.tui.widgets.entry_line import Entry, EntryLine
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.wording import tr
from sessions.errors import CommandRefusedError
from sessions.live import LiveSession
from sessions.sheet_desk import SheetDesk

SAVING_SECONDS = 0.5
"""How often a screen without a clock looks how far saving has come."""


class KeepingScreen(CommandScreen):
    """A screen of an open session: words can be kept on it, and acts taken back."""

    CLOSING: ClassVar[bool] = True
    """It belongs to a session whose steps are over."""
    ENTRIES: ClassVar[tuple[str, ...]] = ("note", "park", "commit", "ask", "roster")
    """What can be typed on it, by the commands that open the line."""

    def __init__(
        self, session: LiveSession, wall: Wall | None = None, host: RoomHost | None = None
    ) -> None:
        """Show a session that is open.

        Args:
            session: The session.
            wall: Who sees this screen; others may, when nothing is said.
            host: The room, with its sheets; `None` in a session without phones and cards.
        """
        super().__init__()
        self._host = host
        self.session = session
        self.wall = wall or Wall()

    def bottom(self) -> ComposeResult:
        """Return what stands at the bottom: the line for words, what just happened, the keys."""
        yield EntryLine(self.session.preview, self.keep_entry, self.decide_word)
        status = StatusLine(of_session=True)
        status.read_along(self.wall.sees)
        yield status
        yield self.key_bar()

    def handlers(self) -> Handlers:
        """Return what carries out the commands that all these screens have."""
        entries = {name: partial(self.open_entry, name) for name in self.ENTRIES}
        return {
            **entries,
            "help": self.show_help,
            "undo": partial(self.act, "undo"),
            "wall": self.turn_wall,
            "leave": lambda: self.tell(HomeAsked()),
        }

    async def take(self, event: events.Key | events.Paste) -> bool:
        """Let everything that is typed go into the line while it is open."""
        await super().take(event)
        line = self.query_one(EntryLine)
        if line.is_open:
            await line.take(event)
            return True
        return False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys be text while the line is open; those that write nothing stay commands."""
        if action == "command" and any(line.is_open for line in self.query(EntryLine)):
            commands = (one for one in self.commands() if one.id in parameters)
            return any(writes_nothing(key) for one in commands for key in one.key.split(","))
        return super().check_action(action, parameters)

    def redraw(self) -> None:
        """Draw what is so now."""
        self.show_status()

    def standing(self) -> str:
        """Return what the status line says while nothing has just happened."""
        return ""

    def show_status(self) -> None:
        """Show what holds, and how far saving has come."""
        self.query_one(StatusLine).show(self.standing(), self.session.status)

    def act(self, command: str) -> None:
        """Carry out a command that only changes the session, and go where it has led."""
        said = live_commands.carry_out(self.session, command)
        closing = self.session.state.phase == "closing"
        if closing != self.CLOSING:
            self.tell(ReviewAsked() if closing else LiveAsked())
            return
        self.redraw()
        if said:
            self.say(said, public=_public(command, said))

    def turn_wall(self) -> None:
        """Let the wall see this screen, or only the facilitator."""
        self.shut_names()
        said = self.wall.turn()
        self.query_one(StatusLine).read_along(self.wall.sees)
        self.redraw()
        self.say(said)

    def shut_names(self) -> None:
        """Close the line where names of the room are typed, before others may see the screen."""
        line = self.query_one(EntryLine)
        if line.command == "roster":
            line.action_leave()

    def review_answers(self) -> None:
        """Review what was written, unless others may see it."""
        if self.wall.sees:
            self.say(tr(SHUT))
        else:
            self.app.push_screen(AnswersDialog(self.session), self.after_review)

    def enter_cards(self) -> None:
        """Enter what stands on cards, unless others may see it."""
        host = self._host
        if self.wall.sees:
            self.say(tr(CARDS_SHUT))
            return
        try:
            steps = sheet_commands.steps_with_cards(host)
        except CommandRefusedError as error:
            self.say(tr(error.sentence))
            return
        if host is not None:
            self.app.push_screen(PileDialog(host.sheets, steps), partial(self._enter, host.sheets))

    def _enter(self, desk: SheetDesk, pile: Pile | None) -> None:
        """Go through a pile, card by card."""
        self.redraw()
        if pile is not None:
            done = partial(self._entered, pile.cards)
            harm = self.handlers().get("harm")
            self.app.push_screen(CardsDialog(desk, pile, harm), done)

    def _entered(self, cards: int, done: int | None) -> None:
        self.after_review(sheet_commands.after_cards(done or 0, cards))

    def sheet_act(self, command: str) -> None:
        """Carry out a command about the sheet."""
        said = sheet_commands.carry_out(self._host, command)
        refused = command == "open-sheet" and (
            self._host is None or self._host.sheets.phase != "open"
        )
        self.redraw()
        self.say(said, public=tr(NOT_OPENED) if refused else _public(command, said))

    def finish_sheet(self) -> None:
        """Open the box of a sheet that has closed; the wall does not read why one did not."""
        said = "" if self._host is None else sheet_commands.finish_when_due(self._host)
        if said:
            phase = None if self._host is None else self._host.sheets.phase
            self.redraw()
            self.say(said, public=tr({None: CLOSED, "closing": NOT_CLOSED}.get(phase, "")))

    def after_review(self, said: str | None) -> None:
        """Show what a review has led to."""
        self.redraw()
        if said:
            self.say(said, public="")

    def open_entry(self, command: str) -> None:
        """Open the line for what a command asks for."""
        if command == "roster" and self.wall.sees:
            self.say(tr(NAMES_SHUT))
            return
        self.query_one(StatusLine).hush()
        self.query_one(EntryLine).open(live_entries.entry_for(self.session, command))

    def decide_word(self, written: str, *, keep: bool) -> None:
        """Keep or hide a word for the whole session, in what was kept before as well."""
        names = self.session.names
        before = names.shortened
        self.session.decide_word(written, keep=keep)
        self.redraw()
        said = tr("It stays, here and in all that was kept in doubt.")
        if not keep:
            said = tr("Hidden from now on, and in all that was kept before.")
        if names.shortened > before:
            said = tr(
                "Hidden, but so often that a text lost its end. tab now brings all of it back."
            )
        self.say(said, once_kept=True)

    def keep_entry(self, entry: Entry, text: str) -> None:
        """Keep what was typed; when that is refused, the words stay in the line."""
        try:
            said = live_entries.keep(self.session, entry.command, text)
        except CommandRefusedError as error:
            self.say(tr(error.sentence))
            return
        self.query_one(EntryLine).close()
        self.redraw()
        self.say(said, once_kept=True)


def _public(command: str, said: str) -> str:
    """Return what the wall reads of a command whose answer is for the facilitator."""
    return tr(ON_THE_WALL[command]) if command in ON_THE_WALL else said


def writes_nothing(key: str) -> bool:
    """Say whether a key is one that stays a command while words are typed."""
    return key.startswith("ctrl+") or (key[0] == "f" and key[1:].isdecimal())
