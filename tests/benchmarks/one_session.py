"""A whole lunch & learn in a real terminal, from Home to the close, to have its records.

Touches: processes, tmux, disk. `uv run python tests/benchmarks/one_session.py FOLDER` leaves
`open.json` and `closed.json` in the folder, as the program saved them. Every key is a real one and
what it did is read from the screen. It ends with a traceback when the program does not do what it
was asked, when a name that is to be hidden is in any file, or when a word is left in the terminal.
"""

from __future__ import annotations

import json
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from harness import environment
from tmux import Tmux

QUICK = Path(__file__).with_name("quick_program.py")
NAMES = ("Wilhelmina", "Bartholomew")
"""Who is there; no byte may say so."""
TITLE = "Lunch at the depot"
OWN = "One voice at a time"
NOTES = (
    "Quiet at first, then open #a1",
    f"{NAMES[0]} said the unit is tired #c1",
    "Rank and race are hard to keep apart #c2",
    "Who is heard in meetings #f",
    "Listening is work",
)
KEPT = (
    "Quiet at first, then open",
    "[colleague 1] said the unit is tired",
    "Rank and race are hard to keep apart",
    "Who is heard in meetings",
    "Listening is work",
)


class Session:
    """The terminal with the one session that is held in it."""

    def __init__(self, terminal: Tmux, home: Path) -> None:
        self.terminal = terminal
        self.home = home

    @property
    def path(self) -> Path:
        """Where its record lies."""
        (path,) = self.home.glob("data/sessions/*/session.json")
        return path

    @property
    def record(self) -> dict[str, Any]:
        """Its record, as it is on the disk."""
        found: dict[str, Any] = json.loads(self.path.read_bytes())
        return found

    def enter(self, key: str, text: str, part: str) -> None:
        """Open the line, write, keep it, and wait until that part of the record is longer."""
        before = len(self.part(part))
        self.terminal.press(key, "enter keep")
        self.terminal.write(text)
        self.terminal.press("Enter")
        self.terminal.until(lambda: len(self.part(part)) > before, f"{part} on the disk")

    def part(self, part: str) -> list[dict[str, Any]]:
        """Return the notes, or the group's own agreements."""
        if part == "notes":
            notes: list[dict[str, Any]] = self.record["notes"]
            return notes
        house: list[dict[str, Any]] = self.record["agreements"]["house"]
        return house


def prepare(terminal: Tmux) -> None:
    """Choose the lunch on Home, fill in the form, and begin."""
    terminal.until_shown("Past sessions", "This terminal runs inside tmux")
    terminal.press("Down", "See what became")  # the tour stands first
    terminal.press("Down", "Meet the")
    terminal.press("Enter", "Prepare", "It fits as it is.")
    terminal.settle()
    terminal.write("23", "People 23")
    for _ in range(3):
        terminal.press("Tab")
    terminal.write(TITLE)
    for _ in range(8):
        terminal.press("Tab")
    terminal.paste("\n".join(NAMES))
    terminal.until_shown(*NAMES)
    terminal.press("C-g", "ends", "your own lines")
    terminal.press("P", "Only you see this screen")


def agree(session: Session) -> None:
    """Welcome people, read the agreements out, add one, adopt them, and name two."""
    terminal = session.terminal
    terminal.press("n", "Welcome · you speak")
    terminal.press("n", "Agreements · all together", "say 1/8")
    for number in range(2, 9):
        terminal.press("s", f"say {number}/8")
    terminal.until_shown("Let this talk end with open questions.", "Unfinished does not mean")
    session.enter("o", OWN, "house")
    terminal.press("k", "✓ adopted")
    terminal.press("1", "Stay engaged ·1")
    terminal.press("2", "Speak your truth ·1")


def bend_the_plan(terminal: Tmux) -> None:
    """Overrun a step, drop one, pause, extend, go back to one, and take the last thing back."""
    terminal.press("n", "Six conditions · you speak", "of 3:00")
    terminal.press("-", "of 2:00")
    terminal.press("-", "of 1:00")
    terminal.until_shown("over 1:00")
    terminal.press("n", "Compass, in silence · in silence")
    terminal.press("d", "In pairs")
    terminal.until_shown("of 7:00")
    terminal.press("+", "of 8:00")
    terminal.press("Space", "PAUSED")
    terminal.press("Space")
    terminal.until(lambda: "PAUSED" not in terminal.words, "going on")
    terminal.press("n", "Written reflection · without names")
    terminal.press("b", "In pairs", "of 8:00")
    terminal.press("3", "Experience discomfort ·1")
    terminal.press("u", "Taken back")
    terminal.until(lambda: "Experience discomfort ·1" not in terminal.words, "it taken back")


def end(session: Session, target: Path) -> None:
    """Keep notes, run what is left, review, and close with two keys."""
    terminal = session.terminal
    for note in NOTES:
        session.enter("t", note, "notes")
    for step in ("Written reflection", "In threes", "Read back", "One word", "Closing sheet"):
        terminal.press("n", step)
    terminal.press("n", "Aftercare and next step")
    terminal.press("n", "n again")
    terminal.press("n", "Review", *KEPT[:2])
    terminal.until_shown("kept")
    shutil.copyfile(session.path, target / "open.json")
    look_for_names(session.home)
    terminal.press("n", "Close", "What the group will do")
    terminal.press("c", "Press y")
    terminal.press("y", "Summary", TITLE)
    shutil.copyfile(session.path, target / "closed.json")


def look_for_names(folder: Path) -> None:
    """Make sure that no name that was to be hidden is in any file, or in any file's name."""
    for path in folder.rglob("*"):
        data = str(path).encode() + (path.read_bytes() if path.is_file() else b"")
        assert not any(name.casefold().encode() in data.lower() for name in NAMES), path


def check(record: dict[str, Any], state: str) -> None:
    """Make sure that a record holds what was done."""
    assert record["state"] == state
    assert record["title"] == TITLE
    assert record["agreements"]["adopted"]
    assert [one["text"] for one in record["agreements"]["house"]] == [OWN]
    assert sorted(note["text"] for note in record["notes"]) == sorted(KEPT)
    assert sum(bool(note.get("hidden")) for note in record["notes"]) == 1
    if state == "closed":
        steps = {step["id"]: step for step in record["steps"]}
        assert steps["conditions"]["actual_seconds"] > 60, "one minute was left of it"
        assert steps["compass"]["outcome"] == "dropped"
        assert steps["pairs"]["visits"] == 2
        assert record["elapsed"]["paused_seconds"] > 0


def look_back(terminal: Tmux, words: Iterable[str]) -> None:
    """Leave the program, and make sure that nothing of the session is left in the terminal."""
    terminal.press("Escape", "Past sessions", TITLE)
    terminal.press("q", "left with 0")
    left = [word for word in words if word in terminal.history]
    assert not left, f"still in the terminal: {left}"


def main() -> int:
    """Hold the session and keep its records."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="dialogue-session-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        with Tmux(Path(folder), environment(home)) as terminal:
            command = shlex.join([sys.executable, str(QUICK)])
            terminal.write(f"{command}; echo left with $?\n", "Past sessions")
            session = Session(terminal, home)
            prepare(terminal)
            agree(session)
            bend_the_plan(terminal)
            end(session, target)
            look_back(terminal, (TITLE, OWN, *NAMES, *KEPT))
        look_for_names(home)
    check(json.loads((target / "open.json").read_bytes()), "open")
    check(json.loads((target / "closed.json").read_bytes()), "closed")
    print(f"one session: open and closed record written in {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
