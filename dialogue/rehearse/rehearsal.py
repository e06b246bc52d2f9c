"""Rehearses a plan: a real session, a real door on loopback, a simulated room, a clock that jumps.

Touches: disk, the network on loopback, the clock once, for the date. The session lies in the
folder of rehearsals and is watermarked; it is never listed and counts in no programme.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from pathlib import Path

from agreements.library import Library
from agreements.plan import Plan
from dialogue.config import Config
from dialogue.content import chosen_rule
from dialogue.hosting import Hosting
from dialogue.paths import Places
from dialogue.rehearse.chance import Chance
from dialogue.rehearse.crowd import Crowd, Ledger, Room
from dialogue.rehearse.facilitator import ARRIVAL_SECONDS, Facilitator, Trouble
from dialogue.rehearse.people import Meaning
from dialogue.rehearse.texts import ROSTER, made_up
from dialogue.rehearse.trouble import HardDay
from dialogue.rehearse.virtual import Time, VirtualTime
from dialogue.web.connections import Limits
from dialogue.web.door import Door
from dialogue.web.server import WebDoor
from sessions.beginning import Opening
from sessions.boottime import system_clock
from sessions.cards import CardBatch, CardFolder, draw
from sessions.condense import step_records
from sessions.deidentify.roster import Roster
from sessions.disclosure import FLOOR
from sessions.document import Setting, StepRecord
from sessions.errors import CommandRefusedError
from sessions.live import LiveSession
from sessions.name_desk import NameDesk
from sessions.store import Store

LOOPBACK = "127.0.0.1"
BEGINS = time(9, 0)
"""What the clock on the wall shows when a rehearsal begins."""

_MORE_CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be rehearsed."""

    places: Places
    config: Config
    library: Library
    plan: Plan
    heads: int
    seed: int
    texts: Sequence[str] = ()
    """What words are taken from; what is made up in the plan's language, when there are none."""
    keep_names: bool = False
    """Names in what people wrote are not hidden, so that it can be compared with what was sent."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """What the browsers say of themselves in every request."""
    codes: Sequence[str] = field(default=(), repr=False)
    """The codes on seat cards, one for each person; then it takes one to write."""
    batch: CardBatch | None = None
    """What is kept of these cards."""
    trouble: bool = False
    """Things go wrong, within what the plan can give."""

    def with_cards(self) -> Wanted:
        """Return the same with a card for everybody."""
        batch, codes = draw(self.heads)
        return replace(self, batch=batch, codes=codes)


@dataclass(frozen=True, slots=True)
class AskRehearsed:
    """What became of one ask."""

    ask: str
    opened: bool
    """False where fewer than five wrote: then nobody has read anything."""
    acknowledged: Counter[Meaning] = field(repr=False)
    """What the phones were told is kept, each answer as its writer meant it."""
    kept: Counter[Meaning] = field(repr=False)
    """What the record held right after the box was opened."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A rehearsal that has ended."""

    id: str
    """The session's name."""
    path: Path
    """Its record, which is closed."""
    sent: int
    acknowledged: int
    asks: tuple[AskRehearsed, ...]
    troubles: tuple[Trouble, ...] = ()
    """What went wrong, in order."""
    early_seconds: int = 0
    """How long before the hard stop the last step was over; negative when it was after it."""
    steps: tuple[StepRecord, ...] = ()
    """What became of every step, as the record has it."""

    def lost(self, *, names_kept: bool) -> tuple[str, ...]:
        """Return the asks of which not exactly that was kept which was acknowledged.

        Args:
            names_kept: No names were hidden, so the words are compared too, and not only counted.
        """
        return tuple(one.ask for one in self.asks if not _agrees(one, names_kept=names_kept))


class _OpenNames(NameDesk):
    """Hides no names in what people wrote."""

    def hidden(self, text: str, item: str) -> str:  # noqa: ARG002
        """Return the words as they are."""
        return text


