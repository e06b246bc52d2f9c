"""How somebody can be reached: e-mail, also spelled out; phones; handles; links.

Pure. Every repetition in a pattern is bounded, so the work grows with the length of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import Finding
from sessions.deidentify.pattern import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAIL: Final = regex(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")

_BRACKETED_DOT: Final = r"\s?[\[({]\s?(?:dot|punto|\.)\s?[\])}]\s?"
_DOT: Final = rf"(?:\s(?:dot|punto|point|period)\s|{_BRACKETED_DOT}|\.)"
_AT: Final = r"(?:\s(?:at|arroba)\s|\s?[\[({]\s?(?:at|arroba|@)\s?[\])}]\s?|\s@\s)"
_JOINT: Final = r"(?:\s(?:dot|punto|underscore|dash|guion|guión bajo)\s|[.])"
_SPELLED: Final = regex(
    rf"\b[\w+-]{{1,40}}(?:(?:{_JOINT}|{_BRACKETED_DOT})[\w+-]{{1,40}}){{0,4}}{_AT}"
    rf"[\w-]{{1,40}}(?:{_DOT}[\w-]{{1,40}}){{1,4}}",
    re.IGNORECASE,
)
_SPELLED_SIGN: Final = regex(r"[\[({@]|\s(?:dot|punto)\s", re.IGNORECASE)

_ENDINGS: Final = (
    "com|org|net|edu|gov|io|co|uk|ca|mx|info|example|tv|app|link|gg|health|page|blog|site|ly|us"
)
_LINK: Final = regex(
    r"(?:https?://|www\.)[^\s<>\"]{2,2000}"
    rf"|(?<![\w@.])(?:[a-z0-9-]{{1,40}}\.){{1,4}}(?:{_ENDINGS})\b(?:/[^\s<>\"]{{0,2000}})?"
    r"|(?<![\w@.])(?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,6}/[^\s<>\"]{2,2000}",
    re.IGNORECASE,
)
_LINK_TAIL: Final = ".,;:!?)]}'\"’”"

_HANDLE: Final = regex(
    r"(?<![\w@.])@[\w.-]{1,40}\w(?![\w=])|(?<![\w/])u/[\w-]{3,30}|"
    r"(?<![\w@.])[A-Za-z]{2,20}(?:_[A-Za-z0-9]{1,20}){1,4}(?![\w@.])"
)
_NETWORK: Final = regex(
    r"\b(?:insta|instagram|ig|snap|snapchat|tiktok|tik tok|twitter|facebook|fb|discord|telegram|"
    r"venmo|cashapp|whatsapp|skype|linkedin|threads|usuario|username|user name|handle|screen name)"
    r"(?:\s(?:is|es|as|at|como|me|name|user|handle)|:|,){0,3}\s?([\w.-]{3,40}\w)",
    re.IGNORECASE,
)
_CODED: Final = regex(r"[\d_]|\w\.\w")

_DIGITS: Final = regex(r"(?<![\w$£€#/.-])\+?\(?\d[\d ().\u00a0/·–-]{5,26}\d(?![\w%])")
_EXTENSION: Final = regex(
    r"[\s,]{0,2}(?:x|ext|extn|extension|anexo|int)\.?\s?#?\d{1,6}\b", re.IGNORECASE
)
_EXTENSION_ALONE: Final = regex(
    r"\b(?:ext|extn|extension|extensión|pager|beeper|bleep|pgr|anexo)\b\.?:?\s?(?:is\s|"
    r"number\s|no\.?\s|#\s?)?"
    r"#?(\d[\d-]{1,8})\b",
    re.IGNORECASE,
)
_SAID_DIGIT: Final = (
    r"(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|hundred|double|triple|cero|uno|dos|tres|cuatro|cinco|"
    r"seis|siete|ocho|nueve|veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)"
)
_SAID: Final = regex(
    rf"\b{_SAID_DIGIT}(?:[\s,.-]{{1,3}}(?:y\s|and\s)?{_SAID_DIGIT}){{6,24}}\b", re.IGNORECASE
)
_YEARS: Final = regex(r"(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d")
_DATE: Final = regex(r"\d{1,4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,4}")
_FEWEST, _MOST = 7, 15


def contacts(text: str) -> Iterator[Finding]:
    """Yield each e-mail address, link, handle and phone number."""
    if "@" in text:
        for found in _MAIL.finditer(text):
            yield Finding(*found.span(), "e-mail")
    for found in _HANDLE.finditer(text):
        yield Finding(*found.span(), "handle")
    yield from _spelled_mail(text)
    if "." in text or "/" in text:
        yield from _links(text)
    for found in _NETWORK.finditer(text):
        if _CODED.search(found[1]):
            yield Finding(found.start(1), found.end(1), "handle")
    yield from _phones(text)


def _spelled_mail(text: str) -> Iterator[Finding]:
    for found in _SPELLED.finditer(text):
        if _SPELLED_SIGN.search(found[0]):
            yield Finding(*found.span(), "e-mail")


def _links(text: str) -> Iterator[Finding]:
    for found in _LINK.finditer(text):
        shown = found[0].rstrip(_LINK_TAIL)
        if shown.lower() not in {"e.g", "i.e"}:
            yield Finding(found.start(), found.start() + len(shown), "link")


def _phones(text: str) -> Iterator[Finding]:
    for found in _DIGITS.finditer(text):
        end = found.end()
        if _is_phone(found[0]):
            more = _EXTENSION.match(text, end)
            yield Finding(found.start(), more.end() if more else end, "phone number")
    for found in _EXTENSION_ALONE.finditer(text):
        yield Finding(found.start(1), found.end(1), "phone number")
    for found in _SAID.finditer(text):
        yield Finding(*found.span(), "phone number")


def _is_phone(written: str) -> bool:
    """Say whether digits with signs are a phone number rather than a date, years or a list."""
    digits = sum(char.isdigit() for char in written)
    if not _FEWEST <= digits <= _MOST or _YEARS.fullmatch(written) or _DATE.fullmatch(written):
        return False
    groups = re.findall(r"\d+", written)
    if digits == _FEWEST and len(groups) == 1:
        return False
    return len(groups) <= 6 and max(map(len, groups)) > 1  # noqa: PLR2004
