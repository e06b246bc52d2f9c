"""Saves records off the loop that draws the screen, the newest version only.

Touches: disk, through what it is given, and one thread. Nothing is called kept before `write`
has returned. A failed save stays due and is tried again, each time on a new file; `flush` and
`stop` do not wait for that moment but try at once.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agreements.sentence import Sentence
from sessions.errors import StorageError

if TYPE_CHECKING:
    from sessions.document import Record

RETRY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class SaveStatus:
    """How far saving has come."""

    asked: int = 0
    """The newest version that was handed over."""
    kept: int = 0
    """The newest version that is on the disk."""
    problem: str = ""
    """Why the last try failed, in a sentence; empty when it did not."""
    ended: bool = False
    """A fault in the program ended the saving: nothing is tried again."""

    @property
    def is_kept(self) -> bool:
        """Everything handed over is on the disk."""
        return self.kept >= self.asked


Write = Callable[["Record", bool], None]
"""Writes a record; the flag says that the version before must go as well."""


class Saver:
    """One thread that writes the newest record it was handed."""

    def __init__(self, write: Write, on_change: Callable[[SaveStatus], None]) -> None:
        self._write = write
        self._on_change = on_change
        self._changed = threading.Condition()
        self._due: Record | None = None
        self._forget_previous = False
        self._status = SaveStatus()
        self._tries = 0
        self._last_failed = 0
        self._hurry = False
        self._stopping = False
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
        self._thread.start()

    @property
    def status(self) -> SaveStatus:
        """How far saving has come."""
        return self._status

    def save(self, record: Record, *, forget_previous: bool = False) -> int:
        """Hand over a new version and return its number; it replaces one that still waits."""
        with self._changed:
            self._due = record
            self._forget_previous |= forget_previous
            self._status = replace(self._status, asked=self._status.asked + 1)
            self._changed.notify_all()
            return self._status.asked

    def flush(self, timeout_seconds: float = 10.0) -> bool:
        """Try at once, wait until everything is on the disk, and say whether it is."""
        with self._changed:
            begun = self._tries
            self._hurry = not self._status.is_kept
            self._changed.notify_all()
            self._changed.wait_for(
                lambda: self._status.is_kept or self._last_failed > begun or self._ended,
                timeout_seconds,
            )
            return self._status.is_kept

    def make_sure(self, otherwise: str) -> None:
        """Wait until everything is on the disk.

        Args:
            otherwise: What it means when it is not, in a sentence.

        Raises:
            StorageError: It is not; it says why, and what that means.
        """
        if not self.flush():
            problem = self._status.problem or Sentence("The disk did not answer in time.")
            raise StorageError(Sentence.joined(problem, otherwise))

    def stop(self, timeout_seconds: float = 10.0) -> bool:
        """Save what is due, end the thread, and say whether everything is on the disk."""
        self.flush(timeout_seconds)
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(timeout_seconds)
        return self._status.is_kept

    def _run(self) -> None:
        try:
            while self._save_next():
                pass
        finally:
            # An error that nobody foresaw goes on to the interpreter's hook from here.
            fault = sys.exc_info()[0]
            with self._changed:
                self._ended = True
                if fault is not None:
                    # The class alone: an error's message may hold words of the record.
                    problem = Sentence(
                        "A fault in the program ({fault}) has ended the saving. Write down what "
                        "is not kept yet, then leave and start `dialogue` again.",
                        fault=fault.__name__,
                    )
                    self._status = replace(self._status, problem=problem, ended=True)
                self._changed.notify_all()
            if fault is not None:
                self._on_change(self._status)

    def _save_next(self) -> bool:
        """Wait for a version and try to save it; false when there will be none."""
        with self._changed:
            self._changed.wait_for(lambda: self._due is not None or self._stopping)
            record, number = self._due, self._status.asked
            forget, self._due, self._forget_previous = self._forget_previous, None, False
            self._tries, self._hurry = self._tries + 1, False
        if record is None:
            return False
        self._try(record, number, forget)
        return True

    def _try(self, record: Record, number: int, forget: bool) -> None:  # noqa: FBT001
        try:
            self._write(record, forget)
        except StorageError as error:
            self._report(problem=error.sentence)
            self._wait_to_retry(record, forget)
        else:
            self._report(kept=number)

    def _wait_to_retry(self, record: Record, forget: bool) -> None:  # noqa: FBT001
        """Make the failed version due again, unless a newer one is."""
        with self._changed:
            self._last_failed = self._tries
            self._changed.notify_all()
            if self._due is None:
                self._due = record
            self._forget_previous |= forget
            self._changed.wait_for(lambda: self._stopping or self._hurry, RETRY_SECONDS)
            if self._stopping:
                self._due = None

    def _report(self, *, kept: int | None = None, problem: str = "") -> None:
        with self._changed:
            kept = self._status.kept if kept is None else kept
            self._status = replace(self._status, kept=kept, problem=problem)
            self._changed.notify_all()
        self._on_change(self._status)
