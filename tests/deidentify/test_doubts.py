"""What is hidden in doubt and may come back, and what an answer does to texts kept before it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.deidentify import seam
from sessions.deidentify.aliases import Aliases
from sessions.deidentify.answered import answered
from sessions.deidentify.doubts import Doubtful
from sessions.deidentify.memory import NOTHING
from sessions.deidentify.model import Span
from sessions.deidentify.roster import Roster
from sessions.deidentify.seam import hide, hide_again

ROSTER = Roster.parse("Renee Black\nTamsin Quill")
PARTS = "Tink Bobo Black Tamsin said met MS6 7B in May with Chip and Zo , . 4 West Big Mike"
TEXTS = st.lists(st.sampled_from(PARTS.split()), max_size=12).map(" ".join)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_what_was_in_doubt_comes_back_to_the_letter(text: str) -> None:
    """Each doubt stands where it says; with all of them back only what is sure is still hidden."""
    hidden = hide(text, ROSTER, Aliases())
    doubtful = Doubtful.of(hidden)
    for span, place in zip(hidden.spans, hidden.places, strict=True):
        if span.is_askable:
            assert place in {(one.start, one.end) for one in doubtful.doubts}
    while doubtful.doubts:
        first = doubtful.doubts[0]
        doubtful = doubtful.brought_back(first.written)
        assert first.written in doubtful.text
    kept = frozenset(at for at, span in enumerate(hidden.spans) if span.is_askable)
    sure = hide(text, ROSTER, hidden.aliases, kept)
    assert doubtful.text == sure.text


@given(TEXTS, st.sampled_from(["Tink", "met", "Big Mike", "and", "MS6"]))
@settings(max_examples=60, deadline=None)
def test_an_answer_hides_those_words_and_no_other(text: str, written: str) -> None:
    """After "hide" no such word is left, all else stays, and taken back the text is as before."""
    hidden = hide(text, ROSTER, Aliases())
    before = Doubtful.of(hidden)
    memory = NOTHING.hide(written)
    again = hide_again(hidden.text, ROSTER, hidden.aliases, memory)
    after = before.hidden_again(again)
    words = after.text.split()
    wanted = written.split()
    runs = [words[at : at + len(wanted)] for at in range(len(words))]
    assert wanted not in runs
    for doubt in after.doubts:
        assert after.text[doubt.start : doubt.end] != doubt.written
    # A word said twice in a row is one name of two words, and comes back as that.
    twice = f"{written} {written}" in text
    if not twice and not any(one.written == written for one in before.doubts):
        assert after.brought_back(written).text == hidden.text


def test_a_word_beside_the_answered_one_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """That "Tink" goes says nothing of the "West" before it, which may be one name with it."""
    doubt = Span(3, 12, "name", "review", "west tink")
    monkeypatch.setattr(seam, "find", lambda *_, **__: (doubt,))
    again = hide_again("so West Tink went", ROSTER, Aliases(), NOTHING.hide("Tink"))
    assert again.text == "so West [person 1] went"


@pytest.mark.parametrize(
    ("hidden", "text", "kept"),
    [
        ("Big Mike", "so BIG mike, a big team", "so [person 1], a big team"),
        ("sunny", "Sunny's idea, so sunny", "[person 1]'s idea, so [person 1]"),
        ("sunny", "Sunny's idea on a sunny day", "[person 1]'s idea on a sunny day"),
        ("MS6", "MS6 and MS7", "[unit] and MS7"),
        ("C3", "c3, C34, AC3 and C-3", "[person 1], C34, AC3 and C-3"),
        ("2b", "so 2B or 2", "so [person 1] or 2"),
        ("G-2", "g‑2 said", "[person 1] said"),
        ("d’lo", "D'Lo and d‘lo’s friend", "[person 1] and [person 1]’s friend"),
        ("mo-mo", "Mo Mo, mo‑mo; mo", "[person 1], [person 1]; mo"),
        ("x-man", "The X-Man went", "The [person 1] went"),
        ("Tink", "the ex-Tink folk", "the ex-[person 1] folk"),
        ("Don", "don't let Don’s and DON", "don't let [person 1]’s and [person 1]"),
        ("J", "J said J-Lo and don'j", "[person 1] said J-Lo and don'j"),
    ],
)
def test_what_a_person_hid_goes_in_every_case(hidden: str, text: str, kept: str) -> None:
    """Words hidden together go together, in any case; a code goes as that code alone."""
    memory = NOTHING.hide(hidden)
    assert hide_again(text, Roster(), Aliases(), memory).text == kept
    assert hide_again(text, Roster(), Aliases(), memory.keep(hidden)).text == text


def test_hidden_words_take_in_a_name_that_was_only_guessed() -> None:
    """Where words hold a guess, they go together as they were answered, and come back so."""
    memory = NOTHING.hide("to Tink")
    hidden = hide("Talked to Tink about it", Roster(), Aliases(), memory=memory)
    assert hidden.text == "Talked [person 1] about it"
    assert Doubtful.of(hidden).brought_back("TO TINK").text == "Talked to Tink about it"
    sure = NOTHING.hide("met Bobo Tinkwell")
    assert hide("I met Bobo Tinkwell", Roster(), Aliases(), memory=sure).text == "I [person 1]"


@pytest.mark.timeout(10)
def test_hidden_words_are_found_in_a_time_that_grows_with_the_text() -> None:
    """Each place is looked at once, whatever stands between words or is said again and again."""
    memory = {"a b", "a a b", "c3 d", "a" * 50}
    text = "a-" * 30_000 + "c3 " * 10_000 + " " * 100_000 + "a\u2011B"
    assert [(one.end, one.key) for one in answered(text, memory)] == [(len(text), "a b")]


def test_a_code_that_is_kept_keeps_no_other() -> None:
    """One code stays from then on, and the next one is asked about by itself."""
    memory = NOTHING.keep("ms6")
    hidden = hide("MS6 and MS7", Roster(), Aliases(), memory=memory)
    assert hidden.text == "MS6 and [unit]"
    both = Doubtful.of(hide("MS6 and MS7", Roster(), Aliases()))
    assert both.brought_back("MS6").text == hidden.text


def test_nothing_of_a_doubt_is_shown_when_it_is_printed() -> None:
    """A log or a traceback that holds what is in doubt gives no word of it away."""
    hidden = hide("Talked to Bramble about it", Roster(), Aliases())
    doubtful = Doubtful.of(hidden)
    assert [one.written for one in doubtful.doubts] == ["Bramble"]
    shown = f"{doubtful!r} {doubtful.doubts!r} {hidden!r} {NOTHING.hide('Bramble')!r}"
    assert "Bramble" not in shown
