"""What answers a form, held for the moment until its browser comes to fetch it.

Touches: the system's random source, for a key; the clock of the event loop.

A browser keeps what a form has sent beside the page that answers it, on its disk as well, to send
it again. So no form is answered by a page: it hears of an address, fetches the page from there, and
an address is all that the browser has to keep. Here the page waits, in memory and nowhere else.
It is handed out once, and what nobody fetches is forgotten.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from hashlib import blake2b
from typing import Final

HELD_SECONDS: Final = 30
"""How long a page waits. A browser comes at once; a weak Wi-Fi may need a few tries."""

HELD_PAGES: Final = 512
"""How many wait at most, one for each phone page; for one more, the oldest of them goes."""

_SLIP: Final = re.compile(r"[0-9a-f]{32}")


def is_slip(slip: str) -> bool:
    """Say whether a text has the form of a slip."""
    return _SLIP.fullmatch(slip) is not None


class HeldPages:
    """Pages that wait, each under its slip."""

    def __init__(self, *, seconds: float = HELD_SECONDS, most: int = HELD_PAGES) -> None:
        """Hold nothing yet.

        Args:
            seconds: How long a page waits.
            most: How many wait at most.
        """
        self._seconds = seconds
        self._most = most
        self._key = secrets.token_bytes(32)
        self._waiting: dict[str, tuple[bytes, asyncio.TimerHandle]] = {}

    def lay(self, seat: str, page: bytes) -> str:
        """Hold a page, and return its slip: what it is asked for by.

        A slip cannot be guessed, and says nothing. One copy of the phone page always has the same,
        so that the history of a browser tells nobody how often something was sent.

        Args:
            seat: The random id of the phone page that was answered.
            page: The page that answers it. One that still waits for the same seat goes.
        """
        slip = blake2b(seat.encode(), key=self._key, digest_size=16).hexdigest()
        self.take(slip)
        if len(self._waiting) == self._most:
            self.take(next(iter(self._waiting)))
        timer = asyncio.get_running_loop().call_later(self._seconds, self.take, slip)
        self._waiting[slip] = (page, timer)
        return slip

    def take(self, slip: str) -> bytes | None:
        """Return the page of a slip, and hold it no longer; None when there is none."""
        if slip not in self._waiting:
            return None
        page, timer = self._waiting.pop(slip)
        timer.cancel()
        return page

    def clear(self) -> None:
        """Forget them all."""
        for slip in list(self._waiting):
            self.take(slip)
