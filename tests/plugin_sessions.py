"""What tests of the record share: a clock that is set by hand, small plans, and sessions to run.

A plugin of pytest, named in `tests/conftest.py`; its builders may be imported too.
"""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from agreements.library import Library, open_library
from agreements.model import Protocol
from agreements.plan import Ask, FixedDuration, Flex, Plan, Step
from sessions import decide, disk
from sessions.beginning import Opening
from sessions.boottime import Clock
from sessions.decide import Moment
from sessions.deidentify.roster import Roster
from sessions.document import OpenRecord, Record, RunningClock, Setting, to_json
from sessions.live import LiveSession
from sessions.state import SessionState, replay
from sessions.store import RECORD_NAME, SessionFolder, Store
from sessions.text import paragraph
from sessions.timeline import (
    AnyEvent,
    ClosingBegun,
    Paused,
    SessionClosed,
    SessionOpened,
    StepStarted,
)
from sessions.versions import facts_of, first_version, without_lost_facts

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MINUTE = 60


@dataclass
class FakeClock:
    """Two clocks that a test moves: the one that counts sleep, and the one on the wall."""

    boot: float = 5_000.0
    wall: datetime = NOON

    @property
    def clock(self) -> Clock:
        """What the code under test reads."""
        return Clock(boot=lambda: self.boot, wall=lambda: self.wall)

    def tick(self, seconds: float) -> None:
        """Let time pass, awake or asleep: both clocks go on."""
        self.boot += seconds
        self.wall += timedelta(seconds=seconds)

    def jump(self, seconds: float) -> None:
        """Set the wall clock, as a time server does; no time passes."""
        self.wall += timedelta(seconds=seconds)

    def restart(self, seconds: float) -> None:
        """Start the computer anew, so long after: the clock since its start begins again."""
        self.wall += timedelta(seconds=seconds)
        self.boot = 20.0


EVENTS: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)
"""Reads and writes one event."""

WORDS = Ask(id="words", kind="words", text="What stays with you?")


def step_of(step_id: str, minutes: float = 10, **fields: object) -> Step:
    """Return a step of so many minutes; fields override."""
    basics: dict[str, object] = {
        "id": step_id,
        "title": step_id.replace("-", " ").capitalize(),
        "kind": "talk",
        "phase": "explore",
        "format": "plenary",
        "duration": FixedDuration(minutes=minutes),
    }
    return Step.model_validate(basics | fields)


def plan_of(*steps: Step, alternatives: tuple[Step, ...] = (), **fields: object) -> Plan:
    """Return a plan of these steps; fields override."""
    basics: dict[str, object] = {
        "id": "tiny",
        "title": "A tiny plan",
        "revision": 1,
        "language": "en",
        "source": "Made for a test.",
        "license": "MIT",
        "purpose": "To be tried.",
        "minutes": 60,
        "steps": steps,
        "alternatives": alternatives,
    }
    return Plan.model_validate(basics | fields)


def branching_plan() -> Plan:
    """Return a plan with everything a running order can trip over.

    In order: an opening that is protected and may be declined, a block of two parts that may be
    declined as a whole, a round for at most 18 that else gives way, slack, and a closing.
    """
    return plan_of(
        step_of("welcome", 5),
        step_of("consent", 10, consent=True, alternative="rules", flex=Flex(protected=True)),
        step_of("block", duration=None, alternative="quiet"),
        step_of("pairs", 10, parent="block", condition="isolate-race", asks=(WORDS,)),
        step_of("threes", 10, parent="block"),
        step_of("round", 10, max_heads=18, alternative="chorus", flex=Flex(drop_order=1)),
        step_of("spare", 5, kind="slack"),
        step_of("closing", 10, kind="closing", flex=Flex(protected=True)),
        alternatives=(
            step_of("rules", 5, flex=Flex(protected=True)),
            step_of("quiet", 15),
            step_of("chorus", 5, flex=Flex(drop_order=1)),
        ),
    )


@pytest.fixture(scope="session")
def library() -> Library:
    """Return the content that is shipped."""
    return open_library(paragraph)


@pytest.fixture(scope="session")
def protocol(library: Library) -> Protocol:
    """Return the shipped agreements, conditions and compass."""
    return library.protocol


@pytest.fixture(scope="session")
def lunch(library: Library) -> Plan:
    """Return the shipped hour."""
    return library.plan("lunch-and-learn")


@pytest.fixture(scope="session")
def tiny() -> Plan:
    """Return a made-up plan with branches."""
    return branching_plan()


@pytest.fixture
def fake_clock() -> FakeClock:
    """Return a clock that moves only when told to."""
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an empty folder of sessions."""
    return Store(tmp_path / "data")


def moment_of(state: SessionState, plan: Plan, protocol: Protocol, at: int | None = None) -> Moment:
    """Return a moment to decide upon, by default that of the last event."""
    return Moment(state, plan, protocol, state.at if at is None else at)


def total_spent(state: SessionState) -> int:
    """Return all seconds since opening, wherever they went; equal to the state's `at`."""
    beside = state.arrival_seconds + state.paused_seconds + state.closing_seconds
    return beside + sum(state.spent.values())


def is_consistent(record: OpenRecord) -> bool:
    """Say whether the facts a record holds are those its timeline keeps."""
    return facts_of(record).keys() == replay(without_lost_facts(record)).facts.keys()


def setting_of(heads: int = 12, **fields: object) -> Setting:
    """Return what was chosen before the start; fields override."""
    basics: dict[str, object] = {"heads": heads, "confidentiality": "stories-stay"}
    return Setting.model_validate(basics | fields)


