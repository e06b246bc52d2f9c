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

SURE: Final = 0.5
"""The score from which a word is hidden."""

SURE_FIRST = -0.66
"""The same for the first word of a sentence."""

SURE_SMALL, SURE_SMALL_KNOWN = 0.6, 0.75
"""The same where a text has one case only, for a word no dictionary has, and for one it has."""

SURE_OF_WORD, SURE_OF_NO_NAME = 0.08, 1.7
"""The same for a word of the dictionaries that is a name too, and for one that is none."""

LIKELY: Final = -0.71
"""The score from which a person decides."""

UNKNOWN: Final = -2.85
"""The score from which a person decides about a word with a capital that no dictionary has."""

SURE_OF_FIRST_WORD: Final = 1.3
"""The same for a frequent word that is a name too and begins a sentence: "Will", "Young"."""

ANNOUNCED: Final = 2.47
"""What a title or a role before a word adds to its score."""

NAMED_SMALL_WORD, NAMED_FIRST_WORD = -2.46, -3.5
"""The scores below which a roster name that is in a dictionary is doubtful: in small letters, and
at the beginning of a sentence."""

_NEVER: Final = -99.0
_SURELY_NOT: Final = 99.0
_JOINED: Final = frozenset({" ", "\u00a0"})
_MOST_PARTS: Final = 4
_DOTTED: Final = regex(r"(?<![\w.])(?:[A-Z]\.\s?){2,3}(?![\w])")
_ACTS: Final = regex(r"\s?(?:said|says|told|felt|feels|spoke|wants|[a-z]{2,12}ed|dijo)\b")


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
    made: list[Guess] = []
    for at, seen in enumerate(features(found, said)):
        score = lex.score(seen) if seen else _NEVER
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
        more = _more_for_neighbours(made, first, at, last)
        sure = any(
            scores[place] + more >= _needed_to_be_sure(made[place]) for place in range(at, last + 1)
        )
        ground = _is_ground(made, first, last)
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
            # "B.K. asked": letters that do something are somebody's.
            acts: Tier = "auto" if _ACTS.match(text, match.end()) else "review"
            yield Finding(match.start(), match.start() + len(match[0].rstrip()), "name", acts)


def _more_for_neighbours(made: Sequence[Guess], first: int, at: int, last: int) -> float:
    """Return what the other words of a name add: a second one, or an initial before it.

    Two words of the dictionaries that are nobody's first name add nothing: "Social Security".
    """
    of_people = any(
        made[place].listed.given or not made[place].listed.known for place in range(at, last + 1)
    )
    second = _OF_TWO if last > at and of_people else 0.0
    return second + (_AFTER_INITIAL if first < at else 0.0)


def _needed_to_be_sure(guess: Guess) -> float:
    """Return the score from which a word is hidden: more for a word of the dictionaries."""
    if guess.token.case in {"l", "u"}:
        return SURE_SMALL_KNOWN if guess.listed.known else SURE_SMALL
    if not guess.listed.known:
        return SURE_FIRST if guess.token.case == "S" else SURE
    if not guess.listed.given:
        return SURE_OF_NO_NAME
    first = guess.token.case == "S" and guess.listed.common
    return SURE_OF_FIRST_WORD if first else SURE_OF_WORD


def _is_ground(made: Sequence[Guess], first: int, last: int) -> str:
    """Say whether a name is that of a `region` ("Warren County") or of a `street`.

    "River" with no capital before it is neither; of "Sun-hee Park" a person decides.
    """
    for at in (last, last + 1):
        alone = at == first and (at == 0 or made[at - 1].token.case not in {"C", "S", "U"})
        if at < len(made) and not alone:
            word = made[at].token.folded
            if word in listed("regions"):
                person = at == last and made[at].listed.family and made[first].score >= SURE
                return "street" if person else "region"
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
        return _of_kept(here, score)
    if len(here.token.folded) == 1:
        return _NEVER
    score -= _plainness(here)
    if here.listed.town == "m" and here.token.case != "l":
        score -= _OF_TOWN
    if LIKELY > score >= UNKNOWN and _is_unknown(here):
        return LIKELY
    return score


def _of_kept(guess: Guess, score: float) -> float:
    """Return the score of a word on a keep-list: a person decides, or it is surely a first name."""
    if score < _needed_of_kept(guess):
        return _NEVER
    word = guess.token.folded
    if not guess.listed.given or word in listed("identity") or word in listed("faith"):
        return LIKELY
    # "Mercy said" names somebody; of "about Mercy" a person decides.
    of_talk = word in listed("protocol") or word in listed("calendar")
    return LIKELY if score < _KEPT_SURE or (of_talk and guess.token.case != "S") else score


def _is_unknown(guess: Guess) -> bool:
    """Say whether a word with a capital is in no dictionary."""
    capital = guess.token.case in {"C", "S", "M"}
    return capital and not guess.listed.known and len(guess.token.folded) > 2  # noqa: PLR2004


def _plainness(guess: Guess) -> float:
    """Return what is taken off a word of the dictionaries whose capital, or none, says nothing."""
    listed = guess.listed
    if guess.token.case == "u" and listed.known and not (listed.given or listed.family):
        return _KNOWN_SMALL
    if guess.token.case not in {"a", "l"} or not listed.known:
        return 0.0
    off = _COMMON_SMALL if listed.common else _KNOWN_SMALL
    quiet = _QUIET if guess.token.case == "l" else 1.0
    return off * quiet * (_OF_A_NAME if listed.given else 1.0)


# A word that is on a keep-list and is a first name too is hidden only from this score.
_KEPT_SURE: Final = 3.2
# Part of a town of several words: "Bowling Green".
_OF_TOWN: Final = 1.0
# In a text of small letters alone they say less.
_QUIET: Final = 0.25

# A word beside another of the same name, or after an initial, is more surely one.
_OF_TWO, _AFTER_INITIAL = 0.3, 1.0

# With the roster less evidence is needed, but more for words that carry the conversation.
_NAMED, _NAMED_FIRST, _NAMED_KEPT, _NAMED_IDENTITY, _NAMED_SMALL = 0.42, 1.0, -0.95, 3.5, 3.0
_BUT_KEPT = -5.0
_COMMON_SMALL, _KNOWN_SMALL, _OF_A_NAME = 4.35, 1.28, 1.95
_KEPT, _KEPT_PLACE, _KEPT_IDENTITY = -1.02, 1.3, 2.95


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
