"""Closed records with answers in words, coded or not, for tests of themes.

Pure. The plan is the full day, whose two asks in words can be answered by the same people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from agreements.library import open_library
from sessions.condense import condense
from sessions.document import ClosedRecord, OpenRecord, RunningClock, Setting
from sessions.facts import AnswerItem, Answers, OwnTheme
from sessions.text import paragraph
from sessions.timeline import SessionClosed, SessionOpened, StepStarted

FIRST, SECOND = "reflection", "ask-leaders"
"""The two asks in words."""

TRUST = OwnTheme(id=f"{0xA:032x}", label="Trust")
TIME = OwnTheme(id=f"{0xB:032x}", label="No time to talk")

TEXTS = (
    "I said nothing in the meeting, because nobody else did and the moment was gone.",
    "My manager laughed. I did not know how to answer, so I looked at my notes.",
    "In the break room it is easier. In a meeting I wait until someone braver speaks first.",
    "I was new, and I was afraid to be the difficult one.",
    "A family was asked three times who they belong to. I saw it and went on with my work.",
    "Nobody has time to talk about it. A meeting ends, the next meeting begins.",
    "I spoke once. The meeting went on as if I had said nothing. Since then I keep quiet.",
    "Trust. I do not trust that it stays in the meeting.",
)


@cache
def _closed() -> ClosedRecord:
    library = open_library(paragraph)
    opened = datetime(2026, 11, 22, 9, tzinfo=UTC)
    plan = library.plan("full-day")
    record = OpenRecord(
        id=f"{1:032x}",
        title="Finance team",
        held_on=date(2026, 11, 22),
        language="en",
        protocol=library.protocol,
        plan=plan,
        setting=Setting(heads=24, confidentiality="stories-stay"),
        clock=RunningClock(opened=opened, at=3600, wall=opened),
        timeline=(
            SessionOpened(at=0, heads=24),
            StepStarted(at=60, step=plan.steps[1].id),
            SessionClosed(at=3500),
        ),
    )
    return condense(record, at=3500)


def a_record(answers: Iterable[Answers] = (), **changes: Any) -> ClosedRecord:  # noqa: ANN401
    """Return a closed record with some answers."""
    return _closed().model_copy(update={"answers": tuple(answers), **changes})


def answer_id(ask: str, number: int) -> str:
    """Return the id of an answer."""
    return f"{(FIRST, SECOND).index(ask) + 1:x}{number:031x}"


def in_words(ask: str, codes: Sequence[Sequence[str]], **item: Any) -> Answers:  # noqa: ANN401
    """Return answers to an ask, each coded so."""
    items = tuple(
        AnswerItem(
            id=answer_id(ask, number),
            codes=tuple(mine) or None,
            **{"text": TEXTS[number % len(TEXTS)], "level": "aloud", "status": "kept", **item},
        )
        for number, mine in enumerate(codes)
    )
    return Answers(id=f"{7:032x}", ask=ask, kind="words", seats=max(len(items), 5), items=items)


def counted(counts: Mapping[str, Mapping[str, int]], totals: Mapping[str, int]) -> list[Answers]:
    """Return answers of which so many are coded with each theme, from the first one on.

    Args:
        counts: By ask and then by code.
        totals: How many answers each ask has.
    """
    return [
        in_words(
            ask,
            [
                [code for code, count in counts.get(ask, {}).items() if number < count]
                for number in range(total)
            ],
        )
        for ask, total in totals.items()
    ]
