"""The join screen: a QR code and the address, for phones, and what to do without a network."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from dialogue.tui.dialogs.once import GoesOnce
from dialogue.tui.room_host import RoomHost
from dialogue.tui.widgets.qr import qr_content, qr_fits
from dialogue.wording import tr, trn
from sessions.text import paragraph

_BESIDE = Size(36, 0)


class JoinDialog(GoesOnce, ModalScreen[None]):
    """Shows how to join; any of esc, j and q leaves."""

    CSS_PATH = "join.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,j,q", "dismiss", "back", show=False),
        Binding("L", "brief", "latecomers", id="latecomers", show=False),
    ]

    def __init__(
        self, host: RoomHost, *, wall: bool = True, brief: Callable[[], None] | None = None
    ) -> None:
        """Show the way to a room's page.

        Args:
            host: The room.
            wall: Others may see the screen; then nothing is counted on it.
            brief: Shows what to tell somebody who comes late, over this.
        """
        super().__init__()
        self._brief = brief
        self._host = host
        self._wall = wall
        self._url = host.url
        self._code = qr_content(host.url) if host.url else Content("")

    def compose(self) -> ComposeResult:
        """Put the code beside the words."""
        with Horizontal():
            yield Static(self._code, markup=False, id="code")
            with Vertical():
                yield Static("", markup=False, id="how")
                if self._brief is not None:
                    late = tr("{key_latecomers}: for someone who comes late")
                    yield Static(late, markup=False, classes="quiet")
                yield Static(tr("esc goes back"), markup=False, classes="quiet")

    def on_mount(self) -> None:
        """Count the pages that are open, as often as they can change."""
        self._show()
        self.set_interval(1.0, self._show)

    def action_brief(self) -> None:
        """Show what to tell somebody who comes late."""
        if self._brief is not None:
            self._brief()

    def on_resize(self) -> None:
        """Show the address alone where the code does not fit whole: a cut code leads nowhere."""
        self.query_one("#code").display = self._coded()
        self._tell()

    def _coded(self) -> bool:
        return qr_fits(self._code, self.size, _BESIDE)

    def _show(self) -> None:
        if self._host.url != self._url:  # the door was opened only after this was
            self._url = self._host.url
            self._code = qr_content(self._url) if self._url else Content("")
            self.query_one("#code", Static).update(self._code)
            self.query_one("#code").display = self._coded()
        self._tell()

    def _tell(self) -> None:
        for line in self.query("#how").results(Static):  # not there yet at the first size
            line.update(_how(self._host, wall=self._wall, coded=self._coded()))


def _how(host: RoomHost, *, wall: bool, coded: bool) -> Content:
    if not host.url:
        # A system's reason and a file's name are words from outside.
        return Content(paragraph(tr(host.problem)))
    seen = tr("Seen from a phone.") if host.seen else tr("Not seen from a phone yet.")
    lines = [
        Content.styled(tr("Join on a phone"), "bold $primary"),
        Content(tr("Scan the code, or type") if coded else tr("Type in its browser:")),
        Content(""),
        Content.styled(host.url, "bold"),
        Content(""),
        Content(tr("No app, no account, no name.")),
        *([] if wall else [Content(_counted(host))]),
        *([Content(seen)] if host.seen or not host.sheets.seats.count() else []),
    ]
    if not host.seen and not host.sheets.seats.count():
        lines += [
            Content(""),
            Content(tr("Guest Wi-Fi often keeps devices\napart. Use a hotspot, or cards.")),
        ]
    return Content("\n").join(lines)


def _counted(host: RoomHost) -> str:
    """Return how many could write now: pages, or cards where those are needed."""
    seats = host.sheets.seats
    count = seats.count()
    if seats.by_cards:
        if not count:
            return tr("No card is shown yet.")
        return trn("{count} card shown.", "{count} cards shown.", count)
    if not count:
        return tr("No page is open.")
    return trn("{count} page is open.", "{count} pages are open.", count)