def opened(heads: int = 12) -> tuple[AnyEvent, ...]:
    """Return the beginning of a timeline."""
    return (SessionOpened(at=0, heads=heads, stop_at=3600),)


def running(step: str, *more: AnyEvent, heads: int = 12) -> tuple[AnyEvent, ...]:
    """Return a timeline in which a step runs."""
    return (*opened(heads), *more, StepStarted(at=10, step=step))


def paused(step: str, *more: AnyEvent) -> tuple[AnyEvent, ...]:
    """Return a timeline in which a step is paused."""
    return (*running(step, *more), Paused(at=20))


def closing(step: str = "closing") -> tuple[AnyEvent, ...]:
    """Return a timeline in which the session is being closed."""
    return (*running(step), ClosingBegun(at=20))


def closed() -> tuple[AnyEvent, ...]:
    """Return the timeline of a session that is over."""
    return (*closing(), SessionClosed(at=30))


@dataclass
class Room:
    """Sessions of one test, on one store and one clock; all are let go of at the end."""

    store: Store
    clock: FakeClock
    protocol: Protocol
    sessions: list[LiveSession] = field(default_factory=list)

    def begin(
        self,
        plan: Plan,
        *,
        title: str = "A test",
        heads: int = 12,
        setting: Setting | None = None,
        stop_in_seconds: int | None = None,
        names: str = "",
    ) -> LiveSession:
        """Begin a session; the names are pasted into its roster."""
        opening = Opening(
            title=title,
            plan=plan,
            protocol=self.protocol,
            setting=setting or setting_of(heads),
            stop_in_seconds=stop_in_seconds,
            roster=Roster.parse(names),
        )
        session = LiveSession.begin(self.store, opening, self.clock.clock)
        self.sessions.append(session)
        return session

    def resume(self, session: LiveSession) -> LiveSession:
        """Resume a session by its folder, as the next start of the program does."""
        again = LiveSession.resume(self.store.find(session.folder.name), self.clock.clock)
        self.sessions.append(again)
        return again


@pytest.fixture
def room(store: Store, fake_clock: FakeClock, protocol: Protocol) -> Iterator[Room]:
    """Return a room to begin sessions in."""
    room = Room(store, fake_clock, protocol)
    yield room
    for session in room.sessions:
        session.leave()


Make = Callable[..., OpenRecord]


@pytest.fixture
def make(tiny: Plan, protocol: Protocol) -> Make:
    """Return a way to make an open record with a title."""

    def record(title: str = "A test", **fields: object) -> OpenRecord:
        first = first_version(
            session_id="0" * 32,
            title=title,
            held_on=NOON.date(),
            plan=tiny,
            protocol=protocol,
            setting=setting_of(12),
            clock=RunningClock(opened=NOON, at=0, wall=NOON),
            events=[SessionOpened(at=0, heads=12)],
            rehearsal=False,
        )
        return first.model_copy(update=fields)

    return record


def put(store: Store, name: str, data: bytes) -> SessionFolder:
    """Put a file where the record of a session would be."""
    folder = store.sessions / name
    folder.mkdir(parents=True)
    (folder / RECORD_NAME).write_bytes(data)
    return SessionFolder(folder)


def kept(store: Store, record: Record) -> SessionFolder:
    """Save a record in a folder of its own."""
    folder = store.create(held_on=NOON.date(), title="A test", rehearsal=record.rehearsal)
    folder.write(record)
    return folder


def changed(record: Record, **keys: object) -> bytes:
    """Return the bytes of a record with some keys changed by hand."""
    return json.dumps(json.loads(to_json(record)) | keys).encode()


def ask_of(plan: Plan, ask_id: str) -> Ask:
    """Return an ask of a plan."""
    return next(ask for step in plan.steps for ask in step.asks if ask.id == ask_id)


def on_disk(session: LiveSession) -> OpenRecord:
    """Return the record as it lies on the disk once everything is kept."""
    assert session._saver.flush()
    record = session.folder.read()
    assert isinstance(record, OpenRecord)
    return record


def without_chance(record: bytes) -> dict[str, Any]:
    """Return a record without its random ids and its clock; what was sorted by ids is not."""
    table = json.loads(record)
    for key in ("clock", "elapsed"):
        table.pop(key, None)
    found = _without_ids(table)
    assert isinstance(found, dict)
    return found


def _without_ids(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_ids(one) for key, one in value.items()}
    if isinstance(value, list):
        return sorted(map(_without_ids, value), key=lambda one: json.dumps(one, sort_keys=True))
    return "…" if isinstance(value, str) and re.fullmatch("[0-9a-f]{32}", value) else value


def without_clock(record: OpenRecord) -> bytes:
    """Return a record's bytes but for the clock, which goes on whatever happens."""
    table = json.loads(to_json(record))
    del table["clock"]
    return json.dumps(table).encode()


@pytest.fixture
def session(room: Room, lunch: Plan) -> LiveSession:
    """Return a session of the shipped hour, in its second step."""
    session = room.begin(lunch, stop_in_seconds=3600)
    room.clock.tick(60)
    session.do(decide.next_step)
    return session


@pytest.fixture
def full_disk() -> Iterator[pytest.MonkeyPatch]:
    """Let every write fail until it is undone."""
    # A patch of its own: undoing the test's would take the fences down too.
    with pytest.MonkeyPatch.context() as patch:
        fill_disk(patch)
        yield patch


def fill_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every write fail from now on, as on a full disk."""

    def fail(_descriptor: int, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk, "_write_all", fail)
