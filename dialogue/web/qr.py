"""The QR code of the room's address, as one path that a page draws.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

QUIET_MODULES: Final = 4
"""The white border that readers of the code rely on."""


@dataclass(frozen=True, slots=True)
class QrDrawing:
    """A QR code: black squares on a white ground."""

    side: int
    """The length of a side in modules, with the quiet border."""
    path: str
    """The black squares as the data of an SVG path, one module to the unit."""


@lru_cache(maxsize=4)
def draw(url: str) -> QrDrawing:
    """Return the code of an address.

    It carries the address in upper case, which takes a smaller code: scheme and host are the same
    in either case, and so are our paths.
    """
    import segno  # noqa: PLC0415  # only the room view needs it

    code = segno.make(url.upper(), error="m", micro=False, boost_error=False)
    rows = [[module == 1 for module in row] for row in code.matrix]
    return QrDrawing(
        side=len(rows) + 2 * QUIET_MODULES,
        path="".join(
            f"M{x + QUIET_MODULES} {y + QUIET_MODULES}h{length}v1h-{length}z"
            for y, row in enumerate(rows)
            for x, length in _black_runs(row)
        ),
    )


def _black_runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where each run of black modules in a row begins, and how long it is."""
    at = 0
    for black, run in groupby(row):
        length = len(list(run))
        if black:
            yield at, length
        at += length
