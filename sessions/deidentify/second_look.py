"""The second look at each word that may be a name: all that is known of it, weighed together.

Pure. The training command and the finder share this module: they must see the same.

The first look scores a word by its letters and its neighbours. The second knows what the first made
of every word of the text, whether the room has somebody of that name, and what a place like this
would hold if nobody knew the word. Trees weigh these numbers against each other.
"""

from __future__ import annotations

from collections import Counter
from heapq import nlargest
from typing import TYPE_CHECKING, Final

from sessions.deidentify.features import alike_of, features_around, form_of, habit, other_of
from sessions.deidentify.lexicon import lexicon
from sessions.deidentify.lists import carries
from sessions.deidentify.lists import listed as section
from sessions.deidentify.survivors import is_spanish

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sessions.deidentify.features import Listed
    from sessions.deidentify.lexicon import Lexicon
    from sessions.deidentify.people import People
    from sessions.deidentify.tokens import Token

SIGNS: Final = (
    "score", "place", "on roster", "opens a name", "case", "given", "family", "known", "common",
    "kept", "coarse place", "town", "tied", "left", "right", "elsewhere", "small elsewhere",
    "sure names", "words", "sign after", "sign before", "possessive", "carries", "letters",
    "surest other", "title", "role", "Spanish", "habit",
    "form two before", "case two before", "form before", "case before",
    "form after", "case after", "form two after", "case two after",
    "form", "other form", "alike", "alike with a capital", "after alike", "to the end",
)  # fmt: skip
"""What is seen of a word, in this order; scores are in tenths."""

WORTH_A_LOOK: Final = -5.0
"""From this score of the first look on a word is looked at again; one of the roster always is."""

_CASES: Final = "aSCUMlu"
_TOWNS: Final = ("", "t", "m")
_SIGNS_BESIDE: Final = ".,;:!?()-–—\"'“”→/&"
_NO_SIGN: Final = 30
_A_NUMBER: Final = 62
_OUTSIDE: Final = (-1, -2)
_AROUND: Final = (-2, -1, 1, 2)
_TENTHS: Final = 10
_NOBODY: Final = -200
_UNHEARD: Final = -150
_ON_ROSTER: Final = 60
_SURE: Final = 30
_MOST: Final = 30_000


def look_again(
    found: Sequence[Token],
    said: Sequence[Listed],
    scores: Sequence[float | None],
    people: People | None,
) -> dict[int, float]:
    """Return the logarithm of the odds that a token is a name, for each that is worth a look.

    Args:
        found: The tokens of a text.
        said: What the lists say of each.
        scores: What the first look makes of each; `None` where it saw nothing.
        people: The roster, if there is one.
    """
    lex = lexicon()
    seen = signs(found, said, scores, people, lex)
    return {at: lex.trees.odds(numbers) for at, numbers in seen.items()}


def signs(
    found: Sequence[Token],
    said: Sequence[Listed],
    scores: Sequence[float | None],
    people: People | None,
    lex: Lexicon,
) -> dict[int, tuple[int, ...]]:
    """Return what is seen of each token worth a look, as `SIGNS` tells it.

    The arguments are those of `look_again`, and the model of the first look.
    """
    text = _Text(found, said, scores, people)
    places = [at for at in range(len(found)) if text.is_worth_a_look(at)]
    around = features_around(found, said, places)
    return {at: text.signs(at, _tenths(lex.score(around[at]))) for at in places}


