"""Records the program in a terminal: `uv run python .github/record.py`.

The real program runs in a pty, at a pace that somebody rehearsed, on a clock that begins at noon.
What it writes becomes `recording.cast`, an asciinema file of version 2, and what stands on the
screen at each mark becomes a picture in `recording/`.

Touches: clock, processes, pseudo-terminals (POSIX only), disk beside this file and in a temporary
folder.
"""

from __future__ import annotations

import codecs
import fcntl
import io
import json
import os
import re
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time  # noqa: TID251
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final

import pyte
from rich.console import Console
from rich.style import Style
from rich.text import Text

HERE: Final = Path(__file__).parent
CAST: Final = HERE / "recording.cast"
PICTURES: Final = HERE / "recording"
COLUMNS, ROWS = 120, 34
TYPING_SECONDS: Final = 0.06
TO_READ: Final = 1.8
"""Whoever watches sees a screen for the first time, and takes so much longer to read it."""
SLICE_SECONDS: Final = 0.2
ROSTER: Final = "Mbali Okafor\nTomas Lindqvist\n"

PROGRAM: Final = """
import sys, time
from datetime import UTC, datetime, timedelta
from sessions import boottime
begun = time.monotonic()
noon = datetime(2026, 11, 23, 12, 0).astimezone(UTC)
def passed():
    return time.monotonic() - begun
def clock():
    return boottime.Clock(lambda: 1000 + passed(), lambda: noon + timedelta(seconds=passed()))
boottime.system_clock = clock
from dialogue.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""The program on a clock of its own, which begins at noon on every machine."""

ESCAPE, ENTER, LEFT, RIGHT = "\x1b", "\r", "\x1b[D", "\x1b[C"
BEGIN, DOWN = "\x07", "\x1b[B"


@dataclass(frozen=True)
class Beat:
    """Keys that are pressed one after the other, and how long it is quiet after them."""

    keys: tuple[str, ...]
    seconds: float
    mark: str = ""
    """What a picture that is taken at the end shows; no picture without it."""


def typed(text: str) -> tuple[str, ...]:
    """Return a text as the keys that write it."""
    return tuple(text)


BEATS: Final = (
    Beat((), 4, "Prepare"),
    Beat((BEGIN,), 3),
    Beat(("P",), 4, "At the door"),
    Beat(("n",), 5),
    Beat(("s",), 4),
    Beat(("n",), 5),
    Beat(("k",), 3),
    Beat(("2",), 4, "Agreements"),
    Beat(("n",), 4),
    Beat(("n",), 4),
    Beat(("n",), 8),
    Beat((LEFT, LEFT, RIGHT), 5, "In pairs"),
    Beat((",",), 5, "Half-time"),
    Beat((), 4),
    Beat(("n",), 5),
    Beat(("n",), 6),
    Beat(("m",), 2),
    Beat(typed("silence"), 5, "Moves"),
    Beat((ESCAPE,), 3),
    Beat(("h",), 7, "Harm"),
    Beat(("h",), 3),
    Beat(("t",), 1),
    Beat(typed("Mbali Okafor asked who is not in the room"), 5, "A note"),
    Beat((ENTER,), 4),
    Beat(("P",), 5, "The wall"),
    Beat(("P",), 3),
    Beat(("n",), 4),
    Beat(("n",), 3),
    Beat((",",), 2),
    Beat((",",), 3, "A round"),
    Beat((";",), 4),
    Beat(("n",), 4),
    Beat(("n",), 4),
    Beat(("r",), 5, "Review"),
    Beat(("n",), 5),
    Beat(("c",), 3),
    Beat(("y",), 6, "Summary"),
)


