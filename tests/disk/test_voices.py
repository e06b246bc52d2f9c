"""One voice a token: retries, races, replays, restarts and withdrawals, through a real box."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from sessions import disk
from sessions.ballots import BOX_NAME, Box
from sessions.cells import CELL_BYTES, CellFile
from sessions.envelopes import seal, unseal
from sessions.errors import StorageError
from sessions.voices import Receipt, SheetShutError, TokenRefusedError, Voices

KEYS = {"one": bytes(32), "two": b"t" * 32}
CANARY = b'{"text":"the-words-of-somebody"}'

Started = Callable[[], Voices]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the box is."""
    return tmp_path / BOX_NAME


@pytest.fixture
def start(path: Path) -> Iterator[Started]:
    """Return a way to begin, and to start again after the program ended."""
    boxes: list[Box] = []

    def begin() -> Voices:
        if boxes:
            boxes[-1].close()
        boxes.append(Box.reopen(path, KEYS.values()) if boxes else Box.create(path, 256))
        return Voices(KEYS, boxes[-1])

    yield begin
    for box in boxes:
        box.close()


def kept_in(path: Path, ask: str = "one") -> list[bytes]:
    """Return the answers on the disk, as a program that starts now would find them."""
    box = Box.reopen(path, KEYS.values())
    found = [one.answer for one in box.open_all(KEYS[ask]).values()]
    box.close()
    return sorted(found)


def test_an_answer_is_kept_and_a_retry_is_no_second_one(start: Started, path: Path) -> None:
    """The same again is called kept before; something else is refused, and the first stands."""
    # promise 9
    voices = start()
    token = voices.new_tokens()["one"]
    assert voices.submit("one", token, b"a").result() == "kept"
    assert voices.submit("one", token, b"a").result() == "kept-before"
    assert voices.submit("one", token, b"b").result() == "other-kept"
    assert kept_in(path) == [b"a"]


def test_tokens_are_for_one_ask_each(start: Started, path: Path) -> None:
    """A page has one token an ask; each is refused everywhere else."""
    # promise 9
    voices = start()
    tokens = voices.new_tokens()
    assert voices.is_token("one", tokens["one"])
    for ask, token in (("two", tokens["one"]), ("three", tokens["one"]), ("one", "0" * 64)):
        assert not voices.is_token(ask, token)
        with pytest.raises(TokenRefusedError, match="Load it again"):
            voices.submit(ask, token, b"a")
        with pytest.raises(TokenRefusedError):
            voices.words_to_withdraw(ask, token)
    for ask, token in tokens.items():
        assert voices.submit(ask, token, b"a").result() == "kept"
    assert kept_in(path, "two") == [b"a"]


