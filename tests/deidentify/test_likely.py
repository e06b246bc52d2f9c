"""What only the words around it tell: ages said in passing, workplaces, corners and named rooms."""

from __future__ import annotations

import pytest

from sessions.deidentify.find import find
from sessions.deidentify.likely_ages import likely_ages
from sessions.deidentify.likely_places import likely_places
from sessions.deidentify.memory import NOTHING
from sessions.deidentify.roster import Roster
from sessions.deidentify.seam import Aliases, hide, hide_again

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
        ("then isaiah is nine and he asked why", "nine"),
        ("Abril cumplió 19 ayer", "19"),
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
        "print in the contract he signed, art. 14, about hair",
        "she read World History, ch. 29: a sidebar",
        "He saw the report, p. 31, read it again",
        "Fist to five today, she said: 33, 13, 24, 15",
        "his count, 40. Total, 41.",
        "Her accident was in the week of Jan. 17; it's in the log",
        "Attendance was better, 14, than before",
        "votes for, 18, against, 13",
        "Lunch — 30 — then the round",
        "the boy eleven thousand hours",
        "we are now 24, up from 12",
        "call me at six and I will answer",
        "at nine I went to the desk",
        "Everyone is 18 and over",
        "there were 12 and 14 and nobody moved",
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
        ("sent away from the choir at St. Aldhelm, and told", "St. Aldhelm", "organisation"),
        ("he goes to P.S. 128, a good school", "P.S. 128", "organisation"),
        ("got jumped at Fenwick and Halstead on Friday", "Fenwick and Halstead", "address"),
        ("get dropped at Elm and Fourth, half a mile short", "Elm and Fourth", "address"),
        ("the gym on Yakima and 43rd banned hoods", "Yakima and 43rd", "address"),
        ("the 38th and Vine stop is hers", "38th and Vine", "address"),
        ("carpool from Fenton St & Bonifant at six", "Fenton St & Bonifant", "address"),
        ("vivo en 218 camino mezquite y nunca", "218 camino mezquite", "address"),
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
        ("the gym on Bissonnet and 43rd banned hoods", "Bissonnet and 43rd"),
        ("ford the puddle at 31st and Cedar, in waders", "31st and Cedar"),
        ("sleeping in the car near 8th and Quimby, he said", "8th and Quimby"),
        ("the worker at 733 N 9th said pick one", "733 N 9th"),
        ("familia en 2614 S. Kedvale, segundo piso", "2614 S. Kedvale"),
    ],
)
def test_an_address_with_a_number_is_hidden(text: str, what: str) -> None:
    """A street that crosses one with a number, and a house on a side of the town, go unasked."""
    assert (what, "address", "auto") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "at Black and First Nations tables",
        "near Indigenous and First Nations elders",
        "on Kindergarten and 1st grade nights",
        "on Juneteenth and 4th of July",
        "based on Brown and 14th Amendment",
        "on Monday and 2nd Tuesday",
        "at Ezra and 1st grade tables",
        "about 30 S. Asian parents spoke",
        "some 300 N. Korean families",
        "in 2020 W. Aldermaston came",
        "Of 20 staff 3 Latina drive to work",
        "In 2020, 12 Black drive home",
    ],
)
def test_peoples_grades_and_feasts_are_no_addresses(text: str) -> None:
    """A number or an ordinal beside a word with a capital hides nothing unasked by itself."""
    assert [one for one in found(text) if one[1:] == ("address", "auto")] == []


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
    assert what in [one for one, _, tier in found(f"she said: {text}") if tier == "auto"]


@pytest.mark.parametrize(
    "text",
    [
        "we met at Chicago, and at noon",
        "it goes from St Patrick's Day to Easter",
        "the parade at St. Patrick's Day",
        "up to St John's wort, or so",
        "angry at Management and Security",
        "on Listening and Speaking",
        "training for Mandated Reporters",
        "parents from Eritrea and Ethiopia",
        "drives for Meals on Wheels",
        "the 1st and 2nd questions, the 3rd and 4th floors",
        "the 2nd and Final round",
        "THIS IS 5 MINUTES LATE",
        "we unite 4 classes of 30",
        "move to Station 3 and write a word",
        "the town hall 200 came",
        "on Ozempic 100 it is dear",
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
    text = "we laughed at Fenwick and Halstead"
    assert [label for _, label, _ in found(text)] == ["address"]
    spans = find(text, Roster.parse("Fenwick Quist\nHalstead Obafemi"))
    assert [(one.label, one.on_roster) for one in spans] == [("name", True), ("name", True)]


def test_who_is_on_the_roster_is_no_part_of_a_place() -> None:
    """A saint's church whose name somebody of the room bears gives way to that person."""
    text = "she sang in the choir at St. Quenby for years"
    assert [label for _, label, _ in found(text)] == ["organisation"]
    spans = find(text, Roster.parse("Quenby Osei"))
    assert [(one.label, one.on_roster) for one in spans] == [("name", True)]


def test_two_who_are_named_are_no_workplace() -> None:
    """Jobs "for Kwame and Priya" are for two people, each with words of their own."""
    assert [label for _, label, _ in found("there are jobs for Kwame and Priya here")] == [
        "name",
        "name",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("he works for Dave and Maria.lopez@example.org", "Dave"),
        ("She worked for Kwame and Fenton St & Bonifant", "Kwame"),
        ("he cleans for Oduya and Vine and 43rd", "Oduya"),
        ("she lives at 45 Elm Street and Zubeyda asked why", "45 Elm Street"),
        ("she lives at 45 Elm Street and Zubeyda asked why", "Zubeyda"),
    ],
)
def test_a_place_that_gives_way_takes_no_name_with_it(text: str, name: str) -> None:
    """What stands beside an address or an e-mail is found as before."""
    assert any(name in what for what, _, _ in found(text))


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
        ("mi hermano murio el 2 de noviembre mero", "el 2 de noviembre", "date"),
        ("metió una queja el 14 de febrero y sigue", "el 14 de febrero", "date"),
    ],
)
def test_what_names_a_place_or_a_day_of_somebody_is_hidden(
    text: str, what: str, label: str
) -> None:
    """Whole, with a saint's "Our", both streets of a corner, and where accents lack."""
    assert (what, label, "auto") in found(f"{text}, y mi hermana")


