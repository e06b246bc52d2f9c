"""Answers are coded on the disk: the record is held while a person codes, and kept at each act.

Touches: disk; the system's random source, for ids. Of a closed session the lock is held from `open`
to `close`, so that no words are purged, and nothing is exported, while somebody reads them; one
that is open holds it itself. Each act is on the disk before it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from agreements.sentence import Sentence
from sessions.amending import closed
from sessions.deidentify.roster import Roster
from sessions.deidentify.seam import Aliases, Hidden, hide
from sessions.document import ClosedRecord, Record
from sessions.errors import CommandRefusedError, StorageError
from sessions.facts import OwnTheme
from sessions.store import SessionFolder
from sessions.tallies import new_id
from sessions.terms import Term, frequent
from sessions.text import one_line
from sessions.themes import (
    Code,
    Coding,
    History,
    Readable,
    codebook,
    coding_of,
    label_of,
    readable,
    unread,
    with_coding,
)
from sessions.tongues import UNCLEAR, language_of

FROZEN = Sentence(
    "This session has been exported, and its Summary stays as it was told then. What you code "
    "is kept in the record and changes no export."
)

_LET_GO = Sentence(
    "This session has been let go of, and nothing more is kept. Open it again to code."
)


def without_names(raw: str) -> Hidden:
    """Return words with the names of people hidden, where nobody has pasted a roster."""
    return hide(one_line(raw), Roster(), Aliases(), guesses=False)


class CodingDesk:
    """One session while its answers are coded."""

    def __init__(
        self,
        record: Record,
        keep: Callable[[Coding], Record],
        *,
        let_go: Callable[[], None] = lambda: None,
        as_kept: Callable[[str], Hidden] = without_names,
    ) -> None:
        """Code the answers of a session that somebody holds; `open` holds a closed one.

        Args:
            record: The session.
            keep: Puts what is coded on the disk, and returns the record as it is then.
            let_go: Lets go of the session.
            as_kept: Returns words with the names hidden.

        Raises:
            CommandRefusedError: There is nothing to read.
        """
        refuse_nothing_to_read(record)
        self._record = record
        self._keep_coding = keep
        self._history = History(coding_of(record))
        self.close = let_go
        """Lets go of the session; everything is on the disk."""
        self.preview = as_kept
        """Returns words as they would be kept, with the names hidden; keeps nothing."""
        self.answers: tuple[Readable, ...] = readable(record)
        """What there is to read, in the order of random ids."""

    @classmethod
    def open(cls, folder: SessionFolder) -> Self:
        """Open a closed session to code its answers.

        Raises:
            CommandRefusedError: It is open, its words are gone, or there is nothing to read.
            SessionLockedError: Another program has it open.
            StorageError: The record cannot be read.
        """
        folder.lock.acquire()
        try:
            record = closed(folder)

            def keep(coding: Coding) -> ClosedRecord:
                if not folder.lock.held:
                    raise CommandRefusedError(_LET_GO)
                changed = with_coding(record, coding)
                folder.write(changed)
                return changed

            return cls(record, keep, let_go=folder.lock.release)
        except (CommandRefusedError, StorageError):
            folder.lock.release()
            raise

    @property
    def record(self) -> Record:
        """The record as it is on the disk."""
        return self._record

    @property
    def coding(self) -> Coding:
        """What is coded."""
        return self._history.now

    @property
    def codes(self) -> tuple[Code, ...]:
        """The codebook."""
        return codebook(self._record.protocol, self.coding.own)

    @property
    def is_frozen(self) -> bool:
        """An export has told already what this session tells."""
        return self._record.summary is not None

    def act(self, change: Callable[[Coding], Coding]) -> None:
        """Change what is coded, and keep it.

        Raises:
            CommandRefusedError: The change is refused.
            StorageError: It could not be kept; nothing has changed.
        """
        self._keep(self._history.then(change(self.coding)))

    def undo(self) -> bool:
        """Take back the last act; say whether there was one.

        Raises:
            StorageError: It could not be kept; nothing has changed.
        """
        before = self._history.back()
        if before is self._history:
            return False
        self._keep(before)
        return True

    def new_theme(self, raw: str) -> OwnTheme:
        """Return an own theme called so, for an act to add.

        Raises:
            CommandRefusedError: It cannot be called so.
        """
        return OwnTheme(id=new_id(), label=self.label(raw))

    def label(self, raw: str) -> str:
        """Return a name for a theme as it may be kept, with the names of people hidden.

        Raises:
            CommandRefusedError: It cannot be a theme's name.
        """
        return label_of(self.preview(raw).text, (one.item.text or "" for one in self.answers))

    def terms(self) -> tuple[Term, ...]:
        """Return the words that many answers have, by language."""
        texts = [one.item.text or "" for one in self.answers]
        found = ((language_of(text), text) for text in texts)
        here = self._record.language
        # What is too short to be told is taken for words in the language of the session.
        spoken = ((here if language == UNCLEAR else language, text) for language, text in found)
        return frequent(spoken, self._record.setting.threshold)

    def _keep(self, history: History) -> None:
        self._record = self._keep_coding(history.now)
        self._history = history


def refuse_nothing_to_read(record: Record) -> None:
    """Refuse to code a session without an answer that may be read.

    Raises:
        CommandRefusedError: Its words are gone, or none was read in the review.
    """
    if isinstance(record, ClosedRecord) and record.purged_on is not None:
        raise CommandRefusedError(
            Sentence(
                "The words of this session were deleted on {day}: there is nothing to read. "
                "`dialogue themes ID --list` shows what was coded before.",
                day=record.purged_on.isoformat(),
            )
        )
    if readable(record):
        return
    if unread(record):
        raise CommandRefusedError(
            "Nobody read the answers of this session in the review, so they are not shown here."
        )
    raise CommandRefusedError("This session has no answers in words to code.")
