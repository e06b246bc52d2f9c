"""Envelopes and tokens: one size, one key, one voice."""

from __future__ import annotations

import secrets
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions import envelopes
from sessions.envelopes import (
    ANSWER_BYTES,
    ENVELOPE_BYTES,
    KEY_BYTES,
    MARK_BYTES,
    NONCE_BYTES,
    TOKEN_SIGNS,
    Unsealed,
    fingerprint,
    is_token,
    mark_of,
    new_token,
    one_each,
    seal,
    unseal,
)

KEY, OTHER_KEY = bytes(range(KEY_BYTES)), bytes(range(1, KEY_BYTES + 1))
MARK = bytes(MARK_BYTES - 1) + b"m"
NONCE = bytes(NONCE_BYTES)

keys = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
marks = st.binary(min_size=MARK_BYTES, max_size=MARK_BYTES)
nonces = st.binary(min_size=NONCE_BYTES, max_size=NONCE_BYTES)
answers = st.binary(max_size=200) | st.integers(0, ANSWER_BYTES).map(bytes)


@given(keys, marks, answers, nonces)
def test_what_is_sealed_can_be_opened_and_has_one_size(
    key: bytes, mark: bytes, answer: bytes, nonce: bytes
) -> None:
    """Every answer, the empty and the longest too, makes an envelope of the same size."""
    envelope = seal(key, mark, answer, nonce)
    assert len(envelope) == ENVELOPE_BYTES
    assert unseal(key, envelope) == Unsealed(mark, answer)


@given(st.binary(max_size=200) | st.just(b"x" * ENVELOPE_BYTES))
def test_anything_else_opens_nothing(garbage: bytes) -> None:
    """Random bytes, of whatever length, and a cell of them give nothing and no error."""
    assert unseal(KEY, garbage) is None
    assert unseal(KEY, garbage.ljust(ENVELOPE_BYTES, b"\0")) is None


def test_another_key_opens_nothing() -> None:
    """An envelope of another ask is like random bytes."""
    assert unseal(OTHER_KEY, seal(KEY, MARK, b"answer", NONCE)) is None


@given(st.integers(0, ENVELOPE_BYTES - 1), st.integers(1, 255))
def test_a_single_changed_byte_opens_nothing(place: int, change: int) -> None:
    """A torn or altered cell is never half-read."""
    envelope = bytearray(seal(KEY, MARK, b"answer", NONCE))
    envelope[place] ^= change
    assert unseal(KEY, bytes(envelope)) is None


def test_what_does_not_fit_is_an_error_and_not_cut() -> None:
    """A longer answer, or a mark of another length, is a defect of the caller."""
    with pytest.raises(ValueError, match="one answer that fits"):
        seal(KEY, MARK, bytes(ANSWER_BYTES + 1), NONCE)
    with pytest.raises(ValueError, match="one mark"):
        seal(KEY, MARK + b"m", b"", NONCE)


def test_equal_answers_look_different() -> None:
    """With a nonce of its own each envelope differs, and no byte of the answer shows."""
    one, other = (seal(KEY, MARK, b"answer" * 20, bytes([n]) * NONCE_BYTES) for n in (1, 2))
    assert one != other
    assert b"answer" not in one


def test_envelopes_look_like_random_bytes() -> None:
    """Over 64 envelopes of zeros every value of a byte is about as frequent as in chance."""
    # promise 2
    sealed = b"".join(
        seal(KEY, MARK, b"", n.to_bytes(NONCE_BYTES, "big"))[NONCE_BYTES:] for n in range(64)
    )
    expected = len(sealed) / 256
    counts = Counter(sealed)
    chi_square = sum((counts[value] - expected) ** 2 / expected for value in range(256))
    assert chi_square < 330.5  # p = 0.001 at 255 degrees of freedom; the nonces are fixed


@given(keys, marks)
def test_a_token_is_known_by_its_key_alone(key: bytes, mark: bytes) -> None:
    """No table is needed to know a token again, be it after a restart."""
    # promise 9
    token = new_token(key, mark)
    assert len(token) == TOKEN_SIGNS
    assert is_token(key, token)
    assert mark_of(key, token) == mark


@given(keys, marks, st.integers(0, TOKEN_SIGNS - 1), st.sampled_from("0123456789abcdef"))
def test_a_changed_token_is_none(key: bytes, mark: bytes, place: int, sign: str) -> None:
    """Whichever sign is changed, the token is refused."""
    # promise 9
    token = new_token(key, mark)
    changed = token[:place] + sign + token[place + 1 :]
    assert is_token(key, changed) == (changed == token)


@pytest.mark.parametrize(
    "spoil",
    [str.upper, lambda t: f" {t}", lambda t: t[:-1], lambda t: t + "0", lambda _t: "", "é".join],
)
def test_a_token_has_one_way_of_writing(spoil: object) -> None:
    """Capitals, spaces and other signs make it none, so that a token cannot come twice."""
    # promise 9
    assert callable(spoil)
    token = new_token(KEY, b"\xab" * MARK_BYTES)
    assert not is_token(KEY, spoil(token))


@given(st.text(max_size=80))
def test_any_text_may_be_asked_about(text: str) -> None:
    """Whatever arrives in the place of a token is refused without an error."""
    assert not is_token(KEY, text)


def test_tokens_of_two_asks_have_nothing_in_common() -> None:
    """A token is none for another ask, and even of one mark nothing is shared but the mark."""
    # promise 9
    one, other = new_token(KEY, MARK), new_token(OTHER_KEY, MARK)
    assert not is_token(OTHER_KEY, one)
    assert one[2 * MARK_BYTES :] != other[2 * MARK_BYTES :]


def test_random_guesses_are_refused() -> None:
    """Ten thousand guesses at the MAC of a known mark are ten thousand refusals."""
    # promise 9
    mark = MARK.hex()
    assert not any(is_token(KEY, mark + secrets.token_hex(16)) for _ in range(10_000))


def test_each_use_has_a_key_of_its_own() -> None:
    """Who learns what a key makes of a mark learns nothing about what it makes of an answer."""
    uses = (envelopes._TO_SEAL, envelopes._TO_SIGN, envelopes._TO_COMPARE)
    assert len({KEY, *(envelopes._derived(KEY, use) for use in uses)}) == 4
    assert fingerprint(KEY, b"one") != fingerprint(KEY, b"two") != fingerprint(OTHER_KEY, b"two")


def test_a_printed_envelope_shows_no_answer() -> None:
    """A crash that prints what was opened prints no words."""
    # promise 4
    assert "secret" not in repr(Unsealed(MARK, b"secret"))


@given(st.lists(st.builds(Unsealed, st.sampled_from([b"a" * 16, b"b" * 16]), answers), max_size=6))
def test_doubles_fall_out_whatever_their_order(found: list[Unsealed]) -> None:
    """Each mark has one envelope, and which one depends on what it holds alone."""
    # promise 9
    each = one_each(found)
    assert sorted(one.mark for one in each) == sorted({one.mark for one in found})
    assert one_each(reversed(found)) == each == one_each([*found, *found])
