"""What every screen has: commands from the catalogue, a line of keys, a word when it is too small.

Touches: screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from dialogue.tui.command import Command, ScreenName
from dialogue.tui.commands import CATALOGUE, commands_of
from dialogue.tui.dialogs.help import HelpDialog
from dialogue.tui.widgets.keybar import KeyBar
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.wording import tr

LEAST_WIDTH = 80
LEAST_HEIGHT = 24
TINY_WIDTH = 40
TINY_HEIGHT = 12

Handlers = Mapping[str, Callable[[], None]]


class CommandScreen(Screen[None]):
    """A screen whose keys carry out commands of the catalogue."""

    NAME: ClassVar[ScreenName]
    """The screen's name in the catalogue."""
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 — Textual declares it as an instance's
        (0, "-narrow"),
        (100, "-medium"),
        (120, "-wide"),
    ]
    AUTO_FOCUS = ""
    """Nothing: text is typed only where a person has gone to type."""
    ABOUT: ClassVar[str] = ""
    """What the screen is for, in two or three sentences; help begins with it."""
    confirming: str = ""
    """The command that does for good what was asked for with a key right before it."""

    asked: var[bool] = var(False, init=False)  # noqa: FBT003
    """What cannot be undone has been asked for, and the next key may confirm it."""

    def commands(self) -> tuple[Command, ...]:
        """Return the commands of this screen, with the keys of the config file."""
        catalogue: tuple[Command, ...] = getattr(self.app, "catalogue", CATALOGUE)
        return commands_of(self.NAME, catalogue)

    def handlers(self) -> Handlers:
        """Return what carries out each command."""
        return {}

    def key_bar(self) -> KeyBar:
        """Return the line of keys for the bottom."""
        return KeyBar(self.commands())

    def too_small(self) -> Static:
        """Return the line that is shown when the terminal is smaller than 80×24."""
        return Static("", markup=False, id="too-small")

    def action_command(self, command: str) -> None:
        """Carry out a command of the catalogue; one that comes after it has gone is late."""
        handler = self.handlers().get(command)
        if handler is not None and self.app.screen is self:
            handler()

    async def take(self, event: events.Key | events.Paste) -> bool:
        """Look at what is typed before any key is carried out; say whether nothing is left to do.

        Whatever is typed after the question and is not its answer takes the question back, be it
        a command or not.
        """
        self.asked = self.asked and isinstance(event, events.Key) and self._confirms(event.key)
        return False

    def say(self, sentence: str, *, once_kept: bool = False, public: str | None = None) -> None:
        """Say what just happened.

        Args:
            sentence: What to say.
            once_kept: It is true only when all is on the disk; until then it is not said.
            public: What is said instead while others read along; the same when left out.
        """
        self.query_one(StatusLine).say(sentence, once_kept=once_kept, public=public)

    def show_help(self) -> None:
        """Explain this screen and every key on it."""
        self.app.push_screen(HelpDialog(self.ABOUT, self.commands()))

    def tell(self, message: Message) -> None:
        """Tell the program what a person chose."""
        self.post_message(message)

    def _confirms(self, key: str) -> bool:
        confirming = (one for one in self.commands() if one.id == self.confirming)
        return any(key in one.key.split(",") for one in confirming)

    def on_resize(self, event: events.Resize) -> None:
        """Say when the terminal is too small to show everything."""
        width, height = event.size
        small = width < LEAST_WIDTH or height < LEAST_HEIGHT
        self.set_class(small, "-small")
        self.set_class(width < TINY_WIDTH or height < TINY_HEIGHT, "-tiny")
        for line in self.query("#too-small").results(Static):
            line.update(tr("{size} is small; 80×24 shows all.", size=f"{width}×{height}"))
