"""What the facilitator may do: one function a command, each to the events it makes.

Pure. A command looks at a `Moment` and returns events, or raises `CommandRefusedError` with a
sentence; it never changes anything. `checked` folds the events over the state and so asks the
table of `sessions.rules` about every one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from agreements.durations import protected_ids
from agreements.model import Protocol
from agreements.plan import Plan, Step
from agreements.sentence import Sentence
from sessions import order
from sessions.errors import CommandRefusedError
from sessions.facts import FactKind
from sessions.heads import refuse_heads
from sessions.rules import PHASE_WORDS, REFUSED_WORDS, next_phase
from sessions.state import SessionState, evolve
from sessions.timeline import (
    AgreementNamed,
    AgreementsAdopted,
    AnyEvent,
    ClosingBegun,
    ConditionNamed,
    FactKept,
    FactStruck,
    HeadsChanged,
    MinutesChanged,
    Paused,
    PlanFitted,
    Resumed,
    SessionClosed,
    SessionOpened,
    StepDeclined,
    StepDropped,
    StepStarted,
    StopMoved,
)

SHORTEST_STEP_SECONDS = 60

Events = tuple[AnyEvent, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """What a command decides upon."""

    state: SessionState
    plan: Plan
    protocol: Protocol
    at: int
    """Whole seconds since opening."""


_FOR_GOOD = {
    "session-closed": Sentence("A closed session stays closed."),
    "answers-reviewed": Sentence("What was held back is gone; that cannot be taken back."),
    "sheet-closed": Sentence("The box has been opened; that cannot be taken back."),
    "sheet-opened": Sentence("People may be writing. Close the sheet instead of undoing it."),
    # Its grace is over by then: the sheet would shut on those who have just begun to write.
    "sheet-held-open": Sentence(
        "People may be writing. {key_close_sheet} closes the sheet, with time to finish.",
        key_close_sheet="z",
    ),
}
"""What is never taken back, with why not, by the type of an event of the act."""


def checked(state: SessionState, events: Sequence[AnyEvent]) -> SessionState:
    """Return the state after the events.

    Raises:
        CommandRefusedError: When the table does not allow one of them; nothing has changed.
    """
    for event in events:
        if next_phase(state.phase, event.type) is None:
            what = REFUSED_WORDS[event.type]
            phase = PHASE_WORDS[state.phase]
            raise CommandRefusedError(Sentence("{what} {phase}.", what=what, phase=phase))
        state = evolve(state, event)
    return state


def open_session(moment: Moment, *, heads: int, stop_at: int | None) -> Events:
    """Open the session, with the heads expected and the hard stop."""
    refuse_heads(heads)
    _refuse_past(moment, stop_at)
    opened = SessionOpened(at=moment.at, heads=heads, stop_at=stop_at)
    first = order.following(moment.plan, SessionState(heads=heads))
    if first is None or first.kind != "arrival":
        return (opened,)
    # People arrive before the hour: that step runs from the moment the session is opened.
    return _one_act((opened, *start_step(moment, step=first.id)))


def next_step(moment: Moment) -> Events:
    """Go on to the next step, or to the close after the last one."""
    following = order.following(moment.plan, moment.state)
    if following is None:
        return begin_closing(moment)
    return start_step(moment, step=following.id)


def previous_step(moment: Moment) -> Events:
    """Go back to the step before; its time goes on where it was."""
    if moment.state.phase == "closing":
        last = moment.state.step
        if last is not None:
            return start_step(moment, step=last)
    before = order.preceding(moment.plan, moment.state)
    if before is None:
        raise CommandRefusedError("This is the first step; there is nothing before it.")
    return start_step(moment, step=before.id)


def start_step(moment: Moment, *, step: str) -> Events:
    """Start any step, also one that was dropped or has run before."""
    chosen = _known_step(moment, step)
    if chosen.kind == "slack":
        raise CommandRefusedError("Slack is spare time and is not run. Choose another step.")
    if moment.plan.children(step):
        raise CommandRefusedError(
            Sentence("“{step}” is made of parts. Choose one of them.", step=chosen.title)
        )
    started = StepStarted(at=moment.at, step=step)
    if moment.state.phase == "paused":
        return _one_act((Resumed(at=moment.at), started))
    return (started,)


def pause(moment: Moment) -> Events:
    """Stop the clock of the step."""
    return (Paused(at=moment.at),)


def resume(moment: Moment) -> Events:
    """Let the clock of the step go on."""
    return (Resumed(at=moment.at),)


def change_minutes(moment: Moment, *, seconds: int, allotted: int) -> Events:
    """Give the running step more time, or take some away.

    Args:
        moment: Now.
        seconds: What to add; negative to take away.
        allotted: The seconds the step has at present.
    """
    step = running_step(moment)
    if allotted + seconds < SHORTEST_STEP_SECONDS:
        raise CommandRefusedError(
            Sentence(
                "A step has at least one minute. Press {key_next} to go on instead.", key_next="n"
            )
        )
    return (MinutesChanged(at=moment.at, step=step.id, seconds=seconds),)


def drop_step(moment: Moment, *, step: str | None = None) -> Events:
    """Leave out a step: this one, and go on, or one that is still to come.

    A step with parts goes with those that have not run, and every step with what may run in its
    place, so that nothing comes back when people come or leave.
    """
    chosen = running_step(moment) if step is None else _known_step(moment, step)
    leaving = _left_to_drop(moment, chosen)
    gone = dict.fromkeys((*leaving, *_stand_ins(moment, chosen)))
    events: Events = tuple(StepDropped(at=moment.at, step=one) for one in gone)
    if moment.state.step in leaving:
        after = replace(moment, state=reduce(evolve, events, moment.state))
        events += next_step(after)
    return _one_act(events)


def take_alternative(moment: Moment) -> Events:
    """Run the alternative, because the group said no. No reason is asked or kept."""
    step = running_step(moment)
    chain = order.with_ancestors(moment.plan, step)
    declined = next((one for one in chain if one.alternative is not None), None)
    if declined is None or declined.alternative is None:
        raise CommandRefusedError(
            Sentence(
                "“{step}” has no alternative. Press {key_drop} to drop it.",
                step=step.title,
                key_drop="d",
            )
        )
    said_no = StepDeclined(
        at=moment.at,
        step=declined.id,
        alternative=declined.alternative,
        agreements=any(
            one.kind == "agreements"
            for one in (step, declined, *order.parts_to_run(moment.plan, declined))
        ),
    )
    events: Events = (said_no, *start_step(moment, step=declined.alternative))
    if moment.state.phase == "paused":
        # The table lets a step be declined only while it runs.
        events = (events[1], events[0], events[2])
    return _one_act(events)


def fit_plan(moment: Moment, *, seconds: dict[str, int], dropped: tuple[str, ...]) -> Events:
    """Take a fit to the hard stop as `sessions.pacing` worked it out."""
    if not seconds and not dropped:
        raise CommandRefusedError("The plan fits as it is; there is nothing to change.")
    gone: dict[str, None] = {}
    for step in (one for one in map(moment.plan.step, dropped) if one is not None):
        parts = (one.id for one in order.parts_to_run(moment.plan, step))
        gone |= dict.fromkeys((*parts, *_stand_ins(moment, step)))
    return (PlanFitted(at=moment.at, seconds=seconds, dropped=tuple(gone)),)


def name_agreement(moment: Moment, *, number: int) -> Events:
    """Name one of the protocol's agreements to the room, by its place from 1."""
    agreements = moment.protocol.agreements
    if not 1 <= number <= len(agreements):
        raise CommandRefusedError(
            Sentence(
                "There are {agreements} agreements; choose 1 to {agreements}.",
                agreements=len(agreements),
            )
        )
    return (AgreementNamed(at=moment.at, agreement=agreements[number - 1].id),)


