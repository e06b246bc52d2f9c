"""The pause for harm: the room sees a calm page, the facilitator the next thing to do.

What is kept of it is a pause like any other: nobody's name, no reason. While it stands nothing is
captured; words that stand in a line stay there, unsent. On a screen that others may see it is the
calm page alone, until the facilitator asks for her lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from agreements.model import Move, TextBlock
from dialogue.tui.dialogs.once import GoesOnce
from dialogue.tui.wall import CALM
from dialogue.wording import tr


class HarmDialog(GoesOnce, ModalScreen[None]):
    """Stands while the session is paused for harm; space goes on."""

    CSS_PATH = "harm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,h,f8", "dismiss", "go on", show=False),
        Binding("i", "look", "for you", show=False),
        Binding("down", "scroll(1)", "down", show=False),
        Binding("up", "scroll(-1)", "up", show=False),
    ]

    def __init__(
        self,
        calm: str,
        moves: Iterable[Move],
        care: str,
        after: TextBlock | None = None,
        *,
        wall: bool,
    ) -> None:
        """Stand before a paused session.

        Args:
            calm: What the room reads, in its language.
            moves: What to say and do: ouch, oops, whoa.
            care: The role that looks after people; empty when none was named.
            after: What to say before it goes on.
            wall: Others may see the screen.
        """
        super().__init__()
        self._calm = calm
        self._lines = lines(moves, care, after)
        self._wall = wall

    def compose(self) -> ComposeResult:
        """Put the calm page above the facilitator's own lines."""
        with Vertical():
            yield Static(self._calm, markup=False, id="calm")
            with VerticalScroll(id="own", can_focus=False):
                yield Static(self._lines, markup=False)
            yield Static(tr(CALM), markup=False, id="how")

    def on_mount(self) -> None:
        """Show the facilitator's lines, unless others read along."""
        self._show(own=not self._wall)

    def action_look(self) -> None:
        """Show or hide the facilitator's own lines."""
        self._show(own=not self.query_one("#own").display)

    def action_scroll(self, lines: int) -> None:
        """Scroll the facilitator's own lines."""
        self.query_one("#own").scroll_relative(y=lines, animate=False)

    def _show(self, *, own: bool) -> None:
        self.query_one("#own").display = own


def lines(moves: Iterable[Move], care: str, after: TextBlock | None = None) -> Content:
    """Return what to do, first to last, in few words."""
    first = tr(
        "Care goes first: whoever looks after people here goes to the person who was hit, "
        "not you alone."
    )
    if care:
        first = tr(
            "Care goes first: {contact} goes to the person who was hit, not you alone.",
            contact=care,
        )
    parts = [
        Content.styled(tr("Breathe. The clock stands still, and no word is kept."), "bold"),
        Content(first),
        Content(""),
    ]
    for one in moves:
        parts += [
            Content.styled(one.situation, "bold $primary"),
            Content(f"“{one.say}”"),
            Content.styled(one.then, "$quiet"),
        ]
    if after is not None:
        parts += [Content(""), Content.styled(after.title, "bold $primary")]
        parts += [Content(f"“{one}”") for one in after.lines]
    return Content("\n").join(parts)
