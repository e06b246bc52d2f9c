"""A session that is resumed, left or closed, on a clock set by hand.

Touches: disk, below `tmp_path`, and the saver's thread.
"""

from __future__ import annotations

import pytest

from agreements.plan import Plan
from sessions import decide
from sessions.deidentify.roster import Roster
from sessions.document import ClosedRecord, OpenRecord
from sessions.errors import (
    CommandRefusedError,
    RecordDamagedError,
    RecordTooNewError,
    SessionLockedError,
    StorageError,
)
from sessions.facts import Note, ParkedQuestion
from sessions.live import LiveSession
from sessions.store import PREVIOUS_NAME, RECORD_NAME, read_record
from tests.plugin_sessions import Room, ask_of, changed, on_disk, without_clock


def test_a_session_is_resumed_as_it_was(room: Room, session: LiveSession) -> None:
    """State, timeline and facts are back; the roster is not."""
    session.keep_note("A theme.")
    session.keep_line(ParkedQuestion, "Who decides?")
    session.keep_tally(ask_of(session.plan, "useful"), {"5": 7})
    session.do(decide.move_stop, stop_at=None)
    session.do(decide.next_step)
    session.leave()
    again = room.resume(session)
    assert again.state == session.state
    assert again.events == session.events
    assert without_clock(again.record) == without_clock(session.record)
    assert again.names.roster.is_empty
    room.clock.tick(30)
    again.do(decide.next_step)
    assert on_disk(again).timeline == again.events


def test_undo_after_resuming_takes_back_one_act(room: Room, session: LiveSession) -> None:
    """A wording that replaced another is undone by itself, not together with the act before it."""
    session.keep_wording("stay-engaged", "First words.")
    session.do(decide.adopt_agreements)
    session.keep_wording("stay-engaged", "Later words.")
    session.leave()
    again = room.resume(session)
    assert [event.type for event in again.undo()] == ["fact-kept"]
    assert again.wordings() == {}
    assert again.state.adopted


def test_a_quiet_hour_counts_for_its_step(room: Room, session: LiveSession) -> None:
    """While a step runs the clock is saved each minute, so a crash takes no more than that."""
    for _ in range(70 * 60):
        room.clock.tick(1)
        session.keep_clock()
    session.leave()
    room.clock.tick(120)
    again = room.resume(session)
    assert again.state.phase == "running"
    assert again.state.spent["welcome"] == 72 * 60


def test_the_clock_is_saved_once_a_minute_while_a_step_runs(
    room: Room, session: LiveSession
) -> None:
    """However often it is asked for; in a pause nothing needs it."""
    asked = session.status.asked
    for _ in range(240):
        room.clock.tick(0.25)
        session.keep_clock()
    assert session.status.asked == asked + 1
    assert on_disk(session).clock.at == session.now()
    session.do(decide.pause)
    asked = session.status.asked
    room.clock.tick(600)
    session.keep_clock()
    assert session.status.asked == asked


def test_a_number_in_the_title_is_not_given_again(room: Room, lunch: Plan) -> None:
    """The number that stands for somebody in the title is hers, also after a restart."""
    session = room.begin(lunch, title="Lunch with Zaharah", names="Zaharah Oyelaran")
    assert session.title == "Lunch with [colleague 1]"
    assert session.keep_note("Zaharah asked.").text == "[colleague 1] asked."
    session.strike(session.facts(Note)[0].id)
    session.leave()
    again = room.resume(session)
    again.name_room(Roster.parse("Tamsin Quill"))
    assert again.keep_note("Tamsin answered.").text == "[colleague 2] answered."


def test_numbers_for_people_go_on_after_resuming(room: Room, lunch: Plan) -> None:
    """Two people never share a number, though the names behind them are forgotten."""
    session = room.begin(lunch, names="Zaharah Oyelaran")
    assert session.keep_note("Zaharah asked.").text == "[colleague 1] asked."
    session.leave()
    again = room.resume(session)
    again.name_room(Roster.parse("Tamsin Quill"))
    assert again.keep_note("Tamsin answered.").text == "[colleague 2] answered."


