"""The lock of a session: what its file says, what the refused one reads, what is left behind."""

from __future__ import annotations

import errno
import getpass
import json
import os
import platform
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sessions import lock
from sessions.boottime import Clock
from sessions.errors import SessionLockedError, SessionNotFoundError, StorageError
from sessions.lock import LOCK_NAME, SessionLock

if TYPE_CHECKING:
    from pathlib import Path

NOBODY_NAMED = "Another dialogue program has this session open."
NOON = datetime(2026, 11, 22, 12, 5, tzinfo=UTC)
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="the file as POSIX keeps it")


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is about to leave in these tests, so nobody need be waited for."""
    monkeypatch.setattr(lock, "_PATIENCE_SECONDS", 0)


def clock_at(moment: datetime) -> Clock:
    """A clock that stands still."""
    return Clock(boot=lambda: 0.0, wall=lambda: moment)


def refusal(folder: Path, moment: datetime = NOON) -> str:
    """What a second program is told."""
    with pytest.raises(SessionLockedError) as caught:
        SessionLock(folder, clock_at(moment)).acquire()
    return caught.value.sentence


def test_the_second_one_is_told_who_has_the_session(tmp_path: Path) -> None:
    """The sentence names the process and since when, in local time."""  # promise 36
    with SessionLock(tmp_path, clock_at(NOON)):
        since = NOON.astimezone().strftime("%H:%M")
        who = f"(process {os.getpid()}, since {since})"
        told = refusal(tmp_path, NOON + timedelta(minutes=10))
        assert told == f"Another dialogue program {who} has this session open."


def test_a_session_open_since_another_day_is_dated(tmp_path: Path) -> None:
    """An hour alone would mislead when the program was left open over night."""
    with SessionLock(tmp_path, clock_at(NOON)):
        since = NOON.astimezone().strftime("%Y-%m-%d %H:%M")
        assert f"since {since})" in refusal(tmp_path, NOON + timedelta(days=2))


def test_the_file_names_no_computer_and_no_person(tmp_path: Path) -> None:
    """The file holds a process, a time and a hash, and is readable by its owner only."""
    with SessionLock(tmp_path) as held:
        assert held.held
        text = (tmp_path / LOCK_NAME).read_bytes()[1:].decode("ascii")
        assert set(json.loads(text)) == {"pid", "started", "boot"}
        assert platform.node() not in text
        assert getpass.getuser() not in text
        if sys.platform != "win32":
            assert stat.S_IMODE((tmp_path / LOCK_NAME).stat().st_mode) == 0o600


def test_nothing_is_left_after_a_release(tmp_path: Path) -> None:
    """The file goes with the lock, also when the work under it failed."""

    def fail_under_the_lock() -> NoReturn:
        with SessionLock(tmp_path):
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        fail_under_the_lock()
    assert list(tmp_path.iterdir()) == []
    with SessionLock(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_taking_and_giving_twice_is_doing_it_once(tmp_path: Path) -> None:
    """A lock taken twice is free after one release, and a second release does nothing."""
    first, second = SessionLock(tmp_path), SessionLock(tmp_path)
    first.acquire()
    first.acquire()
    first.release()
    first.release()
    assert not first.held
    with second:
        first.release()
        assert refusal(tmp_path) != NOBODY_NAMED


def test_another_thread_may_give_the_lock_back(tmp_path: Path) -> None:
    """Saves run on a thread of their own, so the lock is the program's and not a thread's."""
    with ThreadPoolExecutor(1) as pool:
        held = SessionLock(tmp_path)
        pool.submit(held.acquire).result()
        assert "process" in refusal(tmp_path)
        held.release()
    with SessionLock(tmp_path):
        pass


@posix_only
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(b"")
@example(b"[" * 1023)
@example(b'{"pid": 4321}')
@example(b'{"pid": "\x1b[2J", "started": "2026-11-22T12:05:00+00:00", "boot": null}')
@example(b'{"pid": 4321, "started": "2026-11-22T12:05:00", "boot": null}')
@example(b'{"pid": 4321, "started": "0001-01-01T00:00:00+23:59", "boot": null}')
@given(st.binary(max_size=200))
def test_text_that_makes_no_sense_still_gives_a_sentence(tmp_path: Path, text: bytes) -> None:
    """Whatever stands in the file, the second program is refused in words fit to show."""
    with SessionLock(tmp_path):
        (tmp_path / LOCK_NAME).write_bytes(b"\n" + text)
        assert refusal(tmp_path) == NOBODY_NAMED


def test_a_number_from_before_the_last_start_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process number of an earlier start of the computer may be anybody's by now."""
    with SessionLock(tmp_path):
        monkeypatch.setattr(lock, "boot_id", lambda: "another start")
        assert refusal(tmp_path) == NOBODY_NAMED


def test_where_the_system_tells_no_start_the_lock_works_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a mark of the start the process is still named."""
    monkeypatch.setattr(lock, "boot_id", lambda: None)
    with SessionLock(tmp_path):
        assert f"process {os.getpid()}" in refusal(tmp_path)


def test_a_longer_text_left_by_a_killed_program_is_replaced(tmp_path: Path) -> None:
    """The file of a dead program does not show through."""
    (tmp_path / LOCK_NAME).write_bytes(b"\n" + b"old" * 200)
    with SessionLock(tmp_path, clock_at(NOON)):
        assert f"process {os.getpid()}" in refusal(tmp_path)


def test_a_full_disk_does_not_cost_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When its text cannot be written the lock holds, and others get the shorter sentence."""

    def full(_descriptor: int, _data: bytes) -> NoReturn:
        raise OSError(errno.ENOSPC, "full")

    with ExitStack() as stack:
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", full)
            stack.enter_context(SessionLock(tmp_path))
        assert refusal(tmp_path) == NOBODY_NAMED


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    """Locking a session that is not there says so instead of creating an empty one."""
    with pytest.raises(SessionNotFoundError, match="There is no session in"):
        SessionLock(tmp_path / "session").acquire()
    assert list(tmp_path.iterdir()) == []


@posix_only
@pytest.mark.parametrize("kind", ["link", "folder"])
def test_something_else_in_the_place_of_the_lock_is_reported(tmp_path: Path, kind: str) -> None:
    """A link or a folder named like the lock is neither followed nor removed."""
    target = tmp_path / "elsewhere"
    target.write_bytes(b"mine")
    place = tmp_path / LOCK_NAME
    place.mkdir() if kind == "folder" else place.symlink_to(target)
    with pytest.raises(StorageError, match="something else has that name"):
        SessionLock(tmp_path).acquire()
    assert target.read_bytes() == b"mine"


@posix_only
def test_a_disk_that_cannot_lock_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system knows no locks, there is no weaker stand-in for them."""
    import fcntl  # noqa: PLC0415  # not on Windows

    def missing(_descriptor: int, _command: int) -> NoReturn:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(fcntl, "flock", missing)
    held = SessionLock(tmp_path)
    with pytest.raises(StorageError, match="Could not lock"):
        held.acquire()
    assert not held.held


@posix_only
def test_a_release_leaves_the_lock_of_another_program_alone(tmp_path: Path) -> None:
    """When somebody removed the file by hand and a second program locked anew, its file stays."""
    first, second = SessionLock(tmp_path), SessionLock(tmp_path)
    first.acquire()
    (tmp_path / LOCK_NAME).unlink()
    with second:
        first.release()
        assert (tmp_path / LOCK_NAME).exists()
        assert "process" in refusal(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_library_is_loaded_only_when_locking() -> None:
    """Commands that never lock do not pay for the library."""
    code = "import sys, sessions.lock; sys.exit('filelock' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
