"""What is due in the sessions that are kept: how commitments stand, and words past their day.

Touches: disk. A record is validated only where something may be due in it, because a list of many
sessions waits for this. One that cannot be read is left to the list, which says so. Rehearsals are
left out.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pydantic_core

from sessions import disk
from sessions.document import ClosedRecord
from sessions.errors import StorageError
from sessions.purging import due_on, words_in
from sessions.standing import DAYS, REMINDED_UNTIL, FollowUpDue, follow_up_due
from sessions.store import LARGEST_RECORD_BYTES, Header, parse_record


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
            data = disk.read_whole(header.path, LARGEST_RECORD_BYTES)
            if not _may_be_due(data, today):
                continue
            record = parse_record(data, header.path)
            closed = record if isinstance(record, ClosedRecord) else None
            stays = closed is not None and (closed.on_hold or closed.purged_on is not None)
            past = due_on(record) <= today and words_in(record) > 0 and not stays
            due = None if closed is None else follow_up_due(closed, today)
            if due is not None or past:
                since = due_on(record) if past else None
                yield Reminder(header.id, header.title, due, since)


def _may_be_due(data: bytes, today: date) -> bool:
    """Say by a look at a record whether anything may be due in it; a strange one may."""
    try:
        table: dict[str, Any] = pydantic_core.from_json(data)
        passed = (today - date.fromisoformat(table["held_on"])).days
        words_stay = "purged_on" in table or table.get("on_hold") is True
        past = passed >= table["setting"]["retention_days"] and not words_stay
        promised = bool(table.get("group_commitments"))
    except (ValueError, TypeError, KeyError, AttributeError):
        return True
    return past or (promised and DAYS[0] <= passed <= REMINDED_UNTIL)
