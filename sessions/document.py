"""The saved JSON: what a record holds while it is open, and what stays of it at the close.

Pure. `format` to `held_on` stand first, so that a list of sessions reads only the head of each
file. There is nowhere to put a name, who said or passed or left, or the time of anything a
participant did; keep it so. An open record holds the timeline, a closed one what each step took.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from agreements.model import Protocol
from agreements.plan import Plan
from sessions.facts import (
    Answers,
    FactId,
    GroupCommitment,
    HouseAgreement,
    LeadershipAsk,
    Note,
    OwnTheme,
    ParkedQuestion,
    RecordModel,
    Wording,
)
from sessions.format import FORMAT, VERSION
from sessions.summary import Summary
from sessions.team import Team
from sessions.timeline import AnyEvent

Outcome = Literal["done", "shortened", "dropped", "declined"]


class Setting(RecordModel):
    """What was chosen before the start and shown to everybody."""

    heads: int
    """People present; while open, people expected."""
    seats: int = 0
    """Pages that could send."""
    confidentiality: str
    """The rule, by its id in the protocol."""
    threshold: Annotated[int, Field(ge=5)] = 5
    """With fewer answers than this nobody reads them."""
    team: Team = "one"
    """How many lead, and whether they change places: roles, never names."""
    seat_cards: bool = False
    """To write takes a card from the bowl, so that everybody has one voice."""
    retention_days: Annotated[int, Field(ge=1, le=3650)] = 90
    """After so many days the words are due to be purged."""
    modality: Literal["in-person", "online", "mixed"] = "in-person"
    care_contact: str = ""
    """A role, not a person: who looks after people afterwards."""
    reporting_contact: str = ""
    """A role, not a person: where harm is reported."""


class RunningClock(RecordModel):
    """Bridges a restart: which second of the session it was at which moment of the wall clock."""

    opened: AwareDatetime
    at: Annotated[int, Field(ge=0)]
    """Seconds since opening when this version was written."""
    wall: AwareDatetime
    """The wall clock at that second; the gap to it is bridged after a restart."""


class AgreementsRecord(RecordModel):
    """What the group agreed to: the protocol's list and its own, and that it did."""

    protocol: tuple[str, ...] = ()
    """Ids of the protocol's agreements."""
    wordings: tuple[Wording, ...] = ()
    """The group's own wordings of them."""
    house: tuple[HouseAgreement, ...] = ()
    adopted: bool = False


class StepRecord(RecordModel):
    """What became of one step."""

    id: str
    title: str
    planned_seconds: int
    actual_seconds: int
    visits: int
    outcome: Outcome
    in_place_of: str | None = None
    """The step the group declined, for an alternative that ran."""


class ElapsedRecord(RecordModel):
    """Where the time went beside the steps."""

    arrival_seconds: int = 0
    paused_seconds: int = 0
    closing_seconds: int = 0


class _Record(RecordModel):
    format: Literal["dialogue-session"] = FORMAT
    version: Literal[1] = VERSION
    rehearsal: bool = False
    state: Literal["open", "closed"]
    id: FactId
    title: str
    held_on: date
    language: str
    protocol: Protocol
    plan: Plan
    setting: Setting
    agreements: AgreementsRecord = AgreementsRecord()
    conditions: tuple[str, ...] = ()
    """Ids of the conditions that were worked on."""
    notes: tuple[Note, ...] = ()
    answers: tuple[Answers, ...] = ()
    parked: tuple[ParkedQuestion, ...] = ()
    group_commitments: tuple[GroupCommitment, ...] = ()
    leadership_asks: tuple[LeadershipAsk, ...] = ()
    own_themes: tuple[OwnTheme, ...] = ()
    """Themes by which answers are coded, beside the agreements, conditions and compass points."""
    held_back: str = "none"
    """How many answers were held back, as a band."""
    summary: Summary | None = None
    """The Summary as the first export froze it."""


class OpenRecord(_Record):
    """A session that is still going on, or was interrupted."""

    state: Literal["open"] = "open"
    clock: RunningClock
    timeline: tuple[AnyEvent, ...]


class ClosedRecord(_Record):
    """A session that is over. No clock time and no order of acts is left in it."""

    state: Literal["closed"] = "closed"
    steps: tuple[StepRecord, ...]
    elapsed: ElapsedRecord
    on_hold: bool = False
    """Its words stay beyond their day, because somebody has to keep them."""
    purged_on: date | None = None
    """The day on which the words of people and notes were deleted."""


Record = OpenRecord | ClosedRecord
AnyRecord = Annotated[Record, Field(discriminator="state")]

RECORDS: TypeAdapter[Record] = TypeAdapter(AnyRecord)
"""Reads a record of the present version."""


def to_json(record: Record) -> bytes:
    """Return the record as the bytes of its file: UTF-8, indented, ending in a newline."""
    return record.model_dump_json(indent=1, exclude_none=True, by_alias=True).encode() + b"\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a record, open or closed."""
    body = RECORDS.json_schema(mode="serialization", by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dialogue session record, version 1",
        **body,
    }
