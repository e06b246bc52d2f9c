"""The Summary screen: what each edition says and leaves out, and how it is written from there."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from dialogue.tui.app import DialogueApp
from dialogue.tui.dialogs.export import ExportDialog
from dialogue.tui.messages import RecordChosen
from dialogue.tui.screens.summary import SummaryScreen
from dialogue.tui.screens.themes import ThemesScreen
from sessions import disk, reviewing
from sessions.document import ClosedRecord
from sessions.errors import StorageError
from sessions.export.registry import FORMATS
from sessions.store import read_record
from sessions.summarise import summary_of
from sessions.themes import coding_of
from tests.core.coded import FIRST, TEXTS, a_record, in_words
from tests.tui.conftest import SCROLLBARS, SMALL, Stage, running
from tests.tui.terminal import FRAMES
from tests.tui.test_answers import LEVELS, written
from tests.tui.test_coding import FIRST_KEY, on_disk, some_answers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from dialogue.desk import Desk
    from sessions.store import SessionFolder
    from tests.core.coded import FIRST, TEXTS, a_record, in_words
    from tests.plugin_sessions import FakeClock
from tests.tui.conftest import Snap


class Closed(Stage):
    """The program with a closed session in front."""

    folder: SessionFolder

    @property
    def words(self) -> str:
        """What stands on the screen as one line, without the frame of a window."""
        return " ".join(self.text.translate(SCROLLBARS | FRAMES).split())

    @property
    def record(self) -> ClosedRecord:
        """The session as it is on the disk."""
        record = self.folder.read()
        assert isinstance(record, ClosedRecord)
        return record

    def files(self) -> dict[str, bytes]:
        """Return what has been exported, by name."""
        folder = self.data / "exports"
        return (
            {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}
        )


@pytest.fixture
async def closed(desk: Desk, fake_clock: FakeClock) -> AsyncIterator[Closed]:
    """Return the program on the Summary of a session with eight answers, never exported."""
    async with running(DialogueApp(desk), fake_clock, (100, 60)) as stage:
        here = Closed(stage.app, stage.pilot, fake_clock)
        here.folder = on_disk(desk, a_record([in_words(FIRST, [[]] * 8)]))
        stage.app.post_message(RecordChosen(here.folder.path))
        await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
        await stage.settle()
        yield here


async def test_each_edition_says_whom_it_is_for_and_what_it_leaves_out(closed: Closed) -> None:
    """Tab leads round; the page is the edition's own, and what is not in it has a name."""
    full = closed.words
    assert "▸ everything" in full
    assert "Full report" in full
    assert "Not in this one" not in full
    assert "No report tells who was there" in full
    await closed.press("tab")
    assert "▸ for a board" in closed.words
    assert "For decision-makers, on one page" in closed.words
    assert "“How people are protected”" in closed.words_in("#withheld")
    assert "How people are protected" not in closed.words_in("#page")
    await closed.press("tab")
    assert "▸ for the room" in closed.words
    assert "“Steps”" in closed.words_in("#withheld")
    assert "How you are protected" in closed.words_in("#page")
    await closed.press("tab")
    assert closed.words == full
    await closed.press("shift+tab")
    assert "▸ for the room" in closed.words


async def test_every_format_is_written_from_here_for_the_edition_in_front(closed: Closed) -> None:
    """The first export freezes the words and says so before; a folder that is missing is made."""
    await closed.press("tab", "e")
    assert "The first export freezes these words for good" in closed.words
    await closed.press(*"234567")
    assert "json is the summary itself and has no editions" in closed.words
    await closed.press("p", "f")
    assert "Paper for pdf and docx: Letter" in closed.words
    line = closed.app.screen.query_one(Input)
    whole, line.value = line.value, "~no such user/x"
    await closed.press("enter")
    assert "Nobody here has the name after ~" in closed.words
    line.value = whole
    await closed.press("end", *["backspace"] * 12)
    await closed.type("/for the board")
    await closed.press("enter", "enter")
    assert closed.record.summary is None
    await closed.press("y")
    await closed.until(lambda: isinstance(closed.app.screen, SummaryScreen))
    assert closed.said.startswith("Written: ")
    (folder,) = closed.data.parent.rglob("for the board")
    suffixes = {path.suffix for path in folder.iterdir()}
    assert suffixes == {one.suffix for one in FORMATS.values() if one.has_editions}
    ends = {path.suffix: path.stem.partition("-board")[1:] for path in folder.iterdir()}
    paper = {".pdf": "-letter", ".docx": "-letter"}
    assert ends == {suffix: ("-board", paper.get(suffix, "")) for suffix in suffixes}
    assert closed.record.summary == summary_of(closed.record)


