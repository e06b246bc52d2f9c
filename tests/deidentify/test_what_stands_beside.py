"""Patterns that need what stands beside them: a month behind a room, a rule before an age."""

from __future__ import annotations

import pytest

from sessions.deidentify.find import find
from sessions.deidentify.roster import Roster

NOBODY = Roster()


def found(text: str) -> list[tuple[str, str]]:
    """Return what is found without a roster, each with its kind."""
    return [(text[one.start : one.end], one.label) for one in find(text, NOBODY)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Room 12 decided to strike", ("Room 12", "unit")),
        ("bed 7 Maria cried", ("bed 7", "unit")),
        ("Room 4 may be full", ("Room 4", "unit")),
        ("Windrush Day stall 22 June, then Eid", ("22 June", "date")),
        ("Ebrima prays in Linen Room B. ", ("Linen Room B", "unit")),
        ("5B again. Her boxes went", ("5B", "unit")),
        ("el cliente de la 1204 gritó", ("1204", "unit")),
        ("born 3. January 1980 in Lagos", ("3. January 1980", "date")),
        ("El 2 de noviembre enterramos a mi tío", ("El 2 de noviembre", "date")),
        ("Hodan, is eleven and has decided", ("eleven", "age")),
        ("my son, age 12, left", ("12", "age")),
        ("bleep her on 3306 if it starts", ("3306", "phone number")),
        ("Run 614, operator no. 30877, told", ("30877", "number")),
        (
            "hw [dot] noh [at] mail [dot] example",
            ("hw [dot] noh [at] mail [dot] example", "e-mail"),
        ),
        ("stopped at Ninth and Sycamore again", ("Ninth and Sycamore", "address")),
        ("am at Harrow Rd & Finch Hollow, start", ("Harrow Rd & Finch Hollow", "address")),
        ("came by Masjid al-Huda twice", ("Masjid al-Huda", "organisation")),
        (
            "the hall at Tabernacle of Living Stones",
            ("Tabernacle of Living Stones", "organisation"),
        ),
        ("a nun at Blessed Sacrament Academy", ("Blessed Sacrament Academy", "organisation")),
        ("Beth Johnson said no.", ("Beth Johnson", "name")),
        ("I live on Main Street and Maria knows.", ("Maria", "name")),
    ],
)
def test_what_singles_out_is_found_whole(text: str, what: tuple[str, str]) -> None:
    """Neither more nor less than what tells who or where somebody is, and as that."""
    assert what in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Item 1. April data not in yet",
        "we call the vote on 1965 or so",
        "They said no. 2020 was the year it broke.",
        "register to vote at age 18, as all are",
        "jobs beginning at age 12",
        "I am 55 years old or older",
        "health care @home too",
        "the Ministry of Health and the Church of England",
        "Agenda 14 Nov - check-in, break, one word",
    ],
)
def test_what_only_resembles_it_stays(text: str) -> None:
    """A year, a list, a rule for all and a public body single nobody out."""
    assert found(text) == []
