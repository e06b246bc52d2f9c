"""Tags in a note: taken out of its words, told by one letter and perhaps a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.model import Protocol
from sessions.tags import tag_names, take_tags
from sessions.text import is_clean, paragraph


def test_every_agreement_condition_and_place_has_a_tag(protocol: Protocol) -> None:
    """Each has its own, and no two share one."""
    names = tag_names(protocol)
    assert list(names) == [
        *(f"#a{number}" for number in range(1, 5)),
        *(f"#c{number}" for number in range(1, 7)),
        *("#f", "#t", "#b", "#x"),
    ]
    assert len(set(names.values())) == len(names)


@pytest.mark.parametrize(
    ("typed", "words", "tags"),
    [
        ("We listened. #a1", "We listened.", ["stay-engaged"]),
        ("We listened. #A1", "We listened.", ["stay-engaged"]),
        ("#c2 Race stayed in view", "Race stayed in view", ["isolate-race"]),
        ("One #f two #x three", "One two three", ["feeling", "acting"]),
        ("Twice #f and #f", "Twice and", ["feeling"]),
        ("In order #x #a2 #x", "In order", ["acting", "speak-your-truth"]),
        ("Two lines #a1\nsecond #c1", "Two lines\nsecond", None),
        ("#a1 #c6", "", ["stay-engaged", "presence-of-whiteness"]),
        ("", "", []),
        ("No such #a9 #q tag", "No such #a9 #q tag", []),
        ("A number is #1 for us", "A number is #1 for us", []),
        ("Inside a#f word", "Inside a#f word", []),
        ("With a stop #a1.", "With a stop #a1.", []),
        ("Two  spaces stay", "Two  spaces stay", []),
    ],
)
def test_tags_are_taken_out_of_the_words(
    protocol: Protocol, typed: str, words: str, tags: list[str] | None
) -> None:
    """Known tags become ids, each once and in typed order; all else stays as typed."""
    text, found = take_tags(typed, protocol)
    assert text == words
    expected = ["stay-engaged", "personal-local-immediate"] if tags is None else tags
    assert list(found) == expected


@given(st.text(alphabet=st.sampled_from([*"#acftbx129 \n", "é", "[", "]"]), max_size=60))
def test_taking_tags_never_fails_and_leaves_none(protocol: Protocol, typed: str) -> None:
    """Whatever is typed, the words left hold no known tag, and nothing that was not typed."""
    gated = paragraph(typed)
    text, found = take_tags(gated, protocol)
    names = tag_names(protocol)
    assert not any(word.casefold() in names for line in text.split("\n") for word in line.split())
    assert is_clean(text)
    assert set(found) <= set(names.values())
    assert len(text) <= len(gated)
