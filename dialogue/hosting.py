"""The room of one session: its sheets, its reception, and the web door before them.

Touches: the network, disk through the sheet desk. A session goes on without phones when there is
no network: paper and hands need none.
"""

from __future__ import annotations

import contextlib

from dialogue.addresses import own_addresses
from dialogue.paths import Places
from dialogue.reception import Reception
from dialogue.web.server import Tls, WebDoor, WebDoorError
from sessions.keys import KeyFolder
from sessions.live import LiveSession
from sessions.room import RoomView
from sessions.sheet_desk import SheetDesk
from sessions.store import Store


def delete_orphan_keys(store: Store, places: Places) -> None:
    """Delete the keys of asks that belong to no open session, so that nothing can be read again.

    Raises:
        StorageError: A key could not be deleted, or the folders not be read.
    """
    keys = KeyFolder(places.config)
    keys.forget(keys.orphans(store.open_names()))


class Hosting:
    """Serves one session to its room."""

    def __init__(self, session: LiveSession, places: Places, *, tls: Tls | None = None) -> None:
        """Make ready; `start` opens the door.

        Raises:
            StorageError: The box of an interrupted session cannot be read.
        """
        self.sheets = SheetDesk(session, KeyFolder(places.config))
        self._reception = Reception(session, self.sheets)
        self._tls = tls
        self._door: WebDoor | None = None
        self._problem = "The page for phones is not open yet."

    @property
    def url(self) -> str:
        """Where phones find the page; empty while there is no network."""
        return "" if self._door is None else self._door.url

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
        return self._reception.view()

    async def start(self) -> None:
        """Open the door for phones, if there is a network to open it on."""
        names = own_addresses()
        if not names:
            self._problem = (
                "No network: phones cannot reach this computer. Use cards, or hands and x."
            )
            return
        door = WebDoor(self._reception, names=names, tls=self._tls)
        try:
            await door.start()
        except WebDoorError as error:
            self._problem = error.sentence
            return
        self._door, self._problem = door, ""

    async def stop(self) -> None:
        """Close the door and let go of the box, with everything in it as it is."""
        door, self._door = self._door, None
        if door is not None:
            with contextlib.suppress(WebDoorError):
                await door.stop()
        self.sheets.leave()
