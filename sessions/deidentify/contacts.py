"""How somebody can be reached: e-mail, also spelled out; phones; handles; links.

Pure. Every repetition in a pattern is bounded, so the work grows with the length of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sessions.deidentify.dictated import dictated
from sessions.deidentify.finding import Finding
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.pattern import regex
from sessions.deidentify.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAIL: Final = regex(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")

# "eunlee.probation at gmail", where nobody said how it ends.
_AT_PROVIDER: Final = regex(
    r"(?<![\w.])(?=[\w.+-]{0,39}[.\d_])[\w.+-]{3,40}\s(?:at|@)\s"
    r"(?:gmail|hotmail|outlook|yahoo|icloud|aol|proton(?:mail)?)\b",
    re.IGNORECASE,
)
_BRACKETED_DOT: Final = r"\s?[\[({]\s?(?:dot|punto|\.)\s?[\])}]\s?"
_DOT: Final = rf"(?:\s(?:dot|punto|point|period)\s|{_BRACKETED_DOT}|\.)"
_AT: Final = r"(?:\s(?:at|arroba)\s|\s?[\[({]\s?(?:at|arroba|@)\s?[\])}]\s?|\s@\s)"
_JOINT: Final = r"(?:\s(?:dot|punto|underscore|dash|guion|guión bajo)\s|[.])"
_SPELLED: Final = regex(
    rf"\b[\w+-]{{1,40}}(?:(?:{_JOINT}|{_BRACKETED_DOT})[\w+-]{{1,40}}){{0,4}}{_AT}"
    rf"[\w-]{{1,40}}(?:{_DOT}[\w-]{{1,40}}){{1,4}}(?![\w-]|\s?[\[({{]\s?(?:at|arroba|@)\s?[\])}}])",
    re.IGNORECASE,
)
_SPELLED_SIGN: Final = regex(r"[\[({@]")

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
    r"(?<![\w@.])@(?!(?:work|home|school|church|noon|night|the)\b)[\w.-]{1,40}\w(?![\w=])|(?<![\w/])u/[\w-]{3,30}|"
    r"(?<![\w@.])[A-Za-z]{2,20}(?:_[A-Za-z0-9]{1,20}){1,4}(?![\w@.])"
)
_NETWORK: Final = regex(
    r"\b(?:insta|instagram|ig|snap|snapchat|tiktok|tik tok|twitter|facebook|fb|discord|telegram|"
    r"venmo|cashapp|whatsapp|skype|linkedin|threads|usuario|usuaria|username|user name|user|"
    r"handle|"
    r"screen name|login|log-in|logon|gamertag|gamer tag|psn|xbox|twitch|youtube|bluesky|kik|"
    r"wechat|"
    r"kakao|viber|(?:mi|su|el)\s(?:face|feis|perfil|canal)|me\sencuentran\scomo|find me under|"
    r"find me as|add me|follow|posted as|posting as|posts as|dm)"
    r"(?:\s(?:is|es|as|at|como|en|arroba|me|name|user|handle|under|him|her|them)|:|"
    r",){0,3}\s?[\"'“‘]?"
    r"([\w.]{3,40}\w)",
    re.IGNORECASE,
)
_LOGIN: Final = regex(
    r"\b(?:username|user name|handle|screen name|login|gamertag|usuario)"
    r"(?:\s(?:is|was|es|era)|:){1,2}\s?[\"'“‘]?([\w.]{4,40})\b",
    re.IGNORECASE,
)
# Made like a name on a network: small letters with dots or lines between, and digits.
_DOTTED: Final = regex(
    r"(?<![\w@./:$£€-])(?=[a-z0-9_.]{5,40}(?![\w@/]))[a-z0-9_]{1,20}(?:\.[a-z0-9_]{1,20}){1,4}(?![\w@/-]|\.\w)"
)
_FILE: Final = regex(
    r".{1,40}\.(?:mp[34]|docx?|xlsx?|pdf|txt|png|jpe?g|csv|pptx?|zip|mov|heic|html?|py|js|md)|"
    r"(?:v\d{0,3}|ver|fig|no|pg|p|ch|sec|vol|ext|rm|apt|st|art|pt|ep|approx|est|e|i|a|p|"
    r"u)\.[\w.]{1,12}|"
    r"(?:\w\.){1,6}\w?",
    re.IGNORECASE,
)
_CODED: Final = regex(r"[\d_]|\w\.\w")

_MIXED: Final = regex(r"[a-z]\d|\d[a-z]|_")

_DIGITS: Final = regex(r"(?<![\w$£€#/.-])\+?\(?\d[\d ().\u00a0/·–-]{5,26}\d(?![\w%])")
_EXTENSION: Final = regex(
    r"[\s,]{0,2}(?:x|ext|extn|extension|anexo|int)\.?\s?#?\d{1,6}\b", re.IGNORECASE
)
_EXTENSION_ALONE: Final = regex(
    r"\b(?:ext|extn|extension|extensión|pager|beeper|bleep|pgr|anexo|"
    r"interno(?=\s\d{2,5}))\b\.?:?\s?(?:is\s|es\s|"
    r"la\s|el\s|number\s|no\.?\s|#\s?)?"
    r"#?(\d[\d-]{1,8})\b",
    re.IGNORECASE,
)
_BLEEP: Final = regex(
    r"\b(?:(?:bleep|beep|dial)\s(?:\S{1,20}\s){0,3}?on|(?:page|call|ring)\s(?:me|him|her|them|us)\son)"
    r"\s((?!(?:19|20)\d\d\b)\d{4,5})\b(?!\s?(?:%|people|days))",
    re.IGNORECASE,
)
_X: Final = regex(r"(?<![\w.])x\.?\s?(\d{4,5})(?![\w%-]|[.,]\d)", re.IGNORECASE)
_YEARS: Final = regex(r"(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d")
_DATE: Final = regex(r"\d{1,4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,4}")
# "1.200.000 pesos", "15 000": a sum of money or a count of people.
_COUNT: Final = regex(r"\d{1,3}(?:[. ,]\d{3}){0,3}[. ,]000")
_FEWEST, _MOST = 7, 15


def contacts(text: str, *, numbered: bool = True) -> Iterator[Finding]:
    """Yield each e-mail address, link, handle and phone number.

    Args:
        text: What to look through.
        numbered: Whether it has a number at all; most of the patterns need one.
    """
    if "@" in text:
        for found in _MAIL.finditer(text):
            yield Finding(*found.span(), "e-mail")
    for found in _HANDLE.finditer(text):
        yield Finding(*found.span(), "handle")
    for found in _AT_PROVIDER.finditer(text):
        yield Finding(*found.span(), "e-mail")
    yield from _spelled_mail(text)
    if "." in text or "/" in text:
        yield from _links(text)
    yield from _handles(text)
    yield from _phones(text)
    yield from dictated(text, numbered=numbered)


def _handles(text: str) -> Iterator[Finding]:
    for found in _NETWORK.finditer(text):
        if _CODED.search(found[1]) and not found[1].isdecimal():
            yield Finding(*found.span(1), "handle")
    for found in _LOGIN.finditer(text):
        if fold(found[1]) not in lexicon().known:
            yield Finding(*found.span(1), "handle")
    if "." in text:
        for found in _DOTTED.finditer(text):
            if _is_handle(found[0]):
                yield Finding(*found.span(), "handle", "review")


def _is_handle(written: str) -> bool:
    """Say whether words with dots between are a name on a network, and no slip of the space bar."""
    parts = written.split(".")
    if _FILE.fullmatch(written) or all(part.isdecimal() for part in parts):
        return False
    mixed = any(_MIXED.search(part) for part in parts) and max(map(len, parts)) > 2  # noqa: PLR2004
    several = len(parts) > 2 and all(part.isalnum() for part in parts)  # noqa: PLR2004
    unusual = any(part not in lexicon().common for part in parts)
    return mixed or "_" in written or (several and unusual)


def _spelled_mail(text: str) -> Iterator[Finding]:
    if not _SPELLED_SIGN.search(text):
        return
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
    for pattern in (_BLEEP, _X):
        yield from _extensions(text, pattern)


def _extensions(text: str, pattern: re.Pattern[str]) -> Iterator[Finding]:
    for found in pattern.finditer(text):
        yield Finding(*found.span(1), "phone number")


def _is_phone(written: str) -> bool:
    """Say whether digits with signs are a phone number rather than a date, years or a list."""
    digits = sum(char.isdigit() for char in written)
    if not _FEWEST <= digits <= _MOST or _YEARS.fullmatch(written) or _DATE.fullmatch(written):
        return False
    if _COUNT.fullmatch(written):
        return False
    groups = re.findall(r"\d+", written)
    if digits == _FEWEST and len(groups) == 1:
        return False
    return len(groups) <= 6 and max(map(len, groups)) > 1  # noqa: PLR2004
