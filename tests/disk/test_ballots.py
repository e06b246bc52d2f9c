"""The ballot box on a real folder: sizes, cells, batches, reopening and wiping."""

from __future__ import annotations

import errno
import os
import random
import secrets
import stat
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.ballots import BOX_NAME, Box, BoxFullError, cells_for, wipe
from sessions.cells import CellFile
from sessions.envelopes import ENVELOPE_BYTES, Unsealed, seal
from sessions.errors import RecordDamagedError, StorageError

CELLS = 16
KEY, OTHER_KEY = bytes(32), b"o" * 32

Made = Callable[..., Box]


def envelope_of(number: int, key: bytes = KEY) -> bytes:
    """Return an envelope with a number for its mark and its answer."""
    return seal(key, number.to_bytes(16, "big"), b"%d" % number, secrets.token_bytes(24))


def numbers_in(box: Box, key: bytes = KEY) -> list[int]:
    """Return the numbers in a box, each as often as it is there."""
    return sorted(int(one.answer) for one in box.open_all(key).values())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the box is."""
    return tmp_path / BOX_NAME


@pytest.fixture
def made(path: Path) -> Iterator[Made]:
    """Return a way to make the box, or with `keys` to reopen it; all are closed at the end."""
    boxes: list[Box] = []

    def make(cells: int = CELLS, keys: tuple[bytes, ...] | None = None) -> Box:
        box = Box.create(path, cells) if keys is None else Box.reopen(path, keys)
        boxes.append(box)
        return box

    yield make
    for box in boxes:
        box.close()


@given(st.integers(1, 1000), st.integers(1, 4))
def test_a_box_is_large_enough_and_tells_little(heads: int, asks: int) -> None:
    """Its size is a power of two, at least 1,024, with room for four times the room."""
    cells = cells_for(heads, asks)
    assert cells >= max(1024, 4 * heads * asks)
    assert cells.bit_count() == 1
    assert cells == 1024 or cells < 8 * heads * asks


def test_a_new_box_has_its_whole_size_and_looks_like_chance(path: Path, made: Made) -> None:
    """All room is taken at once; every byte is about as frequent as any other."""
    made(1024)
    data = path.read_bytes()
    assert len(data) == 1024 * ENVELOPE_BYTES
    expected = len(data) / 256
    counts = Counter(data)
    # Far beyond what chance gives, so that this never fails by chance: 255 is the mean.
    assert sum((counts[value] - expected) ** 2 / expected for value in range(256)) < 450
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_envelope_lies_whole_in_one_cell(path: Path, made: Made) -> None:
    """After the answer the cell holds the envelope and every other cell is as it was."""
    box = made()
    before, envelope = path.read_bytes(), envelope_of(1)
    cell = box.put(envelope)
    after = path.read_bytes()
    start, end = cell * ENVELOPE_BYTES, (cell + 1) * ENVELOPE_BYTES
    assert after[start:end] == envelope
    assert after[:start] + after[end:] == before[:start] + before[end:]


def test_what_was_put_in_is_there_for_its_key_alone(made: Made) -> None:
    """Each key opens the envelopes of its own ask."""
    box = made()
    cell = box.put(envelope_of(7))
    box.put_many([envelope_of(8, OTHER_KEY), envelope_of(9, OTHER_KEY)])
    assert box.open_all(KEY) == {cell: Unsealed((7).to_bytes(16, "big"), b"7")}
    assert numbers_in(box, OTHER_KEY) == [8, 9]
    assert box.open_all(b"n" * 32) == {}


def test_a_box_is_reopened_with_all_it_held(path: Path, made: Made) -> None:
    """A program that starts again finds every envelope, and puts no other in its place."""
    # promise 6
    made().put_many([envelope_of(1), envelope_of(2, OTHER_KEY)])
    box = made(keys=(KEY, OTHER_KEY))
    box.put_many(envelope_of(number) for number in range(3, CELLS))
    assert numbers_in(box) == [1, *range(3, CELLS)]
    assert numbers_in(box, OTHER_KEY) == [2]


def test_a_cell_whose_key_is_gone_is_free(made: Made) -> None:
    """What no key opens is noise, and may be written over."""
    made().put_many(envelope_of(number) for number in range(CELLS - 1))
    box = made(keys=(OTHER_KEY,))
    box.put_many(envelope_of(number, OTHER_KEY) for number in range(CELLS - 1))
    assert len(numbers_in(box, OTHER_KEY)) == CELLS - 1


def test_a_full_box_refuses_and_keeps_what_it_has(made: Made) -> None:
    """When no cell is left the sentence says so; nothing accepted is lost, and a gap is used."""
    box = made()
    cells = box.put_many(envelope_of(number) for number in range(CELLS - 1))
    with pytest.raises(BoxFullError, match="The ballot box is full") as caught:
        box.put(envelope_of(99))
    assert "safe" in caught.value.sentence
    assert len(set(cells)) == CELLS - 1
    assert numbers_in(box) == [*range(CELLS - 1)]
    box.overwrite(None).result()
    box.overwrite(cells[3]).result()
    assert 0 <= box.put(envelope_of(99)) < CELLS
    assert numbers_in(box) == [*range(3), *range(4, CELLS - 1), 99]


def test_what_is_overwritten_is_gone_from_the_file(path: Path, made: Made) -> None:
    """Not one run of the envelope's bytes is left, and its key finds nothing."""
    # promise 15
    box, envelope = made(), envelope_of(1)
    cell = box.put(envelope)
    assert box.overwrite(cell).result() == cell
    assert envelope[:16] not in path.read_bytes()
    assert envelope[-16:] not in path.read_bytes()
    assert box.open_all(KEY) == {}
    assert made(keys=(KEY,)).open_all(KEY) == {}


