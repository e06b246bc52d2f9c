"""What tests of the terminal UI share: a desk on a clock set by hand, and the program on a stage.

The program runs as it is, on a terminal that nobody sees. Keys are pressed one by one; time passes
only when a test says so; what stands on the screen is read as text.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.screen import Screen
from textual.widgets import OptionList, Select

from agreements.library import Library
from dialogue.config import Config
from dialogue.desk import Desk
from dialogue.paths import Places
from dialogue.tui.app import DialogueApp
from dialogue.tui.commands import CATALOGUE
from dialogue.tui.draft import Draft
from dialogue.tui.messages import BeginAsked
from dialogue.tui.preparing import OPEN_PAGE, WALL, choices_of, rule_for
from dialogue.tui.screens.live import TICK_SECONDS, LiveScreen
from dialogue.tui.screens.review import ReviewScreen
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.wording import ENGLISH, name_keys, use
from sessions.store import Store

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from sessions.beginning import Opening
    from sessions.live import LiveSession
    from tests.plugin_sessions import FakeClock

SMALL = (80, 24)
"""The smallest terminal that shows everything."""
LUNCH = "lunch-and-learn"
SCROLLBARS = dict.fromkeys(map(ord, "▁▂▃▄▅▆▇▏"), " ")
"""What draws the ends of scroll bars, and the lines between columns."""
QUIET_TURNS = 6
"""So many turns of the loop without a message mean that all is answered."""

MOST_TRIES = 250
TRY_SECONDS = 0.02


def screen_text(app: DialogueApp) -> str:
    """Return what stands on the screen, line by line, without the spaces at their ends."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


@dataclass
class Stage:
    """The program while it runs on a terminal that nobody sees."""

    app: DialogueApp
    pilot: Pilot[None]
    clock: FakeClock

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return screen_text(self.app)

    @property
    def lines(self) -> list[str]:
        """What stands on the screen, line by line."""
        return self.text.split("\n")

    @property
    def words(self) -> str:
        """What stands on the screen as one line, so that wrapping breaks no sentence."""
        return " ".join(self.text.translate(SCROLLBARS).split())

    def words_in(self, part: str) -> str:
        """Return what stands in one part of the screen as one line."""
        place = self.app.screen.query_one(part).region
        strips = self.app.screen._compositor.render_strips()[place.y : place.bottom]
        rows = (strip.crop(place.x, place.right).text.translate(SCROLLBARS) for strip in strips)
        return " ".join(" ".join(rows).split())

    @property
    def said(self) -> str:
        """What the status line says about what just happened."""
        return self.app.screen.query_one(StatusLine).message

    @property
    def session(self) -> LiveSession:
        """The session that is open."""
        assert self.app.session is not None
        return self.app.session

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.app.desk.places.data

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has been answered."""
        for key in keys:
            self.send(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text into the field that has the focus, as fast as hands can."""
        for sign in text:
            self.send(sign)
        await self.settle()

    def send(self, key: str) -> None:
        """Let the terminal hand over a key."""
        assert self.app._driver is not None
        name = _character_to_key(key) if len(key) == 1 else key
        self.app._driver.send_message(events.Key(name, key_to_character(name)))

    async def settle(self, turns: int = QUIET_TURNS) -> None:
        """Let everything that waits be answered, and what follows from it.

        The pilot waits until the processor rests, which takes ten times as long.
        """
        quiet = 0
        while quiet < turns:
            await asyncio.sleep(0)
            pumps = (self.app, *self.app.screen.walk_children(with_self=True))
            quiet = 0 if any(pump.message_queue_size for pump in pumps) else quiet + 1
        self.app.screen._on_timer_update()

    async def enter(self, command: str, text: str) -> None:
        """Open a line with a key, type into it and keep it."""
        await self.press(command)
        await self.type(text)
        await self.press("enter")

    async def paste(self, text: str) -> None:
        """Paste a text where the cursor is, as a terminal hands it over."""
        assert self.app._driver is not None
        self.app._driver.send_message(events.Paste(text))
        await self.settle()

    async def pass_time(self, seconds: float) -> None:
        """Let time pass, and let the screen show it."""
        self.clock.tick(seconds)
        if isinstance(self.app.screen, LiveScreen):
            self.app.screen.redraw()
        await self.settle()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        for _ in range(MOST_TRIES):
            if condition():
                return
            await asyncio.sleep(TRY_SECONDS)
            await self.settle()
        raise AssertionError(f"it did not come about; the screen says:\n{self.text}")

    async def until_kept(self) -> None:
        """Wait until everything is on the disk and the screen says so."""
        await self.until(lambda: self.session.status.is_kept)
        # A window over the screen, such as that of a pause for harm, has no such line.
        below = next(one for one in reversed(self.app.screen_stack) if one.query(StatusLine))
        below.query_one(StatusLine).show_saving(self.session.status)
        await self.settle()

    async def mark(self, option: str) -> None:
        """Move down a list to the entry with this id."""
        choices = self.app.screen.query_one(OptionList)
        wanted = choices.get_option_index(option)
        await self.until(lambda: choices.highlighted is not None)
        for _ in range(choices.option_count):
            if choices.highlighted == wanted:
                return
            await self.press("down")
        raise AssertionError(f"{option} is not reached with the arrow keys")

    async def go_to_step(self, step: str) -> None:
        """Press n until a step runs."""
        for _ in self.session.plan.steps:
            if self.session.state.step == step:
                return
            await self.press("n")
        raise AssertionError(f"{step} is not reached; {self.session.state.step} runs")

    def only_mine(self, *, mine: bool = True) -> None:
        """Say on Prepare that nobody else sees the screen."""
        self.app.screen.query_one("#screen", Select).value = "mine" if mine else "wall"

    async def review(self) -> None:
        """Go on from Live to Review."""
        await self.press("r")
        await self.until(lambda: isinstance(self.app.screen, ReviewScreen))


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Let screens speak English and keys be the shipped ones, whatever the test before chose."""
    use(ENGLISH)
    name_keys({one.id: one.shown_key for one in CATALOGUE})
    yield
    use(ENGLISH)


Open = Callable[..., AbstractAsyncContextManager[Stage]]
"""Opens the program; see `staged`."""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return the two folders everything lives in; neither is there yet."""
    return Places(data=tmp_path / "data", config=tmp_path / "config")


