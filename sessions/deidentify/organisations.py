"""Where somebody lives or works: addresses, numbered units, organisations, and numbers of files.

Pure. Every repetition in a pattern is bounded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import Finding
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.lists import phrases
from sessions.deidentify.pattern import regex
from sessions.deidentify.survivors import is_kept
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.deidentify.model import Tier

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
