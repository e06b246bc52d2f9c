"""Numbers that are likely somebody's age, though no word beside them says so.

Pure. All of it is for a person to decide: "chest pain, 61, asked", "Kid nine asked", "she was on
the bridge, 19". Parts of rules, pages, scores, counts and times of day stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import (
    ENGLISH_NUMBER,
    Finding,
    number_of,
    speaks_of_somebody,
)
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.pattern import regex
from sessions.deidentify.survivors import is_kept
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER: Final = rf"(?:\d\d|{ENGLISH_NUMBER})"
_ENDS: Final = r"(?=\s?[,.:;)—–](?!\d)|\s[–—]|\s?$)"
# Between two signs, as one says it in passing; in words only after a comma or a dash.
_ASIDE: Final = regex(
    rf"(?<=[,.(–—]\s)(\d\d){_ENDS}|(?<=[,–—]\s)({ENGLISH_NUMBER}){_ENDS}", re.IGNORECASE
)
# "art. 14", "p. 31", "World History, ch. 29"; "Jan. 17"; "attendance, 14"; "3, 12, 2".
_OF_NO_PERSON: Final = regex(
    r"\b(?:art|arts|p|pp|pg|pág|págs|ch|cap|cl|s|ss|sec|sect|no|núm|nº|vol|fig|q|item|line|rule|"
    r"version|v|page|página|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ene|abr|ago|dic|"
    r"approx|aprox|total|count|score|votes?|attendance|turnout|average|quorum|chairs|copies|for|"
    r"against|lunch|break)[.,:]?\s[–—]?\s?$"
    rf"|\d\s?%?[,.]?\s?[-–—(]?\s?$|\$$|\b{ENGLISH_NUMBER},?\s$",
    re.IGNORECASE,
)
_GOES_ON: Final = regex(
    rf"\s?[,.–—-]\s?(?:\d|me\b|{ENGLISH_NUMBER}\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
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
_WHO_IS: Final = regex(
    r"\b(?:boy|girl|kid|child|baby|man|woman|guy|lady)\s(?:who\s(?:is|was)|was|next\sdoor\swas)\s"
    rf"({_NUMBER}|\d)(?=\s?[.,;)]|\s(?:and|with|w/)|\s?$)(?!\sand\sa\b)",
    re.IGNORECASE,
)
_SINCE: Final = regex(
    r"\b(?:by\sme|known\s(?:him|her|me|them)|called\s(?:him|her|me))\ssince\s"
    rf"({_NUMBER}|\d)(?=\s?[.,;)]|\s?$)"
    rf"|\bthat\sat\s({ENGLISH_NUMBER})\s(?:he|she|i)\s(?:was|had)\b"
    rf"|\btook\s(?:her|his|my)\s(?:mom|mum|mother|dad|father)\sat\s({ENGLISH_NUMBER})\b",
    re.IGNORECASE,
)
# No hour of a clock is above twelve.
_AT: Final = regex(
    rf"\b(?:at|since)\s({ENGLISH_NUMBER})(?=\s(?:and|when|with|from|because|by)\b)", re.IGNORECASE
)
_NOW: Final = regex(rf",\snow\s({_NUMBER})(?=\s?[),.;])", re.IGNORECASE)
_CAPITALS: Final = regex(r"(?<![\w'’-])[A-ZÁÉÍÓÚÑ][\w'’-]{1,24}")
_NEAR: Final = 60
_TODDLER, _TEENS, _OLDEST = 3, 13, 105

NO_PERSON: Final = frozenset({
    "it", "there", "that", "this", "which", "what", "these", "those", "we", "they", "time",
    "number", "total", "score", "count", "limit", "quorum", "age", "page", "item", "room",
    "answer", "rest", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december", "agreement", "option", "question", "section",
    "step", "part", "lunch", "dinner", "sunrise", "table", "group", "team", "vote", "noon", "yes",
    "no", "ok", "okay", "so", "and", "but", "or", "then", "also", "plus", "minus", "all"
})  # fmt: skip
"""What is no person though it stands with a capital before "is", or before a comma."""


def may_be_name(written: str) -> bool:
    """Say whether a word with a capital is more likely a name than a word that opens a sentence."""
    plain = fold(written)
    words = lexicon()
    is_word = plain in words.known and plain not in words.given
    return plain not in NO_PERSON and not is_word and not is_kept(plain)


def likely_ages(text: str) -> Iterator[Finding]:
    """Yield each number that is likely the age of one person."""
    for found in _ASIDE.finditer(text):
        before = text[max(found.start() - _NEAR, 0) : found.start()]
        of_none = _OF_NO_PERSON.search(before) or _GOES_ON.match(text, found.end())
        if not of_none and _is_about_somebody(before, text[found.end() : found.end() + _NEAR]):
            yield from _of_age(found, _TEENS)
    for pattern in (_CHILD, _BOTH, _SHE_WAS, _WHO_IS, _SINCE):
        for found in pattern.finditer(text):
            yield from _of_age(found, _TODDLER)
    for pattern in (_AT, _NOW):
        for found in pattern.finditer(text):
            yield from _of_age(found, _TEENS)


def _is_about_somebody(before: str, after: str) -> bool:
    """Say whether one person is spoken of around a number, or somebody is named before it."""
    named = any(may_be_name(found[0]) for found in _CAPITALS.finditer(before))
    return named or speaks_of_somebody(before) or speaks_of_somebody(after)


def _of_age(found: re.Match[str], least: int) -> Iterator[Finding]:
    """Yield the number that was found, if somebody may be as old."""
    at = found.lastindex or 1
    value = number_of(found[at])
    if value is not None and least <= value <= _OLDEST:
        yield Finding(*found.span(at), "age", "review")
