"""What is due in the sessions that are kept: how commitments stand, and words past their day.

Touches: disk. Each record is read once; one that cannot be read is left to the list, which says
so. Rehearsals are left out.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sessions.document import ClosedRecord
from sessions.errors import StorageError
from sessions.purging import due_on, words_in
from sessions.standing import FollowUpDue, follow_up_due
from sessions.store import Header, read_record


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is due in one session."""

    name: str
    """The session's name on the command line."""
    title: str
    follow_up: FollowUpDue | None
    words_since: date | None
    """The day on which its words were due to go; `None` while they may stay."""


def reminders(headers: Iterable[Header], today: date) -> Iterator[Reminder]:
    """Yield the sessions in which something is due, in the order in which they are listed."""
    for header in headers:
        if header.state in ("damaged", "newer") or header.held_on >= today.isoformat():
            continue
        with contextlib.suppress(StorageError):
            record = read_record(header.path)
            closed = record if isinstance(record, ClosedRecord) else None
            stays = closed is not None and (closed.on_hold or closed.purged_on is not None)
            past = due_on(record) <= today and words_in(record) > 0 and not stays
            due = None if closed is None else follow_up_due(closed, today)
            if due is not None or past:
                since = due_on(record) if past else None
                yield Reminder(header.id, header.title, due, since)
