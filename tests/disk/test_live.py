"""A session that is going on: begun, run, undone, resumed and closed, on a clock set by hand.

Touches: disk, below `tmp_path`, and the saver's thread.
"""

from __future__ import annotations

import pytest

from agreements.plan import Plan
from sessions import decide
from sessions.document import OpenRecord
from sessions.errors import (
    CommandRefusedError,
    StorageError,
)
from sessions.facts import (
    Answers,
    GroupCommitment,
    HouseAgreement,
    Note,
    ParkedQuestion,
    Wording,
)
from sessions.live import LiveSession
from sessions.saver import SaveStatus
from sessions.store import read_record
from tests.plugin_sessions import Room, ask_of, on_disk, setting_of, without_clock


def test_a_session_is_on_the_disk_from_its_first_second(room: Room, lunch: Plan) -> None:
    """When `begin` returns, the record is there, whole, and nothing waits to be saved."""
    session = room.begin(
        lunch, title="  Lunch [b]now[/b]\x1b[31m  ", heads=24, stop_in_seconds=3600
    )
    record = read_record(session.folder.path)
    assert isinstance(record, OpenRecord)
    assert record.title == session.title == "Lunch [b]now[/b][31m"
    assert (record.setting.heads, record.held_on.isoformat()) == (24, "2026-11-22")
    assert record.timeline == session.events
    assert session.status.is_kept
    assert session.state.step == "arrival"


def test_a_session_without_a_title_has_the_plans(room: Room, lunch: Plan) -> None:
    """An empty title, or one with nothing to see, is replaced."""
    assert room.begin(lunch, title=" \u200b\x00 ").title == lunch.title


def test_what_is_typed_into_the_setting_passes_the_gate(room: Room, lunch: Plan) -> None:
    """The contacts are shown to everybody, and so they are made safe to show."""
    setting = setting_of(care_contact="Care\x1b[2J\nlead", reporting_contact="\u202eHR")
    kept = room.begin(lunch, setting=setting).record.setting
    assert (kept.care_contact, kept.reporting_contact) == ("Care[2J lead", "HR")


@pytest.mark.parametrize(
    ("heads", "stop_in_seconds"), [(0, 3600), (-1, None), (10_000, 3600), (12, 0), (12, -60)]
)
def test_a_session_that_cannot_be_is_not_begun(
    room: Room, lunch: Plan, heads: int, stop_in_seconds: int | None
) -> None:
    """Impossible heads or an end in the past are refused before anything is on the disk."""
    with pytest.raises(CommandRefusedError):
        room.begin(lunch, heads=heads, stop_in_seconds=stop_in_seconds)
    assert not room.store.sessions.exists()


@pytest.mark.usefixtures("full_disk")
def test_a_session_that_cannot_be_saved_is_not_begun(room: Room, lunch: Plan) -> None:
    """On a full disk nothing has begun: it is said, and no session is listed."""
    # promise 20
    with pytest.raises(StorageError, match="no space left"):
        room.begin(lunch)
    assert room.store.headers() == []


def test_an_act_is_saved(session: LiveSession) -> None:
    """What is done is in the record on the disk."""
    session.do(decide.adopt_agreements)
    record = on_disk(session)
    assert record.agreements.adopted
    assert record.timeline == session.events


def test_a_refused_act_changes_and_saves_nothing(session: LiveSession) -> None:
    """Neither state nor events nor the disk know that it was tried."""
    before = (session.state, session.events, session.status.asked)
    with pytest.raises(CommandRefusedError):
        session.do(decide.resume)
    with pytest.raises(CommandRefusedError):
        session.do(decide.start_step, step="nowhere")
    with pytest.raises(CommandRefusedError):
        session.strike("0" * 32)
    assert (session.state, session.events, session.status.asked) == before


def test_a_refused_fact_leaves_nothing_behind(room: Room, session: LiveSession) -> None:
    """Words that could not be kept are in no later version of the record."""
    session.do(decide.begin_closing)
    session.close()
    with pytest.raises(CommandRefusedError):
        session.keep_note("Too late.")
    assert session.facts(Note) == ()


def test_undo_restores_the_record(room: Room, session: LiveSession) -> None:
    """After each kind of act and its undo, the record is byte for byte what it was."""
    useful = ask_of(session.plan, "useful")
    session.keep_wording("stay-engaged", "Stay with us.")
    acts = (
        lambda: session.do(decide.next_step),
        lambda: session.do(decide.pause),
        lambda: session.do(decide.drop_step, step="compass"),
        lambda: session.do(decide.change_heads, heads=30),
        lambda: session.do(decide.move_stop, stop_at=None),
        lambda: session.do(decide.begin_closing),
        lambda: session.keep_note("We listened. #a1"),
        lambda: session.keep_wording("stay-engaged", "Another wording."),
        lambda: session.keep_line(ParkedQuestion, "Who decides?"),
        lambda: session.keep_tally(useful, {"5": 7}),
        lambda: session.strike(session.facts(Wording)[0].id),
    )
    for act in acts:
        before = (without_clock(session.record), session.events)
        room.clock.tick(11)
        act()
        assert (without_clock(session.record), session.events) != before
        room.clock.tick(7)
        session.undo()
        assert (without_clock(session.record), session.events) == before
        assert without_clock(on_disk(session)) == before[0]


