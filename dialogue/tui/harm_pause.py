"""A pause for harm: what it does to the session and its room, and how it ends.

Pure apart from both. What is kept is a pause like any other. Where no step runs there is nothing to
pause, and the room sees the calm page all the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from dialogue.tui.room_host import RoomHost
from dialogue.wording import mark
from sessions import decide
from sessions.live import LiveSession

OVER = mark("Going on. The plan is reckoned anew from here.")


@dataclass(frozen=True, slots=True)
class HarmPause:
    """What was done when it began, and is to be taken back when it ends."""

    paused: bool
    blanked: bool


def begin(session: LiveSession, host: RoomHost | None) -> HarmPause:
    """Pause the session; or blank the room, where no step runs."""
    runs, stands = session.state.phase == "running", session.state.phase == "paused"
    if runs:
        session.do(decide.pause)
    blanks = not runs and not stands and host is not None and not host.blank
    if host is not None and blanks:
        host.blank = True
    return HarmPause(runs, blanks)


def end(pause: HarmPause, session: LiveSession, host: RoomHost | None) -> None:
    """Go on as it was before; what was paused already stays paused."""
    if pause.paused and session.state.phase == "paused":
        session.do(decide.resume)
    if pause.blanked and host is not None:
        host.blank = False
