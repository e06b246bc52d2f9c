"""A file of equal cells that are written one at a time, in any order, and each as a whole.

Touches: disk.

Invariants: the file's size never changes after it was made; a cell that is being written when the
power goes may be torn, its neighbours are not. Nothing raises but ``OSError``.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from sessions.envelopes import ENVELOPE_BYTES

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path

CELL_BYTES: Final = ENVELOPE_BYTES
"""One page of most disks, so that a cell is mostly written in one piece."""

_UNSUPPORTED: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY})
_OPEN: Final = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)

# The start of 2000: a time that every file system can hold and that says nothing.
_STILL_SECONDS: Final = 946_684_800


class CellFile:
    """An existing file of cells, open for writing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = os.open(path, _OPEN)

    def write(self, cell: int, data: bytes) -> None:
        """Give the system the new content of a cell; it is durable only after `sync`."""
        offset, rest = cell * CELL_BYTES, memoryview(data)
        while rest:
            written = self._write_at(offset, rest)  # may take less than it is given
            if not written:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            offset, rest = offset + written, rest[written:]

    def sync(self) -> None:
        """Return once all that was written is on the disk itself."""
        if sys.platform == "linux":
            os.fdatasync(self._descriptor)
            return
        if sys.platform == "darwin":
            # There fsync stops at the drive's own memory, which a power cut empties.
            try:
                fcntl.fcntl(self._descriptor, fcntl.F_FULLFSYNC)
            except OSError as error:
                if error.errno not in _UNSUPPORTED:
                    raise
            else:
                return
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Let go of the file; what was synced is safe whatever the system answers."""
        with suppress(OSError):
            os.close(self._descriptor)

    def _write_at(self, offset: int, data: memoryview) -> int:
        if sys.platform == "win32":
            os.lseek(self._descriptor, offset, os.SEEK_SET)
            return os.write(self._descriptor, data)
        return os.pwrite(self._descriptor, data, offset)


def still(path: Path) -> None:
    """Set a file's times to a constant, so that they tell nothing of the last change."""
    os.utime(path, (_STILL_SECONDS, _STILL_SECONDS))
