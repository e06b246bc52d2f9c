"""The desk follows the record: a sheet that is not closing is open, whatever made it so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions import decide, opening
from sessions.decide_sheet import GRACE_SECONDS
from sessions.errors import CommandRefusedError, StorageError
from sessions.keys import KeyFolder
from sessions.payloads import Words, encode
from sessions.seating import new_seat
from sessions.sheet_desk import SheetDesk
from tests.plugin_sessions import WORDS, Room, plan_of, step_of

HEADS = 8
FEW = 3
ENOUGH = 5


@pytest.fixture
def desk(room: Room, tmp_path: Path) -> Iterator[SheetDesk]:
    """Return the desk of a session with an open sheet to which few have written."""
    session = room.begin(plan_of(step_of("asking", asks=(WORDS,))), heads=HEADS)
    room.clock.tick(60)
    session.do(decide.next_step)
    desk = SheetDesk(session, KeyFolder(tmp_path / "config"))
    for _ in range(HEADS):
        desk.seats.is_here(new_seat())
    desk.open()
    write(desk, FEW)
    yield desk
    desk.leave()


def write(desk: SheetDesk, writers: int) -> None:
    """Let so many people more write."""
    assert desk.voices is not None
    for number in range(writers):
        token = desk.voices.new_tokens()[WORDS.id]
        answer = encode(Words(text=f"This is number {number}."))
        assert desk.voices.submit(WORDS.id, token, answer).result() == "kept"


def close_on_too_few(desk: SheetDesk, room: Room) -> None:
    """Close the sheet, and find that too few have written."""
    desk.close()
    room.clock.tick(GRACE_SECONDS)
    assert desk.finish() is None
    assert desk.phase == "too-few"


def test_undo_after_too_few_opens_the_sheet_again(desk: SheetDesk, room: Room) -> None:
    """It is open in every respect: answers are taken, and a new close finishes."""
    close_on_too_few(desk, room)
    desk.session.undo()
    assert desk.phase == "open"
    write(desk, ENOUGH - FEW)
    with pytest.raises(CommandRefusedError, match="stays open until you close it"):
        desk.hold_open()
    desk.close()
    assert desk.phase == "closing"
    room.clock.tick(GRACE_SECONDS)
    opened = desk.finish()
    assert opened is not None
    assert len(opened.answers[0].items) == ENOUGH


def test_a_close_right_after_undo_has_a_grace_in_which_answers_are_taken(
    desk: SheetDesk, room: Room
) -> None:
    """Nobody need have looked at the desk in between."""
    close_on_too_few(desk, room)
    desk.session.undo()
    desk.close()
    assert desk.phase == "closing"
    assert desk.seconds_to_close() == GRACE_SECONDS
    write(desk, 1)


def test_undo_after_a_failed_opening_takes_answers_again(
    desk: SheetDesk, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The box was shut to be read; where that failed and the close is undone, it is not."""

    def fail(*_args: object, **_more: object) -> None:
        raise StorageError("The disk reports a fault.")

    write(desk, ENOUGH - FEW)
    desk.close()
    room.clock.tick(GRACE_SECONDS)
    with monkeypatch.context() as patch:
        patch.setattr(opening, "open_sheet", fail)
        with pytest.raises(StorageError):
            desk.finish()
    assert desk.phase == "closing"
    desk.session.undo()
    assert desk.phase == "open"
    write(desk, 1)


def test_writing_longer_is_not_taken_back(desk: SheetDesk, room: Room) -> None:
    """The grace has run out by then, so undoing it would shut the box on those who write."""
    close_on_too_few(desk, room)
    desk.hold_open()
    with pytest.raises(CommandRefusedError, match="z closes the sheet"):
        desk.session.undo()
    assert desk.phase == "open"
    write(desk, 1)
    desk.close()
    assert desk.seconds_to_close() == GRACE_SECONDS
