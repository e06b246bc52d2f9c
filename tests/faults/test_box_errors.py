"""Every call to the system that the box makes fails: nothing false is called kept, nothing lost."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from sessions.ballots import BOX_NAME, Box
from sessions.envelopes import seal
from sessions.errors import StorageError

KEY = b"k" * 32
CELLS = 16
ROUNDS = 4
CALLS = ("pwrite", "fdatasync", "open", "write", "fsync", "replace")
KINDS = (errno.EIO, errno.ENOSPC, errno.EROFS)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the calls of Linux")


def envelope(number: int) -> bytes:
    """Return the envelope of a number."""
    return seal(KEY, number.to_bytes(16, "big"), b"%d" % number, secrets.token_bytes(24))


class FaultySystem:
    """The system, on which chosen calls fail, and which notes on which file each one was made."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.fails: Callable[[str], int | None] = lambda _call: None
        self.bad_files: set[int] = set()
        """Files on which a write or a sync has failed."""
        self._real = {call: getattr(os, call) for call in CALLS}
        for call in CALLS:
            patch.setattr(os, call, self._wrapped(call))

    def _wrapped(self, call: str) -> Callable[..., object]:
        def wrapper(*args: object, **kwargs: object) -> object:
            code = self.fails(call)
            if call == "pwrite" and code is not None:  # a part of it gets there all the same
                descriptor, data, offset = cast("tuple[int, memoryview, int]", args)
                self._real[call](descriptor, data[:1000], offset)
            if code is not None:
                if call in {"pwrite", "fdatasync"}:
                    self.bad_files.add(os.fstat(cast("int", args[0])).st_ino)
                raise OSError(code, os.strerror(code))
            if call == "write":  # takes only a part each time
                return self._real[call](args[0], memoryview(cast("bytes", args[1]))[:10_000])
            return self._real[call](*args, **kwargs)

        return wrapper


def once(name: str, index: int, code: int) -> Callable[[str], int | None]:
    """Let one call fail: the one of that name and number, counted from 0."""
    seen = 0

    def fails(call: str) -> int | None:
        nonlocal seen
        seen += call == name
        return code if call == name and seen == index + 1 else None

    return fails


def numbers_on(path: Path) -> list[int]:
    """Return the numbers that a program which starts now finds in the box."""
    box = Box.reopen(path, [KEY])
    found = sorted(int(one.answer) for one in box.open_all(KEY).values())
    box.close()
    return found


def put_in(box: Box, number: int) -> bool:
    """Put an envelope in and say whether it was called kept."""
    done = box.submit(envelope(number))
    error = done.exception()
    if error is None:
        return True
    assert isinstance(error, StorageError)
    assert error.sentence.startswith("Could not ")
    return False


@pytest.mark.parametrize("code", KINDS, ids=errno.errorcode.__getitem__)
@pytest.mark.parametrize("index", range(ROUNDS))
@pytest.mark.parametrize("call", ["pwrite", "fdatasync"])
def test_one_failing_call_moves_the_box_and_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, index: int, code: int
) -> None:
    """The envelope that failed is kept on a new file, and none on the file that failed."""
    # promise 21
    path = tmp_path / BOX_NAME
    box = Box.create(path, CELLS)
    with monkeypatch.context() as patch:
        system = FaultySystem(patch)
        system.fails = once(call, index, code)
        for number in range(ROUNDS):
            assert put_in(box, number)
            assert path.stat().st_ino not in system.bad_files
        assert len(system.bad_files) == 1
    box.close()
    assert numbers_on(path) == [*range(ROUNDS)]
    assert [entry.name for entry in tmp_path.iterdir()] == [BOX_NAME]


@pytest.mark.parametrize("code", KINDS, ids=errno.errorcode.__getitem__)
@pytest.mark.parametrize("second", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize("first", ["pwrite", "fdatasync"])
def test_while_no_new_file_can_be_had_nothing_is_called_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str, second: str, code: int
) -> None:
    """Refused in words until the disk takes a file again; then all goes on, and nothing twice."""
    # promise 20, promise 21
    path = tmp_path / BOX_NAME
    box = Box.create(path, CELLS)
    assert put_in(box, 1)
    with monkeypatch.context() as patch:
        system = FaultySystem(patch)
        system.fails = lambda call: code if call in {first, second} else None
        assert not any(put_in(box, number) for number in (2, 3, 2))
        system.fails = lambda _call: None
        assert 1 in numbers_on(path)
        assert put_in(box, 2)
        assert path.stat().st_ino not in system.bad_files
        assert put_in(box, 4)
    box.close()
    assert numbers_on(path) == [1, 2, 4]
    assert [entry.name for entry in tmp_path.iterdir()] == [BOX_NAME]


def test_what_failed_takes_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After many failures the box still holds as many envelopes as a new one."""
    # promise 20
    box = Box.create(tmp_path / BOX_NAME, CELLS)
    with monkeypatch.context() as patch:
        FaultySystem(patch).fails = lambda call: errno.EIO if call in {"pwrite", "open"} else None
        assert not any(put_in(box, number) for number in range(2 * CELLS))
    box.put_many(map(envelope, range(CELLS - 1)))
    box.close()
    assert numbers_on(tmp_path / BOX_NAME) == [*range(CELLS - 1)]


@pytest.mark.parametrize("call", ["pwrite", "fdatasync"])
def test_what_is_withdrawn_on_a_failing_file_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """The box moves without the envelope, so that its bytes are in no file of ours."""
    # promise 15, promise 21
    path, mine = tmp_path / BOX_NAME, envelope(1)
    box = Box.create(path, CELLS)
    cell = box.put(mine)
    box.put(envelope(2))
    with monkeypatch.context() as patch:
        FaultySystem(patch).fails = once(call, 0, errno.EIO)
        box.overwrite(cell).result()
    box.close()
    assert numbers_on(path) == [2]
    assert not any(mine[-64:] in entry.read_bytes() for entry in tmp_path.iterdir())


def test_a_box_that_moves_gives_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has both files sees the cells of one batch differ, as after any batch, and no others."""
    # promise 2
    path = tmp_path / BOX_NAME
    box = Box.create(path, CELLS)
    box.put_many(map(envelope, range(5)))
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        FaultySystem(patch).fails = once("pwrite", 0, errno.EIO)
        cell = box.put(envelope(5))
    after = path.read_bytes()
    box.close()
    size = len(before) // CELLS
    changed = [at for at in range(CELLS) if before[at * size :][:size] != after[at * size :][:size]]
    assert changed == [cell]
