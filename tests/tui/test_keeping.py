"""What the screens of an open session share: words, names to hide, help; and the least of Live."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from textual.screen import Screen
from textual.widgets import Input

from dialogue.config import Config
from dialogue.tui.dialogs.answers import AnswersDialog
from dialogue.tui.dialogs.cards import CardsDialog
from dialogue.tui.dialogs.debrief import DebriefDialog
from dialogue.tui.dialogs.help import HelpDialog
from dialogue.tui.dialogs.reading import TextDialog
from dialogue.tui.screens.close import CloseScreen
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.prepare import PrepareScreen
from dialogue.tui.screens.review import ReviewScreen, coverage
from sessions.text import NOTE_LIMIT

FIRST_NAMES = "Ana Bo Chidi Dara Ezra Fatou Goran Hana Imani Jun Kofi Leila Marek Noor Oskar"
LAST_NAMES = "Okafor Lindqvist Marchetti Petrov Nakamura Osei Duarte Haddad Kaplan Novak Abara"

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from tests.tui.conftest import Open


@pytest.mark.parametrize("place", [ReviewScreen, CloseScreen])
async def test_names_can_be_said_again_wherever_words_are_kept(
    live: Open, staged: Open, place: type[ReviewScreen | CloseScreen]
) -> None:
    """After a crash in Review the roster is gone: N takes it there, and the note hides the name."""
    async with live() as stage:
        await stage.press("n")
        await stage.review()
        await stage.until_kept()
        name = stage.session.folder.path.parent.name
    async with staged() as stage:
        await stage.mark(f"session:{name}")
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))
        if place is CloseScreen:
            await stage.press("n")
        await stage.until(lambda: isinstance(stage.app.screen, place))
        await stage.press("P")
        await stage.enter("N", "Wilhelmina Zarathustra")
        assert stage.said == "1 name is hidden from now on, and in what was kept before."
        await stage.enter("t", "Wilhelmina spoke of the unit")
        (note,) = stage.session.record.notes
        assert "Wilhelmina" not in note.text


@pytest.mark.parametrize("window", [AnswersDialog, CardsDialog, DebriefDialog, TextDialog])
def test_nothing_is_marked_and_copied_where_private_words_stand(window: type[Screen[Any]]) -> None:
    """What a mouse marks there would be handed to the terminal's clipboard."""
    assert not window.ALLOW_SELECT


async def test_a_roster_pasted_a_name_a_line_is_as_many_people(
    live: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each line is a person, what holds no name is refused, no wall and no clipboard has them."""
    names = [
        f"{first} {middle} {last}"
        for first in FIRST_NAMES.split()
        for middle in ("Joy", "Wren")
        for last in LAST_NAMES.split()
    ]
    async with live() as stage:
        await stage.press("n", "N")
        await stage.paste("She/her\n")
        await stage.press("enter")
        assert stage.said == "There is no name in this. Write names with commas between."
        assert stage.session.names.roster.is_empty
        await stage.press("ctrl+u")
        await stage.paste(
            "\n".join(["Wilhelmina Zarathustra", "Speakers: Bartholomew Quill", *names])
        )
        line = stage.app.screen.query_one("EntryLine Input", Input)
        assert len(line.value) > NOTE_LIMIT
        assert line.value.endswith(names[-1])
        written: list[str] = []
        with monkeypatch.context() as patched:
            patched.setattr(stage.app._driver, "write", written.append)
            await stage.press("home", "shift+end", "ctrl+x")
            assert (line.value, stage.app.clipboard.count("Wilhelmina")) == ("", 1)
            await stage.press("ctrl+v")
        assert not [text for text in written if "\x1b]52" in text]
        stage.app.screen.handlers()["wall"]()
        await stage.settle()
        assert LAST_NAMES.rsplit(maxsplit=1)[-1] not in stage.words
        stage.app.screen.handlers()["wall"]()
        await stage.press("N", "enter")
        assert stage.session.names.roster.names[:2] == (
            "Wilhelmina Zarathustra",
            "Bartholomew Quill",
        )
        assert len(stage.session.names.roster) == len(names) + 2


async def test_what_is_asked_of_leadership_is_kept_and_read_back(live: Open) -> None:
    """G keeps it from Live on, Review and Close show it, and u takes it back."""
    async with live() as stage:
        await stage.press("n")
        await stage.enter("G", "Pay for the time")
        assert stage.said == "Kept as asked of leadership."
        await stage.review()
        assert "Asked of leadership" in stage.words
        assert "Pay for the time" in stage.words
        await stage.enter("G", "Name a contact")
        await stage.press("u")
        assert stage.said == "Taken back: what is asked of leadership."
        await stage.press("n")
        await stage.until(lambda: isinstance(stage.app.screen, CloseScreen))
        assert "Pay for the time" in stage.words
        assert [one.text for one in stage.session.record.leadership_asks] == ["Pay for the time"]


async def test_a_count_for_a_question_that_the_plan_does_not_ask_is_shown(
    live: Open, staged: Open
) -> None:
    """A record that was edited by hand opens in Review, with the question's id in its place."""
    async with live() as stage:
        await stage.press("x", "1", "1", "enter")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        await stage.press("n")
        await stage.review()
        await stage.until_kept()
        path = stage.session.folder.path
    text = path.read_text("utf-8")
    assert text.count('"ask": "practice"') == 1
    path.write_text(text.replace('"ask": "practice"', '"ask": "gone"'), "utf-8")
    async with staged() as stage:
        await stage.mark(f"session:{path.parent.name}")
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))
        assert "gone" in coverage(stage.session, counts=True).plain


