"""Nothing of a person is left in the memory of a kiosk: looked for in a program of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOOK = Path(__file__).with_name("kiosk_memory.py")
ROOT = Path(__file__).parents[2]


def test_nothing_of_a_person_is_left_in_memory() -> None:
    """Sent, left lying or wiped by her: no word and no code can be reached from the kiosk."""
    # promise 39
    # What all tests share would lead the look to what only tests hold.
    off = [part for name in ("cacheprovider", "tests.plugin_pace") for part in ("-p", f"no:{name}")]
    command = [sys.executable, "-m", "pytest", "-q", "-n0", *off, str(LOOK)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=110, check=False
    )
    assert done.returncode == 0, done.stdout[-4_000:]
    assert "4 passed" in done.stdout
