"""What can be typed during a session: which line each command opens, and what keeps it.

Pure apart from the session.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from agreements.sentence import Sentence
from dialogue.tui.views import clock_time
from dialogue.tui.widgets.entry_line import Entry
from dialogue.wording import mark, tr, trn
from sessions import decide, order
from sessions.daytime import MINUTE_SECONDS, seconds_until, time_of_day
from sessions.deidentify.roster import Roster
from sessions.errors import CommandRefusedError
from sessions.facts import GroupCommitment, HouseAgreement, LeadershipAsk, ParkedQuestion
from sessions.live import LiveSession
from sessions.text import LINE_LIMIT, too_long

ROSTER_LIMIT = 64 * 1024
"""Room for the names of a thousand people."""

ENTRIES: Mapping[str, Entry] = {
    "note": Entry("note", "Note: a theme, never who said it. Tags: #a1 #c2 #f"),
    "park": Entry("park", "Park a question"),
    "commit": Entry("commit", "What the group will do"),
    "ask": Entry("ask", "What the group asks of leadership"),
    "own-agreement": Entry("own-agreement", "An agreement of your own"),
    "wording": Entry("wording", "Number, then the new words, as 2 Say what is true"),
    "roster": Entry(
        "roster",
        "Names to hide, commas between; kept in memory alone",
        hides_names=False,
        between="; ",
        limit=ROSTER_LIMIT,
    ),
    "end-time": Entry("end-time", "New end, as 13:15; the group has agreed", hides_names=False),
}
"""The commands that open the line, by their ids."""

_LINES = frozenset({"park", "commit", "ask", "own-agreement", "wording"})
"""The commands that keep one line, and not as many words as a note."""


def entry_for(session: LiveSession, command: str) -> Entry:
    """Return the line a command opens, saying when the roster is missing."""
    entry = ENTRIES[command]
    if command == "note" and session.names.roster.is_empty:
        return replace(entry, label=mark("Note, NO ROSTER: a theme, never a name. #a1 #c2 #f"))
    return entry


def keep(session: LiveSession, command: str, text: str) -> str:
    """Keep what was typed and return what to say about it.

    Raises:
        CommandRefusedError: It cannot be kept as it stands.
    """
    if command in _LINES and too_long(text, LINE_LIMIT):
        # The preview showed all of it; to keep a part would be to put words into a record.
        raise CommandRefusedError(
            Sentence(
                "This holds {limit} characters and no more. Make it shorter, or keep a note.",
                limit=LINE_LIMIT,
            )
        )
    return _KEEPERS[command](session, text)


def _note(session: LiveSession, text: str) -> str:
    note = session.keep_note(text)
    hidden = sum(note.hidden.values())
    if not hidden:
        return tr("Noted.")
    return trn("Noted, with {count} name hidden.", "Noted, with {count} names hidden.", hidden)


def _park(session: LiveSession, text: str) -> str:
    session.keep_line(ParkedQuestion, text)
    return tr("Parked.")


def _commit(session: LiveSession, text: str) -> str:
    session.keep_line(GroupCommitment, text)
    return tr("Kept as the group's commitment.")


def _ask(session: LiveSession, text: str) -> str:
    session.keep_line(LeadershipAsk, text)
    return tr("Kept as asked of leadership.")


AMENDED = mark("The room reads it now. {key_adopt}: the group agrees. {key_undo} takes it back.")
"""Said when agreements were changed that the group had adopted."""


def _own(session: LiveSession, text: str) -> str:
    session.keep_line(HouseAgreement, text)
    if session.state.amended:
        return tr(AMENDED)
    return tr("Added to your own agreements.")


def _wording(session: LiveSession, text: str) -> str:
    number, _, words = text.strip().partition(" ")
    agreements = session.protocol.agreements
    if not number.isdecimal() or not 1 <= int(number) <= len(agreements) or not words.strip():
        raise CommandRefusedError(
            Sentence(
                "Begin with the agreement's number, 1 to {last}, then its new words.",
                last=len(agreements),
            )
        )
    session.keep_wording(agreements[int(number) - 1].id, words)
    if session.state.amended:
        return tr(AMENDED)
    return tr("The agreement stands in your words now.")


def _roster(session: LiveSession, text: str) -> str:
    # What was pasted a line each is read a line each: "Speakers:" heads no more than its own line.
    roster = Roster.parse(text.replace(";", "\n"))
    if roster.is_empty:
        raise CommandRefusedError("There is no name in this. Write names with commas between.")
    session.name_room(roster)
    said = Sentence.counted(
        "{count} name is hidden from now on, and in what was kept before.",
        "{count} names are hidden from now on, and in what was kept before.",
        len(roster),
    )
    left_out = Sentence("Left out: what is no name, or more than a list holds.")
    return tr(Sentence.joined(said, left_out) if roster.left_out else said)


def _end_time(session: LiveSession, text: str) -> str:
    before = session.state.stop_at
    state = session.do(decide.move_stop, stop_at=stop_from(session, text))
    stop = state.stop_at or 0
    moved = Sentence("The end is {time} now.", time=clock_time(session, stop))
    later = before is not None and stop >= before + MINUTE_SECONDS
    if before is None or not later or not _close_is_to_come(session):
        return tr(moved)
    # Some must leave at the hour they were told: they are not to leave without a close.
    must_go = Sentence(
        "Who must go at {time}? Close in full first; {key_back} leads back.",
        time=clock_time(session, before),
        key_back="b",
    )
    return tr(Sentence.joined(moved, must_go))


def _close_is_to_come(session: LiveSession) -> bool:
    """Say whether a part of the formal close has not run yet."""
    steps = order.run_order(session.plan, session.state)
    return any(
        step.kind in ("closing", "aftercare") and step.id not in session.state.visits
        for step in steps
    )


def stop_from(session: LiveSession, text: str) -> int:
    """Return a time of day as seconds since opening, the next time that clock shows it.

    Raises:
        CommandRefusedError: It is no time, or it has passed.
    """
    ahead = seconds_until(time_of_day(text), session.clock.wall().astimezone())
    if ahead is None:
        raise CommandRefusedError("That time has passed. Write an end that lies ahead.")
    # The session's own second may have begun almost a second ago: one more, or the end that was
    # typed is shown a minute early.
    return session.now() + ahead + 1


_KEEPERS: Mapping[str, Callable[[LiveSession, str], str]] = {
    "note": _note,
    "park": _park,
    "commit": _commit,
    "ask": _ask,
    "own-agreement": _own,
    "wording": _wording,
    "roster": _roster,
    "end-time": _end_time,
}
