"""A real session behind a real web door, and people with phones beside the one that is looked at.

Touches: disk and loopback. The session's clock moves only when a test says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from dialogue.caller.address import read_address
from dialogue.caller.caller import Caller, State
from dialogue.rehearse.chance import Chance
from dialogue.rehearse.people import Spoken, answer_to
from dialogue.web.connections import Limits
from dialogue.web.server import WebDoor
from dialogue.web.wire import Beat, Envelope
from sessions import decide
from sessions.decide_sheet import GRACE_SECONDS
from tests.web.conftest import WIDE_LIMITS, House
from tests.web.memory_door import MemoryDoor

if TYPE_CHECKING:
    from dialogue.hosting import Hosting
    from dialogue.web.door import Door
    from sessions.live import LiveSession
    from tests.plugin_sessions import FakeClock


def web_door(door: Door, limits: Limits = WIDE_LIMITS) -> WebDoor:
    """Return a door on loopback that lets many in from one address."""
    return WebDoor(
        door, names=["127.0.0.1"], bind="127.0.0.1", port=0, limits=limits, hold_seconds=0
    )


def house_of(host: Hosting) -> House:
    """Return a host as tests of the pages know one; what it keeps is in the session."""
    assert host.held.door is not None, host.problem
    return House(cast("MemoryDoor", None), host.held.door)


@dataclass
class Neighbour:
    """Somebody else in the room, with the page open."""

    phone: Caller
    seat: str = ""
    sheet: str = ""
    tokens: Mapping[str, str] = field(default_factory=dict)

    async def call(self, *envelopes: Envelope, withdraw: str = "") -> State:
        """Call once, and take the tokens of a new sheet."""
        self.seat = self.seat or await self.phone.open_page()
        state = await self.phone.beat(Beat(self.seat, self.sheet, envelopes, withdraw))
        if state["sheet"] is not None and state["sheet"]["id"] != self.sheet:
            self.sheet, self.tokens = state["sheet"]["id"], state["tokens"]
        return state

    async def say(self, ask: str, **fields: str) -> Mapping[str, Any]:
        """Answer one ask, and return the receipt."""
        state = await self.call(Envelope(ask, self.tokens[ask], fields))
        return cast("Mapping[str, Any]", state["receipts"][0])


@dataclass
class RealRoom:
    """A session, its host, and those who have come."""

    session: LiveSession
    host: Hosting
    clock: FakeClock
    neighbours: list[Neighbour] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where its phone page is."""
        return self.host.url

    async def come(self, number: int) -> None:
        """Let so many people open the page."""
        more = [Neighbour(Caller(read_address(self.url))) for _ in range(number)]
        self.neighbours += more
        await self.all_call()

    async def all_call(self) -> list[State]:
        """Let every page call once."""
        return await asyncio.gather(*(one.call() for one in self.neighbours))

    async def all_answer(self, number: int) -> None:
        """Let everybody answer every ask of the open sheet."""
        chance = Chance(number)
        await asyncio.gather(*(answer_all(one, chance) for one in self.neighbours))

    async def go_to(self, step: str) -> None:
        """Go on until a step runs."""
        while self.session.state.step != step:
            self.session.do(decide.next_step)
            self.clock.tick(5)
            await self.all_call()

    def finish(self) -> None:
        """Let the grace of a closing sheet pass, and open its box."""
        self.clock.tick(GRACE_SECONDS)
        self.host.sheets.finish()

    def leave(self) -> None:
        """Let go of every connection."""
        for one in self.neighbours:
            one.phone.hang_up()


async def answer_all(one: Neighbour, chance: Chance) -> None:
    """Let one of the others answer every ask of the open sheet."""
    for ask in (await one.call())["sheet"]["asks"]:
        answer = None
        while answer is None:
            token, texts = one.tokens[ask["id"]], ("Words of somebody else.",)
            answer = answer_to(ask, token, texts, Spoken(0, 1), chance)
        state = await one.call(answer.envelope)
        assert [found["outcome"] for found in state["receipts"]] == ["received"]


def kept_words(room: RealRoom, ask: str) -> Sequence[str]:
    """Return the words that the record keeps for an ask, once its box was opened."""
    answers = room.session.tally(ask)
    return [] if answers is None else [item.text or "" for item in answers.items]