@pytest.fixture
def desk(library: Library, fake_clock: FakeClock, places: Places) -> Desk:
    """Return a desk with the shipped content, the settings as they come, and a clock by hand."""
    return Desk(library, Store(places.data), fake_clock.clock, Config(), places)


@asynccontextmanager
async def running(
    app: DialogueApp, clock: FakeClock, size: tuple[int, int]
) -> AsyncIterator[Stage]:
    """Run the program; at the end the session is let go of, whatever happened."""
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Stage(app, pilot, clock)
    finally:
        await asyncio.to_thread(app.leave_session)


@pytest.fixture
def staged(desk: Desk, fake_clock: FakeClock) -> Open:
    """Return what opens the program on a terminal of some size, on Home or with a plan."""

    def open_it(
        *,
        size: tuple[int, int] = SMALL,
        plan: str | None = None,
        draft: Draft | None = None,
        at: Desk | None = None,
    ) -> AbstractAsyncContextManager[Stage]:
        app = DialogueApp(at or desk, plan=plan, draft=draft)
        return running(app, fake_clock, size)

    return open_it


SNAPSHOTS = "TEXTUAL_SNAPSHOT_TEMPDIR"
Snap = Callable[..., bool]
"""Draws the program and says whether it looks as it did; `--snapshot-update` takes it as it is."""


@pytest.fixture(scope="session")
def snapshot_folder() -> str:
    """Return where the plugin lays what it drew; read before the fence hides it."""
    return os.environ[SNAPSHOTS]


@pytest.fixture
def snap_compare(snap_compare: Snap, snapshot_folder: str, monkeypatch: pytest.MonkeyPatch) -> Snap:
    """Return the plugin's own, behind our fence."""
    monkeypatch.setenv(SNAPSHOTS, snapshot_folder)
    return snap_compare


def as_prepared(desk: Desk, *, heads: int, end: str, title: str, roster: str = "") -> Opening:
    """Return what Prepare makes of a form that is left as it comes; a test holds it to that."""
    plan, config = desk.library.plan(LUNCH), desk.config
    form = {
        "heads": str(heads),
        "starts": "12:00",
        "ends": end,
        "title": title,
        "rule": rule_for(desk, plan)[0],
        "screen": WALL,
        "team": "one",
        "voice": OPEN_PAGE,
        "days": str(config.retention_days),
        "care": config.care_contact,
        "reporting": config.reporting_contact,
        "roster": roster,
    }
    return choices_of(form).opening(desk, plan)


async def begin(stage: Stage, opening: Opening, *, wall: bool) -> None:
    """Begin a session from Home, in the place of the form that would have asked for it.

    To draw that form takes longer than all the rest; its own tests fill it in.
    """
    await stage.app.push_screen(Screen())
    stage.app.post_message(BeginAsked(opening, wall))
    await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))


@pytest.fixture
def live(staged: Open, desk: Desk) -> Open:
    """Return what opens the program with a session of the lunch hour, at the door."""

    @asynccontextmanager
    async def open_it(
        *,
        heads: int = 24,
        end: str = "13:00",
        roster: str = "",
        wall: bool = False,
        at: Desk | None = None,
        size: tuple[int, int] = SMALL,
    ) -> AsyncIterator[Stage]:
        opening = as_prepared(at or desk, heads=heads, end=end, title="A test", roster=roster)
        async with staged(size=size, at=at) as stage:
            await begin(stage, opening, wall=wall)
            yield stage

    return open_it


async def two_minutes_behind(stage: Stage, note: str, commitment: str) -> None:
    """Come to the pairs of the lunch hour with the slack used up, and say nothing more."""
    stage.only_mine()
    await stage.press("ctrl+g", "n", "f")
    for minutes in (4, 8, 4, 3):
        await stage.pass_time(minutes * 60)
        await stage.press("n")
    await stage.enter("t", note)
    await stage.enter("g", commitment)
    await stage.press("1")
    await stage.pass_time(4 * 60 + 18)
    stage.app.screen.query_one(StatusLine).say("")
    await stage.pilot.pause(TICK_SECONDS * 2)  # the screen keeps the time that has passed
    await stage.until_kept()
