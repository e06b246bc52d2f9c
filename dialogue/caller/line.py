"""One connection to a web door, kept as long as it holds: a request out, a bounded answer back.

Touches: the network. It follows no redirect, goes through no proxy, sends no cookie, unpacks
nothing, and reads no more than it was ready for, whatever is at the other end.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from dialogue.caller.address import Address
from dialogue.caller.errors import CallError, LostError, StrangeError
from dialogue.caller.trust import refusal_of, trust_of
from dialogue.web.wire import FORM

LARGEST_HEAD_BYTES: Final = 64 * 1024
LARGEST_BODY_BYTES: Final = 512 * 1024
"""More than the page and the answer to a beat take, for any plan but one that is no plan."""

_LAST_SECONDS: Final = 1.0
_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})[ \r]")
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *([0-9]{1,9}) *\r\n", re.IGNORECASE)
_CODED: Final = re.compile(rb"\r\n(?:transfer|content)-encoding:", re.IGNORECASE)
_LAST: Final = re.compile(rb"\r\nconnection: *close *\r\n", re.IGNORECASE)
_GONE: Final = (ConnectionError, asyncio.IncompleteReadError)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came."""

    status: int
    body: bytes = field(repr=False)


class Line:
    """The way to one door. It is opened when it is needed, and again when it was cut."""

    def __init__(
        self, address: Address, headers: Mapping[str, str], trust: ssl.SSLContext | None = None
    ) -> None:
        """Know the way; nothing is sent yet.

        Args:
            address: Where the door is.
            headers: What is said of the caller in every request.
            trust: How its certificate is verified; as the system does, unless somebody says.
        """
        self._address = address
        told = {"Host": address.authority, **headers}
        self._head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        self._trust = (trust or trust_of(None)) if address.tls else None
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, body: bytes, patience: float) -> Reply:
        """Send a request and return the answer; once more, when the connection was gone.

        Args:
            method: `GET` or `POST`.
            path: One of the door's.
            body: A form; empty for a GET.
            patience: How many seconds an answer is waited for.

        Raises:
            LostError: No answer came.
            StrangeError: What came is no answer of a web page.
            NotTrustedError: The certificate could not be verified; nothing was sent.
        """
        request = self._request(method, path, body)
        try:
            async with asyncio.timeout(patience):
                try:
                    return await self._exchanged(request)
                except _GONE:
                    self.hang_up()
                    return await self._exchanged(request)
        except BaseException as error:
            # What is left of an answer must not be taken for the next one.
            self.hang_up()
            if isinstance(error, Exception):
                raise _in_words(error) from None
            raise

    async def break_off(self, method: str, path: str, body: bytes) -> None:
        """Lose the network in the middle of a request."""
        request = self._request(method, path, body)
        writer = (await self._connected())[1]
        writer.write(request[: len(request) // 2])
        await writer.drain()
        self.hang_up()

    def hang_up(self) -> None:
        """Let go of the connection, as a phone does that falls asleep."""
        writer, self._reader, self._writer = self._writer, None, None
        if writer is not None:
            writer.close()

    async def close(self) -> None:
        """Let go of the connection, and wait until it is gone."""
        writer = self._writer
        self.hang_up()
        if writer is not None:
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(_LAST_SECONDS):
                    await writer.wait_closed()

    async def _exchanged(self, request: bytes) -> Reply:
        reader, writer = await self._connected()
        writer.write(request)
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        status, length = _STATUS.match(head), _LENGTH.search(head)
        if status is None or length is None or _CODED.search(head):
            raise _strange()
        if int(length[1]) > LARGEST_BODY_BYTES:
            raise _strange()
        body = await reader.readexactly(int(length[1]))
        if _LAST.search(head):
            self.hang_up()
        return Reply(int(status[1]), body)

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._reader is None or self._writer is None or self._writer.is_closing():
            self._reader, self._writer = await asyncio.open_connection(
                self._address.host,
                self._address.port,
                limit=LARGEST_HEAD_BYTES,
                ssl=self._trust,
            )
        return self._reader, self._writer

    def _request(self, method: str, path: str, body: bytes) -> bytes:
        lines = f"{method} {path} HTTP/1.1\r\n{self._head}"
        if body:
            lines += f"Origin: {self._address.origin}\r\nContent-Type: {FORM}\r\n"
            lines += f"Content-Length: {len(body)}\r\n"
        return f"{lines}\r\n".encode("latin-1") + body


def refused(status: int) -> CallError | None:
    """Return why an answer is of no use, in words; None for a good one."""
    if status == HTTPStatus.OK:
        return None
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return StrangeError(
            "This address sends callers on to another one, and that is not followed. Type the "
            "address exactly as it stands on the join screen."
        )
    if status == HTTPStatus.MISDIRECTED_REQUEST:
        return StrangeError(
            "The session there goes by another address. Type it exactly as it stands on the join "
            "screen."
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        return LostError("The session's page cannot answer just now. Try again in a moment.")
    return _strange()


def _in_words(error: Exception) -> CallError:
    """Return an error of the network as one of ours; a defect stays what it is."""
    match error:
        case CallError():
            return error
        case ssl.SSLCertVerificationError():
            return refusal_of(error)
        case ssl.SSLError():
            return StrangeError(
                "Nobody at this address speaks TLS as we do. If the join screen shows http://, "
                "type it like that."
            )
        case asyncio.LimitOverrunError():
            return _strange()
        # A TimeoutError is an OSError, and so is a name that nobody knows.
        case OSError() | asyncio.IncompleteReadError() | UnicodeError():
            return LostError(
                "Nobody answers at this address. Is it the one on the join screen, and is this "
                "computer on the same network?"
            )
        case _:
            raise error


def _strange() -> StrangeError:
    return StrangeError(
        "What answers at this address is not the page of a session. Type the address exactly as it "
        "stands on the join screen."
    )
