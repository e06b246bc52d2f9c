"""How bytes reach the disk so that no crash, power cut or full disk loses what was saved.

Touches: disk, clock (only to wait on Windows while another program holds a file).

Invariants:
* A file is replaced whole, never edited: at every instant its name leads to one complete version.
* A function that returns has its work on the disk itself, not only in the system's memory.
* A function that raises ``StorageError`` leaves the old version or the new one whole under the
  name, and no temporary file, if the disk lets it be removed. Failed does not mean absent: call
  again with all data.
* After a failed fsync that file is given up: the system may have forgotten what it could not
  write, and would answer a second fsync with a false yes. Every call writes a new file.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
import sys
import time  # noqa: TID251
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from agreements.sentence import Sentence
from sessions.errors import FileMissingError, RecordDamagedError, StorageError, shown

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_Result = TypeVar("_Result")

_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_LEFTOVER: Final = re.compile(r"\..+\.[0-9a-f]{16}\.part")
_PROBE_BYTES: Final = 4096
_UNSUPPORTED: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY})

_ON_WINDOWS: Final = sys.platform == "win32"
_HELD_ELSEWHERE: Final = frozenset({5, 32, 33})
_PAUSES_SECONDS: Final = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 0.6, 0.7)


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file by a new version, or create it, in one step that survives a power cut.

    Args:
        path: The file; its folder must exist.
        data: All bytes of the new version.

    Raises:
        StorageError: It could not be done; an old version is still whole.
    """
    with _reported(Sentence("save {path}", path=shown(path))), _staged(path, data) as fresh:
        _replace(fresh, path)
        _sync_folder(path.parent)


def write_all(files: Mapping[Path, bytes]) -> None:
    """Replace several files, or create them, with none touched before all are on the disk.

    So a full disk, or a folder that takes no files, leaves everything as it was. Only what goes
    wrong between two renames, such as a power cut, leaves some new and some old, each whole.

    Args:
        files: Each file with all bytes of its new version; the folders must exist.

    Raises:
        StorageError: It could not be done.
    """
    with ExitStack() as stack:
        fresh = {}
        for path, data in files.items():
            with _reported(Sentence("save {path}", path=shown(path))):
                fresh[path] = stack.enter_context(_staged(path, data))
        for path, staged in fresh.items():
            with _reported(Sentence("save {path}", path=shown(path))):
                _replace(staged, path)
                _sync_folder(path.parent)


def replace_with_previous(path: Path, data: bytes, previous: str) -> None:
    """Replace a file by a new version and keep the version before it beside it.

    The old version gets its second name before the new one goes live, and only once the new one is
    complete on the disk, so a full disk costs neither.

    Args:
        path: The file; its folder must exist.
        data: All bytes of the new version.
        previous: The name of the version before, in the same folder.

    Raises:
        StorageError: It could not be done; an old version is still whole.
    """
    with _reported(Sentence("save {path}", path=shown(path))), _staged(path, data) as fresh:
        _keep(path, path.with_name(previous))
        _replace(fresh, path)
        _sync_folder(path.parent)


def replace_both(path: Path, data: bytes, previous: str) -> None:
    """Replace a file and the version kept beside it, so that nothing of the old text stays.

    The version beside it goes first: killed in between, the old text is still in the file itself,
    where it is seen, and not only where nobody looks.

    Args:
        path: The file; its folder must exist.
        data: All bytes of the new version.
        previous: The name of the version before, in the same folder.

    Raises:
        StorageError: It could not be done for both; call again.
    """
    write_whole(path.with_name(previous), data)
    write_whole(path, data)


def read_whole(path: Path, limit_bytes: int) -> bytes:
    """Read a file that may be large or hostile, up to a limit.

    Args:
        path: The file.
        limit_bytes: The most it may hold.

    Returns:
        All its bytes.

    Raises:
        FileMissingError: There is no such file.
        RecordDamagedError: It is larger than the limit, or not a file at all.
        StorageError: It could not be read.
    """
    try:
        return _patiently(partial(_read, path, limit_bytes))
    except FileNotFoundError as error:
        raise FileMissingError.of(error, Sentence("read {path}", path=shown(path))) from error
    except OSError as error:
        raise StorageError.of(error, Sentence("read {path}", path=shown(path))) from error


def forget(path: Path) -> None:
    """Delete a file so that a power cut does not bring it back; a file that is not there is fine.

    Args:
        path: The file.

    Raises:
        StorageError: It could not be deleted for good; call again.
    """
    with _reported(Sentence("delete {path}", path=shown(path))), suppress(FileNotFoundError):
        with suppress(FileNotFoundError):
            _patiently(path.unlink)
        # Also when it was not there: a call that failed before may have got only half-way.
        _sync_folder(path.parent)


