"""Names that are on no roster: what the model makes of each word, and what stands beside it.

Pure.

The model gives each word a score. What is sure is hidden; what is likely is for a person. Then
small rules that need no learning: a title announces a name, an initial belongs to the name beside
it, and so does the next word with a capital.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sessions.deidentify.features import Listed, features
from sessions.deidentify.finding import Finding
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.lists import listed
from sessions.deidentify.pattern import regex
from sessions.deidentify.survivors import look_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sessions.deidentify.model import Tier
    from sessions.deidentify.survivors import Phrase
    from sessions.deidentify.tokens import Token

SURE: Final = 0.6
"""The score from which a word is hidden."""

SURE_OF_WORD, SURE_OF_NO_NAME = 1.6, 3.0
"""The same for a word of the dictionaries that is a name too, and for one that is none."""

LIKELY: Final = -1.2
"""The score from which a person decides."""

UNKNOWN: Final = -3.0
"""The score from which a person decides about a word with a capital that no dictionary has."""

ANNOUNCED: Final = 2.0
"""What a title or a role before a word adds to its score."""

_NEVER: Final = -99.0
_SURELY_NOT: Final = 99.0
_JOINED: Final = frozenset({" ", "\u00a0"})
_MOST_PARTS: Final = 4
_DOTTED: Final = regex(r"(?<![\w.])(?:[A-Z]\.\s?){2,3}(?![\w])")


@dataclass(slots=True)
class Guess:
    """One token with what is thought of it."""

    token: Token
    listed: Listed
    score: float
    keeps: bool
    """It is a word that the model never hides: only a title or a full name makes it a name."""
    public: int = 0
    """How many words the name of the public person has that it is part of; none is 0."""


def guesses(found: Sequence[Token], figures: Sequence[Phrase]) -> list[Guess]:
    """Return what is thought of each token.

    Args:
        found: The tokens of a text.
        figures: Where public people are named in it.
    """
    lex = lexicon()
    said = look_up(found)
    public = [0] * len(found)
    for figure in figures:
        for at in range(figure.first, figure.last + 1):
            public[at] = max(public[at], figure.words)
    weights = lex.weights
    made: list[Guess] = []
    for at, seen in enumerate(features(found, said)):
        score = lex.bias + lex.scale * sum([weights[one] for one in seen]) if seen else _NEVER
        keeps = bool(public[at]) or said[at].kept or said[at].place
        score = _NEVER if public[at] else score
        made.append(Guess(found[at], said[at], score, keeps, public[at]))
    return made


def needed_on_roster(guess: Guess) -> float:
    """Return the score from which a word that is also a name of the roster is surely that name."""
    if guess.token.case in {"a", "l"}:
        return _NAMED_SMALL
    word = guess.token.folded
    if guess.listed.place or word in listed("identity") or word in listed("faith"):
        return _NAMED_IDENTITY
    if word in listed("protocol"):
        return _NAMED_KEPT
    return _NAMED if guess.token.case == "C" else _NAMED_FIRST


def word_on_roster(guess: Guess) -> float:
    """Return the score below which a word that is also a name of the roster is but the word."""
    word = guess.token.folded
    carries = word in listed("identity") or word in listed("faith")
    return _BUT_KEPT if guess.keeps and not carries else _NEVER


def names(text: str, made: Sequence[Guess]) -> Iterator[Finding]:
    """Yield each name the model sees, with all that belongs to it.

    Args:
        text: The text.
        made: What is thought of each of its tokens.
    """
    scores = [_judged(text, made, at) for at in range(len(made))]
    at = free = 0
    while at < len(made):
        if scores[at] < LIKELY:
            at += 1
            continue
        last = _last(text, made, scores, at)
        first = _first(text, made, at, max(free, at - _MOST_PARTS))
        sure = any(
            scores[place] >= _needed_to_be_sure(made[place]) for place in range(at, last + 1)
        )
        ground = _is_ground(made, last)
        if not ground or sure:
            tier: Tier = "auto" if sure and not ground else "review"
            end = _dotted_end(text, made, last, first)
            if ground != "region":
                yield Finding(made[first].token.start, end, "name", tier)
        at = free = last + 1
    public = {guess.token.start for guess in made if guess.public}
    for match in _DOTTED.finditer(text):
        if match.start() in public:
            continue
        if re.sub(r"\W", "", match[0]).lower() not in listed("no initials"):
            yield Finding(match.start(), match.start() + len(match[0].rstrip()), "name", "review")


def _needed_to_be_sure(guess: Guess) -> float:
    """Return the score from which a word is hidden: more for a word of the dictionaries."""
    if not guess.listed.known or guess.token.case in {"l", "u"}:
        return SURE
    return SURE_OF_WORD if guess.listed.given or guess.listed.family else SURE_OF_NO_NAME


def _is_ground(made: Sequence[Guess], last: int) -> str:
    """Say whether a name is that of a `region` ("Warren County") or of a `street`."""
    for at in (last, last + 1):
        if at < len(made):
            word = made[at].token.folded
            if word in listed("regions"):
                return "region"
            if word in listed("streets") and made[at].token.case in {"C", "U"}:
                return "street"
    return ""


def _announced(here: Guess, title: str) -> float:
    """Return the score of a word that a title or a role stands before."""
    if title == "title" and here.token.case in {"C", "S", "U", "u"}:
        return max(here.score + ANNOUNCED, SURE_OF_NO_NAME)
    small = here.token.case in {"a", "l"} and here.listed.common
    score = here.score if small or here.keeps else here.score + ANNOUNCED
    unknown = here.token.case == "C" and not here.listed.known and not here.keeps
    return max(score, SURE) if unknown else score


def _judged(text: str, made: Sequence[Guess], at: int) -> float:
    """Return the score of a token with what a title before it adds."""
    here = made[at]
    if not here.token.is_word or here.score == _NEVER or here.token.written == "'s":
        return _NEVER
    title = _title(text, made, at)
    score = _announced(here, title) if title else here.score
    if title == "title" and score >= SURE_OF_NO_NAME:
        return score
    if here.keeps and not _only_by_abbreviation(here):
        return LIKELY if score >= _needed_of_kept(here) else _NEVER
    if len(here.token.folded) == 1:
        return _NEVER
    score -= _plainness(here)
    if LIKELY > score >= UNKNOWN and _is_unknown(here):
        return LIKELY
    return score


def _is_unknown(guess: Guess) -> bool:
    """Say whether a word with a capital is in no dictionary."""
    capital = guess.token.case in {"C", "S", "M"}
    return capital and not guess.listed.known and len(guess.token.folded) > 2  # noqa: PLR2004


def _plainness(guess: Guess) -> float:
    """Return what is taken off a word in small letters that the dictionaries have."""
    listed = guess.listed
    if guess.token.case not in {"a", "l"} or not listed.known:
        return 0.0
    off = _COMMON_SMALL if listed.common else _KNOWN_SMALL
    return off * (_OF_A_NAME if listed.given else 1.0)


# With the roster less evidence is needed, but more for words that carry the conversation.
_NAMED, _NAMED_FIRST, _NAMED_KEPT, _NAMED_IDENTITY, _NAMED_SMALL = -0.9, 1.0, 1.7, 3.5, 3.0
_BUT_KEPT = -2.8
_COMMON_SMALL, _KNOWN_SMALL, _OF_A_NAME = 3.0, 1.5, 0.6
_KEPT, _KEPT_PLACE, _KEPT_IDENTITY = 0.2, 0.8, 3.0


def _only_by_abbreviation(guess: Guess) -> bool:
    """Say whether a name is kept only because its letters are an abbreviation: "Hoa", "Pa"."""
    word = guess.token.folded
    abbreviated = word in listed("bodies") or word in listed("shorthand")
    written = guess.token.case in {"C", "S"} and not guess.token.written.isupper()
    return abbreviated and written and (guess.listed.given or guess.listed.family)


def _needed_of_kept(guess: Guess) -> float:
    """Return the score from which a person is asked about a word that is on a keep-list."""
    word = guess.token.folded
    small = guess.token.case == "a" or (guess.token.case == "l" and not guess.listed.place)
    if small or word in listed("bodies") or word in listed("shorthand"):
        return _SURELY_NOT
    if word in listed("identity") or word in listed("faith"):
        return _KEPT_IDENTITY if guess.listed.given else _SURELY_NOT
    return _KEPT_PLACE if guess.listed.place else _KEPT


def _title(text: str, made: Sequence[Guess], at: int) -> str:
    """Return what announces a token: `title`, `role`, or nothing."""
    before = at - 1
    if before >= 0 and made[before].token.written == ".":
        before -= 1
    if before < 0 or not made[before].token.is_word:
        return ""
    word, here = made[before].token, made[at].token
    gap = text[word.end : here.start]
    if gap.strip(". \u00a0") or "\n" in gap:
        return ""
    dotted = "." in gap
    if word.folded in listed("titles"):
        plain = word.folded in {"miss", "sir", "don", "rev"} and word.case in {"a", "l"}
        return "role" if plain and not dotted else "title"
    if word.folded in listed("roles") and not dotted:
        return "role"
    return ""


def _last(text: str, made: Sequence[Guess], scores: Sequence[float], at: int) -> int:
    """Return the last token of the name that begins at a token."""
    last = at
    while last + 1 < len(made) and last - at < _MOST_PARTS:
        here, following = made[last].token, made[last + 1]
        gap = text[here.end : following.token.start]
        if gap not in _JOINED or not following.token.is_word:
            break
        initial = not following.public and _initial(text, following.token)
        if scores[last + 1] >= LIKELY or _continues(following) or initial:
            last += 1
            continue
        if _particle(made, scores, last + 1):
            last += 2
            continue
        break
    return last


def _continues(guess: Guess) -> bool:
    """Say whether a word after a name is part of it: it has a capital within a sentence."""
    word = guess.token.folded
    if guess.token.case != "C" or len(word) == 1:
        return False
    if guess.score == _NEVER:
        return guess.public == 1
    return not any(
        word in listed(section) for section in ("bodies", "shorthand", "calendar", "kin")
    )


def _initial(text: str, token: Token) -> bool:
    """Say whether a token is an initial: "Marisol B.", "sandra b."."""
    if len(token.folded) != 1 or token.folded in {"i", "a", "y", "o", "e"}:
        return False
    return token.case in {"C", "U", "S"} or text[token.end : token.end + 1] == "."


def _particle(made: Sequence[Guess], scores: Sequence[float], at: int) -> bool:
    """Say whether a token is a particle with more of the name behind it: "Ana de la Cruz"."""
    if at + 1 >= len(made) or made[at].token.folded not in listed("particles"):
        return False
    return scores[at + 1] >= LIKELY or made[at + 1].token.case == "C"


def _first(text: str, made: Sequence[Guess], at: int, lowest: int) -> int:
    """Return the first token of a name, from `lowest`: an initial before it is part of it."""
    first = at
    while first > lowest:
        before = first - 1
        if made[before].token.written == "." and before > lowest:
            before -= 1
        token = made[before].token
        gap = text[token.end : made[first].token.start]
        named = (
            token.folded in listed("called")
            or made[before].listed.given
            or made[before].public == 1
            or _of_words(made, first)
        )
        called = gap == " " and token.case in {"C", "S"} and named
        if not called and (gap not in {" ", ". ", "."} or not _is_capital_initial(token, gap)):
            break
        first = before
    return first


def _of_words(made: Sequence[Guess], at: int) -> bool:
    """Say whether a name is a word and nobody's first name, as the second of "Two Bulls" is."""
    listed = made[at].listed
    return listed.known and not listed.given and made[at].token.case == "C"


def _is_capital_initial(token: Token, gap: str) -> bool:
    single = len(token.written) == 1 and token.written.isalpha() and token.written.isupper()
    return single and (gap[0] == "." or token.written not in {"I", "A"})


def _dotted_end(text: str, made: Sequence[Guess], last: int, first: int) -> int:
    token = made[last].token
    after = text[token.end : token.end + 1] == "."
    return token.end + (after and len(token.written) == 1 and last > first)
