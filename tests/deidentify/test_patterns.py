from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sessions.deidentify.addresses import addresses
from sessions.deidentify.ages import ages
from sessions.deidentify.contacts import contacts
from sessions.deidentify.dates import dates
from sessions.deidentify.numbers import numbers
from sessions.deidentify.organisations import organisations
from sessions.deidentify.units import units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.deidentify.finding import Finding

# In every row the text marks what must be found: «so». Rows without a mark must be left alone.
MAIL = [
    "write «amal.yusuf at gmail» by Friday; meet me at yahoo",
    "write to «ana.perez@clinic.example.org», please",
    "«t_nguyen88@example.com», (cc «DJ@LARK.EXAMPLE»)",
    "it is «tenneh dot kollie at mail dot example dot com» she said",
    "«rosa [at] correo [dot] example»",
    "«lola arroba correo punto example»",
    "We met at home. Then we left at noon. Dot by dot.",
    "look at that, at 5 @ the door",
    "he said meet me at example and wait",
    "the address is «m quist at copper hill library dot example» she spelled",
    "just write «oduya dot benefits at tallow dot example dot org»",
    "reach me at the library; look at the polka dot dress; dot dot dot",
    "we left at noon and the dot on the map was us",
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
    "ask for Wren x«5128» or extension «fourteen»",
    "text «five one nine, 555, 0164» after six",
    "ring «two oh four dash five five five dash oh one eight eight»",
    "count with me: one, two, three, four, five, six, seven",
    "an extension of two weeks; extension one more day; 3x5 cards",
]

HANDLES = [
    "DM me «@lil.mando_203» or «u/quietnurse1987»",
    "Q from chat («nurse_bee_04»): why",
    "add me on snap «riverrr.lq»",
    "email me @ home and on facebook today",
    "either/or, and/or, he/him",
    "she posts as «wren.bakes22» and «mo.the.barber»",
    "the login was «kquist9», find me under «tallow7wren»",
    "its «auntie underscore bee» on the app",
    "messages went to «at tallowbeads» on insta",
    "saved as notes.v2.docx; see fig.3b; v1.2.3; wait.what; yes.no",
    "follow the rules on facebook; my login was late",
]

LINKS = [
    "see «https://docs.example.org/d/1a2B/edit#gid» now",
    "blog «www.thatbrown.example.com», really",
    "«gofundme.com/f/help-latisha» is hers",
    "e.g. this. Then that, i.e. nothing. No.Really",
    "version 2.0 of 3.1",
    "forms are on «copperhill dot example slash join dash us» now",
    "a slash and a dash; dot by dot; and slash or",
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
    "ref «LBX/0417/23», case «QD/1188-C», Socia n.º «2207»",
    "plate «KLM 442», van reg «WX21 KVD», claim number «seven one dash four four nine»",
    "oficio «DG/0914/21» sin respuesta; buzz «oh three one» twice",
    "ticket open 320 days; form 18-204B; grievance 2 of 3; PM/2024",
    "card two of three; case closed in two or three days; code of conduct 5",
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
    "to «Flat 9, 14 Heronry Parade», ask for the warden",
    "at «7 Quenby House, Tallow Lane» with her gran",
    "he stays at «forty two eleven quenby bend» now",
    "on «the corner of Larch and 14th» by the bus",
    "«1810 County Road 22» past the silo; «R.R. 4»",
    "vive en «Jirón Los Mirtos 418» y trabaja en «Paseo del Olivar 12, 3.º izda.»",
    "en «Quiroga 2250, piso 4» a las ocho",
    "at «88 Sugar Apple Trace» near the «P.O. Box 61, Station B»",
    "a ten minute drive; two lane road; one way street; 40 miles of bad road",
    "at the corner of love and fear; 3 blocks of Main Street; 2 hill climbs",
    "in 2050, the Green House effect; 4 wheel drive; calle de todos",
    "that one was «2714 Bloomington Avenue» and it was wrong",
    "in room 417, «4410 Dashwood Court» or by phone",
    "to «310 Cherokee street» and «77 Black Hawk drive»; 3 Latina drive to work",
]

