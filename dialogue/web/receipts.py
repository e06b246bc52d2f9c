"""What a page says of an answer: what was kept of it, or why it cannot be taken.

Pure. The sentences are those of the page's language; whoever made the refusal only says what is
the matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from agreements.plan import Ask
from dialogue.web.strings import Strings
from sessions import payloads
from sessions.payloads import MOST_POINTS, WORDS_LIMIT, AnswerRefusedError, Payload


class Named(Protocol):
    """A place of the compass, as it is called in a language."""

    @property
    def id(self) -> str:
        """What it is chosen by."""

    @property
    def label(self) -> str:
        """What it is called."""


def kept_text(said: Strings, ask: Ask, payload: Payload, compass: Iterable[Named]) -> str:
    """Return exactly what was kept of an answer, as its writer reads it once."""
    kept = said["kept"]
    match payload:
        case payloads.Words():
            return f"{payload.text}\n{kept[payload.level]}"
        case payloads.Compass():
            names = [one.label for one in compass if one.id in payload.points]
            return ", ".join(names) or said["ask"]["not_sure"]
        case payloads.Choice():
            found = (one.label for one in ask.options if one.id == payload.choice)
            return next(found, payload.choice)
        case payloads.Scale():
            return str(payload.value)
        case payloads.ThenNow():
            return kept["then_now"].format(then=payload.then, now=payload.now)
        case _:
            return kept["commitment"]


def refusal(said: Strings, ask: Ask, error: AnswerRefusedError) -> str:
    """Return what a writer should change in an answer that cannot be taken."""
    refused = said["refused"]
    match error.reason:
        case "empty":
            return refused[f"empty_{ask.kind.replace('-', '_')}"].format(points=ask.points)
        case "too-long" if error.over:
            signs, limit, over = (
                f"{number:,}" for number in (WORDS_LIMIT + error.over, WORDS_LIMIT, error.over)
            )
            return refused["too_long"].format(signs=signs, limit=limit, over=over)
        case "too-long":
            return refused["too_many"].format(limit=MOST_POINTS)
        case _:
            return refused[error.reason]
