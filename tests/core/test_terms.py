"""Frequent words: a help for whoever codes, and no word that fewer than five answers have."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.terms import LEAST_ANSWERS, MOST_TERMS, Term, frequent

WORDS = st.lists(st.sampled_from(["trust", "meeting", "they", "tiempo", "miedo", "ward"]))


def test_a_word_counts_once_an_answer() -> None:
    """However often one answer has it; capitals and apostrophes make no other word."""
    texts = [("en", "Trust, trust, TRUST.")] * 5 + [("en", "the leader’s trust")] * 1
    assert frequent(texts) == (Term("en", "trust", 6),)


@pytest.mark.parametrize("least", [1, 4, 5])
def test_four_answers_are_too_few(least: int) -> None:
    """A word that four have is not shown, whatever is asked for."""
    assert frequent([("en", "silence")] * 4, least) == ()
    assert frequent([("en", "silence")] * 5, least) == (Term("en", "silence", 5),)


def test_a_higher_threshold_is_kept() -> None:
    """A session that asks for eight answers shows no word of seven."""
    assert frequent([("en", "silence")] * 7, 8) == ()


def test_languages_are_apart() -> None:
    """Four Spanish answers and four English ones do not make eight."""
    texts = [("es", "confianza hospital"), ("en", "hospital")] * 4
    assert frequent(texts) == ()
    assert frequent(texts + texts) == (
        Term("en", "hospital", 8),
        Term("es", "confianza", 8),
        Term("es", "hospital", 8),
    )


def test_words_of_every_answer_and_hidden_names_are_left_out() -> None:
    """Neither “because” nor “porque”, neither a short word nor what stands for a person."""
    texts = [("en", "because [colleague 1] saw [person 2] at [unit]")] * 6
    texts += [("es-US", "porque nosotros")] * 6
    assert frequent(texts) == ()


@given(st.lists(st.tuples(st.sampled_from(["en", "es", "ht"]), WORDS.map(" ".join)), max_size=40))
def test_it_is_the_same_in_any_order(texts: list[tuple[str, str]]) -> None:
    """Enough answers have each word, few are shown, and the order of answers tells nothing."""
    found = frequent(texts)
    mixed = list(texts)
    random.Random(1).shuffle(mixed)
    assert frequent(mixed) == found
    for term in found:
        having = [text for language, text in texts if language == term.language]
        assert sum(term.word in text.split() for text in having) == term.answers >= LEAST_ANSWERS
    for language in ("en", "es", "ht"):
        assert sum(term.language == language for term in found) <= MOST_TERMS
