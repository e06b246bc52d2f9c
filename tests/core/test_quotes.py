"""Which words leave: only those let out and shared, and none in a language of few."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.library import open_library
from dialogue.rehearse.texts import made_up
from sessions.facts import AnswerItem, Answers, AnswerStatus, Level
from sessions.payloads import LEVELS
from sessions.quotes import quotes
from sessions.summary import SummaryQuote
from sessions.text import paragraph
from sessions.tongues import OTHER, UNCLEAR, language_of

PLAN = open_library(paragraph).plan("lunch-and-learn")
ENGLISH = "I was the only one in the room, and they all looked at me."
SPANISH = "Fui la única persona en la sala y todos me miraban."
FRENCH = "Tout le monde me regardait dans cette salle remplie."


def item(number: int, text: str, **more: str | None) -> AnswerItem:
    """Return an answer that may be quoted and was shared."""
    table = {"level": "quote", "status": "shared", **more}
    return AnswerItem.model_validate({"id": f"{number:032x}", "text": text, **table})


def quoted(*items: AnswerItem, ask: str = "reflection", opened: bool = True) -> list[str]:
    """Return the words that leave."""
    answers = Answers(
        id="f" * 32, ask=ask, kind="words", seats=24, opened=opened, items=tuple(items)
    )
    return [one.text for one in quotes(PLAN, (answers,), "en", 5)]


@pytest.mark.parametrize(
    ("level", "status"),
    [*product((*LEVELS, None), ("unread", "shared", "kept", "held-back"))],
)
def test_only_what_was_let_out_and_shared_is_quoted(
    level: Level | None, status: AnswerStatus
) -> None:
    """Neither a level nor a review alone is enough."""
    # promise 23
    leaves = (level, status) == ("quote", "shared")
    assert quoted(item(1, ENGLISH, level=level, status=status)) == [ENGLISH] * leaves


def test_words_in_a_language_of_few_do_not_leave() -> None:
    """Four who write Spanish are not quoted, five are."""
    few = [item(number, SPANISH) for number in range(4)]
    assert quoted(item(9, ENGLISH), *few) == [ENGLISH]
    assert quoted(item(9, ENGLISH), *few, item(4, SPANISH)) == [SPANISH] * 5 + [ENGLISH]


def test_languages_that_are_not_known_are_not_one_language() -> None:
    """Five who write Finnish, Turkish, Swahili, Welsh and Hungarian are one of each."""
    several = (
        "Minun oli vaikea puhua kokouksessa",
        "Toplantıda konuşmak benim için zordu",
        "Nilikuwa naogopa kusema mbele yao",
        "Roeddwn yn ofni siarad gyda phawb",
        "Féltem megszólalni ezen értekezleten",
    )
    assert {language_of(text) for text in several} == {OTHER}
    assert quoted(*(item(number, text) for number, text in enumerate(several))) == []


def test_a_translation_leaves_in_their_place() -> None:
    """It is quoted like any other words, and nothing tells that it is one."""
    translated = item(1, SPANISH, translation="Everybody looked at me.")
    assert quoted(translated, item(2, ENGLISH)) == ["Everybody looked at me.", ENGLISH]
    assert set(SummaryQuote.model_fields) == {"ask", "question", "text"}


@pytest.mark.parametrize("text", [SPANISH, FRENCH, "مرحبا بكم في هذه الغرفة", "Escuchar", "我很好"])
def test_what_might_be_another_language_does_not_leave_alone(text: str) -> None:
    """Words that are not clearly of the session's language stay, among any number of others."""
    others = [item(number, ENGLISH) for number in range(20)]
    assert text not in quoted(*others, item(99, text))


def test_nothing_is_quoted_of_a_box_that_stayed_shut_or_of_practice() -> None:
    """Answers that nobody read, and what the page was tried with, are no quotes."""
    assert quoted(item(1, ENGLISH), opened=False) == []
    assert quoted(item(1, ENGLISH), ask="practice") == []


def test_quotes_stand_in_the_order_of_random_ids() -> None:
    """The order in the file tells nothing."""
    assert quoted(item(2, f"{ENGLISH} B"), item(1, f"{ENGLISH} A")) == [
        f"{ENGLISH} A",
        f"{ENGLISH} B",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (SPANISH, "es"),
        (FRENCH, "fr"),
        ("Minun oli vaikea puhua kokouksessa", OTHER),
        ("Silence", UNCLEAR),
        ("", UNCLEAR),
        ("123 !", UNCLEAR),
        ("مرحبا", "arabic"),
        ("Who is asked to explain?", "en"),
        ("¿Quién tiene que explicar siempre?", "es"),
        ("Money, mostly money", UNCLEAR),
    ],
)
def test_languages(text: str, language: str) -> None:
    """Small words tell a language; few words tell none."""
    assert language_of(text) == language


RIVALS = {
    "pt": "Eu acho que o grupo não fala de racismo porque tem medo do chefe",
    "fr": "Je ne parle pas de la race avec le chef parce que j'ai peur",
    "ca": "La gent no diu res quan el cap és a la sala",
    "it": "La gente non dice niente quando il capo è in sala",
    "de": "Was ich will, ist in dem Team so nicht an der Tagesordnung",
    "nl": "Wat ik wil is in dit team niet aan de orde",
    "af": "My hand is in die water en dit was warm",
    "tl": "May takot ako at umuwi na lang",
    "ht": "Mwen pè pale nan reyinyon an",
    "ro": "Am fost singura din sala",
}


@pytest.mark.parametrize(("language", "text"), RIVALS.items())
def test_a_language_like_the_sessions_own_does_not_pass_for_it(language: str, text: str) -> None:
    """One who writes Portuguese among Spanish is not quoted, nor is German among English."""
    assert language_of(text) == language
    answers = Answers(
        id="f" * 32,
        ask="reflection",
        kind="words",
        seats=24,
        opened=True,
        items=(*(item(number, SPANISH) for number in range(20)), item(99, text)),
    )
    assert [one.text for one in quotes(PLAN, (answers,), "es", 5)] == [SPANISH] * 20
    assert text not in quoted(*(item(number, ENGLISH) for number in range(20)), item(99, text))


@pytest.mark.parametrize("language", ["en", "es"])
def test_plain_sentences_are_of_their_own_language(language: str) -> None:
    """Rivals take few of the sentences that people write in a shipped language."""
    words = made_up(language)
    written = [text for text in (*words.reflections, *words.notes) if len(text.split()) > 3]
    known = sum(language_of(text) == language for text in written)
    assert known >= 0.9 * len(written) > 20


@given(st.text(max_size=80))
def test_any_words_have_an_answer(text: str) -> None:
    """Nothing that anybody writes raises, and capitals change nothing that is plain."""
    assert isinstance(language_of(text), str)