class _Text:
    """A text with what is asked of it for each of its words; the work grows with its length."""

    def __init__(
        self,
        found: Sequence[Token],
        said: Sequence[Listed],
        scores: Sequence[float | None],
        people: People | None,
    ) -> None:
        self._found, self._said, self._people = found, said, people
        self._own = [_UNHEARD if one is None else _tenths(one) for one in scores]
        self._on_roster = [
            bool(people and len(token.folded) > 1 and people.has(token.folded)) for token in found
        ]
        # A name of the room that is no word is surely one, whatever its letters look like.
        self._weight = [
            _ON_ROSTER if here and not listed.known else own
            for here, listed, own in zip(self._on_roster, said, self._own, strict=True)
        ]
        self._words = [at for at, token in enumerate(found) if token.is_word]
        self._turn = {at: turn for turn, at in enumerate(self._words)}
        same: dict[str, list[int]] = {}
        for at, token in enumerate(found):
            same.setdefault(token.folded, []).append(at)
        self._of_word = {word: _Two(self._weight[at] for at in ats) for word, ats in same.items()}
        self._of_all = _Two(self._weight)
        self._small = Counter(token.folded for token in found if token.case == "a")
        self._sure = sum(one > _SURE for one in self._weight)
        self._spanish = is_spanish(found)
        self._forms = [_form(token, listed) for token, listed in zip(found, said, strict=True)]

    def is_worth_a_look(self, at: int) -> bool:
        """Say whether a token may be a name at all."""
        likely = self._own[at] > WORTH_A_LOOK * _TENTHS or self._on_roster[at]
        return likely and self._found[at].is_word

    def signs(self, at: int, place: int) -> tuple[int, ...]:
        """Return what is seen of the token at `at`, in a place of this score."""
        token, listed, weight = self._found[at], self._said[at], self._weight[at]
        word = token.folded
        before = self._found[at - 1].folded if at else ""
        after = self._found[at + 1].folded if at + 1 < len(self._found) else ""
        return (
            self._own[at],
            place,
            self._on_roster[at],
            bool(self._people and self._people.opening.get(word)),
            _CASES.find(token.case),
            listed.given,
            listed.family,
            listed.known,
            listed.common,
            listed.kept,
            listed.place,
            _TOWNS.index(listed.town),
            len(listed.tied),
            self._beside(at, -1),
            self._beside(at, 1),
            self._of_word[word].but(weight),
            self._small[word] > (token.case == "a"),
            self._sure,
            len(self._words),
            _sign(after),
            _sign(before),
            after == "'s",
            carries(word),
            len(word),
            self._of_all.but(weight),
            before in section("titles"),
            before in section("roles"),
            self._spanish,
            habit(listed.used),
            *self._used(at),
        )

    def _used(self, at: int) -> Iterator[int]:
        """Yield how a word and those around it are used, and how far the end is."""
        for place in (at + step for step in _AROUND):
            yield from self._forms[place] if 0 <= place < len(self._forms) else _OUTSIDE
        used = self._said[at].used
        yield form_of(used)
        yield other_of(used)
        yield from alike_of(used)
        yield alike_of(self._said[at + 1].used)[0] if at + 1 < len(self._said) else -1
        yield len(self._found) - at

    def _beside(self, at: int, step: int) -> int:
        """Return what the next word on one side weighs."""
        turn = self._turn[at] + step
        return self._weight[self._words[turn]] if 0 <= turn < len(self._words) else _NOBODY


class _Two:
    """The two largest of some weights."""

    __slots__ = ("_first", "_second")

    def __init__(self, weights: Iterable[int]) -> None:
        self._first, self._second = [*nlargest(2, weights), _NOBODY][:2]

    def but(self, one: int) -> int:
        """Return the largest of the others."""
        return self._second if one == self._first else self._first


def _sign(written: str) -> int:
    """Return which sign stands beside a word, if it is one."""
    return _SIGNS_BESIDE.find(written[:1]) if written and not written[0].isalnum() else _NO_SIGN


def _form(token: Token, listed: Listed) -> tuple[int, int]:
    """Return of what form a word is, or which sign, and how it is written."""
    case = _CASES.find(token.case)
    if token.is_word:
        return form_of(listed.used), case
    is_sign = not token.folded[:1].isalnum()
    return (_NO_SIGN + _sign(token.folded) if is_sign else _A_NUMBER), case


def _tenths(score: float) -> int:
    return max(-_MOST, min(_MOST, round(score * _TENTHS)))
