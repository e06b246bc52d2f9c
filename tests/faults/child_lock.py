"""A program that takes and gives back a lock as it is told; made to race and to be killed.

Its argument is the folder. It reads orders from its input and answers each with one line: ``take
MOMENT`` tries at that moment of the monotonic clock, ``give`` gives back, and ``churn COUNT`` takes
and gives as often, and counts how often it was not alone.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from sessions.errors import SessionLockedError
from sessions.lock import SessionLock


def take(lock: SessionLock, moment: float) -> str:
    """Try to take the lock at a moment that another program was told as well."""
    while time.monotonic() < moment:
        pass
    try:
        lock.acquire()
    except SessionLockedError as error:
        return f"refused: {error.sentence}"
    return "won"


def churn(folder: Path, count: int) -> str:
    """Take and give back until it was done so often; a mark on the disk shows who is in."""
    mark, taken, together = folder / "somebody-is-in", 0, 0
    while taken < count:
        lock = SessionLock(folder)
        if take(lock, 0) != "won":
            continue
        taken += 1
        try:
            mark.touch(exist_ok=False)
        except FileExistsError:
            together += 1
        mark.unlink(missing_ok=True)
        lock.release()
    return f"together {together}"


def main(folder: Path) -> None:
    """Obey until the input ends."""
    lock = SessionLock(folder)
    for line in sys.stdin:
        match line.split():
            case ["take", moment]:
                answer = take(lock, float(moment))
            case ["churn", count]:
                answer = churn(folder, int(count))
            case _:
                lock.release()
                answer = "given"
        print(answer, flush=True)  # noqa: T201  # its answers are its output


if __name__ == "__main__":
    main(Path(sys.argv[1]))
