"""One caller at the web door: loads the page, takes its seat, and sends its beats.

Touches: the network. It speaks as a browser with the page's script does, so that nothing on the
way, and nothing in the room, tells a terminal from a phone by more than its make.
"""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Iterable, Mapping
from typing import Any, Final

from dialogue.caller.address import Address
from dialogue.caller.errors import StrangeError
from dialogue.caller.line import Line, refused
from dialogue.web.wire import Beat, Envelope, beat_body

BEAT_SECONDS: Final = 4.0
"""How often a page calls; the page's script has the same."""

PATIENCE_SECONDS: Final = 11.0
"""How long an answer is waited for; the page's script has the same."""

State = dict[str, Any]
"""What the answer to a beat holds; it comes from outside."""

_MOST_ENVELOPES: Final = 4
_MOST_BESIDE: Final = 400
_SEAT: Final = re.compile(rb'id="seat" value="([0-9a-f]{32})"')
_NO_PAGE: Final = (
    "What answers at this address is not the page of a session. Type the address exactly as it "
    "stands on the join screen."
)


class Caller:
    """Somebody who comes to the web door."""

    def __init__(
        self,
        address: Address,
        headers: Mapping[str, str] | None = None,
        *,
        trust: ssl.SSLContext | None = None,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        """Know the way; nothing is sent yet.

        Args:
            address: Where the page is.
            headers: What is said of the caller in every request; nothing, unless somebody says.
            trust: How a certificate is verified; as the system does, unless somebody says.
            patience_seconds: How long an answer is waited for.
        """
        self.address: Final = address
        self._line = Line(address, headers or {}, trust)
        self._patience = patience_seconds

    async def open_page(self) -> str:
        """Load the page and return the seat it was given.

        Raises:
            CallError: No page of a session came.
        """
        found = _SEAT.search(await self._asked("GET", "/", b""))
        if found is None:
            raise StrangeError(_NO_PAGE)
        return found[1].decode()

    async def beat(self, beat: Beat) -> State:
        """Send a beat and return what the page is told.

        Raises:
            CallError: No answer came, or none that one could go on with.
        """
        answer = await self._asked("POST", "/beat", beat_body(beat))
        try:
            state = json.loads(answer)
        except (ValueError, RecursionError):
            raise StrangeError(_NO_PAGE) from None
        if not isinstance(state, dict):
            raise StrangeError(_NO_PAGE)
        return state

    async def break_off(self, beat: Beat) -> None:
        """Lose the network in the middle of a beat."""
        await self._line.break_off("POST", "/beat", beat_body(beat))

    def hang_up(self) -> None:
        """Let go of the connection, as a phone does that falls asleep."""
        self._line.hang_up()

    async def close(self) -> None:
        """Let go of the connection, and wait until it is gone."""
        await self._line.close()

    async def _asked(self, method: str, path: str, body: bytes) -> bytes:
        reply = await self._line.ask(method, path, body, self._patience)
        error = refused(reply.status)
        if error is not None:
            raise error
        return reply.body


def fitting(waiting: Iterable[Envelope]) -> list[Envelope]:
    """Return those that one beat takes: one answer in words at most, and no more than fits."""
    going: list[Envelope] = []
    for one in waiting:
        has_words = "text" in one.fields
        if has_words and any("text" in other.fields for other in going):
            continue
        if _fits([*going, one]):
            going.append(one)
    return going


def _fits(envelopes: list[Envelope]) -> bool:
    """Say whether envelopes fit into one beat, with what else it may hold beside them."""
    try:
        beat_body(Beat("0" * 32, "0" * 32, tuple(envelopes), withdraw="0" * _MOST_BESIDE))
    except ValueError:
        return False
    return len(envelopes) <= _MOST_ENVELOPES
