"""A canary through every entrance: no name that was typed, sent or entered is in any file.

Touches: disk below `tmp_path`, every byte of which is looked at after each act.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dialogue.tui.dialogs.cards import CardsDialog
from dialogue.tui.screens.close import CloseScreen
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.summary import SummaryScreen
from dialogue.tui.widgets.entry_line import EntryLine
from sessions.deidentify.aliases import Aliases
from sessions.deidentify.model import Hidden
from sessions.export.registry import FORMATS
from sessions.facts import Answers, Note
from sessions.name_desk import NameDesk
from sessions.release import Order, export_session
from sessions.store import SessionFolder
from tests.disk.test_live_words import forms
from tests.tui.test_answers import STEP
from tests.tui.test_paper import close_sheet, enter_card, host_of
from tests.tui.test_wall import hosted

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from sessions.document import Record
    from tests.plugin_sessions import FakeClock
    from tests.tui.conftest import Open, Stage

ROSTER = "Zaharah Oyelaran"
PLANTED = "Zaharah met Tanisha Greene; write tanisha.g@example.org. Talked to Quill about it."
LATE = "bramble"
"""A word like any other, until somebody notices that a person is called so."""
CANARIES = ("Zaharah", "Oyelaran", "Tanisha", "Greene", "tanisha.g", "Quill")
"""Of the roster, found without it, an address, and in doubt."""
PAPERS = [one for one in FORMATS.values() if one.name != "pdf"]
"""What is drawn from one and the same Summary; a PDF's letters are not its bytes."""


def holding(folder: Path, *words: str) -> list[str]:
    """Return the files below a folder that hold a word in any form, in archives as well."""
    wanted = [form for word in words for form in forms(word) if len(form) > 4]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [
        path.name
        for path in files
        if any(form in path.name.encode() + b"\0" + unpacked(path) for form in wanted)
    ]


def unpacked(path: Path) -> bytes:
    """Return the bytes of a file, and of what lies in it where it is an archive."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(BytesIO(data)):
        return data
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return data + b"\0".join(archive.read(name) for name in archive.namelist())


async def is_nowhere(stage: Stage, *words: str) -> bool:
    """Wait until all is on the disk, and say whether no file holds one of the words."""
    await stage.until_kept()
    return holding(stage.data.parent, *words) == []


async def pasted(stage: Stage, key: str, text: str) -> None:
    """Open a line with a key, paste a text into it and keep it."""
    await stage.press(key)
    await stage.paste(text)
    await stage.press("enter")


async def write_answers(stage: Stage) -> None:
    """Let six phones and one card say the same, and open the box."""
    host = host_of(stage)
    for number in range(6):
        host.sheets.seats.is_here(f"{number:032x}")
    await stage.go_to_step(STEP)
    await stage.press("l")
    (ask,) = (one for one in host.sheets.asks if one.kind == "words")
    for _ in range(6):
        fields = {"text": PLANTED, "level": "quote"}
        await host._reception.receive(ask.id, host._reception.token(ask.id), fields)
    await stage.press("C", "1", "enter", "y")
    assert isinstance(stage.app.screen, CardsDialog), stage.text
    await enter_card(stage, PLANTED, level="3")
    await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
    assert await is_nowhere(stage, *CANARIES)
    await close_sheet(stage)


async def test_no_name_is_in_any_file(
    desk: Desk, fake_clock: FakeClock, staged: Open, capfd: pytest.CaptureFixture[str]
) -> None:
    """Notes, lines, phones, cards, undo, a defect while typing, recovery, close and exports."""
    # promise 1, promise 4
    async with hosted(desk, fake_clock) as stage:
        await stage.press("P")
        await stage.enter("N", ROSTER)
        await stage.press("n")
        for key, before in (("t", ""), ("p", ""), ("g", ""), ("G", ""), ("o", ""), ("w", "1 ")):
            await pasted(stage, key, before + PLANTED)
            assert await is_nowhere(stage, *CANARIES), key
            await stage.press("u")
            await pasted(stage, key, before + PLANTED)
        await stage.enter("t", f"We cut the {LATE}")
        await write_answers(stage)
        assert await is_nowhere(stage, *CANARIES)
        answers = [item for one in stage.session.facts(Answers) for item in one.items if item.text]
        assert {(item.text or "").count("[") for item in answers} == {4}
        assert len(answers) == 7
        await stage.press("t")
        await stage.type(LATE)
        await stage.press("shift+tab")
        assert await is_nowhere(stage, *CANARIES, LATE)
        await stage.paste(f" {PLANTED}")
        stage.app.host = None  # the door of a program that has gone is nobody's to close
        stage.app.panic(RuntimeError(PLANTED))
        root = stage.data.parent
        folder = next((stage.data / "sessions").iterdir()).name
    assert holding(root, *CANARIES, LATE) == []
    async with staged() as stage:
        await stage.mark(f"session:{folder}")
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        await pasted(stage, "t", PLANTED.partition("; ")[2])
        assert await is_nowhere(stage, *CANARIES, LATE)
        await stage.review()
        await stage.press("P", "down", "delete", "u", "n")
        await stage.until(lambda: isinstance(stage.app.screen, CloseScreen))
        await stage.press("c", "y")
        await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
        (path,) = stage.data.rglob("session.json")
        export_session(path, Order(PAPERS, stage.data.parent / "out"))
        assert len(list((stage.data.parent / "out").iterdir())) == len(PAPERS)
        assert holding(stage.data.parent, *CANARIES, LATE) == []
    printed = capfd.readouterr()
    assert not any(word in printed.out + printed.err for word in (*CANARIES, LATE))


def without_hiding(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    """Let the seam hide nothing."""

    def as_written(_desk: NameDesk, text: str) -> Hidden:
        return Hidden(text, (), (), {}, Aliases(), text)

    patch.setattr(NameDesk, "as_kept", as_written)


def with_a_log(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Write down what is typed, as a log would; Enter is not needed for that."""
    look = EntryLine._look

    def logged(line: EntryLine, typed: str) -> None:
        look(line, typed)
        with (folder / "typed.log").open("a", encoding="utf-16") as log:
            log.write(typed)

    patch.setattr(EntryLine, "_look", logged)


def with_an_old_version(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    """Leave the version before where it is, whatever was to be forgotten."""
    write: Callable[..., Any] = SessionFolder.write

    def kept(folder: SessionFolder, record: Record, *, forget_previous: bool = False) -> None:
        del forget_previous
        write(folder, record)

    patch.setattr(SessionFolder, "write", kept)


@pytest.mark.parametrize("leak", [without_hiding, with_a_log, with_an_old_version])
async def test_the_look_finds_a_leak(
    live: Open, tmp_path: Path, leak: Callable[[pytest.MonkeyPatch, Path], None]
) -> None:
    """In a build that hides nothing, logs what is typed, or forgets no version, it is found."""
    # promise 1
    with pytest.MonkeyPatch.context() as patch:
        leak(patch, tmp_path)
        async with live(roster=ROSTER) as stage:
            await stage.press("n")
            await pasted(stage, "t", PLANTED)
            await stage.enter("t", f"We cut the {LATE}")
            await stage.until_kept()
            stage.session.decide_word(LATE, keep=False)
            assert len(stage.session.facts(Note)) == 2
            assert not await is_nowhere(stage, *CANARIES, LATE)
