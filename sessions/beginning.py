"""What a session begins with: what was chosen, and the first version of its record.

Touches: the system's random source, for the ids.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from agreements.model import Protocol
from agreements.plan import Plan
from sessions import decide
from sessions.decide import Moment
from sessions.deidentify.aliases import Aliases
from sessions.deidentify.roster import Roster
from sessions.deidentify.seam import hide_roster
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


def without_names(opening: Opening) -> tuple[Opening, Aliases]:
    """Return an opening whose title and contacts are as they may be kept, and its aliases.

    They pass the text gate and lose the names of the roster, before a folder is called by the
    title. A title without words becomes the plan's.
    """
    setting = opening.setting
    title = one_line(opening.title, TITLE_LIMIT) or opening.plan.title
    care, reporting = one_line(setting.care_contact), one_line(setting.reporting_contact)
    aliases = Aliases()
    kept: list[str] = []
    for text in (title, care, reporting):
        hidden = hide_roster(text, opening.roster, aliases)
        aliases = hidden.aliases
        kept.append(hidden.text)
    title, care, reporting = kept
    contacts = {"care_contact": care, "reporting_contact": reporting}
    return replace(opening, title=title, setting=setting.model_copy(update=contacts)), aliases


def first_record(opening: Opening, now: datetime) -> OpenRecord:
    """Return the record of a session that opens at this moment.

    Args:
        opening: As `without_names` left it.
        now: The date and time.

    Raises:
        CommandRefusedError: The heads or the hard stop cannot be.
    """
    moment = Moment(SessionState(), opening.plan, opening.protocol, 0)
    events = decide.open_session(
        moment, heads=opening.setting.heads, stop_at=opening.stop_in_seconds
    )
    held_on = now.astimezone().date()
    return first_version(
        session_id=new_id(),
        title=opening.title,
        held_on=held_on,
        plan=opening.plan,
        protocol=opening.protocol,
        setting=opening.setting,
        clock=RunningClock(opened=now, at=0, wall=now),
        events=events,
        rehearsal=opening.rehearsal,
    )
