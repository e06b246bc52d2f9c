"""From a record to what a session tells those who were not there.

Pure. The rules of disclosure are applied here, once; nothing that leaves sees more than this. A
record may come from anywhere, so every string passes the text gate again. The first export
freezes the Summary, and from then on it is the only one there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal

from agreements.durations import SECONDS_A_MINUTE, leaf_length, plan_lengths, total_seconds
from agreements.model import Condition
from agreements.plan import OpenDuration, Step
from sessions import order
from sessions.condense import condense
from sessions.disclosure import FLOOR, Band, band_beside
from sessions.document import ClosedRecord, OpenRecord, Record, StepRecord
from sessions.facts import HouseAgreement, Note, ParkedQuestion
from sessions.follow_up import asks_shown, commitments_shown, followed_up
from sessions.leave import PARTIAL, Leave, leave_of, limits, privacy, rule_of
from sessions.questions import questions
from sessions.quotes import quotes
from sessions.state import SessionState, elapse, replay
from sessions.summary import Summary, SummaryCondition, SummaryQuestion, SummaryStep
from sessions.text import NOTE_LIMIT, one_line, paragraph
from sessions.themes import themes

_LARGE_ROOM = 60
"""A plan that says nothing of how many people it is for is reckoned for rooms up to this."""


def summarise(
    record: ClosedRecord, *, partial: bool = False, leave: Leave | None = None
) -> Summary:
    """Return what a session tells, as of now; see `summary_of` for what may leave.

    Args:
        record: A closed record, or an open one as `condense` would close it.
        partial: The session is still open.
        leave: What is let out; what the session's rule lets out, when left out.
    """
    return cleaned(_drawn_up(record, partial=partial, leave=leave))


def _drawn_up(
    record: ClosedRecord,
    *,
    partial: bool = False,
    leave: Leave | None = None,
    quoted: bool = True,
) -> Summary:
    leave = leave_of(record) if leave is None else leave
    words = _words(record, quoted=quoted) if leave.words else {}
    told: tuple[SummaryQuestion, ...] = words.get("questions", ())
    people = band_beside(
        record.setting.heads, (one.answered for one in told if one.answered is not None)
    )
    about = _about(record, people if leave.heads else None)
    rule = rule_of(record)
    return Summary(
        partial=partial,
        rehearsal=record.rehearsal,
        session=record.id,
        title=record.title if leave.title else record.plan.title,
        held_on=record.held_on.isoformat(),
        language=record.language,
        plan=record.plan.id,
        plan_revision=record.plan.revision,
        plan_title=record.plan.title,
        plan_purpose=record.plan.purpose,
        rule_name=record.setting.confidentiality if rule is None else rule.name,
        rule_text="" if rule is None else rule.text,
        heads=str(people) if leave.heads else "",
        heads_least=people.least if leave.heads else None,
        heads_most=people.most if leave.heads else None,
        planned_minutes=_minutes(total_seconds(record.plan, about)),
        actual_minutes=_minutes(_timed_seconds(record)),
        steps=tuple(_steps(record, about)),
        agreements=tuple(_agreements(record, own_words=leave.words)),
        adopted=record.agreements.adopted,
        conditions=tuple(_conditions(record, worked_on=True)),
        conditions_left=tuple(_conditions(record, worked_on=False)),
        **words,
        held_back=record.held_back if leave.words else "",
        threshold=record.setting.threshold,
        privacy=tuple(privacy(record, leave)),
        limits=tuple(limits(record, leave, few=people.most == FLOOR - 1, partial=partial)),
    )


def summarise_open(record: OpenRecord, leave: Leave | None = None) -> Summary:
    """Return what an open session tells so far, all of it for its facilitator alone."""
    state = elapse(replay(record.timeline), record.clock.at)
    condensed = condense(record, record.clock.at, leave)
    summary = summarise(condensed, partial=True, leave=leave)
    steps = (
        shown.model_copy(update={"outcome": standing})
        if (standing := _standing(record, row.id, state))
        else shown
        for row, shown in zip(condensed.steps, summary.steps, strict=True)
    )
    return summary.model_copy(update={"steps": tuple(steps)})


def partial_of(record: OpenRecord) -> Summary:
    """Return what may leave of a session that is still open: nothing that anybody said.

    Answers may still be withdrawn and notes taken back. Beside the Summary that is frozen later,
    a part of them would tell whose they were; and two bands would tell the number in both.
    """
    by_rule = leave_of(record)
    said = " ".join(filter(None, (PARTIAL, by_rule.said)))
    return summarise_open(record, replace(by_rule, words=False, heads=False, said=said))


def summary_of(record: Record) -> Summary:
    """Return the one Summary of a record: the frozen one, where there is one.

    What became known after the first export is added to it: see `sessions.follow_up`.
    """
    if isinstance(record, OpenRecord):
        return summarise_open(record)
    if record.summary is None:
        return summarise(record)
    return cleaned(followed_up(record.summary, record))


def uncleaned_summary_of(record: ClosedRecord, *, quoted: bool = False) -> Summary:
    """Return the one Summary of a closed record for who counts: `cleaned` comes before showing.

    Args:
        record: The record.
        quoted: With quoted words. To judge in which language they are takes longer than all else.
    """
    if record.summary is None:
        return _drawn_up(record, quoted=quoted)
    return followed_up(record.summary, record)


def freeze(record: ClosedRecord) -> ClosedRecord:
    """Return the record with its Summary in it, for ever the same from the first export on.

    What became known since, an export tells too, so it is frozen as well. A record of which
    nothing new is told is returned as it is.
    """
    summary = summarise(record) if record.summary is None else followed_up(record.summary, record)
    return record if summary == record.summary else record.model_copy(update={"summary": summary})


def cleaned(summary: Summary) -> Summary:
    """Return a Summary whose every string has passed the text gate; a frozen one may be forged."""
    table: dict[str, Any] = _one_line_each(summary.model_dump(exclude={"themes", "quotes"}))
    themes = (paragraph(theme) for theme in summary.themes)
    quotes = (
        {**_one_line_each(one.model_dump()), "text": paragraph(one.text)} for one in summary.quotes
    )
    lists = {
        "themes": tuple(filter(None, themes)),
        "quotes": tuple(one for one in quotes if one["text"]),
    }
    return Summary.model_validate({**table, **lists})


def _one_line_each(value: Any) -> Any:  # noqa: ANN401  # a dumped model is made of anything
    if isinstance(value, str):
        return one_line(value, NOTE_LIMIT)
    if isinstance(value, dict):
        return {key: _one_line_each(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_one_line_each(item) for item in value)
    return value


def _words(record: ClosedRecord, *, quoted: bool) -> dict[str, Any]:
    """Return what was said and answered, each list sorted by random ids."""
    answers, threshold = record.answers, record.setting.threshold
    return {
        "house_agreements": _texts(record.agreements.house),
        "questions": questions(record.plan, record.protocol, answers, threshold),
        "themes": _texts(record.notes),
        "coded": themes(record),
        "quotes": quotes(record.plan, answers, record.language, threshold) if quoted else (),
        "parked": _texts(record.parked),
        "commitments": commitments_shown(record),
        "leadership_asks": asks_shown(record),
    }


def _texts(facts: Iterable[Note | HouseAgreement | ParkedQuestion]) -> tuple[str, ...]:
    return tuple(fact.text for fact in sorted(facts, key=lambda fact: fact.id))


def _about(record: ClosedRecord, people: Band | None) -> int:
    """Return for how many people planned minutes are reckoned: the middle of what is told.

    A round takes so many seconds a person: reckoned for all who were there, the minutes of the
    plan would count them.
    """
    plan = record.plan
    if people is None:
        return (plan.min_heads + min(plan.max_heads, _LARGE_ROOM)) // 2
    return people.least if people.most is None else (people.least + people.most) // 2


def _steps(record: ClosedRecord, about: int) -> Iterator[SummaryStep]:
    lengths = plan_lengths(record.plan, about)
    for row in record.steps:
        step = _as_planned(record, row)
        planned = row.planned_seconds
        if step is not None:
            planned = (lengths.get(step.id) or leaf_length(step, about)).planned
        yield SummaryStep(
            title=row.title if step is None or step.id == row.id else step.title,
            planned_minutes=_minutes(planned),
            actual_minutes=_minutes(row.actual_seconds),
            outcome=row.outcome,
        )


def _as_planned(record: ClosedRecord, row: StepRecord) -> Step | None:
    """Return the step that a row is told as: the planned one, where another ran for a large room.

    That it gave way says on which side of its limit the number of people was.
    """
    instead = None if row.in_place_of is None else record.plan.step(row.in_place_of)
    declined = any(one.id == row.in_place_of for one in record.steps)
    if instead is not None and instead.max_heads is not None and not declined:
        return instead
    return record.plan.step(row.id)


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


def _minutes(seconds: int) -> int:
    """Return whole minutes, half a minute counting as one."""
    return (seconds + SECONDS_A_MINUTE // 2) // SECONDS_A_MINUTE
