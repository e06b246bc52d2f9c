"""Kills the real program at random moments of a session, and looks each time at what is left.

Touches: clock, processes, pseudo-terminals, disk. Keys are sent one act at a time, and what the
screen says is kept is noted down. Then comes kill -9, at any moment. What is on the disk must be
whole and hold everything that was said to be kept; the next start goes on from there.

    uv run python tests/faults/kill_program.py 200
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from sessions.document import OpenRecord
from sessions.store import SessionFolder
from tests.faults.terminal import Watched, start

SIZE = (40, 140)
"""Large enough for the column that counts what is kept."""
LONGEST_LIFE_SECONDS = 1.5
QUIET_SECONDS = 0.04
AT_ONCE = 2


class KilledError(Exception):
    """The program is gone; whatever was being done was cut short."""


@dataclass
class Lives:
    """One session through many deaths of the program."""

    home: Path
    chance: random.Random
    kept: set[str] = field(default_factory=set)
    """Words of which the screen has said that they are kept."""
    typed: set[str] = field(default_factory=set)
    """All words that were typed, kept or not."""
    steps_begun: int = 0
    """How many times a step was begun, as far as the screen said that it is kept."""

    def run(self, kills: int) -> None:
        """Let the program die so many times, and look at what is left after each death."""
        for life in range(kills):
            self._live(life)
            record = self.record()
            self.steps_begun = begun(record)

    def _live(self, life: int) -> None:
        """Start or resume the session, act, and die at a random moment."""
        with self._started(life) as terminal:
            death = threading.Timer(
                self.chance.uniform(0, LONGEST_LIFE_SECONDS), terminal.process.kill
            )
            death.start()
            try:
                for number in range(1000):
                    self._act(terminal, f"{life}-{number}")
            except KilledError:
                return
            finally:
                death.cancel()

    def _started(self, life: int) -> Watched:
        if life == 0:
            terminal = start(self.home, size=SIZE)
            terminal.begin()
            terminal.until(lambda: terminal.says_kept)
            self.steps_begun = 2
            return terminal
        terminal = Watched(self.home, size=SIZE)
        terminal.until_shown("Interrupted", "A test")
        terminal.press("\r", "Going on.")
        terminal.press("P", noun("note", len(self._notes())))
        return terminal

    def _act(self, terminal: Watched, name: str) -> None:
        """Do one thing that a facilitator does, and note down what is said to be kept."""
        act = self.chance.choice((self._note, self._note, self._step, self._minutes, self._pause))
        act(terminal, f"words {name}")

    def _note(self, terminal: Watched, words: str) -> None:
        wanted = noun("note", len(self._notes()) + 1)
        self.typed.add(words)
        self._send(terminal, f"t{words}\r", lambda: wanted in terminal.text)
        self.kept.add(words)

    def _step(self, terminal: Watched, _words: str) -> None:
        """Go on a step, or back to the one before, by turns; the run of show tells which runs."""
        before = running(terminal)
        self._send(terminal, "nb"[self.steps_begun % 2], lambda: running(terminal) != before)
        self.steps_begun += 1

    def _minutes(self, terminal: Watched, _words: str) -> None:
        self._send(terminal, "+", lambda: "One minute more." in terminal.text)
        self._send(terminal, "u", lambda: "Taken back: minutes changed." in terminal.text)

    def _pause(self, terminal: Watched, _words: str) -> None:
        self._send(terminal, " ", lambda: "PAUSED" in terminal.text)
        self._send(terminal, " ", lambda: "PAUSED" not in terminal.text)

    def _send(self, terminal: Watched, keys: str, answered: Callable[[], bool]) -> None:
        """Send keys and wait until the screen has answered, is at rest, and says kept.

        Raises:
            KilledError: The program died before.
        """

        def at_rest() -> bool:
            if terminal.process.poll() is not None:
                raise KilledError
            return answered() and terminal.says_kept and not terminal.read(QUIET_SECONDS)

        try:
            terminal.send(keys.encode())
            terminal.until(lambda: at_rest() and answered() and terminal.says_kept)
        except OSError as error:
            raise KilledError from error

    def _folder(self) -> SessionFolder:
        (path,) = self.home.glob("data/sessions/*/session.json")
        return SessionFolder(path.parent)

    def _notes(self) -> list[str]:
        return [note.text for note in self.record().notes]

    def record(self) -> OpenRecord:
        """Read what is on the disk, and compare it with what was said and typed."""
        record = self._folder().read()
        assert isinstance(record, OpenRecord)
        notes = {note.text for note in record.notes}
        assert self.kept <= notes, f"missing: {self.kept - notes}"
        assert notes <= self.typed, f"never typed: {notes - self.typed}"
        assert begun(record) >= self.steps_begun, (begun(record), self.steps_begun)
        return record


def begun(record: OpenRecord) -> int:
    """Return how many times a step was begun."""
    return sum(event.type == "step-started" for event in record.timeline)


def running(terminal: Watched) -> str:
    """Return the line of the run of show that is marked as running."""
    return next((line[:32] for line in terminal.screen.display if line.startswith(" ▶")), "")


def noun(word: str, count: int) -> str:
    """Return a count as the screen says it."""
    return f"{count} {word}{'' if count == 1 else 's'}"


def kill(folder: Path, kills: int, seed: int = 6) -> list[Lives]:
    """Kill the program so many times, in two sessions side by side, and return both."""
    sessions = [
        Lives(folder / str(number), random.Random(seed + number)) for number in range(AT_ONCE)
    ]
    shares = [kills // AT_ONCE + (number < kills % AT_ONCE) for number in range(AT_ONCE)]
    for session in sessions:
        session.home.mkdir()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(Lives.run, sessions, shares))
    return sessions


def main() -> int:
    """Kill as often as the command line says, and say what came of it."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory(prefix="dialogue-kills-") as folder:
        sessions = kill(Path(folder), kills, seed=random.SystemRandom().randrange(10**6))
    kept = sum(len(session.kept) for session in sessions)
    sys.stdout.write(f"{kills} kills, {kept} notes said to be kept, none missing, always resumed\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
