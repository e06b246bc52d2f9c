"""Whatever fails, and wherever: no word of anybody's is printed, logged, answered or left behind.

Touches: processes, loopback, disk below `tmp_path`.
"""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from types import SimpleNamespace

import pytest

from dialogue import crash, run
from dialogue.commands.rehearse import _at_once
from sessions.errors import CommandRefusedError, StorageError
from tests.attack.child_faults import CANARY
from tests.attack.sheets import files_with

CHILD = Path(__file__).with_name("child_faults.py")
ROOT = Path(__file__).parents[2]


def let_fail(folder: Path, what: str) -> tuple[set[str], str]:
    """Let everything fail in a program of its own; return what has failed, and all it printed."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(CHILD), str(folder), what],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "HOME": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=110,
        check=True,
    )
    return set((folder / "failed").read_text("utf-8").split("\n")), done.stdout + done.stderr


TAKES_IN = {
    *("Reception.receive", "Reception.view", "_Tries._carried_out", "Voices.submit"),
    *("Voices._receipt", "Withdrawals.find", "Withdrawals.issue", "Box._commit", "Box._place"),
    *("SheetDesk.close", "SheetDesk.has_enough", "CellFile.write"),
}
PAGES = {
    *("Routes._receive", "Pages.phone", "sessions.payloads.parse", "sessions.envelopes.seal"),
    *("dialogue.web.wire.read_beat", "sessions.room.room_view"),
}


@pytest.mark.parametrize(
    ("what", "fails"),
    [
        ("writing", TAKES_IN),
        pytest.param("everything", TAKES_IN | PAGES, marks=pytest.mark.slow),
    ],
)
def test_what_fails_while_people_write_says_nothing(
    tmp_path: Path, what: str, fails: set[str]
) -> None:
    """Each function fails once, and nothing is printed but which class of error it was."""
    # promise 4, promise 12
    failed, printed = let_fail(tmp_path, what)
    assert fails <= failed
    kinds = (RuntimeError, CommandRefusedError, StorageError)
    assert set(printed.splitlines()) <= {*map(crash.sentence, kinds)}
    assert files_with([CANARY], tmp_path) == []


@pytest.mark.slow
def test_what_fails_while_a_box_is_opened_says_nothing(tmp_path: Path) -> None:
    """Wherever an opening fails, words are in the record of an opened sheet, or nowhere."""
    # promise 4
    failed, printed = let_fail(tmp_path, "opening")
    assert {
        *("SheetDesk.finish", "SheetDesk._save", "SheetDesk.discard", "Box.open_all"),
        *("sessions.opening.open_sheet", "sessions.opening.finish_wipe", "KeyFolder.delete"),
        *("sessions.unsealing.answers_of", "sessions.payloads.decode", "CellFile.write"),
    } <= failed
    assert CANARY not in printed
    assert "Traceback" not in printed
    for path in tmp_path.rglob("*"):
        if path.is_file() and CANARY.encode() in path.read_bytes():
            record = json.loads(path.read_bytes())
            assert all(one["opened"] for one in record["answers"])
            assert record["timeline"][-2]["type"] == "sheet-closed"


def test_loggers_as_they_are_would_tell(tmp_path: Path) -> None:
    """In a build that lets loggers print what they are given, the same look finds the words."""
    # promise 4
    _failed, printed = let_fail(tmp_path, "bare")
    assert CANARY in printed
    assert "Traceback" in printed


def test_loggers_are_guarded_before_a_loop_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a screen and without one, the program's loop finds a last resort that names classes."""
    # promise 4
    found: list[str] = []

    def look(acting: Coroutine[object, object, object]) -> None:
        acting.close()
        found.append(type(logging.lastResort).__name__)

    monkeypatch.setattr(logging, "lastResort", logging.lastResort)
    monkeypatch.setattr(asyncio, "run", look)
    monkeypatch.setattr(run, "_has_terminal", lambda: True)
    run.show(SimpleNamespace(crash=None, unkept="", return_code=0))  # type: ignore[arg-type]
    monkeypatch.setattr(logging, "lastResort", None)
    _at_once(SimpleNamespace())  # type: ignore[arg-type]
    assert found == ["ClassOnly", "ClassOnly"]
