"""What was read before, so that a programme is quick the second time: a cache without words.

Touches: disk. The index knows of each file its path, size and time, and what it adds to a
programme in numbers and marks; no word of any session is in it. It can be deleted at any time. One
that is damaged, or of another version, is made again; where none can be kept, one is made for the
run alone.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sessions import disk
from sessions.errors import StorageError
from sessions.gathering.files import Found, Reason
from sessions.programme.contribution import Contribution

NAME: Final = "programme-index.sqlite3"

FORM: Final = 2
"""Counted up when anything that is kept here, or how it is come to, changes."""

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS files (
  path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, content BLOB,
  reason TEXT, session TEXT, later INTEGER, rehearsal INTEGER, body BLOB, seal BLOB
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_content ON files (content);
CREATE TEMP TABLE met (path BLOB PRIMARY KEY) WITHOUT ROWID;
"""
_WINNERS: Final = """
SELECT files.* FROM met JOIN files ON files.path = met.path
WHERE files.reason = '' AND files.rehearsal <= ?
ORDER BY files.session, files.later DESC, files.content, files.path
"""


_ELSEWHERE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
    }
)
"""Troubles that making the index again would not end."""


class Index:
    """The index, open for one programme."""

    def __init__(self, folder: Path | None) -> None:
        """Open the index of a data folder, or one for this run alone.

        Args:
            folder: Where to keep it; `None` for nowhere.
        """
        self._path = None if folder is None else folder / NAME
        self._base = self._opened()
        rows = self._base.execute("SELECT path, size, mtime_ns FROM files")
        self._known: dict[bytes, tuple[int, int]] = {path: (size, at) for path, size, at in rows}
        self._met: list[tuple[bytes]] = []
        """The files that were met and do not stand in the base as such yet."""

    def __enter__(self) -> Self:
        """Return the index."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Keep what was added, also when the run was broken off, and close."""
        with suppress(sqlite3.Error):
            if kind is None:
                self._forget_what_is_gone()
            self._base.commit()
        self._base.close()

    def _opened(self) -> sqlite3.Connection:
        if self._path is not None:
            for _ in range(2):
                try:
                    return _prepared(_connected(self._path))
                except (sqlite3.Error, StorageError) as error:
                    if _is_elsewhere(error) or not forget(self._path.parent):
                        break
        # An empty name is a base on the disk that is gone when it is closed.
        return _prepared(sqlite3.connect("", isolation_level="DEFERRED"))

    def knows(self, file: Found) -> bool:
        """Say whether a file is known as it is, and count it among those that were met."""
        path = os.fsencode(file.name)
        self._met.append((path,))
        return self._known.get(path) == (file.size, file.mtime_ns)

    def copied(self, file: Found, content: bytes) -> bool:
        """Take over what is known of the same content in another place, if anything is."""
        row = self._base.execute(
            "SELECT reason, session, later, rehearsal, body FROM files WHERE content = ? LIMIT 1",
            (content,),
        ).fetchone()
        if row is not None:
            self._put(file, content, *row)
        return row is not None

    def keep(self, file: Found, content: bytes, one: Contribution | Reason) -> None:
        """Keep what a file adds, or why it is not counted."""
        if isinstance(one, Contribution):
            body = one.model_dump_json().encode()
            self._put(file, content, "", one.session, one.known_later, int(one.rehearsal), body)
        else:
            self._put(file, content, one, "", 0, 0, b"")

    def _put(
        self,
        file: Found,
        content: bytes,
        reason: str,
        session: str,
        later: int,
        rehearsal: int,
        body: bytes,
    ) -> None:
        about = (os.fsencode(file.name), file.size, file.mtime_ns, content)
        row = (*about, reason, session, later, rehearsal, body)
        self._base.execute(
            "INSERT OR REPLACE INTO files VALUES (?,?,?,?,?,?,?,?,?,?)", (*row, _seal(row))
        )

    def sessions(self, *, rehearsals: bool) -> list[str]:
        """Return the ids of all sessions that were met, each once."""
        rows = self._base.execute(
            "SELECT DISTINCT session FROM met JOIN files USING (path) "
            "WHERE reason = '' AND rehearsal <= ?",
            (int(rehearsals),),
        )
        return [session for (session,) in rows]

    def all_met(self) -> None:
        """Take note that every file has been met: what is counted is counted among these."""
        self._base.executemany("INSERT OR IGNORE INTO met VALUES (?)", self._met)
        self._met.clear()

    def counted(self, *, rehearsals: bool) -> Iterator[tuple[str, Contribution]]:
        """Yield each session once with its file; of two files the one that knows more of later."""
        before = None
        for row in self._base.execute(_WINNERS, (int(rehearsals),)):
            _refuse_forged(row)
            path, session, body = row[0], row[5], row[8]
            if session != before:
                yield os.fsdecode(path), Contribution.model_validate_json(body)
            before = session

    def left_out(self) -> list[tuple[Path, Reason]]:
        """Return the files that are not counted, with the reason."""
        rows = self._base.execute(
            "SELECT files.* FROM met JOIN files ON files.path = met.path WHERE reason != '' "
            "ORDER BY met.path"
        ).fetchall()
        for row in rows:
            _refuse_forged(row)
        return [(Path(os.fsdecode(row[0])), row[4]) for row in rows]

    def tally(self, *, rehearsals: bool) -> tuple[int, int]:
        """Return how many files told of a session that counts, and how many of rehearsals not."""
        row = self._base.execute(
            "SELECT coalesce(sum(rehearsal <= :r), 0), coalesce(sum(rehearsal > :r), 0) "
            "FROM met JOIN files USING (path) WHERE reason = ''",
            {"r": int(rehearsals)},
        ).fetchone()
        return int(row[0]), int(row[1])

    def _forget_what_is_gone(self) -> None:
        rows = self._base.execute("SELECT path FROM files WHERE path NOT IN (SELECT path FROM met)")
        gone = [(path,) for (path,) in rows if not os.path.exists(path)]  # noqa: PTH110  # bytes
        self._base.executemany("DELETE FROM files WHERE path = ?", gone)


