"""Numbered and lettered units, rooms, beds and buildings.

Pure. Every repetition in a pattern is bounded. A bare code ("7B", "MS6") is only a unit after a
word that leads into one ("in", "on", "from"); the name of a service without a number stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import Finding
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.pattern import regex
from sessions.deidentify.spanish_units import spanish_units
from sessions.deidentify.survivors import is_kept
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.deidentify.model import Tier

_NOUN: Final = (
    r"rooms?|rm|beds?|suites?|ste|wards?|units?|pods?|bays?|buildings?|bldg|wings?|"
    r"annexe?|cubicle|towers?|pavilion|cottages?|classrooms?|labs?|offices?|blocks?|courtrooms?|"
    r"boardroom|bunkroom|portables?|trailers?|bungalows?|flats?|cells?|dorms?|hut|caravan|"
    r"galler(?:y|ies)|lockers?|hangar|carrel|berth|bunk|chalet|"
    r"isolation|seclusion|theatre|lecture\stheatre|landing|studio|stall|cabin|barracks?|"
    r"operatory|blk|barrac[oó]n|apt|apto|apartamento|"
    r"sala|cuarto|cama|salón|edificio|aula|pabellón|consultorio|ala|taller|quirófano|módulo|"
    r"habitación|celda|despacho|barraca|dormitorio"
)
_CODE: Final = (
    r"(?:[1-6]\s?[°º]\s?[\"'“]?[A-H]\b|\d(?:\s\d){2,3}|\d{1,4}(?:[-.]\d{1,3})?(?:-?[A-Za-z]\b)?|"
    r"[A-Za-z]-?\d{1,4}[A-Za-z]?|"
    r"[B-HJ-Z](?![\w'’/]))"
)
_MORE_CODES: Final = (
    rf"(?:(?:,\s|\s?[-–&/]\s?|,?\s(?:and|to|through|thru|or|y|o)\s){_CODE}(?![\w%])){{0,4}}"
)
_SALA_OF: Final = (
    r"(?:\sdel?\s(?:la\s)?(?:tópico|sala|pabellón|módulo|torre|edificio|piso|internación|cirugía|"
    r"pediatría|urgencias|maternidad|ala|planta)(?:\s(?-i:[A-Z\d])\w?\b)?)?"
)
_COUNTED: Final = (
    r"(?!\s?(?:people|persons|minutes|hours|years|days|weeks|percent|times|of\sus|of\sthe\s\d|"
    r"of\sthem|"
    r"and\sa\shalf|del\scurso|del\staller|del\sdiplomado|personas|años|minutos|horas|veces|kids|more|feet|miles))"
)
# "stall 22 June, World Mental Health Day": a day of a month, and no stall.
_MONTHS: Final = (
    r"(?!\s(?-i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b(?=\s?(?:[,.;:)\d]|$)))"
)
_SMALL: Final = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty(?:[\s-](?:one|two|three|four|five|six|seven|"
    r"eight|"
    r"nine))?)"
)
_UNIT: Final = regex(
    rf"\b(?:{_NOUN}|floors?|piso|planta)(?:(?<=rm|te)\.|(?<=dg)\.|,)?\s(?:(?:number\b|no\.?|"
    rf"#)\s?)?#?{_CODE}(?![\w%]|\.\d|,\d){_MONTHS}{_COUNTED}{_MORE_CODES}{_SALA_OF}"
    rf"|\b(?:room|ward|bed|unit|pod|suite|bay|courtroom|cell|dorm|classroom|trailer|"
    rf"cabin|flat|apartment|bungalow|gallery|locker)\s(?:{_SMALL}(?:\s[b-h])?|[b-hj-z])\b{_COUNTED}(?!\s(?:minutes|of|"
    rf"days?)\b)"
    r"|\b(?:cama|sala|aula|salón|cuarto|habitación|consultorio|taller|módulo|piso)\s"
    r"(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)\b"
    r"|\b(?-i:(?:LT|Op|OT|CR|Engine|Medic|Ladder|Squad|Ambulance|Rescue|Truck|Bunk|Chair)"
    r"\s\d{1,3}[A-Z]?)(?![\w%]|\.\d)"
    r"|\b[1-6]\s?[°º]\s?[\"'“]?[A-H]\b",
    re.IGNORECASE,
)
_ROOM_KIND: Final = regex(
    r"\b(?:study|meeting|exam|locker|utility|wet|laundry|dressing|practice|peace|bunk|dorm|music|break|conference|hospital|hotel|patient|operating|"
    r"interview|court|family|seminar|side|linen|consulting|committee|quiet|training|board|green|sluice|"
    r"plaster|function|changing|waiting|store|sensory|relatives['’]?|parents['’]?|nurture|games|boot|mail|press|art|science|computer|staff|reading|prayer|rec|common|"
    r"lecture|"
    r"group|delivery|consult|therapy|treatment|hearing|jury|small|large)\s$",
    re.IGNORECASE,
)
_A_LETTER: Final = regex(r"(?<![\w'’])[B-HJ-Zb-hj-z](?![\w'’/])|\bA-[a-zA-Z]|\b[Hh]all\sA\b")
# "sala y comedor", "cama o catre": a letter that is a word of Spanish.
_Y_O: Final = regex(r",?\s[yoeu]$")
_A_CODE: Final = regex(r"\d|\s[A-Z]\b")
_COURSE: Final = regex(
    r"\b(?:word\swall|lessons?|chapter|curriculum|quiz|test|math|maths|science|reading|grammar|"
    r"textbook|vocab|history|algebra|biology)\b",
    re.IGNORECASE,
)
# "5B again": a code that opens what is said.
_OPENING_CODE: Final = regex(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))(\d{1,2}[A-H])(?=\s(?:again|said|says|is|was|has|had|still|wants?|needs?|"
    r"asked|full|rang|called|short)\b)"
)
_SIDES: Final = r"(?:North|South|East|West|Center|Centre|Tower|Main)"
_NOT_A_PLACE: Final = (
    r"(?!\s(?:\w{1,20}\s)?(?:Street|St|Ave|Avenue|Road|Rd|side|coast|end)\b)"
    r"(?!\s(?:african|asian|american|indian|european|indies|coast|side|virginia|carolina|dakota|"
    r"korea|sudan|of)\w{0,2}\b)"
)
_COMPASS: Final = regex(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?[\s-](?:floor\s)?{_SIDES}\b(?i:{_NOT_A_PLACE})"
    r"|\b(?i:north|south|east|west)\s\d{1,2}\b(?!\s?(?:people|minutes|hours|years|percent|%|"
    r"miles))"
)
_SAID_COMPASS: Final = regex(
    r"\b(?:on|up\son|to|from|at|in|off)\s((?:the\s)?(?:\d{1,2}|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve)(?:st|nd|rd|th)?\s(?:north|south|east|west)"
    rf"|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\sfloor\s"
    rf"(?:north|south|east|west))\b{_NOT_A_PLACE}",
    re.IGNORECASE,
)
_WARD_CODE: Final = regex(
    r"(?<![\w-])(?:PICU|NICU|MICU|SICU|CICU|CVICU|ICU|CCU|HDU|ITU|PACU|MAU|AMU|CDU|EDU|UCI|UCIN|"
    r"SCBU|ACU)[-\s]?\d{1,2}[A-Z]?(?![\w-]|\.\d|%|\s?(?:beds|hours|days|weeks|yrs|years))"
)
# Words that lead into a code which is a room, a ward or a class.
_LED: Final = (
    r"(?:in|on|from|to|at|up|over|of|into|outside|near|by|down|cover(?:ed|ing|s)?|taught|teach|"
    r"class|form|seat|en|del?|al|a|los\sde|was|is|moved|bed|room|change:|venue:|"
    r"location:)\s(?:the\s|my\s|our\s)?[\"“']?"
)
_UNIT_CODE: Final = regex(
    rf"(?<![\w-])(?:(?i:{_LED})((?:[A-Z]{{1,3}}-?\d{{1,2}}[A-Z]?|"
    r"\d{1,2}[A-EG-LN-Z]|\d{1,2}-[A-E]))|([A-Z]{2,3}-?\d{1,2}[A-Z]?|"
    r"\d{1,2}[NSEW]{1,2}))(?![\w+-]|\.\d|%|[/'’]\w)"
)
_NO_UNIT: Final = regex(
    r"(?:B12|A1C?|K-?12|K-?\d|H-?[1-4][AB]?|[FJLO]-?[12]|[BEK]-[1-4]|H1N1|MP3|D3|B6|"
    r"C3|F1|J1|H1|H2B|COVID-?19|X\d|R2|Q\d{1,2}|[AVW]\d|"
    r"T\d|P\d|PM?\d|W-?2|W-?4|I-?9|G\d|[A-Z]\d?[a-z].*|"
    r"[2-9][xX]|N-?95|O2|CO2|GCSE|A4|U2|Y\d{1,2}|M\d{1,2}|I-?\d{1,3}|US-?\d+|KS\d|EC\d|U\d{1,2}|"
    r"[23]D|\d{1,2}[GKPXJL]|1[3-9]C|[2-9]\dC|\d{1,2}AM|\d{1,2}-?[AP]|L[12]|S\d)"
)
# "C wing", "b hall", "C-Block", "A-wing"; "a wing" and "u block" are nobody's.
_LETTERED: Final = regex(
    r"(?<![\w'’-])(?:[B-HJ-Z][\s-](?i:wing|hall|pod|block|landing|dorm)|[b-h][\s-](?:wing|hall|pod)|"
    r"A-(?i:wing|hall|pod|block))\b|\b[Hh]all\s[A-H]\b(?![\w'’-])"
)
# "at Gate B14", "in Vault 2": what else than a place has a number behind "in" or "at".
_PLACED: Final = regex(
    r"\b(?:in|on|at|from|to|over|by|near|of|before|outside|behind|under)\s(?:the\s)?"
    r"((?:Barn|Belt|Casualty|Checkpoint|Container|Dock|Dormitory|Elevator|Entrance|Gate|Hangar|Hostel|"
    r"House|Lift|Line|Lot|Manor|Maternity|OR|Pen|Pier|Shed|Space|Stairwell|Surgery|Vault|Washroom)\s#?"
    r"(?:[A-Z]?-?\d{1,3}[A-Z]?|[B-HJ-Z])(?![\w'’%]|[-,.]\d|\s(?:of|in)\b))"
)
# "in Hewitt 214", "at Athabasca 310", "my dorm, alder hall 310": a house with a name, and a room.
_NAMED_ROOM: Final = regex(
    r"\b(?:in|at|of|from|outside|residence,|dorm,|door|to)\s(?:the\s|our\s|my\s)?"
    r"(([A-ZÁÉÍÓÚÂĀ][a-zà-ÿā-ž]{3,14}|(?i:[a-z]{3,14})\s(?i:hall|house|tower))\s[1-9]\d\d)"
    r"(?![\w%'’-]|[.,:/]\d|\s(?:people|words|pages|miles|of|more|students|children|kids|cases|hours|"
    r"days|years|dollars))"
)
_WHO_IN: Final = regex(
    r"\b(?:patient|pt|mom|mum|dad|mother|father|guest|resident|family|kid|kiddo|lady|guy|man|"
    r"woman|"
    r"baby|parents?|client|neighbou?r|tenant|student|couple|gentleman|grandma|elder|señora?|niñ[oa]|"
    r"paciente|vecin[oa]|huésped)\s(?:in|"
    r"from|del?|en)\s"
    r"(?:#|no\.?\s)?(?!(?:19|20)\d\d\b)(\d{1,4}[A-Z]?)\b"
    r"(?!\s?(?:%|minutes?|hours?|days?|weeks?|months?|years?|minutos?|horas?|días?|semanas?|meses|años?|of|people|words|families|"
    r"who\sare|"
    r"kids|st\b|nd\b|rd\b|th\b)|[.,:/]\d)",
    re.IGNORECASE,
)


def units(text: str, *, numbered: bool = True) -> Iterator[Finding]:
    """Yield each numbered or lettered unit, room, bed, suite and building.

    Args:
        text: What to look through.
        numbered: Whether it has a number at all; most of the patterns need one.
    """
    yield from spanish_units(text, numbered=numbered)
    if not numbered and not _A_LETTER.search(text):
        return
    yield from _called(text)
    for pattern in (_COMPASS, _WARD_CODE, _SAID_COMPASS, _OPENING_CODE, _WHO_IN):
        tier: Tier = "review" if pattern in {_OPENING_CODE, _WHO_IN} else "auto"
        for found in pattern.finditer(text):
            yield Finding(*found.span(found.lastindex or 0), "unit", tier)
    for found in _UNIT_CODE.finditer(text):
        at = found.lastindex or 1
        if not _NO_UNIT.fullmatch(found[at]):
            yield Finding(*found.span(at), "unit", "review")


def _called(text: str) -> Iterator[Finding]:
    """Yield units by the word beside their number or letter: "Room 6", "C wing", "Hewitt 214"."""
    of_a_course = _COURSE.search(text) is not None
    for found in _UNIT.finditer(text):
        # "cama o catre" has none; "apartamento 12, y el señor" goes on after its number.
        more = _Y_O.search(found[0])
        end = found.end() - (len(more[0]) if more else 0)
        if more and not _A_CODE.search(text, found.start(), end):
            continue
        if not (of_a_course and found[0][:4].lower() == "unit"):
            yield Finding(_with_kind(text, found.start()), end, "unit")
    for found in _LETTERED.finditer(text):
        yield Finding(*found.span(), "unit")
    for found in _PLACED.finditer(text):
        yield Finding(*found.span(1), "unit", "review")
    for found in _NAMED_ROOM.finditer(text):
        if _is_house(found[2]):
            yield Finding(*found.span(1), "unit", "review")


def _is_house(name: str) -> bool:
    """Say whether a word before a room's number may be what a house is called."""
    word = fold(name.split(maxsplit=1)[0])
    lex = lexicon()
    usual = lex.common if " " in name else lex.known
    return word not in usual and word not in lex.towns and not is_kept(word)


def _with_kind(text: str, start: int) -> int:
    """Return where a room begins with the word that says of what kind it is: "study room C"."""
    kind = _ROOM_KIND.search(text[max(start - 14, 0) : start])
    is_room = kind and text[start : start + 4].lower() == "room"
    return start - len(kind[0]) if kind and is_room else start
