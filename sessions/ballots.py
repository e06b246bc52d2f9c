"""The ballot box: sealed envelopes in a file of equal cells, without order, time or number.

Touches: disk, one thread, the system's random source.

Invariants:
* Every cell holds random bytes or an envelope, and without the ask's key nobody can tell which.
  There is no head, no count and no time in the file.
* An envelope lies in a cell drawn from all free ones, so where it lies says nothing about when it
  came, at any instant.
* `submit` is answered only when the envelope is on the disk itself. Envelopes that arrive while
  the disk is busy share one wait.
* After an error of the disk no envelope is called kept on that file again: everything known goes
  into a new one, which takes its name. Failed does not mean absent; send the same again.
"""

from __future__ import annotations

import queue
import secrets
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from agreements.sentence import Sentence
from sessions import disk
from sessions.cells import CELL_BYTES, CellFile, still
from sessions.envelopes import ENVELOPE_BYTES, Unsealed, unseal
from sessions.errors import RecordDamagedError, StorageError, shown

BOX_NAME: Final = "ballots.box"
"""The file's name in the session's folder."""

FEWEST_CELLS: Final = 1024
"""A box is never smaller, so that its size tells little of the room's."""

_SPARE: Final = 4
_LARGEST_BYTES: Final = 64 * 1024 * CELL_BYTES

_FULL: Final = (
    "The ballot box is full: many more answers came than there are people. What was accepted is "
    "safe. Close the sheet, or use paper."
)

Below = Callable[[int], int]
"""Draws a number from 0 to less than the one given."""


class BoxFullError(StorageError):
    """There is no free cell left; all that was accepted is safe."""


def cells_for(heads: int, asks: int) -> int:
    """Return how many cells a sheet's box has: a power of two with room for four times the room."""
    return max(FEWEST_CELLS, 1 << (_SPARE * heads * asks - 1).bit_length())


@dataclass(slots=True, eq=False)
class _Job:
    """One cell to be written: with an envelope, or, to empty it, with random bytes."""

    envelope: bytes | None = field(repr=False)
    cell: int | None = None
    """The cell to be emptied."""
    done: Future[int] = field(default_factory=Future)


