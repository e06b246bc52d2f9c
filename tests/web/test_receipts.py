"""What a page says of an answer, in the language of the session and of nobody else."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dialogue.web.receipts import kept_text, refusal
from dialogue.web.strings import languages, strings_in
from sessions.payloads import MOST_POINTS, WORDS_LIMIT, AnswerRefusedError, parse
from tests.web.memory_door import ASKS, OTHER_ASKS, MemoryDoor

BY_KIND = {ask.kind: ask for ask in ASKS + OTHER_ASKS}
PLACES = MemoryDoor().places
IDS = [one.id for one in PLACES]
MANY = [f"place-{number}" for number in range(MOST_POINTS + 1)]

Fields = Mapping[str, str]


def refused(language: str, kind: str, fields: Fields, ids: list[str] = IDS) -> tuple[str, str]:
    """Return why an answer cannot be taken: the page's sentence, and the plain one."""
    ask = BY_KIND[kind]  # type: ignore[index]
    with pytest.raises(AnswerRefusedError) as caught:
        parse(ask, ids, fields)
    return refusal(strings_in(language), ask, caught.value), caught.value.sentence


CASES: list[tuple[str, str, Fields, list[str]]] = [
    ("empty_words", "words", {}, IDS),
    ("too_long", "words", {"text": "x" * (WORDS_LIMIT + 234)}, IDS),
    ("unknown", "words", {"text": "x", "level": "all"}, IDS),
    ("empty_compass", "compass", {}, IDS),
    ("both", "compass", {"not-sure": "1", "point-feeling": "1"}, IDS),
    ("unknown", "compass", {"point-none": "1"}, IDS),
    ("too_many", "compass", {f"point-{one}": "1" for one in MANY}, MANY),
    ("empty_choice", "choice", {}, IDS),
    ("unknown", "choice", {"choice": "other"}, IDS),
    ("empty_scale", "scale", {}, IDS),
    ("unknown", "scale", {"value": "9"}, IDS),
    ("empty_then_now", "then-now", {"then": "3"}, IDS),
    ("empty_commitment", "commitment", {}, IDS),
]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("key", "kind", "fields", "ids"), CASES)
def test_each_refusal_is_in_the_pages_words(
    language: str, key: str, kind: str, fields: Fields, ids: list[str]
) -> None:
    """Whatever is the matter with an answer, its writer reads it in the page's language."""
    sentence, plain = refused(language, kind, fields, ids)
    wanted = strings_in(language)["refused"][key]
    assert sentence.partition("{")[0].startswith(wanted.partition("{")[0])
    assert "{" not in sentence
    if language == "en":
        assert sentence.lower().replace("but not", "not") == plain.lower().replace("but not", "not")


def test_every_refusal_there_is_is_told() -> None:
    """Each text of the section belongs to a case; the last two are told by who takes answers."""
    assert {key for key, *_ in CASES} | {"stranger", "sent", "card_sent"} == {
        *strings_in("en")["refused"]
    }


def test_a_long_answer_is_told_how_much_fits() -> None:
    """The numbers are those of the answer, in Spanish too."""
    sentence, _ = refused("es", "words", {"text": "x" * (WORDS_LIMIT + 234)})
    assert sentence == "Son 1,234 caracteres, y caben 1,000. Quita 234, por favor."


@pytest.mark.parametrize(
    ("kind", "fields", "shown"),
    [
        ("words", {"text": "Sí."}, "Sí.\nQuien facilita lo lee y después se borra."),
        ("words", {"text": "Sí.", "level": "aloud"}, "Sí.\nSe puede leer aquí en voz alta."),
        ("words", {"text": "Sí.", "level": "quote"}, "Sí.\nSe puede citar fuera de esta sala."),
        ("compass", {"not-sure": "1"}, "No lo sé"),
        ("compass", {"point-acting": "1", "point-feeling": "1"}, "Feeling, Acting"),
        ("choice", {"choice": "full-day"}, "A full day"),
        ("scale", {"value": "4"}, "4"),
        ("then-now", {"then": "2", "now": "4"}, "Antes 2, ahora 4"),
        ("commitment", {"made": "1"}, "Que hiciste una tarjeta para ti; no lo que dice."),
    ],
)
def test_what_was_kept_is_told_in_the_pages_words(kind: str, fields: Fields, shown: str) -> None:
    """A writer is shown her answer with the plan's own labels and the page's own sentences."""
    ask = BY_KIND[kind]  # type: ignore[index]
    assert kept_text(strings_in("es"), ask, parse(ask, IDS, fields), PLACES) == shown