async def test_what_the_disk_refuses_leaves_nothing(
    closed: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Full, or a folder that takes no file: a clear sentence, no file, and nothing is frozen."""
    await closed.press("e", "2")
    (closed.data / "exports").write_text("in the way", "utf-8")
    await closed.press("enter", "y")
    await closed.until(lambda: "Nothing has been written." in closed.words)
    assert "another folder" in closed.words
    (closed.data / "exports").unlink()
    whole = disk._write_all

    for fits in (b"no record and no report", b"{"):  # the second time the record alone

        def full(descriptor: int, data: bytes, fits: bytes = fits) -> None:
            if len(data) > disk._PROBE_BYTES and not data.startswith(fits):
                os.write(descriptor, data[:99])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            whole(descriptor, data)

        with monkeypatch.context() as patched:
            patched.setattr(disk, "_write_all", full)
            await closed.press("enter", "y")
            await closed.until(lambda: "there is no space left" in closed.words)
        assert closed.files() == {}
        assert closed.record.summary is None
    await closed.press("enter", "y")
    await closed.until(lambda: not isinstance(closed.app.screen, ExportDialog))
    assert {Path(name).suffix for name in closed.files()} == {".md", ".html"}


async def test_themes_are_one_key_away_and_shown_on_return(closed: Closed) -> None:
    """T codes the answers of a closed session; what is told of them is there when one is back."""
    await closed.press("T")
    await closed.until(lambda: isinstance(closed.app.screen, ThemesScreen))
    assert TEXTS[0] in closed.words_in("#answer")
    for _ in range(8):
        await closed.press(FIRST_KEY, "n")
    await closed.press("escape")
    await closed.until(lambda: isinstance(closed.app.screen, SummaryScreen))
    assert "Stay engaged" in closed.words.partition("Themes in what people wrote")[2]
    assert not closed.folder.lock.held
    assert coding_of(closed.record).coded_answers == 8


async def test_themes_are_one_key_away_in_review(
    desk: Desk, fake_clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the close T codes what was reviewed and stays; what the disk refuses is not coded."""
    async with written(desk, fake_clock) as stage:
        await stage.press("r", "T")
        assert "Nobody read the answers" in stage.said
        kept = dict.fromkeys((one.id for one in reviewing.to_review(stage.session)), "kept")
        reviewing.apply(stage.session, kept)  # type: ignore[arg-type]
        await stage.press("P", "T")
        assert not isinstance(stage.app.screen, ThemesScreen)
        await stage.press("P")
        stage.send("T")
        stage.send("T")
        await stage.settle()
        assert [isinstance(one, ThemesScreen) for one in stage.app.screen_stack].count(True) == 1
        assert isinstance(stage.app.screen, ThemesScreen)
        read = {one.item.level for one in stage.app.screen._desk.answers}
        assert read == set(LEVELS) - {"facilitator"}
        await stage.press(FIRST_KEY)
        with monkeypatch.context() as patched:
            patched.setattr(stage.session._saver, "make_sure", no_space)
            await stage.press("b")
            assert "There is no space left." in stage.words
        await stage.enter("N", "Trust")
        await stage.press("escape", "n", "c", "y")
        await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
        (path,) = stage.data.glob("sessions/*/session.json")
        record = read_record(path)
        (codes,) = coding_of(record).codes.values()
        assert set(codes) == {record.own_themes[0].id, record.protocol.agreements[0].id}


def no_space(*_given: object) -> None:
    """Refuse, as a full disk does."""
    raise StorageError("There is no space left.")


def test_the_window_looks_as_it_did(snap_compare: Snap, desk: Desk) -> None:
    """The formats in the smallest terminal, with a board's edition in front."""
    folder = on_disk(desk, some_answers())
    app = DialogueApp(desk)

    async def to_the_window(pilot: object) -> None:
        stage = Stage(app, pilot, None)  # type: ignore[arg-type]
        app.post_message(RecordChosen(folder.path))
        await stage.until(lambda: isinstance(app.screen, SummaryScreen))
        app.screen._desk.exports = Path("/home/ana/exports")  # type: ignore[attr-defined]
        await stage.press("tab", "e", "3", "enter")

    assert snap_compare(app, terminal_size=SMALL, run_before=to_the_window)
