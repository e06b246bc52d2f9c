"""Two exports of a session cannot be subtracted: whatever became of the record between them.

A history is a row of changes to a closed record: withdrawals, notes that were edited or struck,
names hidden, figures corrected, words purged. What happened before the first export is in every
export; what happened after it is in none, but for follow-up, which only adds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from sessions import summarise
from sessions.document import ClosedRecord, to_json
from sessions.export.registry import FORMATS
from sessions.facts import (
    AnswerItem,
    Answers,
    FollowUp,
    GroupCommitment,
    HouseAgreement,
    LeadershipAsk,
    Note,
    ParkedQuestion,
    Reply,
)
from sessions.release import Order, release, write_exports
from sessions.store import read_record
from sessions.summarise import freeze, summary_of
from sessions.summary import Summary
from tests.attack.rooms import random_room, record_of

HISTORIES, HISTORIES_IN_FULL = 60, 10_000
STEPS = 6
QUOTED = "I was asked to explain it to all of them"
WITHDRAWN = "This was the one they took back after all"

Change = Callable[[ClosedRecord, random.Random], ClosedRecord]


def an_id(number: int) -> str:
    """Return an id of the right shape."""
    return f"{number:032x}"


def a_record(chance: random.Random) -> ClosedRecord:
    """Return a closed record with something of everything in it."""
    record = record_of(random_room(chance))
    words = Answers(
        id=an_id(1),
        ask="reflection",
        kind="words",
        seats=24,
        items=tuple(
            AnswerItem(id=an_id(100 + n), text=f"{QUOTED} {n}", level="quote", status="shared")
            for n in range(6)
        ),
    )
    return record.model_copy(
        update={
            "answers": (*record.answers, words),
            "notes": tuple(Note(id=an_id(200 + n), text=f"Theme {n}") for n in range(3)),
            "parked": (ParkedQuestion(id=an_id(300), text="Who is missing?"),),
            "group_commitments": (
                GroupCommitment(id=an_id(400), text="Ask before we post."),
                GroupCommitment(id=an_id(401), text="Meet again."),
            ),
            "leadership_asks": (LeadershipAsk(id=an_id(500), text="Pay for the time."),),
        }
    )


def withdrawn(record: ClosedRecord, chance: random.Random) -> ClosedRecord:
    """Take one person's answer out of each ask."""
    return with_items(record, lambda items: items[: chance.randint(0, len(items))])


def judged_anew(record: ClosedRecord, chance: random.Random) -> ClosedRecord:
    """Change what the review said of an answer."""
    status = chance.choice(("kept", "shared", "held-back"))

    def changed(items: Sequence[AnswerItem]) -> list[AnswerItem]:
        return [item.model_copy(update={"status": status}) for item in items]

    return with_items(record, changed)


def with_items(
    record: ClosedRecord, change: Callable[[Sequence[AnswerItem]], Sequence[AnswerItem]]
) -> ClosedRecord:
    """Return the record with other answers."""
    answers = (one.model_copy(update={"items": tuple(change(one.items))}) for one in record.answers)
    return record.model_copy(update={"answers": tuple(answers)})


def noted(record: ClosedRecord, chance: random.Random) -> ClosedRecord:
    """Edit a note, strike one, or add one."""
    notes = list(record.notes)[chance.randint(0, 1) :]
    added = Note(id=an_id(chance.getrandbits(100)), text="A note that was edited")
    return record.model_copy(update={"notes": (*notes, added)})


def counted_anew(record: ClosedRecord, chance: random.Random) -> ClosedRecord:
    """Correct how many were there, or raise the threshold."""
    setting = {"heads": chance.randint(1, 80), "threshold": chance.randint(5, 12)}
    return record.model_copy(update={"setting": record.setting.model_copy(update=setting)})


def purged(record: ClosedRecord, _chance: random.Random) -> ClosedRecord:
    """Let go of every word, as the retention date does."""
    empty: dict[str, Any] = dict.fromkeys(("notes", "answers", "parked", "group_commitments"), ())
    return record.model_copy(update={**empty, "title": "Purged", "held_back": "5 to 9"})


def reworded(record: ClosedRecord, chance: random.Random) -> ClosedRecord:
    """Change the title, what is parked, what was promised and what the group agreed to."""
    agreements = record.agreements.model_copy(
        update={"house": (HouseAgreement(id=an_id(9), text="Phones away."),), "adopted": True}
    )
    commitments = (
        one.model_copy(update={"text": f"Other words {chance.random()}"})
        for one in record.group_commitments
    )
    asks = (one.model_copy(update={"text": "Other"}) for one in record.leadership_asks)
    return record.model_copy(
        update={
            "title": "Another title",
            "agreements": agreements,
            "group_commitments": tuple(commitments),
            "leadership_asks": tuple(asks),
            "conditions": (),
            "parked": (),
        }
    )


def under_another_rule(record: ClosedRecord, chance: random.Random) -> ClosedRecord:
    """Choose another rule for what may leave, when it is too late."""
    rule = chance.choice(("private", "chatham-house", "none-known"))
    setting = record.setting.model_copy(update={"confidentiality": rule})
    return record.model_copy(update={"setting": setting})


CHANGES: tuple[Change, ...] = (
    withdrawn,
    judged_anew,
    noted,
    counted_anew,
    purged,
    reworded,
    under_another_rule,
)


