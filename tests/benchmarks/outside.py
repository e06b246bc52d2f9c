"""What is measured from outside, as a person meets it: a whole program, in a terminal.

Touches: clock, processes, pseudo-terminals.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from harness import (
    BEGIN,
    HOME_IS_DRAWN,
    OWN_SCREEN,
    PROGRAM,
    REFERENCE,
    Bench,
    Result,
    Terminal,
    in_turns,
    milliseconds,
    percentile,
    ratio,
    wall_of,
)

HEADS = 24
"""As many as the minimal app begins with."""

LIVE = [PROGRAM, "run", "lunch-and-learn", "--heads", str(HEADS)]
WIDE = (40, 140)
"""Rows and columns of a terminal that shows all of Live."""

NAMED = "·%d".encode()
"""How often an agreement was named, as Live shows it."""

OTHER_TABLES = 3
"""Tables that change before the others do."""

MOST_PRESSES = 100
PAUSE_SECONDS = 0.03
IDLE_SECONDS = 20.0
HOUR_LIMIT = 20 / 0.085
SHORT = 5
"""As few rounds as this ask for the short form."""
FRAME_SECONDS = 1 / 60
"""How long the screen waits at most before it draws again."""


def version(bench: Bench) -> Result:
    """`dialogue --version` against the reference."""
    subjects = {
        "ref": wall_of(REFERENCE, bench.environment),
        "version": wall_of([PROGRAM, "--version"], bench.environment),
    }
    taken = in_turns(subjects, bench.rounds)
    return Result("version", ratio(taken, "version"), 1.0, "ref", milliseconds(taken["version"]))


def first_frame(bench: Bench) -> Result:
    """From the start of the program to the first drawn Home screen, against the reference."""

    def once() -> float:
        with Terminal([PROGRAM], bench.environment) as terminal:
            return terminal.wait_for(HOME_IS_DRAWN) - terminal.started

    taken = in_turns({"ref": wall_of(REFERENCE, bench.environment), "frame": once}, bench.rounds)
    return Result("first-frame", ratio(taken, "frame"), 6.0, "ref", milliseconds(taken["frame"]))


def key(bench: Bench) -> Sequence[Result]:
    """From a key to the screen on Live, the 95th percentile, against the minimal app's.

    Once in a step without turns, once with four tables that all do something else.

    Textual draws 60 frames a second, so that about one press in twenty waits for the next one, in
    either program. Whether the 95th percentile of the minimal app holds such a wait is chance; it
    counts as a frame at least.
    """
    presses = max(MOST_PRESSES if bench.rounds > SHORT else MOST_PRESSES // 2, bench.rounds)
    yardstick = [sys.executable, str(Path(__file__).with_name("minimal_app.py"))]
    with (
        Terminal(yardstick, bench.environment, size=WIDE) as minimal,
        Terminal(LIVE, bench.environment, size=WIDE) as live,
        Terminal(LIVE, bench.environment, size=WIDE) as tables,
    ):
        minimal.wait_for(b"%d here" % HEADS)
        minimal.settle()
        enter_live(live)
        enter_tables(tables)
        subjects = {
            "minimal": partial(next, presses_of(minimal)),
            "key": partial(next, presses_of(live)),
            "key-tables": partial(next, namings_of(tables)),
        }
        taken = in_turns(subjects, presses)
    slow = {name: percentile(values, 0.95) for name, values in taken.items()}
    least = max(slow["minimal"], FRAME_SECONDS)
    beside = f"; minimal {milliseconds(taken['minimal'])}"
    return [
        Result(name, slow[name] / least, 2.0, "minimal", milliseconds(taken[name]) + beside)
        for name in ("key", "key-tables")
    ]


def presses_of(terminal: Terminal, here: int = HEADS) -> Iterator[float]:
    """Press the key for one person more, again and again, and yield how long each took to show.

    Both programs are quiet between two presses, and an idle tick does not fall together with one
    more often than it would for a person.
    """
    for heads in itertools.count(here + 1):
        terminal.settle(PAUSE_SECONDS)
        start = time.perf_counter()
        terminal.send(b"]")
        yield terminal.wait_for(b"%d here" % heads) - start


def namings_of(terminal: Terminal) -> Iterator[float]:
    """Press the key that names an agreement, again and again, and yield how long each took to show.

    Where people sit at tables, one person more after the other would be a history that no step has.
    """
    for times in itertools.count(1):
        terminal.settle(PAUSE_SECONDS)
        start = time.perf_counter()
        terminal.send(b"2")
        yield terminal.wait_for(NAMED % times) - start


def enter_live(terminal: Terminal) -> None:
    """Begin the session that was asked for and go on to its first step after the arrival."""
    begin_session(terminal, HEADS)
    terminal.send(b"n")
    terminal.settle(0.5)


def enter_tables(terminal: Terminal) -> None:
    """Go on to the pairs, and end the turn at three tables, each at a second of its own."""
    enter_live(terminal)
    for keys in (b"n", b"n", b"n", b"n", *[b"\t,"] * OTHER_TABLES):
        terminal.send(keys)
        terminal.settle(1.1, most=1.1)  # a clock that ticks is never so long quiet


def enter_pause(terminal: Terminal) -> None:
    """Pause the first step."""
    enter_live(terminal)
    terminal.send(b" ")


def enter_wall(terminal: Terminal) -> None:
    """Let the wall see the first step."""
    enter_live(terminal)
    terminal.send(OWN_SCREEN)


MODES: Mapping[str, Callable[[Terminal], None]] = {
    "": enter_live,
    "-tables": enter_tables,
    "-paused": enter_pause,
    "-wall": enter_wall,
}
"""How each mode of Live is reached, by what the name of its figure ends with."""


def begin_session(terminal: Terminal, here: int) -> None:
    """Begin the session that was asked for, on a screen of one's own; people arrive."""
    terminal.wait_for(b"Prepare")
    terminal.settle()
    terminal.send(BEGIN)
    terminal.wait_for(b"your own lines")
    terminal.settle()
    terminal.send(OWN_SCREEN)
    terminal.wait_for(b"%d here" % here)
    terminal.settle()


def rehearse(bench: Bench) -> Result:
    """The hour with a simulated room of 24, from the command to the closed record.

    Its limit is 20 seconds where the reference takes the 85 ms that it takes on a quiet machine.
    """
    command = [PROGRAM, "rehearse", "lunch-and-learn", "--heads", str(HEADS), "--seed", "7"]
    subjects = {
        "ref": wall_of(REFERENCE, bench.environment),
        "hour": wall_of([*command, "--no-screen", "--json"], bench.environment),
    }
    taken = in_turns(subjects, 4 if bench.rounds > SHORT else 1)
    value = ratio(taken, "hour")
    return Result("rehearse", value, HOUR_LIMIT, "ref", milliseconds(taken["hour"]))


def live_tick(bench: Bench) -> Iterator[Result]:
    """What Live takes of one core while nobody presses a key, in each of its modes."""
    seconds = IDLE_SECONDS if bench.rounds > SHORT else IDLE_SECONDS / 5
    for mode, enter in MODES.items():
        with Terminal(LIVE, bench.environment, size=WIDE) as terminal:
            enter(terminal)
            terminal.settle(0.3)
            before, start = terminal.cpu_seconds(), time.perf_counter()
            while time.perf_counter() - start < seconds:
                terminal.read(0.1)
            used = terminal.cpu_seconds() - before
            passed = time.perf_counter() - start
        name = f"live-tick{mode}"
        yield Result(name, 100 * used / passed, 2.0, "%", f"over {passed:.0f} seconds")
