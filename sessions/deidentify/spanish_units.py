"""Numbered and lettered rooms, wards, classes and halls, as Spanish names them.

Pure. Every repetition in a pattern is bounded. A room without a number stays, and so does a floor
of which nobody says more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import Finding
from sessions.deidentify.pattern import regex
from sessions.deidentify.spanish import COUNTED, SAID_NUMBER, may_be_spanish

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is hardly anything but a room beside a number.
_ROOM: Final = (
    r"aula|salón|salon|sala|cama|camilla|cuarto|habitación|habitacion|hab\.|consultorio|box|"
    r"boxes|quirófano|pabellón|pabellon|módulo|modulo|edificio|edif\.|laboratorio|lab\.|oficina|"
    r"despacho|"
    r"celda|galera|galpón|galpon|nave|barraca|dormitorio|taller|bodega|almacén|camarote|cabaña|"
    r"cubículo|cubiculo|ventanilla|cabina|crujía|bloque|ala|torre|litera|vestidor|vestuario|"
    r"incubadora|andén|muelle|portón|sala\s(?:de\s(?:juntas|reuniones|"
    r"espera|partos|cirugía|internación|maestros|profesores|usos\smúltiples)|común)|"
    r"salón\s(?:de\s(?:clases|actos|usos\smúltiples)|parroquial)|salones|aulas|camas|salas|"
    r"cuartos|"
    r"habitaciones|consultorios|pabellones|módulos|edificios|urgencias|pediatría|maternidad|"
    r"medicina\sinterna|hospitalización|ginecología|neonatos|ucin?|uti"
)
# A number after these may count or rank something else.
_MAYBE: Final = (
    r"piso|planta|turno|línea(?!\s\d{1,2}\s(?:del\s(?:metro|tren)|de\smetro))|"
    r"pasillo|invernadero|cuadrilla|corral|andamio|máquina|banda"
)
_LETTER: Final = r"(?:(?-i:[A-Z])(?![\w'’/.])|(?<=\s)[b-df-hj-np-tv-xz](?![\w'’/.]))"
_CODE: Final = (
    r"(?:(?:n\.?\s?[º°o]\.?\s?|#\s?|núm\.?\s|"
    r"número\s)?\d{1,4}(?:[-.]\d{1,3})?(?:\s?[-–]?\s?(?-i:[A-Z])(?![\w'’]))?|"
    rf"(?-i:[A-Z])\s?-?\s?\d{{1,4}}|{_LETTER})"
)
_SAID: Final = (
    r"(?:cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|diecis[eé]is|"
    r"dieci[a-z]{4,5}|veinte|veinti[a-zéó]{2,6}|(?:treinta|cuarenta)(?:\sy\s(?:un|dos|tres|"
    r"cuatro|cinco|"
    rf"seis|siete|ocho|nueve)\w{{0,1}})?|(?:cient|doscient|trescient|cuatrocient|"
    rf"quinient)os(?:\s{SAID_NUMBER})?|"
    r"ciento\s\w{3,10}|uno|dos|tres)\b"
)
_NUMBERED: Final = regex(
    rf"(?<!\w)(?:{_ROOM})\s(?:(?:norte|sur|este|oeste)\s)?{_CODE}(?![\w%º°ª]|[.,:]\d){COUNTED}"
    rf"(?:\s?(?:,|y|al?|o|-|–)\s?{_CODE}(?![\w%]|[.,]\d){COUNTED}){{0,3}}",
    re.IGNORECASE,
)
_PERHAPS: Final = regex(
    rf"(?<!\w)(?:{_MAYBE})\s(?:{_CODE}|{_SAID})(?![\w%º°ª]|[.,:]\d){COUNTED}(?!\sde\scada|"
    rf"\spor\b)",
    re.IGNORECASE,
)
_SAID_ROOM: Final = regex(
    r"(?<!\w)(?:aula|salón|salon|sala|cama|cuarto|habitación|habitacion|consultorio|box|"
    r"quirófano|"
    r"pabellón|pabellon|módulo|modulo|edificio|celda|galera|galpón|nave|bodega|taller|piso|"
    r"planta|"
    rf"oficina|mostrador|ventanilla|taquilla|barraca|dormitorio|bloque|torre|camilla|"
    rf"laboratorio)\s(?:número\s)?{_SAID}{COUNTED}"
    r"(?:\s(?-i:[A-Z])\b|\s[bcdf]\b)?",
    re.IGNORECASE,
)
_ORDINAL: Final = (
    r"(?:primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|séptim[oa]|septim[oa]|"
    r"octav[oa]|"
    r"noven[oa]|décim[oa])"
)
_FLOOR: Final = regex(
    rf"\b{_ORDINAL}\s(?:piso|planta)(?:,?\s(?:lado\s|ala\s)?(?:norte|sur|este|oeste|"
    rf"(?-i:[A-Z])\b))"
    rf"|\b(?:piso|planta)\s(?!primer[oa]?\b){_ORDINAL}\b"
    r"|(?<![\w.,/])\d{1,2}\s(?-i:Norte|Sur|Oriente|Poniente|Oeste|Este)\b(?!\s(?:Street|Ave))"
    rf"|\b(?:ala|pabellón|lado)\s(?:norte|sur|este|oeste|oriente|poniente)\s\d{{1,3}}\b",
    re.IGNORECASE,
)
_HIGH_FLOOR: Final = regex(
    r"\b(?:en|del?|al|el)\s(?:el\s)?((?:tercer|cuarto|quinto|sexto|séptimo|octavo|noveno|"
    r"décimo)\spiso)\b",
    re.IGNORECASE,
)
# "el bajo C"; "el cliente de la 1204".
_DOOR: Final = regex(
    r"\b((?:bajo|entresuelo|principal|ático)\s(?-i:[A-H]))(?![\w'’.])"
    r"|\b(?:cliente|clienta|huésped|huéspedes|señora?|paciente|familia|pareja|inquilin[oa]|vecin[oa])"
    r"\s(?:de|en)\sla\s(\d{3,4})\b(?!\s?(?:%|personas|veces))",
    re.IGNORECASE,
)
# "5.º B", "3ro B", "sexto B", "2º de la ESO B".
_CLASS: Final = regex(
    r"(?<![\w.,])[1-9]\.?\s?(?:[º°ª]|ro|do|er|to|mo|vo|no|ero)\.?\s?(?:de\s(?:la\s)?(?:ESO|"
    r"primaria|secundaria|"
    r"prepa|bachillerato|básico|básica|medio|infantil)\s)?[\"“']?(?-i:[A-H])\b(?!\s(?:la|los|"
    r"el)\b)"
    rf"|\b(?:{_ORDINAL})\s(?:(?:año|grado|grupo)\s)?(?:de\s(?:la\s)?(?:ESO|primaria|secundaria|"
    rf"prepa|"
    r"bachillerato|básica)\s)?[\"“']?(?-i:[A-H])(?![\w'’.])(?!\s(?-i:[A-Z]))"
    r"|(?<![\w.,/])[1-6]\s?[-]?\s?[\"“'](?-i:[A-H])[\"”']"
    r"|\b(?:grado|grupo|curso|división|clase)\s(?:[1-9]\s?[-–]?\s?)?[\"“'](?-i:[A-H])[\"”']",
    re.IGNORECASE,
)


def spanish_units(text: str, *, numbered: bool = True) -> Iterator[Finding]:
    """Yield each numbered or lettered room, ward, class and hall in Spanish.

    Args:
        text: What to look through.
        numbered: Whether it has a number at all; some of the patterns need one.
    """
    if not may_be_spanish(text):
        return
    for pattern in (_NUMBERED, _FLOOR, _CLASS):
        for found in pattern.finditer(text):
            yield Finding(*found.span(), "unit")
    for found in _PERHAPS.finditer(text):
        yield Finding(*found.span(), "unit", "review")
    for found in _DOOR.finditer(text):
        yield Finding(*found.span(found.lastindex or 0), "unit", "review")
    for found in _HIGH_FLOOR.finditer(text):
        yield Finding(*found.span(1), "unit", "review")
    if numbered:
        for found in _SAID_ROOM.finditer(text):
            yield Finding(*found.span(), "unit", "review" if found[0].endswith("o") else "auto")
