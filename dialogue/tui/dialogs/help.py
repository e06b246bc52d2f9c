"""Help for the screen in front of you: what it is for, and every key on it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from dialogue.tui.command import Command
from dialogue.tui.commands import shown_together
from dialogue.tui.dialogs.once import GoesOnce
from dialogue.wording import tr


class HelpDialog(GoesOnce, ModalScreen[None]):
    """Lists the keys of a screen; any of esc, ?, f1 and q leaves."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "dismiss", "back", show=False)
    ]

    def __init__(self, about: str, commands: tuple[Command, ...]) -> None:
        """Explain a screen.

        Args:
            about: What the screen is for.
            commands: Its commands, with the keys as they are.
        """
        super().__init__()
        self._about = about
        self._commands = commands

    def compose(self) -> ComposeResult:
        """Show the words above the keys."""
        with VerticalScroll():
            yield Static(tr(self._about), markup=False, classes="about")
            yield Static(key_table(self._commands), markup=False)
            yield Static(tr("↑ ↓ scroll · esc goes back"), markup=False, classes="quiet")


def key_table(commands: tuple[Command, ...]) -> Content:
    """Return a line for each command: key, then what it does."""
    rows = [
        Content.assemble((key.ljust(9), "bold $accent"), _help(one))
        for key, one in shown_together(commands)
    ]
    rows.append(
        Content.assemble(("ctrl+p".ljust(9), "bold $accent"), tr("Find a command by name."))
    )
    return Content("\n").join(rows)


def _help(command: Command) -> str:
    if command.id == "agreement-1":
        return tr("Name an agreement to the room, by its number.")
    return command.shown_help
