"""A sentence is its English, and still knows what it is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.sentence import Sentence
from sessions import pacing
from sessions.errors import StorageError

WORDS = st.text(max_size=20)


@given(WORDS, WORDS)
def test_it_reads_as_its_english_with_the_values_as_they_are(first: str, last: str) -> None:
    """Braces in a value are nobody's pattern, and the values are there to be said otherwise."""
    sentence = Sentence("“{first}” before {last}.", first=first, last=last)
    assert sentence == f"“{first}” before {last}."
    assert sentence.pattern == "“{first}” before {last}."
    assert sentence.values == {"first": first, "last": last}


@given(WORDS)
def test_without_values_it_is_the_text_itself(text: str) -> None:
    """A text with braces that comes from outside is never taken for a pattern."""
    assert Sentence(text) == text
    assert Sentence(Sentence(text)) == text


def test_a_sentence_is_taken_as_it_is() -> None:
    """Made a sentence once more, it keeps its pattern and its values."""
    once = Sentence("{name} reads", name="Ana")
    assert Sentence(once) is once


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 names"), (1, "one name"), (2, "2 names"), (-1, "-1 names")]
)
def test_one_thing_is_said_otherwise_than_several(count: int, text: str) -> None:
    """The count decides which of the two patterns is the English."""
    assert Sentence.counted("one name", "{count} names", count) == text


@pytest.mark.parametrize(
    ("things", "text"),
    [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B and C")],
)
def test_things_are_listed_as_people_say_it(things: tuple[str, ...], text: str) -> None:
    """Commas, and a word before the last one."""
    assert Sentence.listed(*things) == text


def test_sentences_follow_one_another_and_empty_ones_are_left_out() -> None:
    """Each stays a sentence of its own inside, whatever it was before."""
    whole = Sentence.joined("One.", "", Sentence("Two {n}.", n=2))
    assert whole == "One. Two 2."
    assert all(isinstance(part, Sentence) for part in whole.values.values())
    assert Sentence.joined("", "") == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1, "1 second"), (45, "45 seconds"), (60, "1 minute"), (90, "1½ minutes"), (120, "2 minutes")],
)
def test_a_length_of_time_counts(seconds: int, text: str) -> None:
    """A length carries its figure, so that another language can count it too."""
    spoken = pacing.spoken(seconds)
    assert spoken == text
    assert spoken.many


def test_an_error_of_the_disk_carries_its_parts() -> None:
    """What was tried and what to do are sentences inside the one that is shown."""
    error = StorageError.of(OSError(28, "No space"), Sentence("read {path}", path="/data/a"))
    assert isinstance(error.sentence, Sentence)
    assert {*error.sentence.values} == {"task", "reason"}
    assert all(isinstance(one, Sentence) for one in error.sentence.values.values())
