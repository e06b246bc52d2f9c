"""What stays: words of race, faith and feeling, coarse places, and public people.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

from sessions.deidentify.features import Listed, is_mostly_small
from sessions.deidentify.lists import (
    is_everyday,
    is_phrase,
    kept_words,
    listed,
    phrases,
    without_apostrophes,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from sessions.deidentify.lexicon import Lexicon
    from sessions.deidentify.lists import PhraseList
    from sessions.deidentify.tokens import Token


class WordLists(Protocol):
    """Sets of folded words: names, and words of the dictionaries."""

    def of(self, word: str) -> tuple[bool, bool, bool, bool, int]:
        """Say whether a word is a given name, a family name, a frequent word, a word; and its use.

        The use is 0 where nothing is known of it; see `features.used_as`.
        """

    def spanish(self, word: str) -> int:
        """Return how a word is used in Spanish, or 0."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens beside each other that are a phrase of a list."""

    first: int
    last: int
    words: int
    """How many of the tokens are words and numbers, not signs."""


def phrases_in(
    found: Sequence[Token], file: PhraseList, common: Container[str] = ()
) -> tuple[Phrase, ...]:
    """Return where a text holds phrases of a list: at each word the longest, so they may overlap.

    Dots may stand after a title, an initial or a saint, and a comma before "Jr." Where the text has
    capitals, a phrase of one word must have one if it may be another word: "turkey", "trump".

    Args:
        found: The tokens of the text.
        file: The list.
        common: Frequent words, which may hang on a public person's name: "obama-era".
    """
    plain = [_plain(token.folded) for token in found]
    owning = {at - 1 for at, token in enumerate(found) if token.written == "'s"}
    words = [place for place, token in enumerate(found) if token.case != "."]
    made: list[Phrase] = []
    for turn, place in enumerate(words):
        for parts in _opening(plain, owning, words[turn : turn + 2], file):
            reach = words[turn : turn + len(parts)]
            if _reads(plain, owning, reach, parts) and _is_one(found, reach, file):
                made.append(Phrase(reach[0], reach[-1], len(parts)))
                break
        else:
            if (
                file == "figures.txt"
                and "-" in plain[place]
                and _is_made_of_one(plain[place], common)
            ):
                made.append(Phrase(place, place, 1))
    return tuple(made)


def _opening(
    plain: Sequence[str], owning: Container[int], places: Sequence[int], file: PhraseList
) -> Iterator[tuple[str, ...]]:
    """Yield the phrases that may begin at the first of these one or two places, the longest first.

    A word with a possessive ending, which is `owning`, may stand in the phrase with its s.
    """
    firsts, *more = (
        (plain[at] + "s", plain[at]) if at in owning else (plain[at],) for at in places
    )
    for first in firsts:
        known = phrases(file, first)
        if known:
            seconds = (*more[0], "") if more else ("",)
            those = [parts for second in seconds for parts in known.get(second, ())]
            yield from sorted(those, key=len, reverse=True)


def in_phrases(found: Sequence[Token], file: PhraseList) -> frozenset[int]:
    """Return which tokens belong to a phrase of a list."""
    return frozenset(
        at for phrase in phrases_in(found, file) for at in range(phrase.first, phrase.last + 1)
    )


def _plain(word: str) -> str:
    simple = word.isascii() and word.isalpha()
    return word if simple else without_apostrophes(word)


def _reads(
    plain: Sequence[str], owning: Container[int], places: Sequence[int], parts: Sequence[str]
) -> bool:
    """Say whether words read like a phrase, in which "mother's" stands as "mothers".

    A possessive ending is a token of its own, and only the last word may have one that the phrase
    has not: "Rosa Parks's seat".
    """
    if len(places) < len(parts):
        return False
    for turn, (at, part) in enumerate(zip(places, parts, strict=True), 1):
        if at in owning and plain[at] + "s" == part:
            continue
        if plain[at] != part or (at in owning and turn < len(parts)):
            return False
    return True


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


