"""From where on a word is asked about, and from where on it is hidden.

Pure. All figures are logarithms of odds, as the second look gives them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """From which odds on a person decides about a word, and from which it is hidden."""

    asked: float
    sure: float


OF_A_WORD: Final = {
    "S": Limits(-1.7, 0.15),
    "C": Limits(-2.9, 1.2),
    "U": Limits(-2.55, -0.1),
    "M": Limits(-3.0, -1.6),
    "a": Limits(-2.9, -0.3),
    "l": Limits(-1.95, -0.55),
    "u": Limits(-1.5, 1.65),
    "k": Limits(-2.6, -0.8),
    "p": Limits(0.8, 1.0),
    "i": Limits(-0.5, 99.0),
}
"""By how a word is written (`tokens.Token.case`). However they are written, words of the keep-lists
have their own as far as they are names too: `k` of talk and the calendar, `p` places, `i` words of
race or faith, which are never hidden unasked."""

OF_THE_ROSTER: Final = {
    "S": Limits(-0.6, 1.75),
    "C": Limits(-2.75, -1.2),
    "a": Limits(-2.0, -0.2),
    "l": Limits(-0.95, 2.4),
    "p": Limits(-0.55, 2.65),
    "i": Limits(0.0, 99.0),
}
"""The same of a word that is a name on the roster; other ways of writing are judged like a
capital. `p` is a place and `i` a word of race or faith, however written."""
