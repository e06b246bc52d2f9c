"""A session leaves: its Summary is frozen in the record, then written where it was asked for.

Touches: disk. The first export of a closed session writes the Summary into the record; every
later one, in whatever format, renders that one, so that no two can be subtracted; what became known
in between is frozen in its turn. A session that is still open gives a partial Summary without
anything that was said, and nothing is frozen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import MappingProxyType

from sessions import disk
from sessions.document import ClosedRecord, OpenRecord, Record, to_json
from sessions.errors import RecordDamagedError, StorageError
from sessions.export.encrypting import SUFFIX, encrypted, recipient
from sessions.export.registry import Format, Told
from sessions.export.report import (
    IN_ENGLISH,
    OWN_LANGUAGE,
    Edition,
    Paper,
    Spoken,
    short_language,
)
from sessions.programme.model import ProgrammeSummary
from sessions.store import read_record
from sessions.summarise import freeze, partial_of, summary_of
from sessions.summary import Summary
from sessions.text import slug

_LARGEST_EXPORT_BYTES = 64 * 1024 * 1024
_ID_SIGNS = 4
_SECOND = 2
"""The number of the first file that finds its name taken."""


@dataclass(frozen=True, slots=True)
class Released:
    """A session, or a programme of many, that may leave."""

    summary: Told
    """What leaves, the same for ever."""
    stem: str
    """What its files are called, without the ending."""
    language: str = OWN_LANGUAGE
    """Of what was said in it, as a tag."""


Files = Callable[[Released], Mapping[Path, bytes]]
"""What is to be written of a session, once it is known what leaves."""


def release(
    path: Path,
    lock: AbstractContextManager[object] | None = None,
    files: Files = lambda _released: {},
) -> Released:
    """Freeze the Summary of a session, as far as no earlier export has, and return it.

    Of a session that is still open a partial one is returned, and its record is left as it is.
    What is written of it goes with the freezing: no file is there, and nothing is frozen, before
    all of it is on the disk.

    Args:
        path: The record.
        lock: The session's lock, held while the record is replaced; none for a file that lies
            outside the data folder.
        files: Makes what is to be written; it may refuse.

    Raises:
        SessionLockedError: Another program has it open.
        StorageError: The record cannot be read, or something not be written.
    """
    path = path.resolve()
    record = read_record(path)
    if isinstance(record, OpenRecord) or _tells_nothing_new(record):
        released = _released(record)
        disk.write_all(files(released))
        return released
    with lock or nullcontext():
        record = _frozen(path)
        released = _released(record)
        disk.write_all({path: to_json(record), **files(released)})
    return released


def _tells_nothing_new(record: ClosedRecord) -> bool:
    return record.summary is not None and freeze(record) is record


def _frozen(path: Path) -> ClosedRecord:
    """Read a record once more, now that nobody else writes it, with its Summary frozen.

    Raises:
        RecordDamagedError: It is open again, which no program of ours makes of a closed one.
    """
    record = read_record(path)
    if not isinstance(record, ClosedRecord):
        raise RecordDamagedError("This record was closed and is open again. It is left as it is.")
    return freeze(record)


def _released(record: Record) -> Released:
    if isinstance(record, OpenRecord):
        summary = partial_of(record)
        return Released(summary, f"{_stem(record, summary)}-partial", summary.language)
    summary = summary_of(record)
    return Released(summary, _stem(record, summary), summary.language)


def _stem(record: Record, summary: Summary) -> str:
    """Return what files are called: by the Summary's title, for a session's own may not leave."""
    return f"{record.held_on.isoformat()}-{slug(summary.title)}-{record.id[:_ID_SIGNS]}"


def programme_release(told: ProgrammeSummary) -> Released:
    """Return a programme as it leaves: its files are called by its days and its cohort."""
    return Released(told, f"programme-{told.first_on}-{told.last_on}-{told.cohort[:_ID_SIGNS]}")


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants written, and where to."""

    formats: Sequence[Format]
    folder: Path
    """It is made if it is not there."""
    edition: Edition = "full"
    """Whom the report is for."""
    paper: Paper = "a4"
    """What the formats with pages are made for."""
    to_key: str | None = None
    """A public key of age to encrypt each file to."""
    spoken: Callable[[str], Spoken] = lambda _own: IN_ENGLISH
    """In which language files say their own words, by that of what was said."""

    def files(self, released: Released) -> dict[Path, bytes]:
        """Return each file that is wanted, with its bytes.

        Raises:
            CommandRefusedError: A format cannot be made here, or the key is none.
        """
        to = None if self.to_key is None else recipient(self.to_key)
        made, spoken = {}, self.spoken(released.language)
        own = short_language(released.language)
        language = spoken.language if spoken.language != own else ""
        for one in self.formats:
            data = one.render(released.summary, self.edition, self.paper, spoken)
            name = f"{released.stem}{one.ending(self.edition, self.paper, language)}"
            path = self.folder / (name if to is None else f"{name}{SUFFIX}")
            made[path] = data if to is None else encrypted(data, to)
        return made


def export_session(
    path: Path, order: Order, lock: AbstractContextManager[object] | None = None
) -> tuple[Path, ...]:
    """Write a session in some formats, all or none, and return the files.

    The first time this freezes its Summary, and only when every file is on the disk.

    Args:
        path: The record.
        order: What is wanted.
        lock: The session's lock; none for a file that lies outside the data folder.

    Raises:
        CommandRefusedError: A format cannot be made here, or the key is none.
        SessionLockedError: Another program has the session open.
        StorageError: The record cannot be read, or the disk refused.
    """
    # A folder that takes no file is found out before a second is spent on drawing.
    disk.make_private_folder(order.folder)
    disk.probe(order.folder)
    written: list[Path] = []

    def files(released: Released) -> dict[Path, bytes]:
        made = _beside_others(order.files(released))
        written.extend(made)
        return _not_there(made)

    release(path, lock, files)
    return tuple(written)


def write_exports(
    released: Released, order: Order, beside: Mapping[Path, bytes] = MappingProxyType({})
) -> tuple[Path, ...]:
    """Write what may leave in some formats, all or none, and return the files.

    Nothing of anybody's is overwritten: beside a different file of that name, the new one has a
    number. A file that holds the same bytes already is left as it is.

    Args:
        released: What leaves.
        order: What is wanted.
        beside: Files of our own that are replaced in the same step.

    Raises:
        CommandRefusedError: A format cannot be made here, or the key is none.
        StorageError: The disk refused.
    """
    files = _beside_others(order.files(released))
    disk.make_private_folder(order.folder)
    disk.write_all({**beside, **_not_there(files)})
    return tuple(files)


def _beside_others(files: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """Return files under names that are free, or under which they are there already.

    What became known since an earlier export, and what is encrypted once more, is another file.
    """
    return {_free(path, data): data for path, data in files.items()}


def _free(path: Path, data: bytes) -> Path:
    stem, dot, suffixes = path.name.partition(".")
    for number in count(_SECOND):
        if not path.exists() or _holds(path, data):
            break
        path = path.with_name(f"{stem}-{number}{dot}{suffixes}")
    return path


def _not_there(files: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """Return the files that are not there yet."""
    return {path: data for path, data in files.items() if not path.exists()}


def _holds(path: Path, data: bytes) -> bool:
    try:
        return disk.read_whole(path, _LARGEST_EXPORT_BYTES) == data
    except StorageError:
        return False
