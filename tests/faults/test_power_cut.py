"""A power cut at any moment of a save, played over the calls that the save really made.

The calls are recorded while they happen. A model then cuts the power after each of them, and plays
every disk that the cut may leave: what was synced is there; of what was not, any change of a name
may be there or not, whatever the order, and any write may be there, lost, or the only one there. On
every such disk the newest version that was called saved must be readable, or a newer one, whole.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from dataclasses import dataclass
from itertools import chain, combinations
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import pytest

from sessions import disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PREVIOUS = "session.previous.json"
CHUNK_BYTES = 40
ROOT = 0
CALLS = ("open", "write", "fsync", "close", "link", "replace", "unlink", "mkdir")

# Of different lengths, in several writes each; the first is number 1.
VERSIONS = [bytes([64 + number]) * (55 + 30 * number) for number in range(1, 5)]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows syncs no folders")


@dataclass(frozen=True)
class Write:
    """Bytes given to a file; its name is of no matter."""

    inode: int
    offset: int
    data: bytes

    @property
    def owner(self) -> int:
        """What must be synced to keep it."""
        return self.inode


@dataclass(frozen=True)
class Rename:
    """One change of names in a folder, which happens whole or not at all."""

    folder: int
    gone: str | None
    name: str | None
    inode: int

    @property
    def owner(self) -> int:
        """What must be synced to keep it."""
        return self.folder


@dataclass(frozen=True)
class Sync:
    """A file or folder asked to be on the disk; the call came back."""

    inode: int


@dataclass(frozen=True)
class Saved:
    """The program called this version saved; 0 stands for deleted."""

    version: int


Change = Write | Rename
Step = Write | Rename | Sync | Saved


class Recorder:
    """The calls of a program below one folder, as the disk sees them."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.steps: list[Step] = []
        self._inodes: dict[Path, int] = {root: ROOT}
        self._descriptors: dict[int, tuple[int, int]] = {}  # descriptor -> inode, place in the file
        self._count = ROOT
        self._real = {name: getattr(os, name) for name in CALLS}
        for name in CALLS:
            patch.setattr(os, name, getattr(self, f"_{name}"))

    def _open(self, path: Path, flags: int, mode: int = 0o777) -> int:
        descriptor: int = self._real["open"](path, flags, mode)
        if flags & os.O_CREAT:
            assert flags & os.O_EXCL, "the model knows new files only"
            self._create(path)
        self._descriptors[descriptor] = (self._inodes[Path(path)], 0)
        return descriptor

    def _write(self, descriptor: int, data: bytes) -> int:
        count: int = self._real["write"](descriptor, bytes(data)[:CHUNK_BYTES])
        inode, offset = self._descriptors[descriptor]
        self.steps.append(Write(inode, offset, bytes(data)[:count]))
        self._descriptors[descriptor] = (inode, offset + count)
        return count

    def _fsync(self, descriptor: int) -> None:
        self._real["fsync"](descriptor)
        self.steps.append(Sync(self._descriptors[descriptor][0]))

    def _close(self, descriptor: int) -> None:
        self._descriptors.pop(descriptor, None)
        self._real["close"](descriptor)

    def _mkdir(self, path: Path, mode: int = 0o777) -> None:
        self._real["mkdir"](path, mode)
        self._create(Path(path))

    def _link(self, source: Path, target: Path, **_rest: object) -> None:
        self._real["link"](source, target)
        self._inodes[Path(target)] = self._inodes[Path(source)]
        self._rename(None, target)

    def _replace(self, source: Path, target: Path) -> None:
        self._real["replace"](source, target)
        self._inodes[Path(target)] = self._inodes.pop(Path(source))
        self._rename(source, target)

    def _unlink(self, path: Path) -> None:
        self._real["unlink"](path)
        inode = self._inodes.pop(Path(path))
        folder = self._inodes[Path(path).parent]
        self.steps.append(Rename(folder, Path(path).name, None, inode))

    def _create(self, path: Path) -> None:
        self._count += 1
        self._inodes[Path(path)] = self._count
        self._rename(None, path)

    def _rename(self, source: Path | None, target: Path) -> None:
        gone = Path(source).name if source else None
        folder, inode = self._inodes[Path(target).parent], self._inodes[Path(target)]
        self.steps.append(Rename(folder, gone, Path(target).name, inode))


