"""Turns in a session that goes on: pauses, undo, a restart, and what is never saved.

Touches: disk below `tmp_path`.
"""

from __future__ import annotations

import pytest

from agreements.plan import PerPersonDuration, Plan
from sessions import decide
from sessions.air import AirTime
from sessions.live import LiveSession
from sessions.turns import TurnView
from tests.plugin_sessions import Room, branching_plan, on_disk, plan_of, step_of, without_clock


@pytest.fixture
def talk() -> Plan:
    """Return a plan of a pair step, a round and a plenary."""
    each = PerPersonDuration(seconds_each=50, handover_seconds=10)
    return plan_of(
        step_of("pairs", 12, format="pair", group_size=2),
        step_of("round", format="round", duration=each),
        step_of("all", 5),
    )


@pytest.fixture
def going(room: Room, talk: Plan) -> LiveSession:
    """Return a session in its pair step."""
    session = room.begin(talk, heads=12)
    session.do(decide.next_step)
    return session


def told(session: LiveSession) -> TurnView:
    """Return what a screen is told of the turns."""
    found = session.turns.view()
    assert found is not None
    return found


def speaker(session: LiveSession) -> tuple[int | None, int | None, int]:
    """Return whose turn it is, by number, of how many, and what is left of it."""
    view = told(session)
    return view.speaker, view.of, view.seconds_left


def test_the_half_comes_on_the_clock_of_the_session(room: Room, going: LiveSession) -> None:
    """Twelve minutes in pairs: the half at 6:00, the last minute at 11:00, then overtime."""
    seen = {}
    for second in range(0, 745, 5):
        seen[second] = told(going).cue
        room.clock.tick(5)
    calls = [second for second, cue in seen.items() if cue and not seen.get(second - 5)]
    assert [(second, seen[second]) for second in calls] == [(360, "half-time"), (660, "one-minute")]
    assert told(going).overtime == 25


def test_a_pause_is_nobodys_time(room: Room, going: LiveSession) -> None:
    """While the session is paused, for harm or a breath, the speaker keeps what she has."""
    room.clock.tick(100)
    going.do(decide.pause)
    room.clock.tick(900)
    assert speaker(going) == (1, 2, 260)
    going.do(decide.resume)
    room.clock.tick(1)
    assert speaker(going) == (1, 2, 259)


def test_nobody_has_a_turn_where_none_is_taken(room: Room, going: LiveSession) -> None:
    """Before the first step, in a plenary and in the close there is nothing to show."""
    assert room.begin(going.plan).turns.view() is None
    going.do(decide.start_step, step="all")
    assert going.turns.view() is None
    assert not going.turns.end_turn()
    going.do(decide.begin_closing)
    assert going.turns.view() is None
    assert not going.turns.one_voice_more()


def test_heads_that_change_let_the_speaker_end(room: Room, going: LiveSession) -> None:
    """One who comes in the first half makes a triad; undo makes it a pair again."""
    room.clock.tick(120)
    going.do(decide.change_heads, heads=13)
    assert [(one.size, one.count) for one in told(going).tables] == [(3, 1), (2, 5)]
    assert told(going).tables[0].seconds_left == 240
    going.undo()
    assert [(one.size, one.count) for one in told(going).tables] == [(2, 6)]


def test_undoing_and_doing_otherwise_is_told_at_once(room: Room, going: LiveSession) -> None:
    """A screen that asks only after both is told of the last."""
    room.clock.tick(60)
    for people in (13, 15, 17):
        going.do(decide.change_heads, heads=people)
        assert sum(one.size * one.count for one in told(going).tables) == people
        going.undo()
        going.do(decide.change_heads, heads=people + 1)
        assert sum(one.size * one.count for one in told(going).tables) == people + 1
        going.undo()


