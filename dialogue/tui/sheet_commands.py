"""What the keys do to the sheet that is open, one function a command, and what is said of it.

Pure apart from the room. Opening and closing are two keys, never a toggle. How many have written
is never said: only whether it is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from agreements.plan import Step
from agreements.sentence import Sentence
from dialogue.tui.room_host import RoomHost
from dialogue.wording import mark, tr, trn
from sessions.errors import CommandRefusedError, SessionError
from sessions.opening import Opened

NO_CARDS = mark("No step that has run asks anything that could still stand on a card.")
NO_PHONES = mark("Phones are off in this session. Count aloud with {key_tally}.")


def open_sheet(host: RoomHost) -> str:
    """Open the asks of the running step; or let the room write longer, where too few had."""
    if host.sheets.phase in ("too-few", "closing"):
        host.sheets.hold_open()
        return tr("The sheet stays open.")
    host.sheets.open()
    return tr("The sheet is open. {key_close_sheet} closes it.")


def close_sheet(host: RoomHost) -> str:
    """Tell the room that the sheet closes."""
    host.sheets.close()
    return tr(
        "The sheet closes in a moment; what is on its way is still taken. {key_open_sheet} keeps "
        "it open."
    )


def discard_sheet(host: RoomHost) -> str:
    """Give the sheet up unread."""
    host.sheets.discard()
    return tr("The sheet is gone. Nobody has read it, and nobody can.")


def blank(host: RoomHost) -> str:
    """Show the calm page to the room, or the step again."""
    host.blank = not host.blank
    return tr("The room sees the calm page.") if host.blank else tr("The room sees the step again.")


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
        return tr(NO_PHONES)
    try:
        return SHEET_ACTS[command](host)
    except SessionError as error:
        return tr(error.sentence)


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
        raise CommandRefusedError(
            Sentence("The sheet is closed to cards. {key} opens it again for them.", key=key)
        )
    sheet = session.state.sheet
    step = None if sheet is None else session.plan.step(sheet.step)
    steps = host.sheets.steps_with_cards() if step is None else (step,)
    if not steps:
        raise CommandRefusedError(NO_CARDS)
    return steps


def after_cards(done: int, cards: int) -> str:
    """Return what to say after so many of a pile of cards were entered."""
    if done < cards:
        left = Sentence.counted(
            "{count} is left: {key_cards} goes on with it.",
            "{count} are left: {key_cards} goes on with them.",
            cards - done,
            key_cards="C",
        )
        put_in = Sentence.counted("{count} in the box.", "{count} in the box.", done)
        return tr(Sentence.joined(put_in, left)) if done else ""
    return trn(
        "The one card is gone through. {key_close_sheet} closes the sheet, and then it can be "
        "reviewed.",
        "All {count} cards are gone through. {key_close_sheet} closes the sheet, and then it can "
        "be reviewed.",
        done,
    )


def finish_when_due(host: RoomHost) -> str:
    """Open the box once its sheet has closed, and return what to say; empty when nothing was due.

    A disk that fails leaves the sheet as it is; the next tick tries again.
    """
    if host.sheets.phase != "closing" or host.sheets.seconds_to_close() != 0:
        return ""
    try:
        opened = host.sheets.finish()
    except SessionError as error:
        return tr(error.sentence)
    return _said(opened)


def urgent(host: RoomHost | None) -> str:
    """Return what the status line says of a sheet that waits for a decision, or is about to."""
    phase = None if host is None else host.sheets.phase
    if host is None or phase in (None, "open"):
        return ""
    if phase == "too-few":
        return tr(
            "Fewer than five wrote, so nobody reads it. {key_open_sheet} lets them write longer, "
            "{key_discard_sheet} discards it."
        )
    return _closes(host)


def on_the_wall(host: RoomHost | None) -> str:
    """Return what the status line says of a sheet where the room reads along.

    Neither whether it is enough yet nor why a sheet stays shut is said.
    """
    phase = None if host is None else host.sheets.phase
    if host is None or phase is None:
        return ""
    if phase == "open":
        return tr("The sheet is open. {key_close_sheet} closes it.")
    if phase == "too-few":
        return tr(
            "The sheet is closed. {key_open_sheet} lets the room write longer, "
            "{key_discard_sheet} discards it unread."
        )
    return _closes(host)


def _closes(host: RoomHost) -> str:
    seconds = host.sheets.seconds_to_close() or 0
    return tr("The sheet closes: {seconds} s. {key_open_sheet} keeps it open.", seconds=seconds)


def standing(host: RoomHost | None) -> str:
    """Return in a few words whether a sheet is open; never how many have written."""
    if host is None or host.sheets.phase is None:
        return ""
    if host.sheets.phase != "open":
        return tr("sheet closing")
    if host.sheets.has_enough():
        return tr("sheet open, enough · {key_close_sheet}")
    return tr("sheet open, not yet · {key_close_sheet}")


def _said(opened: Opened | None) -> str:
    if opened is None:
        return tr("Fewer than five wrote. Nobody has read anything.")
    unread = sum(not one.opened for one in opened.answers)
    more = Sentence.counted(
        "{count} ask had fewer than five and stays unread.",
        "{count} asks had fewer than five and stay unread.",
        unread,
    )
    return tr(
        Sentence.joined(
            Sentence("The sheet is closed. {key_answers} reviews the answers.", key_answers="y"),
            more if unread else "",
            opened.problem,
        )
    )
