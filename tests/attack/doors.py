"""The real web door before a session of an attack.

Touches: loopback.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dialogue.rehearse.rehearsal import LOOPBACK
from dialogue.web.connections import Limits
from dialogue.web.server import WebDoor
from tests.attack.sheets import Sheet
from tests.web.conftest import House
from tests.web.memory_door import MemoryDoor

SEAT = "5" * 32


class RealHouse(House):
    """A server that is running, and the real session behind it."""

    def __init__(self, web: WebDoor, sheet: Sheet) -> None:
        """Stand before a session."""
        super().__init__(MemoryDoor(), web)
        self.sheet = sheet


@asynccontextmanager
async def door_of(sheet: Sheet, *, answer_seconds: float = 30) -> AsyncIterator[RealHouse]:
    """Serve a session on loopback; an answer is given up after so long."""
    web = WebDoor(
        sheet.reception,
        names=(LOOPBACK,),
        bind=LOOPBACK,
        port=0,
        limits=Limits(per_peer=1000, answer_seconds=answer_seconds),
        hold_seconds=0,
    )
    await web.start()
    try:
        yield RealHouse(web, sheet)
    finally:
        await web.stop()
