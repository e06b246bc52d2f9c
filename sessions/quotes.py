"""Which words of participants may be read outside the room, and in which words.

Pure. Words leave only where their writer let them be quoted outside, the review has shared them,
and they stand in a language that enough people wrote in. Somebody who is one of two that write
Spanish is known by that alone: such words leave as the facilitator's translation or not at all,
and nothing says that they are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from agreements.plan import Ask, Plan
from sessions.disclosure import FLOOR
from sessions.facts import AnswerItem, Answers
from sessions.questions import asks
from sessions.summary import SummaryQuote


def quotes(
    plan: Plan, answers: Iterable[Answers], language: str, threshold: int
) -> tuple[SummaryQuote, ...]:
    """Return the words that may leave, in the plan's order and then in that of random ids.

    Args:
        plan: For the asks' words.
        answers: What was answered, as far as the record still holds it.
        language: The session's own.
        threshold: So many must have written in a language, lest it point to a person.
    """
    opened = {one.ask: one for one in answers if one.opened and one.kind == "words"}
    return tuple(
        SummaryQuote(ask=ask.id, question=ask.text, text=text)
        for ask in asks(plan)
        if ask.id in opened
        for text in _quoted(ask, opened[ask.id], language, max(threshold, FLOOR))
    )


def _quoted(ask: Ask, answers: Answers, language: str, threshold: int) -> Iterator[str]:
    if ask.kind != "words":
        return
    written = Counter(_language(item, language) for item in answers.items if item.text)
    for item in sorted(answers.items, key=lambda one: one.id):
        if item.level != "quote" or item.status != "shared" or not item.text:
            continue
        own = _language(item, language)
        if own == language or written[own] >= threshold:
            yield item.text
        elif item.translation:
            yield item.translation


def _language(item: AnswerItem, language: str) -> str:
    return item.language or language
