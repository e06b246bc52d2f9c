"""Words from outside, whatever they hold, are shown as the text gate leaves them and never obeyed.

They come in by the keyboard, by a paste, from a file that somebody has edited, and from a plan of
the user's own. What is looked at is what would be written to the terminal.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input, OptionList, TextArea

from dialogue.config import Config
from dialogue.content import open_content
from dialogue.tui.dialogs.question import QuestionDialog
from dialogue.tui.draft import Draft
from dialogue.tui.screens.close import CloseScreen
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.prepare import PrepareScreen
from dialogue.tui.screens.review import ReviewScreen
from dialogue.tui.screens.summary import SummaryScreen
from dialogue.tui.widgets.entry_line import EntryLine
from sessions import decide
from sessions.deidentify.seam import Aliases, Roster, hide
from sessions.facts import GroupCommitment, HouseAgreement, ParkedQuestion
from sessions.text import LINE_LIMIT, NOTE_LIMIT, TITLE_LIMIT, one_line, visible
from tests.tui.conftest import SCROLLBARS

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from tests.tui.conftest import Open, Stage

CORPUS: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "data" / "hostile-strings.json").read_text("utf-8")
)
"""Hostile strings by family."""
ONE_OF_EACH = [family[0] for family in CORPUS.values()]
TALL = (160, 500)
"""A terminal on which everything is drawn at once."""
KEPT_THOUGH_HIDDEN = "\u200c\u200d\u200e\u200f"
MARKUP = "[bold red]Not bold[/] [@click=app.quit]here[/] [link=file]y[/link] \\[z] [/]"


def forbidden(text: str) -> set[str]:
    """Name the characters that no terminal may get from us."""
    return {
        f"U+{ord(sign):04X}"
        for sign in text
        if unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf"}
        and sign not in "\n" + KEPT_THOUGH_HIDDEN
    }


def squeezed(text: str) -> str:
    """Return a text without its spaces, so that neither wrapping nor padding matters."""
    return "".join(text.split())


def not_shown(stage: Stage, texts: Iterable[str], part: str) -> list[str]:
    """Return the texts that are not in a part of the screen, which must be clean all over."""
    assert forbidden(stage.text) == set()
    seen = squeezed(stage.words_in(part))
    return [ascii(text) for text in texts if squeezed(text.translate(SCROLLBARS)) not in seen]


def batches(size: int = 12) -> Iterator[str]:
    """Yield the whole corpus, a few strings at a time, family by family."""
    for family in CORPUS.values():
        for first in range(0, len(family), size):
            yield " ".join(family[first : first + size])


async def test_what_is_pasted_is_clean_before_it_is_seen(live: Open) -> None:
    """Every string of the corpus, pasted into the note line, stands there as it would be kept."""
    # promise 5
    async with live() as stage:
        await stage.press("t")
        field = stage.app.screen.query_one(EntryLine).query_one(Input)
        for text in batches():
            field.value = ""
            await stage.paste(text)
            assert field.value == one_line(text, NOTE_LIMIT), ascii(text)
            assert forbidden(field.value) == set(), ascii(text)
            assert forbidden(stage.text) == set(), ascii(text)


async def test_every_field_of_prepare_takes_clean_words_only(staged: Open) -> None:
    """A paste into any field and into the roster passes the gate; a bad number is told."""
    # promise 5
    pasted = "\x1b[31m".join(ONE_OF_EACH)
    async with staged(plan="lunch-and-learn", size=(140, 40)) as stage:
        for field in stage.app.screen.query(Input):
            field.focus()
            await stage.paste(pasted)
            assert forbidden(field.value) == set(), field.id
        stage.app.screen.query_one("#roster").focus()
        for text in batches():
            await stage.paste(f"{text}\n")
        assert forbidden(stage.app.screen.query_one("#roster", TextArea).text) == set()
        assert forbidden(stage.text) == set()
        assert stage.words_in("#verdict") == "How many people come? Write a number, such as 24."


async def test_a_hostile_roster_hides_and_never_fails(live: Open) -> None:
    """With the whole corpus as a roster, a session opens and its notes are kept."""
    async with live(roster="\n".join(map(one_line, batches(1)))) as stage:
        await stage.enter("t", "Nothing of this is a name, is it")
        assert stage.said.startswith("Noted")
        assert forbidden(stage.text) == set()


@pytest.mark.parametrize("first", range(0, len(ONE_OF_EACH), 5))
async def test_a_title_is_shown_as_the_gate_leaves_it(staged: Open, first: int) -> None:
    """The title of a session reaches the first line clean."""
    # promise 5
    title = " ".join(ONE_OF_EACH[first : first + 5])
    wanted = one_line(title, TITLE_LIMIT)
    async with staged(
        plan="lunch-and-learn", draft=Draft(heads=24, end="13:00"), size=(400, 24)
    ) as stage:
        stage.app.screen.query_one("#title", Input).value = title
        await stage.press("ctrl+g")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        assert stage.session.title == wanted
        assert not_shown(stage, [wanted], "TopBar") == []


async def test_what_is_kept_is_shown_on_every_screen_as_the_gate_leaves_it(live: Open) -> None:
    """Notes, agreements, questions and commitments of the whole corpus, from Live to Summary."""
    # promise 5
    few_at_a_time = list(filter(one_line, batches()))
    async with live(size=TALL) as stage:
        await stage.press("n")
        for text in few_at_a_time:
            stage.session.keep_note(text)
            stage.session.keep_line(HouseAgreement, text)
        for text in filter(one_line, ONE_OF_EACH):
            stage.session.keep_line(ParkedQuestion, text)
            stage.session.keep_line(GroupCommitment, text)
        await stage.pass_time(1)
        assert forbidden(stage.text) == set()
        house = [one.text for one in stage.session.facts(HouseAgreement)]
        promised = [one.text for one in stage.session.facts(GroupCommitment)]
        assert not_shown(stage, house, "AgreementsPanel") == []
        assert set(map(unnumbered, house)) == {
            unnumbered(hide(one_line(text), Roster(), Aliases()).text) for text in few_at_a_time
        }
        await stage.press("r")
        await stage.until(lambda: isinstance(stage.app.screen, ReviewScreen))
        await see_to_the_end(stage, stage.app.screen.query_one("#kept", OptionList))
        await stage.press("n")
        await stage.until(lambda: isinstance(stage.app.screen, CloseScreen))
        assert forbidden(stage.text) == set()
        assert not_shown(stage, promised, "#commitments") == []
        await stage.press("c", "y")
        await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
        for _ in range(5):
            assert forbidden(stage.text) == set()
            await stage.press("pagedown")


def unnumbered(text: str) -> str:
    """Return a text in which the people who stand for others have no numbers."""
    return re.sub(r"\[person \d+\]", "[person]", text)


async def see_to_the_end(stage: Stage, part: OptionList) -> None:
    """Look at every page of a list."""
    for place in range(0, part.option_count, 200):
        part.highlighted = place
        await stage.settle()
        assert forbidden(stage.text) == set()


async def test_brackets_are_brackets(live: Open) -> None:
    """Markup in a note, an agreement, a title and a wording is text; nothing is styled or bound."""
    # promise 5
    async with live(size=(200, 60)) as stage:
        await stage.press("n")
        for command, text in (("t", MARKUP), ("o", MARKUP), ("g", MARKUP), ("w", f"1 {MARKUP}")):
            await stage.press(command)
            await stage.paste(text)
            assert MARKUP in stage.text
            await stage.press("enter")
        assert not_shown(stage, [f"1 {MARKUP}", f"+ {MARKUP}"], "AgreementsPanel") == []
        await stage.press("1")
        assert MARKUP in stage.said
        await stage.review()
        assert stage.text.count(MARKUP) >= 3
        assert not [style for style in styles(stage) if style.link or style.meta.get("@click")]


def styles(stage: Stage) -> Iterator[Any]:
    """Yield the styles that are drawn with."""
    for strip in stage.app.screen._compositor.render_strips():
        yield from (segment.style for segment in strip if segment.style is not None)


def hostile_toml(texts: list[str]) -> str:
    """Return a plan as a file in which every text begins as one of these."""
    steps = "\n".join(
        f'[[step]]\nid = "step-{number}"\ntitle = {quoted(text)}\nkind = "talk"\n'
        f'phase = "explore"\nformat = "plenary"\npurpose = {quoted(text)}\n'
        f'duration = {{ kind = "fixed", minutes = 5 }}\nsay = [{quoted(text)}]\n'
        f"cue = {quoted(text)}\nbridge = {quoted(text)}\n"
        for number, text in enumerate(texts)
    )
    head = (
        f'id = "own"\ntitle = {quoted(texts[0])}\nrevision = 1\nlanguage = "en"\n'
        f'source = "A test."\nlicense = "MIT"\npurpose = {quoted(texts[1])}\nminutes = 60\n'
    )
    return f"{head}\n{steps}"


def quoted(text: str) -> str:
    """Return a text as TOML writes it, every sign that is not plain by its number."""
    signs = (
        sign if sign.isascii() and sign.isalnum() else f"\\U{ord(sign):08X}"
        for sign in f"x{text[:40]}"
        if not 0xD800 <= ord(sign) <= 0xDFFF
    )
    return f'"{"".join(signs)}"'


async def test_a_plan_of_ones_own_is_shown_clean_on_every_screen(staged: Open, desk: Desk) -> None:
    """Titles, lines to say, cues and purposes of a hostile plan pass the gate when it is read."""
    # promise 5
    folder = desk.places.content / "plans"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(hostile_toml(ONE_OF_EACH), "utf-8")
    library = open_content(desk.places, Config())
    assert library.problems == []
    async with staged(size=(140, 60), at=replace(desk, library=library)) as stage:
        await stage.mark("plan:own")
        assert forbidden(stage.text) == set()
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PrepareScreen))
        assert forbidden(stage.text) == set()
        stage.app.screen.query_one("#ends", Input).value = "23:00"
        stage.only_mine()
        await stage.press("ctrl+g")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        await stage.press("i")
        for step in stage.session.plan.leaves():
            stage.session.do(decide.start_step, step=step.id)
            await stage.pass_time(1)
            assert forbidden(stage.text) == set(), step.id
            assert not_shown(stage, [*step.say, step.cue], "StepCard") == [], step.id


async def test_a_record_edited_by_hand_is_opened_safely(live: Open, staged: Open) -> None:
    """Words put into session.json with an editor are clean on Home, Live and Review."""
    # promise 5
    async with live() as stage:
        await stage.press("n")
        for number in range(len(CORPUS)):
            stage.session.keep_note(f"PLANTED{number}")
            stage.session.keep_line(HouseAgreement, f"PLANTED{number}")
        await stage.until_kept()
        path = stage.session.folder.path
    edited = path.read_text("utf-8").replace('"title": "A test"', '"title": "PLANTED0"')
    for number, text in enumerate(batches(100)):
        hostile = json.dumps("x" + text.encode("utf-8", "ignore").decode()[:240])
        edited = edited.replace(f'"PLANTED{number}"', hostile)
    assert "PLANTED" not in edited
    path.write_text(edited, "utf-8")
    async with staged(size=TALL) as stage:
        assert forbidden(stage.text) == set()
        await stage.mark(f"session:{path.parent.name}")
        assert forbidden(stage.text) == set()
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        house = [one.text for one in stage.session.facts(HouseAgreement)]
        assert len(house) == len(CORPUS)
        assert not_shown(stage, house, "AgreementsPanel") == []
        await stage.press("P")
        await stage.review()
        notes = [one.text for one in stage.session.record.notes]
        assert not_shown(stage, notes, "#kept") == []


@pytest.mark.parametrize(
    ("heads", "sentence"),
    [
        ("0", "At least one person must be here. How many are expected?"),
        ("10000", "A session holds at most 1000 people. Plan several rooms instead."),
        ("-3", "How many people come? Write a number, such as 24."),
        ("many", "How many people come? Write a number, such as 24."),
        ("", "How many people come? Write a number, such as 24."),
        ("9" * 40, "How many people come? Write a number, such as 24."),
    ],
)
async def test_a_number_of_people_that_cannot_be_is_told(
    staged: Open, heads: str, sentence: str
) -> None:
    """Prepare says at once what is wrong with the heads, and begins nothing."""
    async with staged(plan="lunch-and-learn") as stage:
        stage.app.screen.query_one("#heads", Input).value = heads
        await stage.settle()
        assert stage.words_in("#verdict") == sentence
        await stage.press("ctrl+g")
        assert stage.said == sentence
        assert isinstance(stage.app.screen, PrepareScreen)
        assert not stage.data.exists()


async def test_a_very_long_note_is_kept_up_to_the_limit(live: Open) -> None:
    """4,000 characters can be pasted, seen, kept and read back; more is not taken."""
    long = "word " * 1000
    async with live() as stage:
        await stage.press("t")
        await stage.paste(long)
        await stage.paste(long)
        await stage.press("enter")
        assert stage.said == "Noted."
        (note,) = stage.session.record.notes
        assert NOTE_LIMIT - 10 <= len(note.text) <= NOTE_LIMIT


@pytest.mark.parametrize("command", ["o", "p", "g", "G", "w"])
async def test_a_line_that_is_too_long_is_not_cut(live: Open, command: str) -> None:
    """What the preview shows is what is kept: a longer line is refused, and its words stay."""
    fits = f"1 {'a' * (LINE_LIMIT - 2)}"
    async with live() as stage:
        before = stage.session.events
        await stage.press("n", command)
        started = stage.session.events
        await stage.paste(f"{fits}b")
        await stage.press("enter")
        assert stage.said.startswith("This holds 280 characters and no more.")
        assert stage.session.events == started != before
        await stage.press("backspace", "enter")
        assert len(stage.session.events) == len(started) + 1
        await stage.until_kept()
        assert "a" * (LINE_LIMIT - 2) in stage.session.folder.path.read_text("utf-8")


async def test_a_question_shows_what_it_quotes_as_text(staged: Open) -> None:
    """A dialog that quotes a file's name neither obeys nor hides what stands in it."""
    async with staged() as stage:
        sentence = f"{visible(MARKUP)} is damaged."
        stage.app.push_screen(QuestionDialog(sentence, yes="y  yes", no="esc  no"))
        await stage.settle()
        assert visible(MARKUP) in stage.text
        await stage.press("escape")
