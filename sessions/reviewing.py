"""The facilitator's review of answers: share, keep, or hold back for one of four reasons.

Touches: the system's random source. Reasons are a closed list, and tone, anger and discomfort are
none of them. What is held back leaves the record with its words, and only how many stays. Where an
answer points to one person, its writer can be asked for other words; nobody knows who that is, so
the whole room is asked.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from typing import Literal

from agreements.sentence import Sentence
from sessions import decide_sheet
from sessions.errors import CommandRefusedError
from sessions.facts import AnswerItem, Answers
from sessions.live import LiveSession
from sessions.tallies import new_id
from sessions.text import paragraph
from sessions.unsealing import SMALL_BELOW, shuffled

Reason = Literal["names a person", "points to one person", "attacks a person", "unreadable"]
"""Why an answer may be held back."""

REASONS: tuple[Reason, ...] = (
    "names a person",
    "points to one person",
    "attacks a person",
    "unreadable",
)
Verdict = Literal["shared", "kept", "other words"] | Reason
"""What is decided of an answer; `other words` holds it back and asks the room for a rephrase."""

POINTS: Reason = "points to one person"
"""The one reason for which other words are asked for: an identifying detail, never a tone."""

ASKING = Sentence(
    "Say: “One answer holds a detail that points to a person. Whoever wrote it can put it in "
    "other words, on a card or on the next sheet. Nobody needs to say that it was theirs.”"
)

FIRST = 8
"""So many are looked at first, in the session; the rest may wait until after it."""


def to_review(session: LiveSession) -> list[AnswerItem]:
    """Return every answer in words, in an order drawn anew each time; those unread come first."""
    items = [item for one in session.facts(Answers) for item in one.items if item.text is not None]
    return sorted(shuffled(items, secrets.randbelow), key=lambda item: item.status != "unread")


def may_share(item: AnswerItem) -> bool:
    """Say whether its writer let an answer be read aloud."""
    return item.level in ("aloud", "quote")


def apply(
    session: LiveSession,
    verdicts: Mapping[str, Verdict],
    translations: Mapping[str, str] | None = None,
) -> Sentence:
    """Put the verdicts in the record and return what to tell the room, in counts.

    Args:
        session: The session.
        verdicts: What was decided, by the answers' ids; an answer without one stays as it is.
        translations: The facilitator's words in the place of an answer's, by its id; outside the
            room they stand for it.

    Raises:
        CommandRefusedError: Something was to be shared that its writer did not release, or the
            answers are gone; nothing has changed.
        StorageError: It could not be saved; nothing has changed.
    """
    before = session.facts(Answers)
    said_otherwise = {
        item: session.names.keep_translation(item, session.names.as_kept(paragraph(text)))
        for item, text in (translations or {}).items()
    }
    changed = {one: _reviewed(one, verdicts, said_otherwise) for one in before}
    struck = [old.id for old, new in changed.items() if new is not old]
    kept = tuple(new for old, new in changed.items() if new is not old)
    reasons = Counter(map(reason_of, verdicts.values()))
    del reasons[None]
    if not struck:
        return Sentence("Nothing was decided.")
    events = decide_sheet.review_answers(
        session.moment(),
        struck=struck,
        kept=[one.id for one in kept],
        held_back=reasons.total(),
    )
    session.apply_for_good(events, facts=kept, forget_previous=True)
    said = Counter(verdicts.values())
    if session.state.heads < SMALL_BELOW:
        # Among so few, why one was held back points at who wrote it.
        reasons = Counter({None: reasons.total()})
    return _said(reasons, said["shared"], asks_again=said["other words"] > 0)


def _reviewed(
    answers: Answers, verdicts: Mapping[str, Verdict], translations: Mapping[str, str]
) -> Answers:
    """Return the answers after the review; the same object where nothing changed."""
    items: list[AnswerItem] = []
    for item in answers.items:
        verdict = verdicts.get(item.id)
        if verdict == "shared" and not may_share(item):
            raise CommandRefusedError("Its writer did not let this answer be read aloud.")
        if reason_of(verdict) is not None:
            continue
        update: dict[str, str] = {} if verdict is None else {"status": verdict}
        if translations.get(item.id):
            update["translation"] = translations[item.id]
        items.append(item.model_copy(update=update))
    if tuple(items) == answers.items:
        return answers
    return answers.model_copy(update={"id": new_id(), "items": tuple(items)})


def reason_of(verdict: Verdict | None) -> Reason | None:
    """Return why an answer is held back; None when it is not."""
    if verdict == "other words":
        return POINTS
    return next((reason for reason in REASONS if reason == verdict), None)


def _said(reasons: Counter[Reason | None], shared: int, *, asks_again: bool) -> Sentence:
    if not reasons.total():
        return Sentence("{shared} to share. Nothing was held back.", shared=shared)
    told = Sentence(
        "{shared} to share. Tell the room: {held} held back.", shared=shared, held=reasons.total()
    )
    if None not in reasons:
        each = [
            Sentence(f"{{reason}} {count}", reason=Sentence(one or ""))
            for one, count in reasons.items()
        ]
        told = Sentence(
            "{shared} to share. Tell the room: {held} held back ({each}).",
            shared=shared,
            held=reasons.total(),
            each=Sentence.in_a_row(*each, by=", "),
        )
    return Sentence.joined(told, ASKING) if asks_again else told
