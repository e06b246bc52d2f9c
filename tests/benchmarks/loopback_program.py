"""The program with its door for phones on loopback, at a port that whoever starts it knows.

Touches: as the program. `python tests/benchmarks/loopback_program.py PORT ARGUMENT…` is `dialogue`
with these arguments; nothing but the door's address is another.
"""

from __future__ import annotations

import sys
from functools import partial
from unittest.mock import patch

from dialogue.cli import main
from dialogue.web.server import WebDoor

LOOPBACK = "127.0.0.1"

if __name__ == "__main__":
    door = partial(WebDoor, bind=LOOPBACK, port=int(sys.argv[1]))
    with (
        patch("dialogue.hosting.own_addresses", lambda: (LOOPBACK,)),
        patch("dialogue.hosting.WebDoor", door),
    ):
        raise SystemExit(main(sys.argv[2:]))
