"""What a room answered aloud, as answers like any others.

Touches: the system's random source, for the ids. A counted hand becomes an answer with a random
id and nothing else, so that no answer records by which door it came. On the compass people raise
their hand for each place they speak from: there an answer is a hand and not a person.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from typing import Final

from agreements.model import Protocol
from agreements.plan import Ask
from agreements.sentence import Sentence
from sessions.errors import CommandRefusedError
from sessions.facts import AnswerItem, Answers
from sessions.state import SessionState

NOT_SURE: Final = "not sure"
"""The answer of those who name no place of the compass; the space keeps it from being an id."""

MADE: Final = "made"
"""The answer of those who made a card for themselves; what stands on it is theirs."""


def answers_to(ask: Ask, protocol: Protocol) -> tuple[str, ...]:
    """Return what can be counted for an ask: option ids, compass ids, points, or pairs of points.

    Empty for an ask that cannot be answered by hands. Then and now are shown with two hands at
    once, so that what is counted is a pair: `2 4`.
    """
    match ask.kind:
        case "choice":
            return tuple(option.id for option in ask.options)
        case "compass":
            return (*(point.id for point in protocol.compass), NOT_SURE)
        case "scale":
            return tuple(str(point) for point in range(1, ask.points + 1))
        case "then-now":
            points = range(1, ask.points + 1)
            return tuple(f"{then} {now}" for then in points for now in points)
        case "commitment":
            return (MADE,)
        case _:
            return ()


def fewest_people(ask: Ask, counts: Mapping[str, int]) -> int:
    """Return how many people a count needs at least: on the compass one may have several hands."""
    if ask.kind != "compass":
        return sum(counts.values())
    places = (count for answer, count in counts.items() if answer != NOT_SURE)
    return counts.get(NOT_SURE, 0) + max(places, default=0)


def counts_of(answers: Answers) -> Counter[str]:
    """Return the count that answers stand for; the other way round from `counted`."""
    given: Counter[str] = Counter()
    for item in answers.items:
        points = (NOT_SURE,) if item.points == () else item.points
        given.update(points or (_answer(item),))
    return given


def _answer(item: AnswerItem) -> str:
    """Return the answer that an item stands for, which is no place of the compass."""
    if item.then is not None:
        return f"{item.then} {item.now}"
    return item.choice or (MADE if item.value is None else str(item.value))


def counted(
    ask: Ask, counts: Mapping[str, int], state: SessionState, protocol: Protocol
) -> Answers:
    """Return the answers that a count stands for.

    Args:
        ask: Any that has `answers_to`.
        counts: How many gave each of `answers_to`.
        state: Where the session stands: how many people could answer, and what was written.
        protocol: For the places of the compass.

    Raises:
        CommandRefusedError: It cannot be the count of this ask by so many people.
    """
    _refuse_what_cannot_be(ask, counts, state, protocol)
    items = [_item(ask, answer) for answer, count in counts.items() for _ in range(count)]
    return Answers(
        id=new_id(),
        ask=ask.id,
        kind=ask.kind,
        seats=state.heads,
        items=tuple(sorted(items, key=lambda item: item.id)),
    )


def new_id() -> str:
    """Return 128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def _item(ask: Ask, answer: str) -> AnswerItem:
    if ask.kind == "scale":
        return AnswerItem(id=new_id(), value=int(answer))
    if ask.kind == "compass":
        return AnswerItem(id=new_id(), points=() if answer == NOT_SURE else (answer,))
    if ask.kind == "then-now":
        then, now = map(int, answer.split())
        return AnswerItem(id=new_id(), then=then, now=now)
    if ask.kind == "commitment":
        return AnswerItem(id=new_id())
    return AnswerItem(id=new_id(), choice=answer)


def _refuse_what_cannot_be(
    ask: Ask, counts: Mapping[str, int], state: SessionState, protocol: Protocol
) -> None:
    known = answers_to(ask, protocol)
    if not known or state.is_written(ask.id):
        raise CommandRefusedError("This is answered in writing and cannot be counted.")
    if not counts.keys() <= {*known}:
        raise CommandRefusedError("That is no answer to this question. Count it again.")
    if any(type(count) is not int or count < 0 for count in counts.values()):
        raise CommandRefusedError("A count is a whole number. Count it again.")
    if fewest_people(ask, counts) > state.heads:
        raise CommandRefusedError(
            Sentence(
                "That is more than the {heads} people here. Take some back, or first set "
                "how many people are here.",
                heads=state.heads,
            )
        )
