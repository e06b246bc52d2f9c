"""This program's one way to the network: by which names, at which port, with which certificate.

Touches: the network. One door is open at a time, and each takes the port that the one before it
had: a phone that found the first finds every other behind the same address.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

from agreements.sentence import Sentence
from dialogue.addresses import own_addresses
from dialogue.web.connections import Elsewhere, is_elsewhere
from dialogue.web.door import Door
from dialogue.web.errors import WebDoorError
from dialogue.web.server import PORT, WebDoor
from dialogue.web.tls import Tls, names_for

NO_NETWORK = Sentence(
    "No network: phones cannot reach this computer. Use cards, or hands and {key_tally}.",
    key_tally="x",
)


class Doorway:
    """Opens doors for phones, one after the other."""

    def __init__(
        self,
        *,
        tls: Tls | None = None,
        port: int = PORT,
        bind: str = "",
        addresses: Callable[[], tuple[str, ...]] | None = None,
        elsewhere: Elsewhere = is_elsewhere,
    ) -> None:
        """Make ready; nothing is opened yet.

        Args:
            tls: Serve over TLS with this certificate.
            port: The port to try first.
            bind: The address to listen on; empty for every one this computer has.
            addresses: Tells this computer's addresses when a door is opened; the system's, when
                left out.
            elsewhere: Says whether a peer is another computer than this one.
        """
        self.tls = tls
        self.port = port
        """The port of the last door; before that, the one to try first."""
        self.addresses: tuple[str, ...] = ()
        """This computer's addresses when the last door was opened."""
        self._bind = bind
        self._own_addresses = addresses or own_addresses
        self._elsewhere = elsewhere
        self._turn = asyncio.Lock()
        self._last: WebDoor | None = None

    async def open(self, door: Door, *, waiting: bool = False) -> WebDoor:
        """Close the door that is open, and open another in its place.

        Args:
            door: What the pages show.
            waiting: There is no session yet.

        Raises:
            WebDoorError: There is no network, no port, or the certificate cannot be used.
        """
        async with self._turn:
            if self._last is not None:
                await self._last.stop()
            self.addresses = self._own_addresses()
            if not self.addresses:
                raise WebDoorError(NO_NETWORK)
            self._last = WebDoor(
                door,
                names=self._names(),
                bind=self._bind,
                port=self.port,
                tls=self.tls,
                waiting=waiting,
                elsewhere=self._elsewhere,
            )
            await self._last.start()
            self.port = self._last.port
            return self._last

    def _names(self) -> tuple[str, ...]:
        if self.tls is None:
            return self.addresses
        return names_for(self.tls, self.addresses, socket.gethostname())


class HeldDoor:
    """A door in the hands of somebody who may leave while it is still being opened."""

    def __init__(self) -> None:
        """Hold none yet."""
        self.door: WebDoor | None = None
        """The door that is open."""
        self._left = False
        self._turn = asyncio.Lock()

    @property
    def url(self) -> str:
        """Where phones find the page; empty while no door is open."""
        return "" if self.door is None else self.door.url

    @property
    def seen(self) -> bool:
        """Whether a page on another computer or phone has called; which one, nobody knows."""
        return self.door is not None and self.door.seen

    async def take(self, opened: Callable[[], Awaitable[WebDoor]]) -> None:
        """Open a door and hold it, unless its holder has left by then.

        Args:
            opened: Opens it; what that raises is raised here.
        """
        async with self._turn:
            if self._left:
                return
            door = await opened()
            if self._left:
                await door.stop()
            else:
                self.door = door

    async def leave(self) -> None:
        """Shut the door, be it as soon as it is open; it is shut when this returns."""
        self._left = True
        async with self._turn:
            door, self.door = self.door, None
            if door is not None:
                await door.stop()
