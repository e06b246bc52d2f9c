"""What comes after Home is loaded while a person looks at Home, and not before."""

from __future__ import annotations

import subprocess
import sys

SCREENS = "dialogue.tui.next_screens"

LOOK = f"""
import asyncio, gc, sys
from pathlib import Path
from dialogue.config import Config
from dialogue.content import open_content
from dialogue.desk import Desk
from dialogue.paths import Places
from dialogue.tui.app import DialogueApp
from sessions.boottime import system_clock
from sessions.store import Store

async def look():
    places = Places(config=Path(sys.argv[1], "config"), data=Path(sys.argv[1], "data"))
    library = open_content(places, Config())
    desk = Desk(library, Store(places.data), system_clock(), Config(), places)
    gc.disable()
    app = DialogueApp(desk)
    async with app.run_test() as pilot:
        print("{SCREENS}" in sys.modules)
        while "{SCREENS}" not in sys.modules:
            await pilot.pause(0.05)
        await pilot.app.workers.wait_for_complete()
        print(gc.isenabled(), app.screen.NAME)

asyncio.run(look())
"""


def test_home_is_shown_before_what_follows_is_loaded(tmp_path: object) -> None:
    """Home stands before the next screens are loaded; then they are, and the collector wakes."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True", "home"]
