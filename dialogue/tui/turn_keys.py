"""What the keys of the live screen do with turns, one function a command.

Pure apart from the session. Each returns what the status line says about it. Nothing of it is in
the record: turns and air time are numbers in memory, and `u` takes them back like anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from dialogue.wording import mark, tr
from sessions.live import LiveSession
from sessions.turn_desk import TurnAct

NO_TURN: Final = mark("Nobody has a turn now.")
TABLES_KEEP_TIME: Final = mark("Tables keep their own time. One voice more is for the whole room.")
VOICES_WAIT: Final = mark("The voices you granted come first.")
NO_STEP: Final = mark("No step is running.")
ONE_TABLE: Final = mark("There is one table here, or none.")
ALL_TABLES: Final = mark("All tables again: a turn ends at all of them.")

TURN_WORDS: Final[Mapping[TurnAct, str]] = {
    "turn": mark("the end of that turn"),
    "voice": mark("one voice more"),
    "new": mark("a new voice"),
    "again": mark("a voice heard again"),
}
"""What is taken back, by what was done."""


def end_turn(session: LiveSession) -> str:
    """End the turn at the chosen table, or at all of them."""
    table = session.turns.table
    if not session.turns.end_turn(table):
        return tr(NO_TURN)
    if table is not None:
        return tr("Table {number}: the turn is over. {key_undo} takes it back.", number=table)
    return tr("The turn is over. {key_undo} takes it back.")


def one_voice_more(session: LiveSession) -> str:
    """Let the room hear one voice more."""
    if session.turns.one_voice_more():
        return tr("One voice more, then on.")
    if session.state.phase not in ("running", "paused"):
        return tr(NO_STEP)
    return tr(TABLES_KEEP_TIME if session.turns.tables > 1 else VOICES_WAIT)


def heard(session: LiveSession, *, new: bool) -> str:
    """Count a voice; the counters themselves say how many there were."""
    return "" if session.turns.heard(new=new) else tr(NO_STEP)


def choose_table(session: LiveSession) -> str:
    """Choose the table that a turn over is for."""
    chosen = session.turns.choose()
    if chosen is not None:
        return tr(
            "Table {number} of {all} is chosen: a turn ends there alone.",
            number=chosen,
            all=session.turns.tables,
        )
    return tr(ALL_TABLES if session.turns.tables > 1 else ONE_TABLE)


TURN_ACTS: Final[Mapping[str, Callable[[LiveSession], str]]] = {
    "turn-over": end_turn,
    "one-voice": one_voice_more,
    "new-voice": partial(heard, new=True),
    "again": partial(heard, new=False),
    "table": choose_table,
}
"""The commands of turns, by their ids."""
