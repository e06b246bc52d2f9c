"""A session is left: its door shuts for certain, and until then no page is told what is not so."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import TYPE_CHECKING

import pytest

from dialogue.caller.address import read_address
from dialogue.caller.caller import Caller
from dialogue.caller.errors import CallError
from dialogue.doorway import Doorway
from dialogue.hosting import Hosting
from dialogue.paths import Places
from dialogue.preflight import Preflight
from dialogue.tui.in_session import SessionApp
from dialogue.web import server
from dialogue.web.server import WebDoor
from dialogue.web.wire import Envelope
from sessions import decide
from sessions.cells import CellFile
from tests.plugin_sessions import WORDS, plan_of, step_of
from tests.web.real_room import Neighbour, RealRoom, house_of, web_door
from tests.web.test_waiting import loopback, waiting_room

if TYPE_CHECKING:
    from pathlib import Path

    from dialogue.web.door import Door
    from sessions.live import LiveSession
    from tests.plugin_sessions import FakeClock, Room

pytestmark = pytest.mark.asyncio(loop_scope="session")

HEADS = 6


@pytest.fixture
def session(room: Room) -> LiveSession:
    """Return a session in a step that asks for words."""
    session = room.begin(plan_of(step_of("asking", asks=(WORDS,))), heads=HEADS)
    session.do(decide.next_step)
    return session


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return where it is."""
    return Places(data=tmp_path / "data", config=tmp_path / "config")


async def with_sheet(session: LiveSession, places: Places, clock: FakeClock) -> RealRoom:
    """Return its room, with a sheet open and everybody's tokens given out."""
    host = Hosting(session, places, door_for=web_door)
    await host.start()
    room = RealRoom(session, host, clock)
    await room.come(HEADS)
    host.sheets.open()
    await room.all_call()
    return room


def listens(port: int) -> bool:
    """Say whether anybody listens on a port of loopback."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


class SlowDoor(WebDoor):
    """A door that opens when it is told to."""

    def __init__(self, door: Door) -> None:
        super().__init__(door, names=["127.0.0.1"], bind="127.0.0.1", port=0)
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()

    async def start(self) -> str:
        """Wait, and open."""
        self.asked.set()
        await self.go_on.wait()
        return await super().start()


async def test_a_door_that_opens_late_is_shut_again(session: LiveSession, places: Places) -> None:
    """Whoever leaves while it still opens does not leave it open, and hears when it is shut."""
    made: list[SlowDoor] = []

    def slow(door: Door) -> WebDoor:
        made.append(SlowDoor(door))
        return made[0]

    host = Hosting(session, places, door_for=slow)
    starting = asyncio.create_task(host.start())
    await asyncio.sleep(0)
    await made[0].asked.wait()
    stopping = asyncio.create_task(host.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    made[0].go_on.set()
    await asyncio.gather(starting, stopping)
    assert not listens(made[0].port)
    assert host.url == ""


async def test_the_program_ends_once_a_door_that_opens_late_is_shut(
    session: LiveSession, places: Places
) -> None:
    """Leaving for good waits for that too."""
    made, called = list[SlowDoor](), asyncio.Event()

    def slow(door: Door) -> WebDoor:
        made.append(SlowDoor(door))
        called.set()
        return made[0]

    app = SessionApp(lambda live: Hosting(live, places, door_for=slow))
    async with app.run_test():
        app.session = session
        app.host = app.open_room(session)
        await called.wait()
        await made[0].asked.wait()
        app.stop_safely(0)
        made[0].go_on.set()
        assert app._leaving is not None
        await app._leaving
        assert not listens(made[0].port)


async def test_a_check_that_is_left_while_its_door_opens_leaves_none_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The waiting page goes the same way."""
    go_on, real = asyncio.Event(), Doorway.open

    async def slowly(doorway: Doorway, door: Door, *, waiting: bool = False) -> WebDoor:
        await go_on.wait()
        return await real(doorway, door, waiting=waiting)

    monkeypatch.setattr(Doorway, "open", slowly)
    doorway = loopback()
    check = Preflight(doorway, waiting_room())
    starting = asyncio.create_task(check.start())
    await asyncio.sleep(0)
    stopping = asyncio.create_task(check.stop())
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(starting, stopping)
    assert not listens(doorway.port)


