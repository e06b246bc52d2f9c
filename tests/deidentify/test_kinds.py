"""The table that tells how words are used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.deidentify.kinds import LARGEST, Kinds
from sessions.deidentify.lexicon import Weights, checksums, lexicon

WORDS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=9), st.integers(0, LARGEST - 1))


@given(WORDS)
def test_what_was_said_of_a_word_comes_back(said: dict[str, int]) -> None:
    """The table answers with the number of each word that was put in, whatever the words are."""
    kinds = Kinds.made(said, checksums)
    assert {word: kinds.of(*checksums(word)) for word in said} == said


def test_of_other_words_nothing_is_said() -> None:
    """A word that was not put in gets 0, but for about one in two thousand."""
    kinds = Kinds.made({f"word{number}": number for number in range(2_000)}, checksums)
    wrong = sum(kinds.of(*checksums(f"other{number}")) != 0 for number in range(20_000))
    assert wrong <= 30


def test_a_feature_says_what_was_learned_of_it_and_others_say_nothing() -> None:
    """Each feature that found room is heard with its weight; a strange one seldom says anything."""
    learned = [(number * 2_654_435_761 % 2**32, number % 127 + 1) for number in range(500)]
    weights = Weights.of(learned, 20_011)
    heard = [weights.heard([one]) == weight for one, weight in learned]
    assert sum(heard) > 480
    strange = range(7, 2**32, 2**32 // 5_000)
    assert sum(weights.heard([one]) != 0 for one in strange) < 30


@pytest.mark.parametrize(("word", "like"), [("laughed", "cried"), ("Tuesday", "Thursday")])
def test_words_that_are_used_alike_are_told_alike(word: str, like: str) -> None:
    """The shipped table knows which words stand in the same places."""
    lex = lexicon()
    assert lex.of(word.lower())[4] >> 13 & 1023 == lex.of(like.lower())[4] >> 13 & 1023
