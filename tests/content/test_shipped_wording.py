"""How the shipped English content is worded: marks, typography, plain words, reading grade.

Touches: disk, to read the package's own TOML files as plain tables.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CONTENT = Path(__file__).parents[2] / "agreements" / "content" / "en"

SPOKEN_KEYS = {
    "asks",
    "does_not_ask",
    "gloss",
    "text",
    "content_note",
    "second_door",
    "say",
    "then",
    "lines",
}
"""The keys whose lines are shown to the room or said aloud."""

NEVER = (
    "best intent",
    "good intent",
    "100 %",
    "100%",
    "fully anonymous",
    "completely anonymous",
    "courageous space",
    "safe space",
    "brave space",
    "privilege",
    "lived experience",
    "microaggression",
    "micro-aggression",
    "intersectional",
    "systemic",
    "marginalized",
    "bipoc",
    "as a white",
    "as a person of color",
    "you benefit",
    "your advantage",
    "certified",
)
"""What is never said: promises nobody can keep, jargon, and words that place the reader."""

PROTECTED = re.compile(
    r"courageous conversation|beyond diversity|\bccar\b|\bpeg\b|pacific educational",
    re.IGNORECASE,
)
"""Marks that belong to others."""


@cache
def read(path: Path) -> dict[str, Any]:
    """Return the table a TOML file holds."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def syllables(word: str) -> int:
    """Estimate the syllables of an English word, rather one too many than one too few."""
    letters = re.sub(r"[^a-z]", "", word.lower().removesuffix("'s"))
    if re.search(r"[^td]ed$|[^szxcgh]es$", letters):
        letters = letters[:-2]
    elif re.search(r"[^l]e$|[aeiou]le$", letters):
        letters = letters[:-1]
    return max(1, len(re.findall(r"[aeiouy]+", letters)))


def grade(text: str) -> float:
    """Return the Flesch-Kincaid school grade of a text."""
    words = re.findall(r"[A-Za-z]+(?:'[a-z]+)?", text)
    sentences = max(1, len(re.findall(r"[.?!]+(?=\s|$|')", text)))
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59


def strings(value: object) -> Iterator[str]:
    """Yield every string inside a parsed table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def own_files() -> list[Path]:
    """Return the files of prompts, moves and texts, and the protocol."""
    return [*sorted(CONTENT.glob("*.toml")), *sorted((CONTENT / "prompts").glob("*.toml"))]


def tables(value: object) -> Iterator[dict[str, Any]]:
    """Yield every table inside a parsed file, the outermost first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from tables(inner)


def spoken_lines() -> Iterator[str]:
    """Yield every line that is shown to the room or said aloud."""
    for path in own_files():
        for table in tables(read(path)):
            # In the file of texts `text` is a list of tables, which are visited on their own.
            spoken = [table[key] for key in SPOKEN_KEYS & table.keys()]
            for value in spoken:
                if isinstance(value, str):
                    yield value
                elif all(isinstance(line, str) for line in value):
                    yield from value


def prompt_texts() -> dict[str, str]:
    """Return the text of every prompt by its id."""
    paths = sorted((CONTENT / "prompts").glob("*.toml"))
    return {prompt["id"]: prompt["text"] for path in paths for prompt in read(path)["prompt"]}


def test_marks_stand_only_in_the_source_of_the_protocol() -> None:
    """No protected mark stands in any content file but in the protocol's own citation."""
    for path in sorted(CONTENT.rglob("*.toml")):
        text = path.read_text(encoding="utf-8")
        if path.name == "protocol.toml":
            text = re.sub(r'^source = """.*?"""', "", text, flags=re.DOTALL | re.MULTILINE)
        assert PROTECTED.findall(text) == [], path.name
    assert "trademark of its owner" in read(CONTENT / "protocol.toml")["source"]


@pytest.mark.parametrize("words", NEVER)
def test_what_is_never_said_is_not_said(words: str) -> None:  # promise 26
    """No line holds a promise nobody can keep, jargon, or words that place the reader."""
    assert [line for line in spoken_lines() if words in line.lower()] == []


def test_typography_is_plain() -> None:
    """Shipped English is ASCII with straight quotes, single spaces and no stray space."""
    for path in own_files():
        for text in strings(read(path)):
            assert text.isascii(), (path.name, text)
            assert "  " not in text, (path.name, text)
            assert "..." not in text, (path.name, text)
            assert text == text.strip(), (path.name, text)


def test_every_line_is_a_sentence() -> None:
    """A line that is said or shown starts with a capital letter and ends as a sentence does."""
    for line in spoken_lines():
        assert re.fullmatch(r"[A-Z].*[.?!]", line), line


def test_prompts_are_short_enough_to_be_read_aloud() -> None:
    """A prompt has at most four sentences and thirty words."""
    for prompt_id, text in prompt_texts().items():
        assert len(text.split()) <= 30, prompt_id
        assert len(re.findall(r"[.?!](?=\s|$)", text)) <= 4, prompt_id


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("race", 1),
        ("people", 2),
        ("agreement", 3),
        ("asked", 1),
        ("landed", 2),
        ("rules", 1),
        ("voices", 2),
        ("condition", 3),
        ("someone", 2),
        ("facilitator", 5),
    ],
)
def test_syllables_are_counted(word: str, count: int) -> None:
    """The estimate of syllables is right for the kinds of word that are common here."""
    assert syllables(word) == count


def test_grade_tells_plain_from_dense() -> None:
    """The reading grade is low for plain words and high for the language of reports."""
    assert grade("What did you see? Who was there?") < 3
    assert grade("Institutional accountability necessitates organizational transformation.") > 15


def test_prompts_read_easily() -> None:  # promise 26
    """Prompts are at grade 4 or below on average, and no prompt is above grade 8."""
    grades = {one: grade(text) for one, text in prompt_texts().items()}
    assert sum(grades.values()) / len(grades) <= 4
    assert {one: round(value, 1) for one, value in grades.items() if value > 8} == {}


def test_all_lines_read_easily() -> None:  # promise 26
    """Lines that are shown or said are at grade 5 or below on average, and none above grade 8.

    Everybody in the room knows who the facilitator is, so that long word is not counted as long.
    """
    grades = {line: grade(line.replace("facilitator", "leader")) for line in spoken_lines()}
    assert sum(grades.values()) / len(grades) <= 5
    assert {line: round(value, 1) for line, value in grades.items() if value > 8} == {}


def test_what_plans_say_reads_easily() -> None:
    """What a plan gives a facilitator to say, to ask and to know is at grade 8 or below."""
    found: dict[str, float] = {}
    for path in sorted((CONTENT / "plans").glob("*.toml")):
        for line in (line for table in tables(read(path)) for line in plan_lines(table)):
            found[line] = grade(line.replace("facilitator", "leader"))
    assert len(found) > 400
    assert {line: round(value, 1) for line, value in found.items() if value > 8} == {}


def plan_lines(table: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of one table of a plan that are long enough to be measured."""
    for key in ("purpose", "say", "cue", "bridge", "text", "low", "high", "label"):
        value = table.get(key, ())
        lines = [value] if isinstance(value, str) else [one for one in value if str(one) == one]
        yield from (line for line in lines if len(line.split()) >= 5)
