"""The words of sessions that a programme shows, and what it says of itself.

Pure. Words are those of the Summaries, through the text gate; nothing is shown that a Summary does
not hold, and no words stand beside the name of their session.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from sessions.programme.contribution import language_of
from sessions.programme.figures import quarter
from sessions.programme.model import (
    FEWEST_SESSIONS,
    MOST_NAMED,
    STEP,
    ProgrammeAsk,
    ProgrammeCommitment,
    ProgrammeQuote,
)
from sessions.programme.sums import Sums
from sessions.summary import (
    FOLLOW_UP_WORDS,
    Summary,
    SummaryAsk,
    SummaryFollowUp,
    SummaryReply,
)
from sessions.text import NOTE_LIMIT, one_line, paragraph

MOST_ASKS: Final = 20
MOST_COMMITMENTS: Final = 8
MOST_QUOTES: Final = 12
MOST_REPLIES: Final = 4

_QUOTES_A_SESSION: Final = 4

PRIVACY: Final = (
    (
        "Only what each session's own summary tells is summed, so whoever has read all of those "
        "learns no more of anybody here."
    ),
    (
        f"Numbers of people are rounded down to a multiple of {STEP}, or told as a band with round "
        f"ends, and nothing is told of fewer than {FEWEST_SESSIONS} sessions together."
    ),
    (
        "A quarter or a plan with too few sessions is counted together with others, so that it "
        "cannot be found by subtracting."
    ),
    (
        "Words are quoted only as a session's summary quotes them: where their writer allowed it "
        "and the facilitator has read them first. They stand here without the name of their "
        "session."
    ),
    (
        "It is about one fixed set of sessions. Two reports from one computer differ by two "
        "sessions and five people or more, or by none, so that no single session can be read off "
        "by subtracting."
    ),
)


def asks(latest: Sequence[Summary], periods: Mapping[str, str]) -> tuple[ProgrammeAsk, ...]:
    """Return what groups ask of leadership, each once, the latest session first.

    Args:
        latest: The Summaries of the latest sessions.
        periods: How each quarter is told.
    """
    alike: dict[tuple[str, str], list[tuple[str, SummaryAsk]]] = {}
    for one in latest:
        for ask in one.leadership_asks:
            key = said(ask.text), language_of(one)
            alike.setdefault(key, []).append((periods[quarter(one.held_on)], ask))
    found = (
        ProgrammeAsk(
            quarter=asked[0][0],
            text=text,
            times=len(asked),
            answered=sum(bool(ask.replies) for _, ask in asked),
            replies=tuple(_replies([ask for _, ask in asked])),
            language=language,
        )
        for (text, language), asked in alike.items()
    )
    return tuple(islice(found, MOST_ASKS))


def _replies(asked: Sequence[SummaryAsk]) -> Iterator[SummaryReply]:
    """Yield what was replied to asks that are alike; of equal words the latest."""
    replies = [(said(at.on), said(at.text)) for one in asked for at in one.replies]
    if len(asked) > 1:
        on = {text: max(day for day, same in replies if same == text) for _, text in replies}
        replies = sorted(((day, text) for text, day in on.items()), reverse=True)
    return (SummaryReply(on=day, text=text) for day, text in replies[:MOST_REPLIES])


def commitments(latest: Sequence[Summary]) -> tuple[ProgrammeCommitment, ...]:
    """Return commitments of which it is known how they stand, each once, the latest first."""
    alike: dict[tuple[str, str], list[SummaryFollowUp]] = {}
    for one in latest:
        for each in one.commitments:
            if each.follow_up:
                key = said(each.text), language_of(one)
                alike.setdefault(key, []).append(each.follow_up[-1])
    found = (
        ProgrammeCommitment(
            text=text,
            times=len(stood),
            stood=_stood(stood),
            in_the_way=_ways(stood),
            language=language,
        )
        for (text, language), stood in alike.items()
    )
    return tuple(islice(found, MOST_COMMITMENTS))


def _stood(stood: Sequence[SummaryFollowUp]) -> str:
    """Return how commitments that are alike stood last."""
    if len(stood) == 1:
        return f"after {stood[0].after_days} days: {FOLLOW_UP_WORDS[stood[0].state]}"
    counted = Counter(str(FOLLOW_UP_WORDS[at.state]) for at in stood)
    order = map(str, FOLLOW_UP_WORDS.values())
    return ", ".join(f"{counted[words]} {words}" for words in order if counted[words])


def _ways(stood: Sequence[SummaryFollowUp]) -> str:
    """Return what got in the way, each thing once."""
    return said("; ".join(dict.fromkeys(at.in_the_way for at in stood if at.in_the_way)))


def quotes(latest: Sequence[Summary]) -> tuple[ProgrammeQuote, ...]:
    """Return some quoted words, few of each session."""
    found = (
        ProgrammeQuote(
            question=said(each.question), text=paragraph(each.text), language=language_of(one)
        )
        for one in latest
        for each in one.quotes[:_QUOTES_A_SESSION]
    )
    return tuple(islice(found, MOST_QUOTES))


def said(words: str) -> str:
    """Return words as they may be shown, on one line."""
    return one_line(words, NOTE_LIMIT)


def limits(sums: Sums) -> Iterator[str]:
    """Yield what a programme cannot tell, a sentence each."""
    yield (
        "It cannot tell who took part, nor how many people came more than once: they are counted "
        "each time."
    )
    yield "Those who answered are not all who were there, and the rooms were not drawn by lot."
    yield (
        "Differences between quarters or plans may come from who was there and who was asked. They "
        "prove no effect, and say nothing of any facilitator."
    )
    if len(sums.languages) > 1:
        yield "Questions in different languages stand apart: a translation is not the same wording."
    if len(sums.days) > MOST_NAMED:
        yield f"More than {MOST_NAMED} sessions are told by quarter and plan, and not by name."
    if len(sums.days) < FEWEST_SESSIONS:
        yield "So few sessions are hardly a programme; read the summary of each instead."
    yield "Equity in outcomes is measured elsewhere. This is about conversations."
