"""What can be done with a closed session on the screen: look at each edition, and write them.

Touches: disk. The record is read again after each change, so that what is shown is what leaves.
"""

from __future__ import annotations

from pathlib import Path

from agreements.sentence import Sentence
from dialogue.wording import tr
from sessions.amending import closed
from sessions.document import ClosedRecord
from sessions.errors import SessionError, shown
from sessions.export.report import EDITIONS, Edition
from sessions.release import Order, export_session
from sessions.store import SessionFolder
from sessions.summarise import summary_of
from sessions.summary import Summary


class ExportDesk:
    """One closed session that may leave."""

    def __init__(self, folder: SessionFolder, record: ClosedRecord, exports: Path) -> None:
        """Take a record that has just been read.

        Args:
            folder: Where it lies.
            record: The session.
            exports: Where its files go unless another folder is named.
        """
        self.folder = folder
        self.exports = exports
        self.edition: Edition = EDITIONS[0]
        self._take(record)

    def _take(self, record: ClosedRecord) -> None:
        self.summary: Summary = summary_of(record)
        self.is_frozen = record.summary is not None
        """An export has told already what this session tells."""

    def step(self, by: int) -> None:
        """Go to another edition, round and round."""
        self.edition = EDITIONS[(EDITIONS.index(self.edition) + by) % len(EDITIONS)]

    def read_again(self) -> None:
        """Take over what has been changed in the record since.

        Raises:
            StorageError: It cannot be read; all stays as it was.
        """
        self._take(closed(self.folder))

    def write(self, order: Order) -> str:
        """Write what was ordered, and return what to say.

        Raises:
            CommandRefusedError: It cannot be written so, and nothing has been.
            StorageError: The disk refused, and nothing has been written.
        """
        written = export_session(self.folder.path, order, self.folder.lock)
        names = ", ".join(shown(Path(path.name)) for path in written)
        return tr("Written: {names}. The folder: {folder}", names=names, folder=shown(order.folder))


def refusal(error: SessionError) -> str:
    """Return why nothing was written, and that nothing was."""
    return tr(Sentence.joined(error.sentence, Sentence("Nothing has been written.")))
