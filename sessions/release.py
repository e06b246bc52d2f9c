"""A session leaves: its Summary is frozen in the record, then written where it was asked for.

Touches: disk. Only a closed session leaves. The first export writes the Summary into the record;
every later one, in whatever format, renders that one, so that no two can be subtracted.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from agreements.sentence import Sentence
from sessions import disk
from sessions.document import ClosedRecord, Record, to_json
from sessions.errors import CommandRefusedError, StorageError, shown
from sessions.export.registry import Format
from sessions.store import read_record
from sessions.summarise import freeze, summary_of
from sessions.summary import Summary
from sessions.text import slug

_STILL_OPEN = Sentence(
    "This session is still open, and only a closed one can be exported. Close it first; "
    "`dialogue show` shows what there is so far."
)
_LARGEST_EXPORT_BYTES = 64 * 1024 * 1024
_ID_SIGNS = 4


@dataclass(frozen=True, slots=True)
class Released:
    """A session that may leave."""

    summary: Summary
    """What leaves, the same for ever."""
    stem: str
    """What its files are called, without the ending."""


def release(path: Path, lock: AbstractContextManager[object] | None = None) -> Released:
    """Freeze the Summary of a session, unless an earlier export has, and return it.

    Args:
        path: The record.
        lock: The session's lock, held while the record is replaced; none for a file that lies
            outside the data folder.

    Raises:
        CommandRefusedError: The session is still open.
        SessionLockedError: Another program has it open.
        StorageError: The record cannot be read, or the Summary not be frozen.
    """
    path = path.resolve()
    record = _closed(read_record(path))
    if record.summary is None:
        with lock or nullcontext():
            record = freeze(_closed(read_record(path)))
            disk.write_whole(path, to_json(record))
    summary = summary_of(record)
    # By the Summary's title: under some rules the session's own does not leave.
    stem = f"{record.held_on.isoformat()}-{slug(summary.title)}-{record.id[:_ID_SIGNS]}"
    return Released(summary, stem)


def write_export(released: Released, chosen: Format, folder: Path) -> Path:
    """Write a session in one format and return the file; nothing of anybody's is overwritten.

    Args:
        released: The session.
        chosen: The format.
        folder: Where to; it is made if it is not there.

    Raises:
        CommandRefusedError: A different file of that name is there.
        StorageError: The disk refused.
    """
    path = folder / f"{released.stem}{chosen.suffix}"
    data = chosen.render(released.summary)
    disk.make_private_folder(folder)
    if path.exists():
        if not _holds(path, data):
            raise CommandRefusedError(
                Sentence(
                    "{path} is there already and is different. Move it away, or choose "
                    "another folder.",
                    path=shown(path),
                )
            )
        return path
    disk.write_whole(path, data)
    return path


def _holds(path: Path, data: bytes) -> bool:
    try:
        return disk.read_whole(path, _LARGEST_EXPORT_BYTES) == data
    except StorageError:
        return False


def _closed(record: Record) -> ClosedRecord:
    if not isinstance(record, ClosedRecord):
        raise CommandRefusedError(_STILL_OPEN)
    return record
