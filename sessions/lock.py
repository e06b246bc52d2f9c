"""One writer for each session: a lock that the system itself takes back when its holder dies.

Touches: disk, process list (only this program's own number), clock (to tell others since when).

Invariants: the lock of the operating system decides, never the text in the file; the text only
helps to say who holds it. It names a process, never a computer or a person. After a kill the file
may stay, the lock does not. The file is gone after a release.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Self

from agreements.sentence import Sentence
from sessions.boottime import boot_id, system_clock
from sessions.errors import SessionLockedError, SessionNotFoundError, StorageError, shown

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from filelock import BaseFileLock

    from sessions.boottime import Clock

LOCK_NAME: Final = "lock"
"""The file's name in the session's folder."""

# Long enough for a program that is just leaving to be gone, too short to be felt.
_PATIENCE_SECONDS: Final = 0.1
_POLL_SECONDS: Final = 0.01
_LIMIT_BYTES: Final = 1024

# Windows lets nobody else read the locked byte, the first one: the text starts at the second.
_TEXT_AT: Final = 1


class SessionLock:
    """The right to write in one session's folder; a context manager."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        """Prepare the lock; nothing is touched yet.

        Args:
            folder: The session's folder.
            clock: Tells others since when; this computer's, unless a test brings its own.
        """
        self._folder = folder
        self._path = folder / LOCK_NAME
        self._clock = clock or system_clock()
        self._lock: BaseFileLock | None = None
        self._identity: os.stat_result | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._lock is not None

    def acquire(self) -> None:
        """Take the lock; taking it twice is taking it once.

        Raises:
            SessionLockedError: Another program, or another object in this one, holds it.
            SessionNotFoundError: The folder is not there.
            StorageError: The disk cannot lock, or does not let us.
        """
        if self._lock is not None:
            return
        from filelock import FileLock, Timeout  # noqa: PLC0415  # costly: most commands never lock

        lock = FileLock(
            self._path,
            timeout=_PATIENCE_SECONDS,
            poll_interval=_POLL_SECONDS,
            mode=0o600,
            thread_local=False,
            fallback_to_soft=False,
            on_acquired=self._sign,
        )
        try:
            self._require_folder()
            lock.acquire()
        except Timeout as error:
            raise SessionLockedError(_refusal(self._path, self._clock.wall())) from error
        except OSError as error:
            raise StorageError.of(
                error, Sentence("lock {folder}", folder=shown(self._folder))
            ) from error
        self._lock = lock

    def release(self) -> None:
        """Give the lock back and remove its file; giving back what is not held does nothing."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        # Before the lock is given back: afterwards the name may be another program's. Windows
        # keeps an open file in place, and there the lock's own release removes it.
        with suppress(OSError):
            if self._identity and os.path.samestat(self._identity, self._path.stat()):
                self._path.unlink()
        lock.release()

    def __enter__(self) -> Self:
        """Take the lock."""
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give it back, whatever happened."""
        self.release()

    def _require_folder(self) -> None:
        # The library would create a missing folder, and a slip of the hand would become a session.
        if not self._folder.is_dir():
            raise SessionNotFoundError(
                Sentence(
                    "There is no session in {folder}: check the name.", folder=shown(self._folder)
                )
            )

    def _sign(self, descriptor: int) -> None:
        """Say in the locked file who holds it; a full disk must not cost the lock."""
        holder = _Holder(os.getpid(), self._clock.wall(), _boot_mark())
        self._identity = os.fstat(descriptor)
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, b"\n" * _TEXT_AT + holder.to_json())


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who holds a lock, as far as the file may say."""

    pid: int
    started: datetime
    boot: str | None

    def to_json(self) -> bytes:
        started = self.started.isoformat(timespec="seconds")
        return json.dumps({"pid": self.pid, "started": started, "boot": self.boot}).encode("ascii")

    @classmethod
    def from_json(cls, text: bytes) -> _Holder | None:
        """Read what any program may have left there; None if it makes no sense."""
        try:
            match json.loads(text):
                case {"pid": int(pid), "started": str(started), "boot": str() | None as boot}:
                    moment = datetime.fromisoformat(started)
                    return cls(pid, moment.astimezone(), boot) if moment.tzinfo else None
        except (ValueError, OverflowError, RecursionError):
            pass
        return None


def _refusal(path: Path, now: datetime) -> str:
    holder = _holder(path)
    if holder is None:
        return Sentence("Another dialogue program has this session open.")
    return Sentence(
        "Another dialogue program (process {process}, since {time}) has this session open.",
        process=holder.pid,
        time=_local(holder.started, now),
    )


def _holder(path: Path) -> _Holder | None:
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(_TEXT_AT)
            holder = _Holder.from_json(file.read(_LIMIT_BYTES))
    except OSError:
        return None
    # Text of an earlier start of the computer is a dead program's: its number may be anybody's now.
    return holder if holder and holder.boot == _boot_mark() else None


def _local(moment: datetime, now: datetime) -> str:
    same_day = moment.date() == now.astimezone().date()
    return moment.strftime("%H:%M" if same_day else "%Y-%m-%d %H:%M")


def _boot_mark() -> str | None:
    """The start of the computer as a hash: enough to compare, too little to know it by."""
    started = boot_id()
    return hashlib.sha256(started.encode()).hexdigest()[:16] if started else None
