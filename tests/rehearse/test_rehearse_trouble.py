"""Days on which everything goes wrong end in time, and the record says what gave way.

Touches: disk and loopback, through rehearsals. Most of them are led in a room that leaves its
phones in the bag: time is the same, and a whole day takes a blink.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from agreements.durations import planned_seconds
from agreements.library import Library
from agreements.plan import Flex, OpenDuration, Plan, Step
from dialogue.cli import main
from dialogue.config import Config
from dialogue.paths import Places
from dialogue.rehearse.chance import Chance
from dialogue.rehearse.facilitator import Trouble
from dialogue.rehearse.rehearsal import Rehearsed, Wanted, begin, morning, rehearse
from dialogue.rehearse.trouble import HardDay
from dialogue.rehearse.virtual import VirtualTime
from sessions import live
from sessions.condense import step_records
from sessions.document import ClosedRecord, StepRecord
from sessions.keys import KeyFolder
from sessions.pacing import Pace
from sessions.sheet_desk import SheetDesk
from sessions.state import SessionState
from sessions.store import read_record
from tests.plugin_sessions import plan_of, step_of, total_spent
from tests.rehearse.conftest import FIRST_SHEET

HEADS = 33
QUICK = range(1, 31)
REAL = [
    ("lunch-and-learn", 12, 3),
    *(
        pytest.param(*hard, marks=pytest.mark.slow)
        for hard in (("full-day", 33, 2), ("lunch-and-learn", 12, 1), ("lunch-and-learn", 12, 8))
    ),
]
"""What is played through the real door; harm while people write is among it."""

IN_ONE_TEST = 20
INTACT = ("agreements", "closing", "aftercare")
KINDS = {"late-start", "overrun", "late-break", "harm-pause", "declined", "heads-changed"}


@dataclass(frozen=True)
class Led:
    """A day that was led to its end."""

    state: SessionState
    steps: tuple[StepRecord, ...]
    troubles: tuple[Trouble, ...]
    early_seconds: int


class NoPhones:
    """A room that leaves its phones in the bag."""

    def hear(self, _opens_at: float, _closes_at: float) -> None:
        """Listen, and do nothing."""

    def take_phones_out(self) -> None:
        """Leave them where they are."""


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory, library: Library) -> tuple[Led, ...]:
    """Return the full day of each quick seed, led in a room without phones."""
    folder = tmp_path_factory.mktemp("days")
    places = Places(data=folder / "data", config=folder / "config")
    plan = library.plan("full-day")
    return tuple(
        asyncio.run(led(Wanted(places, Config(), library, plan, HEADS, seed=seed, trouble=True)))
        for seed in QUICK
    )


@pytest.fixture
def full_day(places: Places, library: Library) -> Wanted:
    """Return what to rehearse: the full day with 33 people."""
    plan = library.plan("full-day")
    return Wanted(places, Config(), library, plan, HEADS, seed=1, keep_names=True, trouble=True)


async def led(wanted: Wanted) -> Led:
    """Lead a day in a room without phones."""
    clock = VirtualTime(morning())
    session = begin(wanted, clock)
    try:
        host = SimpleNamespace(sheets=SheetDesk(session, KeyFolder(wanted.places.config)))
        chance = Chance(wanted.seed)
        day = HardDay(session, host, NoPhones(), clock, chance)  # type: ignore[arg-type]
        await clock.run(day.lead())
        state, steps = session.state, step_records(session.plan, session.state)
    finally:
        session.leave()
    assert day.over_at is not None
    assert state.stop_at is not None
    return Led(state, steps, tuple(day.troubles), state.stop_at - day.over_at)


def check(plan: Plan, steps: tuple[StepRecord, ...], early_seconds: int) -> None:
    """Hold what must hold of a day, whatever went wrong."""
    assert early_seconds >= 0
    rows = {one.id: one for one in steps}
    for row in steps:
        step = plan.step(row.id)
        assert step is not None
        if step.flex.protected and row.outcome != "declined":
            assert row.outcome == "done", row
            assert row.actual_seconds >= row.planned_seconds, row
            assert row.planned_seconds == planned_seconds(alone(plan, step), step, HEADS), row
    for kind in INTACT:
        ran = (step for step in plan.steps + plan.alternatives if step.kind == kind)
        assert any(rows[one.id].outcome == "done" for one in ran if one.id in rows), kind


def alone(plan: Plan, step: Step) -> Plan:
    """Return a plan of one step."""
    return plan.model_copy(update={"steps": (step.model_copy(update={"parent": None}),)})


def test_hard_days_end_in_time_with_what_is_protected(
    days: tuple[Led, ...], library: Library
) -> None:
    """For each seed the last step is over by the hard stop; agreements and closing ran in full."""
    kinds: Counter[str] = Counter()
    for day in days:
        check(library.plan("full-day"), day.steps, day.early_seconds)
        kinds.update({one.kind for one in day.troubles})
    assert set(kinds) == KINDS
    assert min(kinds.values()) >= len(QUICK) // 5


@pytest.mark.parametrize(
    ("plan", "heads"),
    [("lunch-and-learn", 18), ("ninety-minutes", 19), ("three-hours", 17), ("check-in", 11)],
)
async def test_every_shipped_plan_stands_a_hard_day(
    full_day: Wanted, library: Library, plan: str, heads: int
) -> None:
    """Around the numbers at which a round gives its place away, none of them ends late."""
    for seed in range(1, 11):
        day = await led(replace(full_day, plan=library.plan(plan), heads=heads, seed=seed))
        assert day.early_seconds >= 0, seed


def test_the_record_says_what_gave_way(days: tuple[Led, ...]) -> None:
    """What lost time, and nothing else, is called shortened; what was left out, dropped."""
    shortened = dropped = 0
    for day in days:
        rows = {one.id: one for one in day.steps}
        for row in day.steps:
            cut = day.state.fitted.get(row.id, row.planned_seconds) < row.planned_seconds
            gone = row.id in day.state.dropped
            if row.outcome != "declined":
                expected = "dropped" if gone else "shortened" if cut else "done"
                assert row.outcome == expected, row
        shortened += sum(one.outcome == "shortened" for one in day.steps)
        dropped += sum(one.outcome == "dropped" for one in day.steps)
        assert set(day.state.dropped) & set(rows) <= {
            one.id for one in day.steps if one.outcome in ("dropped", "declined")
        }
        assert total_spent(day.state) == day.state.at
    assert shortened > 5 * len(QUICK)
    assert dropped > len(QUICK) // 4


def test_the_group_that_said_no_is_not_said_to_have_agreed(days: tuple[Led, ...]) -> None:
    """Where the agreements were declined they are not adopted, and the deeper step is not taken."""
    declined = 0
    for day in days:
        if "agreements" in day.state.declined:
            declined += 1
            assert not day.state.adopted
            assert "deeper" in day.state.declined or "deeper" in day.state.dropped
            outcome = {one.id: one.outcome for one in day.steps}
            assert (outcome["agreements"], outcome["three-rules"]) == ("declined", "done")
        else:
            assert day.state.adopted
    assert 0 < declined < len(QUICK)


def test_nothing_about_harm_is_kept_but_a_pause(days: tuple[Led, ...]) -> None:
    """The seconds of all pauses are in the record; which was for harm, or why, is nowhere."""
    for day in days:
        harm = sum(one.amount for one in day.troubles if one.kind == "harm-pause")
        assert day.state.paused_seconds == harm


async def test_a_facilitator_who_never_takes_the_fit_ends_late(
    full_day: Wanted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same days, not fitted, run far beyond their end: the troubles are real ones."""
    monkeypatch.setattr(HardDay, "_catch_up", lambda _self: None)
    late = [(await led(replace(full_day, seed=seed))).early_seconds for seed in range(1, 11)]
    assert sum(one < 0 for one in late) >= 8


