"""Numbers that are likely somebody's age, though no word beside them says so.

Pure. All of it is for a person to decide: "chest pain, 61, asked", "Kid nine asked", "she was on
the bridge, 19". Parts of rules, pages, scores and counts stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import ENGLISH_NUMBER, Finding, number_of
from sessions.deidentify.pattern import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER: Final = rf"(?:\d\d|{ENGLISH_NUMBER})"
_ENDS: Final = r"(?=\s?[,.:;)—–](?!\d)|\s[–—]|\s?$)"
# Between two signs, as one says it in passing; in words only after a comma, or alone.
_ASIDE: Final = regex(
    rf"(?<=[,.(–—]\s)(\d\d){_ENDS}|(?<=[,–—]\s)({ENGLISH_NUMBER}){_ENDS}", re.IGNORECASE
)
# "art. 14", "p. 31", "World History, ch. 29", "3, 12, 2".
_OF_A_RULE: Final = regex(
    r"\b(?:art|arts|p|pp|pg|pág|págs|ch|cap|cl|s|ss|sec|sect|no|núm|nº|vol|fig|q|item|line|rule|"
    r"version|v|approx|aprox|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ene|abr|ago|dic|wall|needing|total|count|score|page|página)[.,:]\s$"
    r"|\d\s?%?[,.]?\s?[-–—(]?\s?$|\$$",
    re.IGNORECASE,
)
_GOES_ON: Final = regex(r"\s?[,.]\s?(?:\d|one\b|two\b|me\b)", re.IGNORECASE)
_CHILD: Final = regex(
    r"\b(?:kid|boy|girl|son|daughter|lad|lass|nephew|niece|grandson|granddaughter)\s"
    rf"({_NUMBER}|\d)\b(?=\s[a-z])(?!\s?(?:%|percent|pm|am|minutes?|mins?|hours?|days?|weeks?|"
    r"months?|years?|thousand|hundred|of|times|out|to|people|kids|or|in\sa)\b)",
    re.IGNORECASE,
)
_BOTH: Final = regex(
    rf"\bboth\s(?:are\s|of\sus\s|of\sthem\s)?({_NUMBER}|\d)\b(?=\s?[,.;)]|$)", re.IGNORECASE
)
_SHE_WAS: Final = regex(rf"(?:^|(?<=[.!?]\s))({_NUMBER})\s(?:i|she|he)\swas\b", re.IGNORECASE)
_AT: Final = regex(
    rf"\b(?:at|since)\s({ENGLISH_NUMBER})(?=\s(?:and|when|with|from|because|by)\b)"
    rf"|\b(?:mom|mum|mother|dad|father|him|her|me|i|he|she)\sat\s({ENGLISH_NUMBER})(?=\s(?:and|he|she|i)\b)"
    rf"|\bat\s({ENGLISH_NUMBER})\s(?:he|she|i)\s(?:was|had|could|went|saw|learned|knew)\b"
    r"|\b(?:by\sme|known\s(?:him|her|me|them)|called\s(?:him|her|me))\ssince\s"
    rf"({_NUMBER}|\d)(?=\s?[.,;)]|\s?$)",
    re.IGNORECASE,
)
_IS: Final = regex(
    rf"\b([A-ZÁÉÍÓÚÑ][\w'’-]{{1,30}})\s(?:is|was)\s({_NUMBER})(?=\s?[.,;)]|\sand\b|\swhen\b|\ssays\b)"
)
_NOW: Final = regex(rf"\bnow\s({_NUMBER})(?=\s?[),.;])", re.IGNORECASE)
_WHO_IS: Final = regex(
    rf"\b(?:boy|girl|kid|child|baby|man|woman|guy|lady)\s(?:who\s(?:is|was)|was|next\sdoor\swas)\s"
    rf"({_NUMBER}|\d)(?=\s?[.,;)]|\s(?:and|with|w/)|\s?$)(?!\sand\sa\b)",
    re.IGNORECASE,
)
_NO_PERSON: Final = regex(
    r"(?:it|there|that|this|which|what|he|she|score|count|total|limit|quorum|page|item|room|max|min|"
    r"attendance|turnout|average|median|target|goal|number|answer|capacity|headcount)",
    re.IGNORECASE,
)
_TODDLER, _TEENS, _OLDEST = 3, 13, 105


def likely_ages(text: str) -> Iterator[Finding]:
    """Yield each number that is likely the age of one person."""
    for found in _ASIDE.finditer(text):
        at = found.lastindex or 1
        ruled = _OF_A_RULE.search(text[max(found.start() - 12, 0) : found.start()])
        if not ruled and not _GOES_ON.match(text, found.end()):
            yield from _of_age(found, at, _TEENS)
    for pattern in (_CHILD, _BOTH, _SHE_WAS, _WHO_IS):
        for found in pattern.finditer(text):
            yield from _of_age(found, 1, _TODDLER)
    for found in _AT.finditer(text):
        yield from _of_age(
            found, found.lastindex or 1, _TEENS if found.lastindex == 1 else _TODDLER
        )
    for found in _NOW.finditer(text):
        yield from _of_age(found, 1, _TEENS)
    for found in _IS.finditer(text):
        if not _NO_PERSON.fullmatch(found[1]):
            yield from _of_age(found, 2, _TEENS)


def _of_age(found: re.Match[str], at: int, least: int) -> Iterator[Finding]:
    """Yield a number, if somebody may be as old."""
    value = number_of(found[at])
    if value is not None and least <= value <= _OLDEST:
        yield Finding(*found.span(at), "age", "review")
