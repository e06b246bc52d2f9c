"""The words of the printed pages: the same in each language, plain, and no promise too much."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

import dialogue.prints
import dialogue.translations
from agreements.model import Format
from agreements.translation import Gap
from dialogue.phrases import page_items
from dialogue.prints.pack import TEXTS
from dialogue.translations import gaps_in
from dialogue.web.strings import FALLBACK, languages, strings_in
from tests.content.test_shipped_wording import NEVER, grade
from tests.content.test_spanish_wording import FORMAL_OR_FOREIGN, GENDERED
from tests.paper.packs import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(dialogue.prints.__file__).parent

FORMAL = re.compile(
    r"(?:^|[.:,;] )(?:elija|marque|imprima|recorte|diga|lea|escriba|pida|espere|rompa|entregue)\b"
    r"|(?:imprímal|recórtel|rómpal|póngal|mézclel|lléves)"
    r"|(?<!se )\bpuede (?:participar|pasar|pedir)"
    r"|\bsu (?:letra|tarjeta|historia)|\bsuy[ao]s?\b",
    re.IGNORECASE,
)
"""What is asked of somebody as "usted" is, where nothing names her."""


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


def test_paper_speaks_to_a_reader_as_the_pages_do() -> None:
    """Spanish paper says "tú" as the questions on it do, and takes nobody for all."""
    for place, text in all_texts("es"):
        for words in (FORMAL_OR_FOREIGN, GENDERED, FORMAL):
            assert not words.search(text), place
    assert FORMAL.search("Elija una.")
    assert FORMAL.search("Así hay diez. Recórtelas.")


def test_a_printed_text_that_has_changed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """English words of paper that change leave their Spanish stale, as those of a page do."""
    monkeypatch.setattr(dialogue.translations, "screen_gaps", lambda _language: ())
    changed = page_items("en")
    changed["print/cards"]["one"] = {"text": "Choose one, or none."}
    monkeypatch.setattr(
        dialogue.translations,
        "page_items",
        lambda language: changed if language == FALLBACK else page_items(language),
    )
    found = [gap for gap in gaps_in("es") if gap.place.startswith("print/")]
    assert found == [Gap("print/cards", "stale")]


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
