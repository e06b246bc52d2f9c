"""The words that take an answer back: how many, how far apart, and what they tell."""

from __future__ import annotations

import itertools
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.easy_words import EASY_WORDS
from sessions.withdrawals import WORDS_IN_ALL, Withdrawals

KEY = bytes(range(32))


@pytest.fixture
def table() -> Withdrawals[str]:
    """Return an empty table that draws by chance, the same chance each time."""
    return Withdrawals(KEY, random.Random(16).randrange)


def test_there_are_enough_words_and_each_is_plain() -> None:
    """Four of them are more than 2 ** 41, and each can be typed on any keyboard."""
    # promise 16
    assert len(set(EASY_WORDS)) == len(EASY_WORDS) == 1296
    assert len(EASY_WORDS) ** WORDS_IN_ALL > 2**41
    assert all(re.fullmatch("[a-z]{4,9}", word) for word in EASY_WORDS)
    assert list(EASY_WORDS) == sorted(EASY_WORDS)


def test_guessing_words_is_hopeless() -> None:
    """At five tries a second, in a large room where everybody took words, nothing is hit."""
    # promise 9
    live, tries_an_hour = 60 * 4, 5 * 3600
    assert live * tries_an_hour / len(EASY_WORDS) ** WORDS_IN_ALL < 1e-5


def test_a_slip_never_makes_another_word() -> None:
    """No word comes of another by one letter left out, put in or changed."""
    blotted = [
        f"{word[:place]}?{word[place + 1 :]}" for word in EASY_WORDS for place in range(len(word))
    ]
    assert len(set(blotted)) == len(blotted)
    assert not {form.replace("?", "") for form in blotted} & set(EASY_WORDS)


def test_the_words_lead_to_the_answer_and_to_nothing_else(table: Withdrawals[str]) -> None:
    """Issued words are known, others are not; each voice has words of its own."""
    mine, hers = table.issue("mine"), table.issue("hers")
    assert table.find(" ".join(mine)) == "mine"
    assert table.find(" ".join(hers)) == "hers"
    assert table.find(" ".join(reversed(mine))) is None
    assert table.find(" ".join(mine[:3])) is None
    assert table.find(" ".join((*mine, "acorn"))) is None


@given(st.sampled_from([" ", "  ", "\n", ", ", "-", " - ", "·", "\u00a0"]), st.booleans())
def test_words_may_be_typed_as_people_type(between: str, capitals: bool) -> None:
    """Capitals, commas, hyphens and line breaks make no difference."""
    table: Withdrawals[str] = Withdrawals(KEY, random.Random(16).randrange)
    typed = f" {between.join(table.issue('mine'))}. "
    assert table.find(typed.upper() if capitals else typed) == "mine"


@given(st.text())
def test_anything_may_be_typed(typed: str) -> None:
    """Whatever is typed in their place is no words, and no error."""
    table: Withdrawals[str] = Withdrawals(KEY, random.Random(16).randrange)
    table.issue("mine")
    assert table.find(typed) is None


def test_new_words_make_the_old_ones_void(table: Withdrawals[str]) -> None:
    """A voice has one set of words at a time, and none once it was forgotten."""
    first, second = table.issue("mine"), table.issue("mine")
    assert table.find(" ".join(first)) is None
    assert table.find(" ".join(second)) == "mine"
    table.forget("mine")
    table.forget("mine")
    assert table.find(" ".join(second)) is None


def test_words_are_never_given_twice() -> None:
    """Should chance draw the words of another, it draws again."""
    draws = itertools.chain([0] * 8, itertools.repeat(1))
    table: Withdrawals[str] = Withdrawals(KEY, lambda _most: next(draws))
    assert table.issue("mine") == ("acacia",) * 4
    assert table.issue("hers") == ("acorn",) * 4
    assert table.find("acacia " * 4) == "mine"


def test_the_table_holds_no_words(table: Withdrawals[str]) -> None:
    """Whoever reads the memory of the table finds hashes; another key makes others."""
    # promise 16
    words = table.issue("mine")
    held = repr(vars(table))
    assert not any(word in held for word in words)
    other: Withdrawals[str] = Withdrawals(bytes(32), random.Random(16).randrange)
    assert other.issue("mine") == words
    assert vars(other)["_voices"].keys() != vars(table)["_voices"].keys()
