"""The acts by which a closed sheet becomes answers in the record, in the one safe order.

Touches: disk, through the box and the keys; the system's random source.

    1  read the box, mix, give random ids       in memory; a crash: the sheet is still open
    2  save answers and `opened` in one step    a crash before: still open; after: opened
    3  delete the keys                          from here nothing can be read again
    4  overwrite the cells, delete the box

After 2 the record is the only thing that counts. A program that starts again and finds the sheet
opened calls `finish_wipe` and never reads the box a second time, so no answer comes twice; one
that finds it still open has lost nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from agreements.plan import Ask
from agreements.sentence import Sentence
from sessions.ballots import BOX_NAME, Box, wipe
from sessions.errors import StorageError
from sessions.facts import Answers, FactId
from sessions.keys import KeyFolder
from sessions.tallies import new_id
from sessions.unsealing import answers_of

Save = Callable[[tuple[Answers, ...]], None]
"""Puts answers, and that the sheet was opened, in the record and on the disk, in one step."""


@dataclass(frozen=True, slots=True)
class SealedSheet:
    """All there is of a sheet on the disk, in the hands of the one who may open it."""

    folder: Path
    """The session's folder."""
    asks: tuple[Ask, ...]
    keys: Mapping[str, bytes] = field(repr=False)
    """The key of each ask."""
    box: Box


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet that was opened; its answers are in the record."""

    answers: tuple[Answers, ...]
    """One for each ask; not opened and empty where fewer than the threshold wrote."""
    problem: str = ""
    """Why the box could not be wiped yet, in a sentence; then `finish_wipe` is due again."""


def open_sheet(
    sheet: SealedSheet,
    key_folder: KeyFolder,
    *,
    seats: int,
    threshold: int,
    hide: Callable[[str, FactId], str],
    save: Save,
) -> Opened | None:
    """Open a sheet: read it, save what it held, and wipe it.

    When too few wrote to every ask nothing is read, saved or wiped: the sheet may be held open, or
    discarded. An ask to which enough wrote is opened even if another one of its sheet never is.

    Args:
        sheet: The sheet, which must take nothing more in by now.
        key_folder: Where its keys live.
        seats: How many could answer.
        threshold: The fewest writers of an ask that may be read; never taken below five.
        hide: Hides in words what singles out a person, for the answer with an id.
        save: Saves; it must raise `StorageError` unless all of it is on the disk.

    Returns:
        The answers, or None for too few.

    Raises:
        StorageError: They could not be read or saved; the sheet is as it was.
    """
    sheet.box.settle()
    answers = tuple(
        answers_of(
            ask,
            sheet.box.open_all(_key_of(sheet, ask)).values(),
            seats=seats,
            threshold=threshold,
            below=secrets.randbelow,
            new_id=new_id,
            hide=hide,
        )
        for ask in sheet.asks
    )
    if not any(one.opened for one in answers):
        return None
    save(answers)
    return Opened(answers, _problem(sheet, key_folder))


def discard_sheet(sheet: SealedSheet, key_folder: KeyFolder) -> None:
    """Give a sheet up unread: nobody can read it from here on.

    Args:
        sheet: The sheet; the record must say already that it is not open any more.
        key_folder: Where its keys live.

    Raises:
        StorageError: It is not wiped yet; `finish_wipe` is due again.
    """
    key_folder.delete(sheet.folder.name)
    sheet.box.close()
    finish_wipe(sheet.folder, key_folder)


def finish_wipe(folder: Path, key_folder: KeyFolder) -> None:
    """Delete the keys of a session's sheet, then its box, unread; call it as often as you like.

    Args:
        folder: The session's folder; no sheet of it may be open, or be meant to open again.
        key_folder: Where its keys live.

    Raises:
        StorageError: It could not all be done; call again.
    """
    key_folder.delete(folder.name)
    wipe(folder / BOX_NAME)


def _key_of(sheet: SealedSheet, ask: Ask) -> bytes:
    key = sheet.keys.get(ask.id)
    if key is None:
        raise StorageError(
            Sentence(
                "The key of the ask {id} is gone, so nobody can read what was written to "
                "it. Discard the sheet, and ask again.",
                id=ask.id,
            )
        )
    return key


def _problem(sheet: SealedSheet, key_folder: KeyFolder) -> str:
    """Wipe, and return why it could not be done; the answers are safe either way."""
    try:
        discard_sheet(sheet, key_folder)
    except StorageError as error:
        return error.sentence
    return ""
