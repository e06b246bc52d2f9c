"""The room of one session: its sheets, its reception, and the web door before them.

Touches: the network, disk through the sheet desk. A session goes on without phones when there is
no network: paper and hands need none.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from agreements.sentence import Sentence
from dialogue.doorway import Doorway, HeldDoor
from dialogue.paths import Places
from dialogue.reception import Reception
from dialogue.web.door import Door
from dialogue.web.errors import WebDoorError
from dialogue.web.server import WebDoor
from sessions.cards import CardFolder
from sessions.keys import KeyFolder
from sessions.live import LiveSession
from sessions.room import RoomView
from sessions.sheet_desk import SheetDesk


class Hosting:
    """Serves one session to its room."""

    def __init__(
        self,
        session: LiveSession,
        places: Places,
        *,
        doorway: Doorway | None = None,
        door_for: Callable[[Door], WebDoor] | None = None,
    ) -> None:
        """Make ready; `start` opens the door.

        Args:
            session: The session.
            places: Where its keys and its seat cards are kept.
            doorway: The way to this computer's networks; one of its own, when left out.
            door_for: Makes another door than the one to this computer's networks.

        Raises:
            StorageError: The box of an interrupted session cannot be read.
        """
        self.sheets = SheetDesk(session, KeyFolder(places.config), CardFolder(places.config))
        self._reception = Reception(session, self.sheets)
        self._doorway = doorway or Doorway()
        self._door_for = door_for
        self.held = HeldDoor()
        """The door that is open, if one is."""
        self._problem: str = Sentence("The page for phones is not open yet.")

    @property
    def url(self) -> str:
        """Where phones find the page; empty while there is no network."""
        return self.held.url

    @property
    def seen(self) -> bool:
        """Whether a page on another computer or phone has called."""
        return self.held.seen

    @property
    def problem(self) -> str:
        """Why there is no page for phones; empty when there is one."""
        return self._problem

    @property
    def blank(self) -> bool:
        """Whether the room's pages show the calm page."""
        return self._reception.blank

    @blank.setter
    def blank(self, blank: bool) -> None:
        self._reception.blank = blank

    def view(self) -> RoomView:
        """Return what the room may see now."""
        return self._reception.shown()

    async def start(self) -> None:
        """Open the door for phones, if there is a network to open it on."""
        try:
            await self.held.take(self._opened)
        except WebDoorError as error:
            self._problem = error.sentence
        except Exception as error:  # noqa: BLE001  # the session goes on, and is told
            self._problem = Sentence(
                "Phones cannot join: something went wrong inside the program ({fault}). Use paper, "
                "or hands and {key_tally}; please report this.",
                key_tally="x",
                fault=type(error).__name__,
            )
        else:
            self._problem = ""

    async def stop(self) -> None:
        """Close the door and let go of the box, with everything in it as it is."""
        with contextlib.suppress(WebDoorError):
            await self.held.leave()
        self.sheets.leave()

    async def _opened(self) -> WebDoor:
        """Return the door, open.

        Raises:
            WebDoorError: It cannot be opened.
        """
        if self._door_for is None:
            return await self._doorway.open(self._reception)
        door = self._door_for(self._reception)
        await door.start()
        return door