def test_overwriting_nothing_changes_no_envelope(path: Path, made: Made) -> None:
    """A withdrawal with wrong words writes one free cell, like any other withdrawal."""
    # promise 15
    box = made()
    cells = box.put_many(envelope_of(number) for number in range(CELLS - 2))
    for aim in (None, *set(range(CELLS)).difference(cells)):
        before = path.read_bytes()
        written = box.overwrite(aim).result()
        after = path.read_bytes()
        changed = [c for c in range(CELLS) if cell_of(before, c) != cell_of(after, c)]
        assert changed == [written]
        assert written not in cells
    assert numbers_in(box) == [*range(CELLS - 2)]


def cell_of(data: bytes, cell: int) -> bytes:
    """Return one cell of a file."""
    return data[cell * ENVELOPE_BYTES : (cell + 1) * ENVELOPE_BYTES]


def test_a_cell_that_was_emptied_twice_is_given_once(made: Made) -> None:
    """A free cell is free once, however often and how fast it was emptied."""
    box = made()
    cells = box.put_many(envelope_of(number) for number in range(CELLS - 3))
    for done in [box.overwrite(cells[0]), box.overwrite(cells[0])]:
        done.result()
    box.overwrite(cells[0]).result()
    box.put_many(envelope_of(number) for number in (50, 51, 52))
    assert numbers_in(box) == [*range(1, CELLS - 3), 50, 51, 52]


