"""One session as it may leave: the Summary, built by pure code from a record.

Pure. An exporter sees this and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from sessions.facts import RecordModel


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


class SummaryQuestion(RecordModel):
    """One closed question with its answers, as far as they may be told."""

    text: str
    answered: int | None = None
    """How many answered; `None` when too few did, or when it would give a smaller figure away."""
    groups: tuple[NamedCount, ...] = ()
    """The answers in their order, each group at least the threshold; empty when only words may
    tell."""
    in_words: str
    """The answer in a sentence, also when no figure may be told."""


class SummaryCondition(RecordModel):
    """A condition, never as a bare short name."""

    number: int
    name: str
    gloss: str
    """What it asks for."""


class Summary(RecordModel):
    """What a session tells those who were not there."""

    partial: bool = False
    """The session is still open."""
    rehearsal: bool = False
    title: str
    held_on: str
    language: str
    plan_title: str
    plan_purpose: str
    rule_name: str
    rule_text: str
    heads: str
    """How many people, as a band; empty where the rule keeps it back."""
    planned_minutes: int
    """What the plan takes with these people, slack included."""
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
    themes: tuple[str, ...] = ()
    """The facilitator's notes; themes without speakers."""
    parked: tuple[str, ...] = ()
    """Questions left open."""
    commitments: tuple[str, ...] = ()
    """What the group will do."""
    threshold: Annotated[int, Field(ge=5)] = 5
    """No figure stands for fewer people than this."""
    privacy: tuple[str, ...] = ()
    """How the people who were there are protected."""
    limits: tuple[str, ...] = ()
    """What this summary cannot tell."""


OUTCOME_WORDS: Mapping[str, str] = {
    "done": "done",
    "shortened": "shortened",
    "dropped": "left out",
    "declined": "the group chose otherwise",
    "running": "running now",
    "to-come": "still to come",
}
"""What became of a step, as people read it."""
