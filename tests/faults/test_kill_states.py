"""Killed in the middle of turns, of a pause for harm, of both with a sheet: it goes on from there.

Touches: processes, disk below `tmp_path`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dialogue.paths import Places
from sessions import decide
from sessions.air import AirTime
from sessions.decide_sheet import GRACE_SECONDS
from sessions.errors import CommandRefusedError
from sessions.facts import Answers
from sessions.live import LiveSession
from sessions.store import Store
from tests.attack.sheets import Sheet
from tests.faults.child_states import STATES, TOLD, WRITTEN, told
from tests.plugin_sessions import FakeClock, total_spent

CHILD = Path(__file__).with_name("child_states.py")
ROOT = Path(__file__).parents[2]
SIGKILLED = -9


@dataclass
class Survived:
    """A session that was killed, taken up again at the very second of its death."""

    room: Sheet
    told: dict[str, Any] | None
    """What a screen was told of the turns right before."""

    @property
    def session(self) -> LiveSession:
        """The session."""
        return self.room.session

    def turns(self) -> dict[str, Any] | None:
        """Return what a screen is told now."""
        return told(self.session.turns.view())


Kill = Callable[[str], Survived]


@pytest.fixture(scope="module")
def died(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a killed session in each state."""
    folder = tmp_path_factory.mktemp("states")
    done = subprocess.run(
        [sys.executable, str(CHILD), str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    assert done.stdout.splitlines() == [f"{state} {SIGKILLED}" for state in STATES], done.stderr
    return folder


@pytest.fixture
def kill(died: Path, tmp_path: Path) -> Iterator[Kill]:
    """Return a way to take up what was killed in a state, at the second of its death."""
    taken: list[Sheet] = []

    def killed(state: str) -> Survived:
        here = Path(shutil.copytree(died / state, tmp_path / state))
        places = Places(here / "data", here / "config")
        store, clock = Store(places.data), FakeClock()
        (name,) = store.open_names()
        # The computer has started anew; by the clock on the wall no second has passed.
        clock.tick(saved_after(store.find(name).path))
        clock.restart(0)
        session = LiveSession.resume(store.find(name), clock.clock)
        taken.append(Sheet.at(places, clock, session))
        return Survived(taken[-1], json.loads((here / TOLD).read_bytes()))

    yield killed
    for room in taken:
        room.leave()


def saved_after(path: Path) -> float:
    """Return how long after the opening a record was saved, by the clock on the wall."""
    return float(json.loads(path.read_bytes())["clock"]["at"])


@pytest.mark.parametrize("state", list(STATES))
def test_it_goes_on_from_every_state(kill: Kill, state: str) -> None:
    """It can be taken up, its seconds add up, and the next command is carried out."""
    # promise 6
    survived = kill(state)
    before = survived.session.state
    assert total_spent(before) == before.at
    survived.session.do(decide.change_heads, heads=before.heads)
    assert survived.session.state.phase == before.phase


@pytest.mark.parametrize(
    "state",
    [
        "speaking",
        "people_came",
        "odd_pairs",
        "harm_in_a_round",
        "harm_twice",
        "harm_over",
        "harm_in_the_close",
    ],
)
def test_the_same_turn_is_taken_up_to_the_second(kill: Kill, state: str) -> None:
    """Whoever had the floor has it, with the seconds that were left to her, at every table."""
    survived = kill(state)
    assert survived.turns() == survived.told
    assert (survived.told is None) == (state == "harm_in_the_close")


def test_time_goes_on_where_it_went_on_and_stands_where_it_stood(kill: Kill) -> None:
    """Twenty seconds later a running turn has twenty less, and a paused one as much."""
    survived = kill("speaking")
    survived.room.clock.tick(20)
    assert survived.turns() == {"kind": "round", "tables": [[12, 1, 3, 12, 20]], "overtime": 0}


def test_a_pause_for_harm_is_taken_up_as_a_pause(kill: Kill) -> None:
    """The clock stands until somebody goes on; what the pause was for is not known any more."""
    survived = kill("harm_twice")
    assert survived.session.state.phase == "paused"
    survived.room.clock.tick(500)
    assert survived.turns() == survived.told
    assert "harm" not in survived.session.record.model_dump_json(exclude={"protocol"})
    survived.session.do(decide.resume)
    survived.room.clock.tick(1)
    assert survived.turns() == {"kind": "round", "tables": [[12, 1, 3, 12, 39]], "overtime": 0}


def test_what_was_only_in_memory_is_forgotten_and_nothing_else(kill: Kill) -> None:
    """A pass, a voice more and the two counters are gone; the turn is that of the clock."""
    assert kill("passed").turns() == {
        "kind": "round",
        "tables": [[12, 1, 1, 12, 25]],
        "overtime": 0,
    }


def test_a_voice_that_was_granted_is_forgotten(kill: Kill) -> None:
    """In overtime it is overtime again, and air time counts from zero."""
    survived = kill("one_more")
    assert survived.told is not None
    assert survived.turns() == {"kind": "round", "tables": [[12, 1, 12, 12, 0]], "overtime": 10}
    assert survived.session.turns.air == AirTime()


@pytest.mark.parametrize("state", ["harm_with_a_sheet", "harm_in_the_grace"])
def test_a_sheet_survives_harm_and_a_kill(kill: Kill, state: str) -> None:
    """Every envelope is there, unopened until it goes on; then the close opens each once."""
    # promise 6
    survived = kill(state)
    room, session = survived.room, survived.session
    assert session.state.phase == "paused"
    assert session.facts(Answers) == ()
    for command in (room.sheets.close, room.sheets.finish):
        with pytest.raises(CommandRefusedError):
            command()
    room.clock.tick(300)
    session.do(decide.resume)
    if state == "harm_with_a_sheet":
        assert room.sheets.phase == "open"
        room.sheets.close()
        left = GRACE_SECONDS
    else:
        left = GRACE_SECONDS - 5
    assert (room.sheets.phase, room.sheets.seconds_to_close()) == ("closing", left)
    room.clock.tick(left)
    assert room.sheets.finish() is not None
    (answers,) = session.facts(Answers)
    assert Counter(item.text for item in answers.items) == Counter(WRITTEN)


def test_a_blank_room_is_not_blank_after_a_kill(kill: Kill) -> None:
    """A blank is no part of the record: the room sees that the steps are over."""
    survived = kill("harm_in_the_close")
    assert survived.session.state.phase == "closing"
    assert not survived.room.blank
    assert survived.room.view().moment == "over"
