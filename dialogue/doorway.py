"""This program's one way to the network: by which names, at which port, with which certificate.

Touches: the network. One door is open at a time, and each takes the port that the one before it
had: a phone that found the first finds every other behind the same address.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

from dialogue.addresses import own_addresses
from dialogue.web.connections import Elsewhere, is_elsewhere
from dialogue.web.door import Door
from dialogue.web.errors import WebDoorError
from dialogue.web.server import PORT, WebDoor
from dialogue.web.tls import Tls, names_for

NO_NETWORK = "No network: phones cannot reach this computer. Use cards, or hands and x."


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
