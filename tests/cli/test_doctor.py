"""`dialogue doctor`: each thing that can be wrong is found, with what to do."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dialogue import checkup, page
from dialogue.config import Config
from dialogue.page import Line
from dialogue.signs import Choice
from sessions import places as folders
from sessions.cards import CardFolder, draw
from sessions.errors import StorageError
from sessions.keys import KeyFolder
from sessions.live import LiveSession

if TYPE_CHECKING:
    from tests.cli.conftest import Call

Begin = Callable[..., LiveSession]


@pytest.fixture
def on_this_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the data folder count as an ordinary one, wherever tests are run, without a network."""
    monkeypatch.setattr(folders, "synced_with", lambda *_given: None)
    monkeypatch.setattr(folders, "free_bytes", lambda _path: 10**12)
    monkeypatch.setattr("dialogue.doorway.own_addresses", tuple)


pytestmark = pytest.mark.usefixtures("on_this_disk")


def to_do(call: Call) -> list[str]:
    """Return what the doctor says needs doing; the exit code goes with it."""
    answer = call("doctor")
    found = [line for line in answer.out.splitlines() if line.startswith("to do")]
    assert answer.code == (1 if found else 0)
    assert answer.err == ""
    return found


def test_a_fresh_computer_is_fine(call: Call, data: Path) -> None:
    """Nothing needs doing, and looking has made nothing."""
    assert to_do(call) == []
    assert not data.exists()


def test_broken_settings_are_found(call: Call, config: Path) -> None:
    """The finding holds file, line and key."""
    (config / "config.toml").write_text('theme = "pink"', encoding="utf-8")
    (finding,) = to_do(call)
    assert "config.toml, line 1, theme" in finding


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ('next = "t"', "keys.next: t is note on the live screen already."),
        ('nxt = "n"', "keys.nxt: there is no such command; there is next and others."),
        ('next = "banan"', "keys.next: there is no key “banan”; write one such as"),
    ],
)
def test_keys_that_no_screen_would_take_are_found(
    call: Call, config: Path, keys: str, problem: str
) -> None:
    """What Home refuses to open with needs doing, and the settings are not called fine."""
    (config / "config.toml").write_text(f"[keys]\n{keys}\n", encoding="utf-8")
    found = to_do(call)
    assert found
    assert any(f"Settings: config.toml, {problem}" in finding for finding in found)
    assert all(finding.endswith("Put it right in that file.") for finding in found)
    assert "can be used" not in call("doctor").out.splitlines()[0]


def test_a_finding_ends_one_sentence_before_the_next(call: Call, config: Path) -> None:
    """A question keeps its own sign, and no other stands behind it."""
    (config / "config.toml").write_text('organization = "ours"', encoding="utf-8")
    (finding,) = to_do(call)
    assert finding.endswith("is it misspelt? Put it right in that file.")


def test_settings_that_can_be_used_are_named(call: Call, config: Path) -> None:
    """The file that was read is said, so that nobody edits another one."""
    (config / "config.toml").write_text("heads = 24", encoding="utf-8")
    assert f"{config / 'config.toml'} can be used" in call("doctor").out


