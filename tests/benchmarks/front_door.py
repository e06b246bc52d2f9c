"""The front door, as a person opens it: README's own line in a terminal, then one key to leave.

Touches: processes, a pseudo-terminal. `uv run python tests/benchmarks/front_door.py LINE` runs the
line with bash in the present environment, and ends with 1 and a sentence when Home does not show,
the program does not leave with 0, or the terminal is not as it was.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pyte
from harness import HOME_IS_DRAWN, LEAVES_THE_SCREEN, SHOWS_THE_CURSOR, Terminal, TooSlowError

ROWS, COLUMNS = 24, 80
PATIENCE_SECONDS = 300
"""On a machine that has nothing yet, the line first installs what the program needs."""


def drawn(data: bytes) -> list[str]:
    """Return the rows of a screen after some bytes have been written to it."""
    screen = pyte.Screen(COLUMNS, ROWS)
    pyte.ByteStream(screen).feed(data)
    return list(screen.display)


def complaints(line: str) -> Iterator[str]:
    """Open the program by a line of the shell, leave it, and yield what was not right."""
    surroundings = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with Terminal(["bash", "-c", line], surroundings, size=(ROWS, COLUMNS)) as terminal:
        terminal.wait_for(HOME_IS_DRAWN, PATIENCE_SECONDS)
        terminal.settle()
        rows = drawn(bytes(terminal.seen))
        print("\n".join(rows))
        if not any(HOME_IS_DRAWN.decode() in row for row in rows):
            yield "Home was written but is not on the screen."
        terminal.send(b"q")
        code = terminal.finish()
        if code != 0:
            yield f"q left with exit code {code}."
        for wanted in (LEAVES_THE_SCREEN, SHOWS_THE_CURSOR):
            if wanted not in terminal.seen:
                yield f"{wanted!r} was not sent on leaving."
        if not terminal.is_restored():
            yield "The modes of the terminal are not what they were."


def main() -> int:
    """Run the line and say what was not right."""
    (line,) = sys.argv[1:]
    try:
        found = list(complaints(line))
    except TooSlowError as error:
        found = [str(error)]
    for complaint in found:
        print(f"front door: {complaint}", file=sys.stderr)
    if not found:
        print("front door: Home was shown, q left, the terminal is as it was")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
