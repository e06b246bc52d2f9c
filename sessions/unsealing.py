"""What becomes of envelopes when a sheet closes: nothing below the threshold, else answers.

Pure. Chance comes in as arguments.

What comes out depends on what was written and on chance, and on nothing else: neither on the order
in which envelopes arrived nor on where they lay. The same answers and the same chance give the
same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from agreements.plan import Ask
from agreements.sentence import Sentence
from sessions.disclosure import FLOOR
from sessions.envelopes import Unsealed, one_each
from sessions.errors import CommandRefusedError, RecordDamagedError
from sessions.facts import AnswerItem, Answers, FactId
from sessions.payloads import LEVELS, Payload, decode, to_item

SMALL_BELOW: Final = 10
"""With fewer people than this the page says that people may recognise each other."""

_Item = TypeVar("_Item")


def check_may_open(seats: int, heads: int) -> None:
    """Refuse a sheet in a room so small that its answers would have names.

    Args:
        seats: How many pages are open.
        heads: How many people are present.

    Raises:
        CommandRefusedError: The lower of both is below the floor.
    """
    if min(seats, heads) < FLOOR:
        raise CommandRefusedError(
            Sentence(
                "A sheet needs {least} people with an open page; here are {heads} people "
                "and {seats} pages. Fewer could not stay without a name: ask aloud, or "
                "wait for more.",
                least=FLOOR,
                heads=heads,
                seats=seats,
            )
        )


def is_small(seats: int, heads: int) -> bool:
    """Say whether the page must warn that people may recognise each other."""
    return min(seats, heads) < SMALL_BELOW


def enough(writers: int, threshold: int) -> bool:
    """Say whether so many writers may be read; the threshold is never taken below the floor."""
    return writers >= max(threshold, FLOOR)


def answers_of(
    ask: Ask,
    found: Iterable[Unsealed],
    *,
    seats: int,
    threshold: int,
    below: Callable[[int], int],
    new_id: Callable[[], str],
    hide: Callable[[str, FactId], str],
) -> Answers:
    """Return the answers to one ask, as they stand in the record.

    Args:
        ask: What was asked.
        found: All that its key opened, in any order, doubles too.
        seats: How many could answer.
        threshold: With fewer writers nobody reads: the answers are empty and not opened.
        below: Draws a number from 0 to less than the one given, from the system's source.
        new_id: Draws a random id of 128 bits.
        hide: Hides in words what singles out a person, for the answer with an id. It is called in
            the order of the ids.

    Raises:
        RecordDamagedError: An envelope holds what this program does not know; nothing is opened.
    """
    each = one_each(found)
    if not enough(len(each), threshold):
        return Answers(id=new_id(), ask=ask.id, kind=ask.kind, seats=seats, opened=False)
    mixed = shuffled([_payload(ask, one) for one in each], below)
    items = sorted((to_item(one, new_id()) for one in mixed), key=lambda item: item.id)
    return Answers(
        id=new_id(),
        ask=ask.id,
        kind=ask.kind,
        seats=seats,
        items=tuple(_hidden(item, hide) for item in items),
    )


def at_session_close(answers: Answers) -> Answers:
    """Return the answers without the words that were for the facilitator alone."""
    stay = tuple(item for item in answers.items if item.level != LEVELS[0])
    return answers.model_copy(update={"items": stay})


def shuffled(items: Sequence[_Item], below: Callable[[int], int]) -> list[_Item]:
    """Return the items in an order of which every one is equally likely."""
    mixed = list(items)
    for last in range(len(mixed) - 1, 0, -1):
        other = below(last + 1)
        mixed[last], mixed[other] = mixed[other], mixed[last]
    return mixed


def _payload(ask: Ask, one: Unsealed) -> Payload:
    payload = decode(ask.kind, one.answer)
    if payload is None:
        # Without its cause: that would quote the words.
        raise RecordDamagedError(
            "The box holds an answer that this version of the program does not understand, so "
            "nothing was opened. Use the version that was running when the sheet was open."
        )
    return payload


def _hidden(item: AnswerItem, hide: Callable[[str, FactId], str]) -> AnswerItem:
    if item.text is None:
        return item
    return item.model_copy(update={"text": hide(item.text, item.id)})
