"""Close: aftercare, what the group will do, a word among facilitators, and the end of the record.

Touches: screen. Nothing of the debrief is saved. Making the record final takes two keys.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from dialogue.desk import Desk
from dialogue.tui import live_commands, live_entries
from dialogue.tui.commands import ScreenName, bindings_of
from dialogue.tui.messages import HomeAsked, LiveAsked, ReviewAsked, SessionFinal
from dialogue.tui.screens.base import CommandScreen, Handlers
from dialogue.tui.widgets.entry_line import EntryLine
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.tui.widgets.topbar import TopBar
from sessions.errors import CommandRefusedError
from sessions.facts import GroupCommitment
from sessions.live import LiveSession

_BLOCKS = ("closing", "aftercare", "door-stays-open", "debrief-group", "debrief-us", "debrief-next")


class CloseScreen(CommandScreen):
    """The last things to say, and the key that makes the record final."""

    NAME: ClassVar[ScreenName] = "close"
    CSS_PATH = "close.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("close")]
    ABOUT: ClassVar[str] = (
        "Say the last words, keep what the group will do, and take a moment with your "
        "co-facilitator: what you say in the debrief is not saved. Then c and y, two keys, make "
        "the record final. The order of what you did and every clock time leave it then."
    )

    def __init__(self, desk: Desk, session: LiveSession) -> None:
        """Close a session with the library's words."""
        super().__init__()
        self._desk = desk
        self.session = session
        self._asked = False

    def compose(self) -> ComposeResult:
        """Show the words from top to bottom."""
        yield TopBar("Close", self.session.title)
        yield self.too_small()
        with VerticalScroll(id="words"):
            yield Static("", markup=False, id="commitments")
            yield Static(self._words(), markup=False)
        yield EntryLine(self.session.preview)
        yield StatusLine()
        yield self.key_bar()

    def on_mount(self) -> None:
        """Show the commitments there are."""
        self._refill()
        self.query_one("#words").focus()
        self.set_interval(0.5, self._show_saving)

    def handlers(self) -> Handlers:
        """Return what carries out each command of this screen."""
        own: dict[str, Callable[[], None]] = {
            "help": self.show_help,
            "to-review": lambda: self.tell(ReviewAsked()),
            "close": self._ask,
            "close-really": self._close,
            "undo": self._undo,
            "leave": lambda: self.tell(HomeAsked()),
        }
        entries = {name: partial(self._open_entry, name) for name in ("note", "park", "commit")}
        return {**own, **entries}

    @on(EntryLine.Kept)
    def keep_entry(self, event: EntryLine.Kept) -> None:
        """Keep what was typed; when that is refused, the words stay in the line."""
        try:
            said = live_entries.keep(self.session, event.entry.command, event.text)
        except CommandRefusedError as error:
            self.query_one(StatusLine).say(error.sentence)
            return
        self.query_one(EntryLine).close()
        self.query_one("#words").focus()
        self.query_one(StatusLine).say(said)
        self._refill()

    def _open_entry(self, command: str) -> None:
        self._asked = False
        self.query_one(EntryLine).open(live_entries.entry_for(self.session, command))

    def _refill(self) -> None:
        made = self.session.facts(GroupCommitment)
        lines = [Content.styled("What the group will do", "bold $primary")]
        lines += [Content(f"· {one.text}") for one in made]
        if not made:
            lines.append(Content.styled("Nothing yet. g keeps a commitment.", "$quiet"))
        self.query_one("#commitments", Static).update(Content("\n").join([*lines, Content("")]))
        self._show_saving()

    def _show_saving(self) -> None:
        standing = "c, then y: close for good. This cannot be undone."
        if self._asked:
            standing = "Press y to make the record final; any other command leaves it open."
        self.query_one(StatusLine).show(standing, self.session.status)

    def _ask(self) -> None:
        self._asked = True
        self._show_saving()

    def _close(self) -> None:
        if not self._asked:
            self.query_one(StatusLine).say("Press c first, then y. Nothing has been closed.")
            return
        self.tell(SessionFinal())

    def _undo(self) -> None:
        self._asked = False
        said = live_commands.carry_out(self.session, "undo")
        if self.session.state.phase != "closing":
            self.tell(LiveAsked())
            return
        self._refill()
        self.query_one(StatusLine).say(said)

    def _words(self) -> Content:
        texts = self._desk.library.texts
        lines: list[Content] = []
        for block in (texts[name] for name in _BLOCKS if name in texts):
            lines.append(Content.styled(block.title, "bold $primary"))
            lines += [Content(f"  {line}") for line in block.lines]
            lines.append(Content(""))
        lines.append(Content.styled("Nothing you say in the debrief is saved.", "$quiet"))
        return Content("\n").join(lines)