def _is_made_of_one(word: str, common: Container[str]) -> bool:
    """Say whether a word is made of a public person's name: "obama-era", "anti-trump"."""
    before, _, after = word.partition("-")
    if before in _PREFIXES:
        return is_phrase("figures.txt", (after,))
    return is_phrase("figures.txt", (before,)) and after in common


def _joined(found: Sequence[Token], left: int, right: int) -> bool:
    """Say whether what stands between two words leaves them one name: not the end of a sentence."""
    between = "".join(token.written for token in found[left + 1 : right]).removeprefix("'s")
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


def look_up(found: Sequence[Token], lex: Lexicon) -> list[Listed]:
    """Return what the lists say of each token."""
    places = in_phrases(found, "places.txt")
    towns = in_towns(found, lex.towns)
    tied = in_pairs(found, lex.pairs)
    spanish = is_spanish(found)
    small = _small_words(lex, spanish=spanish)
    return [
        small[token.folded]
        if token.folded in small and at not in places and at not in towns and at not in tied
        else listed_word(
            token.folded,
            lex,
            place=at in places,
            town=towns.get(at, ""),
            tied=tied.get(at, ""),
            spanish=spanish,
        )
        if token.is_word
        else _NOTHING
        for at, token in enumerate(found)
    ]


@cache
def _small_words(lex: Lexicon, *, spanish: bool) -> dict[str, Listed]:
    """Return what the lists say of the words that every text is full of."""
    words = listed("small words es") | listed("small words en")
    return {word: listed_word(word, lex, place=False, spanish=spanish) for word in sorted(words)}


def is_spanish(found: Sequence[Token]) -> bool:
    """Say whether a text has more small words of Spanish than of English."""
    spanish = sum(token.folded in listed("small words es") for token in found)
    return spanish > sum(token.folded in listed("small words en") for token in found)


def in_pairs(found: Sequence[Token], pairs: Container[str]) -> dict[int, str]:
    """Return which tokens are a thing with the word after (`>`), before (`<`), or both (`=`)."""
    tied: dict[int, str] = {}
    for at, (left, right) in enumerate(pairwise(found)):
        beside = right.start - left.end <= 1 and left.is_word and right.is_word
        if beside and f"{left.folded} {right.folded}" in pairs:
            tied[at] = "=" if at in tied else ">"
            tied[at + 1] = "<"
    for at, token in enumerate(found):
        if "-" in token.folded and token.folded.replace("-", " ") in pairs:
            tied[at] = "="
    return tied


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


def listed_word(
    word: str,
    lists: WordLists,
    *,
    place: bool,
    town: str = "",
    tied: str = "",
    spanish: bool = False,
) -> Listed:
    """Return what these lists say of one folded word.

    A compound is a name if any of its parts is, and a word if all are.

    Args:
        word: The word.
        lists: Sets of names and of words.
        place: Whether it is part of a place.
        town: What `in_towns` says of it.
        tied: What `in_pairs` says of it.
        spanish: Whether the text is in Spanish.
    """
    given, family, common, known, used = lists.of(word)
    if not word.isalpha():
        parts = [part for part in word.replace("'", "-").split("-") if part] or [word]
        of_parts = [lists.of(part) for part in parts]
        long = [of for part, of in zip(parts, of_parts, strict=True) if len(part) > 1]
        plain = lists.of(word.replace("'", ""))
        given = given or any(of[0] for of in long)
        family = family or any(of[1] for of in long)
        common = all(of[2] for of in of_parts) or plain[2]
        known = all(of[3] for of in of_parts) or plain[3]
        used = used or plain[4] or of_parts[-1][4]
    if spanish:
        used = lists.spanish(word) or used
    # Dictionaries lack what people say: a word that is mostly written small is one.
    known = known or is_mostly_small(used)
    return Listed(
        given=given,
        family=family,
        common=common,
        known=common or known,
        kept=is_kept(word),
        used=used,
        tied=tied,
        place=place,
        town=town,
    )
