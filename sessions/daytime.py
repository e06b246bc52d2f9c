"""Times of day: read as people write them, and how far one is from another.

Pure. A time of day is whole seconds since midnight. Where an end comes before its start on the
clock, it is the next day's, if what lies between is at most twelve hours.
"""

from __future__ import annotations

import re
from datetime import datetime

from sessions.errors import CommandRefusedError

MINUTE_SECONDS = 60
HOUR_SECONDS = 60 * MINUTE_SECONDS
DAY_SECONDS = 24 * HOUR_SECONDS
LONGEST_OVER_MIDNIGHT_SECONDS = 12 * HOUR_SECONDS

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)


def time_of_day(text: str) -> int:
    """Return `HH:MM` as a time of day; the first digit may be left out where it is 0.

    Raises:
        CommandRefusedError: It is written in another way, or there is no such time.
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise CommandRefusedError("Write times as hours and minutes, such as 13:15.")
    return int(found[1]) * HOUR_SECONDS + int(found[2]) * MINUTE_SECONDS


def seconds_between(starts: int, ends: int) -> int | None:
    """Return the seconds from one time of day to another, or `None` where that cannot be meant."""
    if ends > starts:
        return ends - starts
    over_midnight = ends + DAY_SECONDS - starts
    return over_midnight if over_midnight <= LONGEST_OVER_MIDNIGHT_SECONDS else None


def seconds_until(ends: int, now: datetime) -> int | None:
    """Return how far ahead a time of day is, rounded up; `None` when it has passed.

    Rounded down, an end would be shown a minute early for part of every second.

    Args:
        ends: The time of day.
        now: The local time.
    """
    # A second that has begun is not taken off: that is the rounding up.
    passed = now.hour * HOUR_SECONDS + now.minute * MINUTE_SECONDS + now.second
    return seconds_between(passed, ends)
