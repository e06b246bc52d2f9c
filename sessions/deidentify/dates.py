"""Days of something that happened to a person, and exact ages.

Pure. A month, a weekday, a season or a year alone stays, and so does a day everybody shares. An
age range of a group stays; the exact age of one person goes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import NUMBER_WORD, Finding, number_of
from sessions.deidentify.pattern import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH: Final = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|"
    r"aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|"
    r"diciembre)"
)
_ORDINAL_WORD: Final = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|"
    r"tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|"
    r"nineteenth|twentieth|thirtieth)"
)
_DAY: Final = rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|º)?|{_ORDINAL_WORD})"
_YEAR: Final = r"(?:,?\s(?:of\s|de\s|del\s)?(?:19|20)\d\d\b|,?\s?['’]\d\d\b|[/-](?:19|20)?\d\d\b)"
_WEEKDAY: Final = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?"

_WRITTEN: Final = regex(
    rf"\b{_WEEKDAY}{_MONTH}\s(?:the\s)?{_DAY}\b(?!\s?(?:%|people|persons|percent|personas))"
    rf"{_YEAR}?"
    rf"|\b(?:the\s)?{_DAY}(?:\s(?:of|de)\s|\s|-){_MONTH}(?![a-z]){_YEAR}?",
    re.IGNORECASE,
)
_NUMERIC: Final = regex(
    r"(?<![\w/.$-])(?:(?:0?[1-9]|[12]\d|3[01])\s?([/.·-])\s?(?:0?[1-9]|[12]\d|"
    r"3[01])\s?\1\s?(?:\d{4}|\d{2})"
    r"|(?:19|20)\d\d([/.-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))(?![\w/-]|\.\d)"
)
_SHORT: Final = regex(
    r"\b(?:on|since|dated?|dob|d\.o\.b\.|born|admitted|discharged|died|the|el|del|desde|til|"
    r"until|d/c)"
    r"\s((?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2]))"
    r"(?![\w/%])",
    re.IGNORECASE,
)
_SHARED: Final = regex(
    r"(?:june (?:19(?:th)?|nineteenth)|(?:july|jul\.?) (?:4(?:th)?|fourth)|(?:the )?(?:4th|"
    r"fourth) of july|"
    r"(?:sept\.?|september) (?:11(?:th)?|eleventh)|jan(?:\.|uary)? (?:6(?:th)?|sixth|1(?:st)?)|"
    r"dec(?:\.|ember)? (?:25(?:th)?|24(?:th)?|31(?:st)?)|9/11|24/7|march 8(?:th)?|12 de octubre|"
    r"(?:1|primero) de mayo|may 1(?:st)?|cinco de mayo|5 de mayo)",
    re.IGNORECASE,
)
_MAY: Final = regex(r"(?:may|march|mar)\s(?:second|third|first)\b", re.IGNORECASE)

_NUMBER: Final = rf"(?:1[01]\d|\d{{1,2}}|{NUMBER_WORD})"
_OLD: Final = regex(
    rf"\b({_NUMBER})\s?[-–]?\s?(?:(?:years?|yrs?)[-\s]?(?:of\sage|olds?)\b|(?:y/o|y\.o\.|yo)\b)"
    rf"(?!\s(?:or|and)\s(?:older|above|over|younger|under|up))|\b({_NUMBER})[-–](?:year|yr)[-–]old",
    re.IGNORECASE,
)
_MONTHS_OLD: Final = regex(
    rf"\b({_NUMBER})\s?[-–]?\s?(?:months?|weeks?|days?)[-\s]old\b", re.IGNORECASE
)
_AGED: Final = regex(
    rf"\b(?:aged|age|turned|turning|edad(?:\sde)?|cumplió|cumplí|cumple)\s(?:of\s)?({_NUMBER})\b"
    r"(?!\s?(?:-|–|to|and|a|y|or|in|into|people|away|down|groups?)\s?\d?)(?!\s?%)",
    re.IGNORECASE,
)
_AGE_AND: Final = regex(rf"\bage\s({_NUMBER})\b(?=\s(?:and|or|in)\s[a-z])", re.IGNORECASE)
_IS: Final = regex(
    rf"\b(?:i am|i'm|i’m|im|i was|is|he's|she's|they're|he’s|she’s|are|was|were|es|era)\s"
    rf"(?:only\s|just\s|about\s|now\s|like\s|almost\s|nearly\s|already\s)?({_NUMBER})\b"
    r"(?=\s?(?:[.,;!?)]|$|\n|when\b|now\b|and\b(?!\s(?:a\b|\d))|but\b|or so\b|at the time|"
    r"years?\b|with\b|so\b|"
    r"then\b|before\b|que\b))(?!\syears?\s(?:of|in|here|at|ago|later|since|as|on|experience|"
    r"to|and)\b)"
    r"(?![.,]\d)",
    re.IGNORECASE,
)
_HIS_AGE: Final = regex(
    rf"\b(?:(?:he|she)\s?(?:is|was|'s|’s)|(?:his|her|my)\sage\s(?:is|was)?|bc\s(?:hes|shes)|"
    rf"hes|shes)\s({_NUMBER})\b"
    r"(?=\s?(?:[.,;!?)]|$|\n|and\b|when\b|now\b))",
    re.IGNORECASE,
)
_ASIDE: Final = regex(
    rf"\b(?:mother|father|mom|dad|mum|grandmother|grandfather|grandma|grandpa|son|daughter|brother|"
    rf"sister|aunt|uncle|cousin|niece|nephew|wife|husband|neighbou?r|patient|boy|girl|child|kid|"
    rf"woman|man|lady|volunteer|nana|abuela|abuelo|mamá|papá|hijo|hija|tía|tío|resident|pt)"
    rf"(?:,\s|\s\(|,\saged\s)({_NUMBER})(?=\s?[,).])",
    re.IGNORECASE,
)
_AFTER_NAME: Final = regex(r"\b[A-ZÁÉÍÓÚÑ][\w'’-]{1,30}(?:,\s|\s\()([1-9]\d)(?=\s?[,)])")
_AT: Final = regex(
    rf"\b(?:at|since)\s({_NUMBER})(?=\s?(?:[.,;]|$|\n|(?:i|he|she|they|we|my|her|his)\b))",
    re.IGNORECASE,
)
_HAS: Final = regex(
    rf"\b(?:tiene|tenía|tengo|tenia|con|a\slos|de|sus|mis|unos)\s({_NUMBER})\saños\b"
    r"(?!\s(?:de\s(?:experiencia|servicio|trabajo|casad)|aquí|trabajando|en\s|después|atrás|"
    r"viviendo))",
    re.IGNORECASE,
)
_SEX: Final = regex(r"(?<![\w/])(1[01]\d|[1-9]?\d)\s?(?:F|M|yF|yM|y)(?![\w/.'’])")
# "between 20 and 24 years old", "under 30 years of age": a group, not a person.
_OF_A_GROUP: Final = regex(
    r"\b(?:and|to|or|under|over|than|least|most|between|below|above)\s$|[-–]\s?$", re.IGNORECASE
)
_ON: Final = regex(r"\b(?:on|el|del|en)\s(?:the\s|día\s)?$", re.IGNORECASE)
_YOUNGEST, _GROWN = 3, 13


def dates(text: str) -> Iterator[Finding]:
    """Yield each day that may be of something that happened to a person."""
    for found in _WRITTEN.finditer(text):
        if not _SHARED.fullmatch(found[0]) and not _is_verb(found[0]):
            yield Finding(_with_on(text, found.start()), found.end(), "date")
    for found in _NUMERIC.finditer(text):
        yield Finding(_with_on(text, found.start()), found.end(), "date")
    for found in _SHORT.finditer(text):
        if not _SHARED.fullmatch(found[1]):
            yield Finding(found.start(1), found.end(1), "date", "review")


def _with_on(text: str, start: int) -> int:
    """Return where a date begins with the "on" or "el" before it, which goes with it."""
    before = _ON.search(text[max(start - 12, 0) : start])
    return start - len(before[0]) if before else start


def _is_verb(written: str) -> bool:
    """Say whether "may" or "march" is a verb here: "we may first ask"."""
    return bool(_MAY.match(written)) and written[0].islower()


def ages(text: str) -> Iterator[Finding]:
    """Yield each exact age of one person."""
    yield from _surely(text)
    for found in _IS.finditer(text):
        if (number_of(found[1]) or 0) >= _YOUNGEST and _is_of_one(found[0], found[1]):
            yield Finding(found.start(1), found.end(1), "age")
    for found in _AT.finditer(text):
        if (number_of(found[1]) or 0) >= _GROWN:
            yield Finding(found.start(1), found.end(1), "age", "review")
    for found in _SEX.finditer(text):
        yield Finding(*found.span(), "age", "review")


def _surely(text: str) -> Iterator[Finding]:
    """Yield ages that say by themselves that they are one person's."""
    for pattern in (_OLD, _MONTHS_OLD):
        for found in pattern.finditer(text):
            number = found[found.lastindex or 1]
            group = found[0].lower().endswith("olds") or _OF_A_GROUP.search(
                text[max(found.start() - 12, 0) : found.start()]
            )
            if number_of(number) is not None and not group:
                yield Finding(*found.span(), "age")
    for pattern in (_AGED, _AGE_AND, _ASIDE, _HIS_AGE, _HAS, _AFTER_NAME):
        for found in pattern.finditer(text):
            if number_of(found[1]) is not None:
                yield Finding(found.start(1), found.end(1), "age")


def _is_of_one(whole: str, number: str) -> bool:
    """Say whether a number after a verb is somebody's age: of a digit it may be a count."""
    verb = whole[: -len(number)].strip().lower()
    return not (verb in {"are", "were"} and number.isdecimal())
