"""What a confidentiality rule lets out of the room, and what a reader is told of it.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from agreements.model import ConfidentialityRule
from sessions import summary_words as words
from sessions.document import ClosedRecord, Record


@dataclass(frozen=True, slots=True)
class Leave:
    """What a confidentiality rule lets out of the room."""

    words: bool = True
    """Themes, answers, questions, commitments and what the group added or put otherwise."""
    title: bool = True
    """The session's own title, which may name a team or a place."""
    heads: bool = True
    """How many people were there, as a band."""
    said: str = ""
    """What is said of it to the reader."""


LEAVES: Mapping[str, Leave] = {
    "chatham-house": Leave(
        title=False,
        heads=False,
        said=str(words.WITHOUT_PEOPLE),
    ),
    "private": Leave(
        words=False,
        said=str(words.WITHOUT_WORDS),
    ),
}
"""By the rule's id; a rule that is not here lets everything out that a Summary can hold."""


PARTIAL = str(words.STILL_OPEN)
"""What is said to the reader of a partial export."""


def leave_of(record: Record) -> Leave:
    """Return what the rule of a session lets out."""
    return LEAVES.get(record.setting.confidentiality, Leave())


def rule_of(record: ClosedRecord) -> ConfidentialityRule | None:
    """Return the rule of a session in its protocol's words; `None` for one it does not know."""
    wanted = record.setting.confidentiality
    return next((one for one in record.protocol.confidentiality if one.id == wanted), None)


def privacy(record: ClosedRecord, leave: Leave) -> Iterator[str]:
    """Yield how the people who were there are protected, a sentence each."""
    yield words.NOT_WHO
    if leave.words:
        yield words.NAMES_HIDDEN
        yield words.NEVER_FEWER.format(threshold=record.setting.threshold)
        yield words.WORDS_FOR_FIGURES
    if leave.words and is_coded(record):
        yield words.THEMES_AS_BANDS
    if leave.words and any(one.kind == "words" for one in record.answers):
        yield words.QUOTED_IF_ALLOWED
        yield words.HELD_BACK_BY_RULE.format(band=record.held_back)
    if leave.heads:
        yield words.PEOPLE_AS_BAND
    if leave.said:
        yield leave.said
    yield words.ALL_COPIES_SAME
    due = record.held_on + timedelta(days=record.setting.retention_days)
    yield words.WORDS_DUE.format(day=due.isoformat())


def limits(record: ClosedRecord, leave: Leave, *, few: bool, partial: bool) -> Iterator[str]:
    """Yield what a Summary cannot tell, a sentence each.

    Args:
        record: The record.
        leave: What its rule lets out.
        few: The number of people is told as fewer than the floor.
        partial: The session is still open.
    """
    if partial:
        yield words.MAY_CHANGE
    yield words.NOT_WHO_SPOKE
    if leave.words and record.notes:
        yield words.NOTES_ARE_ONE_EAR
    if leave.words and is_coded(record):
        yield words.THEMES_ARE_READ
    if leave.words and record.answers:
        yield words.NOT_THE_SILENT
    yield words.SO_FEW_THERE if few and leave.heads else words.DO_NOT_GUESS
    yield words.ONE_SESSION
    if rule_of(record) is None:
        yield words.RULE_UNKNOWN


def is_coded(record: ClosedRecord) -> bool:
    """Say whether a person has coded any answer."""
    return any(item.codes for one in record.answers for item in one.items)
