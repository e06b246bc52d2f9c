"""The fold of a timeline: where every second goes, and what each event leaves behind."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from sessions.facts import FactKind
from sessions.state import SessionState, elapse, evolve, replay
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
from tests.plugin_sessions import EVENTS, total_spent

FACT = "0" * 32
OTHER = "1" * 32

OPENED: tuple[AnyEvent, ...] = (SessionOpened(at=0, heads=12, stop_at=3600),)
RUNNING: tuple[AnyEvent, ...] = (*OPENED, StepStarted(at=60, step="pairs"))


def test_the_opening_sets_heads_and_stop() -> None:
    """A session begins in arrival, with its heads and its hard stop."""
    assert replay(OPENED) == SessionState(phase="arrival", heads=12, stop_at=3600)


def test_every_second_goes_where_it_was_spent() -> None:
    """Arrival, two visits to a step, another step, a pause and the closing are told apart."""
    state = replay(
        [
            SessionOpened(at=0, heads=12),
            StepStarted(at=10, step="a"),
            StepStarted(at=30, step="b"),
            Paused(at=70),
            Resumed(at=150),
            StepStarted(at=310, step="a"),
            ClosingBegun(at=630),
            SessionClosed(at=1270),
        ]
    )
    assert state.arrival_seconds == 10
    assert state.spent == {"a": 20 + 320, "b": 40 + 160}
    assert state.visits == {"a": 2, "b": 1}
    assert state.paused_seconds == 80
    assert state.closing_seconds == 640
    assert total_spent(state) == state.at == 1270


@pytest.mark.parametrize(
    ("event", "changes"),
    [
        (MinutesChanged(at=60, step="pairs", seconds=120), {"changed": {"pairs": 120}}),
        (StepDropped(at=60, step="round"), {"dropped": ("round",)}),
        (
            StepDeclined(at=60, step="pairs", alternative="quiet"),
            {"declined": {"pairs": "quiet"}},
        ),
        (
            PlanFitted(at=60, seconds={"pairs": 300}, dropped=("round",)),
            {"fitted": {"pairs": 300}, "dropped": ("round",)},
        ),
        (AgreementNamed(at=60, agreement="a1"), {"agreements_named": {"a1": 1}}),
        (ConditionNamed(at=60, condition="c2"), {"conditions_named": {"c2": 1}}),
        (AgreementsAdopted(at=60), {"adopted": True}),
        (HeadsChanged(at=60, heads=30), {"heads": 30}),
        (StopMoved(at=60, stop_at=4000), {"stop_at": 4000}),
        (StopMoved(at=60), {"stop_at": None}),
        (FactKept(at=60, kind="note", fact=FACT), {"facts": {FACT: "note"}}),
        (FactStruck(at=60, fact=FACT), {}),
        (Paused(at=60), {"phase": "paused"}),
        (ClosingBegun(at=60), {"phase": "closing"}),
    ],
    ids=lambda value: getattr(value, "type", ""),
)
def test_an_event_changes_what_it_is_about(event: AnyEvent, changes: dict[str, object]) -> None:
    """Each event changes its own part of the state and nothing else."""
    before = replay(RUNNING)
    after = evolve(before, event)
    for name in SessionState.__dataclass_fields__:
        assert getattr(after, name) == changes.get(name, getattr(before, name)), name


def test_counts_add_up() -> None:
    """Naming twice counts two, and minutes given and taken add up."""
    state = replay(
        [
            *RUNNING,
            AgreementNamed(at=61, agreement="a1"),
            AgreementNamed(at=62, agreement="a1"),
            MinutesChanged(at=63, step="pairs", seconds=120),
            MinutesChanged(at=64, step="pairs", seconds=-60),
        ]
    )
    assert state.agreements_named == {"a1": 2}
    assert state.changed == {"pairs": 60}


def test_a_fit_takes_in_what_was_changed_by_hand_before() -> None:
    """The fitted length stands; minutes changed before it are in it, those after it add to it."""
    state = replay(
        [
            *RUNNING,
            MinutesChanged(at=61, step="pairs", seconds=120),
            MinutesChanged(at=61, step="threes", seconds=60),
            PlanFitted(at=62, seconds={"pairs": 300}),
            MinutesChanged(at=63, step="pairs", seconds=60),
        ]
    )
    assert state.fitted == {"pairs": 300}
    assert state.changed == {"pairs": 60, "threes": 60}


def test_a_later_fit_wins_step_by_step() -> None:
    """A second fit keeps what it does not name, and a step is not listed as dropped twice."""
    state = replay(
        [
            *RUNNING,
            PlanFitted(at=61, seconds={"pairs": 300, "threes": 400}, dropped=("round",)),
            PlanFitted(at=62, seconds={"pairs": 240}, dropped=("round", "extra")),
        ]
    )
    assert state.fitted == {"pairs": 240, "threes": 400}
    assert state.dropped == ("round", "extra")


def test_starting_a_step_takes_back_that_it_was_dropped_or_declined() -> None:
    """A step that is started runs after all, whatever was decided about it before."""
    state = replay(
        [
            *RUNNING,
            StepDropped(at=61, step="round"),
            StepDeclined(at=62, step="consent", alternative="rules"),
            StepStarted(at=63, step="rules"),
            StepStarted(at=64, step="consent"),
            StepStarted(at=65, step="round"),
        ]
    )
    assert state.dropped == ()
    assert state.declined == {}


def test_a_struck_fact_is_gone_and_the_others_stay() -> None:
    """Striking one fact leaves the others in the order in which they were kept."""
    third = "2" * 32
    kept = [FactKept(at=61, kind="note", fact=fact) for fact in (OTHER, FACT, third)]
    state = replay([*RUNNING, *kept, FactStruck(at=62, fact=FACT)])
    assert list(state.facts) == [OTHER, third]


def test_evolving_leaves_the_state_before_as_it_was() -> None:
    """The fold never changes a mapping in place, so that an earlier state can be gone back to."""
    before = replay(RUNNING)
    copy = replay(RUNNING)
    evolve(before, FactKept(at=90, kind="note", fact=FACT))
    evolve(before, MinutesChanged(at=90, step="pairs", seconds=60))
    evolve(before, StepStarted(at=90, step="threes"))
    assert before == copy


@pytest.mark.parametrize(
    ("events", "field", "seconds"),
    [
        (OPENED, "arrival_seconds", 90),
        ((*RUNNING, Paused(at=60)), "paused_seconds", 30),
        ((*RUNNING, ClosingBegun(at=60)), "closing_seconds", 30),
    ],
)
def test_a_quiet_moment_counts_for_the_phase_it_is_in(
    events: tuple[AnyEvent, ...], field: str, seconds: int
) -> None:
    """Time in which nothing happens belongs to the phase."""
    assert getattr(elapse(replay(events), 90), field) == seconds


def test_a_quiet_moment_in_a_step_is_the_steps() -> None:
    """Time in which nothing happens belongs to the running step."""
    assert elapse(replay(RUNNING), 90).spent == {"pairs": 30}


def test_a_moment_before_the_last_event_counts_as_that_event() -> None:
    """A clock that seems to go back takes nothing away."""
    state = replay(RUNNING)
    assert elapse(state, 10) == state


def test_nothing_passes_in_a_closed_session() -> None:
    """After the close no second is added anywhere."""
    closed = replay([*RUNNING, ClosingBegun(at=90), SessionClosed(at=100)])
    later = elapse(closed, 10_000)
    assert total_spent(later) == 100


def test_elapsing_twice_is_elapsing_once() -> None:
    """It does not matter how often the clock is looked at in between."""
    state = replay(RUNNING)
    assert elapse(elapse(elapse(state, 70), 95), 400) == elapse(state, 400)


moves = st.lists(
    st.sampled_from(
        [
            StepStarted(at=0, step="a"),
            StepStarted(at=0, step="b"),
            Paused(at=0),
            Resumed(at=0),
            ClosingBegun(at=0),
            HeadsChanged(at=0, heads=3),
        ]
    ),
    max_size=30,
)


@given(moves, st.lists(st.integers(0, 500), min_size=30, max_size=30))
def test_all_seconds_are_accounted_for(events: list[AnyEvent], gaps: list[int]) -> None:
    """Whatever happens when, the parts add up to the time of the last event."""
    times = itertools.accumulate(gaps)
    timed = [event.model_copy(update={"at": at}) for event, at in zip(events, times, strict=False)]
    state = replay([SessionOpened(at=0, heads=12), *timed])
    assert total_spent(state) == state.at


def test_every_event_survives_the_file() -> None:
    """An event written without its empty fields, as the record does, is read back alike."""
    events: list[AnyEvent] = [
        *RUNNING,
        SessionOpened(at=0, heads=1),
        StopMoved(at=1, stop_at=None),
        StopMoved(at=1, stop_at=5),
        PlanFitted(at=2, seconds={"a": 1}, dropped=("b",), continues=True),
        FactKept(at=3, kind="house-agreement", fact=FACT),
    ]
    for event in events:
        assert EVENTS.validate_json(EVENTS.dump_json(event, exclude_none=True)) == event


def test_the_state_can_be_written_as_json() -> None:
    """The state holds plain values only, so that two states can be compared byte by byte."""
    adapter = TypeAdapter(SessionState)
    state = replay(RUNNING)
    assert adapter.validate_json(adapter.dump_json(state)) == state


@pytest.mark.parametrize(
    ("kind", "amends"), [("wording", True), ("house-agreement", True), ("note", False)]
)
def test_agreements_that_change_are_adopted_anew(kind: FactKind, amends: bool) -> None:
    """New words for what a group adopted stand as adopted only when it has agreed to them too."""
    adopted: list[AnyEvent] = [*RUNNING, AgreementsAdopted(at=70)]
    changed = [*adopted, FactKept(at=80, kind=kind, fact=FACT)]
    assert (replay(changed).adopted, replay(changed).amended) == (not amends, amends)
    again = replay([*changed, AgreementsAdopted(at=90)])
    assert (again.adopted, again.amended) == (True, False)
    before = replay([*RUNNING, FactKept(at=65, kind=kind, fact=FACT)])
    assert not before.amended
