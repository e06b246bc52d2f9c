"""Counts what a finder left, what it ate, and where it asked; the figures of the table.

Pure. A character counts when it is a letter or a digit; an identifier leaks when one of its
characters is left; a clean row is touched when a character of it is hidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from hiding_rows import Row

DIRECT: Final = frozenset({"PERSON", "EMAIL", "PHONE", "HANDLE", "URL", "ID", "ADDRESS"})
INDIRECT: Final = frozenset({"DATE", "AGE", "ORG", "UNIT"})

Spans = Sequence[tuple[int, int]]
Finder = Callable[[Row], Spans]
"""Returns where something is hidden in a row."""


@dataclass
class Score:
    """How many there were of each kind, and how many went wrong."""

    all: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, *, wrong: bool) -> None:
        """Count one."""
        self.all[kind] += 1
        self.wrong[kind] += wrong

    def share(self, kind: str) -> float | None:
        """Return the share that went wrong, in per cent, or None where there was none."""
        return 100 * self.wrong[kind] / self.all[kind] if self.all[kind] else None


def _characters(text: str, start: int, end: int) -> set[int]:
    return {at for at in range(start, end) if text[at].isalnum()}


def score(rows: Iterable[Row], finder: Finder) -> Score:
    """Return what a finder makes of these rows."""
    made = Score()
    for row in rows:
        hidden: set[int] = set()
        for start, end in finder(row):
            hidden |= _characters(row.text, start, end)
        neutral: set[int] = set()
        for start, end, label, _on in row.spans:
            here = _characters(row.text, start, end)
            if label in DIRECT | INDIRECT:
                leaks = bool(here - hidden)
                made.add(label, wrong=leaks)
                made.add("direct" if label in DIRECT else "indirect", wrong=leaks)
                if label in DIRECT:
                    made.add(f"direct {row.language}", wrong=leaks)
                if label == "PERSON":
                    made.add(f"origin {row.voice}", wrong=leaks)
            elif label == "OPTIONAL":
                neutral |= here
            elif label != "QUASI":
                made.add(label, wrong=bool(here & hidden))
        if row.clean:
            made.add("clean", wrong=bool(hidden - neutral))
    return made
