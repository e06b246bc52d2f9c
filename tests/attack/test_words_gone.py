"""What was withdrawn is gone from every file, and the words for it only delete and die.

Touches: disk, below `tmp_path`; loopback.
"""

from __future__ import annotations

import asyncio
import gc
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dialogue import reception
from dialogue.paths import Places
from dialogue.web.wire import Beat, Envelope
from sessions.ballots import BOX_NAME, Box
from sessions.keys import KeyFolder
from sessions.payloads import Scale, Words
from sessions.voices import SheetShutError
from sessions.withdrawals import Withdrawals
from tests.attack.doors import SEAT, RealHouse, door_of
from tests.attack.sheets import SCALE, WORDS, Begin, Sheet, files_with

CANARY = "painted kettle taken back"
OTHERS = [f"painted kettle number {number}" for number in range(6)]
WRONG = "acorn acorn acorn acorn"


def opened_with_every_key(sheet: Sheet) -> list[bytes]:
    """Return all that is in the box for one who has all keys on the disk."""
    keys = KeyFolder(sheet.places.config).load(sheet.session.folder.name)
    path = sheet.session.folder.folder / BOX_NAME
    if not path.exists():
        return []
    box = Box.reopen(path, keys.values())
    found = [one.answer for key in keys.values() for one in box.open_all(key).values()]
    box.close()
    return found


def words_for(sheet: Sheet, token: str) -> str:
    """Return the words to take an answer back with."""
    assert sheet.sheets.voices is not None
    return " ".join(sheet.sheets.voices.words_to_withdraw("what-stays", token))


def withdraw(sheet: Sheet, words: str) -> None:
    """Take an answer back, and wait until that is on the disk."""
    assert sheet.sheets.voices is not None
    sheet.sheets.voices.withdraw(words).result()


def test_what_was_withdrawn_is_in_no_file_and_under_no_key(begin: Begin) -> None:
    """From the withdrawal to the closed record: no file, no cell and no answer has the words."""
    # promise 15
    sheet = begin((WORDS, SCALE))
    root = sheet.places.data.parent
    sheet.open()
    token = sheet.write("what-stays", Words(text=CANARY, level="quote"))
    for number, text in enumerate(OTHERS):
        sheet.write("what-stays", Words(text=text, level="quote"))
        sheet.write("useful", Scale(value=number % 5 + 1))
    assert any(CANARY.encode() in one for one in opened_with_every_key(sheet))
    withdraw(sheet, words_for(sheet, token))
    sheet.session.keep_note("The version before is one from after it.")
    for act in (lambda: None, sheet.close, sheet.end):
        act()
        assert files_with([CANARY], root) == []
        assert not any(CANARY.encode() in one for one in opened_with_every_key(sheet))
    record = sheet.session.folder.path.read_text("utf-8")
    assert all(text in record for text in OTHERS)


def test_an_answer_that_stays_is_found_by_the_same_look(begin: Begin) -> None:
    """Without the withdrawal the same look finds the words in the box and in the record."""
    # promise 15
    sheet = begin((WORDS,))
    sheet.open()
    for text in (CANARY, *OTHERS):
        sheet.write("what-stays", Words(text=text, level="quote"))
    withdraw(sheet, WRONG)
    assert any(CANARY.encode() in one for one in opened_with_every_key(sheet))
    sheet.close()
    assert files_with([CANARY], sheet.places.data) == ["session.json"]


