"""The form in a terminal: follows the room, and sends what its owner has marked as done.

Touches: screen, the network through its caller. It calls at a fixed beat, with a body of one
length, whether it brings something or not; pressing a key never makes a call. What is written
stands in memory and on this screen, and nowhere else: nothing is logged, kept, or printed at the
end, and the words of an error are never shown.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static, TextArea
from textual.worker import WorkerFailed

from dialogue.answer.asks import Asks
from dialogue.answer.dialogs import ReadingDialog, WithdrawDialog
from dialogue.answer.entry_view import EntryView, Push
from dialogue.answer.rhythm import Rhythm
from dialogue.answer.seat import SeatCard
from dialogue.answer.texts import agreements_text, before_text, kept_text, moment_text
from dialogue.caller.caller import Caller
from dialogue.caller.errors import CallError
from dialogue.caller.page import Page
from dialogue.caller.told import Place, read_told
from dialogue.tui import theme
from dialogue.tui.dialogs.question import QuestionDialog
from sessions.text import clean

LONGEST_PASTE = 64 * 1024
MOST_PASTED_LINES = 2000

_SCROLLS = ("up", "down", "pageup", "pagedown", "home", "end")


class AnswerApp(App[None], inherit_bindings=False):
    """One participant's page."""

    TITLE = "dialogue"
    CSS_PATH = "app.tcss"
    AUTO_FOCUS = None
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave(0)", "leave", show=False, priority=True),
        Binding("ctrl+c", "leave(130)", "leave", show=False, priority=True),
        Binding("f2", "agreements", "agreements", show=False),
        Binding("f3", "kept", "what is kept", show=False),
        Binding("f4", "withdraw", "delete an answer", show=False),
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
        self._away: Widget | None = None
        self._asking = False

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own theme variables."""
        return theme.VARIABLE_DEFAULTS

    def compose(self) -> ComposeResult:
        """Put everything in one column, from what happens now to what can be looked up."""
        yield _said("title")
        yield _said("recorder")
        with VerticalScroll(id="column", can_focus=False):
            yield _said("moment")
            yield SeatCard()
            yield _said("seated")
            yield _said("before")
            yield _said("closing")
            yield Asks()
            yield _said("withdrawn")
            with Vertical(id="folds"):
                yield Push("agreements", "")
                yield Push("kept", "")
                yield Push("withdraw", "")
        yield _said("line")
        yield _said("news")
        yield _said("keys")

    async def on_mount(self) -> None:
        """Set the theme, and begin to call."""
        for one in theme.THEMES.values():
            self.register_theme(one)
        self.theme = theme.THEMES["light" if self._looks == "light" else "dark"].name
        if self._looks == "system":
            self.theme = "textual-ansi"
        await self.draw()
        self.run_worker(self._call(), group="beats")

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

    async def draw(self) -> None:
        """Show the page as it is."""
        page = self.page
        self._show_parts()
        fresh = await self._asks.draw(page.entries, self._places, page.t)
        self._hide_for_pause()
        if fresh:
            self._show_from_its_top()

    def action_agreements(self) -> None:
        """Show the agreements in full."""
        self._read(agreements_text(self.page))

    def action_kept(self) -> None:
        """Show what is kept, and every promise."""
        self._read(kept_text(self.page, tls=self._caller.address.tls))

    def action_withdraw(self) -> None:
        """Ask for the words that delete an answer."""
        if not self.page.is_over and len(self.screen_stack) == 1:
            self.push_screen(WithdrawDialog(self.page.t), self._withdraw)

    def action_scroll(self, key: str) -> None:
        """Scroll the column, where nothing else takes the key."""
        column = self.screen_stack[0].query_one("#column", VerticalScroll)
        scrolls: dict[str, Callable[[], None]] = {
            "up": partial(column.scroll_up, animate=False),
            "down": partial(column.scroll_down, animate=False),
            "pageup": partial(column.scroll_page_up, animate=False),
            "pagedown": partial(column.scroll_page_down, animate=False),
            "home": partial(column.scroll_home, animate=False),
            "end": partial(column.scroll_end, animate=False),
        }
        scrolls[key]()

    def action_leave(self, code: int) -> None:
        """Leave; where something was not sent, ask once."""
        self._asks.collect()
        if self._asking or not self.page.has_unsent:
            self.stop_safely(code)
            return
        said = self.page.t["terminal"]
        self._asking = True
        question = QuestionDialog(said["leave"], yes=said["leave_yes"], no=said["leave_no"])
        self.push_screen(question, partial(self._answered, code))

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

    @on(Button.Pressed)
    async def press(self, event: Button.Pressed) -> None:
        """Show one of the folds."""
        name = event.button.name
        if name in ("agreements", "kept", "withdraw"):
            await self.run_action(name)

    @on(EntryView.Settled)
    def go_on(self) -> None:
        """Lead on from an ask that somebody is done with."""
        self._asks.settle(self.page.t)

    @on(SeatCard.Typed)
    def take_code(self, event: SeatCard.Typed) -> None:
        """Let the next call bring the code on a seat card."""
        self.page.type_code(event.code)
        self._show_parts()

    @on(EntryView.Deleting)
    async def delete(self, event: EntryView.Deleting) -> None:
        """Let the next call delete an answer."""
        self._withdraw(event.words)

    @on(EntryView.Removed)
    async def remove_missed(self, event: EntryView.Removed) -> None:
        """Take what was missed off the page."""
        self.page.remove(event.entry)
        await self.draw()

    async def _call(self) -> None:
        """Call at every beat, from the first moment to the last."""
        while True:
            await self._beat()
            await self._rhythm.next()

    async def _beat(self) -> None:
        """Send what is done, and take in what the room has become."""
        asks = self._asks
        asks.collect()
        call = self.page.call()
        if call.sent:
            await self.draw()
        try:
            told = read_told(await self._caller.beat(call.beat), call.asks)
        except CallError as error:
            self.page.miss(call, error)
        else:
            asks.collect()
            self._places = told.places or self._places
            self.page.take(told, call)
        await self.draw()

    def _withdraw(self, words: str | None) -> None:
        if words:
            self.page.withdraw(words)
            self._show_parts()

    def _answered(self, code: int, agreed: bool | None) -> None:  # noqa: FBT001
        self._asking = False
        if agreed:
            self.stop_safely(code)

    def _read(self, text: Content) -> None:
        if len(self.screen_stack) == 1:
            self.push_screen(ReadingDialog(text, self.page.t["terminal"]["go_back"]))

    def _show_parts(self) -> None:
        """Show all that is not an ask."""
        page, t = self.page, self.page.t
        calm = page.is_pausing
        room = page.room
        self._put("title", t["page"]["title"] if room is None else room.title)
        self._put("recorder", self._warning)
        self._put("moment", moment_text(page))
        self._part("moment").set_class(calm, "calm")
        before = "" if calm else before_text(page, tls=self._caller.address.tls)
        self._put("before", before)
        self.screen_stack[0].query_one(SeatCard).draw(page)
        self._put("seated", t["seat"]["seated"] if page.is_seated else "")
        self._put("closing", t["says"]["closing"] if page.is_closing and not calm else "")
        self._put("withdrawn", "" if calm else page.withdrawn)
        self._put("line", "" if page.is_over else page.line)
        self._put("news", page.news)
        self._put("keys", t["terminal"]["keys"])
        folds = {"agreements": t["page"]["agreements"], "kept": t["page"]["kept_title"]}
        folds["withdraw"] = "" if page.is_over else t["withdraw"]["title"]
        for push in self.screen_stack[0].query_one("#folds").query(Push):
            push.say(folds[push.name or ""])

    def _show_from_its_top(self) -> None:
        """Show new questions; who reads them and what is kept comes before the first one.

        The next tab leads to the first question, unless somebody is writing.
        """
        if not isinstance(self.screen_stack[0].focused, TextArea | Input):
            self.screen_stack[0].set_focus(None)
            self._part("before").scroll_visible(top=True, animate=False)

    def _hide_for_pause(self) -> None:
        """A pause takes the asks out of sight. Whoever was writing finds her place again."""
        asks = self._asks
        hidden = self.page.is_pausing or not self.page.entries
        if asks.display is not hidden:
            return
        if hidden:
            focused = self.screen_stack[0].focused
            if focused is not None and asks in focused.ancestors:
                self._away = focused
                self.screen_stack[0].set_focus(None)
        asks.display = not hidden
        if not hidden and self._away is not None and self._away.is_attached:
            with suppress(ValueError):
                self.screen_stack[0].set_focus(self._away)
        if not hidden:
            self._away = None

    def _put(self, part: str, text: Content | str) -> None:
        """Put a text where there is one, and hide its place where there is none."""
        place = self._part(part)
        content = Content(text) if isinstance(text, str) else text
        place.update(content)
        place.display = bool(content.plain) or part == "news"

    @property
    def _asks(self) -> Asks:
        return self.screen_stack[0].query_one(Asks)

    def _part(self, name: str) -> Static:
        return self.screen_stack[0].query_one(f"#{name}", Static)


def _said(name: str) -> Static:
    return Static("", markup=False, id=name)
