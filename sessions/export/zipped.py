"""Office files are zip files: written again, with nothing in them of when and where.

Pure in what it gives: the same parts are the same bytes. They are stored and not packed, since the
libraries that pack differ from one computer to the next in what they make of the same bytes.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip file can name; it stands for none."""


def steady(data: bytes) -> bytes:
    """Return a zip file with its parts in their order, and no time and no system in it."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(made, "w", ZIP_STORED) as steadied:
        for name in given.namelist():
            part = ZipInfo(name, _EARLIEST)
            part.create_system = 0  # else it says on which kind of computer
            steadied.writestr(part, given.read(name))
    return made.getvalue()
