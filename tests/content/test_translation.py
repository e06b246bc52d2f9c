"""What a translation lacks is found, and the shipped ones lack only what we know of.

Touches: disk, to read the shipped content.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import agreements.library
from agreements.library import Library, open_library, read_compiled, shipped_folder
from agreements.lint import lint
from agreements.translation import (
    Gap,
    Lack,
    compare,
    digest,
    items_of,
    recorded,
    shipped_items,
    translations,
)
from sessions.text import paragraph

NOT_TRANSLATED = {"plan/full-day", "plan/ninety-minutes", "plan/three-hours", "plan/two-hours"}
"""Plans that are in English only; a session with one of them is in English."""

PROMPT = "prompt/why-i-came"
STEP = "plan/check-in/reflection"


@pytest.fixture(scope="module")
def english() -> dict[str, Any]:
    """Return the items of the English content."""
    return shipped_items("en", paragraph)


@pytest.fixture(scope="module")
def spanish() -> Library:
    """Return all content as somebody has it who chose Spanish."""
    return open_library(paragraph, language="es")


def test_the_shipped_translations_are_complete_and_fresh(english: dict[str, Any]) -> None:
    """Nothing is stale, unlike or unrecorded, and only four plans are missing.

    Whoever changes English content changes its translation, and then says so:
    uv run python .github/translated.py es PLACE…
    """
    assert translations() == ("es",)
    for language in translations():
        other = shipped_items(language, paragraph)
        gaps = compare(english, other, recorded(language))
        assert {gap.place for gap in gaps} == NOT_TRANSLATED
        assert {gap.lack for gap in gaps} == {"missing"}


def test_nothing_recorded_is_gone(english: dict[str, Any]) -> None:
    """What is recorded is about items that there are."""
    assert recorded("es").keys() <= english.keys()


def test_every_item_is_compared(english: dict[str, Any]) -> None:
    """Each kind of thing that content is made of has its items, steps and alternatives too."""
    kinds = {place.partition("/")[0] for place in english}
    assert kinds == {
        "protocol",
        "agreement",
        "condition",
        "compass",
        "confidentiality",
        "prompt",
        "move",
        "text",
        "plan",
    }
    assert {STEP, "plan/lunch-and-learn/three-rules", PROMPT} <= english.keys()


def lacks(english: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> set[Gap]:
    """Return what is found when a whole translation is changed by one thing."""
    other = copy.deepcopy(english)
    change(other)
    return set(compare(english, other, {one: digest(item) for one, item in english.items()}))


def without_plan(items: dict[str, Any]) -> None:
    """Take a plan away, with all its steps."""
    for place in [one for one in items if one.startswith("plan/check-in")]:
        del items[place]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param(lambda it: it.pop(PROMPT), ("missing", PROMPT), id="an item"),
        pytest.param(without_plan, ("missing", "plan/check-in"), id="a plan"),
        pytest.param(
            lambda it: it[PROMPT].update(text=" "), ("unlike", PROMPT), id="an empty text"
        ),
        pytest.param(
            lambda it: it[PROMPT].pop("text"), ("unlike", PROMPT), id="a text that is not there"
        ),
        pytest.param(
            lambda it: it[PROMPT].update(intensity=3), ("unlike", PROMPT), id="another figure"
        ),
        pytest.param(
            lambda it: it[STEP]["duration"].update(minutes=9), ("unlike", STEP), id="other minutes"
        ),
        pytest.param(lambda it: it[STEP]["say"].pop(), ("unlike", STEP), id="a line less"),
        pytest.param(
            lambda it: it[STEP]["ask"][0]["option"][0].update(id="other"),
            ("unlike", STEP),
            id="another id",
        ),
        pytest.param(
            lambda it: it.update({"prompt/new": {"id": "new"}}),
            ("left-over", "prompt/new"),
            id="an item more",
        ),
    ],
)
def test_what_a_translation_lacks_is_found(
    english: dict[str, Any], change: Callable[[dict[str, Any]], object], found: tuple[Lack, str]
) -> None:
    """Whatever is missing, or has not the same ids, minutes and lines, is named by its place."""
    assert lacks(english, change) == {Gap(found[1], found[0])}


def test_other_words_are_no_lack(english: dict[str, Any]) -> None:
    """Words differ from language to language, and so do the few letters that find a move."""
    move = "move/tears"

    def change(items: dict[str, Any]) -> None:
        items[PROMPT]["text"] = "¿Qué te trajo hoy aquí?"
        items[move]["keywords"] = ["llanto"]

    assert lacks(english, change) == set()


def test_changed_english_makes_its_translation_stale(english: dict[str, Any]) -> None:
    """One changed letter is enough, until somebody says that the translation is right again."""
    made_from = {one: digest(item) for one, item in english.items()}
    changed = copy.deepcopy(english)
    changed[PROMPT]["text"] += " Really?"
    assert compare(changed, english, made_from) == (Gap(PROMPT, "stale"),)
    made_from[PROMPT] = digest(changed[PROMPT])
    assert compare(changed, english, made_from) == ()
    del made_from[PROMPT]
    assert compare(changed, english, made_from) == (Gap(PROMPT, "unrecorded"),)


def test_spanish_holds_all_there_is_in_english(spanish: Library) -> None:
    """Under each id there is a thing; nothing but the four plans is in English."""
    shipped = open_library(paragraph)
    assert list(spanish.prompts) == list(shipped.prompts)
    assert list(spanish.moves) == list(shipped.moves)
    assert list(spanish.texts) == list(shipped.texts)
    assert list(spanish.plans) == list(shipped.plans)
    things = [*spanish.prompts.values(), *spanish.moves.values(), *spanish.texts.values()]
    assert {one.language for one in things} == {None}
    assert {f"plan/{one.id}" for one in spanish.plans.values() if one.language == "en"} == (
        NOT_TRANSLATED
    )


def test_a_plan_that_is_not_translated_is_all_in_one_language(spanish: Library) -> None:
    """An English plan asks the English prompts, a Spanish one the Spanish; none is mixed."""
    shipped = open_library(paragraph)
    for plan_id in spanish.plans:
        plan = spanish.plan(plan_id)
        assert {one.language for one in plan.prompts} <= {None}
        if plan.language == "en":
            assert plan == shipped.plan(plan_id)
        else:
            assert {one.text for one in plan.prompts} == {
                spanish.prompts[one.id].text for one in plan.prompts
            }
    assert spanish.origins["full-day"].parent.parent.name == "en"


@pytest.mark.parametrize("plan_id", ["check-in", "lunch-and-learn"])
@pytest.mark.parametrize("heads", [None, *((heads, heads) for heads in (8, 12, 18, 19, 24, 40))])
def test_the_linter_has_nothing_to_say_of_the_spanish_plans(
    spanish: Library, plan_id: str, heads: tuple[int, int] | None
) -> None:
    """No rule finds a problem, the one about ways to pass included."""
    plan = spanish.plan(plan_id)
    found = lint(plan, spanish.protocol, prompts=spanish.prompts, moves=spanish.moves, heads=heads)
    assert found == ()


@pytest.fixture
def half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Return the library of a language that lacks a prompt, an agreement and a plan's prompts."""
    content = read_compiled(shipped_folder("es"), paragraph)
    protocol = content.protocol
    less = content.model_copy(
        update={
            "prompts": tuple(one for one in content.prompts if one.id != "one-word-going-out"),
            "moves": content.moves[:3],
            "protocol": protocol.model_copy(update={"agreements": protocol.agreements[1:]}),
        }
    )
    (tmp_path / "es").mkdir()
    data = less.model_dump_json(by_alias=True, exclude_unset=True)
    (tmp_path / "es" / "compiled.json").write_text(data, encoding="utf-8")

    def folder(language: str = "en") -> Path:
        return tmp_path / "es" if language == "es" else shipped_folder(language)

    monkeypatch.setattr(agreements.library, "shipped_folder", folder)
    return open_library(paragraph, language="es")


