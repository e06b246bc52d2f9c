"""Every call to the system that a save makes fails once, with every kind of error."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

import pytest

from sessions import disk
from sessions.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

PREVIOUS = "session.previous.json"
OLDER, OLD, NEW = b"older" * 50, b"old" * 100, b"new" * 150
CHUNK_BYTES = 100

# What one save asks of the system, and how often: two files at most, and their folder.
COUNTS = {
    "with links": {"open": 2, "write": 5, "fsync": 2, "close": 2, "link": 1, "replace": 2},
    "without links": {"open": 3, "write": 8, "fsync": 3, "close": 3, "link": 1, "replace": 2},
}
CALLS = ("open", "write", "fsync", "close", "link", "replace")
KINDS = (errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the calls of POSIX")


class FaultySystem:
    """The system with one call that fails: the one of that name and number, counted from 0."""

    def __init__(self, patch: pytest.MonkeyPatch, name: str, index: int, code: int) -> None:
        self.happened = False
        self.counts = dict.fromkeys(CALLS, 0)
        self.opened: list[str] = []
        self.synced: list[str] = []
        self._files: dict[object, str] = {}
        self._fault = (name, index, code)
        for call in CALLS:
            patch.setattr(os, call, self._wrapped(call, getattr(os, call)))

    def _wrapped(self, call: str, real: Callable[..., object]) -> Callable[..., object]:
        def wrapper(*args: object, **kwargs: object) -> object:
            if call == "fsync":
                self.synced.append(self._files[args[0]])
            self._count(call, lambda: real(*args, **kwargs))
            if call == "write":  # takes only a part each time
                return real(args[0], memoryview(cast("bytes", args[1]))[:CHUNK_BYTES])
            answer = real(*args, **kwargs)
            if call == "open":
                self._files[answer] = Path(str(args[0])).name
                self.opened.append(self._files[answer])
            return answer

        return wrapper

    def _count(self, call: str, really: Callable[[], object]) -> None:
        name, index, code = self._fault
        self.counts[call] += 1
        if call == name and self.counts[call] == index + 1:
            self.happened = True
            if call == "close":  # gives the number back even when it fails
                really()
            raise OSError(code, os.strerror(code))


def save(path: Path, data: bytes) -> None:
    """What the store does at each save."""
    disk.replace_with_previous(path, data, PREVIOUS)


def prepare(folder: Path) -> Path:
    """A session with two versions."""
    path = folder / "session.json"
    save(path, OLDER)
    save(path, OLD)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {entry.name: entry.read_bytes() for entry in folder.iterdir()}


def open_files() -> int:
    """How many files this program has open."""
    return len(list(Path("/dev/fd").iterdir()))


def faults(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Each call of a save, by name and number."""
    return [(name, index) for name in CALLS for index in range(counts[name])]


def without_links(patch: pytest.MonkeyPatch) -> None:
    """Make this a disk that knows no hard links."""

    def link(*_args: object, **_kwargs: object) -> NoReturn:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    patch.setattr(os, "link", link)


@pytest.mark.parametrize("disk_kind", COUNTS)
def test_the_list_of_calls_is_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk_kind: str
) -> None:
    """A save that succeeds makes exactly the calls that the next test lets fail."""
    path = prepare(tmp_path)
    if disk_kind == "without links":
        without_links(monkeypatch)
    system = FaultySystem(monkeypatch, "", 0, errno.EIO)
    save(path, NEW)
    assert system.counts == COUNTS[disk_kind]


@pytest.mark.parametrize("code", KINDS, ids=errno.errorcode.__getitem__)
@pytest.mark.parametrize(
    ("disk_kind", "fault"),
    [(kind, fault) for kind, counts in COUNTS.items() for fault in faults(counts)],
    ids=lambda value: value if isinstance(value, str) else "{} {}".format(*value),
)
def test_one_failing_call_costs_no_version_and_the_next_save_is_good(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    disk_kind: str,
    fault: tuple[str, int],
    code: int,
) -> None:
    """Whatever fails, old or new is whole, nothing is left over, and the next save is as ever."""
    # promise 21
    path, before = prepare(tmp_path), open_files()
    with monkeypatch.context() as patch:
        if disk_kind == "without links":
            without_links(patch)
        system = FaultySystem(patch, *fault, code)
        if fault[0] == "link":  # a copy takes its place
            save(path, NEW)
        else:
            with pytest.raises(StorageError, match="Could not save"):
                save(path, NEW)
    assert system.happened
    left = contents(tmp_path)
    assert set(left) == {path.name, PREVIOUS}
    assert (left[path.name], left[PREVIOUS]) in {(OLD, OLDER), (OLD, OLD), (NEW, OLD)}
    assert open_files() == before
    save(path, NEW * 2)
    assert contents(tmp_path) == {path.name: NEW * 2, PREVIOUS: left[path.name]}


def test_after_a_failed_sync_a_new_file_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file whose sync failed is never synced or used again, for the system may lie about it."""
    # promise 21
    path = prepare(tmp_path)
    with monkeypatch.context() as patch:
        system = FaultySystem(patch, "fsync", 0, errno.EIO)
        with pytest.raises(StorageError, match="the disk reports a fault"):
            save(path, NEW)
        save(path, NEW)
    failed, *later = system.synced
    assert failed not in later
    files = [name for name in system.opened if name != tmp_path.name]
    assert len(files) == len({*files}) == 2
    assert contents(tmp_path) == {path.name: NEW, PREVIOUS: OLD}


@pytest.mark.parametrize("call", ["open", "fsync", "close", "unlink"])
def test_a_deletion_that_fails_may_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """A deletion says that it failed, and the next one completes it."""  # promise 21
    path = prepare(tmp_path)

    def fail(descriptor: int, *_rest: object) -> None:
        if call == "close":
            real_close(descriptor)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    real_close = os.close
    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(StorageError, match="Could not delete"):
            disk.forget(path)
    disk.forget(path)
    assert contents(tmp_path) == {PREVIOUS: OLDER}