def test_an_act_of_several_events_is_undone_at_once(session: LiveSession) -> None:
    """A no from the group, a drop, a replacement: one key, one undo."""
    session.do(decide.next_step)
    undone = (session.do(decide.take_alternative), session.undo())[1]
    assert [event.type for event in undone] == ["step-declined", "step-started"]
    assert session.state.step == "agreements"
    assert session.state.declined == {}


def test_the_opening_cannot_be_undone(room: Room, lunch: Plan) -> None:
    """Undo ends at the opening, and the session is as it began."""
    session = room.begin(lunch)
    with pytest.raises(CommandRefusedError, match="nothing to undo"):
        session.undo()
    assert session.state.step == "arrival"


def test_a_note_is_kept_with_its_step_and_tags(session: LiveSession) -> None:
    """Its words stand without the tags; escapes and direction marks are gone; brackets stay."""
    note = session.keep_note("[b]We[/b] \x1b[31mlistened\u202e #a2 #c2\nand wrote #x")
    assert (note.text, note.step) == ("[b]We[/b] [31mlistened\nand wrote", "welcome")
    assert note.tags == ("speak-your-truth", "isolate-race", "acting")
    assert on_disk(session).notes == (note,)
    assert "isolate-race" in on_disk(session).conditions


@pytest.mark.parametrize("raw", ["", "   ", "\n\n", "\x1b\x07", "#a1 #c2", "\u200b"])
def test_a_note_without_words_is_refused(session: LiveSession, raw: str) -> None:
    """A note of white space, controls or tags only is no note."""
    with pytest.raises(CommandRefusedError, match="nothing to keep yet"):
        session.keep_note(raw)
    assert session.facts(Note) == ()


def test_a_long_note_is_kept_as_long_as_a_note_may_be(session: LiveSession) -> None:
    """Of more than 4,000 characters the first 4,000 are kept."""
    assert len(session.keep_note("x" * 10_000).text) == 4000


def test_a_note_that_its_hidden_names_make_too_long_is_refused(room: Room, lunch: Plan) -> None:
    """Words that stand for a name are longer than it; what then does not fit is said."""
    session = room.begin(lunch, names="Bo Ek")
    with pytest.raises(CommandRefusedError, match="two parts"):
        session.keep_note("Bo Ek " * 660)
    assert session.facts(Note) == ()


def test_lines_are_kept_in_their_lists(session: LiveSession) -> None:
    """House agreements, open questions and commitments: one line each, in the order kept."""
    kinds: tuple[type[HouseAgreement | ParkedQuestion | GroupCommitment], ...]
    kinds = (HouseAgreement, ParkedQuestion, GroupCommitment)
    for kind in kinds:
        for text in ("First", "Second\nline", "y" * 500):
            session.keep_line(kind, text)
        assert [one.text for one in session.facts(kind) if isinstance(one, kind)] == [
            "First",
            "Second line",
            "y" * 280,
        ]
    record = on_disk(session)
    assert len(record.agreements.house) == len(record.parked) == len(record.group_commitments) == 3
    assert session.facts(HouseAgreement) == session.facts(HouseAgreement)


def test_an_agreement_has_one_wording(session: LiveSession) -> None:
    """A later wording takes the place of the one before; undo brings that one back."""
    session.keep_wording("stay-engaged", "First words.")
    session.keep_wording("speak-your-truth", "Of another.")
    session.keep_wording("stay-engaged", "Later words.")
    assert session.wordings() == {
        "speak-your-truth": "Of another.",
        "stay-engaged": "Later words.",
    }
    session.undo()
    assert session.wordings()["stay-engaged"] == "First words."


@pytest.mark.parametrize(
    ("ask_id", "counts", "field", "values"),
    [
        ("useful", {"1": 2, "5": 3}, "value", [1, 1, 5, 5, 5]),
        ("practice", {"warm": 1, "cold": 2}, "choice", ["cold", "cold", "warm"]),
        ("compass-now", {"feeling": 2}, "points", [("feeling",), ("feeling",)]),
    ],
)
def test_a_count_becomes_answers_without_an_order(
    session: LiveSession, ask_id: str, counts: dict[str, int], field: str, values: list[object]
) -> None:
    """Each hand is an answer with a random id; the list is sorted by it and holds nothing else."""
    answers = session.keep_tally(ask_of(session.plan, ask_id), counts)
    ids = [item.id for item in answers.items]
    assert ids == sorted(set(ids))
    assert sorted((getattr(item, field) for item in answers.items), key=str) == values
    assert all(item.model_fields_set == {"id", field} for item in answers.items)
    assert (answers.seats, answers.kind) == (12, ask_of(session.plan, ask_id).kind)


def test_a_second_count_takes_the_place_of_the_first(session: LiveSession) -> None:
    """The same ask is answered once."""
    useful = ask_of(session.plan, "useful")
    session.keep_tally(useful, {"5": 9})
    later = session.keep_tally(useful, {"4": 8})
    assert session.facts(Answers) == (later,)
    assert session.tally("useful") == later
    assert session.tally("go-deeper") is None
    assert on_disk(session).answers == (later,)


def test_who_listens_hears_how_far_saving_has_come(session: LiveSession) -> None:
    """A listener is told of each version that is kept."""
    heard: list[SaveStatus] = []
    session.on_saved = heard.append
    session.do(decide.pause)
    assert session._saver.flush()
    session.leave()
    assert heard[-1] == session.status
    assert heard[-1].is_kept
