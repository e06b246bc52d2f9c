"""A text to read over a screen, and one key to go back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from dialogue.tui.dialogs.once import GoesOnce


class TextDialog(GoesOnce, ModalScreen[None]):
    """Shows a text; esc, q and enter go back."""

    CSS_PATH = "reading.tcss"
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss", "back")]

    def __init__(self, about: str, text: Content, back: str) -> None:
        """Show a text.

        Args:
            about: What it is, in a sentence or two.
            text: The text itself.
            back: The keys, in a line below it.
        """
        super().__init__()
        self._about = about
        self._text = text
        self._back = back

    def compose(self) -> ComposeResult:
        """Show what it is above the text."""
        with VerticalScroll():
            yield Static(self._about, markup=False, classes="about")
            yield Static(self._text, markup=False)
            yield Static(self._back, markup=False, classes="back")
