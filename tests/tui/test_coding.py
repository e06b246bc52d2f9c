"""The screen on which answers are coded: what each key does, what is kept, what never leaves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from dialogue.tui.coding_app import CodingApp
from dialogue.tui.coding_bench import CODE_KEYS, CodingBench
from dialogue.tui.coding_keys import KEYS
from dialogue.tui.screens.themes import NO_TERMS, STANDING
from dialogue.wording import ENGLISH
from sessions import disk
from sessions.coding import FROZEN, CodingDesk
from sessions.document import ClosedRecord
from sessions.errors import CommandRefusedError, StorageError
from sessions.facts import OwnTheme
from sessions.store import SessionFolder
from sessions.summarise import freeze
from sessions.themes import coding_of
from tests.core.coded import FIRST, SECOND, TEXTS, TIME, TRUST, a_record, in_words
from tests.tui.conftest import SMALL, Stage
from tests.tui.terminal import FRAMES

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from tests.plugin_sessions import FakeClock
    from tests.tui.conftest import Snap

Coding = Callable[..., AbstractAsyncContextManager[Stage]]

OWN = (TRUST, TIME)
FIRST_KEY, FEELING, TRUST_KEY, TIME_KEY, NEXT_KEY = "1", "b", "f", "g", "h"


def some_answers() -> ClosedRecord:
    """Return a session with seven answers to two asks, two of them coded."""
    first = [[TRUST.id, "feeling"], [TRUST.id], [], [], []]
    return a_record([in_words(FIRST, first), in_words(SECOND, [[], []])], own_themes=OWN)


def on_disk(desk: Desk, record: ClosedRecord) -> SessionFolder:
    """Put a record into the data folder."""
    folder = desk.store.create(held_on=record.held_on, title=record.title)
    folder.write(record)
    return folder


@pytest.fixture
def coding(desk: Desk, fake_clock: FakeClock) -> Coding:
    """Return what opens the screen over a record."""

    @asynccontextmanager
    async def open_it(
        record: ClosedRecord | None = None,
        size: tuple[int, int] = SMALL,
        language: str = ENGLISH,
    ) -> AsyncIterator[Stage]:
        folder = on_disk(desk, record or some_answers())
        app: Any = CodingApp(CodingDesk.open(folder), language=language)
        app.folder = folder
        try:
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                yield Stage(app, pilot, fake_clock)
        finally:
            await asyncio.to_thread(app.leave_session)

    return open_it


def kept(stage: Stage) -> dict[str, list[str]]:
    """Return which themes each answer has on the disk, by its place and the themes' names."""
    folder: SessionFolder = stage.app.folder  # type: ignore[attr-defined]
    record = folder.read()
    assert isinstance(record, ClosedRecord)
    names = {one.id: one.label for one in record.own_themes}
    codes = coding_of(record).codes
    items = [item for one in record.answers for item in one.items]
    return {
        str(place): sorted(names.get(code, code) for code in codes[item.id])
        for place, item in enumerate(items, 1)
        if item.id in codes
    }


BEFORE = {"1": ["Trust", "feeling"], "2": ["Trust"]}


async def test_an_answer_stands_beside_the_codebook(coding: Coding) -> None:
    """The first answer and its question, every theme with its key, and how far one is."""
    async with coding() as stage:
        assert "1 of 7 · 2 coded" in stage.lines[0]
        assert TEXTS[0] in stage.words_in("#answer")
        assert "Think of a time when race came up" in stage.words_in("#answer")
        book = stage.words_in("#book")
        assert "1 Stay engaged" in book
        assert "b ✓ Feeling c Thinking" in book
        assert "f ✓ Trust" in book
        assert STANDING in stage.words
        assert TEXTS[1] not in stage.words


