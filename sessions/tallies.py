"""What a room answered aloud, as answers like any others.

Touches: the system's random source, for the ids. A counted hand becomes an answer with a random
id and nothing else, so that no answer records by which door it came.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from agreements.plan import Ask
from sessions.facts import AnswerItem, Answers


def counted(ask: Ask, counts: Mapping[str, int], heads: int) -> Answers:
    """Return the answers that a count stands for.

    Args:
        ask: A choice, a compass check-in or a scale.
        counts: How many gave each answer: option ids, compass ids, or points as text.
        heads: How many people could answer.
    """
    items = [_item(ask, answer) for answer, count in counts.items() for _ in range(count)]
    return Answers(
        id=new_id(),
        ask=ask.id,
        kind=ask.kind,
        seats=heads,
        items=tuple(sorted(items, key=lambda item: item.id)),
    )


def new_id() -> str:
    """Return 128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def _item(ask: Ask, answer: str) -> AnswerItem:
    if ask.kind == "scale":
        return AnswerItem(id=new_id(), value=int(answer))
    if ask.kind == "compass":
        return AnswerItem(id=new_id(), points=(answer,))
    return AnswerItem(id=new_id(), choice=answer)