def test_a_late_second_emptying_hits_nobody(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever gets the cell in the very batch that empties it again keeps it."""
    box = Box.create(path, CELLS, below=lambda most: most - 1)  # what was freed last goes first
    cell = box.put(envelope_of(1))
    box.overwrite(cell).result()
    writing, go_on, real_sync = threading.Event(), threading.Event(), CellFile.sync

    def sync(file: CellFile) -> None:
        writing.set()
        go_on.wait(5)
        real_sync(file)

    monkeypatch.setattr(CellFile, "sync", sync)
    box.overwrite(None)
    assert writing.wait(5)
    second, late = box.submit(envelope_of(2)), box.overwrite(cell)
    go_on.set()
    assert second.result() == cell != late.result()
    assert numbers_in(box) == [2]
    box.close()


def test_many_at_once_share_one_wait_for_the_disk(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever comes while the disk is busy goes there together, and all of it is answered."""
    box, synced, busy = made(1024), list[int](), threading.Event()
    real_sync = CellFile.sync

    def sync(file: CellFile) -> None:
        busy.wait(5)
        synced.append(1)
        real_sync(file)

    monkeypatch.setattr(CellFile, "sync", sync)
    waiting = [box.submit(envelope_of(number)) for number in range(200)]
    assert not any(done.done() for done in waiting)
    busy.set()
    assert len({done.result() for done in waiting}) == 200
    assert len(synced) <= 2
    assert numbers_in(box) == [*range(200)]


def test_threads_lose_nothing(made: Made) -> None:
    """Envelopes put in from many threads at once are all there, each in a cell of its own."""
    box = made(1024)
    cells: list[int] = []

    def put(first: int) -> None:
        cells.extend(box.put_many(envelope_of(first + number) for number in range(25)))

    threads = [threading.Thread(target=put, args=(100 * number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(cells)) == 200
    assert len(numbers_in(box)) == 200


def test_whoever_went_away_is_no_obstacle(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wait that was called off before its turn is left out, and the others are served."""
    box, writing, go_on = made(), threading.Event(), threading.Event()
    real_sync = CellFile.sync

    def sync(file: CellFile) -> None:
        writing.set()
        go_on.wait(5)
        real_sync(file)

    monkeypatch.setattr(CellFile, "sync", sync)
    box.submit(envelope_of(1))
    assert writing.wait(5)
    second, third = box.submit(envelope_of(2)), box.submit(envelope_of(3))
    assert second.cancel()
    go_on.set()
    third.result()
    box.settle()
    assert numbers_in(box) == [1, 3]


def test_settling_waits_for_what_is_under_way(made: Made) -> None:
    """After it nothing that was asked for before is still open."""
    box = made()
    waiting: list[Future[int]] = [box.submit(envelope_of(number)) for number in range(9)]
    waiting.append(box.overwrite(None))
    box.settle()
    assert all(done.done() for done in waiting)


def test_a_closed_box_takes_nothing(path: Path, made: Made) -> None:
    """What was handed in before is kept; later it is refused; closing twice is fine."""
    box = made()
    under_way = box.submit(envelope_of(1))
    box.close()
    box.close()
    assert under_way.done()
    with pytest.raises(StorageError, match="The ballot box is closed"):
        box.submit(envelope_of(2))
    with pytest.raises(StorageError, match="The ballot box is closed"):
        box.overwrite(None)
    assert numbers_in(made(keys=(KEY,))) == [1]


def test_an_envelope_of_another_size_is_a_defect(made: Made) -> None:
    """Nothing that does not fill a cell gets into one."""
    with pytest.raises(ValueError, match="fills one cell"):
        made().submit(b"short")


def test_a_closed_box_tells_no_time(path: Path, made: Made) -> None:
    """The times of its last change and last reading are a constant."""
    # promise 2
    box = made()
    box.put(envelope_of(1))
    box.close()
    found = path.stat()
    assert found.st_mtime == found.st_atime == 946_684_800


def test_a_box_is_never_made_over_another(path: Path, made: Made) -> None:
    """A box that was left is not written over: the sheet in it must be opened or discarded."""
    box = made()
    box.put(envelope_of(1))
    with pytest.raises(StorageError, match="a box of an earlier sheet is still there"):
        Box.create(path, CELLS)
    assert numbers_in(made(keys=(KEY,))) == [1]


@pytest.mark.parametrize("size", [0, 1, ENVELOPE_BYTES - 1, 3 * ENVELOPE_BYTES + 1])
def test_what_is_no_box_is_named_and_left_alone(path: Path, size: int) -> None:
    """A file of another size is called damaged, and not a byte of it is changed."""
    path.write_bytes(b"x" * size)
    with pytest.raises(RecordDamagedError, match="no whole ballot box"):
        Box.reopen(path, (KEY,))
    assert path.read_bytes() == b"x" * size


def test_wiping_leaves_no_file_and_no_envelope(
    path: Path, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every cell is overwritten and on the disk, and the times a constant, before it is deleted."""
    box = made()
    box.put_many(envelope_of(number) for number in range(9))
    before = path.read_bytes()
    last: list[tuple[bytes, float]] = []
    real_unlink = os.unlink

    def unlink(doomed: str | Path) -> None:
        last.append((Path(doomed).read_bytes(), Path(doomed).stat().st_mtime))
        real_unlink(doomed)

    monkeypatch.setattr(os, "unlink", unlink)
    box.wipe()
    ((data, changed),) = last
    assert len(data) == len(before)
    assert all(cell_of(data, cell) != cell_of(before, cell) for cell in range(CELLS))
    assert changed == 946_684_800
    assert list(tmp_path.iterdir()) == []


def test_wiping_a_box_that_is_gone_is_fine(path: Path) -> None:
    """A wipe that was interrupted may be done again, however far it came."""
    wipe(path)
    path.write_bytes(bytes(CELLS * ENVELOPE_BYTES))
    wipe(path)
    wipe(path)
    assert not path.exists()


def test_a_wipe_that_fails_says_so_and_can_be_done_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is not deleted before its cells are overwritten."""
    # promise 21
    path.write_bytes(bytes(CELLS * ENVELOPE_BYTES))

    def fail(*_args: object) -> NoReturn:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(CellFile, "sync", fail)
        with pytest.raises(StorageError, match=r"Could not overwrite .* reports a fault"):
            wipe(path)
    assert path.exists()
    wipe(path)
    assert not path.exists()


def test_a_defect_leaves_nobody_waiting(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the writer itself break, everybody who waits is told, and nobody can join them."""
    box = made()

    def broken(_most: int) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr(box, "_below", broken)
    monkeypatch.setattr(threading, "excepthook", lambda _what: None)
    with pytest.raises(StorageError, match="has stopped"):
        box.put(envelope_of(1))
    with pytest.raises(StorageError, match=r"closed|stopped"):
        box.put(envelope_of(2))
    box.settle()


def test_cells_are_drawn_from_the_system_source() -> None:
    """Without a test's own chance, cells are drawn by the system's."""
    # promise 28
    for make in (Box.create, Box.reopen):
        assert make.__kwdefaults__ == {"below": secrets.randbelow}


@given(st.integers(0, 2**32), st.integers(1, 5000))
def test_a_write_that_takes_a_part_is_completed(seed: int, most: int) -> None:
    """However little the system takes at a time, the whole cell gets there."""
    # promise 20
    chance, held = random.Random(seed), bytearray(3 * ENVELOPE_BYTES)

    class Slow(CellFile):
        def __init__(self) -> None: ...

        def _write_at(self, offset: int, data: memoryview) -> int:
            taken = bytes(data[: chance.randint(1, most)])
            held[offset : offset + len(taken)] = taken
            return len(taken)

    Slow().write(1, b"e" * ENVELOPE_BYTES)
    assert held == bytes(ENVELOPE_BYTES) + b"e" * ENVELOPE_BYTES + bytes(ENVELOPE_BYTES)