async def test_a_key_codes_and_is_kept_at_once(coding: Coding) -> None:
    """A digit or a letter codes the answer that is shown; the same takes it back; u undoes."""
    async with coding() as stage:
        await stage.press("n", FIRST_KEY, TIME_KEY)
        assert kept(stage)["2"] == ["No time to talk", "Trust", "stay-engaged"]
        assert "1 ✓ Stay engaged" in stage.words_in("#book")
        await stage.press(FIRST_KEY)
        assert kept(stage)["2"] == ["No time to talk", "Trust"]
        await stage.press("u")
        assert kept(stage)["2"] == ["No time to talk", "Trust", "stay-engaged"]
        await stage.press("u", "u")
        assert kept(stage) == BEFORE
        await stage.press("u")
        assert "There is nothing to take back." in stage.words


async def test_one_goes_through_all_answers_of_both_asks(coding: Coding) -> None:
    """N and p stop at the ends, and each answer stands under its own question."""
    async with coding() as stage:
        await stage.press("p")
        assert "1 of 7" in stage.lines[0]
        await stage.press(*["n"] * 9)
        assert "7 of 7" in stage.lines[0]
        assert "What can only the people in charge change?" in stage.words_in("#answer")
        await stage.press("p", "space", "left")
        assert "6 of 7" in stage.lines[0]


async def test_a_theme_of_ones_own(coding: Coding) -> None:
    """N names one: it gets the next key and this answer; names of people are hidden as typed."""
    async with coding() as stage:
        await stage.press("n", "N")
        await stage.type("Waiting for Maria Lopez")
        assert "will be kept as: Waiting for [person 1]" in stage.words
        assert kept(stage) == BEFORE, "letters are text while the line is open"
        await stage.press("enter")
        assert kept(stage)["2"] == ["Trust", "Waiting for [person 1]"]
        assert f"has the key {NEXT_KEY}" in stage.words
        await stage.press("n", NEXT_KEY)
        assert kept(stage)["3"] == ["Waiting for [person 1]"]


async def test_a_name_that_is_refused_stays_in_the_line(coding: Coding) -> None:
    """What somebody wrote is no name, nor one that is there; esc leaves with nothing changed."""
    async with coding() as stage:
        await stage.enter("N", "nobody else did and the moment")
        assert "That is in the words of an answer." in stage.words
        assert "nobody else did and the moment" in stage.words
        await stage.press("escape")
        await stage.enter("N", "TRUST")  # what was left stands in the line before it
        assert kept(stage) == BEFORE


async def test_renaming(coding: Coding) -> None:
    """R and a theme's key open its name; the protocol's themes stay as they are."""
    async with coding() as stage:
        await stage.press("R", FIRST_KEY)
        assert "Only your own themes can be renamed" in stage.words
        await stage.press(TRUST_KEY, *["backspace"] * 5)
        await stage.type("Confidence")
        await stage.press("enter")
        assert "It is called “Confidence”." in stage.words
        assert kept(stage) == {"1": ["Confidence", "feeling"], "2": ["Confidence"]}


async def test_merging(coding: Coding) -> None:
    """M, the theme that goes, the theme that stays; u brings both back."""
    async with coding() as stage:
        await stage.press("M", TRUST_KEY)
        assert "Merge “Trust” into: press the key of the theme that stays." in stage.words
        await stage.press(FEELING)
        assert "Merged “Trust” into “Feeling”." in stage.words
        assert kept(stage) == {"1": ["feeling"], "2": ["feeling"]}
        await stage.press("u")
        assert kept(stage) == BEFORE


async def test_splitting(coding: Coding) -> None:
    """S goes through the answers of one theme, and each goes to the one or to the other."""
    async with coding() as stage:
        await stage.press("S", TIME_KEY)
        assert "No answer is coded with that theme" in stage.words
        await stage.press("S", TRUST_KEY)
        await stage.type("Trust in the team")
        await stage.press("enter")
        assert "1 of 2" in stage.lines[0]
        await stage.press("n", FIRST_KEY)
        assert "only the two themes’ keys" in stage.words
        await stage.press(NEXT_KEY)
        assert kept(stage) == {"1": ["Trust", "feeling"], "2": ["Trust in the team"]}
        await stage.press(TRUST_KEY)
        assert kept(stage) == BEFORE
        await stage.press("escape")
        assert "2 of 7" in stage.lines[0]
        await stage.press(FIRST_KEY)
        assert kept(stage)["2"] == ["Trust", "stay-engaged"]


