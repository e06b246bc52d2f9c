"""What stays: words of race, faith and feeling, coarse places, and public people.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

from sessions.deidentify.features import Listed
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.lists import (
    is_everyday,
    kept_words,
    listed,
    phrases,
    without_apostrophes,
)

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from sessions.deidentify.lists import PhraseList
    from sessions.deidentify.tokens import Token


class WordLists(Protocol):
    """Sets of folded words: names, and words of the dictionaries."""

    @property
    def given(self) -> Container[str]:
        """First names."""

    @property
    def family(self) -> Container[str]:
        """Family names."""

    @property
    def common(self) -> Container[str]:
        """The words that are met most."""

    @property
    def known(self) -> Container[str]:
        """Every word."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens beside each other that are a phrase of a list."""

    first: int
    last: int
    words: int
    """How many of the tokens are words and numbers, not signs."""


def phrases_in(found: Sequence[Token], file: PhraseList) -> tuple[Phrase, ...]:
    """Return where a text holds phrases of a list: at each word the longest, so they may overlap.

    Dots may stand after a title, an initial or a saint, and a comma before "Jr." Where the text has
    capitals, a phrase of one word must have one if it may be another word: "turkey", "trump".
    """
    plain = [_plain(token.folded) for token in found]
    words = [place for place, token in enumerate(found) if token.case != "."]
    made: list[Phrase] = []
    for turn, place in enumerate(words):
        for parts in phrases(file, plain[place]):
            reach = words[turn : turn + len(parts)]
            if [plain[at] for at in reach] == [*parts] and _is_one(found, reach, file):
                made.append(Phrase(reach[0], reach[-1], len(parts)))
                break
        else:
            if file == "figures.txt" and "-" in plain[place] and _is_made_of_one(plain[place]):
                made.append(Phrase(place, place, 1))
    return tuple(made)


def in_phrases(found: Sequence[Token], file: PhraseList) -> frozenset[int]:
    """Return which tokens belong to a phrase of a list."""
    return frozenset(
        at for phrase in phrases_in(found, file) for at in range(phrase.first, phrase.last + 1)
    )


def _plain(word: str) -> str:
    simple = word.isascii() and word.isalpha()
    return word if simple else without_apostrophes(word)


def _is_one(found: Sequence[Token], places: Sequence[int], file: PhraseList) -> bool:
    """Say whether words that read like a phrase are written as one."""
    if len(places) == 1:
        token = found[places[0]]
        sure = file == "figures.txt" and not is_everyday(token.written)
        return token.case != "a" or sure
    first = found[places[0]]
    # "Will Smith" is one; in "when will Smith come" Smith is somebody else.
    if first.case == "a" and first.folded in _AUXILIARIES and found[places[1]].case == "C":
        return False
    return all(_joined(found, left, right) for left, right in pairwise(places))


def _is_made_of_one(word: str) -> bool:
    """Say whether a word is made of a public person's name: "obama-era", "anti-trump"."""
    before, _, after = word.partition("-")
    if before in _PREFIXES:
        return (after,) in phrases("figures.txt", after)
    return (before,) in phrases("figures.txt", before) and after in lexicon().common


def _joined(found: Sequence[Token], left: int, right: int) -> bool:
    """Say whether what stands between two words leaves them one name: not the end of a sentence."""
    between = "".join(token.written for token in found[left + 1 : right])
    if not between:
        return True
    if found[right].folded in listed("generations"):
        return between in {",", "."}
    shortened = len(found[left].folded) == 1 or found[left].folded in _SHORTENED | listed("titles")
    return between == "." and shortened


_AUXILIARIES: Final = frozenset({"may", "will"})
_PREFIXES: Final = frozenset({"anti", "non", "pre", "post", "pan", "ex", "pro"})
_SHORTENED: Final = frozenset({"st", "mt", "ft"})


def is_kept(word: str) -> bool:
    """Say whether a folded word is on a keep-list, alone or as the parts of a compound."""
    kept = kept_words()
    if word in kept:
        return True
    if "-" not in word:
        return False
    return all(part in kept or part in _PREFIXES or not part for part in word.split("-"))


def look_up(found: Sequence[Token]) -> list[Listed]:
    """Return what the lists say of each token."""
    lex = lexicon()
    places = in_phrases(found, "places.txt")
    return [
        listed_word(token.folded, lex, place=at in places) if token.is_word else _NOTHING
        for at, token in enumerate(found)
    ]


_NOTHING = Listed()


def listed_word(word: str, lists: WordLists, *, place: bool) -> Listed:
    """Return what these lists say of one folded word.

    A compound is a name if any of its parts is, and a word if all are.

    Args:
        word: The word.
        lists: Sets of names and of words.
        place: Whether it is part of a place.
    """
    parts = [part for part in word.replace("'", "-").split("-") if part] or [word]
    plain = word.replace("'", "")
    frequent = all(part in lists.common for part in parts) or plain in lists.common
    return Listed(
        given=word in lists.given or any(part in lists.given for part in parts if len(parts) > 1),
        family=word in lists.family
        or any(part in lists.family for part in parts if len(parts) > 1),
        common=frequent,
        known=frequent or all(part in lists.known for part in parts) or plain in lists.known,
        kept=is_kept(word),
        place=place,
    )
