"""Many ask within one second where a session stands: it is worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions import decide
from sessions.state import elapse
from tests.plugin_sessions import branching_plan

if TYPE_CHECKING:
    from tests.plugin_sessions import Room


def test_within_a_second_a_state_is_worked_out_once(room: Room) -> None:
    """The same object is returned, until a second passes or something happens."""
    session = room.begin(branching_plan())
    session.do(decide.next_step)
    room.clock.tick(3)
    first = session.state
    assert session.state is first
    room.clock.tick(1)
    second = session.state
    assert second == elapse(session._state, session.now())
    assert (first.at, second.at) == (3, 4)
    session.do(decide.pause)
    assert session.state.phase == "paused"
    session.undo()
    assert session.state == second