async def test_frequent_words_are_a_help_on_demand(coding: Coding) -> None:
    """T shows words that five answers have and says that they are no themes; none below five."""
    answers = in_words(FIRST, [[]] * 6, text="Silence at the meeting")
    async with coding(a_record([answers])) as stage:
        assert "6 answers" not in stage.words
        await stage.press("T")
        assert "meeting 6 answers" in stage.words
        assert "they are no themes" in stage.words
        await stage.press("escape")
        assert "6 answers" not in stage.words
    async with coding(a_record([in_words(FIRST, [[]] * 4, text="Silence")])) as stage:
        await stage.press("T")
        assert NO_TERMS in stage.words


async def test_every_key_is_explained(coding: Coding) -> None:
    """The question mark lists all keys with what they do; no theme has one of them."""
    async with coding() as stage:
        await stage.press("?")
        for command in KEYS:
            assert command.help in stage.words
        await stage.press("escape")
        assert "1 of 7" in stage.lines[0]
    taken = {key for command in KEYS for key in command.key.split(",") if command.id != "code"}
    assert taken.isdisjoint(CODE_KEYS)


async def test_the_screen_speaks_the_language_of_the_settings(coding: Coding) -> None:
    """Bars, headings, a refusal, what a key asks for and every key's help are said in Spanish."""
    async with coding(language="es") as stage:
        assert "Temas · " in stage.lines[0]
        assert "1 de 7 · 2 marcadas" in stage.lines[0]
        assert "Tus temas propios" in stage.words_in("#book")
        assert "Sus palabras son solo para ti." in stage.words
        await stage.press("R", FIRST_KEY)
        assert "Solo tus temas propios se pueden renombrar" in stage.words
        await stage.press("M", TRUST_KEY)
        assert "Unir “Trust” con: pulsa la tecla del tema que se queda." in stage.words
        await stage.press("escape", "N")
        assert "Nombre del tema, en una o dos palabras tuyas." in stage.words
        await stage.press("escape", "?")
        assert "Dar otro nombre a un tema propio." in stage.words
        assert "esc regresa" in stage.words


async def test_an_exported_session_says_so_first(coding: Coding) -> None:
    """Before anything is shown: one sentence, y goes on, and what is coded is in the record."""
    async with coding(freeze(some_answers())) as stage:
        assert FROZEN in " ".join(stage.text.translate(FRAMES).split())
        await stage.press("n", "1")
        assert stage.app.return_code == 0, "n leaves, as esc does"
    async with coding(freeze(some_answers())) as stage:
        await stage.press("y", "n", "n", TRUST_KEY)
        assert kept(stage)["3"] == ["Trust"]


