"""Small secret files that belong to a session and live apart from it, in the user's config folder.

Touches: disk, the system's random source.

Each is a file for this account alone, with a random name, that says which session it belongs to.
So a program that starts again finds them, and deletes those that belong to nothing any more.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final, Generic, TypeVar

from pydantic import ConfigDict, ValidationError

from agreements.sentence import Sentence
from sessions import disk
from sessions.errors import FileMissingError, RecordDamagedError, StorageError, shown
from sessions.facts import RecordModel

_UNFINISHED: Final = ".part"
_NAME_BYTES: Final = 16


class Belonging(RecordModel):
    """What one file holds."""

    model_config = ConfigDict(hide_input_in_errors=True)

    session: str
    """The name of the session's folder, which is known even when its record is damaged."""


Kind = TypeVar("Kind", bound=Belonging)


class Belongings(Generic[Kind]):
    """All files of one kind, of every session of this account."""

    def __init__(self, folder: Path, suffix: str, kind: type[Kind], largest_bytes: int) -> None:
        """Look after a folder; it need not exist yet.

        Args:
            folder: Where they are.
            suffix: How the name of each ends.
            kind: What each holds.
            largest_bytes: A larger file is none of them.
        """
        self.folder = folder
        self._suffix = suffix
        self._kind = kind
        self._largest_bytes = largest_bytes

    def add(self, one: Kind, name: str = "") -> None:
        """Save one; it is on the disk when this returns.

        Args:
            one: What belongs to a session.
            name: The file's name without its suffix; a random one, when left out.

        Raises:
            StorageError: It could not be saved.
        """
        disk.make_private_folder(self.folder)
        path = self.folder / f"{name or secrets.token_hex(_NAME_BYTES)}{self._suffix}"
        disk.write_whole(path, one.model_dump_json().encode())

    def of(self, session: str) -> list[Kind]:
        """Return all that belongs to a session.

        Raises:
            StorageError: The folder, or a file in it, cannot be read.
        """
        return [one for one in self.held() if one.session == session]

    def held(self) -> list[Kind]:
        """Return all that can be read, whatever session it belongs to.

        Raises:
            StorageError: The folder, or a file in it, cannot be read.
        """
        return [one for one in self._all().values() if one is not None]

    def delete(self, session: str) -> None:
        """Delete all that belongs to a session, for good.

        Raises:
            StorageError: One could not be deleted; call again.
        """
        found = self._all()
        self.forget(path for path, one in found.items() if one and one.session == session)

    def orphans(self, open_sessions: Collection[str]) -> list[Path]:
        """Return the files that belong to no session that is still open.

        Args:
            open_sessions: Folder names of all sessions that are not closed, the damaged and the
                newer ones among them: what is theirs may yet be needed.

        Raises:
            StorageError: The folder cannot be read.
        """
        found = self._all()
        return [
            path for path, one in found.items() if one is None or one.session not in open_sessions
        ]

    def forget(self, paths: Iterable[Path]) -> None:
        """Delete files for good, such as `orphans`.

        Raises:
            StorageError: One could not be deleted; call again.
        """
        for path in paths:
            disk.forget(path)

    def _all(self) -> dict[Path, Kind | None]:
        """Return what each file holds, None for one that is damaged or half-written."""
        suffixes = (self._suffix, _UNFINISHED)
        try:
            paths = sorted(path for path in self.folder.iterdir() if path.suffix in suffixes)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StorageError.of(
                error, Sentence("list {folder}", folder=shown(self.folder))
            ) from error
        found: dict[Path, Kind | None] = {}
        for path in paths:
            try:
                found[path] = self._read(path)
            except FileMissingError:
                continue  # another program deleted it just now
        return found

    def _read(self, path: Path) -> Kind | None:
        if path.suffix != self._suffix:
            return None  # a killed program left it; it was never used
        try:
            return self._kind.model_validate_json(disk.read_whole(path, self._largest_bytes))
        except (ValidationError, RecordDamagedError):
            return None