def rendered(summary: Summary) -> dict[str, bytes]:
    """Return an export in every format there is."""
    return {name: chosen.render(summary) for name, chosen in FORMATS.items()}


def differing(histories: int) -> Iterator[str]:
    """Yield each history whose second export differs from its first, by what changed."""
    chance = random.Random("two exports")
    for _ in range(histories):
        record = freeze(chance.choice(CHANGES)(a_record(chance), chance))
        first = summary_of(record)
        for change in chance.choices(CHANGES, k=STEPS):
            record = change(record, chance)
            if summary_of(freeze(record)) != first:
                yield change.__name__


def test_no_history_shows_in_a_second_export() -> None:
    """After the first export every later one says the same."""
    # promise 18
    assert [*differing(HISTORIES)] == []


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_no_history_shows_in_a_second_export_in_full() -> None:
    """Nor in ten thousand histories."""
    # promise 18
    assert [*differing(HISTORIES_IN_FULL)] == []


def test_a_summary_made_anew_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build that sums up the record again each time, nearly every change shows."""
    # promise 18
    monkeypatch.setattr("tests.attack.test_two_exports.summary_of", summarise.summarise)
    assert {*differing(HISTORIES)} == {change.__name__ for change in CHANGES}


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_every_format_has_the_same_bytes_again(change: Change, tmp_path: Path) -> None:
    """In files: a second export, to another folder, after each kind of change."""
    # promise 18
    chance = random.Random("files")
    path = tmp_path / "session.json"
    path.write_bytes(to_json(a_record(chance)))
    first = exported(path, tmp_path / "first")
    record = read_record(path)
    assert isinstance(record, ClosedRecord)
    path.write_bytes(to_json(change(record, chance)))
    assert exported(path, tmp_path / "second") == first
    assert len(first) == len(FORMATS)


def exported(path: Path, folder: Path) -> dict[str, bytes]:
    """Export a session in every format, and return the files by their names."""
    released = release(path)
    files = [write_exports(released, Order([chosen], folder))[0] for chosen in FORMATS.values()]
    return {file.name: file.read_bytes() for file in files}


def test_what_was_withdrawn_before_is_in_no_export() -> None:
    """A withdrawal before the first export leaves nothing, in whatever format."""
    # promise 18
    chance = random.Random("before")
    record = a_record(chance)
    *others, words = record.answers
    one = AnswerItem(id=an_id(7), text=WITHDRAWN, level="quote", status="shared")
    with_it = words.model_copy(update={"items": (one, *words.items)})
    before = record.model_copy(update={"answers": (*others, with_it)})
    assert WITHDRAWN in freeze(before).model_dump_json()
    gone = [item for item in with_it.items if item != one]
    after = before.model_copy(
        update={"answers": (*others, with_it.model_copy(update={"items": tuple(gone)}))}
    )
    assert rendered(summary_of(freeze(after))) == rendered(summary_of(freeze(record)))


def followed(record: ClosedRecord) -> ClosedRecord:
    """Return the record with what became known after thirty days."""
    first, *others = record.group_commitments
    stood = FollowUp(after_days=30, state="partly", in_the_way="No time was given")
    held_on = record.held_on
    reply = Reply(on=held_on, text="From May on")
    asks = (one.model_copy(update={"replies": (reply,)}) for one in record.leadership_asks)
    return record.model_copy(
        update={
            "group_commitments": (
                first.model_copy(update={"follow_up": (stood,), "role": "The team lead"}),
                *others,
            ),
            "leadership_asks": (*asks, LeadershipAsk(id=an_id(501), text="Name a contact.")),
        }
    )


def test_follow_up_is_added_and_changes_nothing_else() -> None:
    """Later exports say how commitments stand and what leadership answered, and all the rest."""
    # promise 18
    record = freeze(a_record(random.Random("follow-up")))
    first, later = summary_of(record), summary_of(followed(record))
    assert later.commitments[0].follow_up[0].state == "partly"
    assert later.commitments[0].role == "The team lead"
    assert [one.on for one in later.leadership_asks[0].replies] == [record.held_on.isoformat()]
    assert [one.text for one in later.leadership_asks] == ["Pay for the time.", "Name a contact."]
    added = ("commitments", "leadership_asks")
    assert later.model_dump(exclude={*added}) == first.model_dump(exclude={*added})
    before, after = (FORMATS["md"].render(one).decode().split("\n") for one in (first, later))
    assert {*before} <= {*after}
    assert any("The team lead" in line for line in {*after} - {*before})


def test_what_was_said_of_a_day_stays_said() -> None:
    """A state that was exported is not put otherwise by a later correction."""
    # promise 18
    record = freeze(followed(a_record(random.Random("said"))))
    kept = FollowUp(after_days=30, state="kept")
    later = FollowUp(after_days=60, state="kept")
    first, *others = record.group_commitments
    changed = first.model_copy(update={"follow_up": (kept, later), "role": "Another"})
    record = record.model_copy(update={"group_commitments": (changed, *others)})
    commitment = summary_of(record).commitments[0]
    assert [(at.after_days, at.state) for at in commitment.follow_up] == [
        (30, "partly"),
        (60, "kept"),
    ]
    assert commitment.role == "The team lead"
