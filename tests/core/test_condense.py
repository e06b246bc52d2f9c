"""What stays of a timeline at the close: seconds and outcomes for each step, and nothing finer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import pytest

from agreements.model import Protocol
from agreements.plan import Plan
from sessions.condense import condense, step_records
from sessions.document import ClosedRecord, OpenRecord, RunningClock, StepRecord, to_json
from sessions.facts import Fact, Note
from sessions.state import replay
from sessions.timeline import (
    AgreementNamed,
    AgreementsAdopted,
    AnyEvent,
    ClosingBegun,
    ConditionNamed,
    FactKept,
    HeadsChanged,
    MinutesChanged,
    Paused,
    PlanFitted,
    Resumed,
    SessionOpened,
    StepDeclined,
    StepDropped,
    StepStarted,
)
from sessions.versions import first_version, later_version
from tests.plugin_sessions import NOON, plan_of, setting_of, step_of


def open_record(
    plan: Plan, protocol: Protocol, events: Iterable[AnyEvent], facts: Iterable[Fact] = ()
) -> OpenRecord:
    """Return the open record with this timeline."""
    timeline = (SessionOpened(at=0, heads=12, stop_at=3600), *events)
    clock = RunningClock(opened=NOON, at=timeline[-1].at, wall=NOON)
    first = first_version(
        session_id="a" * 32,
        title="A test",
        held_on=NOON.date(),
        plan=plan,
        protocol=protocol,
        setting=setting_of(12),
        clock=clock,
        events=timeline[:1],
        rehearsal=False,
    )
    known = {fact.id: fact for fact in facts}
    return later_version(first, timeline, replay(timeline), known, clock)


def rows(plan: Plan, *events: AnyEvent, heads: int = 12) -> dict[str, StepRecord]:
    """Return what became of each step, by id and in order."""
    state = replay([SessionOpened(at=0, heads=heads), *events])
    return {row.id: row for row in step_records(plan, state)}


def outcomes(plan: Plan, *events: AnyEvent, heads: int = 12) -> dict[str, str]:
    """Return the outcome of each step, by id and in order."""
    return {row.id: row.outcome for row in rows(plan, *events, heads=heads).values()}


def start(step: str, at: int = 0) -> StepStarted:
    """Return the start of a step."""
    return StepStarted(at=at, step=step)


def test_every_step_that_is_run_has_a_row_in_the_plans_order(tiny: Plan) -> None:
    """Nothing ran yet: each step stands there as dropped; boxes, slack and alternatives do not."""
    assert outcomes(tiny) == dict.fromkeys(
        ["welcome", "consent", "pairs", "threes", "round", "closing"], "dropped"
    )


def test_seconds_are_summed_over_visits(tiny: Plan) -> None:
    """A step that was gone back to has its visits counted and its seconds in one sum."""
    row = rows(tiny, start("pairs"), start("threes", 100), start("pairs", 150), Paused(at=190))
    assert (row["pairs"].actual_seconds, row["pairs"].visits) == (140, 2)
    assert (row["threes"].actual_seconds, row["threes"].visits) == (50, 1)
    assert row["pairs"].planned_seconds == 600


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ([start("pairs")], "done"),
        ([start("pairs"), MinutesChanged(at=0, step="pairs", seconds=60)], "done"),
        ([start("pairs"), MinutesChanged(at=0, step="pairs", seconds=-60)], "shortened"),
        ([start("pairs"), PlanFitted(at=0, seconds={"pairs": 599})], "shortened"),
        ([start("pairs"), StepDropped(at=0, step="pairs")], "dropped"),
        ([StepDropped(at=0, step="pairs"), start("pairs")], "done"),
        ([start("pairs"), StepDeclined(at=0, step="block", alternative="quiet")], "declined"),
        ([], "dropped"),
    ],
)
def test_the_outcome_of_a_step(tiny: Plan, events: list[AnyEvent], outcome: str) -> None:
    """Done, shortened, dropped or declined, by the last thing that was decided."""
    assert outcomes(tiny, *events)["pairs"] == outcome


def test_a_declined_step_stands_before_what_ran_instead(tiny: Plan) -> None:
    """The alternative follows the step the group declined and says in whose place it ran."""
    no: tuple[AnyEvent, ...] = (
        start("consent"),
        StepDeclined(at=30, step="consent", alternative="rules"),
        start("rules", 30),
        start("pairs", 90),
    )
    found = rows(tiny, *no)
    assert list(found)[:3] == ["welcome", "consent", "rules"]
    assert (found["consent"].outcome, found["consent"].actual_seconds) == ("declined", 30)
    assert (found["rules"].outcome, found["rules"].actual_seconds) == ("done", 60)
    assert found["rules"].in_place_of == "consent"


def test_a_declined_whole_stands_before_what_ran_instead(tiny: Plan) -> None:
    """The alternative to a step with parts follows all of its parts."""
    found = rows(
        tiny,
        start("pairs"),
        StepDeclined(at=50, step="block", alternative="quiet"),
        start("quiet", 50),
    )
    assert list(found)[2:5] == ["pairs", "threes", "quiet"]
    assert [found[one].outcome for one in ("pairs", "threes", "quiet")] == [
        "declined",
        "declined",
        "done",
    ]
    assert found["quiet"].in_place_of == "block"


def test_a_stand_in_is_listed_for_a_large_room(tiny: Plan) -> None:
    """With more people than a step can hold, its alternative has the row."""
    found = rows(tiny, start("chorus"), heads=30)
    assert "round" not in found
    assert (found["chorus"].outcome, found["chorus"].in_place_of) == ("done", "round")


def test_everything_that_ran_is_listed_even_after_people_left(tiny: Plan) -> None:
    """A stand-in that ran keeps its row, and its seconds, when the room grows small again."""
    found = rows(
        tiny, start("chorus"), HeadsChanged(at=70, heads=12), start("round", 70), Paused(at=90)
    )
    assert (found["chorus"].actual_seconds, found["round"].actual_seconds) == (70, 20)


def test_all_seconds_are_accounted_for(tiny: Plan, protocol: Protocol) -> None:
    """Arrival, steps, pauses and closing make the whole time the session was open."""
    closed = condense(
        open_record(
            tiny,
            protocol,
            [
                start("welcome", 33),
                Paused(at=101),
                Resumed(at=150),
                start("rules", 163),
                start("quiet", 201),
                start("chorus", 300),
                StepDropped(at=307, step="chorus"),
                start("closing", 307),
                ClosingBegun(at=471),
            ],
        ),
        at=1000,
    )
    beside = closed.elapsed
    assert (beside.arrival_seconds, beside.paused_seconds, beside.closing_seconds) == (33, 49, 529)
    in_steps = sum(step.actual_seconds for step in closed.steps)
    assert in_steps + 33 + 49 + 529 == 1000


def test_the_heads_are_those_of_the_end(tiny: Plan, protocol: Protocol) -> None:
    """How many were there is what was counted last, and turns are measured for them."""
    record = open_record(tiny, protocol, [HeadsChanged(at=1, heads=17), ClosingBegun(at=2)])
    assert condense(record, at=3).setting.heads == 17


def test_conditions_are_those_of_steps_namings_and_notes(tiny: Plan, protocol: Protocol) -> None:
    """A condition counts when a step with it ran, when it was named, or when a note is tagged."""
    note = Note(id="b" * 32, text="Heard.", tags=("stay-engaged", "working-definition"))
    record = open_record(
        tiny,
        protocol,
        [
            start("pairs", 1),
            ConditionNamed(at=2, condition="many-perspectives"),
            FactKept(at=3, kind="note", fact=note.id),
            ClosingBegun(at=4),
        ],
        [note],
    )
    assert condense(record, at=5).conditions == (
        "isolate-race",
        "many-perspectives",
        "working-definition",
    )


def closed_example(plan: Plan, protocol: Protocol) -> ClosedRecord:
    """Return a closed record of a session in which everything happened."""
    notes = [Note(id=f"{number:032x}", text=f"Theme {number}.") for number in range(3)]
    events: list[AnyEvent] = [
        start("welcome", 3),
        AgreementNamed(at=7, agreement="stay-engaged"),
        AgreementNamed(at=8, agreement="stay-engaged"),
        AgreementsAdopted(at=9),
        *(FactKept(at=10 + at, kind="note", fact=one.id) for at, one in enumerate(notes)),
        ClosingBegun(at=600),
    ]
    return condense(open_record(plan, protocol, events, notes), at=700)


def test_no_time_and_no_act_is_left(tiny: Plan, protocol: Protocol) -> None:
    """The closed record has a day and lengths; no clock time, no order, no count of namings."""
    # promise 24
    text = to_json(closed_example(tiny, protocol)).decode()
    table = json.loads(text)
    assert not {"timeline", "clock"} & table.keys()
    assert "agreements_named" not in text
    assert "agreement-named" not in text
    assert table["held_on"] == "2026-11-22"
    assert re.findall(r"\d{1,2}:\d{2}", text) == []
    assert re.findall(r"\d{4}-\d{2}-\d{2}", text) == ["2026-11-22"]


def test_what_was_agreed_and_kept_stays(tiny: Plan, protocol: Protocol) -> None:
    """Adoption, notes, plan and protocol are in the closed record as they were in the open one."""
    closed = closed_example(tiny, protocol)
    assert closed.agreements.adopted
    assert [note.text for note in closed.notes] == ["Theme 0.", "Theme 1.", "Theme 2."]
    assert (closed.plan, closed.protocol) == (tiny, protocol)


def test_a_shared_alternative_is_listed_once() -> None:
    """An alternative that two parts share has one row, after the later of them."""
    plan = plan_of(
        step_of("one", alternative="rest"),
        step_of("two", alternative="rest"),
        alternatives=(step_of("rest"),),
    )
    found = outcomes(
        plan, start("one"), StepDeclined(at=1, step="two", alternative="rest"), start("rest", 1)
    )
    assert list(found) == ["one", "two", "rest"]