@pytest.fixture
async def house(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[RealHouse]:
    """Return the real door of a session with an open sheet."""
    monkeypatch.setattr(reception, "WITHDRAWAL_SECONDS", 0.0)
    sheet = begin((WORDS, SCALE))
    sheet.open()
    async with door_of(sheet) as house:
        yield house


async def test_right_and_wrong_words_are_answered_alike_to_the_byte(house: RealHouse) -> None:
    """By the form and by the beat, the answer to right words is the answer to wrong ones."""
    # promise 15
    sheet = house.sheet
    tokens = [sheet.write("what-stays", Words(text=text)) for text in (CANARY, *OTHERS)]
    right = [words_for(sheet, token) for token in tokens[:2]]
    forms = [
        (await house.post("/withdraw", seat=SEAT, words=words)).body
        for words in (right[0], WRONG, right[0], "", "x" * 300)
    ]
    beats = [
        (await house.beat(Beat(SEAT, sheet="0" * 16, withdraw=words))).body
        for words in (right[1], WRONG, right[1])
    ]
    await asyncio.sleep(0.05)
    assert len({without_tokens(body) for body in forms}) == 1
    assert len({len(body) for body in forms}) == 1
    assert len({without_tokens(body) for body in beats}) == 1
    assert len({len(body) for body in beats}) == 1
    left = opened_with_every_key(sheet)
    assert not any(CANARY.encode() in one or OTHERS[0].encode() in one for one in left)
    assert any(OTHERS[1].encode() in one for one in left)


def without_tokens(body: bytes) -> bytes:
    """Leave out the tokens, which are drawn anew for every page."""
    return re.sub(rb"[0-9a-f]{64}", b"", body)


async def test_no_route_gives_out_an_answer_for_its_words(house: RealHouse) -> None:
    """Whatever is asked with right words, no answer has in it what was written."""
    # promise 16
    sheet = house.sheet
    token = house.sheet.write("what-stays", Words(text=CANARY))
    words = words_for(sheet, token)
    answer = Envelope("what-stays", token, {"text": "something else"}, withdrawable=True)
    replies = [await house.ask("GET", path) for path in ("/", "/room", "/room/state")]
    replies += [
        await house.post("/", seat=SEAT, do="", words=words, withdraw=words, text=words),
        await house.post("/", seat=SEAT, do="done", ask="what-stays", token=token, text="other"),
        await house.beat(Beat(SEAT, envelopes=(answer,))),
        await house.beat(Beat(SEAT, withdraw=words)),
        await house.post("/withdraw", seat=SEAT, words=words),
    ]
    assert {reply.status for reply in replies} == {200}
    assert not any(CANARY.encode() in reply.body for reply in replies)


def tables() -> list[Withdrawals[object]]:
    """Return every table of words to withdraw with that is in memory."""
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, Withdrawals)]


def test_after_the_close_there_is_no_table_and_no_key(begin: Begin, tmp_path: Path) -> None:
    """Neither memory nor disk leads from the words to anything; nor does a copy of the box."""
    # promise 16
    before = len(tables())
    sheet = begin((WORDS,))
    sheet.open()
    tokens = [sheet.write("what-stays", Words(text=text, level="quote")) for text in OTHERS]
    words = words_for(sheet, tokens[0])
    voices = sheet.sheets.voices
    assert voices is not None
    assert len(tables()) == before + 1
    copy = Path(shutil.copy(sheet.session.folder.folder / BOX_NAME, tmp_path / "copy.box"))
    assert sheet.close() is not None
    with pytest.raises(SheetShutError):
        voices.withdraw(words)
    del voices
    sheet.end()
    assert len(tables()) == before
    assert sheet.sheets.voices is None
    root = sheet.places.data.parent
    assert [path.name for path in root.rglob("*") if path.is_file()] == ["session.json"]
    keys = KeyFolder(sheet.places.config).load(sheet.session.folder.name)
    box = Box.reopen(copy, keys.values())
    box.close()
    assert keys == {}


def test_after_a_kill_old_words_delete_nothing(begin: Begin, tmp_path: Path) -> None:
    """A program that takes the sheet up has all answers and no table; new words work again."""
    # promise 16
    sheet = begin((WORDS,))
    sheet.open()
    tokens = [sheet.write("what-stays", Words(text=text, level="quote")) for text in OTHERS]
    words = words_for(sheet, tokens[0])
    killed = tmp_path / "killed"
    for name in ("data", "config"):
        shutil.copytree(sheet.places.data.parent / name, killed / name)
    again = sheet.taken_up(Places(killed / "data", killed / "config"))
    try:
        withdraw(again, words)
        assert len(opened_with_every_key(again)) == len(OTHERS)
        withdraw(again, words_for(again, tokens[0]))
        assert len(opened_with_every_key(again)) == len(OTHERS) - 1
        opened = again.close()
        assert opened is not None
        assert sorted(item.text or "" for item in opened.answers[0].items) == OTHERS[1:]
    finally:
        again.leave()
