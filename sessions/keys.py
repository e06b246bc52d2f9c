"""The keys of the asks that are open, apart from the envelopes they open.

Touches: disk, the system's random source.

Each key is a small file in the user's config folder, for this account alone, with a random name.
It says which session and ask it belongs to, so that a program that starts again finds its keys, and
deletes those that belong to nothing any more. A key goes when its ask was opened or discarded:
without it, what is left of the box anywhere, in a backup too, is noise.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field, StringConstraints, ValidationError

from sessions import disk
from sessions.envelopes import KEY_BYTES
from sessions.errors import FileMissingError, RecordDamagedError, StorageError, shown
from sessions.facts import RecordModel

KEYS_NAME: Final = "keys"
"""The folder's name in the config folder."""

_SUFFIX: Final = ".key"
_SUFFIXES: Final = frozenset({_SUFFIX, ".part"})
_NAME_BYTES: Final = 16
_LARGEST_BYTES: Final = 4096
_HEX_KEY: Final = rf"^[0-9a-f]{{{2 * KEY_BYTES}}}$"


class AskKey(RecordModel):
    """The key of one ask of one session."""

    model_config = ConfigDict(hide_input_in_errors=True)

    format: Literal["dialogue-key"] = "dialogue-key"
    session: str
    """The name of the session's folder, which is known even when its record is damaged."""
    ask: str
    secret: Annotated[str, StringConstraints(pattern=_HEX_KEY)] = Field(repr=False)

    @property
    def key(self) -> bytes:
        """The key itself."""
        return bytes.fromhex(self.secret)


class KeyFolder:
    """All keys of this account."""

    def __init__(self, config_folder: Path) -> None:
        self.folder = config_folder / KEYS_NAME

    def create(self, session: str, asks: Iterable[str]) -> dict[str, bytes]:
        """Make a key for each ask, and return them by ask once they are on the disk.

        A session has one sheet open at most, so keys that it still has are of none, and go.

        Args:
            session: The name of the session's folder.
            asks: The asks of the sheet that is about to open.

        Raises:
            StorageError: They could not all be saved; then none is left.
        """
        disk.make_private_folder(self.folder)
        self.delete(session)
        made = [
            AskKey(session=session, ask=ask, secret=secrets.token_hex(KEY_BYTES)) for ask in asks
        ]
        try:
            for one in made:
                path = self.folder / f"{secrets.token_hex(_NAME_BYTES)}{_SUFFIX}"
                disk.write_whole(path, one.model_dump_json().encode())
        except StorageError:
            self.delete(session)
            raise
        return {one.ask: one.key for one in made}

    def load(self, session: str) -> dict[str, bytes]:
        """Return a session's keys by ask; empty when it has none.

        Raises:
            StorageError: The folder, or a file in it, cannot be read.
        """
        kept = [one for one in self._all().values() if one is not None]
        return {one.ask: one.key for one in kept if one.session == session}

    def delete(self, session: str) -> None:
        """Delete a session's keys for good: nothing they have sealed can be opened any more.

        Raises:
            StorageError: One could not be deleted; call again.
        """
        found = self._all()
        mine = [path for path, one in found.items() if one is not None and one.session == session]
        self.forget(mine)

    def orphans(self, open_sessions: Collection[str]) -> list[Path]:
        """Return the files of keys that belong to no session that is still open.

        Args:
            open_sessions: Folder names of all sessions that are not closed, the damaged and the
                newer ones among them: their keys may yet be needed.

        Raises:
            StorageError: The folder cannot be read.
        """
        found = self._all()
        return [
            path for path, one in found.items() if one is None or one.session not in open_sessions
        ]

    def forget(self, paths: Iterable[Path]) -> None:
        """Delete key files for good, such as `orphans`.

        Raises:
            StorageError: One could not be deleted; call again.
        """
        for path in paths:
            disk.forget(path)

    def _all(self) -> dict[Path, AskKey | None]:
        """Return every key by its file, None for one that is damaged or half-written."""
        try:
            paths = sorted(path for path in self.folder.iterdir() if path.suffix in _SUFFIXES)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StorageError.of(error, f"list {shown(self.folder)}") from error
        found: dict[Path, AskKey | None] = {}
        for path in paths:
            try:
                found[path] = _read(path)
            except FileMissingError:
                continue  # another program deleted it just now
        return found


def _read(path: Path) -> AskKey | None:
    if path.suffix != _SUFFIX:
        return None  # a killed program left it; it was never used
    try:
        return AskKey.model_validate_json(disk.read_whole(path, _LARGEST_BYTES))
    except (ValidationError, RecordDamagedError):
        return None