def test_a_preview_keeps_nothing_and_spends_no_number(room: Room, lunch: Plan) -> None:
    """What is shown while typing is what would be kept, however often it is shown."""
    session = room.begin(lunch, names="Zaharah Oyelaran\nTamsin Quill")
    for _ in range(5):
        assert session.preview("Zaharah and Tamsin").text == "[colleague 1] and [colleague 2]"
    assert session.keep_note("Tamsin asked.").text == "[colleague 1] asked."
    assert session.preview("Zaharah").text == "[colleague 2]"


def test_a_session_is_held_by_one_program(room: Room, session: LiveSession) -> None:
    """While it is open nobody else can resume it; afterwards anybody can."""
    # promise 36
    with pytest.raises(SessionLockedError):
        room.resume(session)
    session.do(decide.pause)
    session.leave()
    assert room.resume(session).state.phase == "paused"


@pytest.mark.parametrize(
    ("damage", "error"), [(b"{", RecordDamagedError), (None, RecordTooNewError)]
)
def test_a_record_that_cannot_be_used_is_not_resumed_and_not_changed(
    room: Room, session: LiveSession, damage: bytes | None, error: type[StorageError]
) -> None:
    """A damaged or newer record keeps every byte, and its lock is given back."""
    session.leave()
    path = session.folder.path
    data = changed(read_record(path), version=2) if damage is None else damage
    path.write_bytes(data)
    for _ in range(2):
        with pytest.raises(error):
            room.resume(session)
    assert path.read_bytes() == data
    assert not (session.folder.folder / "lock").exists()


def test_what_a_killed_program_left_is_swept_away(room: Room, session: LiveSession) -> None:
    """Half-written files hold words; resuming removes them."""
    session.leave()
    left = session.folder.folder / f".{RECORD_NAME}.{'0' * 16}.part"
    left.write_bytes(b"words")
    room.resume(session)
    assert not left.exists()


def test_a_closed_session_stays_closed(room: Room, session: LiveSession) -> None:
    """It can be neither resumed nor gone on with, and keeps its lock from nobody."""
    session.do(decide.begin_closing)
    closed = session.close()
    for act in (lambda: session.do(decide.next_step), session.undo, lambda: session.keep_note("x")):
        with pytest.raises(CommandRefusedError):
            act()
    with pytest.raises(CommandRefusedError, match="closed"):
        room.resume(session)
    assert session.folder.read() == closed
    assert [path.name for path in session.folder.folder.iterdir()] == [RECORD_NAME]


def test_a_session_is_not_closed_while_a_step_runs(session: LiveSession) -> None:
    """The close is refused and the session goes on."""
    with pytest.raises(CommandRefusedError, match="cannot be closed while a step is running"):
        session.close()
    session.do(decide.pause)
    assert isinstance(on_disk(session), OpenRecord)


def test_a_close_that_cannot_be_saved_leaves_the_session_open(
    session: LiveSession, full_disk: pytest.MonkeyPatch
) -> None:
    """On a full disk the session stays open and whole; with space again it closes."""
    # promise 20
    session.do(decide.begin_closing)
    with pytest.raises(StorageError, match="still open"):
        session.close()
    assert isinstance(session.folder.read(), OpenRecord)
    note = session.keep_note("Said while the disk was full.")
    assert not session._saver.flush()
    assert "no space left" in session.status.problem
    full_disk.undo()
    assert on_disk(session).notes == (note,)
    assert isinstance(session.close(), ClosedRecord)
    closed = session.folder.read()
    assert isinstance(closed, ClosedRecord)
    assert closed.notes == (note,)


def test_leaving_says_whether_everything_is_kept(
    session: LiveSession, full_disk: pytest.MonkeyPatch
) -> None:
    """On a full disk the answer is no, the version before is whole, and the lock is free."""
    session.do(decide.pause)
    assert not session.leave()
    assert isinstance(session.folder.read(), OpenRecord)
    assert not (session.folder.folder / "lock").exists()
    full_disk.undo()


def test_the_version_before_is_beside_the_record(room: Room, session: LiveSession) -> None:
    """While a session is open its folder holds two versions and the lock, and nothing else."""
    session.do(decide.pause)
    assert session._saver.flush()
    session.do(decide.resume)
    assert session._saver.flush()
    names = sorted(path.name for path in session.folder.folder.iterdir())
    assert names == ["lock", RECORD_NAME, PREVIOUS_NAME]
    before = read_record(session.folder.previous)
    assert isinstance(before, OpenRecord)
    assert before.timeline == session.events[:-1]
