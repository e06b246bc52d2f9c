"""Cards on paper when things go wrong, beside phones, and how little tells them from phones."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dialogue.hosting import Hosting
from dialogue.tui.app import DialogueApp
from dialogue.tui.dialogs.cards import CardsDialog
from dialogue.tui.messages import RecordChosen
from dialogue.tui.screens.live import LiveScreen
from sessions import ballots, decide
from sessions.cells import CellFile
from sessions.decide_sheet import GRACE_SECONDS
from sessions.document import to_json
from sessions.errors import StorageError
from tests.plugin_sessions import NOON, without_chance
from tests.tui.conftest import SMALL, Stage, running
from tests.tui.test_paper import (
    COMPASS,
    STEP,
    WORDS,
    close_sheet,
    enter_card,
    host_of,
    inside,
    items,
    with_pile,
)
from tests.tui.test_wall import hosted, no_network

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from sessions.live import LiveSession
    from tests.plugin_sessions import FakeClock

HEADS = 24


async def phones(stage: Stage, count: int, first: int = 0) -> None:
    """Let so many phones answer the open sheet as the cards do."""
    host = host_of(stage)
    for number in range(first, first + count):
        for ask, fields in (
            (WORDS, {"text": f"answer {number}", "level": "aloud"}),
            (COMPASS, {"point-feeling": "1", "point-believing": "1"}),
        ):
            token = host._reception.token(ask)
            receipt = await host._reception.receive(ask, token, fields)
            assert receipt.outcome == "received", receipt.sentence


def pages_open(stage: Stage) -> None:
    """Let everybody's page be open."""
    for number in range(HEADS):
        host_of(stage).sheets.seats.is_here(f"{number:032x}")


async def test_phones_and_cards_share_a_box(desk: Desk, fake_clock: FakeClock) -> None:
    """Three phones and five cards are one sheet with one opening, and eight answers."""
    async with hosted(desk, fake_clock) as stage:
        await stage.press("P")
        await stage.go_to_step(STEP)
        pages_open(stage)
        await stage.press("l")
        await phones(stage, 3)
        assert not host_of(stage).sheets.has_enough()
        await stage.press("C", "5", "enter")
        for number in range(3, 8):
            await enter_card(stage, f"answer {number}", "2", "13")
        assert host_of(stage).sheets.has_enough()
        await close_sheet(stage)
        texts = sorted(item.text or "" for item in items(stage, WORDS))
        assert texts == [f"answer {number}" for number in range(8)]
        opened = [event for event in stage.session.events if event.type == "sheet-closed"]
        assert len(opened) == 1


async def test_cards_of_a_sheet_that_closes_wait_for_it_to_open_again(
    desk: Desk, fake_clock: FakeClock
) -> None:
    """While a sheet closes, and where too few wrote, cards need it held open first."""
    async with hosted(desk, fake_clock) as stage:
        await with_pile(stage, 5)
        await enter_card(stage, "one")
        await stage.press("escape")
        assert stage.said == "1 in the box. 4 are left: C goes on with them."
        await stage.press("z", "C")
        assert stage.said == "The sheet is closed to cards. u opens it again for them."
        stage.clock.tick(GRACE_SECONDS + 1)
        await stage.until(lambda: host_of(stage).sheets.phase == "too-few")
        await stage.press("C")
        assert stage.said == "The sheet is closed to cards. l opens it again for them."
        await stage.press("l", "C", "4", "enter", "y")
        for number in range(4):
            await enter_card(stage, f"more {number}")
        await close_sheet(stage)
        assert len(items(stage, WORDS)) == 5


