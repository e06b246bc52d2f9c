"""The first line of a screen: what this is on the left, the facts of the moment on the right."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class TopBar(Static):
    """One line that is never wrapped; the left side gives way."""

    DEFAULT_CSS = """
    TopBar { height: 1; padding: 0 1; background: $panel; text-wrap: nowrap; }
    """

    def __init__(self, left: str, right: str = "") -> None:
        """Show a title and facts."""
        super().__init__("", markup=False)
        self._left = left
        self._right = right

    def show(self, left: str, right: str) -> None:
        """Show other words; nothing is drawn when they are the same."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self._draw()

    def on_resize(self) -> None:
        """Fit both sides to the new width."""
        self._draw()

    def _draw(self) -> None:
        right = Content(self._right)
        room = max(self.content_size.width - right.cell_length - 2, 8)
        left = Content.styled(self._left, "bold").truncate(room, ellipsis=True, pad=True)
        self.update(Content.assemble(left, "  ", right), layout=False)
