"""A pause for harm in every state a session can be in: what it stops, and how it ends.

Touches: disk below `tmp_path`. No screen: what the one key does, and what going on does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from agreements.model import Protocol
from dialogue.tui import harm_pause
from sessions import decide
from sessions.decide_sheet import GRACE_SECONDS
from sessions.errors import CommandRefusedError
from sessions.facts import Answers
from sessions.payloads import Words
from tests.attack.sheets import WORDS, Sheet, plan_with

SOME = [f"words-of-{number}" for number in range(6)]


@pytest.fixture
def hurt(tmp_path: Path, protocol: Protocol) -> Iterator[Sheet]:
    """Return a session in a step that asks in writing."""
    room = Sheet.begin(tmp_path, plan_with((WORDS,)), protocol, heads=12)
    yield room
    room.leave()


def write(room: Sheet, *texts: str) -> None:
    """Let some people write."""
    for text in texts:
        room.write(WORDS.id, Words(text=text, level="quote"))


def test_with_a_sheet_open_what_is_in_flight_is_taken_and_nothing_opens(hurt: Sheet) -> None:
    """The box stays shut however long it lasts; going on, the sheet is open as it was."""
    hurt.open()
    write(hurt, *SOME[:3])
    pause = harm_pause.begin(hurt.session, hurt)
    write(hurt, *SOME[3:])
    assert hurt.view().moment == "pausing"
    for command in (hurt.sheets.close, hurt.sheets.finish):
        with pytest.raises(CommandRefusedError):
            command()
    hurt.clock.tick(3600)
    harm_pause.end(pause, hurt.session, hurt)
    assert hurt.sheets.phase == "open"
    assert hurt.close() is not None
    (answers,) = hurt.session.facts(Answers)
    assert Counter(item.text for item in answers.items) == Counter(SOME)


def test_while_a_sheet_closes_its_grace_stands_still(hurt: Sheet) -> None:
    """Eight seconds into the grace it pauses; ten minutes later the rest of it is left."""
    hurt.open()
    write(hurt, *SOME)
    hurt.sheets.close()
    hurt.clock.tick(8)
    pause = harm_pause.begin(hurt.session, hurt)
    hurt.clock.tick(600)
    assert hurt.sheets.seconds_to_close() is None
    harm_pause.end(pause, hurt.session, hurt)
    assert hurt.sheets.seconds_to_close() == GRACE_SECONDS - 8


def test_after_the_last_step_the_room_is_blank_until_it_goes_on(hurt: Sheet) -> None:
    """There is nothing to pause, so nothing is kept; the room sees the calm page."""
    hurt.session.do(decide.begin_closing)
    events = hurt.session.events
    pause = harm_pause.begin(hurt.session, hurt)
    assert hurt.view().moment == "over"  # a blank is the host's to show
    assert hurt.blank
    harm_pause.end(pause, hurt.session, hurt)
    assert not hurt.blank
    assert hurt.session.events == events


def test_a_second_pause_inside_the_first_changes_nothing(hurt: Sheet) -> None:
    """Pressed twice it is one pause; ending the second one leaves the first."""
    first = harm_pause.begin(hurt.session, hurt)
    events = hurt.session.events
    second = harm_pause.begin(hurt.session, hurt)
    assert hurt.session.events == events
    harm_pause.end(second, hurt.session, hurt)
    assert hurt.session.state.phase == "paused"
    harm_pause.end(first, hurt.session, hurt)
    assert hurt.session.state.phase == "running"
    harm_pause.end(first, hurt.session, hurt)
    assert hurt.session.state.phase == "running"


@pytest.mark.parametrize("blank", [False, True])
def test_twice_in_the_close_the_room_is_as_it_was(hurt: Sheet, blank: bool) -> None:
    """A room that was blank before stays blank after both, and another is shown again."""
    hurt.session.do(decide.begin_closing)
    hurt.blank = blank
    first, second = (harm_pause.begin(hurt.session, hurt) for _ in range(2))
    harm_pause.end(second, hurt.session, hurt)
    assert hurt.blank
    harm_pause.end(first, hurt.session, hurt)
    assert hurt.blank is blank


def test_what_was_paused_by_hand_stays_paused(hurt: Sheet) -> None:
    """Harm in a pause ends with the pause still there."""
    hurt.session.do(decide.pause)
    harm_pause.end(harm_pause.begin(hurt.session, hurt), hurt.session, hurt)
    assert hurt.session.state.phase == "paused"


def test_a_pause_that_was_taken_back_is_not_ended_again(hurt: Sheet) -> None:
    """Undone, or gone on from by hand, the session runs, and the end of it is no command."""
    pause = harm_pause.begin(hurt.session, hurt)
    hurt.session.undo()
    events = hurt.session.events
    harm_pause.end(pause, hurt.session, hurt)
    assert (hurt.session.state.phase, hurt.session.events) == ("running", events)


def test_people_who_leave_during_the_pause_are_gone_after_it(hurt: Sheet) -> None:
    """Heads may change in it, and the step goes on with those who are there."""
    pause = harm_pause.begin(hurt.session, hurt)
    hurt.session.do(decide.change_heads, heads=10)
    harm_pause.end(pause, hurt.session, hurt)
    assert (hurt.session.state.heads, hurt.session.state.phase) == (10, "running")