async def rehearse(wanted: Wanted) -> Rehearsed:
    """Rehearse from the first step to the closed record, as fast as the computer can.

    Raises:
        CommandRefusedError: The door could not be opened on this computer.
        StorageError: Something could not be saved.
    """
    clock = VirtualTime(morning())
    session = begin(wanted, clock)
    host = Hosting(session, wanted.places, door_for=door_for(wanted.heads))
    try:
        await host.start()
        if host.problem:
            raise CommandRefusedError(host.problem)
        crowd, facilitator = cast(wanted, session, host, clock)
        await clock.run(facilitator.lead())
        await host.stop()
        session.close()
    finally:
        await host.stop()
        session.leave()
    return result(session, crowd.ledger, facilitator)


def begin(wanted: Wanted, clock: Time) -> LiveSession:
    """Open the session in the folder of rehearsals.

    Raises:
        CommandRefusedError: So many people cannot be.
        StorageError: It could not be saved; nothing has begun.
    """
    config = wanted.config
    opening = Opening(
        title=wanted.plan.title,
        plan=wanted.plan,
        protocol=wanted.library.protocol,
        setting=Setting(
            heads=wanted.heads,
            confidentiality=chosen_rule(wanted.library, wanted.plan, config),
            retention_days=config.retention_days,
            modality=config.modality,
            care_contact=config.care_contact,
            reporting_contact=config.reporting_contact,
            seat_cards=wanted.batch is not None,
        ),
        stop_in_seconds=ARRIVAL_SECONDS + wanted.plan.minutes * 60,
        rehearsal=True,
        roster=Roster.parse(ROSTER),
    )
    session = LiveSession.begin(Store(wanted.places.data), opening, clock.clock)
    if wanted.keep_names:
        session.names = _OpenNames(session.names.aliases, session.names.roster)
    if wanted.batch is not None:
        # Of its own: the cards that were printed wait for a real session.
        CardFolder(wanted.places.config).bind(session.folder.name, wanted.batch)
    return session


def cast(
    wanted: Wanted, session: LiveSession, host: Hosting, clock: Time
) -> tuple[Crowd, Facilitator]:
    """Return those who play: the room, and who leads it."""
    chance = Chance(wanted.seed)
    room = Room(clock, wanted.texts or made_up(wanted.plan.language).reflections)
    crowd = Crowd(
        host.url, wanted.heads, room, chance.of_its_own("crowd"), wanted.headers, wanted.codes
    )
    kind = HardDay if wanted.trouble else Facilitator
    return crowd, kind(session, host, crowd, clock, chance.of_its_own("facilitator"))


def morning() -> datetime:
    """Return this morning, when a rehearsal begins."""
    today = system_clock().wall().astimezone().date()
    return datetime.combine(today, BEGINS).astimezone()


def door_for(heads: int) -> Callable[[Door], WebDoor]:
    """Return what makes a door on loopback, which takes so many phones from one address."""
    most = 2 * heads + _MORE_CONNECTIONS

    def make(door: Door) -> WebDoor:
        limits = Limits(sockets=most, per_peer=most)
        return WebDoor(
            door, names=(LOOPBACK,), bind=LOOPBACK, port=0, limits=limits, hold_seconds=0
        )

    return make


def result(session: LiveSession, ledger: Ledger, facilitator: Facilitator) -> Rehearsed:
    """Return what became of a rehearsal, once it has ended."""
    asks = tuple(
        AskRehearsed(one.ask, one.opened, ledger.by_ask[one.ask], one.meanings)
        for one in facilitator.found
    )
    folder, stop_at = session.folder, session.state.stop_at
    return Rehearsed(
        id=folder.name,
        path=folder.path,
        sent=ledger.sent,
        acknowledged=ledger.acknowledged,
        asks=asks,
        troubles=tuple(facilitator.troubles),
        early_seconds=(stop_at or 0) - (facilitator.over_at or 0),
        steps=step_records(session.plan, session.state),
    )


def _agrees(one: AskRehearsed, *, names_kept: bool) -> bool:
    if not one.opened:
        return not one.kept and one.acknowledged.total() < FLOOR
    if names_kept:
        return one.kept == one.acknowledged
    return one.kept.total() == one.acknowledged.total()
