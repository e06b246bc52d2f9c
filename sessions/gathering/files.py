"""Finding and reading what a programme is made of: shares, and the organizer's own records.

Touches: disk, to read. A folder is searched with all that lies below it; links to folders are not
followed, so that no circle of them is walked. What cannot be counted is said with its reason, and
no reason quotes anything of a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import pydantic_core
from pydantic import ValidationError

from agreements.sentence import Sentence
from sessions import disk
from sessions.document import OpenRecord
from sessions.errors import (
    FileMissingError,
    RecordDamagedError,
    RecordTooNewError,
    StorageError,
    shown,
)
from sessions.format import FORMAT
from sessions.programme.contribution import is_sound, is_usable
from sessions.reading import safe_json
from sessions.store import (
    DAMAGED_NAME,
    LARGEST_RECORD_BYTES,
    PREVIOUS_NAME,
    parse_record,
)
from sessions.summarise import uncleaned_summary_of
from sessions.summary import Summary

Reason = Literal[
    "open", "partial", "damaged", "newer", "foreign", "programme", "unnamed", "locked", "unreadable"
]

REASONS: Final[dict[Reason, str]] = {
    "open": "the session is still open; close it first",
    "partial": "it was exported while its session was still open",
    "damaged": "it is damaged",
    "newer": "a newer dialogue wrote it; update this one",
    "foreign": "it is neither a session nor a summary",
    "programme": "it is a programme, and programmes are not summed again",
    "unnamed": "it does not say which session it is of, or on which day that was; export it again",
    "locked": "it is encrypted; decrypt it first",
    "unreadable": "it cannot be read",
}
"""Why a file is not counted, as people read it."""

SHARE: Final = "dialogue-summary"
PROGRAMME: Final = "dialogue-programme"

_SUMMARY_VERSION: Final = 1
_HEAD_BYTES: Final = 512
_TITLE_BYTES: Final = 2048
_BESIDE: Final = frozenset({PREVIOUS_NAME, "debrief.json"})
"""What lies beside a record in a session's folder and is none."""


class LeftOutError(Exception):
    """A file is not counted."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may hold a session."""

    name: str
    """Where it lies. Of ten thousand files, paths taken apart would take ten times the room."""
    size: int
    mtime_ns: int

    @property
    def path(self) -> Path:
        """The same as a path."""
        return Path(self.name)


def found(paths: Sequence[Path]) -> Iterator[Found]:
    """Yield every file that may hold a session, each once, in an order of its own.

    Args:
        paths: Files, and folders to search.

    Raises:
        FileMissingError: One of the paths is not there.
        StorageError: A folder among them cannot be listed.
    """
    met: set[tuple[int, int] | str] = set()
    for path in paths:
        try:
            entries = _below(path) if path.is_dir() else iter([(str(path), path.stat())])
            for name, at in entries:
                # Without such a number, as on some systems, a file is known by where it is.
                same = (at.st_dev, at.st_ino) if at.st_ino else str(Path(name).resolve())
                if same not in met:
                    met.add(same)
                    yield Found(name, at.st_size, at.st_mtime_ns)
        except FileNotFoundError as error:
            raise FileMissingError.of(error, Sentence("read {path}", path=shown(path))) from error
        except OSError as error:
            raise StorageError.of(error, Sentence("read {path}", path=shown(path))) from error


def _below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the JSON files below a folder; a folder inside it that may not be listed is passed.

    Names and not paths: of ten thousand, to take them apart would cost more than to find them.
    """
    ahead = [str(folder)]
    while ahead:
        here = ahead.pop()
        try:
            with os.scandir(here) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError:
            if here == str(folder):
                raise
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                ahead.append(entry.path)
            elif _may_be_session(entry):
                # Asked by name: on some systems what a folder knows of its files has no number.
                yield entry.path, os.stat(entry.path)  # noqa: PTH116


def _may_be_session(entry: os.DirEntry[str]) -> bool:
    name = entry.name
    if not name.endswith((".json", ".json.age")) or name in _BESIDE or name.startswith("."):
        return False
    if name.startswith(DAMAGED_NAME.removesuffix(".json")):
        return False
    try:
        return entry.is_file()
    except OSError:
        return False  # a link in a circle


def read_bytes(path: Path) -> bytes:
    """Return what is in a file.

    Raises:
        LeftOutError: It cannot be read, or is encrypted.
    """
    if path.suffix == ".age":
        raise LeftOutError("locked")
    try:
        return disk.read_whole(path, LARGEST_RECORD_BYTES)
    except RecordDamagedError:
        raise LeftOutError("foreign") from None
    except StorageError:
        raise LeftOutError("unreadable") from None


def summary_in(data: bytes, path: Path, *, quoted: bool = False) -> Summary:
    """Return the one Summary of a session: that of a share, or the one its record would export.

    To be counted; before its words are shown it must pass `cleaned`.

    Args:
        data: What is in the file.
        path: Where it lies.
        quoted: With words that are quoted in it, which take long to find in a record.

    Raises:
        LeftOutError: It is not counted.
    """
    kind, version = _kind(data)
    if kind == FORMAT:
        summary = _of_record(data, path, quoted=quoted)
    elif kind == SHARE:
        if isinstance(version, int) and version > _SUMMARY_VERSION:
            raise LeftOutError("newer")
        summary = _of_share(data)
    else:
        raise LeftOutError("programme" if kind == PROGRAMME else "foreign")
    if summary.partial:
        raise LeftOutError("partial")
    if not is_usable(summary):
        raise LeftOutError("unnamed")
    if not is_sound(summary):
        raise LeftOutError("damaged")
    return summary


def title_in(path: Path) -> str:
    """Return the title that stands in the head of a file; empty where none does."""
    try:
        with path.open("rb") as file:
            table = pydantic_core.from_json(
                file.read(_TITLE_BYTES), allow_partial="trailing-strings"
            )
    except (OSError, ValueError):
        return ""
    title = table.get("title") if isinstance(table, dict) else None
    return title if isinstance(title, str) else ""


def _kind(data: bytes) -> tuple[object, object]:
    """Return what a file says it is, from its head, or from all of it where that does not say."""
    for part, partly in ((data[:_HEAD_BYTES], True), (data, False)):
        try:
            table = pydantic_core.from_json(
                part, allow_partial="trailing-strings" if partly else False
            )
        except ValueError:
            continue
        if isinstance(table, dict) and {"format", "version"} <= table.keys():
            return table["format"], table["version"]
    if (
        data[:_HEAD_BYTES]
        .lstrip()
        .startswith((b'{"format":"dialogue-', b'{\n "format": "dialogue-'))
    ):
        raise LeftOutError("damaged")
    return None, None


def _of_record(data: bytes, path: Path, *, quoted: bool) -> Summary:
    try:
        record = parse_record(data, path)
    except RecordTooNewError:
        raise LeftOutError("newer") from None
    except StorageError:
        raise LeftOutError("damaged") from None
    if isinstance(record, OpenRecord):
        raise LeftOutError("open")
    summary = uncleaned_summary_of(record, quoted=quoted)
    # One that an earlier version froze has no id; the record knows it.
    return summary if summary.session else summary.model_copy(update={"session": record.id})


def _of_share(data: bytes) -> Summary:
    try:
        return Summary.model_validate_json(safe_json(data))
    except ValidationError:
        raise LeftOutError("damaged") from None
