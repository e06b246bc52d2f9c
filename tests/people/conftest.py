"""What the sessions of single people share: a real session at a real door, and who else is there.

Each file of this folder is one person, from coming in to the end, with the means that she has.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from dialogue.hosting import Hosting
from dialogue.paths import Places
from tests.plugin_sessions import setting_of
from tests.tui.conftest import desk, live, staged
from tests.web.conftest import chromium, driver, phone
from tests.web.real_room import RealRoom, house_of, web_door

if TYPE_CHECKING:
    from pathlib import Path

    from agreements.plan import Plan
    from tests.plugin_sessions import FakeClock, Room
    from tests.web.conftest import House

__all__ = ["chromium", "desk", "driver", "live", "phone", "staged"]

OTHERS = 6
TITLE = "Lunch and learn"

BeginRoom = Callable[..., Awaitable[RealRoom]]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return the two folders everything lives in; neither is there yet."""
    return Places(data=tmp_path / "data", config=tmp_path / "config")


@pytest_asyncio.fixture(loop_scope="session")
async def begin_room(room: Room, fake_clock: FakeClock, places: Places) -> AsyncIterator[BeginRoom]:
    """Return a way to begin a session of a plan at its door, with six others present."""
    rooms: list[RealRoom] = []

    async def begin(plan: Plan, title: str = TITLE) -> RealRoom:
        session = room.begin(plan, setting=setting_of(OTHERS + 1), title=title)
        host = Hosting(session, places, door_for=web_door)
        await host.start()
        rooms.append(RealRoom(session, host, fake_clock))
        await rooms[0].come(OTHERS)
        return rooms[0]

    yield begin
    for one in rooms:
        one.leave()
        await one.host.stop()


@pytest.fixture
def plan(lunch: Plan) -> Plan:
    """Return what is held: the shipped hour, where a person needs nothing else."""
    return lunch


@pytest_asyncio.fixture(loop_scope="session")
async def held(begin_room: BeginRoom, plan: Plan) -> RealRoom:
    """Return the session, at its door."""
    return await begin_room(plan)


@pytest.fixture
def house(held: RealRoom) -> House:
    """Return the door of the session, as the phones know it."""
    return house_of(held.host)