async def test_what_cannot_be_kept_is_said(coding: Coding, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full the answer stays as it is on the disk, on the screen too."""

    def full(*_more: object, **_how: object) -> None:
        raise StorageError("The disk is full. Free some space.")

    async with coding() as stage:
        monkeypatch.setattr(disk, "write_whole", full)
        await stage.press(FIRST_KEY)
        assert "The disk is full." in stage.words
        assert "1 ✓" not in stage.words_in("#book")
        monkeypatch.undo()
        await stage.press(FIRST_KEY)
        assert kept(stage)["1"] == ["Trust", "feeling", "stay-engaged"]


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+q", "ctrl+c"])
async def test_leaving_lets_go_of_the_session(coding: Coding, key: str) -> None:
    """However one leaves, another program may open it; nothing is left to save."""
    async with coding() as stage:
        folder: SessionFolder = stage.app.folder  # type: ignore[attr-defined]
        await stage.press(FIRST_KEY, key)
        await stage.until(lambda: stage.app.return_code is not None)
        assert stage.app.return_code == (130 if key == "ctrl+c" else 0)
        with SessionFolder(folder.folder).lock:
            assert kept(stage)["1"] == ["Trust", "feeling", "stay-engaged"]


async def test_a_defect_lets_go_of_the_session_and_says_no_word(
    coding: Coding, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The program ends, nothing of an answer is printed, and the record is whole and free."""

    def broken(_bench: CodingBench, _key: str) -> str:
        raise RuntimeError(TEXTS[0])

    async def meet_it() -> None:
        async with coding() as stage:
            stages.append(stage)
            stage.send(FIRST_KEY)
            while stage.app.crash is None:  # noqa: ASYNC110 — what is broken tells nobody
                await asyncio.sleep(0.01)

    stages: list[Stage] = []
    monkeypatch.setattr(CodingBench, "press", broken)
    with pytest.raises(RuntimeError):  # the pilot hands on what ended it
        await meet_it()
    folder: SessionFolder = stages[0].app.folder  # type: ignore[attr-defined]
    assert isinstance(stages[0].app.crash, RuntimeError)
    with SessionFolder(folder.folder).lock:
        assert kept(stages[0]) == BEFORE
    said = capsys.readouterr()
    assert TEXTS[0] not in said.out + said.err


async def test_what_is_let_go_of_is_not_written(desk: Desk) -> None:
    """A key that comes after the end changes nothing on the disk."""
    folder = on_disk(desk, some_answers())
    held = CodingDesk.open(folder)
    held.close()
    before = folder.path.read_bytes()
    with pytest.raises(CommandRefusedError, match="let go of"):
        CodingBench(held).press(FIRST_KEY)
    assert folder.path.read_bytes() == before


async def test_words_are_words(coding: Coding) -> None:
    """Brackets in an answer, in a theme and in the session's title are shown as they stand."""
    own = (OwnTheme(id=f"{1:032x}", label="[red]Who[/red]"),)
    answers = in_words(FIRST, [[]] * 6, text="[b]No[/b] [@click=app.quit]way[/] \\[x]")
    async with coding(a_record([answers], own_themes=own, title="[i]T[/i]")) as stage:
        assert "[b]No[/b] [@click=app.quit]way[/] \\[x]" in stage.words_in("#answer")
        assert "[red]Who[/red]" in stage.words_in("#book")
        assert "[i]T[/i]" in stage.lines[0]
        await stage.press("M", "f")
        assert "Merge “[red]Who[/red]” into" in stage.words


async def test_nothing_is_copied_out(coding: Coding) -> None:
    """Text on it cannot be marked with the mouse, and what is cut never reaches the terminal."""
    async with coding() as stage:
        assert not stage.app.screen.allow_select
        written: list[str] = []
        stage.app._driver.write = written.append  # type: ignore[union-attr, method-assign]
        stage.app.copy_to_clipboard(TEXTS[0])
        assert not [text for text in written if "\x1b]52" in text]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
async def test_the_whole_codebook_fits(coding: Coding, size: tuple[int, int]) -> None:
    """With as many own themes as there can be, each key stands on the screen."""
    own = tuple(OwnTheme(id=f"{number:032x}", label=f"Theme {number}") for number in range(10))
    async with coding(a_record([in_words(FIRST, [[]] * 6)], own_themes=own), size) as stage:
        await stage.settle()
        book = stage.words_in("#book")
        for number in range(10):
            assert f"Theme {number}" in book
        assert "Expect and accept non-closure" in book


def test_coding_looks_as_it_did(snap_compare: Snap, desk: Desk) -> None:
    """The screen in the smallest terminal."""
    app = CodingApp(CodingDesk.open(on_disk(desk, some_answers())))
    assert snap_compare(app, terminal_size=SMALL)
