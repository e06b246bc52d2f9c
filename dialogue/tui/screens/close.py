"""Close: aftercare, what the group will do, a word among facilitators, and the end of the record.

Touches: screen. Nothing of the debrief is saved here. Making the record final takes two keys.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from dialogue.desk import Desk
from dialogue.tui.command import ScreenName
from dialogue.tui.commands import bindings_of
from dialogue.tui.messages import ReviewAsked, SessionFinal
from dialogue.tui.room_host import RoomHost
from dialogue.tui.screens.base import Handlers
from dialogue.tui.screens.caring import CaringScreen
from dialogue.tui.screens.keeping import SAVING_SECONDS
from dialogue.tui.views import contacts
from dialogue.tui.wall import Wall
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.tui.widgets.topbar import TopBar
from dialogue.wording import mark, tr, trc
from sessions.facts import GroupCommitment, LeadershipAsk
from sessions.live import LiveSession

_DEBRIEF = "debrief-"
"""How the texts begin that are for facilitators alone."""

_BLOCKS = ("closing", "aftercare", "door-stays-open", "debrief-group", "debrief-us", "debrief-next")


class CloseScreen(CaringScreen):
    """The last things to say, and the key that makes the record final."""

    NAME: ClassVar[ScreenName] = "close"
    confirming = "close-really"
    CSS_PATH = "close.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("close")]
    ABOUT: ClassVar[str] = mark(
        "Say the last words, keep what the group will do, and let the room read that the door "
        "stays open. Then {key_close} and {key_close_really}, two keys, make the record final. "
        "The order of what you did and every clock time leave it then."
    )

    def __init__(
        self,
        desk: Desk,
        session: LiveSession,
        wall: Wall | None = None,
        host: RoomHost | None = None,
    ) -> None:
        """Close a session with the library's words.

        Args:
            desk: What the screens work with.
            session: The session.
            wall: Who sees this screen; others may, when nothing is said.
            host: The room; `None` in a session without phones and cards.
        """
        super().__init__(session, wall, host, desk.library)
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Show the words from top to bottom."""
        yield TopBar(trc("screen", "Close"), self.session.title)
        yield self.too_small()
        with VerticalScroll(id="words"):
            yield Static("", markup=False, id="commitments")
            yield Static("", markup=False, id="said")
        yield from self.bottom()

    def on_mount(self) -> None:
        """Show the commitments there are."""
        self.redraw()
        self.query_one("#words").focus()
        self.set_interval(SAVING_SECONDS, self.show_status)

    def handlers(self) -> Handlers:
        """Return what carries out each command of this screen."""
        own: dict[str, Callable[[], None]] = {
            "to-review": lambda: self.tell(ReviewAsked()),
            "close": self._ask,
            "door": self._turn_door,
            "close-really": self._close,
        }
        return {**super().handlers(), **own}

    def redraw(self) -> None:
        """Show the commitments there are now, and how far saving has come."""
        made = self.session.facts(GroupCommitment)
        lines = [Content.styled(tr("What the group will do"), "bold $primary")]
        lines += [Content(f"· {one.text}") for one in made]
        if not made:
            lines.append(
                Content.styled(tr("Nothing yet. {key_commit} keeps a commitment."), "$quiet")
            )
        if asked := self.session.facts(LeadershipAsk):
            lines.append(Content.styled(tr("Asked of leadership"), "bold $primary"))
            lines += [Content(f"· {one.text}") for one in asked]
        self.query_one("#commitments", Static).update(Content("\n").join([*lines, Content("")]))
        self.query_one("#said", Static).update(self._words())
        self.show_status()

    def standing(self) -> str:
        """Return which keys close for good."""
        if self.asked:
            return tr(
                "Press {key_close_really} to make the record final; any other key leaves it open."
            )
        return tr("{key_close}, then {key_close_really}: close for good. This cannot be undone.")

    def watch_asked(self) -> None:
        """Show which key would make it final now."""
        self.show_status()

    def _turn_door(self) -> None:
        """Let the room read that the door stays open, or no more; nothing of it is kept."""
        if self._host is None:
            self.say(tr("The room has no page to read it on. Say it aloud."))
        elif self.session.showing.turn_door():
            self.say(tr("The room reads that the door stays open for fifteen minutes."))
        else:
            self.say(tr("The room reads no more that the door is open."))

    def _ask(self) -> None:
        self.query_one(StatusLine).hush()
        self.asked = True

    def _close(self) -> None:
        if not self.asked:
            self.say(
                tr("Press {key_close} first, then {key_close_really}. Nothing has been closed.")
            )
            return
        self.asked = False
        self.tell(SessionFinal())

    def _words(self) -> Content:
        texts = self._desk.library.texts
        lines: list[Content] = []
        names = [one for one in _BLOCKS if not (self.wall.sees and one.startswith(_DEBRIEF))]
        for block in (texts[name] for name in names if name in texts):
            lines.append(Content.styled(block.title, "bold $primary"))
            lines += [Content(f"  {line}") for line in block.lines]
            if block.id == "aftercare":
                lines += [Content.styled(f"  {one}", "bold") for one in contacts(self.session)]
            lines.append(Content(""))
        debrief = tr(
            "Among facilitators: after the close {key_debrief} opens it to write in. Nothing is "
            "saved unless you choose to."
        )
        if self.wall.sees:
            debrief = tr("Among facilitators: {key_wall} shows the debrief.")
        lines.append(Content.styled(debrief, "$quiet"))
        return Content("\n").join(lines)
