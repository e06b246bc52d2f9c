from __future__ import annotations

import subprocess
import sys

import pytest

from sessions.deidentify.addresses import addresses
from sessions.deidentify.ages import ages
from sessions.deidentify.contacts import contacts
from sessions.deidentify.dates import dates
from sessions.deidentify.numbers import numbers
from sessions.deidentify.organisations import organisations
from sessions.deidentify.units import units

# In every row the text marks what must be found: «so». Rows without a mark must be left alone.
MAIL = [
    "write to «ana.perez@clinic.example.org», please",
    "«t_nguyen88@example.com», (cc «DJ@LARK.EXAMPLE»)",
    "it is «tenneh dot kollie at mail dot example dot com» she said",
    "«rosa [at] correo [dot] example»",
    "«lola arroba correo punto example»",
    "We met at home. Then we left at noon. Dot by dot.",
    "look at that, at 5 @ the door",
    "he said meet me at example and wait",
]

PHONES = [
    "call her cell «860-555-0142» after shift",
    "«(860) 555 0177», «860.555.0177», «+44 20 7946 0321», «020 7946 0321»",
    "«1-800-555-0149 x 22» rings his desk",
    "pager «3321», ext. «4418», extension «12»",
    "«eight six oh, five five five, oh one three three» she read it out",
    "«ocho seis cero cinco cinco cinco cero uno» dijo",
    "from 2019-2020 to 2021 we grew; 7:00 to 8:15; 1-10; 24/7",
    "one two three go; three of five",
    "it cost $1,200,000 and 3.5 million",
    "ages 16-18, grades 9-12, 5-6 people",
]

HANDLES = [
    "DM me «@lil.mando_203» or «u/quietnurse1987»",
    "Q from chat («nurse_bee_04»): why",
    "add me on snap «riverrr.lq»",
    "email me @ home and on facebook today",
    "either/or, and/or, he/him",
]

LINKS = [
    "see «https://docs.example.org/d/1a2B/edit#gid» now",
    "blog «www.thatbrown.example.com», really",
    "«gofundme.com/f/help-latisha» is hers",
    "e.g. this. Then that, i.e. nothing. No.Really",
    "version 2.0 of 3.1",
]

NUMBERS = [
    "MRN: «00-48-21-93» and MRN «7734201»",
    "badge «77120» left; badge #«22871»",
    "plate «8TKR21», licence no. «B1234567», locker «L-218»",
    "NPI «1447290183», SSN «078-05-1120»",
    "en el expediente «88-20417» pusieron",
    "my number there was «319»",
    "participant «P-0317» said",
    "in case 30 people come; file 2 of 3; report 4 things; members 5",
    "Title IX, Chapter 4, Version 3, Group 20, table 3",
    "COVID-19 in 2020; 401k; 9/11; 50/50; Q4",
    "take I-165 to US-101, past SR-520",
]

ADDRESSES = [
    "at «90 Retreat Avenue» and at «412 Maple Ridge ct»",
    "mail it to «P.O. Box 3391» today",
    "vivo en la «calle Luna 212, apartamento 3» ahora",
    "at «the corner of Garden and Mather» each night",
    "«Flat 4, 27 Copleston Mews» is his",
    "our landlord at «61 Chestnut & Third»",
    "near «SE15 4PX»",
    "a 5 minute drive; 20 people in a row; 3 blocks that way; the street",
    "10 of us on the road; two streets over; Main Street",
    "she turned 40 at Mercy Grove",
]

DATES = [
    "it was «Feb. 29, 2020», I was there",
    "surgery «on 11.08.2021»; «on March 3»; «on the 9th of May»",
    "it was «the twenty second of november» and cold",
    "nací «el 14 de febrero de 1979» y nevó",
    "dob «07/19/1981», seen «2021-03-04»",
    "«6-30-23» was her last day",
    "in March; May was hard; summer of 2020; Tuesday at 3",
    "Juneteenth, July 4th, September 11, 9/11, 24/7",
    "we may first ask; they march second to none",
    "2 of 5; 4/5 agree; 1 in 3; 10-12 people; 3.5.2 is the version",
]

