"""The program while answers are coded: one screen, and no way for its words to leave it.

Touches: screen; disk, through the desk. However it ends, the session is let go of, and no word of
anybody's is printed.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from dialogue.tui.messages import ThemesLeft
from dialogue.tui.safe_app import SafeApp
from dialogue.tui.screens.themes import ThemesScreen
from dialogue.wording import ENGLISH, use
from sessions.coding import CodingDesk


class CodingApp(SafeApp, inherit_bindings=False):
    """Shows the answers of one session, to be coded."""

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
        super().__init__(looks)
        use(language)
        self._desk = desk
        self._warning = warning

    def on_mount(self) -> None:
        """Show the answers."""
        self.push_screen(ThemesScreen(self._desk, self._warning))

    @on(ThemesLeft)
    def leave(self) -> None:
        """Leave: everything is kept at each key."""
        self.stop_safely(0)

    def action_leave(self, code: int) -> None:
        """Leave at once."""
        self.stop_safely(code)

    def leave_session(self) -> bool:
        """Let go of the session; there is nothing left to save."""
        self._desk.close()
        return True
