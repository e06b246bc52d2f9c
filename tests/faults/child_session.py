"""A program that runs a session by chance and tells of every version; made to be killed.

Its arguments are the data folder and a number to draw chance from. It goes on with the session
that is open there, or begins one, and ends by itself when it has closed it. On its output

    A 7 1f3c…   version 7 is about to be handed over to be saved; this is its digest
    K 7         version 7, or a later one, is on the disk: this was told to whoever listens
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from agreements.model import Agreement, CompassPoint, Condition, ConfidentialityRule, Protocol
from agreements.plan import Ask, FixedDuration, Plan, Step
from sessions import decide
from sessions.beginning import Opening
from sessions.boottime import system_clock
from sessions.document import Record, Setting
from sessions.errors import CommandRefusedError
from sessions.facts import Fact, HouseAgreement, Note, ParkedQuestion
from sessions.live import LiveSession
from sessions.store import Store

MOST_EVENTS = 120

SCALE = Ask(id="useful", kind="scale", text="How useful was it?")


def digest(record: Record) -> str:
    """Return what a record is known by, but for its clock."""
    return hashlib.sha256(record.model_dump_json(exclude={"clock"}).encode()).hexdigest()


def plan() -> Plan:
    """Return a plan of a few steps."""
    names = ("welcome", "pairs", "threes", "closing")
    steps = tuple(
        Step(
            id=name,
            title=name,
            kind="talk",
            phase="explore",
            format="plenary",
            duration=FixedDuration(minutes=10),
        )
        for name in names
    )
    return Plan(
        id="chance",
        title="By chance",
        revision=1,
        language="en",
        source="Made for a test.",
        license="MIT",
        purpose="To be killed.",
        minutes=40,
        steps=steps,
    )


def protocol() -> Protocol:
    """Return the least protocol there can be."""
    return Protocol(
        id="least",
        title="The least",
        revision=1,
        language="en",
        source="Made for a test.",
        license="MIT",
        agreements=(Agreement(id="one", name="One", asks="This.", does_not_ask="That."),),
        conditions=(Condition(id="here", number=1, name="Here", tier="engage", gloss="Now."),),
        compass=(
            CompassPoint(id="feeling", label="Feeling", starts="I feel"),
            CompassPoint(id="thinking", label="Thinking", starts="I think"),
        ),
        confidentiality=(ConfidentialityRule(id="stories-stay", name="Stories", text="Stay."),),
    )


def tell(*words: object) -> None:
    """Write a line that a kill cannot tear from a later one."""
    os.write(sys.stdout.fileno(), f"{' '.join(map(str, words))}\n".encode())


def opened(data: Path) -> LiveSession:
    """Resume the session that is open, or begin one; tell of every version from here on."""
    store, clock = Store(data), system_clock()
    waiting = [header for header in store.headers() if header.state == "open"]
    if waiting:
        session = LiveSession.resume(store.find(waiting[0].id), clock)
    else:
        setting = Setting(heads=12, confidentiality="stories-stay")
        opening = Opening(title="By chance", plan=plan(), protocol=protocol(), setting=setting)
        session = LiveSession.begin(store, opening, clock)
    tell("A", 0, digest(session.folder.read()))
    save = session._saver.save

    def telling_save(record: Record, **how: Any) -> int:  # noqa: ANN401
        tell("A", session.status.asked + 1, digest(record))
        return save(record, **how)

    session._saver.save = telling_save  # type: ignore[method-assign]
    session.on_saved = lambda status: tell("K", status.kept)
    return session


def strike_one(session: LiveSession, chance: random.Random) -> None:
    """Take out any fact."""
    facts: list[Fact] = [*session.facts(Note), *session.facts(ParkedQuestion)]
    if facts:
        session.strike(chance.choice(facts).id)


def acts(session: LiveSession, chance: random.Random) -> list[Callable[[], object]]:
    """Return what may be done next; most of it keeps words, so that there are some to lose."""
    words = f"words-{chance.getrandbits(64):016x}"
    return [
        lambda: session.do(decide.next_step),
        lambda: session.do(decide.previous_step),
        lambda: session.do(decide.pause),
        lambda: session.do(decide.resume),
        lambda: session.do(decide.change_heads, heads=chance.randint(5, 30)),
        lambda: session.keep_note(words),
        lambda: session.keep_note(f"{words} #a1"),
        lambda: session.keep_line(HouseAgreement, words),
        lambda: session.keep_line(ParkedQuestion, words),
        lambda: session.keep_wording("one", words),
        lambda: session.keep_tally(SCALE, {"1": 2, "5": chance.randint(1, 9)}),
        lambda: strike_one(session, chance),
        session.undo,
    ]


def main(data: Path, number: int) -> None:
    """Do things by chance until the session has become long, then close it."""
    chance = random.Random(number)
    session = opened(data)
    while len(session.events) < MOST_EVENTS:
        try:
            chance.choice(acts(session, chance))()
        except CommandRefusedError:
            continue
        if chance.random() < 0.5:
            time.sleep(chance.uniform(0, 0.002))
    if session.state.phase != "closing":
        session.do(decide.begin_closing)
    session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