def forget(folder: Path) -> bool:
    """Delete the index of a data folder, and say whether it is gone; nothing is lost but time."""
    try:
        (folder / NAME).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _is_elsewhere(error: sqlite3.Error | StorageError) -> bool:
    """Say whether the trouble is not in the index: it is in use, or cannot be kept there."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return isinstance(error, StorageError) or (code & 0xFF) in _ELSEWHERE


def _seal(row: tuple[object, ...]) -> bytes:
    """Return what changes with every bit of a row."""
    return blake2b(repr(row).encode(), digest_size=8).digest()


def _refuse_forged(row: tuple[object, ...]) -> None:
    if row[-1] != _seal(row[:-1]):
        raise sqlite3.DatabaseError("a row is not as it was written")


def _connected(path: Path) -> sqlite3.Connection:
    disk.make_private_folder(path.parent)
    with suppress(FileExistsError, OSError):
        # For this account alone, from the first moment.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return sqlite3.connect(path, timeout=1.0, isolation_level="DEFERRED")


def _prepared(base: sqlite3.Connection) -> sqlite3.Connection:
    """Make the tables, and find out whether the index can be used at all."""
    try:
        base.execute("PRAGMA journal_mode = MEMORY")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("PRAGMA temp_store = FILE")
        form = base.execute("PRAGMA user_version").fetchone()[0]
        if form not in (0, FORM):
            raise sqlite3.DatabaseError("of another version")
        (fine,) = base.execute("PRAGMA quick_check(1)").fetchone()
        if fine != "ok":
            raise sqlite3.DatabaseError("damaged")
        base.executescript(_TABLES)
        base.execute(f"PRAGMA user_version = {FORM}")
        base.execute(
            "SELECT path, size, mtime_ns, content, reason, session, later FROM files LIMIT 1"
        )
        base.execute("SELECT rehearsal, body, seal FROM files LIMIT 1")
        base.execute("BEGIN IMMEDIATE")
    except BaseException:
        base.close()
        raise
    return base
