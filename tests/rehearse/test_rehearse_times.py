"""A closed record tells no time finer than a day, whatever people were asked: its every value.

Touches: disk and loopback, through rehearsals.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from sessions import document, opening
from sessions.document import Record
from tests.rehearse.conftest import Try

Path = tuple[str, ...]

CLOCK_TIME = re.compile(
    r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])|\dT\d{2}|\d{1,2}\s?[ap]\.?m\b"
)
FINE_WORDS = re.compile(
    r"(?:^|_)(?:at|time|times|timestamp|clock|wall|boot|moment|hour|minute|second|created|arrived|"
    r"sent|received|order|index|position|sequence|seq|serial)(?:_|$)"
)
"""What a key is called that holds a moment or a place in an order."""

LENGTHS = {"planned_seconds", "actual_seconds", "arrival_seconds", "paused_seconds"} | {
    "closing_seconds"
}
"""Lengths of steps, which the facilitator's part may hold."""

CONTENT = {"protocol", "plan"}
"""Copies of what was used; no session has written anything into them."""

PARTICIPANTS = "answers"
HELD = {"id", "ask", "kind", "seats", "opened", "items", "level", "status"} | {
    *("text", "points", "choice", "value", "then", "now", "translation")
}
"""Every key that may stand in what participants gave."""

EPOCH = range(1_600_000_000, 2_200_000_000)
"""Numbers that could be seconds since 1970; a thousand or a million times as large, finer ones."""


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:  # noqa: ANN401
    """Yield every value of a record that is no table and no list, with the keys that lead there."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, path)
    else:
        yield path, value


def is_epoch(number: float) -> bool:
    """Say whether a number could be a moment since 1970, in seconds, or finer."""
    return any(int(number) // unit in EPOCH for unit in (1, 10**3, 10**6, 10**9))


def holds_a_moment(path: Path, value: object) -> bool:
    """Say whether a value, or what it is called, tells a moment of a day."""
    key = path[-1]
    if isinstance(value, str):
        words = path[0] in (PARTICIPANTS, "notes", "parked") and key == "text"
        return bool(CLOCK_TIME.search(value)) and not words
    if isinstance(value, float):
        return True
    if isinstance(value, int) and not isinstance(value, bool):
        return is_epoch(value) or (bool(FINE_WORDS.search(key)) and key not in LENGTHS)
    return bool(FINE_WORDS.search(key)) and key != "now"


def ids_with_a_time(record: dict[str, Any], since: float) -> list[str]:
    """Return the ids that begin with a moment of this session, as some random-looking ones do."""
    found = []
    for path, value in leaves(record):
        if path[-1] != "id" or not re.fullmatch(r"[0-9a-f]{32}", str(value)):
            continue
        seconds, thousandths = int(value[:8], 16), int(value[:12], 16) / 1000
        now = time.time() + 60
        if since - 60 <= seconds <= now or since - 60 <= thousandths <= now:
            found.append(str(value))
    return found


def found_in(record: dict[str, Any], since: float) -> list[str]:
    """Return what in a closed record is finer than a day, or has no place in it."""
    found = [
        "/".join(path)
        for path, value in leaves(record)
        if path[0] not in CONTENT and holds_a_moment(path, value)
    ]
    unknown = {
        f"{PARTICIPANTS}/{key}"
        for one in record[PARTICIPANTS]
        for table in (one, *one["items"])
        for key in table
        if key not in HELD
    }
    return sorted({*found, *unknown, *ids_with_a_time(record, since)})


async def rehearsed(tried: Try) -> dict[str, Any]:
    """Rehearse every kind of ask, and return the closed record."""
    done = await tried()
    record: dict[str, Any] = json.loads(done.path.read_bytes())
    kinds = {one["kind"] for one in record[PARTICIPANTS]}
    assert kinds == {"words", "compass", "choice", "scale", "then-now", "commitment"}
    return record


async def test_nothing_in_a_closed_record_is_finer_than_a_day(tried: Try) -> None:
    """No clock time, no moment and no order stands anywhere; of participants not even a length."""
    # promise 24
    since = time.time()
    assert found_in(await rehearsed(tried), since) == []


def with_times(record: Record) -> bytes:
    """Write a record with the second of each answer beside it."""
    table = json.loads(TO_JSON(record))
    for one in table.get(PARTICIPANTS, []):
        for place, item in enumerate(one["items"]):
            item["at"] = 100 + place
    return json.dumps(table).encode()


TO_JSON = document.to_json


@pytest.mark.parametrize("leak", ["a second beside each answer", "ids drawn from the clock"])
async def test_a_time_with_each_envelope_is_found(
    tried: Try, leak: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same look finds a build that keeps a time an envelope, or hides one in its id."""
    # promise 24
    since = time.time()
    if leak == "ids drawn from the clock":
        drawn = iter(range(10_000))
        monkeypatch.setattr(
            opening, "new_id", lambda: f"{int(time.time() * 1000):012x}{next(drawn):020x}"
        )
    else:
        monkeypatch.setattr(document, "to_json", with_times)
    assert found_in(await rehearsed(tried), since) != []


@pytest.mark.parametrize(
    "value",
    [
        "12:04",
        "at 9:30:11 she wrote",
        "2026-11-22T12",
        "3 pm",
        datetime(2026, 11, 22, 12, 4, tzinfo=UTC).timestamp(),
        1_769_000_000,
        1_769_000_000_123,
    ],
)
def test_every_form_of_a_moment_is_found(value: object) -> None:
    """Clock times in words, in ISO's form, and seconds or milliseconds since 1970 are known."""
    # promise 24
    assert holds_a_moment(("setting", "rule"), value)
    assert not holds_a_moment(("setting", "retention_days"), 90)
