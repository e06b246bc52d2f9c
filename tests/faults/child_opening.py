"""A program that opens a sheet and is killed at one of its acts; made to be run many times.

Its arguments are the data folder, the config folder and the first and last act at which to die.
It copies both folders for each of them, and a fork of it takes the session up in the copy, closes
the sheet, and kills itself right before that act on the disk: a file that is written, replaced or
forgotten, a cell that is written, a wait for the disk. What is left lies in `<data>-<act>` and
`<config>-<act>`. It prints a line for each: the act, and the code by which the fork ended.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from sessions import ballots, cells, disk
from sessions.boottime import Clock
from sessions.decide_sheet import GRACE_SECONDS
from sessions.keys import KeyFolder
from sessions.live import LiveSession
from sessions.sheet_desk import SheetDesk
from sessions.store import Store
from tests.plugin_sessions import FakeClock

AFTER_SECONDS = 120
"""So long after the session began it is taken up."""

ACTS = (
    *((os, name) for name in ("replace", "unlink", "fsync", "open")),
    *((disk, name) for name in ("write_whole", "forget")),
    *((cells.CellFile, name) for name in ("write", "sync")),
    (ballots, "still"),
)


def count_acts(die_at: int) -> None:
    """Kill this program right before one of its acts, counted from 0."""
    done = 0

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def act(*arguments: object, **named: object) -> object:
            nonlocal done
            if done == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1
            return real(*arguments, **named)

        return act

    for owner, name in ACTS:
        setattr(owner, name, counted(getattr(owner, name)))


def take_up(data: Path, config: Path, clock: Clock) -> tuple[LiveSession, SheetDesk]:
    """Take up the one session there is, with its sheet."""
    store = Store(data)
    (name,) = store.open_names()
    session = LiveSession.resume(store.find(name), clock)
    return session, SheetDesk(session, KeyFolder(config))


def open_and_die(data: Path, config: Path, die_at: int) -> None:
    """Close the sheet and open its box, up to an act."""
    clock = FakeClock()
    clock.tick(AFTER_SECONDS)
    session, desk = take_up(data, config, clock.clock)
    desk.close()
    session._saver.flush()
    clock.tick(GRACE_SECONDS + 1)
    count_acts(die_at)
    desk.finish()
    desk.leave()
    session.leave()


def main(data: Path, config: Path, first: int, last: int) -> None:
    """Let a fork die at each act, until one has done them all."""
    for act in range(first, last + 1):
        here = [Path(shutil.copytree(one, f"{one}-{act}")) for one in (data, config)]
        child = os.fork()
        if not child:
            open_and_die(here[0], here[1], act)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        sys.stdout.write(f"{act} {code}\n")
        if code == 0:
            break


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
