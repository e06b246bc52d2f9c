"""The catalogues of the screens hold what the code says: all of it, nothing else, with its values.

Touches: disk, to read the packages' own source files and catalogues.
"""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import dialogue.translations
from dialogue import screen_texts
from dialogue.screen_texts import ScreenText, catalogue_of, marked, texts_in_code
from dialogue.translations import screen_gaps
from dialogue.wording import ENGLISH, screen_languages
from tests.content.spanish import ease
from tests.content.test_shipped_wording import grade

ROOT = Path(__file__).parents[2]
VALUE = re.compile(r"\{[^}]+\}")
ONE_WORD = {ENGLISH: "ten", "es": "diez"}
"""What stands for a value when a text is measured."""
KNOWN_TO_ALL = re.compile(r"\b(?:facilitator|dialogue)s?\b")
"""Long words that every reader of a screen knows: what she is, and what the program is called."""
FEWEST_WORDS = 8
NORMAL = 55
"""On the INFLESZ scale."""
LANGUAGES = tuple(one for one in screen_languages() if one != ENGLISH)
PARTS = ROOT / "dialogue" / "tui"
ON_THE_COMMAND_LINE = frozenset(
    {"the palette", "there is no such command; there is ", " and others", "there is no key "}
    | {"; write one such as “n”, “f5” or “ctrl+n”", " on the ", " screen already"}
    | {" is typed into the fields of "}
)
"""What is wrong with the keys of a config file, which `dialogue doctor` tells in English."""
NO_TEXT = re.compile(
    r"[^A-Za-z]*|[\w-]*\.tcss|%H:%M|#\w+ \d+%|not bold|other words|bold.*|italic.*|strike.*"
    r"|\$\w+.*|[#-][\w-]+|[a-z]+\(.*\)|[\w. ]*>\w+"
)
"""Styles, formats, names of parts and of actions: what stands in the code and is not said."""


@cache
def script() -> ModuleType:
    """Return the script that brings catalogues up to date."""
    spec = importlib.util.spec_from_file_location("catalogue", ROOT / ".github" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_screens_is_translated(language: str) -> None:
    """None is missing, left over, or has other values than the English.

    Whoever changes a text brings the catalogue up to date, and translates what is empty in it:
    uv run python .github/catalogue.py
    """
    assert screen_gaps(language) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    """The `.mo` is that of the `.po`, and the `.po` stands as the script writes it."""
    catalogue, file = script(), script().po_file(language)
    assert catalogue.as_mo(catalogue.read(language)) == file.with_suffix(".mo").read_bytes()
    assert catalogue.as_po(catalogue.updated(language)) == file.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_are_those_of_the_english(language: str) -> None:
    """A translation names the same keys of one letter, and breaks as many lines."""
    for key, text in catalogue_of(language).items():
        english = key.rpartition("\x04")[2].split("\0")[0]
        for form in text.split("\0"):
            assert form.count("\n") == english.count("\n"), english
            assert form == form.strip(), english
            assert english[-1] not in ".?:…" or form[-1] == english[-1], english
            keys = re.findall(r"(?:^|[·;.,:\n] )([a-zA-Z0])  ?(?=[a-z])", english)
            assert all(re.search(rf"(?<!\w){one}(?!\w)", form) for one in keys if one not in "aAI")


def test_each_way_to_mark_a_text_is_seen() -> None:
    """Texts are found in every call that marks them, split over lines or not, and in no other."""
    source = """
tr("one {x}.", x=1); trn("{count} a", "{count} b", 2); trc("key", "back"); mark("two "
"lines"); Sentence.counted("c", "d", n); Sentence.joined(some, "three."); Sentence("four")
Command("id", "k", "label", "Help.", ()); Entry("note", "Write"); StorageError("five")
print("no"); tr(name); StorageError.of(error, "no")
"""
    assert set(marked(source)) == {
        *map(ScreenText, ("one {x}.", "two lines", "three.", "four", "Help.", "Write", "five")),
        ScreenText("{count} a", "{count} b"),
        ScreenText("c", "d"),
        ScreenText("back", context="key"),
        ScreenText("label", context="key"),
    }


def test_no_text_stands_in_the_screens_unmarked() -> None:
    """Every literal of the screens' code with two words in it is marked, or is no text."""
    known = {part for text in texts_in_code() for part in (text.text, text.many)}
    unmarked = {
        (path.name, one)
        for path in PARTS.rglob("*.py")
        for one in screen_texts.literals(path.read_text(encoding="utf-8"))
        if " " in one.strip() and one not in known | ON_THE_COMMAND_LINE
        if not NO_TEXT.fullmatch(one)
    }
    assert unmarked == set()


@pytest.mark.parametrize("language", [ENGLISH, *LANGUAGES])
def test_every_text_of_the_screens_reads_easily(language: str) -> None:
    """What a screen says is at most grade 8 in English, and no harder than normal in Spanish.

    A text of few words, or a row of keys, is left out: no formula says anything of it.
    """
    said = [text for one in texts_in_code() for text in (one.text, one.many)]
    if language != ENGLISH:
        said = [form for text in catalogue_of(language).values() for form in text.split("\0")]
    hard, measured = {}, 0
    for text in filter(None, said):
        plain = VALUE.sub(ONE_WORD[language], KNOWN_TO_ALL.sub("our", text))
        if len(plain.split()) < FEWEST_WORDS or plain.count(" · ") > 1:
            continue
        measured += 1
        found = grade(plain) if language == ENGLISH else ease(plain)
        if found > 8 if language == ENGLISH else found < NORMAL:
            hard[text] = round(found, 1)
    assert measured > 400
    assert hard == {}


@pytest.mark.parametrize(
    ("there", "lack"),
    [
        ({}, ["missing"]),
        ({"Named: {name}.": "Nombrado: {nombre}."}, ["unlike"]),
        ({"Named: {name}.": "Nombrado: {name}.", "Gone.": "Ya no."}, ["left-over"]),
        ({"Named: {name}.": "Nombrado: {name}."}, []),
    ],
)
def test_gaps_are_told(
    monkeypatch: pytest.MonkeyPatch, there: dict[str, str], lack: list[str]
) -> None:
    """A text that is missing, has other values, or is said nowhere is told by its beginning."""
    texts = {ScreenText("Named: {name}."): ["dialogue/x.py"]}
    monkeypatch.setattr(dialogue.translations.screen_texts, "texts_in_code", lambda: texts)
    monkeypatch.setattr(dialogue.translations.screen_texts, "catalogue_of", lambda _one: there)
    gaps = screen_gaps("es")
    assert [gap.lack for gap in gaps] == lack
    assert all(gap.place in ("screen/Named: {name}.", "screen/Gone.") for gap in gaps)


@pytest.mark.parametrize(
    ("text", "translation", "fits"),
    [
        (ScreenText("{count} a", "{count} b"), "una\0{count} b", True),
        (ScreenText("{count} a", "{count} b"), "{count} a\0{count} b", True),
        (ScreenText("{count} a", "{count} b"), "una\0unas", False),
        (ScreenText("{n:,} a"), "{n} a", False),
        (ScreenText("a"), "{a}", False),
    ],
)
def test_a_translation_has_the_values_of_the_english(
    text: ScreenText, translation: str, *, fits: bool
) -> None:
    """For one thing its number may be left unsaid; every other value is there, written alike."""
    assert text.fits(translation) is fits
