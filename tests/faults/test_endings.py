"""However the program ends, the session is on the disk and the terminal is as it was before.

The real program runs in a real terminal. It ends by a signal, by losing the terminal, by an error
that nobody foresaw, or goes on although the disk is full.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.faults.terminal import (
    ENTERS_THE_SCREEN,
    LEAVES_THE_SCREEN,
    MOUSE_OFF,
    PASTE_OFF,
    SHOWS_THE_CURSOR,
    Watched,
    start,
)

LAST_SECONDS = 5.0
"""How long an ending may take, with room for a busy machine."""
LONG = pytest.mark.slow
CANARY = "kanarienvogel"
NOTE = "Who is heard in this room"


def run_to_a_note(terminal: Watched) -> None:
    """Begin, keep a note, and see on the screen that it is kept."""
    terminal.begin()
    terminal.press(f"t{NOTE}\r", "Noted.")
    terminal.until(lambda: terminal.says_kept)
    assert [note["text"] for note in terminal.record["notes"]] == [NOTE]


def assert_left_sane(terminal: Watched) -> None:
    """The modes are as before, the screen is given back, and nothing was written outside it."""
    assert terminal.is_restored()
    written = bytes(terminal.everything)
    for sequence in (LEAVES_THE_SCREEN, SHOWS_THE_CURSOR, PASTE_OFF, *MOUSE_OFF):
        assert written.rindex(sequence) > written.rindex(ENTERS_THE_SCREEN)
    outside = written.partition(ENTERS_THE_SCREEN)[0] + written.rpartition(LEAVES_THE_SCREEN)[2]
    assert NOTE.encode() not in outside
    assert b"Traceback" not in written


def assert_resumable(home: Path) -> None:
    """A second start offers the session first, and goes on with the note in it."""
    with Watched(home) as terminal:
        terminal.until_shown("Interrupted", "A test")
        terminal.press("\r", "Going on.")
        terminal.press("P", "Only you see this screen")
        terminal.press("r", "Review", NOTE)


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)],
    ids=["term", "hup", "int"],
)
def test_a_signal_saves_and_restores(tmp_path: Path, number: signal.Signals, code: int) -> None:
    """SIGTERM, SIGHUP and SIGINT end the program soon, with their code and nothing lost."""
    with start(tmp_path) as terminal:
        run_to_a_note(terminal)
        terminal.press("tand one more", "and one more")
        terminal.send(b"\r")
        terminal.until(lambda: "and one more" not in terminal.text)
        os.kill(terminal.process.pid, number)
        assert terminal.finish(LAST_SECONDS) == code
        assert_left_sane(terminal)
        assert {note["text"] for note in terminal.record["notes"]} == {NOTE, "and one more"}
        assert not list(terminal.data.glob("sessions/*/lock"))
    assert_resumable(tmp_path)


@pytest.mark.parametrize("owned", [True, False], ids=["with-hangup", "without-a-signal"])
def test_a_lost_terminal_saves_and_ends(tmp_path: Path, owned: bool) -> None:
    """When the window is closed the program is gone within seconds, and the note is there."""
    plan = ("run", "lunch-and-learn", "--heads", "24", "--title", "A test")
    with start(tmp_path) if owned else Watched(tmp_path, *plan) as terminal:
        run_to_a_note(terminal)
        terminal.hang_up()
        assert terminal.process.wait(LAST_SECONDS) == 129
        assert [note["text"] for note in terminal.record["notes"]] == [NOTE]
    assert_resumable(tmp_path)


FAULTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "a key": ("sessions.live:LiveSession.undo", ("u",)),
    "a kept note": ("sessions.live:LiveSession.keep_note", ("t", "words", "\r")),
    "the preview": ("sessions.name_desk:hide", ("t", "w")),
    "drawing": ("dialogue.tui.widgets.step_card:StepCard.show", ("n",)),
    "a tick": ("dialogue.tui.screens.live:LiveScreen.redraw", ()),
    "a new screen": ("dialogue.tui.screens.review:ReviewScreen.refill", ("r",)),
    "a dialog": ("dialogue.tui.dialogs.help:HelpDialog.compose", ("?",)),
}
"""Where an error is planted, and the keys that lead there."""

OFTEN = ("a kept note", "drawing", "a tick")
"""Those that run every time; the others are of the same kind and run in the long form."""

PLANT = """
import importlib, pathlib, threading, time