def test_a_data_folder_that_takes_no_files_is_found(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence of the disk is passed on."""
    monkeypatch.setattr(folders, "writable", lambda _path: "It is read-only; choose another.")
    (finding,) = to_do(call)
    assert finding == "to do  Data folder: It is read-only; choose another."


@pytest.mark.parametrize("megabytes", [0, 99])
def test_a_full_disk_is_found(call: Call, monkeypatch: pytest.MonkeyPatch, megabytes: int) -> None:
    """Below a hundred megabytes it says how much is left."""
    monkeypatch.setattr(folders, "free_bytes", lambda _path: megabytes * 1024 * 1024)
    (finding,) = to_do(call)
    assert f"only {megabytes} MB are free" in finding


def test_a_disk_that_does_not_answer_is_found(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own sentence is the finding."""

    def silent(_path: Path) -> int:
        raise StorageError("The disk does not say; try again.")

    monkeypatch.setattr(folders, "free_bytes", silent)
    (finding,) = to_do(call)
    assert finding == "to do  Disk space: The disk does not say; try again."


def test_a_synced_folder_is_found(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says who copies, why that matters, and what to do."""  # promise 36
    monkeypatch.setattr(folders, "synced_with", lambda *_given: "Dropbox")
    (finding,) = to_do(call)
    assert "Dropbox copies the data folder elsewhere" in finding
    assert "--data-dir" in finding


def test_an_open_session_is_no_fault(call: Call, begin: Begin) -> None:
    """It is said, with how to go on, and nothing needs doing."""
    begin().leave()
    assert to_do(call) == []
    assert "Sessions: 1, 1 still open; `dialogue` offers to go on." in call("doctor").out


def test_what_a_crash_left_behind_is_found(call: Call, closed: LiveSession) -> None:
    """Unfinished files, earlier versions and records set aside each have a line."""
    folder = closed.folder.folder
    (folder / ".session.json.0123456789abcdef.part").write_bytes(b"half")
    (folder / "session.previous.json").write_bytes(b"{}")
    (folder / "session.damaged.json").write_bytes(b"{")
    findings = to_do(call)
    assert len(findings) == 3
    assert all(f"Session {closed.folder.name}: " in finding for finding in findings)


def test_a_damaged_record_is_found(call: Call, closed: LiveSession) -> None:
    """It says how to look further."""
    closed.folder.path.write_bytes(b"{")
    (finding,) = to_do(call)
    assert f"`dialogue show {closed.folder.name}`" in finding


@pytest.mark.parametrize("part", [0.5, 0.99])
def test_a_record_cut_off_after_its_head_is_found(
    call: Call, closed: LiveSession, part: float
) -> None:
    """A list reads the head alone and calls it closed; the doctor reads to the end."""
    data = closed.folder.path.read_bytes()
    closed.folder.path.write_bytes(data[: int(len(data) * part)])
    assert call("sessions", "--json").json[0]["state"] == "closed"
    (finding,) = to_do(call)
    assert f"`dialogue show {closed.folder.name}`" in finding


def test_a_record_of_a_newer_program_is_found(call: Call, closed: LiveSession) -> None:
    """It says that the program needs an update."""
    text = closed.folder.path.read_text("utf-8").replace('"version": 1', '"version": 9', 1)
    closed.folder.path.write_text(text, encoding="utf-8")
    (finding,) = to_do(call)
    assert "Update the program" in finding


def test_secrets_of_closed_sessions_are_found(
    call: Call, closed: LiveSession, config: Path
) -> None:
    """Keys and cards that belong to no open session are named, and what deletes them."""
    assert "ok     Keys: none." in call("doctor").out
    KeyFolder(config).create(closed.folder.name, ["what-stays"])
    CardFolder(config).bind(closed.folder.name, draw(5)[0])
    found = to_do(call)
    assert len(found) == 2
    assert all("belongs to no open session. Start `dialogue`" in one for one in found)


def test_secrets_that_are_needed_are_listed(call: Call, begin: Begin, config: Path) -> None:
    """What belongs to an open session, and the cards that wait, need nothing done."""
    name = begin().folder.name
    KeyFolder(config).create(name, ["what-stays"])
    cards, batch = CardFolder(config), draw(6)[0]
    cards.keep(batch)
    cards.bind(name, batch)
    said = call("doctor").out
    wanted = f"keys of the sheet of {name}, seat cards of {name}, 6 printed seat cards that wait."
    assert wanted in " ".join(said.split())
    assert to_do(call) == []


def test_content_that_cannot_be_used_is_found(call: Call, config: Path) -> None:
    """Each file that is left out, and each folder that is not there, has a line."""
    (config / "config.toml").write_text('content_folders = ["gone"]', encoding="utf-8")
    plans = config / "content" / "plans"
    plans.mkdir(parents=True)
    (plans / "a.toml").write_text("id = 1", encoding="utf-8")
    gone, broken = to_do(call)
    assert "is not there. Make it, or take it out of content_folders." in gone
    assert "a.toml, line 1, id" in broken
    assert "left out" in broken


def test_a_broken_protocol_is_found(call: Call, config: Path) -> None:
    """The one file without which there is no content is named."""
    (config / "content").mkdir()
    (config / "content" / "protocol.toml").write_text("revision = 0", encoding="utf-8")
    (finding,) = to_do(call)
    assert "Content: protocol.toml" in finding


class ATerminal:
    """Stands for stdout where it leads to a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Say that it does."""
        return True


@pytest.mark.parametrize(
    ("size", "term", "fine"),
    [
        ((80, 24), "xterm-256color", [True, True]),
        ((79, 24), "xterm-256color", [False, True]),
        ((80, 23), "xterm-256color", [False, True]),
        ((140, 40), "dumb", [True, False]),
    ],
)
def test_the_terminal_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], term: str, fine: list[bool]
) -> None:
    """It must be 80 by 24 at least and be able to place text."""
    monkeypatch.setattr(sys, "stdout", ATerminal())
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size(size))
    monkeypatch.setenv("TERM", term)
    found = list(checkup.terminal())
    assert [one.fine for one in found[:2]] == fine
    assert all("Make" in one.text or "Use" in one.text for one in found if not one.fine)


@pytest.mark.parametrize(
    ("encoding", "term", "signs", "fine", "says"),
    [
        ("utf-8", "xterm-256color", "auto", True, 'write signs = "ascii"'),
        ("utf-8", "linux", "auto", True, 'write signs = "all"'),
        ("utf-8", "xterm-256color", "ascii", True, "since the settings ask for them"),
        ("iso8859-1", "xterm-256color", "all", False, "Set LANG to one that ends in .UTF-8"),
    ],
)
def test_what_a_terminal_has_no_signs_for_is_said(
    monkeypatch: pytest.MonkeyPatch,
    encoding: str,
    term: str,
    signs: Choice,
    says: str,
    *,
    fine: bool,
) -> None:
    """Doctor says how frames and marks are drawn, why, and what to do about it."""
    stdout = ATerminal()
    stdout.encoding = encoding
    monkeypatch.setattr(sys, "stdout", stdout)
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((80, 24)))
    monkeypatch.setenv("TERM", term)
    (found,) = (one for one in checkup.terminal(Config(signs=signs)) if "Signs" in one.text)
    assert found.fine is fine
    assert says in found.text


def test_a_long_line_goes_on_below_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a terminal no word is broken, and the sign before a line stands alone."""
    monkeypatch.setenv("COLUMNS", "40")
    text = "Disk space: only 3 MB are free. Free some space on that disk."
    first, *rest = page._drawn([Line(text, sign="to do")]).split("\n")
    assert first.startswith("to do  Disk")
    assert rest
    assert all(line.startswith(" " * 7) for line in rest)
    assert " ".join(line[7:].strip() for line in (first, *rest)) == text
    assert page._plain([Line(text, sign="ok")]) == f"ok     {text}"
