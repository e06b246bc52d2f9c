"""Which words of participants may be read outside the room, and in which words.

Pure. Words leave only where their writer let them be quoted outside, the review has shared them,
and they stand in a language that enough people wrote in. Somebody who is one of two that write
Spanish is known by that alone: such words leave as the facilitator's translation or not at all,
and nothing says that they are one. The session's own language is taken for one that enough people
wrote in: most answers are gone at the close and cannot be counted any more. Words too short to
tell their language count as a language of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from agreements.plan import Plan
from sessions.disclosure import FLOOR
from sessions.facts import Answers
from sessions.questions import asks
from sessions.summary import SummaryQuote
from sessions.tongues import OTHER, language_of


def quotes(
    plan: Plan, answers: Iterable[Answers], language: str, threshold: int
) -> tuple[SummaryQuote, ...]:
    """Return the words that may leave, in the plan's order and then in that of random ids.

    Args:
        plan: For the asks' words.
        answers: What was answered.
        language: The session's own, in which the facilitator took enough people to write.
        threshold: So many must have written in a language, lest it point to a person.
    """
    opened = {one.ask: one for one in answers if one.opened and one.kind == "words"}
    return tuple(
        SummaryQuote(ask=ask.id, question=ask.text, text=text)
        for ask in asks(plan)
        if ask.id in opened
        for text in _quoted(opened[ask.id], language, max(threshold, FLOOR))
    )


def _quoted(answers: Answers, language: str, threshold: int) -> Iterator[str]:
    written: Counter[str] | None = None
    for item in sorted(answers.items, key=lambda one: one.id):
        if item.level != "quote" or item.status != "shared" or not item.text:
            continue
        if item.translation:
            yield item.translation
        elif (own := language_of(item.text)) == language:
            yield item.text
        elif own != OTHER:  # that may be as many languages as there are writers
            # Seldom needed, and it takes long: every answer's language is judged.
            if written is None:
                written = Counter(language_of(one.text) for one in answers.items if one.text)
            if written[own] >= threshold:
                yield item.text
