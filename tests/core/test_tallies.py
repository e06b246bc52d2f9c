"""What a room answers aloud: what may be counted, and what a count stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.library import open_library
from agreements.plan import Ask, AskOption
from sessions.errors import CommandRefusedError
from sessions.state import OpenSheet, SessionState
from sessions.tallies import NOT_SURE, answers_to, counted, counts_of, fewest_people
from sessions.text import paragraph

PROTOCOL = open_library(paragraph).protocol
TWELVE = SessionState(phase="running", heads=12)
CHOICE = Ask(
    id="choice",
    kind="choice",
    text="Which?",
    options=(AskOption(id="one", label="One"), AskOption(id="two", label="Two")),
)
SCALE = Ask(id="scale", kind="scale", text="How much?", points=4)
COMPASS = Ask(id="compass", kind="compass", text="Where?")
READY = Ask(id="ready", kind="then-now", text="How ready?", points=4)
CARD = Ask(id="card", kind="commitment", text="A card?")
WORDS = Ask(id="words", kind="words", text="What stays?")


def refusal(ask: Ask, counts: Mapping[str, Any], state: SessionState = TWELVE) -> str:
    """Return the sentence with which a count is refused."""
    with pytest.raises(CommandRefusedError) as refused:
        counted(ask, counts, state, PROTOCOL)
    return refused.value.sentence


def test_each_kind_has_its_answers() -> None:
    """Options, points of the scale, places of the compass with one for the unsure; words none."""
    assert answers_to(CHOICE, PROTOCOL) == ("one", "two")
    assert answers_to(SCALE, PROTOCOL) == ("1", "2", "3", "4")
    assert answers_to(COMPASS, PROTOCOL) == (
        "feeling",
        "thinking",
        "believing",
        "acting",
        NOT_SURE,
    )
    assert answers_to(READY, PROTOCOL)[:5] == ("1 1", "1 2", "1 3", "1 4", "2 1")
    assert answers_to(CARD, PROTOCOL) == ("made",)
    assert answers_to(WORDS, PROTOCOL) == ()


def test_then_and_now_are_kept_as_a_pair() -> None:
    """Two hands at once are one answer with both numbers, as from a page; a card is its making."""
    (item,) = counted(READY, {"2 4": 1}, TWELVE, PROTOCOL).items
    assert (item.then, item.now, item.value) == (2, 4, None)
    assert "no answer to this question" in refusal(READY, {"2 5": 1})
    (made,) = counted(CARD, {"made": 1}, TWELVE, PROTOCOL).items
    assert made.model_dump(exclude_none=True, exclude={"id"}) == {"status": "kept"}


def test_the_unsure_are_answers_without_a_place() -> None:
    """Not sure is kept as on a page: a compass with no places."""
    answers = counted(COMPASS, {"feeling": 1, NOT_SURE: 2}, TWELVE, PROTOCOL)
    assert sorted(item.points or () for item in answers.items) == [(), (), ("feeling",)]
    assert all(item.points is not None for item in answers.items)


def test_several_hands_may_be_one_persons() -> None:
    """Twelve people may raise 48 hands on the compass, but the unsure raise no other."""
    places = dict.fromkeys(("feeling", "thinking", "believing", "acting"), 12)
    assert len(counted(COMPASS, places, TWELVE, PROTOCOL).items) == 48
    assert fewest_people(COMPASS, places | {NOT_SURE: 1}) == 13
    assert "more than the 12 people" in refusal(COMPASS, places | {NOT_SURE: 1})


@pytest.mark.parametrize(
    ("ask", "counts"),
    [(CHOICE, {"one": 7, "two": 6}), (SCALE, {"4": 13}), (COMPASS, {"acting": 13})],
)
def test_no_more_answer_than_are_here(ask: Ask, counts: Mapping[str, int]) -> None:
    """A count above the people here is refused, with what to do."""
    said = refusal(ask, counts)
    assert said.startswith("That is more than the 12 people here.")
    assert "set how many" in said


@pytest.mark.parametrize(
    ("ask", "counts"),
    [
        (CHOICE, {"three": 1}),
        (SCALE, {"5": 1}),
        (SCALE, {"x": 1}),
        (SCALE, {"None": 1}),
        (COMPASS, {"dreaming": 1}),
        (COMPASS, {"": 1}),
    ],
)
def test_an_unknown_answer_is_refused(ask: Ask, counts: Mapping[str, int]) -> None:
    """What the question does not offer cannot be counted."""
    assert refusal(ask, counts) == "That is no answer to this question. Count it again."


@pytest.mark.parametrize("count", [-1, 1.5, True, "2", None])
def test_a_count_is_a_whole_number(count: object) -> None:
    """Anything else is refused in a sentence."""
    assert refusal(SCALE, {"1": count}) == "A count is a whole number. Count it again."


@pytest.mark.parametrize(
    "state",
    [
        SessionState(phase="running", heads=12, asked=("compass",)),
        SessionState(phase="running", heads=12, sheet=OpenSheet("f" * 32, "s", ("compass",))),
    ],
)
def test_what_was_asked_on_a_sheet_is_not_counted(state: SessionState) -> None:
    """A count never takes the place of what people write or wrote."""
    assert "answered in writing" in refusal(COMPASS, {"feeling": 1}, state)
    assert "answered in writing" in refusal(WORDS, {}, TWELVE)


@given(st.data())
def test_a_kept_count_is_read_back_as_it_was(data: st.DataObject) -> None:
    """Answers and counts are two forms of the same."""
    ask = data.draw(st.sampled_from([CHOICE, SCALE, COMPASS, READY, CARD]))
    answers = answers_to(ask, PROTOCOL)
    given_ = data.draw(st.lists(st.sampled_from(answers), max_size=12))
    counts = {answer: given_.count(answer) for answer in answers}
    assert counts_of(counted(ask, counts, TWELVE, PROTOCOL)) == Counter(counts)
