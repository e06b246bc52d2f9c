"""What only the words around it tell: ages said in passing, workplaces, corners and named rooms."""

from __future__ import annotations

import pytest

from sessions.deidentify.find import find
from sessions.deidentify.likely_ages import likely_ages
from sessions.deidentify.likely_places import likely_places
from sessions.deidentify.roster import Roster

NOBODY = Roster()


def found(text: str, roster: Roster = NOBODY) -> list[tuple[str, str, str]]:
    """Return what is found in a text: the words, as what, and how surely."""
    return [(text[one.start : one.end], one.label, one.tier) for one in find(text, roster)]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("She was the patient. 66, chest pain, and nobody asked.", "66"),
        ("pt c/o chest pain, 61, asked her 3x", "61"),
        ("he slept in the van, seventeen, and said twenty", "seventeen"),
        ("Kid nine asked in front of all of us", "nine"),
        ("no interpreter, the daughter 11 did it", "11"),
        ("he said both are three", "three"),
        ("The horse stood on my foot. Nineteen I was.", "Nineteen"),
        ("followed by the guard at fourteen and still hides his hands", "fourteen"),
        ("coached by me since eight.", "eight"),
        ("Jun is 19 and delivers on his own", "19"),
        ("the boy who is 12 w/ nightmares", "12"),
        ("Sister Columba, now 96, sent a note", "96"),
        ("the school took her mom at six and gave her back", "six"),
        ("he said that at eleven he was turned away", "eleven"),
        ("la niña Itzel de 6 años, con intérprete", "6"),
        ("Berenice, de 19 años, la más joven", "19"),
    ],
)
def test_an_age_said_in_passing_is_asked_about(text: str, age: str) -> None:
    """A number that stands where one says how old somebody is, is for a person to decide."""
    assert (age, "age", "review") in found(text)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("I'm 58 and a nurse.", "58"),
        ("tansy is twenty four and she has three", "twenty four"),
        ("Abril cumplió 19 ayer", "19"),
        ("llegó a los 11 y que la sentaron atrás", "11"),
    ],
)
def test_an_age_that_is_said_outright_is_hidden(text: str, age: str) -> None:
    """With who has it and what goes on after it, a number is an age."""
    assert (age, "age", "auto") in found(text)


def test_the_ages_of_two_are_two() -> None:
    """Each is found for itself, so that each has its own words."""
    assert [what for what, label, _ in found("the babies are 31 and 34 now") if label == "age"] == [
        "31",
        "34",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "print in the contract, art. 14, about hair",
        "World History, ch. 29: a sidebar",
        "Perception report, p. 31, read it again",
        "Fist to five today: 3, 3, 2, 5",
        "linen count, 40. Total, 41.",
        "Accident was in the week of Jan. 17; it's in the log",
        "the boy eleven thousand hours",
        "three of us sat at ten and waited",
        "The answer is 42, obviously",
        "closes at five.",
    ],
)
def test_pages_scores_and_hours_are_no_ages(text: str) -> None:
    """Numbers of rules and pages, counts and times of day stay."""
    assert list(likely_ages(text)) == [], text


