"""Where it is remembered of which sessions programmes were told: a file of its own, without words.

Touches: disk. It is no cache, as the index is: without it two programmes could be subtracted. So
it lies beside the index, is never made anew by itself, and is written in one step with the files
of a programme.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from agreements.sentence import Sentence
from sessions import disk
from sessions.errors import FileMissingError, RecordDamagedError, shown
from sessions.programme.cohorts import MARK_BYTES, Cohort, Cohorts

NAME: Final = "programme-cohorts.json"
FORMAT: Final = "dialogue-cohorts"

_LARGEST_BYTES: Final = 256 * 1024 * 1024


def read_cohorts(folder: Path) -> Cohorts:
    """Return the cohorts of all programmes that were told from a data folder.

    Raises:
        RecordDamagedError: What is there cannot be read, so that nothing may be told.
        StorageError: The disk refused.
    """
    path = folder / NAME
    try:
        table = json.loads(disk.read_whole(path, _LARGEST_BYTES))
        if table["format"] != FORMAT or table["version"] != 1:
            raise ValueError
        told = frozenset(map(_cohort, table["cohorts"]))
        return Cohorts(told, _cohort(table.get("small", "")))
    except FileMissingError:
        return Cohorts()
    except (ValueError, KeyError, TypeError):
        raise RecordDamagedError(
            Sentence(
                "{path} cannot be read. It says which sessions earlier programmes counted, so "
                "that no two can be subtracted. Bring it back from a copy, or move it away and "
                "publish no programme beside the earlier ones.",
                path=shown(path),
            )
        ) from None


def cohorts_file(
    folder: Path, cohorts: Cohorts, sessions: Iterable[str], small: Iterable[str] = ()
) -> dict[Path, bytes]:
    """Return the file with one cohort more, to be written beside a programme's own."""
    more = cohorts.with_one_of(sessions, small)
    told = sorted(map(_marks, more.told))
    table = {"format": FORMAT, "version": 1, "cohorts": told, "small": _marks(more.small)}
    return {folder / NAME: json.dumps(table, indent=1).encode() + b"\n"}


def _marks(cohort: Cohort) -> str:
    return b"".join(sorted(cohort)).hex()


def _cohort(marks: str) -> Cohort:
    data = bytes.fromhex(marks)
    return frozenset(data[at : at + MARK_BYTES] for at in range(0, len(data), MARK_BYTES))
