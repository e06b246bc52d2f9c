"""From envelopes to answers: thresholds, doubles, mixing, and levels at the close."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.plan import Ask
from sessions.envelopes import Unsealed
from sessions.errors import CommandRefusedError, RecordDamagedError
from sessions.facts import Answers
from sessions.payloads import LEVELS, Payload, Scale, Words, encode
from sessions.unsealing import (
    answers_of,
    at_session_close,
    check_may_open,
    enough,
    is_small,
    shuffled,
)

WORDS_ASK = Ask(id="what-stays", kind="words", text="What stays with you?")
SCALE_ASK = Ask(id="useful", kind="scale", text="How useful was it?")

Below = Callable[[int], int]


def found_of(payloads: Sequence[Payload], first_mark: int = 0) -> list[Unsealed]:
    """Return what a box held: each payload under a mark of its own."""
    return [
        Unsealed((first_mark + number).to_bytes(16, "big"), encode(payload))
        for number, payload in enumerate(payloads)
    ]


def opened(
    ask: Ask,
    found: Sequence[Unsealed],
    *,
    seed: int = 28,
    threshold: int = 5,
    hide: Callable[[str, str], str] = lambda text, _id: text,
) -> Answers:
    """Open an ask with chance that is the same each time."""
    chance = random.Random(seed)
    return answers_of(
        ask,
        found,
        seats=12,
        threshold=threshold,
        below=chance.randrange,
        new_id=lambda: f"{chance.getrandbits(128):032x}",
        hide=hide,
    )


@given(st.integers(0, 12), st.integers(-3, 12))
def test_below_the_threshold_nothing_is_read(writers: int, threshold: int) -> None:
    """With fewer writers there are no answers, however low the threshold was set."""
    # promise 27
    found = found_of([Words(text=f"words {number}") for number in range(writers)])
    answers = opened(WORDS_ASK, found, threshold=threshold)
    assert answers.opened == enough(writers, threshold) == (writers >= max(threshold, 5))
    assert len(answers.items) == (writers if answers.opened else 0)
    assert (answers.ask, answers.kind, answers.seats) == ("what-stays", "words", 12)


def test_writers_who_send_several_times_count_once() -> None:
    """Doubles do not lift a few writers over the threshold, and count once above it."""
    # promise 9
    four = found_of([Scale(value=value) for value in (1, 2, 3, 4)])
    assert not opened(SCALE_ASK, four * 3).opened
    five = four + found_of([Scale(value=5)], first_mark=4)
    assert sorted(item.value or 0 for item in opened(SCALE_ASK, five * 3).items) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("seats", range(12))
@pytest.mark.parametrize("heads", range(12))
def test_a_small_room_gets_no_sheet(seats: int, heads: int) -> None:
    """Fewer than five pages or people: refused with both numbers; below ten: a warning."""
    # promise 27
    fewest = min(seats, heads)
    if fewest < 5:
        with pytest.raises(CommandRefusedError, match=f"{heads} people and {seats} pages"):
            check_may_open(seats, heads)
    else:
        check_may_open(seats, heads)
    assert is_small(seats, heads) == (fewest < 10)


@given(st.lists(st.text("abc", min_size=1, max_size=3), min_size=5, max_size=9), st.randoms())
def test_the_order_of_arrival_leaves_no_trace(texts: list[str], chance: random.Random) -> None:
    """The same answers in any order, and under any marks, give the same bytes."""
    # promise 2
    payloads = [Words(text=text) for text in texts]
    other = chance.sample(payloads, len(payloads))
    one = opened(WORDS_ASK, found_of(payloads))
    two = opened(WORDS_ASK, found_of(other, first_mark=1000))
    assert one.model_dump_json() == two.model_dump_json()


def test_answers_stand_in_the_order_of_random_ids() -> None:
    """Ids are 128 bits drawn for this record; the answers are sorted by them."""
    # promise 28
    answers = opened(WORDS_ASK, found_of([Words(text=f"{number}") for number in range(9)]))
    ids = [item.id for item in answers.items]
    assert ids == sorted(ids)
    assert len({answers.id, *ids}) == 10
    assert all(len(one) == 32 for one in ids)
    assert [item.text for item in answers.items] != [f"{number}" for number in range(9)]


def test_identifiers_are_hidden_in_words_and_in_the_order_of_ids() -> None:
    """Words pass the gate they are given, in an order that has nothing to do with arrival."""
    seen: list[str] = []

    def hide(text: str, _id: str) -> str:
        seen.append(text)
        return text.replace("Ana", f"[colleague {len(seen)}]")

    found = found_of([Words(text=f"Ana {number}") for number in range(6)])
    items = opened(WORDS_ASK, found, hide=hide).items
    assert [item.text for item in items] == [
        text.replace("Ana", f"[colleague {place}]") for place, text in enumerate(seen, 1)
    ]
    assert sorted(seen) == [f"Ana {number}" for number in range(6)]


def test_nothing_is_hidden_where_there_are_no_words() -> None:
    """A point on a scale passes no gate for words."""
    found = found_of([Scale(value=3)] * 5)
    assert all(item.value == 3 for item in opened(SCALE_ASK, found, hide=lambda _t, _id: "x").items)


def test_an_answer_of_another_program_opens_nothing() -> None:
    """What cannot be understood stays sealed, all of it, and the sentence quotes nothing."""
    found = [*found_of([Words(text="words")] * 5), Unsealed(b"z" * 16, b'{"song":"la la"}')]
    with pytest.raises(RecordDamagedError, match="nothing was opened") as caught:
        opened(WORDS_ASK, found)
    assert "la la" not in caught.value.sentence
    assert caught.value.__cause__ is None


def test_words_for_the_facilitator_alone_leave_at_the_close() -> None:
    """Of the three levels the first goes; answers without words have no level and stay."""
    # promise 23
    words = [Words(text=f"{level} {n}", level=level) for level in LEVELS for n in range(2)]
    kept = at_session_close(opened(WORDS_ASK, found_of(words)))
    assert {item.level for item in kept.items} == {"aloud", "quote"}
    assert len(kept.items) == 4
    scale = opened(SCALE_ASK, found_of([Scale(value=2)] * 5))
    assert at_session_close(scale) == scale


@given(st.lists(st.integers(), max_size=20))
def test_mixing_loses_nothing_and_changes_nothing_else(items: list[int]) -> None:
    """What is mixed holds the same items, and the list that was given is as before."""
    before = list(items)
    assert Counter(shuffled(items, random.Random(1).randrange)) == Counter(items)
    assert items == before


def chi_square(
    shuffle: Callable[[Sequence[int], Below], list[int]], times: int, seed: int
) -> float:
    """Return how far the orders of four items are from all being equally likely."""
    chance = random.Random(seed)
    counts = Counter(tuple(shuffle(range(4), chance.randrange)) for _ in range(times))
    expected = times / 24
    orders = itertools.permutations(range(4))
    return sum((counts[order] - expected) ** 2 / expected for order in orders)


def biased(items: Sequence[int], below: Below) -> list[int]:
    """Mix as is often seen: each item changes places with any other."""
    mixed = list(items)
    for place in range(len(mixed)):
        other = below(len(mixed))
        mixed[place], mixed[other] = mixed[other], mixed[place]
    return mixed


LIMIT = 49.73
"""At 23 degrees of freedom chance goes beyond it once in a thousand times."""


@pytest.mark.parametrize("times", [20_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_every_order_is_equally_likely(times: int) -> None:
    """The mixing is fair, and a classic mistake in it would be seen."""
    # promise 28
    assert chi_square(shuffled, times, seed=28) < LIMIT
    assert chi_square(biased, times, seed=28) > LIMIT
