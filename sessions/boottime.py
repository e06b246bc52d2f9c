"""The two clocks a session runs by: one that cannot jump and counts sleep, and the one on the wall.

Touches: clock. This is the one place that reads them for the whole program, hence its exemptions
from the rule that time comes in as an argument.

Invariants: the first never goes back and is worthless after a restart; ``boot_id`` tells whether
there was one. The second may jump either way: it is for display, and to bridge a restart.
"""

from __future__ import annotations

import sys
import time  # noqa: TID251
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_LINUX_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Clock:
    """What the shell reads time from; a test hands in its own."""

    boot: Callable[[], float]
    """Seconds since the computer started, sleep included."""

    wall: Callable[[], datetime]
    """The date and time now: aware, in UTC."""


def system_clock() -> Clock:
    """The clocks of this computer."""
    return Clock(boot=seconds_since_boot, wall=_utc_now)


def seconds_since_boot() -> float:
    """Seconds on a clock that cannot be set and goes on while the computer sleeps."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # costly, and needed nowhere else

        ticks = ctypes.windll.kernel32.GetTickCount64
        ticks.restype = ctypes.c_ulonglong
        return float(ticks()) / 1000
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)  # the monotonic one stops in sleep
    return time.clock_gettime(time.CLOCK_MONOTONIC)  # on macOS this one counts sleep


def boot_id() -> str | None:
    """A text that changes with every start of the computer; None where the system has none."""
    if sys.platform == "darwin":
        return _mac_boot_id()
    try:
        return _LINUX_BOOT_ID.read_text(encoding="ascii").strip() or None
    except (OSError, ValueError):
        return None


def _utc_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251


def _mac_boot_id() -> str | None:
    import ctypes  # noqa: PLC0415  # costly, and needed nowhere else

    answer = ctypes.create_string_buffer(64)
    size = ctypes.c_size_t(len(answer))
    read = ctypes.CDLL(None).sysctlbyname
    failed = read(b"kern.bootsessionuuid", answer, ctypes.byref(size), None, ctypes.c_size_t(0))
    return None if failed else answer.value.decode("ascii", "replace") or None
