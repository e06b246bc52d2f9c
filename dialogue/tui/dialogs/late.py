"""For people who come late: what to tell them in a low voice, and how they join.

All of it is for the room as well, so that it may stand on a wall. It keeps nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from agreements.model import TextBlock
from dialogue.tui.dialogs.once import GoesOnce
from dialogue.tui.room_host import RoomHost
from dialogue.tui.views import contacts
from dialogue.tui.widgets.qr import qr_content, qr_fits
from dialogue.wording import tr
from sessions.facts import HouseAgreement
from sessions.live import LiveSession

_BESIDE = Size(44, 0)
"""So much room the words keep beside the code."""


class LateDialog(GoesOnce, ModalScreen[None]):
    """Shows the brief; any of esc, L and q leaves."""

    CSS_PATH = "late.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,L,q", "dismiss", "back", show=False),
        Binding("down", "scroll(1)", "down", show=False),
        Binding("up", "scroll(-1)", "up", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(
        self, session: LiveSession, texts: Mapping[str, TextBlock], host: RoomHost | None
    ) -> None:
        """Show what a session is about to somebody who was not there.

        Args:
            session: The session.
            texts: The library's texts.
            host: The room's door; `None` in a session without phones.
        """
        super().__init__()
        self._url = "" if host is None else host.url
        self._code = qr_content(self._url) if self._url else Content("")
        self._words = brief(session, texts.get("latecomers"), self._url)

    def compose(self) -> ComposeResult:
        """Put the words beside the code."""
        with Horizontal():
            with VerticalScroll(can_focus=False):
                yield Static(self._words, markup=False)
                yield Static(tr("] counts one more · esc goes back"), classes="quiet")
            yield Static(self._code, markup=False, id="code")

    def on_resize(self) -> None:
        """Show the code where it fits whole beside the words: a cut code leads nowhere."""
        self.query_one("#code").display = qr_fits(self._code, self.size, _BESIDE)

    def action_scroll(self, lines: int) -> None:
        """Scroll the words."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def brief(session: LiveSession, block: TextBlock | None, url: str) -> Content:
    """Return what to tell: where we are, what we agreed on, what may leave, whom to ask."""
    protocol, wordings = session.protocol, session.wordings()
    title = tr("For people who come late") if block is None else block.title
    lines = [Content.styled(title, "bold $primary")]
    lines += [] if block is None else [Content(f"“{one}”") for one in block.lines]
    lines += [Content(""), Content.styled(tr("Agreements"), "bold $primary")]
    lines += [Content(f"· {wordings.get(one.id, one.name)}") for one in protocol.agreements]
    lines += [Content(f"· {one.text}") for one in session.facts(HouseAgreement)]
    chosen = session.record.setting.confidentiality
    rules = [rule.name for rule in protocol.confidentiality if rule.id == chosen]
    lines += [Content(""), *(Content(one) for one in (*rules, *contacts(session)))]
    if url:
        lines += [Content(""), Content.styled(tr("Join on a phone: {url}", url=url), "bold")]
    return Content("\n").join(lines)
