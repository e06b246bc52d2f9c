"""A question with a yes and a no, for the rare case in which a screen cannot go on without."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from dialogue.tui.dialogs.once import GoesOnce


class QuestionDialog(GoesOnce, ModalScreen[bool]):
    """Asks one thing; y is yes, esc is no, and Enter does nothing by accident."""

    CSS_PATH = "question.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", show=False),
        Binding("escape,n", "answer(False)", "no", show=False),
    ]

    def __init__(self, question: str, *, yes: str, no: str) -> None:
        """Ask a question.

        Args:
            question: What it is about, in a sentence.
            yes: The key for yes and what it does.
            no: The key for no and what it does.
        """
        super().__init__()
        self._lines = (question, "", yes, no)

    def compose(self) -> ComposeResult:
        """Show the question above its answers."""
        with Vertical():
            yield Static("\n".join(self._lines), markup=False)

    def action_answer(self, agreed: bool) -> None:  # noqa: FBT001
        """Hand back the answer."""
        self.dismiss(agreed)
