"""Makes the pictures of Live in six states, at two sizes: `uv run python .github/states.py`.

Touches: disk, to write pictures into `live/` beside this file and sessions in a temporary folder.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pictures import HERE, Noon, save
from textual.pilot import Pilot
from textual.widgets import Select

from dialogue.config import Config
from dialogue.content import open_content
from dialogue.desk import Desk
from dialogue.paths import Places
from dialogue.tui.app import DialogueApp
from dialogue.tui.draft import Draft
from dialogue.tui.screens.live import LiveScreen
from sessions import decide
from sessions.store import Store

SIZES = ((80, 24), (140, 40))
PAIRS_HEADS, ROUND_HEADS = 13, 12
CARE = "Chaplaincy, room 2"


@dataclass(frozen=True)
class Stage:
    """A lunch hour that is running, and its clock."""

    app: DialogueApp
    pilot: Pilot[None]
    noon: Noon

    async def begin(self, step: str, after: int = 0) -> None:
        """Let a step begin, and let some of its seconds pass."""
        if self.app.session is not None:
            self.app.session.do(decide.start_step, step=step)
        await self.go_on(after)

    async def go_on(self, seconds: int) -> None:
        """Let time pass, and show it."""
        self.noon.go_on(seconds)
        if isinstance(self.app.screen, LiveScreen):
            self.app.screen.redraw()
        await self.pilot.pause()

    async def walk(self, *minutes: float) -> None:
        """Go through the first steps of the hour, with so many minutes each."""
        await self.pilot.press("n", "f")
        for each in minutes:
            await self.go_on(round(each * 60))
            await self.pilot.press("n")


async def pair(stage: Stage) -> None:
    """The half of the pairs, with a table of three among them."""
    await stage.walk(4, 8, 3, 2)
    await stage.pilot.press("left", "left", "right")
    await stage.go_on(180)


async def round_(stage: Stage) -> None:
    """A round, its fifth speaker, and air time."""
    await stage.walk(4, 8, 3, 2)
    await stage.begin("one-word", 68)
    await stage.pilot.press(*["left"] * 4, "right")


async def harm(stage: Stage) -> None:
    """A pause for harm in the triads."""
    await stage.walk(4, 8, 3, 2, 7, 5)
    await stage.go_on(130)
    await stage.pilot.press("h")
    await stage.go_on(20)


async def overtime(stage: Stage) -> None:
    """The triads run over."""
    await stage.walk(4, 8, 3, 2, 7, 5)
    await stage.go_on(12 * 60 + 95)


async def wall(stage: Stage) -> None:
    """The wall sees the half of the pairs."""
    await stage.walk(4, 8, 3, 2)
    await stage.pilot.press("P")
    await stage.go_on(183)


async def nothing_left(stage: Stage) -> None:
    """The read back at the hard stop, with nothing left that may be cut."""
    await stage.walk(4, 14, 6, 5, 9, 8, 14)
    await stage.begin("closing-sheet", 3)


STATES: Mapping[str, tuple[int, Callable[[Stage], Awaitable[None]]]] = {
    "pair": (PAIRS_HEADS, pair),
    "round": (ROUND_HEADS, round_),
    "harm": (PAIRS_HEADS, harm),
    "overtime": (ROUND_HEADS, overtime),
    "wall": (PAIRS_HEADS, wall),
    "nothing-left": (PAIRS_HEADS, nothing_left),
}


async def take(folder: Path, state: str, size: tuple[int, int]) -> None:
    """Bring a lunch hour into a state on a terminal of some size, and take its picture."""
    heads, come = STATES[state]
    noon, places = Noon(), Places(folder / "data", folder / "config")
    config = Config(care_contact=CARE)
    desk = Desk(open_content(places, config), Store(places.data), noon.clock(), config, places)
    app = DialogueApp(desk, plan="lunch-and-learn", draft=Draft(heads=heads, end="13:00"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.screen.query_one("#screen", Select).value = "mine"
        await pilot.press("ctrl+g")
        await pilot.pause(0.3)
        await come(Stage(app, pilot, noon))
        await pilot.pause(0.8)
        save(app, f"live/{state}-{size[0]}x{size[1]}")


async def main() -> None:
    """Take all of them."""
    (HERE / "live").mkdir(exist_ok=True)
    for state in STATES:
        for size in SIZES:
            with tempfile.TemporaryDirectory() as folder:
                await take(Path(folder), state, size)


if __name__ == "__main__":
    asyncio.run(main())
