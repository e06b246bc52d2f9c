"""What the name model sees of a token: its letters, its case, its neighbours, what lists say.

Pure. The training command and the finder share this module: they must see the same.

A feature is a number below `BUCKETS`, made by a checksum of its text. Letters are looked at in
pieces, so that a name nobody listed is still read as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sessions.deidentify.tokens import Token

BUCKETS: Final = 3 << 19
"""How many features are told apart."""

_OUTSIDE: Final = "\x02"
_PIECES: Final = (3, 4)


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

    __slots__ = ("case", "code", "folded", "is_new")

    def __init__(self, token: Token, listed: Listed) -> None:
        self.folded = token.folded if token.case != "0" else f"0{min(len(token.folded), 5)}"
        self.case = token.case
        self.code = listed.code if token.is_word else "--"
        self.is_new = token.is_word and (self.code[1] == "0" or self.code[0] != "n")


class _Nothing:
    folded = _OUTSIDE
    case = "_"
    code = "__"
    is_new = False


_NOTHING: Final = _Nothing()


def features(found: Sequence[Token], listed: Sequence[Listed]) -> list[tuple[int, ...]]:
    """Return the features of each token of a text; of numbers and signs, none."""
    sides = [_Side(token, said) for token, said in zip(found, listed, strict=True)]
    padded: list[_Side | _Nothing] = [_NOTHING, _NOTHING, *sides, _NOTHING, _NOTHING]
    return [_of(padded, place + 2) if token.is_word else () for place, token in enumerate(found)]


def _of(sides: Sequence[_Side | _Nothing], at: int) -> tuple[int, ...]:
    before2, before, here, after, after2 = sides[at - 2 : at + 3]
    word, case, code = here.folded, here.case, here.code
    own = f"{code}{case}"
    loose = f"{code}"
    near = f"{before.code}{before.case}"
    far = f"{after.code}{after.case}"
    texts = [
        f"a{own}",
        f"b{word}",
        f"c{word}|{case}",
        f"d{own}|{before.folded}",
        f"e{own}|{after.folded}",
        f"f{loose}|{before.folded}",
        f"g{loose}|{after.folded}",
        f"h{own}|{near}",
        f"i{own}|{far}",
        f"j{own}|{near}|{far}",
        f"k{loose}|{before2.folded}|{before.folded}",
        f"l{loose}|{after.folded}|{after2.folded}",
        f"m{loose}|{before.folded}|{after.folded}",
        f"n{case}|{before.folded}",
        f"o{case}|{after.folded}",
        f"p{loose}|{before2.folded}",
        f"q{loose}|{after2.folded}",
        f"r{word}|{before.folded}",
        f"s{word}|{after.folded}",
        f"t{own}|{before.folded}|{far}",
        f"u{own}|{near}|{after.folded}",
        f"v{before.folded}|{after.folded}",
        f"A{own}|{after.folded[-2:]}{far}",
        f"B{own}|{after.folded[-2:]}|{after2.folded}",
        f"C{own}|{before.folded[-2:]}|{after.folded[-2:]}",
        f"D{case}|{word[-3:]}",
        f"E{own}|{near}|{after.folded[-2:]}|{after2.code}",
        f"F{case}|{before2.folded}|{before.folded}",
        f"G{case}|{after.folded}|{after2.folded}",
        f"H{case}|{before.folded}|{after.folded}",
        f"I{case}|{before.folded}|{after.folded[-2:]}",
    ]
    if here.is_new:
        texts += _letters(word, case, code)
    return tuple([crc32(text.encode()) % BUCKETS for text in texts])


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
