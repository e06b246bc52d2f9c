"""One session as it may leave: the Summary, built by pure code from a record.

Pure. An exporter sees this and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, field_validator

from agreements.sentence import Sentence
from sessions.facts import FollowUpState, RecordModel


class SummaryStep(RecordModel):
    """One step as it was planned and as it went, in whole minutes."""

    title: str
    planned_minutes: int
    actual_minutes: int
    outcome: Literal["done", "shortened", "dropped", "declined", "running", "to-come"]


class NamedCount(RecordModel):
    """A group of answers and how many gave one; never fewer than the threshold."""

    label: str
    count: int
    options: tuple[str, ...] = ()
    """Which answers are counted together: ids of options or of places, or points of a scale."""


Told = Literal["figures", "nearly-all", "most", "half-or-more", "middle", "words", "nothing"]
"""What may be said of a question: figures that add up, one answer in words, several, or nothing.

`nearly-all` and `most`: fewer than the threshold chose anything else. `half-or-more`: at least
half chose it. `middle`: with the answers in their order, the one in the middle is this.
"""


class SummaryQuestion(RecordModel):
    """One closed question with its answers, as far as they may be told."""

    ask: str = ""
    """The ask's id in the plan; then and now of one ask share it."""
    kind: Literal["choice", "scale", "then", "now", "compass"] = "choice"
    text: str
    choices: tuple[str, ...] = ()
    """Everything that could be answered, in its order, as it is labelled."""
    answered: int | None = None
    """How many answered; `None` when too few did, or when it would give a smaller figure away."""
    groups: tuple[NamedCount, ...] = ()
    """The answers in their order, each group at least the threshold; empty when only words may
    tell."""
    told: Told = "nothing"
    """In which way the answer is told."""
    option: str = ""
    """The id or point that words tell of; empty for figures, several, and nothing."""
    in_words: str
    """The answer in a sentence, also when no figure may be told."""
    caution: str = ""
    """How not to read it."""


class SummaryTheme(RecordModel):
    """A theme that people coded the reflections with, and a band of how many it was found in."""

    label: str
    kind: Literal["agreement", "condition", "compass", "theme"] = "theme"
    code: str = ""
    """What it is coded by: an id of the protocol's or of the codebook."""
    count: str = ""
    """A band of answers, such as `10 to 19`; never fewer than the threshold."""

    def in_words(self) -> str:
        """Return it as people read it, such as `Trust: 10 to 19 answers`."""
        kind = KIND_WORDS[self.kind]
        label = f"{self.label} ({kind})" if kind else self.label
        return f"{label}: {self.count} answers" if self.count else label


class SummaryQuote(RecordModel):
    """Words that their writer let out, that the review shared, as they may be read outside."""

    ask: str = ""
    question: str
    text: str


class SummaryFollowUp(RecordModel):
    """How a commitment stood some days later."""

    after_days: Literal[30, 60, 90]
    state: FollowUpState
    in_the_way: str = ""
    """What got in the way."""


class SummaryCommitment(RecordModel):
    """What the group will do, and how it stood later."""

    id: str = ""
    """Random; by it a later follow-up finds what it is about."""
    text: str
    role: str = ""
    """Who sees to it: a role, never a person."""
    due: str = ""
    """The day by which it is to be done."""
    follow_up: Annotated[tuple[SummaryFollowUp, ...], Field(strict=False)] = ()
    """In the order of the days."""


class SummaryReply(RecordModel):
    """What leadership answered, and on which day."""

    on: str
    text: str


class SummaryAsk(RecordModel):
    """What the group asks of leadership, and what it answered."""

    id: str = ""
    text: str
    replies: tuple[SummaryReply, ...] = ()
    """In the order of the days; empty as long as there is none."""


class SummaryCondition(RecordModel):
    """A condition, never as a bare short name."""

    number: int
    name: str
    gloss: str
    """What it asks for."""


