"""Places that only what leads to them tells: "works nights at King's", "at Poplar and Sherwin".

Pure. All of it is for a person to decide, and gives way to who is on the roster. Towns, brands and
words of every day stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import Finding
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.lists import is_phrase
from sessions.deidentify.pattern import regex
from sessions.deidentify.survivors import is_kept
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD: Final = r"[A-ZÁÉÍÓÚÑ][\w'’-]{2,20}"
_SAINT: Final = r"(?:St\.?|Saint)"
_NAME: Final = (
    rf"(?:{_SAINT}\s)?{_WORD}(?:\s(?:(?:of|the|and|&|du|de|la)\s){{0,2}}(?:{_WORD}|VA\b)){{0,3}}"
)
_DOES: Final = (
    r"(?:works?|worked|working|cleans?|cleaned|cleaning|nurse[sd]?|nursing|drives?|drove|taught|teach|"
    r"teaches|studied|studies|trained|training|placement|jobs?|manager|supervisor|nights|shifts?|"
    r"guards?|security|volunteers?|volunteered|trustee|deacon|usher|delivered|transferred|enrolled|"
    r"graduated|interned|hired|fired|retired|employed|receptionist|nurse|teacher|lecturer|professor|"
    r"cook|porter|parents?|admitted|discharged|ordained|boarding\sschool|on\sdays)"
)
_AT_WORK: Final = regex(
    rf"\b{_DOES}\s(?:her(?:e|self)\s|himself\s|there\s|\d{{1,2}}\syrs\s|\d{{1,2}}\syears\s)?"
    rf"(?:at|for|from)\s(?:the\s)?({_NAME})"
)
_AT: Final = regex(rf"\bat\s(?:the\s)?({_NAME})(?=\s?[,.;:)]|\s?$|\s(?:and|where|in|who|with)\b)")
# "the vicar of St Aldhelm's", "year 10, St Brigid's": a saint's church or school.
_OF_A_SAINT: Final = regex(
    rf"\b(?:at|from|to|door|with|of|near|behind|year\s\d{{1,2}},|the)\s({_SAINT}\s{_WORD}['’]s?"
    r"(?:\s(?:Annexe?|Hall|Parish|Infirmary|Infants|Primary|RC|CE|Centre|Center))?)"
    r"(?!\s(?:Day|Eve|Night|weekend|parade|day|fire|mark|song|letter|Park|Square|Road|Street|Hill|Wharf|"
    r"Green|Cathedral))"
)
# "the choir at St. Barnabas".
_CHOIR_OF: Final = regex(
    rf"\b(?:choir|church|school|parish|mass|service|vestry|pulpit|hall|nursed|trained|priest|rector)\s"
    rf"(?:\w{{1,10}}\s)?(?:at|of|from)\s({_SAINT}\s{_WORD})"
)
_SMALL_SAINT: Final = regex(
    r"\b(?:was|at|called|from)\s((?:st\.?|saint)\s(?!paul|louis|pete|john\b|lucia|kitts|vincent)"
    r"[a-z]{3,20}(?:['’]s|s)?)\b(?=\s?[.,;)]|\s?$)"
)
_KIND: Final = (
    r"(?:hospital|surgery|mosque|garage|kitchens?|choir|clinic|gurdwara|masjid|parish|nursery|"
    r"lodge)"
)
_SMALL_KIND: Final = regex(rf"\b({_WORD})(?:\s{_WORD}){{0,2}}\s{_KIND}\b(?!['’-])")
_UNION: Final = regex(
    r"\b(?:teamsters|atu|seiu|afscme|ibew|uaw|ufcw|cwa|liuna|unite|unison|gmb|afge|unite\shere|1199)\s"
    r"(?:\w{2,10}\s)?(?:local|branch|lodge|district)?\s?#?[A-Z]{0,3}/?\d[\d/]{0,5}\b(?!%)",
    re.IGNORECASE,
)
_PUBLIC_SCHOOL: Final = regex(
    r"(?<![\w.])(?:P\.\s?S\.|PS|I\.S\.|IS|M\.S\.|J\.H\.S\.)\s#?\d{1,3}\b(?![-:])"
)
# A corner of two streets that are called so without "Street": "on Yakima and 43rd".
_CORNER: Final = regex(
    r"\b(?:at|on|en|esquina|corner|stop|shelter|intersection|stand),?\s(?:the\s)?"
    r"(?:(([A-Z][\w'’-]{2,20})\s(?:and|&|y)\s(?:[NSEW]\.\s)?([A-Z][\w'’-]{2,20}))"
    r"(?!\s(?:[A-Z]|and\b|&|y\s)|['’])"
    r"|((?:Avenue\s)?[A-Z][\w'’-]{0,20}\s(?:and|&)\s(?:\d{1,3}(?:st|nd|rd|th)|First|Second|Third|"
    r"Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth))\b)"
)


def likely_places(text: str) -> Iterator[Finding]:
    """Yield each place that somebody is said to work, learn or pray at, and each corner."""
    yield from _workplaces(text)
    for found in _CORNER.finditer(text):
        if found[4] or not any(_is_no_street(side) for side in found.group(2, 3)):
            yield Finding(*found.span(4 if found[4] else 1), "address", "review")


def _workplaces(text: str) -> Iterator[Finding]:
    for pattern in (_AT_WORK, _AT):
        for found in pattern.finditer(text):
            if _has_a_name(found[1], surely=pattern is _AT_WORK):
                yield _asked(*found.span(1))
    for pattern in (_OF_A_SAINT, _CHOIR_OF, _SMALL_SAINT):
        for found in pattern.finditer(text):
            if not _is_place(found[1].split()):
                yield _asked(*found.span(1))
    for pattern in (_SMALL_KIND, _UNION, _PUBLIC_SCHOOL):
        for found in pattern.finditer(text):
            if pattern is not _SMALL_KIND or _is_strange(found[1]):
                yield _asked(*found.span())


def _asked(start: int, end: int) -> Finding:
    return Finding(start, end, "organisation", "review")


def _has_a_name(written: str, *, surely: bool) -> bool:
    """Say whether words with capitals may be what a house is called.

    Args:
        written: The words.
        surely: Somebody is said to work there; else a word that nobody knows is needed.
    """
    words = [word for word in written.split() if word[0].isupper()]
    if _is_place(written.split()) or any(fold(word) in lexicon().towns for word in words[:1]):
        return False
    if surely:
        return any(
            _plain(word) not in lexicon().common and not is_kept(_plain(word)) for word in words
        )
    return all(_is_strange(word) and _plain(word) not in lexicon().given for word in words)


def _is_no_street(word: str) -> bool:
    """Say whether a word beside another is more likely a person, a town or a thing of talk."""
    return fold(word) in lexicon().given or is_kept(fold(word)) or _is_place([word])


def _is_strange(word: str) -> bool:
    return _plain(word) not in lexicon().known and not is_kept(_plain(word))


def _plain(word: str) -> str:
    return fold(word).removesuffix("'s").removesuffix("’s").removesuffix("'")


def _is_place(words: list[str]) -> bool:
    return is_phrase("places.txt", tuple(fold(word) for word in words))
