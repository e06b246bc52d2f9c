"""What a step has, has used and has left: in pure arithmetic, and in a session on a clock by hand.

Touches: disk, below `tmp_path`, where a session needs a folder.
"""

from __future__ import annotations

import pytest

from agreements.durations import total_seconds
from agreements.plan import PerPersonDuration, Plan, Step
from sessions import decide
from sessions.clock import as_clock, step_time
from sessions.document import ClosedRecord
from sessions.live import LiveSession
from sessions.state import SessionState, elapse, replay
from sessions.timeline import (
    AnyEvent,
    HeadsChanged,
    MinutesChanged,
    PlanFitted,
    SessionOpened,
    StepDeclined,
    StepStarted,
)
from tests.plugin_sessions import MINUTE, FakeClock, Room, plan_of, step_of, total_spent

HOUR = 60 * MINUTE


def found(plan: Plan, step_id: str) -> Step:
    """Return a step that is known to be there."""
    step = plan.step(step_id)
    assert step is not None
    return step


def times(plan: Plan, step_id: str, *events: AnyEvent, now: int = 0) -> tuple[int, int, int, int]:
    """Return what a step has, has used, has left, and how far it is over."""
    state = elapse(replay([SessionOpened(at=0, heads=12), *events]), now)
    time = step_time(plan, found(plan, step_id), state)
    return time.allotted, time.spent, time.remaining, time.overtime


def test_a_step_counts_down_and_then_up() -> None:
    """What is left falls to nothing and stays there; overtime begins at the second after."""
    plan = plan_of(step_of("talk", 10))
    start = StepStarted(at=0, step="talk")
    assert times(plan, "talk", start, now=599) == (600, 599, 1, 0)
    assert times(plan, "talk", start, now=600) == (600, 600, 0, 0)
    assert times(plan, "talk", start, now=601) == (600, 601, 0, 1)


def test_a_step_has_what_it_was_given() -> None:
    """Minutes by hand add to what is planned or fitted, and what is taken can empty a step."""
    plan = plan_of(step_of("talk", 10))
    given = MinutesChanged(at=0, step="talk", seconds=180)
    taken = MinutesChanged(at=0, step="talk", seconds=-900)
    fitted = PlanFitted(at=0, seconds={"talk": 240})
    assert times(plan, "talk", given)[0] == 780
    assert times(plan, "talk", taken)[0] == 0
    assert times(plan, "talk", given, fitted)[0] == 240
    assert times(plan, "talk", fitted, given)[0] == 420


def test_a_step_for_each_person_follows_the_heads() -> None:
    """When somebody comes, a round has a turn more."""
    turns = PerPersonDuration(seconds_each=60, handover_seconds=5)
    plan = plan_of(step_of("round", duration=turns))
    assert times(plan, "round")[0] == 12 * 65
    assert times(plan, "round", HeadsChanged(at=0, heads=13))[0] == 13 * 65


def test_what_was_replaced_keeps_its_own_time(tiny: Plan) -> None:
    """A declined step, its part and its alternative can all be asked for their time."""
    events: tuple[AnyEvent, ...] = (
        StepStarted(at=0, step="pairs"),
        StepDeclined(at=100, step="block", alternative="quiet"),
        StepStarted(at=100, step="quiet"),
    )
    assert times(tiny, "pairs", *events, now=160) == (600, 100, 500, 0)
    assert times(tiny, "block", *events, now=160)[0] == 1200
    assert times(tiny, "quiet", *events, now=160) == (900, 60, 840, 0)
    assert times(tiny, "chorus", *events, now=160)[0] == 300


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-5, "0:00"),
        (0, "0:00"),
        (59, "0:59"),
        (60, "1:00"),
        (754, "12:34"),
        (3599, "59:59"),
        (3600, "1:00:00"),
        (36_061, "10:01:01"),
    ],
)
def test_seconds_are_shown_as_a_clock(seconds: int, shown: str) -> None:
    """Minutes and seconds, and hours from the first one."""
    assert as_clock(seconds) == shown


class Exam:
    """The clock's exam: one hour with everything in it that makes clocks wrong."""

    def __init__(self, room: Room, lunch: Plan) -> None:
        self.clock: FakeClock = room.clock
        self.session: LiveSession = room.begin(lunch, stop_in_seconds=HOUR)
        self.passed = 0

    def wait(self, seconds: int) -> None:
        """Let time pass, and check that every second of it was put somewhere."""
        self.clock.tick(seconds)
        self.passed += seconds
        state = self.session.state
        assert self.session.now() == self.passed == total_spent(state)
        assert state.stop_at == HOUR
        assert state.stop_at - self.session.now() == HOUR - self.passed

    def go_on_to(self, step: str) -> None:
        """Go on, and check where that leads."""
        self.session.do(decide.next_step)
        assert self.session.state.step == step

    def left(self) -> int:
        """Return what the running step has left; negative in overtime."""
        step = self.session.step
        assert step is not None
        time = self.session.time_of(step)
        assert time.allotted - time.spent == time.remaining - time.overtime
        return time.allotted - time.spent

    def extend(self, minutes: int) -> None:
        """Give the running step more time, by the key that adds a minute."""
        for _ in range(minutes):
            step = self.session.step
            assert step is not None
            allotted = self.session.time_of(step).allotted
            self.session.do(decide.change_minutes, seconds=MINUTE, allotted=allotted)


