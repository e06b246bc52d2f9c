"""Where somebody lives, as Spanish says it: from "C/ Mayor 14, 3.º B" to "Mz. B Lt. 4".

Pure. Every repetition in a pattern is bounded. A street without a number stays, and so does a
town.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import Finding
from sessions.deidentify.pattern import regex
from sessions.deidentify.spanish import COUNTED, SAID_NUMBER, is_name_like, may_be_spanish
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.deidentify.model import Tier

# What is called so is a street whatever stands beside it.
_SURE: Final = (
    r"calle|c/|cll\.|avenida|avda\.?|av\.?|jirón|jiron|jr\.?|psje\.?|pje\.?|callejón|callejon|"
    r"bulevar|boulevard|blvd\.?|prolongación|prol\.|calzada|carretera|ctra\.?|cra\.?|kra\.?|"
    r"andador|travesía|costanilla|plazuela|glorieta|periférico"
)
# What is an everyday word too: it needs a name with a capital after it.
_DOUBTFUL: Final = (
    r"pasaje|paseo|privada|priv\.|cerrada|camino|carrera|transversal|diagonal|ronda|rambla|"
    r"malecón|alameda|vereda|circuito|plaza|pza\.?|cuesta|vía|autopista|retorno|eje|ruta"
)
_CAP: Final = r"(?-i:[A-ZÁÉÍÓÚÑ])[\w'’-]{1,20}"
_SMALL: Final = r"(?:de|del|la|las|los|el|y|san|santa|dr\.?|gral\.?|sur|norte|este|oeste|\d{1,3})"
_NAMES: Final = rf"(?:{_SMALL}\s){{0,3}}{_CAP}(?:\s(?:{_SMALL}\s){{0,2}}{_CAP}){{0,3}}"
_SIGN: Final = r"(?:,?\s?(?:#|n\.?\s?[º°]\.?|no\.|nro\.?|núm\.?|num\.?|número|numero)\s?)"
_NUMBER: Final = (
    r"\d{1,5}(?:\s?(?-i:[A-D]|[a-d])\b)?(?:\s(?:sur|norte|bis)\b)?"
    r"(?:\s?(?:[-–/]|#|no\.)\s?\d{1,3}[a-z]?(?:\s?-\s?\d{1,3})?)?"
)
_STREET: Final = regex(
    rf"(?<!\w)({_SURE}|"
    rf"{_DOUBTFUL})\s?((?:(?<!\w)[\w'’.-]{{1,20}}\s){{0,4}}?(?<!\w)[\w'’.-]{{1,20}}?)"
    rf"((?:,?\s|{_SIGN})(?:{_NUMBER}(?![\w%]|[.,]\d)|s/n\b)|{_SIGN}{SAID_NUMBER}\b|"
    rf"\s{SAID_NUMBER}\b)"
    rf"{COUNTED}",
    re.IGNORECASE,
)
_CARRERA: Final = regex(
    r"\b(?:carrera|cra\.?|kra\.?|calle|cll?\.?|transversal|diagonal|avenida|av\.?)\s\d{1,3}"
    r"[a-z]?(?:\s?bis)?(?:\s(?:sur|norte|este|oeste))?\s?(?:#|n\.?\s?[º°o]\.?|no\.?|con|"
    r"-)\s?(?:(?:carrera|cra\.?|kra\.?|calle|cll?\.?|av\.?|avenida)\s)?\d{1,3}"
    r"[a-z]?(?:\s?-\s?\d{1,3})?(?:\s(?:sur|norte|este|oeste)\b)?"
    r"|\b\d{1,2}\.?(?:a|ª|da|ra|ta|va|na|º)?\.?\s(?:calle|avenida|av\.?)\s(?:[a-z]\s)?"
    r"(?:[\dA-Z]{1,3}\s?-\s?\d{1,3}|#\s?\d{1,3}\s?-\s?\d{1,3})"
    r"|\bcalle\s\d{1,3}[a-z]?,?\s(?:#\s?\d{1,4}\s)?(?:entre|"
    r"e/)\s(?:calle\s)?\d{1,3}[a-z]?\sy\s\d{1,3}"
    r"[a-z]?\b",
    re.IGNORECASE,
)
# "vivo en 218 camino mezquite": the number first, as in Texas.
_NUMBER_FIRST: Final = regex(
    r"\b(?:en|del?|al)\s(?:el\s)?((?!(?:19|20)\d\d)\d{3,5}\s(?:camino|calle|avenida|vereda)\s"
    r"(?!(?:hacia|abajo|arriba|para|por|con|que|desde|hasta)\b)[a-záéíóúñ]{4,16})\b",
    re.IGNORECASE,
)
_BETWEEN: Final = regex(
    rf"\b(?:{_SURE})\s?(?<!\w){_NAMES}(?:\s#?\d{{1,5}})?,?\s(?:entre|e/)\s(?:la\s|"
    rf"calles?\s){{0,2}}{_NAMES}\sy\s"
    rf"(?:la\s|calle\s){{0,2}}{_CAP}(?:\s{_CAP})?",
    re.IGNORECASE,
)
_ESTATE: Final = (
    r"residencial|urb\.|urbanización|fracc?\.|fraccionamiento|conjunto|condominio|edificio|"
    r"edif\.|"
    r"torres?|reparto|barrio|bo\.|col\.|colonia|cantón|caserío|aldea|sector|villas?|ciudadela|"
    r"unidad\shabitacional|multifamiliar|asentamiento|vecindad|parcela|finca|lotificación|"
    r"barriada"
)
_LOT: Final = regex(
    rf"(?:(?<!\w)(?:{_SURE}|{_ESTATE}|asoc\.|aa\.?\s?hh\.?|pp\.?jj\.?)\s?(?<!\w){_NAMES},?\s)?"
    r"\b(?:mz|mza|mzna|manzana|smz|sm|supermanzana|etapa|bloque|sector)\.?\s"
    r"(?:\d{1,3}|[a-z]\d{0,2}|[a-z][-’']\d?)\b,?\s(?:y\s|mz\.?\s\d{1,3},?\s)?"
    r"(?:lt|lte|lote|solar|casa)\.?\s#?\d{1,4}[a-z]?\b"
    rf"(?:,\s{_NAMES}(?![\w.]))?",
    re.IGNORECASE,
)
_KM: Final = regex(
    r"\b(?:en|del?|al?|por)\s(?:el\s)?(km\.?|kilómetro|kilometro)\s\d{1,4}(?:[.,+]\d{1,3})?"
    r"(?:,?\s(?:y\smedio\s)?(?:de\s)?(?:la\s)?(?:carretera|autopista|ruta|vía|panamericana)\b"
    rf"(?:\s(?:a|al|hacia|vieja|nueva|norte|sur|{_CAP}|\d{{1,3}})(?!\w)){{0,4}})?"
    rf"|\b(?:carretera|autopista|ruta|vía|camino|panamericana)\s(?:[\w-]{{1,16}}\s){{0,4}}?"
    r"km\.?\s\d{1,4}(?:[.,]\d{1,3})?",
    re.IGNORECASE,
)
_DOOR: Final = (
    r"(?:casa|lote|lt\.?|apto\.?|apt\.?|apartamento|depto\.?|dpto\.?|departamento|torre|edificio|"
    r"edif\.?|bloque|interior|int\.?|puerta|portal|piso|local|escalera|esc\.?|unidad|villa|"
    r"manzana|"
    r"mz\.?|oficina|of\.?|timbre|cuarto|módulo)"
)
_DOOR_CODE: Final = (
    rf"{_SIGN}?(?:\s)?(?:#\s?)?(?:\d{{1,4}}(?:\s?-?\s?(?-i:[A-Z])\b)?|"
    rf"(?-i:[A-Z])(?:-?\d{{1,3}})?|{SAID_NUMBER})\b"
)
_IN_ESTATE: Final = regex(
    rf"(?<!\w)(?:{_ESTATE})\s{_NAMES},?\s{_DOOR}{_DOOR_CODE}"
    rf"|\bcasa{_SIGN}\s?\d{{1,4}}(?:-?[a-z]\b)?(?:,?\s(?:del?\s)?(?:la\s)?(?:{_ESTATE})"
    rf"\s{_NAMES})?"
    rf"|\b(?:casa|lote|apto\.?|apartamento|depto\.?|portal|parcela)\s\d{{1,4}}[a-z]?,?\s"
    rf"(?:del?\s|en\s)?(?:la\s|el\s)?(?:{_ESTATE})\s{_NAMES}"
    rf"|\b(?:bloque|torre|portal|edificio)\s(?:\d{{1,3}}|(?-i:[A-Z])),?\s{_DOOR}{_DOOR_CODE}",
    re.IGNORECASE,
)
_METRES: Final = regex(
    r"\b(?:de|desde|del|de\sla|contiguo\sa)\s(?:la|el|los|las)?\s?(?:[\wñ]{2,20}\s){1,4}?"
    r"(?:\d{2,3}|una?|dos|tres|media|cien|doscientos|\d\s1/2|\d)\s"
    r"(?:metros|mts\.?|m\.?|varas|vrs\.?|cuadras?|c\.)\s(?:y\smedia\s)?(?:al?\s)?(?:el\s)?"
    r"(?:norte|sur|este|oeste|abajo|arriba|lago|oriente|poniente|occidente)\b",
    re.IGNORECASE,
)
_POSTCODE: Final = regex(r"(?<!\w)C\.?\s?P\.?:?\s\d{4,5}\b")
_CROSSING: Final = regex(
    r"\b(?:esquina|esq\.|cruce|intersección|crucero|rotonda)\s(?:de\s|entre\s|con\s)?(?:las?\s|"
    r"el\s)?"
    r"(?:calles?\s|avenidas?\s|av\.?\s)?((?:(?:san|santa|la|el|los|las|"
    r"del?)\s){0,2}[\wñ'’]{3,20})"
    r"(?:\s[\wñ]{3,20})?\s(?:y|con)\s(?:la\s|el\s)?(?:calle\s|avenida\s|av\.?\s)?"
    r"((?:(?:san|santa|la|el|los|las|del?)\s){0,2}[\wñ'’]{2,20})",
    re.IGNORECASE,
)
_MEET: Final = regex(
    r"\b(?:[Vv]iv[eoía]\w{0,4}|[Qq]ueda|[Dd]omicilio|[Dd]irección|[Cc]asa|[Tt]rabaj\w{1,4}|"
    r"vemos)\s(?:está\s)?en\s"
    rf"({_CAP}(?:\s{_CAP})?\s(?:y|casi|esq\.?|esquina)\s{_CAP}(?:\s{_CAP})?)(?=[,.;]|$|\s[a-z])"
)
_TAIL: Final = regex(
    rf"(?:,?\s(?:y\s)?{_DOOR}{_DOOR_CODE}"
    r"|,?\s\d{1,2}\.?[º°]\s\d{1,2}\.?ª|\s[\"“'](?-i:[A-Z])[\"”']|,?\s(?:entre|e/)\s"
    rf"{_CAP}(?:\s{_CAP})?\sy\s{_CAP}"
    r"|,?\s\d{1,2}\.?\s?(?:[º°ª]|do|er|ro|to|mo)(?:\.|\s)?\s?(?:(?-i:[A-Z])\b|dcha\.?|derecha|izq\w{0,6}\.?|"
    r"izda\.?|piso|planta)?"
    r"|,\s(?:planta\s)?(?:altos|bajos?|sótano|ático|entresuelo|principal)\b(?:\s(?-i:[A-Z])\b)?"
    rf"|,?\szona\s\d{{1,2}}\b|,?\s(?:C\.?P\.?\s)\d{{4,5}}\b"
    rf"|,?\s(?:{_ESTATE}|fracc|col|urb|delegación|alcaldía)\s"
    rf"(?:{_NAMES}|(?-i:[a-z])\w{{3,20}}(?=[,.;]|$)))",
    re.IGNORECASE,
)
_FLOOR: Final = regex(
    r"(?:\b(?:gral|cnel|tte|pte|dr|alte)\.\s)?\b(?-i:[A-ZÁÉÍÓÚÑ])\w{2,20}(?:\s(?-i:[A-ZÁÉÍÓÚÑ])\w{2,20})?\s\d{2,5},?\s(?:\d{1,2}\.?(?:[º°ª]|do|er|ro|to|mo)|"
    r"(?:piso|depto|dpto|apto|timbre|int|entre)\b)",
    re.IGNORECASE,
)
# Words after "calle" or "colonia" that begin no name.
_NO_NAME: Final = frozenset({
    "a", "abajo", "abierta", "ancha", "arriba", "cada", "casi", "cerrada", "cobra", "cobran",
    "como", "con", "costo", "cuando", "cuesta", "cuestan", "donde", "dura", "durante", "duro",
    "en", "entre", "era", "eramos", "eran", "es", "esa", "esta", "estaba", "estaban", "estan",
    "fue", "fueron", "gano", "habia", "hace", "hacia", "hasta", "hay", "hubo", "larga", "le",
    "les", "llega", "llena", "lleva", "lo", "mas", "me", "mi", "mide", "mis", "mojada", "no",
    "nos", "nueva", "o", "otra", "otras", "otros", "pago", "para", "pasa", "pasan", "pero",
    "por", "porque", "principal", "que", "salio", "se", "sigue", "siguen", "sin", "sobre",
    "solo", "somos", "son", "su", "sube", "subio", "sus", "te", "tenemos", "tenia", "tiene",
    "tienen", "unas", "unica", "unos", "va", "vacia", "vale", "vamos", "van", "vieja", "vive",
    "viven", "vivo", "ya",
})  # fmt: skip
_PARTICLES: Final = frozenset({"de", "del", "la", "las", "los", "el", "y"})
_TAILS = 4
_BESIDE_A_NAME: Final = regex(r"\d|[º°#]")


def spanish_addresses(text: str, *, numbered: bool = True) -> Iterator[Finding]:
    """Yield each address in Spanish.

    Args:
        text: What to look through.
        numbered: Whether it has a number at all; most of the patterns need one.
    """
    if not may_be_spanish(text):
        return
    if numbered:
        yield from _numbered(text)
    yield from _of_no_house(text)


def _numbered(text: str) -> Iterator[Finding]:
    """Yield addresses with a number."""
    for found in _STREET.finditer(text):
        tier = _sureness(found)
        if tier:
            yield Finding(found.start(), _with_tail(text, found.end()), "address", tier)
    for pattern in (_CARRERA, _BETWEEN, _LOT, _IN_ESTATE):
        for found in pattern.finditer(text):
            yield Finding(found.start(), _with_tail(text, found.end()), "address")
    for found in _FLOOR.finditer(text):
        yield Finding(found.start(), _with_tail(text, _before_floor(found)), "address")
    for found in _KM.finditer(text):
        yield Finding(found.start(found.lastindex or 0), found.end(), "address", "review")
    for found in _NUMBER_FIRST.finditer(text):
        yield Finding(*found.span(1), "address", "review")
    for found in _POSTCODE.finditer(text):
        yield Finding(*found.span(), "address")


def _of_no_house(text: str) -> Iterator[Finding]:
    """Yield where somebody lives by a landmark, a corner or a crossing."""
    for found in _METRES.finditer(text):
        yield Finding(found.start(), _with_tail(text, found.end()), "address", "review")
    for found in _CROSSING.finditer(text):
        if all(is_name_like(fold(side.split()[-1])) for side in found.groups()):
            yield Finding(*found.span(), "address", "review")
    for found in _MEET.finditer(text):
        yield Finding(*found.span(1), "address", "review")


def _sureness(found: re.Match[str]) -> Tier | None:
    """Say how sure it is that a street and a number are an address, and not "calle de todos"."""
    kind, name, number = found.groups()
    words = [word for word in name.split() if fold(word).strip(".") not in _PARTICLES]
    small = [fold(word) for word in words if word[0].islower()]
    if not words or any(word in _NO_NAME for word in small):
        return None
    written = _BESIDE_A_NAME.search(number) is not None or "s/n" in number.lower()
    sure = re.fullmatch(_SURE, kind, re.IGNORECASE) is not None
    if not sure and small and not all(is_name_like(word) for word in small):
        return None
    if written:
        return "auto" if not small or sure else "review"
    said = number.split()
    if len(said) > 1 or said[-1].lower() not in {"uno", "una", "un", "dos", "tres"}:
        return "auto" if sure and (len(said) > 1 or not small) else "review"
    return None


def _before_floor(found: re.Match[str]) -> int:
    """Return where the street and its number end, before the floor that follows."""
    digits = re.search(r"\d{2,5}", found[0])
    return found.start() + (digits.end() if digits else 0)


def _with_tail(text: str, end: int) -> int:
    """Return where an address ends with its floor, its door and its quarter."""
    for _ in range(_TAILS):
        more = _TAIL.match(text, end)
        if not more:
            break
        end = more.end()
    return end
