"""Names of the roster in other forms: a nickname, one slip of the finger, initials.

Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.lists import data_lines, is_everyday, kept_words, listed
from sessions.deidentify.model import Span
from sessions.deidentify.pattern import regex
from sessions.deidentify.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sessions.deidentify.lists import Section
    from sessions.deidentify.model import Tier
    from sessions.deidentify.tokens import Token

_SHORTEST: Final = 5
_SHORTEST_HEAD: Final = 4
_NEAR: Final = 12
_DOTTED: Final = regex(r"(?<![\w.])[A-Za-z]\.\s?(?:[A-Za-z]\.\s?)?[A-Za-z]\.?(?![\w])")
_BARE: Final = regex(r"(?<![\w.'’/&-])[A-Z](?:-?[A-Z]){1,2}(?![\w/&-]|['’](?!s\b))")
# What says that two letters are somebody: "RK: we tried", "SM to write", "GL / SM", "RK's turn".
_SIGNED: Final = regex(
    r"\s?(?::|=|→|->)(?!\d)|['’]s\b|\s[/&+]\s[A-Z]{2}\b|\s(?:said|says|asks|asked|feels|felt|spoke|"
    r"wants|takes|brings|sends|added|adds|agreed|agrees|noted|raised|queried|presented|proposed|"
    r"seconded|moved|suggested|shared|explained|replied|confirmed|will|dijo|pide|trae)\b"
    r"|\sto\s(?:send|bring|write|ask|draft|check|follow|lead|chair|host|email|call|meet|share|book|"
    r"find|talk|circulate|contact|update|report|prepare|invite|arrange|look|fix|type|proof|speak)\b"
)
_SIGNED_BEFORE: Final = regex(
    r"(?:→|->|—|–|\b(?:proposed|seconded|moved|action|owner|lead|chair|scribe|minutes|apologies):?"
    r"|\b[A-Z]{2}\s[/&+])\s?$",
    re.IGNORECASE,
)
_INITIALS: Final = 2
_SHORT_FOR: Final[tuple[Section, ...]] = ("abbreviations", "bodies", "shorthand", "states")
_LETTER: Final = regex(r"(?<![\w.'’/&-])(?<![\w] )[A-Z]\.(?=,? [a-z]|[:,])")


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Return the nicknames of each name that has any, folded."""
    found: dict[str, tuple[str, ...]] = {}
    for line in data_lines("nicknames.txt"):
        name, *others = line.split()
        found[name] = tuple(others)
    return found


@dataclass(slots=True, repr=False)
class Near:
    """Other forms of a roster's names, each with the key of the person it may be."""

    nicks: dict[str, str] = field(default_factory=dict)
    cut: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    """Each name with one letter left out, with the whole name and its key."""
    initials: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    """The first letter of each first name, with the key of the person it may be."""
    heads: dict[str, str] = field(default_factory=dict)
    """Each first name cut short, as friends do, with its key: "Consu", "Selam"."""

    @classmethod
    def of(cls, names: Iterable[str]) -> Near:
        """Return the other forms of these names."""
        near = cls()
        for name in names:
            near._add(name)
        return near

    def _add(self, name: str) -> None:
        parts = [word.folded for word in words(name) if not word.unspaced]
        if not parts:
            return
        key = " ".join(word.folded for word in words(name))
        for nick in nicknames().get(parts[0], ()):
            self.nicks.setdefault(nick, key)
        self.letters.setdefault(parts[0][0], key)
        for size in range(_SHORTEST_HEAD, len(parts[0]) - 1):
            self.heads.setdefault(parts[0][:size], key)
        for part in parts:
            if len(part) >= _SHORTEST:
                for form in (part, *_cuts(part)):
                    self.cut[form].add((part, key))
        if len(parts) > 1:
            self.initials.setdefault(parts[0][0] + parts[-1][0], key)
            self.initials.setdefault("".join(part[0] for part in parts), key)


