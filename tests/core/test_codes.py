"""The codes on seat cards: spelled one way, read in many, kept as hashes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.codes import BITS, SIGNS, code_hash, code_of, code_read, code_shown

NUMBERS = st.integers(0, (1 << BITS) - 1)


@given(number=NUMBERS)
def test_a_code_is_read_as_it_is_shown(number: int) -> None:
    """Every number has a code of eight signs, shown in two halves, and read back as it was."""
    code = code_of(number)
    assert len(code) == SIGNS
    assert not set(code) & set("ILOU")
    assert code_shown(code) == f"{code[:4]}-{code[4:]}"
    assert code_read(code_shown(code)) == code


@given(one=NUMBERS, other=NUMBERS)
def test_every_number_has_a_code_of_its_own(one: int, other: int) -> None:
    """No two numbers share a code, and the last bit counts like the first."""
    assert (code_of(one) == code_of(other)) == (one == other)
    assert code_of(one) != code_of(one ^ 1)
    assert code_of(one) != code_of(one ^ 1 << (BITS - 1))


@pytest.mark.parametrize("number", [-1, 1 << BITS])
def test_a_number_beyond_forty_bits_has_none(number: int) -> None:
    """A code stands for forty bits and never for more."""
    with pytest.raises(ValueError, match="40 bits"):
        code_of(number)


@pytest.mark.parametrize(
    "typed",
    [
        "0V1K-A2B1",
        "0v1ka2b1",
        "  oUlk - a2BI ",
        "OVIK\u2013A2BL",
        "0V1K\u2011A2B1",
        "O.V.1.K_A2B1",
        "0v1k\u00a0a2b1\n",
    ],
)
def test_a_code_may_be_typed_in_any_way(typed: str) -> None:
    """Case, hyphens of every kind and spaces do not count, and letters that look alike are one."""
    assert code_read(typed) == "0V1KA2B1"


@pytest.mark.parametrize(
    "typed", ["", "-", "0V1KA2B", "0V1KA2B11", "0V1K*2B1", "0V1KA2Bé", "٠V1KA2B1", "ſV1KA2B1"]
)
def test_what_can_be_no_code_is_none(typed: str) -> None:
    """Too few signs, too many, and others than the alphabet's are no code, and no error."""
    assert code_read(typed) is None


@given(typed=st.text(max_size=200))
def test_nothing_typed_breaks_the_reading(typed: str) -> None:
    """Whatever is typed is a code or none, and a code that is read is read again as itself."""
    code = code_read(typed)
    assert code is None or code_read(code) == code


def test_a_hash_takes_the_key_of_its_batch() -> None:
    """The same code under two keys, and two codes under one, have nothing in common."""
    hashes = {code_hash(key, code) for key in (b"k" * 32, b"l" * 32) for code in ("A" * 8, "B" * 8)}
    assert len(hashes) == 4
    assert {len(one) for one in hashes} == {32}
