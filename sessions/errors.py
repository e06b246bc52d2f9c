"""The errors of the record: each carries one sentence fit to show to a facilitator.

Pure.

    SessionError
    ├── CommandRefusedError     the move is not legal now; nothing changed
    ├── SessionNotFoundError    no session is there under that name
    ├── SessionLockedError      another program has the session open
    └── StorageError            the disk did not do what was asked
        ├── FileMissingError    there is nothing to read
        ├── RecordDamagedError  there is something, but it is not a whole record
        └── RecordTooNewError   a later version of the program wrote it

Invariants: a sentence says what failed, where, and what to do; it holds no characters that a
terminal would obey. A ``StorageError`` never means that what was saved before is lost.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final, Self

from agreements.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import PurePath


class SessionError(Exception):
    """Something about a session could not be done; the sentence says what, where and what to do."""

    sentence: str
    """One sentence fit to show to a facilitator."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class CommandRefusedError(SessionError):
    """The move is not legal now; the state is as it was."""


class SessionNotFoundError(SessionError):
    """No session is there under that name."""


class SessionLockedError(SessionError):
    """Another program has the session open for writing."""


class StorageError(SessionError):
    """The disk did not do what was asked; what was saved before is whole."""

    @classmethod
    def of(cls, error: OSError, task: Sentence) -> Self:
        """Put a failure of the system in words.

        Args:
            error: What the system raised.
            task: What was tried, as an infinitive with its place ("save /data/session.json").

        Returns:
            An error whose sentence names the task, the reason and the way out.
        """
        return cls(Sentence("Could not {task}: {reason}.", task=task, reason=_way_out(error)))


class FileMissingError(StorageError):
    """There is no file of that name."""


class RecordDamagedError(StorageError):
    """The file is there, but it does not hold a whole record; it must not be overwritten."""


class RecordTooNewError(StorageError):
    """A later version of the program wrote the record; it may be read, never written."""


def shown(path: PurePath) -> str:
    """Name a path in a sentence, with every character a terminal might obey made harmless."""
    return "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in str(path)
    )


_NO_SPACE: Final = Sentence("there is no space left; free some space on that disk, then try again")
_READ_ONLY: Final = Sentence("the disk is read-only; make it writable, or choose another folder")
_FORBIDDEN: Final = Sentence(
    "your account is not allowed to; change who may use the folder, or choose another folder"
)
_FAULT: Final = Sentence("the disk reports a fault; choose a data folder on another disk")
_GONE: Final = Sentence(
    "it is not there; if it is on a removable or network disk, connect that again"
)
_TAKEN: Final = Sentence("something else has that name; move it away, or choose another folder")
_BUSY: Final = Sentence("another program is using it; close that program, then try again")

_BY_ERRNO: Final = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: _NO_SPACE,
    errno.EFBIG: _NO_SPACE,  # a limit on the size of one file: for the user the same
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EIO: _FAULT,
    errno.ENOENT: _GONE,
    errno.ENODEV: _GONE,
    errno.ENXIO: _GONE,
    errno.ESTALE: _GONE,
    errno.EEXIST: _TAKEN,
    errno.ENOTDIR: _TAKEN,
    errno.EISDIR: _TAKEN,
    errno.ELOOP: _TAKEN,
    errno.EBUSY: _BUSY,
}

# Windows tells these apart only by its own number; the errno it gives is one and the same for most.
_BY_WINERROR: Final = {
    19: _READ_ONLY,
    23: _FAULT,
    32: _BUSY,
    33: _BUSY,
    39: _NO_SPACE,
    112: _NO_SPACE,
    1117: _FAULT,
    1295: _NO_SPACE,
}


def _way_out(error: OSError) -> Sentence:
    known = _BY_WINERROR.get(getattr(error, "winerror", None) or 0) or _BY_ERRNO.get(
        error.errno or 0
    )
    return known or Sentence(
        "the system says “{words}”; try again, or choose another folder",
        words=error.strerror or type(error).__name__,
    )
