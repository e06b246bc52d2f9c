"""The program with its door for phones on loopback, at a port that whoever starts it knows.

Touches: as the program. `python tests/benchmarks/loopback_program.py PORT ARGUMENT…` is `dialogue`
with these arguments; nothing but the door's address is another.
"""

from __future__ import annotations

import sys
from typing import Any
from unittest.mock import patch

from dialogue.cli import main
from dialogue.web.door import Door
from dialogue.web.server import WebDoor

LOOPBACK = "127.0.0.1"


def on_loopback(door: Door, **more: Any) -> WebDoor:  # noqa: ANN401
    """Return a door at the port that was asked for, whatever else is wanted of it."""
    return WebDoor(door, **(more | {"bind": LOOPBACK, "port": int(sys.argv[1])}))


if __name__ == "__main__":
    with (
        patch("dialogue.doorway.own_addresses", lambda: (LOOPBACK,)),
        patch("dialogue.doorway.WebDoor", on_loopback),
    ):
        raise SystemExit(main(sys.argv[2:]))
