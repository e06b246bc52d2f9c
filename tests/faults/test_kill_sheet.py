"""The program is killed with a sheet open, or while it opens one: nothing is lost, nothing doubled.

Touches: processes, pseudo-terminals, loopback, disk below `tmp_path`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from agreements.model import Protocol
from sessions import sheet_desk
from sessions.ballots import BOX_NAME, Box
from sessions.decide_sheet import GRACE_SECONDS
from sessions.facts import Answers
from sessions.keys import KEYS_NAME, KeyFolder
from sessions.payloads import Words, decode
from tests.attack.sheets import WORDS, Sheet, plan_with
from tests.faults.child_opening import AFTER_SECONDS, take_up
from tests.faults.pages import (
    ON_LOOPBACK,
    SHORT_GRACE,
    WIDE,
    Page,
    open_sheet,
    pages_of,
    to_the_sheet,
)
from tests.faults.terminal import Watched, start
from tests.plugin_sessions import FakeClock

CHILD = Path(__file__).with_name("child_opening.py")
ROOT = Path(__file__).parents[2]
CELLS = 16
TEXTS = [f"painted kettle of number {number}" for number in range(7)]


def sealed_words(home: Path) -> list[str]:
    """Return the words that are in the box of the one session, sealed; for one who has its keys."""
    (path,) = home.glob(f"data/sessions/*/{BOX_NAME}")
    keys = KeyFolder(home / "config").load(path.parent.name)
    box = Box.reopen(path, keys.values())
    found = [one.answer for key in keys.values() for one in box.open_all(key).values()]
    box.close()
    payloads = (decode("words", one) for one in found)
    return sorted(one.text for one in payloads if isinstance(one, Words))


def opened_words(facts: tuple[Answers, ...]) -> Counter[str]:
    """Return the words in a record, and how often each is there."""
    return Counter(item.text or "" for one in facts for item in one.items if item.text is not None)


def written(terminal: Watched) -> Page:
    """Open a sheet, let people write to it, and return the page of the first of them."""
    to_the_sheet(terminal)
    with pages_of(terminal, len(TEXTS)) as pages:
        open_sheet(terminal, pages)
        assert {page.write(text) for page, text in zip(pages, TEXTS, strict=True)} == {"received"}
        return pages[0]


@pytest.mark.slow
def test_killed_with_a_sheet_open_the_program_goes_on_with_every_envelope(tmp_path: Path) -> None:
    """What was acknowledged is there, unopened, once; the pages write on; the close opens all."""
    # promise 6, promise 9
    with start(tmp_path, before=ON_LOOPBACK, size=WIDE) as terminal:
        first = written(terminal)
        terminal.process.kill()
        terminal.process.wait()
    assert sealed_words(tmp_path) == TEXTS
    with Watched(tmp_path, before=ON_LOOPBACK + SHORT_GRACE, size=WIDE) as terminal:
        terminal.until_shown("Interrupted", "A test")
        terminal.press("\r", "Going on.")
        terminal.press("P", "sheet open")
        assert terminal.record["answers"] == []
        with pages_of(terminal, 1) as (again,):
            again.beat()
            # The page that slept through it sends the same once more, with the token it had.
            again.tokens = first.tokens
            assert again.write(TEXTS[0]) == "received"
        assert sealed_words(tmp_path) == TEXTS
        terminal.press("z", "y reviews the answers")
        terminal.until(lambda: terminal.says_kept)
        items = [item for one in terminal.record["answers"] for item in one["items"]]
        assert Counter(item["text"] for item in items) == Counter(TEXTS)


@pytest.fixture
def killed(tmp_path: Path, protocol: Protocol, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home of a session that was killed with a sheet open, and a small box."""
    # A thousand cells to be overwritten would be a thousand times the same act.
    monkeypatch.setattr(sheet_desk, "cells_for", lambda _heads, _asks: CELLS)
    sheet = Sheet.begin(tmp_path, plan_with((WORDS,)), protocol, heads=8)
    sheet.open()
    for text in TEXTS:
        sheet.write("what-stays", Words(text=text, level="quote"))
    assert sheet.session._saver.flush()
    sheet.leave()
    return tmp_path


def die_at(home: Path, first: int, last: int) -> list[tuple[int, int]]:
    """Let a program open the sheet and die at each of some acts; return acts and exit codes."""
    done = subprocess.run(
        [
            sys.executable,
            str(CHILD),
            str(home / "data"),
            str(home / "config"),
            str(first),
            str(last),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    lines = (line.split() for line in done.stdout.splitlines())
    return [(int(act), int(code)) for act, code in lines]


def after_death(home: Path, act: int) -> Counter[str]:
    """Take the session up after its death, open what is still sealed, and return what is kept."""
    clock = FakeClock()
    clock.tick(2 * AFTER_SECONDS)
    session, desk = take_up(home / f"data-{act}", home / f"config-{act}", clock.clock)
    try:
        if desk.phase is not None:
            assert session.facts(Answers) == ()
            clock.tick(GRACE_SECONDS + 1)
            assert desk.finish() is not None
        assert session._saver.flush()
        kept = session.folder.read().answers
        assert list((home / f"config-{act}" / KEYS_NAME).iterdir()) == []
        assert not (session.folder.folder / BOX_NAME).exists()
        return opened_words(kept)
    finally:
        desk.leave()
        session.leave()


@pytest.mark.parametrize("last", [12, pytest.param(1000, marks=pytest.mark.slow)])
def test_killed_at_any_act_of_an_opening_every_answer_is_there_once(
    killed: Path, last: int
) -> None:
    """Wherever it dies, the next start has each answer once, and neither key nor box is left."""
    # promise 6, promise 21
    died = die_at(killed, 0, last)
    assert [act for act, _code in died] == [*range(len(died))]
    assert {code for _act, code in died[:-1]} == {-9}
    assert len(died) == last + 1 or (died[-1][1] == 0 and len(died) > 2 * CELLS)
    for act, _code in died:
        assert after_death(killed, act) == Counter(TEXTS), act
