"""What a confidentiality rule lets out of the room, and what a reader is told of it.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from agreements.model import ConfidentialityRule
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
        said="The session's own title and the number of people are left out, because they could "
        "tell who was there.",
    ),
    "private": Leave(
        words=False,
        said="Nothing that was said is in here: no themes, no answers, no open questions and no "
        "commitments.",
    ),
}
"""By the rule's id; a rule that is not here lets everything out that a Summary can hold."""


PARTIAL = (
    "The session is still open: how many people are there, and what they said and answered, leaves "
    "after its close."
)
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
    threshold = record.setting.threshold
    yield "It does not say who was there, at what time of day, or in what order people spoke."
    if leave.words:
        yield (
            "Names on the facilitator's list, where there was one, were hidden before a note was "
            "kept."
        )
        yield f"Every figure of answers stands for at least {threshold} people, never for fewer."
        yield (
            "Where fewer chose otherwise, words stand instead of figures, and neighbouring "
            "answers are counted together, so that nothing can be worked out by subtracting."
        )
    if leave.words and any(one.kind == "words" for one in record.answers):
        yield (
            "Words of people are quoted only where their writer allowed it and the facilitator "
            "has read them first."
        )
        yield f"Answers in words that were held back, under the rule announced: {record.held_back}."
    if leave.heads:
        yield "The number of people is told as a band, and planned minutes are for its middle."
    if leave.said:
        yield leave.said
    yield "Every copy of this, in whatever format, tells the same: the first one fixed it."
    due = record.held_on + timedelta(days=record.setting.retention_days)
    yield f"The words that the record keeps are due to be deleted on {due.isoformat()}."


def limits(record: ClosedRecord, leave: Leave, *, few: bool, partial: bool) -> Iterator[str]:
    """Yield what a Summary cannot tell, a sentence each.

    Args:
        record: The record.
        leave: What its rule lets out.
        few: The number of people is told as fewer than the floor.
        partial: The session is still open.
    """
    if partial:
        yield "The session is still open, so all of this may change."
    yield "It cannot tell who spoke, who passed, or what anyone felt and kept to themselves."
    if leave.words and record.notes:
        yield "Themes are what the facilitator wrote down. Others may have heard something else."
    if leave.words and record.answers:
        yield "Those who answered are not all who were there, and who stayed silent is not in it."
    if few and leave.heads:
        yield "So few people were there that they may know each other's words. Please do not guess."
    else:
        yield "People who know the group may think they know who said what. Please do not guess."
    yield "It is about one session. Whether anything changed shows later, so ask again."
    if rule_of(record) is None:
        yield "The rule for what may leave is known here only by its id."
