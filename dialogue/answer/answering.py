"""`dialogue answer` from its address to its end: one person's form, once.

Touches: the terminal, the network, the process's limit on core files. A kiosk is the same in a
loop: `Visit` knows the way, and `once` is one person's turn, after which nothing of it is left.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

from dialogue import run
from dialogue.answer.app import AnswerApp
from dialogue.answer.rhythm import FixedRhythm
from dialogue.caller.address import Address
from dialogue.caller.caller import Caller
from dialogue.caller.trust import trust_of
from dialogue.recorders import recorder_warning


@dataclass(frozen=True, slots=True)
class Visit:
    """Where to go, and how."""

    address: Address
    authority: Path | None = None
    """An organisation's own certificates."""
    looks: str = "dark"
    """The theme, as the settings name it."""

    def once(self) -> int:
        """Show one person's form to its end and return the exit code.

        Raises:
            CallError: There is no page of a session at this address; nothing has been drawn.
        """
        run.forbid_core_dumps()
        trust = trust_of(self.authority) if self.address.tls else None
        caller = Caller(self.address, trust=trust)
        seat = asyncio.run(_seat_of(caller))
        warning = recorder_warning(os.environ)
        app = AnswerApp(caller, seat, FixedRhythm(), looks=self.looks, warning=warning)
        return run.show(app)


async def _seat_of(caller: Caller) -> str:
    """Load the page, before anything is drawn; its connection belongs to this loop alone."""
    try:
        return await caller.open_page()
    finally:
        await caller.close()
