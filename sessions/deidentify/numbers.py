"""Numbers of files, badges, plates and the like, by the word before them or by their look.

Pure. Every repetition in a pattern is bounded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import Finding
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.pattern import regex
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRONG: Final = (
    r"mrn|mr#|badge|employee|emp|staff|licen[cs]e|plates?|placa|locker|npi|ssn|dea|upn|nhs|"
    r"passport|medicaid|"
    r"medicare|policy|póliza|member|membership|insurance|patient|pt|participant|subject|"
    r"student|expediente|"
    r"historia clínica|carnet|cédula|matrícula|folio|seguro|tarjeta|reference|ref|social|"
    r"i\.?d\.?|vin|"
    r"library card|card|account|acct|case|claim|ticket|grievance|complaint|incident|report|"
    r"docket|chart|"
    r"record|file|study|enrollment|enrolment|inmate|roll|caso|número|numero|nómina|registro|"
    r"a-number|alien|receipt|admission|invoice|buzz|buzzer|pin|tracking|confirmation|"
    r"oficio|soci[oa]|acta|recibo|trámite|credencial|dni|nie|nif|curp|rfc|cuit|rut|imss|nss|"
    r"legajo|"
    r"factura|pasaporte|permit|visa|warrant|summons|booking|tag|registration|reg|plate|códigos?|"
    r"gafete|ficha|cuil|carné|boleto|hc|h\.c\.?|h\.cl\.?|nss|ine|sisben|legajo|emplead[oa]|"
    r"marbete|chapa|"
    r"patente|brevete|cuenta|contrato|radicado|parte|guía|tarjetón|carpeta|prontuario|ruc|nit|"
    r"cui|dpi|"
    r"reporte|solicitud|padrón|casillero|"
    r"wristband|voucher|petition|petición|queja|denuncia|afiliad[oa]|boleta|turno"
)
_LINK: Final = (
    r"(?:\s?(?:n\.?\s?[º°o]\.?(?=\s?\d)|number|numbers|num|no|nr|nbr|id|ids|card|"
    r"file|code|record|plate|ending in|ends in|"
    r"is|was|es|era|reads|read|as|del sindicato|del coche|del carro|del auto|de ciudadanía|"
    r"de identidad|"
    r"de elector|de la troca|del camión|de la moto|del seguro|de empleado|de empleada|de nómina|"
    r"de caso|"
    r"de socio|de socia|médico|médica|clínico|clínica|policial|laboral|de extranjería|"
    r"de la camioneta|núm|#|:|-|\.|del|de|el|the|with|my|"
    r"in)(?=[\s#:.\d-])|\s?[#:.(]|\s){0,5}?\s?"
)
_CODE: Final = (
    r"((?:(?-i:[A-Z]{1,5})[ /]|[A-Za-z]{0,5}[-·./]?)\d"
    r"(?:[\w·]|[-./·](?=[\dA-Za-z])|\s(?=\d)){0,24})"
)
_SLASHED: Final = regex(
    r"(?<![\w/@.-])(?:[A-Z]{1,5}[/-](?:[A-Z]{1,4}[/-])?\d{2,7}(?:[/-][A-Z\d]{1,6}){0,3}|"
    r"\d{2,7}-[A-Z]{1,2}/\d{2,6}|\d{2,4}/[A-Z]{1,4}/\d{2,7}|\d{3,7}/[A-Z]{1,3})(?![\w/%])"
)
_PLATE: Final = regex(
    r"(?<![\w-])(?:[A-Z]{2}\d{2}\s[A-Z]{3}|(?!19|20)\d{4}\s?[B-DF-HJ-NP-TV-Z]{3}|"
    r"[A-Z]{1,3}\s\d{3}\s[A-Z]{2,3}|"
    r"[A-Z]{3}-\d{2,3}-\d{2})(?![\w-])"
)
# What Mexico calls CURP and RFC: letters of the name, the day of birth, and more.
_CURP: Final = regex(r"\b[A-ZÑ]{3,4}\d{6}(?:[HMX][A-Z]{5}[A-Z\d]\d|[A-Z\d]{3})\b", re.IGNORECASE)
_SMALL_PLATE: Final = regex(
    r"\b(?:licen[cs]e\s)?plates?\s(?:number\s|no\.?\s|is\s|was\s){0,2}"
    r"((?!(?:and|of|or|in|at|is|was|for|on|by|the|no)\b)[a-z]{1,4}[\s-]?\d{2,5}[a-z]{0,3})\b",
    re.IGNORECASE,
)
_COUNTED: Final = regex(
    r"\s(?:days?|weeks?|months?|years?|hours?|minutes?|people|pages?|times?|words|percent|"
    r"dollars|"
    r"cases|students|kids|staff|members|residents|families|total|and\scounting|hojas|páginas|"
    r"pesos|"
    r"soles|euros|dólares|colones|quetzales|lempiras|personas|vecin[oa]s|familias|años|meses|"
    r"semanas|"
    r"días|horas|minutos|veces|casos|niñ[oa]s|alumn[oa]s|mujeres|hombres|emplead[oa]s|soci[oa]s|"
    r"trabajadores|trabajadoras|compañer[oa]s|kilos|cajas|metros|mil|millones|palabras|firmas|"
    r"puntos|votos)\b|\s?%",
    re.IGNORECASE,
)
_BY_WORD: Final = regex(rf"\b(?:{_STRONG})\b{_LINK}{_CODE}", re.IGNORECASE)
_MY_NUMBER: Final = regex(
    r"\b(?:my|his|her|their|mi|su)\s(?:\w{1,12}\s){0,2}?(?:number|número|"
    r"id)\s(?:\w{1,6}\s){0,2}?(?:was|is|es|era)\s#?([\w-]{0,6}\d[\w-]{1,20})",
    re.IGNORECASE,
)
_HASH: Final = regex(r"(?<![\w&])#\s?(\d[\d-]{2,18})\b")
_NUMBER_SIGN: Final = regex(
    r"\b(?:(?:No|Nr|Núm|N°|Nº)\.?|(?:operator|driver|badge|member|case|ref|file|clock|staff|payroll|car|"
    r"truck|engine)\s(?:no|nr|núm)\.)\s?((?!(?:19|20)\d\d\b)\d[\d-]{3,18})\b"
)
_SOCIAL: Final = regex(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
_LONG: Final = regex(r"(?<![\w$£€.,:/+-])\d{6,20}(?![\w%]|[.,:/]\d)")
_GROUPED: Final = regex(
    r"(?<![\w$£€.,:/+-])\d{1,6}(?:[- ]\d{2,6}){1,5}(?:-[A-Z]{1,3}\b)?(?![\w%]|[.,:/-]\d)"
)
_MIXED: Final = regex(
    r"(?<![\w@./'’-])(?=[A-Za-z0-9·-]{5,24}(?![\w·]))(?=[A-Z0-9·-]{0,12}\d)(?=[0-9·-]{0,12}[A-Z])"
    r"[A-Z0-9]{1,12}(?:[-·][A-Z0-9]{1,12}){0,4}"
)
_NOT_AN_ID: Final = regex(
    r"COVID-?19|DD-?214|NOM-\d{3}|(?:I|N|US|SR)-\d{1,3}[A-Z]?|(?:19|20)\d\d(?:-\d\d)?|\d{1,2}-?[AP]M|.*[A-Z]{4,}.*|"
    r"\d+(?:ST|ND|RD|TH|S|X|K|"
    r"AM|PM|MG|ML|HRS?|MIN|YO|YR)",
    re.IGNORECASE,
)
_YEAR_OF: Final = regex(r"^[A-Z]{1,5}[/-](?:19|20)\d\d$")
_FORM: Final = regex(
    r"\b(?:(?:bill|billing)\scodes?|cpt|hcpcs|icd|form|model|part|section|bill|modelo|formulario|act|hr|chapter)\s$",
    re.IGNORECASE,
)
# "Policy 4.12": a rule of the house.
_OF_RULES: Final = regex(r"\b(?:policy|política|póliza)\b", re.IGNORECASE)
_LETTERS_AND_DIGITS: Final = 3
_ENOUGH: Final = 3
_FEW_DIGITS, _MANY_DIGITS = 6, 8
_WEAK: Final = regex(
    r"(?:emplead[oa]|parte|guía|cuenta|contrato|reporte|solicitud|expediente|recibo|boleto|"
    r"factura|ficha|chapa|patente|carpeta|tarjeta|queja|denuncia|petición|soci[oa]|padrón|"
    r"grievance|tag|reg|permit|pin|turno|acta|receipt|visa|staff|emp|patient|pt|participant|"
    r"subject|student|member|social|policy|case|file|"
    r"report|chart|record|"
    r"roll|incident|insurance|complaint|claim|study|caso|seguro|registro|number|card|account|"
    r"employee|número|numero|medicaid|medicare|licen[cs]e|reference)\b",
    re.IGNORECASE,
)


def numbers(text: str) -> Iterator[Finding]:
    """Yield each number that stands for one person's file, badge, plate, locker and the like."""
    if not any(map(str.isdigit, text)):
        return
    for found in _BY_WORD.finditer(text):
        if _COUNTED.match(text, found.end()):
            continue
        if _enough(found[0][: found.start(1) - found.start()], found[1]):
            yield Finding(found.start(1), found.start(1) + len(found[1].rstrip(" .-/")), "number")
    for pattern in (_MY_NUMBER, _HASH, _NUMBER_SIGN, _SMALL_PLATE):
        for found in pattern.finditer(text):
            yield Finding(found.start(1), found.end(1), "number")
    for pattern in (_SOCIAL, _LONG, _PLATE, _CURP):
        for found in pattern.finditer(text):
            yield Finding(*found.span(), "number")
    yield from _by_look(text)


