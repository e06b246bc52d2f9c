"""Time in a rehearsal: a clock that jumps, and one that runs faster than the one on the wall.

Touches: the event loop; for the faster clock, the system's clock.

Whoever takes part is an actor: a coroutine that acts, waits until a moment, and acts again. On the
clock that jumps no time passes while anybody acts. Once all of them wait, and so every request has
been answered, it goes to the next moment that anybody waits for. So what happens at which moment
does not depend on how fast the computer is.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, Protocol

from sessions.boottime import Clock

Acting = Coroutine[Any, Any, None]


class Time(Protocol):
    """What actors live by."""

    clock: Clock
    """The same time, as a session reads it."""

    def now(self) -> float:
        """Return the seconds since the rehearsal began."""

    async def until(self, moment: float) -> None:
        """Wait for a moment, in seconds since the rehearsal began; one that is over is now."""

    def start(self, acting: Acting) -> None:
        """Let one more actor act; for an actor that is acting."""

    async def run(self, acting: Acting) -> None:
        """Let an actor act, and all that it starts, to the end of the last of them.

        Raises:
            Exception: Whatever one of them raised; the others are called off.
        """


class _Actors:
    """Runs actors together, so that a failure of one ends them all."""

    def __init__(self) -> None:
        self._group = asyncio.TaskGroup()

    def start(self, acting: Acting) -> None:
        """Let one more actor act."""
        self._group.create_task(acting)

    async def run(self, acting: Acting) -> None:
        """Let an actor act, and all that it starts."""
        try:
            async with self._group:
                self.start(acting)
        except BaseExceptionGroup as failed:
            raise failed.exceptions[0] from None


class VirtualTime(_Actors):
    """A clock that jumps to the next due moment once everybody waits."""

    def __init__(self, begins: datetime) -> None:
        """Stand still at the beginning.

        Args:
            begins: What the clock on the wall shows then; aware.
        """
        super().__init__()
        self.clock = Clock(boot=self.now, wall=lambda: begins + timedelta(seconds=self._now))
        self._now = 0.0
        self._awake = 0
        self._numbers = itertools.count()
        self._due: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> float:
        """Return the seconds since the rehearsal began."""
        return self._now

    async def until(self, moment: float) -> None:
        """Wait for a moment; one that is over is now."""
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._due, (max(moment, self._now), next(self._numbers), woken))
        self._rest()
        await woken

    def start(self, acting: Acting) -> None:
        """Let one more actor act; until it waits, no time passes."""
        self._awake += 1
        super().start(self._to_its_end(acting))

    async def _to_its_end(self, acting: Acting) -> None:
        await acting
        # Not after a failure: then no time passes any more, and the others are called off.
        self._rest()

    def _rest(self) -> None:
        """Count an actor out that waits or has ended; after the last one, time goes on."""
        self._awake -= 1
        while not self._awake and self._due:
            self._now = self._due[0][0]
            self._wake()

    def _wake(self) -> None:
        """Wake all who wait for this moment."""
        while self._due and self._due[0][0] == self._now:
            woken = heapq.heappop(self._due)[2]
            if not woken.done():
                woken.set_result(None)
                self._awake += 1


class SpedTime(_Actors):
    """The clock of the computer, so many times as fast, for watching."""

    def __init__(self, system: Clock, speed: float, begins: datetime) -> None:
        """Begin now.

        Args:
            system: The computer's clock.
            speed: How many seconds pass in one of the computer's.
            begins: What the clock on the wall shows at the beginning; aware.
        """
        super().__init__()
        self.clock = Clock(boot=self.now, wall=lambda: begins + timedelta(seconds=self.now()))
        self._system = system
        self._began = system.boot()
        self._speed = speed

    def now(self) -> float:
        """Return the seconds since the rehearsal began."""
        return (self._system.boot() - self._began) * self._speed

    async def until(self, moment: float) -> None:
        """Wait for a moment; one that is over is now."""
        await asyncio.sleep(max(0.0, moment - self.now()) / self._speed)
