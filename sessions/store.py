"""The folder of sessions: create, list, find, read, and the one way to write.

Touches: disk. A record is only ever replaced whole. A damaged record, and one of a newer
version, is never written over. Listing reads the head of each file and validates nothing else.
"""

from __future__ import annotations

import contextlib
import itertools
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pydantic_core
from pydantic import ValidationError

from agreements.sentence import Sentence
from sessions import disk
from sessions.errors import (
    RecordDamagedError,
    SessionNotFoundError,
    StorageError,
    shown,
)
from sessions.format import FORMAT, VERSION
from sessions.lock import SessionLock
from sessions.migrate import migrated, version_of
from sessions.reading import safe_json
from sessions.text import TITLE_LIMIT, one_line, slug, visible

if TYPE_CHECKING:
    from sessions.document import ClosedRecord, Record

RECORD_NAME = "session.json"
PREVIOUS_NAME = "session.previous.json"
DAMAGED_NAME = "session.damaged.json"
LARGEST_RECORD_BYTES = 64 * 1024 * 1024

_HEAD_BYTES = 2048
_HEAD_KEYS = frozenset({"format", "version", "state", "title", "held_on"})
_SUFFIX_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"

Shape = Literal["open", "closed", "newer", "damaged"]


@dataclass(frozen=True, slots=True)
class Header:
    """What a list of sessions shows."""

    id: str
    """The folder's name, by which people call it."""
    title: str
    held_on: str
    state: Shape
    path: Path
    rehearsal: bool = False


class SessionFolder:
    """One session on the disk. Only the holder of its lock may write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / RECORD_NAME
        self.previous = folder / PREVIOUS_NAME
        self.lock = SessionLock(folder)

    @property
    def name(self) -> str:
        """The session's name on the command line."""
        return self.folder.name

    def read(self) -> Record:
        """Read the record.

        Raises:
            RecordDamagedError: It is not whole; the sentence says whether the one before is there.
            RecordTooNewError: A newer program wrote it.
            StorageError: It cannot be read.
        """
        try:
            return read_record(self.path)
        except RecordDamagedError as error:
            there = self.previous_is_whole()
            hint = Sentence("The version before it is still there.") if there else ""
            raise RecordDamagedError(Sentence.joined(error.sentence, hint)) from error

    def previous_is_whole(self) -> bool:
        """Say whether the version before the present one can be opened instead."""
        try:
            read_record(self.previous)
        except StorageError:
            return False
        return True

    def write(self, record: Record, *, forget_previous: bool = False) -> None:
        """Replace the record.

        Args:
            record: The new version.
            forget_previous: Replace the version before as well, because words left the record.

        Raises:
            StorageError: It could not be done; the version before is whole.
        """
        from sessions.document import to_json  # noqa: PLC0415

        data = to_json(record)
        if record.state == "closed" or forget_previous:
            self._forget_damaged()
        if record.state == "closed":
            # First, so that no crash leaves it beside a record that nobody opens again.
            disk.forget(self.previous)
            disk.write_whole(self.path, data)
        elif forget_previous:
            disk.replace_both(self.path, data, PREVIOUS_NAME)
        else:
            disk.replace_with_previous(self.path, data, PREVIOUS_NAME)

    def _forget_damaged(self) -> None:
        """Delete damaged versions that were set aside: they hold words and times that must go."""
        for path in self.folder.glob(DAMAGED_NAME.replace(".json", "*.json")):
            disk.forget(path)

    def set_aside_damaged(self) -> None:
        """Put the version before in the place of a damaged record, which stays beside it.

        Takes the lock for as long as it needs. A record that is whole after all is left alone.

        Raises:
            SessionLockedError: Another program has the session open.
            RecordDamagedError: The version before cannot be read either.
            StorageError: The disk refused, or a newer program wrote the record.
        """
        with self.lock:
            if not self._is_damaged():
                return
            data = disk.read_whole(self.previous, LARGEST_RECORD_BYTES)
            parse_record(data, self.previous)
            damaged = disk.read_whole(self.path, LARGEST_RECORD_BYTES)
            disk.write_whole(self._free_damaged_path(), damaged)
            disk.write_whole(self.path, data)

    def _is_damaged(self) -> bool:
        try:
            read_record(self.path)
        except RecordDamagedError:
            return True
        return False

    def _free_damaged_path(self) -> Path:
        """Return a name that no earlier damaged record has."""
        names = (DAMAGED_NAME.replace(".json", f"-{number}.json") for number in itertools.count(2))
        paths = (self.folder / name for name in itertools.chain([DAMAGED_NAME], names))
        return next(path for path in paths if not path.exists())


