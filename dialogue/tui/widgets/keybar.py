"""The line of keys at the bottom: the few that matter here, as many as fit."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from dialogue.tui.command import Command
from dialogue.tui.commands import shown_together


class KeyBar(Static):
    """Shows keys with their labels; what does not fit is left to help."""

    DEFAULT_CSS = """
    KeyBar { height: 1; padding: 0 1; background: $panel; }
    """

    def __init__(self, commands: tuple[Command, ...]) -> None:
        """Show the commands that belong in a footer, in their order."""
        super().__init__("", markup=False)
        shown = [pair for pair in shown_together(commands) if pair[1].footer]
        self._helping = _items(pair for pair in shown if pair[1].id == "help")
        self._others = _items(pair for pair in shown if pair[1].id != "help")

    def on_resize(self) -> None:
        """Fit the keys to the new width."""
        self.update(self.line(self.content_size.width))

    def line(self, width: int) -> Content:
        """Return as many keys as fit; the last one, help, always does."""
        others = list(self._others)
        gap = Content("  ")
        while others and gap.join([*others, *self._helping]).cell_length > width:
            others.pop()
        return gap.join([*others, *self._helping])


def _items(commands: Iterable[tuple[str, Command]]) -> list[Content]:
    """Return keys with their labels; neighbours with the same label share it: `+ − minute`."""
    return [
        Content.assemble(
            (" ".join(key for key, _command in same), "bold $footer-key-foreground"),
            (f" {label}", "$quiet"),
        )
        for label, same in itertools.groupby(commands, key=lambda pair: pair[1].shown_label)
    ]
