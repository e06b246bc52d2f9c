"""Descriptions that may fit one person only: never cut, but said, with other words to offer.

Pure.

"Our only Black neonatologist on 4 West" has no name in it and still names somebody. A machine that
deleted it would delete what the sentence is about; so the finding says why, and offers a wording
that keeps the race, the faith and the role, and drops what makes it one person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sessions.deidentify.pattern import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONLY: Final = (
    r"(?:only|sole|one and only|lone|single|first(?:\sand\sonly)?|last|token|newest|oldest|"
    r"youngest)"
)
_NOUN: Final = (
    r"(?:nurse|doctor|physician|surgeon|resident|fellow|intern|neonatologist|pediatrician|midwife|"
    r"therapist|pharmacist|technician|tech|chaplain|interpreter|cantor|rabbi|imam|priest|pastor|"
    r"vicar|deacon|director|manager|supervisor|lead|chief|head|dean|principal|chair|president|"
    r"officer|"
    r"teacher|professor|librarian|clerk|guard|driver|janitor|cleaner|cook|aide|assistant|secretary|"
    r"receptionist|engineer|analyst|coordinator|specialist|navigator|volunteer|student|kid|"
    r"girl|boy|"
    r"man|woman|person|people|parent|mother|father|dad|mom|family|employee|hire|member|worker|one|"
    r"hijabi|trustee|governor|councillor|athlete|player|captain|nurses|women|men|muslim|native|"
    r"trinidadian|cheyenne|latina|latino|filipino|filipina|somali|faculty|staffer|colleague|"
    r"speaker|provider)"
)
_ENGLISH: Final = regex(
    rf"\b(?:(?:our|the|my|their|your|his|her|"
    rf"an?)\s)?{_ONLY}\s(?:[\w'’-]{{1,20}}\s){{0,4}}?{_NOUN}s?\b"
    rf"(?:\s(?:ever\s)?(?:in|on|at|of|from|for|to|with|left|they\shave|we\shave|here|who|"
    rf"that)(?:\s[\w'’-]{{1,20}}){{1,3}})?"
    rf"|\bthe\sone\s(?:[\w'’-]{{1,20}}\s){{1,4}}?{_NOUN}\b(?:\s(?:in|on|at|of|"
    rf"from)\b[^.,;:!?\n]{{0,40}})?",
    re.IGNORECASE,
)
_SPANISH: Final = regex(
    r"\b(?:la|el|nuestra|nuestro|mi)\s(?:única|único|primera|primer|última|"
    r"último)\s[\wáéíóúñ-]{2,20}(?:\s(?!de\b|del\b|en\b|que\b|y\b)[\wáéíóúñ-]{2,20}){0,2}"
    r"(?:\s(?:de|del|en|que)(?:\s[\wáéíóúñ-]{1,20}){1,4})?",
    re.IGNORECASE,
)
_WHO: Final = regex(
    rf"\b(?:the|my|our)\s(?:[\w'’-]{{1,20}}\s){{0,3}}?{_NOUN}\b,?\swho\s(?:filed|"
    rf"was\son\sthe\snews|came\sback|had|sued|"
    r"complained|reported|got|left|started|used\sto|won|spoke|wears|lost|"
    r"returned)\b[^.,;:!?\n]{0,60}"
    rf"|\bthe\s(?:[\w'’-]{{1,20}}\s){{0,3}}?{_NOUN}\swith\s(?:the|a|"
    rf"an)\s(?:[\w'’-]{{1,20}}\s){{0,2}}"
    r"(?:leg|arm|scar|wheelchair|limp|tattoo|accent|cane|patch|eye|beard|turban|hijab)\b",
    re.IGNORECASE,
)
_OFFICE: Final = regex(
    r"\b(?:the|our)\s(?:director|head|chief|chair|vice\s?president|president|dean|"
    r"manager)\sof\s[\w ]{3,40}?,\san?\s[^,.\n]{3,40},",
    re.IGNORECASE,
)
_UNIQUE: Final = regex(
    rf"^(?:(our|the|my|their|your|his|her|an?)\s)?(?:{_ONLY}|one)\s", re.IGNORECASE
)
_UNICA: Final = regex(
    r"^(?:la|el|nuestra|nuestro|mi)\s(única|único|primera|primer|última|último)\s", re.IGNORECASE
)
_WHERE: Final = regex(
    r"\s(?:in|on|at|of|left|from|en|de|del|ever|who|that|que|with|they|we)\b.*$", re.IGNORECASE
)
_PLAIN: Final = regex(
    r"\b(?:the\s(?:only|first|last|one)\s(?:time|thing|way|reason|question|person\sto\sspeak|"
    r"ones?\swho|one\swho|one\sto)|"
    r"first\s(?:year|time|grade|language|generation|name|person|step)|last\s(?:year|week|"
    r"night|time|name|person|one)|"
    r"(?:an?|the)\s(?:last|first|single)\s(?:person|one)\b(?!\s(?:in|on|at)\b)|"
    r"single\s(?:mother|mom|parent|father|dad|mum))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Coaching:
    """A description that may point to one person, and what could be said instead."""

    start: int
    end: int
    why: str
    """Why it may point to one person, in a sentence."""
    instead: str = field(repr=False)
    """A wording without what makes it one person; empty where only a human can find one."""


def coach(text: str) -> tuple[Coaching, ...]:
    """Return what in a text may describe one person only, in order and without overlaps."""
    found = sorted(_all(text), key=lambda one: (one.start, -one.end))
    made: list[Coaching] = []
    for one in found:
        if not made or one.start >= made[-1].end:
            made.append(one)
    return tuple(made)


def _all(text: str) -> Iterator[Coaching]:
    for match in _ENGLISH.finditer(text):
        if not _PLAIN.match(match[0]):
            why = "There may be one person only whom this fits, so it says who it is."
            yield Coaching(*match.span(), why, _without_unique(match[0]))
    for match in _SPANISH.finditer(text):
        why = "Puede que solo una persona sea así, y entonces se sabe quién es."
        yield Coaching(*match.span(), why, _without_unica(match[0]))
    for match in _WHO.finditer(text):
        why = "What is told here may be known of one person, and so says who it is."
        yield Coaching(*match.span(), why, "")
    for match in _OFFICE.finditer(text):
        why = "One person holds this office, so the office says who it is."
        yield Coaching(*match.span(), why, "")


def _without_unique(written: str) -> str:
    """Return a description without its "only" and without where: "a Black neonatologist"."""
    bare = _WHERE.sub("", _UNIQUE.sub("", written)).strip()
    article = "an" if bare[:1].lower() in "aeiou" else "a"
    return f"{article} {bare}" if bare and not bare.endswith("s") else bare


def _without_unica(written: str) -> str:
    which = _UNICA.match(written)
    bare = _WHERE.sub("", _UNICA.sub("", written)).strip()
    feminine = (
        bool(which) and which[1].lower() in {"única", "primera", "última"} if which else False
    )
    return f"{'una' if feminine else 'un'} {bare}" if bare else ""
