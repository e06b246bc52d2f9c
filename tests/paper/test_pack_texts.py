"""The words of the printed pages: the same in each language, plain, and no promise too much."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

import dialogue.prints
from agreements.model import Format
from dialogue.prints.pack import TEXTS
from dialogue.web.strings import FALLBACK, languages, strings_in
from tests.content.test_shipped_wording import NEVER, grade
from tests.paper.packs import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(dialogue.prints.__file__).parent


def all_texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a language with its place."""
    for section, texts in strings_in(language, TEXTS).items():
        for key, text in texts.items():
            yield f"{section}.{key}", text


def test_english_and_spanish_are_there() -> None:
    """The pages speak the languages they are tested in."""
    assert languages(TEXTS) == LANGUAGES


def test_every_language_has_the_same_texts() -> None:
    """A text that is missing in one language, or has another gap to fill in, is found here."""
    gaps = {
        language: {
            place: sorted(re.findall(r"\{\w+\}", text)) for place, text in all_texts(language)
        }
        for language in languages(TEXTS)
    }
    assert all(found == gaps[FALLBACK] for found in gaps.values())


def test_every_way_to_sit_has_a_name() -> None:
    """No plan has a format that the cue sheet cannot name."""
    for language in languages(TEXTS):
        assert set(strings_in(language, TEXTS)["formats"]) == set(get_args(Format))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_promises_too_much(language: str) -> None:
    """No page says that nobody can ever know."""
    # promise 26
    for place, text in all_texts(language):
        assert [words for words in NEVER if words in text.lower()] == [], place
        assert not re.search(r"100\s?%|an[oó]nim|anonym", text.lower()), place


def test_no_text_is_left_in_english() -> None:
    """Spanish pages are Spanish: what is the same in both is a word or two that is."""
    english = dict(all_texts("en"))
    same = [place for place, text in all_texts("es") if text == english[place]]
    assert same == ["facts.minutes", "facts.seconds"]


@pytest.mark.parametrize("section", ["cards", "sheet", "data", "cue", "hold", "page"])
def test_texts_read_easily(section: str) -> None:
    """What participants and facilitators read is at most grade 8, section by section."""
    texts = strings_in("en", TEXTS)[section].values()
    assert grade(" ".join(text for text in texts if text.endswith((".", ":")))) <= 8


def test_every_text_is_used() -> None:
    """No text is left over that no page shows."""
    files = (HERE.parent / "paper.py", *HERE.glob("*.py"), *(HERE / "templates").iterdir())
    sources = "\n".join(path.read_text("utf-8") for path in files)
    named = ("parts.", "formats.")  # by what a plan or a part says
    shown = ("cue.rule_", "cue.duty_")  # in one breath, one after the other; by the duty
    unused = [
        place
        for place, _ in all_texts("en")
        if not place.startswith((*named, *shown))
        and not re.search(rf"""["'.]{place.partition(".")[2]}\b""", sources)
    ]
    assert unused == []
