"""What goes over the air: one length there, one back, and nothing lost on the way."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.web.door import Receipt
from dialogue.web.wire import (
    BODY_BYTES,
    FIELDS,
    PAGE_BLOCK,
    STATE_BLOCK,
    Beat,
    Envelope,
    beat_body,
    filled,
    own_state,
    read_beat,
    read_fields,
    room_state,
    state_bytes,
)
from tests.web.memory_door import SEAT, MemoryDoor, sheet_of, shipped_view

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
NAMES = st.sampled_from(
    ["text", "level", "choice", "value", "then", "now", "made", "point-feeling"]
)
ENVELOPES = st.builds(
    Envelope,
    ask=TEXTS,
    token=TEXTS,
    fields=st.dictionaries(NAMES, TEXTS, max_size=4),
    withdrawable=st.booleans(),
)
BEATS = st.builds(
    Beat,
    seat=st.just(SEAT),
    sheet=TEXTS,
    envelopes=st.lists(ENVELOPES, max_size=4).map(tuple),
    withdraw=TEXTS,
    code=TEXTS,
)
TOKENS = {f"ask-{number}": "f" * 64 for number in range(4)}


@given(beat=BEATS)
def test_a_beat_comes_through_whole_and_at_one_length(beat: Beat) -> None:  # promise 10
    """Whatever a beat carries, or nothing, its body has one length and is read as it was meant."""
    body = beat_body(beat)
    assert len(body) == BODY_BYTES
    assert read_beat(body) == beat


def test_the_longest_answer_fits_a_beat() -> None:
    """A thousand signs that take the most room in a form still go with one beat."""
    words = Envelope("a" * 64, "f" * 64, {"text": "\N{WAVING HAND SIGN}" * 1000, "level": "quote"})
    body = beat_body(Beat(SEAT, "a" * 32, (words,), "acorn cello fern wren", "X" * 40))
    assert len(body) == BODY_BYTES


def test_more_than_fits_is_refused_at_its_source() -> None:
    """A client that packs too much hears so, before anything is sent."""
    words = Envelope("reflection", "f" * 64, {"text": "\N{WAVING HAND SIGN}" * 1000})
    with pytest.raises(ValueError, match="too long"):
        beat_body(Beat(SEAT, "a" * 32, (words, words)))


@given(body=st.binary(max_size=200))
def test_no_body_breaks_the_reading(body: bytes) -> None:
    """Bytes that are no beat are None, never an error."""
    assert read_beat(body) is None
    assert read_beat(body.ljust(BODY_BYTES, b"&")) is None


@pytest.mark.parametrize(
    "body",
    [
        b"seat",
        b"seat=1&&x=2",
        "seat=é".encode(),
        b"&".join(b"a%d=1" % number for number in range(FIELDS + 1)),
    ],
)
def test_what_is_no_form_is_none(body: bytes) -> None:
    """A field without a value, an empty one, raw bytes and too many fields are no form of ours."""
    assert read_fields(body) is None


@pytest.mark.parametrize("seat", ["", "A" * 32, "a" * 31, "a" * 33, "a" * 31 + "\n", "١" * 32])
def test_a_seat_has_one_form(seat: str) -> None:
    """A beat whose seat is not 32 hexadecimal digits is no beat."""
    assert read_beat(beat_body(Beat(seat))) is None


@given(
    kept=st.lists(st.text(max_size=4000), max_size=4),
    withdraw=st.sampled_from(["", "acorn cello fern wren"]),
)
def test_an_answer_tells_nothing_by_its_length(
    kept: list[str], withdraw: str
) -> None:  # promise 10
    """With receipts or without, long ones or short ones, an answer has the length of all others."""
    view = replace(shipped_view(), sheet=sheet_of("words", "compass", "choice", "scale"))
    state = room_state(view, MemoryDoor().compass())
    receipts = [("reflection", Receipt("received", "", text, withdraw)) for text in kept]
    answer = state_bytes(state, own_state(TOKENS, receipts))
    assert len(answer) == len(state_bytes(state, own_state({}, []))) == STATE_BLOCK
    outcomes = [receipt["outcome"] for receipt in json.loads(answer)["receipts"]]
    assert outcomes == ["received"] * len(kept)


@pytest.mark.parametrize("sign", ["x", '"', "\n", "ع", "語", "\N{WAVING HAND SIGN}"])
def test_what_was_kept_of_one_answer_is_always_shown(sign: str) -> None:
    """The longest answer in any script has its place in what is reserved for a page's own."""
    state = room_state(shipped_view(), ())
    receipt = Receipt("received", "", sign * 1000, "acorn cello fern wren")
    answer = json.loads(state_bytes(state, own_state(TOKENS, [("reflection", receipt)])))
    assert answer["receipts"][0]["kept"] == sign * 1000


def test_only_the_longest_is_left_out_where_all_do_not_fit() -> None:
    """Of what a page is shown of its own, what fits stays, and each receipt does."""
    receipts = [
        ("a", Receipt("received", "", "x" * STATE_BLOCK)),
        ("b", Receipt("received", "", "y")),
    ]
    answer = json.loads(state_bytes(room_state(shipped_view(), ()), own_state({}, receipts)))
    assert [one["kept"] for one in answer["receipts"]] == ["", "y"]


def test_a_huge_plan_makes_every_answer_longer_alike() -> None:
    """What everybody sees may lengthen answers; it does so for a writer as for all others."""
    view = replace(shipped_view(), house_agreements=("x" * 280,) * 100)
    state = room_state(view, ())
    receipt = Receipt("received", "", "\N{WAVING HAND SIGN}" * 1000)
    quiet, writing = own_state({}, []), own_state(TOKENS, [("reflection", receipt)])
    lengths = {len(state_bytes(state, own)) for own in (quiet, writing)}
    assert len(lengths) == 1
    assert lengths.pop() % STATE_BLOCK == 0


@given(length=st.integers(0, 3 * PAGE_BLOCK))
def test_filling_adds_only_spaces(length: int) -> None:
    """What is filled up is what it was, with spaces behind it, up to a whole number of blocks."""
    answer = filled(b"x" * length, PAGE_BLOCK)
    assert answer.rstrip(b" ") == b"x" * length
    assert len(answer) % PAGE_BLOCK == 0
    assert len(answer) - length < PAGE_BLOCK
