"""The keys of the asks: private, found again, deleted for good, and never left behind."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from sessions.errors import StorageError
from sessions.keys import AskKey, KeyFolder

SESSION, OTHER = "2026-11-22-lunch-k3f9", "2026-11-23-dinner-p2w8"


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    """Return an empty folder of keys."""
    return KeyFolder(tmp_path / "config")


def test_keys_are_found_again_by_the_next_program(keys: KeyFolder, tmp_path: Path) -> None:
    """Each ask has a key of its own, which a program that starts anew loads."""
    made = keys.create(SESSION, ["one", "two"])
    keys.create(OTHER, ["one"])
    assert len({*made.values()}) == 2
    assert all(len(key) == 32 for key in made.values())
    assert KeyFolder(tmp_path / "config").load(SESSION) == made
    assert keys.load("another") == {}


def test_no_two_keys_are_alike(keys: KeyFolder) -> None:
    """The same ask of the same session gets another key each time."""
    # promise 28
    assert keys.create(SESSION, ["one"]) != keys.create(SESSION, ["one"])


def test_a_sheet_that_begins_anew_has_the_new_keys_alone(keys: KeyFolder) -> None:
    """Keys of a sheet that never came to open are not mistaken for those of the next."""
    keys.create(SESSION, ["one", "two"])
    made = keys.create(SESSION, ["one"])
    assert keys.load(SESSION) == made
    assert len(list(keys.folder.iterdir())) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_keys_are_for_this_account_alone(keys: KeyFolder) -> None:
    """Folder and files are closed to others, and no file is called after what it opens."""
    keys.create(SESSION, ["one"])
    (path,) = keys.folder.iterdir()
    assert stat.S_IMODE(keys.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(bytes.fromhex(path.stem)) == 16
    assert path.suffix == ".key"


def test_a_key_that_is_printed_shows_nothing(keys: KeyFolder) -> None:
    """A crash that prints a key, or meets a damaged one, prints no secret."""
    # promise 4
    secret = "5e" * 32
    assert secret not in repr(AskKey(session=SESSION, ask="one", secret=secret))
    with pytest.raises(ValueError, match="1 validation error") as caught:
        AskKey(session=SESSION, ask="one", secret=f"{secret}x")
    assert secret not in str(caught.value)


def test_deleting_takes_the_keys_of_one_session(keys: KeyFolder) -> None:
    """What belongs to another session stays; deleting again is fine."""
    # promise 16
    keys.create(SESSION, ["one", "two"])
    other = keys.create(OTHER, ["one"])
    keys.delete(SESSION)
    keys.delete(SESSION)
    assert keys.load(SESSION) == {}
    assert keys.load(OTHER) == other
    assert len(list(keys.folder.iterdir())) == 1


def test_orphans_are_keys_of_no_open_session(keys: KeyFolder) -> None:
    """Keys of closed sessions, damaged ones and half-written ones are orphans; others are not."""
    assert keys.orphans([]) == []
    kept = keys.create(SESSION, ["one"])
    mine = set(keys.folder.iterdir())
    keys.create(OTHER, ["one"])
    (keys.folder / "damaged.key").write_bytes(b"{}")
    (keys.folder / "huge.key").write_bytes(bytes(5000))
    (keys.folder / ".x.key.0123456789abcdef.part").write_bytes(b"{")
    (keys.folder / "notes.txt").write_text("somebody's", encoding="utf-8")
    orphans = keys.orphans({SESSION})
    assert len(orphans) == 4
    assert not mine & {*orphans}
    keys.forget(orphans)
    assert keys.orphans({SESSION}) == []
    assert keys.load(SESSION) == kept
    assert (keys.folder / "notes.txt").exists()


def fail(*_args: object) -> None:
    """Be a disk with a fault."""
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_keys_that_cannot_all_be_saved_are_not_made(
    keys: KeyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the second key fails the first one goes again, and the sentence says what failed."""
    # promise 21
    keys.create(OTHER, ["one"])
    synced = 0

    def fsync(descriptor: int) -> None:
        nonlocal synced
        synced += 1
        if synced == 3:  # each file and its folder are synced; the third is the second file
            fail()

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        with pytest.raises(StorageError, match=r"Could not save .*\.key: the disk reports a fault"):
            keys.create(SESSION, ["one", "two"])
    assert len(list(keys.folder.iterdir())) == 1
    assert keys.load(SESSION) == {}


def test_a_deletion_that_is_not_durable_is_no_deletion(
    keys: KeyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk cannot confirm it the error says so, and the next call completes it."""
    keys.create(SESSION, ["one"])
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", fail)
        with pytest.raises(StorageError, match="Could not delete"):
            keys.delete(SESSION)
    assert len(keys.load(SESSION)) == 1
    keys.delete(SESSION)
    assert keys.load(SESSION) == {}


def test_a_file_in_the_place_of_the_folder_is_named(keys: KeyFolder) -> None:
    """What stands in the way is named and left alone."""
    keys.folder.parent.mkdir()
    keys.folder.write_bytes(b"mine")
    for act in (lambda: keys.create(SESSION, ["one"]), lambda: keys.orphans([])):
        with pytest.raises(StorageError, match="something else has that name"):
            act()
    assert keys.folder.read_bytes() == b"mine"
