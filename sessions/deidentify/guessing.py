"""Names that are on no roster: what the model makes of each word, and what stands beside it.

Pure.

A first look scores each word, a second weighs that against the rest of the text. What is sure is
hidden; what is likely is for a person. Then small rules that need no learning: a title announces a
name, an initial belongs to the name beside it, and so does the next word with a capital.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sessions.deidentify.features import Listed, features, is_of_grammar
from sessions.deidentify.finding import Finding, number_of
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.limits import OF_A_WORD, Limits
from sessions.deidentify.lists import carries, listed
from sessions.deidentify.pattern import regex
from sessions.deidentify.second_look import look_again
from sessions.deidentify.survivors import look_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sessions.deidentify.model import Tier
    from sessions.deidentify.named_words import Meant
    from sessions.deidentify.people import People
    from sessions.deidentify.survivors import Phrase
    from sessions.deidentify.tokens import Token

ANNOUNCED: Final = 0.27
"""What a title or a role before a word adds to its score."""


_NEVER: Final = -99.0
# What nobody needs to look at twice.
_UNLIKELY: Final = -9.0
_JOINED: Final = frozenset({" ", "\u00a0"})
_MOST_PARTS: Final = 4
_LONGEST_NAME: Final = 40
_DOTTED: Final = regex(r"(?<![\w.])(?:[A-Z]\.\s?){2,3}(?![\w])")
# "f o l a s a d e": a name is spelled.
_SPELLED: Final = regex(r"(?<!\w)(?:[^\W\d_][ -]){3,20}[^\W\d_](?!\w)")
_ACTS: Final = regex(r"\s?(?:said|says|told|felt|feels|spoke|wants|[a-z]{2,12}ed|dijo)\b")


@dataclass(slots=True)
class Guess:
    """One token with what is thought of it."""

    token: Token
    listed: Listed
    odds: float
    """The logarithm of the odds that it is a name."""
    score: float
    """The same where it may be a private person's name at all."""
    keeps: bool
    """It is on a keep-list, or part of a public person's name: it has limits of its own."""
    own: float = _NEVER
    """What the first look made of it."""
    meant: Meant | None = None
    """What it is taken for, if it is on the roster."""
    public: int = 0
    """How many words the name of the public person has that it is part of; none is 0."""


def guesses(
    found: Sequence[Token], figures: Sequence[Phrase], people: People | None
) -> list[Guess]:
    """Return what is thought of each token.

    Args:
        found: The tokens of a text.
        figures: Where public people are named in it.
        people: The roster, if there is one.
    """
    lex = lexicon()
    said = look_up(found, lex)
    public = [0] * len(found)
    for figure in figures:
        for at in range(figure.first, figure.last + 1):
            public[at] = max(public[at], figure.words)
    first = [lex.score(seen) if seen else None for seen in features(found, said)]
    again = look_again(found, said, first, people)
    made: list[Guess] = []
    for at, (token, listed_as) in enumerate(zip(found, said, strict=True)):
        own = first[at]
        own = _NEVER if own is None else own
        odds = again.get(at, min(own, _UNLIKELY))
        nobody = public[at] or len(token.written) > _LONGEST_NAME
        keeps = bool(public[at]) or listed_as.kept or listed_as.place
        score = _NEVER if nobody else odds
        made.append(Guess(token, listed_as, odds, score, keeps, own, None, public[at]))
    return made


def with_named_words(made: Sequence[Guess], meanings: Mapping[int, Meant]) -> list[Guess]:
    """Return what is thought of each token, now that it is known what the roster's words mean."""
    return [
        replace(guess, meant=meanings[at]) if at in meanings else guess
        for at, guess in enumerate(made)
    ]


