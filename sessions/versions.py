"""The versions of an open record: the first, each later one, and what one holds when read again.

Pure. The timeline refers to facts by id; here the two are put together and taken apart. Every
list is sorted by random id, so that a record tells nothing about what was kept first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar

from agreements.model import Protocol
from agreements.plan import Plan
from sessions.condense import conditions_worked_on
from sessions.deidentify.aliases import highest_reached
from sessions.disclosure import band
from sessions.document import AgreementsRecord, OpenRecord, RunningClock, Setting
from sessions.facts import (
    Answers,
    Fact,
    GroupCommitment,
    HouseAgreement,
    LeadershipAsk,
    Note,
    OwnTheme,
    ParkedQuestion,
    RecordModel,
    Wording,
)
from sessions.state import SessionState
from sessions.themes import Coding, with_coding
from sessions.timeline import AnyEvent, FactKept, FactStruck, Paused

LONGEST_BRIDGED_SECONDS = 3600
"""An interruption longer than this is a pause and no part of the step."""

_Kind = TypeVar("_Kind", bound=RecordModel)


def first_version(
    *,
    session_id: str,
    title: str,
    held_on: date,
    plan: Plan,
    protocol: Protocol,
    setting: Setting,
    clock: RunningClock,
    events: Iterable[AnyEvent],
    rehearsal: bool,
) -> OpenRecord:
    """Return the record of a session that has just been opened.

    Its title and its contacts have passed the gate, and the roster's names are hidden in them.
    """
    return OpenRecord(
        rehearsal=rehearsal,
        id=session_id,
        title=title,
        held_on=held_on,
        language=plan.language,
        protocol=protocol,
        plan=plan,
        setting=setting,
        agreements=AgreementsRecord(protocol=tuple(one.id for one in protocol.agreements)),
        clock=clock,
        timeline=tuple(events),
    )


def later_version(
    base: OpenRecord,
    events: Iterable[AnyEvent],
    state: SessionState,
    facts: Mapping[str, Fact],
    clock: RunningClock,
) -> OpenRecord:
    """Return the record as it stands after some events.

    Args:
        base: The first version.
        events: The whole timeline.
        state: Its fold.
        facts: All facts by id; those that the state does not hold are left out.
        clock: Which second it is at which moment of the wall clock.
    """
    kept = {fact_id: facts[fact_id] for fact_id in sorted(state.facts)}
    changed = base.model_copy(
        update={
            "setting": base.setting.model_copy(update={"heads": state.heads}),
            "agreements": AgreementsRecord(
                protocol=base.agreements.protocol,
                wordings=only(Wording, kept),
                house=only(HouseAgreement, kept),
                adopted=state.adopted,
            ),
            "notes": only(Note, kept),
            "held_back": band(state.held_back) if state.held_back else "none",
            "answers": only(Answers, kept),
            "parked": only(ParkedQuestion, kept),
            "group_commitments": only(GroupCommitment, kept),
            "leadership_asks": only(LeadershipAsk, kept),
            "clock": clock,
            "timeline": tuple(events),
        }
    )
    return changed.model_copy(update={"conditions": conditions_worked_on(changed, state)})


def only(kind: type[_Kind], facts: Mapping[str, Fact]) -> tuple[_Kind, ...]:
    """Return the facts of one kind, in the order of the mapping."""
    return tuple(fact for fact in facts.values() if isinstance(fact, kind))


def facts_of(record: OpenRecord) -> dict[str, Fact]:
    """Return every fact of a record by its id."""
    lists: tuple[Iterable[Fact], ...] = (
        record.notes,
        record.agreements.wordings,
        record.agreements.house,
        record.parked,
        record.group_commitments,
        record.leadership_asks,
        record.answers,
    )
    return {fact.id: fact for facts in lists for fact in facts}


def aliases_reached(record: OpenRecord) -> int:
    """Return the highest number that stands for somebody in what was kept, or 0."""
    items = [item for answers in record.answers for item in answers.items]
    words = (text for item in items for text in (item.text, item.translation) if text)
    return highest_reached(_texts_of(record), words)


def _texts_of(record: OpenRecord) -> list[str]:
    """Return what the facilitator wrote: title, contacts, own themes, the words of every fact."""
    setting = record.setting
    labels = (theme.label for theme in record.own_themes)
    before = [record.title, setting.care_contact, setting.reporting_contact, *labels]
    facts = facts_of(record).values()
    return before + [fact.text for fact in facts if not isinstance(fact, Answers)]


def coded(
    record: OpenRecord, facts: Mapping[str, Fact], now: OpenRecord, coding: Coding
) -> tuple[OpenRecord, dict[str, Fact]]:
    """Return a record and its facts with what a person has coded in `now`, its latest version."""
    changed = with_coding(now, coding)
    own = record.model_copy(update={"own_themes": changed.own_themes})
    return own, {**facts, **facts_of(changed)}


def with_words(
    record: OpenRecord, facts: Mapping[str, Fact], changed: Iterable[Fact | OwnTheme]
) -> tuple[OpenRecord, dict[str, Fact]]:
    """Return a record and its facts with those in their place whose words were changed."""
    changed = list(changed)
    themes = {one.id: one for one in changed if isinstance(one, OwnTheme)}
    own = tuple(themes.get(one.id, one) for one in record.own_themes)
    others = {one.id: one for one in changed if not isinstance(one, OwnTheme)}
    return record.model_copy(update={"own_themes": own}), {**facts, **others}


def with_names_hidden(record: OpenRecord, hide: Callable[[str], str]) -> OpenRecord:
    """Return a record whose title and contacts have passed `hide`."""
    care, reporting = record.setting.care_contact, record.setting.reporting_contact
    contacts = {"care_contact": hide(care), "reporting_contact": hide(reporting)}
    setting = record.setting.model_copy(update=contacts)
    return record.model_copy(update={"title": hide(record.title), "setting": setting})


def opened_at(record: OpenRecord) -> int:
    """Return the local time of day at which a session was opened, in seconds since midnight."""
    opened = record.clock.opened.astimezone()
    return opened.hour * 3600 + opened.minute * 60 + opened.second


def seconds_at(record: OpenRecord, wall: datetime) -> float:
    """Return how far a session is by the wall clock: what was saved and the gap since, never less.

    Args:
        record: The session as it was saved.
        wall: The date and time now.
    """
    gap = (wall - record.clock.wall).total_seconds()
    return record.clock.at + max(gap, 0.0)


def without_lost_facts(record: OpenRecord) -> tuple[AnyEvent, ...]:
    """Return the timeline without the facts whose words are gone.

    A fact that was struck leaves its words behind at the next save. Read again, its keeping and
    its striking cancel out, so that undo does not bring back a fact without words. Where that
    takes the first event of an act, the next one of it becomes the first.
    """
    there = facts_of(record).keys()
    lost = {
        event.fact
        for event in record.timeline
        if isinstance(event, FactKept) and event.fact not in there
    }
    kept: list[AnyEvent] = []
    headless = False
    for event in record.timeline:
        headless = headless and event.continues
        if isinstance(event, FactKept | FactStruck) and event.fact in lost:
            headless = headless or not event.continues
        else:
            kept.append(event.model_copy(update={"continues": False}) if headless else event)
            headless = False
    return tuple(kept)


def long_gap(record: OpenRecord, state: SessionState, now: int) -> tuple[AnyEvent, ...]:
    """Return a long interruption as a pause, from the last second that was saved; or nothing.

    Args:
        record: What was read again.
        state: The state after its last event.
        now: Seconds since the session was opened.
    """
    if state.phase != "running" or now - record.clock.at <= LONGEST_BRIDGED_SECONDS:
        return ()
    return (Paused(at=max(record.clock.at, state.at)),)
