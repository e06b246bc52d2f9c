"""Real disks, full, read-only or closed to us: nothing saved is lost, and saving goes on after."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from sessions import disk
from sessions.errors import StorageError
from sessions.places import writable

if TYPE_CHECKING:
    from collections.abc import Iterator

PREVIOUS = "session.previous.json"
LEVELS = 20
KIB = 1024
DISK_BYTES = 512 * KIB
OLD, NEW = b"old" * 20 * KIB, b"new" * 40 * KIB

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and mounts of POSIX")


def mount(*arguments: str | Path) -> None:
    """Call the system's mount."""
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk of its own with room for 512 KiB; see conftest for accounts that may not mount."""
    place = tmp_path_factory.mktemp("disk")
    mount("-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=0700", "dialogue-test", place)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@pytest.fixture
def folder(small_disk: Path) -> Iterator[Path]:
    """A folder on the small disk, with two versions saved; all room is free again afterwards."""
    place = small_disk / "session"
    disk.make_private_folder(place)
    disk.replace_with_previous(place / "session.json", b"older", PREVIOUS)
    disk.replace_with_previous(place / "session.json", OLD, PREVIOUS)
    yield place
    for entry in place.iterdir():
        entry.unlink()


def leave_free(place: Path, room_bytes: int) -> None:
    """Fill the disk until only so much is free."""
    block = os.statvfs(place).f_frsize
    with (place / "filling").open("wb", buffering=0) as filling, suppress(OSError):
        while os.statvfs(place).f_bavail * block > room_bytes:
            filling.write(bytes(block))


@pytest.mark.parametrize("level", range(0, LEVELS, 4))
def test_a_full_disk_takes_several_files_or_none(small_disk: Path, level: int) -> None:
    """However little is free, either every file is new or every file is as it was."""
    # promise 20
    place = small_disk / "pages"
    disk.make_private_folder(place)
    files = {place / str(number): NEW[: 20 * KIB] for number in range(4)}
    disk.write_all(dict.fromkeys(files, OLD[: 20 * KIB]))
    try:
        leave_free(place, level * DISK_BYTES // 4 // LEVELS)
        with suppress(StorageError):
            disk.write_all(files)
        (place / "filling").unlink()
        kept = {path: path.read_bytes() for path in place.iterdir()}
        assert kept in (files, dict.fromkeys(files, OLD[: 20 * KIB]))
    finally:
        for entry in place.iterdir():
            entry.unlink()


@pytest.mark.parametrize("level", range(LEVELS))
def test_a_full_disk_keeps_both_versions_and_goes_on_after(folder: Path, level: int) -> None:
    """However little is free, what does not fit is refused whole; with room again it is saved."""
    # promise 20
    path = folder / "session.json"
    room_bytes = level * len(NEW) // (LEVELS - 1)
    leave_free(folder, room_bytes)
    fits = room_bytes >= len(NEW)
    if not fits:
        with pytest.raises(StorageError, match="there is no space left; free some space") as caught:
            disk.replace_with_previous(path, NEW, PREVIOUS)
        assert str(path) in caught.value.sentence
        assert (path.read_bytes(), (folder / PREVIOUS).read_bytes()) == (OLD, b"older")
        assert {entry.name for entry in folder.iterdir()} == {path.name, PREVIOUS, "filling"}
        (folder / "filling").unlink()
    disk.replace_with_previous(path, NEW, PREVIOUS)
    assert (path.read_bytes(), (folder / PREVIOUS).read_bytes()) == (NEW, OLD)


def test_a_full_disk_is_known_beforehand(folder: Path) -> None:
    """A folder on a full disk is called not writable, with the reason."""
    leave_free(folder, 0)
    sentence = writable(folder)
    assert sentence is not None
    assert "there is no space left" in sentence


def test_a_disk_turned_read_only_keeps_both_versions(small_disk: Path, folder: Path) -> None:
    """A disk that the system turned read-only is named as such; afterwards saving goes on."""
    # promise 21
    path = folder / "session.json"
    mount("-o", "remount,ro", small_disk)
    try:
        with pytest.raises(StorageError, match=r"Could not save .* the disk is read-only"):
            disk.replace_with_previous(path, NEW, PREVIOUS)
        with pytest.raises(StorageError, match=r"Could not delete .* the disk is read-only"):
            disk.forget(path)
        assert "the disk is read-only" in (writable(folder) or "")
        assert (path.read_bytes(), (folder / PREVIOUS).read_bytes()) == (OLD, b"older")
    finally:
        mount("-o", "remount,rw", small_disk)
    disk.replace_with_previous(path, NEW, PREVIOUS)
    assert path.read_bytes() == NEW


LIMITED = """
import resource, sys
from pathlib import Path
from sessions.disk import replace_with_previous
from sessions.errors import StorageError

path, size = Path(sys.argv[1]), int(sys.argv[2])
for limit_bytes in map(int, sys.argv[3:]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, resource.RLIM_INFINITY))
    try:
        replace_with_previous(path, b"n" * size, "session.previous.json")
    except StorageError as error:
        assert "there is no space left" in error.sentence, error
        assert path.read_bytes() == b"old"
        assert len(list(path.parent.iterdir())) == 1
        print("refused")
    else:
        print("saved")
"""


def test_a_limit_on_the_size_of_files_is_like_a_full_disk(tmp_path: Path) -> None:
    """At twenty limits, all too small, nothing is lost; without the limit the version is saved."""
    # promise 20
    path, size = tmp_path / "session.json", 100_000
    path.write_bytes(b"old")
    limits = [str(size * level // LEVELS) for level in range(LEVELS)]
    child = [sys.executable, "-c", LIMITED, str(path), str(size), *limits, str(size)]
    told = subprocess.run(child, check=True, capture_output=True, text=True).stdout.split()
    assert told == ["refused"] * LEVELS + ["saved"]
    assert path.read_bytes() == b"n" * size


@contextmanager
def without_rights() -> Iterator[None]:
    """Root passes every door, so root becomes nobody for the length of a block."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_closed_to_us_is_named_and_left_alone() -> None:
    """Where the account may not write, nothing changes and the sentence says what to do."""
    # promise 21
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "session.json"
        disk.write_whole(path, OLD)
        folder.chmod(0o555)
        try:
            with without_rights():
                with pytest.raises(StorageError, match="your account is not allowed to"):
                    disk.replace_with_previous(path, NEW, PREVIOUS)
                with pytest.raises(StorageError, match="your account is not allowed to"):
                    disk.make_private_folder(folder / "sessions")
                assert "your account is not allowed to" in (writable(folder / "sessions") or "")
        finally:
            folder.chmod(0o755)
        assert path.read_bytes() == OLD
        assert [entry.name for entry in folder.iterdir()] == ["session.json"]
