"""The versions of an open record: facts and timeline put together, saved, and taken apart."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.model import Protocol
from sessions.decide import last_act
from sessions.document import RECORDS, AgreementsRecord, OpenRecord, RunningClock, to_json
from sessions.facts import (
    Answers,
    Fact,
    FactKind,
    GroupCommitment,
    HouseAgreement,
    LeadershipAsk,
    Note,
    ParkedQuestion,
    Wording,
)
from sessions.state import elapse, replay
from sessions.timeline import (
    AgreementsAdopted,
    AnyEvent,
    FactKept,
    FactStruck,
    SessionOpened,
    StepStarted,
)
from sessions.versions import facts_of, first_version, later_version, only, without_lost_facts
from tests.plugin_sessions import NOON, branching_plan, is_consistent, setting_of

CLOCK = RunningClock(opened=NOON, at=0, wall=NOON)
OPENED = SessionOpened(at=0, heads=12)

ONE_OF_EACH: dict[FactKind, Fact] = {
    "note": Note(id="f" * 32, step="pairs", text="A theme."),
    "wording": Wording(id="e" * 32, agreement="stay-engaged", text="Stay with us."),
    "house-agreement": HouseAgreement(id="d" * 32, text="Phones face down."),
    "parked": ParkedQuestion(id="c" * 32, text="Who decides?"),
    "commitment": GroupCommitment(id="b" * 32, text="Meet again in May."),
    "leadership-ask": LeadershipAsk(id="9" * 32, text="Pay for the time."),
    "answers": Answers(id="a" * 32, ask="useful", kind="scale", seats=12),
}


def number(at: int) -> str:
    """Return the id that stands for a number."""
    return f"{at:032x}"


def kept(fact: str, *, continues: bool = False) -> FactKept:
    """Return that a note was kept."""
    return FactKept(at=5, kind="note", fact=fact, continues=continues)


def struck(fact: str) -> FactStruck:
    """Return that a note was struck."""
    return FactStruck(at=6, fact=fact)


@pytest.fixture(scope="module")
def first(protocol: Protocol) -> OpenRecord:
    """Return the first version of a record."""
    return first_version(
        session_id="0" * 32,
        title="A test",
        held_on=NOON.date(),
        plan=branching_plan(),
        protocol=protocol,
        setting=setting_of(12),
        clock=CLOCK,
        events=[OPENED],
        rehearsal=False,
    )


def later(first: OpenRecord, events: list[AnyEvent], facts: dict[str, Fact]) -> OpenRecord:
    """Return a later version with these events after the opening."""
    timeline = [OPENED, *events]
    return later_version(first, timeline, replay(timeline), facts, CLOCK)


def test_the_first_version_is_complete(first: OpenRecord, protocol: Protocol) -> None:
    """From its first second a record is whole and can be read."""
    assert first.agreements.protocol == tuple(one.id for one in protocol.agreements)
    assert first.language == "en"
    assert RECORDS.validate_json(to_json(first)) == first


def test_each_kind_of_fact_has_its_place(first: OpenRecord) -> None:
    """A fact of every kind is found in its list, and taken out of the record again as it was."""
    facts = {fact.id: fact for fact in ONE_OF_EACH.values()}
    events: list[AnyEvent] = [
        FactKept(at=5, kind=kind, fact=fact.id) for kind, fact in ONE_OF_EACH.items()
    ]
    record = later(first, [*events, AgreementsAdopted(at=6)], facts)
    assert record.notes == (ONE_OF_EACH["note"],)
    assert record.agreements == AgreementsRecord(
        protocol=first.agreements.protocol,
        wordings=only(Wording, facts),
        house=only(HouseAgreement, facts),
        adopted=True,
    )
    assert record.parked == (ONE_OF_EACH["parked"],)
    assert record.group_commitments == (ONE_OF_EACH["commitment"],)
    assert record.leadership_asks == (ONE_OF_EACH["leadership-ask"],)
    assert record.answers == (ONE_OF_EACH["answers"],)
    assert facts_of(record) == facts
    assert is_consistent(record)
    assert RECORDS.validate_json(to_json(record)) == record


@given(st.permutations(range(12)))
def test_the_lists_tell_nothing_about_what_came_first(first: OpenRecord, order: list[int]) -> None:
    """However the notes came, the record lists them alike: by random id."""
    notes = [Note(id=number(at), text=f"Theme {at}.") for at in range(12)]
    facts: dict[str, Fact] = {notes[at].id: notes[at] for at in order}
    events: list[AnyEvent] = [kept(notes[at].id) for at in order]
    assert later(first, events, facts).notes == tuple(notes)


def test_a_struck_fact_leaves_the_record(first: OpenRecord) -> None:
    """Its words are gone from the lists; its id alone is left in the timeline."""
    note = Note(id=number(7), text="Not for here.")
    record = later(first, [kept(note.id), struck(note.id)], {note.id: note})
    assert record.notes == ()
    assert b"Not for here." not in to_json(record)


def acts_of(record: OpenRecord) -> list[str]:
    """Return the acts of a timeline as it is read again, each as its types joined."""
    timeline = without_lost_facts(record)
    acts: list[str] = []
    for event in timeline:
        if event.continues:
            acts[-1] += f"+{event.type}"
        else:
            acts.append(event.type)
    return acts


def test_a_struck_fact_is_forgotten_when_the_record_is_read_again(first: OpenRecord) -> None:
    """Keeping and striking cancel out, so that undo brings back nothing without words."""
    note = Note(id=number(7), text="Not for here.")
    started = StepStarted(at=1, step="welcome")
    record = later(first, [started, kept(note.id), struck(note.id)], {note.id: note})
    assert acts_of(record) == ["session-opened", "step-started"]
    assert is_consistent(record)


def test_a_fact_kept_for_another_stays_an_act_of_its_own(first: OpenRecord) -> None:
    """When the earlier wording is gone, undo takes back the later one and not the step before."""
    old, new = (Note(id=number(at), text="Words.") for at in (1, 2))
    events: list[AnyEvent] = [
        StepStarted(at=1, step="welcome"),
        kept(old.id),
        struck(old.id),
        kept(new.id, continues=True),
    ]
    record = later(first, events, {old.id: old, new.id: new})
    assert acts_of(record) == ["session-opened", "step-started", "fact-kept"]
    assert last_act(without_lost_facts(record)) == 1


def test_a_chain_of_replacements_leaves_the_last(first: OpenRecord) -> None:
    """Three wordings, each for the one before: one keeping is left, and can be undone."""
    notes = [Note(id=number(at), text="Words.") for at in (1, 2, 3)]
    events: list[AnyEvent] = [kept(notes[0].id)]
    for old, new in itertools.pairwise(notes):
        events += [struck(old.id), kept(new.id, continues=True)]
    record = later(first, events, {note.id: note for note in notes})
    assert acts_of(record) == ["session-opened", "fact-kept"]
    assert replay(without_lost_facts(record)).facts == {notes[2].id: "note"}


def test_an_act_that_lost_its_tail_keeps_its_head(first: OpenRecord) -> None:
    """Only the first event left of an act is made its head; what follows stays joined to it."""
    lost, there = (Note(id=number(at), text="Words.") for at in (1, 2))
    events: list[AnyEvent] = [
        StepStarted(at=1, step="welcome"),
        kept(lost.id, continues=True),
        kept(there.id, continues=True),
        struck(lost.id),
    ]
    record = later(first, events, {there.id: there})
    assert acts_of(record) == ["session-opened", "step-started+fact-kept"]


facts_acts = st.lists(
    st.tuples(st.sampled_from(["keep", "strike", "replace"]), st.integers(0, 5)), max_size=20
)


@given(facts_acts)
def test_reading_again_keeps_state_and_words_together(
    first: OpenRecord, acts: list[tuple[str, int]]
) -> None:
    """Whatever was kept, struck and replaced, a record that is read again is consistent."""
    events: list[AnyEvent] = [StepStarted(at=1, step="welcome")]
    words: dict[str, Fact] = {}
    for act, at in acts:
        there = list(replay([OPENED, *events]).facts)
        if act != "keep" and there:
            events.append(struck(there[at % len(there)]))
        if act != "strike":
            note = Note(id=number(len(words)), text=f"Words {len(words)}.")
            words[note.id] = note
            events.append(kept(note.id, continues=act == "replace" and bool(there)))
    timed = [event.model_copy(update={"at": at}) for at, event in enumerate(events, 1)]
    record = later(first, timed, words)
    again = without_lost_facts(record)
    before, after = (elapse(replay(timeline), 60) for timeline in (record.timeline, again))
    assert is_consistent(record)
    assert after == before
    assert not again[0].continues
    assert [event.type for event in again[:2]] == ["session-opened", "step-started"]
    assert not any(event.continues for event in again)


def test_a_record_that_holds_words_its_timeline_does_not_is_not_consistent(
    first: OpenRecord,
) -> None:
    """Words without an event, as a hand in the file may leave them, are noticed."""
    stray = first.model_copy(update={"notes": (Note(id=number(1), text="Stray."),)})
    assert not is_consistent(stray)