def fails(*arguments, **named):
    words = "{canary} in a variable"
    raise RuntimeError("{canary} in a message")

def wait_and_plant():
    while not pathlib.Path({switch!r}).exists():
        time.sleep(0.01)
    module, _, path = {place!r}.partition(":")
    owner, _, name = path.rpartition(".")
    home = importlib.import_module(module)
    setattr(getattr(home, owner) if owner else home, name, fails)

threading.Thread(target=wait_and_plant, daemon=True).start()
"""
"""Makes a function fail once a file is there, with words in its message and its variables."""


@pytest.mark.parametrize(
    "fault",
    [one if one in OFTEN else pytest.param(one, marks=LONG) for one in FAULTS],
)
def test_an_error_nobody_foresaw_says_one_sentence_and_no_word(tmp_path: Path, fault: str) -> None:
    """The session is saved, and neither message nor variable of the error is seen or written."""
    # promise 4
    place, keys = FAULTS[fault]
    switch = tmp_path / "switch"
    plant = PLANT.format(place=place, switch=str(switch), canary=CANARY)
    with start(tmp_path, before=plant) as terminal:
        run_to_a_note(terminal)
        switch.touch()
        terminal.settle(0.2)
        for key in keys:
            terminal.send(key.encode())
            terminal.settle(0.05)
        assert terminal.finish(LAST_SECONDS + 5) == 1
        assert_left_sane(terminal)
        end = bytes(terminal.everything).rpartition(LEAVES_THE_SCREEN)[2].decode()
        assert "Something went wrong inside the program (RuntimeError)." in end
        assert f"The record: {tmp_path}" in end
        assert CANARY.encode() not in terminal.everything
        assert [note["text"] for note in terminal.record["notes"]] == [NOTE]
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes()


def test_a_fault_in_the_saving_is_told_and_no_word_is_shown(tmp_path: Path) -> None:
    """The screen says that saving has ended and what to do; the error's words are seen nowhere."""
    # promise 4
    switch = tmp_path / "switch"
    plant = PLANT.format(place="sessions.document:to_json", switch=str(switch), canary=CANARY)
    with start(tmp_path, before=plant) as terminal:
        run_to_a_note(terminal)
        switch.touch()
        terminal.settle(0.2)
        terminal.send(b"tWords that cannot be saved\r")
        terminal.until_shown("NOT KEPT YET", "A fault in the program (RuntimeError)")
        terminal.press("n", "Agreements · all together")
        assert CANARY.encode() not in terminal.everything
        assert [note["text"] for note in terminal.record["notes"]] == [NOTE]


FULL_DISK = """
import errno, pathlib
from sessions import disk
write = disk._write_all
def full(descriptor, data):
    if pathlib.Path({switch!r}).exists():
        raise OSError(errno.ENOSPC, "No space left on device")
    write(descriptor, data)
disk._write_all = full
"""


def test_a_full_disk_is_told_and_the_session_goes_on(tmp_path: Path) -> None:
    """The screen says NOT KEPT YET and why, keys still work, and all is kept once there is room."""
    # promise 20
    switch = tmp_path / "full"
    with start(tmp_path, before=FULL_DISK.format(switch=str(switch))) as terminal:
        run_to_a_note(terminal)
        switch.touch()
        terminal.send(b"tWords on a full disk\r")
        terminal.until_shown("NOT KEPT YET", "there is no space left; free some space")
        terminal.press("n", "Agreements · all together")
        terminal.press(" ", "PAUSED")
        assert [note["text"] for note in terminal.record["notes"]] == [NOTE]
        switch.unlink()
        terminal.until(lambda: terminal.says_kept)
        assert len(terminal.record["notes"]) == 2
        assert terminal.record["timeline"][-1]["type"] == "paused"


