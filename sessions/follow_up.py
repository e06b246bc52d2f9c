"""What a Summary says of commitments and of asks of leadership, also after it was frozen.

Pure. The first export freezes a Summary. What happened in the session stays as it was told then,
every word and every figure. What only time can tell is added to it, and nothing is taken away or
put otherwise:

* how a commitment stood after 30, 60 or 90 days, and which role sees to it by when, where the
  frozen Summary did not say yet;
* what leadership answered, and what the group asked of it later.

None of these is a figure or comes from a participant's answer, so two exports, one before and one
after, cannot be subtracted to find a person.
"""

from __future__ import annotations

from collections.abc import Iterable

from sessions.document import ClosedRecord
from sessions.facts import GroupCommitment, LeadershipAsk
from sessions.leave import leave_of
from sessions.summary import (
    Summary,
    SummaryAsk,
    SummaryCommitment,
    SummaryFollowUp,
    SummaryReply,
)


def commitments_shown(record: ClosedRecord) -> tuple[SummaryCommitment, ...]:
    """Return what the group will do and how it stands, in the order of random ids."""
    return tuple(map(_commitment, sorted(record.group_commitments, key=lambda one: one.id)))


def asks_shown(record: ClosedRecord) -> tuple[SummaryAsk, ...]:
    """Return what is asked of leadership and what it answered, in the order of random ids."""
    return tuple(map(_ask, sorted(record.leadership_asks, key=lambda one: one.id)))


def followed_up(frozen: Summary, record: ClosedRecord) -> Summary:
    """Return a frozen Summary with what became known since, and otherwise as it is.

    Args:
        frozen: What the first export told.
        record: The record as it stands; other changes in it are of no account.
    """
    if not frozen.held_back or not leave_of(record).words:
        # Under the rule of the day no words left; a rule chosen later lets none out afterwards.
        return frozen
    commitments, asks = commitments_shown(record), asks_shown(record)
    known = {one.id for one in frozen.leadership_asks}
    later_asks = tuple(one for one in asks if one.id not in known)
    return frozen.model_copy(
        update={
            "commitments": tuple(_stood(one, commitments) for one in frozen.commitments),
            "leadership_asks": tuple(_answered(one, asks) for one in frozen.leadership_asks)
            + later_asks,
        }
    )


def _commitment(one: GroupCommitment) -> SummaryCommitment:
    stood = (
        SummaryFollowUp(after_days=at.after_days, state=at.state, in_the_way=at.in_the_way)
        for at in one.follow_up
    )
    return SummaryCommitment(
        id=one.id,
        text=one.text,
        role=one.role,
        due="" if one.due is None else one.due.isoformat(),
        follow_up=_in_order(stood),
    )


def _ask(one: LeadershipAsk) -> SummaryAsk:
    replies = (SummaryReply(on=reply.on.isoformat(), text=reply.text) for reply in one.replies)
    return SummaryAsk(id=one.id, text=one.text, replies=_by_day(replies))


def _stood(frozen: SummaryCommitment, later: Iterable[SummaryCommitment]) -> SummaryCommitment:
    """Return a commitment with how it stood on days the frozen Summary does not know yet."""
    same = next((one for one in later if _is_same(frozen, one)), frozen)
    known = {at.after_days for at in frozen.follow_up}
    since = tuple(at for at in same.follow_up if at.after_days not in known)
    return frozen.model_copy(
        update={
            "role": frozen.role or same.role,
            "due": frozen.due or same.due,
            "follow_up": _in_order(frozen.follow_up + since),
        }
    )


def _is_same(frozen: SummaryCommitment, later: SummaryCommitment) -> bool:
    """Say whether two are one commitment; an earlier version froze its words and no id."""
    return frozen.id == later.id if frozen.id else frozen.text == later.text


def _answered(frozen: SummaryAsk, later: Iterable[SummaryAsk]) -> SummaryAsk:
    same = next((one for one in later if one.id == frozen.id), frozen)
    since = tuple(one for one in same.replies if one not in frozen.replies)
    return frozen.model_copy(update={"replies": _by_day(frozen.replies + since)})


def _in_order(stood: Iterable[SummaryFollowUp]) -> tuple[SummaryFollowUp, ...]:
    return tuple(sorted(stood, key=lambda at: at.after_days))


def _by_day(replies: Iterable[SummaryReply]) -> tuple[SummaryReply, ...]:
    return tuple(sorted(replies, key=lambda one: one.on))
