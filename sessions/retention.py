"""Words go when their day has come: of one session, or of all in the folder.

Touches: disk. A record is replaced whole under its session's lock. A session on hold keeps its
words until it is let go. An open one cannot lose any: it has to be closed first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sessions import debrief
from sessions.amending import amend
from sessions.document import ClosedRecord
from sessions.errors import CommandRefusedError, SessionLockedError, StorageError
from sessions.purging import due_on, without_words, words_in
from sessions.store import Header, SessionFolder, Store

Fate = Literal["purged", "held", "open", "failed"]


@dataclass(frozen=True, slots=True)
class Due:
    """A session whose words are due to go, and what became of them."""

    name: str
    """The session's name on the command line."""
    title: str
    due_on: date
    words: int
    """How many texts."""
    fate: Fate
    sentence: str = ""
    """Why it failed."""


def purge(
    store: Store, today: date, *, pretend: bool = False, holds: Mapping[str, bool] | None = None
) -> Iterator[Due]:
    """Delete all words whose day has come, session by session, the oldest first.

    Args:
        store: The sessions; rehearsals are left out, for nobody was promised anything there.
        today: The day.
        pretend: Only say what would go.
        holds: Which sessions, by name, count as held or as released, whatever their records say.

    Yields:
        Each session that is past its day and still has words, and each that cannot be read.

    Raises:
        StorageError: The folder cannot be listed.
    """
    for header in reversed(store.headers()):
        folder = SessionFolder(header.path.parent)
        hold = (holds or {}).get(folder.name)
        due = _purge_one(folder, header, today, pretend=pretend, hold=hold)
        if due is not None:
            yield due


def _purge_one(
    folder: SessionFolder, header: Header, today: date, *, pretend: bool, hold: bool | None
) -> Due | None:
    try:
        record = folder.read()
        beside = debrief.words_in(folder.folder)
        due, words = due_on(record), words_in(record) + beside
        if due > today:
            return None
        if not isinstance(record, ClosedRecord):
            return Due(folder.name, header.title, due, words, "open")
        if record.purged_on is not None and not beside:
            return None
        if record.on_hold if hold is None else hold:
            return Due(folder.name, header.title, due, words, "held")
        if not pretend:
            amend(folder, lambda closed: without_words(closed, today))
            debrief.forget(folder.folder)
        return Due(folder.name, header.title, due, words, "purged")
    except (StorageError, SessionLockedError) as error:
        return Due(folder.name, header.title, today, 0, "failed", error.sentence)


def hold(folder: SessionFolder, *, on_hold: bool) -> str:
    """Put a session on hold, so that its words stay, or let it go; return its title.

    Raises:
        CommandRefusedError: It is open, or its words are gone.
        SessionLockedError: Another program has it open.
        StorageError: The record cannot be read or written.
    """

    def held(record: ClosedRecord) -> ClosedRecord:
        if on_hold and record.purged_on is not None:
            raise CommandRefusedError(
                f"The words of this session were deleted on {record.purged_on.isoformat()}: there "
                "is nothing to hold."
            )
        return record.model_copy(update={"on_hold": on_hold})

    return amend(folder, held).title
