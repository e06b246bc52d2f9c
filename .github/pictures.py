"""Makes the pictures of README from the program itself: `uv run python .github/pictures.py`.

Touches: disk, to write pictures beside this file and sessions in a temporary folder; loopback and
the system's Chromium, for the two pages that the room reads.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import async_playwright
from textual.widgets import Select

from dialogue.config import Config
from dialogue.content import open_content
from dialogue.desk import Desk
from dialogue.hosting import Hosting
from dialogue.paths import Places
from dialogue.tui.app import DialogueApp
from dialogue.tui.draft import Draft
from dialogue.web.door import Door
from dialogue.web.server import WebDoor
from sessions import decide
from sessions.beginning import Opening
from sessions.boottime import Clock
from sessions.document import Setting
from sessions.live import LiveSession
from sessions.seating import new_seat
from sessions.store import Store

HERE = Path(__file__).parent
WIDE = (120, 34)
NARROW = (100, 24)
NOTE = "Jo and Tanisha asked why our only Black chaplain was not heard on MS6"
CHROMIUM = "/usr/bin/chromium"
SHOWN_ADDRESS = "192.0.2.7"
"""An address that is nobody's."""


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
        await pilot.press(*"tA pause helps more than a quick answer", "enter", "k")
        await pilot.press(*"gWe open the Monday round to all", "enter", "r")
        await pilot.pause(0.5)
        await pilot.press("n", "c", "y")
        await pilot.pause(1)
        save(app, "summary")


async def take_note(folder: Path) -> None:
    """Type a note, and take a picture of how it would be kept."""
    places, config = Places(folder / "data", folder / "config"), Config()
    desk = Desk(open_content(places, config), Store(places.data), Noon().clock(), config, places)
    draft = Draft(heads=24, end="13:00", roster="Jo March")
    app = DialogueApp(desk, plan="lunch-and-learn", draft=draft)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        app.screen.query_one("#screen", Select).value = "mine"
        await pilot.press("ctrl+g")
        await pilot.pause(0.3)
        await pilot.press("n", "t", *NOTE)
        await pilot.pause(0.5)
        save(app, "note")


def web_door(door: Door) -> WebDoor:
    """Return a door on loopback that shows an address as a room would see it."""
    return WebDoor(door, names=[SHOWN_ADDRESS], bind="127.0.0.1")


async def take_pages(folder: Path) -> None:
    """Open the sheet of the reflection to the room, and take a picture of phone and wall."""
    noon, places, config = Noon(), Places(folder / "data", folder / "config"), Config()
    content = open_content(places, config)
    plan = content.plan("lunch-and-learn")
    setting = Setting(heads=24, confidentiality="stories-stay")
    opening = Opening(title=plan.title, plan=plan, protocol=content.protocol, setting=setting)
    session = LiveSession.begin(Store(places.data), opening, noon.clock())
    host = Hosting(session, places, door_for=web_door)
    await host.start()
    while session.state.step != "reflection":
        session.do(decide.next_step)
        noon.go_on(60)
    for _ in range(24):
        host.sheets.seats.is_here(new_seat())
    host.sheets.open()
    address = f"http://127.0.0.1:{host.url.rpartition(':')[2]}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM)
        for name, path, width, height in (("phone", "/", 390, 844), ("room", "/room", 1280, 720)):
            size = {"width": width, "height": height}
            page = await browser.new_page(viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]
            await page.goto(address + path)
            if name == "phone":
                await page.locator("form.ask").first.wait_for()
            await page.screenshot(path=HERE / f"{name}.png")
        await browser.close()
    await host.stop()
    session.leave()


def save(app: DialogueApp, name: str) -> None:
    """Write the screen as SVG, without the web font that Textual names: nothing is fetched."""
    svg = re.sub(r"@font-face\s*{[^}]*}", "", app.export_screenshot())
    (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(take_pictures(Path(temporary) / "screens"))
        asyncio.run(take_note(Path(temporary) / "note"))
        asyncio.run(take_pages(Path(temporary) / "pages"))
