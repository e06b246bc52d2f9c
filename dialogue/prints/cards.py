"""The cards: those that are held up in front of a room, and those that are answered on paper.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from agreements.model import Protocol
from agreements.plan import Ask, Plan, Step
from dialogue.prints.model import AnswerCard, AnswerCards, BigCard, Frame, HoldUp, Place
from sessions.payloads import LEVELS

CARDS_A_PRINT: Final = 4
"""How many cards of each ask come out when the file is printed once."""

SPARE_CARDS: Final = 2
"""At least so many more than people: for one that is spoiled, and one who comes late."""


def hold_up(frame: Frame, protocol: Protocol) -> HoldUp:
    """Return the cards to hold up, one a page."""
    said = frame.texts["hold"]
    count = len(protocol.agreements)
    agreements = (
        BigCard(
            "agreement",
            said["agreement"].format(number=number, count=count),
            one.name,
            one.asks,
            one.does_not_ask,
        )
        for number, one in enumerate(protocol.agreements, 1)
    )
    conditions = (
        BigCard("condition", said["condition"].format(number=one.number), one.name, one.gloss)
        for one in sorted(protocol.conditions, key=lambda one: one.number)
    )
    return HoldUp(frame, (*agreements, *conditions), _compass(protocol))


def answer_cards(frame: Frame, plan: Plan, protocol: Protocol, contact: str) -> AnswerCards | None:
    """Return the cards for every ask of a plan; `None` when it asks nothing.

    Args:
        frame: What all parts share.
        plan: The plan.
        protocol: Its compass is what a compass card shows.
        contact: Where harm is reported; empty when nobody said.
    """
    asked = [(step, ask) for step in plan.steps + plan.alternatives for ask in step.asks]
    if not asked:
        return None
    cards, promise, levels = (frame.texts["cards"], frame.web["promise"], frame.web["levels"])
    harm = promise["harm"].format(contact=contact) if contact else promise["harm_alone"]
    return AnswerCards(
        frame=frame,
        cards=tuple(_card(frame, protocol, step, ask) for step, ask in asked),
        levels=tuple(levels[level] for level in LEVELS),
        small_print=(cards["promise"], cards["pass"]),
        words_print=(promise["fewer"], promise["known"], cards["hand"], harm),
    )


def copies_for(heads: int) -> int:
    """Return how often the file of answer cards is printed for so many people."""
    return -(-(heads + SPARE_CARDS) // CARDS_A_PRINT)


def _card(frame: Frame, protocol: Protocol, step: Step, ask: Ask) -> AnswerCard:
    return AnswerCard(
        kind=ask.kind,
        text=ask.text,
        step=step.title,
        options=tuple(_options(frame, protocol, ask)),
        points=ask.points,
        low=ask.low,
        high=ask.high,
        note=_note(frame, ask),
        large=ask.kind in {"words", "commitment"},
    )


def _options(frame: Frame, protocol: Protocol, ask: Ask) -> Iterator[Place]:
    """Yield what can be marked; nothing where something is written or a number is marked."""
    if ask.kind == "choice":
        yield from (Place(option.label, "") for option in ask.options)
    if ask.kind == "compass":
        yield from _compass(protocol)
        yield Place(frame.web["ask"]["not_sure"], "")


def _compass(protocol: Protocol) -> tuple[Place, ...]:
    return tuple(Place(one.label, one.starts) for one in protocol.compass)


def _note(frame: Frame, ask: Ask) -> str:
    """Return how a card is to be marked; nothing for words."""
    said = frame.texts["cards"]
    match ask.kind:
        case "choice":
            return said["one"]
        case "compass":
            return said["several"]
        case "scale":
            return said["one_number"]
        case "then-now":
            return said["two_numbers"]
        case "commitment":
            return said["keep"]
        case _:
            return ""
