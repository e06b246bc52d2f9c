"""The facilitator of a rehearsal: runs a plan to its end, as a practised person would.

Touches: the session and its room; the system's random source through them. What she does follows
from the plan, the clock and seeded chance.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

from agreements.plan import Ask, Step
from dialogue.rehearse.chance import Chance
from dialogue.rehearse.crowd import Crowd
from dialogue.rehearse.people import Meaning, meaning_kept
from dialogue.rehearse.texts import made_up
from dialogue.rehearse.virtual import Time
from sessions import decide, reviewing
from sessions.decide_sheet import GRACE_SECONDS
from sessions.errors import CommandRefusedError
from sessions.facts import (
    AnswerItem,
    GroupCommitment,
    HouseAgreement,
    LeadershipAsk,
    ParkedQuestion,
)
from sessions.live import LiveSession
from sessions.reviewing import Verdict
from sessions.sheet_desk import SheetDesk

ARRIVAL_SECONDS: Final = 300
"""How long people arrive before the first step."""

CLOSING_SECONDS: Final = 60
"""How long the close takes."""

GATHER_SECONDS: Final = 6.0
"""From asking for the phones to opening the sheet: each page has called once by then."""

SHORTEST_SHEET_SECONDS: Final = 45.0
LONGEST_SHEET_SECONDS: Final = 240.0
MORE_SECONDS: Final = 60.0
"""How much longer a sheet is held open to which too few have written."""

BEHIND_SECONDS: Final = 30
"""So far behind the plan she takes the fit."""

PACE: Final = (0.95, 1.25)
"""How long a step takes, against what it was given."""

NOTE_SHARE: Final = 0.4
PAUSE_SHARE: Final = 0.08
SHARED_SHARE: Final = 0.5
HELD_BACK_SHARE: Final = 0.08

# Pages call at whole quarters of a second. She acts between them, so that no run can depend on
# who comes first.
_BETWEEN_BEATS: Final = 0.125


TroubleKind = Literal[
    "late-start", "overrun", "late-break", "harm-pause", "declined", "heads-changed"
]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong."""

    kind: TroubleKind
    amount: int
    """Seconds that were lost; for heads, how many came, negative when they left."""


class Host(Protocol):
    """The room of the session, as far as she acts on it."""

    sheets: SheetDesk
    """The sheet that is open, if one is."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the record held of one ask right after its box was opened."""

    ask: str
    opened: bool
    """False where fewer than the threshold wrote: then nobody has read anything."""
    meanings: Counter[Meaning] = field(repr=False)