class Disk:
    """What a disk holds: the names in each folder, the bytes of each file."""

    def __init__(self) -> None:
        self.names: dict[tuple[int, str], int] = {}
        self.files: dict[int, bytearray] = {}

    def copy(self) -> Disk:
        """A disk of its own with the same on it."""
        twin = Disk()
        twin.names = dict(self.names)
        twin.files = {inode: bytearray(data) for inode, data in self.files.items()}
        return twin

    def take(self, change: Change) -> None:
        """Let one change reach the disk."""
        if isinstance(change, Write):
            file = self.files.setdefault(change.inode, bytearray())
            file.extend(bytes(max(0, change.offset - len(file))))
            file[change.offset : change.offset + len(change.data)] = change.data
            return
        if change.gone is not None:
            self.names.pop((change.folder, change.gone), None)
        if change.name is not None:
            self.names[change.folder, change.name] = change.inode

    def read(self, *path: str) -> bytes | None:
        """The bytes under a path, or None where it leads nowhere."""
        inode = ROOT
        for name in path:
            if (inode, name) not in self.names:
                return None
            inode = self.names[inode, name]
        return bytes(self.files.get(inode, b""))


_Item = TypeVar("_Item")


def subsets(items: Sequence[_Item]) -> Iterator[tuple[_Item, ...]]:
    """All choices of some of the items, in their order."""
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


def lossy(items: Sequence[_Item]) -> Iterator[tuple[_Item, ...]]:
    """All items, none, all but one, and one alone."""
    sizes = {0, 1, len(items) - 1, len(items)} & set(range(len(items) + 1))
    return chain.from_iterable(combinations(items, size) for size in sizes)


def after_a_cut(durable: Disk, pending: list[Change]) -> Iterator[Disk]:
    """Every disk that may be found when the power comes back."""
    renames = [change for change in pending if isinstance(change, Rename)]
    writes = [change for change in pending if isinstance(change, Write)]
    for names in subsets(renames):
        for data in lossy(writes):
            found = durable.copy()
            for change in pending:
                if change in names or change in data:
                    found.take(change)
            yield found


def cuts(steps: Sequence[Step]) -> Iterator[tuple[int, Disk]]:
    """Each disk after each possible moment of a cut, with the version called saved by then."""
    durable, pending, saved = Disk(), list[Change](), 0
    for step in steps:
        if isinstance(step, Saved):
            saved = step.version
        elif isinstance(step, Sync):
            for change in [change for change in pending if change.owner == step.inode]:
                durable.take(change)
                pending.remove(change)
        else:
            pending.append(step)
        for found in after_a_cut(durable, pending):
            yield saved, found


def losses(steps: Sequence[Step], *folder: str) -> int:
    """On how many disks a saved version is missing, or what is there is not whole."""
    return sum(not sound(saved, found, folder) for saved, found in cuts(steps))


def sound(saved: int, found: Disk, folder: tuple[str, ...]) -> bool:
    """Whether both names lead to whole versions that are new enough."""
    live, before = found.read(*folder, "session.json"), found.read(*folder, PREVIOUS)
    live_fine = live in VERSIONS[saved - 1 :] if saved else live in {None, *VERSIONS}
    before_fine = before in VERSIONS[saved - 2 :] if saved > 1 else before in {None, *VERSIONS}
    return live_fine and before_fine


def record(folder: Path, patch: pytest.MonkeyPatch, *, links: bool = True) -> list[Step]:
    """The steps of a new session: its folder, and four saves."""
    path = folder / "sessions" / "one" / "session.json"
    with patch.context() as inner:
        recorder = Recorder(folder, inner)
        if not links:
            inner.setattr(os, "link", refuse)
        disk.make_private_folder(path.parent)
        for number, version in enumerate(VERSIONS, start=1):
            disk.replace_with_previous(path, version, PREVIOUS)
            recorder.steps.append(Saved(number))
    return recorder.steps


def refuse(*_args: object, **_rest: object) -> NoReturn:
    """A disk that knows no hard links."""
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("links", [True, False], ids=["with links", "without links"])
def test_a_power_cut_never_costs_a_saved_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """On every disk that a cut may leave, the newest saved version or a newer one is whole."""
    # promise 7
    steps = record(tmp_path, monkeypatch, links=links)
    assert sum(1 for _ in cuts(steps)) > 250
    assert losses(steps, "sessions", "one") == 0


