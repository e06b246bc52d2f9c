"""What the live screen shows, worked out before any widget sees it.

Pure, apart from reading the session it is given. A view is frozen and holds only text and
figures, so that what a facilitator sees can be tested without a screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from agreements.model import Condition, Prompt
from agreements.plan import Ask, Step
from dialogue.tui.step_words import FORMAT_WORDS, TIER_WORDS
from dialogue.wording import tr, trn
from sessions import order, tallies
from sessions.clock import StepTime, as_clock, step_time
from sessions.facts import HouseAgreement
from sessions.live import LiveSession
from sessions.pacing import Pace
from sessions.state import SessionState

Mark = Literal["done", "now", "to-come", "dropped", "declined", "slack"]
SIGNS: dict[Mark, str] = {
    "done": "✓",
    "now": "▶",
    "to-come": " ",
    "dropped": "×",
    "declined": "~",
    "slack": "…",
}


@dataclass(frozen=True, slots=True)
class RunRow:
    """One line of the run of show."""

    mark: Mark
    title: str
    minutes: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement with its key and how often it was named."""

    number: int
    name: str
    named: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of the protocol that a step can read out: one agreement, or the compass."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """The step in front of the facilitator."""

    title: str
    format: str
    condition: str
    """`CONDITION 2 · Isolate race · engage`, or empty."""
    gloss: str
    prompts: tuple[str, ...]
    """The prompts; a step without one shows its purpose."""
    content_note: str
    second_door: str
    says: tuple[str, ...]
    cue: str
    bridge: str
    agrees: bool
    """The group makes the agreements its own in it."""
    consent: bool
    has_alternative: bool
    asks: tuple[str, ...]
    """The texts of the asks that can be answered aloud."""
    count: str = ""
    """Which question is to be counted next: `count 2 of 3: How was it?`; empty without one."""
    writes: bool = False
    """It has asks that can be answered on phones."""
    roles: str = ""
    """Who of two does what in it."""
    rests: bool = False
    """It is a break or a meal."""
    readings: tuple[Reading, ...] = ()
    """What can be read out after the lines to say."""

    @property
    def pages(self) -> int:
        """How many lines and readings there are to go through."""
        return len(self.says) + len(self.readings)


@dataclass(frozen=True, slots=True)
class TimeView:
    """The time of the step in front of the facilitator."""

    digits: str
    of: str
    part: float
    """From 0 to 1; more than 1 never."""
    overtime: bool
    paused: bool
    behind: int = 0
    """How many minutes the session is behind the plan; 0 as well where it is ahead."""


@dataclass(frozen=True, slots=True)
class LiveView:
    """Everything the live screen shows at one second."""

    title: str
    heads: int
    now: str
    stop: str
    pace: str
    """How it stands against the hard stop: `2 min behind`; empty without one."""
    advice: str
    """What would make it fit; empty when it does, or when slack is enough."""
    phase: str
    step: StepView
    time: TimeView
    next: str
    rows: tuple[RunRow, ...]
    agreements: tuple[AgreementRow, ...]
    house_agreements: tuple[str, ...]
    adopted: bool
    notes: int
    parked: int
    commitments: int
    amended: bool = False
    """Agreements were changed after the group adopted them."""
    counts_kept: bool = True
    """How many notes and the like there are is shown."""


def live_view(session: LiveSession) -> LiveView:
    """Return what the live screen shows at this second."""
    state = session.state
    here = session.step
    pace = session.pace()
    return LiveView(
        title=session.title,
        heads=state.heads,
        now=clock_time(session, state.at),
        stop="" if state.stop_at is None else clock_time(session, state.stop_at),
        pace=_pace_words(session, here, pace),
        advice=_advice(session, pace),
        phase=state.phase,
        step=_waiting(session) if here is None else step_view(session, here),
        time=replace(_time_view(session, here, state), behind=_minutes_behind(pace)),
        next=_next_line(session, state),
        rows=run_rows(session, state),
        agreements=_agreement_rows(session, state),
        house_agreements=tuple(one.text for one in session.facts(HouseAgreement)),
        adopted=state.adopted,
        amended=state.amended,
        notes=_count(state, "note"),
        parked=_count(state, "parked"),
        commitments=_count(state, "commitment"),
    )


def _pace_words(session: LiveSession, here: Step | None, pace: Pace) -> str:
    """Say in three words how the session stands, in whole minutes."""
    behind = pace.behind_seconds
    if behind is None:
        return ""
    arriving = here is None or here.kind == "arrival"
    if arriving and behind < 0:
        return tr("start by {time}", time=clock_time(session, session.now() - behind))
    minutes = round(abs(behind) / 60)
    if not minutes:
        return tr("on time")
    if behind > 0:
        return trn("{count} min behind", "{count} min behind", minutes)
    return trn("{count} min ahead", "{count} min ahead", minutes)


def _minutes_behind(pace: Pace) -> int:
    return round(max(pace.behind_seconds or 0, 0) / 60)


def _advice(session: LiveSession, pace: Pace) -> str:
    found = pace.fit
    if found is not None and not found.feasible:
        return tr(session.advice())
    if found is None or all(change.kind == "slack" for change in found.changes):
        # Slack gives way by itself; a latest start that is missed is said all the same.
        return tr(session.advice()) if pace.late else ""
    return tr("{advice} {key_fit} takes it.", advice=session.advice())


def clock_time(session: LiveSession, seconds: int) -> str:
    """Return a second of the session as the time on the wall, `HH:MM`.

    It is reckoned from now, so that it stays right when the computer's clock is set.
    """
    wall: datetime = session.clock.wall() + timedelta(seconds=seconds - session.now())
    return wall.astimezone().strftime("%H:%M")


def step_view(session: LiveSession, step: Step) -> StepView:
    """Return one step as it is shown."""
    prompts = [one for one in map(session.plan.prompt, step.prompts) if one is not None]
    condition = session.protocol.condition(step.condition or "")
    aloud = asked_aloud(session, step)
    return StepView(
        title=step.title,
        format=_format_words(step),
        condition="" if condition is None else _condition_words(condition),
        gloss="" if condition is None else condition.gloss,
        prompts=tuple(one.text for one in prompts) or (step.purpose or step.title,),
        content_note=next((one.content_note for one in prompts if one.content_note), ""),
        second_door=next((one.second_door for one in prompts if one.second_door), ""),
        says=step.say,
        cue=step.cue,
        bridge=step.bridge,
        agrees=step.kind == "agreements",
        consent=step.consent,
        has_alternative=step.alternative is not None,
        asks=tuple(ask.text for ask in aloud),
        count=_next_count(session, aloud),
        writes=any(ask.id not in session.state.asked for ask in step.asks),
        rests=step.kind in ("break", "meal"),
        readings=_readings(session, step, prompts),
    )


def _condition_words(condition: Condition) -> str:
    return tr(
        "CONDITION {number} · {name} · {tier}",
        number=condition.number,
        name=condition.name,
        tier=tr(TIER_WORDS[condition.tier]),
    )


def _readings(session: LiveSession, step: Step, prompts: list[Prompt]) -> tuple[Reading, ...]:
    """Return the agreements where the group is asked for them, the compass where it is used."""
    protocol, wordings = session.protocol, session.wordings()
    found = _house_readings(session, step)
    # A step that the group took instead of the agreements stands on other rules.
    if step.kind == "agreements" and (step.consent or session.state.adopted):
        found += [
            Reading(f"{number} {wordings.get(one.id, one.name)}", (one.asks, one.does_not_ask))
            for number, one in enumerate(protocol.agreements, 1)
        ]
    points = {point.id for point in protocol.compass}
    asked = any(ask.kind == "compass" for ask in step.asks)
    if asked or any(points <= set(prompt.compass) for prompt in prompts):
        starts = tuple(f"{point.label}: {point.starts}" for point in protocol.compass)
        found.append(Reading(tr("How a sentence may begin"), starts))
    return tuple(found)


def _house_readings(session: LiveSession, step: Step) -> list[Reading]:
    """Return what was chosen beforehand: the rule at the opening, the contacts there and after."""
    if step.kind not in ("opening", "aftercare"):
        return []
    there = Reading(tr("Who is there for you"), contacts(session))
    chosen = session.record.setting.confidentiality
    rules = (rule for rule in session.protocol.confidentiality if rule.id == chosen)
    opening = step.kind == "opening"
    return [*(Reading(rule.name, (rule.text,)) for rule in rules if opening), there]


def contacts(session: LiveSession) -> tuple[str, ...]:
    """Return who was named for care and where harm is reported, or that nobody was."""
    setting = session.record.setting
    care = tr("For care: nobody was named. Say who can be asked.")
    if setting.care_contact:
        care = tr("For care: {contact}", contact=setting.care_contact)
    reporting = tr("To report harm: no place was named. Say where to go.")
    if setting.reporting_contact:
        reporting = tr("To report harm: {contact}", contact=setting.reporting_contact)
    return care, reporting


def asked_aloud(session: LiveSession, step: Step) -> tuple[Ask, ...]:
    """Return the asks of a step that a room can answer aloud.

    What was asked on a sheet is left out: a count would take the place of what people wrote.
    """
    return tuple(
        ask
        for ask in step.asks
        if tallies.answers_to(ask, session.protocol) and not session.state.is_written(ask.id)
    )


def _next_count(session: LiveSession, asks: tuple[Ask, ...]) -> str:
    """Say which of the questions that can be answered aloud has no count yet."""
    for number, ask in enumerate(asks, 1):
        if session.tally(ask.id) is None:
            if len(asks) == 1:
                return tr("count: {question}", question=ask.text)
            return tr(
                "count {number} of {all}: {question}",
                number=number,
                all=len(asks),
                question=ask.text,
            )
    return tr("count again; all is counted") if asks else ""


def run_rows(session: LiveSession, state: SessionState) -> tuple[RunRow, ...]:
    """Return the run of show, slack included, replaced steps with what runs in their place."""
    plan = order.running_plan(session.plan, state)
    rows: list[RunRow] = []
    for step in plan.steps:
        depth = len(order.with_ancestors(plan, step)) - 1
        seconds = step_time(session.plan, step, state).allotted
        minutes = "" if not seconds else f"{round(seconds / 60) or '<1'}"
        rows.append(RunRow(_mark(session, step, state), step.title, minutes, depth))
    return tuple(rows)


def _mark(session: LiveSession, step: Step, state: SessionState) -> Mark:
    if step.kind == "slack":
        return "slack"
    if step.id == state.step and state.phase in ("running", "paused"):
        return "now"
    if order.is_dropped(session.plan, step, state):
        return "dropped"
    return "done" if step.id in state.visits else "to-come"


def _waiting(session: LiveSession) -> StepView:
    """Return what is shown before the first step."""
    return StepView(
        title=tr("Before the start"),
        format="",
        condition="",
        gloss="",
        prompts=(session.plan.purpose,),
        content_note="",
        second_door="",
        says=(),
        cue=tr("Press {key_next} when the first step begins."),
        bridge="",
        agrees=False,
        consent=False,
        has_alternative=False,
        asks=(),
    )


def _time_view(session: LiveSession, step: Step | None, state: SessionState) -> TimeView:
    paused = state.phase == "paused"
    if step is None:
        return TimeView(as_clock(state.arrival_seconds), "", 0.0, overtime=False, paused=paused)
    time: StepTime = step_time(session.plan, step, state)
    if not time.allotted:
        return TimeView(as_clock(time.spent), tr("no set time"), 0.0, overtime=False, paused=paused)
    over, allotted = time.overtime > 0, as_clock(time.allotted)
    return TimeView(
        digits=f"+{as_clock(time.overtime)}" if over else as_clock(time.remaining),
        of=tr("over {time}", time=allotted) if over else tr("of {time}", time=allotted),
        part=min(time.spent / time.allotted, 1.0),
        overtime=over,
        paused=paused,
    )


def _next_line(session: LiveSession, state: SessionState) -> str:
    following = order.following(session.plan, state)
    if following is None:
        return tr("next: review and close")
    minutes = round(step_time(session.plan, following, state).allotted / 60)
    length = trn("{count} min", "{count} min", minutes) if minutes else ""
    said = filter(None, (following.title, _format_words(following), length))
    return tr("next: {step}", step=" · ".join(said))


def _format_words(step: Step) -> str:
    """Return how a step is done, unless its title says just that."""
    words = tr(FORMAT_WORDS[step.format])
    return "" if step.title.casefold() == words else words


def _agreement_rows(session: LiveSession, state: SessionState) -> tuple[AgreementRow, ...]:
    wordings = session.wordings()
    return tuple(
        AgreementRow(number, wordings.get(one.id, one.name), state.agreements_named.get(one.id, 0))
        for number, one in enumerate(session.protocol.agreements, 1)
    )


def _count(state: SessionState, kind: str) -> int:
    return sum(one == kind for one in state.facts.values())
