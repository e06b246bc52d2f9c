"""Which words are used alike, and how often each is written with a capital, from spaCy's tables.

Touches: disk, to read the folder it is given: `en_lexeme_cluster.json.gz`, `en_lexeme_prob.json.gz`
and the same of `es`, as the package spacy-lookups-data has them (clusters of Brown et al. 1992).
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from sessions.deidentify.words import fold

MOST: Final = {"en": 46_000, "es": 22_000}
"""How many words of each language are looked at: those that are met most."""

_NEVER: Final = -99.0
_STEPS: Final = (-2.5, -1.0, 0.5, 2.0)
_BITS: Final = 20

Used = tuple[int, int, int]
"""A cluster for the word in small letters and one with a capital, 0 for none, and its habit: from 1
(never with a capital) to 6 (never without)."""


def read_used(folder: Path, language: str) -> dict[str, Used]:
    """Return how each frequent word of a language is used, by the folded word."""
    raw: dict[str, int] = _read(folder / f"{language}_lexeme_cluster.json.gz")
    met: dict[str, float] = _read(folder / f"{language}_lexeme_prob.json.gz")
    order = sorted({one for one in raw.values() if one}, key=_path)
    number = {one: place + 1 for place, one in enumerate(order)} | {0: 0}
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for form in sorted(met, key=lambda one: (-met[one], one)):
        plain = fold(form.replace("’", "'"))
        is_word = plain.replace("'", "").replace("-", "").isalpha()
        if is_word and (plain in forms or len(forms) < MOST[language]):
            forms[plain].append(form)
    found: dict[str, Used] = {}
    for word, written in forms.items():
        small = [one for one in written if one == one.lower()]
        capital = [one for one in written if one != one.lower()]
        one, two = (number[raw.get(of[0], 0)] if of else 0 for of in (small, capital))
        of_small, of_capital = (met[of[0]] if of else _NEVER for of in (small, capital))
        found[word] = one, two, _habit(of_small, of_capital)
    return found


def _habit(small: float, capital: float) -> int:
    if small == _NEVER:
        return 6
    return 1 + sum(capital - small > step for step in _STEPS)


def _path(cluster: int) -> str:
    """Return the way to a cluster from the root of the tree: those that are alike sort together."""
    return f"{cluster:0{_BITS}b}"[::-1]


def _read(path: Path) -> dict[str, Any]:
    with gzip.open(path, "rt", encoding="utf-8") as opened:
        found: dict[str, Any] = json.load(opened)
    return found
