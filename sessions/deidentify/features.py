"""What the name model sees of a token: its letters, its case, its neighbours, what lists say.

Pure. The training command and the finder share this module: they must see the same.

A feature is a checksum of its text. Letters are looked at in pieces, so that a name nobody listed
is still read as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sessions.deidentify.tokens import Token

_OUTSIDE: Final = "\x02"
_PIECES: Final = (3, 4)


FORMS: Final = "-nNvsdgarSOPDRCBHMUXQWT"
"""The forms a word can have: noun and nouns, verb, with s, with d, with -ing, adjective, adverb;
then the words of grammar: subject, object, possessive, determiner, preposition, conjunction, forms
of "be", of "have", of "do" (U), modal (M), "not" (X), question (Q), number (W), "there" (T)."""

OTHERS: Final = "-nvar"
"""What else a word can be."""

_GRAMMAR: Final = frozenset(FORMS[9:])
_ABOUT: Final = 64
_ALIKE: Final = 1024
_MOSTLY_SMALL: Final = 2


def used_as(form: str, other: str, about: int, alike: tuple[int, int, int] = (0, 0, 0)) -> int:
    """Return the number that tells how a word is used.

    Args:
        form: Its form in most sentences, of `FORMS`.
        other: What else it can be, of `OTHERS`.
        about: WordNet's number of what it is about, plus one; 0 is not known.
        alike: The cluster of the words used like it in small letters, the same with a capital, and
            from 1 (never) to 6 (always) how often it has one; 0 where not known.
    """
    small, capital, habit = alike
    kind = (FORMS.index(form) * len(OTHERS) + OTHERS.index(other)) * _ABOUT + about
    return ((habit * _ALIKE + capital) * _ALIKE + small) * _KINDS_OF_WORDS + kind


def habit(used: int) -> int:
    """Return how often a word has a capital, from 1 (never) to 6 (always); 0 is not known."""
    return used // (_KINDS_OF_WORDS * _ALIKE * _ALIKE)


def form_of(used: int) -> int:
    """Return the number of the form a word has in most sentences, in `FORMS`."""
    return used % _KINDS_OF_WORDS // _ABOUT // len(OTHERS)


def other_of(used: int) -> int:
    """Return the number of what else a word can be, in `OTHERS`."""
    return used % _KINDS_OF_WORDS // _ABOUT % len(OTHERS)


def alike_of(used: int) -> tuple[int, int]:
    """Return the clusters of the words used like this one in small letters and with a capital."""
    clusters = used // _KINDS_OF_WORDS
    return clusters % _ALIKE, clusters // _ALIKE % _ALIKE


def is_mostly_small(used: int) -> bool:
    """Say whether a word is much more often written in small letters than with a capital."""
    return 1 <= habit(used) <= _MOSTLY_SMALL


def is_of_grammar(listed: Listed) -> bool:
    """Say whether a word carries grammar and not meaning; of numbers it does not say so."""
    form = _KINDS[listed.used % _KINDS_OF_WORDS // _ABOUT][0]
    return form in _GRAMMAR and form != "W"


_KINDS_OF_WORDS: Final = len(FORMS) * len(OTHERS) * _ABOUT
_KINDS: Final = tuple(form + other for form in FORMS for other in OTHERS)


@dataclass(frozen=True, slots=True)
class Listed:
    """What the lists say of one word."""

    given: bool = False
    family: bool = False
    common: bool = False
    known: bool = False
    kept: bool = False
    """It is on a keep-list."""
    place: bool = False
    used: int = 0
    """How it is used, as `used_as` packs it."""
    tied: str = ""
    """`>` where it is a thing with the word after it, `<` with the word before, `=` with both."""
    town: str = ""
    """`t` where it is the name of a town, `m` where it is part of one of several words."""

    @property
    def code(self) -> str:
        """All of it in two or three letters: which lists of names, of words, of towns."""
        name = "nfgb"[self.family + 2 * self.given]
        word = "kp"[self.place] if self.kept or self.place else "0wc"[self.known + self.common]
        return name + word + self.town


class _Side:
    """One token with what is asked of it again and again."""

    __slots__ = (
        "about", "alike", "capital", "case", "code", "folded", "habit", "is_new", "kind", "small",
        "tied",
    )  # fmt: skip

    def __init__(self, token: Token, listed: Listed) -> None:
        self.folded = token.folded if token.case != "0" else f"0{min(len(token.folded), 5)}"
        self.case = token.case
        self.code = listed.code if token.is_word else "--"
        rest, kind = divmod(listed.used, _KINDS_OF_WORDS)
        form, about = divmod(kind, _ABOUT)
        rest, self.small = divmod(rest, _ALIKE)
        self.habit, self.capital = divmod(rest, _ALIKE)
        self.kind = _KINDS[form] if token.is_word else token.folded[:1]
        self.about = chr(35 + about)
        self.alike: int | str = self.small or self.capital
        if token.case in {"C", "U", "M"}:
            self.alike = self.capital or self.small
        elif not token.is_word:
            self.alike = token.folded[:1]
        self.tied = listed.tied
        self.is_new = token.is_word and (self.code[1] == "0" or self.code[0] != "n")


class _Nothing:
    folded = _OUTSIDE
    case = "_"
    code = "__"
    kind = "_"
    about = "_"
    alike = "_"
    habit = small = capital = 0
    tied = ""
    is_new = False


_NOTHING: Final = _Nothing()


class _Masked(_Nothing):
    """A word of which only the case is known, and whether it is a thing with its neighbour."""

    folded = "\x03"
    code = "??"
    kind = "?"
    about = "?"
    alike = "?"

    def __init__(self, case: str, tied: str) -> None:
        self.case = case
        self.tied = tied


def features(found: Sequence[Token], listed: Sequence[Listed]) -> list[tuple[int, ...]]:
    """Return the features of each token of a text.

    Numbers, signs, and words of grammar in small letters have none: they are never names.
    """
    padded = _padded(found, listed)
    return [
        _of(padded, place)
        if token.is_word and not (padded[place].kind[0] in _GRAMMAR and token.case in "al")
        else ()
        for place, token in enumerate(found, _PADDING)
    ]


def features_around(
    found: Sequence[Token], listed: Sequence[Listed], places: Collection[int]
) -> dict[int, tuple[int, ...]]:
    """Return the features of these tokens as if nobody knew which word stands there.

    So they tell whether a name would stand in such a place, and nothing of how rare that is for
    the word: of a word that is on the roster it is known.
    """
    made: dict[int, tuple[int, ...]] = {}
    for place in sorted(places):
        token, said = found[place], listed[place]
        if token.is_word:
            first, last = max(place - _REACH, 0), place + _REACH + 1
            sides = _padded(found[first:last], listed[first:last])
            at = place - first + _PADDING
            sides[at] = _Masked(token.case, said.tied)
            made[place] = _of(sides, at)
    return made


_REACH: Final = 4
"""How many tokens before and after a word are looked at, to find the next word beyond signs."""
_PADDING: Final = 2


def _padded(found: Sequence[Token], listed: Sequence[Listed]) -> list[_Side | _Nothing]:
    sides = [_Side(token, said) for token, said in zip(found, listed, strict=True)]
    nothing = [_NOTHING] * _PADDING
    return [*nothing, *sides, *nothing]


def _of(sides: Sequence[_Side | _Nothing], at: int) -> tuple[int, ...]:
    before2, before, here, after, after2 = sides[at - 2 : at + 3]
    word, case, code = here.folded, here.case, here.code
    own, loose = f"{code}{case}", code
    texts = [
        f"a{own}",
        f"b{word}",
        f"c{word}|{case}",
        f"d{own}|{before.folded}",
        f"e{own}|{after.folded}",
        f"f{loose}|{before.folded}",
        f"g{loose}|{after.folded}",
        f"k{loose}|{before2.folded}|{before.folded}",
        f"l{loose}|{after.folded}|{after2.folded}",
        f"m{loose}|{before.folded}|{after.folded}",
        f"n{case}|{before.folded}",
        f"o{case}|{after.folded}",
        f"p{loose}|{before2.folded}",
        f"q{loose}|{after2.folded}",
        f"r{word}|{before.folded}",
        f"s{word}|{after.folded}",
        f"v{before.folded}|{after.folded}",
    ]
    texts += _uses(sides, at)
    texts += _beyond_signs(sides, at)
    if here.is_new:
        texts += _letters(word, case, code)
    return tuple([crc32(text.encode()) for text in texts])


def _uses(sides: Sequence[_Side | _Nothing], at: int) -> list[str]:
    """Return what is known of how a word and its neighbours are used."""
    before2, before, here, after, after2 = sides[at - 2 : at + 3]
    case, loose = here.case, here.code
    own = f"{loose}{case}"
    kinds = f"{before.kind}|{after.kind}"
    return [
        f"J{own}|{after.kind}{after2.kind}",
        f"K{own}|{kinds}",
        f"L{own}|{after.about}",
        f"M{own}|{before.about}",
        f"N{loose}|{here.kind}|{after.kind}",
        f"O{case}|{here.kind}|{kinds}",
        f"P{case}|{before2.kind}|{kinds}",
        f"Q{case}|{here.kind}{here.about}",
        f"R{loose}|{before.folded}|{after.kind}",
        f"S{loose}|{before.kind}|{after.folded}",
        f"T{case}|{here.about}|{after.about}|{after.kind}",
        f"U{case}|{kinds}|{after2.kind}",
        f"V{case}{here.tied}",
        f"0{case}{here.habit}{here.tied}",
        f"1{case}|{here.small}",
        f"2{case}|{here.capital}",
        f"3{own}|{after.alike}",
        f"4{own}|{before.alike}",
        f"5{loose}|{before.alike}|{after.alike}",
        f"6{case}{here.habit}|{after.alike}",
        f"7{case}{here.habit}|{before.alike}",
        f"8{own}|{after.alike}|{after2.alike}",
        f"9{own}|{before2.alike}|{before.alike}",
        f"#{case}{here.small}|{after.alike}",
        f"${case}{here.small}|{before.alike}",
        f"%{case}{here.habit}|{_near(before)}|{_near(after)}",
        f"&{case}{here.habit}|{_near(after)}|{_near(after2)}",
    ]


def _beyond_signs(sides: Sequence[_Side | _Nothing], at: int) -> list[str]:
    """Return what the nearest words are, and what parts them from this one: "Tanya, Mercy and"."""
    here = sides[at]
    case, loose = here.case, here.code
    own = f"{loose}{case}"
    left, to_left = _nearest(sides, at, -1)
    right, to_right = _nearest(sides, at, 1)
    made = [
        f"A{own}|{left.code}{left.case}|{to_left}",
        f"E{own}|{right.code}{right.case}|{to_right}",
        f"F{loose}|{left.code}|{to_left}|{right.code}|{to_right}",
        f"G{case}|{left.code[:1]}{left.case}|{to_left}|{right.code[:1]}{right.case}|{to_right}",
    ]
    if to_left:
        made += [f"I{own}|{left.folded}|{to_left}", f"Y{own}|{left.alike}|{to_left}"]
    if to_right:
        made += [f"Z{own}|{right.folded}|{to_right}", f"z{own}|{right.alike}|{to_right}"]
    return made


def _nearest(sides: Sequence[_Side | _Nothing], at: int, step: int) -> tuple[_Side | _Nothing, str]:
    """Return the nearest word on one side, and the signs and "and" (`&`) on the way to it."""
    between = ""
    for place in range(at + step, at + step * (_REACH + 1), step):
        if not 0 <= place < len(sides) or sides[place].case == _NOTHING.case:
            break
        side = sides[place]
        if side.case == ".":
            between += side.folded[:1]
        elif side.folded in _AND and side.case in "alu":
            between += "&"
        else:
            return side, between
    return _NOTHING, between


_AND: Final = frozenset({"and", "y", "e", "or", "o", "plus", "then"})


def _near(side: _Side | _Nothing) -> int | str:
    """Return the part of the tree of clusters that a word's stands in, or the sign that it is."""
    return side.alike >> 4 if isinstance(side.alike, int) else side.alike


def _letters(word: str, case: str, code: str) -> list[str]:
    """Return the pieces of a word that may be a name."""
    edged = f"^{word}$"
    kind = "x" if code[1] == "0" else "y"
    pieces = [
        f"{kind}{size}{edged[at : at + size]}"
        for size in _PIECES
        for at in range(len(edged) - size + 1)
    ]
    pieces += [
        f"{kind}E{case}{edged[-4:]}",
        f"{kind}B{case}{edged[:3]}",
        f"{kind}L{case}{min(len(word), 12)}",
        f"{kind}V{case}{word[-1]}{'-' in word}",
        f"{kind}5{edged[-5:]}",
    ]
    return pieces
