"""A whole session where there is no network at all: nothing of it needs anybody else.

Touches: a network namespace of its own that holds loopback and nothing more.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sessions.document import ClosedRecord
from sessions.store import read_record

PROGRAM = (sys.executable, "-c", "from dialogue.cli import main; raise SystemExit(main())")
CUT_OFF = 'ip link set lo up && exec "$@"'
"""What the shell does within the namespace before it becomes the program."""

REACH_OUT = "import socket; socket.create_connection(('192.0.2.1', 80), 5)"

Alone = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def alone() -> Alone:
    """Return what runs a command without any network but loopback, if this machine can."""
    if not (shutil.which("unshare") and shutil.which("ip")):
        pytest.skip("no unshare or no ip here: a session without a network was not tried")

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        line = ["unshare", "-rn", "sh", "-c", CUT_OFF, "sh", *command]
        return subprocess.run(line, capture_output=True, text=True, timeout=100, check=False)

    if (tried := run("true")).returncode:
        pytest.skip(f"this machine gives no network of one's own: {tried.stderr.strip()}")
    return run


def test_a_session_needs_no_network(alone: Alone, fence: Path) -> None:
    """With the network cut the hour is rehearsed from the door to the closed record."""
    # promise 13
    links = json.loads(alone("ip", "-j", "link").stdout)
    assert [link["ifname"] for link in links] == ["lo"]
    cut = alone(sys.executable, "-c", REACH_OUT)
    assert "Network is unreachable" in cut.stderr
    said = alone(*PROGRAM, "rehearse", "lunch-and-learn", "--heads=6", "--no-screen", "--json")
    assert (said.returncode, said.stderr) == (0, "")
    table = json.loads(said.stdout.splitlines()[-1])
    assert table["acknowledged"] > 20
    path = Path(table["path"])
    assert path.is_relative_to(fence)
    assert isinstance(read_record(path), ClosedRecord)
