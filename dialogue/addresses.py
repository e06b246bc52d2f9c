"""By which address phones on the same network reach this computer.

Touches: the system's routing table, through sockets that send nothing; its names, when asked where
one leads.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import threading
from typing import Final

# Addresses that are kept for examples: asking for the way there sends no packet anywhere.
_NOWHERE = (("192.0.2.1", 9), ("10.255.255.254", 9), ("172.16.255.254", 9), ("192.168.255.254", 9))

NAME_SECONDS: Final = 3.0
"""How long a network may take to say where a name leads."""


def own_addresses() -> tuple[str, ...]:
    """Return this computer's addresses on its networks, the likeliest first; perhaps none."""
    found: dict[str, None] = {}
    for place in _NOWHERE:
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking,
        ):
            asking.connect(place)
            found[asking.getsockname()[0]] = None
    usable = (one for one in found if not ipaddress.ip_address(one).is_loopback)
    return tuple(one for one in usable if not ipaddress.ip_address(one).is_unspecified)


def is_number(name: str) -> bool:
    """Say whether a name is an address in numbers."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def addresses_of(name: str) -> tuple[str, ...]:
    """Return where the network says that a name leads; nothing when it says nothing in time."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[str, ...]] = loop.create_future()

    def ask() -> None:
        found = _looked_up(name)
        with contextlib.suppress(RuntimeError):  # the program has left meanwhile
            loop.call_soon_threadsafe(_settle, answer, found)

    # A thread of its own, which nobody waits for: asking can take far longer than anybody has.
    threading.Thread(target=ask, daemon=True).start()
    with contextlib.suppress(TimeoutError):
        return await asyncio.wait_for(answer, NAME_SECONDS)
    return ()


def _settle(answer: asyncio.Future[tuple[str, ...]], found: tuple[str, ...]) -> None:
    if not answer.done():
        answer.set_result(found)


def _looked_up(name: str) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(name, None, socket.AF_INET, socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))
