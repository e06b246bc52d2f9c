"""Where what another thread has done comes back to the loop: many at once, in one call.

Touches: threads. The loop would be woken for every single envelope of a wait that many share, and
the two threads would spend more time on taking turns than on anything else.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from concurrent.futures import Future
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Landing(Generic[_Value]):
    """Waits in the loop for futures of another thread, which says when it has done some."""

    def __init__(self) -> None:
        """Wait for nothing yet."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = 0
        self._landed: deque[tuple[asyncio.Future[_Value], Future[_Value]]] = deque()

    async def of(self, done: Future[_Value]) -> _Value:
        """Return what a future comes to, or raise what it raises.

        It may be done by another thread that calls `tell` after it, or be done already.
        """
        self._loop, self._thread = asyncio.get_running_loop(), threading.get_ident()
        waiter: asyncio.Future[_Value] = self._loop.create_future()
        done.add_done_callback(lambda landed: self._land(waiter, landed))
        return await waiter

    def tell(self) -> None:
        """Let all hear whose futures are done by now; from any thread."""
        if self._landed and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._deliver)

    def _land(self, waiter: asyncio.Future[_Value], done: Future[_Value]) -> None:
        if threading.get_ident() == self._thread:
            _hand_over(waiter, done)  # it was done before anybody could wait for it
        else:
            self._landed.append((waiter, done))

    def _deliver(self) -> None:
        while self._landed:
            _hand_over(*self._landed.popleft())


def _hand_over(waiter: asyncio.Future[_Value], done: Future[_Value]) -> None:
    """Give a waiter what it waits for, unless it has gone."""
    if waiter.done():
        return
    error = done.exception()
    if error is None:
        waiter.set_result(done.result())
    else:
        waiter.set_exception(error)
