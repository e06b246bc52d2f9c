"""Where somebody lives or works: addresses, numbered units, organisations, and numbers of files.

Pure. Every repetition in a pattern is bounded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import NUMBER_WORD, Finding
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.lists import phrases
from sessions.deidentify.pattern import regex
from sessions.deidentify.survivors import is_kept
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.deidentify.model import Tier

_STREET: Final = (
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|pl|"
    r"terrace|"
    r"ter|circle|cir|mews|close|crescent|cres|row|square|sq|parkway|pkwy|highway|hwy|trail|trl|"
    r"gardens|grove|alley|turnpike|loop|quay|estate)"
)
_FLAT: Final = (
    r"(?:,?\s(?:apt|apartment|unit|flat|suite|ste|no|apto|apartamento|piso|depto|"
    r"#)\.?\s?#?\w{1,5}\b)"
)
_ADDRESS: Final = regex(
    rf"\b(?:(?:flat|apt|apartment|unit)\s\w{{1,4}},?\s)?(?:\d{{1,6}}[a-d]?|"
    rf"(?:{NUMBER_WORD}\s)?hundred|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\s"
    rf"((?:(?:[NSEW]|north|south|east|"
    rf"west)\.?\s)?(?:[\w'’.]{{1,24}}\s){{1,3}}?){_STREET}\b\.?{_FLAT}?",
    re.IGNORECASE,
)
_BOX: Final = regex(
    r"\b(?:p\.?\s?o\.?\s?box|post office box|apartado(?:\spostal)?)\s?#?\d{1,7}\b"
    r"(?:,\s[A-Z]\w{2,20}(?:\s[A-Z]\w{2,20})?)?",
    re.IGNORECASE,
)
_CALLE: Final = regex(
    rf"\b(?:\d{{1,5}}\s)?(?:calle|avenida|av\.|avda\.|carretera|callejón|calzada|urbanización|"
    rf"urb\.|colonia)\s"
    rf"(?:(?:de|del|la|las|los|el)\s){{0,2}}\w{{2,20}}(?:\s(?!y\b|de\b|en\b)\w{{2,20}}){{0,2}}?"
    rf"(?:,?\s(?:#|no\.?\s|núm\.?\s|número\s)?\d{{1,5}}\b{_FLAT}?|{_FLAT})",
    re.IGNORECASE,
)
_CAP: Final = r"[A-Z][\w'’]{1,20}(?:\s[A-Z][\w'’]{1,20})?"
_CORNER: Final = regex(
    rf"\b(?:corner|intersection)\sof\s{_CAP}\s(?:and|&)\s{_CAP}"
    rf"|\b\d{{1,5}}\s{_CAP}\s&\s{_CAP}"
    rf"|\b{_CAP}\s(?:and|&)\s{_CAP}\s(?:Streets?|Sts?|Avenues?|Aves?|Roads?)\b"
    r"|\b(?:the\s)?\d{1,3}00\s(?:block|"
    r"blk)\s(?:of\s)?(?:[NSEW]\.?\s)?[A-Z]\w{1,20}(?:\s[A-Z]\w{1,20})?"
)
_POSTCODE: Final = regex(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s\d[A-Z]\d\b|"
    r"\b[A-Z]{2}\s\d{5}(?:-\d{4})?\b"
)

_UNIT_NOUN: Final = (
    r"room|rm|bed|suite|ste|ward|unit|pod|bay|building|bldg|wing|annex|cubicle|tower|pavilion|"
    r"cottage|classroom|lab|office|block|sala|cuarto|cama|salón|edificio|aula|pabellón|"
    r"consultorio|ala"
)
_UNIT: Final = regex(
    rf"\b(?:{_UNIT_NOUN}|floor|piso)\.?\s(?:(?:number|no\.?|"
    rf"#)\s?)?#?(?:\d{{1,4}}(?:[-.]\d{{1,3}})?[A-Za-z]?"
    r"|[A-Za-z]-?\d{1,4}|[B-HJ-Z])(?![\w%])(?!\s?(?:people|minutes|hours|years|percent|times|"
    r"of us|and a half))"
    rf"|\b(?:room|ward|bed|unit|pod|suite)\s(?:one|two|three|four|five|six|seven|eight|nine|"
    rf"ten|eleven|twelve|fourteen|fifteen|[b-hj-z])\b(?!\s(?:people|of|minutes|hours|years|times))",
    re.IGNORECASE,
)
_COMPASS: Final = regex(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s(?:North|South|East|West|Center|Tower|"
    r"Main)\b(?!\s(?:\w{1,20}\s)?(?:Street|St|Ave|Avenue|Road|Rd|side|coast|end))"
    r"|\b(?:north|south|east|west)\s\d{1,2}\b(?!\s?(?:people|minutes|hours|years|percent|%|miles))",
    re.IGNORECASE,
)
_UNIT_CODE: Final = regex(
    r"(?<![\w-])(?:[A-Z]{1,3}-?\d{1,2}[A-Z]?|\d{1,2}[NSEW]{1,2})(?![\w-]|\.\d|%)"
)
_NO_UNIT: Final = regex(
    r"(?:B12|A1C?|K-?12|K-?\d|H1B|H1N1|MP3|D3|B6|C3|F1|J1|H1|H2B|COVID-?19|X\d|R2|Q\d|[AVW]\d|"
    r"T\d|P\d|PM?\d|W2|W4|I9|G\d|[A-Z]\d?[a-z].*|"
    r"[2-9][xX]|N95|O2|CO2|GCSE|A4|U2|Y\d{1,2}|M\d{1,2}|I-?\d{1,3}|US-?\d+|KS\d|EC\d|U\d{1,2})"
)

_HEAD: Final = (
    r"(?:Hospital|Clinic|Medical\sCent(?:er|re)|Medical\sGroup|Health\sCent(?:er|re)|"
    r"Healthcare|Health|School|Elementary|"
    r"Primary|Middle|High|Junior\sHigh|Secondary|Comprehensive|Academy|College|"
    r"Community\sCollege|University|Church|"
    r"Temple|Mosque|Masjid|Parish|Cathedral|Chapel|Synagogue|Tabernacle|Ministries|Gurdwara|"
    r"Pediatrics|"
    r"Paediatrics|Partners|Dental|Dental\sGroup|Pharmacy|Home\sCare|Hospice|Nursing\sHome|"
    r"Preschool|"
    r"Nursery|Daycare|Montessori|Memorial|General|State|Foundry|Casting|Bakery|Foods|Farms|"
    r"Industries|"
    r"Manufacturing|Logistics|Electric|Plumbing|Construction|Cleaners|Cleaning|Laundry|Diner|Café|"
    r"Grill|Inn|Hotel|Library|Museum|Foundation|Institute|Associates|Services|Solutions|Consulting|"
    r"Security|Staffing|Credit\sUnion|Bank|Rotary|Lodge|Club|YMCA|"
    r"A\.?M\.?E\.?(?:\sZion)?(?:\sChurch)?|"
    r"Baptist(?:\sChurch)?|Methodist(?:\sChurch)?|Lutheran(?:\sChurch)?|United(?:\sChurch)?|COGIC|"
    r"Inc|LLC|Ltd|Corp)"
)
_PART: Final = r"(?:St\.|Mt\.|Ft\.|[A-Z][\w'’&-]{1,24}(?:'s|’s)?)"
_ORG: Final = regex(
    rf"\b{_PART}(?:\s(?:{_PART}|of|the|and|&|for|"
    rf"at)){{0,4}}?,?\s{_HEAD}\b\.?(?:\s(?:{_HEAD}\b|of\s{_PART}|for\s{_PART}))?"
    r"(?:,?\s(?:Inc|LLC|Ltd|Corp)\b\.?)?"
)
_LOCAL: Final = regex(
    r"\b(?:Local|Lodge|Chapter|Post|Troop|Local sindical)\s#?\d{1,5}\b", re.IGNORECASE
)
_ES_HEAD: Final = (
    r"(?:Hospital|Clínica|Escuela|Colegio|Iglesia|Parroquia|Panadería|Restaurante|Taller|Limpiezas|"
    r"Supermercado|Universidad|Liceo|Fábrica|Lavandería|Farmacia|Bodega|Carnicería|Instituto|"
    r"Fundación|"
    r"Asociación|Templo|Capilla|Centro|Empacadora|Transportes|Construcciones|Tienda|Mercado|"
    r"Sindicato|Guardería)"
)
_ORG_ES: Final = regex(
    rf"\b{_ES_HEAD}\s(?:(?:de|del|la|las|los|el|La|El|Los|Las|Nuestra|San|Santa|"
    rf"Santo)\s){{0,3}}[A-ZÁÉÍÓÚÑ][\wñáéíóú]{{2,20}}"
    r"(?:\s(?:de\s|del\s|la\s|y\s){0,2}[A-ZÁÉÍÓÚÑ][\wñáéíóú]{2,20}){0,3}"
)
_ORG_QUIET: Final = regex(
    r"\b(?:at|from|for|with|in)\s((?:[a-z'’-]{3,20}\s){1,3}?(?:dental(?:\sgroup)?|pediatrics|"
    r"elementary|memorial|"
    r"middle school|high school|community college|medical center|medical group|home care|"
    r"baptist church|church|hospital|clinic|academy|"
    r"university|nursing home|school|college))\b"
)
_BODIES: Final = regex(
    r"(?:(?:the\s)?(?:supreme court|white house|red cross|united (?:states|nations|kingdom)|"
    r"planned parenthood|"
    r"world health organization|world bank|land bank|food bank|electoral college|whole foods|"
    r"trader joe's|black church|jim crow|high school|middle school|public (?:health|school|"
    r"library)|"
    r"community (?:health|college|school)(?: cent(?:er|re))?|mental health|primary (?:care|"
    r"school)|secondary school|"
    r"sunday school|charter school|boarding school|private school|medical school|nursing "
    r"school|law school|state university|"
    r"general hospital|children'?s hospital|social services|human (?:services|resources)|"
    r"emergency services|solid state|deep state|ivy league|catholic (?:church|school)|"
    r"christian (?:church|school)|"
    r"islamic state|nation of islam|attorney general|surgeon general|homeland security|social "
    r"security|united way|"
    r"child protective services|protective services|middle (?:east|class|ages)))",
    re.IGNORECASE,
)
_FILLERS: Final = frozenset({"of", "the", "and", "&", "for", "at"})


def addresses(text: str) -> Iterator[Finding]:
    """Yield each street address, post box, corner and block."""
    for found in _ADDRESS.finditer(text):
        if _names_a_street(found[1]) and (found[0][0].isdigit() or not found[1].islower()):
            yield Finding(*found.span(), "address")
    for pattern in (_BOX, _CALLE, _CORNER, _POSTCODE):
        for found in pattern.finditer(text):
            yield Finding(*found.span(), "address")


def _names_a_street(between: str) -> bool:
    """Say whether what stands between a number and "street" names one: not "5 minute drive"."""
    words = between.split()
    common = lexicon().common
    small = [word for word in words if word.islower() and fold(word) in common]
    return bool(words) and not small


def units(text: str) -> Iterator[Finding]:
    """Yield each numbered or lettered unit, room, bed, suite and building."""
    for pattern in (_UNIT, _COMPASS):
        for found in pattern.finditer(text):
            yield Finding(*found.span(), "unit")
    for found in _UNIT_CODE.finditer(text):
        if not _NO_UNIT.fullmatch(found[0]):
            yield Finding(*found.span(), "unit", "review")


def organisations(text: str) -> Iterator[Finding]:
    """Yield each employer, school, church, practice, club and union local with a name."""
    for found in _ORG.finditer(text):
        start = found.start()
        parts = found[0].split()
        while parts and _is_opening(parts[0], text, start):
            start += len(parts[0]) + 1
            parts = parts[1:]
        of_state = parts[-1:] == ["State"] and is_place(parts[:-1])
        if len(parts) > 1 and not of_state and not _BODIES.fullmatch(text[start : found.end()]):
            yield Finding(start, found.end(), "organisation", _sureness(parts))
    for pattern in (_LOCAL, _ORG_ES):
        for found in pattern.finditer(text):
            yield Finding(*found.span(), "organisation")
    for found in _ORG_QUIET.finditer(text):
        words = found[1].split()
        if not _BODIES.search(found[1]) and fold(words[0]) not in lexicon().common:
            yield Finding(found.start(1), found.end(1), "organisation", "review")


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(start - 8, 0) : start].rstrip(" \"'“(")
    return not before or before[-1] in ".!?:;\n-–—•*>"


def _is_opening(part: str, text: str, start: int) -> bool:
    """Say whether a word before an organisation is only the sentence's first, or a filler."""
    plain = fold(part).strip(",.")
    if plain in _FILLERS | {
        "our",
        "my",
        "your",
        "their",
        "in",
        "at",
        "from",
        "a",
        "an",
        "this",
        "that",
        "no",
    }:
        return True
    is_word = plain in lexicon().common and plain not in lexicon().given
    return is_word and _begins_sentence(text, start) and not part.endswith(("'s", "’s"))


def is_place(parts: list[str]) -> bool:
    """Say whether these words are one of the places that stay: "Washington State"."""
    folded = tuple(fold(part) for part in parts)
    return bool(folded) and folded in phrases("places.txt", folded[0])


def _sureness(parts: list[str]) -> Tier:
    """Say how sure a name of an organisation is: of words of the dictionary alone, less."""
    proper = [fold(part).strip(",.") for part in parts[:-1] if fold(part) not in _FILLERS]
    if not proper or all(is_kept(part) for part in proper):
        return "review"
    known = lexicon().known
    return "review" if all(part.removesuffix("'s") in known for part in proper) else "auto"
