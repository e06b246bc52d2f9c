"""What the facilitator may do: each command with the events it makes, or the sentence it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agreements.model import Protocol
from agreements.plan import Flex, Plan, StepKind
from sessions import decide
from sessions.decide import Events, Moment, checked, last_act
from sessions.errors import CommandRefusedError
from sessions.heads import MOST_HEADS
from sessions.state import SessionState, replay
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
from tests.plugin_sessions import closing, opened, paused, plan_of, running, step_of

FACT, OTHER = "0" * 32, "1" * 32
AT = 600

Decide = Callable[[Moment], Events]


def start(step: str, *, continues: bool = False) -> StepStarted:
    """Return the start of a step now."""
    return StepStarted(at=AT, step=step, continues=continues)


def drop(step: str, *, continues: bool = False) -> StepDropped:
    """Return the dropping of a step now."""
    return StepDropped(at=AT, step=step, continues=continues)


LEGAL: dict[str, tuple[tuple[AnyEvent, ...], Decide, Events]] = {
    "the first step": (opened(), decide.next_step, (start("welcome"),)),
    "the next step": (running("welcome"), decide.next_step, (start("consent"),)),
    "on past slack": (running("round"), decide.next_step, (start("closing"),)),
    "on from a pause": (
        paused("welcome"),
        decide.next_step,
        (Resumed(at=AT), start("consent", continues=True)),
    ),
    "on from the last": (running("closing"), decide.next_step, (ClosingBegun(at=AT),)),
    "on from a paused last": (paused("closing"), decide.next_step, (ClosingBegun(at=AT),)),
    "the step before": (running("consent"), decide.previous_step, (start("welcome"),)),
    "back from the close": (closing(), decide.previous_step, (start("closing"),)),
    "back over a dropped one": (
        running("closing", StepDropped(at=5, step="round")),
        decide.previous_step,
        (start("threes"),),
    ),
    "any step": (
        running("welcome"),
        lambda m: decide.start_step(m, step="round"),
        (start("round"),),
    ),
    "a dropped step after all": (
        running("welcome", StepDropped(at=5, step="round")),
        lambda m: decide.start_step(m, step="round"),
        (start("round"),),
    ),
    "an alternative by hand": (
        running("welcome"),
        lambda m: decide.start_step(m, step="rules"),
        (start("rules"),),
    ),
    "a pause": (running("pairs"), decide.pause, (Paused(at=AT),)),
    "on after a pause": (paused("pairs"), decide.resume, (Resumed(at=AT),)),
    "a minute more": (
        running("pairs"),
        lambda m: decide.change_minutes(m, seconds=60, allotted=600),
        (MinutesChanged(at=AT, step="pairs", seconds=60),),
    ),
    "down to one minute": (
        paused("pairs"),
        lambda m: decide.change_minutes(m, seconds=-60, allotted=120),
        (MinutesChanged(at=AT, step="pairs", seconds=-60),),
    ),
    "a drop of what is to come": (
        running("welcome"),
        lambda m: decide.drop_step(m, step="threes"),
        (drop("threes"),),
    ),
    "a drop with its stand-in": (
        running("welcome"),
        lambda m: decide.drop_step(m, step="round"),
        (drop("round"), drop("chorus", continues=True)),
    ),
    "a drop of the stand-in": (
        running("welcome", HeadsChanged(at=5, heads=30)),
        lambda m: decide.drop_step(m, step="chorus"),
        (drop("chorus"), drop("round", continues=True)),
    ),
    "a drop of a whole": (
        running("welcome"),
        lambda m: decide.drop_step(m, step="block"),
        (drop("pairs"), drop("threes", continues=True), drop("quiet", continues=True)),
    ),
    "a drop of what is left of a whole": (
        running("threes", StepStarted(at=5, step="pairs")),
        lambda m: decide.drop_step(m, step="block"),
        (drop("threes"), drop("quiet", continues=True), start("round", continues=True)),
    ),
    "a drop in arrival": (
        opened(),
        lambda m: decide.drop_step(m, step="threes"),
        (drop("threes"),),
    ),
    "a drop of the running one": (
        running("pairs"),
        decide.drop_step,
        (drop("pairs"), start("threes", continues=True)),
    ),
    "a drop of the paused one": (
        paused("pairs"),
        decide.drop_step,
        (drop("pairs"), Resumed(at=AT, continues=True), start("threes", continues=True)),
    ),
    "a no": (
        running("consent"),
        decide.take_alternative,
        (
            StepDeclined(at=AT, step="consent", alternative="rules"),
            start("rules", continues=True),
        ),
    ),
    "a no in a pause": (
        paused("consent"),
        decide.take_alternative,
        (
            Resumed(at=AT),
            StepDeclined(at=AT, step="consent", alternative="rules", continues=True),
            start("rules", continues=True),
        ),
    ),
    "a no to the whole": (
        running("threes"),
        decide.take_alternative,
        (
            StepDeclined(at=AT, step="block", alternative="quiet"),
            start("quiet", continues=True),
        ),
    ),
    "a fit": (
        running("pairs"),
        lambda m: decide.fit_plan(m, seconds={"pairs": 300}, dropped=()),
        (PlanFitted(at=AT, seconds={"pairs": 300}),),
    ),
    "a fit that drops": (
        opened(),
        lambda m: decide.fit_plan(m, seconds={}, dropped=("round", "block", "block-slack")),
        (PlanFitted(at=AT, seconds={}, dropped=("round", "chorus", "pairs", "threes", "quiet")),),
    ),
    "the first agreement": (
        running("pairs"),
        lambda m: decide.name_agreement(m, number=1),
        (AgreementNamed(at=AT, agreement="stay-engaged"),),
    ),
    "the last agreement": (
        paused("pairs"),
        lambda m: decide.name_agreement(m, number=4),
        (AgreementNamed(at=AT, agreement="expect-non-closure"),),
    ),
    "the condition": (
        running("pairs"),
        decide.name_condition,
        (ConditionNamed(at=AT, condition="isolate-race"),),
    ),
    "consent": (running("consent"), decide.adopt_agreements, (AgreementsAdopted(at=AT),)),
    "late consent": (closing(), decide.adopt_agreements, (AgreementsAdopted(at=AT),)),
    "one head": (
        opened(),
        lambda m: decide.change_heads(m, heads=1),
        (HeadsChanged(at=AT, heads=1),),
    ),
    "very many heads": (
        closing(),
        lambda m: decide.change_heads(m, heads=MOST_HEADS),
        (HeadsChanged(at=AT, heads=MOST_HEADS),),
    ),
    "a later end": (
        running("pairs"),
        lambda m: decide.move_stop(m, stop_at=AT + 1),
        (StopMoved(at=AT, stop_at=AT + 1),),
    ),
    "no end": (
        running("pairs"),
        lambda m: decide.move_stop(m, stop_at=None),
        (StopMoved(at=AT, stop_at=None),),
    ),
    "a fact": (
        opened(),
        lambda m: decide.keep_fact(m, kind="note", fact=FACT),
        (FactKept(at=AT, kind="note", fact=FACT),),
    ),
    "a fact for another": (
        running("pairs", FactKept(at=5, kind="wording", fact=OTHER)),
        lambda m: decide.keep_fact(m, kind="wording", fact=FACT, instead_of=OTHER),
        (
            FactStruck(at=AT, fact=OTHER),
            FactKept(at=AT, kind="wording", fact=FACT, continues=True),
        ),
    ),
    "a fact taken out": (
        closing(),
        lambda m: decide.keep_fact(m, kind="parked", fact=FACT),
        (FactKept(at=AT, kind="parked", fact=FACT),),
    ),
    "a strike": (
        running("pairs", FactKept(at=5, kind="note", fact=FACT)),
        lambda m: decide.strike_fact(m, fact=FACT),
        (FactStruck(at=AT, fact=FACT),),
    ),
    "an early close": (opened(), decide.begin_closing, (ClosingBegun(at=AT),)),
    "a close in a pause": (paused("pairs"), decide.begin_closing, (ClosingBegun(at=AT),)),
    "the end": (closing(), decide.close_session, (SessionClosed(at=AT),)),
}


@pytest.mark.parametrize("case", LEGAL)
def test_a_command_makes_its_events(case: str, tiny: Plan, protocol: Protocol) -> None:
    """A legal command returns exactly these events, and the table of moves allows them."""
    timeline, command, expected = LEGAL[case]
    state = replay(timeline)
    events = command(Moment(state, tiny, protocol, AT))
    assert events == expected
    assert checked(state, events) == replay([*timeline, *events])


def test_a_session_opens_with_its_heads_and_end(tiny: Plan, protocol: Protocol) -> None:
    """The opening holds the heads and the hard stop, and no step runs yet."""
    moment = Moment(SessionState(), tiny, protocol, 0)
    events = decide.open_session(moment, heads=12, stop_at=3600)
    assert events == (SessionOpened(at=0, heads=12, stop_at=3600),)


def test_a_plan_that_begins_at_the_door_begins_with_the_session(
    lunch: Plan, protocol: Protocol
) -> None:
    """People arrive before the hour: that step runs from the opening, in one act with it."""
    moment = Moment(SessionState(), lunch, protocol, 0)
    events = decide.open_session(moment, heads=12, stop_at=3600)
    assert [event.type for event in events] == ["session-opened", "step-started"]
    assert [event.continues for event in events] == [False, True]
    assert checked(SessionState(), events).step == "arrival"


@pytest.mark.parametrize("kind", ["agreements", "talk"])
def test_a_no_to_the_agreements_takes_their_adoption_back(
    protocol: Protocol, kind: StepKind
) -> None:
    """After k and then a they are not adopted; a no to something else leaves them so."""
    plan = plan_of(
        step_of("consent", kind=kind, consent=True, alternative="rules"),
        alternatives=(step_of("rules", kind="agreements"),),
    )
    state = replay(running("consent", AgreementsAdopted(at=5)))
    assert state.adopted
    events = decide.take_alternative(Moment(state, plan, protocol, AT))
    after = checked(state, events)
    assert (after.step, after.adopted) == ("rules", kind == "talk")
    again = Moment(after, plan, protocol, AT)
    if kind == "agreements":
        assert checked(after, decide.adopt_agreements(again)).adopted


def test_a_no_to_a_whole_with_the_agreements_in_it_takes_their_adoption_back(
    protocol: Protocol,
) -> None:
    """It does not matter which part of it is running."""
    plan = plan_of(
        step_of("block", duration=None, alternative="rules"),
        step_of("read", parent="block", kind="agreements"),
        step_of("sign", parent="block"),
        alternatives=(step_of("rules"),),
    )
    state = replay(running("sign", AgreementsAdopted(at=5)))
    events = decide.take_alternative(Moment(state, plan, protocol, AT))
    assert not checked(state, events).adopted


def test_a_dropped_last_step_leads_to_the_close(protocol: Protocol) -> None:
    """Dropping the last step that is left begins the close."""
    plan = plan_of(step_of("only"), step_of("spare", kind="slack"))
    moment = Moment(replay(running("only")), plan, protocol, AT)
    assert [event.type for event in decide.drop_step(moment)] == ["step-dropped", "closing-begun"]


def test_protection_covers_a_whole_and_each_part(protocol: Protocol) -> None:
    """Neither a part of what is protected nor a whole with a protected part is ever dropped."""
    plan = plan_of(
        step_of("care", duration=None, flex=Flex(protected=True)),
        step_of("check", parent="care"),
        step_of("mixed", duration=None),
        step_of("free", parent="mixed"),
        step_of("kept", parent="mixed", flex=Flex(protected=True)),
    )
    moment = Moment(replay(opened()), plan, protocol, AT)
    for step in ("care", "check", "mixed", "kept"):
        with pytest.raises(CommandRefusedError, match="protected"):
            decide.drop_step(moment, step=step)
    assert decide.drop_step(moment, step="free") == (drop("free"),)


@pytest.mark.parametrize(("first", "then"), [(12, 30), (30, 12)])
def test_what_was_dropped_stays_dropped_when_people_come_or_leave(
    tiny: Plan, protocol: Protocol, first: int, then: int
) -> None:
    """A round that was dropped does not come back as its stand-in, nor the other way round."""
    timeline = running("threes", heads=first)
    moment = Moment(replay(timeline), tiny, protocol, AT)
    dropped = decide.drop_step(moment, step="round" if first < 19 else "chorus")
    state = checked(moment.state, (*dropped, HeadsChanged(at=AT, heads=then)))
    assert decide.next_step(Moment(state, tiny, protocol, AT)) == (start("closing"),)


def test_an_alternative_that_nothing_names_cannot_be_started(protocol: Protocol) -> None:
    """An alternative runs only in the place of a step, and here there is none."""
    plan = plan_of(step_of("only"), alternatives=(step_of("stray"),))
    moment = Moment(replay(running("only")), plan, protocol, AT)
    with pytest.raises(CommandRefusedError, match="no such step"):
        decide.start_step(moment, step="stray")


@pytest.mark.parametrize(
    ("timeline", "count"),
    [
        (running("welcome"), 1),
        ((*opened(), StepDropped(at=1, step="a"), StepStarted(at=1, step="b", continues=True)), 2),
        (
            (
                *running("welcome"),
                Resumed(at=11),
                StepDeclined(at=11, step="a", alternative="b", continues=True),
                StepStarted(at=11, step="b", continues=True),
            ),
            3,
        ),
        (closing(), 1),
    ],
)
def test_the_last_act_is_taken_back_as_a_whole(timeline: tuple[AnyEvent, ...], count: int) -> None:
    """Undo takes the events that belong together, and no others."""
    assert last_act(timeline) == count
