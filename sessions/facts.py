"""What a record keeps in words or figures: notes, house agreements, parked questions and the like.

Pure. Each fact has a random id and no time, no author and no place in an order; the timeline
refers to facts by id and holds no words itself. So a struck note leaves with its words, and a
copy of the timeline tells nobody what was said.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

FactId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""128 random bits in hexadecimal."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
"""Words that have passed the text gate and have lost their names."""

FactKind = Literal[
    "note", "wording", "house-agreement", "parked", "commitment", "leadership-ask", "answers"
]


class RecordModel(BaseModel):
    """The base of everything in a record: frozen, strict, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Note(RecordModel):
    """A facilitator's note: a theme in the group's words, never who said it."""

    id: FactId
    step: str | None = None
    """The step it was taken in."""
    text: Text
    tags: tuple[str, ...] = ()
    """Ids of agreements, conditions and compass points."""
    hidden: dict[str, int] = Field(default_factory=dict)
    """How many parts were hidden, by what they were; never the parts."""


class Wording(RecordModel):
    """The group's own wording of one of the protocol's agreements."""

    id: FactId
    agreement: str
    text: Text


class HouseAgreement(RecordModel):
    """An agreement that the group added beside the protocol's."""

    id: FactId
    text: Text


class ParkedQuestion(RecordModel):
    """A question left open for another day."""

    id: FactId
    text: Text


FollowUpState = Literal["kept", "partly", "not-yet"]


class FollowUp(RecordModel):
    """How a commitment stood some days later."""

    after_days: Literal[30, 60, 90]
    state: FollowUpState
    in_the_way: str = ""
    """What got in the way; never who."""


class GroupCommitment(RecordModel):
    """What the group as a whole will do."""

    id: FactId
    text: Text
    role: str = ""
    """Who sees to it: a role, not a person."""
    due: date | None = None
    follow_up: tuple[FollowUp, ...] = ()


class Reply(RecordModel):
    """What leadership answered, and on which day."""

    on: date
    text: Text


class LeadershipAsk(RecordModel):
    """What the group asks of leadership."""

    id: FactId
    text: Text
    replies: tuple[Reply, ...] = ()


Line = HouseAgreement | ParkedQuestion | GroupCommitment | LeadershipAsk
"""What is kept as one line of words."""


class OwnTheme(RecordModel):
    """A theme beside those of the protocol, by which a person codes answers in words."""

    id: FactId
    label: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    """A name in a few words, never the words of an answer: it stays when they are deleted."""


AnswerStatus = Literal["unread", "shared", "kept", "held-back"]
"""What the facilitator's review has led to; `unread` until it has."""

Level = Literal["facilitator", "aloud", "quote"]


class AnswerItem(RecordModel):
    """One answer, with nothing about whose it is or when it came."""

    id: FactId
    text: str | None = None
    points: tuple[str, ...] | None = None
    choice: str | None = None
    value: int | None = None
    then: int | None = None
    now: int | None = None
    level: Level | None = None
    status: AnswerStatus = "kept"
    translation: str | None = None
    """The facilitator's words in the place of the writer's, where few here wrote in a language."""
    codes: tuple[str, ...] | None = None
    """What a person coded its words with: ids of the protocol's items, or of own themes."""


class Answers(RecordModel):
    """The answers to one ask, sorted by their random ids."""

    id: FactId
    ask: str
    kind: Literal["words", "compass", "choice", "scale", "then-now", "commitment"]
    seats: int
    """How many could answer."""
    opened: bool = True
    items: tuple[AnswerItem, ...] = ()


Fact = Note | Wording | HouseAgreement | ParkedQuestion | GroupCommitment | LeadershipAsk | Answers

KIND_OF: dict[type[RecordModel], FactKind] = {
    Note: "note",
    Wording: "wording",
    HouseAgreement: "house-agreement",
    ParkedQuestion: "parked",
    GroupCommitment: "commitment",
    LeadershipAsk: "leadership-ask",
    Answers: "answers",
}
"""What the timeline calls each kind of fact."""
