"""Thousands of keys without sense: nothing fails, nothing is lost, u leads back to the start.

The quick form presses the keys that change a session at once, without a screen; the long one
(`--slow`) presses every key there is on the program itself.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from agreements.plan import Plan
from dialogue.tui import live_commands
from dialogue.tui.commands import PALETTE_KEY
from dialogue.tui.live_commands import ACTS
from sessions.live import LiveSession
from sessions.state import replay
from tests.plugin_sessions import on_disk
from tests.tui.test_stray_keys import some_keys, turns_of

if TYPE_CHECKING:
    from tests.plugin_sessions import Room
    from tests.tui.conftest import Open

KEYS = 10_000
QUICK_KEYS, BURST = 1_000, 100
"""So many the quick form presses, and after each burst of them it goes back to the start."""


def back_to_the_start(session: LiveSession) -> None:
    """Press u until nothing is left to take back."""
    for _ in range(BURST + 1):
        said = live_commands.carry_out(session, "undo")
        if said == "There is nothing to undo.":
            return
        assert said.startswith("Taken back: ")
    raise AssertionError("u does not lead back")


def test_mashed_keys_are_taken_back(room: Room, lunch: Plan) -> None:
    """Each burst of mashed keys leaves the folded state, and u brings the first second back."""
    chance = random.Random(7)
    session = room.begin(lunch, heads=13, stop_in_seconds=3600)
    start, turns = session.events, turns_of(session)
    commands = sorted(ACTS)
    for _ in range(QUICK_KEYS // BURST):
        for number in range(BURST):
            live_commands.carry_out(session, chance.choice(commands))
            room.clock.tick(number % 3)
        assert session._state == replay(session.events)
        back_to_the_start(session)
        assert session.events == start
        assert turns_of(session) == turns
    session._save()
    assert session._saver.flush()
    assert tuple(on_disk(session).timeline) == tuple(start)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
async def test_the_program_takes_ten_thousand_keys(live: Open, seed: int) -> None:
    """It runs on, its record is whole, and u leads back to where the session was opened."""
    async with live(roster="Wilhelmina Zarathustra") as stage:
        start, turns = stage.session.events, turns_of(stage.session)
        for number, key in enumerate(some_keys(seed, KEYS)):
            if key == PALETTE_KEY:
                continue  # letters and enter in it find “leave”, which then does what it says
            stage.send(key)
            await stage.settle(turns=1)
            if number % BURST == 0:
                await stage.pass_time(10)
        await stage.press("escape", "escape", "escape")
        assert stage.app.crash is None
        await stage.until_kept()
        assert stage.session.folder.read().timeline == stage.session.record.timeline
        for _ in range(KEYS):
            if live_commands.carry_out(stage.session, "undo") == "There is nothing to undo.":
                break
        assert stage.session.events == start
        assert turns_of(stage.session) == turns
        await stage.press("u")
        assert stage.app.crash is None