async def test_f1_explains_every_screen(staged: Open) -> None:
    """F1 opens help on Home, on Prepare, where signs are text, and on Live; F1 leaves it."""
    async with staged() as stage:
        await stage.press("f1")
        assert isinstance(stage.app.screen, HelpDialog)
        await stage.press("f1")
        await stage.mark("plan:lunch-and-learn")
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PrepareScreen))
        await stage.press("f1")
        assert isinstance(stage.app.screen, HelpDialog)
        assert "^g Open the session with what stands here." in stage.words
        await stage.press("f1", "ctrl+g")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        await stage.press("f1")
        assert isinstance(stage.app.screen, HelpDialog)


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (30, 24), (80, 8)])
async def test_a_tiny_terminal_shows_the_digits_and_the_pace(
    live: Open, size: tuple[int, int]
) -> None:
    """Where there is room for nothing else, the time of the step and the pace are read whole."""
    async with live(size=size) as stage:
        await stage.press("n")
        await stage.pass_time(145)
        assert "1:35" in stage.text
        assert "on time" in stage.text
        await stage.pass_time(10 * 60)
        assert "+8:25" in stage.text
        assert "min behind" in stage.text
        await stage.press("t")
        await stage.type("word")
        assert "word" in stage.text


@pytest.mark.parametrize("size", [(40, 12), (50, 20)])
async def test_a_little_terminal_keeps_its_pace(live: Open, size: tuple[int, int]) -> None:
    """On a narrow screen the first line tells the time of day and the pace, and cuts neither."""
    async with live(size=size) as stage:
        await stage.press("n")
        await stage.pass_time(12 * 60)
        assert stage.lines[0].rstrip().endswith("min behind")
        assert "12:12" in stage.lines[0]


async def test_where_nothing_was_kept_review_says_how_it_could_be(staged: Open, desk: Desk) -> None:
    """Each empty heading names the key that fills it, also one that the settings changed."""
    own = replace(desk, config=Config.model_validate({"keys": {"park": "f7"}}))
    async with staged(plan="lunch-and-learn", at=own) as stage:
        await stage.press("ctrl+g")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        await stage.press("P", "n", "r")
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))
        for key in ("t", "f7", "g", "G"):
            assert f"none yet; {key} writes one" in stage.text
        assert "none; b goes back, o adds one" in stage.text
        await stage.enter("f7", "Who is not here?")
        await stage.until(lambda: "none yet; f7" not in stage.text)
        assert "· Who is not here?" in stage.text
