"""Windows over the form: the agreements, what is kept, and deleting an answer by its words."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from dialogue.tui.dialogs.once import GoesOnce
from dialogue.web.strings import Strings

_LONGEST = 80


class ReadingDialog(GoesOnce, ModalScreen[None]):
    """Something to read; esc goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f2,f3,f4,q", "dismiss", "back", show=False)
    ]

    def __init__(self, text: Content, back: str) -> None:
        """Show a text.

        Args:
            text: What there is to read.
            back: How to go back, in words.
        """
        super().__init__()
        self._text = text
        self._back = back

    def compose(self) -> ComposeResult:
        """Show the text, and how to go back."""
        with VerticalScroll():
            yield Static(self._text, markup=False)
            yield Static(self._back, markup=False, classes="quiet")

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(VerticalScroll).focus()


class WithdrawDialog(GoesOnce, ModalScreen[str]):
    """Asks for the four words that delete an answer; hands them back, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f4", "dismiss('')", "back", show=False)
    ]

    def __init__(self, t: Strings) -> None:
        """Ask for the words.

        Args:
            t: The texts of the room's language.
        """
        super().__init__()
        self._t = t

    def compose(self) -> ComposeResult:
        """Put a line to type in below what these words can do."""
        said = self._t["withdraw"]
        with Vertical():
            yield Static(Content.styled(said["title"], "bold"), markup=False)
            yield Static(said["about"], markup=False)
            yield Static(said["words"], markup=False, classes="label")
            yield Input(max_length=_LONGEST, compact=True)
            back = f"enter  {said['delete']} · {self._t['terminal']['go_back']}"
            yield Static(back, markup=False, classes="quiet")

    def on_mount(self) -> None:
        """Let the words be typed at once."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def take(self, event: Input.Submitted) -> None:
        """Hand back what was typed."""
        event.stop()
        self.dismiss(event.value)
