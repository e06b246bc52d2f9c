"""What a form may say, what is refused and in which words, and that every answer fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from agreements.plan import Ask, AskKind
from sessions.envelopes import ANSWER_BYTES
from sessions.facts import AnswerItem
from sessions.payloads import (
    LEVELS,
    MOST_POINTS,
    WORDS_LIMIT,
    AnswerRefusedError,
    Choice,
    Commitment,
    Compass,
    Payload,
    Scale,
    ThenNow,
    Words,
    decode,
    encode,
    parse,
    to_item,
)
from sessions.text import is_clean, paragraph

COMPASS = ("feeling", "thinking", "believing", "acting")
ITEM_ID = "0123456789abcdef" * 2
CANARY = "the-words-of-somebody"


def ask_of(kind: AskKind, points: int = 5) -> Ask:
    """Return an ask of a kind."""
    options = [{"id": "yes", "label": "Yes"}, {"id": "not-yet", "label": "Not yet"}]
    fields = {"id": "an-ask", "kind": kind, "text": "What?", "points": points}
    return Ask.model_validate(
        fields | ({"option": options} if kind == "choice" else {}), strict=False
    )


def read(kind: AskKind, fields: Mapping[str, str]) -> Payload:
    """Read a form that answers an ask of a kind."""
    return parse(ask_of(kind), COMPASS, fields)


def refused(kind: AskKind, fields: Mapping[str, str]) -> AnswerRefusedError:
    """Return the error that a form meets."""
    with pytest.raises(AnswerRefusedError) as caught:
        read(kind, fields)
    return caught.value


WHOLE: dict[AskKind, tuple[dict[str, str], Payload, dict[str, object]]] = {
    "words": (
        {"text": " We stayed.\r\nIt was hard. ", "level": "quote"},
        Words(text="We stayed.\nIt was hard.", level="quote"),
        {"text": "We stayed.\nIt was hard.", "level": "quote"},
    ),
    "compass": (
        {"point-acting": "on", "point-feeling": "on"},
        Compass(points=("feeling", "acting")),
        {"points": ("feeling", "acting")},
    ),
    "choice": ({"choice": "not-yet"}, Choice(choice="not-yet"), {"choice": "not-yet"}),
    "scale": ({"value": "5"}, Scale(value=5), {"value": 5}),
    "then-now": ({"then": "2", "now": "4"}, ThenNow(then=2, now=4), {"then": 2, "now": 4}),
    "commitment": ({"made": "yes"}, Commitment(), {}),
}
"""A whole form of each kind, what it means, and what the record holds of it."""


@pytest.mark.parametrize("kind", get_args(AskKind))
def test_a_whole_form_becomes_an_answer_and_an_item(kind: AskKind) -> None:
    """Each kind is read, survives its way through an envelope, and stands in the record."""
    fields, payload, kept = WHOLE[kind]
    assert read(kind, fields | {"nothing-of-ours": CANARY}) == payload
    assert decode(kind, encode(payload)) == payload
    item = to_item(payload, ITEM_ID)
    status = "unread" if kind == "words" else "kept"
    assert item == AnswerItem.model_validate({"id": ITEM_ID, "status": status, **kept})


@pytest.mark.parametrize("kind", get_args(AskKind))
def test_nothing_is_taken_for_chosen_that_was_not(kind: AskKind) -> None:
    """An empty form, and one with empty fields, is no answer of any kind."""
    for fields in ({}, dict.fromkeys(("text", "choice", "value", "then", "now", "made"), "")):
        error = refused(kind, fields)
        assert error.reason == "empty"
        assert error.sentence.endswith(".")


def test_the_first_level_is_the_narrowest_and_the_default() -> None:
    """Who says nothing of who may read it has said: the facilitator alone."""
    # promise 23
    assert LEVELS == ("facilitator", "aloud", "quote")
    assert read("words", {"text": "Here."}) == Words(text="Here.", level="facilitator")
    assert Words(text="Here.").level == "facilitator"


@pytest.mark.parametrize("level", ["", "Quote", "everybody", "quote ", "\x00"])
def test_a_level_that_is_none_is_never_guessed(level: str) -> None:
    """An unknown level is refused and not taken for the default, or for a wider one."""
    # promise 23
    assert refused("words", {"text": "Here.", "level": level}).reason == "unknown"


@given(st.integers(1, 2500), st.sampled_from(["a", "é", "字", "😀", "\n.", '"', "\\", "सु"]))
def test_words_are_counted_and_never_cut(count: int, unit: str) -> None:
    """Up to the limit every character stays; beyond it the form is refused with the number."""
    raw = (unit * count)[:count].strip() or "a"
    kept = read("words", {"text": raw}) if len(raw) <= WORDS_LIMIT else None
    if kept is not None:
        assert isinstance(kept, Words)
        assert kept.text.count(unit[0]) >= min(raw.count(unit[0]), 1)
        assert len(kept.text.replace("\n", " ").split()) == len(raw.split())
    elif "\n" not in raw:
        error = refused("words", {"text": raw})
        assert (error.reason, error.over) == ("too-long", len(raw) - WORDS_LIMIT)
        assert f"{error.over:,}" in error.sentence


@given(st.text(max_size=400))
def test_any_words_pass_the_gate_or_are_refused(raw: str) -> None:
    """Whatever is typed, what is kept is clean; nothing to see is no answer."""
    if not paragraph(raw):
        assert refused("words", {"text": raw}).reason == "empty"
        return
    kept = read("words", {"text": raw})
    assert isinstance(kept, Words)
    assert kept.text
    assert is_clean(kept.text)


def test_characters_that_grow_in_the_gate_are_not_cut_by_it() -> None:
    """Some characters are written as three; the words are counted as they will be kept."""
    assert read("words", {"text": "\ufb2c" * 300}) == Words(text="\u05e9\u05bc\u05c1" * 300)
    assert refused("words", {"text": "\ufb2c" * 400}).over == 200


widest = st.sampled_from('a"\\é字😀\u05e9') | st.characters(exclude_categories=["Cs", "Cc", "Cf"])


@given(st.text(widest, min_size=WORDS_LIMIT, max_size=WORDS_LIMIT), st.sampled_from(LEVELS))
def test_the_longest_words_fit_an_envelope(text: str, level: str) -> None:
    """A thousand characters of any script fit, whatever their level."""
    try:
        payload = read("words", {"text": text, "level": level})
    except AnswerRefusedError:  # the gate made more than a thousand of them, or none
        return
    assert len(encode(payload)) <= ANSWER_BYTES


def test_the_very_longest_words_fit_an_envelope() -> None:
    """A thousand emoji at the level with the longest name leave room, if little."""
    longest = max(LEVELS, key=len)
    size = len(encode(Words(text="😀" * WORDS_LIMIT, level=longest)))
    assert ANSWER_BYTES - 10 < size <= ANSWER_BYTES


def test_the_largest_compass_fits_an_envelope() -> None:
    """As many places as can be named, each with the longest id, still fit; more are refused."""
    ids = [f"p{number}-".ljust(63, "x") + "x" for number in range(MOST_POINTS + 1)]
    fields = {f"point-{one}": "on" for one in ids}
    with pytest.raises(AnswerRefusedError, match="50 places at most"):
        parse(ask_of("compass"), ids, fields)
    del fields[f"point-{ids[0]}"]
    payload = parse(ask_of("compass"), ids, fields)
    assert isinstance(payload, Compass)
    assert len(payload.points) == MOST_POINTS
    assert len(encode(payload)) <= ANSWER_BYTES


@given(st.permutations(COMPASS), st.sets(st.sampled_from(COMPASS), min_size=1))
def test_places_stand_in_the_order_of_the_compass(order: list[str], chosen: set[str]) -> None:
    """In which order somebody chose is not kept."""
    fields = {f"point-{point}": "on" for point in order if point in chosen}
    assert read("compass", fields) == Compass(points=tuple(p for p in COMPASS if p in chosen))


def test_not_sure_is_an_answer_of_its_own() -> None:
    """“Not sure” is kept as no place, and does not go with a place."""
    assert read("compass", {"not-sure": "on"}) == Compass(points=())
    assert to_item(Compass(points=()), ITEM_ID).points == ()
    assert refused("compass", {"not-sure": "on", "point-acting": "on"}).reason == "both"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("compass", {"point-elsewhere": "on"}),
        ("compass", {"point-": "on", "point-acting": "on"}),
        ("choice", {"choice": "maybe"}),
        ("scale", {"value": "0"}),
        ("scale", {"value": "6"}),
        ("scale", {"value": "٣"}),
        ("scale", {"value": " 3"}),
        ("scale", {"value": "1_0"}),
        ("scale", {"value": "9" * 10_000}),
        ("then-now", {"then": "1", "now": "8"}),
    ],
)
def test_what_was_not_asked_cannot_be_answered(kind: AskKind, fields: dict[str, str]) -> None:
    """An answer that the page does not offer means that the page is old."""
    error = refused(kind, fields)
    assert error.reason == "unknown"
    assert "Load it again" in error.sentence


def test_half_of_then_and_now_is_no_answer() -> None:
    """Both points are needed, and the sentence says so."""
    for fields in ({"then": "3"}, {"now": "3"}):
        assert "for then and for now" in refused("then-now", fields).sentence


def test_the_words_of_a_commitment_are_never_kept() -> None:
    """Whatever the form holds, only that a card was made goes on."""
    payload = read("commitment", {"made": "yes", "text": CANARY, "commitment": CANARY})
    assert encode(payload) == b"{}"
    kept = to_item(payload, ITEM_ID).model_dump(exclude_none=True)
    assert kept == {"id": ITEM_ID, "status": "kept"}


def test_an_error_never_quotes_what_was_typed() -> None:
    """Neither a refusal nor a model's own error nor a printed answer holds the words."""
    # promise 4
    error = refused("words", {"text": CANARY * 100})
    assert CANARY not in repr(error) + str(vars(error))
    assert CANARY not in refused("words", {"text": CANARY, "level": CANARY}).sentence
    with pytest.raises(ValidationError) as caught:
        Words(text=CANARY * 100)
    assert CANARY not in str(caught.value)
    assert CANARY not in repr(Words(text=CANARY))


@given(st.binary(max_size=100))
def test_bytes_that_are_no_answer_are_none(data: bytes) -> None:
    """What was not made here is not read: it gives nothing, and no error."""
    for kind in get_args(AskKind):
        found = decode(kind, data)
        assert found is None or decode(kind, encode(found)) == found


def test_an_answer_is_of_one_kind() -> None:
    """The answer to one kind of ask is none to another, or to one with more in it."""
    assert decode("scale", encode(Choice(choice="yes"))) is None
    assert decode("commitment", b'{"text":"no"}') is None