class Facilitator:
    """Leads one session."""

    patience_seconds = BEHIND_SECONDS
    """So far behind she takes the fit."""

    def __init__(
        self, session: LiveSession, host: Host, crowd: Crowd, time: Time, chance: Chance
    ) -> None:
        """Stand at the door.

        Args:
            session: The session, just opened.
            host: Its room.
            crowd: Those who have come.
            time: What all of them live by.
            chance: Decides how long things take, and what is noted.
        """
        self.found: list[Found] = []
        """One for each ask of each sheet that was closed."""
        self.troubles: list[Trouble] = []
        """What went wrong, in order."""
        self.over_at: int | None = None
        """When the last step was over, in seconds since opening."""
        self._session = session
        self._sheets = host.sheets
        self._crowd = crowd
        self._time = time
        self._chance = chance
        self._texts = made_up(session.plan.language)
        self._themes = chance.sample(self._texts.notes, len(self._texts.notes))

    async def lead(self) -> None:
        """Lead through all steps, up to where the session can be closed."""
        if self._session.step is None:
            self._session.do(decide.next_step)
        while self._session.state.phase in ("running", "paused"):
            step = self._session.step
            if step is not None:
                await self._lead_step(step)
            self._catch_up()
            self._session.do(decide.next_step)
        self.over_at = self._session.now()
        await self._wait(CLOSING_SECONDS)

    async def _lead_step(self, step: Step) -> None:
        """Lead through one step, and stay in it for as long as the room takes."""
        allotted = self._allotted(step)
        ends = self._time.now() + self._length(step, allotted)
        self._open_step(step)
        await self._as_it_comes(step)
        asks = [ask for ask in step.asks if ask.id not in self._session.state.asked]
        if asks:
            await self._ask_in_writing(asks, allotted)
        if self._chance.happens(NOTE_SHARE):
            self._keep_note()
        await self._wait(ends - self._time.now())

    def _length(self, _step: Step, allotted: int) -> float:
        """Return how long the room stays in a step that was given so many seconds."""
        return allotted * self._chance.uniform(*PACE)

    def _has_time_for(self, _seconds: float) -> bool:
        """Say whether the running step can take so much longer than it was to."""
        return True

    async def _as_it_comes(self, _step: Step) -> None:
        """Take what comes early in a step: now and then a pause."""
        if self._chance.happens(PAUSE_SHARE):
            await self._pause(self._chance.randint(20, 90))

    async def _while_open(self, closes: float) -> None:
        """Take what comes while a sheet is open, up to the moment it closes."""

    def _keep_note(self) -> None:
        """Note a theme, each once."""
        if self._themes:
            self._session.keep_note(self._themes.pop())

    def _allotted(self, step: Step) -> int:
        allotted = self._session.time_of(step).allotted
        return ARRIVAL_SECONDS if step.kind == "arrival" else allotted

    def _open_step(self, step: Step) -> None:
        """Do what belongs to the beginning of a step."""
        session = self._session
        if step.condition is not None:
            session.do(decide.name_condition)
        if step.kind == "agreements" and not (session.state.adopted or session.state.declined):
            session.keep_line(HouseAgreement, self._chance.choice(self._texts.agreed))
            session.do(decide.adopt_agreements)
        elif step.kind == "talk":
            number = self._chance.randint(1, len(session.protocol.agreements))
            session.do(decide.name_agreement, number=number)
        elif step.kind == "aftercare":
            session.keep_line(GroupCommitment, self._chance.choice(self._texts.committed))
            session.keep_line(ParkedQuestion, self._chance.choice(self._texts.parked))
            session.keep_line(LeadershipAsk, self._chance.choice(self._texts.asked))

    def _catch_up(self) -> None:
        """Take the fit when the plan no longer fits, if there is one."""
        pace = self._session.pace()
        if pace.fit is None or pace.fit.fits or not pace.fit.feasible:
            return
        if (pace.behind_seconds or 0) > self.patience_seconds:
            self._session.fit()

    async def _pause(self, seconds: float) -> None:
        self._session.do(decide.pause)
        await self._wait(seconds)
        if self._session.state.phase == "paused":
            self._session.do(decide.resume)

    async def _ask_in_writing(self, asks: Iterable[Ask], allotted: int) -> None:
        """Open the sheet, close it, and review some of what was written."""
        opens = self._moment(self._time.now() + GATHER_SECONDS)
        length = allotted - GATHER_SECONDS - GRACE_SECONDS
        closes = opens + min(max(length, SHORTEST_SHEET_SECONDS), LONGEST_SHEET_SECONDS)
        self._crowd.hear(opens, closes)
        self._crowd.take_phones_out()
        await self._time.until(opens)
        await self._all_are_here()
        try:
            self._sheets.open()
        except CommandRefusedError:
            return  # fewer than five: they are asked aloud
        await self._while_open(closes)
        opened = await self._closed(closes)
        if not opened and self._has_time_for(MORE_SECONDS + GRACE_SECONDS):
            closes = self._time.now() + MORE_SECONDS
            self._crowd.hear(opens, closes)
            self._sheets.hold_open()
            opened = await self._closed(closes)
        if not opened:
            self._sheets.discard()
        self._look_at(asks)

    async def _all_are_here(self) -> None:
        """Wait until every page has been heard; not for long, for some phone is always asleep."""
        latest = self._time.now() + GATHER_SECONDS
        while self._sheets.seats.count() < self._session.state.heads and self._time.now() < latest:
            await self._wait(1)

    async def _closed(self, closes: float) -> bool:
        """Close the sheet at a moment, open its box, and say whether anything could be read."""
        await self._time.until(self._moment(closes))
        self._sheets.close()
        await self._wait(GRACE_SECONDS)
        while self._sheets.phase == "closing" and self._sheets.seconds_to_close() != 0:
            await self._wait(1)
        if self._sheets.phase == "closing":
            self._sheets.finish()
        return self._sheets.phase is None

    def _look_at(self, asks: Iterable[Ask]) -> None:
        """See what was written to each ask, then share, keep or hold back some of the words."""
        ids = set()
        for ask in asks:
            answers = self._session.tally(ask.id)
            items = () if answers is None else answers.items
            opened = answers is not None and answers.opened
            ids |= {item.id for item in items}
            meanings = Counter(meaning_kept(ask.kind, item) for item in items)
            self.found.append(Found(ask.id, opened, meanings))
        first = [item for item in reviewing.to_review(self._session) if item.id in ids]
        verdicts = {item.id: self._verdict(item) for item in first[: reviewing.FIRST]}
        if verdicts:
            reviewing.apply(self._session, verdicts)

    def _verdict(self, item: AnswerItem) -> Verdict:
        if self._chance.happens(HELD_BACK_SHARE):
            return "points to one person"
        may = reviewing.may_share(item)
        return "shared" if may and self._chance.happens(SHARED_SHARE) else "kept"

    async def _wait(self, seconds: float) -> None:
        await self._time.until(self._moment(self._time.now() + max(seconds, 0)))

    def _moment(self, at: float) -> float:
        """Return the next moment from then on that lies between two beats."""
        return math.ceil(at - _BETWEEN_BEATS) + _BETWEEN_BEATS
