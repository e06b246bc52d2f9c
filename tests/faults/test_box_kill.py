"""A program killed without warning while envelopes arrive loses none that it called kept."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sessions.ballots import BOX_NAME, Box
from sessions.disk import sweep_leftovers

CHILD = Path(__file__).with_name("child_ballots.py")
KEY = b"k" * 32
STEP = 1_000_000


def reported_before_the_kill(path: Path, start: int, wait_seconds: float) -> list[int]:
    """Kill the program some time after its first report, and give all that it reported."""
    command = [sys.executable, str(CHILD), str(path), str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        first = program.stdout.readline()
        time.sleep(wait_seconds)
        program.kill()
        # A line cut short by the kill reports nothing.
        lines = [first, *program.stdout.readlines()]
    return [int(line) for line in lines if line.endswith(b"\n")]


@pytest.mark.parametrize(
    "kills", [20, pytest.param(1000, marks=[pytest.mark.slow, pytest.mark.timeout(1800)])]
)
def test_a_kill_at_any_moment_loses_no_envelope(tmp_path: Path, kills: int) -> None:
    """After each kill the box opens, holds what was called kept, and not what was called gone."""
    # promise 6, promise 15
    path, chance = tmp_path / BOX_NAME, random.Random(6)
    kept: set[int] = set()
    for kill in range(1, kills + 1):
        reported = reported_before_the_kill(path, kill * STEP, chance.uniform(0, 0.05))
        gone = {-number for number in reported if number < 0}
        kept = (kept | {number for number in reported if number > 0}) - gone
        sweep_leftovers(tmp_path)
        box = Box.reopen(path, [KEY])
        found = [int(one.answer) for one in box.open_all(KEY).values()]
        box.close()
        assert len(found) == len(set(found))
        assert not gone & {*found}
        # One more may be gone than was reported, and a few more there.
        assert len(kept - {*found}) <= 1
        assert len({*found} - kept) <= 3
        assert not kept - {*found} or min(kept) in kept - {*found}
        kept = {*found}