def is_folder_sync(step: Step, steps: Sequence[Step]) -> bool:
    """Whether a step syncs a folder."""
    folders = {other.folder for other in steps if isinstance(other, Rename)}
    return isinstance(step, Sync) and step.inode in folders


def no_file_sync(steps: Sequence[Step]) -> list[Step]:
    """The same program, had it forgotten to sync what it wrote."""
    return [step for step in steps if not isinstance(step, Sync) or is_folder_sync(step, steps)]


def no_folder_sync(steps: Sequence[Step]) -> list[Step]:
    """The same program, had it forgotten to sync the folder."""
    return [step for step in steps if not is_folder_sync(step, steps) or step == Sync(ROOT)]


def no_sync_above(steps: Sequence[Step]) -> list[Step]:
    """The same program, had it made its folder without syncing the one above."""
    return [step for step in steps if step != Sync(ROOT)]


def late_sync(steps: Sequence[Step]) -> list[Step]:
    """The same program, had it put the new file in place first and synced it afterwards."""
    order: list[Step] = []
    for step in steps:
        if is_folder_sync(step, steps) or not isinstance(step, Sync):
            order.append(step)
        if isinstance(step, Rename) and step.name == "session.json":
            order.append(Sync(step.inode))
    return order


def early_promise(steps: Sequence[Step]) -> list[Step]:
    """The same program, had it called a version saved before the folder was synced."""
    order = list(steps)
    for index, step in enumerate(order):
        if isinstance(step, Saved):
            order[index - 1], order[index] = order[index], order[index - 1]
    return order


@pytest.mark.parametrize(
    "mistake", [no_file_sync, no_folder_sync, no_sync_above, late_sync, early_promise]
)
def test_the_model_finds_each_classic_mistake(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mistake: Callable[[Sequence[Step]], list[Step]],
) -> None:
    """A save that leaves out or moves one of its syncs is caught losing a version."""
    steps = mistake(record(tmp_path, monkeypatch))
    two_saves = steps[: steps.index(Saved(2)) + 2]  # what is never synced soon makes millions
    assert losses(two_saves, "sessions", "one") > 0


def test_the_model_finds_writing_in_place() -> None:
    """A program that edits its file and syncs afterwards is caught half-way."""
    one, two = VERSIONS[:2]
    steps: list[Step] = [Write(1, 0, one), Sync(1), Rename(ROOT, None, "session.json", 1)]
    steps += [Sync(ROOT), Saved(1)]
    assert losses(steps) == 0
    assert losses([*steps, Write(1, 0, two[:40]), Write(1, 40, two[40:])]) > 0


def at_the_end(steps: Sequence[Step]) -> list[Disk]:
    """Every disk that a cut after the last step may leave."""
    return [found for saved, found in cuts([*steps, Saved(-1)]) if saved == -1]


def test_what_was_forgotten_does_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once a deletion was reported done, no power cut brings the file back."""
    # promise 7
    path = tmp_path / "session.json"
    recorder = Recorder(tmp_path, monkeypatch)
    disk.write_whole(path, VERSIONS[0])
    disk.forget(path)
    assert recorder.steps[-1] == Sync(ROOT)
    assert {found.read(path.name) for found in at_the_end(recorder.steps)} == {None}
    hasty = recorder.steps[:-1]
    assert {found.read(path.name) for found in at_the_end(hasty)} == {None, VERSIONS[0]}


def test_a_withdrawal_is_out_of_both_versions_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once both were replaced, no power cut brings the old text back under either name."""
    # promise 7
    path = tmp_path / "session.json"
    recorder = Recorder(tmp_path, monkeypatch)
    for number, version in enumerate(VERSIONS[:2], start=1):
        disk.replace_with_previous(path, version, PREVIOUS)
        recorder.steps.append(Saved(number))
    disk.replace_both(path, VERSIONS[2], PREVIOUS)
    assert losses(recorder.steps) == 0
    for found in at_the_end(recorder.steps):
        assert found.read(path.name) == found.read(PREVIOUS) == VERSIONS[2]


def test_the_model_agrees_with_this_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing lost, the model holds what the real folder holds."""
    steps = record(tmp_path, monkeypatch)
    everything = Disk()
    for step in steps:
        if isinstance(step, Write | Rename):
            everything.take(step)
    for entry in (tmp_path / "sessions" / "one").iterdir():
        assert stat.S_ISREG(entry.stat().st_mode)
        assert everything.read("sessions", "one", entry.name) == entry.read_bytes()
    assert len(everything.names) == 4
