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
    "S": Limits(-1.45, 0.8),
    "C": Limits(-2.25, 1.6),
    "U": Limits(-1.8, -0.1),
    "M": Limits(-3.0, -1.6),
    "a": Limits(-2.5, 0.0),
    "l": Limits(-2.9, -0.05),
    "u": Limits(-1.75, 1.65),
    "k": Limits(-2.1, -0.8),
    "p": Limits(0.55, 1.0),
    "i": Limits(-0.75, 99.0),
}
"""By how a word is written (`tokens.Token.case`). However they are written, words of the keep-lists
have their own as far as they are names too: `k` of talk and the calendar, `p` places, `i` words of
race or faith, which are never hidden unasked."""

OF_THE_ROSTER: Final = {
    "S": Limits(-1.1, 2.2),
    "C": Limits(-2.5, -0.5),
    "a": Limits(-2.0, 1.3),
    "l": Limits(-1.45, 2.65),
    "p": Limits(-0.55, 1.5),
    "i": Limits(-0.25, 99.0),
}
"""The same of a word that is a name on the roster; other ways of writing are judged like a
capital. `p` is a place and `i` a word of race or faith, however written."""
