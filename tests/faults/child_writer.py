"""A program that saves version after version and reports each one saved; made to be killed.

Its argument is the folder. Each line it prints is the number of a version that is on the disk.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from sessions.disk import replace_with_previous


def version(number: int) -> bytes:
    """The bytes of one version: of changing length, and able to prove that they are whole."""
    filling = f"{number} " * (number * 37 % 2000)
    proof = hashlib.sha256(filling.encode()).hexdigest()
    return json.dumps({"number": number, "filling": filling, "proof": proof}).encode()


def number_of(data: bytes) -> int:
    """Which version it is; raises when it is not a whole one."""
    found = json.loads(data)
    number: int = found["number"]
    if data != version(number):
        raise ValueError(number)
    return number


def main(path: Path) -> None:
    """Go on from the version that is there, until killed."""
    number = number_of(path.read_bytes()) if path.exists() else 0
    while True:
        number += 1
        replace_with_previous(path, version(number), "session.previous.json")
        os.write(sys.stdout.fileno(), b"%d\n" % number)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
