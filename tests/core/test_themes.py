"""Themes that people find in answers: the codebook, its acts, and what is told of each theme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.disclosure import Band
from sessions.document import RECORDS, Setting, schema, to_json
from sessions.errors import CommandRefusedError
from sessions.export.registry import FORMATS
from sessions.facts import OwnTheme
from sessions.purging import without_words
from sessions.summarise import freeze, summarise, summary_of
from sessions.themes import (
    LABEL_LIMIT,
    MOST_OWN,
    Coding,
    History,
    added,
    band_told,
    codebook,
    coding_of,
    label_of,
    merged,
    moved,
    readable,
    renamed,
    split,
    themes,
    toggled,
    unread,
    with_coding,
)
from tests.core.coded import FIRST, SECOND, TEXTS, TIME, TRUST, a_record, counted, in_words

PROTOCOL = a_record().protocol
OWN = (TRUST, TIME)
NEW = OwnTheme(id=f"{0xC:032x}", label="Being heard")
ANSWERS = tuple(f"{number:032x}" for number in range(8))
CODES = tuple(code.id for code in codebook(PROTOCOL, OWN))


def codings() -> st.SearchStrategy[Coding]:
    """Return codings of some answers with anything in the codebook."""
    mine = st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True).map(tuple)
    return st.dictionaries(st.sampled_from(ANSWERS), mine).map(lambda codes: Coding(OWN, codes))


def having(coding: Coding, code: str) -> set[str]:
    """Return the answers that are coded with a theme."""
    return {answer for answer, mine in coding.codes.items() if code in mine}


@given(codings(), st.sampled_from(ANSWERS), st.sampled_from(CODES))
def test_the_same_key_codes_and_takes_back(coding: Coding, answer: str, code: str) -> None:
    """Coding twice with one theme leaves every answer with the themes it had."""
    once = toggled(coding, answer, code)
    assert (code in once.of(answer)) is not (code in coding.of(answer))
    again = toggled(once, answer, code)
    assert {key: set(mine) for key, mine in again.codes.items()} == {
        key: set(mine) for key, mine in coding.codes.items()
    }


@given(codings(), st.sampled_from(CODES))
def test_merging_keeps_every_coded_answer(coding: Coding, into: str) -> None:
    """An own theme that goes leaves its answers to the one that stays, each once."""
    if into == TRUST.id:
        return
    after = merged(coding, TRUST.id, into)
    assert after.coded_answers == coding.coded_answers
    assert having(after, into) == having(coding, into) | having(coding, TRUST.id)
    assert [one.id for one in after.own] == [TIME.id]
    assert all(len(set(mine)) == len(mine) for mine in after.codes.values())


@given(codings(), st.sampled_from(CODES), st.sets(st.sampled_from(ANSWERS)))
def test_splitting_shares_the_answers_out(coding: Coding, theme: str, chosen: set[str]) -> None:
    """What had the theme has it still or has the other one, and nothing else changes."""
    after = split(coding, theme, NEW, sorted(chosen), PROTOCOL)
    had = having(coding, theme)
    assert after.coded_answers == coding.coded_answers
    assert having(after, NEW.id) == had & chosen
    assert having(after, theme) == had - chosen
    for other in set(CODES) - {theme}:
        assert having(after, other) == having(coding, other)
    if had:
        together = merged(after, NEW.id, theme)
        assert having(together, theme) == had, "merging takes a split back"


@given(codings(), st.text("abcdefgh ", min_size=1).map(str.strip).filter(bool))
def test_renaming_changes_a_name_and_no_answer(coding: Coding, label: str) -> None:
    """Every answer has the themes it had."""
    after = renamed(coding, TRUST.id, label[:LABEL_LIMIT], PROTOCOL)
    assert after.codes == coding.codes
    assert {one.id: one.label for one in after.own} == {
        TRUST.id: label[:LABEL_LIMIT],
        TIME.id: TIME.label,
    }


@given(st.lists(codings(), max_size=6))
def test_every_act_can_be_taken_back(later: list[Coding]) -> None:
    """One step back for each act that changed something, down to where it began."""
    history = History(Coding(OWN))
    seen = [history.now]
    for coding in later:
        history = history.then(coding)
        if coding != seen[-1]:
            seen.append(coding)
    for expected in reversed(seen):
        assert history.now == expected
        history = history.back()
    assert history.now == seen[0]


@given(codings())
def test_a_record_keeps_what_is_coded(coding: Coding) -> None:
    """Written as JSON and read again it is the same coding; taken out, it is gone."""
    answers = in_words(FIRST, [[]] * 8)
    items = tuple(
        item.model_copy(update={"id": ANSWERS[number]}) for number, item in enumerate(answers.items)
    )
    record = with_coding(a_record([answers.model_copy(update={"items": items})]), coding)
    again = RECORDS.validate_json(to_json(record))
    assert again == record
    assert coding_of(record).own == coding.own
    assert {key: set(mine) for key, mine in coding_of(record).codes.items()} == {
        key: set(mine) for key, mine in coding.codes.items()
    }
    assert with_coding(record, Coding()) == a_record([answers.model_copy(update={"items": items})])


def test_the_codebook_has_the_protocol_first_and_own_themes_last() -> None:
    """Four agreements, six conditions, four compass points, then the own themes; each id once."""
    kinds = [code.kind for code in codebook(PROTOCOL, OWN)]
    wanted = ["agreement"] * 4 + ["condition"] * 6 + ["compass"] * 4 + ["theme"] * 2
    assert kinds == wanted
    assert codebook(PROTOCOL, OWN)[5].told == "2 Isolate race"


@pytest.mark.parametrize("code", [PROTOCOL.agreements[0].id, PROTOCOL.compass[0].id])
def test_what_is_the_protocols_stays_as_it_is(code: str) -> None:
    """Its themes are neither renamed nor merged away."""
    for act in (
        lambda: renamed(Coding(OWN), code, "Other", PROTOCOL),
        lambda: merged(Coding(OWN), code, TRUST.id),
    ):
        with pytest.raises(CommandRefusedError, match="Only your own themes"):
            act()


def test_a_codebook_stays_small_and_its_names_differ() -> None:
    """Beyond ten own themes, or for a name that is there, an act is refused."""
    coding = Coding()
    for number in range(MOST_OWN):
        theme = OwnTheme(id=f"{number:032x}", label=f"Theme {number}")
        coding = added(coding, theme, PROTOCOL)
    with pytest.raises(CommandRefusedError, match="There are 10 own themes"):
        added(coding, NEW, PROTOCOL)
    for label in ("trust", "FEELING"):
        with pytest.raises(CommandRefusedError, match="of that name"):
            added(Coding(OWN), NEW.model_copy(update={"label": label}), PROTOCOL)
    with pytest.raises(CommandRefusedError, match="with itself"):
        merged(Coding(OWN), TRUST.id, TRUST.id)
    assert moved(Coding(OWN), ANSWERS[0], TRUST.id, TIME.id) == Coding(OWN)


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("", "needs a name"),
        ("\u200b\x1b", "needs a name"),
        ("x" * (LABEL_LIMIT + 1), "at most 60"),
        ("nobody else did and", "in the words of an answer"),
        ("Afraid TO be the difficult", "in the words of an answer"),
    ],
)
def test_a_name_that_cannot_be_is_refused(label: str, why: str) -> None:
    """Nothing, too much, or four words in a row that somebody wrote."""
    with pytest.raises(CommandRefusedError, match=why):
        label_of(label, TEXTS)


@pytest.mark.parametrize("label", ["Trust", "I said nothing", "The moment that was gone"])
def test_a_name_in_ones_own_words_is_kept(label: str) -> None:
    """A word or two that an answer has as well is no quotation."""
    assert label_of(f"  {label} ", TEXTS) == label


def test_only_answers_the_review_has_let_through_are_read() -> None:
    """Unread and held back ones are not shown, nor what is only practice, nor gone words."""
    statuses = ("shared", "kept", "unread", "held-back")
    items = tuple(in_words(FIRST, [[]], status=status).items[0] for status in statuses)
    items = tuple(
        item.model_copy(update={"id": f"{number:032x}", "text": item.status})
        for number, item in enumerate(items)
    )
    answers = in_words(FIRST, []).model_copy(update={"items": items})
    practice = in_words(FIRST, [[]]).model_copy(update={"ask": "lunch-question"})
    record = a_record([answers, practice])
    assert [one.item.text for one in readable(record)] == ["shared", "kept"]
    assert readable(record)[0].question.startswith("Think of a time")
    assert unread(record) == 1
    assert readable(without_words(record, date(2027, 3, 1))) == ()


TOLD: list[tuple[list[int], list[int], int, Band | None]] = [
    ([5], [24], 5, Band(5, 9)),
    ([4], [24], 5, None),
    ([0], [24], 5, None),
    ([12], [24], 5, Band(10, 19)),
    ([24], [24], 5, Band(20, None)),
    ([7], [7], 5, None),  # of so few, five or more would be nearly all
    ([8], [8], 5, Band(5, None)),
    ([5], [24], 6, None),
    ([6], [24], 6, Band(6, 9)),
    ([4, 4], [24, 24], 5, None),  # eight answers, perhaps of four people
    ([5, 4], [24, 24], 5, Band(5, 9)),
    ([5, 5], [24, 24], 3, Band(10, 19)),
    ([], [], 5, None),
]


@pytest.mark.parametrize(("counts", "totals", "threshold", "wanted"), TOLD)
def test_what_is_told_of_a_theme(
    counts: list[int], totals: list[int], threshold: int, wanted: Band | None
) -> None:
    """A band of answers, where enough people wrote of it in answer to one ask."""
    assert band_told(counts, totals, threshold) == wanted


def test_a_summary_tells_of_themes_that_enough_wrote_of() -> None:
    """Those in most answers come first; what a few wrote of is not in it, not even by its name."""
    counts = {FIRST: {"feeling": 12, TRUST.id: 6, TIME.id: 4, "isolate-race": 5}}
    record = a_record(counted(counts, {FIRST: 24}), own_themes=OWN)
    told = [(one.kind, one.label, one.count) for one in summarise(record).coded]
    assert told == [
        ("compass", "Feeling", "10 to 19"),
        ("theme", "Trust", "5 to 9"),
        ("condition", "2 Isolate race", "5 to 9"),
    ]
    assert TIME.label not in summarise(record).model_dump_json()
    assert themes(record) == summarise(record).coded


def test_a_page_says_that_people_coded_it() -> None:
    """The heading and a sentence say so, with the threshold; a page without themes has neither."""
    record = a_record(counted({FIRST: {TRUST.id: 6}}, {FIRST: 24}), own_themes=OWN)
    page = FORMATS["md"].render(summarise(record)).decode()
    assert "## Themes in what people wrote\n\nCoded by people, not by a program." in page
    assert "fewer than 5 people wrote of is left out" in page
    assert "- **Trust**\n\n  in 5 to 9 answers\n" in page
    assert "Others may read something else" in page
    bare = FORMATS["md"].render(summarise(a_record([in_words(FIRST, [[]] * 24)]))).decode()
    assert "Themes in what people wrote" not in bare
    assert "Others may read something else" not in bare


def test_nothing_of_themes_leaves_a_private_room() -> None:
    """Under the rule that nothing leaves there are no themes in the Summary."""
    private = Setting(heads=24, confidentiality="private")
    record = a_record(counted({FIRST: {TRUST.id: 9}}, {FIRST: 24}), own_themes=OWN, setting=private)
    assert summarise(record).coded == ()
    assert "Trust" not in summarise(record).model_dump_json()


def test_a_frozen_summary_knows_no_later_themes() -> None:
    """What is coded after the first export is in the record and in no later Summary."""
    frozen = freeze(a_record([in_words(FIRST, [[]] * 24)]))
    coding = Coding(OWN, {one.item.id: (TRUST.id,) for one in readable(frozen)})
    later = with_coding(frozen, coding)
    assert coding_of(later).coded_answers == 24
    assert summary_of(later) == summary_of(frozen)


@pytest.mark.parametrize("first_export", [True, False])
def test_a_purge_keeps_the_counts_and_no_word(*, first_export: bool) -> None:
    """Answers and translations go; what they were coded with, and its bands, stay."""
    totals, counts = {FIRST: 24, SECOND: 24}, {FIRST: {TRUST.id: 12}, SECOND: {"feeling": 6}}
    answers = [
        one.model_copy(
            update={
                "items": tuple(
                    item.model_copy(update={"translation": "traducida"}) for item in one.items
                )
            }
        )
        for one in counted(counts, totals)
    ]
    record = a_record(answers, own_themes=OWN)
    record = freeze(record) if first_export else record
    before = summary_of(record).coded
    purged = without_words(record, date(2027, 3, 1))
    assert [(one.label, one.count) for one in before] == [
        ("Trust", "10 to 19"),
        ("Feeling", "5 to 9"),
    ]
    assert summary_of(purged).coded == before
    assert coding_of(purged) == coding_of(record)
    data = to_json(purged).decode()
    assert "traducida" not in data
    assert not [text for text in TEXTS if text in data]


def test_codes_of_no_codebook_count_for_nothing() -> None:
    """A record that was edited by hand cannot bring a theme of its own into a Summary."""
    record = a_record(counted({FIRST: {"invented": 20}}, {FIRST: 24}))
    assert coding_of(record) == Coding()
    assert summarise(record).coded == ()


def test_a_record_from_before_has_no_codes() -> None:
    """Without the fields it reads as a record in which nothing is coded; the schema has both."""
    table: dict[str, Any] = RECORDS.validate_json(to_json(a_record([in_words(FIRST, [[]])])))
    text = to_json(table).decode()  # type: ignore[arg-type]
    bare = text.replace('"own_themes": [],', "")
    assert '"codes"' not in bare
    assert '"own_themes"' not in bare
    assert coding_of(RECORDS.validate_json(bare)) == Coding()  # type: ignore[arg-type]
    defs: Mapping[str, Any] = schema()["$defs"]
    assert "codes" in defs["AnswerItem"]["properties"]
    assert "own_themes" in defs["ClosedRecord"]["properties"]