def test_what_is_missing_stands_there_whole_and_marked(
    half: Library, english: dict[str, Any]
) -> None:
    """A thing without a translation is the English one, every word of it, and says so."""
    plan = half.plan("lunch-and-learn")
    missing = plan.prompt("one-word-going-out")
    assert missing is not None
    assert missing.language == "en"
    assert missing.text == english["prompt/one-word-going-out"]["text"]
    assert {one.language for one in plan.prompts if one is not missing} == {None}
    first, *others = half.protocol.agreements
    assert (first.id, first.language) == ("stay-engaged", "en")
    assert first.model_dump(exclude={"language"}) == english["agreement/stay-engaged"]
    assert {one.language for one in others} == {None}
    assert {one.language for one in half.moves.values()} == {None, "en"}


def test_a_mark_is_no_text(half: Library) -> None:
    """What is compared has no marks, so that a filled language is not taken for a whole one."""
    content = read_compiled(shipped_folder("es"), paragraph)
    assert [one for one, item in items_of(content).items() if "language" in item] == []
    assert half.protocol.language == "es"


def test_a_users_own_prompt_says_its_language(tmp_path: Path) -> None:
    """Somebody's English prompts in Spanish content are marked, where a Spanish plan asks them."""
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "ours.toml").write_text(
        'id = "ours"\ntitle = "Ours"\nrevision = 1\nlanguage = "en"\nsource = "Us."\n'
        'license = "MIT"\n[[prompt]]\nid = "one-word-going-out"\ntext = "One word?"\n'
        'agreement = "stay-engaged"\ncondition = "isolate-race"\nphase = "close"\n'
        'formats = ["round"]\nintensity = 1\nload = "self"\n',
        encoding="utf-8",
    )
    library = open_library(paragraph, (tmp_path,), "es")
    spanish, english = library.plan("lunch-and-learn"), library.plan("full-day")
    own = spanish.prompt("one-word-going-out")
    assert own is not None
    assert (own.text, own.language) == ("One word?", "en")
    for prompt in english.prompts:
        assert prompt.language is None
        assert prompt.id != "one-word-going-out" or prompt.text == "One word?"
