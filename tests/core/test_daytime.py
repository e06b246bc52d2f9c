"""Times of day: how they are written, and how far one is from another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.daytime import (
    DAY_SECONDS,
    LONGEST_OVER_MIDNIGHT_SECONDS,
    seconds_between,
    seconds_until,
    time_of_day,
)
from sessions.errors import CommandRefusedError

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
MINUTES = st.integers(0, 24 * 60 - 1)
MOMENTS = st.integers(0, DAY_SECONDS * 1000 - 1)
"""Thousandths of a second since midnight."""


@given(minute=MINUTES, spaces=st.sampled_from(["", " "]))
def test_every_minute_of_a_day_is_read(minute: int, spaces: str) -> None:
    """Hours and minutes are read, with or without a 0 before the hour."""
    hour, rest = divmod(minute, 60)
    assert time_of_day(f"{hour:02}:{rest:02}{spaces}") == minute * 60
    assert time_of_day(f"{spaces}{hour}:{rest:02}") == minute * 60


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        "12",
        "12:",
        "12:5",
        "24:00",
        "12:60",
        "-1:00",
        "12:00:00",
        "١٢:٠٠",
        "012:00",
        "9" * 5000,
        f"{'1' * 5000}:00",
        f"12:{'0' * 5000}",
    ],
)
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    """Other signs, and five thousand digits, are answered with a sentence that shows how."""
    with pytest.raises(CommandRefusedError, match="such as 13:15"):
        time_of_day(text)


@given(starts=st.integers(0, DAY_SECONDS - 1), ends=st.integers(0, DAY_SECONDS - 1))
def test_an_end_lies_ahead_or_is_not_meant(starts: int, ends: int) -> None:
    """The clock that starts and runs so long shows the end; over midnight twelve hours at most."""
    between = seconds_between(starts, ends)
    if between is None:
        assert ends <= starts
        assert ends + DAY_SECONDS - starts > LONGEST_OVER_MIDNIGHT_SECONDS
    else:
        assert between > 0
        assert (starts + between) % DAY_SECONDS == ends


@given(minute=MINUTES, moment=MOMENTS)
def test_an_end_is_never_reckoned_early(minute: int, moment: int) -> None:
    """At whatever part of a second one asks, so many seconds later the end has just come."""
    now = MIDNIGHT + timedelta(milliseconds=moment)
    ahead = seconds_until(minute * 60, now)
    if ahead is not None:
        then = now + timedelta(seconds=ahead)
        assert (then.hour * 60 + then.minute) == minute
        assert then.second == 0
