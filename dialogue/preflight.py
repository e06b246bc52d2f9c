"""Before the session: a real door with a page that waits, to see whether a phone gets here.

Touches: the network, for as long as it is open; the tools of `dialogue.firewall`. The page says
that this works and follows the session, which opens behind the same address. Nothing can be sent
through this door.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable, Mapping
from functools import partial

from agreements.library import Library
from agreements.model import CompassPoint
from agreements.sentence import Sentence
from dialogue import reaching
from dialogue.addresses import addresses_of, is_number
from dialogue.doorway import NO_NETWORK, Doorway, HeldDoor
from dialogue.finding import Finding
from dialogue.firewall import Answer, firewall_answer
from dialogue.web.door import Receipt
from dialogue.web.errors import WebDoorError
from dialogue.web.strings import spoken, strings_in
from dialogue.web.tls import certified
from sessions.room import Agreement, RoomView
from sessions.seating import Admission


class WaitingRoom:
    """A door without a session: it shows that it is there, and takes nothing."""

    def __init__(self, library: Library, language: str) -> None:
        """Wait in a language."""
        said = strings_in(spoken(language))["waiting"]
        protocol = library.protocol
        self._compass = protocol.compass
        self._view = RoomView(
            title="",
            language=spoken(language),
            moment="talking",
            step=said["works"],
            prompts=(said["keep"],),
            content_note="",
            second_door="",
            agreements=tuple(
                Agreement(one.name, one.asks, one.does_not_ask) for one in protocol.agreements
            ),
            house_agreements=(),
            rule_name="",
            rule_text="",
            care_contact="",
            reporting_contact="",
            retention_days=0,
        )

    def view(self, language: str = "") -> RoomView:
        """Return that this works."""
        del language  # the waiting page says its two sentences in every one
        return self._view

    def compass(self, language: str = "") -> tuple[CompassPoint, ...]:
        """Return the places of the compass, in its order."""
        del language
        return self._compass

    def seat_is_here(self, seat: str, code: str = "") -> Admission:
        """Keep no seat: nobody is counted before the session."""
        del seat, code
        return "open"

    def token(self, ask: str, code: str = "") -> str:
        """Return no token: nothing is asked."""
        del ask, code
        return ""

    async def receive(
        self,
        ask: str,
        token: str,
        fields: Mapping[str, str],
        *,
        withdrawable: bool = False,
        language: str = "",
    ) -> Receipt:
        """Take nothing; the words stay with their writer."""
        del ask, token, fields, withdrawable, language
        return Receipt("late")

    def withdraw(self, words: str) -> None:
        """Do nothing: nothing was ever taken."""


class Preflight:
    """Opens the waiting page, and tells what was found."""

    def __init__(
        self,
        doorway: Doorway,
        room: WaitingRoom,
        *,
        system: str = sys.platform,
        ask_firewall: Callable[[int], Answer] = firewall_answer,
    ) -> None:
        """Make ready; `start` opens the door.

        Args:
            doorway: The way to this computer's networks.
            room: What the page shows.
            system: The running system, as `sys.platform` names it.
            ask_firewall: Says whether this computer's firewall lets phones come to a port.
        """
        self.firewall: Answer = "unknown"
        """What the firewall says of the door, once it is open."""
        self._ask_firewall = ask_firewall
        self._doorway = doorway
        self._room = room
        self._system = system
        self._wanted = doorway.port
        self._held = HeldDoor()
        self._problem: Finding | None = None
        self._certificate: list[Finding] = []

    @property
    def url(self) -> str:
        """Where a phone finds the waiting page; empty while there is none."""
        return self._held.url

    @property
    def seen(self) -> bool:
        """Whether a page on another computer or phone has called; which one, nobody knows."""
        return self._held.seen

    async def start(self) -> None:
        """Open the door; why it cannot be opened is a finding."""
        try:
            await self._held.take(partial(self._doorway.open, self._room, waiting=True))
        except WebDoorError as error:
            lone = error.sentence == NO_NETWORK
            self._problem = reaching.NO_NETWORK if lone else Finding(error.sentence, fine=False)
            return
        if self._held.door is None:
            return  # it was left meanwhile
        with contextlib.suppress(WebDoorError):  # then the door would not have opened
            self._certificate = await self._looked_at_certificate()
        # Its tools are slow: the page is there meanwhile.
        self.firewall = await asyncio.to_thread(self._ask_firewall, self._doorway.port)

    async def stop(self) -> None:
        """Close the door; the session opens its own behind the same address."""
        await self._held.leave()

    async def wait(self, seconds: float) -> bool:
        """Wait for a phone, so long at most, and say whether one was seen."""
        loop = asyncio.get_running_loop()
        last = loop.time() + seconds
        while not self.seen and loop.time() < last:  # noqa: ASYNC110 — a boolean tells nobody
            await asyncio.sleep(min(0.2, seconds))
        return self.seen

    def findings(self, *, late: bool) -> list[Finding]:
        """Return what was found about phones, each with what to do where it is not fine.

        Args:
            late: A phone has had time enough to be seen.
        """
        if self._problem is not None:
            return [self._problem]
        if self._held.door is None:
            return []
        return [*self._seen(late=late), *self.places()]

    def places(self) -> list[Finding]:
        """Return where the door listens, and what phones would make of its certificate."""
        others = () if self._doorway.tls else self._doorway.addresses[1:]
        listening = reaching.where(self.url, others, self._wanted, self._doorway.port)
        return [*listening, *self._certificate]

    def _seen(self, *, late: bool) -> list[Finding]:
        if self.seen:
            return [reaching.SEEN]
        port, answer = self._doorway.port, self.firewall
        told = [reaching.of_firewall(self._system, port)] if answer == "closed" else []
        if not late:
            return [*told, Finding(Sentence.joined(reaching.NOT_SEEN, reaching.TRY), hint=True)]
        why = reaching.not_seen(self._system, port, firewall_known=answer != "unknown")
        return [
            *told,
            Finding(Sentence.joined(reaching.NOT_SEEN, "Usually it is one of these:"), fine=False),
            *(Finding(one, hint=True) for one in why),
        ]

    async def _looked_at_certificate(self) -> list[Finding]:
        """Return what phones would stumble over, though the certificate can be used."""
        tls = self._doorway.tls
        if tls is None:
            return []
        found = [reaching.signed_itself()] if certified(tls).signed_itself else []
        name = self.url.partition("//")[2].partition(":")[0]
        if not is_number(name):
            own = self._doorway.addresses
            astray = reaching.leads_elsewhere(name, await addresses_of(name), own)
            found += [astray] if astray else []
        return found
