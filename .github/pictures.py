"""Makes the pictures of README from the program itself: `uv run python .github/pictures.py`.

Touches: disk, to write SVG files beside this one and a session in a temporary folder.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.widgets import Select

from dialogue.config import Config
from dialogue.content import open_content
from dialogue.desk import Desk
from dialogue.paths import Places
from dialogue.tui.app import DialogueApp
from dialogue.tui.preparing import Draft
from sessions.boottime import Clock
from sessions.store import Store

HERE = Path(__file__).parent
WIDE = (120, 34)


class Noon:
    """A clock that begins at noon and goes on when told."""

    def __init__(self) -> None:
        """Begin at noon, local time."""
        self.boot = 1000.0
        self.wall = datetime(2026, 11, 23, 12, 0).astimezone(UTC)

    def go_on(self, seconds: int) -> None:
        """Let so many seconds pass."""
        self.boot += seconds
        self.wall += timedelta(seconds=seconds)

    def clock(self) -> Clock:
        """Return the clock as the program reads it."""
        return Clock(boot=lambda: self.boot, wall=lambda: self.wall)


async def take_pictures(folder: Path) -> None:
    """Run a lunch & learn up to its triads and take pictures on the way."""
    noon = Noon()
    places = Places(folder / "data", folder / "config")
    config = Config()
    desk = Desk(open_content(places, config), Store(places.data), noon.clock(), config, places)
    app = DialogueApp(desk, plan="lunch-and-learn", draft=Draft(heads=24, end="13:00"))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        save(app, "prepare")
        app.screen.query_one("#screen", Select).value = "mine"
        await pilot.press("ctrl+g")
        for seconds, keys in (
            (30, "n"),
            (250, "n"),
            (300, "k2"),
            (210, "n"),
            (185, "n"),
            (125, "n"),
            (430, "n"),
            (330, "n"),
            (290, ""),
        ):
            noon.go_on(seconds)
            await pilot.press(*keys)
            await pilot.pause(0.3)
        await pilot.pause(9)
        save(app, "live")


def save(app: DialogueApp, name: str) -> None:
    """Write the screen as SVG, without the web font that Textual names: nothing is fetched."""
    svg = re.sub(r"@font-face\s*{[^}]*}", "", app.export_screenshot())
    (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(take_pictures(Path(temporary)))