async def test_an_error_nobody_foresaw_is_said_by_its_class(
    session: LiveSession, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that fails as it begins to listen keeps nobody waiting, and shows no message."""

    async def fail(_server: object, **_more: object) -> None:
        raise LookupError("words of somebody")

    monkeypatch.setattr(server._Server, "startup", fail)
    host = Hosting(session, places, door_for=web_door)
    await asyncio.wait_for(host.start(), 5)
    assert "(LookupError)" in host.problem
    assert "somebody" not in host.problem
    assert host.url == ""
    await host.stop()


async def test_no_page_is_told_that_the_sheet_is_gone_while_the_door_shuts(
    session: LiveSession, places: Places, fake_clock: FakeClock, room: Room
) -> None:
    """Pages hear nothing, keep their tokens, and have one voice when the session goes on."""
    # promise 9
    left = await with_sheet(session, places, fake_clock)
    mine = left.neighbours[0]
    assert (await mine.say(WORDS.id, text="Mine.", level="quote"))["outcome"] == "received"
    left.host.sheets.leave()
    assert left.host.view().sheet is None  # the facilitator's screen may be drawn once more
    house = house_of(left.host)
    for method, path in (("GET", "/"), ("GET", "/room"), ("GET", "/room/state")):
        assert (await house.ask(method, path)).status == 503
    for path, sent in (("/", {"do": ""}), ("/withdraw", {"words": "a b c d"})):
        assert (await house.send(path, seat=mine.seat, **sent)).status == 204
    for one in left.neighbours:
        with pytest.raises(CallError):
            await one.call(Envelope(WORDS.id, one.tokens[WORDS.id], {"text": "Again."}))
    await left.host.stop()
    left.leave()
    session.leave()

    again = Hosting(room.resume(session), places, door_for=web_door)
    await again.start()
    back = Neighbour(Caller(read_address(again.url)), mine.seat, mine.sheet, mine.tokens)
    state = await back.call()
    assert state["sheet"]["id"] == mine.sheet
    assert state["tokens"] == {}
    assert (await back.say(WORDS.id, text="Second.", level="quote"))["outcome"] == "spoken"
    back.phone.hang_up()
    await again.stop()


async def test_a_call_that_is_under_way_when_the_session_is_left_is_not_answered_either(
    session: LiveSession, places: Places, fake_clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answer is kept; that there is no sheet any more it does not hear."""
    left = await with_sheet(session, places, fake_clock)
    mine, sheets, real = left.neighbours[0], left.host.sheets, CellFile.sync
    loop, asked = asyncio.get_running_loop(), asyncio.Event()

    def slowly(file: CellFile) -> None:
        loop.call_soon_threadsafe(asked.set)
        while not sheets.is_away:
            time.sleep(0.001)
        real(file)

    monkeypatch.setattr(CellFile, "sync", slowly)
    saying = asyncio.create_task(mine.say(WORDS.id, text="Mine.", level="quote"))
    await asked.wait()
    sheets.leave()
    with pytest.raises(CallError):
        await saying
    await left.host.stop()
    left.leave()


async def test_pages_of_a_session_without_an_open_sheet_are_answered_to_the_last(
    session: LiveSession, places: Places, fake_clock: FakeClock
) -> None:
    """Where nothing is open there is nothing to lose, and who calls late hears that it is over."""
    left = RealRoom(session, Hosting(session, places, door_for=web_door), fake_clock)
    await left.host.start()
    await left.come(1)
    left.host.sheets.leave()
    assert (await left.neighbours[0].call())["sheet"] is None
    left.leave()
    await left.host.stop()
