"""What stands in the place of what is hidden: words that read well and tell nobody who.

Pure. A person is the same words all through a session. A date becomes a season, an age a decade
(90 and over are one), and everything else says in brackets what it was.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import NUMBER_WORD, number_of
from sessions.deidentify.pattern import regex

if TYPE_CHECKING:
    from sessions.deidentify.aliases import Aliases
    from sessions.deidentify.model import Span

_SEASONS: Final = {
    "en": ("winter", "spring", "summer", "autumn"),
    "es": ("invierno", "primavera", "verano", "otoño"),
}
_MONTHS: Final = (
    ("jan", "ene"), ("feb",), ("mar",), ("apr", "abr"), ("may",), ("jun",), ("jul",),
    ("aug", "ago"), ("sep", "set"), ("oct",), ("nov",), ("dec", "dic"),
)  # fmt: skip
_SPANISH_MONTH: Final = regex(
    r"\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|se(?:p)?tiembre|octubre|"
    r"noviembre|diciembre)\b",
    re.IGNORECASE,
)
_YEAR: Final = regex(r"\b(?:19|20)\d\d\b")
_ISO: Final = regex(r"(?:19|20)\d\d[/.-](\d{1,2})[/.-]\d{1,2}")
_PARTS: Final = regex(r"(\d{1,2})\s?[/.·-]\s?(\d{1,2})")
_SHORT_YEAR: Final = regex(r"(?:['’]|\d\s?[/.·-]\s?)(\d\d)$")
_ON: Final = regex(r"on\s", re.IGNORECASE)
_OPENS: Final = regex(r"On\s|El\s|The\s")

_DECADES: Final = (
    "", "", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties",
)  # fmt: skip
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty")
_DECENAS: Final = (
    "", "", "veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta",
)  # fmt: skip
_TEEN, _ADULT, _OLDEST = 13, 20, 90
_NUMBER: Final = regex(rf"1[01]\d|\d{{1,2}}|{NUMBER_WORD}", re.IGNORECASE)
_ATTRIBUTE: Final = regex(r"[-–](?:year|yr|month|week|day)s?[-–\s]?old$", re.IGNORECASE)
_YOUNG: Final = regex(
    r"\s(?:boy|girl|son|daughter|child|kid|patient|pt|brother|sister|cousin|nephew|niece|grandson|"
    r"granddaughter|baby|student)\b",
    re.IGNORECASE,
)
_BEFORE_AGE: Final = regex(r"\b(?:aged?|turned|turning|at|since)\s(?:of\s)?$", re.IGNORECASE)
_WHOSE: Final = (
    (regex(r"\b(?:i|i'm|i’m|im)\b", re.IGNORECASE), "my"),
    (regex(r"\b(?:he|he's|he’s|hes|father|dad|son|brother|husband|grandfather|uncle|boy|"
    r"man)\b", re.IGNORECASE), "his"),
    (regex(r"\b(?:she|she's|she’s|shes|mother|mom|mum|daughter|sister|wife|grandmother|"
    r"aunt|girl|woman)\b", re.IGNORECASE), "her"),
)  # fmt: skip
_SPANISH: Final = regex(
    r"\b(?:el|la|los|las|que|de|en|y|un|una|se|me|mi|su|es|por|con|no|tiene|tengo|años)\b",
    re.IGNORECASE,
)
_ENGLISH: Final = regex(
    r"\b(?:the|and|of|to|a|in|i|my|was|is|she|he|they|that|on|for|it|with|at|said)\b", re.IGNORECASE
)


def stand_in(text: str, span: Span, aliases: Aliases) -> str:
    """Return the words that stand in for a span.

    Args:
        text: The text the span is in.
        span: What is hidden.
        aliases: They must hold the key of a name.
    """
    if span.label == "name":
        return aliases.words(span.key, "colleague" if span.on_roster else "person")
    written = text[span.start : span.end]
    if span.label == "date":
        said = _season(written, spanish=is_spanish(_around(text, span)))
        return said[0].upper() + said[1:] if _OPENS.match(written) else said
    if span.label == "age":
        return _decade(text, span, written)
    return f"[{span.label}]"


def _around(text: str, span: Span) -> str:
    return text[max(span.start - 200, 0) : span.end + 200]


def is_spanish(text: str) -> bool:
    """Say whether a text is rather Spanish than English."""
    return len(_SPANISH.findall(text)) > len(_ENGLISH.findall(text))


def _season(written: str, *, spanish: bool) -> str:
    spanish = spanish or bool(_SPANISH_MONTH.search(written))
    year = _year(written)
    month = _month(written)
    if spanish:
        when = f"{_SEASONS['es'][month % 12 // 3]}" if month else ""
        parts = [part for part in (when, year) if part]
        return f"un día de {' de '.join(parts)}" if parts else "un día"
    when = " ".join(
        part for part in (_SEASONS["en"][month % 12 // 3] if month else "", year) if part
    )
    if not when:
        return "one day"
    return f"in {when}" if _ON.match(written) else f"a day in {when}"


def _year(written: str) -> str:
    if found := _YEAR.search(written):
        return found[0]
    short = _SHORT_YEAR.search(written)
    if short and (
        written.count("/") > 1 or written.count("-") > 1 or "’" in written or "'" in written
    ):
        return ("20" if int(short[1]) < 40 else "19") + short[1]  # noqa: PLR2004
    return ""


def _month(written: str) -> int:
    """Return the month of a date, or 0 where its order could be either way."""
    lowered = written.lower()
    for number, starts in enumerate(_MONTHS, start=1):
        if any(re.search(rf"\b{start}[a-z]*", lowered) for start in starts):
            return number
    if found := _ISO.search(written):
        return int(found[1])
    found = _PARTS.search(written)
    if not found:
        return 0
    one, two = int(found[1]), int(found[2])
    if one == two:
        return one
    sure = (one > 12) != (two > 12)  # noqa: PLR2004
    return min(one, two) if sure else 0


def _decade(text: str, span: Span, written: str) -> str:
    said = (number_of(one[0]) for one in _NUMBER.finditer(written))
    age = next((number for number in said if number is not None), None)
    if age is None:
        return "[age]"
    if _ATTRIBUTE.search(written):
        return _as_attribute(age, text[span.end : span.end + 15], written)
    before = text[max(span.start - 60, 0) : span.start]
    if is_spanish(_around(text, span)):
        return _in_spanish(age)
    if _BEFORE_AGE.search(before):
        return _something(age)
    return _of_somebody(age, before)


def _of_somebody(age: int, before: str) -> str:
    """Return an age after a verb: "in her forties"."""
    if age < _TEEN:
        return "under thirteen"
    if age >= _OLDEST:
        return "over ninety"
    whose = max(
        ((found.end(), owner) for pattern, owner in _WHOSE for found in pattern.finditer(before)),
        default=(0, "their"),
    )[1]
    return f"in {whose} {'teens' if age < _ADULT else _DECADES[age // 10]}"


def _as_attribute(age: int, after: str, written: str) -> str:
    """Return an age before a noun, or as one: "a young boy", "my teen", "a forty-something"."""
    if not re.search(r"year|yr", written, re.IGNORECASE) or age < _TEEN:
        return "young" if _YOUNG.match(after) else "child"
    if age < _ADULT:
        return "teen"
    return "ninety-plus" if age >= _OLDEST else f"{_TENS[age // 10]}-something"


def _something(age: int) -> str:
    if age < _TEEN:
        return "under thirteen"
    if age < _ADULT:
        return "teen"
    return "ninety-plus" if age >= _OLDEST else f"{_TENS[age // 10]}-something"


def _in_spanish(age: int) -> str:
    if age < _TEEN:
        return "menos de trece"
    if age < _ADULT:
        return "menos de veinte"
    return "más de noventa" if age >= _OLDEST else f"{_DECENAS[age // 10]} y tantos"
