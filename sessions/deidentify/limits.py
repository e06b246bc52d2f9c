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
    "S": Limits(-0.95, 0.8),
    "C": Limits(-2.0, 1.1),
    "U": Limits(-2.3, 1.2),
    "M": Limits(-3.0, -1.6),
    "a": Limits(-2.25, 0.0),
    "l": Limits(-2.4, 0.5),
    "u": Limits(-1.75, 1.65),
    "k": Limits(-2.35, 1.0),
    "p": Limits(0.55, 1.0),
    "i": Limits(-0.75, 99.0),
}
"""By how a word is written (`tokens.Token.case`). However they are written, words of the keep-lists
have their own as far as they are names too: `k` of talk and the calendar, `p` places, `i` words of
race or faith, which are never hidden unasked."""

OF_THE_ROSTER: Final = {
    "S": Limits(-0.6, 2.45),
    "C": Limits(-2.25, 1.5),
    "a": Limits(-1.5, 0.0),
    "l": Limits(-0.95, 2.65),
    "p": Limits(-0.05, 1.75),
    "i": Limits(0.0, 99.0),
    "f": Limits(0.0, 2.0),
}
"""The same of a word that is a name on the roster; other ways of writing are judged like a
capital. However they are written, `p` is a place, `i` a people or a faith ("Black", "Christian"),
which is never hidden unasked, and `f` a word of faith that has a capital only here ("Faith says").
"""
