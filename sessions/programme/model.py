"""What a programme tells: the ProgrammeSummary, which is all that a format may see of it.

Pure. Every figure of people in here is rounded down to a multiple of `STEP`, or is a band whose
ends are multiples of it, and is told for `FEWEST_SESSIONS` sessions or more. It is a function of
the Summaries alone, so that whoever has all of them learns no more from it.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from sessions.facts import RecordModel
from sessions.summary import SummaryReply

FEWEST_SESSIONS: Final = 3
"""Nothing is told of fewer sessions together."""

STEP: Final = 10
"""Figures of people are multiples of this: twice the floor of a single session."""

MOST_NAMED: Final = 400
"""A longer list of sessions is not read, and stands as counts."""


class CountedSessions(RecordModel):
    """Sessions that are counted together, and how many people were there."""

    label: str
    gloss: str = ""
    """What a condition asks for."""
    sessions: int
    people: str = ""
    """A band; empty where the rules of the sessions keep it back."""


class NamedSession(RecordModel):
    """A session of the cohort."""

    on: str
    title: str


class ProgrammeAnswer(RecordModel):
    """One or more neighbouring answers, and how many people gave them at least."""

    label: str
    at_least: int


class ProgrammeTime(RecordModel):
    """The same question over some quarters."""

    label: str
    answered: int
    at_least: tuple[int, ...]
    """In the order of the question's answers."""


class ProgrammeQuestion(RecordModel):
    """A closed question in one wording, over all sessions of a plan that asked it so."""

    plan_title: str
    kind: Literal["choice", "scale", "then", "now", "compass"]
    language: str
    text: str
    sessions: int
    """How many sessions told of it."""
    answered: int = 0
    """So many people answered at least."""
    answers: tuple[ProgrammeAnswer, ...] = ()
    over_time: tuple[ProgrammeTime, ...] = ()
    in_words: str
    asked_before: str = ""
    """The wording that this one took the place of."""
    caution: str = ""


class ProgrammeTheme(RecordModel):
    """A theme that people coded, and in how many sessions it was found."""

    label: str
    kind: Literal["agreement", "condition", "compass", "theme"]
    sessions: int
    people: str
    """A band of the answers it was found in."""


class CommitmentsAfter(RecordModel):
    """How commitments stood some days later."""

    after_days: Literal[30, 60, 90]
    kept: int = 0
    partly: int = 0
    not_yet: int = 0


class ProgrammeCommitment(RecordModel):
    """What a group will do, and how it stood last; what several promised alike stands once."""

    text: str
    times: Annotated[int, Field(ge=1)] = 1
    """How often it was promised in the sessions that are read for words."""
    stood: str = ""
    """Of one, after how many days; of several, how many stood how."""
    in_the_way: str = ""
    language: str = ""


class ProgrammeAsk(RecordModel):
    """What a group asks of leadership, and its replies; what several ask alike stands once."""

    quarter: str
    """In which it was asked last, or quarters told together: a day would name its session."""
    text: str
    times: Annotated[int, Field(ge=1)] = 1
    """How often it was asked in the sessions that are read for words."""
    answered: Annotated[int, Field(ge=0)] = 0
    """How many of these have a reply."""
    replies: tuple[SummaryReply, ...] = ()
    """Each once, the latest first."""
    language: str = ""


class ProgrammeQuote(RecordModel):
    """Words, as the Summary of a session quotes them."""

    question: str
    text: str
    language: str = ""


class LeftOut(RecordModel):
    """Files that are not counted, and why."""

    reason: str
    files: int


class ProgrammeSummary(RecordModel):
    """What many sessions tell those who were not there."""

    format: Literal["dialogue-programme"] = "dialogue-programme"
    version: Literal[1] = 1
    title: str
    rehearsal: bool = False
    sessions: int
    cohort: str
    """Stands for exactly these sessions: two reports with the same one are over the same."""
    first_on: str
    last_on: str
    languages: tuple[str, ...] = ()
    people: str = ""
    minutes: int = 0
    """What all sessions took together."""
    by_quarter: tuple[CountedSessions, ...] = ()
    by_plan: tuple[CountedSessions, ...] = ()
    named: tuple[NamedSession, ...] = ()
    """The cohort by name; empty where it is too small or too long, and stands as counts."""
    adopted: int = 0
    """In how many sessions the agreements were adopted."""
    agreements: tuple[CountedSessions, ...] = ()
    conditions: tuple[CountedSessions, ...] = ()
    questions: tuple[ProgrammeQuestion, ...] = ()
    themes: tuple[ProgrammeTheme, ...] = ()
    commitments: int = 0
    commitments_after: tuple[CommitmentsAfter, ...] = ()
    commitments_named: tuple[ProgrammeCommitment, ...] = ()
    asks: int = 0
    asks_answered: int = 0
    asks_named: tuple[ProgrammeAsk, ...] = ()
    quotes_named: tuple[ProgrammeQuote, ...] = ()
    held_back: str = ""
    left_out: tuple[LeftOut, ...] = ()
    twice: int = 0
    """How many files told of a session that another had told of already."""
    step: Annotated[int, Field(ge=STEP)] = STEP
    fewest_sessions: Annotated[int, Field(ge=FEWEST_SESSIONS)] = FEWEST_SESSIONS
    privacy: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
