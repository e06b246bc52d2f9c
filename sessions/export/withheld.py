"""What an edition of a report leaves out, and what no edition tells: said before it is exported.

Pure. Each sentence is made from the Summary and from what the edition says of it, so that whoever
looks at the preview of a report knows what is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from agreements.sentence import Sentence
from sessions.export.report import Edition
from sessions.export.writing import left_out, shortened
from sessions.summary import Summary
from sessions.summary_words import recognised

NOBODY: Final = Sentence("No report tells who was there, who said what, or who passed.")


def withheld(summary: Summary, edition: Edition) -> Iterator[Sentence]:
    """Yield what an edition does not say of a session: first this one, then all of them."""
    if missing := left_out(summary, edition):
        yield Sentence("Not in this one: {parts}.", parts=_named(missing))
    if cut := shortened(summary, edition):
        yield Sentence("Cut to fit one page: {parts}.", parts=_named(cut))
    if summary.heads:
        yield Sentence("How many were there is a band: {heads}.", heads=recognised(summary.heads))
    else:
        yield Sentence("How many were there is told in no report.")
    worded = sum(not one.groups and one.told != "nothing" for one in summary.questions)
    if worded:
        yield Sentence.counted(
            "{count} question is answered in words: figures would give single people away.",
            "{count} questions are answered in words: figures would give single people away.",
            worded,
        )
    silent = sum(not one.groups and one.told == "nothing" for one in summary.questions)
    if silent:
        yield Sentence.counted(
            "Of {count} question nothing is told: too few answered, or too thinly spread.",
            "Of {count} questions nothing is told: too few answered, or too thinly spread.",
            silent,
        )
    if not summary.quotes:
        yield Sentence("No answer is quoted: none may be, or too few wrote in its language.")
    if summary.held_back not in {"", "none"}:
        yield Sentence(
            "Answers held back in the review: {held}.", held=recognised(summary.held_back)
        )
    yield NOBODY


def _named(headings: Sequence[str]) -> Sentence:
    """Return headings as they stand in the report."""
    return Sentence.in_a_row(*(Sentence("“{one}”", one=one) for one in headings), by=", ")