DATES = [
    "nadia left «14/03» and nobody asked why; we left 3/4 of it",
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
    "cita «el 7/oct»; absent «14/2»; served «29/08»",
    "murió «el cuatro de abril del 91»; we lost him in «February, the 11th»",
    "she was born «on July 4th», he died «on the fourth of july»",
    "Pioneer Day 24 July; deadline is Oct 3; due Sept 12",
    "Feliz Día de la Tierra, 22 de abril; April 9: state testing",
    "8/10 agree; 3/4 of us; 20/20; chapter 12/3",
]

AGES = [
    "he has been «nineteen» for a week; she has been ill for a week",
    "my boy, he «12», he knows; he 2nd that",
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
    "when i was «sixteen» at the mill; he's «forty one» lives alone",
    "(my lad, «8») and Abena, «twelve», and Tobi («6»)",
    "my youngest is «four and a half»; a girl of «nine» in the back",
    "tenía «dieciocho».",
    "su nieto, «7» años, y doña Chela, «91» años, que teje",
    "a los «nueve» me mandaron lejos; tiene «5» añitos",
    "shes «eighty two» she wont open; my son «11», a twin",
    "he came here at «ten», with nothing; and only «five» when we fled",
    "there were four; it was nine when we ate; this summer it was five",
    "we meet at nine; a las 4 y media; table of eight; a family of six",
    "she is one of us; he was two hours late; he was fourteen minutes over",
    "I was once told; they are ten in all; turned two pages; mother of three",
]

ORGANISATIONS = [
    "past «Pell Marsh Correctional» at night, then «St. Oswin's Anglican»",
    "a weekend on Martha's Vineyard",
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
    "at «Greater Mount Gilead», then «St. Osyth's Drop-In»",
    "he fished for «Cormorant Bight Packing Co.» once",
    "she reads at «Quenby Collegiate»; «Tallow Children's» took him",
    "«SEIU Local 4410» and «Quenby Rope & Steel» met",
    "i sang at «tallow creek lutheran» and played for «quenby boxing club»",
    "my uncle prays at «masjid an noor»",
    "la «Limpiadora Boreal SRL» y el «IES Monte del Cuervo»",
    "Citizens United; Black Student Union; Jewish and Baptist aides; I'm Orthodox",
    "Restorative Practice Group; Food Services; Warren Co. roads; Diversity & Inclusion",
    "at catholic school; from the locked clinic; in general; to lower high prices",
]

UNITS = [
    "we met in «gallery 4», then it was «bed twelve c»; galleries and lockers are full",
    "«Room 12», «bed 14», «Pod C», «Suite 610», «Annex 2»",
    "up on «4 West» and «7 North»",
    "on «MS6» at night; in «B14» now",
    "NICU, ED, front desk, the third floor, Year 9",
    "room for 5; a bed for two; 10 of us; pod of whales; unit of work",
    "A1C, B12, K-12, H1B, N95, Q4",
    "in «Courtroom 7», then «Study Room D» and «bunk room 3»",
    "up on «5-East», from «PICU-9», on «second floor west», on «six north»",
    "«floors 3 and 4»; «Trailers 2 through 5»; «bay four»; «unit 2 0 7»",
    "en la «cama 12 de cirugía», el «salón 3°A» y el «taller 6»",
    "covered «9R», the mom in «14» waited; she is in «6C»",
    "the bed was «3B» by then; «dorm room, 512»",
    "in 3D; H-1B and F-1 visas; Q10 asks; A1 through D4; mom in 2019",
    "room to grow; seclusion numbers; moving rooms. 3. Chips; word wall for Unit 5",
    "ten west african dishes; north of 10 people; beds for two people",
]


def numbers_and_codes(text: str) -> Iterator[Finding]:
    """Yield numbers in digits and those that are read out."""
    yield from numbers(text)
    yield from contacts(text)


FINDERS = {
    "e-mail": (contacts, MAIL),
    "phone number": (contacts, PHONES),
    "handle": (contacts, HANDLES),
    "link": (contacts, LINKS),
    "number": (numbers_and_codes, NUMBERS),
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
