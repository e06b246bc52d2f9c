"""Places that only what leads to them tells: "works nights at King's", "on Yakima and 43rd".

Pure. It is for a person to decide, unless a sure guess is part of it or a number makes it an
address, and gives way to who is on the roster. Towns, brands and words of every day stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import Finding
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.lists import listed
from sessions.deidentify.organisations import is_place
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
    r"graduated|interned|hired|fired|retired|employed|receptionist|teacher|lecturer|professor|"
    r"cook|porter|parents?|admitted|discharged|ordained|boarding\sschool|on\sdays)"
)
_AT_WORK: Final = regex(
    rf"\b{_DOES}\s(?:her(?:e|self)\s|himself\s|there\s|\d{{1,2}}\syrs\s|\d{{1,2}}\syears\s)?"
    rf"(?:at|for|from)\s(?:the\s)?({_NAME})"
)
_AT: Final = regex(rf"\bat\s(?:the\s)?({_NAME})(?=\s?[,.;:)]|\s?$|\s(?:and|where|in|who|with)\b)")
# "the vicar of St Aldhelm's", "year 10, St Brigid's": a saint's church or school.
_OF_A_SAINT: Final = regex(
    rf"\b(?:at|from|to|door|with|of|near|behind|year\s\d{{1,2}},|the)\s"
    rf"({_SAINT}\s[A-Z][\w-]{{2,20}}['’]s(?!\w)"
    r"(?:\s(?:Annexe?|Hall|Parish|Infirmary|Infants|Primary|RC|CE|Centre|Center)\b)?)"
    r"(?!\s(?:Day|Eve|Night|weekend|parade|day|fire|mark|song|letter|wort|cross|flag|Park|Square|Road|"
    r"Street|Place|Avenue|Ave|Rd|Lane|Hill|Wharf|Green|Cathedral)\b)"
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
    r"\b(?:(?i:teamsters|atu|seiu|afscme|ibew|uaw|ufcw|cwa|liuna|afge)\s(?:\w{2,10}\s)?"
    r"(?i:local|branch|lodge|district)\s#?\d{1,5}|(?:Unite|UNITE|Unison|UNISON|GMB)\s"
    r"(?:(?:Branch|branch|Local)\s)?[A-Z]{0,3}\d{0,4}/\d{1,5})\b"
)
_PUBLIC_SCHOOL: Final = regex(r"(?<![\w.])(?:P\.\s?S\.\s#?\d{1,3}|PS\s#?\d{2,3})\b(?![-:])")
_SIDE: Final = r"[A-Z][\w'’-]{2,20}"
_NTH: Final = (
    r"(?:\d{1,3}(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth)"
)
_AND: Final = r"\s(?:and|&|y)\s(?:[NSEW]\.\s)?"
# Streets that are called so without "Street": "on Yakima and 43rd", "the 38th and Vine stop".
_CORNER: Final = regex(
    rf"\b(?:at|on|en|near|corner|stop|shelter|intersection|stand),?\s(?:the\s)?"
    rf"(?:(?P<nth>(?:Avenue\s)?(?P<name>[A-Z][\w'’-]{{0,20}})\s(?:and|&)\s{_NTH}\b)"
    rf"|(?P<corner>(?P<one>{_SIDE}){_AND}(?P<other>{_SIDE}))"
    r"(?![\w'’-]|\s(?:[A-Z]|and\b|&|y\s))"
    rf"|(?P<of>\d{{1,3}}(?:st|nd|rd|th){_AND}(?P<street>{_SIDE})))"
)
# What may follow a corner that is one: not "and 1st grade", "and 4th of July".
_ENDS: Final = regex(
    r"\s?(?:[.,;:!?)]|$|\n)|\s(?:is|was|where|when|with|has|had|banned|got|every)\b"
)
_THE_STOP: Final = regex(
    rf"\b(\d{{1,3}}(?:st|nd|rd|th)\s(?:and|&)\s{_SIDE})\s(?:stop|station|mural)\b"
)
_WITH_KIND: Final = regex(
    rf"\b{_SIDE}\s(?:St|Ave|Rd|Blvd|Street|Avenue|Road|Lane)\.?\s(?:&|/|and|at)\s(?!Days\b)({_SIDE})"
    rf"(?:\s(?:St|Ave|Rd|Blvd|Street|Avenue|Road|Lane)\b)?|\b{_SIDE}\sy\sla\s(\d{{1,3}})\b"
)
# "2714 S. Kedvale", "733 N 9th".
_DIRECTED: Final = regex(
    r"\b(\d{2,5})\s[NSEW]\.?\s([A-Z][\w'’-]{2,20}|\d{1,3}(?:st|nd|rd|th))(?![\w-])"
)
_A_YEAR: Final = regex(r"(?:19|20)\d\d")
_OF_A_HOUSE: Final = 3


def likely_places(text: str) -> Iterator[Finding]:
    """Yield where somebody is said to work, learn or pray, corners, and houses by their side."""
    yield from _workplaces(text)
    yield from _corners(text)
    for found in _DIRECTED.finditer(text):
        number, street = found.groups()
        if not _is_no_street(street):
            is_house = len(number) >= _OF_A_HOUSE and not _A_YEAR.fullmatch(number)
            yield Finding(*found.span(), "address", "auto" if is_house else "review")


def _corners(text: str) -> Iterator[Finding]:
    """Yield where two streets cross; it is sure where one has a number and nothing goes on."""
    for found in _CORNER.finditer(text):
        one, other = found["one"], found["other"]
        if found["nth"]:
            numbered = found["nth"].split()[-1][0].isdigit()
            sure = numbered and _ENDS.match(text, found.end()) and _is_a_street(found["name"])
            yield Finding(*found.span("nth"), "address", "auto" if sure else "review")
        elif found["of"]:
            if _is_a_street(found["street"]):
                sure = _ENDS.match(text, found.end())
                yield Finding(*found.span("of"), "address", "auto" if sure else "review")
        elif not (_is_no_street(one) or _is_no_street(other)) and (
            _is_strange(one) or _is_strange(other)
        ):
            yield Finding(*found.span("corner"), "address", "review")
    for found in _WITH_KIND.finditer(text):
        if not found[1] or fold(found[1]) not in lexicon().given:
            yield Finding(*found.span(), "address", "review")
    for found in _THE_STOP.finditer(text):
        yield Finding(*found.span(1), "address", "review")


def _workplaces(text: str) -> Iterator[Finding]:
    for pattern in (_AT_WORK, _AT):
        for found in pattern.finditer(text):
            if _has_a_name(found[1], surely=pattern is _AT_WORK):
                yield _asked(*found.span(1))
    for pattern in (_OF_A_SAINT, _CHOIR_OF, _SMALL_SAINT):
        for found in pattern.finditer(text):
            if not is_place(found[1].split()):
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
    of_towns = all(is_place([word]) or fold(word) in lexicon().towns for word in words)
    if of_towns or is_place(written.split()) or _is_of_people(words[0]):
        return False
    if surely:
        return any(_is_strange(word) or word.endswith(("'s", "’s")) for word in words)
    # "at Fenwick and Halstead" is a corner, or two people.
    is_one = not {"and", "&"} & set(written.split())
    given = lexicon().given
    return is_one and all(_is_strange(word) and _plain(word) not in given for word in words)


def _is_of_people(word: str) -> bool:
    """Say whether a word leads to somebody's name: "Aunt", "Dr"."""
    return any(fold(word) in listed(section) for section in ("kin", "titles", "roles"))


def _is_no_street(word: str) -> bool:
    """Say whether a word beside another is more likely a person, a town or a thing of talk."""
    return fold(word) in lexicon().given or is_kept(fold(word)) or is_place([word])


def _is_a_street(word: str) -> bool:
    """Say whether a word beside a number may be a street: no word of every day, nobody's name."""
    return not _is_no_street(word) and fold(word) not in lexicon().common


def _is_strange(word: str) -> bool:
    return _plain(word) not in lexicon().known and not is_kept(_plain(word))


def _plain(word: str) -> str:
    return fold(word).removesuffix("'s").removesuffix("’s").removesuffix("'")
