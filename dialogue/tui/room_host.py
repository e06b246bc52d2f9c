"""What the screens know of the room's door: whether it is open, where, and the sheets behind it.

Pure: an interface. The screens and the web pages never meet; what stands behind this is put
together by the program.
"""

from __future__ import annotations

from typing import Protocol

from sessions.room import RoomView
from sessions.sheet_desk import SheetDesk


class RoomHost(Protocol):
    """The room of one session."""

    sheets: SheetDesk
    """The sheet that is open, if one is."""
    blank: bool
    """The room's pages show the calm page."""

    @property
    def url(self) -> str:
        """Where phones find the page; empty while there is no network."""

    @property
    def problem(self) -> str:
        """Why there is no page for phones, in a sentence; empty when there is one."""

    def view(self) -> RoomView:
        """Return what the room may see now."""

    async def start(self) -> None:
        """Open the door for phones; without a network the session goes on without it."""

    async def stop(self) -> None:
        """Close the door and let go of the box, with everything in it as it is."""
