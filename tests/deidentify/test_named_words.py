"""Words of the dictionaries that are names on the roster, too."""

from __future__ import annotations

import pytest

from sessions.deidentify.find import find
from sessions.deidentify.roster import Roster

ROSTER = Roster.parse(
    "Grace Okafor\nSummer Begaye\nRich Delgado\nHunter Yang\nJoy Achebe\nWill Tran\nPeter Amadi\n"
    "Selamawit Haile\nRodolfo Catacutan\nKaren Lee"
)


def found(text: str) -> list[tuple[str, str]]:
    """Return what is found in a text, and how surely."""
    return [(text[one.start : one.end], one.tier) for one in find(text, ROSTER)]


@pytest.mark.parametrize(
    "text",
    [
        "Summer camp is full again.",
        "by the grace of god and nobody else",
        "The parents here are rich, ours are not.",
        "A hunter-gatherer worksheet, in 2026.",
        "Bakers, weavers and hunters came.",
        "we will ask again",
        "there is no joy in that kitchen",
    ],
)
def test_a_word_of_the_roster_in_a_words_place_stays(text: str) -> None:
    """What is only a word where it stands is neither hidden nor asked about."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Summer told us about her uncle.", "Summer"),
        ("then grace said she was tired of it", "grace"),
        ("pair 2: Rich and Hunter", "Rich"),
        ("I sat with Joy and we cried.", "Joy"),
        ("karen l thanked everybody", "karen l"),
        ("Peter A's table was loud.", "Peter A"),
        ("selam came late", "selam"),
    ],
)
def test_the_same_word_in_a_names_place_is_found(text: str, name: str) -> None:
    """Where a name would stand, it is hidden or asked about, in any form that friends use."""
    assert name in [written for written, _tier in found(text)]


def test_of_a_word_that_may_be_either_a_person_decides() -> None:
    """Where the place tells little, the word is asked about."""
    tiers = {tier for text in ("Grace first.", "grace again", "Joy.") for _, tier in found(text)}
    assert tiers == {"review"}


def test_a_small_part_of_a_compound_is_a_word() -> None:
    """What a hyphen ties to another word is nobody, though somebody has that name."""
    assert found("a tax on the ultra-rich") == []
    assert find("X-ray wet read ok. X-ray not the issue.", Roster.parse("Ray Ito")) == ()


def test_of_a_part_of_a_compound_with_a_capital_a_person_decides() -> None:
    """It may be half of somebody's name, or of a place's: it is not hidden unasked."""
    assert found("the Tilbury-Rich line") == [("Rich", "review")]
