"""What a session needs of this computer, looked at one thing after the other.

Touches: disk, environment, the terminal. Nothing is changed, but for one small file written to the
data folder and removed. Every finding that is not fine ends with what to do.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from agreements.errors import AgreementsError
from dialogue.config import Config, read_config
from dialogue.content import open_content
from dialogue.due import due_today
from dialogue.finding import Finding
from dialogue.paths import Places
from dialogue.recorders import recorder_warning
from dialogue.signs import Choice, is_utf8, plain_reason
from sessions import places as folders
from sessions.cards import CardFolder
from sessions.errors import StorageError, shown
from sessions.keys import KeyFolder
from sessions.store import DAMAGED_NAME, PREVIOUS_NAME, Header, Store, read_record
from sessions.text import one_line

ENOUGH_BYTES = 100 * 1024 * 1024
"""Far more than any session takes; with less, other programs fill the disk first."""

COLUMNS, LINES = 80, 24
MEGABYTE = 1024 * 1024


def findings(places: Places) -> Iterator[Finding]:
    """Yield what was found, in the order in which it is best put right."""
    config, settings = _settings(places)
    yield from settings
    yield _writable(places.data)
    yield _space(places.data)
    yield _synced(places.data)
    yield from _records(places.data)
    yield from _secrets(places)
    yield from _content(places, config)
    yield from terminal(config)


def _settings(places: Places) -> tuple[Config | None, list[Finding]]:
    try:
        config = read_config(places)
    except AgreementsError as error:
        return None, [_to_put_right("Settings", error.sentence)]
    path = shown(places.config_file)
    if not places.config_file.exists():
        return config, [Finding(f"Settings: the defaults. To change them, write {path}.")]
    troubled = _keys(places, config) if config.keys else []
    return config, troubled or [Finding(f"Settings: {path} can be used.")]


def _keys(places: Places, config: Config) -> list[Finding]:
    """Return what is wrong with the keys in the settings: with any of it no screen opens."""
    from dialogue.tui.commands import key_problems  # noqa: PLC0415  # it loads the terminal UI

    file = places.config_file.name
    return [
        _to_put_right("Settings", f"{file}, keys.{one_line(command)}: {problem}")
        for command, problem in key_problems(config.keys)
    ]


def _to_put_right(part: str, sentence: str) -> Finding:
    return Finding(f"{part}: {_ended(sentence)} Put it right in that file.", fine=False)


def _ended(sentence: str) -> str:
    """Return a sentence with a stop at its end, where it has no sign there yet."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _writable(data: Path) -> Finding:
    problem = folders.writable(data)
    if problem is not None:
        return Finding(f"Data folder: {problem}", fine=False)
    return Finding(f"Data folder: {shown(data)} takes files.")


def _space(data: Path) -> Finding:
    try:
        free = folders.free_bytes(data)
    except StorageError as error:
        return Finding(f"Disk space: {error.sentence}", fine=False)
    if free < ENOUGH_BYTES:
        return Finding(
            f"Disk space: only {free // MEGABYTE} MB are free. Free some space on that disk, or "
            "choose a data folder on another one.",
            fine=False,
        )
    return Finding("Disk space: there is enough.")


def _synced(data: Path) -> Finding:
    service = folders.synced_with(data, os.environ, Path.home())
    if service is not None:
        return Finding(
            f"Sync: {service} copies the data folder elsewhere, and each copy tells when something "
            "was written. No session is run there: choose another folder with --data-dir.",
            fine=False,
        )
    return Finding("Sync: no service is known to copy the data folder elsewhere.")


def _records(data: Path) -> Iterator[Finding]:
    try:
        headers = Store(data).headers()
    except StorageError as error:
        yield Finding(f"Sessions: {error.sentence}", fine=False)
        return
    if not headers:
        yield Finding("Sessions: none yet.")
        return
    troubled = [text for header in headers for text in _trouble(header)]
    for text in troubled:
        yield Finding(text, fine=False)
    if not troubled:
        still_open = sum(header.state == "open" for header in headers)
        open_ones = f", {still_open} still open; `dialogue` offers to go on" if still_open else ""
        yield Finding(f"Sessions: {len(headers)}{open_ones}.")
    for sentence in due_today(headers):
        yield Finding(sentence, fine=False)


