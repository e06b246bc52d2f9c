"""What stays: words of race, faith and feeling, coarse places, and public people.

Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, Protocol

from sessions.deidentify.features import Listed
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.lists import kept_words, phrases

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from sessions.deidentify.tokens import Token


class WordLists(Protocol):
    """Sets of folded words: names, and words of the dictionaries."""

    def of(self, word: str) -> tuple[bool, bool, bool, bool]:
        """Say whether a word is a given name, a family name, a frequent word, a word."""


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
    towns = in_towns(found, lex.towns)
    return [
        listed_word(token.folded, lex, place=at in places, town=towns.get(at, ""))
        if token.is_word
        else _NOTHING
        for at, token in enumerate(found)
    ]


def in_towns(found: Sequence[Token], towns: Container[str]) -> dict[int, str]:
    """Return which tokens may be a town: `t` one by itself, `m` one of several words."""
    taken: dict[int, str] = {}
    for at, token in enumerate(found):
        if token.case in {"a", ".", "0"}:
            continue
        phrase, last = token.folded, at
        if phrase in towns:
            taken.setdefault(at, "t")
        for here in range(at + 1, min(at + _MOST_WORDS, len(found))):
            if found[here].case == "." and found[here].written == ".":
                continue
            if not found[here].is_word or found[last].end + 2 < found[here].start:
                break
            phrase, last = f"{phrase} {found[here].folded}", here
            if found[here].case != "a" and phrase in towns:
                taken.update(dict.fromkeys(range(at, here + 1), "m"))
    return taken


_MOST_WORDS: Final = 5


_NOTHING = Listed()


def listed_word(word: str, lists: WordLists, *, place: bool, town: str = "") -> Listed:
    """Return what these lists say of one folded word.

    A compound is a name if any of its parts is, and a word if all are.

    Args:
        word: The word.
        lists: Sets of names and of words.
        place: Whether it is part of a place.
        town: What `in_towns` says of it.
    """
    given, family, common, known = lists.of(word)
    if not word.isalpha():
        parts = [part for part in word.replace("'", "-").split("-") if part] or [word]
        of_parts = [lists.of(part) for part in parts]
        long = [of for part, of in zip(parts, of_parts, strict=True) if len(part) > 1]
        plain = lists.of(word.replace("'", ""))
        given = given or any(of[0] for of in long)
        family = family or any(of[1] for of in long)
        common = all(of[2] for of in of_parts) or plain[2]
        known = all(of[3] for of in of_parts) or plain[3]
    return Listed(
        given=given,
        family=family,
        common=common,
        known=common or known,
        kept=is_kept(word),
        place=place,
        town=town,
    )
