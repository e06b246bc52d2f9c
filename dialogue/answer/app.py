"""The form in a terminal: follows the room, and sends what its owner has marked as done.

Touches: screen, the network through its caller. It calls at a fixed beat, with a body of one
length, whether it brings something or not; pressing a key never makes a call. What is written
stands in memory and on this screen, and nowhere else: nothing is logged, kept, or printed at the
end, and the words of an error are never shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.worker import WorkerFailed

from dialogue.answer.dialogs import ReadingDialog, WithdrawDialog
from dialogue.answer.entry_view import EntryView
from dialogue.answer.page_view import PageView
from dialogue.answer.rhythm import Rhythm
from dialogue.answer.seat import SeatCard
from dialogue.answer.texts import agreements_text, kept_text, next_language
from dialogue.caller.caller import Caller
from dialogue.caller.errors import CallError
from dialogue.caller.page import Page
from dialogue.caller.told import Place, read_told
from dialogue.tui import theme
from dialogue.tui.dialogs.question import QuestionDialog
from dialogue.tui.plain_signs import SignsApp
from sessions.text import clean

LONGEST_PASTE = 64 * 1024
MOST_PASTED_LINES = 2000

BEATS = "beats"
"""The workers that call."""

_SCROLLS = ("up", "down", "pageup", "pagedown", "home", "end")


class AnswerApp(SignsApp, inherit_bindings=False):
    """One participant's page."""

    TITLE = "dialogue"
    CSS_PATH = "app.tcss"
    AUTO_FOCUS = None
    FORM: ClassVar[int] = 0
    """Which screen of the stack, from below, holds the form."""
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave(0)", "leave", show=False, priority=True),
        Binding("ctrl+c", "leave(130)", "leave", show=False, priority=True),
        # By the program itself, at once: a letter that comes right after it has its place.
        Binding("tab", "focus_next", "on", show=False, priority=True),
        Binding("shift+tab", "focus_previous", "back", show=False, priority=True),
        Binding("f2", "read('agreements')", "agreements", show=False),
        Binding("f3", "read('kept')", "what is kept", show=False),
        Binding("f4", "withdraw", "delete an answer", show=False),
        Binding("f5", "speak", "another language", show=False),
        *(Binding(key, f"scroll('{key}')", "scroll", show=False) for key in _SCROLLS),
    ]

    def __init__(
        self, caller: Caller, seat: str, rhythm: Rhythm, *, looks: str = "dark", warning: str = ""
    ) -> None:
        """Show nothing yet.

        Args:
            caller: The way to the web door.
            seat: The id that the page was given there.
            rhythm: When to call.
            looks: The theme, as the settings name it.
            warning: What may record this terminal.
        """
        super().__init__()
        self.page = Page(seat)
        self.crash: Exception | None = None
        self.unkept = ""
        self.last_path: Path | None = None
        self._caller = caller
        self._rhythm = rhythm
        self._looks = looks
        self._warning = warning
        self._places: tuple[Place, ...] = ()
        self._asking = False

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own theme variables."""
        return theme.VARIABLE_DEFAULTS

    def compose(self) -> ComposeResult:
        """Show the page, and nothing beside it."""
        tls = self._caller.address.tls
        yield PageView(self.page, tls=tls, warning=self._warning, keys="terminal")

    async def on_mount(self) -> None:
        """Set the theme, and begin."""
        for one in theme.THEMES.values():
            self.register_theme(one)
        self.theme = theme.THEMES["light" if self._looks == "light" else "dark"].name
        if self._looks == "system":
            self.theme = "textual-ansi"
        await self.follow()

    async def follow(self) -> None:
        """Show the page as it is, and begin to call."""
        await self._view.draw(self._places)
        self.run_worker(self._call(), group=BEATS)

    async def on_unmount(self) -> None:
        """Let go of the connection."""
        await self._caller.close()

    async def on_event(self, event: events.Event) -> None:
        """Let what is pasted pass the text gate."""
        if isinstance(event, events.Paste):
            event.text = clean(event.text, limit=LONGEST_PASTE, lines=MOST_PASTED_LINES)
        await super().on_event(event)

    def copy_to_clipboard(self, text: str) -> None:
        """Keep what is cut within this program; Textual would hand it to the terminal."""
        self._clipboard = text

    def action_read(self, what: str) -> None:
        """Show the agreements in full, or what is kept and every promise."""
        agreements = what == "agreements"
        tls = self._caller.address.tls
        text = agreements_text(self.page) if agreements else kept_text(self.page, tls=tls)
        if self.is_bare:
            self.push_screen(ReadingDialog(text, self.page.t["terminal"]["go_back"]))

    async def action_speak(self) -> None:
        """Be read in the next language; no call is made, and nothing that was written goes."""
        if self.is_bare:
            self._view.asks.collect()
            self.page.speak(next_language(self.page.t))
            await self._view.draw(self._places)

    def action_withdraw(self) -> None:
        """Ask for the words that delete an answer."""
        if not self.page.is_over and self.is_bare:
            dialog = WithdrawDialog(self.page.t)
            self.push_screen(dialog, lambda words: self.delete(EntryView.Deleting(words or "")))

    def action_scroll(self, key: str) -> None:
        """Scroll the column, where nothing else takes the key."""
        self._view.scroll_by(key)

    def action_leave(self, code: int) -> None:
        """Leave; where something was not sent, ask once."""
        self._view.asks.collect()
        if self._asking or not self.page.has_unsent:
            self.stop_safely(code)
            return
        said = self.page.t["terminal"]
        self._asking = True
        question = QuestionDialog(said["leave"], yes=said["leave_yes"], no=said["leave_no"])

        def answered(agreed: bool | None) -> None:  # noqa: FBT001
            self._asking = False
            if agreed:
                self.stop_safely(code)

        self.push_screen(question, answered)

    def stop_safely(self, return_code: int) -> None:
        """Leave at once, because a signal said so or the terminal is gone."""
        self._caller.hang_up()
        self.exit(return_code=return_code)

    def leave_session(self) -> bool:
        """Let go of the connection; there is nothing to save."""
        self._caller.hang_up()
        return True

    def _fatal_error(self) -> None:
        """Leave. What Textual would print holds local variables, and so words."""
        error = self._exception
        # A beat runs in a worker, which wraps what ended it.
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.crash = cause if isinstance(cause, Exception) else error
        self._caller.hang_up()
        self._close_messages_no_wait()

    def panic(self, *_renderables: object) -> None:
        """Leave without printing what an error would show of itself."""
        self._fatal_error()

    @on(EntryView.Settled)
    def go_on(self) -> None:
        """Lead on from an ask that somebody is done with."""
        self._view.asks.settle(self.page.t)

    @on(SeatCard.Typed)
    def take_code(self, event: SeatCard.Typed) -> None:
        """Let the next call bring the code on a seat card."""
        self.page.type_code(event.code)
        self._view.show_parts()

    @on(EntryView.Deleting)
    def delete(self, event: EntryView.Deleting) -> None:
        """Let the next call delete an answer."""
        if event.words:
            self.page.withdraw(event.words)
            self._view.show_parts()

    @on(EntryView.Removed)
    async def remove_missed(self, event: EntryView.Removed) -> None:
        """Take what was missed off the page."""
        self.page.remove(event.entry)
        await self._view.draw(self._places)

    async def _call(self) -> None:
        """Call at every beat, from the first moment to the last."""
        while True:
            await self._beat()
            await self._rhythm.next()

    async def _beat(self) -> None:
        """Send what is done, and take in what the room has become."""
        asks = self._view.asks
        asks.collect()
        call = self.page.call()
        if call.sent:
            await self._view.draw(self._places)
        try:
            told = read_told(await self._caller.beat(call.beat), call.asks)
        except CallError as error:
            self.page.miss(call, error)
        else:
            asks.collect()
            self._places = told.places or self._places
            self.page.take(told, call)
        await self._view.draw(self._places)

    @property
    def is_bare(self) -> bool:
        """Whether no window stands over the form."""
        return self.screen is self.screen_stack[self.FORM]

    @property
    def _view(self) -> PageView:
        return self.screen_stack[self.FORM].query_one(PageView)
