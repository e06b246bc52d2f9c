"""What the second look sees of a word, beyond its letters and its neighbours."""

from __future__ import annotations

import pytest

from sessions.deidentify.features import features
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.roster import Roster
from sessions.deidentify.second_look import SIGNS, signs
from sessions.deidentify.survivors import look_up
from sessions.deidentify.tokens import tokens

ROSTER = Roster.parse("Grace Okafor\nYaretzi Tlapanco\nWill Tran")


def seen(text: str, roster: Roster = ROSTER) -> dict[str, dict[str, int]]:
    """Return what is seen of each word worth a look, by the word as it is written."""
    lex = lexicon()
    found = tokens(text)
    said = look_up(found, lex)
    first = [lex.score(one) if one else None for one in features(found, said)]
    people = None if roster.is_empty else roster.people
    return {
        found[at].written: dict(zip(SIGNS, map(int, numbers), strict=True))
        for at, numbers in signs(found, said, first, people, lex).items()
    }


def test_a_word_of_the_roster_is_always_looked_at() -> None:
    """Also in small letters, where nothing else speaks for a name."""
    assert seen("we will go on Tuesday")["will"]["on roster"] == 1
    assert "will" not in seen("we will go on Tuesday", Roster())


def test_whoever_surely_is_of_the_room_speaks_for_the_word_beside() -> None:
    """A neighbour weighs as much as a sure name if the room has it and no dictionary does."""
    beside = seen("Yaretzi Grace went")["Grace"]
    assert beside["left"] == 60
    assert beside["surest other"] == 60
    assert seen("Yaretzi Grace went", Roster.parse("Grace Okafor"))["Grace"]["left"] < 60


def test_the_same_word_elsewhere_in_small_letters_is_seen() -> None:
    """In "Grace asked for grace" the word is there too."""
    assert seen("Grace asked for grace")["Grace"]["small elsewhere"] == 1
    assert seen("Grace asked for it")["Grace"]["small elsewhere"] == 0


def test_the_sign_after_a_word_is_seen() -> None:
    """A colon, a comma or nothing behind a name is told apart."""
    after = {seen(f"Grace{sign} no")["Grace"]["sign after"] for sign in (":", ",", "")}
    assert len(after) == 3


@pytest.mark.parametrize("word", ["grace ", "Grace, ", "will "])
def test_the_work_grows_with_the_length_of_the_text(word: str) -> None:
    """A word of the roster again and again is looked at once each time it stands there."""
    lex = lexicon()
    for count in (1000, 4000):
        found = tokens(word * count)
        said = look_up(found, lex)
        first = [lex.score(one) if one else None for one in features(found, said)]
        assert len(signs(found, said, first, ROSTER.people, lex)) == count
