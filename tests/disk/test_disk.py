"""The atomic write and its companions, on a real folder."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions import disk
from sessions.errors import FileMissingError, RecordDamagedError, StorageError, shown

if TYPE_CHECKING:
    from collections.abc import Callable

PREVIOUS = "session.previous.json"
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")


def names(folder: Path) -> list[str]:
    """What a folder holds."""
    return sorted(entry.name for entry in folder.iterdir())


def fail_with(code: int) -> Callable[..., None]:
    """A system call that always fails."""

    def call(*_args: object, **_kwargs: object) -> None:
        raise OSError(code, os.strerror(code))

    return call


def test_a_new_file_is_whole_private_and_alone(tmp_path: Path) -> None:
    """Writing creates the file for its owner only and leaves nothing beside it."""
    path = tmp_path / "session.json"
    disk.write_whole(path, b"one")
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["session.json"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@settings(max_examples=30, deadline=None)
@given(
    versions=st.lists(st.binary(max_size=3000), min_size=1, max_size=3), chunk=st.integers(1, 900)
)
def test_any_bytes_survive_writes_that_take_only_a_part(versions: list[bytes], chunk: int) -> None:
    """Whatever part of the data the system takes at a time, all of it arrives."""  # promise 20
    real_write = os.write
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "session.json"
        patch.setattr(os, "write", lambda to, data: real_write(to, bytes(data)[:chunk]))
        for version in versions:
            disk.write_whole(path, version)
            assert path.read_bytes() == version


def test_a_write_that_takes_nothing_is_an_error_and_not_an_endless_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system that accepts no byte and reports no error is not asked for ever."""
    monkeypatch.setattr(os, "write", lambda _to, _data: 0)
    with pytest.raises(StorageError):
        disk.write_whole(tmp_path / "session.json", b"one")
    assert names(tmp_path) == []


def test_an_interrupt_in_the_middle_leaves_the_old_version_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what is no error of the disk removes the temporary file."""
    path = tmp_path / "session.json"
    disk.write_whole(path, b"one")

    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        disk.write_whole(path, b"two")
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["session.json"]


def test_the_version_before_is_kept_and_only_that_one(tmp_path: Path) -> None:
    """After each save the two newest versions are there, and nothing else."""
    path = tmp_path / "session.json"
    disk.replace_with_previous(path, b"one", PREVIOUS)
    assert names(tmp_path) == ["session.json"]
    for old, new in [(b"one", b"two"), (b"two", b"three")]:
        disk.replace_with_previous(path, new, PREVIOUS)
        assert path.read_bytes() == new
        assert (tmp_path / PREVIOUS).read_bytes() == old
        assert names(tmp_path) == ["session.json", PREVIOUS]


@posix_only
def test_a_save_cut_between_the_two_names_is_followed_by_a_good_one(
    tmp_path: Path,
) -> None:
    """When both names lead to one file already, the next save keeps it and leaves no third."""
    path = tmp_path / "session.json"
    disk.write_whole(path, b"one")
    (tmp_path / PREVIOUS).hardlink_to(path)
    disk.replace_with_previous(path, b"two", PREVIOUS)
    assert path.read_bytes() == b"two"
    assert (tmp_path / PREVIOUS).read_bytes() == b"one"
    assert names(tmp_path) == ["session.json", PREVIOUS]


def test_a_disk_without_hard_links_keeps_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a USB stick the version before is copied, as safely as the new one is written."""
    path = tmp_path / "session.json"
    monkeypatch.setattr(os, "link", fail_with(errno.EPERM))
    disk.replace_with_previous(path, b"one", PREVIOUS)
    disk.replace_with_previous(path, b"two", PREVIOUS)
    disk.replace_with_previous(path, b"three", PREVIOUS)
    assert (path.read_bytes(), (tmp_path / PREVIOUS).read_bytes()) == (b"three", b"two")
    assert names(tmp_path) == ["session.json", PREVIOUS]


def test_replacing_both_leaves_nothing_of_the_old_text(tmp_path: Path) -> None:
    """After a withdrawal neither version holds what was withdrawn."""
    path = tmp_path / "session.json"
    disk.replace_with_previous(path, b"canary one", PREVIOUS)
    disk.replace_with_previous(path, b"canary two", PREVIOUS)
    disk.replace_both(path, b"clean", PREVIOUS)
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [b"clean", b"clean"]


def test_reading_gives_all_bytes_up_to_the_limit(tmp_path: Path) -> None:
    """A file of exactly the limit is read; one byte more is called damaged."""
    path = tmp_path / "session.json"
    path.write_bytes(b"12345")
    assert disk.read_whole(path, 5) == b"12345"
    with pytest.raises(RecordDamagedError, match="larger than 4 bytes"):
        disk.read_whole(path, 4)


def test_reading_tells_missing_from_unfit(tmp_path: Path) -> None:
    """A missing file, a folder and a file below a file have each an error of their own kind."""
    with pytest.raises(FileMissingError, match="it is not there"):
        disk.read_whole(tmp_path / "session.json", 10)
    with pytest.raises(RecordDamagedError, match="is not a file"):
        disk.read_whole(tmp_path, 10)
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        disk.read_whole(tmp_path / "file" / "session.json", 10)


@posix_only
@pytest.mark.timeout(5)
def test_reading_does_not_wait_for_a_pipe(tmp_path: Path) -> None:
    """A pipe in the record's place is refused at once instead of being waited for."""
    os.mkfifo(tmp_path / "session.json")
    with pytest.raises(RecordDamagedError):
        disk.read_whole(tmp_path / "session.json", 10)


