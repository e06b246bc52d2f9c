"""What the screens know of the room's door: whether it is open, where, and the sheets behind it.

Pure: interfaces. The screens and the web pages never meet; what stands behind these is put
together by the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from dialogue.finding import Finding
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

    @property
    def seen(self) -> bool:
        """Whether a page on another computer or phone has called; which one, nobody knows."""

    def view(self) -> RoomView:
        """Return what the room may see now."""

    async def start(self) -> None:
        """Open the door for phones; without a network the session goes on without it."""

    async def stop(self) -> None:
        """Close the door and let go of the box, with everything in it as it is."""


class PhoneCheck(Protocol):
    """A door opened before the session, to see whether a phone reaches this computer."""

    @property
    def url(self) -> str:
        """Where a phone finds the waiting page; empty while there is none."""

    @property
    def seen(self) -> bool:
        """Whether a page on another computer or phone has called; which one, nobody knows."""

    def findings(self, *, late: bool) -> list[Finding]:
        """Return what was found, each with what to do where it is not fine.

        Args:
            late: A phone has had time enough to be seen.
        """

    async def start(self) -> None:
        """Open the door."""

    async def stop(self) -> None:
        """Close the door; the session opens its own behind the same address."""
