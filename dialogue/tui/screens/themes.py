"""Themes: one answer at a time, and beside it what it can be coded with.

Touches: screen; disk, through the desk. What stands here are people's words: nothing can be marked
with the mouse and copied out, and nothing is printed when the screen goes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from dialogue.tui.coding_bench import CodingBench, Naming
from dialogue.tui.coding_keys import KEYS
from dialogue.tui.coding_view import answer_view, book, keys_view, terms_view
from dialogue.tui.command import Command
from dialogue.tui.dialogs.question import QuestionDialog
from dialogue.tui.dialogs.reading import TextDialog
from dialogue.tui.messages import ThemesLeft
from dialogue.tui.screens.base import CommandScreen, Handlers
from dialogue.tui.widgets.entry_line import Entry, EntryLine
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.tui.widgets.topbar import TopBar
from dialogue.wording import mark, tr
from sessions.coding import FROZEN, CodingDesk
from sessions.errors import SessionError
from sessions.saver import SaveStatus

TITLE = mark("Themes")
STANDING = mark("A key codes this answer. Its words are for you alone.")
FROZEN_YES = mark("y  code all the same")
FROZEN_NO = mark("esc  leave")
NAME_NEW = mark("Name of the theme, in a word or two of your own. It stays when the answers go.")
NAME_OTHER = mark("What the theme is to be called")
NAME_SPLIT = mark("Name of the theme that takes some of these answers")
NO_TERMS = mark("No word is in five answers or more.")
ABOUT_TERMS = mark(
    "Words that five answers or more have, and how many. They help you look; they are no themes, "
    "are kept nowhere, and no export holds them."
)
ABOUT = mark(
    "Read each answer and press the key of every theme it speaks of; the same key takes it back. "
    "Each key is kept at once. Exports tell of a theme as a band of answers, and only where five "
    "people or more wrote of it."
)
BACK = mark("esc goes back")

_LABELS = {"new": NAME_NEW, "rename": NAME_OTHER, "split": NAME_SPLIT}


class ThemesScreen(CommandScreen):
    """Answers of one session, to be coded by a person."""

    CSS_PATH = "themes.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        one.binding(at_once=True) for one in KEYS if one.id != "code"
    ]
    ABOUT: ClassVar[str] = ABOUT
    ALLOW_SELECT = False

    def __init__(self, desk: CodingDesk, warning: str = "") -> None:
        """Show the first answer.

        Args:
            desk: The session; it is let go of when the screen goes.
            warning: What may record this terminal.
        """
        super().__init__()
        self._desk = desk
        self._bench = CodingBench(desk)
        self._standing = warning or STANDING
        self._naming: Naming | None = None

    def compose(self) -> ComposeResult:
        """Put the answer beside the codebook."""
        yield TopBar(tr(TITLE))
        yield self.too_small()
        with Horizontal(id="columns"):
            with VerticalScroll(id="answer", can_focus=False):
                yield Static("", markup=False, id="words")
            with VerticalScroll(id="book", can_focus=False):
                yield Static("", markup=False, id="codes")
        yield EntryLine(self._desk.preview, self._named)
        yield StatusLine()
        yield self.key_bar()

    def on_mount(self) -> None:
        """Say at once when nothing of this will be told, because an export came first."""
        self.redraw()
        if self._desk.is_frozen:
            question = QuestionDialog(tr(FROZEN), yes=tr(FROZEN_YES), no=tr(FROZEN_NO))
            self.app.push_screen(question, self._begin)

    def on_unmount(self) -> None:
        """Let go of the session."""
        self._desk.close()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the codebook to the terminal."""
        super().on_resize(event)
        self.call_after_refresh(self.redraw)

    def commands(self) -> tuple[Command, ...]:
        """Return the commands of this screen."""
        return KEYS

    def handlers(self) -> Handlers:
        """Return what carries out each command of this screen."""
        modes: dict[str, Callable[[], None]] = {
            "rename": partial(self._ask_key, "rename"),
            "merge": partial(self._ask_key, "merge"),
            "split": partial(self._ask_key, "split"),
        }
        return {
            **modes,
            "next": partial(self._go, 1),
            "previous": partial(self._go, -1),
            "undo": self._undo,
            "new": self._new,
            "terms": self._show_terms,
            "up": self.query_one("#answer").scroll_up,
            "down": self.query_one("#answer").scroll_down,
            "leave": self._leave,
            "help": self._show_keys,
        }

    async def take(self, event: events.Key | events.Paste) -> bool:
        """Let a name that is typed go into the line, and the key of a theme to the answer."""
        await super().take(event)
        line = self.query_one(EntryLine)
        if line.is_open:
            await line.take(event)
            if not line.is_open:
                # The codebook has more room again, once that is laid out.
                self.call_after_refresh(self.redraw)
            return True
        if isinstance(event, events.Key) and (event.character or "") in self._bench.keys:
            self._press(event.character or "")
            return True
        return False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys be text while a name is typed."""
        if action == "command" and any(line.is_open for line in self.query(EntryLine)):
            return False
        return super().check_action(action, parameters)

    def redraw(self) -> None:
        """Show the answer, what it is coded with, and how far one has come."""
        bench, pane = self._bench, self.query_one("#book")
        self.query_one(TopBar).show(
            f"{tr(TITLE)} · {self._desk.record.title}", f"{bench.progress} · {bench.coded}"
        )
        self.query_one("#words", Static).update(answer_view(bench.answer))
        size = pane.scrollable_content_region.size
        self.query_one("#codes", Static).update(
            book(bench.keys, self._desk.codes, bench.mine, size)
        )
        standing = bench.standing or tr(self._standing)
        if self.query_one(EntryLine).is_open:
            standing = ""
        self.query_one(StatusLine).show(standing, SaveStatus())

    def _begin(self, agreed: bool | None) -> None:  # noqa: FBT001
        if not agreed:
            self._leave()

    def _go(self, by: int) -> None:
        self._bench.go(by)
        self.query_one("#answer").scroll_home(animate=False)
        self._show()

    def _press(self, key: str) -> None:
        place = self._bench.progress
        try:
            said = self._bench.press(key)
        except SessionError as error:
            self._show(tr(error.sentence))
            return
        if self._bench.progress != place:
            self.query_one("#answer").scroll_home(animate=False)
        if isinstance(said, Naming):
            self._ask_name(said)
        else:
            self._show(said)

    def _new(self) -> None:
        self._bench.leave_mode()
        self._ask_name(Naming("new"))

    def _ask_name(self, naming: Naming) -> None:
        self._naming = naming
        self.query_one(StatusLine).hush()
        entry = Entry(f"{naming.act} {naming.theme}", _LABELS[naming.act], start=naming.start)
        self.query_one(EntryLine).open(entry)
        self.redraw()

    def _named(self, _entry: Entry, text: str) -> None:
        """Carry out what a name was asked for; when it is refused, it stays in the line."""
        if self._naming is None:
            return
        try:
            said = self._bench.name(self._naming, text)
        except SessionError as error:
            self.say(tr(error.sentence))
            return
        self.query_one(EntryLine).close()
        self._show(said)

    def _ask_key(self, mode: str) -> None:
        self._bench.begin(mode)  # type: ignore[arg-type]
        self._show()

    def _undo(self) -> None:
        try:
            said = self._bench.undo()
        except SessionError as error:
            said = tr(error.sentence)
        self._show(said)

    def _leave(self) -> None:
        if self._bench.leave_mode():
            self._show()
        else:
            self.tell(ThemesLeft())

    def _show_terms(self) -> None:
        terms = self._desk.terms()
        text = terms_view(terms) if terms else Content(tr(NO_TERMS))
        self.app.push_screen(TextDialog(tr(ABOUT_TERMS), text, tr(BACK)))

    def _show_keys(self) -> None:
        self.app.push_screen(TextDialog(tr(ABOUT), keys_view(KEYS), tr(BACK)))

    def _show(self, said: str = "") -> None:
        self.query_one(StatusLine).hush()
        self.redraw()
        if said:
            self.say(said)
