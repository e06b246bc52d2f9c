"""A program that brings sessions into many states, each in a fork that kills itself there.

Its argument is a folder; each state, a function of this module, has a folder of its name in it.
Everything that was called kept is on the disk when a fork dies. Beside the session it leaves
`told.json`: what a screen was told of the turns. It prints the code by which each fork ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from agreements.library import open_library
from agreements.plan import PerPersonDuration, Plan
from dialogue.tui import harm_pause
from sessions import decide
from sessions.decide import Events
from sessions.payloads import Words
from sessions.text import paragraph
from sessions.turns import TurnView
from tests.attack.sheets import WORDS, Sheet
from tests.plugin_sessions import plan_of, step_of

HEADS = 12
TOLD = "told.json"
WRITTEN = [f"words-of-{number}" for number in range(7)]


def plan() -> Plan:
    """Return a plan with a round, pairs, a sheet, and a closing."""
    each = PerPersonDuration(seconds_each=50, handover_seconds=10)
    return plan_of(
        step_of("round", format="round", duration=each),
        step_of("pairs", 12, format="pair", group_size=2),
        step_of("writing", 5, asks=(WORDS,)),
        step_of("closing", 5, kind="closing"),
    )


def begun(folder: Path) -> Sheet:
    """Begin the session; its round has just begun."""
    return Sheet.begin(folder, plan(), open_library(paragraph).protocol, heads=HEADS)


def told(view: TurnView | None) -> dict[str, Any] | None:
    """Return what a screen is told, as it can be printed and compared."""
    if view is None:
        return None
    tables = [[one.size, one.count, one.speaker, one.of, one.seconds_left] for one in view.tables]
    return {"kind": view.kind, "tables": tables, "overtime": view.overtime}


def speaking(room: Sheet) -> None:
    """The third of a round has the floor."""
    room.clock.tick(130)


def passed(room: Sheet) -> None:
    """The first passed, and the second has the floor; that is remembered nowhere."""
    room.clock.tick(20)
    assert room.session.turns.end_turn()
    room.clock.tick(5)


def one_more(room: Sheet) -> None:
    """A voice more was granted in overtime; that is remembered nowhere."""
    room.clock.tick(730)
    assert room.session.turns.one_voice_more()
    room.session.turns.heard(new=True)


def people_came(room: Sheet) -> None:
    """Three came while the third of a round had the floor."""
    room.clock.tick(130)
    act(room, lambda moment: decide.change_heads(moment, heads=15))
    room.clock.tick(15)


def odd_pairs(room: Sheet) -> None:
    """Somebody came in the first half of the pairs, and a minute was taken away after it."""
    act(room, decide.next_step)
    room.clock.tick(100)
    act(room, lambda moment: decide.change_heads(moment, heads=13))
    room.clock.tick(300)
    act(room, lambda moment: decide.change_minutes(moment, seconds=-60, allotted=720))
    room.clock.tick(10)


def harm_in_a_round(room: Sheet) -> None:
    """Paused for harm in the middle of a turn."""
    speaking(room)
    harm_pause.begin(room.session, room)
    room.clock.tick(40)


def harm_twice(room: Sheet) -> None:
    """Paused for harm, and again, as a key that was pressed twice."""
    harm_in_a_round(room)
    harm_pause.begin(room.session, room)


def harm_over(room: Sheet) -> None:
    """Paused for harm, and going on again."""
    speaking(room)
    pause = harm_pause.begin(room.session, room)
    room.clock.tick(40)
    harm_pause.end(pause, room.session, room)
    room.clock.tick(3)


def harm_with_a_sheet(room: Sheet) -> None:
    """Paused for harm while people write; one envelope was in flight."""
    writing(room)
    harm_pause.begin(room.session, room)
    room.write(WORDS.id, Words(text=WRITTEN[-1], level="quote"))


def harm_in_the_grace(room: Sheet) -> None:
    """Paused for harm five seconds after a sheet was told to close."""
    writing(room)
    room.write(WORDS.id, Words(text=WRITTEN[-1], level="quote"))
    room.sheets.close()
    room.clock.tick(5)
    harm_pause.begin(room.session, room)
    room.clock.tick(50)


def harm_in_the_close(room: Sheet) -> None:
    """The steps are over, and the room is blank for harm."""
    act(room, decide.begin_closing)
    harm_pause.begin(room.session, room)
    assert room.blank


def writing(room: Sheet) -> None:
    """People write; all but one are done."""
    act(room, lambda moment: decide.start_step(moment, step="writing"))
    room.open()
    for text in WRITTEN[:-1]:
        room.write(WORDS.id, Words(text=text, level="quote"))


def act(room: Sheet, command: Callable[[decide.Moment], Events]) -> None:
    """Carry out a command."""
    room.session.apply(command(room.session.moment()))


STATES: dict[str, Callable[[Sheet], None]] = {
    one.__name__: one
    for one in (
        speaking,
        passed,
        one_more,
        people_came,
        odd_pairs,
        harm_in_a_round,
        harm_twice,
        harm_over,
        harm_with_a_sheet,
        harm_in_the_grace,
        harm_in_the_close,
    )
}


def live_and_die(folder: Path, state: str) -> None:
    """Bring a session into a state, say what a screen was told, and die."""
    room = begun(folder)
    STATES[state](room)
    room.session._save()
    assert room.session._saver.flush()
    view = told(room.session.turns.view())
    (folder / TOLD).write_text(json.dumps(view), encoding="utf-8")
    os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path) -> None:
    """Let a fork die in each state."""
    for state in STATES:
        (folder / state).mkdir()
        child = os.fork()
        if not child:
            try:
                live_and_die(folder / state, state)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{state} {os.waitstatus_to_exitcode(status)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