@pytest.mark.parametrize(
    ("text", "what", "label"),
    [
        ("he works nights at King's, in his tunic", "King's", "organisation"),
        ("turned from the door St Aldhelm's, so sweet", "St Aldhelm's", "organisation"),
        ("the same placement at Aigburth Vale surgery", "Aigburth Vale surgery", "organisation"),
        ("dues to Unite LE/1228, twice", "Unite LE/1228", "organisation"),
        ("sent away from the choir at St. Aldhelm, and told", "St. Aldhelm", "organisation"),
        ("he goes to P.S. 128, a good school", "P.S. 128", "organisation"),
        ("got jumped at Fenwick and Halstead on Friday", "Fenwick and Halstead", "address"),
        ("the gym on Yakima and 43rd banned hoods", "Yakima and 43rd", "address"),
        ("ford the puddle at 31st and Cedar, in waders", "31st and Cedar", "address"),
        ("the worker at 733 N 9th said pick one", "733 N 9th", "address"),
        ("a swastika on her door in Hewitt 214.", "Hewitt 214", "unit"),
        ("stopped outside my dorm, alder hall 310", "alder hall 310", "unit"),
        ("told to stop coaching at Gate B14 by the agent", "Gate B14", "unit"),
    ],
)
def test_a_place_told_by_what_leads_to_it_is_asked_about(text: str, what: str, label: str) -> None:
    """Where somebody works or was is for a person to decide, whole."""
    assert (what, label, "review") in found(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Pops on C wing learned to read", "C wing"),
        ("start on e pod with the kids", "e pod"),
        ("en el apartamento 12, y el señor", "apartamento 12"),
        ("bring America, hall B, any edition", "hall B"),
    ],
)
def test_a_lettered_part_of_a_house_is_hidden(text: str, what: str) -> None:
    """A wing, a pod and a flat are hidden as one, and no more than they are."""
    assert what in [one.strip(", ") for one, label, tier in found(text) if tier == "auto"]


@pytest.mark.parametrize(
    "text",
    [
        "we met at Chicago, and at noon",
        "a trip to St. Paul on Friday",
        "he marched on St. Patrick's Day",
        "at Easter and Eid we close",
        "statement at Ana and Luis",
        "a wing of the house, a side of rice",
        "Title 314 and SPF 100",
        "Chapter 101 people",
    ],
)
def test_towns_saints_days_and_counts_are_no_workplaces(text: str) -> None:
    """Towns, holidays, two people and things of every day stay."""
    assert list(likely_places(text)) == [], text
    assert [one for one in found(text) if one[1] in {"organisation", "address", "unit"}] == []


def test_who_is_on_the_roster_is_no_street() -> None:
    """Two people of the room beside "at" are people, however strange their names are."""
    roster = Roster.parse("Poplar Quist\nSherwin Obafemi")
    spans = find("we laughed at Poplar and Sherwin", roster)
    assert [(one.label, one.on_roster) for one in spans] == [("name", True), ("name", True)]


def test_a_guess_within_a_place_is_part_of_it() -> None:
    """A saint's church is hidden as one place, and not as a saint's name with "St" before it."""
    texts = [one for one, _, _ in found("an interfaith visitor from St Brannoc's, with questions")]
    assert texts == ["St Brannoc's"]


@pytest.mark.parametrize(
    ("text", "what", "label"),
    [
        (
            "the hall is Our Lady of Penafrancia Parish",
            "Our Lady of Penafrancia Parish",
            "organisation",
        ),
        (
            "en Institución Educativa Loma Verde hubo",
            "Institución Educativa Loma Verde",
            "organisation",
        ),
        ("vive en Carrera 12 con Calle 90, falta", "Carrera 12 con Calle 90", "address"),
        ("vivo en 218 camino mezquite y nunca", "218 camino mezquite", "address"),
        ("mi hermano murio el 2 de noviembre mero", "el 2 de noviembre", "date"),
        ("metió una queja el 14 de febrero y sigue", "el 14 de febrero", "date"),
    ],
)
def test_what_names_a_place_or_a_day_of_somebody_is_hidden(
    text: str, what: str, label: str
) -> None:
    """Whole, with a saint's "Our", both streets of a corner, and where accents lack."""
    assert (what, label, "auto") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "2) cuadrantes de julio 3) protocolo 4) preguntas",
        "bill code T1013 for the visit, who owns it",
        "chairs borrowed from the Mothers' Union.",
        "Taller de Identidad en mayo",
        "1) ask the student 2) ask the student again 3) stop",
        "Leave room for the Holy Ghost. No fixing.",
        "→ Does the Charter cover agency staff?",
    ],
)
def test_points_codes_and_bodies_stay(text: str) -> None:
    """The number of a point, a code for billing and what everybody belongs to single out nobody."""
    assert found(text) == []
