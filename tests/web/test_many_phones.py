"""Five hundred phones at one door: each is served, and nothing is lost that was told to be kept."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from agreements.plan import Ask
from dialogue.hosting import Hosting
from dialogue.paths import Places
from dialogue.web.connections import Limits
from tests.plugin_sessions import plan_of, step_of
from tests.web.real_room import RealRoom, kept_words, web_door

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugin_sessions import FakeClock, Room
    from tests.web.real_room import Neighbour

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(
        not sys.platform.startswith("linux"), reason="only here loopback has many addresses"
    ),
]

ASK = Ask(id="reflection", kind="words", text="What stays with you?")


@pytest.fixture
def each_from_its_own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every connection come from another address, as phones do."""
    connect, count = asyncio.open_connection, iter(range(1_000_000))

    async def connect_from(host: str, port: int, **how: object) -> object:
        number = next(count)
        source = f"127.0.{60 + number // 250 % 100}.{1 + number % 250}"
        return await connect(host, port, local_addr=(source, 0), **how)

    monkeypatch.setattr(asyncio, "open_connection", connect_from)


@pytest_asyncio.fixture(loop_scope="session")
async def crowded(
    room: Room,
    fake_clock: FakeClock,
    tmp_path: Path,
    each_from_its_own_address: None,
) -> AsyncIterator[RealRoom]:
    """Return a session whose door has the limits that are in use."""
    plan = plan_of(step_of("writing", asks=(ASK,)), step_of("end", kind="closing"))
    session = room.begin(plan, heads=500)
    places = Places(data=tmp_path / "data", config=tmp_path / "config")
    host = Hosting(session, places, door_for=lambda door: web_door(door, Limits()))
    await host.start()
    crowded = RealRoom(session, host, fake_clock)
    yield crowded
    crowded.leave()
    await host.stop()


@pytest.mark.parametrize("phones", [60, pytest.param(500, marks=pytest.mark.slow)])
async def test_each_of_many_phones_is_served(crowded: RealRoom, phones: int) -> None:
    """All at once they open the page, get their tokens and send; each is told, and all is kept."""
    # promise 30
    await crowded.go_to("writing")
    await crowded.come(phones)
    crowded.host.sheets.open()
    await crowded.all_call()

    async def answer(number: int, one: Neighbour) -> str:
        receipt = await one.say("reflection", text=f"Answer {number}.", level="quote")
        return str(receipt["outcome"])

    sent = [answer(number, one) for number, one in enumerate(crowded.neighbours)]
    assert Counter(await asyncio.gather(*sent)) == {"received": phones}
    assert crowded.host.sheets.seats.count() == phones
    crowded.host.sheets.close()
    crowded.finish()
    kept = Counter(kept_words(crowded, "reflection"))
    assert kept == Counter(f"Answer {number}." for number in range(phones))
