"""How plain a Spanish text is: its syllables, and the INFLESZ scale of reading ease."""

from __future__ import annotations

import re
from itertools import pairwise

_STRONG = frozenset("aeoáéó")
_STRESSED_WEAK = frozenset("íú")


def syllables(word: str) -> int:
    """Return the syllables of a Spanish word, whose vowels part by rule."""
    letters = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word.lower())
    letters = re.sub(r"y(?![aeiouáéíóú])", "i", letters)
    runs = re.findall(r"[aeiouáéíóúü]+", letters)
    return max(1, sum(1 + sum(_part(*two) for two in pairwise(run)) for run in runs))


def ease(text: str) -> float:
    """Return how easily a Spanish text is read, by Szigriszt-Pazos.

    The INFLESZ scale reads it so: above 80 very easy, above 65 rather easy, above 55 normal (what
    a secondary school gives to read), below that hard.
    """
    words = re.findall(r"[^\W\d_]+", text)
    sentences = max(1, len(re.findall(r"[.?!:]+(?=\s|$|')", text)))
    spoken = sum(map(syllables, words))
    return 206.835 - 62.3 * spoken / len(words) - len(words) / sentences


def _part(one: str, two: str) -> bool:
    """Say whether two vowels that stand side by side belong to two syllables."""
    if one == two or (one in _STRONG and two in _STRONG):
        return True
    return (one in _STRESSED_WEAK) != (two in _STRESSED_WEAK) and {one, two} & _STRONG != set()
