"""How the shipped Spanish content is worded: plain, warm, without marks of gender, promising less.

Touches: disk, to read the package's own TOML files as plain tables.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.content.spanish import ease, syllables
from tests.content.test_shipped_wording import PROTECTED, SPOKEN_KEYS, strings, tables

CONTENT = Path(__file__).parents[2] / "agreements" / "content" / "es"
PLANS = ("check-in", "lunch-and-learn")

LEAST_EASE = 55
"""Below it a text is hard for somebody who left school early."""
LEAST_EASE_ON_AVERAGE = 80

NEVER = (
    "buena intención",
    "buenas intenciones",
    "mejor intención",
    "100 %",
    "100%",
    "totalmente anónim",
    "completamente anónim",
    "espacio seguro",
    "espacio valiente",
    "privilegi",
    "experiencia vivida",
    "microagresi",
    "interseccional",
    "sistémic",
    "marginad",
    "racializad",
    "como persona blanca",
    "como persona de color",
    "te beneficia",
    "tu ventaja",
    "certificad",
)
"""What is never said: promises nobody can keep, jargon, and words that place the reader."""

GENDERED = re.compile(
    r"\w@|\w/[ao]s?\b|\([ao]s?\)|\b\w+xs?\b|\btod[eo]s\b|\bamigues\b|\bfacilitador|"
    r"\bbienvenid|\bnosotr|\bparticipantes? mism|\bcompañer|\bchic[oa]s\b",
    re.IGNORECASE,
)
"""Signs instead of letters, and words that take some people for all."""

FORMAL_OR_FOREIGN = re.compile(r"\busted\b|\bvos\b|\bvosotr|\bvuestr|\bos\b", re.IGNORECASE)
"""One reader is "tú", a room is "ustedes"; nothing else."""


def read(place: str) -> dict[str, Any]:
    """Return the table a TOML file of the Spanish content holds."""
    return tomllib.loads((CONTENT / place).read_text(encoding="utf-8"))


def places() -> list[str]:
    """Return every file of the Spanish content."""
    return sorted(path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*.toml"))


def said_in(place: str) -> Iterator[str]:
    """Yield every line of a file that is shown to the room or said aloud."""
    keys = SPOKEN_KEYS | {"bridge", "purpose"}
    for table in tables(read(place)):
        for key in sorted(keys & table.keys()):
            values = table[key] if isinstance(table[key], list) else [table[key]]
            yield from (value for value in values if isinstance(value, str))


def every_line() -> list[str]:
    """Return every line that is shown to the room or said aloud."""
    return [line for place in places() for line in said_in(place)]


def prompt_texts() -> dict[str, str]:
    """Return the text of every prompt by its id."""
    packs = [read(place) for place in places() if place.startswith("prompts/")]
    return {prompt["id"]: prompt["text"] for pack in packs for prompt in pack["prompt"]}


def steps() -> Iterator[dict[str, Any]]:
    """Yield each step and alternative of the plans."""
    for plan in PLANS:
        table = read(f"plans/{plan}.toml")
        yield from (*table["step"], *table["alternative"])


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("gente", 2),
        ("raza", 2),
        ("preguntas", 3),
        ("guía", 2),
        ("quien", 1),
        ("leer", 2),
        ("acuerdo", 3),
        ("ahora", 3),
        ("aún", 2),
        ("oído", 3),
        ("ciudad", 2),
        ("muy", 1),
        ("averiguar", 4),
        ("incomodidad", 5),
    ],
)
def test_syllables_are_counted(word: str, count: int) -> None:
    """Vowels part where Spanish parts them."""
    assert syllables(word) == count


def test_ease_tells_plain_from_dense() -> None:
    """Plain words are very easy, and the language of reports is hard."""
    assert ease("¿Qué viste? ¿Quién estaba ahí?") > 85
    dense = "La responsabilidad institucional necesita transformaciones organizacionales."
    assert ease(dense) < 0


def test_prompts_read_easily() -> None:  # promise 26
    """Prompts are very easy on average, and none is hard."""
    found = {one: ease(text) for one, text in prompt_texts().items()}
    assert sum(found.values()) / len(found) >= LEAST_EASE_ON_AVERAGE
    assert {one: round(value) for one, value in found.items() if value < LEAST_EASE} == {}


def test_all_lines_read_easily() -> None:  # promise 26
    """Lines that are shown or said are very easy on average, and none is hard.

    A line of up to four words is left out: one long word in it says nothing of how hard it is.
    """
    found = {line: ease(line) for line in every_line() if len(line.split()) > 4}
    assert sum(found.values()) / len(found) >= LEAST_EASE_ON_AVERAGE
    assert {line: round(value) for line, value in found.items() if value < LEAST_EASE} == {}


@pytest.mark.parametrize("words", NEVER)
def test_what_is_never_said_is_not_said(words: str) -> None:  # promise 26
    """No line holds a promise nobody can keep, jargon, or words that place the reader."""
    assert [line for line in every_line() if words in line.lower()] == []


def test_nobody_is_taken_for_all() -> None:
    """No line needs a sign for a letter, or one gender for everybody."""
    assert [line for line in every_line() if GENDERED.search(line)] == []
    for sign in ("tod@s", "todxs", "todes", "cansado/a", "cansado(a)", "Bienvenidos", "todos"):
        assert GENDERED.search(sign), sign


def test_people_are_spoken_to_in_one_way() -> None:
    """No line says "usted", "vos" or "vosotros"."""
    assert [line for line in every_line() if FORMAL_OR_FOREIGN.search(line)] == []


def test_a_prompt_speaks_to_one_person() -> None:
    """A prompt is read by each for herself, so it never says "ustedes"."""
    plural = re.compile(r"\b(ustedes|piensen|elijan|digan|miren)\b", re.IGNORECASE)
    assert [text for text in prompt_texts().values() if plural.search(text)] == []


def test_every_line_is_a_sentence() -> None:
    """A line starts with a capital letter, ends as a sentence does, and opens what it closes."""
    for line in every_line():
        assert re.fullmatch(r"[¿¡]?[A-ZÁÉÍÓÚÑ].*[.?!]", line), line
        assert line.count("¿") == line.count("?"), line
        assert line.count("¡") == line.count("!"), line


def test_typography_is_plain() -> None:
    """Spanish has its own letters and signs, and beside those what English has."""
    for place in places():
        for text in strings(read(place)):
            plain = re.sub("[áéíóúüñÁÉÍÓÚÑ¿¡·]", "", text)
            assert plain.isascii(), (place, text)
            assert "  " not in text, (place, text)
            assert "..." not in text, (place, text)
            assert text == text.strip() or text.endswith("nuestras."), (place, text)


def test_prompts_are_short_enough_to_be_read_aloud() -> None:
    """A prompt has at most four sentences and thirty words."""
    for prompt_id, text in prompt_texts().items():
        assert len(text.split()) <= 30, prompt_id
        assert len(re.findall(r"[.?!](?=\s|$)", text)) <= 4, prompt_id


def test_each_step_can_be_run_from_its_card() -> None:
    """Lines to say have at most 200 characters and sentences 22 words; cues fit their card."""
    for step in steps():
        assert len(step.get("cue", "")) <= 330, step["id"]
        for line in (*step.get("say", ()), step.get("bridge", "")):
            assert len(line) <= 200, line
            for sentence in re.split(r"(?<=[.?!]) ", line):
                assert len(sentence.split()) <= 22, sentence


@pytest.mark.parametrize("plan", PLANS)
def test_welcome_names_the_rights_of_each_person(plan: str) -> None:
    """The welcome says that people may pass or leave, what is kept, and when nothing is read."""
    table = read(f"plans/{plan}.toml")
    said = " ".join(next(one for one in table["step"] if one["kind"] == "opening")["say"]).lower()
    for promised in ("pasar", "salir", "solo escuchar", "menos de cinco", "sin nombre"):
        assert promised in said, promised


def test_a_reflection_asks_what_its_prompt_asks() -> None:
    """The words people write to are the words on the wall."""
    texts = prompt_texts()
    asked = [
        (step["id"], ask["text"], {texts[one] for one in step["prompts"]})
        for step in read("plans/lunch-and-learn.toml")["step"]
        for ask in step.get("ask", ())
        if ask["kind"] == "words"
    ]
    assert asked
    assert [step for step, text, prompts in asked if text not in prompts] == []


def test_asks_have_the_same_words_in_each_plan() -> None:
    """The same ask reads the same in both plans, so that sessions can be summed."""
    first: dict[str, dict[str, Any]] = {}
    for step in steps():
        for ask in step.get("ask", ()):
            if ask["id"] not in {"practice", "reflection"}:
                assert first.setdefault(ask["id"], ask) == ask


def test_marks_stand_only_in_the_source_of_the_protocol() -> None:
    """No protected mark stands in any file but in the protocol's own citation."""
    for place in places():
        text = (CONTENT / place).read_text(encoding="utf-8")
        if place == "protocol.toml":
            text = re.sub(r'^source = """.*?"""', "", text, flags=re.DOTALL | re.MULTILINE)
        found = PROTECTED.findall(text) + re.findall(
            "conversaci[oó]n(?:es)? valiente", text.lower()
        )
        assert found == [], place
    assert "marca de su titular" in read("protocol.toml")["source"]
    assert "una versión al español que es nuestra" in read("protocol.toml")["source"]