def test_forgetting_deletes_and_may_be_repeated(tmp_path: Path) -> None:
    """What is gone already, or whose folder is gone, counts as forgotten."""
    path = tmp_path / "folder" / "session.json"
    disk.forget(path)
    disk.make_private_folder(path.parent)
    disk.write_whole(path, b"one")
    disk.forget(path)
    disk.forget(path)
    assert names(path.parent) == []


@posix_only
def test_forgetting_again_completes_what_failed_half_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the deletion could not be made durable, calling again makes it so."""
    path = tmp_path / "session.json"
    disk.write_whole(path, b"one")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_with(errno.EIO))
        with pytest.raises(StorageError, match="Could not delete"):
            disk.forget(path)
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    disk.forget(path)
    assert len(synced) == 1


def test_only_our_own_leftovers_are_swept(tmp_path: Path) -> None:
    """What a killed program left goes; everything else stays."""
    token = "0123456789abcdef"
    kept = ["session.json", ".session.json.part", f".notes.{token}", f"a.{token}.part"]
    ours = [f".session.json.{token}.part", f".{PREVIOUS}.00000000000000ff.part"]
    for name in kept + ours:
        (tmp_path / name).touch()
    assert disk.sweep_leftovers(tmp_path) == 2
    assert names(tmp_path) == sorted(kept)
    assert disk.sweep_leftovers(tmp_path) == 0


def test_the_name_of_a_temporary_file_is_one_that_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names given while writing are the names looked for when tidying."""
    path = tmp_path / "session.json"
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_with(errno.EIO))
        patch.setattr(os, "unlink", fail_with(errno.EIO))
        with pytest.raises(StorageError):
            disk.write_whole(path, b"one")
    assert len(names(tmp_path)) == 1
    assert disk.sweep_leftovers(tmp_path) == 1


@posix_only
def test_each_new_folder_is_private_and_old_ones_keep_their_mode(tmp_path: Path) -> None:
    """Folders that are created are for their owner only, all along the way."""
    tmp_path.chmod(0o755)
    disk.make_private_folder(tmp_path / "data" / "sessions" / "one")
    disk.make_private_folder(tmp_path / "data" / "sessions" / "one")
    for name in ["data", "data/sessions", "data/sessions/one"]:
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o700
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    """When a file has the folder's name the sentence says so, and the file stays."""
    (tmp_path / "data").write_bytes(b"mine")
    for folder in (tmp_path / "data", tmp_path / "data" / "sessions"):
        with pytest.raises(StorageError, match="something else has that name"):
            disk.make_private_folder(folder)
    assert (tmp_path / "data").read_bytes() == b"mine"


@posix_only
def test_a_folder_that_is_not_durable_is_not_taken_for_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When its name could not be synced the folder goes again, and the next call starts anew."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_with(errno.EIO))
        with pytest.raises(StorageError, match="Could not create the folder"):
            disk.make_private_folder(tmp_path / "data")
    assert names(tmp_path) == []


def test_a_probe_leaves_nothing(tmp_path: Path) -> None:
    """A folder that takes a file is as empty after the probe as before; a missing one fails."""
    disk.probe(tmp_path)
    assert names(tmp_path) == []
    with pytest.raises(StorageError, match="Could not write in"):
        disk.probe(tmp_path / "missing")


@posix_only
def test_a_file_system_that_cannot_sync_folders_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems refuse to sync a folder; the file itself is synced all the same."""
    real_fsync = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "")
        real_fsync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    disk.write_whole(tmp_path / "session.json", b"one")
    assert (tmp_path / "session.json").read_bytes() == b"one"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "there is no space left"),
        (errno.EDQUOT, "there is no space left"),
        (errno.EFBIG, "there is no space left"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "your account is not allowed to"),
        (errno.EPERM, "your account is not allowed to"),
        (errno.EIO, "the disk reports a fault"),
        (errno.ENOENT, "it is not there"),
        (errno.ENOMEM, "the system says"),
    ],
)
def test_each_kind_of_trouble_has_its_sentence(code: int, words: str) -> None:
    """The sentence names the task, the reason and the way out, and ends once."""
    sentence = StorageError.of(OSError(code, os.strerror(code)), "save /data/session.json").sentence
    assert sentence.startswith("Could not save /data/session.json: ")
    assert words in sentence
    assert "; " in sentence
    assert sentence.endswith(".")
    assert sentence.count(".") == 2  # the other one is in the file's name


def test_a_path_in_a_sentence_cannot_steer_a_terminal() -> None:
    """Escapes, line ends, right-to-left marks and undecodable bytes in a path become harmless."""
    path = Path("/data/\x1b[2J\n\u202eevil\udcff é")
    assert shown(path).removeprefix(str(Path("/data")))[1:] == "\ufffd[2J\ufffd\ufffdevil\ufffd é"


def test_several_files_get_their_names_together(tmp_path: Path) -> None:
    """Each is whole under its name, old ones replaced, and nothing is left beside them."""
    (tmp_path / "one").write_bytes(b"old")
    disk.write_all({tmp_path / "one": b"1", tmp_path / "two": b"2"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "one": b"1",
        "two": b"2",
    }


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_one_of_several_that_fails_leaves_all_as_they_were(
    tmp_path: Path, failing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of them the disk refuses, the old ones stand and no new one does."""
    (tmp_path / "one").write_bytes(b"old")
    whole, calls = os.write, []

    def write(descriptor: int, data: bytes) -> int:
        calls.append(descriptor)
        if len(calls) == failing:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return whole(descriptor, data)

    monkeypatch.setattr(os, "write", write)
    files = {tmp_path / name: b"new" for name in ("one", "two", "three")}
    with pytest.raises(StorageError, match=["one", "two", "three"][failing - 1]):
        disk.write_all(files)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"one": b"old"}
