"""The cue sheet: the run of show on paper, for whoever leads the session.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from agreements.durations import SECONDS_A_MINUTE, group_sizes
from agreements.model import Move, Prompt, Protocol
from agreements.plan import PerPersonDuration, Plan, Roles, Step
from dialogue.phrases import Strings
from dialogue.prints.day import Day
from dialogue.prints.model import CuePrompt, CueSheet, CueStep, Frame, Trouble
from sessions import order
from sessions.pacing import half_minutes
from sessions.state import SessionState
from sessions.team import Team, duties, roles_in
from sessions.timetable import StepTimes

_RULES: Final = ("all", "shuffle", "few", "after")
"""What is said about cards, in the order it is done."""


def cue_sheet(
    frame: Frame,
    day: Day,
    protocol: Protocol,
    moves: Mapping[str, Move],
    ready: tuple[str, ...],
    team: Team = "one",
) -> CueSheet:
    """Return the cue sheet of a plan on its day.

    Args:
        frame: What all parts share.
        day: The plan on the clock.
        protocol: The agreements and conditions that its steps name.
        moves: The moves that its steps name.
        ready: What to have ready before people come.
        team: How many lead it.
    """
    desk = _Desk(frame.texts, day, protocol, team)
    listed = day.times()
    instead = [one for one in day.plan.alternatives if one.id not in listed]
    return CueSheet(
        frame=frame,
        purpose=day.plan.purpose,
        facts=facts(frame.texts, day),
        warnings=tuple(_warnings(frame.texts["cue"], day)),
        before=ready,
        rule=tuple(frame.texts["cue"][f"rule_{one}"] for one in _RULES),
        steps=tuple(desk.row(times) for times in day.fitted.steps),
        instead=tuple(desk.other(step) for step in instead),
        trouble=tuple(_trouble(day.plan, moves)),
    )


def facts(texts: Strings, day: Day) -> tuple[str, ...]:
    """Return how many people, and when or for how long."""
    said, heads = texts["facts"], day.fitted.heads
    people = said["one_person"] if heads == 1 else said["people"].format(count=heads)
    if not day.on_clock:
        return (people, said["in_all"].format(count=day.plan.minutes), said["after_start"])
    return (people, between(texts, day))


def between(texts: Strings, day: Day) -> str:
    """Return from when to when the session is."""
    starts, ends = day.shown(day.fitted.starts), day.shown(day.fitted.ends)
    return texts["facts"]["between"].format(starts=starts, ends=ends)


def _warnings(said: Mapping[str, str], day: Day) -> Iterator[str]:
    """Yield what does not fit, in words that everybody who leads has to read first."""
    fitted, plan = day.fitted, day.plan
    if not fitted.feasible:
        ends, stop = day.shown(fitted.projected_end), day.shown(fitted.ends)
        yield said["does_not_fit"].format(ends=ends, stop=stop)
    if not plan.min_heads <= fitted.heads <= plan.max_heads:
        yield said["made_for"].format(low=plan.min_heads, high=plan.max_heads)


def _trouble(plan: Plan, moves: Mapping[str, Move]) -> Iterator[Trouble]:
    """Yield each move that a step of the plan names, once, in the order they are named."""
    named = dict.fromkeys(name for step in plan.steps + plan.alternatives for name in step.trouble)
    for move in filter(None, map(moves.get, named)):
        yield Trouble(move.situation, move.say, move.then)


class _Desk:
    """Writes rows of the sheet."""

    def __init__(self, texts: Strings, day: Day, protocol: Protocol, team: Team) -> None:
        self._texts = texts
        self._said = texts["cue"]
        self._day = day
        self._protocol = protocol
        self._listed = day.times()
        self._team: Team = team
        at_heads = SessionState(heads=day.fitted.heads)
        self._led = order.run_order(day.plan, at_heads)

    def row(self, times: StepTimes) -> CueStep:
        """Return a step of the day."""
        step = self._day.plan.step(times.id)
        if step is None:
            return self._spare(times)
        return self._whole(
            step,
            depth=self._depth(times),
            starts=self._day.shown(times.starts),
            minutes=half_minutes(times.seconds),
            marks=tuple(self._marks(step, times)),
            protected=times.flex == "protected",
            left_out=times.change == "dropped",
        )

    def other(self, step: Step) -> CueStep:
        """Return a step that runs only in the place of another."""
        return self._whole(
            step, depth=0, starts="", minutes="", marks=(), protected=False, left_out=False
        )

    def _whole(
        self,
        step: Step,
        *,
        depth: int,
        starts: str,
        minutes: str,
        marks: tuple[str, ...],
        protected: bool,
        left_out: bool,
    ) -> CueStep:
        condition = self._protocol.condition(step.condition or "")
        agreement = self._protocol.agreement(step.agreement or "")
        number = condition.number if condition else 0
        return CueStep(
            title=step.title,
            depth=depth,
            starts=starts,
            minutes=minutes,
            how=tuple(self._how(step)),
            marks=marks,
            protected=protected,
            left_out=left_out,
            condition=f"{self._said['condition'].format(number=number)} · {condition.name}"
            if condition
            else "",
            gloss=condition.gloss if condition else "",
            agreement=agreement.name if agreement else "",
            notes=tuple(self._notes(step)),
            prompts=tuple(self._prompts(step)),
            say=step.say,
            private=step.cue,
            asks=tuple(ask.text for ask in step.asks),
            bridge=step.bridge,
        )

    def _spare(self, times: StepTimes) -> CueStep:
        """Return time that no step of the plan names: slack in a box, or a wait."""
        wait = self._said["wait"].format(time=self._day.shown(times.ends))
        return CueStep(
            title=wait if times.title == "Wait" else self._said["slack"],
            depth=self._depth(times),
            starts=self._day.shown(times.starts),
            minutes=half_minutes(times.seconds),
            how=(),
            marks=(),
            protected=False,
            left_out=False,
        )

    def _depth(self, times: StepTimes) -> int:
        depth = 0
        while times.parent is not None:
            depth, times = depth + 1, self._listed[times.parent]
        return depth

    def _how(self, step: Step) -> Iterator[str]:
        """Yield how people sit, in how many groups, and how long each of them speaks."""
        yield self._texts["formats"][step.format]
        if step.group_size is not None:
            yield self._groups(group_sizes(self._day.fitted.heads, step.group_size))
        if isinstance(step.duration, PerPersonDuration):
            yield from self._turns(step.duration)
        roles = roles_in(step, self._led, self._team)
        if roles is not None and not self._day.plan.children(step.id):
            yield from self._duties(roles)

    def _duties(self, roles: Roles) -> Iterator[str]:
        """Yield what each of the two does."""
        for who, what in duties(roles).items():
            each = ", ".join(self._said[f"duty_{one}"] for one in what)
            yield f"{self._said['lead' if who == 'lead' else 'co_lead']}: {each}"

    def _groups(self, sizes: tuple[int, ...]) -> str:
        said = []
        for size in dict.fromkeys(sizes):
            count = sizes.count(size)
            words = self._said["one_group" if count == 1 else "groups"]
            said.append(words.format(count=count, size=size))
        return ", ".join(said)

    def _turns(self, turns: PerPersonDuration) -> Iterator[str]:
        straight = turns.handover_seconds == 0
        words = self._said["turns_straight" if straight else "turns"]
        yield words.format(each=self._length(turns.seconds_each), handover=turns.handover_seconds)
        if turns.rounds > 1:
            yield self._said["rounds"].format(count=turns.rounds)

    def _length(self, seconds: int) -> str:
        said = self._texts["facts"]
        if seconds < SECONDS_A_MINUTE or seconds % (SECONDS_A_MINUTE // 2):
            return said["seconds"].format(count=seconds)
        return said["minutes"].format(count=half_minutes(seconds))

    def _marks(self, step: Step, times: StepTimes) -> Iterator[str]:
        """Yield how a step gives way, what was done to it for this day first."""
        if times.change == "dropped":
            yield self._said["left_out"]
            return
        if times.change == "shortened":
            planned = half_minutes(times.planned_seconds)
            yield self._said["shortened"].format(minutes=planned)
        if times.flex == "protected":
            yield self._said["protected"]
        if step.flex.compressible_to is not None:
            yield self._said["down_to"].format(minutes=f"{step.flex.compressible_to:g}")
        if step.flex.drop_order is not None:
            yield self._said["may_go"].format(order=step.flex.drop_order)

    def _notes(self, step: Step) -> Iterator[str]:
        """Yield what the group may decide, and what runs then."""
        other = self._day.plan.step(step.alternative) if step.alternative else None
        if step.consent and other is not None:
            yield self._said["ask_consent"].format(title=other.title)
        if step.opt_in:
            yield self._said["opt_in"]
        if step.max_heads is not None and other is not None:
            yield self._said["too_many"].format(count=step.max_heads, title=other.title)

    def _prompts(self, step: Step) -> Iterator[CuePrompt]:
        for prompt in filter(None, map(self._day.plan.prompt, step.prompts)):
            yield CuePrompt(prompt.text, self._care(prompt), self._door(prompt))

    def _care(self, prompt: Prompt) -> str:
        note = prompt.content_note
        return self._said["content_note"].format(text=note) if note else ""

    def _door(self, prompt: Prompt) -> str:
        door = prompt.second_door
        return self._said["other_door"].format(text=door) if door else ""