class Box:
    """The box of the sheet that is open; made by `create` or `reopen`."""

    def __init__(self, path: Path, image: bytearray, occupied: set[int], below: Below) -> None:
        self.path = path
        self._image = image
        self._occupied = occupied
        self._free = [cell for cell in range(len(image) // CELL_BYTES) if cell not in occupied]
        self._below = below
        self._file: CellFile | None = _opened(path)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._under_way: set[Future[int]] = set()
        self._closed = False
        self.after_each_wait: Callable[[], None] = lambda: None
        """Called on the box's own thread after it has answered all whom one wait was for."""
        self._thread = threading.Thread(target=self._run, name="ballots", daemon=True)
        self._thread.start()

    @classmethod
    def create(cls, path: Path, cells: int, *, below: Below = secrets.randbelow) -> Self:
        """Make a new box full of random bytes; all the room it will need is taken at once.

        Args:
            path: The file, in the session's folder.
            cells: How many cells; see `cells_for`.
            below: Draws the cells; the system's source, unless a test brings its own.

        Raises:
            StorageError: A box is there already, or the disk has no room.
        """
        if _is_there(path):
            raise StorageError(
                Sentence(
                    "Could not make {path}: a box of an earlier sheet is still there. Open "
                    "or discard that sheet first.",
                    path=shown(path),
                )
            )
        image = bytearray(secrets.token_bytes(cells * CELL_BYTES))
        disk.write_whole(path, bytes(image))
        return cls(path, image, set(), below)

    @classmethod
    def reopen(cls, path: Path, keys: Iterable[bytes], *, below: Below = secrets.randbelow) -> Self:
        """Take up the box that an interrupted program left.

        Args:
            path: The file.
            keys: The keys of all its asks; a cell that none of them opens counts as free.
            below: As for `create`.

        Raises:
            RecordDamagedError: It is no box.
            StorageError: It cannot be read.
        """
        image = bytearray(disk.read_whole(path, _LARGEST_BYTES))
        if not image or len(image) % CELL_BYTES:
            raise RecordDamagedError(
                Sentence(
                    "{path} is damaged: it is no whole ballot box. Do not delete it; restore "
                    "it from where it was copied, or discard the sheet.",
                    path=shown(path),
                )
            )
        known = tuple(keys)
        cells = range(len(image) // CELL_BYTES)
        occupied = {cell for cell in cells if any(unseal(key, _cell(image, cell)) for key in known)}
        return cls(path, image, occupied, below)

    def submit(self, envelope: bytes) -> Future[int]:
        """Put an envelope in, and say in which cell it lies once it is on the disk.

        The future raises `BoxFullError`, or `StorageError` when the disk did not do it, not on a
        new file either; then the envelope is not kept, or not known to be.

        Raises:
            StorageError: The box is closed.
            ValueError: The envelope has another size.
        """
        if len(envelope) != ENVELOPE_BYTES:
            message = "an envelope fills one cell"
            raise ValueError(message)
        return self._asked(_Job(envelope))

    def put(self, envelope: bytes) -> int:
        """Put an envelope in, wait until it is on the disk, and return its cell; see `submit`."""
        return self.submit(envelope).result()

    def put_many(self, envelopes: Iterable[bytes]) -> list[int]:
        """Put envelopes in that came together, and wait for all of them; see `submit`."""
        return [done.result() for done in [self.submit(one) for one in envelopes]]

    def overwrite(self, cell: int | None) -> Future[int]:
        """Fill a cell with new random bytes, so that what lay in it is gone.

        Args:
            cell: The cell of an envelope. None, or one that is free by now, overwrites any free
                one, which takes as long and changes nothing.

        Raises:
            StorageError: The box is closed.
        """
        return self._asked(_Job(None, cell))

    def settle(self) -> None:
        """Wait until everything asked for so far is on the disk, or has failed."""
        with self._gate:
            under_way = frozenset(self._under_way)
        wait(under_way)

    def open_all(self, key: bytes) -> dict[int, Unsealed]:
        """Return what this key opens, by cell; it changes nothing."""
        with self._gate:
            cells = {cell: _cell(self._image, cell) for cell in self._occupied}
        found = {cell: unseal(key, envelope) for cell, envelope in cells.items()}
        return {cell: one for cell, one in found.items() if one is not None}

    def close(self) -> None:
        """Finish what is under way and let go of the file, with its times set to a constant."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()
        self._give_up_file()
        try:
            still(self.path)
        except FileNotFoundError:
            return
        except OSError as error:
            raise StorageError.of(
                error, Sentence("put {path} away", path=shown(self.path))
            ) from error

    def wipe(self) -> None:
        """Close the box, overwrite all cells, and delete the file; see the function `wipe`."""
        self.close()
        wipe(self.path)

    def _asked(self, job: _Job) -> Future[int]:
        with self._gate:
            if self._closed:
                raise StorageError("The ballot box is closed. Nothing more can be put in.")
            self._under_way.add(job.done)
            self._jobs.put(job)
        job.done.add_done_callback(self._landed)
        return job.done

    def _landed(self, done: Future[int]) -> None:
        with self._gate:
            self._under_way.discard(done)

    def _run(self) -> None:
        batch: list[_Job] = []
        try:
            while batch := self._next_batch():
                self._commit(batch)
                self.after_each_wait()
        finally:
            # Only a defect leaves anything here; whoever waits must hear of it all the same.
            self._refuse([*batch, *self._left()], "The ballot box has stopped. Save and restart.")
            self.after_each_wait()

    def _next_batch(self) -> list[_Job]:
        """Wait for a job and return all there are; none when the box is to be closed."""
        first = self._jobs.get()
        return [] if first is None else [first, *self._waiting()]

    def _waiting(self) -> list[_Job]:
        """Take what waits by now, up to the order to stop, which stays in the queue."""
        found: list[_Job] = []
        while not self._jobs.empty():
            job = self._jobs.get()
            if job is None:
                self._jobs.put(None)
                break
            found.append(job)
        return found

    def _left(self) -> list[_Job]:
        with self._gate:
            self._closed = True
        return self._waiting()

    def _commit(self, batch: Sequence[_Job]) -> None:
        """Write the cells of all jobs, wait for the disk once, and answer every job."""
        placed = [(job, self._place(job)) for job in batch if _goes_on(job)]
        self._refuse([job for job, cell in placed if cell is None], _FULL, BoxFullError)
        written = [(job, cell) for job, cell in placed if cell is not None]
        changes = {cell: job.envelope or secrets.token_bytes(CELL_BYTES) for job, cell in written}
        try:
            self._make_durable(changes)
        except StorageError as error:
            self._free += [cell for job, cell in written if job.envelope is not None]
            self._refuse([job for job, _cell in written], error.sentence)
            return
        self._take_over(changes, written)
        for job, cell in written:
            job.done.set_result(cell)

    def _place(self, job: _Job) -> int | None:
        """Return the cell for a job, None in a full box; an envelope's is free no longer.

        One cell is never filled, so that there is always one to overwrite for nothing.
        """
        if job.cell in self._occupied:
            return job.cell
        drawn = self._below(len(self._free))
        if job.envelope is None:
            return self._free[drawn]
        if len(self._free) == 1:
            return None
        self._free[drawn], self._free[-1] = self._free[-1], self._free[drawn]
        return self._free.pop()

    def _make_durable(self, changes: dict[int, bytes]) -> None:
        """Bring the cells to the disk: on the present file, or, should it fail, on a new one."""
        if self._file is not None:
            try:
                for cell, data in changes.items():
                    self._file.write(cell, data)
                self._file.sync()
            except OSError:
                # The system may have forgotten what it could not write, and say yes next time.
                self._give_up_file()
            else:
                return
        image = bytearray(self._image)
        for cell, data in changes.items():
            _fill(image, cell, data)
        disk.write_whole(self.path, bytes(image))
        self._file = _opened(self.path)

    def _take_over(self, changes: dict[int, bytes], written: list[tuple[_Job, int]]) -> None:
        """Remember what is on the disk now."""
        with self._gate:
            for cell, data in changes.items():
                _fill(self._image, cell, data)
            for job, cell in written:
                if job.envelope is not None:
                    self._occupied.add(cell)
                elif cell in self._occupied:
                    self._occupied.remove(cell)
                    self._free.append(cell)

    def _give_up_file(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _refuse(
        self, jobs: Sequence[_Job], sentence: str, kind: type[StorageError] = StorageError
    ) -> None:
        for job in jobs:
            if not job.done.done():
                job.done.set_exception(kind(sentence))


def wipe(path: Path) -> None:
    """Overwrite a box with random bytes, set its times to a constant, and delete it for good.

    The key of each of its asks must be deleted before: on many disks that is what really erases,
    and the overwriting comes on top. A box that is not there is fine.

    Raises:
        StorageError: It could not be done; call again.
    """
    try:
        size = path.stat().st_size
        file = CellFile(path)
        try:
            for cell in range(size // CELL_BYTES):
                file.write(cell, secrets.token_bytes(CELL_BYTES))
            file.sync()
        finally:
            file.close()
        still(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise StorageError.of(error, Sentence("overwrite {path}", path=shown(path))) from error
    disk.forget(path)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise StorageError.of(error, Sentence("look for {path}", path=shown(path))) from error


def _opened(path: Path) -> CellFile:
    try:
        return CellFile(path)
    except OSError as error:
        raise StorageError.of(error, Sentence("open {path}", path=shown(path))) from error


def _goes_on(job: _Job) -> bool:
    """Say whether anybody still waits for a job; from now on it cannot be called off."""
    return job.done.set_running_or_notify_cancel()


def _cell(image: bytearray, cell: int) -> bytes:
    return bytes(image[cell * CELL_BYTES : (cell + 1) * CELL_BYTES])


def _fill(image: bytearray, cell: int, data: bytes) -> None:
    image[cell * CELL_BYTES : (cell + 1) * CELL_BYTES] = data
