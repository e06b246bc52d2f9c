"""Numbers of files, badges, plates and the like, by the word before them or by their look.

Pure. Every repetition in a pattern is bounded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import Finding
from sessions.deidentify.pattern import regex

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
    r"a-number|alien"
)
_LINK: Final = (
    r"(?:\s?(?:number|numbers|num|no|nr|nbr|id|ids|card|file|code|record|plate|ending in|ends in|"
    r"is|was|es|reads|read|as|del sindicato|núm|#|:|-|\.|del|de|el|the|with|my|"
    r"in)(?=[\s#:.\d-])|\s?[#:.(]|\s){0,5}?\s?"
)
_CODE: Final = r"([A-Za-z]{0,5}[-·.]?\d(?:[\w·]|[-./·](?=[\dA-Za-z])|\s(?=\d)){0,24})"
_BY_WORD: Final = regex(rf"\b(?:{_STRONG})\b{_LINK}{_CODE}", re.IGNORECASE)
_MY_NUMBER: Final = regex(
    r"\b(?:my|his|her|their|mi|su)\s(?:\w{1,12}\s){0,2}?(?:number|número|"
    r"id)\s(?:\w{1,6}\s){0,2}?(?:was|is|es|era)\s#?([\w-]{0,6}\d[\w-]{1,20})",
    re.IGNORECASE,
)
_HASH: Final = regex(r"(?<![\w&])#\s?(\d[\d-]{2,18})\b")
_NUMBER_SIGN: Final = regex(r"\b(?:No|Nr|Núm|N°|Nº)\.?\s?(\d[\d-]{3,18})\b")
_SOCIAL: Final = regex(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
_LONG: Final = regex(r"(?<![\w$£€.,:/+-])\d{6,20}(?![\w%]|[.,:/]\d)")
_GROUPED: Final = regex(r"(?<![\w$£€.,:/+-])\d{1,6}(?:[- ]\d{2,6}){1,5}(?![\w%]|[.,:/-]\d)")
_MIXED: Final = regex(
    r"(?<![\w@./'’-])(?=[A-Za-z0-9·-]{5,24}(?![\w·]))(?=[A-Z0-9·-]{0,12}\d)(?=[0-9·-]{0,12}[A-Z])"
    r"[A-Z0-9]{1,12}(?:[-·][A-Z0-9]{1,12}){0,4}"
)
_NOT_AN_ID: Final = regex(
    r"COVID-?19|(?:19|20)\d\d(?:-\d\d)?|\d{1,2}-?[AP]M|.*[A-Z]{4,}.*|\d+(?:ST|ND|RD|TH|S|X|K|"
    r"AM|PM|MG|ML|HRS?|MIN|YO|YR)",
    re.IGNORECASE,
)
_LETTERS_AND_DIGITS: Final = 3
_ENOUGH: Final = 3
_FEW_DIGITS, _MANY_DIGITS = 6, 8
_WEAK: Final = regex(
    r"(?:staff|emp|patient|pt|participant|subject|student|member|social|policy|case|file|"
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
        if _enough(found[0][: found.start(1) - found.start()], found[1]):
            yield Finding(found.start(1), found.start(1) + len(found[1].rstrip(" .-/")), "number")
    for pattern in (_MY_NUMBER, _HASH, _NUMBER_SIGN):
        for found in pattern.finditer(text):
            yield Finding(found.start(1), found.end(1), "number")
    for pattern in (_SOCIAL, _LONG):
        for found in pattern.finditer(text):
            yield Finding(*found.span(), "number")
    yield from _by_look(text)


def _by_look(text: str) -> Iterator[Finding]:
    """Yield numbers that look like one person's, whatever stands before them."""
    for found in _GROUPED.finditer(text):
        digits = sum(char.isdigit() for char in found[0])
        if digits >= _FEW_DIGITS and not _years(found[0]):
            yield Finding(*found.span(), "number", "auto" if digits >= _MANY_DIGITS else "review")
    for found in _MIXED.finditer(text):
        digits = sum(char.isdigit() for char in found[0])
        if digits >= _LETTERS_AND_DIGITS and not _NOT_AN_ID.fullmatch(found[0]):
            yield Finding(*found.span(), "number")


def _years(written: str) -> bool:
    return bool(re.fullmatch(r"(?:(?:19|20)\d\d[- ]?)+", written))


def _enough(before: str, code: str) -> bool:
    """Say whether a number after a word such as "case" is one of a file, not a count."""
    digits = sum(char.isdigit() for char in code)
    plain = re.fullmatch(r"\d+", code.strip())
    if plain and re.fullmatch(r"(?:19|20)\d\d", code.strip()):
        return bool(re.search(r"#|number|no\.|id\b", before, re.IGNORECASE))
    if _WEAK.match(before) and not re.search(r"#|number|no\b|id\b|:", before, re.IGNORECASE):
        return digits >= _ENOUGH + 1 or (digits >= _ENOUGH and not plain)
    return digits >= _ENOUGH or (digits > 1 and bool(re.search(r"[A-Za-z-]", code)))
