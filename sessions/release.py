"""A session leaves: its Summary is frozen in the record, then written where it was asked for.

Touches: disk. The first export of a closed session writes the Summary into the record; every later
one, in whatever format, renders that one, so that no two can be subtracted. For the same reason an
open session leaves only as a partial, which has nothing in it that people said or answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sessions import disk
from sessions.document import ClosedRecord, OpenRecord, Record, to_json
from sessions.errors import CommandRefusedError, StorageError, shown
from sessions.export.encrypting import SUFFIX, encrypted, recipient
from sessions.export.registry import Format, Told
from sessions.export.report import Edition
from sessions.programme.model import ProgrammeSummary
from sessions.store import read_record
from sessions.summarise import freeze, summary_of
from sessions.summary import Summary
from sessions.text import slug

_STILL_OPEN: Final = (
    "This session is still open, and only a closed one can be exported. Close it first; "
    "`dialogue show` shows what there is so far."
)
_NO_WORDS_YET: Final = (
    "What people said and answered is left out as long as the session is open: two reports of one "
    "session, set side by side, could give a person away."
)
_IN_A_PARTIAL: Final = frozenset(
    {"partial", "rehearsal", "session", "held_on", "language", "plan", "plan_revision"}
    | {"title", "plan_title", "plan_purpose", "rule_name", "rule_text", "planned_minutes"}
    | {"actual_minutes", "steps", "agreements", "adopted"}
    | {"conditions", "conditions_left", "threshold"}
)
"""What the facilitator did and nobody said; all else of a Summary waits for the close."""
_LARGE_ROOM: Final = 60
"""A plan that says nothing of how many people it is for is reckoned for rooms up to this."""
_LARGEST_EXPORT_BYTES: Final = 64 * 1024 * 1024
_ID_SIGNS: Final = 4


@dataclass(frozen=True, slots=True)
class Released:
    """A session, or a programme of many, that may leave."""

    summary: Told
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
    return Released(summary, _stem(record, summary))


def partial_release(path: Path) -> Released:
    """Return what an open session tells so far: nothing is frozen, and nobody's words leave.

    Args:
        path: The record.

    Raises:
        StorageError: The record cannot be read.
        CommandRefusedError: The session is closed, so that there is a whole report of it.
    """
    record = read_record(path.resolve())
    if not isinstance(record, OpenRecord):
        raise CommandRefusedError("This session is closed: it leaves whole, and not as a partial.")
    whole = summary_of(_without_people(record))
    kept = {name: getattr(whole, name) for name in _IN_A_PARTIAL}
    summary = Summary(**kept, limits=(*whole.limits[:1], _NO_WORDS_YET))
    return Released(summary, f"{_stem(record, summary)}-partial")


def _without_people(record: OpenRecord) -> OpenRecord:
    """Return a record of as many people as its plan is for, without what they said.

    How many are here decides a band and planned minutes, and answers decide the band beside them:
    the report of the closed session may tell another band, and between the two people be counted.
    """
    plan = record.plan
    usual = (plan.min_heads + min(plan.max_heads, _LARGE_ROOM)) // 2
    setting = record.setting.model_copy(update={"heads": usual})
    agreements = record.agreements.model_copy(update={"wordings": ()})
    return record.model_copy(update={"setting": setting, "answers": (), "agreements": agreements})


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
) -> tuple[Path, ...]:
    """Write a session or a programme in some formats, all or none, and return the files.

    Nothing of anybody's is overwritten. A file that holds the same bytes already is left as it is.

    Args:
        released: What leaves.
        chosen: The formats.
        folder: Where to; it is made if it is not there.
        edition: Whom the report is for.
        to_key: A public key of age to encrypt each file to.

    Raises:
        CommandRefusedError: A different file of that name is there, a format cannot be made here,
            or the key is none.
        StorageError: The disk refused.
    """
    to = None if to_key is None else recipient(to_key)
    files = {}
    for one in chosen:
        data = one.render(released.summary, edition)
        name = f"{released.stem}{one.ending(edition)}"
        path = folder / (name if to is None else f"{name}{SUFFIX}")
        files[path] = data if to is None else encrypted(data, to)
    disk.make_private_folder(folder)
    there = {path for path in files if path.exists()}
    for path in there:
        if not _holds(path, files[path]):
            raise CommandRefusedError(
                f"{shown(path)} is there already and is different. Move it away, or choose "
                "another folder."
            )
    disk.write_all({path: data for path, data in files.items() if path not in there})
    return tuple(files)


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
    (path,) = write_exports(released, [chosen], folder)
    return path


def _stem(record: Record, summary: Summary) -> str:
    # By the Summary's title: under some rules the session's own does not leave.
    return f"{record.held_on.isoformat()}-{slug(summary.title)}-{record.id[:_ID_SIGNS]}"


def _holds(path: Path, data: bytes) -> bool:
    try:
        return disk.read_whole(path, _LARGEST_EXPORT_BYTES) == data
    except StorageError:
        return False


def _closed(record: Record) -> ClosedRecord:
    if not isinstance(record, ClosedRecord):
        raise CommandRefusedError(_STILL_OPEN)
    return record