def names(text: str, made: Sequence[Guess]) -> Iterator[Finding]:
    """Yield each name the model sees, with all that belongs to it.

    Args:
        text: The text.
        made: What is thought of each of its tokens.
    """
    scores = [_judged(text, made, at) for at in range(len(made))]
    at = free = 0
    while at < len(made):
        if scores[at] < 0:
            at += 1
            continue
        last = _last(text, made, scores, at)
        first = _first(text, made, at, max(free, at - _MOST_PARTS))
        more = _AFTER_INITIAL if first < at else 0.0
        sure = any(
            scores[place] + (0.0 if made[place].meant == "review" else more)
            >= _needed_to_be_sure(made[place])
            for place in range(at, last + 1)
        )
        ground = _is_ground(made, first, last)
        if not ground or sure:
            tier: Tier = "auto" if sure and not ground else "review"
            end = _dotted_end(text, made, last, first)
            if ground != "region":
                yield Finding(made[first].token.start, end, "name", tier)
        at = free = last + 1
    for match in _SPELLED.finditer(text):
        yield Finding(*match.span(), "name", "review")
    public = {guess.token.start for guess in made if guess.public}
    for match in _DOTTED.finditer(text):
        if match.start() in public:
            continue
        if re.sub(r"\W", "", match[0]).lower() not in listed("no initials"):
            # "B.K. asked": letters that do something are somebody's.
            acts: Tier = "auto" if _ACTS.match(text, match.end()) else "review"
            yield Finding(match.start(), match.start() + len(match[0].rstrip()), "name", acts)


def _needed_to_be_sure(guess: Guess) -> float:
    """Return what a word that is asked about must have more to be hidden."""
    limits = _limits(guess)
    return limits.sure - limits.asked


def _limits(guess: Guess) -> Limits:
    """Return the limits of a word: by what it carries, else by how it is written."""
    if guess.keeps and not _only_by_abbreviation(guess):
        if carries(guess.token.folded):
            return OF_A_WORD["i"]
        return OF_A_WORD["p" if guess.listed.place else "k"]
    return OF_A_WORD[guess.token.case]


def _is_ground(made: Sequence[Guess], first: int, last: int) -> str:
    """Say whether a name is that of a `region` ("Warren County") or of a `street`.

    "River" with no capital before it is neither; of "Sun-hee Park" a person decides.
    """
    for at in (last, last + 1):
        alone = at == first and (at == 0 or made[at - 1].token.case not in {"C", "S", "U"})
        if at < len(made) and not alone:
            word = made[at].token.folded
            if word in listed("regions"):
                person = at == last and made[at].listed.family and made[first].score >= _OF_PERSON
                return "street" if person else "region"
            if word in listed("streets") and made[at].token.case in {"C", "U"}:
                return "street"
    return ""


def _judged(text: str, made: Sequence[Guess], at: int) -> float:
    """Return by how much a token has what it needs to be asked about."""
    here = made[at]
    word = here.token.folded
    if here.meant and here.score != _NEVER:
        return {"word": _NEVER, "review": 0.0, "auto": _SURELY}[here.meant]
    is_title = word in listed("titles") and not here.listed.given
    if is_title or not here.token.is_word or here.score == _NEVER or here.token.written == "'s":
        return _NEVER
    title = _title(text, made, at)
    score = _announced(here, title) if title else here.score
    if title == "title" and score >= _OF_TITLE:
        return _SURELY
    # "her" is a word of grammar that the first look never sees, and somebody of the room at times.
    grammar = here.own == _NEVER and score < _OF_GRAMMAR
    stays = here.keeps and _stays(here)
    if grammar or stays or len(word) == 1 or number_of(word) is not None:
        return _NEVER
    more = score - _limits(here).asked
    if _only_goes_before(made, at) and more < _needed_to_be_sure(here):
        return _NEVER
    # "Mercy said" names somebody; of "about Mercy", of "April" and of "AI" a person decides.
    talk = word in listed("calendar") or (word in listed("protocol") and here.token.case != "S")
    short = here.token.written.isupper() and word in listed("abbreviations")
    return min(more, 0.0) if talk or short else more


def _only_goes_before(made: Sequence[Guess], at: int) -> bool:
    """Say whether a word in small letters stands before a name that has a capital: "jolly Jo"."""
    here = made[at]
    plain = here.listed.known and not here.listed.given
    if here.token.case != "a" or not plain or at + 1 == len(made):
        return False
    after = made[at + 1].token
    return after.case in {"C", "U"} and after.start - here.token.end == 1