class Summary(RecordModel):
    """What a session tells those who were not there."""

    format: Literal["dialogue-summary"] = "dialogue-summary"
    version: Literal[1] = 1
    partial: bool = False
    """The session is still open."""
    rehearsal: bool = False
    session: str = ""
    """The record's random id, by which the same session is known again; it says nothing else."""
    title: str
    held_on: str
    language: str
    plan: str = ""
    """The plan's id."""
    plan_revision: int = 0
    plan_title: str
    plan_purpose: str
    rule_name: str
    rule_text: str
    heads: str
    """How many people, as a band; empty where the rule keeps it back."""
    heads_least: int | None = None
    """The lower end of that band."""
    heads_most: int | None = None
    """Its upper end; `None` where it has none, or is kept back."""
    planned_minutes: int
    """What the plan takes with about so many people, slack included."""
    actual_minutes: int
    """What the planned steps took, with pauses."""
    steps: tuple[SummaryStep, ...]
    agreements: tuple[str, ...]
    """The agreements in the words the group adopted."""
    house_agreements: tuple[str, ...] = ()
    """What the group added to them."""
    adopted: bool = False
    conditions: tuple[SummaryCondition, ...] = ()
    """The conditions that were worked on."""
    conditions_left: tuple[SummaryCondition, ...] = ()
    """The conditions that were not."""
    questions: tuple[SummaryQuestion, ...] = ()
    """Closed questions, the compass too; what was only practice is not among them."""
    themes: tuple[str, ...] = ()
    """The facilitator's notes; themes without speakers."""
    coded: tuple[SummaryTheme, ...] = ()
    """Themes that people coded the reflections with; none was found by a program."""
    quotes: tuple[SummaryQuote, ...] = ()
    parked: tuple[str, ...] = ()
    """Questions left open."""
    commitments: Annotated[tuple[SummaryCommitment, ...], Field(strict=False)] = ()
    """What the group will do."""
    leadership_asks: tuple[SummaryAsk, ...] = ()
    """What the group asks of leadership."""
    held_back: str = "none"
    """How many answers in words were held back, as a band; empty where the rule keeps it back."""
    threshold: Annotated[int, Field(ge=5)] = 5
    """No figure stands for fewer people than this."""
    privacy: tuple[str, ...] = ()
    """How the people who were there are protected."""
    limits: tuple[str, ...] = ()
    """What this summary cannot tell."""

    @field_validator("commitments", mode="before")
    @classmethod
    def _from_lines(cls, value: object) -> object:
        """Read commitments that an earlier version froze as lines without a follow-up."""
        if not isinstance(value, (list, tuple)):
            return value
        return [{"text": one} if isinstance(one, str) else one for one in value]


OUTCOME_WORDS: Mapping[str, str] = {
    "done": Sentence.meant("outcome", "done"),
    "shortened": Sentence.meant("outcome", "shortened"),
    "dropped": Sentence.meant("outcome", "left out"),
    "declined": Sentence("the group chose otherwise"),
    "running": Sentence.meant("outcome", "running now"),
    "to-come": Sentence.meant("outcome", "still to come"),
}
"""What became of a step, as people read it."""

THEMES_TITLE = Sentence("Themes that people found in the answers")
THEMES_NOTE = Sentence(
    "Coded by people, not by a program. One answer may stand under several themes. What fewer "
    "than {threshold} people wrote of is left out."
)
"""What stands above coded themes, with the threshold put in."""

KIND_WORDS: Mapping[str, str] = {
    "agreement": Sentence.meant("kind", "agreement"),
    "condition": Sentence.meant("kind", "condition"),
    "compass": Sentence.meant("kind", "compass"),
    "theme": "",
}
"""Where a coded theme is from, as people read it."""

FOLLOW_UP_WORDS: Mapping[str, str] = {
    "kept": Sentence.meant("commitment", "kept"),
    "partly": Sentence.meant("commitment", "partly kept"),
    "not-yet": Sentence.meant("commitment", "not yet"),
}
"""How a commitment stands, as people read it."""
