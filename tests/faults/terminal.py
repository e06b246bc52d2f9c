"""The real program in a terminal of its own, drawn as a person would see it.

Touches: clock, processes, pseudo-terminals (POSIX only). It is the terminal of the benchmarks with
a screen: what the program writes is drawn by another emulator than ours, and read back from there.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyte

from tests.benchmarks.harness import BEGIN, SLICE_SECONDS, Terminal, TooSlowError, environment

COLUMNS, ROWS = 80, 24
ENTERS_THE_SCREEN = b"\x1b[?1049h"
LEAVES_THE_SCREEN = b"\x1b[?1049l"
MOUSE_OFF = (b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?1006l")
SHOWS_THE_CURSOR = b"\x1b[?25h"
PASTE_OFF = b"\x1b[?2004l"

OWNS_THE_TERMINAL = """
import fcntl, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
"""
"""Makes the terminal the program's own, as a shell does, so that losing it sends SIGHUP."""

MAIN = """
import sys
from dialogue.cli import main
sys.exit(main(sys.argv[1:]))
"""


def program(*arguments: str, before: str = "") -> list[str]:
    """Return how the program is started, with some code that runs before it."""
    return [sys.executable, "-c", before + MAIN, *arguments]


class Watched(Terminal):
    """A program in a terminal whose screen is drawn and can be read."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        before: str = "",
        size: tuple[int, int] = (ROWS, COLUMNS),
        under: Sequence[str] = (),
    ) -> None:
        """Start the program in a home of its own.

        Args:
            home: Its home, with the data folder below it.
            arguments: What is typed after the program's name.
            before: Code that runs before the program, to plant a fault in it.
            size: Rows and columns.
            under: Another program that runs this one, with its arguments.
        """
        self.screen = pyte.Screen(size[1], size[0])
        self.everything = bytearray()
        self.data = home / "data"
        self._stream = pyte.ByteStream(self.screen)
        command = [*under, *program(*arguments, before=before)]
        super().__init__(command, environment(home), size=size)

    def read(self, seconds: float) -> bytes:
        """Return what the program writes next, and draw it."""
        data = super().read(seconds)
        self.everything += data
        self._stream.feed(data)
        return data

    @property
    def text(self) -> str:
        """What stands on the screen, as one line."""
        return " ".join(" ".join(self.screen.display).split())

    def until(self, condition: Callable[[], bool], seconds: float = 20.0) -> None:
        """Read until something is so.

        Raises:
            TooSlowError: It did not come about in time.
        """
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            if condition():
                return
            self.read(SLICE_SECONDS)
        raise TooSlowError("\n".join(self.screen.display))

    def until_shown(self, *words: str, seconds: float = 20.0) -> None:
        """Read until all words stand on the screen."""
        self.until(lambda: all(word in self.text for word in words), seconds)

    def press(self, keys: str, *shown: str) -> None:
        """Press keys and wait until the screen says what is expected."""
        self.send(keys.encode())
        self.until_shown(*shown)

    def begin(self) -> None:
        """Begin the session that is prepared, and go on to its first step."""
        self.until_shown("begin")
        self.settle()
        self.press(BEGIN.decode(), "your own lines")
        self.press("P", "Only you see this screen")
        self.press("n", "Welcome · you speak", "of 4:00")

    @property
    def says_kept(self) -> bool:
        """Whether the status line says that all is on the disk."""
        return any(line.rstrip().endswith("  kept") for line in self.screen.display[-3:])

    @property
    def record(self) -> dict[str, Any]:
        """The one record in the data folder, as it is on the disk."""
        (path,) = self.data.glob("sessions/*/session.json")
        found: dict[str, Any] = json.loads(path.read_bytes())
        return found

    def hang_up(self) -> None:
        """Take the terminal away, as when its window is closed."""
        os.close(self.master)
        os.close(self.slave)
        self.master = self.slave = -1

    def close(self) -> None:
        """End the program's whole group; the terminal may be gone already."""
        if self.master >= 0:
            super().close()
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, 9)
        self.process.wait()


def start(
    home: Path, *arguments: str, before: str = "", size: tuple[int, int] = (ROWS, COLUMNS)
) -> Watched:
    """Start the lunch for 24 people in a terminal that the program owns."""
    plan = ("run", "lunch-and-learn", "--heads", "24", "--title", "A test", *arguments)
    return Watched(home, *plan, before=OWNS_THE_TERMINAL + before, size=size)