@pytest.mark.parametrize(
    ("threads", "tries"), [(20, 50), pytest.param(100, 1000, marks=pytest.mark.slow)]
)
def test_a_race_has_one_winner(
    start: Started, path: Path, monkeypatch: pytest.MonkeyPatch, threads: int, tries: int
) -> None:
    """However many send at once with one token, one answer is kept and all hear of that one."""
    # promise 9
    voices = start()
    token, ready = voices.new_tokens()["one"], threading.Barrier(threads)
    told: list[tuple[bytes, Receipt]] = []

    def slowly(key: bytes, mark: bytes, answer: bytes, nonce: bytes) -> bytes:
        time.sleep(0.01)  # whoever does not wait in line overtakes here
        return seal(key, mark, answer, nonce)

    monkeypatch.setattr("sessions.voices.seal", slowly)

    def race(number: int) -> None:
        mine = b"%d" % (number % 4)
        ready.wait()
        told.extend((mine, voices.submit("one", token, mine).result()) for _ in range(tries))

    runners = [threading.Thread(target=race, args=(number,)) for number in range(threads)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    counts = Counter(receipt for _answer, receipt in told)
    (winner,) = (answer for answer, receipt in told if receipt == "kept")
    assert counts.total() == threads * tries
    assert counts["kept"] == 1
    assert {receipt for answer, receipt in told if answer != winner} == {"other-kept"}
    assert kept_in(path) == [winner]


def test_tokens_and_answers_survive_a_restart(start: Started, path: Path) -> None:
    """A page that slept through it sends on with its old token, and still counts once."""
    # promise 6, promise 9
    voices = start()
    wrote, silent = voices.new_tokens()["one"], voices.new_tokens()["one"]
    voices.submit("one", wrote, b"a").result()
    voices = start()
    assert voices.submit("one", wrote, b"a").result() == "kept-before"
    assert voices.submit("one", wrote, b"b").result() == "other-kept"
    assert voices.submit("one", silent, b"c").result() == "kept"
    assert kept_in(path) == [b"a", b"c"]


def test_enough_is_said_for_each_ask_and_as_yes_or_no(start: Started) -> None:
    """Five who wrote are enough, four are not, and a withdrawn answer does not count."""
    # promise 27
    voices = start()
    tokens = [voices.new_tokens()["one"] for _ in range(5)]
    for token in tokens:
        assert voices.has_enough("one", 0) is False
        voices.submit("one", token, b"a").result()
        voices.submit("one", token, b"a").result()
    assert voices.has_enough("one", 5) is True
    assert voices.has_enough("one", 6) is False
    assert voices.has_enough("two", 5) is False
    voices.withdraw(" ".join(voices.words_to_withdraw("one", tokens[2]))).result()
    assert voices.has_enough("one", 5) is False


def test_a_withdrawn_answer_is_gone(start: Started, path: Path) -> None:
    """Its words delete it and it alone, and cannot be used twice."""
    # promise 15
    voices = start()
    mine, hers = voices.new_tokens()["one"], voices.new_tokens()["one"]
    voices.submit("one", mine, CANARY).result()
    sealed = path.read_bytes()
    voices.submit("one", hers, b"b").result()
    words = " ".join(voices.words_to_withdraw("one", mine))
    cell = voices.withdraw(words).result()
    voices.withdraw(words).result()
    assert kept_in(path) == [b"b"]
    envelope = sealed[cell * CELL_BYTES : (cell + 1) * CELL_BYTES]
    assert unseal(KEYS["one"], envelope) is not None
    left = path.read_bytes()
    assert not any(envelope[at : at + 16] in left for at in range(0, CELL_BYTES, 16))
    assert not any(CANARY in one.read_bytes() for one in path.parent.iterdir())


def test_what_was_withdrawn_cannot_be_played_again(start: Started, path: Path) -> None:
    """Who recorded the sending of an answer cannot bring it back, nor use its token."""
    # promise 9, promise 15
    voices = start()
    token = voices.new_tokens()["one"]
    voices.submit("one", token, CANARY).result()
    voices.withdraw(" ".join(voices.words_to_withdraw("one", token))).result()
    assert voices.submit("one", token, CANARY).result() == "other-kept"
    assert voices.submit("one", token, b"b").result() == "other-kept"
    assert kept_in(path) == []


def test_words_are_given_to_those_who_did_not_write_too(start: Started, path: Path) -> None:
    """That somebody has words says nothing; words without an answer delete nothing."""
    # promise 15
    voices = start()
    silent = voices.new_tokens()["one"]
    words = voices.words_to_withdraw("one", silent)
    voices.submit("one", voices.new_tokens()["one"], b"a").result()
    assert len(words) == 4
    voices.withdraw(" ".join(words)).result()
    assert kept_in(path) == [b"a"]
    assert voices.submit("one", silent, b"b").result() == "kept"


def test_two_withdrawals_at_once_hit_nobody_else(
    start: Started, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the first is under way the second overwrites a free cell."""
    voices = start()
    token = voices.new_tokens()["one"]
    voices.submit("one", token, b"a").result()
    words = " ".join(voices.words_to_withdraw("one", token))
    go_on, real_sync = threading.Event(), CellFile.sync

    def sync(file: CellFile) -> None:
        go_on.wait(5)
        real_sync(file)

    monkeypatch.setattr(CellFile, "sync", sync)
    first, second = voices.withdraw(words), voices.withdraw(words)
    go_on.set()
    assert first.result() != second.result()
    assert kept_in(path) == []


def test_the_words_die_with_the_program(start: Started, path: Path) -> None:
    """After a restart old words delete nothing; new ones can be had with the old token."""
    # promise 16
    voices = start()
    token = voices.new_tokens()["one"]
    voices.submit("one", token, b"a").result()
    words = " ".join(voices.words_to_withdraw("one", token))
    voices = start()
    voices.withdraw(words).result()
    assert kept_in(path) == [b"a"]
    voices.withdraw(" ".join(voices.words_to_withdraw("one", token))).result()
    assert kept_in(path) == []


def test_nothing_is_taken_or_taken_back_once_it_is_shut(start: Started, path: Path) -> None:
    """What was under way is kept; what comes later is refused; it can go on again."""
    # promise 16
    voices = start()
    token, late = voices.new_tokens()["one"], voices.new_tokens()["one"]
    under_way = voices.submit("one", token, b"a")
    words = " ".join(voices.words_to_withdraw("one", token))
    voices.shut()
    assert under_way.result() == "kept"
    with pytest.raises(SheetShutError, match="Your words stay on your page"):
        voices.submit("one", late, b"b")
    with pytest.raises(SheetShutError, match="Nothing can be taken back"):
        voices.withdraw(words)
    voices.go_on()
    assert voices.submit("one", late, b"b").result() == "kept"
    assert kept_in(path) == [b"a", b"b"]


def test_shutting_waits_for_what_is_under_way(
    start: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once it is shut it is certain who has written."""
    voices, real_sync = start(), CellFile.sync

    def slowly(file: CellFile) -> None:
        time.sleep(0.1)
        real_sync(file)

    monkeypatch.setattr(CellFile, "sync", slowly)
    for _ in range(5):
        voices.submit("one", voices.new_tokens()["one"], b"a")
    assert not voices.has_enough("one", 5)
    voices.shut()
    assert voices.has_enough("one", 5)


def test_a_page_that_left_has_still_spoken(start: Started, path: Path) -> None:
    """A receipt that nobody waits for any more changes nothing for the answer."""
    voices = start()
    token = voices.new_tokens()["one"]
    voices.submit("one", token, b"a").cancel()
    voices.shut()
    assert kept_in(path) == [b"a"]


def fail(*_args: object) -> NoReturn:
    """Be a disk with a fault."""
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_failed_answer_may_be_sent_again(
    start: Started, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the writer nor who sent the same is told a lie, and the retry counts once."""
    # promise 21
    voices = start()
    token = voices.new_tokens()["one"]
    with monkeypatch.context() as patch:
        patch.setattr(CellFile, "sync", fail)
        patch.setattr(os, "replace", fail)
        for sent in [voices.submit("one", token, b"a"), voices.submit("one", token, b"a")]:
            with pytest.raises(StorageError, match="the disk reports a fault"):
                sent.result()
        assert not voices.has_enough("one", 0)
    assert voices.submit("one", token, b"b").result() == "kept"
    assert kept_in(path) == [b"b"]


def test_a_failed_withdrawal_may_be_tried_again(
    start: Started, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the disk fails the answer stays and counts; the same words work afterwards."""
    # promise 15, promise 21
    voices = start()
    token = voices.new_tokens()["one"]
    voices.submit("one", token, b"a").result()
    words = " ".join(voices.words_to_withdraw("one", token))
    with monkeypatch.context() as patch:
        patch.setattr(CellFile, "write", fail)
        patch.setattr(disk, "write_whole", failing_save)
        with pytest.raises(StorageError):
            voices.withdraw(words).result()
    assert voices.submit("one", token, b"a").result() == "kept-before"
    voices.withdraw(words).result()
    assert kept_in(path) == []


def failing_save(path: Path, data: bytes) -> NoReturn:
    """Be a disk that takes no new file."""
    raise StorageError("There is no space left.")


def test_memory_holds_no_words(start: Started) -> None:
    """What is kept of an answer while the sheet is open shows neither its words nor its mark."""
    # promise 4
    voices = start()
    token = voices.new_tokens()["one"]
    voices.submit("one", token, CANARY).result()
    held = repr(vars(voices)["_kept"])
    assert "somebody" not in held
    assert repr(bytes.fromhex(token[:32])) not in held
