"""What every program with screens has: looks, typing that is looked at first, and a silent end.

Touches: screen. However it ends, what is open is saved and let go of first, and no word of
anybody's is printed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

from textual import events
from textual.widgets import Input, TextArea

from dialogue.tui import theme
from dialogue.tui.plain_signs import SignsApp
from dialogue.tui.styles import STYLE_SHEETS, KeptStylesheet
from sessions.text import clean

LONGEST_PASTE = 64 * 1024
MOST_PASTED_LINES = 2000
"""Enough for the roster of the largest room."""


@runtime_checkable
class TakesFirst(Protocol):
    """A screen that looks at what is typed before any key is carried out."""

    async def take(self, event: events.Key | events.Paste) -> bool:
        """Look at it; say whether nothing is left to do."""


class SafeApp(SignsApp, inherit_bindings=False):
    """A program that leaves nothing unsaved and nothing printed behind."""

    TITLE = "dialogue"
    CSS_PATH = STYLE_SHEETS

    def __init__(self, looks: str = "dark") -> None:
        """Start in a theme.

        Args:
            looks: The theme, as the settings name it.
        """
        super().__init__()
        self.stylesheet = KeptStylesheet(self.get_css_variables())
        self._wear(looks)
        self.crash: Exception | None = None
        """An error nobody foresaw, of which only the kind is ever said."""
        self.unkept = ""
        """Why the last changes of a session that was left are not on the disk."""
        self.last_path: Path | None = None
        """Where the record of the last open session lies."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own theme variables."""
        return theme.VARIABLE_DEFAULTS

    def _wear(self, looks: str) -> None:
        """Set the theme, as the settings name it."""
        for one in theme.THEMES.values():
            self.register_theme(one)
        self.theme = theme.THEMES["light" if looks == "light" else "dark"].name
        if looks == "system":
            self.theme = "textual-ansi"

    async def on_event(self, event: events.Event) -> None:
        """Let what is pasted pass the text gate, and let the screen see first what is typed."""
        if isinstance(event, events.Paste):
            event.text = clean(event.text, limit=LONGEST_PASTE, lines=MOST_PASTED_LINES)
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            screen = self.screen
            if isinstance(screen, TakesFirst) and await screen.take(event):
                return
        await super().on_event(event)

    def copy_to_clipboard(self, text: str) -> None:
        """Keep what is cut where words are typed or people's words stand.

        Textual would tell the terminal, which keeps it, and other programs read it.
        """
        if self.screen.ALLOW_SELECT and not isinstance(self.focused, Input | TextArea):
            super().copy_to_clipboard(text)
        else:
            self._clipboard = text

    def stop_safely(self, return_code: int) -> None:
        """Save what is due and leave."""
        self.leave_session()
        self.exit(return_code=return_code)

    def leave_session(self) -> bool:
        """Save what is due and let go of it; say whether all of it is on the disk."""
        return True

    def _fatal_error(self) -> None:
        """Save and leave. What Textual would print holds local variables, and so words."""
        self.crash = self._exception
        self.leave_session()
        self._close_messages_no_wait()

    def panic(self, *_renderables: object) -> None:
        """Leave without printing what an error would show of itself."""
        self._fatal_error()
