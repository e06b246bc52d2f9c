"""Ten thousand random sessions: whatever is pressed, the state stays true and undo is exact.

Each stream has a number from which all of it is drawn, so that a failure names the one to look at:
`Stream(number).run()`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from agreements.durations import protected_ids
from agreements.model import Protocol
from agreements.plan import Plan
from sessions import decide, decide_sheet, order, pacing
from sessions.clock import step_time
from sessions.decide import Events, Moment, checked, last_act
from sessions.errors import CommandRefusedError
from sessions.rules import MOVES
from sessions.state import SessionState, elapse, replay
from sessions.timeline import AnswersReviewed, AnyEvent, SheetClosed, SheetOpened
from tests.plugin_sessions import branching_plan, total_spent

STREAMS = 10_000
IN_ONE_TEST = 1_000
OFTEN = 4_000
"""So many are drawn in an ordinary run, and all of them in the long form."""
STATES = TypeAdapter(SessionState)
PLAN = branching_plan()
STEPS = [step.id for step in PLAN.steps + PLAN.alternatives]
RUN = {step.id for step in PLAN.leaves() + PLAN.alternatives if step.kind != "slack"}
GUARDED = protected_ids(PLAN) | {one.id for one in PLAN.alternatives if one.flex.protected}


class Stream:
    """One session, driven by a chance of its own."""

    def __init__(self, number: int, protocol: Protocol, plan: Plan = PLAN) -> None:
        self.chance = random.Random(number)
        self.number = number
        self.plan, self.protocol = plan, protocol
        self.state = SessionState()
        self.timeline: list[AnyEvent] = []
        self.before: list[bytes] = []
        """The state before each act that can be taken back, as bytes."""
        self.at = 0
        self.act(lambda moment: decide.open_session(moment, heads=12, stop_at=3600))
        self.before.clear()

    def run(self) -> None:
        """Press six to ten keys, then take back everything that was done."""
        for _ in range(self.chance.randint(6, 10)):
            self.at += self.chance.choice((0, 1, 7, 60, 400))
            if self.chance.random() < 0.15:
                self.take_back()
            else:
                self.press()
            self.check()
        assert self.state == replay(self.timeline), self.number
        self.check_end()
        while self.before:
            self.take_back()
        with pytest.raises(CommandRefusedError):
            last_act(self.timeline)

    def press(self) -> None:
        """Press any key."""
        self.act(self.chance.choice(COMMANDS)(self.chance, self.state))

    def act(self, command: Callable[[Moment], Events]) -> None:
        """Carry out a command; a refused one must have changed nothing."""
        before = STATES.dump_json(self.state)
        moment = Moment(elapse(self.state, self.at), self.plan, self.protocol, self.at)
        events: Events = ()
        refused = ""
        try:
            events = command(moment)
            self.state = checked(self.state, events)
        except CommandRefusedError as error:
            events, refused = (), error.sentence
        if events:
            self.timeline.extend(events)
            self.before.append(before)
            if any(isinstance(event, FOR_GOOD) for event in events):
                self.before.clear()
        else:
            assert refused.endswith((".", "?")), self.number
            assert STATES.dump_json(self.state) == before, self.number

    def take_back(self) -> None:
        """Undo; the state is byte for byte what it was before the act."""
        with suppress(CommandRefusedError):
            del self.timeline[-last_act(self.timeline) :]
            self.state = replay(self.timeline)
            assert STATES.dump_json(self.state) == self.before.pop(), self.number

    def check(self) -> None:
        """Hold what must always hold."""
        state = self.state
        assert total_spent(state) == state.at <= self.at, self.number
        assert state.phase in MOVES, self.number
        assert state.step is None or state.step in RUN, self.number
        assert GUARDED.isdisjoint(state.dropped), self.number
        assert len(set(state.dropped)) == len(state.dropped), self.number
        assert state.phase != "running" or state.step not in state.dropped, self.number
        self.check_order()

    def check_end(self) -> None:
        """The projected end is the one that going on with n leads to, every step on time."""
        state = elapse(self.state, self.at)
        projected = pacing.pace(self.plan, state).projected_end
        assert projected == replayed_end(self.plan, self.protocol, state), (self.number, state)

    def check_order(self) -> None:
        """On and back lead away from where the session is, and around it in the plan's order."""
        state = self.state
        ids = [step.id for step in order.run_order(self.plan, state)]
        assert len(set(ids)) == len(ids), self.number
        on, back = order.following(self.plan, state), order.preceding(self.plan, state)
        here = [back.id] if back else []
        here += [state.step] if state.step else []
        here += [on.id] if on else []
        places = [order.place(self.plan, step) or 0 for step in here]
        assert places == sorted(places), (self.number, ids, state)
        assert on is None or on.id != state.step, self.number
        assert back is None or back.id != state.step, self.number


def replayed_end(plan: Plan, protocol: Protocol, state: SessionState) -> int:
    """Go on through the rest of a plan step by step, and return when it is over.

    Every step takes what it has left, and slack, which is not run, passes where it stands.
    """
    if state.phase in ("closing", "closed"):
        return state.at
    slack = sum(slack_ahead(plan, state))
    while state.phase != "closing":
        step = order.current(plan, state)
        left = 0 if step is None else step_time(plan, step, state).remaining
        if state.phase == "paused":
            state = checked(state, decide.resume(Moment(state, plan, protocol, state.at)))
        state = replace(elapse(state, state.at + left), sheet=None)
        state = checked(state, decide.next_step(Moment(state, plan, protocol, state.at)))
    return state.at + slack


