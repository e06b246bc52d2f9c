"""By which address phones on the same network reach this computer.

Touches: the system's routing table, through sockets that send nothing.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket

# Addresses that are kept for examples: asking for the way there sends no packet anywhere.
_NOWHERE = (("192.0.2.1", 9), ("10.255.255.254", 9), ("172.16.255.254", 9), ("192.168.255.254", 9))


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
