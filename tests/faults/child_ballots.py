"""A program that puts envelope after envelope in a box and reports each one kept; to be killed.

Its arguments are the box's path and the number to start with. It takes up the box that is there or
makes one. Each line it prints is a number whose envelope is on the disk; with a minus sign it is
one that was overwritten for good.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from sessions.ballots import Box
from sessions.envelopes import seal

KEY = b"k" * 32
CELLS = 256
AT_ONCE = 3
KEPT = 40


def envelope(number: int) -> bytes:
    """Return the envelope of a number."""
    return seal(KEY, number.to_bytes(16, "big"), b"%d" % number, secrets.token_bytes(24))


def main(path: Path, number: int) -> None:
    """Put in a few at a time and take the oldest out, until killed."""
    box = Box.reopen(path, [KEY]) if path.exists() else Box.create(path, CELLS)
    there = {int(one.answer): cell for cell, one in box.open_all(KEY).items()}
    while True:
        fresh = range(number, number + AT_ONCE)
        number += AT_ONCE
        there |= dict(zip(fresh, box.put_many(map(envelope, fresh)), strict=True))
        os.write(sys.stdout.fileno(), b"".join(b"%d\n" % one for one in fresh))
        while len(there) > KEPT:
            oldest = min(there)
            box.overwrite(there.pop(oldest)).result()
            os.write(sys.stdout.fileno(), b"-%d\n" % oldest)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
