"""Records of every version that ever was can be read, and lose nothing on the way.

Touches: disk, to read `tests/data/records`. Those files are kept for ever as they are: when a
later version comes, its own are added beside them.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from sessions import migrate
from sessions.condense import condense
from sessions.document import (
    FORMAT,
    VERSION,
    ClosedRecord,
    OpenRecord,
    Record,
    RunningClock,
    schema,
    to_json,
)
from sessions.errors import RecordDamagedError, RecordTooNewError
from sessions.facts import (
    AnswerItem,
    Answers,
    FollowUp,
    GroupCommitment,
    Note,
    ParkedQuestion,
    Wording,
)
from sessions.live import LiveSession
from sessions.migrate import STEPS, migrated, version_of
from sessions.state import elapse, replay
from sessions.store import SessionFolder, read_record
from sessions.timeline import SessionOpened, StopMoved
from tests.plugin_sessions import NOON, FakeClock, Make, is_consistent

RECORDS_KEPT = Path(__file__).parents[1] / "data" / "records"
NAMES = sorted(path.name for path in RECORDS_KEPT.glob("v*.json"))


def kept(name: str) -> Record:
    """Read one of the records that are kept for ever."""
    return read_record(RECORDS_KEPT / name)


def open_one() -> OpenRecord:
    """Return the open record of version 1."""
    record = kept("v1-open.json")
    assert isinstance(record, OpenRecord)
    return record


def lost(old: object, new: object, place: str = "") -> list[str]:
    """Return what a later record does not hold of an earlier one, by place."""
    if isinstance(old, dict) and isinstance(new, dict):
        missing = [f"{place}.{key}" for key in old.keys() - new.keys()]
        shared = old.keys() & new.keys()
        return missing + [
            gone for key in shared for gone in lost(old[key], new[key], f"{place}.{key}")
        ]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        return [gone for at, pair in pairs for gone in lost(*pair, f"{place}[{at}]")]
    return [] if old == new else [place]


def test_there_are_records_of_every_version() -> None:
    """Each version up to the present one has an open and a closed record among the data."""
    assert [
        f"v{version}-{state}.json"
        for version in range(1, VERSION + 1)
        for state in ("closed", "open")
    ] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_old_record_is_read_and_loses_nothing(name: str) -> None:
    """Every value of the file is in the record as it is read; only the version may differ."""
    old = json.loads((RECORDS_KEPT / name).read_bytes())
    new = json.loads(to_json(kept(name)))
    assert [place for place in lost(old, new) if place != ".version"] == []
    assert new["version"] == VERSION


def test_the_open_record_stands_where_it_stood() -> None:
    """The fold of its timeline, checked by hand."""
    record = open_one()
    state = replay(record.timeline)
    assert (state.phase, state.step, state.at, state.heads) == (
        "running",
        "closing-sheet",
        2981,
        24,
    )
    assert state.stop_at == 4000
    assert state.spent == {
        "arrival": 100,
        "welcome": 251,
        "agreements": 490,
        "conditions": 175,
        "compass": 30,
        "pairs": 430,
        "reflection": 240,
        "triads": 515,
        "read-back": 150,
        "one-word-together": 170,
        "closing-sheet": 190,
    }
    assert (state.paused_seconds, state.dropped, state.adopted) == (240, ("compass",), True)
    assert (state.changed, state.fitted) == ({"agreements": 60}, {"slack": 104})
    assert state.agreements_named == {"speak-your-truth": 1}
    assert state.conditions_named == {"isolate-race": 1}
    assert is_consistent(record)


def test_the_open_record_holds_the_words_that_were_kept() -> None:
    """Notes, wording, house agreement, question, commitment and counts, checked by hand."""
    record = open_one()
    assert [note.text for note in record.notes] == [
        "[colleague 1] and [colleague 2] both named the corridor as the place where it happens.",
        "Being heard without being fixed was new for many.",
    ]
    assert record.notes[0].hidden == {"name": 2}
    assert [one.text for one in record.agreements.wordings] == [
        "Stay with us, also when it is slow or hard."
    ]
    assert [one.text for one in record.agreements.house] == [
        "Phones stay in the bag unless we write."
    ]
    assert len(record.parked) == len(record.group_commitments) == 1
    counts = {
        one.ask: sorted(str(item.value or item.choice) for item in one.items)
        for one in record.answers
    }
    assert counts == {
        "useful": ["3"] * 4 + ["4"] * 9 + ["5"] * 8,
        "go-deeper": ["full-day"] * 6 + ["none"] * 2 + ["two-hours"] * 14,
    }


def test_the_closed_record_accounts_for_the_hour() -> None:
    """Its seconds, checked by hand, are those of the open one and of what came after."""
    record = kept("v1-closed.json")
    assert isinstance(record, ClosedRecord)
    assert [(step.id, step.actual_seconds) for step in record.steps][-3:] == [
        ("one-word-together", 170),
        ("closing-sheet", 190),
        ("aftercare", 225),
    ]
    beside = record.elapsed
    assert (beside.arrival_seconds, beside.paused_seconds, beside.closing_seconds) == (0, 240, 310)
    assert sum(step.actual_seconds for step in record.steps) + 240 + 310 == 2981 + 225 + 310
    assert [step.id for step in record.steps if step.outcome == "dropped"] == ["compass"]
    assert record.conditions == (
        "personal-local-immediate",
        "isolate-race",
        "many-perspectives",
        "monitor-and-set-parameters",
    )


def test_an_old_open_record_is_resumed_and_closed(tmp_path: Path) -> None:
    """An interrupted session of an older program goes on in this one."""
    folder = SessionFolder(tmp_path)
    folder.path.write_bytes((RECORDS_KEPT / "v1-open.json").read_bytes())
    record = open_one()
    clock = FakeClock(wall=record.clock.wall)
    session = LiveSession.resume(folder, clock.clock)
    clock.tick(30)
    assert session.state == elapse(replay(session.events), 2981 + 30)
    assert session.keep_note("Going on.").step == "closing-sheet"
    assert session.leave()
    assert isinstance(folder.read(), OpenRecord)
    assert condense(record, 2981).notes == record.notes


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"format": FORMAT},
        {"version": VERSION},
        {"format": "another", "version": VERSION},
        {"format": FORMAT, "version": "1"},
        {"format": FORMAT, "version": 1.0},
        {"format": FORMAT, "version": 0},
        {"format": FORMAT, "version": -1},
        {"format": FORMAT, "version": None},
        {"format": [FORMAT], "version": 1},
    ],
)
def test_a_table_that_is_no_record_is_refused(table: dict[str, Any]) -> None:
    """Without format and a whole number as its version, it is no record of ours."""
    with pytest.raises(RecordDamagedError):
        version_of(table)
    with pytest.raises(RecordDamagedError):
        migrated(table)


@pytest.mark.parametrize("version", [VERSION + 1, VERSION + 500])
def test_a_later_version_is_refused_with_what_to_do(version: int) -> None:
    """The program says that it is the older one, and to update it."""
    with pytest.raises(RecordTooNewError) as error:
        migrated({"format": FORMAT, "version": version})
    assert error.value.sentence == (
        f"This record was written by a newer dialogue (format {version}; this program knows "
        f"{VERSION}). It is left as it is: update the program to open it."
    )


def test_the_present_version_is_left_alone() -> None:
    """Nothing is done to a table that needs nothing."""
    table = {"format": FORMAT, "version": VERSION, "title": "x"}
    assert migrated(table) is table


def test_steps_lead_from_each_version_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is one step for each version before the present one, taken in turn, on a copy."""
    assert set(STEPS) == set(range(1, VERSION))

    def step(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
        return lambda table: {**table, "steps": [*table["steps"], (name, table["version"])]}

    monkeypatch.setattr(migrate, "VERSION", 4)
    monkeypatch.setattr(migrate, "STEPS", {1: step("a"), 2: step("b"), 3: step("c")})
    old = {"format": FORMAT, "version": 1, "steps": []}
    before = copy.deepcopy(old)
    assert migrated(old)["steps"] == [("a", 1), ("b", 2), ("c", 3)]
    assert migrated(old)["version"] == 4
    assert migrated({**old, "version": 3})["steps"] == [("c", 3)]
    assert old == before


def everything(make: Make) -> OpenRecord:
    """Return a record with something in every place, also what is empty elsewhere."""
    number = iter(f"{at:032x}" for at in range(100))
    return make(
        notes=(Note(id=next(number), step=None, text="x", hidden={"name": 2}),),
        parked=(ParkedQuestion(id=next(number), text="x"),),
        group_commitments=(
            GroupCommitment(
                id=next(number), text="x", follow_up=(FollowUp(after_days=30, state="partly"),)
            ),
        ),
        answers=(
            Answers(
                id=next(number),
                ask="then-and-now",
                kind="then-now",
                seats=12,
                items=(
                    AnswerItem(id=next(number), then=1, now=4),
                    AnswerItem(id=next(number), text="x", level="quote", status="shared"),
                ),
            ),
        ),
        timeline=(SessionOpened(at=0, heads=12), StopMoved(at=1, stop_at=None)),
        clock=RunningClock(opened=NOON, at=1, wall=NOON),
    )


def test_every_place_in_a_record_survives_the_file(make: Make, tmp_path: Path) -> None:
    """What is `None` is left out of the file and is `None` again when it is read."""
    record = everything(make)
    wording = Wording(id="f" * 32, agreement="stay-engaged", text="x")
    agreements = record.agreements.model_copy(update={"wordings": (wording,)})
    record = record.model_copy(update={"agreements": agreements})
    for one in (record, condense(record, at=5)):
        SessionFolder(tmp_path).write(one)
        assert SessionFolder(tmp_path).read() == one
        assert b"null" not in SessionFolder(tmp_path).path.read_bytes()


@pytest.fixture(scope="module")
def valid() -> jsonschema.Draft202012Validator:
    """Return a validator of the schema that the program prints."""
    jsonschema.Draft202012Validator.check_schema(schema())
    return jsonschema.Draft202012Validator(schema())


@pytest.mark.parametrize("name", NAMES)
def test_records_keep_to_the_published_schema(
    valid: jsonschema.Draft202012Validator, name: str
) -> None:
    """Open or closed, a record validates against the JSON Schema."""
    assert [error.message for error in valid.iter_errors(json.loads(to_json(kept(name))))] == []


def test_a_full_record_keeps_to_the_published_schema(
    valid: jsonschema.Draft202012Validator, make: Make
) -> None:
    """So does one with something in every place; and what does not belong is an error."""
    record = everything(make)
    for one in (record, condense(record, at=5)):
        table = json.loads(to_json(one))
        assert [error.message for error in valid.iter_errors(table)] == []
        assert not valid.is_valid({**table, "facilitator": "a name"})
        assert not valid.is_valid({**table, "state": "half"})
