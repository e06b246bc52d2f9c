"""The exact age of one person, in digits and in words.

Pure. An age range of a group stays, and so do years of service, counts, times and measures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import (
    ENGLISH_NUMBER,
    SPANISH_NUMBER,
    Finding,
    is_of_a_list,
    number_of,
)
from sessions.deidentify.likely_ages import NO_PERSON, likely_ages, may_be_name
from sessions.deidentify.pattern import regex
from sessions.deidentify.spanish_ages import spanish_ages
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS: Final = r"(?:1[01]\d|\d{1,2})"
_HALF: Final = r"(?:\sand\sa\shalf|\sand\sthree\squarters|\s?½|\.5)?"
_NUMBER: Final = rf"(?:{_DIGITS}|{ENGLISH_NUMBER})"
_EITHER: Final = rf"(?:{_DIGITS}|{ENGLISH_NUMBER}|{SPANISH_NUMBER})"
# What may follow an age that ends what is said.
_END: Final = r"(?=\s?(?:[.,;:!?)\]”\"…]|[-–—]\s|$|\n))(?![.,:]\d)"

_OLD: Final = regex(
    rf"\b({_EITHER}){_HALF}\s?[-–]?\s?"
    r"(?:(?:years?|yrs?)[-\s]?(?:of\sage|olds?)\b|(?:y/o|y\.o\.|yo)\b)"
    r"(?!\s(?:or|and)\s(?:older|above|over|younger|under|up))"
    rf"|\b({_EITHER})[-–](?:year|yr)[-–]old",
    re.IGNORECASE,
)
_MONTHS_OLD: Final = regex(
    rf"\b({_EITHER})\s?[-–]?\s?(?:months?|weeks?|days?)[-\s]old\b", re.IGNORECASE
)
_SAYS_OLD: Final = regex(r"olds?\b|of\sage|y/o|y\.o|yo\b", re.IGNORECASE)
_AGED: Final = regex(
    rf"\b(?:aged|age|edad(?:\sde)?)[:,]?\s(?:of\s|is\s|was\s)?({_EITHER}{_HALF})\b"
    r"(?!\s?(?:-|–|to|and|a|y|or|in|into|people|away|down|groups?)\s?\d?)(?!\s?%)",
    re.IGNORECASE,
)
_AGE_AND: Final = regex(
    rf"\bage\s({_NUMBER})\b(?=\s(?:and|or|in)\s(?!{ENGLISH_NUMBER})[a-z])", re.IGNORECASE
)
_AFTER_AGE: Final = (
    r"(?=\s?(?:[.,;:!?)&]|[-–—]\s|$|\n)|\s(?:and|but|so|on|at|in|this|last|next|the|that|today|"
    r"tomorrow|yesterday|when|while|he|she|i|they|we|w/|with|with|bc|because|years?|yesterday|"
    r"before|after|just|y|el|la|este|esta|ayer|hoy|cuando|en|años|pero)\b)(?![.,:]\d)"
)
_TURNED: Final = regex(
    rf"\b(?:turn(?:ed|s|ing)|(?:i['’]ll|will|to|gonna)\sturn)\s(?:only\s|just\s)?({_EITHER}{_HALF})"
    rf"{_AFTER_AGE}(?!\s(?:and|in)\s(?:\d|pages?|papers?))",
    re.IGNORECASE,
)

_KIN: Final = (
    r"mother|father|mom|dad|mum|mam|grandmother|grandfather|grandma|grandpa|granddad|grandad|gran|"
    r"nan|nana|grandson|granddaughter|grandchild|son|daughter|stepson|stepdaughter|brother|sister|"
    r"sis|bro|aunt|auntie|aunty|uncle|cousin|niece|nephew|wife|husband|partner|neighbou?r|patient|"
    r"boy|girl|child|kid|kiddo|lad|lass|bairn|wean|baby|toddler|woman|man|lady|bloke|guy|teen|"
    r"student|volunteer|resident|pt|eldest|oldest|youngest|middle one|little one|abuela|abuelo|"
    r"abuelita|abuelito|mamá|papá|hijo|hija|hijito|hijita|tía|tío|nieto|nieta|sobrino|sobrina|"
    r"hermano|hermana|hermanito|hermanita|primo|prima|esposo|esposa|niño|niña|chico|chica|nene|"
    r"nena|muchacho|muchacha|vecino|vecina|señor|señora|paciente|alumno|alumna|mayor|menor"
)
_SOMEBODY: Final = (
    r"(?:i\sam|i['’]m|im|i\swas|(?:he|she|who)\s?(?:is|was|['’]?s)|"
    rf"(?:{_KIN})\s?(?:is|was|['’]s)|you\s(?:are|were)|you['’]?re|twins\s(?:are|were)|being)"
)
_BARELY: Final = (
    r"(?:only\s|just\s|about\s|now\s|like\s|maybe\s|almost\s|nearly\s|already\s|barely\s|um\s|uh\s|"
    r"all\sof\s|going\son\s|still\s|not\syet\s){0,2}"
)
# What goes on after an age where nobody typed a sign.
_ON: Final = (
    r"(?:(?=\s?(?:[.,;:!?)\]”\"…&]|[-–—]\s|$|\n)|\s(?:when|now|but|so|then|before|because|bc|cuz|he|"
    r"she|i|they|we|my|her|his|at|who|um|uh|like|pero|or\sso|with|w/|has|had|plays?|works?|lives?|"
    r"goes|went|going|turning|sitting|years?|today|already)\b|\sand\b(?!\s(?:a\b|\d))|"
    r"\son\s(?:\d{1,2}(?:st|nd|rd|th)?\b|the\s\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"his|her|my|their))"
    r"(?!\syears?\s(?:of|in|here|at|ago|later|since|as|on|into|experience|to|and|clean|sober)\b)"
    r"(?!\syears?\s(?:old|of\sage)\sor\b)(?!\swith\s(?:it|that|this)\b)(?![.,:]\d))"
)
_GOES_ON: Final = regex(_ON, re.IGNORECASE)
# What may follow a number that no small count reaches: "she was fourteen in that picture".
_GOES_FAR: Final = regex(
    r"\s(?:in|the|that|this|from|out|a|an|still|last|next|going|pregnant|fresh|new|and)\b"
    r"(?<!\sand)(?!\s(?:hour|day|week|month|year|piece|head)\b)"
    r"(?!\s(?:a\srow|all|total|line|number)\b)(?!\sof\b)",
    re.IGNORECASE,
)
# "I'm 58 and a nurse".
_AND_A: Final = regex(
    r"\sand\san?\s(?!half|quarter|few|couple|lot|bit|minute|second|hour)", re.IGNORECASE
)
_IS: Final = regex(rf"\b{_SOMEBODY}\s{_BARELY}({_NUMBER}{_HALF})", re.IGNORECASE)
# "bibi surjit is 91 and she said", "who was one of them, is 71, is a judge".
_ANY_IS: Final = regex(
    rf"(?<![\w'’-])([^\W\d_][\w'’-]{{1,30}})(,?)\s(?:is|was)\s{_BARELY}({_NUMBER}{_HALF}){_ON}",
    re.IGNORECASE,
)
_NAME_IS: Final = regex(
    rf"\b(?-i:([A-ZÁÉÍÓÚÑ][\w'’-]{{1,30}}))(?:\s(?:is|was)|['’]s)\s{_BARELY}"
    rf"({_NUMBER}{_HALF})(?:{_END}|(?=\s(?:and|when|now)\s(?!\d|a\b)))",
    re.IGNORECASE,
)
# "the babies are 31 and 34 now".
_TWO_ARE: Final = regex(
    r"\b(?:boys|girls|kids|children|babies|twins|sons|daughters|brothers|sisters|nephews|nieces)\s"
    rf"(?:are|were)\s(?:now\s)?({_NUMBER})\s(?:and|&)\s({_NUMBER})\b(?=\s?[,.;)]|\snow|\sand\b|$)",
    re.IGNORECASE,
)
# "isaiah is nine and he asked".
_AND_SHE: Final = regex(
    rf"\b([a-z]{{2,20}})\s(?:is|was)\s({_NUMBER})\s(?:and|n|but)\s(?:he|she|they|his|her|my)\b"
)
_HIS_AGE: Final = regex(
    rf"\b(?:his|her|my|su|mi)\sage\s(?:is\s|was\s)?({_NUMBER})\b", re.IGNORECASE
)
_ASIDE: Final = regex(
    rf"\b(?:{_KIN})(?:,\s|\s\(|,\saged\s|\s)({_DIGITS}|(?<=[,(]\s){ENGLISH_NUMBER}|"
    rf"(?<=\(){ENGLISH_NUMBER}|(?<=,\s){SPANISH_NUMBER})(?:\saños|\sañitos)?(?=\s?[,).;])(?!,\d)",
    re.IGNORECASE,
)
_OF: Final = regex(
    r"\b(?:boy|girl|child|kid|lad|lass|man|woman|lady|youth|teenager|student|baby|niñ[oa]|chic[oa]|"
    rf"muchach[oa]|hombre|mujer|señora?|joven|nen[ea])\s(?:of|de)\s({_EITHER}{_HALF})\b"
    r"(?=\s?(?:[.,;:!?)]|[-–—]\s|$|\n)|\s(?:in|with|who|at|on|from|and|años|que|con|was|is|had|"
    r"sat|came|asked|said|told|standing|sitting)\b)",
    re.IGNORECASE,
)
_AFTER_NAME: Final = regex(
    r"\b([A-ZÁÉÍÓÚÑ][\w'’-]{1,30})(?:\s[A-Z]\.)?(,\s|\s\()"
    rf"({_DIGITS}|(?i:{ENGLISH_NUMBER}){_HALF}|(?i:{SPANISH_NUMBER})(?=\saños|\sañitos))"
    r"(?:\saños|\sañitos)?(?=\s?[,).;]|$)(?!\.\d|,\s?\d(?!\d?\+\d))"
)
_AT: Final = regex(
    rf"\b(?:at|since)\s({_NUMBER}{_HALF})"
    r"(?=\s?(?:[.,;]|$|\n|(?:i|he|she|they|we|my|her|his)\b))(?![.,:]\d)",
    re.IGNORECASE,
)
_CAME_AT: Final = regex(
    r"\b(?:i|he|she|we)\s(?:came|crossed|emigrated|immigrated|migrated|fled|moved|married|learned|"
    r"was\s(?:adopted|orphaned|married|widowed|diagnosed|baptized|baptised|brought|sent))"
    r"(?:\s(?:here|over|north|away|back|to\s\w{2,20}(?:\s\w{2,20})?|from\s\w{2,20}))?\sat\s"
    rf"({_NUMBER})(?=\s?(?:[.,;)]|$|\n)|\s(?:and|with|from|by|to|i|my|when|but)\b)(?![.,:]\d)",
    re.IGNORECASE,
)
_AND_WHEN: Final = regex(
    rf"\b(?:and|but|maybe|only|just|about|like|probably)\s({_NUMBER}{_HALF})\swhen\s"
    r"(?=(?:i|he|she|they|we|my|mom|dad|mum)\b)",
    re.IGNORECASE,
)
_BEEN: Final = regex(
    rf"\b(?:has|have|['’]s|['’]ve)\sbeen\s({_NUMBER})\sfor\s(?:a|an|about|two|three)\b"
)
_HE: Final = regex(rf"\b(?:[Ss]?[Hh]e)\s({_DIGITS})(?=[.,;]\s|[.,;]?$)")
_SEX: Final = regex(
    r"(?<![\w/.-])(1[01]\d|[1-9]?\d)\s?(?:F|M|yF|yM|y(?!\s[^\W\d]|\s\d))(?![\w/'’-]|\.\w)"
)
_UNIT_BEFORE: Final = regex(
    r"\b(?:suite|ste|room|rm|apt|flat|unit|bed|ward|seat|gate|block|bldg|building|class|floor|"
    r"column|row|section|form|q|las)\.?\s?$",
    re.IGNORECASE,
)
# "between 20 and 24 years old", "under 30 years of age": a group, not a person.
_OF_A_GROUP: Final = regex(
    r"\b(?:and|to|or|under|over|than|least|most|between|below|above)\s$|[-–]\s?$", re.IGNORECASE
)
# "jobs beginning at age 12", "register to vote at age 18": a rule for all.
_OF_ALL: Final = regex(
    r"\b(?:beginn?ing|begin|starting|start|eligible|vote|voting|register(?:ed)?|registration|programs?|"
    r"programmes?)\s(?:\w{1,12}\s)?(?:at\s|from\s|\()$",
    re.IGNORECASE,
)
_NEAR: Final = 40
_YOUNGEST, _TEENS, _GROWN = 3, 10, 13


def ages(text: str) -> Iterator[Finding]:
    """Yield each exact age of one person."""
    yield from _surely(text)
    yield from _after_names(text)
    yield from _said(text)
    yield from spanish_ages(text)
    yield from likely_ages(text)
    for found in _SEX.finditer(text):
        if not _UNIT_BEFORE.search(text[max(found.start() - 12, 0) : found.start()]):
            yield Finding(*found.span(), "age", "review")


def _said(text: str) -> Iterator[Finding]:
    """Yield ages by the verb before them: "I was nine when", "vine a los once"."""
    for found in _IS.finditer(text):
        value, end = _value(found[1]), found.end()
        far = value >= _GROWN and (_GOES_FAR.match(text, end) or _AND_A.match(text, end))
        if value >= _YOUNGEST and (far or _GOES_ON.match(text, end)):
            yield Finding(*found.span(1), "age")
    yield from _said_otherwise(text)


def _said_otherwise(text: str) -> Iterator[Finding]:
    """Yield ages by what happened at them, and by whose they are: "a boy of eleven"."""
    for pattern in (_CAME_AT, _AND_WHEN, _OF, _BEEN, _HE):
        for found in pattern.finditer(text):
            if _value(found[1]) >= _YOUNGEST:
                doubtful = pattern in {_CAME_AT, _AND_WHEN, _HE}
                yield Finding(*found.span(1), "age", "review" if doubtful else "auto")
    for found in _TWO_ARE.finditer(text):
        if min(_value(found[1]), _value(found[2])) >= _YOUNGEST:
            yield Finding(*found.span(1), "age", "review")
            yield Finding(*found.span(2), "age", "review")
    for found in _AT.finditer(text):
        if _value(found[1]) >= _GROWN:
            yield Finding(*found.span(1), "age", "review")


def _value(written: str) -> int:
    """Return the whole years that a number says, or nothing."""
    plain = re.split(r"\sand\s|½|\.5", written, maxsplit=1, flags=re.IGNORECASE)[0]
    return number_of(plain.strip()) or 0


def _surely(text: str) -> Iterator[Finding]:
    """Yield ages that say by themselves that they are one person's."""
    for pattern in (_OLD, _MONTHS_OLD) if _SAYS_OLD.search(text) else ():
        for found in pattern.finditer(text):
            number = found[found.lastindex or 1]
            group = found[0].lower().endswith("olds") or _OF_A_GROUP.search(
                text[max(found.start() - 12, 0) : found.start()]
            )
            if number_of(number) is not None and not group:
                yield Finding(*found.span(), "age")
    for pattern in (_AGED, _AGE_AND, _ASIDE, _HIS_AGE, _TURNED):
        for found in pattern.finditer(text):
            if pattern is _AGED and _OF_ALL.search(
                text[max(found.start() - _NEAR, 0) : found.start()]
            ):
                continue
            if pattern is _ASIDE and is_of_a_list(text, found.start(), found.end(1)):
                continue
            yield Finding(*found.span(1), "age")