async def test_a_fit_that_cuts_too_little_is_found(
    full_day: Wanted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan that is fitted to ten minutes after the stop makes days end late."""
    reckoned = live.LiveSession.pace

    def lenient(session: live.LiveSession) -> Pace:
        true = session._state
        later = None if true.stop_at is None else true.stop_at + 600
        session._state = replace(true, stop_at=later)
        found = reckoned(session)
        session._state = true
        return found

    monkeypatch.setattr(live.LiveSession, "pace", lenient)
    late = [(await led(replace(full_day, seed=seed))).early_seconds for seed in range(1, 11)]
    assert min(late) < 0


def closed(rehearsed: Rehearsed) -> ClosedRecord:
    """Return the record that a rehearsal ended with."""
    record = read_record(rehearsed.path)
    assert isinstance(record, ClosedRecord)
    return record


async def through_the_door(wanted: Wanted) -> None:
    """Rehearse a day through the real door, and hold what must hold."""
    rehearsed = await rehearse(wanted)
    record = closed(rehearsed)
    assert rehearsed.steps == record.steps
    check(record.plan, record.steps, rehearsed.early_seconds)
    assert rehearsed.lost(names_kept=True) == ()
    assert rehearsed.acknowledged > 0


@pytest.mark.parametrize(("plan", "heads", "seed"), REAL)
async def test_a_hard_day_through_the_real_door(
    full_day: Wanted, library: Library, plan: str, heads: int, seed: int
) -> None:
    """With phones that write, also during a pause, it ends in time and no answer is lost."""
    wanted = replace(full_day, plan=library.plan(plan), heads=heads, seed=seed)
    await through_the_door(wanted)


async def test_a_sheet_is_given_up_where_holding_it_open_would_end_late(
    full_day: Wanted, tmp_path: Path
) -> None:
    """With five people and no slack, a sheet to which four wrote is left unread, in time."""
    plan = plan_of(
        step_of("arrival", kind="arrival", duration=OpenDuration()),
        step_of("footing", 1, kind="agreements"),
        step_of("sheet", 2, kind="closing", flex=Flex(protected=True), asks=FIRST_SHEET[:1]),
        minutes=5,
    )
    plan = plan.model_copy(update={"minutes": 3})
    unread = 0
    for seed in range(1, 9):
        places = Places(data=tmp_path / f"data-{seed}", config=tmp_path / "config")
        wanted = replace(full_day, plan=plan, heads=5, seed=seed, places=places)
        rehearsed = await rehearse(wanted)
        assert rehearsed.early_seconds >= 0, seed
        unread += sum(not one.opened for one in rehearsed.asks)
    assert unread > 0


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("first", range(1, 201, IN_ONE_TEST))
async def test_two_hundred_hard_days_through_the_real_door(
    full_day: Wanted, first: int, tmp_path: Path
) -> None:
    """Seeds 1 to 200 of the full day with 33 people."""
    for seed in range(first, first + IN_ONE_TEST):
        places = Places(data=tmp_path / f"data-{seed}", config=tmp_path / f"config-{seed}")
        await through_the_door(replace(full_day, seed=seed, places=places))


async def test_the_same_seed_has_the_same_day(full_day: Wanted) -> None:
    """Two runs of a seed go wrong alike and end alike; another seed has another day."""
    first, second, other = [await led(replace(full_day, seed=seed)) for seed in (7, 7, 8)]
    assert (first.troubles, first.steps) == (second.troubles, second.steps)
    assert first.troubles != other.troubles


SHORT_DAY = ("rehearse", "lunch-and-learn", "--heads", "12", "--seed", "3", "--no-screen")


def test_the_command_says_what_gave_way(fence: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--trouble` says what went wrong, what gave way, and that it ended in time."""
    assert main([*SHORT_DAY, "--trouble"]) == 0
    said = capsys.readouterr().out
    assert "A step ran over: " in said
    assert "Shortened: " in said
    assert "It ended in time, " in said
    assert main([*SHORT_DAY]) == 0
    assert "It ended" not in capsys.readouterr().out


def test_a_program_can_read_what_gave_way(fence: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json the line holds the troubles, what gave way and the seconds to spare."""
    assert main([*SHORT_DAY, "--trouble", "--json"]) == 0
    table: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {one["kind"] for one in table["troubles"]} <= KINDS
    assert table["early_seconds"] >= 0
    record = read_record(Path(table["path"]))
    assert isinstance(record, ClosedRecord)
    outcomes = {one.id: one.outcome for one in record.steps}
    assert {one for one, what in outcomes.items() if what == "shortened"} == set(table["shortened"])
    assert {one for one, what in outcomes.items() if what == "dropped"} == set(table["dropped"])


def test_a_day_that_ends_late_ends_with_1(
    fence: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the end was missed, the code says so as well as the page."""
    monkeypatch.setattr(HardDay, "_catch_up", lambda _self: None)
    assert main([*SHORT_DAY, "--trouble"]) == 1
    assert "after its fixed end." in capsys.readouterr().out
