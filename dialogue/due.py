"""What is due in the sessions that are kept, in sentences that say what to do.

Touches: disk, the clock's day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sessions import boottime
from sessions.reminders import reminders
from sessions.store import Header

MOST_NAMED = 3
"""So many sessions are named; of further ones only how many there are."""


def due_today(headers: Iterable[Header]) -> Iterator[str]:
    """Yield which follow-ups are due, and which words are past their day."""
    today = boottime.system_clock().wall().astimezone().date()
    found = list(reminders(headers, today))
    due = [
        f"{one.name} ({one.follow_up.after_days} days, {one.follow_up.commitments} open)"
        for one in found
        if one.follow_up is not None
    ]
    if due:
        yield f"Follow-up is due: {_named(due)}. `dialogue follow-up ID` takes it down."
    past = [f"{one.name} (since {one.words_since})" for one in found if one.words_since is not None]
    if past:
        yield f"Words are past their day: {_named(past)}. `dialogue purge` deletes them."


def _named(those: list[str]) -> str:
    more = len(those) - MOST_NAMED
    named = ", ".join(those[:MOST_NAMED])
    return f"{named} and {more} more" if more > 0 else named
