"""A session with a sheet open behind the real web door, as a process of its own to be written to.

Touches: clock, the network on loopback, disk (the folder it is given). Run as
`python tests/benchmarks/room_server.py KIND HEADS FOLDER`. KIND says what answers:

* `shipped`: the program as it is.
* `kept`: the same without the hold of 50 ms, which keeps every beat from being answered sooner and
  would hide what is measured. Reception, voices and ballot box; an answer is given when the
  envelope is on the disk.
* `unsynced`: as `kept`, and the disk is not waited for.
* `nothing`: the same server and guard, which reads the body, and a handler that does nothing.

It writes one line of JSON with its address once phones can come. A line on its input ends it; one
that says `close` first closes the sheet, opens its box, and writes one line more with what is kept.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest.mock import patch

import samples
from starlette.requests import Request
from starlette.responses import Response

from agreements.plan import Ask, Plan
from dialogue.hosting import Hosting
from dialogue.paths import Places
from dialogue.web.door import Door
from dialogue.web.routes import HOLD_SECONDS
from dialogue.web.server import WebDoor
from sessions import decide
from sessions.beginning import Opening
from sessions.boottime import Clock, seconds_since_boot, system_clock
from sessions.decide_sheet import GRACE_SECONDS
from sessions.document import Setting
from sessions.live import LiveSession
from sessions.seating import new_seat
from sessions.store import Store

LOOPBACK = "127.0.0.1"
ASKS = tuple(
    Ask(id=f"ask-{number}", kind="words", text="What stays with you?") for number in range(1, 5)
)
"""As many as a sheet has at most, so that a page has four envelopes to send."""


class Nothing:
    """Stands where the routes do, and does nothing at all with a request."""

    def __init__(self, *_arguments: object, **_named: object) -> None:
        """Take what the routes take."""

    async def app(self, scope: object, receive: object, send: object) -> None:
        """Read the body and answer with an empty one."""
        await Request(scope, receive).body()  # type: ignore[arg-type]
        await Response()(scope, receive, send)  # type: ignore[arg-type]


@dataclass
class Later:
    """The computer's clock, which can be put forward."""

    by: float = 0.0

    @property
    def clock(self) -> Clock:
        """What the session reads."""
        return Clock(boot=lambda: seconds_since_boot() + self.by, wall=system_clock().wall)


def plan() -> Plan:
    """Return a shipped plan whose first step asks four times for words."""
    whole = samples.library().plan("lunch-and-learn")
    first, *others = whole.steps
    return whole.model_copy(update={"steps": (first.model_copy(update={"asks": ASKS}), *others)})


def begin(folder: Path, heads: int, clock: Clock) -> LiveSession:
    """Open a session in a folder and start its first step."""
    content = samples.library()
    opening = Opening(
        title="",
        plan=plan(),
        protocol=content.protocol,
        setting=Setting(heads=heads, confidentiality="stories-stay"),
    )
    session = LiveSession.begin(Store(folder / "data"), opening, clock)
    if session.step is None:
        session.do(decide.next_step)
    return session


def door(behind: Door, hold_seconds: float) -> WebDoor:
    """Return the door on loopback."""
    return WebDoor(behind, names=(LOOPBACK,), bind=LOOPBACK, port=0, hold_seconds=hold_seconds)


@contextmanager
def of_kind(kind: str) -> Iterator[None]:
    """Make the server what it is to be measured as."""
    with ExitStack() as changed:
        if kind == "nothing":
            changed.enter_context(patch("dialogue.web.server.Routes", Nothing))
        elif kind == "unsynced":
            changed.enter_context(patch("sessions.cells.CellFile.sync", lambda _file: None))
        yield


def say(**table: object) -> None:
    """Write a line of JSON for whoever started this."""
    print(json.dumps(table), flush=True)


async def serve(kind: str, heads: int, folder: Path) -> None:
    """Serve the sheet until a line comes in."""
    later = Later()
    hold_seconds = HOLD_SECONDS if kind == "shipped" else 0.0
    session = begin(folder, heads, later.clock)
    host = Hosting(
        session,
        Places(folder / "data", folder / "config"),
        door_for=partial(door, hold_seconds=hold_seconds),
    )
    await host.start()
    for _ in range(heads):
        host.sheets.seats.is_here(new_seat())
    host.sheets.open()
    say(url=host.url, asks=[ask.id for ask in ASKS])
    line = await asyncio.to_thread(sys.stdin.readline)
    if line.strip() == "close":
        host.sheets.close()
        later.by += GRACE_SECONDS
        host.sheets.finish()
        answers = session.record.answers
        say(kept={one.ask: [item.text for item in one.items] for one in answers})
    await host.stop()
    session.leave()


def main() -> int:
    """Serve what the arguments say."""
    kind, heads, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    with of_kind(kind):
        asyncio.run(serve(kind, heads, folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