class Store:
    """All sessions below one data folder, rehearsals in a folder of their own."""

    def __init__(self, data_folder: Path) -> None:
        self.sessions = data_folder / "sessions"
        self.rehearsals = data_folder / "rehearsals"

    def create(self, *, held_on: date, title: str, rehearsal: bool = False) -> SessionFolder:
        """Make a new, empty folder for a session.

        Raises:
            StorageError: The folder cannot be made.
        """
        parent = self.rehearsals if rehearsal else self.sessions
        disk.make_private_folder(parent)
        name = f"{held_on.isoformat()}-{slug(title)}"
        folder = parent / f"{name}-{_suffix()}"
        while folder.exists():
            folder = parent / f"{name}-{_suffix()}"
        disk.make_private_folder(folder)
        return SessionFolder(folder)

    def headers(self) -> list[Header]:
        """List the sessions, the newest day first; rehearsals are not among them."""
        found = [read_header(path) for path in _record_paths(self.sessions)]
        return sorted(found, key=lambda header: (header.held_on, header.id), reverse=True)

    def open_names(self) -> set[str]:
        """Return the names of all sessions that are not closed, rehearsals and damaged ones too."""
        paths = [*_record_paths(self.sessions), *_record_paths(self.rehearsals)]
        return {path.parent.name for path in paths if read_header(path).state != "closed"}

    def closed_records(self, most: int = 30) -> Iterator[ClosedRecord]:
        """Yield the newest closed sessions that can be read, rehearsals left out."""
        closed = [header for header in self.headers() if header.state == "closed"]
        for header in closed[:most]:
            with contextlib.suppress(StorageError):
                record = read_record(header.path)
                if record.state == "closed":
                    yield record

    def find(self, wanted: str) -> SessionFolder:
        """Return the session with this name or unique beginning of it.

        Raises:
            SessionNotFoundError: There is none, or more than one.
        """
        paths = [*_record_paths(self.sessions), *_record_paths(self.rehearsals)]
        names = {path.parent.name: path.parent for path in paths}
        if wanted in names:
            return SessionFolder(names[wanted])
        fitting = sorted(name for name in names if wanted and name.startswith(wanted))
        if len(fitting) == 1:
            return SessionFolder(names[fitting[0]])
        raise SessionNotFoundError(_not_found(wanted, fitting))


def _suffix() -> str:
    return "".join(secrets.choice(_SUFFIX_SIGNS) for _ in range(4))


def _not_found(wanted: str, fitting: list[str]) -> str:
    if fitting:
        names = ", ".join(one_line(name) for name in fitting[:5])
        return Sentence(
            "{name} fits several sessions: {names}. Type a little more of the name.",
            name=visible(wanted),
            names=names,
        )
    return Sentence(
        "There is no session called {name}. `dialogue sessions` lists them.", name=visible(wanted)
    )


def _record_paths(folder: Path) -> Iterator[Path]:
    try:
        entries = list(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageError.of(error, Sentence("list {folder}", folder=shown(folder))) from error
    yield from (path for entry in entries if _may_be_record(path := entry / RECORD_NAME))


def _may_be_record(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return True  # a folder that we may not look into is shown as one that cannot be read


def read_header(path: Path) -> Header:
    """Read the head of a record; whatever is wrong with it becomes its state."""
    name = one_line(path.parent.name)
    table = _head(path)
    state = _shape(table)
    if state == "damaged":
        return Header(name, "(this record cannot be read)", "", "damaged", path)
    return Header(
        id=name,
        title=one_line(str(table.get("title", "")), TITLE_LIMIT),
        held_on=one_line(str(table.get("held_on", "")), 10),
        state=state,
        path=path,
        rehearsal=table.get("rehearsal") is True,
    )


def _head(path: Path) -> dict[str, object]:
    """Return the first keys of a record; empty when there are none to be read."""
    try:
        with path.open("rb") as file:
            data = file.read(_HEAD_BYTES)
            table = pydantic_core.from_json(data, allow_partial="trailing-strings")
            if isinstance(table, dict) and not table.keys() >= _HEAD_KEYS:
                # Another program may have put the keys in another order.
                data += file.read(LARGEST_RECORD_BYTES)
                table = pydantic_core.from_json(data)
    except (OSError, ValueError):
        return {}
    return table if isinstance(table, dict) else {}


def _shape(table: dict[str, object]) -> Shape:
    version, state = table.get("version"), table.get("state")
    if table.get("format") != FORMAT or type(version) is not int:
        return "damaged"
    if version > VERSION:
        return "newer"
    return "open" if state == "open" else "closed" if state == "closed" else "damaged"


def read_record(path: Path) -> Record:
    """Read one record from any file.

    Raises:
        RecordDamagedError: It is not the whole record of a session.
        RecordTooNewError: A newer program wrote it.
        StorageError: It cannot be read.
    """
    return parse_record(disk.read_whole(path, LARGEST_RECORD_BYTES), path)


def parse_record(data: bytes, path: Path) -> Record:
    """Read one record from the bytes of its file; see `read_record`."""
    # Whoever lists sessions reads no record, and need not wait for its models.
    from sessions.document import RECORDS  # noqa: PLC0415

    try:
        # The present version, which nearly every record has, is validated straight from bytes.
        return RECORDS.validate_json(safe_json(data))
    except ValidationError:
        pass
    try:
        table = pydantic_core.from_json(data)
    except ValueError:
        table = None
    if not isinstance(table, dict):
        raise RecordDamagedError(
            Sentence("{path} is damaged: it is not whole JSON.", path=shown(path))
        )
    if version_of(table) == VERSION:
        raise RecordDamagedError(
            Sentence("{path} is damaged: it is not a whole record.", path=shown(path))
        )
    try:
        return RECORDS.validate_json(safe_json(pydantic_core.to_json(migrated(table))))
    except ValidationError:
        # Without its cause: pydantic's message would quote the words in the record.
        raise RecordDamagedError(
            Sentence("{path} is damaged: it is not a whole record.", path=shown(path))
        ) from None
