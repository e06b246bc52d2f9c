"""`dialogue answer` and `dialogue kiosk` from their address to their end.

Touches: the terminal, the network, the clock, the system's random source, the process's limit on
core files. `Visit` knows the way; `once` is one person's form, `kiosk` the same in a loop.
"""

from __future__ import annotations

import asyncio
import os
import secrets
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dialogue import run
from dialogue.answer.app import AnswerApp
from dialogue.answer.kiosk import KioskApp, Terms
from dialogue.answer.kiosk_views import CODE_SIGNS
from dialogue.answer.rhythm import FixedRhythm
from dialogue.caller.address import Address
from dialogue.caller.caller import Caller
from dialogue.caller.trust import trust_of
from dialogue.recorders import recorder_warning
from dialogue.signs import Choice
from sessions.boottime import system_clock


@dataclass(frozen=True, slots=True)
class Visit:
    """Where to go, and how."""

    address: Address
    authority: Path | None = None
    """An organisation's own certificates."""
    looks: str = "dark"
    """The theme, as the settings name it."""
    signs: Choice = "auto"
    """Which signs the settings want drawn."""

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
        return run.show(app, self.signs)

    def kiosk(self, idle_seconds: float) -> int:
        """Show the form to one person after the other, and return the exit code.

        Args:
            idle_seconds: So long nobody types before all is wiped.

        Raises:
            CallError: There is no page of a session at this address; nothing has been drawn.
        """
        run.forbid_core_dumps()
        trust = trust_of(self.authority) if self.address.tls else None
        asyncio.run(_seat_of(Caller(self.address, trust=trust)))
        terms = Terms(
            caller_for=partial(Caller, self.address, trust=trust),
            rhythm_for=FixedRhythm,
            now=system_clock().boot,
            code="".join(secrets.choice("0123456789") for _ in range(CODE_SIGNS)),
            idle_seconds=idle_seconds,
            looks=self.looks,
            warning=recorder_warning(os.environ),
        )
        return run.show(KioskApp(terms), self.signs)


async def _seat_of(caller: Caller) -> str:
    """Load the page, before anything is drawn; its connection belongs to this loop alone."""
    try:
        return await caller.open_page()
    finally:
        await caller.close()
