"""A report in another language: all its own words are in it, and it tells what the English tells.

Touches: nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.sentence import Sentence
from dialogue.wording import spoken_in
from sessions import retold, summary_words
from sessions.export.registry import FORMATS
from sessions.export.report import EDITIONS, IN_ENGLISH, Edition, Report, Spoken, in_language
from sessions.export.writing import report
from sessions.leave import LEAVES, limits, privacy
from sessions.questions import marginals, partition
from sessions.summary import Summary, SummaryQuestion
from sessions.summary_words import recognised
from tests.core.coded import a_record
from tests.export.summaries import made, opened, rich, silent, structure

SPANISH = spoken_in("es-MX")
MADE_UP = Spoken("xx", lambda text: f"⟦{text}⟧")
LABELS = ("Never", "Rarely", "Often", "Always")
OF_THREE = {"feel": "Sentir", "think": "Pensar", "act": "Actuar"}


def texts(part: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield every text of a report that is read."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)
    elif is_dataclass(part):
        for one in fields(part):
            if one.name not in ("edition", "held_on", "language", "own_language"):
                yield from texts(getattr(part, one.name))


def content(summary: Summary) -> set[str]:
    """Return all that a Summary holds and its report does not say in its own words."""
    table = summary.model_dump(exclude={"heads", "held_back"})
    parts: set[str] = set()

    def gather(value: object) -> None:
        if isinstance(value, str) and value and not isinstance(recognised(value), Sentence):
            parts.add(value)
        for one in value.values() if isinstance(value, dict) else ():
            gather(one)
        for one in value if isinstance(value, tuple) else ():
            gather(one)

    gather(table)
    return parts


def question(counts: tuple[int, ...], *, scale: bool = False) -> SummaryQuestion:
    """Return a question whose answers were given so often."""
    labels = [str(point) for point in range(1, len(counts) + 1)] if scale else LABELS
    told = partition(labels[: len(counts)], counts, 5, ids=labels[: len(counts)], scale=scale)
    kind = "now" if scale else "choice"
    return told.model_copy(update={"kind": kind, "text": "Why? (now)" if scale else "Why?"})


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("summary", [rich(rehearsal=True, partial=True), silent()])
def test_all_that_a_report_says_itself_is_asked_for(edition: Edition, summary: Summary) -> None:
    """What is not said in the language asked for is of the session, word for word."""
    theirs = content(summary)
    for text in texts(in_language(report(summary, edition), MADE_UP)):
        left = re.sub(r"⟦.*⟧", "", text, flags=re.DOTALL)
        known = text in theirs or any(text in one for one in theirs)
        joined = all(
            part in theirs for part in re.split(r"[\d,] ?", left) if re.search("[a-z]", part)
        )
        assert known or joined or not re.search("[A-Za-z]", left), text


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_language_tells_more_than_another(edition: Edition) -> None:
    """A report in Spanish has the same sections with the same blocks and figures."""

    def figures(one: Report) -> list[Any]:
        return [
            (type(block).__name__, re.findall(r"\d+", " ".join(texts(block))))
            for block in one.blocks()
        ]

    english = report(rich(), edition)
    assert figures(in_language(english, SPANISH)) == figures(english)


def test_the_english_is_that_of_the_summary() -> None:
    """Said in English, every text is the one that was frozen, to the letter."""
    for edition in EDITIONS:
        assert in_language(report(rich(), edition), IN_ENGLISH) == report(rich(), edition)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((1, 1, 1, 0), "Respondieron menos de 5 personas, así que no se dice nada."),
        ((3, 2, 1, 0), "Respondieron 6, muy pocas personas para decir qué."),
        (
            (3, 3, 2, 0),
            "Respondieron 8; con las respuestas en orden, la de en medio es: Rarely.",
        ),
        ((1, 1, 12, 1), "Respondieron 15; la mayoría eligió: Often."),
        ((1, 1, 22, 0), "Respondieron 24; casi todas las personas eligieron: Often."),
        ((4, 10, 4, 0), "Respondieron 18; al menos la mitad eligió: Rarely."),
        ((3, 4, 9, 8), "De 24: Never / Rarely: 7; Often: 9; Always: 8."),
    ],
)
def test_each_way_of_telling_is_told_in_spanish(counts: tuple[int, ...], said: str) -> None:
    """Each band, each “nearly all” and each figure has its sentence, chosen as in English."""
    assert SPANISH.say(retold.answer(question(counts))) == said


def test_a_scale_and_the_compass_are_told_in_spanish() -> None:
    """Points that are counted together are a span, then and now are named, so are the places."""
    told = question((2, 2, 2, 9, 8), scale=True)
    assert SPANISH.say(retold.title(told)) == "Why? (ahora)"
    assert [SPANISH.say(one) if isinstance(one, Sentence) else one for one in retold.labels(told)]
    assert SPANISH.say(retold.answer(told)) == "De 23: 1 a 3: 6; 4: 9; 5: 8."
    unsure = marginals(OF_THREE, {"feel": 9, "think": 12, "act": 8}, 7, 24, 24, 5)
    unsure = unsure.model_copy(update={"kind": "compass"})
    assert SPANISH.say(retold.answer(unsure)).endswith("Actuar: 8; No lo sé: 7.")
    few = marginals(OF_THREE, {"feel": 2, "think": 12, "act": 8}, 1, 24, 24, 5)
    assert SPANISH.say(retold.answer(few)) == (
        "Se podían nombrar varios. Por al menos 5 personas: Pensar, Actuar. "
        "Por menos, o por nadie: Sentir."
    )


@given(counts=st.lists(st.integers(0, 30), min_size=2, max_size=4), scale=st.booleans())
def test_what_is_retold_is_what_was_told(counts: list[int], *, scale: bool) -> None:
    """Of whatever was answered, the sentence and the labels are known again and read the same."""
    told = question(tuple(counts), scale=scale)
    said = retold.answer(told)
    assert isinstance(said, Sentence)
    assert said == told.in_words
    assert list(retold.labels(told)) == [group.label for group in told.groups]


@pytest.mark.parametrize("rule", [*LEAVES, "stories-stay", "unheard-of"])
def test_how_people_are_protected_is_known_again(rule: str) -> None:
    """Each sentence on protection and limits, under every rule, is said in Spanish."""
    setting = a_record().setting.model_copy(update={"confidentiality": rule})
    record = a_record(setting=setting)
    leave = LEAVES.get(rule, next(iter(LEAVES.values())))
    for partial in (True, False):
        said = [*privacy(record, leave), *limits(record, leave, few=partial, partial=partial)]
        for text in map(str, said):
            known = recognised(text)
            assert isinstance(known, Sentence), text
            assert known == text
            assert SPANISH.say(known) != text


def test_every_sentence_of_a_summary_has_its_spanish() -> None:
    """None of those that a Summary is made of is left in English, and two in a row are known."""
    for known in (one for one in vars(summary_words).values() if isinstance(one, Sentence)):
        values = dict.fromkeys(re.findall(r"\{(\w+)\}", known), "7")
        text = known.format(**values)
        said = summary_words.filled(known, **values) if values else known
        assert SPANISH.say(said) != text
    both = f"{summary_words.STILL_OPEN} {summary_words.WITHOUT_WORDS}"
    assert SPANISH.say(recognised(both)).endswith("ni preguntas abiertas, ni compromisos.")


def test_what_is_not_ours_stays_as_it_is() -> None:
    """A sentence that another version froze is told as it was written, and is no sentence here."""
    assert not isinstance(recognised("9 people liked it a lot."), Sentence)
    frozen = question((3, 4, 9, 8)).model_copy(update={"in_words": "Once said otherwise."})
    assert retold.answer(frozen) == "Once said otherwise."
    assert not isinstance(retold.answer(frozen), Sentence)


@pytest.mark.parametrize("name", ["md", "html", "docx", "xlsx", "csv"])
def test_each_format_says_its_own_words_in_spanish(name: str) -> None:
    """Heads of tables, names of sheets and what a screen reader hears: none is left in English."""
    data = FORMATS[name].render(rich(rehearsal=True), "full", spoken=SPANISH)
    read = opened(data).decode(errors="ignore")
    for said in ("Lo que respondió la sala", "22 de noviembre de 2026", "Cómo fue"):
        assert said in read
    for left in ("percent", ">Answer<", "| Answer |", ">People<", "Figures", "own sheet", "Took"):
        assert left not in read
    if name == "html":
        assert '<html lang="es">' in read
        assert '<h1 lang="en">' in read


def test_a_pdf_says_in_which_language_it_is() -> None:
    """Its reader hears Spanish around words that are marked as English."""
    pdf = structure(FORMATS["pdf"].render(rich(), "board", spoken=SPANISH))
    assert set(re.findall(rb"/Lang ?\((\w+)\)", pdf)) == {b"es", b"en"}


def test_what_programs_read_is_the_same_in_every_language() -> None:
    """The JSON is one for all, and the first row of the table has its English names."""
    assert FORMATS["json"].render(rich(), "full", spoken=SPANISH) == made("json")
    json.loads(made("json"))
    heads, *_rows = FORMATS["csv"].render(rich(), "full", spoken=SPANISH).split(b"\r\n")
    assert heads == made("csv").split(b"\r\n")[0]
