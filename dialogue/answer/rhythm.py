"""When the form calls: at a fixed beat, whatever anybody does at the keyboard.

Touches: the loop's clock.
"""

from __future__ import annotations

import asyncio
import math
from typing import Protocol

from dialogue.caller.caller import BEAT_SECONDS


class Rhythm(Protocol):
    """Says when the next call is due."""

    async def next(self) -> None:
        """Wait for the next beat."""


class FixedRhythm:
    """A beat every so many seconds since the first one, however long an answer takes."""

    def __init__(self, every_seconds: float = BEAT_SECONDS) -> None:
        """Begin now.

        Args:
            every_seconds: From one beat to the next.
        """
        self._every = every_seconds
        self._began: float | None = None

    async def next(self) -> None:
        """Wait for the next beat."""
        now = asyncio.get_running_loop().time()
        self._began = now if self._began is None else self._began
        await asyncio.sleep(next_beat(self._began, now, self._every) - now)


def next_beat(began: float, now: float, every: float) -> float:
    """Return the first moment of a rhythm after now.

    A call that took long makes the next one wait for its place; none ever comes early.
    """
    return began + (math.floor((now - began) / every) + 1) * every