def sweep_leftovers(folder: Path) -> int:
    """Delete the temporary files that a killed program left; only the holder of the lock may.

    Args:
        folder: The session's folder.

    Returns:
        How many there were.

    Raises:
        StorageError: One could not be deleted.
    """
    with _reported(Sentence("tidy {folder}", folder=shown(folder))):
        leftovers = [entry for entry in folder.iterdir() if _LEFTOVER.fullmatch(entry.name)]
        for leftover in leftovers:
            _patiently(partial(leftover.unlink, missing_ok=True))
        if leftovers:
            _sync_folder(folder)
    return len(leftovers)


def make_private_folder(path: Path) -> None:
    """Create a folder, and those above it, for this account alone; an existing one stays as it is.

    Args:
        path: The folder.

    Raises:
        StorageError: It could not be created.
    """
    with _reported(Sentence("create the folder {path}", path=shown(path))):
        _make_folder(path)


def probe(folder: Path) -> None:
    """Find out whether a folder takes a file, by writing one and removing it.

    Args:
        folder: The folder; it must exist.

    Raises:
        StorageError: It does not, and the sentence says why.
    """
    with (
        _reported(Sentence("write in {folder}", folder=shown(folder))),
        _staged(folder / "probe", bytes(_PROBE_BYTES)) as fresh,
    ):
        _patiently(fresh.unlink)


@contextmanager
def _reported(task: Sentence) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError.of(error, task) from error


@contextmanager
def _staged(path: Path, data: bytes) -> Iterator[Path]:
    """A complete new file beside ``path``, on the disk; removed if the block fails."""
    fresh = _beside(path)
    descriptor = os.open(fresh, _CREATE, 0o600)
    try:
        try:
            _write_all(descriptor, data)
            _sync(descriptor)
        finally:
            os.close(descriptor)
        yield fresh
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        written = os.write(descriptor, rest)  # may take less than it is given, and say so only here
        if not written:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rest = rest[written:]


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":
        # There fsync stops at the drive's own memory, which a power cut empties.
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in _UNSUPPORTED:
                raise
        else:
            return
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    if _ON_WINDOWS:  # has no such call: its journal keeps names in order
        return
    descriptor = os.open(folder, _FOLDER)
    try:
        _sync(descriptor)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:  # some file systems have nothing to sync in a folder
            raise
    finally:
        os.close(descriptor)


def _replace(fresh: Path, path: Path) -> None:
    _patiently(partial(fresh.replace, path))


def _keep(path: Path, previous: Path) -> None:
    """Give the version that is live now a second name; the first save has none to keep."""
    if not path.exists():
        return
    twin = _beside(previous)
    try:
        twin.hardlink_to(path)
    except OSError:
        # A disk without hard links gets a copy; any other trouble will show again in making it.
        with _staged(previous, path.read_bytes()) as copy:
            _replace(copy, previous)
        return
    try:
        _replace(twin, previous)
    finally:
        # If ``previous`` already is this very file, replacing does nothing and leaves both names.
        with suppress(OSError):
            twin.unlink()


def _read(path: Path, limit_bytes: int) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise RecordDamagedError(
            Sentence("{path} is not a file: move it away, or choose another one.", path=shown(path))
        )
    with path.open("rb") as file:
        data = file.read(limit_bytes + 1)
    if len(data) > limit_bytes:
        raise RecordDamagedError(
            Sentence(
                "{path} is larger than {limit:,} bytes, so it was not opened: it is no "
                "record of this program, or it is damaged.",
                path=shown(path),
                limit=limit_bytes,
            )
        )
    return data


def _make_folder(path: Path) -> None:
    if path.is_dir():
        return
    _make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    try:
        _sync_folder(path.parent)
    except BaseException:
        # Else the next call would find it there and take it for durable.
        with suppress(OSError):
            path.rmdir()
        raise


def _patiently(action: Callable[[], _Result]) -> _Result:
    """Do it; on Windows wait up to 2.5 s while a scanner, indexer or sync client holds the file."""
    for pause_seconds in _PAUSES_SECONDS if _ON_WINDOWS else ():
        try:
            return action()
        except OSError as error:
            if not _held_elsewhere(error):
                raise
        time.sleep(pause_seconds)
    return action()


def _held_elsewhere(error: OSError) -> bool:
    return isinstance(error, PermissionError) or getattr(error, "winerror", None) in _HELD_ELSEWHERE