@dataclass
class Recording:
    """A program in a pty, and everything it wrote with the second at which it did."""

    ours: int
    started: float
    events: list[tuple[float, str, str]] = field(default_factory=list)
    screen: pyte.Screen = field(default_factory=lambda: pyte.Screen(COLUMNS, ROWS))

    def __post_init__(self) -> None:
        """Draw what is written on a terminal of our own."""
        self._stream = pyte.ByteStream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def play(self, beat: Beat) -> None:
        """Press the keys of a beat, and let its time pass."""
        for key in beat.keys:
            os.write(self.ours, key.encode())
            self.read(TYPING_SECONDS if len(beat.keys) > 1 else 0)
        self.read(beat.seconds * TO_READ)
        if beat.mark:
            self.events.append((time.monotonic() - self.started, "m", beat.mark))

    def wait_for(self, words: str) -> None:
        """Wait until words stand on the screen."""
        while not any(words in line for line in self.screen.display):
            self.read(SLICE_SECONDS)

    def read(self, seconds: float) -> None:
        """Take what is written until so many seconds have passed."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self.ours], [], [], left)[0]:
                self._take(os.read(self.ours, 65536))

    def _take(self, data: bytes) -> None:
        self._stream.feed(data)
        text = self._decoder.decode(data)  # a sign that comes in two parts is kept for the second
        self.events.append((time.monotonic() - self.started, "o", text))


def record(home: Path) -> Iterator[tuple[Recording, Beat]]:
    """Run the program through all beats, and yield after each."""
    roster = home / "roster.txt"
    roster.write_text(ROSTER, encoding="utf-8")
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    arguments = ["run", "lunch-and-learn", "--heads", "13", "--end", "13:00"]
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments, "--roster", str(roster)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=HERE.parent,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "DIALOGUE_DATA_DIR": str(home / "data"),
            "DIALOGUE_CONFIG_DIR": str(home / "config"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
        },
    )
    os.close(theirs)
    recording = Recording(ours, time.monotonic())
    try:
        recording.wait_for("Prepare")
        for beat in BEATS:
            recording.play(beat)
            yield recording, beat
    finally:
        program.terminate()
        program.wait()


def write_cast(recording: Recording) -> None:
    """Write everything as an asciinema file; it begins with the first thing that was written."""
    begun = recording.events[0][0]
    head = {
        "version": 2,
        "width": COLUMNS,
        "height": ROWS,
        "title": "dialogue: the keys of a lunch hour",
        "env": {"TERM": "xterm-256color"},
    }
    lines = [json.dumps(head)]
    lines += [
        json.dumps([round(at - begun, 3), kind, text], ensure_ascii=False)
        for at, kind, text in recording.events
    ]
    CAST.write_text("\n".join(lines) + "\n", encoding="utf-8")


def picture(screen: pyte.Screen, title: str) -> str:
    """Return what stands on a screen as SVG, without a web font: nothing is fetched."""
    console = Console(record=True, width=COLUMNS, height=ROWS, file=io.StringIO())
    for row in range(ROWS):
        line = Text(no_wrap=True, end="")
        cells = (screen.buffer[row][column] for column in range(COLUMNS))
        for style, same in groupby(cells, key=style_of):
            line.append("".join(cell.data for cell in same), style)
        console.print(line)
    svg = console.export_svg(title=title, unique_id="recording")
    return re.sub(r"@font-face\s*{[^}]*}", "", svg)


def style_of(cell: pyte.screens.Char) -> Style:
    """Return a cell's colours and weight."""
    return Style(
        color=colour(cell.fg),
        bgcolor=colour(cell.bg),
        bold=cell.bold,
        italic=cell.italics,
        reverse=cell.reverse,
    )


def colour(name: str) -> str | None:
    """Return a colour as Rich names it."""
    if name == "default":
        return None
    return f"#{name}" if re.fullmatch(r"[0-9a-f]{6}", name) else name


def main() -> None:
    """Record it, and write the file and the pictures."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    taken = 0
    with tempfile.TemporaryDirectory() as folder:
        for recording, beat in record(Path(folder)):
            if beat.mark:
                taken += 1
                name = f"{taken:02}-{re.sub('[^a-z]+', '-', beat.mark.lower()).strip('-')}"
                svg = picture(recording.screen, beat.mark)
                (PICTURES / f"{name}.svg").write_text(svg, encoding="utf-8")
        write_cast(recording)


if __name__ == "__main__":
    main()
