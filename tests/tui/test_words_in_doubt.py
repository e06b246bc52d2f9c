"""Words that may tell who somebody is: asked about while they are typed, and in the review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from dialogue.tui.widgets.kept_as import Seen
from sessions.deidentify.seam import Aliases, Roster, hide
from sessions.facts import Answers, Note, ParkedQuestion
from sessions.text import paragraph
from tests.disk.test_live_words import places_of
from tests.tui.test_answers import until_shown, written

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from tests.plugin_sessions import FakeClock
    from tests.tui.conftest import Open, Stage

DOUBTFUL = "Talked to Quill about it"
"""A sentence with a word that the finder is not sure of."""


def notes(stage: Stage) -> list[str]:
    """Return the notes of the record."""
    return sorted(note.text for note in stage.session.facts(Note))


def underlined(stage: Stage) -> str:
    """Return what is underlined in the line where words are typed."""
    strip = stage.app.screen.query_one("EntryLine Input", Input).render_line(0)
    parts = (part for part in strip if part.style is not None and part.style.underline)
    return "".join(part.text for part in parts)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jolly Jo met Jo", [(6, 8), (13, 15)]),
        ("  Jo #a1 and Jo", [(2, 4), (13, 15)]),
        ("Jo\tand jolly Jo", [(0, 2), (13, 15)]),
    ],
)
def test_what_is_hidden_is_found_in_the_line_as_typed(
    typed: str, found: list[tuple[int, int]]
) -> None:
    """Tags, tabs and spaces that the gate takes out, or a longer word, move no underline."""
    kept = paragraph(typed.replace(" #a1", ""))
    hidden = hide(kept, Roster.parse("Jo March"), Aliases())
    assert list(Seen.of(typed, hidden).places) == found


async def test_a_word_in_doubt_is_marked_asked_about_and_hidden(live: Open) -> None:
    """It is underlined with a question mark beside it, one key keeps it, and Enter alone hides."""
    async with live(roster="Jo March") as stage:
        await stage.press("n", "t")
        await stage.type("Jo met Quill again")
        assert "will be kept as: [colleague 1] met [person 2]? again" in stage.words
        assert "Does “Quill” tell who somebody is?" in stage.words
        assert underlined(stage) == "JoQuill"
        await stage.press("enter")
        assert notes(stage) == ["[colleague 1] met [person 2] again"]
        await stage.until_kept()
        assert places_of(stage.data, ("Quill", "Jo met")) == []
        await stage.press("t")
        await stage.type(DOUBTFUL)
        await stage.press("tab")
        assert "Does “Quill”" not in stage.words
        assert "will be kept as" not in stage.words
        assert notes(stage) == ["[colleague 1] met Quill again"]
        await stage.press("enter")
        assert notes(stage) == [DOUBTFUL, "[colleague 1] met Quill again"]


async def test_a_word_is_hidden_wherever_it_stood(live: Open) -> None:
    """A name noticed late goes from all that was kept, in every version, and can come back."""
    async with live() as stage:
        await stage.press("n")
        await stage.enter("t", "The willow group asked for rest")
        await stage.enter("p", "What would WILLOW need?")
        await stage.press("t")
        await stage.type("willow again, and more of it")
        await stage.press("home", "shift+tab")
        assert "will be kept as: [person 1] again" in stage.words
        assert notes(stage) == ["The [person 1] group asked for rest"]
        (parked,) = stage.session.facts(ParkedQuestion)
        assert parked.text == "What would [person 1] need?"
        await stage.press("enter")
        await stage.until_kept()
        assert places_of(stage.data, ("willow",)) == []
        await stage.press("t")
        await stage.type("willow")
        assert "You hid “willow” for this session." in stage.words
        await stage.press("tab", "escape")
        assert "The willow group asked for rest" in notes(stage)


async def test_a_frequent_word_that_is_hidden_can_be_taken_back_at_once(live: Open) -> None:
    """Where a long note loses its end to it, that is said, and the next tab brings all back."""
    async with live() as stage:
        await stage.press("n")
        long = "the willow and " * 250 + "the end"
        stage.session.keep_note(long)
        await stage.press("t")
        await stage.type("the")
        await stage.press("shift+tab")
        assert "a text lost its end" in stage.said
        await stage.press("tab")
        assert notes(stage) == [long]


async def test_a_description_of_one_person_is_coached_and_never_cut(live: Open) -> None:
    """Below the line stands why it may point to one person and a wording that keeps the rest."""
    async with live() as stage:
        await stage.press("n", "t")
        await stage.type("our only Black neonatologist on 4 West was heard")
        assert "may fit one person only. You could write: “a Black neonatologist”." in stage.words
        await stage.press("enter")
        assert notes(stage) == ["our only Black neonatologist on [unit] was heard"]


async def test_a_word_in_an_answer_waits_for_the_review(desk: Desk, fake_clock: FakeClock) -> None:
    """What is in doubt is hidden when the sheet opens; w brings it back everywhere, h never."""
    texts = [DOUBTFUL, "I met Quill too", "on MS6 again", "so it is", "it was good", "and so on"]
    async with written(desk, fake_clock, texts) as stage:
        await stage.until_kept()
        assert places_of(stage.data, ("Quill", "MS6")) == []
        await stage.press("y")
        await until_shown(stage, "Talked to")
        assert "Does “Quill” tell who somebody is?" in stage.words
        await stage.press("w")
        assert "Talked to Quill about it" in stage.words
        for shown in ("I met Quill too", "[unit]?"):
            await stage.press(*["b"] * len(texts))
            await until_shown(stage, shown)
        await stage.press("h")
        assert "on [unit] again" in stage.words
        assert "Does “MS6”" not in stage.words
        kept = [item.text for one in stage.session.facts(Answers) for item in one.items]
        assert sorted(filter(None, kept)) == sorted(text.replace("MS6", "[unit]") for text in texts)
