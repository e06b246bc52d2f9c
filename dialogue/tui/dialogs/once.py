"""What every window over a screen has: it goes once, however fast the keys come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.await_complete import AwaitComplete

if TYPE_CHECKING:
    from textual.screen import Screen

    _Window = Screen[Any]
else:
    # A widget inherits the style of its first base that is a widget, and that is not this one.
    _Window = object


class GoesOnce(_Window):
    """A window that a second key cannot dismiss again: Textual would take the screen below it."""

    def dismiss(self, result: object = None) -> AwaitComplete:
        """Go, unless it is gone already."""
        if self.app.screen is not self:
            return AwaitComplete()
        return super().dismiss(result)
