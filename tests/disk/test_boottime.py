"""The two clocks, and which one of the system's is asked on which system."""

from __future__ import annotations

import ctypes
import sys
import time
from dataclasses import FrozenInstanceError
from datetime import UTC, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from sessions import boottime

if TYPE_CHECKING:
    from pathlib import Path


def test_the_clock_since_the_start_never_goes_back() -> None:
    """A thousand readings are in order and seconds apart at most."""
    clock = boottime.system_clock()
    readings = [clock.boot() for _ in range(1000)]
    assert readings == sorted(readings)
    assert 0 < readings[0] <= readings[-1] < readings[0] + 60


def test_the_wall_clock_knows_its_zone() -> None:
    """The date and time come aware, in UTC, and agree with the system's."""
    now = boottime.system_clock().wall()
    assert now.utcoffset() == timedelta(0)
    assert now.tzinfo is UTC
    assert abs(now.timestamp() - time.time()) < 60


def test_a_clock_cannot_be_changed_under_a_session() -> None:
    """A session keeps the clock it was given."""
    with pytest.raises(FrozenInstanceError):
        boottime.system_clock().boot = time.monotonic  # type: ignore[misc]


@pytest.mark.parametrize(
    ("system", "name"),
    [("linux", "CLOCK_BOOTTIME"), ("darwin", "CLOCK_MONOTONIC"), ("freebsd14", "CLOCK_MONOTONIC")],
)
def test_the_clock_that_counts_sleep_is_asked(
    monkeypatch: pytest.MonkeyPatch, system: str, name: str
) -> None:
    """Each system has one clock that goes on while it sleeps, and that one is read."""
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(time, "CLOCK_BOOTTIME", "CLOCK_BOOTTIME", raising=False)
    monkeypatch.setattr(time, "CLOCK_MONOTONIC", "CLOCK_MONOTONIC", raising=False)
    monkeypatch.setattr(time, "clock_gettime", {name: 42.5}.__getitem__, raising=False)
    assert boottime.seconds_since_boot() == 42.5


def test_windows_counts_ticks_since_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows the ticks that go on in sleep are read, and turned into seconds."""

    def ticks() -> int:
        return 42_500

    library = SimpleNamespace(kernel32=SimpleNamespace(GetTickCount64=ticks))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", library, raising=False)
    assert boottime.seconds_since_boot() == 42.5


def test_the_mark_of_the_start_does_not_change() -> None:
    """Two questions get one answer."""
    assert boottime.boot_id() == boottime.boot_id()


@pytest.mark.parametrize(
    ("text", "mark"), [(b"abc-def\n", "abc-def"), (b"\n", None), (b"\xff", None), (None, None)]
)
def test_a_system_without_a_mark_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bytes | None, mark: str | None
) -> None:
    """An empty, unreadable or missing mark is none."""
    place = tmp_path / "boot_id"
    if text is not None:
        place.write_bytes(text)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(boottime, "_LINUX_BOOT_ID", place)
    assert boottime.boot_id() == mark


@pytest.mark.parametrize(
    ("code", "answer", "mark"), [(0, b"F00-BA4\0", "F00-BA4"), (-1, b"", None), (0, b"\0", None)]
)
def test_macos_is_asked_for_its_session(
    monkeypatch: pytest.MonkeyPatch, code: int, answer: bytes, mark: str | None
) -> None:
    """On macOS the mark is the system's own boot session; a refusal means none."""

    def sysctlbyname(name: bytes, buffer: ctypes.Array[ctypes.c_char], *_rest: object) -> int:
        assert name == b"kern.bootsessionuuid"
        ctypes.memmove(buffer, answer, len(answer))
        return code

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: SimpleNamespace(sysctlbyname=sysctlbyname))
    assert boottime.boot_id() == mark
