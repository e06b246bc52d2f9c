"""How many people one session can have.

Pure.
"""

from __future__ import annotations

from typing import Final

from agreements.sentence import Sentence
from sessions.errors import CommandRefusedError

MOST_HEADS: Final = 1000
"""More people than this cannot be in one session."""


def refuse_heads(heads: int) -> None:
    """Refuse a number of people that no session can have.

    Raises:
        CommandRefusedError: There is nobody, or more than one room can hold.
    """
    if heads < 1:
        raise CommandRefusedError("At least one person must be here. How many are expected?")
    if heads > MOST_HEADS:
        raise CommandRefusedError(
            Sentence(
                "A session holds at most {most} people. Plan several rooms instead.",
                most=MOST_HEADS,
            )
        )
