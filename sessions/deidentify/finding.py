"""What one pattern found, before everything found in a text is put together.

Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.deidentify.pattern import regex

if TYPE_CHECKING:
    from sessions.deidentify.model import Tier

ONES: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15,
    "dieciséis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20,
    "veintiún": 21, "veintiuno": 21, "veintidós": 22, "veintitrés": 23, "veinticuatro": 24,
    "veinticinco": 25, "veintiséis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29,
    "dieciseis": 16, "veintidos": 22, "veintitres": 23, "veintiseis": 26,
}  # fmt: skip
"""Numbers below twenty in words; in Spanish those written as one word."""

TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50,
    "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90,
}  # fmt: skip
"""Tens in words."""

NUMBER_WORD: Final = (
    r"[a-zéí]{3,12}(?:-[a-z]{3,5}|\s(?:one|two|three|four|five|six|seven|eight|nine)\b|"
    r"\sy\s[a-z]{3,6})?"
)
"""What may be a number in words, as a piece of a pattern; `number_of` says whether it is."""

_UNIT_WORDS: Final = "one|two|three|four|five|six|seven|eight|nine"
_TEN_WORDS: Final = "twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety"
_TEEN_WORDS: Final = (
    "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
)
ENGLISH_NUMBER: Final = (
    rf"(?:(?:{_TEN_WORDS})(?:[-\s](?:{_UNIT_WORDS})\b)?|{_TEEN_WORDS}|{_UNIT_WORDS})"
)
"""A number below a hundred in English words, as a piece of a pattern."""

SPANISH_NUMBER: Final = (
    r"(?:(?:treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)"
    r"(?:\sy\s(?:uno?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)\b)?|veinti\w{2,6}|veinte|"
    r"dieci\w{4,5}|diez|once|doce|trece|catorce|quince|uno|dos|tres|cuatro|cinco|seis|siete|ocho|"
    r"nueve)"
)
"""A number below a hundred in Spanish words, as a piece of a pattern."""

SAID_DIGIT: Final = (
    rf"(?:zero|oh|o|{_TEEN_WORDS}|{_UNIT_WORDS}|{_TEN_WORDS}|hundred|double|triple|cero|diez|once|"
    r"doce|trece|catorce|quince|veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|"
    r"uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)"
)
"""A piece of a number that is read out, as a piece of a pattern."""

_A_NUMBER: Final = regex(
    # Not "one" and "once", which are seldom a number.
    rf"\d|\b(?:zero|oh\b|{_TEEN_WORDS}|two|three|four|five|six|seven|eight|nine|{_TEN_WORDS}|"
    r"hundred|cero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|trece|catorce|quince|"
    r"dieci|veint|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|"
    r"(?:los|tiene|tenía|tengo|de)\sonce\b)",
    re.IGNORECASE,
)


# So far before a point of a list the one before it is looked for.
_POINTS_APART: Final = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that a pattern found."""

    start: int
    end: int
    label: str
    tier: Tier = "auto"


def has_number(text: str) -> bool:
    """Say whether a text has a number at all: most have none, and most patterns need one."""
    return _A_NUMBER.search(text) is not None


# Words for one person, and what happens to one.
_SOMEBODY: Final = regex(
    r"\b(?:i|me|my|mine|he|him|his|she|her|hers|who|mom|mum|mother|dad|father|son|daughter|brother|"
    r"sister|aunt|auntie|uncle|cousin|niece|nephew|wife|husband|grand\w{2,8}|baby|kid|boy|girl|child|"
    r"lad|lass|patient|pt|resident|client|student|neighbou?r|born|died|passed|admitted|discharged|"
    r"surgery|arrested|evicted|fired|hired|suspended|birthday|funeral|dob|yo|mi|mis|su|me|le|lo|ella|"
    r"él|mamá|papá|hij[oa]|herman[oa]|abuel[oa]|tí[oa]|prim[oa]|niñ[oa]|señora?|paciente|alumn[oa]|"
    r"vecin[oa]|nac\w{2,5}|muri[oó]|falleci[oó]|cumple\w{0,6}|despid\w{3,6}|queja|denuncia)\b",
    re.IGNORECASE,
)


def speaks_of_somebody(text: str) -> bool:
    """Say whether a piece of a text speaks of one person, without a name."""
    return _SOMEBODY.search(text) is not None


def is_of_a_list(text: str, start: int, end: int) -> bool:
    """Say whether a number that ends at `end` is that of a point: "2) rotas for July 3) protocol".

    Args:
        text: The text.
        start: Where what holds the number begins.
        end: Where the number ends.
    """
    digits = text[max(end - 2, start) : end].lstrip()
    if text[end : end + 1] != ")" or not digits[-1:].isdecimal():
        return False
    number = int(re.sub(r"\D", "", digits))
    before = text[max(start - _POINTS_APART, 0) : start]
    return number > 1 and all(re.search(rf"(?<![\d(]){one}\)", before) for one in {1, number - 1})


def number_of(written: str) -> int | None:
    """Return the number that digits or words below a hundred say, if they do."""
    if written.isdecimal():
        return int(written)
    total = 0
    for part in written.lower().replace("-", " ").split():
        if part == "y":
            continue
        value = TENS.get(part, ONES.get(part))
        if value is None:
            return None
        total += value
    return total if written else None