def test_minutes_and_a_fit_move_the_half(room: Room, going: LiveSession) -> None:
    """A minute less moves the half to 5:30, and a fit to ten minutes to 5:00."""
    room.clock.tick(60)
    going.do(decide.change_minutes, seconds=-60, allotted=720)
    assert speaker(going) == (1, 2, 270)
    going.do(decide.fit_plan, seconds={"pairs": 600}, dropped=())
    assert speaker(going) == (1, 2, 240)


def test_the_same_turn_comes_back_after_a_restart(room: Room, going: LiveSession) -> None:
    """Heads, minutes and a pause are in the record, so the turn is the same to the second."""
    room.clock.tick(60)
    going.do(decide.change_heads, heads=13)
    going.do(decide.pause)
    room.clock.tick(30)
    going.do(decide.resume)
    going.do(decide.change_minutes, seconds=60, allotted=720)
    room.clock.tick(100)
    before = told(going)
    going.leave()
    assert told(room.resume(going)) == before


def test_what_is_forgotten_at_a_restart_is_forgotten_whole(room: Room, going: LiveSession) -> None:
    """Turns that were passed, voices that were granted and air time are in no file."""
    going.do(decide.next_step)
    room.clock.tick(20)
    before = without_clock(on_disk(going))
    assert going.turns.end_turn()
    assert speaker(going) == (2, 12, 50)
    assert going.turns.one_voice_more()
    going.turns.heard(new=True)
    going._save()
    assert without_clock(on_disk(going)) == before
    going.leave()
    again = room.resume(going)
    assert speaker(again) == (1, 12, 30)
    assert again.turns.air == AirTime()


def test_passing_and_one_voice_more_can_be_taken_back(room: Room, going: LiveSession) -> None:
    """One after the other, the last first; a stray step and its undo lose neither."""
    going.do(decide.next_step)
    room.clock.tick(20)
    going.turns.end_turn()
    room.clock.tick(10)
    going.turns.end_turn()
    assert told(going).speaker == 3
    going.do(decide.next_step)
    going.undo()
    assert told(going).speaker == 3
    assert going.turns.take_back()
    assert told(going).speaker == 2
    assert going.turns.take_back()
    assert told(going).speaker == 1
    assert not going.turns.take_back()


def test_a_voice_more_is_not_taken_at_several_tables(going: LiveSession) -> None:
    """In pairs nobody has the floor of the whole room."""
    assert not going.turns.one_voice_more()


def test_a_voice_more_after_a_plenary_counts_down(room: Room, going: LiveSession) -> None:
    """It has a minute, also in overtime, and then the step is over."""
    going.do(decide.start_step, step="all")
    room.clock.tick(310)
    assert going.turns.one_voice_more()
    assert (told(going).kind, told(going).doing, told(going).seconds_left) == ("voice", "voice", 60)
    assert told(going).overtime == 10
    room.clock.tick(60)
    assert told(going).doing == "over"


def test_air_time_belongs_to_its_step_and_is_gone_at_the_close(going: LiveSession) -> None:
    """Each step counts from zero, going back finds its counters, and the close forgets all."""
    going.turns.heard(new=True)
    going.turns.heard(new=False)
    assert going.turns.air == AirTime(1, 1)
    going.do(decide.next_step)
    assert going.turns.air == AirTime()
    going.undo()
    assert going.turns.air == AirTime(1, 1)
    going.do(decide.begin_closing)
    going.close()
    assert going.turns.air == AirTime()


def test_a_step_that_gave_its_place_away_keeps_its_turns(room: Room) -> None:
    """A round for 18 in which 20 sit, because two came late, goes on to its end."""
    plan = branching_plan()
    each = PerPersonDuration(seconds_each=20, handover_seconds=0)
    steps = tuple(
        one.model_copy(update={"format": "round", "duration": each}) if one.id == "round" else one
        for one in plan.steps
    )
    session = room.begin(plan.model_copy(update={"steps": steps}), heads=18)
    session.do(decide.start_step, step="round")
    room.clock.tick(30)
    session.do(decide.change_heads, heads=20)
    assert speaker(session) == (2, 20, 10)
