"""`dialogue rehearse` on the command line: what it prints, how it ends, what it shows."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from dialogue.cli import main
from dialogue.desk import Desk
from dialogue.rehearse.rehearsal import AskRehearsed, Rehearsed, Wanted, morning
from dialogue.rehearse.virtual import SpedTime, Time, VirtualTime
from dialogue.rehearse.watching import RehearsalApp
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.summary import SummaryScreen
from sessions.boottime import system_clock
from sessions.document import ClosedRecord
from sessions.store import Store, read_record

LUNCH = "lunch-and-learn"
CHECK_IN = "check-in"
"""The shortest plan that is shipped."""


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


Call = Callable[..., Said]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Iterator[Call]:
    """Return a way to run the program in this process."""
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    yield run
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def test_the_hour_is_rehearsed_at_once(call: Call, fence: Path) -> None:
    """On a fresh machine it ends in one line of JSON and a closed session."""
    said = call("rehearse", LUNCH, "--heads", 24, "--seed", 7, "--no-screen", "--json")
    assert (said.code, said.err) == (0, "")
    table = json.loads(said.out.splitlines()[-1])
    assert set(table) == {"id", "path", "sent", "acknowledged"}
    assert 100 < table["acknowledged"] <= table["sent"] <= 24 * 7
    path = Path(table["path"])
    assert path.is_relative_to(fence)
    record = read_record(path)
    assert isinstance(record, ClosedRecord)
    assert record.rehearsal
    shown = call("show", table["id"])
    assert "This was a rehearsal." in shown.out
    assert json.loads(call("sessions", "--json").out) == []


NAMES = ("Jordan", "Ellis", "Tanisha", "Greene", "Quill", "tg@example.org", "860-555-0142")
"""On the rehearsal's roster, found without one, in doubt, and what is no name but tells who."""
NAMED = (
    "Jordan Ellis asked me first. Tanisha Greene said no; write tg@example.org or 860-555-0142. "
    "Talked to Quill about it."
)


@pytest.mark.parametrize("keeps", [False, True])
def test_a_rehearsal_whose_texts_hold_names_keeps_none(
    call: Call, fence: Path, tmp_path: Path, *, keeps: bool
) -> None:
    """Sure, in doubt, or on the roster: none is in any file, unless `--keep-names` says so."""
    texts = tmp_path / "texts.txt"
    texts.write_text(NAMED + "\n", "utf-8")
    options = ("--keep-names",) if keeps else ()
    said = call("rehearse", CHECK_IN, "--heads", 8, "--no-screen", "--texts", texts, *options)
    assert said.code == 0
    found = {name for name in NAMES if any(name in one for one in everything_in(fence))}
    assert found == (set(NAMES) if keeps else set())


def everything_in(folder: Path) -> list[str]:
    """Return what every file below a folder holds, as text."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.read_bytes().decode("utf-8", "replace") for path in files]


def test_it_says_in_sentences_what_became_of_it(call: Call) -> None:
    """Without --json it says how many were sent, how many came in time, and where the record is."""
    said = call("rehearse", LUNCH, "--heads", 6, "--no-screen")
    assert said.code == 0
    assert "were acknowledged" in said.out
    assert "`dialogue show " in said.out


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["no-such-plan", "--no-screen"], 2, "no-such-plan"),
        ([LUNCH, "--no-screen", "--heads", "0"], 2, "At least one person"),
        ([LUNCH, "--no-screen", "--heads", "1001"], 2, "1000"),
        ([LUNCH, "--no-screen", "--seed", "-1"], 2, "--seed"),
        ([LUNCH, "--no-screen", "--texts", "nowhere.txt"], 2, "nowhere.txt"),
        ([LUNCH, "--speed", "0"], 2, "--speed"),
        ([LUNCH], 2, "--no-screen"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    call: Call, arguments: list[str], code: int, sentence: str
) -> None:
    """A wrong plan, number or file, or no terminal to watch in, is said in a sentence."""
    said = call("rehearse", *arguments)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err


def test_a_file_that_is_no_texts_is_refused(call: Call, tmp_path: Path) -> None:
    """A file whose lines are no texts ends with 1, before anything was made."""
    file = tmp_path / "texts.jsonl"
    file.write_text('{"words": 1}\n', encoding="utf-8")
    said = call("rehearse", LUNCH, "--no-screen", "--texts", file)
    assert (said.code, said.out) == (1, "")
    assert "line 1" in said.err


def test_a_disk_that_refuses_ends_with_its_own_code(call: Call, tmp_path: Path) -> None:
    """Where the data folder cannot be made, it ends with 3 and a way out."""
    file = tmp_path / "taken"
    file.write_text("something else", encoding="utf-8")
    said = call("--data-dir", file, "rehearse", LUNCH, "--no-screen")
    assert (said.code, said.out) == (3, "")
    assert said.err


def test_an_answer_that_got_lost_ends_with_1(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the record is not what the phones were told, the code says so as well."""
    from collections import Counter  # noqa: PLC0415

    ask = AskRehearsed("heard", opened=True, acknowledged=Counter("aaaaaa"), kept=Counter("aaaaa"))

    async def lose(wanted: Wanted) -> Rehearsed:
        return Rehearsed("an-id", wanted.places.data / "session.json", 6, 6, (ask,))

    monkeypatch.setattr("dialogue.rehearse.rehearsal.rehearse", lose)
    said = call("rehearse", LUNCH, "--no-screen")
    assert said.code == 1
    assert "Kept is not what was acknowledged: heard." in said.out


def app_of(wanted: Wanted, clock: Time) -> RehearsalApp:
    """Return the program with a rehearsal in it."""
    places = wanted.places
    desk = Desk(wanted.library, Store(places.data), clock.clock, wanted.config, places)
    return RehearsalApp(desk, wanted, clock)


async def test_it_can_be_watched_to_the_summary(wanted: Wanted) -> None:
    """The screen follows a session that runs by itself, and ends on the summary of the record."""
    app = app_of(replace(wanted, heads=12), VirtualTime(morning()))
    async with app.run_test(size=(80, 24)) as pilot:
        async with asyncio.timeout(30):
            while app.rehearsed is None:
                await pilot.pause(0.02)
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
    assert app.crash is None
    assert isinstance(read_record(app.rehearsed.path), ClosedRecord)
    assert app.rehearsed.acknowledged > 12


async def test_it_can_be_left_at_any_moment(wanted: Wanted) -> None:
    """Whoever leaves in the middle ends the players too; the session stays open and whole."""
    app = app_of(wanted, SpedTime(system_clock(), 1, morning()))
    async with app.run_test(size=(80, 24)) as pilot:
        while not isinstance(app.screen, LiveScreen):
            await pilot.pause(0.02)
        session = app.session
        assert session is not None
        await pilot.press("ctrl+q")
    assert app.rehearsed is None
    assert app.crash is None
    assert session.folder.read().state == "open"
