"""The web door: the room's pages on a port of this computer, inside the program's own loop.

Touches: the network, TLS files, the process's limit on open files, the system's random source.
It owns its socket and no signal: the program decides when it ends. It logs nothing, for a log of
requests is a list of who was here and when.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import ssl
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from http import HTTPStatus
from typing import Final

import uvicorn

from dialogue.web.connections import (
    HEAD_BYTES,
    Elsewhere,
    Limits,
    Peers,
    RoomConnection,
    is_elsewhere,
)
from dialogue.web.door import Door
from dialogue.web.errors import WebDoorError
from dialogue.web.guard import Guard
from dialogue.web.held import HeldPages
from dialogue.web.pages import Pages
from dialogue.web.routes import HOLD_SECONDS, Routes
from dialogue.web.tls import Tls, context_of

PORT: Final = 8765
"""The port that is tried first, unless another was used last."""

_NEXT_PORTS: Final = 9
_LAST_PORT: Final = 65_535
_BACKLOG: Final = 512
_LAST_SECONDS: Final = 1.0
_OTHER_FILES: Final = 256
_SILENT: Final = logging.CRITICAL + 1
_THIS_COMPUTER: Final = ("localhost", "127.0.0.1")
_OWN_PORT: Final = {"http": 80, "https": 443}
_TAKEN: Final = frozenset({errno.EADDRINUSE, errno.EACCES})


class _PortTakenError(WebDoorError):
    """Another program listens there, or this one may not."""


class WebDoor:
    """Serves the room's pages from `start` to `stop`."""

    def __init__(
        self,
        door: Door,
        *,
        names: Sequence[str],
        bind: str = "",
        port: int = PORT,
        tls: Tls | None = None,
        limits: Limits | None = None,
        hold_seconds: float = HOLD_SECONDS,
        waiting: bool = False,
        elsewhere: Elsewhere = is_elsewhere,
    ) -> None:
        """Make ready to serve.

        Args:
            door: The session, as the pages see it.
            names: Addresses and names by which phones reach this computer; the first is shown.
            bind: The address to listen on; empty for every one this computer has.
            port: The port to try first; when it is taken, the next nine, and then any.
            tls: Serve over TLS with this certificate.
            limits: How much of the server anybody may take.
            hold_seconds: How long every answer to a beat takes at least.
            waiting: There is no session yet: the page waits for one and then follows it.
            elsewhere: Says whether a peer is another computer than this one.
        """
        self._door = door
        self._names = (*names, *_THIS_COMPUTER)
        self._bind = bind
        self._port = port
        self._tls = tls
        self._limits = limits or Limits()
        self._hold_seconds = hold_seconds
        self._waiting = waiting
        self._peers = Peers(self._limits, elsewhere)
        self._held = HeldPages()
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The address to type or scan, with the port that was free."""
        return self._origins()[0]

    @property
    def connections(self) -> int:
        """How many connections there are now."""
        return 0 if self._server is None else self._peers.count

    @property
    def seen(self) -> bool:
        """Whether a page on another computer or phone has called since the start."""
        return self._peers.seen

    @property
    def port(self) -> int:
        """The port that was free; until then the one to try first."""
        return self._port

    async def start(self) -> str:
        """Listen, and return the address once phones can come.

        Raises:
            WebDoorError: No port is free, or the certificate cannot be used.
        """
        context = None if self._tls is None else context_of(self._tls)
        listener = _listen(self._bind, self._port)
        self._port = listener.getsockname()[1]
        _allow_files(self._limits.sockets + _OTHER_FILES)
        pages = Pages(self._door, url=self.url, tls=self._tls is not None, waiting=self._waiting)
        app = Guard(
            Routes(self._door, pages, self._held, hold_seconds=self._hold_seconds).app,
            origins=frozenset(self._origins()),
            refusals={HTTPStatus.MISDIRECTED_REQUEST: pages.refused("wrong_address")},
        )
        self._server = _Server(app, context, self._limits, self._peers)
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        listening = asyncio.create_task(self._server.listening.wait())
        await asyncio.wait({self._task, listening}, return_when=asyncio.FIRST_COMPLETED)
        if not listening.done():  # it never will: the server has ended, and says why
            ended, self._server, self._task = self._task, None, None
            listening.cancel()
            listener.close()
            await ended
        return self.url

    async def stop(self) -> None:
        """Answer what is under way, for about a second, and let the port go."""
        if self._server is None or self._task is None:
            return
        self._server.ending.set()
        await self._task
        self._held.clear()
        self._server = self._task = None

    def _origins(self) -> list[str]:
        scheme = "http" if self._tls is None else "https"
        port = "" if self._port == _OWN_PORT[scheme] else f":{self._port}"
        return [f"{scheme}://{name.lower()}{port}" for name in self._names]


class _Server(uvicorn.Server):
    """Uvicorn without its signals, its messages and its ways to end the program."""

    def __init__(
        self, app: Guard, context: ssl.SSLContext | None, limits: Limits, peers: Peers
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http="h11",
                ws="none",
                lifespan="off",
                log_config=None,
                log_level=_SILENT,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                date_header=False,
                timeout_keep_alive=limits.idle_seconds,
                h11_max_incomplete_event_size=HEAD_BYTES,
            )
        )
        self.peers = peers
        self.listening = asyncio.Event()
        self.ending = asyncio.Event()
        self._limits = limits
        self._context = context

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen on our own socket, with our own connections."""
        connection = partial(
            RoomConnection,
            self.peers,
            self._limits,
            config=self.config,
            server_state=self.server_state,
            app_state={},
        )
        loop = asyncio.get_running_loop()
        self.servers = [
            await loop.create_server(
                connection,
                sock=listener,
                ssl=self._context,
                ssl_handshake_timeout=self._limits.head_seconds if self._context else None,
                backlog=_BACKLOG,
            )
            for listener in sockets or ()
        ]
        self.started = True
        self.listening.set()

    async def main_loop(self) -> None:
        """Wait for the end. Uvicorn would wake up ten times a second, to tell the time."""
        await self.ending.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, let what is under way be answered, and hang up."""
        del sockets  # each belongs to one of the servers
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LAST_SECONDS):
                await self.peers.nobody.wait()
        for task in self.server_state.tasks:
            task.cancel()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)  # in the loop's next turn each is told, and gone

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the program."""
        yield


def _listen(address: str, first: int) -> socket.socket:
    """Return a socket on the first free port: the given one, the next nine, then any."""
    for port in range(first, min(first + _NEXT_PORTS, _LAST_PORT) + 1):
        with contextlib.suppress(_PortTakenError):
            return _listen_on(address, port)
    return _listen_on(address, 0)


def _listen_on(address: str, port: int) -> socket.socket:
    # The protocol is named because asyncio switches off Nagle's algorithm only then.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        _own_port(listener)
        listener.bind((address, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        kind = _PortTakenError if error.errno in _TAKEN else WebDoorError
        raise kind(
            "Phones cannot join: this computer does not let the program listen on "
            f"{address or 'the network'} ({error.strerror or type(error).__name__}). Use paper, or "
            "connect to another network and start again."
        ) from None
    listener.setblocking(False)  # noqa: FBT003
    return listener


def _own_port(listener: socket.socket) -> None:
    """Take the port for ourselves alone, also right after it was used."""
    if sys.platform == "win32":
        # There, SO_REUSEADDR would let two programs listen on one port.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)


def _allow_files(needed: int) -> None:
    """Raise the limit on open files, of which every connection is one, as far as we may."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such limit
        import resource  # noqa: PLC0415

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft != resource.RLIM_INFINITY and soft < needed:
            most = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
