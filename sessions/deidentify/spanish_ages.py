"""The exact age of one person, as Spanish says it: "a los diecisiete", "mi sobrino de 5".

Pure. Years of service, the age of a house or a group and counts of things stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import SPANISH_NUMBER, Finding, number_of
from sessions.deidentify.pattern import regex
from sessions.deidentify.spanish import may_be_spanish

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER: Final = rf"(?:1[01]\d|\d{{1,2}}|{SPANISH_NUMBER})"
_KIN: Final = (
    r"(?:abuel(?:a|o|ita|ito)|hij(?:a|o|ita|ito)|nen(?:a|e|ita|ito)|niet(?:a|o|ecita|ecito)|"
    r"sobrin[oa]|"
    r"herman(?:a|o|ita|ito)|prim(?:a|o|ita|ito)|niñ(?:a|o|ita|ito)|chic[oa]|chiquit[oa]|"
    r"chamac[oa]|"
    r"chavit[oa]|chav[oa]|muchach(?:a|o|ito|ita)|jovencit[oa]|joven|señora?|señorita|viejit[oa]|"
    r"ancian[oa]|"
    r"hombre|mujer|paciente|pte|px|pac|alumn[oa]|estudiante|bebé|bebe|criatura|guagua|wawa|"
    r"patoj[oa]|"
    r"cip[oó]t[ea]|chigüín|pib[ea]|gur[ií]s?|cabr[oa]|chaval[ae]?|crío|cría|güir[oa]|"
    r"peladit[oa]|esposo|"
    r"esposa|marido|tí[oa]|cuñad[oa]|ahijad[oa]|vecin[oa]|compañer[oa]|gemel[oa]s|mell?iz[oa]s|"
    r"mayor|menor|mediano|mediana|pequeñ[oa]|grande|chiquill[oa]|adolescente|varón|fémina|"
    r"masc(?:ulino)?\.?|fem(?:enin[oa])?\.?|viud[oa]|jornaler[oa]|cocinera|trabajadora?)"
)
_YEARS: Final = r"(?:años|añitos|anos\b|añ\.|a\.)"
# What goes on after an age; what is counted would be a noun with s.
_ON: Final = (
    r"(?:(?=\s?(?:[.,;:!?)\]”\"…»]|[-–—]\s|$|\n))(?![.,:]\d)|(?=\s(?:cuando|pero|porque|xq|que|"
    r"ya|"
    r"mi|su|me|se|la|el|lo|ella|él|yo|hoy|ayer|anoche|mañana|ahora|apenas|recién|en|ni|aunque|con|cumplidos|y\s"
    r"(?!medi[oa]\b|pico\b|cuarto\b|un[oa]?\b|dos\b|tres\b|\d))\b))"
)
_FILL: Final = (
    r"(?:ya\s|apenas\s|como\s|casi\s|s[oó]lo\s|solamente\s|unos\s|yo\s|[eé]l\s|ella\s|ahora\s|"
    r"hoy\s|los\s|nomás\s|quizás?\s|mi\shij[oa]\s|entonces\s){0,3}"
)
_HAD: Final = regex(
    r"\b(?:tiene|tienes|tenía|tenia|tengo|tendría|tendrá|tenga|tuviera|ten[ií]as|tenés|"
    r"anda\s(?:en|por)|"
    rf"andaba\s(?:en|por))\s{_FILL}({_NUMBER})(?:\sy\smedi[oa])?(?:\s{_YEARS}(?P<years>)|{_ON})",
    re.IGNORECASE,
)
_TURNED: Final = regex(
    rf"\b(?:cumpl(?:ir|o|e|es|í|ió|iste|ía|irá|iría|a|ido|iendo)|cumplio|cumplia|"
    rf"festej\w{{1,4}}\ssus|celebr\w{{1,4}}\ssus)\s{_FILL}"
    rf"({_NUMBER})(?:\s{_YEARS}(?!\sde\s(?!edad))(?P<years>)|{_ON})",
    re.IGNORECASE,
)
_A_LOS: Final = regex(
    rf"\b(?:a|desde|hasta|como\sa|recién\sa)\s(?:los|sus|"
    rf"mis)\s({_NUMBER})(?:\s{_YEARS}(?!\sde\s(?!edad))"
    r"|(?=\s?(?:[.,;:!?)\]”\"…»]|[-–—]\s|$|\n))(?![.,:]\d)"
    r"|(?=\s(?!\w{2,20}s\b|del?\b|que\b|y\s|o\s|a\slos\b|mil\b|por\b|millones|n?i\b|otr|demás|"
    r"los\b)[a-záéíóúñ]))",
    re.IGNORECASE,
)
_OF: Final = regex(
    rf"\b(?:{_KIN}|(?:era|soy|siendo|yo|ella|él)(?:\sya)?)(?:\s(?:ya|como|casi))?,?\s(?:de|"
    rf"con)\s({_NUMBER})"
    rf"(?:\s{_YEARS}(?P<years>)|{_ON}|(?=\s(?!\w{{2,20}}s\b|a\b|del?\b|mil\b|y\b|"
    rf"o\b)[a-záéíóúñ]))",
    re.IGNORECASE,
)
_YEARS_OLD: Final = regex(
    rf"\b({_NUMBER})\s(?:añitos\b|años\s(?:de\sedad|cumplidos|recién\scumplidos))"
    rf"|\b(?:{_KIN}|{_KIN}\s{_KIN})\s(?:de\s)?({_NUMBER})\s?(?:años\b|a\b\.?)"
    rf"|\b(?:con|los|mis|sus)\s({_NUMBER})(?:\saños)?\s(?:recién\s)?cumplidos\b"
    rf"|\bcon\s(?:mis\s|sus\s|casi\s|apenas\s)?({_NUMBER})\saños\b"
    rf"|\bedad:?\s(?:de\s|es\s)?({_NUMBER})\b",
    re.IGNORECASE,
)
_ASIDE: Final = regex(
    rf"\b{_KIN}\s?(?:,|\(|:|—|–)?\s?({_NUMBER})(?:\saños|\sañitos)?(?=\s?(?:[,).;]|$|\n))(?!,\d)",
    re.IGNORECASE,
)
_MONTHS: Final = regex(
    rf"\b(?:{_KIN}\s(?:tiene|tenía|de|con)|tenía\s(?:apenas|sólo|solo))\s(?:apenas\s|"
    rf"s[oó]lo\s)?({_NUMBER}\s(?:meses|semanas))\b"
    r"(?!\s(?:de\s(?!nacid|edad|vida)|embaraz|trabaj|en\b|aquí|esperando|sin))"
    rf"|\b({_NUMBER}\smes(?:es|itos)\sde\s(?:nacid[oa]|edad))\b",
    re.IGNORECASE,
)
_OF_MANY: Final = regex(
    r"(?:\b(?:mayores|menores|m[aá]s|menos|partir|antes|después|lapso|plan|contrato|historia|"
    r"experiencia|hace|cada|durante|dentro|entre|tod[oa]s|adultos|niñ[oa]s|jóvenes|mujeres|"
    r"hombres|"
    r"personas|alumn[oa]s|escuela|parroquia|iglesia|sindicato|cooperativa|club|colegio|hospital|"
    r"asociación|barrio|ley|comité|proyecto|programa|casa|empresa|clínica)\s(?:de\s)?|[-–]\s?)$",
    re.IGNORECASE,
)
_OF_A_HOUSE: Final = regex(
    r"(?:\s(?:años|añitos))?\s(?:(?:la|el|nuestr[oa]|est[ea]|su|de)\s(?:escuela|parroquia|"
    r"iglesia|"
    r"sindicato|cooperativa|club|colegio|hospital|asociación|comité|ley|proyecto|programa|"
    r"empresa|"
    r"biblioteca|grupo|clínica|comunidad|casad|aquí|servicio|trabaj|antigüedad|experiencia|"
    r"matrimonio)"
    r"|\s(?:años|añitos)\s(?:de\s)?(?:casad|trabajando|viviendo|esperando|aquí|acá|así|después|"
    r"atrás|sin\b|en\b|haciendo|"
    r"limpiando|pagando|como\b|cosechando|dando|luchando|metid|fuera|lejos|juntos|seguidos))"
    r"|\s?(?:[-–/]|\ba|\bo|\bu)\s?(?:los\s)?\d",
    re.IGNORECASE,
)
_AFTER_NAME: Final = regex(
    rf"\b(?-i:[A-ZÁÉÍÓÚÑ])\w{{2,20}},\sde\s({_NUMBER})(?=\s?[.,;)]|$|\n)(?!,\d)|"
    rf"\b(?-i:[A-ZÁÉÍÓÚÑ])\w{{2,20}},\sde\s({_NUMBER})\saños\b|"
    rf"\b{_KIN}\s(?-i:[A-ZÁÉÍÓÚÑ])\w{{2,20}}\sde\s({_NUMBER})\saños\b|"
    rf"[,.]\s({_NUMBER})\saños,",
    re.IGNORECASE,
)
_UN: Final = regex(r"\bun$")
_YOUNGEST, _TEENS = 3, 10


def spanish_ages(text: str) -> Iterator[Finding]:
    """Yield each exact age of one person in Spanish."""
    if not may_be_spanish(text):
        return
    for pattern in (_HAD, _TURNED, _A_LOS, _OF):
        for found in pattern.finditer(text):
            if not _is_of_others(text, found, found.end(1)):
                yield from _age(found, 1, years=found.lastindex != 1 or _says_years(found))
    for found in _YEARS_OLD.finditer(text):
        at = found.lastindex or 1
        if not _is_of_others(text, found, found.end(at)):
            yield from _age(found, at, years=True)
    yield from _beside_a_word(text)


def _beside_a_word(text: str) -> Iterator[Finding]:
    """Yield ages that stand beside a word for somebody, or between commas, and say no more."""
    for pattern in (_ASIDE, _AFTER_NAME):
        for found in pattern.finditer(text):
            at = found.lastindex or 1
            if (number_of(found[at].lower()) or 0) >= _YOUNGEST:
                yield Finding(*found.span(at), "age", "review")
    for found in _MONTHS.finditer(text):
        yield Finding(*found.span(found.lastindex or 1), "age", "review")


def _age(found: re.Match[str], at: int, *, years: bool) -> Iterator[Finding]:
    value = number_of(_UN.sub("uno", found[at].lower())) or 0
    if years and value:
        yield Finding(*found.span(at), "age")
    elif value >= _YOUNGEST:
        yield Finding(*found.span(at), "age", "auto" if value >= _TEENS else "review")


def _says_years(found: re.Match[str]) -> bool:
    return found[0].lower().rstrip(".").endswith(("años", "añitos"))


def _is_of_others(text: str, found: re.Match[str], end: int) -> bool:
    """Say whether years are those of a group, of a house or of somebody's work."""
    before = text[max(found.start() - 24, 0) : found.start(found.lastindex or 1)]
    return bool(_OF_MANY.search(before[:24]) or _OF_A_HOUSE.match(text, end))
