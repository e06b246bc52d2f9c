"""A full disk: a box is made whole or not at all, and once made it never needs room again."""

from __future__ import annotations

import errno
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest

from sessions.ballots import BOX_NAME, Box
from sessions.cells import CellFile
from sessions.envelopes import ENVELOPE_BYTES, seal
from sessions.errors import StorageError

KEY = b"k" * 32
LEVELS = 20
CELLS = 64
BOX_BYTES = CELLS * ENVELOPE_BYTES
DISK_BYTES = 4 * BOX_BYTES

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and mounts of POSIX")


def envelope(number: int) -> bytes:
    """Return the envelope of a number."""
    return seal(KEY, number.to_bytes(16, "big"), b"%d" % number, secrets.token_bytes(24))


def numbers_on(path: Path) -> list[int]:
    """Return the numbers that a program which starts now finds in the box."""
    box = Box.reopen(path, [KEY])
    found = sorted(int(one.answer) for one in box.open_all(KEY).values())
    box.close()
    return found


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk of its own with room for four boxes; see conftest for accounts that may not mount."""
    place = tmp_path_factory.mktemp("disk")
    options = f"size={DISK_BYTES},mode=0700"
    mount = ["mount", "-t", "tmpfs", "-o", options, "dialogue-test", str(place)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@pytest.fixture
def path(small_disk: Path) -> Iterator[Path]:
    """The box's place on the small disk, which is empty again afterwards."""
    yield small_disk / BOX_NAME
    for entry in small_disk.iterdir():
        entry.unlink()


def leave_free(place: Path, room_bytes: int) -> None:
    """Fill the disk until only so much is free."""
    block = os.statvfs(place).f_frsize
    with (place / "filling").open("wb", buffering=0) as filling, suppress(OSError):
        while os.statvfs(place).f_bavail * block > room_bytes:
            filling.write(bytes(block))


@pytest.mark.parametrize("level", range(LEVELS))
def test_a_box_is_made_whole_or_not_at_all(path: Path, level: int) -> None:
    """Without room for all of it the sheet does not open, in words; with room it does."""
    # promise 20
    room_bytes = level * BOX_BYTES // (LEVELS - 1)
    leave_free(path.parent, room_bytes)
    if room_bytes < BOX_BYTES:
        with pytest.raises(StorageError, match="there is no space left; free some space"):
            Box.create(path, CELLS)
        assert [entry.name for entry in path.parent.iterdir()] == ["filling"]
        (path.parent / "filling").unlink()
    box = Box.create(path, CELLS)
    box.put(envelope(1))
    box.close()
    assert numbers_on(path) == [1]


def test_a_disk_that_fills_up_costs_no_envelope(path: Path) -> None:
    """The room was taken at the opening: every envelope finds its place on a full disk."""
    # promise 20
    box = Box.create(path, CELLS)
    leave_free(path.parent, 0)
    box.put_many(map(envelope, range(CELLS - 1)))
    box.close()
    assert numbers_on(path) == [*range(CELLS - 1)]


def test_a_fault_on_a_full_disk_is_told_and_mended_with_room(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nowhere to move to nothing is called kept; with room again all goes on."""
    # promise 20, promise 21
    box = Box.create(path, CELLS)
    box.put_many(map(envelope, range(3)))
    leave_free(path.parent, 0)

    def fail(_file: CellFile) -> NoReturn:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(CellFile, "sync", fail)
        with pytest.raises(StorageError, match="there is no space left; free some space"):
            box.put(envelope(3))
    with pytest.raises(StorageError, match="there is no space left"):
        box.put(envelope(3))  # the sync would answer now, and must not be believed
    (path.parent / "filling").unlink()
    box.put(envelope(3))
    box.close()
    assert numbers_on(path) == [0, 1, 2, 3]


LIMITED = """
import resource, sys
from pathlib import Path
from sessions.ballots import Box
from sessions.errors import StorageError

path = Path(sys.argv[1])
for limit_bytes in map(int, sys.argv[2:]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, resource.RLIM_INFINITY))
    try:
        Box.create(path, 64).close()
    except StorageError as error:
        assert "there is no space left" in error.sentence, error
        assert list(path.parent.iterdir()) == []
        print("refused")
    else:
        print("made")
"""


def test_a_limit_on_the_size_of_files_is_like_a_full_disk(tmp_path: Path) -> None:
    """At twenty limits, all too small, there is no box and no rest of one; then it is made."""
    # promise 20
    limits = [str(BOX_BYTES * level // LEVELS) for level in range(LEVELS)]
    child = [sys.executable, "-c", LIMITED, str(tmp_path / BOX_NAME), *limits, str(BOX_BYTES)]
    told = subprocess.run(child, check=True, capture_output=True, text=True).stdout.split()
    assert told == ["refused"] * LEVELS + ["made"]