def _by_look(text: str) -> Iterator[Finding]:
    """Yield numbers that look like one person's, whatever stands before them."""
    for found in _SLASHED.finditer(text):
        digits = sum(char.isdigit() for char in found[0])
        if (
            digits > _ENOUGH
            and not _NOT_AN_ID.fullmatch(found[0])
            and not _YEAR_OF.search(found[0])
        ):
            yield Finding(*found.span(), "number")
    for found in _GROUPED.finditer(text):
        digits = sum(char.isdigit() for char in found[0])
        if digits >= _FEW_DIGITS and not _years(found[0]) and not found[0].endswith(" 000"):
            yield Finding(*found.span(), "number", "auto" if digits >= _MANY_DIGITS else "review")
    for found in _MIXED.finditer(text):
        digits = sum(char.isdigit() for char in found[0])
        form = _FORM.search(text[max(found.start() - 12, 0) : found.start()])
        if digits >= _LETTERS_AND_DIGITS and not form and not _NOT_AN_ID.fullmatch(found[0]):
            yield Finding(*found.span(), "number")


def _years(written: str) -> bool:
    return bool(re.fullmatch(r"(?:(?:19|20)\d\d[- ]?)+", written))


def _enough(before: str, code: str) -> bool:
    """Say whether a number after a word such as "case" is one of a file, not a count."""
    digits = sum(char.isdigit() for char in code)
    if _OF_RULES.search(before) and re.fullmatch(r"\d{1,2}\.\d{1,2}", code.strip(" .")):
        return False
    letters = re.match(r"[A-Za-z]{1,5}(?= )", code)
    if letters and (digits <= 1 or fold(letters[0]) in lexicon().common):
        return False
    plain = re.fullmatch(r"\d+", code.strip())
    if plain and re.fullmatch(r"(?:19|20)\d\d", code.strip()):
        return bool(re.search(r"#|number|no\.|id\b", before, re.IGNORECASE))
    if _WEAK.match(before) and not re.search(
        r"#|number|no\b|id\b|:|n\.?\s?[º°]", before, re.IGNORECASE
    ):
        return digits >= _ENOUGH + 1 or (digits >= _ENOUGH and not plain)
    return digits >= _ENOUGH or (digits > 1 and bool(re.search(r"[A-Za-z-]", code)))
