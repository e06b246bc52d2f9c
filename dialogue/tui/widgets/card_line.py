"""Where the words of a card are typed: what stood there can be neither called back nor copied."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea


class CardLine(TextArea):
    """A few lines for words. Emptied, it remembers nothing, and nothing is copied out of it."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False)

    def show(self, text: str) -> None:
        """Show other words in the place of those before, which are forgotten."""
        if text != self.text:
            self.load_text(text)
            self.move_cursor(self.document.end)

    def type(self, event: events.Key | events.Paste) -> bool:
        """Put what was typed or pasted where the cursor is; say whether it was text."""
        if isinstance(event, events.Paste):
            text = event.text
        elif event.is_printable and event.character:
            text = event.character
        else:
            return False
        start, end = self.selection
        self.replace(text, start, end, maintain_selection_offset=False)
        return True

    def action_copy(self) -> None:
        """Copy nothing: a terminal would keep it, and other programs read it."""

    def action_cut(self) -> None:
        """Cut nothing; the keys that delete are there."""
