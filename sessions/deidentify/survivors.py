"""What stays: words of race, faith and feeling, coarse places, and public people.

Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from sessions.deidentify.features import Listed
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.lists import kept_words, phrases

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

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


def in_phrases(
    found: Sequence[Token], file: Literal["places.txt", "figures.txt"]
) -> frozenset[int]:
    """Return which tokens belong to a phrase of a list.

    Dots between the words are passed over ("Dr. King", "St. Paul"). A public figure must be
    written with a capital where the text has any.
    """
    known = phrases(file)
    words = [place for place, token in enumerate(found) if token.case != "."]
    taken: set[int] = set()
    for turn, place in enumerate(words):
        for parts in known.get(found[place].folded, ()):
            reach = words[turn : turn + len(parts)]
            if len(reach) == len(parts) and _is(found, reach, parts):
                taken.update(range(reach[0], reach[-1] + 1))
                break
    return frozenset(taken)


def _is(found: Sequence[Token], places: Sequence[int], parts: tuple[str, ...]) -> bool:
    if any(found[at].folded != part for at, part in zip(places, parts, strict=True)):
        return False
    if any(found[at].case == "a" for at in places) and len(parts) == 1:
        return False
    gaps = range(places[0], places[-1] + 1)
    return all(found[at].case != "." or found[at].written in {".", ","} for at in gaps)


def is_kept(word: str) -> bool:
    """Say whether a folded word is on a keep-list, alone or as the parts of a compound."""
    kept = kept_words()
    if word in kept:
        return True
    if "-" not in word:
        return False
    return all(
        part in kept or part in {"anti", "non", "pre", "post", "pan", "ex"} or not part
        for part in word.split("-")
    )


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
