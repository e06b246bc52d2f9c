"""What is left of a record once its words are due to go.

Pure. What people wrote, and what the facilitator noted, goes on the day that was set before the
session and shown to everybody. Figures stay, and so does what the group decided together in the
open: its agreements and its commitments, which are asked about later.
"""

from __future__ import annotations

from datetime import date, timedelta

from sessions.document import ClosedRecord, Record
from sessions.facts import AnswerItem, Answers
from sessions.summary import Summary


def due_on(record: Record) -> date:
    """Return the first day on which the words may no longer be there."""
    return record.held_on + timedelta(days=record.setting.retention_days)


def words_in(record: Record) -> int:
    """Return how many texts a record holds that go when they are due."""
    answers = sum(item.text is not None for one in record.answers for item in one.items)
    return answers + len(record.notes) + len(record.parked)


def without_words(record: ClosedRecord, today: date) -> ClosedRecord:
    """Return a record without the words of people and notes; everything counted stays counted.

    Args:
        record: A closed record; one that has lost its words comes back as it is.
        today: The day that is written down as that of the purge.
    """
    if record.purged_on is not None:
        return record
    changes = {
        "notes": (),
        "parked": (),
        "answers": tuple(_counted(one) for one in record.answers),
        "summary": None if record.summary is None else _silent(record.summary),
        "purged_on": today,
    }
    return record.model_copy(update=changes)


def _counted(answers: Answers) -> Answers:
    items = tuple(_wordless(item) for item in answers.items)
    return answers.model_copy(update={"items": items})


def _wordless(item: AnswerItem) -> AnswerItem:
    return item.model_copy(update={"text": None, "translation": None})


def _silent(summary: Summary) -> Summary:
    """Return the frozen Summary without the same words; its figures are those that went out."""
    return summary.model_copy(update={"themes": (), "parked": (), "quotes": ()})