@pytest.mark.parametrize(
    "text",
    [
        "1) acta 2) cuadrantes de julio 3) protocolo 4) preguntas",
        "bill code T1013 for the visit, who owns it",
        "chairs borrowed from the Mothers' Union.",
        "Taller de Identidad en mayo",
        "1) ask the student 2) ask the student again 3) stop",
        "Leave room for the Holy Ghost. No fixing.",
        "→ Does the Charter cover agency staff?",
        "curfew is ten and my son knows",
        "the fine was 80 and he paid",
        "vitamin D unit conversion",
        "why do u block me",
        "salimos a las 10 camino hacia la escuela",
        "en 2019 paseo familiar",
        "10 Minute Brisk Walk",
        "le dimos comida a los 30 y nos fuimos",
        "abierto desde el 24 de diciembre",
        "denuncian cada 1 de mayo",
        "Interventional Radiology is short",
        "at Nursing Home prices",
        "from Human Capital we heard",
    ],
)
def test_points_codes_and_bodies_stay(text: str) -> None:
    """The number of a point, a code for billing and what everybody belongs to single out nobody."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("meet in Building E at noon", "Building E"),
        ("Building D and E are shut", "Building D and E"),
        ("Pops on A-wing learned to read", "A-wing"),
        ("we met in hall A", "hall A"),
        ("her code KX44821 was used", "KX44821"),
        ("she came (my daughter 7) with me", "7"),
        ("she was arrested that night, July 3) and we waited", "July 3"),
        ("she was 22, at 418 Garnet Street", "418 Garnet Street"),
        ("His son was born on May 2. Her daughter was born on May 3.", "on May 3"),
        ("They came (my son 15) and (my daughter 16) later", "16"),
        ("my son was born, 14. May 1990", "14. May 1990"),
    ],
)
def test_what_looks_like_a_point_or_a_word_is_still_hidden(text: str, what: str) -> None:
    """A capital letter is a code, and a bracket alone makes no list."""
    assert what in [one for one, _, tier in found(f"she said: {text}") if tier == "auto"]


@pytest.mark.parametrize(
    "text", ["Ward 3 has two cameras", "the grant ends June 30", "Loma Verde Clinic"]
)
def test_what_points_at_nobody_is_asked_about(text: str) -> None:
    """A ward, a day and a clinic are hidden unasked only where somebody is spoken of."""
    assert [tier for _, _, tier in found(text)] == ["review"]
    assert [tier for _, _, tier in found(f"{text}, and my mother knows")] == ["auto"]
    assert [one.tier for one in find(text, NOBODY, asks=False)] == ["auto"]


def test_what_points_at_somebody_goes_where_nobody_can_be_asked() -> None:
    """A label of the codebook and what is added later lose a ward, though no person is named."""
    assert hide("Ward 3 has two cameras", NOBODY, Aliases(), guesses=False).text.startswith(
        "[unit]"
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Denise Chambers", "Denise Chambers said she was tired"),
        ("Bethany Cole", "First Bethany spoke, then all"),
        ("Priya Shah", "Priya Finance team"),
        ("Dakota Reed", "I believe in Dakota"),
        ("Orlando Pena", "there is anger in Orlando, he said so"),
    ],
)
def test_who_is_on_the_roster_is_no_firm_and_no_town(name: str, text: str) -> None:
    """They are found as a person, or asked about, and never as an organisation."""
    (span,) = find(text, Roster.parse(name))
    assert (span.label, span.on_roster) == ("name", True)


def test_an_answered_word_of_the_roster_keeps_its_person() -> None:
    """After "hide Ruby", the Ruby of the roster is the colleague she was before."""
    roster = Roster.parse("Ruby Diaz")
    first = hide("Ruby spoke", roster, Aliases())
    again = hide_again("ruby west was her idea", roster, first.aliases, NOTHING.hide("Ruby"))
    assert again.text.startswith("[colleague 1]")
