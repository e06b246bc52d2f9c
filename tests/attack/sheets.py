"""What attacks on a sheet share: a real session with a real sheet, on a clock set by hand.

Touches: disk, below the folder it is given.
"""

from __future__ import annotations

import base64
import random
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from agreements.model import Protocol
from agreements.plan import Ask, AskOption, Plan
from dialogue.paths import Places
from dialogue.reception import Reception
from sessions import decide, opening
from sessions.beginning import Opening
from sessions.decide_sheet import GRACE_SECONDS
from sessions.keys import KeyFolder
from sessions.live import LiveSession
from sessions.opening import Opened
from sessions.payloads import Payload, encode
from sessions.room import RoomView
from sessions.seating import new_seat
from sessions.sheet_desk import SheetDesk
from sessions.store import Store
from tests.plugin_sessions import FakeClock, plan_of, setting_of, step_of

WORDS = Ask(id="what-stays", kind="words", text="What stays with you?")
SCALE = Ask(id="useful", kind="scale", text="How useful was it?")
OPTIONS = (AskOption(id="yes", label="Yes"), AskOption(id="no", label="No"))
EVERY_KIND = (
    (
        WORDS,
        Ask(id="compass-now", kind="compass", text="Where are you now?"),
        Ask(id="again", kind="choice", text="Again?", options=OPTIONS),
    ),
    (
        SCALE,
        Ask(id="ready", kind="then-now", text="How ready are you?"),
        Ask(id="card", kind="commitment", text="What will you start?"),
    ),
)
"""Two sheets with every kind of ask on them."""

SHORTEST = 8
"""Fewer bytes than this stand in a file of random ones by chance."""

TURNS = 20
"""So often are files looked at before they are said never to stand still."""


def forms_of(word: str) -> Iterator[bytes]:
    """Yield how a word may stand in a file: as it is, as UTF-16, as hex, within base64."""
    data = word.encode()
    yield data
    yield word.encode("utf-16-le")
    yield word.encode("utf-16-be")
    yield data.hex().encode()
    yield from (within_base64(data, pad) for pad in range(3))


def within_base64(data: bytes, pad: int) -> bytes:
    """Return what of some bytes is the same in base64, whatever stands around them there."""
    coded = base64.b64encode(b"\0" * pad + data + b"\0" * (-(pad + len(data)) % 3))
    return coded[4:-4]


def marks_of(words: Iterable[str]) -> list[bytes]:
    """Return all forms of some words that are long enough to be no chance."""
    return [form for word in words for form in forms_of(word) if len(form) >= SHORTEST]


def files_with(words: Iterable[str], *roots: Path) -> list[str]:
    """Return the names of the files below some folders that hold one of the words in any form.

    A file that a save puts in its place meanwhile has another name then: all are looked at again.
    """
    marks = marks_of(words)
    for _ in range(TURNS):
        files = (path for root in roots for path in sorted(root.rglob("*")) if path.is_file())
        try:
            return [path.name for path in files if any(mark in path.read_bytes() for mark in marks)]
        except FileNotFoundError:
            continue
    raise AssertionError("The files never stood still.")


def plan_with(*sheets: tuple[Ask, ...]) -> Plan:
    """Return a plan with a step for each sheet, and a closing."""
    steps = (step_of(f"sheet-{number}", asks=asks) for number, asks in enumerate(sheets, 1))
    return plan_of(*steps, step_of("closing", kind="closing"))


@dataclass
class Sheet:
    """A session with its sheet desk; and what the screens see of its room."""

    places: Places
    clock: FakeClock
    session: LiveSession
    sheets: SheetDesk
    reception: Reception
    url: str = "http://192.0.2.7:8765"
    problem: str = ""
    blank: bool = False
    seen: bool = True

    @classmethod
    def begin(
        cls, folder: Path, plan: Plan, protocol: Protocol, *, heads: int, threshold: int = 5
    ) -> Sheet:
        """Begin a session in a folder, in its first step."""
        places, clock = Places(folder / "data", folder / "config"), FakeClock()
        opening = Opening(
            title="A test",
            plan=plan,
            protocol=protocol,
            setting=setting_of(heads, threshold=threshold),
        )
        session = LiveSession.begin(Store(places.data), opening, clock.clock)
        clock.tick(60)
        session.do(decide.next_step)
        return cls.at(places, clock, session)

    @classmethod
    def at(cls, places: Places, clock: FakeClock, session: LiveSession) -> Sheet:
        """Take a session up where it stands."""
        desk = SheetDesk(session, KeyFolder(places.config))
        return cls(places, clock, session, desk, Reception(session, desk))

    def taken_up(self, places: Places | None = None) -> Sheet:
        """Return the same session as the next start of the program takes it up."""
        where = places or self.places
        folder = Store(where.data).find(self.session.folder.name)
        return Sheet.at(where, self.clock, LiveSession.resume(folder, self.clock.clock))

    def view(self) -> RoomView:
        """Return what the room may see."""
        return self.reception.view()

    async def start(self) -> None:
        """Open no door."""

    async def stop(self) -> None:
        """Let go of the box."""
        self.sheets.leave()

    def open(self, pages: int | None = None) -> None:
        """Open the asks of the running step to so many pages; to everybody's, by default."""
        for _ in range(pages or self.session.state.heads):
            self.sheets.seats.is_here(new_seat())
        self.sheets.open()

    def write(self, ask: str, payload: Payload) -> str:
        """Let somebody answer, and return the token she did it with."""
        voices = self.sheets.voices
        assert voices is not None
        token = voices.new_tokens()[ask]
        assert voices.submit(ask, token, encode(payload)).result() == "kept"
        return token

    def close(self) -> Opened | None:
        """Close the sheet, wait, and open its box."""
        self.sheets.close()
        self.clock.tick(GRACE_SECONDS)
        return self.sheets.finish()

    def end(self) -> None:
        """Close the session."""
        self.session.do(decide.begin_closing)
        self.session.close()

    def leave(self) -> None:
        """Let go of everything, as the program does at its end."""
        self.sheets.leave()
        self.session.leave()


def seeded(patch: pytest.MonkeyPatch, seed: int) -> None:
    """Let the opening of sheets and the review draw the same each time."""
    drawn = random.Random(seed)
    patch.setattr(secrets, "randbelow", drawn.randrange)
    patch.setattr(opening, "new_id", lambda: drawn.randbytes(16).hex())


Begin = Callable[..., Sheet]


def beginner(folder: Path, protocol: Protocol, begun: list[Sheet]) -> Begin:
    """Return a way to begin sessions, each in a folder of its own below one."""

    def begin(*sheets: tuple[Ask, ...], heads: int = 12) -> Sheet:
        here = folder / f"session-{len(begun)}"
        begun.append(Sheet.begin(here, plan_with(*sheets), protocol, heads=heads))
        return begun[-1]

    return begin
