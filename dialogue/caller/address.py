"""The address of a session, as somebody types it from the join screen.

Pure. With or without its scheme, in either case: the QR code carries it in capitals. Nothing else
is an address here: no path of its own, no name and password, no other scheme.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from dialogue.caller.errors import AddressError
from sessions.text import visible

_OWN_PORT: Final = {"http": 80, "https": 443}
_LONGEST: Final = 300
_PRINTED: Final = re.compile(r"[!-~]+")
_NAME: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.?")
_PATHS: Final = frozenset({"", "/", "/room", "/room/"})
"""The address ends with its port. Whoever copied it from the room view means the same session."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a session's page is."""

    scheme: str
    """`http` or `https`."""
    host: str
    """A name or a number, in lower case and without brackets."""
    port: int

    @property
    def tls(self) -> bool:
        """Whether nobody on the way can read what is sent."""
        return self.scheme == "https"

    @property
    def authority(self) -> str:
        """Host and port as a browser names them: without the scheme's own port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _OWN_PORT[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority, as a browser writes them."""
        return f"{self.scheme}://{self.authority}"


def read_address(text: str) -> Address:
    """Return the address that somebody typed.

    Raises:
        AddressError: It is none; the sentence says what one looks like.
    """
    typed = text.strip()
    if len(typed) > _LONGEST or not _PRINTED.fullmatch(typed):
        raise _no_address(text)
    try:
        parts = urlsplit(typed if "://" in typed else f"http://{typed}")
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise _no_address(text) from None
    if parts.scheme not in _OWN_PORT:
        raise AddressError(
            f"{visible(text)} is no address of a session: it begins with http:// or https://, "
            "or with the name or number alone."
        )
    more = parts.query or parts.fragment or "@" in parts.netloc or "?" in typed or "#" in typed
    if more or parts.path.lower() not in _PATHS or not _is_host(host) or port == 0:
        raise _no_address(text)
    return Address(parts.scheme, host, port or _OWN_PORT[parts.scheme])


def _is_host(host: str) -> bool:
    if ":" not in host:
        return _NAME.fullmatch(host) is not None
    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        return False
    return "%" not in host


def _no_address(text: str) -> AddressError:
    return AddressError(
        f"{visible(text)} is no address of a session. Type what stands on the join screen, such "
        "as 192.0.2.7:8765 or https://dialogue.example.org."
    )
