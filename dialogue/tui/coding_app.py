"""The program while answers are coded: one screen, and no way for its words to leave it.

Touches: screen; disk, through the desk. However it ends, the session is let go of, and no word of
anybody's is printed.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType

from dialogue.tui import theme
from dialogue.tui.messages import HomeAsked
from dialogue.tui.plain_signs import SignsApp
from dialogue.tui.screens.base import CommandScreen
from dialogue.tui.screens.themes import ThemesScreen
from dialogue.tui.styles import STYLE_SHEETS
from dialogue.wording import ENGLISH, use
from sessions.coding import CodingDesk
from sessions.text import clean

LONGEST_PASTE = 64 * 1024


class CodingApp(SignsApp, inherit_bindings=False):
    """Shows the answers of one session, to be coded."""

    TITLE = "dialogue"
    CSS_PATH = STYLE_SHEETS
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave(0)", "leave", show=False, priority=True),
        Binding("ctrl+c", "leave(130)", "leave", show=False, priority=True),
    ]

    def __init__(
        self,
        desk: CodingDesk,
        *,
        looks: str = "dark",
        language: str = ENGLISH,
        warning: str = "",
    ) -> None:
        """Show nothing yet.

        Args:
            desk: The session whose answers are coded.
            looks: The theme, as the settings name it.
            language: What the screen speaks: one of `screen_languages`.
            warning: What may record this terminal.
        """
        super().__init__()
        use(language)
        self.crash: Exception | None = None
        self.unkept = ""
        self.last_path: Path | None = None
        self._desk = desk
        self._looks = looks
        self._warning = warning

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own theme variables."""
        return theme.VARIABLE_DEFAULTS

    def on_mount(self) -> None:
        """Set the theme, and show the answers."""
        for one in theme.THEMES.values():
            self.register_theme(one)
        self.theme = theme.THEMES["light" if self._looks == "light" else "dark"].name
        if self._looks == "system":
            self.theme = "textual-ansi"
        self.push_screen(ThemesScreen(self._desk, self._warning))

    async def on_event(self, event: events.Event) -> None:
        """Let what is pasted pass the text gate, and let the screen see first what is typed."""
        if isinstance(event, events.Paste):
            event.text = clean(event.text, limit=LONGEST_PASTE)
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            screen = self.screen
            if isinstance(screen, CommandScreen) and await screen.take(event):
                return
        await super().on_event(event)

    def copy_to_clipboard(self, text: str) -> None:
        """Keep what is cut within this program; Textual would hand it to the terminal."""
        self._clipboard = text

    @on(HomeAsked)
    def leave(self) -> None:
        """Leave: everything is kept at each key."""
        self.stop_safely(0)

    def action_leave(self, code: int) -> None:
        """Leave at once."""
        self.stop_safely(code)

    def stop_safely(self, return_code: int) -> None:
        """Let go of the session and leave."""
        self.leave_session()
        self.exit(return_code=return_code)

    def leave_session(self) -> bool:
        """Let go of the session; there is nothing left to save."""
        self._desk.close()
        return True

    def _fatal_error(self) -> None:
        """Leave. What Textual would print holds local variables, and so words."""
        self.crash = self._exception
        self.leave_session()
        self._close_messages_no_wait()

    def panic(self, *_renderables: object) -> None:
        """Leave without printing what an error would show of itself."""
        self._fatal_error()
