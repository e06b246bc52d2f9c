"""What somebody read out: e-mail and web addresses, handles, phone numbers and codes in words.

Pure. Every repetition in a pattern is bounded.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sessions.deidentify.finding import SAID_DIGIT, Finding, number_of
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.pattern import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOT: Final = r"\s(?:dot|punto)\s"
_JOIN: Final = r"\s(?:dot|punto|underscore|under\sscore|dash|hyphen|guion|guión|guion\sbajo)\s"
_SAYS_DOT: Final = regex(_DOT, re.IGNORECASE)
_ENDING: Final = (
    r"(?:com|org|net|edu|gov|example|test|info|health|page|blog|site|link|app|io|co|uk)"
)
# What an e-mail address may end in besides, where everyday words are not taken for one.
_ENDS: Final = regex(
    rf"{_ENDING}|es|mx|ar|cl|pe|do|gt|hn|sv|ni|cr|pa|ve|ec|bo|py|uy|pr|gob|eu|cat|gal|eus|us|ca"
)
_DOMAIN: Final = rf"[\w-]{{1,40}}(?:{_JOIN}[\w-]{{1,40}}){{0,3}}?{_DOT}"
_MAIL: Final = regex(
    rf"\s(?:at(?:\ssign)?|arroba)\s(?:(?:[\w-]{{1,30}}\s){{1,3}}?{_DOMAIN}{_ENDING}\b"
    rf"|{_DOMAIN}[\w-]{{1,40}})(?:{_DOT}(?:{_ENDING}|[a-z]{{2}})\b){{0,2}}",
    re.IGNORECASE,
)
_LINK: Final = regex(
    rf"\b(?:www{_DOT})?{_DOMAIN}(?:{_ENDING}\b(?:{_DOT}(?:uk|mx|ca|co|org)\b)?"
    r"(?:(?:\s(?:slash|diagonal|barra)\s|\s(?:dash|dot|hyphen|underscore|guion|question\smark)\s)"
    r"[\w-]{1,40}){0,10}"
    r"|[a-z]{2,6}(?:(?:\sslash\s|\sdiagonal\s|\sbarra\s)[\w-]{1,40}"
    r"(?:\s(?:dash|dot|hyphen|underscore)\s[\w-]{1,40}){0,4}){1,4})",
    re.IGNORECASE,
)
_LEADS_TO: Final = frozenset({
    "to", "at", "on", "is", "its", "visit", "see", "called", "under", "website", "site", "link",
    "page", "en", "a", "es", "address", "email", "mail", "me", "us", "it", "the", "and", "or",
    "write", "reach", "con", "correo", "al", "her", "him", "them", "from", "of", "for", "contact",
    "send", "as",
})  # fmt: skip
_JOINTS: Final = frozenset({
    "dot", "punto", "underscore", "dash", "hyphen", "guion", "guión", "bajo", "score", "plus",
})  # fmt: skip

_NETWORK: Final = (
    r"(?:insta|instagram|ig|the\sgram|snap|snapchat|tiktok|tik\stok|twitter|facebook|discord|"
    r"telegram|venmo|cash\s?app|twitch|youtube|reddit|bluesky|soundcloud|roblox|xbox|signal)"
)
_UNDERSCORE: Final = regex(
    r"\b\w{1,30}(?:\s(?:underscore|under\sscore|guion\sbajo|guión\sbajo)\s\w{1,30}"
    r"(?:\sdot\s\w{1,30})?){1,4}",
    re.IGNORECASE,
)
_ON_NETWORK: Final = regex(
    rf"\b(at\s)([a-z][\w.]{{3,30}})\s(?:on|over\son)\s{_NETWORK}\b"
    rf"|\b((?:[a-z][\w']{{1,20}}\s){{1,3}}?(?:{SAID_DIGIT}\s){{1,4}})on\s{_NETWORK}\b",
    re.IGNORECASE,
)

_AT_SIGN: Final = regex(
    rf"\barroba\s((?:[\w.]{{1,30}}\s){{0,4}}?[\w.]{{2,30}})\s(?:en|de|por)\s(?:el\s|su\s|"
    rf"mi\s)?(?:{_NETWORK}|face|feis|redes)\b"
    rf"|\b(?:{_NETWORK}|face|feis|redes|usuario|"
    rf"usuaria)\s(?:[\w]{{1,10}}\s){{0,3}}?arroba\s([\w.]{{3,30}}\w)"
    r"|\barroba\s([a-z][\w.]{3,30}\w)(?!\s(?:punto|dot)\b)",
    re.IGNORECASE,
)
_SAYS_AT: Final = regex(r"\barroba\s", re.IGNORECASE)
_PART: Final = rf"(?:{SAID_DIGIT}|\d{{1,4}})"
_BETWEEN: Final = r"(?:[\s,.-]{1,3}(?:and\s|y\s|dash\s|hyphen\s|guion\s|pause\s)?)"
_PHONE: Final = regex(
    rf"(?<![\w$£€.,-]){_PART}(?:{_BETWEEN}{_PART}){{3,24}}\b(?![-/:]\d)", re.IGNORECASE
)
_EXTENSION: Final = regex(
    rf"\b(?:ext|extn|extension|extensión|anexo|pager|beeper)\.?\s(?:is\s|number\s)?"
    rf"({SAID_DIGIT}(?:[\s-]{SAID_DIGIT}){{0,5}})\b(?!\s(?:days?|weeks?|months?|more|years?|of|"
    rf"cords?))",
    re.IGNORECASE,
)
_CALLS: Final = (
    r"(?:number|code|card|id|plate|tag|badge|case|file|reference|ref|receipt|buzz|buzzer|pin|"
    r"locker|"
    r"mrn|claim|policy|passport|licen[cs]e|permit|docket|complaint|grievance|ticket|booking|"
    r"invoice|"
    r"account|member|chart|record|tracking|confirmation|número|folio|expediente|placa|código|"
    r"cédula|registration|reg)"
)
_LETTERS: Final = r"(?:(?:[a-z]{1,3}|[a-z](?:\s[a-z]){1,3})\s)"
_SAID_CODE: Final = regex(
    rf"\b{_CALLS}(?:\s(?:number|is|was|code|no|it's|its|es|exam|reads|ends\sin)){{0,3}}\s"
    rf"({_LETTERS}?{_PART}(?:\s(?:(?:dash|hyphen|slash|guion|diagonal|and)\s)?{_PART}){{2,20}}"
    rf"|{_LETTERS}{_PART}(?:\s{_PART}){{1,20}})\b",
    re.IGNORECASE,
)
_DASHED: Final = regex(
    rf"\b({_PART}(?:\s{_PART}){{0,5}}(?:\s(?:dash|hyphen|"
    rf"guion)\s{_PART}(?:\s{_PART}){{0,5}}){{1,5}})\b",
    re.IGNORECASE,
)
_SAYS_NETWORK: Final = regex(rf"\son\s{_NETWORK}\b", re.IGNORECASE)
_SAYS_DASH: Final = regex(r"\s(?:dash|hyphen|guion)\s", re.IGNORECASE)
_WORD: Final = regex(r"[^\s,;:]{1,40}")
_REACH, _MOST_WORDS = 80, 8
_BESIDE: Final = frozenset(
    {"and", "y", "dash", "hyphen", "guion", "pause", "hundred", "double", "triple"}
)
_ALONE = 3
_FEWEST, _FEWEST_OF_A_CODE = 7, 3


def dictated(text: str, *, numbered: bool = True) -> Iterator[Finding]:
    """Yield what stands for a way to reach somebody, or for a code, in words.

    Args:
        text: What to look through.
        numbered: Whether it has a number at all; most of the patterns need one.
    """
    yield from _addresses(text)
    for found in _UNDERSCORE.finditer(text):
        yield Finding(*found.span(), "handle")
    yield from _handles(text)
    if numbered:
        yield from _numbers(text)


def _addresses(text: str) -> Iterator[Finding]:
    """Yield e-mail addresses and links that are read out."""
    if not _SAYS_DOT.search(text):
        return
    for found in _MAIL.finditer(text):
        start = _local_part(text, found.start())
        last = found[0].rsplit(maxsplit=1)[-1].lower()
        if start is not None and (_ENDS.fullmatch(last) or not _usual(last)):
            yield Finding(start, found.end(), "e-mail")
    for found in _LINK.finditer(text):
        yield Finding(_site(text, found.start()), found.end(), "link")


def _local_part(text: str, end: int) -> int | None:
    """Return where the part before the "at" begins: "s oakes at", "ana dot p at".

    There is none where only a word that leads to an address stands there: "write to me at".
    """
    base = max(end - _REACH, 0)
    words = list(_WORD.finditer(text[base:end]))[-_MOST_WORDS:]
    start = None
    for at in range(len(words) - 1, -1, -1):
        word = words[at][0].lower()
        beside = {words[next_][0].lower() for next_ in (at - 1, at + 1) if 0 <= next_ < len(words)}
        joined = word in _JOINTS or bool(beside & _JOINTS)
        short = len(word) == 1 or number_of(word) is not None
        if not joined and (word in _LEADS_TO or (start is not None and not short and _usual(word))):
            break
        start = base + words[at].start()
    return start


def _usual(word: str) -> bool:
    return word in lexicon().common


def _site(text: str, start: int) -> int:
    """Return where a web address of several words begins: after "go to", "it is at"."""
    base = max(start - _REACH, 0)
    pieces = list(_WORD.finditer(text[base:start]))[-3:]
    for at in range(len(pieces) - 1, -1, -1):
        if pieces[at][0].lower() in _LEADS_TO:
            return base + pieces[at + 1].start() if at + 1 < len(pieces) else start
    return start


def _handles(text: str) -> Iterator[Finding]:
    """Yield names on a network, said: "at bekelebakes on insta", "uncle yaw seven on telegram"."""
    for found in _AT_SIGN.finditer(text) if _SAYS_AT.search(text) else ():
        at = found.lastindex or 1
        if at < _ALONE or not _usual(found[at].lower()):
            yield Finding(*found.span(at), "handle", "auto" if at < _ALONE else "review")
    if not _SAYS_NETWORK.search(text):
        return
    for found in _ON_NETWORK.finditer(text):
        if found[2]:
            if found[2].lower() not in lexicon().known:
                yield Finding(found.start(), found.end(2), "handle")
            continue
        words = found[3].split()
        start = found.start(3)
        while words and words[0].lower() in _LEADS_TO:
            start += len(words.pop(0)) + 1
        yield Finding(start, found.start(3) + len(found[3].rstrip()), "handle", "review")


def _numbers(text: str) -> Iterator[Finding]:
    """Yield phone numbers, extensions and codes that are read out."""
    for found in _PHONE.finditer(text):
        parts = re.findall(r"\w+", found[0])
        if _says(parts) and _digits(parts) >= _FEWEST and not _counts(parts):
            yield Finding(*found.span(), "phone number")
    for found in _EXTENSION.finditer(text):
        yield Finding(*found.span(1), "phone number")
    for found in _SAID_CODE.finditer(text):
        if _says(found[1].split()):
            yield Finding(*found.span(1), "number")
    for found in _DASHED.finditer(text) if _SAYS_DASH.search(text) else ():
        if _digits(re.findall(r"\w+", found[1])) > _FEWEST_OF_A_CODE:
            yield Finding(*found.span(1), "number")


def _digits(parts: list[str]) -> int:
    """Return about how many digits these say."""
    return sum(len(part) if part.isdecimal() else part.lower() not in _BESIDE for part in parts)


def _says(parts: list[str]) -> bool:
    """Say whether anything of it is in words."""
    return any(not part.isdecimal() and part.lower() not in _BESIDE for part in parts)


def _counts(parts: list[str]) -> bool:
    """Say whether somebody counts: "one, two, three, four, five, six, seven"."""
    values = [value for part in parts if (value := number_of(part)) is not None]
    steps = {after - before for before, after in pairwise(values)}
    return len(steps) == 1 and len(values) == len(parts)
