"""Gathers a programme: every session once, from whatever files tell of it, to one ProgrammeSummary.

Touches: disk, to read; the index. One file after the other is read and nothing of it is kept but
numbers, so that ten thousand sessions take little more room than ten. What comes out depends on
what the files hold and on nothing else: not on their names, their order, or the index.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from sessions.collector import collector_at_rest
from sessions.errors import CommandRefusedError, StorageError, shown
from sessions.gathering.files import (
    REASONS,
    Found,
    LeftOutError,
    Reason,
    found,
    read_bytes,
    summary_in,
    title_in,
)
from sessions.gathering.index import Index, forget
from sessions.programme.cohorts import Cohorts
from sessions.programme.contribution import Mark, contribution_of, mark_of_title, words_of
from sessions.programme.model import ProgrammeSummary
from sessions.programme.shown import said
from sessions.programme.sums import Sums
from sessions.programme.told import Aside, told
from sessions.summary import Summary

Progress = Callable[[int, int], None]
"""Is told how many files are done, of how many."""

NONE_TOLD: Final = Cohorts()

_CONTENT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Gathered:
    """A programme, and what became of the files."""

    programme: ProgrammeSummary
    left_out: tuple[tuple[Path, str], ...]
    """Files that are not counted, each with the reason."""
    rehearsals: int
    """Files of rehearsals that were left out because nobody asked for them."""
    sessions: tuple[str, ...] = ()
    """The cohort, by ids, without rehearsals."""
    small: tuple[str, ...] = ()
    """Those of them at which fewer than five people may have been."""
    waiting: int = 0
    """Sessions that wait for others: alone they could be read off beside an earlier programme."""


def gather(
    paths: Sequence[Path],
    *,
    folder: Path | None = None,
    rehearsals: bool = False,
    cohorts: Cohorts = NONE_TOLD,
    progress: Progress = lambda _done, _of: None,
) -> Gathered:
    """Return what the sessions in some files and folders tell together.

    Args:
        paths: Files, and folders to search.
        folder: Where the index is kept; `None` for nowhere.
        rehearsals: Sum up rehearsals, which are never counted beside sessions that were held.
        cohorts: Those of the programmes that were told before.
        progress: Is told how far it is.

    Raises:
        CommandRefusedError: There is no session that could be counted, sessions are among
            rehearsals, or beside an earlier programme a single one could be read off.
        StorageError: One of the paths cannot be read.
    """
    files = list(found(paths))
    with collector_at_rest():  # what is read holds no circles
        return _twice(files, folder, progress, cohorts, rehearsals=rehearsals)


def _twice(
    files: Sequence[Found],
    folder: Path | None,
    progress: Progress,
    cohorts: Cohorts,
    *,
    rehearsals: bool,
) -> Gathered:
    """Gather with the index, and where that breaks, without."""
    try:
        return _gathered(files, folder, progress, cohorts, rehearsals=rehearsals)
    except (sqlite3.Error, ValidationError):
        # The index broke on the way, or told something that it was never given.
        if folder is not None:
            forget(folder)
    try:
        return _gathered(files, None, progress, cohorts, rehearsals=rehearsals)
    except sqlite3.Error:
        raise StorageError(
            "Could not sum up the programme: there is no room for what must be kept until it is "
            "done. Free some space on the disk where temporary files go, then try again."
        ) from None


def _gathered(
    files: Sequence[Found],
    folder: Path | None,
    progress: Progress,
    cohorts: Cohorts,
    *,
    rehearsals: bool,
) -> Gathered:
    unread: list[tuple[Path, Reason]] = []
    with Index(folder) as index:
        progress(0, len(files))
        for number, file in enumerate(files, 1):
            if not index.knows(file) and (reason := _read(file, index)):
                unread.append((file.path, reason))
            progress(number, len(files))
        index.all_met()
        sums, where = Sums(), {}
        sessions = index.sessions(rehearsals=rehearsals)
        held = index.sessions(rehearsals=False)
        _refuse_mixed(len(sessions) - len(held), len(held))
        small: list[str] = []
        waiting = cohorts.waiting(held, lambda: _small(index)) if held else frozenset()
        for name, contribution in index.counted(rehearsals=rehearsals):
            if contribution.session not in waiting:
                sums.add(contribution)
                where[contribution.session] = name
                small += [contribution.session] if contribution.is_small else []
        left_out = sorted([*index.left_out(), *unread])
        counted, left_rehearsals = index.tally(rehearsals=rehearsals)
    if not where:
        raise CommandRefusedError(_nothing(left_out, left_rehearsals))
    aside = Aside(Counter(REASONS[why] for _, why in left_out), counted - len(sessions))
    programme = _with_words(sums, where, aside)
    reasons = tuple((path, REASONS[why]) for path, why in left_out)
    gathered = Gathered(programme, reasons, left_rehearsals, waiting=len(waiting))
    return replace(gathered, sessions=tuple(where), small=tuple(small)) if held else gathered


def _refuse_mixed(rehearsals: int, held: int) -> None:
    """Refuse rehearsals beside sessions that were held: whoever rehearsed can take them away.

    Raises:
        CommandRefusedError: There are both.
    """
    if rehearsals and held:
        raise CommandRefusedError(
            f"Rehearsals are summed up alone, and {held} sessions that were held are beside these. "
            "Give rehearsals only, or leave out `--rehearsals`."
        )


def _small(index: Index) -> list[str]:
    """Return the sessions at which fewer than five people may have been."""
    counted = index.counted(rehearsals=False)
    return [contribution.session for _, contribution in counted if contribution.is_small]


def _read(file: Found, index: Index) -> Reason | None:
    """Read a file into the index; return why that could not be done."""
    try:
        data = read_bytes(file.path)
    except LeftOutError as error:
        # Not kept: it may be readable the next time, with the same size and time.
        return error.reason
    content = blake2b(data, digest_size=_CONTENT_BYTES).digest()
    if index.copied(file, content):
        return None
    try:
        index.keep(file, content, contribution_of(summary_in(data, file.path)))
    except LeftOutError as error:
        index.keep(file, content, error.reason)
    return None


def _with_words(sums: Sums, where: dict[str, str], aside: Aside) -> ProgrammeSummary:
    """Read the words that are told again, each from one file that holds them."""
    needed: dict[str, list[Mark]] = {}
    for mark, (_, session) in sums.needed():
        needed.setdefault(session, []).append(mark)
    telling = [session for _, session in sums.telling_sessions()]
    quoted = {session for _, session in sums.quoted_sessions()}
    words: dict[Mark, tuple[str, ...]] = {}
    latest: dict[str, Summary] = {}
    titles: dict[str, str] = {}
    for session, title in sums.to_name():
        title_there = title_in(Path(where[session]))
        if mark_of_title(title_there) == title:
            titles[session] = said(title_there)
        else:
            needed.setdefault(session, [])
    own = {session for session, _ in sums.to_name()}
    for session in sorted({*needed, *telling}):
        summary = _again(Path(where[session]), quoted=session in quoted)
        known = dict(words_of(summary))
        try:
            for one in needed.get(session, ()):
                words[one] = tuple(map(said, known[one]))
        except KeyError:
            raise _changed(Path(where[session])) from None
        if session in own:
            titles[session] = said(summary.title)
        if session in telling:
            latest[session] = summary
    return told(sums, words, titles, [latest[session] for session in telling], aside)


def _again(path: Path, *, quoted: bool) -> Summary:
    try:
        return summary_in(read_bytes(path), path, quoted=quoted)
    except LeftOutError:
        raise _changed(path) from None


def _changed(path: Path) -> StorageError:
    return StorageError(
        f"{shown(path)} was changed while the programme was read: try again when nothing writes "
        "there."
    )


def _nothing(left_out: Sequence[tuple[Path, Reason]], rehearsals: int) -> str:
    if rehearsals:
        return "There are only rehearsals. `--rehearsals` sums them up, and marks what comes out."
    if left_out:
        path, reason = left_out[0]
        return f"There is no session to count. The first file, {shown(path)}: {REASONS[reason]}."
    return "There is no session to count: no file there is a session or a summary of one."