async def test_what_a_disk_does_not_take_stays_on_the_screen(
    desk: Desk, fake_clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A card that could not be written says so, keeps its words, and counts once when it can."""
    async with hosted(desk, fake_clock) as stage:
        await with_pile(stage, 5)
        await enter_card(stage, "first")
        with pytest.MonkeyPatch.context() as broken:

            def fail(_file: CellFile) -> None:
                raise OSError(5, "Input/output error")

            broken.setattr(CellFile, "sync", fail)
            broken.setattr(ballots.disk, "write_whole", refuse)
            await stage.press("1", "enter")
            await stage.type("second")
            await stage.press("enter", "2", "enter")
            await stage.until(lambda: "enter tries again" in inside(stage))
            await stage.press("shift+tab", "shift+tab")
            assert "second" in stage.text
            await stage.press("enter", "enter")
        await stage.press("enter")
        await stage.until(lambda: host_of(stage).sheets.cards_entered == 2)
        for number in range(3):
            await enter_card(stage, f"more {number}")
        await close_sheet(stage)
        texts = Counter(item.text for item in items(stage, WORDS))
        assert texts["second"] == 1
        assert texts.total() == 5


def refuse(*_anything: object) -> None:
    """Be a disk that takes nothing."""
    raise StorageError("The disk did not take it.")


async def test_after_a_crash_each_card_is_there_once(desk: Desk, fake_clock: FakeClock) -> None:
    """What was said to be in the box is in it, unopened, and once; what was being typed is gone."""
    async with hosted(desk, fake_clock) as stage:
        await with_pile(stage, 7)
        for number in range(4):
            await enter_card(stage, f"card {number}")
        await stage.press("1", "enter")
        await stage.type("half a canary")
        folder = stage.session.folder
        await stage.until(lambda: stage.session.status.is_kept)
        files = [path for path in desk.places.data.rglob("*") if path.is_file()]
        assert not any(b"canary" in path.read_bytes() for path in files)
    async with resumed(desk, fake_clock, folder.path) as stage:
        assert host_of(stage).sheets.phase == "open"
        assert items(stage, WORDS) == ()
        await stage.press("P", "C", "3", "enter")
        assert "at least 5 have written" in inside(stage)
        await stage.press("y")
        for number in range(4, 7):
            await enter_card(stage, f"card {number}")
        await close_sheet(stage)
        texts = sorted(item.text or "" for item in items(stage, WORDS))
        assert texts == [f"card {number}" for number in range(7)]


@asynccontextmanager
async def resumed(desk: Desk, clock: FakeClock, path: Path) -> AsyncIterator[Stage]:
    """Start the program anew, and resume the session."""

    def host_for(session: LiveSession) -> Hosting:
        return Hosting(session, desk.places, door_for=no_network)

    app = DialogueApp(desk, host_for=host_for)
    async with running(app, clock, SMALL) as stage:
        app.post_message(RecordChosen(path))
        await stage.until(lambda: isinstance(app.screen, LiveScreen))
        yield stage
        host, stage.app.host = stage.app.host, None
        if host is not None:
            await host.stop()


async def by_phones(stage: Stage) -> None:
    """Answer from phones."""
    pages_open(stage)
    await stage.press("l")
    await phones(stage, 8)


async def by_cards(stage: Stage) -> None:
    """Answer on cards."""
    await stage.press("C", "8", "enter")
    for number in range(8):
        await enter_card(stage, f"answer {number}", "2", "13")


async def by_both(stage: Stage) -> None:
    """Answer half from phones and half on cards."""
    pages_open(stage)
    await stage.press("l")
    await phones(stage, 4)
    await stage.press("C", "4", "enter", "y")
    for number in range(4, 8):
        await enter_card(stage, f"answer {number}", "2", "13")


Door = Callable[[Stage], Any]


# promise 2
async def test_no_answer_records_its_door(desk: Desk, fake_clock: FakeClock) -> None:
    """Records of the same answers from phones, from cards and from both cannot be told apart.

    Ids are drawn by chance; everything else in the record is the same, to the last key, while the
    session is open and after its close.
    """
    found: dict[str, list[Any]] = {}
    door: Door
    for door in (by_phones, by_cards, by_both):
        fake_clock.wall = NOON
        async with hosted(desk, fake_clock) as stage:
            await stage.press("P")
            stage.session.do(decide.start_step, step=STEP)
            fake_clock.tick(60 - stage.session.now())
            await door(stage)
            assert not isinstance(stage.app.screen, CardsDialog)
            await close_sheet(stage)
            open_one = without_chance(to_json(stage.session.record))
            stage.session.do(decide.begin_closing)
            closed = without_chance(to_json(stage.session.close()))
            found[door.__name__] = [open_one, closed]
    assert found["by_cards"] == found["by_phones"]
    assert found["by_both"] == found["by_phones"]
    assert len(found["by_cards"][0]["answers"][1]["items"]) == 8
