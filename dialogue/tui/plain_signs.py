"""The last look at every line of a screen: where a terminal lacks signs, plain ones are drawn.

Touches: the screen. It remembers no text.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter

from dialogue import signs


class PlainSigns(LineFilter):
    """Puts plain signs in the place of those that the terminal lacks, frames and bars too."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return a line with plain signs."""
        del background
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(signs.drawn(segment.text), segment.style)
            for segment in segments
        ]


class SignsApp(App[None], inherit_bindings=False):
    """A program that draws as many signs as its terminal has."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what each line passes before it is drawn."""
        found = super().get_line_filters()
        return [*found, PlainSigns()] if signs.are_plain() else found
