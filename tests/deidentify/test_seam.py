from __future__ import annotations

import traceback
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sessions.deidentify.aliases import STANDS_IN
from sessions.deidentify.lists import is_everyday, listed
from sessions.deidentify.seam import (
    Aliases,
    Hidden,
    Roster,
    find,
    hide,
    highest_used,
)
from sessions.deidentify.words import words
from sessions.text import is_clean, paragraph

ROSTER = Roster.parse("José Pérez\nGrace Amankwah\nRenee Black\nMay Thao")

# Parts of names from many origins, ambiguous words, particles and initials among them.
NAME_PARTS = """
Ana José Pérez García de la Cruz Nguyễn Thị Hồng Đỗ Olúwaṣeun Bọ́lá Vang Mai Her Black Grace Hope
Will May O'Brien Jean-Luc al-Sayed bin Salman Two Bulls 王小明 김민수 สมชาย أحمد राम An Do Волков x
Kaʻiulani Boateng-Mensah Iron Shell J. colleague Brandons Christian grace hope will
"""
PARTS = st.sampled_from(NAME_PARTS.split())
NAMES = st.lists(PARTS, min_size=1, max_size=4).map(" ".join) | st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Mn"]), min_size=2, max_size=12
)
ROSTERS = st.lists(NAMES, max_size=8)
SIGNS = "said that will we may hope's and , . ; \n Dr. Ms. anti- ' ’s 1 [ ] ("
PROSE = st.lists(
    PARTS | st.sampled_from(SIGNS.split(" ")) | st.text(max_size=6) | st.just("[colleague 7]")
).map(" ".join)


def seen(text: str, *, kept: frozenset[int] = frozenset()) -> Hidden:
    """Hide a text with the roster of this file and fresh aliases."""
    return hide(text, ROSTER, Aliases(), kept)


def reads_as_a_name(name: str) -> bool:
    """Say whether a name is more than words without their capitals: not "grace" or "will do"."""
    parts = [word for word in words(name) if len(word.folded) > 1]
    sure = [part for part in parts if part.folded not in listed("particles")]
    return any(not is_everyday(part.written) for part in sure) or all(
        part.written.istitle() for part in parts
    )


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Jose said it.", "[colleague 1] said it."),
        ("José’s and Pérez's idea", "[colleague 1]’s and [colleague 1]'s idea"),
        ("Thao, then José, then Thao", "[colleague 1], then [colleague 2], then [colleague 1]"),
        ("Dr. Black asked Black staff", "Dr. [colleague 1] asked Black staff"),
        ("in may, the days of grace", "in may, the days of grace"),
        ("[colleague 3] met José", "[colleague 3] met [colleague 1]"),
        ("", ""),
    ],
)
def test_a_text_is_shown_as_it_will_be_kept(text: str, hidden: str) -> None:
    """Each person becomes the same words throughout; endings, titles and the rest stay."""
    assert seen(text).text == hidden


@pytest.mark.parametrize(
    "text",
    [
        "Black, white and brown; Christian, Jewish and Muslim colleagues",
        "Stay engaged. Speak your truth. Experience discomfort. Expect and accept non-closure.",
        "Feeling, thinking, believing, acting",
        "We hope for grace in May, said the people from Georgia and Jordan",
        "Dr. King and Rosa Parks",
    ],
)
def test_words_of_race_faith_place_and_the_agreements_survive(text: str) -> None:
    """With nobody of that name in the room, the words that carry the conversation stay."""
    assert hide(text, Roster.parse("Ana Pérez\nChidi Okonkwo"), Aliases()).text == text


def test_a_race_word_that_is_somebodys_name_is_for_a_person_to_decide() -> None:
    """With Renee Black in the room "Black" is never hidden for certain, and can be kept."""
    assert seen("Black colleagues and black coffee").spans == ()
    text = "Then Black told us why."
    assert [span.tier for span in find(text, ROSTER)] == ["review"]
    assert seen(text).text == "Then [colleague 1] told us why."
    assert seen(text, kept=frozenset({0})).text == text


def test_a_faith_word_that_is_somebodys_name_is_hidden_where_all_speaks_for_a_person() -> None:
    """With Faith Osei in the room "Faith" goes where she acts, and stays where it is faith."""
    roster = Roster.parse("Faith Osei\nLuis Maduro")
    assert [span.tier for span in find("Faith says she is tired of it.", roster)] == ["auto"]
    for text in (
        "Faith communities were asked too.",
        "My faith and your faith.",
        "people of faith",
    ):
        assert "auto" not in [span.tier for span in find(text, roster)]


def test_kept_spans_stay_and_are_not_counted() -> None:
    """A kept span is shown as typed, counts for nothing, and uses no number."""
    hidden = seen("May met Thao and José", kept=frozenset({0, 99}))
    assert hidden.text == "May met [colleague 1] and [colleague 2]"
    assert hidden.counts == {"name": 2}
    assert len(hidden.spans) == 3
    assert [hidden.text[start:end] for start, end in hidden.places] == [
        "May", "[colleague 1]", "[colleague 2]",
    ]  # fmt: skip
    assert seen("May", kept=frozenset({0})).counts == {}


