"""A session leaves: its Summary is frozen in the record, then written where it was asked for.

Touches: disk. The first export of a closed session writes the Summary into the record; every
later one, in whatever format, renders that one, so that no two can be subtracted. A session that
is still open gives a partial Summary without anything that was said, and nothing is frozen.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from agreements.sentence import Sentence
from sessions import disk
from sessions.document import ClosedRecord, OpenRecord, Record, to_json
from sessions.errors import CommandRefusedError, RecordDamagedError, StorageError, shown
from sessions.export.encrypting import SUFFIX, encrypted, recipient
from sessions.export.registry import Format, Told
from sessions.export.report import IN_ENGLISH, OWN_LANGUAGE, Edition, Spoken
from sessions.programme.model import ProgrammeSummary
from sessions.store import read_record
from sessions.summarise import freeze, partial_of, summary_of
from sessions.summary import Summary
from sessions.text import slug

_LARGEST_EXPORT_BYTES = 64 * 1024 * 1024
_ID_SIGNS = 4


@dataclass(frozen=True, slots=True)
class Released:
    """A session, or a programme of many, that may leave."""

    summary: Told
    """What leaves, the same for ever."""
    stem: str
    """What its files are called, without the ending."""
    language: str = OWN_LANGUAGE
    """Of what was said in it, as a tag."""


def release(path: Path, lock: AbstractContextManager[object] | None = None) -> Released:
    """Freeze the Summary of a session, unless an earlier export has, and return it.

    Of a session that is still open a partial one is returned, and its record is left as it is.

    Args:
        path: The record.
        lock: The session's lock, held while the record is replaced; none for a file that lies
            outside the data folder.

    Raises:
        SessionLockedError: Another program has it open.
        StorageError: The record cannot be read, or the Summary not be frozen.
    """
    path = path.resolve()
    record = read_record(path)
    if isinstance(record, OpenRecord):
        summary = partial_of(record)
        return Released(summary, f"{_stem(record, summary)}-partial", summary.language)
    if record.summary is None:
        with lock or nullcontext():
            record = _frozen(path)
    summary = summary_of(record)
    return Released(summary, _stem(record, summary), summary.language)


def _frozen(path: Path) -> ClosedRecord:
    """Read a record once more, now that nobody else writes it, and freeze its Summary in it.

    Raises:
        RecordDamagedError: It is open again, which no program of ours makes of a closed one.
    """
    record = read_record(path)
    if not isinstance(record, ClosedRecord):
        raise RecordDamagedError("This record was closed and is open again. It is left as it is.")
    record = freeze(record)
    disk.write_whole(path, to_json(record))
    return record


def _stem(record: Record, summary: Summary) -> str:
    """Return what files are called: by the Summary's title, for a session's own may not leave."""
    return f"{record.held_on.isoformat()}-{slug(summary.title)}-{record.id[:_ID_SIGNS]}"


def programme_release(told: ProgrammeSummary) -> Released:
    """Return a programme as it leaves: its files are called by its days and its cohort."""
    return Released(told, f"programme-{told.first_on}-{told.last_on}-{told.cohort[:_ID_SIGNS]}")


def write_exports(
    released: Released,
    chosen: Sequence[Format],
    folder: Path,
    *,
    edition: Edition = "full",
    to_key: str | None = None,
    spoken: Spoken = IN_ENGLISH,
) -> tuple[Path, ...]:
    """Write a session or a programme in some formats, all or none, and return the files.

    Nothing of anybody's is overwritten. A file that holds the same bytes already is left as it is.

    Args:
        released: What leaves.
        chosen: The formats.
        folder: Where to; it is made if it is not there.
        edition: Whom the report is for.
        to_key: A public key of age to encrypt each file to.
        spoken: In which language the files say their own words.

    Raises:
        CommandRefusedError: A different file of that name is there, a format cannot be made here,
            or the key is none.
        StorageError: The disk refused.
    """
    to = None if to_key is None else recipient(to_key)
    files = {}
    for one in chosen:
        data = one.render(released.summary, edition, spoken)
        name = f"{released.stem}{one.ending(edition)}"
        path = folder / (name if to is None else f"{name}{SUFFIX}")
        files[path] = data if to is None else encrypted(data, to)
    disk.make_private_folder(folder)
    there = {path for path in files if path.exists()}
    for path in there:
        if not _holds(path, files[path]):
            raise CommandRefusedError(
                Sentence(
                    "{path} is there already and is different. Move it away, or choose "
                    "another folder.",
                    path=shown(path),
                )
            )
    disk.write_all({path: data for path, data in files.items() if path not in there})
    return tuple(files)


def write_export(
    released: Released, chosen: Format, folder: Path, spoken: Spoken = IN_ENGLISH
) -> Path:
    """Write a session in one format and return the file; nothing of anybody's is overwritten.

    Args:
        released: The session.
        chosen: The format.
        folder: Where to; it is made if it is not there.
        spoken: In which language the file says its own words.

    Raises:
        CommandRefusedError: A different file of that name is there.
        StorageError: The disk refused.
    """
    (path,) = write_exports(released, [chosen], folder, spoken=spoken)
    return path


def _holds(path: Path, data: bytes) -> bool:
    try:
        return disk.read_whole(path, _LARGEST_EXPORT_BYTES) == data
    except StorageError:
        return False
