"""Nobody leaves words behind that are not on the disk without knowing it."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from dialogue.exits import ExitCode
from dialogue.tui.dialogs.question import QuestionDialog
from dialogue.tui.screens.home import HomeScreen
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.review import ReviewScreen
from sessions import disk

if TYPE_CHECKING:
    from tests.tui.conftest import Open

NO_SPACE = "there is no space left"


class Disk:
    """A disk that can be full, or slow to answer, when a test says so."""

    def __init__(self) -> None:
        self.full = False
        self.answers = threading.Event()
        self.answers.set()
        self._write = disk._write_all

    def write(self, descriptor: int, data: bytes) -> None:
        """Write, once the disk answers and where there is room."""
        self.answers.wait(5)
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        self._write(descriptor, data)


@pytest.fixture
def bad_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """Return the disk everything is written to."""
    one = Disk()
    monkeypatch.setattr(disk, "_write_all", one.write)
    yield one
    one.full = False
    one.answers.set()


@pytest.mark.parametrize("way", ["live", "review"])
async def test_leaving_on_a_full_disk_asks_first(live: Open, bad_disk: Disk, way: str) -> None:
    """ctrl+q stays and says why; ctrl+q again and Enter stay too; esc goes back to the words."""
    async with live() as stage:
        await stage.press("n")
        if way == "review":
            await stage.review()
        await stage.until_kept()
        bad_disk.full = True
        await stage.enter("t", "Words on a full disk")
        before = stage.app.screen
        await stage.press("ctrl+q", "ctrl+q", "enter", "q")
        await stage.until(lambda: isinstance(stage.app.screen, QuestionDialog))
        said = " ".join(stage.words.replace("│", "").split())
        assert "The last changes are not kept." in said
        assert NO_SPACE in said
        assert "y leave without them; they are lost" in said
        assert [note.text for note in stage.session.record.notes] == ["Words on a full disk"]
        await stage.press("escape")
        assert stage.app.screen is before
        bad_disk.full = False
        await stage.press("ctrl+q")
        await stage.until(lambda: stage.app.session is None)
        assert isinstance(stage.app.screen, HomeScreen)
        assert stage.app.unkept == ""
        (path,) = stage.data.glob("sessions/*/session.json")
        assert b"Words on a full disk" in path.read_bytes()


async def test_who_leaves_all_the_same_is_told_what_is_lost(live: Open, bad_disk: Disk) -> None:
    """After ctrl+q and y, two different keys, Home says so, and the program ends with code 3."""
    async with live() as stage:
        await stage.until_kept()
        bad_disk.full = True
        await stage.enter("t", "Words on a full disk")
        await stage.press("ctrl+q", "y")
        await stage.until(lambda: isinstance(stage.app.screen, HomeScreen))
        assert "The last changes are not kept." in stage.said
        (path,) = stage.data.glob("sessions/*/session.json")
        assert str(path) in stage.app.unkept
        assert "Words on a full disk" not in stage.app.unkept


async def test_a_signal_on_a_full_disk_ends_with_code_3(live: Open, bad_disk: Disk) -> None:
    """Nobody can be asked: the program ends, with a sentence and the record's path to print."""
    async with live() as stage:
        await stage.until_kept()
        bad_disk.full = True
        await stage.enter("t", "Words on a full disk")
        (path,) = stage.data.glob("sessions/*/session.json")
        stage.app.stop_safely(143)
        await stage.until(lambda: stage.app.return_code is not None)
        assert stage.app.return_code == ExitCode.STORAGE
        assert NO_SPACE in stage.app.unkept
        assert str(path) in stage.app.unkept


@pytest.mark.parametrize("place", [LiveScreen, ReviewScreen])
async def test_nothing_is_said_to_be_kept_before_it_is(
    live: Open, bad_disk: Disk, place: type[LiveScreen | ReviewScreen]
) -> None:
    """While the disk is slow neither “Noted.” nor “kept” is read; then both are."""
    async with live() as stage:
        await stage.press("n")
        if place is ReviewScreen:
            await stage.review()
        await stage.until_kept()
        bad_disk.answers.clear()
        await stage.enter("t", "A theme")
        assert "Noted." not in stage.text
        assert "keeping…" in stage.text
        bad_disk.answers.set()
        await stage.until(lambda: "Noted." in stage.text)
        assert "keeping…" not in stage.text
        assert "  kept" in stage.text


async def test_words_are_not_said_to_be_struck_before_they_are(live: Open, bad_disk: Disk) -> None:
    """That words are out of the record is said when the disk has no copy of them."""
    async with live() as stage:
        await stage.press("n")
        await stage.enter("t", "A theme")
        await stage.review()
        await stage.until_kept()
        bad_disk.answers.clear()
        await stage.press("delete")
        assert "out of the record" not in stage.text
        bad_disk.answers.set()
        await stage.until(lambda: "Struck: the words are out of the record." in stage.words)
        assert "u brings them back." in stage.words


async def test_without_a_session_nothing_is_called_kept(staged: Open) -> None:
    """Home and Prepare have no mark of saving: there is nothing to save."""
    async with staged() as stage:
        assert not any(line.endswith("  kept") for line in stage.lines)
        await stage.press("enter")
        assert not any(line.endswith("  kept") for line in stage.lines)
