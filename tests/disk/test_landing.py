"""What the ballot box's thread has done is heard in the loop: all of it, and in few calls."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from agreements.model import Protocol
from dialogue.landing import Landing
from dialogue.reception import Reception
from sessions import ballots, decide, disk
from sessions.beginning import Opening
from sessions.cells import CellFile
from sessions.errors import StorageError
from sessions.keys import KeyFolder
from sessions.live import LiveSession
from sessions.seating import new_seat
from sessions.sheet_desk import SheetDesk
from sessions.store import Store
from tests.plugin_sessions import WORDS, FakeClock, plan_of, setting_of, step_of

WRITERS = 40


async def in_a_thread(*acts: object) -> None:
    """Do something on another thread, and wait until it has been done."""
    for act in acts:
        thread = threading.Thread(target=act)  # type: ignore[arg-type]
        thread.start()
        await asyncio.to_thread(thread.join)


async def test_many_are_told_in_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that another thread has done by the time it says so comes back with one wake-up."""
    landing: Landing[int] = Landing()
    loop, calls = asyncio.get_running_loop(), []
    waited: list[Future[int]] = [Future() for _ in range(WRITERS)]
    waiters = [asyncio.create_task(landing.of(one)) for one in waited]
    await asyncio.sleep(0)
    called = loop.call_soon_threadsafe
    monkeypatch.setattr(
        loop, "call_soon_threadsafe", lambda *call: (calls.append(call[0]), called(*call))[1]
    )

    def answer() -> None:
        for number, one in enumerate(waited):
            one.set_result(number)
        landing.tell()

    thread = threading.Thread(target=answer)
    thread.start()
    assert await asyncio.gather(*waiters) == list(range(WRITERS))
    thread.join()
    assert calls == [landing._deliver]


async def test_errors_and_what_is_done_already_come_back_too() -> None:
    """A future that failed raises, one that was done before needs nobody to tell of it."""
    landing: Landing[int] = Landing()
    done: Future[int] = Future()
    done.set_result(7)
    assert await landing.of(done) == 7
    failed: Future[int] = Future()
    waiter = asyncio.create_task(landing.of(failed))
    await asyncio.sleep(0)
    await in_a_thread(lambda: failed.set_exception(StorageError("The disk is full.")), landing.tell)
    with pytest.raises(StorageError, match="full"):
        await waiter


async def test_whoever_has_gone_is_left_out() -> None:
    """A page that hung up keeps nobody else waiting."""
    landing: Landing[int] = Landing()
    gone, stays = Future[int](), Future[int]()
    leaves, waits = (asyncio.create_task(landing.of(one)) for one in (gone, stays))
    await asyncio.sleep(0)
    leaves.cancel()
    await in_a_thread(lambda: gone.set_result(1), lambda: stays.set_result(2), landing.tell)
    assert await waits == 2
    assert leaves.cancelled()


def test_nothing_is_told_to_a_loop_that_is_over() -> None:
    """What is done after the end of the program disturbs nobody."""
    landing: Landing[int] = Landing()
    late: Future[int] = Future()

    async def leave() -> None:
        waiter = asyncio.create_task(landing.of(late))
        await asyncio.sleep(0)
        waiter.cancel()

    asyncio.run(leave())
    thread = threading.Thread(target=lambda: (late.set_result(1), landing.tell()))
    thread.start()
    thread.join()


@pytest.fixture
def desk(
    store: Store, protocol: Protocol, fake_clock: FakeClock, tmp_path: Path
) -> Iterator[SheetDesk]:
    """Return the sheets of a session in a step that asks, before the sheet is open."""
    plan = plan_of(step_of("writing", asks=(WORDS,)))
    session = LiveSession.begin(
        store, Opening("A talk", plan, protocol, setting_of(WRITERS)), fake_clock.clock
    )
    session.do(decide.next_step)
    desk = SheetDesk(session, KeyFolder(tmp_path / "config"))
    for _ in range(WRITERS):
        desk.seats.is_here(new_seat())
    yield desk
    desk.leave()
    session.leave()


async def outcomes(reception: Reception) -> list[str]:
    """Let everybody write at once, and return what they hear."""
    asked = (
        reception.receive(WORDS.id, reception.token(WORDS.id), {"text": f"Answer {number}."})
        for number in range(WRITERS)
    )
    async with asyncio.timeout(20):
        return [receipt.outcome for receipt in await asyncio.gather(*asked)]


async def test_everybody_who_writes_at_once_hears(desk: SheetDesk) -> None:
    """Each of many envelopes that share a wait for the disk is answered, in every reception."""
    receptions = [Reception(desk.session, desk) for _ in range(2)]
    desk.open()
    for reception in receptions:
        assert await outcomes(reception) == ["received"] * WRITERS


async def test_everybody_hears_that_the_disk_fails(
    desk: SheetDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk takes nothing, on a new file neither, nobody waits for ever."""
    reception = Reception(desk.session, desk)
    desk.open()

    def fail(*_arguments: object) -> None:
        raise OSError(5, "Input/output error")

    def fail_whole(*_arguments: object) -> None:
        raise StorageError("Could not save.")

    with monkeypatch.context() as broken:
        broken.setattr(CellFile, "sync", fail)
        broken.setattr(disk, "write_whole", fail_whole)
        assert await outcomes(reception) == ["failed"] * WRITERS
    assert await outcomes(reception) == ["received"] * WRITERS


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_everybody_hears_that_the_box_has_stopped(
    desk: SheetDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect that ends the box's thread leaves nobody waiting either."""
    reception = Reception(desk.session, desk)
    desk.open()

    def stumble(*_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(ballots.Box, "_place", stumble)
    assert await outcomes(reception) == ["failed"] * WRITERS
