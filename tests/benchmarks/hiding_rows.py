"""The evaluation rows of tests/data/hiding, and rows of the same kind in JSON lines.

Pure, but for reading the files it is given.

A file of ours is plain text. `# voice:` and `# part:` (tuning, or held out) head it; `= setting |
name; name` begins a session with its roster; every other line is a note or a reflection in which
what matters is in braces, a letter for what it is: {P on the roster}, {p not on it}, {E e-mail}.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

LABELS: Final = {
    "P": "PERSON", "p": "PERSON", "E": "EMAIL", "T": "PHONE", "H": "HANDLE", "U": "URL",
    "I": "ID", "A": "ADDRESS", "D": "DATE", "G": "AGE", "O": "ORG", "R": "UNIT", "Q": "QUASI",
    "F": "PUBLIC_FIGURE", "K": "KEEP", "t": "OPTIONAL",
}  # fmt: skip
"""The letter of a mark, and the label it stands for."""

_MARK: Final = re.compile(r"\{(\w) ([^{}]+)\}")
_KEPT: Final = frozenset({"PUBLIC_FIGURE", "KEEP", "OPTIONAL"})


@dataclass(frozen=True)
class Row:
    """One text with what must go and what must stay."""

    text: str
    spans: tuple[tuple[int, int, str, bool | None], ...]
    """Start, end, label and, of a person, whether the roster has the name."""
    roster: tuple[str, ...] = ()
    voice: str = ""
    """Who wrote it, or what it tests: the file, or the row's `kind`."""
    language: str = "en"
    held_out: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether nothing in it may be hidden."""
        return all(label in _KEPT for _, _, label, _ in self.spans)


def read_marked(path: Path) -> list[Row]:
    """Return the rows of one of our files."""
    rows: list[Row] = []
    roster: tuple[str, ...] = ()
    held_out = False
    language = "en"
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            held_out |= line == "# part: held out"
            language = "es" if "Spanish" in line else language
        elif line.startswith("="):
            roster = tuple(name.strip() for name in line.partition("|")[2].split(";"))
        elif line:
            text, spans = unmarked(line)
            rows.append(Row(text, spans, roster, path.stem, language, held_out))
    return rows


def unmarked(line: str) -> tuple[str, tuple[tuple[int, int, str, bool | None], ...]]:
    """Return a line without its marks, and where they were."""
    text, done = "", 0
    spans: list[tuple[int, int, str, bool | None]] = []
    for mark in _MARK.finditer(line):
        text += line[done : mark.start()]
        label = LABELS[mark[1]]
        on = mark[1] == "P" if label == "PERSON" else None
        spans.append((len(text), len(text) + len(mark[2]), label, on))
        text += mark[2]
        done = mark.end()
    return text + line[done:], tuple(spans)


def read_json_lines(path: Path) -> list[Row]:
    """Return the rows of a file in the form of the scorer: one object a line."""
    rows: list[Row] = []
    for line in path.read_text("utf-8").splitlines():
        given = json.loads(line)
        spans = tuple(
            (one["start"], one["end"], one["label"], one.get("on_roster"))
            for one in given.get("spans", ())
        )
        row = Row(
            given["text"],
            spans,
            tuple(given.get("roster", ())),
            str(given.get("kind", given.get("conversation", ""))),
            given.get("lang", "en"),
            extra={"conversation": given.get("conversation")},
        )
        rows.append(row)
    return rows


def ours(folder: Path) -> list[Row]:
    """Return every row of our own, file by file."""
    return [row for path in sorted(folder.glob("*.txt")) for row in read_marked(path)]