def name_condition(moment: Moment) -> Events:
    """Name the condition of the running step to the room."""
    step = running_step(moment)
    if step.condition is None:
        raise CommandRefusedError("This step has no condition of its own.")
    return (ConditionNamed(at=moment.at, condition=step.condition),)


def adopt_agreements(moment: Moment) -> Events:
    """Keep that the group adopted the agreements as they stand."""
    if moment.state.adopted:
        raise CommandRefusedError("The agreements are adopted already.")
    return (AgreementsAdopted(at=moment.at),)


def change_heads(moment: Moment, *, heads: int) -> Events:
    """Set how many people are here."""
    refuse_heads(heads)
    return (HeadsChanged(at=moment.at, heads=heads),)


def move_stop(moment: Moment, *, stop_at: int | None) -> Events:
    """Move the hard stop, or take it away."""
    _refuse_past(moment, stop_at)
    return (StopMoved(at=moment.at, stop_at=stop_at),)


def keep_fact(
    moment: Moment, *, kind: FactKind, fact: str, instead_of: str | None = None
) -> Events:
    """Keep a fact, perhaps in the place of another."""
    kept = FactKept(at=moment.at, kind=kind, fact=fact)
    if instead_of is None:
        return (kept,)
    return _one_act((FactStruck(at=moment.at, fact=instead_of), kept))