def test_leaving_on_a_full_disk_says_what_is_not_kept(tmp_path: Path) -> None:
    """Who leaves then is asked with another key, and told what is lost, and by which exit code."""
    switch = tmp_path / "full"
    with start(tmp_path, before=FULL_DISK.format(switch=str(switch))) as terminal:
        run_to_a_note(terminal)
        switch.touch()
        terminal.send(b"tWords on a full disk\r")
        terminal.until_shown("NOT KEPT YET")
        terminal.press("\x11", "The last changes are not kept.", "free some space on", "y leave")
        terminal.press("y", "Interrupted")
        terminal.send(b"q")
        assert terminal.finish(LAST_SECONDS) == 3
        end = bytes(terminal.everything).rpartition(LEAVES_THE_SCREEN)[2].decode()
        assert "The last changes are not kept." in end
    assert_resumable(tmp_path)


def test_a_second_program_is_refused_and_told_who_holds_the_session(tmp_path: Path) -> None:
    """Home of a second program shows the session, and opening it names the first program."""
    # promise 36
    with start(tmp_path) as first:
        run_to_a_note(first)
        with Watched(tmp_path) as second:
            second.until_shown("Interrupted", "A test")
            second.press("\r", f"Another dialogue program (process {first.process.pid}, since")
            second.send(b"q")
            assert second.finish() == 0
        first.press("n", "Agreements · all together")
        assert first.record["state"] == "open"


def test_leaving_with_a_key_leaves_nothing_behind(tmp_path: Path) -> None:
    """ctrl+q leads Home and q ends with 0; the terminal has no word of the session."""
    # promise 39
    with start(tmp_path) as terminal:
        run_to_a_note(terminal)
        terminal.press("\x11", "Interrupted")
        terminal.send(b"q")
        assert terminal.finish(LAST_SECONDS) == 0
        assert_left_sane(terminal)
        assert bytes(terminal.everything).rpartition(LEAVES_THE_SCREEN)[2].count(b"\n") == 0


def test_no_core_is_dumped(tmp_path: Path) -> None:
    """The memory of a program that is aborted is not written to the disk."""
    # promise 39
    allowed = "import resource as r\nmost = r.getrlimit(r.RLIMIT_CORE)[1]\n"
    with start(tmp_path, before=f"{allowed}r.setrlimit(r.RLIMIT_CORE, (most, most))\n") as terminal:
        terminal.begin()
        limits = Path(f"/proc/{terminal.process.pid}/limits").read_text("ascii")
        (line,) = (line for line in limits.splitlines() if line.startswith("Max core file size"))
        assert line.split()[4] == "0"


@pytest.mark.parametrize(
    "broken",
    [b'{"format": "dialogue-session"'] + [pytest.param(one, marks=LONG) for one in (b"", b"\0")],
)
def test_a_damaged_record_offers_the_version_before(tmp_path: Path, broken: bytes) -> None:
    """Home says that it is damaged; y opens the version before, the damaged file stays beside."""
    with start(tmp_path) as terminal:
        run_to_a_note(terminal)
        terminal.press("n", "Agreements · all together")
        terminal.until(lambda: terminal.says_kept)
        (path,) = terminal.data.glob("sessions/*/session.json")
        terminal.process.kill()
        terminal.process.wait()
    path.write_bytes(broken)
    with Watched(tmp_path) as terminal:
        terminal.until_shown("this record cannot be read")
        terminal.press("\x1b[F\x1b[A\r", "open the version before")  # the tour stands last
        terminal.press("y", "Going on.")
        terminal.press("P", "Welcome · you speak")
        assert (path.parent / "session.damaged.json").read_bytes() == broken


def test_settings_that_cannot_be_used_are_told_before_a_screen_is_drawn(tmp_path: Path) -> None:
    """A key for no command ends with code 2 and one sentence that names file and key."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text('[keys]\nnxt = "n"\n', "utf-8")
    with Watched(tmp_path) as terminal:
        assert terminal.finish() == 2
        assert ENTERS_THE_SCREEN not in terminal.everything
        assert "config.toml, keys.nxt: there is no such command" in terminal.text
