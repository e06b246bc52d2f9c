"""The kiosk in a real terminal: left by its digits alone, and nothing of anybody is left there."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.terminal import OWNS_THE_TERMINAL, Watched
from tests.faults.test_answer_ends import (
    CANARY,
    LAST_SECONDS,
    Served,
    assert_nothing_left,
    served,
    write,
)
from tests.web.memory_door import MemoryDoor

__all__ = ["MemoryDoor", "served"]

DIGITS = re.compile(r"leave the kiosk: ([0-9]{4})")


@contextmanager
def kiosk(home: Path, served: Served) -> Iterator[tuple[Watched, str]]:
    """Start a kiosk on the computer of the session, go on all the same, and note its digits."""
    arguments = ("kiosk", served.web.url.removeprefix("http://"))
    with Watched(home, *arguments, before=OWNS_THE_TERMINAL) as terminal:
        terminal.press("", "Go on all the same?")
        terminal.press("y\r", "These four digits leave the kiosk:")
        digits = DIGITS.search(terminal.text)
        assert digits is not None
        terminal.press("\r", "Press Enter. Nobody sees who you are.")
        yield terminal, digits[1]


def begin(terminal: Watched) -> None:
    """Begin, and wait for the notice above the questions."""
    terminal.press("\r", "Before you answer", "f3 what is kept")
    terminal.settle(0.3)


def test_only_its_digits_leave_a_kiosk(tmp_path: Path, served: Served) -> None:  # promise 39
    """Somebody writes and is wiped; other digits do not leave it, the right ones do, with 0."""
    with kiosk(tmp_path, served) as (terminal, digits):
        begin(terminal)
        write(terminal)
        terminal.press("\x11", "Something here was not sent.")
        terminal.press("y", "Press Enter. Nobody sees who you are.")
        assert CANARY not in terminal.text
        other = f"{(int(digits) + 1) % 10_000:04}"
        terminal.press("\x11", "Type its four digits.")
        terminal.press(f"{other}\r", "Those are not its digits.")
        terminal.send(f"{digits}\r".encode())
        assert terminal.finish(LAST_SECONDS) == 0
        assert_nothing_left(terminal, tmp_path)
    assert served.door.kept == []


def test_a_signal_ends_a_kiosk_and_leaves_nothing(
    tmp_path: Path, served: Served
) -> None:  # promise 39
    """Killed while somebody writes, it gives the terminal back with no word of hers."""
    with kiosk(tmp_path, served) as (terminal, _digits):
        begin(terminal)
        write(terminal)
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.finish(LAST_SECONDS) == 143
        assert_nothing_left(terminal, tmp_path)
