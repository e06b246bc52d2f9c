"""What a command of the terminal UI is: something a person can do on a screen with one key.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

from dialogue.tui.key_names import key_shown
from dialogue.wording import tr, trc

ScreenName = Literal["home", "prepare", "live", "review", "close", "summary"]


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do on a screen with one key."""

    id: str
    key: str
    label: str
    """One or two words for the footer."""
    help: str
    """One sentence for help and palette."""
    screens: tuple[ScreenName, ...]
    footer: bool = False
    """It is among the few keys shown at the bottom."""

    @property
    def shown_key(self) -> str:
        """The key as people read it on their keyboard."""
        return key_shown(self.key.split(",")[0])

    @property
    def shown_label(self) -> str:
        """The label in the language of the screens."""
        return trc("key", self.label)

    @property
    def shown_help(self) -> str:
        """The sentence in the language of the screens."""
        return tr(self.help)

    def binding(self, *, at_once: bool) -> Binding:
        """Return the Textual binding; its id lets a config file change the key.

        Args:
            at_once: Carry it out before the next key is looked at.
        """
        return Binding(
            self.key,
            f"command('{self.id}')",
            self.label,
            id=self.id,
            tooltip=self.help,
            show=False,
            priority=at_once,
        )
