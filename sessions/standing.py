"""What becomes known after a session: how commitments stand, what leadership is asked and replies.

Pure. A number is the place of a commitment or an ask as people read them, counted from 1. What an
export has told already is refused another form, because no export can take it back; everything
else may be put right until one has told it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeVar, get_args

from sessions.deidentify.roster import Roster
from sessions.deidentify.seam import Aliases, find, hide, highest_used
from sessions.document import ClosedRecord, to_json
from sessions.errors import CommandRefusedError
from sessions.facts import FollowUp, GroupCommitment, LeadershipAsk, Reply
from sessions.summary import SummaryAsk, SummaryCommitment
from sessions.text import LINE_LIMIT, NAME_LIMIT, NOTE_LIMIT, one_line, too_long, visible

AfterDays = Literal[30, 60, 90]
DAYS: Final[tuple[AfterDays, ...]] = get_args(AfterDays)

REMINDED_UNTIL: Final = 180
"""So many days after a session nobody is asked any more how its commitments stand."""

_LIKE_NAMES: Final = "baker bishop carter cook dean page porter prior steward usher ward warden"
_ROLES_LIKE_NAMES: Final = frozenset(_LIKE_NAMES.split())
"""Words of a role, in small letters, that are names of people too."""

_One = TypeVar("_One", GroupCommitment, LeadershipAsk)


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    """Commitments of which nobody has said how they stand."""

    after_days: AfterDays
    commitments: int


def commitments(record: ClosedRecord) -> list[GroupCommitment]:
    """Return what the group will do, in the order in which it is numbered."""
    return sorted(record.group_commitments, key=lambda one: one.id)


def leadership_asks(record: ClosedRecord) -> list[LeadershipAsk]:
    """Return what is asked of leadership, in the order in which it is numbered."""
    return sorted(record.leadership_asks, key=lambda one: one.id)


def follow_up_due(record: ClosedRecord, today: date) -> FollowUpDue | None:
    """Return of how many commitments it is time to say how they stand; `None` when of none."""
    passed = (today - record.held_on).days
    after = max((days for days in DAYS if days <= passed), default=None)
    if after is None or passed > REMINDED_UNTIL:
        return None
    open_yet = sum(
        all(at.after_days < after for at in one.follow_up) for one in record.group_commitments
    )
    return FollowUpDue(after, open_yet) if open_yet else None


def may_be_told_on(record: ClosedRecord, after: AfterDays) -> date:
    """Return the first day on which it can be said how commitments stand after some days.

    Groups meet when they can, so that a day somewhat before is as good.
    """
    return record.held_on + timedelta(days=after - DAYS[0])


def stood(record: ClosedRecord, number: int, at: FollowUp) -> ClosedRecord:
    """Say how a commitment stood after some days; what was said of these days before goes.

    Raises:
        CommandRefusedError: There is no such commitment, or an export has told of these days.
    """
    one = _numbered(commitments(record), number, "commitment")
    told = _frozen(record, one)
    known = None if told is None else {before.after_days: before for before in told.follow_up}
    before = (known or {}).get(at.after_days)
    if before is not None and (before.state, before.in_the_way) != (at.state, at.in_the_way):
        raise CommandRefusedError(
            f"An export has told how this stood after {at.after_days} days, and it stays so. Say "
            "how it stands later."
        )
    others = tuple(one for one in one.follow_up if one.after_days != at.after_days)
    follow_up = tuple(sorted((*others, at), key=lambda at: at.after_days))
    return _with_commitment(record, one.model_copy(update={"follow_up": follow_up}))


def seen_to(
    record: ClosedRecord, number: int, *, role: str | None = None, due: date | None = None
) -> ClosedRecord:
    """Say which role sees to a commitment, and by which day; what is left out stays.

    Raises:
        CommandRefusedError: There is no such commitment, or an export has told otherwise.
    """
    one = _numbered(commitments(record), number, "commitment")
    told = _frozen(record, one)
    if told is not None and role is not None and told.role not in ("", role):
        raise CommandRefusedError("An export has told who sees to this, and it stays so.")
    if told is not None and due is not None and told.due not in ("", due.isoformat()):
        raise CommandRefusedError("An export has told by when this is to be done; it stays so.")
    changes = {"role": one.role if role is None else role, "due": one.due if due is None else due}
    return _with_commitment(record, one.model_copy(update=changes))


def asked(record: ClosedRecord, ask: LeadershipAsk) -> ClosedRecord:
    """Add what is asked of leadership."""
    return record.model_copy(update={"leadership_asks": (*record.leadership_asks, ask)})


def replied(record: ClosedRecord, number: int, reply: Reply) -> ClosedRecord:
    """Add what leadership replied to an ask; the same words of the same day count once.

    Raises:
        CommandRefusedError: There is no such ask, or the reply is older than the session.
    """
    refuse_before(record, reply.on)
    one = _numbered(leadership_asks(record), number, "ask")
    if reply in one.replies:
        return record
    return _with_ask(record, one.model_copy(update={"replies": (*one.replies, reply)}))


def ask_dropped(record: ClosedRecord, number: int) -> ClosedRecord:
    """Take back what is asked of leadership.

    Raises:
        CommandRefusedError: There is no such ask, or an export has told it.
    """
    one = _numbered(leadership_asks(record), number, "ask")
    if _told_ask(record, one) is not None:
        raise CommandRefusedError("An export has told this ask, and it stays.")
    left = tuple(ask for ask in record.leadership_asks if ask.id != one.id)
    return record.model_copy(update={"leadership_asks": left})


def reply_dropped(record: ClosedRecord, number: int) -> ClosedRecord:
    """Take back the reply to an ask that was added last.

    Raises:
        CommandRefusedError: There is no such ask or no reply to it, or an export has told it.
    """
    one = _numbered(leadership_asks(record), number, "ask")
    if not one.replies:
        raise CommandRefusedError("This ask has no reply yet.")
    *earlier, last = one.replies
    told = _told_ask(record, one)
    if told is not None and any((at.on, at.text) == _as_told(last) for at in told.replies):
        raise CommandRefusedError("An export has told this reply, and it stays. Add another one.")
    return _with_ask(record, one.model_copy(update={"replies": tuple(earlier)}))


def refuse_before(record: ClosedRecord, day: date) -> None:
    """Refuse a reply from before the session.

    Raises:
        CommandRefusedError: The day is before it.
    """
    if day < record.held_on:
        raise CommandRefusedError(
            f"The session was on {record.held_on.isoformat()}; a reply cannot be from before."
        )


def words_as_kept(record: ClosedRecord, raw: str) -> str:
    """Return words as they may be kept, with the names of people hidden.

    Raises:
        CommandRefusedError: They are empty or too long.
    """
    if too_long(raw, LINE_LIMIT):
        raise CommandRefusedError(
            f"This is longer than {LINE_LIMIT} signs. Say it in a sentence or two."
        )
    aliases = Aliases.start_after(highest_used([to_json(record).decode()]))
    text = hide(one_line(raw), Roster(), aliases, guesses=False).text
    if not text:
        raise CommandRefusedError("There is nothing to keep yet. Write a few words first.")
    return text


def role_as_kept(raw: str) -> str:
    """Return a role as it may be kept.

    Raises:
        CommandRefusedError: It is empty, too long, or names a person.
    """
    role = one_line(raw)
    if not role or len(role) > NAME_LIMIT:
        raise CommandRefusedError("Write a role in a few words, such as “HR lead”.")
    for span in find(role, Roster(), asks=False):
        word = role[span.start : span.end]
        if span.tier == "auto" and word not in _ROLES_LIKE_NAMES:
            raise CommandRefusedError(
                f"{visible(word)} may point to a person. Write a role, such as “HR lead”: people "
                "change, and a name does not belong in the record."
            )
    return role


def _numbered(those: Sequence[_One], number: int, noun: str) -> _One:
    if 1 <= number <= len(those):
        return those[number - 1]
    if not those:
        raise CommandRefusedError(f"This session has no {noun} yet.")
    raise CommandRefusedError(f"There is no {noun} {number}; the last one is {len(those)}.")


def _frozen(record: ClosedRecord, one: GroupCommitment) -> SummaryCommitment | None:
    """Return a commitment as an export has told it; an earlier version froze it without an id."""
    told = () if record.summary is None else record.summary.commitments
    return next(
        (each for each in told if (each.id == one.id if each.id else each.text == one.text)), None
    )


def _told_ask(record: ClosedRecord, one: LeadershipAsk) -> SummaryAsk | None:
    """Return an ask as an export has told it."""
    told = () if record.summary is None else record.summary.leadership_asks
    return next((each for each in told if each.id == one.id), None)


def _as_told(reply: Reply) -> tuple[str, str]:
    return reply.on.isoformat(), one_line(reply.text, NOTE_LIMIT)


def _with_ask(record: ClosedRecord, changed: LeadershipAsk) -> ClosedRecord:
    asks = tuple(changed if one.id == changed.id else one for one in record.leadership_asks)
    return record.model_copy(update={"leadership_asks": asks})


def _with_commitment(record: ClosedRecord, changed: GroupCommitment) -> ClosedRecord:
    those = tuple(changed if one.id == changed.id else one for one in record.group_commitments)
    return record.model_copy(update={"group_commitments": those})
