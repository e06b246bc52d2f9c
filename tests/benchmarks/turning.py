"""What turns cost a screen that asks for them again and again, with four tables running.

Touches: clock, disk (the folder it is given).
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

import samples
from harness import Bench, Result, in_turns, milliseconds, ratio, time_of

from agreements.plan import PerPersonDuration, Plan, Step
from sessions import decide
from sessions.beginning import Opening
from sessions.boottime import system_clock
from sessions.document import Setting
from sessions.live import LiveSession
from sessions.store import Store

HEADS = 22
"""In fives: two tables of six and two of five, each pair of them with a clock of its own."""

TICKS_A_SECOND = 4
"""As often as Live looks whether a second has passed."""

TIMES = 200
SHARE_LIMIT = 2.0
FLOOR_LIMIT = 1.0


def turns(bench: Bench) -> Sequence[Result]:
    """Asking for the turns of four tables, against a core, and against the time of the step.

    So many turns were passed that all four are different.
    """
    session = four_tables(bench)
    try:
        step = session.step
        assert step is not None
        subjects = {
            "step": time_of(often(lambda: session.time_of(step))),
            "turns": time_of(often(session.turns.view)),
            "anew": time_of(often(lambda: after_a_key(session))),
        }
        taken = in_turns(subjects, bench.rounds)
    finally:
        session.leave()
    once = statistics.median(taken["turns"]) / TIMES
    anew = statistics.median(taken["anew"]) / TIMES
    share = 100 * once * TICKS_A_SECOND
    detail = f"of a core, {1e6 * once:.0f} µs a look; {1e6 * anew:.0f} µs after a key"
    return (
        Result("turns-tick", share, SHARE_LIMIT, "%", detail),
        Result(
            "turns",
            ratio(taken, "turns", to="step"),
            FLOOR_LIMIT,
            "step",
            f"{TIMES} looks: {milliseconds(taken['turns'])}",
        ),
    )


def four_tables(bench: Bench) -> LiveSession:
    """Begin a session in a step of four tables that all do something else."""
    step = Step(
        id="fives",
        title="In fives",
        kind="talk",
        phase="explore",
        format="group",
        group_size=5,
        duration=PerPersonDuration(seconds_each=170, handover_seconds=10),
    )
    day = samples.library().plan("full-day")
    plan = Plan.model_validate(day.model_copy(update={"steps": (*day.steps, step)}).model_dump())
    opening = Opening(
        title="Four tables",
        plan=plan,
        protocol=samples.library().protocol,
        setting=Setting(heads=HEADS, confidentiality="stories-stay"),
    )
    session = LiveSession.begin(Store(bench.folder), opening, system_clock())
    session.do(decide.start_step, step=step.id)
    for table in (1, 2, 2, 3):
        assert session.turns.end_turn(table)
    found = session.turns.view()
    assert found is not None
    assert len(found.tables) == 4
    return session


def after_a_key(session: LiveSession) -> None:
    """Look after something was done: all is laid out anew."""
    session.turns.end_turn(1)
    session.turns.view()
    session.turns.take_back()
    session.turns.view()


def often(work: Callable[[], object]) -> Callable[[], None]:
    """Return the same work, so many times."""

    def repeated() -> None:
        for _ in range(TIMES):
            work()

    return repeated
