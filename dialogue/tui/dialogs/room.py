"""The room view on the whole terminal: for a laptop that is plugged into the projector.

It shows what the room may see and nothing else. The few keys that a facilitator needs while it
stands there work on it as well; none of them says anything.
"""

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

from dialogue.phrases import spoken, strings_in
from dialogue.tui.dialogs.once import GoesOnce
from dialogue.tui.widgets.qr import qr_content, qr_fits
from dialogue.tui.widgets.room_card import RoomCard
from dialogue.tui.widgets.step_clock import bar
from sessions.room import RoomView

LEAST_WORDS_CELLS = 40
"""So much room the words keep beside the code."""

TICK_SECONDS = 0.5


class RoomDialog(GoesOnce, ModalScreen[None]):
    """Shows what the room may see; any of esc, v and q goes back."""

    CSS_PATH = "room.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "back", show=False),
        # With the ids of the catalogue, so that a keymap changes these keys here as well.
        Binding("v", "dismiss", "back", id="room-view", show=False),
        Binding("n", "act('next')", "next", id="next", show=False),
        Binding("b", "act('back')", "back", id="back", show=False),
        Binding("space", "act('pause')", "pause", id="pause", show=False),
        Binding("full_stop,f9", "act('blank')", "blank", id="blank", show=False),
        Binding("t", "bar", "time", show=False),
    ]

    def __init__(
        self,
        view: Callable[[], RoomView | None],
        part: Callable[[], float],
        act: Callable[[str], object],
        url: Callable[[], str],
    ) -> None:
        """Show a room.

        Args:
            view: What the room may see now; None when the steps are over, and this goes.
            part: How much of the step's time has passed, from 0 to 1.
            act: Carries out a command of the live screen.
            url: Where phones find their page by now; empty while there is none.
        """
        super().__init__()
        self._view = view
        self._part = part
        self._act = act
        self._url_now = url
        self._url = ""
        self._code = Content("")
        self._with_bar = False

    def compose(self) -> ComposeResult:
        """Put the code beside the prompt, and the agreements below both."""
        yield Static("", markup=False, id="title")
        with Horizontal(id="middle"):
            yield RoomCard()
            with Vertical(id="join"):
                yield Static("", markup=False, id="code")
        yield Static("", markup=False, id="bar")
        yield Static("", markup=False, id="agreements")
        yield Static("", markup=False, id="address")

    def on_mount(self) -> None:
        """Follow the session."""
        self._show()
        self.set_interval(TICK_SECONDS, self._show)

    def on_resize(self) -> None:
        """Show the code where it fits whole beside the words: a cut code leads nowhere."""
        self._show()

    def action_act(self, command: str) -> None:
        """Carry out a command, and show where it has led."""
        self._act(command)
        self._show()

    def action_bar(self) -> None:
        """Show a quiet bar for the time of the step, or none; it never counts."""
        self._with_bar = not self._with_bar
        self._show()

    def _show(self) -> None:
        view = self._view()
        if view is None:
            self.dismiss()
            return
        self._draw_code()
        calm = view.moment == "pausing"
        self.query_one(RoomCard).show(view)
        self.query_one("#join").display = not calm and self._code_fits()
        self._put("#title", "" if calm else view.title)
        self._put("#bar", bar(self._part()) if self._with_bar and not calm else "")
        self._put("#agreements", "" if calm else agreed(view))
        join = strings_in(spoken(view.language))["room"]["join"]
        self._put("#address", f"{join}: {self._url}" if self._url and not calm else "")

    def _put(self, part: str, text: str) -> None:
        line = self.query_one(part, Static)
        line.update(Content(text))
        line.display = bool(text)

    def _draw_code(self) -> None:
        """Draw the code of the address, which may have come only after this was opened."""
        url = self._url_now()
        if url != self._url:
            self._url = url
            self._code = qr_content(url) if url else Content("")
            self.query_one("#code", Static).update(self._code)

    def _code_fits(self) -> bool:
        beside = Size(LEAST_WORDS_CELLS, len(("title", "address")))
        return qr_fits(self._code, self.size, beside)


def agreed(view: RoomView) -> str:
    """Return the agreements in one line or more, the group's own among them."""
    names = [one.name for one in view.agreements]
    return " · ".join((*names, *view.house_agreements))