AGES = [
    "my boy is «7» and asked; she is «forty-three».",
    "a «9-year-old» and a «17-yr-old»; «94 y/o» volunteer",
    "her grandfather, «ninety-four», said it",
    "aged «34»; age «12» when; turned «40»",
    "tiene «11» años; mi hijo de «nueve» años",
    "i am «15» and i have been followed",
    "Wei-Lin Tsai, «43», said so",
    "ages 5 to 12; 16 to 18 year olds; 65 years old or older; kids aged 4 to 6",
    "ten years of service; I was one of them; it is 5 minutes; he is two people",
    "in her forties; a teen; 30 years in this job; they are 12 in all",
    "tengo 20 años de experiencia",
    "between 20 and 24 years old; under 30 years of age; at least 18 years old",
]

ORGANISATIONS = [
    "I was at «St. Brendan's Hospital» then",
    "from «Ridgemont Memorial» and «Delmont State»",
    "«Riverbend Home Care, Inc.» pays eleven dollars",
    "our union, «Local 2114», never asked",
    "trabajo en «Panadería La Espiga» desde ayer",
    "she taught at «Holy Cross Primary» until then",
    "the United States and the Supreme Court; NAACP; CDC; Congress",
    "High School was hard. Middle School too. Our School. The Church.",
    "a hospital, some church, the public library, Mental Health",
    "Black Church history; Catholic School kids",
]

UNITS = [
    "«Room 12», «bed 14», «Pod C», «Suite 610», «Annex 2»",
    "up on «4 West» and «7 North»",
    "on «MS6» at night; in «B14» now",
    "NICU, ED, front desk, the third floor, Year 9",
    "room for 5; a bed for two; 10 of us; pod of whales; unit of work",
    "A1C, B12, K-12, H1B, N95, Q4",
]

FINDERS = {
    "e-mail": (contacts, MAIL),
    "phone number": (contacts, PHONES),
    "handle": (contacts, HANDLES),
    "link": (contacts, LINKS),
    "number": (numbers, NUMBERS),
    "address": (addresses, ADDRESSES),
    "date": (dates, DATES),
    "age": (ages, AGES),
    "organisation": (organisations, ORGANISATIONS),
    "unit": (units, UNITS),
}
ROWS = [(label, row) for label, (_, rows) in FINDERS.items() for row in rows]


def marked(row: str) -> tuple[str, list[str]]:
    """Return a row without its marks, and what it marks."""
    return row.replace("«", "").replace("»", ""), [
        piece.partition("»")[0] for piece in row.split("«")[1:]
    ]


@pytest.mark.parametrize(("label", "row"), ROWS)
def test_a_pattern_finds_what_it_is_for_and_no_more(label: str, row: str) -> None:
    """What a kind of identifier looks like is found whole, and what resembles it is left."""
    text, wanted = marked(row)
    finder, _ = FINDERS[label]
    found = {(one.start, one.end) for one in finder(text) if one.label == label}
    longest = [
        place
        for place in sorted(found)
        if not any(
            other != place and other[0] <= place[0] and place[1] <= other[1] for other in found
        )
    ]
    assert [text[start:end].rstrip(".") for start, end in longest] == [
        one.rstrip(".") for one in wanted
    ]


@pytest.mark.parametrize("label", list(FINDERS))
def test_each_pattern_has_both_kinds_of_rows(label: str) -> None:
    """Each kind is tested on rows with and on rows without it."""
    _, rows = FINDERS[label]
    assert len([row for row in rows if "«" in row]) >= 3
    assert len([row for row in rows if "«" not in row]) >= 2


COUNTS_COMPILED = """
import re, sys
made, compile_ = [], re.compile
def counted(*asked):
    made.append(sys._getframe(1).f_globals["__name__"])
    return compile_(*asked)
re.compile = counted
import sessions.deidentify.seam as seam
before = [name for name in made if name.startswith("sessions.deidentify")]
seam.hide("write to ana@mail.example", seam.Roster(), seam.Aliases())
after = [name for name in made if name.startswith("sessions.deidentify")]
print(len(before), len(after))
"""


def test_no_pattern_is_compiled_before_a_text_needs_it() -> None:
    """Importing what looks for identifiers compiles nothing; the first text does."""
    done = subprocess.run(
        [sys.executable, "-c", COUNTS_COMPILED], capture_output=True, text=True, check=True
    )
    before, after = map(int, done.stdout.split())
    assert before == 0
    assert after > 10
