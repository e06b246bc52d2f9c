"""What the atomic write does on macOS and on Windows, played on whatever system this is."""

from __future__ import annotations

import errno
import os
import sys
import time
from typing import TYPE_CHECKING

import pytest

from sessions import disk
from sessions.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sys.platform == "win32", reason="needs the module fcntl")
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [(None, []), (errno.ENOTSUP, ["fsync", "fsync"]), (errno.EIO, StorageError)],
    ids=["flushed", "not supported", "failed"],
)
def test_macos_empties_the_drives_own_memory(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: int | None,
    outcome: list[str] | type[StorageError],
) -> None:
    """On macOS F_FULLFSYNC is used for file and folder, fsync only where the disk lacks it."""
    # promise 37
    import fcntl  # noqa: PLC0415  # not on Windows

    full_sync, asked, plain = 51, [], []

    def control(_descriptor: int, command: int) -> int:
        asked.append(command)
        if answer:
            raise OSError(answer, os.strerror(answer))
        return 0

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", full_sync, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", control)
    monkeypatch.setattr(os, "fsync", lambda _descriptor: plain.append("fsync"))
    if isinstance(outcome, list):
        disk.write_whole(tmp_path / "session.json", b"one")
        assert asked == [full_sync, full_sync]
        assert plain == outcome
    else:
        with pytest.raises(outcome, match="reports a fault"):
            disk.write_whole(tmp_path / "session.json", b"one")
        assert plain == []


class HeldFile:
    """A replace that Windows refuses a number of times, and a sleep that only counts."""

    def __init__(self, patch: pytest.MonkeyPatch, refusals: int, error: OSError) -> None:
        self.tries = 0
        self.slept_seconds = 0.0
        real_replace = os.replace

        def replace(source: Path, target: Path) -> None:
            self.tries += 1
            if self.tries <= refusals:
                raise error
            real_replace(source, target)

        def sleep(seconds: float) -> None:
            self.slept_seconds += seconds

        patch.setattr(os, "replace", replace)
        patch.setattr(disk, "_ON_WINDOWS", True)
        patch.setattr(time, "sleep", sleep)


def windows_error(number: int) -> OSError:
    """An error as Windows gives it; elsewhere Python drops the number, so it is set by hand."""
    error = OSError(errno.EINVAL, "held")
    error.winerror = number  # type: ignore[attr-defined, unused-ignore]
    return error


@pytest.mark.parametrize(
    "error", [PermissionError(errno.EACCES, "held"), *map(windows_error, (5, 32, 33))], ids=repr
)
def test_windows_waits_for_a_file_that_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    """A virus scanner's grip of a second or two costs nothing but the wait."""  # promise 37
    held = HeldFile(monkeypatch, 7, error)
    disk.write_whole(tmp_path / "session.json", b"one")
    assert held.tries == 8
    assert (tmp_path / "session.json").read_bytes() == b"one"


def test_windows_gives_up_after_two_and_a_half_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A grip that does not end is reported, with the old version whole and no leftover."""
    path = tmp_path / "session.json"
    disk.write_whole(path, b"one")
    held = HeldFile(monkeypatch, 1000, windows_error(32))
    with pytest.raises(StorageError, match="another program is using it"):
        disk.write_whole(path, b"two")
    assert held.slept_seconds == pytest.approx(2.5)
    assert path.read_bytes() == b"one"
    assert [entry.name for entry in tmp_path.iterdir()] == ["session.json"]


def test_other_trouble_on_windows_is_reported_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a file held by another program is worth waiting for."""
    held = HeldFile(monkeypatch, 1000, windows_error(112))
    with pytest.raises(StorageError, match="no space left"):
        disk.write_whole(tmp_path / "session.json", b"two")
    assert (held.tries, held.slept_seconds) == (1, 0.0)
