"""One connection to a phone: how long it may take, and how many there may be.

Touches: the network, through uvicorn's protocol.

A connection always stands in one phase, each with a time limit that cannot be stretched by sending
a byte now and then. Who is at the other end is known for as long as it is connected, as a keyed
hash in memory that tells two peers apart and nothing else; the key dies with the program. No
address reaches anything that answers a request. Whether the other end is another computer than
this one is a yes or no, held while it is connected; once a page of such a one has called, a single
yes stays for all of them together.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from ipaddress import ip_address
from typing import Any, Final, Literal

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from dialogue.web.door import CALLED

HEAD_BYTES: Final = 8_192
"""Most bytes of a request before its body."""

_NO_HTTP: Final = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"

Phase = Literal["head", "body", "answer", "idle", "closing"]
"""What is waited for: the head of a request, its body, its answer, the next request, the end."""


Elsewhere = Callable[[str, str], bool]
"""Says whether a peer, by its address, is another computer than the one it came to, by the
address that it came to."""


def is_elsewhere(peer: str, here: str) -> bool:
    """Say whether a peer is another computer: calls of this one come from where they go to."""
    return peer not in ("", here) and not ip_address(peer).is_loopback


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the server anybody may take."""

    sockets: int = 1024
    """Most connections in all."""
    per_peer: int = 16
    """Most connections from one address. A phone needs one or two."""
    head_seconds: float = 5
    body_seconds: float = 5
    answer_seconds: float = 30
    """How long an answer may take to be made and to be fetched."""
    closing_seconds: float = 5
    """How long the last bytes may take to be fetched."""
    idle_seconds: int = 10
    """How long a connection may wait for its next request."""


class Peers:
    """How many connections each address has open, and whether any page called from elsewhere."""

    def __init__(self, limits: Limits, elsewhere: Elsewhere = is_elsewhere) -> None:
        """Count from nothing, under a key of this start of the program."""
        self._limits = limits
        self._elsewhere = elsewhere
        self._key = secrets.token_bytes(32)
        self._open: dict[bytes, int] = {}
        self.nobody = asyncio.Event()
        """Set while there is no connection."""
        self.nobody.set()
        self.seen = False
        """A page that is not on this computer has called. Which, how many and when is not known."""

    def is_elsewhere(self, address: str, here: str) -> bool:
        """Say whether a peer is another computer; neither address is kept."""
        return self._elsewhere(address, here)

    def called(self, *, elsewhere: bool) -> None:
        """Take note that a page has called."""
        self.seen = self.seen or elsewhere

    def enter(self, address: str) -> bytes | None:
        """Count a connection and return the peer's mark; None when there are too many."""
        peer = blake2b(address.encode(), key=self._key, digest_size=16).digest()
        here = self._open.get(peer, 0)
        if here >= self._limits.per_peer or self.count >= self._limits.sockets:
            return None
        self._open[peer] = here + 1
        self.nobody.clear()
        return peer

    def leave(self, peer: bytes) -> None:
        """Count a connection out; of a peer without one nothing is left."""
        self._open[peer] -= 1
        if not self._open[peer]:
            del self._open[peer]
        if not self._open:
            self.nobody.set()

    @property
    def count(self) -> int:
        """How many connections there are."""
        return sum(self._open.values())


class RoomConnection(H11Protocol):
    """A connection that cannot be held open by doing little."""

    def __init__(
        self,
        peers: Peers,
        limits: Limits,
        *,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
    ) -> None:
        """Stand ready for a phone."""
        super().__init__(config, server_state, {**app_state, CALLED: self._called})
        self._peers = peers
        self._peer: bytes | None = None
        self._elsewhere = False
        self._phase: Phase | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._seconds: dict[Phase, float] = {
            "head": limits.head_seconds,
            "body": limits.body_seconds,
            "answer": limits.answer_seconds,
            "idle": limits.idle_seconds,
            "closing": limits.closing_seconds,
        }

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, unless there are too many."""
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        self._elsewhere = self._peers.is_elsewhere(address, self.server[0] if self.server else "")
        self.client = None
        self._peer = self._peers.enter(address)
        if self._peer is None:
            transport.abort()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        super().connection_lost(exc)
        self._stop_watching()
        if self._peer is not None:
            self._peers.leave(self._peer)
            self._peer = None

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
        super().data_received(data)
        self._watch()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, in few words; where another answer is under way, hang up."""
        del msg
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(_NO_HTTP)
            self.transport.close()
        else:
            self.transport.abort()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._watch()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that nobody uses."""
        super().timeout_keep_alive_handler()
        self._watch()

    def shutdown(self) -> None:
        """Close the connection once what is under way is answered."""
        super().shutdown()
        self._watch()

    def _called(self) -> None:
        """Hear from what answers requests that a page has called on this connection."""
        self._peers.called(elsewhere=self._elsewhere)

    def _watch(self) -> None:
        """Set the time limit of the phase the connection is in, when that is a new one."""
        phase = self._current()
        if phase == self._phase:
            return
        self._stop_watching()
        self._phase = phase
        self._deadline = self.loop.call_later(self._seconds[phase], self.transport.abort)

    def _stop_watching(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _current(self) -> Phase:
        """Return the phase the connection is in."""
        if self.transport.is_closing():
            return "closing"
        if self.cycle is not None and not self.cycle.response_complete:
            return "body" if self.conn.their_state is h11.SEND_BODY else "answer"
        begun = self.cycle is None or bool(self.conn.trailing_data[0])
        return "head" if begun else "idle"
