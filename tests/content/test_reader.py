"""What somebody is shown who reads another language: ours in hers, the rest whole and marked."""

from __future__ import annotations

import pytest

from agreements.library import Library, open_library
from agreements.plan import Ask
from agreements.reader import Reader, Worded
from dialogue.config import gate

SHIPPED = ("lunch-and-learn", "check-in")
"""The plans that are there in both languages."""


@pytest.fixture(scope="module")
def shelves() -> dict[str, Library]:
    """Return the shipped content of both languages."""
    return {language: open_library(gate, language=language) for language in ("en", "es")}


@pytest.mark.parametrize(("own", "read"), [("en", "es"), ("es", "en")])
@pytest.mark.parametrize("plan_id", SHIPPED)
def test_what_is_shipped_is_read_in_the_other_language(
    shelves: dict[str, Library], plan_id: str, own: str, read: str
) -> None:
    """Each title, prompt, ask, agreement, place and rule is that of the reader's own content."""
    reader, plan, same = Reader(read, shelves), shelves[own].plan(plan_id), shelves[read]
    other = same.plan(plan_id)
    assert reader.line(plan.title, own) == Worded(other.title)
    for prompt in plan.prompts:
        assert reader.prompt(prompt, own) == same.prompts[prompt.id]
    for step, theirs in zip(plan.steps, other.steps, strict=True):
        assert reader.line(step.title, own).language == ""
        assert [reader.ask(ask, own) for ask in step.asks] == [(ask, "") for ask in theirs.asks]
    shown = reader.protocol(shelves[own].protocol)
    assert shown.agreements == same.protocol.agreements
    assert shown.compass == same.protocol.compass
    assert shown.confidentiality == same.protocol.confidentiality
    assert shown.language == read


def test_a_word_of_the_users_own_stays_whole_and_is_marked(shelves: dict[str, Library]) -> None:
    """With one letter changed nothing of a prompt is translated, neither its note nor its door."""
    reader = Reader("es", shelves)
    for prompt in shelves["en"].prompts.values():
        own = prompt.model_copy(update={"text": prompt.text + "!"})
        assert reader.prompt(own, "en") == own.model_copy(update={"language": "en"})
        noted = prompt.model_copy(update={"content_note": "My own note."})
        assert reader.prompt(noted, "en") == noted.model_copy(update={"language": "en"})


def test_an_ask_is_changed_only_for_one_with_the_same_answers(shelves: dict[str, Library]) -> None:
    """What is chosen has the same ids in both languages, so an answer means the same."""
    reader = Reader("es", shelves)
    for plan_id in SHIPPED:
        for step in shelves["en"].plan(plan_id).steps:
            for ask in step.asks:
                shown, _ = reader.ask(ask, "en")
                assert (shown.id, shown.kind, shown.points) == (ask.id, ask.kind, ask.points)
                assert [one.id for one in shown.options] == [one.id for one in ask.options]
    own = Ask(id="mine", kind="words", text="What is on your mind?")
    assert reader.ask(own, "en") == (own, "en")


def test_what_is_in_her_language_already_loses_its_mark(shelves: dict[str, Library]) -> None:
    """An English prompt in a Spanish plan is no stranger to who reads English."""
    english = shelves["en"].plan("lunch-and-learn").prompts[0]
    marked = english.model_copy(update={"language": "en"})
    assert Reader("en", shelves).prompt(marked, "es") == english
    spanish = shelves["es"].prompts[english.id]
    assert Reader("es", shelves).prompt(marked, "es") == spanish


def test_a_language_we_do_not_ship_is_left_as_it_is(shelves: dict[str, Library]) -> None:
    """A plan in a third language is shown as it is, marked, to whoever reads one of ours."""
    reader = Reader("es", shelves)
    assert reader.line("Déjeuner", "fr") == Worded("Déjeuner", "fr")
    protocol = shelves["en"].protocol.model_copy(update={"language": "fr"})
    assert {one.language for one in reader.protocol(protocol).agreements} == {"fr"}
