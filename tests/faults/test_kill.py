"""A program killed without warning while it saves loses nothing that it called saved."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sessions.disk import sweep_leftovers

CHILD = Path(__file__).with_name("child_writer.py")
PREVIOUS = "session.previous.json"


def number_of(path: Path) -> int:
    """Which version a file holds; raises when it is not a whole one."""
    found = json.loads(path.read_bytes())
    assert found["proof"] == hashlib.sha256(found["filling"].encode()).hexdigest()
    number: int = found["number"]
    return number


def last_saved_before_the_kill(path: Path, wait_seconds: float) -> int:
    """Kill the program some time after its first save, and give the last that it reported."""
    with subprocess.Popen([sys.executable, CHILD, path], stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        first = program.stdout.readline()
        time.sleep(wait_seconds)
        program.kill()
        # A line cut short by the kill reports nothing.
        reported = [first, *program.stdout.readlines()]
    return max(int(line) for line in reported if line.endswith(b"\n"))


@pytest.mark.parametrize(
    "kills", [20, pytest.param(1000, marks=[pytest.mark.slow, pytest.mark.timeout(900)])]
)
def test_a_kill_at_any_moment_loses_no_saved_version(tmp_path: Path, kills: int) -> None:
    """After each kill the file is whole and not older than the last version reported as saved."""
    # promise 6
    path, chance = tmp_path / "session.json", random.Random(6)
    for _ in range(kills):
        saved = last_saved_before_the_kill(path, chance.uniform(0, 0.03))
        live = number_of(path)
        assert saved <= live <= saved + 1
        assert sweep_leftovers(tmp_path) <= 2
        kept = [entry for entry in tmp_path.iterdir() if entry != path]
        assert [entry.name for entry in kept] in ([PREVIOUS], [] if live == 1 else [PREVIOUS])
        assert all(live - 1 <= number_of(entry) <= live for entry in kept)
