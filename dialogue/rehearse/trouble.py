"""A facilitator on a hard day: what goes wrong is drawn from the seed, within the plan's flex.

Touches: the session and its room, as any facilitator of a rehearsal.

People come late, talk on, decline a step, come and leave; breaks run over; harm is done, and the
session pauses. What is lost is never more than what the steps to come can give, reckoned here from
their durations alone. So a day that ends late was fitted badly, and never drawn too hard.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from agreements.durations import lone_length, plan_lengths, protected_ids
from agreements.plan import Ask, Step
from dialogue.rehearse.facilitator import PACE, Facilitator, Trouble, TroubleKind
from sessions import decide, order

LATE_START_SHARE: Final = 0.6
LATE_START: Final = (120, 1200)
OVERRUN_SHARE: Final = 0.3
OVERRUN: Final = (60, 600)
LATE_BREAK_SHARE: Final = 0.5
LATE_BREAK: Final = (60, 480)
HARM_SHARE: Final = 0.08
HARM: Final = (90, 600)
DECLINE_SHARE: Final = 0.35
DECLINE_AFTER: Final = (30, 90)
HEADS_SHARE: Final = 0.12
HEADS: Final = (-2, 3)
FEWEST_HEADS: Final = 5

GREED: Final = (0.2, 1.0)
"""How much of what the steps to come can give one step may take at most."""


@dataclass(frozen=True, slots=True)
class _ToCome:
    """What is still to go wrong in the step that runs."""

    harm: int = 0
    heads: int = 0


_NOTHING = _ToCome()


class HardDay(Facilitator):
    """Leads one session through everything that goes wrong."""

    patience_seconds = 0
    _coming = _NOTHING
    _began = 0.0
    _most = 0

    async def _lead_step(self, step: Step) -> None:
        running: Step | None = step
        if self._declines(step):
            seconds = self._chance.randint(*DECLINE_AFTER)
            await self._wait(seconds)
            self._session.do(decide.take_alternative)
            self._note("declined", seconds)
            self._catch_up()
            running = self._session.step
        await super()._lead_step(running or step)

    def _length(self, step: Step, allotted: int) -> float:
        """Draw what goes wrong in a step, and return how long the room stays in it.

        What is protected keeps its minutes: only a pause lengthens it, or people who are not back
        from a break.
        """
        self._most = self._room_for(step)
        spare = max(self._most - allotted, 0)
        most = int(spare * self._chance.uniform(*GREED))
        harm = self._drawn(HARM_SHARE, HARM) if _can_hurt(step) else 0
        late = 0
        pace = 1.0
        if step.kind in ("arrival", "break", "meal"):
            arrival = step.kind == "arrival"
            share, span = (
                (LATE_START_SHARE, LATE_START) if arrival else (LATE_BREAK_SHARE, LATE_BREAK)
            )
            late = self._drawn(share, span)
        elif not self._is_protected(step):
            late = self._drawn(OVERRUN_SHARE, OVERRUN)
            pace = self._chance.uniform(*PACE)
        harm = min(harm, most)
        late = min(late, most - harm)
        self._coming = _ToCome(harm, self._drawn(HEADS_SHARE, HEADS))
        self._began = self._time.now()
        self._tell(step, late)
        return min(math.floor(allotted * pace), allotted + most - harm - late) + harm + late

    def _has_time_for(self, seconds: float) -> bool:
        return self._time.now() + seconds <= self._began + self._most

    async def _as_it_comes(self, step: Step) -> None:
        """Let people come or leave, and harm be done; with asks that waits for the sheet."""
        if self._coming.heads:
            await self._wait(self._chance.randint(1, 20))
            self._change_heads(step, self._coming.heads)
        if not step.asks:
            await self._pause_for_harm()

    async def _while_open(self, closes: float) -> None:
        """Pause for harm while people write; the sheet stays, and so do their words."""
        await self._pause_for_harm(math.floor((closes - self._time.now()) / 2))

    async def _ask_in_writing(self, asks: Iterable[Ask], allotted: int) -> None:
        """Ask in what is left of the step; where no sheet could open, harm is done without one."""
        await super()._ask_in_writing(asks, allotted - int(self._time.now() - self._began))
        await self._pause_for_harm()

    async def _pause_for_harm(self, most: int = HARM[1]) -> None:
        """Pause, when harm is still to come, and for no longer than so many seconds."""
        seconds = min(self._coming.harm, most)
        if seconds > 0:
            self._coming = _NOTHING
            self._note("harm-pause", seconds)
            await self._pause(seconds)

    def _declines(self, step: Step) -> bool:
        """Say whether the group says no; once it has, it does so at each step that asks it."""
        other = None if step.alternative is None else self._session.plan.step(step.alternative)
        if not step.consent or other is None:
            return False
        needs = lone_length(self._session.plan, other, self._session.state.heads).fewest
        if self._room_for(step) < needs + DECLINE_AFTER[1]:
            return False
        return bool(self._session.state.declined) or self._chance.happens(DECLINE_SHARE)

    def _change_heads(self, step: Step, more: int) -> None:
        """Let people come or leave, unless what is to come then needs more than it does."""
        before = self._session.state.heads
        heads = max(before + more, FEWEST_HEADS)
        if sum(self._least_after(step, heads)) <= sum(self._least_after(step, before)):
            self._note("heads-changed", heads - before)
            self._session.do(decide.change_heads, heads=heads)

    def _drawn(self, share: float, span: tuple[int, int]) -> int:
        return self._chance.randint(*span) if self._chance.happens(share) else 0

    def _tell(self, step: Step, late: int) -> None:
        if not late:
            return
        if step.kind == "arrival":
            self._note("late-start", late)
        else:
            self._note("late-break" if step.kind in ("break", "meal") else "overrun", late)

    def _note(self, kind: TroubleKind, amount: int) -> None:
        self.troubles.append(Trouble(kind, amount))

    def _is_protected(self, step: Step) -> bool:
        return step.flex.protected or step.id in protected_ids(self._session.plan)

    def _room_for(self, step: Step) -> int:
        """Return the most that a step may take if everything after it gives all it can."""
        state = self._session.state
        stop = 0 if state.stop_at is None else state.stop_at
        return stop - state.at - sum(self._least_after(step, state.heads))

    def _least_after(self, step: Step, heads: int) -> Iterator[int]:
        """Yield the least that each step to come needs; nothing for one that may be left out."""
        plan, state = self._session.plan, replace(self._session.state, heads=heads)
        running = order.running_plan(plan, state)
        lengths = plan_lengths(running, heads)
        guarded = protected_ids(running)
        ahead = order.run_order(plan, state)
        ids = [one.id for one in ahead]
        for one in ahead[ids.index(step.id) + 1 :]:
            may_go = one.flex.drop_order is not None and one.id not in guarded
            if one.kind != "slack" and not may_go:
                yield lengths[one.id].fewest


def _can_hurt(step: Step) -> bool:
    return step.kind not in ("arrival", "break", "meal")
