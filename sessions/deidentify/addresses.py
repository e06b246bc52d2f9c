"""Where somebody lives: streets, houses and flats, corners, boxes and postcodes.

Pure. Every repetition in a pattern is bounded. A town alone stays, and so does a street without a
number of which nobody says that somebody lives there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import ENGLISH_NUMBER, SAID_DIGIT, Finding
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.lists import carries
from sessions.deidentify.pattern import regex
from sessions.deidentify.spanish import COUNTED
from sessions.deidentify.spanish_addresses import spanish_addresses
from sessions.deidentify.survivors import is_kept
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is called so can hardly be anything else beside a number and a word.
_SURE_STREET: Final = (
    r"street|st|avenue|ave|road|rd|lane|ln|boulevard|blvd|terrace|mews|crescent|cres|parkway|"
    r"pkwy|"
    r"turnpike|boreen|wynd|parade|sideroad|cul[-\s]de[-\s]sac|esplanade|embankment"
)
# What is also an everyday word: it needs a name before it that is none.
_STREET: Final = (
    rf"(?:{_SURE_STREET}|drive|dr|court|ct|way|place|pl|ter|circle|cir|close|row|square|sq|"
    r"highway|hwy|trail|trl|gardens|grove|alley|loop|quay|estate|rise|bend|hollow|wharf|brae|"
    r"trace|villas|crossing|spur|causeway|bypass|heights|cove|ridge|walk|gap|broadway|promenade)"
)
# Only with a capital: "5 green", "3 hill", "two park" are something else.
_CAPITAL_STREET: Final = (
    r"(?:Hill|Green|Park|View|Vale|Pass|Path|Point|Run|Line|Common|Landing|Bank|Meadows?|Wood|"
    r"Side|Plaza|Gate|House|Court|Lodge|Towers?|Mansions|Buildings|Cottages?|Apartments|Village|"
    r"Concession|Settlement)"
)
_CODE: Final = r"(?:\d{1,5}(?:-?[A-Za-z]\b)?|[A-Za-z]\d{0,3}\b)"
_FLAT: Final = (
    r"(?:,?\s(?:(?:apt|apartment|unit|flat|suite|ste|no|apto|apartamento|piso|depto|rm|room|"
    r"lot|space)\b"
    r"\.?\s?#?|#\s?)(?=\w{0,4}\d|[A-Za-z]\b)\w{1,5}\b"
    r"|,\s(?:rear|upper|lower|front|back|ground|basement|top|first|second)"
    r"\s(?:unit|flat|floor|apartment|suite)|,?\s(?:R\.?\s?R\.?|RD)\s?#?\s?\d{1,2}\b)"
)
_SAID_NUMBER: Final = rf"{SAID_DIGIT}(?:[\s-]{SAID_DIGIT}){{0,7}}"
_HOUSE_NUMBER: Final = rf"(?:#?\d{{1,6}}(?:-?[a-d]\b|\s?½|[-–/]\d{{1,5}}\b)?|{_SAID_NUMBER})"
_BEFORE: Final = (
    rf"(?:(?:flat|apt|apartment|unit|suite|lot|block)\s#?(?:{_CODE}|{_SAID_NUMBER}),?\s)?"
)
_DIRECTION: Final = r"(?:[NSEW]\.?|NE|NW|SE|SW|north|south|east|west)"
_ADDRESS: Final = regex(
    rf"\b{_BEFORE}({_HOUSE_NUMBER}(?:(?<=\d),(?!\s(?:of|at|on|in|from|to)\b))?)\s((?:{_DIRECTION}\s)?(?:[\w'’.-]{{1,24}}"
    rf"\s){{1,3}}?)"
    rf"({_STREET}\b|(?-i:{_CAPITAL_STREET}\b))(?:\s{_STREET}\b)?\.?(?:\s{_DIRECTION}\b)?"
    rf"{_FLAT}?",
    re.IGNORECASE,
)
_NUMBERED_STREET: Final = regex(
    rf"\b(?:\d{{1,6}}[A-Z]?|{_SAID_NUMBER})\s(?:{_DIRECTION}\s)?"
    r"(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    r"eleventh|twelfth)\s(?:street|st|avenue|ave|road|rd|lane|place|concession)\b\.?"
    rf"(?:\s{_DIRECTION}\b)?{_FLAT}?"
    r"|\b\d{1,6}\s(?:(?:old|rural|north|south|east|west)\s)?(?:county|township|state|ranch|farm|"
    r"forest|range|concession|reserve|rural|highway)\s(?:road|rd|route|rte|highway|hwy|line)?\s?"
    r"#?\d{1,5}\b"
    r"|\b\d{2,6}\s(?:(?:old)\s)?(?:highway|hwy|route|rte|us|cr|fm)[-\s]\d{1,4}\b"
    r"|\b(?:mile\s?(?:post|marker)|milepost)\s\d{1,4}(?:\.\d)?(?:,?\s(?:on\s)?(?:route|rte|"
    r"highway|"
    r"hwy|us|i|cr)[-\s]?\d{1,4})?\b",
    re.IGNORECASE,
)
_NAME: Final = r"[A-Z][\w'’.-]{1,20}(?:\s[A-Z][\w'’-]{1,20}){0,2}"
_HOUSE: Final = regex(
    rf"\b\d{{1,4}}[a-d]?,?\s{_NAME}\s(?:House|Court|Lodge|Towers?|Mansions|Buildings|Cottages?|"
    rf"Point|Heights|Apartments|Flats|Estate),\s(?:\d{{1,4}}\s)?{_NAME}\b"
)
_FLAT_OF: Final = regex(
    rf"\b\d{{2,5}}[A-Z]?\s{_NAME},?\s(?:Apt|Apartment|Unit|Suite|Flat|apto|piso|"
    rf"depto)\.?\s?#?\d{{1,4}}[A-Z]?\b"
)
_LOT: Final = regex(
    rf"\b(?:Lot|LP|L\.P\.|Light\sPole|Light\sPost|Plot|Stand)\s(?:No\.?\s|"
    rf"#)?\d{{1,4}}[A-Z]?,?\s{_NAME}"
)
_BOX: Final = regex(
    r"\b(?:(?:p\.?\s?o\.?|g\.?p\.?o\.?|post office|private)\s?(?:box|bag)|"
    r"apartado(?:\s(?:postal|aéreo|de\scorreos)|(?=\s?#?\d{3}))|casilla(?:\spostal|(?=\s\d{3}))|"
    r"R\.?\s?R\.?\s?#?\s?\d{1,2},?\sbox)"
    rf"\s?#?(?:\d{{1,7}}\b|{_SAID_NUMBER})"
    r"(?:,?\s(?:station|stn)\s\w{1,12}\b)?(?:,\s(?-i:[A-Z]\w{2,20}(?:\s[A-Z]\w{2,20})?))?"
    r"|(?<!\w)(?-i:R\.R\.|RR)\s?#?\s?\d{1,5}\b",
    re.IGNORECASE,
)

_CALLE: Final = (
    r"(?:calle|c/|respaldo|avenida|avda?\.?|carretera|callejón|calzada|urbanización|urb\.|colonia|jirón|"
    r"jr\.|pasaje|psje\.?|paseo|privada|cerrada|andador|circuito|camino|carrera|cra\.?|"
    r"transversal|diagonal|ronda|rambla|bulevar|malecón|alameda|glorieta|vereda|pje\.?|travesía)"
)
_SUELO: Final = (
    r"(?:,?\s(?:apt|apartment|apto|apartamento|piso|depto|departamento|dpto|interior|int|puerta|"
    r"casa|torre|bloque|local|oficina|escalera|esc)\.?\s#?(?:\d{1,4}(?:\s?(?-i:[A-Z]\b))?|"
    r"(?-i:[A-Z])\b)|"
    r",\s(?:altos|bajos?|\d{1,2}\.?\s?[º°ª]\.?(?:\s(?:dcha|izda|izqd?a?|derecha|izquierda|"
    r"[A-Z]\b))?"
    r"\.?|\d{1,2}[º°ª]?\s[A-Z]\b))"
)
_PARTICLES: Final = r"(?:(?:de|del|la|las|los|el|y|San|Santa|Sur|Norte)\s){0,3}"
_CALLE_NUMBER: Final = (
    r"(?:,?\s(?:#\s?|no\.?\s|n\.?º\s|núm\.?\s|número\s)?\d{1,5}(?:\s?-\s?\d{1,3}|"
    r"-?[A-Z]\b)?(?![\w%])|"
    r",?\ss/n\b)"
)
_CALLE_AND_NUMBER: Final = regex(
    rf"\b(?:\d{{1,5}}\s)?{_CALLE}\s{_PARTICLES}\w{{1,20}}"
    rf"(?:\s(?!y\b|de\b|en\b)\w{{2,20}}|"
    rf"\sdel?\s(?:l[ao]s?\s)?(?-i:[A-ZÁÉÍÓÚÑ])\w{{1,20}}){{0,3}}?"
    rf"(?:{_CALLE_NUMBER}{_SUELO}{{0,2}}|{_SUELO})",
    re.IGNORECASE,
)
# "un pasaje cuesta 12", "la colonia tiene 500", "una carrera de 5": no street.
_COUNTS: Final = regex(
    r"^(?:(?:carrera|colonia|camino|ronda|paseo|pasaje|vereda)\s(?:de\s|a\sl[ao]s?\s)?\d"
    r"|[^\W\d]{3,14}\s(?:de\s)?(?:tiene|tenía|cuesta|costó|son|es|hay|hace|dur[aó]|sub[eió]{1,2}|"
    r"cobran?|mide|eran?|somos|está|están|llega|vale|pasan?|fueron?|con|para|por|unas|cada|más|"
    r"que|desde)\s)",
    re.IGNORECASE,
)
_COUNTED: Final = regex(COUNTED, re.IGNORECASE)
_ESQUINA: Final = regex(
    rf"\b(?:{_CALLE}\s)?{_PARTICLES}(?-i:[A-ZÁÉÍÓÚÑ\d])\w{{0,20}}(?:"
    rf"\s(?-i:[A-ZÁÉÍÓÚÑ])\w{{2,20}})?"
    rf"(?:,?\s(?:esquina|esq\.?)\s(?:con\s|de\s)?)(?:{_CALLE}\s)?{_PARTICLES}"
    r"(?-i:[A-ZÁÉÍÓÚÑ\d])\w{0,20}(?:\s(?-i:[A-ZÁÉÍÓÚÑ])\w{2,20})?"
    rf"|\b(?:la\s)?esquina\sde\s(?:{_CALLE}\s)?{_PARTICLES}(?-i:[A-ZÁÉÍÓÚÑ])\w{{2,20}}\s(?:con|"
    rf"y)\s"
    rf"(?:la\s)?(?:{_CALLE}\s)?{_PARTICLES}(?-i:[A-ZÁÉÍÓÚÑ\d])\w{{1,20}}",
    re.IGNORECASE,
)
_NAMED_CALLE: Final = regex(
    r"\b(?:viv[íieo]\w{0,6}|nac(?:ió|í|ido|ida)|casa|barrio|domicilio|reside|rumbo|"
    r"mud[óéa]\w{0,4})\b"
    rf"[^.\n;!?]{{0,30}}?\s((?:calle|avenida|jirón|pasaje|callejón|privada)\s{_PARTICLES}"
    r"(?-i:[A-ZÁÉÍÓÚÑ])\w{2,20}(?:\s(?-i:[A-ZÁÉÍÓÚÑ])\w{2,20})?)",
    re.IGNORECASE,
)
_ALTURA: Final = regex(
    r"\b[A-ZÁÉÍÓÚÑ]\w{2,20}(?:\s[A-ZÁÉÍÓÚÑ]\w{2,20})?\s\d{2,5},\s"
    r"(?:(?:piso|depto\.?|dpto\.?|apto\.?|int\.?|interior|torre|timbre)\s\w{1,4}\b|altos\b|"
    r"bajos?\b|"
    r"\d{1,2}\.?[º°ª])(?:,?\s(?:depto\.?|dpto\.?|apto\.?)\s\w{1,4}\b)?"
)

_ORDINAL_STREET: Final = (
    r"(?:\d{1,3}(?:st|nd|rd|th)|(?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|"
    r"tenth|eleventh|twelfth|\w{4,10}teenth)(?i:-and-a-half)?)"
)
_KIND: Final = rf"(?:\s(?i:{_STREET})\b)?"
_SIDE: Final = (
    rf"(?:(?:Route|Rte|Highway|Hwy|County\sRoad)\s\d{{1,4}}|{_ORDINAL_STREET}{_KIND}|"
    rf"[A-Z][\w'’-]{{1,20}}(?:\s[A-Z][\w'’-]{{1,20}})?(?:\s(?:street|avenue|road|lane|drive)\b)?)"
)
_CORNER: Final = regex(
    rf"\b(?:[Tt]he\s)?(?:[Cc]orner|[Ii]ntersection)\sof\s{_SIDE}\s(?:and|&)\s{_SIDE}"
    rf"|\b\d{{1,5}}\s[A-Z][\w'’]{{1,20}}(?:\s[A-Z][\w'’]{{1,20}})?\s&\s{_SIDE}"
    rf"|\b{_NAME}\s(?:and|&)\s{_NAME}\s(?:Streets?|Sts?|Avenues?|Aves?|Roads?)\b"
    rf"|\b[A-Z][\w'’]{{2,20}}(?:\s[A-Z][\w'’]{{2,20}})?\s(?:and|&|at)\s\d{{1,3}}(?:st|nd|rd|th)\b"
    rf"(?!\s(?!Street|St\b|"
    rf"Ave)[A-Za-z])"
    rf"|\b{_NAME}\s(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Blvd|Drive|Dr)\.?\s(?:and|&)\s{_NAME}"
    r"(?=\s?(?:[,.;:)]|$|\n))"
    rf"|\b(?<=at\s)(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Twelfth)\s(?:and|&)\s{_NAME}"
    rf"|\b(?<=at\s)[A-Z][\w'’]{{2,20}}\s(?:and|&)\s(?:East|West|North|South)\s{_NAME}"
    r"|\b(?:the\s)?\d{1,3}00\s(?:block|"
    r"blk)\s(?:of\s)?(?:[NSEW]\.?\s)?[A-Z]\w{1,20}(?:\s[A-Z]\w{1,20})?"
)
_SAID_CORNER: Final = regex(
    r"\b(?:\d{1,5}\s\w{3,20}\s)?(?:the\s)?corner\s(?:of\s|at\s)"
    r"(\w[\w'’-]{2,20}(?:\s(?:street|avenue|road|lane|drive))?)(?:\sand\s|\sat\s|\s&\s)"
    rf"({_ORDINAL_STREET}|\w[\w'’-]{{2,20}}(?:\s(?:street|avenue|road|lane|drive))?)"
    r"|\b\d{1,5}\s(\w{3,20})\scorner\s(?:of\s)(\w{2,20}(?:\s\w{3,20})?)",
    re.IGNORECASE,
)
_LIVES_ON: Final = regex(
    r"\b(?:live[sd]?|living|house|home|flat|apartment|moved|stay(?:s|ed|ing)?|resid\w{1,4}|"
    r"parked|"
    r"stopped|trailer|place|street|off|address)\b"
    r"(?:\s(?!on\b|off\b)\w{1,12}){0,2}?\s(?:on|off|at|up|down|its|from|near|is)\s"
    r"((?:[\w'’-]{2,20}\s){1,2}(?:street|avenue|road|lane|drive|crescent|terrace|boulevard|"
    r"mews)\b"
    rf"(?:,?\soff\s{_NAME})?)"
    r"|\b((?-i:[A-Z])[\w'’-]{2,20}\s(?:street|lane|road|avenue|"
    r"drive),\soff\s(?-i:[A-Z])[\w'’]{2,20}"
    r"(?:\s(?-i:[A-Z])[\w'’]{2,20}){0,2})",
    re.IGNORECASE,
)
_POSTCODE: Final = regex(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|"
    r"\b[A-Z]{2}\s\d{5}(?:-\d{4})?\b|\b[A-Z]\d[\dW]\s[A-Z\d]{4}\b"
)
_CORNERS: Final = regex(r"\besq(?:uina)?\b", re.IGNORECASE)
_TOWN_AFTER: Final = regex(r"(?:,\s|\s)([^\W\d_][\w'’-]{2,20})(\s[^\W\d_][\w'’-]{2,20})?")
_MEASURES: Final = frozenset({
    "minute", "minutes", "min", "mins", "hour", "hours", "hr", "mile", "miles", "km", "kilometre",
    "kilometer", "day", "days", "week", "weeks", "month", "months", "year", "years", "second",
    "foot", "feet", "ft", "metre", "meter", "step", "steps", "block", "blocks", "lane", "lanes",
    "way", "ways", "wheel", "door", "people", "person", "more", "other", "others", "different",
    "whole", "new", "old", "long", "big", "small", "dirt", "one", "two", "three", "four", "five",
    "of", "on", "in", "at", "to", "the", "a", "an", "and", "or", "from", "down", "up", "by",
    "their", "our", "his", "her", "my", "your", "this", "that", "these", "those", "kids", "cars",
    "houses", "homes", "men", "women", "streets", "roads", "percent", "%", "times", "pm", "am",
    "per", "for", "with", "off", "is", "was", "are", "be", "i", "he", "she", "we", "they", "it",
    "so", "but", "not", "across", "dollars", "bucks"
})  # fmt: skip
_LONGEST_SHORT_FORM: Final = 4
# Streets that people do, too: "3 Latina drive to work".
_ALSO_VERBS: Final = frozenset({"drive", "close", "walk", "rise", "place", "loop", "row"})
_NO_HOME: Final = frozenset({"main", "wall", "sesame", "downing", "the", "a", "my", "our", "high"})


def addresses(text: str, *, numbered: bool = True) -> Iterator[Finding]:
    """Yield each street address, post box, corner and block.

    Args:
        text: What to look through.
        numbered: Whether it has a number at all; most of the patterns need one.
    """
    if numbered:
        yield from _numbered(text)
    for pattern in (_ESQUINA, _CORNER) if _CORNERS.search(text) else (_CORNER,):
        for found in pattern.finditer(text):
            yield Finding(*found.span(), "address")
    yield from _without_number(text)
    yield from spanish_addresses(text, numbered=numbered)


def _numbered(text: str) -> Iterator[Finding]:
    """Yield addresses with a number."""
    at = 0
    while found := _ADDRESS.search(text, at):
        in_flat = found.start(1) > found.start()
        at = found.end()
        if in_flat or _names_a_street(found[1], found[2].split(), found[3]):
            yield Finding(found.start(), _with_town(text, at), "address")
        else:
            # "card 00417, 4410 Dashwood Court", "the one was 2714 Bloomington Avenue".
            at = found.end(1)
    for pattern in (_NUMBERED_STREET, _HOUSE, _FLAT_OF, _LOT, _ALTURA, _POSTCODE):
        for found in pattern.finditer(text):
            yield Finding(*found.span(), "address")
    for found in _CALLE_AND_NUMBER.finditer(text):
        if not _COUNTS.search(found[0]) and _COUNTED.match(text, found.end()):
            yield Finding(*found.span(), "address")
    for found in _BOX.finditer(text):
        yield Finding(found.start(), _with_town(text, found.end()), "address")


def _without_number(text: str) -> Iterator[Finding]:
    """Yield corners, and streets of which somebody says that a person lives there."""
    for found in _SAID_CORNER.finditer(text):
        if any(_is_unusual(side) for side in found.groups() if side):
            yield Finding(*found.span(), "address", "review")
    for found in _NAMED_CALLE.finditer(text):
        yield Finding(*found.span(1), "address", "review")
    for found in _LIVES_ON.finditer(text):
        at = 1 if found[1] else 2
        words = found[at].split()
        if words[0].lower() in _NO_HOME | _MEASURES or words[-2].lower() in _NO_HOME:
            continue
        if all(word[0].isupper() for word in words[:-1]) or _is_unusual(" ".join(words[:-1])):
            yield Finding(*found.span(at), "address", "review")


def _names_a_street(number: str, between: list[str], kind: str) -> bool:
    """Say whether what stands between a number and "street" names one: not "5 minute drive"."""
    of_people = kind in _ALSO_VERBS and len(between) == 1 and carries(fold(between[0]))
    if not between or of_people or any(map(_is_of_no_street, between)):
        return False
    small = [word for word in between if word.islower()]
    if number in {"once", "o"} or re.fullmatch(r"(?:19|20)\d\d,", number):
        return False
    written = any(map(str.isdigit, number))
    if number.endswith(",") and not re.fullmatch(_SURE_STREET, kind, re.IGNORECASE):
        # "Dialogue 4, Marlowe Ridge University".
        return False
    if not small:
        return written or not kind.islower() or _is_unusual(" ".join(between))
    usual = [word for word in small if fold(word) in lexicon().common]
    if not usual:
        return written or len(number.split()) > 1 or not re.fullmatch(ENGLISH_NUMBER, number)
    # "fifty one church street": a number of several words or digits, and a kind that is no word.
    surely = bool(re.fullmatch(_SURE_STREET, kind, re.IGNORECASE)) and len(between) == 1
    return surely and (number.isdecimal() or len(number.split()) > 1) and not is_kept(between[0])


def _is_of_no_street(word: str) -> bool:
    """Say whether a word is a measure, or ends what is said: "23 minutes. Lodge Lane"."""
    ends = word.endswith(".") and len(word) > _LONGEST_SHORT_FORM
    return ends or (fold(word) in _MEASURES and word not in {"Old", "New", "Long"})


def _is_unusual(words: str) -> bool:
    """Say whether one of these is no word of every day: an ordinal, or a name."""
    common = lexicon().common
    plain = [fold(word) for word in words.split()]
    return any(
        re.fullmatch(_ORDINAL_STREET, word) or (word not in common and not is_kept(word))
        for word in plain
    )


def _with_town(text: str, end: int) -> int:
    """Return where an address ends with the town after it, which a dictation runs into it."""
    found = _TOWN_AFTER.match(text, end)
    if not found:
        return end
    towns, common = lexicon().towns, lexicon().common
    one = fold(found[1])
    if found[2] and f"{one} {fold(found[2].strip())}" in towns:
        return found.end()
    is_town = one in towns and one not in common
    return found.end(1) if is_town else end