def slack_ahead(plan: Plan, state: SessionState) -> Iterator[int]:
    """Yield the seconds of each slack that stands after the step a session is in."""
    here = -1 if state.step is None else order.place(plan, state.step)
    for place, step in enumerate(plan.steps):
        if step.kind == "slack" and here is not None and place > here:
            yield 0 if step.id in state.dropped else step_time(plan, step, state).remaining


Chance = random.Random
Press = Callable[[Chance, SessionState], Callable[[Moment], Events]]


def a_fact(chance: Chance, state: SessionState) -> str:
    """Return the id of a fact that is kept, or of one that is not there."""
    return chance.choice([*state.facts, "f" * 32])


def new_fact(chance: Chance) -> str:
    """Return a new id."""
    return f"{chance.getrandbits(128):032x}"


def what_a_fit_drops(chance: Chance, state: SessionState) -> tuple[str, ...]:
    """Return what a fit may drop: nothing that has begun."""
    dropped = chance.choice(((), ("round",), ("chorus",), ("threes", "block-slack")))
    return dropped if state.visits.keys().isdisjoint(dropped) else ()


FOR_GOOD = (SheetOpened, SheetClosed, AnswersReviewed)
"""What people may have written for, or read: from there nothing before it is taken back."""

COMMANDS: tuple[Press, ...] = (
    *([lambda _chance, _state: decide.next_step] * 4),
    *([lambda _chance, _state: decide.previous_step] * 2),
    lambda chance, _state: _with(decide.start_step, step=chance.choice([*STEPS, "nowhere"])),
    lambda _chance, _state: decide.pause,
    lambda _chance, _state: decide.resume,
    lambda chance, _state: _with(
        decide.change_minutes,
        seconds=chance.choice((-60, 60, 300)),
        allotted=chance.choice((60, 120, 600)),
    ),
    lambda _chance, _state: decide.drop_step,
    lambda chance, _state: _with(decide.drop_step, step=chance.choice(STEPS)),
    *([lambda _chance, _state: decide.take_alternative] * 2),
    lambda chance, state: _with(
        decide.fit_plan,
        seconds={chance.choice(STEPS): chance.randint(60, 600)} if chance.random() < 0.8 else {},
        dropped=what_a_fit_drops(chance, state),
    ),
    lambda chance, _state: _with(decide.name_agreement, number=chance.randint(0, 5)),
    lambda _chance, _state: decide.name_condition,
    lambda _chance, _state: decide.adopt_agreements,
    *([lambda chance, _state: _with(decide.change_heads, heads=chance.choice((0, 3, 18, 19)))] * 2),
    lambda chance, _state: _with(decide.move_stop, stop_at=chance.choice((None, 0, 500, 9000))),
    lambda chance, _state: _with(decide.keep_fact, kind="note", fact=new_fact(chance)),
    lambda chance, state: _with(
        decide.keep_fact, kind="wording", fact=new_fact(chance), instead_of=a_fact(chance, state)
    ),
    lambda chance, state: _with(decide.strike_fact, fact=a_fact(chance, state)),
    lambda chance, _state: _with(
        decide_sheet.open_sheet, sheet=new_fact(chance), seats=chance.choice((4, 12, 12, 12))
    ),
    *([lambda _chance, _state: decide_sheet.close_sheet] * 2),
    lambda _chance, _state: decide_sheet.hold_sheet_open,
    *(
        [
            lambda chance, _state: _with(
                decide_sheet.finish_sheet, answers=[new_fact(chance)], unread=()
            )
        ]
        * 2
    ),
    lambda chance, state: _with(
        decide_sheet.review_answers,
        struck=[a_fact(chance, state)],
        kept=[new_fact(chance)],
        held_back=chance.randint(0, 3),
    ),
    lambda _chance, _state: decide.begin_closing,
)
"""What can be pressed; the frequent keys stand here more often. The close comes last or never."""


def _with(command: Callable[..., Events], **arguments: object) -> Callable[[Moment], Events]:
    return lambda moment: command(moment, **arguments)


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(first, marks=[pytest.mark.slow] if first >= OFTEN else [])
        for first in range(0, STREAMS, IN_ONE_TEST)
    ],
)
def test_ten_thousand_random_sessions(first: int, protocol: Protocol) -> None:
    """Every act keeps the state true, every refusal changes nothing, every undo is exact."""
    for number in range(first, first + IN_ONE_TEST):
        Stream(number, protocol).run()


def test_the_streams_reach_everything(protocol: Protocol) -> None:
    """The chances are such that every kind of event happens, in every phase it may."""
    seen: set[tuple[str, str]] = set()
    for number in range(600):
        stream = Stream(number, protocol)
        state = SessionState()
        for _ in range(14):
            stream.at += 30
            stream.press()
        for event in stream.timeline:
            seen.add((state.phase, event.type))
            state = checked(state, [event])
    never_pressed = {("closing", "session-closed"), ("arrival", "minutes-changed")}
    legal = {(phase, kind) for phase in MOVES for kind in MOVES[phase]}
    assert {one for one in legal - seen if not one[1].startswith("sheet-")} == never_pressed


def test_the_close_ends_what_can_be_taken_back(protocol: Protocol) -> None:
    """From any stream that is being closed, the end is reached and stays."""
    ended = 0
    for number in range(400):
        stream = Stream(number, protocol)
        for _ in range(10):
            stream.at += 30
            stream.press()
        stream.act(decide.begin_closing)
        stream.act(decide.close_session)
        if stream.state.phase == "closed":
            ended += 1
            with pytest.raises(CommandRefusedError):
                last_act(stream.timeline)
            for command in COMMANDS:
                stream.act(command(stream.chance, stream.state))
            assert stream.timeline[-1].type == "session-closed"
    assert ended > 300
