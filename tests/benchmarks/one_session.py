"""One session from the first key to the close, in a terminal, to have its records.

Touches: processes, a pseudo-terminal, disk. `uv run python tests/benchmarks/one_session.py FOLDER`
leaves `open.json` and `closed.json` in the folder, as the program saved them. It ends with a
traceback when the program does not do what it was asked.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from harness import BEGIN, PROGRAM, Terminal, environment

ANY = b""
"""The answer of a key whose words we do not care for."""

HEADS = 24
ENTER, ESCAPE = b"\r", b"\x1b"

OPEN_KEYS: tuple[tuple[bytes, bytes], ...] = (
    (BEGIN, b"24 here"),
    (b"n", b"Welcome"),
    (b"n", b"k adopted"),
    (b"k", b"adopted"),
    (b"]", b"25 here"),
    (b"1", b"Stay engaged"),
    (b"t", ANY),
    (b"Listening is work #a1" + ENTER, b"Noted."),
    (b" ", b"PAUSED"),
    (b"u", b"kept"),
    (b"r", b"Review"),
)
"""Keys of a session up to its review, and what the screen then says."""

CLOSING_KEYS: tuple[tuple[bytes, bytes], ...] = (
    (b"n", b"Close"),
    (b"c", b"Press y"),
    (b"y", b"Summary"),
)


def press(terminal: Terminal, keys: tuple[tuple[bytes, bytes], ...]) -> None:
    """Press keys, each when the screen has answered to the one before and is quiet."""
    for key, answer in keys:
        terminal.send(key)
        terminal.wait_for(answer)
        terminal.settle(0.3)


def check(record: Path, state: str) -> None:
    """Make sure that a record holds what was done."""
    found = json.loads(record.read_bytes())
    assert found["state"] == state
    assert found["setting"]["heads"] == HEADS + 1
    assert found["agreements"]["adopted"]
    assert [note["text"] for note in found["notes"]] == ["Listening is work"]


def main() -> int:
    """Run the session and keep its records."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    command = [PROGRAM, "run", "lunch-and-learn", "--heads", str(HEADS), "--title", "A check"]
    with tempfile.TemporaryDirectory(prefix="dialogue-session-") as folder:
        surroundings = environment(Path(folder))
        with Terminal(command, surroundings) as terminal:
            terminal.wait_for(b"Prepare")
            terminal.settle()
            press(terminal, OPEN_KEYS)
            (record,) = Path(surroundings["DIALOGUE_DATA_DIR"]).glob("sessions/*/session.json")
            shutil.copyfile(record, target / "open.json")
            press(terminal, CLOSING_KEYS)
            shutil.copyfile(record, target / "closed.json")
            press(terminal, ((ESCAPE, b"Past sessions"),))
            terminal.send(b"q")
            code = terminal.finish()
    check(target / "open.json", "open")
    check(target / "closed.json", "closed")
    print(f"one session: {', '.join(sorted(path.name for path in target.iterdir()))} written")
    return code


if __name__ == "__main__":
    raise SystemExit(main())
