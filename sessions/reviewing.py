"""The facilitator's review of answers: share, keep, or hold back for one of four reasons.

Touches: the system's random source. Reasons are a closed list, and tone, anger and discomfort are
none of them. What is held back leaves the record with its words, and only how many stays.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from typing import Literal

from sessions import decide_sheet
from sessions.errors import CommandRefusedError
from sessions.facts import AnswerItem, Answers
from sessions.live import LiveSession
from sessions.tallies import new_id
from sessions.unsealing import shuffled

Reason = Literal["names a person", "points to one person", "attacks a person", "unreadable"]
"""Why an answer may be held back."""

REASONS: tuple[Reason, ...] = (
    "names a person",
    "points to one person",
    "attacks a person",
    "unreadable",
)
Verdict = Literal["shared", "kept"] | Reason

FIRST = 8
"""So many are looked at first, in the session; the rest may wait until after it."""


def to_review(session: LiveSession) -> list[AnswerItem]:
    """Return every answer in words, in an order drawn anew each time."""
    items = [item for one in session.facts(Answers) for item in one.items if item.text is not None]
    return shuffled(items, secrets.randbelow)


def may_share(item: AnswerItem) -> bool:
    """Say whether its writer let an answer be read aloud."""
    return item.level in ("aloud", "quote")


def apply(session: LiveSession, verdicts: Mapping[str, Verdict]) -> str:
    """Put the verdicts in the record and return what to tell the room, in counts.

    Args:
        session: The session.
        verdicts: What was decided, by the answers' ids; an answer without one stays as it is.

    Raises:
        CommandRefusedError: Something was to be shared that its writer did not release, or the
            answers are gone; nothing has changed.
        StorageError: It could not be saved; nothing has changed.
    """
    before = session.facts(Answers)
    changed = {one: _reviewed(one, verdicts) for one in before}
    struck = [old.id for old, new in changed.items() if new is not old]
    kept = tuple(new for old, new in changed.items() if new is not old)
    reasons = Counter(verdict for verdict in verdicts.values() if verdict in REASONS)
    if not struck:
        return "Nothing was decided."
    events = decide_sheet.review_answers(
        session.moment(),
        struck=struck,
        kept=[one.id for one in kept],
        held_back=reasons.total(),
    )
    session.apply_for_good(events, facts=kept, forget_previous=True)
    return _said(reasons, sum(verdict == "shared" for verdict in verdicts.values()))


def _reviewed(answers: Answers, verdicts: Mapping[str, Verdict]) -> Answers:
    """Return the answers after the review; the same object where nothing changed."""
    items: list[AnswerItem] = []
    for item in answers.items:
        verdict = verdicts.get(item.id)
        if verdict == "shared" and not may_share(item):
            raise CommandRefusedError("Its writer did not let this answer be read aloud.")
        if verdict in REASONS:
            continue
        items.append(item if verdict is None else item.model_copy(update={"status": verdict}))
    if tuple(items) == answers.items:
        return answers
    return answers.model_copy(update={"id": new_id(), "items": tuple(items)})


def _said(reasons: Counter[Reason], shared: int) -> str:
    if not reasons:
        return f"{shared} to share. Nothing was held back."
    each = ", ".join(f"{reason} {count}" for reason, count in reasons.items())
    return f"{shared} to share. Tell the room: {reasons.total()} held back ({each})."
