"""From a record to what a session tells those who were not there.

Pure. The rules of disclosure are applied here, once; nothing that leaves sees more than this. A
record may come from anywhere, so every string passes the text gate again. The first export
freezes the Summary, and from then on it is the only one there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from agreements.durations import SECONDS_A_MINUTE, total_seconds
from agreements.model import Condition, ConfidentialityRule
from agreements.plan import OpenDuration
from sessions import order
from sessions.condense import condense
from sessions.disclosure import FLOOR, band
from sessions.document import ClosedRecord, OpenRecord, Record
from sessions.facts import GroupCommitment, HouseAgreement, Note, ParkedQuestion
from sessions.questions import questions
from sessions.state import SessionState, elapse, replay
from sessions.summary import Summary, SummaryCondition, SummaryStep
from sessions.text import NOTE_LIMIT, one_line, paragraph


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


def summarise(record: ClosedRecord, *, partial: bool = False) -> Summary:
    """Return what a session tells, as of now; see `summary_of` for what may leave.

    Args:
        record: A closed record, or an open one as `condense` would close it.
        partial: The session is still open.
    """
    leave = LEAVES.get(record.setting.confidentiality, Leave())
    rule = _rule(record)
    return cleaned(
        Summary(
            partial=partial,
            rehearsal=record.rehearsal,
            title=record.title if leave.title else record.plan.title,
            held_on=record.held_on.isoformat(),
            language=record.language,
            plan_title=record.plan.title,
            plan_purpose=record.plan.purpose,
            rule_name=record.setting.confidentiality if rule is None else rule.name,
            rule_text="" if rule is None else rule.text,
            heads=band(record.setting.heads) if leave.heads else "",
            planned_minutes=_minutes(total_seconds(record.plan, record.setting.heads)),
            actual_minutes=_minutes(_timed_seconds(record)),
            steps=tuple(_steps(record)),
            agreements=tuple(_agreements(record, own_words=leave.words)),
            adopted=record.agreements.adopted,
            conditions=tuple(_conditions(record, worked_on=True)),
            conditions_left=tuple(_conditions(record, worked_on=False)),
            **(_words(record) if leave.words else {}),
            threshold=record.setting.threshold,
            privacy=tuple(_privacy(record, leave)),
            limits=tuple(_limits(record, leave, partial=partial)),
        )
    )


def summarise_open(record: OpenRecord) -> Summary:
    """Return what an open session tells so far, for its facilitator; it never leaves."""
    state = elapse(replay(record.timeline), record.clock.at)
    condensed = condense(record, at=record.clock.at)
    summary = summarise(condensed, partial=True)
    steps = (
        shown.model_copy(update={"outcome": standing})
        if (standing := _standing(record, row.id, state))
        else shown
        for row, shown in zip(condensed.steps, summary.steps, strict=True)
    )
    return summary.model_copy(update={"steps": tuple(steps)})


def summary_of(record: Record) -> Summary:
    """Return the one Summary of a record: the frozen one, where there is one."""
    if isinstance(record, OpenRecord):
        return summarise_open(record)
    return summarise(record) if record.summary is None else cleaned(record.summary)


def freeze(record: ClosedRecord) -> ClosedRecord:
    """Return the record with its Summary in it, for ever the same from the first export on."""
    if record.summary is not None:
        return record
    return record.model_copy(update={"summary": summarise(record)})


def cleaned(summary: Summary) -> Summary:
    """Return a Summary whose every string has passed the text gate; a frozen one may be forged."""
    table: dict[str, Any] = _one_line_each(summary.model_dump(exclude={"themes"}))
    themes = (paragraph(theme) for theme in summary.themes)
    return Summary.model_validate({**table, "themes": tuple(filter(None, themes))})


def _one_line_each(value: Any) -> Any:  # noqa: ANN401  # a dumped model is made of anything
    if isinstance(value, str):
        return one_line(value, NOTE_LIMIT)
    if isinstance(value, dict):
        return {key: _one_line_each(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_one_line_each(item) for item in value)
    return value


def _rule(record: ClosedRecord) -> ConfidentialityRule | None:
    wanted = record.setting.confidentiality
    return next((one for one in record.protocol.confidentiality if one.id == wanted), None)


def _words(record: ClosedRecord) -> dict[str, Any]:
    """Return what was said and answered, each list sorted by random ids."""
    return {
        "house_agreements": _texts(record.agreements.house),
        "questions": questions(
            record.plan, record.protocol, record.answers, record.setting.threshold
        ),
        "themes": _texts(record.notes),
        "parked": _texts(record.parked),
        "commitments": _texts(record.group_commitments),
    }


def _texts(
    facts: Iterable[Note | HouseAgreement | ParkedQuestion | GroupCommitment],
) -> tuple[str, ...]:
    return tuple(fact.text for fact in sorted(facts, key=lambda fact: fact.id))


def _steps(record: ClosedRecord) -> Iterator[SummaryStep]:
    for row in record.steps:
        yield SummaryStep(
            title=row.title,
            planned_minutes=_minutes(row.planned_seconds),
            actual_minutes=_minutes(row.actual_seconds),
            outcome=row.outcome,
        )


def _timed_seconds(record: ClosedRecord) -> int:
    """Return what the planned steps took, with pauses; what has no planned length is left out.

    People who arrive before the hour would otherwise look like an hour that ran over.
    """
    untimed = {
        step.id
        for step in record.plan.steps + record.plan.alternatives
        if isinstance(step.duration, OpenDuration)
    }
    steps = sum(row.actual_seconds for row in record.steps if row.id not in untimed)
    return steps + record.elapsed.paused_seconds


def _standing(
    record: OpenRecord, step_id: str, state: SessionState
) -> Literal["running", "to-come"] | None:
    """Say what is true of a step only while the session is open."""
    step = record.plan.step(step_id)
    if step_id == state.step and state.phase in ("running", "paused"):
        return "running"
    if step is None or step_id in state.visits or order.is_dropped(record.plan, step, state):
        return None
    declined = any(one.id in state.declined for one in order.with_ancestors(record.plan, step))
    return None if declined else "to-come"


def _agreements(record: ClosedRecord, *, own_words: bool) -> Iterator[str]:
    """Yield each agreement by its short name and what it asks, as the group put it."""
    wordings = {one.agreement: one.text for one in record.agreements.wordings if own_words}
    for agreement in record.protocol.agreements:
        if agreement.id in record.agreements.protocol:
            yield f"{agreement.name}: {wordings.get(agreement.id, agreement.asks)}"


def _conditions(record: ClosedRecord, *, worked_on: bool) -> Iterator[SummaryCondition]:
    for one in record.protocol.conditions:
        if (one.id in record.conditions) is worked_on:
            yield _condition(one)


def _condition(condition: Condition) -> SummaryCondition:
    return SummaryCondition(number=condition.number, name=condition.name, gloss=condition.gloss)


def _privacy(record: ClosedRecord, leave: Leave) -> Iterator[str]:
    threshold = record.setting.threshold
    yield "It does not say who was there, at what time of day, or in what order people spoke."
    if leave.words:
        yield (
            "Names on the facilitator's list, where there was one, were hidden before a note was "
            "kept."
        )
    if leave.words:
        yield f"An answer is told only where at least {threshold} people gave it, never for fewer."
    if leave.said:
        yield leave.said
    due = record.held_on + timedelta(days=record.setting.retention_days)
    yield f"The words that the record keeps are due to be deleted on {due.isoformat()}."


def _limits(record: ClosedRecord, leave: Leave, *, partial: bool) -> Iterator[str]:
    if partial:
        yield "The session is still open, so all of this may change."
    yield "It cannot tell who spoke, who passed, or what anyone felt and kept to themselves."
    if leave.words and record.notes:
        yield "Themes are what the facilitator wrote down. Others may have heard something else."
    if record.setting.heads < FLOOR and leave.heads:
        yield "So few people were there that they may know each other's words. Please do not guess."
    else:
        yield "People who know the group may think they know who said what. Please do not guess."
    yield "It is about one session. Whether anything changed shows later, so ask again."
    if _rule(record) is None:
        yield "The rule for what may leave is known here only by its id."


def _minutes(seconds: int) -> int:
    """Return whole minutes, half a minute counting as one."""
    return (seconds + SECONDS_A_MINUTE // 2) // SECONDS_A_MINUTE
