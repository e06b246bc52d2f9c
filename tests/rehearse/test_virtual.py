"""The clock that jumps: no time passes while anybody acts, and none is waited for."""

from __future__ import annotations

import asyncio

import pytest

from dialogue.rehearse.virtual import SpedTime, VirtualTime
from tests.plugin_sessions import NOON, FakeClock


async def test_it_jumps_from_one_moment_to_the_next() -> None:
    """Two actors wake in the order of their moments; an hour takes no time."""
    time = VirtualTime(NOON)
    seen: list[tuple[str, float]] = []

    async def act(name: str, *moments: float) -> None:
        for moment in moments:
            await time.until(moment)
            seen.append((name, time.now()))

    async def both() -> None:
        time.start(act("a", 10, 3600))
        await act("b", 5, 10, 60)

    await time.run(both())
    assert [moment for _name, moment in seen] == [5, 10, 10, 60, 3600]
    assert [name for name, _moment in seen][::4] == ["b", "a"]
    assert (time.clock.wall() - NOON).total_seconds() == time.clock.boot() == 3600


async def test_it_stands_while_somebody_acts() -> None:
    """While one actor waits for something outside, such as an answer, the clock stands."""
    time = VirtualTime(NOON)
    seen: list[float] = []

    async def asks() -> None:
        await time.until(1)
        await asyncio.sleep(0.02)
        seen.append(time.now())

    async def waits() -> None:
        time.start(asks())
        await time.until(2)
        seen.append(time.now())

    await time.run(waits())
    assert seen == [1, 2]


async def test_a_moment_that_is_over_is_now() -> None:
    """Waiting for the past goes on at once and does not turn the clock back."""
    time = VirtualTime(NOON)

    async def act() -> None:
        await time.until(9)
        await time.until(3)

    await time.run(act())
    assert time.now() == 9


async def test_a_failure_ends_everybody() -> None:
    """What one actor raises comes out as it is, and the others are called off."""
    time = VirtualTime(NOON)
    called_off: list[bool] = []

    async def waits() -> None:
        try:
            await time.until(100)
        finally:
            called_off.append(time.now() < 100)

    async def fails() -> None:
        time.start(waits())
        await time.until(5)
        await asyncio.sleep(0)
        message = "it broke"
        raise ValueError(message)

    with pytest.raises(ValueError, match="it broke"):
        await time.run(fails())
    assert called_off == [True]


async def test_the_faster_clock_counts_so_many_times() -> None:
    """For watching, a second of the computer counts as many; a short wait is over at once."""
    fake = FakeClock()
    time = SpedTime(fake.clock, 20, NOON)
    fake.tick(3)
    assert time.now() == time.clock.boot() == 60
    assert (time.clock.wall() - NOON).total_seconds() == 60

    async def act() -> None:
        await time.until(60.1)

    await time.run(act())
