"""What a session begins with: what was chosen, and the first version of its record.

Touches: the system's random source, for the ids.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from agreements.model import Protocol
from agreements.plan import Plan
from sessions import decide
from sessions.decide import Moment
from sessions.deidentify.roster import Roster
from sessions.document import OpenRecord, RunningClock, Setting
from sessions.state import SessionState
from sessions.tallies import new_id
from sessions.text import TITLE_LIMIT, one_line
from sessions.versions import first_version


@dataclass(frozen=True, slots=True)
class Opening:
    """What is chosen before a session starts."""

    title: str
    plan: Plan
    protocol: Protocol
    setting: Setting
    stop_in_seconds: int | None = None
    """The hard stop, counted from the opening."""
    rehearsal: bool = False
    roster: Roster = field(default_factory=Roster)


def first_record(opening: Opening, now: datetime) -> OpenRecord:
    """Return the record of a session that opens at this moment.

    Raises:
        CommandRefusedError: The heads or the hard stop cannot be.
    """
    title = one_line(opening.title, TITLE_LIMIT) or opening.plan.title
    moment = Moment(SessionState(), opening.plan, opening.protocol, 0)
    events = decide.open_session(
        moment, heads=opening.setting.heads, stop_at=opening.stop_in_seconds
    )
    held_on = now.astimezone().date()
    return first_version(
        session_id=new_id(),
        title=title,
        held_on=held_on,
        plan=opening.plan,
        protocol=opening.protocol,
        setting=opening.setting,
        clock=RunningClock(opened=now, at=0, wall=now),
        events=events,
        rehearsal=opening.rehearsal,
    )
