"""How a command ends: its exit code, and the one place where an error becomes one.

Pure. A script can tell apart what it may try again, what it must write differently, and what the
disk refused.
"""

from __future__ import annotations

from enum import IntEnum

from agreements.errors import AgreementsError
from sessions.errors import SessionError, SessionNotFoundError, StorageError


class ExitCode(IntEnum):
    """What a command answers to the shell."""

    OK = 0
    """It did what was asked."""
    REFUSED = 1
    """It may not be done now, or something needs doing first; also an error nobody foresaw."""
    USAGE = 2
    """The command line, a plan or the settings need to be written differently."""
    STORAGE = 3
    """The disk did not do what was asked; what was saved before is whole."""
    INTERRUPTED = 130
    """Somebody pressed Ctrl+C."""


OUR_ERRORS = (AgreementsError, SessionError)
"""The errors that carry a sentence fit to be shown."""


def exit_code(error: AgreementsError | SessionError) -> ExitCode:
    """Return the code that a command ends with when it met one of our errors."""
    if isinstance(error, StorageError):
        return ExitCode.STORAGE
    if isinstance(error, AgreementsError | SessionNotFoundError):
        return ExitCode.USAGE
    return ExitCode.REFUSED