def take_the_exam(exam: Exam) -> None:
    """Run the hour up to the last step: paused, extended, gone back, asleep, the clock jumped."""
    exam.wait(40)
    exam.go_on_to("welcome")
    exam.wait(4 * MINUTE + 10)
    assert exam.left() == -10
    exam.go_on_to("agreements")
    exam.wait(5 * MINUTE)
    exam.extend(3)
    assert exam.left() == 6 * MINUTE
    exam.session.do(decide.pause)
    exam.wait(4 * MINUTE)
    assert exam.left() == 6 * MINUTE
    exam.session.do(decide.resume)
    exam.wait(5 * MINUTE)
    assert exam.left() == MINUTE
    exam.go_on_to("conditions")
    exam.wait(30)
    exam.session.do(decide.previous_step)
    assert exam.left() == MINUTE
    exam.wait(50)
    assert exam.left() == 10
    exam.go_on_to("conditions")
    assert exam.left() == 3 * MINUTE - 30
    exam.wait(7 * MINUTE)  # asleep: no key is pressed, and the clock since the start goes on
    assert exam.left() == -(4 * MINUTE + 30)
    exam.go_on_to("compass")
    exam.clock.jump(3600)
    assert exam.left() == 2 * MINUTE
    exam.wait(2 * MINUTE)
    assert exam.left() == 0
    for step in ("pairs", "reflection", "triads", "read-back", "one-word", "closing-sheet"):
        exam.go_on_to(step)
        exam.wait(2 * MINUTE + 11)
    exam.go_on_to("aftercare")
    exam.wait(5 * MINUTE)


def test_the_clocks_exam(room: Room, lunch: Plan) -> None:
    """Through all of it what is left is right, and at the end every second is accounted for."""
    exam = Exam(room, lunch)
    take_the_exam(exam)
    exam.session.do(decide.next_step)
    exam.wait(75)
    closed = exam.session.close()
    actual = {step.id: step.actual_seconds for step in closed.steps}
    assert actual["welcome"] == 4 * MINUTE + 10
    assert actual["agreements"] == 10 * MINUTE + 50
    assert actual["conditions"] == 7 * MINUTE + 30
    assert (closed.elapsed.paused_seconds, closed.elapsed.closing_seconds) == (4 * MINUTE, 75)
    assert in_all(closed) == exam.passed
    slack = 3 * MINUTE
    assert sum(step.planned_seconds for step in closed.steps) == total_seconds(lunch, 12) - slack
    assert {step.id: step.visits for step in closed.steps if step.visits > 1} == {
        "agreements": 2,
        "conditions": 2,
    }


def in_all(record: ClosedRecord) -> int:
    """Return all seconds of a closed record."""
    beside = record.elapsed
    return (
        sum(step.actual_seconds for step in record.steps)
        + beside.arrival_seconds
        + beside.paused_seconds
        + beside.closing_seconds
    )


def test_the_exam_holds_when_the_program_is_started_again(room: Room, lunch: Plan) -> None:
    """Killed and resumed 100 seconds later, the step has lost 100 seconds and not one more."""
    exam = Exam(room, lunch)
    exam.go_on_to("welcome")
    exam.wait(60)
    exam.session.leave()
    room.clock.restart(100)
    exam.session = room.resume(exam.session)
    exam.passed += 100
    exam.wait(0)
    assert exam.left() == 4 * MINUTE - 160
    exam.wait(30)
    assert exam.left() == 4 * MINUTE - 190


def test_a_wall_clock_set_back_takes_no_time_away(room: Room, lunch: Plan) -> None:
    """After a restart with the wall clock set back an hour, no second counts twice or less."""
    exam = Exam(room, lunch)
    exam.go_on_to("welcome")
    exam.wait(60)
    exam.session.do(decide.adopt_agreements)
    exam.session.leave()
    room.clock.restart(-3600)
    exam.session = room.resume(exam.session)
    exam.wait(0)
    assert exam.left() == 3 * MINUTE


def test_a_long_interruption_is_a_pause(room: Room, lunch: Plan) -> None:
    """Resumed the next day, the night is no part of the step, and undo puts it there if wanted."""
    exam = Exam(room, lunch)
    exam.go_on_to("welcome")
    exam.wait(60)
    exam.session.do(decide.name_agreement, number=1)
    exam.session.leave()
    room.clock.restart(10 * HOUR)
    session = room.resume(exam.session)
    assert session.state.phase == "paused"
    assert session.state.spent["welcome"] == 60
    assert session.state.paused_seconds == 10 * HOUR
    session.do(decide.resume)
    assert session.state.spent["welcome"] == 60


def test_an_interruption_of_up_to_an_hour_belongs_to_the_step(room: Room, lunch: Plan) -> None:
    """A crash in mid-step is no pause: the room went on talking."""
    exam = Exam(room, lunch)
    exam.go_on_to("welcome")
    exam.session.leave()
    room.clock.restart(HOUR)
    session = room.resume(exam.session)
    assert session.state.phase == "running"
    assert session.state.spent["welcome"] == HOUR


def test_a_clock_that_goes_back_stands_still(room: Room, lunch: Plan) -> None:
    """Should the clock ever go back, the session's own time does not."""
    exam = Exam(room, lunch)
    exam.wait(90)
    exam.session.do(decide.next_step)
    room.clock.boot -= 45
    assert exam.session.now() == 90
    assert exam.session.state.spent == {"arrival": 90}


def test_fractions_of_a_second_never_add_up_to_a_lost_one(room: Room, lunch: Plan) -> None:
    """Many acts at odd moments lose nothing: the sum stays the whole seconds that passed."""
    session = room.begin(lunch)
    for _ in range(300):
        room.clock.tick(0.375)
        session.do(decide.change_heads, heads=12)
    assert total_spent(session.state) == session.now() == int(300 * 0.375)


def test_time_without_a_step_is_nobodys(tiny: Plan) -> None:
    """Before the first step every step has all its time."""
    state = SessionState(phase="arrival", heads=12)
    waited = elapse(state, 500)
    assert step_time(tiny, found(tiny, "welcome"), waited).remaining == 300
