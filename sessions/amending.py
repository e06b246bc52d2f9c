"""A closed record is changed on the disk: read, changed and replaced whole, under its lock.

Touches: disk. An open session cannot be changed so: it has to be closed first.
"""

from __future__ import annotations

from collections.abc import Callable

from sessions.document import ClosedRecord
from sessions.errors import CommandRefusedError
from sessions.store import SessionFolder

STILL_OPEN = "This session is still open. Close it first."


def amend(folder: SessionFolder, change: Callable[[ClosedRecord], ClosedRecord]) -> ClosedRecord:
    """Change a closed record and return it; nothing is written where nothing changed.

    Raises:
        CommandRefusedError: The session is open, or the change is refused.
        SessionLockedError: Another program has it open.
        StorageError: The record cannot be read or written.
    """
    with folder.lock:
        record = closed(folder)
        changed = change(record)
        if changed is not record:
            folder.write(changed)
        return changed


def closed(folder: SessionFolder) -> ClosedRecord:
    """Read a closed record.

    Raises:
        CommandRefusedError: The session is open.
        StorageError: The record cannot be read.
    """
    record = folder.read()
    if not isinstance(record, ClosedRecord):
        raise CommandRefusedError(STILL_OPEN)
    return record
