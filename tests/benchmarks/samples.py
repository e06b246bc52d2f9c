"""What the benchmarks read: a large record, and a folder full of sessions.

Touches: disk, below the folder it is given. Nothing is drawn by chance, so that two runs read the
same bytes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from agreements.library import Library, open_library
from sessions.document import OpenRecord, RunningClock, Setting, to_json
from sessions.facts import AnswerItem, Answers, Note
from sessions.store import RECORD_NAME
from sessions.text import one_line
from sessions.timeline import AgreementNamed, AnyEvent, FactKept, SessionOpened, StepStarted

OPENED = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
NOTES = 240
QUESTIONS = 20
ANSWERS_EACH = 463
NAMINGS = 238
"""With the opening, the first step and a note's keeping each, 500 events; 10,000 entries in all."""

WORDS = "Being heard without being fixed; who is asked to explain, and who may rest. "


def library() -> Library:
    """Return the shipped content."""
    return open_library(one_line)


def random_like(number: int) -> str:
    """Return an id of the right shape that depends on a number only."""
    return f"{number:032x}"


def large_record() -> OpenRecord:
    """Return an open record of 10,000 entries, of which 500 are events."""
    content = library()
    plan = content.plan("lunch-and-learn")
    first = plan.steps[0].id
    notes = tuple(
        Note(id=random_like(number), step=first, text=WORDS * (1 + number % 3))
        for number in range(NOTES)
    )
    answers = tuple(questions())
    timeline: list[AnyEvent] = [SessionOpened(at=0, heads=24, stop_at=3600)]
    timeline.append(StepStarted(at=1, step=first))
    timeline += [FactKept(at=2, kind="note", fact=note.id) for note in notes]
    timeline += [FactKept(at=2, kind="answers", fact=one.id) for one in answers]
    named = content.protocol.agreements[0].id
    timeline += [AgreementNamed(at=3, agreement=named) for _ in range(NAMINGS)]
    return OpenRecord(
        id=random_like(0),
        title="A large session",
        held_on=OPENED.date(),
        language=plan.language,
        protocol=content.protocol,
        plan=plan,
        setting=Setting(heads=24, confidentiality="stories-stay"),
        notes=notes,
        answers=answers,
        clock=RunningClock(opened=OPENED, at=4, wall=OPENED + timedelta(seconds=4)),
        timeline=tuple(timeline),
    )


def entries(record: OpenRecord) -> tuple[int, int]:
    """Return how many entries a record has, and how many of these are events."""
    events = len(record.timeline)
    items = sum(len(one.items) for one in record.answers)
    return events + items + len(record.notes), events


def questions() -> list[Answers]:
    """Return the answers of a large room to many asks."""
    return [
        Answers(
            id=random_like(1_000_000 + number),
            ask=f"ask-{number}",
            kind="scale",
            seats=500,
            items=tuple(
                AnswerItem(id=random_like(2_000_000 + 1000 * number + item), value=1 + item % 5)
                for item in range(ANSWERS_EACH)
            ),
        )
        for number in range(QUESTIONS)
    ]


def many_sessions(sessions: Path, count: int) -> None:
    """Fill a folder with sessions of different days and titles."""
    record = large_record().model_copy(update={"answers": (), "timeline": ()})
    for number in range(count):
        day = date(2020, 1, 1) + timedelta(days=number)
        one = record.model_copy(update={"title": f"Session {number}", "held_on": day})
        folder = sessions / f"{day.isoformat()}-session-{number}-abcd"
        folder.mkdir(parents=True)
        (folder / RECORD_NAME).write_bytes(to_json(one))
