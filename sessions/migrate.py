"""Older records to the present version, as steps over plain tables.

Pure. Each step takes the table of one version to the next and knows no model, so that it stays
true when the models move on. A record of every version that ever was is kept as test data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from agreements.sentence import Sentence
from sessions.errors import RecordDamagedError, RecordTooNewError
from sessions.format import FORMAT, VERSION

Table = dict[str, Any]

STEPS: Mapping[int, Callable[[Table], Table]] = {}
"""From a version to the one after it. Version 1 is the first, so there is no step yet."""


def version_of(table: Mapping[str, Any]) -> int:
    """Return the version of a record.

    Raises:
        RecordDamagedError: When it is no record of a session.
    """
    version = table.get("version")
    if table.get("format") != FORMAT or not isinstance(version, int) or version < 1:
        raise RecordDamagedError("This file is not the record of a session.")
    return version


def migrated(table: Table) -> Table:
    """Return a record's table in the present version.

    Args:
        table: The record as it was read; it is not changed.

    Raises:
        RecordDamagedError: When it is no record of a session.
        RecordTooNewError: When a later version of the program wrote it.
    """
    version = version_of(table)
    if version > VERSION:
        raise RecordTooNewError(
            Sentence(
                "This record was written by a newer dialogue (format {version}; this "
                "program knows {known}). It is left as it is: update the program to open "
                "it.",
                version=version,
                known=VERSION,
            )
        )
    for old in range(version, VERSION):
        table = {**STEPS[old](table), "version": old + 1}
    return table