def _after_names(text: str) -> Iterator[Finding]:
    """Yield the number beside a name: "Efua, fourteen,", "Efua (14)", "Efua is fourteen."."""
    for found in _AFTER_NAME.finditer(text):
        small = _value(found[3]) < _TEENS
        named = may_be_name(found[1])
        if not small and found[3].isdecimal() and fold(found[1]) not in NO_PERSON:
            # "INTERPRETER AT CLINIC (28)" may be a count.
            yield Finding(*found.span(3), "age", "auto" if named else "review")
        elif named and _value(found[3]) >= _YOUNGEST and found[3][0] != "0":
            yield Finding(*found.span(3), "age", "review" if small else "auto")
    for found in _ANY_IS.finditer(text):
        named = may_be_name(found[1])
        least = _YOUNGEST if named and found[2] and found[1][0].isupper() else _GROWN
        if _value(found[3]) >= least and (found[2] or named):
            yield Finding(*found.span(3), "age", "review" if found[2] else "auto")
    for found in _AND_SHE.finditer(text):
        if may_be_name(found[1]) and _value(found[2]) >= _YOUNGEST:
            yield Finding(*found.span(2), "age")
    for found in _NAME_IS.finditer(text):
        if may_be_name(found[1]) and _value(found[2]) >= _YOUNGEST:
            yield Finding(*found.span(2), "age")