def strike_fact(moment: Moment, *, fact: str) -> Events:
    """Take a fact out again."""
    if fact not in moment.state.facts:
        raise CommandRefusedError("That is not there any more.")
    return (FactStruck(at=moment.at, fact=fact),)


def begin_closing(moment: Moment) -> Events:
    """End the last step and go on to review and close."""
    if moment.state.sheet is not None:
        raise CommandRefusedError("The sheet is still open. Close it first, then end the step.")
    return (ClosingBegun(at=moment.at),)


def close_session(moment: Moment) -> Events:
    """Make the record final."""
    if moment.state.sheet is not None:
        raise CommandRefusedError(
            Sentence(
                "The sheet is still open. {key_to_review} goes back to Review; close it first.",
                key_to_review="b",
            )
        )
    return (SessionClosed(at=moment.at),)


def last_act(events: Sequence[AnyEvent]) -> int:
    """Return how many events the last act of a timeline holds.

    Raises:
        CommandRefusedError: When it cannot be undone.
    """
    count = 1
    while count < len(events) and events[-count].continues:
        count += 1
    act = events[-count:]
    if not act or isinstance(act[0], SessionOpened):
        raise CommandRefusedError("There is nothing to undo.")
    for event in act:
        if event.type in _FOR_GOOD:
            raise CommandRefusedError(_FOR_GOOD[event.type])
    return count


def running_step(moment: Moment) -> Step:
    """Return the step that is running or paused.

    Raises:
        CommandRefusedError: There is none.
    """
    step = order.current(moment.plan, moment.state)
    if step is None or moment.state.phase not in ("running", "paused"):
        raise CommandRefusedError("No step is running.")
    return step


def _known_step(moment: Moment, step_id: str) -> Step:
    step = moment.plan.step(step_id)
    if step is None or order.place(moment.plan, step_id) is None:
        raise CommandRefusedError("There is no such step in this plan.")
    return step


def _left_to_drop(moment: Moment, chosen: Step) -> tuple[str, ...]:
    """Return what goes when a step is dropped, by its ids, or refuse."""
    plan, state = moment.plan, moment.state
    parts = order.parts_to_run(plan, chosen)
    guarded = protected_ids(order.running_plan(plan, state))
    if any(one.flex.protected or one.id in guarded for one in (chosen, *parts)):
        raise CommandRefusedError(
            Sentence(
                "“{title}” is protected and is never dropped. It can be shortened with −.",
                title=chosen.title,
            )
        )
    there = [one.id for one in parts if not order.is_dropped(plan, one, state)]
    if not there:
        raise CommandRefusedError(Sentence("“{step}” is dropped already.", step=chosen.title))
    left = tuple(one for one in there if one == state.step or one not in state.visits)
    if not left:
        raise CommandRefusedError(Sentence("“{step}” has run already.", step=chosen.title))
    return left


def _stand_ins(moment: Moment, chosen: Step) -> Iterator[str]:
    """Yield the ids of what else could still run in the place of a step or of its parts."""
    plan, state = moment.plan, moment.state
    guarded = protected_ids(plan)
    places = {chosen.id, *(one.id for one in order.parts_to_run(plan, chosen))}
    for chain in (order.with_alternatives(plan, step) for step in plan.steps):
        if len(chain) > 1 and not places.isdisjoint(one.id for one in chain):
            for leaf in (leaf for one in chain for leaf in order.parts_to_run(plan, one)):
                over = leaf.id in state.visits or leaf.id in state.dropped
                if not (over or leaf.flex.protected or leaf.id in guarded):
                    yield leaf.id


def _one_act(events: Events) -> Events:
    """Join events to one act, which undo takes back as a whole."""
    return tuple(
        event.model_copy(update={"continues": index > 0}) for index, event in enumerate(events)
    )


def _refuse_past(moment: Moment, stop_at: int | None) -> None:
    if stop_at is not None and stop_at <= moment.at:
        raise CommandRefusedError("The end must lie ahead.")
