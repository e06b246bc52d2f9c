"""A programme with something to tell in every field."""

from __future__ import annotations

from sessions.programme.model import (
    CommitmentsAfter,
    CountedSessions,
    LeftOut,
    NamedSession,
    ProgrammeAnswer,
    ProgrammeAsk,
    ProgrammeCommitment,
    ProgrammeQuestion,
    ProgrammeQuote,
    ProgrammeSummary,
    ProgrammeTheme,
    ProgrammeTime,
)
from sessions.summary import SummaryReply

LONG = "Introduction to the protocol · lunch & learn"
"""So long that the columns beside it become narrow on a phone."""


def a_programme(word: str = "") -> ProgrammeSummary:
    """Return a programme with something in every field; a word may stand wherever words can."""
    question = ProgrammeQuestion(
        plan_title=word or "Lunch & learn",
        kind="scale",
        language="en",
        text=word or "Was it useful?",
        sessions=30,
        answered=600,
        answers=(
            ProgrammeAnswer(label=word or "1 to 3", at_least=150),
            ProgrammeAnswer(label=word or "4 or 5", at_least=380),
        ),
        over_time=(
            ProgrammeTime(label="2026 Q1", answered=200, at_least=(60, 110)),
            ProgrammeTime(label="2026 Q2", answered=390, at_least=(80, 260)),
        ),
        in_words=word
        or "Of at least 600 who answered: 1 to 3: at least 150; 4 or 5: at least 380.",
        asked_before=word or "Useful?",
        caution=word or "A caution.",
    )
    places = question.model_copy(update={"kind": "compass", "answered": 0, "over_time": ()})
    silent = question.model_copy(update={"answers": (), "over_time": (), "answered": 0})
    reply = SummaryReply(on="2026-06-01", text=word or "From July on.")
    return ProgrammeSummary(
        title="Programme of dialogues",
        sessions=30,
        cohort="5fc299590c57a5ca",
        first_on="2026-01-12",
        last_on="2026-06-20",
        languages=("en", "es"),
        people="600 to 890",
        minutes=1800,
        by_quarter=(
            CountedSessions(label="2026 Q1", sessions=12, people="240 to 350"),
            CountedSessions(label="2026 Q2", sessions=18, people="360 to 540"),
        ),
        by_plan=(
            CountedSessions(label=word or LONG, sessions=270, people="1540 to 1800"),
            CountedSessions(label="other plans", sessions=3),
        ),
        named=(NamedSession(on="2026-01-12", title=word or "Ward lunch"),),
        adopted=29,
        agreements=(CountedSessions(label=word or "Stay engaged", sessions=29),),
        conditions=(
            CountedSessions(label=word or "2 Isolate race", gloss=word or "G.", sessions=30),
        ),
        questions=(question, places, silent),
        themes=(ProgrammeTheme(label=word or "Late", kind="theme", sessions=9, people="50 to 90"),),
        commitments=40,
        commitments_after=(CommitmentsAfter(after_days=30, kept=20, partly=8, not_yet=4),),
        commitments_named=(
            ProgrammeCommitment(
                text=word or "Book early.", stood="after 30 days: kept", in_the_way=word or "forms"
            ),
        ),
        asks=50,
        asks_answered=20,
        asks_named=(
            ProgrammeAsk(quarter="2026 Q2", text=word or "Pay an hour.", replies=(reply,)),
        ),
        quotes_named=(ProgrammeQuote(question=word or "What stays?", text=word or "I count."),),
        held_back="30 to 60",
        left_out=(LeftOut(reason="it is damaged", files=2),),
        twice=1,
        privacy=("Only summaries are summed.",),
        limits=("It proves no effect.",),
    )