def _trouble(header: Header) -> Iterator[str]:
    """Yield what is wrong with the folder of one session."""
    folder = header.path.parent
    if header.state == "damaged" or _is_cut_off(header):
        yield (
            f"Session {header.id}: its record cannot be read. `dialogue show {header.id}` says "
            "whether the version before it can."
        )
    if header.state == "newer":
        yield f"Session {header.id}: a newer dialogue wrote it. Update the program to open it."
    if (folder / DAMAGED_NAME).exists():
        yield (
            f"Session {header.id}: a damaged record was set aside as {DAMAGED_NAME}. Once the "
            "session is complete without it, delete that file."
        )
    if any(folder.glob(".*.part")):
        yield (
            f"Session {header.id}: a program that was killed left a file it had not finished. "
            "Delete the files that end in .part, unless a session is running now."
        )
    if header.state == "closed" and (folder / PREVIOUS_NAME).exists():
        yield (
            f"Session {header.id}: it is closed, but {PREVIOUS_NAME} is still there with an "
            "earlier version. Delete that file."
        )


def _is_cut_off(header: Header) -> bool:
    """Say whether a record whose head is whole cannot be read to its end; a list sees no more."""
    if header.state == "newer":
        return False
    try:
        read_record(header.path)
    except StorageError:
        return True
    return False


def _secrets(places: Places) -> Iterator[Finding]:
    """Yield what lies in the config folder that opens envelopes, or lets somebody write."""
    keys, cards = KeyFolder(places.config), CardFolder(places.config)
    try:
        still_open = Store(places.data).open_names()
        left = [*keys.orphans(still_open), *cards.orphans(still_open)]
        sheets = {one.session for one in keys.held()} & still_open
        rooms = {one.session for one in cards.held()} & still_open
        waiting = cards.waiting()
    except StorageError as error:
        yield Finding(f"Keys: {error.sentence}", fine=False)
        return
    for path in left:
        yield Finding(
            f"Keys: {shown(path)} belongs to no open session. Start `dialogue`: it deletes it.",
            fine=False,
        )
    held = [f"keys of the sheet of {name}" for name in sorted(sheets)]
    held += [f"seat cards of {name}" for name in sorted(rooms)]
    held += [f"{len(waiting.hashes)} printed seat cards that wait"] if waiting is not None else []
    if not left:
        yield Finding(f"Keys: {', '.join(held) or 'none'}.")


def _content(places: Places, config: Config | None) -> Iterator[Finding]:
    if config is None:
        return
    for folder in config.folders(places)[:-1]:
        if not folder.is_dir():
            yield Finding(
                f"Content: the folder {shown(folder)} in the settings is not there. Make it, or "
                "take it out of content_folders.",
                fine=False,
            )
    try:
        library = open_content(places, config)
    except AgreementsError as error:
        yield _to_put_right("Content", error.sentence)
        return
    for problem in library.problems:
        yield Finding(f"Content: {_ended(problem.sentence)} Until then it is left out.", fine=False)
    if not library.problems:
        yield Finding(f"Content: {len(library.plans)} plans can be used.")


def terminal(config: Config | None = None) -> Iterator[Finding]:
    """Yield what was found about the terminal behind stdout, if there is one.

    Args:
        config: The settings; the usual ones where they cannot be read.
    """
    if not sys.stdout.isatty():
        yield Finding("Terminal: none here, so its size was not looked at.")
        return
    columns, lines = shutil.get_terminal_size()
    if columns < COLUMNS or lines < LINES:
        yield Finding(
            f"Terminal: {columns} by {lines} characters. Make the window at least {COLUMNS} by "
            f"{LINES}, or its letters smaller.",
            fine=False,
        )
    else:
        yield Finding(f"Terminal: {columns} by {lines} characters.")
    warning = recorder_warning(os.environ)
    if warning:
        yield Finding(f"Recording: {warning}", fine=False)
    yield _colours()
    yield _signs("auto" if config is None else config.signs)


def _colours() -> Finding:
    from rich.console import Console  # noqa: PLC0415

    system = Console().color_system
    if os.environ.get("TERM") in ("dumb", "unknown"):
        return Finding(
            "Colours: this terminal can only write line by line. Use another one for the screen.",
            fine=False,
        )
    if system is None:
        return Finding("Colours: none. Everything is said in words and signs as well.")
    return Finding(f"Colours: {system}.")


def _signs(chosen: Choice) -> Finding:
    encoding = getattr(sys.stdout, "encoding", None)
    reason = plain_reason(chosen, os.environ, encoding)
    if not reason:
        return Finding(
            "Signs: all of ours are drawn. If some look like boxes or question marks, write "
            'signs = "ascii" in the settings.'
        )
    drawn = f"Signs: frames, bars and marks are drawn in ASCII, since {reason}."
    if not is_utf8(encoding):
        return Finding(
            f"{drawn} Letters with accents may be lost. Set LANG to one that ends in .UTF-8, such "
            "as en_US.UTF-8, and start again.",
            fine=False,
        )
    return Finding(f'{drawn} For ours write signs = "all" in the settings.')
