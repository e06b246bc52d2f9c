"""How a measurement is taken: a program in a terminal of its own, and subjects taking turns.

Touches: clock, processes, pseudo-terminals (POSIX only). A subject is never measured alone: it
takes turns with a reference, so that a busy machine slows both, and a ratio of medians is what is
judged. Raw bytes are matched, not a drawn screen: drawing one costs more than what is measured.
Every process that is started here leads a group of its own, and the whole group is ended.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

IMPORTS = "asyncio,json,email.parser,http.client,logging.config,typing,dataclasses"
REFERENCE = (sys.executable, "-c", f"import {IMPORTS}")
"""A start of Python that imports as much as a plain program does: the yardstick, `ref`."""

PROGRAM = str(Path(sys.executable).with_name("dialogue"))
"""The command as it is installed."""

HOME_IS_DRAWN = b"Past sessions"
"""Words that stand only on the Home screen, and low on it."""

BEGIN = b"\x07"
"""Ctrl+g, which begins a session on Prepare."""

OWN_SCREEN = b"P"
"""The key on Live for a screen that nobody else sees."""

LEAVES_THE_SCREEN = b"\x1b[?1049l"
SHOWS_THE_CURSOR = b"\x1b[?25h"

ASKS_FOR_SYNCHRONISED_FRAMES = b"\x1b[?2026$p"
YES_SYNCHRONISED = b"\x1b[?2026;2$y"

SLICE_SECONDS = 0.01
CHUNK_BYTES = 65536
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")

Measure = Callable[[], float]
"""Does a thing once and returns the seconds it took."""


class TooSlowError(Exception):
    """What was waited for did not come; the message ends with what was on the wire."""


@dataclass(frozen=True)
class Bench:
    """Where and how long to measure."""

    folder: Path
    """A temporary folder; empty at first."""
    rounds: int
    environment: Mapping[str, str]
    """What a program that is measured sees: a home of its own and a plain terminal."""


@dataclass(frozen=True)
class Result:
    """One measured value beside its limit."""

    name: str
    value: float
    limit: float
    unit: str
    detail: str = ""
    at_least: bool = False
    """The value must not be below the limit; else it must not be above."""

    def ok(self, slack: float) -> bool:
        """Say whether the value keeps to its limit, stretched by the slack."""
        if self.at_least:
            return self.value >= self.limit / slack
        return self.value <= self.limit * slack

    def line(self, slack: float) -> str:
        """Return the result as a line of the report."""
        verdict = "ok" if self.ok(slack) else "OVER"
        sign = "≥" if self.at_least else "≤"
        value, limit = f"{self.value:.3f}", f"{sign} {self.limit:.3f} {self.unit}"
        return f"{self.name:<16}{value:>8}  {limit:<18}  {verdict:<5} {self.detail}"


class Terminal:
    """A program in a pseudo-terminal, and what it wrote since we last looked."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        size: tuple[int, int] = (30, 100),
    ) -> None:
        """Start the program; the clock of `started` runs from just before.

        Args:
            command: The program and its arguments.
            environment: All variables that it sees.
            size: Rows and columns.
        """
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        self.before = termios.tcgetattr(self.slave)
        self.seen = bytearray()
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            env=dict(environment),
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        """Return the terminal."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """End the program with all that it started."""
        self.close()

    def send(self, keys: bytes) -> None:
        """Forget what was seen so far and press some keys."""
        self.seen.clear()
        os.write(self.master, keys)

    def read(self, seconds: float) -> bytes:
        """Return what the program writes next; empty when it writes nothing for so long."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self.master, CHUNK_BYTES)
        except OSError:
            # Linux answers like this once the last program on the terminal has gone.
            return b""
        if ASKS_FOR_SYNCHRONISED_FRAMES in data:
            os.write(self.master, YES_SYNCHRONISED)
        self.seen += data
        return data

    def wait_for(self, wanted: bytes, seconds: float = 20.0) -> float:
        """Read until some bytes have been written, and return the moment they had come.

        Raises:
            TooSlowError: They did not come in time.
        """
        until = time.perf_counter() + seconds
        while (now := time.perf_counter()) < until:
            if wanted in self.seen:
                return now
            self.read(SLICE_SECONDS)
        raise TooSlowError(f"{wanted!r} did not come; the last bytes: {bytes(self.seen[-400:])!r}")

    def settle(self, silence: float = 0.15, most: float = 5.0) -> None:
        """Read until the program has been quiet for a while, or for so long at most."""
        until = time.perf_counter() + most
        while self.read(silence) and time.perf_counter() < until:
            pass

    def finish(self, seconds: float = 20.0) -> int:
        """Read until the program has left, and return its exit code.

        Raises:
            TooSlowError: It did not leave in time.
        """
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self.read(SLICE_SECONDS)
            if self.process.poll() is not None:
                self.settle(0.05)
                return self.process.returncode
        raise TooSlowError(f"it did not leave; the last bytes: {bytes(self.seen[-400:])!r}")

    def is_restored(self) -> bool:
        """Say whether the terminal's modes are what they were before the program started."""
        return termios.tcgetattr(self.slave) == self.before

    def cpu_seconds(self) -> float:
        """Return the processor time that the program itself has used (Linux only)."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text("ascii")
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND

    def close(self) -> None:
        """End the program's whole group, reap it, and give the terminal back."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)


def environment(home: Path) -> dict[str, str]:
    """Return the variables that a measured program sees."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "DIALOGUE_DATA_DIR": str(home / "data"),
        "DIALOGUE_CONFIG_DIR": str(home / "config"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }


def wall_of(command: Sequence[str], environment: Mapping[str, str]) -> Measure:
    """Return a measure of a program from its start to its end."""

    def once() -> float:
        start = time.perf_counter()
        subprocess.run(command, env=dict(environment), check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    return once


def time_of(work: Callable[[], object]) -> Measure:
    """Return a measure of a piece of work in this process."""

    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return once


def in_turns(subjects: Mapping[str, Measure], rounds: int) -> dict[str, list[float]]:
    """Measure subjects one after the other, round by round, and return each one's seconds.

    A round before the first fills the caches and is not counted.
    """
    for once in subjects.values():
        once()
    taken: dict[str, list[float]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name, once in subjects.items():
            taken[name].append(once())
    return taken


def ratio(taken: Mapping[str, Sequence[float]], name: str, to: str = "ref") -> float:
    """Return how many times as long a subject takes as another, by their medians."""
    return statistics.median(taken[name]) / statistics.median(taken[to])


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that so large a share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def milliseconds(values: Sequence[float]) -> str:
    """Return median, 95th percentile and largest of some seconds, for reading."""
    shown = (statistics.median(values), percentile(values, 0.95), max(values))
    return "p50 {:.1f} p95 {:.1f} max {:.1f} ms".format(*(1000 * value for value in shown))
