"""A phone in a rehearsal: it speaks HTTP to the web door, as a browser with the page's script does.

Touches: the network, on loopback. It keeps its connection and opens another when that is gone, as
browsers do.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from dialogue.web.guard import FORM
from dialogue.web.wire import Beat, beat_body

PATIENCE_SECONDS: Final = 30.0
"""How long an answer is waited for, by the clock of the computer."""

_LARGEST_HEAD_BYTES: Final = 64 * 1024
_SEAT: Final = re.compile(rb'id="seat" value="([0-9a-f]{32})"')
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *([0-9]+)\r\n", re.IGNORECASE)

State = dict[str, Any]
"""What the answer to a beat holds."""

_GONE = (ConnectionError, asyncio.IncompleteReadError)


class DoorSilentError(Exception):
    """The web door gave an answer that no page could go on with; a fault of ours."""


class Phone:
    """One browser with the phone page in it."""

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        """Take a phone out; nothing is sent yet.

        Args:
            url: Where the page is.
            headers: What this browser says of itself in every request.
        """
        parts = urlsplit(url)
        self._origin = url
        self._address = (parts.hostname or "", parts.port or 80)
        told = {"Host": parts.netloc, **headers}
        self._head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def open_page(self) -> str:
        """Load the page and return the seat it was given."""
        found = _SEAT.search(await self._ask("GET", "/", b""))
        if found is None:
            raise DoorSilentError("the phone page holds no seat")
        return found[1].decode()

    async def beat(self, beat: Beat) -> State:
        """Send a beat and return what the page is told."""
        state: State = json.loads(await self._ask("POST", "/beat", beat_body(beat)))
        return state

    async def break_off(self, beat: Beat) -> None:
        """Lose the network in the middle of a beat."""
        request = self._request("POST", "/beat", beat_body(beat))
        writer = (await self._connected())[1]
        writer.write(request[: len(request) // 2])
        await writer.drain()
        self.hang_up()

    def hang_up(self) -> None:
        """Let go of the connection, as a phone does that falls asleep."""
        writer, self._reader, self._writer = self._writer, None, None
        if writer is not None:
            writer.close()

    async def _ask(self, method: str, path: str, body: bytes) -> bytes:
        """Send a request and return the answer's body; once more, when the connection was gone."""
        request = self._request(method, path, body)
        async with asyncio.timeout(PATIENCE_SECONDS):
            try:
                return await self._exchanged(request)
            except _GONE:
                self.hang_up()
                return await self._exchanged(request)

    async def _exchanged(self, request: bytes) -> bytes:
        reader, writer = await self._connected()
        writer.write(request)
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        status = int(head.split(b" ", 2)[1])
        if status != HTTPStatus.OK:
            raise DoorSilentError(f"the web door answered {status}")
        return body

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._reader is None or self._writer is None or self._writer.is_closing():
            self._reader, self._writer = await asyncio.open_connection(
                *self._address, limit=_LARGEST_HEAD_BYTES
            )
        return self._reader, self._writer

    def _request(self, method: str, path: str, body: bytes) -> bytes:
        lines = f"{method} {path} HTTP/1.1\r\n{self._head}"
        if body:
            lines += f"Origin: {self._origin}\r\nContent-Type: {FORM}\r\n"
            lines += f"Content-Length: {len(body)}\r\n"
        return f"{lines}\r\n".encode("latin-1") + body
