"""From which score on a word is taken for a name: set on rows that the model had not seen.

Pure. A score is the logarithm of the odds that the model gives for a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """From which score on a person decides about a word, and from which it is hidden."""

    asked: float
    sure: float


OF_A_WORD: Final = {
    "Cn": Limits(-3.85, 0.5), "Cg": Limits(-0.71, 2.08), "Cw": Limits(-1.4, 3.2),
    "Ck": Limits(0.5, 3.95), "Cp": Limits(2.0, 4.5),
    "Sn": Limits(-5.85, 1.2), "Sg": Limits(-3.71, -0.68), "Sw": Limits(0.3, 2.2),
    "Sk": Limits(-1.0, 1.7), "Sp": Limits(1.3, 3.5),
    "Sc": Limits(-0.5, 2.5),
    "Si": Limits(4.0, 99.0), "Ci": Limits(4.0, 99.0), "Ui": Limits(9.0, 99.0),
    "ai": Limits(9.0, 99.0), "li": Limits(9.0, 99.0), "ui": Limits(9.0, 99.0),
    "Un": Limits(-0.71, 0.5), "Ug": Limits(-0.71, 0.08), "Uw": Limits(-0.71, 1.7),
    "Uk": Limits(2.0, 5.0), "Up": Limits(2.0, 5.0),
    "an": Limits(-3.58, 0.8), "ag": Limits(2.0, 3.5), "aw": Limits(2.0, 3.5),
    "ak": Limits(4.0, 9.0), "ap": Limits(4.0, 9.0),
    "ln": Limits(-4.71, -0.8), "lg": Limits(-2.0, 1.2), "lw": Limits(0.0, 3.0),
    "lk": Limits(4.0, 9.0), "lp": Limits(2.0, 4.0),
    "un": Limits(-0.71, 0.6), "ug": Limits(-3.71, -1.25), "uw": Limits(0.5, 2.0),
    "uk": Limits(3.0, 9.0), "up": Limits(2.0, 6.0),
}  # fmt: skip
"""By how a word is written (`tokens.Token.case`), and what it is: `n` in no dictionary, `g` a word
that is a first name too, `c` one of these that is frequent and begins a sentence, `w` any other
word; of those on a keep-list, as far as they are names too, `k` a word of talk, `p` a place, `i` a
word of race or faith, which is never hidden unasked."""

OF_THE_PLACE: Final = 0.5
"""How much the place of a word that is a first name too counts beside the word."""

OF_THE_ROSTER: Final = {
    "S": Limits(-3.17, 1.4),
    "C": Limits(-5.0, 0.3),
    "l": Limits(-5.0, 3.0),
    "a": Limits(-5.0, 1.5),
}
"""The same of a word that is a name on the roster, by how it is written; other ways of writing are
judged like a capital. It is judged by its place above all."""

OF_THE_WORD: Final = 0.25
"""How much the word itself counts beside its place."""

CARRIES: Final = 2.5
"""What is taken off words of race, faith and places, which carry the conversation."""