def test_previews_spend_no_numbers() -> None:
    """A note previewed at every key gets the numbers it would get if hidden once."""
    note = "May Thao heard Grace Amankwah, and José heard May Thao"
    stored = hide("Renee Black opened", ROSTER, Aliases()).aliases
    for end in range(len(note)):
        hide(note[:end], ROSTER, stored)
        hide(note[end:], ROSTER, stored)
    hidden = hide(note, ROSTER, stored)
    assert hidden.text == "[colleague 2] heard [colleague 3], and [colleague 4] heard [colleague 2]"
    assert repr(stored) == "Aliases(people=1, last=1)"


def test_people_keep_their_words_through_a_session() -> None:
    """The aliases of a kept text give the same people the same words in the next."""
    first = hide("Thao and José", ROSTER, Aliases())
    second = hide("José and Grace Amankwah", ROSTER, first.aliases)
    assert second.text == "[colleague 2] and [colleague 3]"


def test_a_resumed_session_goes_on_after_the_numbers_it_used() -> None:
    """What was kept before a crash and what comes after never share a number."""
    kept = [
        "[colleague 1] spoke",
        "nobody",
        "[colleague 12]’s idea, [colleague 3]",
        "[colleague 0]",
    ]
    aliases = Aliases.start_after(highest_used(kept))
    assert hide("José", ROSTER, aliases).text == "[colleague 13]"


@pytest.mark.parametrize("texts", [[], [""], ["[colleague]", "[colleague 99999999999999]"]])
def test_a_text_without_aliases_has_no_highest_number(texts: list[str]) -> None:
    """Only the words this program writes are counted, not what looks a little like them."""
    assert highest_used(texts) == 0
    assert Aliases.start_after(-5) == Aliases()


def test_nothing_printed_or_raised_shows_a_name() -> None:
    """Aliases, findings and errors give counts and places; a log of them holds no name."""
    hidden = seen("Thao met José")
    shown = f"{hidden!r} {hidden.aliases!r} {hidden.aliases} {hidden.spans!r}"
    with pytest.raises(LookupError) as caught:
        hidden.aliases.words("renee black")
    shown += "".join(traceback.format_exception_only(caught.value))
    assert not {"thao", "jose", "josé", "renee", "black"} & {word.folded for word in words(shown)}


@given(ROSTERS, PROSE, st.sets(st.integers(0, 6)))
@example(["colleague"], "[colleague 7] and colleague", set())
@settings(max_examples=300, deadline=None)
def test_outside_the_spans_nothing_changes(names: list[str], text: str, kept: set[int]) -> None:
    """The pieces between the spans are the original's, and each span is where it is said to be."""
    roster = Roster.parse("\n".join(names))
    hidden = hide(text, roster, Aliases(), frozenset(kept))
    here = there = 0
    for index, (span, (start, end)) in enumerate(zip(hidden.spans, hidden.places, strict=True)):
        assert text[here : span.start] == hidden.text[there:start]
        shown = hidden.text[start:end]
        assert (shown == text[span.start : span.end]) if index in kept else shown
        here, there = span.end, end
    assert text[here:] == hidden.text[there:]
    assert sum(hidden.counts.values()) == len(hidden.spans) - len(
        kept & set(range(len(hidden.spans)))
    )


@given(ROSTERS, PROSE)
@example(["Renee Black", "Ana Okafor"], "Black-okafor anti-Black")
@example(["Don Lee", "Will May"], "Don will may Dr. will")
@settings(max_examples=100, deadline=None)
def test_hiding_again_finds_nobody_of_the_roster(names: list[str], text: str) -> None:
    """In a hidden text nobody of the roster is surely found again; what stands for people stays."""
    roster = Roster.parse("\n".join(names))
    once = hide(paragraph(text), roster, Aliases())
    again = hide(once.text, roster, once.aliases)
    assert not [span for span in again.spans if span.on_roster and span.tier == "auto"]
    assert not Counter(STANDS_IN.findall(once.text)) - Counter(STANDS_IN.findall(again.text))
    assert is_clean(once.text)


@given(ROSTERS, PROSE, PROSE)
@settings(max_examples=150, deadline=None)
def test_no_full_name_survives_as_it_was_pasted(names: list[str], before: str, after: str) -> None:
    """Whatever stands around it, a full name typed as on the roster is not in the kept text."""
    roster = Roster.parse("\n".join(names))
    for name in roster.names:
        if not reads_as_a_name(name):
            continue
        text = paragraph(f"{before}; {name}. {after}")
        at = len(paragraph(f"{before}; x")) - 1
        assert text[at : at + len(name)] == name
        found = hide(text, roster, Aliases()).spans
        assert any(span.start < at + len(name) and at < span.end for span in found)


@given(st.text(), st.text())
@settings(max_examples=150, deadline=None)
def test_no_text_makes_it_fail(pasted: str, text: str) -> None:
    """Any roster and any text, in any script, give a hidden text."""
    roster = Roster.parse(pasted)
    hidden = hide(text + pasted, roster, Aliases())
    assert len(hidden.places) == len(hidden.spans)
