"""Before the session: does a phone reach this computer, is the folder safe, is this on the wall?

Touches: screen; the door that it opens, for as long as it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from dialogue import reaching
from dialogue.finding import Finding
from dialogue.tui.dialogs.once import GoesOnce
from dialogue.tui.room_host import PhoneCheck
from dialogue.tui.widgets.qr import qr_content, qr_fits
from dialogue.wording import tr

PATIENCE_SECONDS: Final = 25.0
"""After so long a phone that was tried would have been seen."""

LOOK_SECONDS: Final = 0.5
_WORDS_WIDTH = 36
_ROOMY_HEIGHT = 32


class PhonesDialog(GoesOnce, ModalScreen[None]):
    """Shows the code of a page that waits, and what was found; it closes that door behind it."""

    CSS_PATH = "phones.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "back", show=False),
        Binding("up", "scroll(-1)", "up", show=False),
        Binding("down", "scroll(1)", "down", show=False),
        Binding("pageup", "scroll(-10)", "up", show=False),
        Binding("pagedown,space", "scroll(10)", "down", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(
        self, check: PhoneCheck, folder: Finding, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        """Show what a check finds.

        Args:
            check: The door to open.
            folder: What was found about the data folder.
            patience_seconds: After so long without a phone the usual reasons are told.
        """
        super().__init__()
        self._check = check
        self._folder = folder
        self._patience_seconds = patience_seconds
        self._late = False
        self._shown_url = ""

    def compose(self) -> ComposeResult:
        """Put the code beside the words."""
        with Horizontal():
            yield Static("", markup=False, id="code")
            with Vertical(id="beside"):
                yield Static(tr("Try it with one phone"), markup=False, classes="title")
                yield Static(tr("Opening the door …"), markup=False, id="address")
                with VerticalScroll(id="words", can_focus=False):
                    yield Static("", markup=False, id="found")
                yield Static(tr("↑↓ read on · esc goes back"), markup=False, classes="quiet")

    def on_mount(self) -> None:
        """Open the door, and look again and again who has come."""
        # It is the program's, not ours: leaving in the middle must not leave a door half open.
        self.app.run_worker(self._check.start(), group="phones", exit_on_error=False)
        self.set_interval(LOOK_SECONDS, self._show)
        self.set_timer(self._patience_seconds, self._be_late)
        self._show()

    async def on_unmount(self) -> None:
        """Close the door; the session opens its own."""
        await self._check.stop()

    def on_resize(self) -> None:
        """Show the address alone where the code does not fit whole: a cut code leads nowhere."""
        self._fit()

    def action_scroll(self, lines: int) -> None:
        """Scroll what was found."""
        self.query_one("#words").scroll_relative(y=lines, animate=False)

    def _be_late(self) -> None:
        self._late = True
        self._show()

    def _show(self) -> None:
        url = self._check.url
        if url != self._shown_url:
            self._shown_url = url
            self.query_one("#code", Static).update(qr_content(url) if url else "")
            self.query_one("#address", Static).update(Content.styled(url, "bold"))
            self._fit()
        found = self._check.findings(late=self._late)
        self.query_one("#address").display = bool(url) or not found
        lines = _lines([*found, self._folder, reaching.WALL]) if found else ()
        apart = "\n\n" if self.size.height >= _ROOMY_HEIGHT else "\n"
        self.query_one("#found", Static).update(Content(apart).join(lines))

    def _fit(self) -> None:
        if not self._shown_url:
            self.query_one("#code").display = False
            return
        code = qr_content(self._shown_url)
        self.query_one("#code").display = qr_fits(code, self.size, Size(_WORDS_WIDTH, 0))


def _lines(found: list[Finding]) -> Iterator[Content]:
    """Yield what was found, each with a sign before it: never by colour alone."""
    for one in found:
        sign, style = ("✓", "$success") if one.fine else ("!", "bold $warning")
        if one.hint:
            sign, style = "·", "$quiet"
        yield Content.assemble((f"{sign} ", style), tr(one.text))
