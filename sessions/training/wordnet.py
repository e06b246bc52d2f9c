"""Parts of speech, subjects and fixed phrases of English words, as WordNet tells them.

Touches: disk, to read the folder it is given: the files `index.*`, `data.*`, `*.exc` and
`cntlist.rev` of WordNet 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PARTS: Final = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
_PART_OF: Final = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_VOWELS: Final = "aeiou"

Reading = tuple[str, int, int]
"""How a form can be read: its form (n noun, N plural, v verb, s third person, d past, g -ing, a
adjective, r adverb), WordNet's number of what it is about, and how often that was met, plus one."""


def read_kinds(folder: Path) -> dict[str, list[Reading]]:
    """Return every reading of every single word, the most frequent first."""
    counts = _counts(folder / "cntlist.rev")
    found: defaultdict[str, dict[str, Reading]] = defaultdict(dict)
    for name, part in PARTS.items():
        about = _subjects(folder / f"data.{name}")
        odd = _exceptions(folder / f"{name}.exc")
        for lemma, offset in _index(folder / f"index.{name}"):
            if not lemma.replace("-", "").replace("'", "").isalpha():
                continue
            met = counts.get((lemma, part), 0) + 1
            for form, word in _forms(lemma, part, odd.get(lemma, ())):
                reading = (form, about[offset], met)
                if found[word].get(form, reading)[2] <= met:
                    found[word][form] = reading
    return {
        word: sorted(readings.values(), key=lambda one: (-one[2], one[0]))
        for word, readings in found.items()
    }


def read_pairs(folder: Path) -> set[tuple[str, str]]:
    """Return the phrases of two small words: "summer camp", "crystal clear"."""
    found: set[tuple[str, str]] = set()
    for name in PARTS:
        for line in _lines(folder / f"data.{name}"):
            fields = line.split(" ")
            count = int(fields[3], 16)
            for word in fields[4 : 4 + 2 * count : 2]:
                parts = word.partition("(")[0].replace("-", "_").split("_")
                if len(parts) == 2 and all(one.isalpha() and one.islower() for one in parts):  # noqa: PLR2004
                    found.add((parts[0], parts[1]))
    return found


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as opened:
        yield from (line for line in opened if not line.startswith("  "))


def _index(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each single word with the place of its most frequent sense."""
    for line in _lines(path):
        fields = line.split()
        pointers = int(fields[3])
        if "_" not in fields[0]:
            yield fields[0], fields[6 + pointers]


def _subjects(path: Path) -> dict[str, int]:
    """Return what each sense is about: WordNet's number of its file."""
    return {line[:8]: int(line[9:11]) for line in _lines(path)}


def _counts(path: Path) -> dict[tuple[str, str], int]:
    """Return how often each word was met as each part of speech."""
    found: defaultdict[tuple[str, str], int] = defaultdict(int)
    for line in path.read_text("utf-8").splitlines():
        key, _number, met = line.split(" ")
        lemma, _, rest = key.partition("%")
        found[lemma, _PART_OF[rest[0]]] += int(met)
    return found


def _exceptions(path: Path) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        form, *lemmas = line.split(" ")
        for lemma in lemmas:
            found[lemma].append(form)
    return found


def _forms(lemma: str, part: str, odd: list[str] | tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each form of a word; regular ones that an irregular one replaces are left out."""
    if part == "n":
        yield "n", lemma
        yield from (("N", one) for one in odd) if odd else iter([("N", _with_s(lemma))])
        return
    if part != "v":
        yield part, lemma
        return
    yield "v", lemma
    yield "s", _with_s(lemma)
    yield "g", _before_vowel(lemma) + "ing"
    past = [one for one in odd if not one.endswith("ing")]
    yield from (("g", one) for one in odd if one.endswith("ing"))
    yield from (("d", one) for one in past) if past else iter([("d", _past(lemma))])


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return _before_vowel(word) + "ed"


def _before_vowel(word: str) -> str:
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1]
    ends = len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in _VOWELS  # noqa: PLR2004
    short = ends and word[-3] not in _VOWELS and sum(one in _VOWELS for one in word) == 1
    return word + word[-1] if short else word