def find_near(
    text: str, found: Sequence[Token], near: Near, taken: Sequence[tuple[int, int]]
) -> Iterator[Span]:
    """Yield where a text names people of a roster in another form.

    Args:
        text: The text.
        found: Its tokens.
        near: The other forms.
        taken: Places where a name of the roster was found as it is.
    """
    busy = {at for start, end in taken for at in range(start, end)}
    for token in found:
        if token.is_word and token.start not in busy:
            yield from _one(token, near)
    yield from _initials(text, near, busy)


def _one(token: Token, near: Near) -> Iterator[Span]:
    word = token.folded
    if key := near.nicks.get(word):
        sure = not is_everyday(token.written) and word not in lexicon().common
        small = token.case in {"a", "l"}
        if sure or not small:
            tier: Tier = "auto" if sure else "review"
            yield Span(token.start, token.end, "name", tier, key, on_roster=True)
        return
    if word in lexicon().known or word in kept_words():
        return
    if key := near.heads.get(word):
        yield Span(token.start, token.end, "name", "auto", key, on_roster=True)
        return
    if len(word) < _SHORTEST:
        return
    for form in (word, *_cuts(word)):
        for name, key in sorted(near.cut.get(form, ())):
            if _one_slip(word, name):
                # In small letters it may be a word of another language: "quise" beside Quispe.
                tier = "review" if token.case in {"a", "l"} else "auto"
                yield Span(token.start, token.end, "name", tier, key, on_roster=True)
                return


def _initials(text: str, near: Near, busy: set[int]) -> Iterator[Span]:
    for match in _DOTTED.finditer(text):
        key = _whose(match, near, busy)
        if key and not match[0].islower():
            end = match.start() + len(match[0].rstrip())
            yield Span(match.start(), end, "name", "auto", key, on_roster=True)
    shouted = text.isupper()
    for match in _BARE.finditer(text):
        key = _whose(match, near, busy)
        if key and match[0].lower() not in listed("no initials"):
            sure = not shouted and _is_nobody_else(match[0]) and _is_signed(text, match)
            yield Span(*match.span(), "name", "auto" if sure else "review", key, on_roster=True)
    for match in _LETTER.finditer(text):
        key = near.letters.get(match[0][0].lower())
        if key and match.start() not in busy:
            yield Span(match.start(), match.end(), "name", "review", key, on_roster=True)


def _whose(match: re.Match[str], near: Near, busy: set[int]) -> str | None:
    """Return the key of the person these initials may be, where no name was found."""
    letters = re.sub(r"\W", "", match[0]).lower()
    return None if match.start() in busy else near.initials.get(letters)


def _is_nobody_else(written: str) -> bool:
    """Say whether two letters shorten nothing that is known, a state among it, and are no word."""
    letters = written.lower()
    shortened = any(letters in listed(of) for of in _SHORT_FOR)
    return len(letters) == _INITIALS and not shortened and letters not in lexicon().known


def _is_signed(text: str, match: re.Match[str]) -> bool:
    """Say whether two letters do what people do, or stand where minutes name people."""
    before = text[max(match.start() - _NEAR, 0) : match.start()]
    return bool(_SIGNED.match(text, match.end()) or _SIGNED_BEFORE.search(before))


def _cuts(word: str) -> list[str]:
    """Return a word with each of its letters left out but the first."""
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]


def _one_slip(one: str, two: str) -> bool:
    """Say whether two words differ by one letter more, less or other, or by two swapped."""
    if one == two:
        return True
    if abs(len(one) - len(two)) > 1:
        return False
    short, long = sorted((one, two), key=len)
    head = 0
    while head < len(short) and short[head] == long[head]:
        head += 1
    if len(short) != len(long):
        return short[head:] == long[head + 1 :]
    swapped = long[head : head + 2] == short[head : head + 2][::-1]
    return short[head + 1 :] == long[head + 1 :] or (
        swapped and short[head + 2 :] == long[head + 2 :]
    )
