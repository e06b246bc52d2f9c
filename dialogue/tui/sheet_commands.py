"""What the keys do to the sheet that is open, one function a command, and what is said of it.

Pure apart from the room. Opening and closing are two keys, never a toggle. How many have written
is never said: only whether it is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from agreements.plan import Step
from dialogue.tui.room_host import RoomHost
from sessions.errors import CommandRefusedError, SessionError
from sessions.opening import Opened

NO_CARDS = "No step that has run asks anything that could still stand on a card."
NO_PHONES = "Phones are off in this session. Count aloud with x."


def open_sheet(host: RoomHost) -> str:
    """Open the asks of the running step; or let the room write longer, where too few had."""
    if host.sheets.phase in ("too-few", "closing"):
        host.sheets.hold_open()
        return "The sheet stays open."
    host.sheets.open()
    return "The sheet is open. z closes it."


def close_sheet(host: RoomHost) -> str:
    """Tell the room that the sheet closes."""
    host.sheets.close()
    return "The sheet closes in a moment; what is on its way is still taken. l keeps it open."


def discard_sheet(host: RoomHost) -> str:
    """Give the sheet up unread."""
    host.sheets.discard()
    return "The sheet is gone. Nobody has read it, and nobody can."


def blank(host: RoomHost) -> str:
    """Show the calm page to the room, or the step again."""
    host.blank = not host.blank
    return "The room sees the calm page." if host.blank else "The room sees the step again."


SHEET_ACTS: Mapping[str, Callable[[RoomHost], str]] = {
    "open-sheet": open_sheet,
    "close-sheet": close_sheet,
    "discard-sheet": discard_sheet,
    "blank": blank,
}
"""The commands about the room, by their ids."""


def carry_out(host: RoomHost | None, command: str) -> str:
    """Carry out a command and return what to say about it; a refusal is said as it is."""
    if host is None:
        return NO_PHONES
    try:
        return SHEET_ACTS[command](host)
    except SessionError as error:
        return error.sentence


def steps_with_cards(host: RoomHost | None) -> tuple[Step, ...]:
    """Return the steps whose cards can be entered now, the likeliest first.

    Raises:
        CommandRefusedError: There are none, or the sheet must be held open before.
    """
    if host is None:
        raise CommandRefusedError(NO_PHONES)
    session, phase = host.sheets.session, host.sheets.phase
    if phase in ("closing", "too-few"):
        key = "u" if phase == "closing" else "l"
        raise CommandRefusedError(f"The sheet is closed to cards. {key} opens it again for them.")
    sheet = session.state.sheet
    step = None if sheet is None else session.plan.step(sheet.step)
    steps = host.sheets.steps_with_cards() if step is None else (step,)
    if not steps:
        raise CommandRefusedError(NO_CARDS)
    return steps


def after_cards(done: int, cards: int) -> str:
    """Return what to say after so many of a pile of cards were entered."""
    if done < cards:
        left = f"{cards - done} are left: C goes on with them."
        return f"{done} in the box. {left}" if done else ""
    return f"All {done} cards are gone through. z closes the sheet, and then it can be reviewed."


def finish_when_due(host: RoomHost) -> str:
    """Open the box once its sheet has closed, and return what to say; empty when nothing was due.

    A disk that fails leaves the sheet as it is; the next tick tries again.
    """
    if host.sheets.phase != "closing" or host.sheets.seconds_to_close() != 0:
        return ""
    try:
        opened = host.sheets.finish()
    except SessionError as error:
        return error.sentence
    return _said(opened)


def urgent(host: RoomHost | None) -> str:
    """Return what the status line says of a sheet that waits for a decision, or is about to."""
    phase = None if host is None else host.sheets.phase
    if host is None or phase in (None, "open"):
        return ""
    if phase == "too-few":
        return "Fewer than five wrote, so nobody reads it. l lets them write longer, D discards it."
    return f"The sheet closes: {host.sheets.seconds_to_close() or 0} s. l keeps it open."


def on_the_wall(host: RoomHost | None) -> str:
    """Return what the status line says of a sheet where the room reads along.

    Neither whether it is enough yet nor why a sheet stays shut is said.
    """
    phase = None if host is None else host.sheets.phase
    if host is None or phase is None:
        return ""
    if phase == "open":
        return "The sheet is open. z closes it."
    if phase == "too-few":
        return "The sheet is closed. l lets the room write longer, D discards it unread."
    return f"The sheet closes: {host.sheets.seconds_to_close() or 0} s. l keeps it open."


def standing(host: RoomHost | None) -> str:
    """Return in a few words whether a sheet is open; never how many have written."""
    if host is None or host.sheets.phase is None:
        return ""
    if host.sheets.phase != "open":
        return "· sheet closing"
    return f"· sheet open, {'enough' if host.sheets.has_enough() else 'not yet'} · z"


def _said(opened: Opened | None) -> str:
    if opened is None:
        return "Fewer than five wrote. Nobody has read anything."
    unread = sum(not one.opened for one in opened.answers)
    more = f" {unread} ask had fewer than five and stays unread." if unread else ""
    problem = f" {opened.problem}" if opened.problem else ""
    return f"The sheet is closed. y reviews the answers.{more}{problem}"