def _announced(here: Guess, title: str) -> float:
    """Return the score of a word that a title or a role stands before."""
    if title == "title" and here.token.case in {"C", "S", "U", "u"}:
        return max(here.score + ANNOUNCED, _OF_TITLE)
    small = here.token.case in {"a", "l"} and here.listed.common
    score = here.score if small or here.keeps else here.score + ANNOUNCED
    unknown = here.token.case == "C" and not here.listed.known and not here.keeps
    return max(score, _limits(here).sure) if unknown else score


def _stays(guess: Guess) -> bool:
    """Say whether a word on a keep-list is nobody's name, or an abbreviation."""
    word = guess.token.folded
    if _only_by_abbreviation(guess):
        return False
    abbreviated = word in listed("bodies") or word in listed("shorthand")
    name = guess.listed.given or (guess.listed.family and not carries(guess.token.folded))
    return abbreviated or not name


# With a title before it a word is a name.
_OF_TITLE: Final = 1.7
# From here on a word of grammar may be somebody of the roster: "le told me", "sheng her cried".
_OF_GRAMMAR: Final = -1.5
# More than anything needs to be hidden.
_SURELY: Final = 50.0
# "Sun-hee Park" is a person from this score of the first name on.
_OF_PERSON: Final = 0.5
# A word after an initial is more surely a name.
_AFTER_INITIAL: Final = 1.25


def _only_by_abbreviation(guess: Guess) -> bool:
    """Say whether a name is kept only because its letters are an abbreviation: "Hoa", "Pa"."""
    word = guess.token.folded
    abbreviated = word in listed("bodies") or word in listed("shorthand")
    written = guess.token.case in {"C", "S"} and not guess.token.written.isupper()
    return abbreviated and written and (guess.listed.given or guess.listed.family)


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
        if scores[last + 1] >= 0 or _continues(following) or initial:
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
    if guess.token.case in {"a", "l"}:
        # "nuur axmed gacal": words that nobody knows, one behind the other.
        return not guess.listed.known and not guess.keeps and len(word) > 1 and guess.own > _JOINS
    if guess.token.case != "C" or len(word) == 1:
        return False
    if guess.score == _NEVER:
        return guess.public == 1
    return not any(
        word in listed(section) for section in ("bodies", "shorthand", "calendar", "kin")
    )


def _initial(text: str, token: Token) -> bool:
    """Say whether a token after a name is an initial: "Marisol B.", "sandra b.", "Fabiola P-L"."""
    if _TWO_INITIALS.fullmatch(token.written):
        return True
    if len(token.folded) != 1:
        return False
    if text[token.end : token.end + 1] == ".":
        return token.folded != "i" or token.case not in {"a", "l"}
    if token.case in {"C", "U", "S"}:
        return token.folded != "i"
    return token.folded not in _SHORT_WORDS and not text[token.end : token.end + 1].strip(" ,:;)\n")


_JOINS: Final = -5.0
_TWO_INITIALS: Final = regex(r"[A-Z]-[A-Z]")
# Words and signs of one letter that people type in small letters: "n", "u", "w/", "x".
_SHORT_WORDS: Final = frozenset("iayoenurwbxqkvc")


def _particle(made: Sequence[Guess], scores: Sequence[float], at: int) -> bool:
    """Say whether a token is a particle with more of the name behind it: "Ana de la Cruz"."""
    if at + 1 >= len(made) or made[at].token.folded not in listed("particles"):
        return False
    return scores[at + 1] >= 0 or made[at + 1].token.case == "C"


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
        called |= gap == " " and token.folded in listed("called")
        called &= not is_of_grammar(made[before].listed)
        if len(token.written) == 1 and before > 0 and made[before - 1].token.folded in _LETTERED:
            # "in row C. Harmony was promised".
            break
        small = token.case in {"a", "l"} and made[first].token.case in {"a", "l"}
        called |= gap == " " and small and made[before].listed.given and _continues(made[before])
        if not called and (gap not in {" ", ". ", "."} or not _is_capital_initial(token, gap)):
            break
        first = before
    return first


# What has a letter behind it that is nobody's initial.
_LETTERED: Final = frozenset({
    "row", "room", "ward", "bay", "block", "section", "group", "plan", "option", "vitamin",
    "hepatitis", "grade", "type", "part", "appendix", "figure", "table", "unit", "wing", "gate",
    "hall", "stall", "form", "class", "team", "side", "fila", "sala", "aula", "grupo", "letra",
})  # fmt: skip


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
