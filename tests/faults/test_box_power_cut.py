"""A power cut at any moment while envelopes arrive, played over the calls the box really made.

The model of the disk is that of `test_power_cut`: what was synced is there; of what was not, any
write may be there, lost, or the only one there. Here a cell may moreover be torn, since it is
written in parts. On every disk that a cut may leave each envelope that was called kept must open.
"""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sessions import ballots, disk
from sessions.ballots import BOX_NAME, Box
from sessions.envelopes import ENVELOPE_BYTES, seal, unseal
from tests.faults.test_power_cut import ROOT, Disk, Recorder, Rename, Saved, Step, Sync, Write, cuts

CELLS = 8
PART_BYTES = 1500
BOX = 1
KEY = b"k" * 32

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the calls of Linux")


def envelope(number: int) -> bytes:
    """Return the envelope of a number."""
    return seal(KEY, number.to_bytes(16, "big"), b"%d" % number, secrets.token_bytes(24))


class BoxRecorder(Recorder):
    """The calls of a program that has a box, which is on the disk already."""

    def __init__(self, box: Path, patch: pytest.MonkeyPatch) -> None:
        image = box.read_bytes()
        super().__init__(box.parent, patch)
        self._inodes[box], self._count = BOX, BOX
        self.steps += [Write(BOX, 0, image), Rename(ROOT, None, box.name, BOX)]
        self.steps += [Sync(BOX), Sync(ROOT)]
        self.failing_syncs = 0
        self._sync_really = os.fdatasync
        self._write_really = os.pwrite
        patch.setattr(os, "pwrite", self._pwrite)
        patch.setattr(os, "fdatasync", self._fdatasync)

    def _pwrite(self, descriptor: int, data: memoryview, offset: int) -> int:
        part = bytes(data[:PART_BYTES])
        self.steps.append(Write(self._descriptors[descriptor][0], offset, part))
        return self._write_really(descriptor, part, offset)

    def _write(self, descriptor: int, data: bytes) -> int:
        inode, offset = self._descriptors[descriptor]
        self.steps.append(Write(inode, offset, bytes(data)))
        self._descriptors[descriptor] = (inode, offset + len(data))
        return os.writev(descriptor, [data])

    def _fdatasync(self, descriptor: int) -> None:
        if self.failing_syncs:
            self.failing_syncs -= 1
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self._sync_really(descriptor)
        self.steps.append(Sync(self._descriptors[descriptor][0]))


def numbers_on(found: Disk) -> set[int]:
    """Return the numbers whose envelopes can be opened from a disk."""
    image = found.read(BOX_NAME) or b""
    cells = [image[at : at + ENVELOPE_BYTES] for at in range(0, len(image), ENVELOPE_BYTES)]
    return {int(one.answer) for cell in cells if (one := unseal(KEY, cell)) is not None}


def losses(steps: Sequence[Step]) -> int:
    """On how many disks an envelope is missing that was called kept."""
    return sum(not {*range(1, saved + 1)} <= numbers_on(found) for saved, found in cuts(steps))


def record(
    folder: Path, patch: pytest.MonkeyPatch, *, failing: frozenset[int] = frozenset()
) -> list[Step]:
    """The steps of a box that takes two envelopes and then two at once.

    Args:
        folder: An empty one.
        patch: For the system's calls.
        failing: The rounds, from 1, in which the disk does not take what it is given.
    """
    path = folder / BOX_NAME
    disk.write_whole(path, secrets.token_bytes(CELLS * ENVELOPE_BYTES))
    with patch.context() as inner:
        recorder = BoxRecorder(path, inner)
        box = Box.reopen(path, [KEY])
        for number, batch in enumerate(((1,), (2,), (3, 4)), start=1):
            recorder.failing_syncs = number in failing
            box.put_many(map(envelope, batch))
            recorder.steps.append(Saved(max(batch)))
        box.close()
    return recorder.steps


def test_a_power_cut_never_costs_a_kept_envelope(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On every disk that a cut may leave all envelopes that were called kept can be opened."""
    # promise 7
    steps = record(tmp_path, monkeypatch)
    assert sum(1 for _ in cuts(steps)) > 60
    assert losses(steps) == 0


@pytest.mark.parametrize("failing", [{1}, {2}, {3}, {1, 3}])
def test_a_power_cut_costs_nothing_while_the_box_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: set[int]
) -> None:
    """When a sync fails everything goes to a new file, and at no instant is anything missing."""
    # promise 7, promise 21
    steps = record(tmp_path, monkeypatch, failing=frozenset(failing))
    moves = [step for step in steps if isinstance(step, Rename) and step.gone is not None]
    assert len(moves) == len(failing)
    assert losses(steps) == 0


def no_sync(steps: Sequence[Step]) -> list[Step]:
    """The same program, had it forgotten to sync what it wrote."""
    first = steps.index(Sync(ROOT))
    return [*steps[: first + 1], *(step for step in steps[first + 1 :] if step != Sync(BOX))]


def early_promise(steps: Sequence[Step]) -> list[Step]:
    """The same program, had it called an envelope kept before it was synced."""
    order = list(steps)
    for index, step in enumerate(order):
        if isinstance(step, Saved):
            order[index - 1], order[index] = order[index], order[index - 1]
    return order


def one_of_two(steps: Sequence[Step]) -> list[Step]:
    """The same program, had it synced only the first of two that came together."""
    order = list(steps)
    last = len(order) - 1 - order[::-1].index(Sync(BOX))
    order.insert(last - 3, order.pop(last))
    return order


@pytest.mark.parametrize("mistake", [no_sync, early_promise, one_of_two])
def test_the_model_finds_each_classic_mistake(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mistake: Callable[[Sequence[Step]], list[Step]],
) -> None:
    """A box that leaves out or moves one of its syncs is caught losing an envelope."""
    assert losses(mistake(record(tmp_path, monkeypatch))) > 0


def at_the_end(steps: Sequence[Step]) -> list[Disk]:
    """Every disk that a cut after the last step may leave."""
    return [found for saved, found in cuts([*steps, Saved(-1)]) if saved == -1]


def test_what_was_withdrawn_does_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once an envelope was called gone no power cut brings it back."""
    # promise 7, promise 15
    path = tmp_path / BOX_NAME
    disk.write_whole(path, secrets.token_bytes(CELLS * ENVELOPE_BYTES))
    recorder = BoxRecorder(path, monkeypatch)
    box = Box.reopen(path, [KEY])
    cell = box.put(envelope(1))
    box.put(envelope(2))
    box.overwrite(cell).result()
    assert {frozenset(numbers_on(found)) for found in at_the_end(recorder.steps)} == {
        frozenset({2})
    }
    hasty = recorder.steps[:-1]
    assert recorder.steps[-1] == Sync(BOX)
    assert any(1 in numbers_on(found) for found in at_the_end(hasty))
    box.close()


def test_what_was_wiped_does_not_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the wipe is done no power cut brings a file back; before it is deleted all is noise."""
    # promise 7, promise 16
    path = tmp_path / BOX_NAME
    disk.write_whole(path, secrets.token_bytes(CELLS * ENVELOPE_BYTES))
    recorder = BoxRecorder(path, monkeypatch)
    box = Box.reopen(path, [KEY])
    box.put_many(map(envelope, (1, 2, 3)))
    box.close()
    ballots.wipe(path)
    steps = recorder.steps
    assert {found.read(BOX_NAME) for found in at_the_end(steps)} == {None}
    deleted = next(
        at for at, step in enumerate(steps) if isinstance(step, Rename) and not step.name
    )
    for found in at_the_end(steps[:deleted]):
        assert numbers_on(found) == set()
