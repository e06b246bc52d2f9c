"""A QR code as half blocks: the cells that a terminal draws, two modules one above the other.

Pure. Who draws them paints black on white whatever the theme: phones read nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

QUIET_ZONE: Final = 4
BLACK: Final = "#000000"
WHITE: Final = "#ffffff"

Cell = tuple[str, str]
"""One character, and its style as `colour on colour`."""


def qr_cells(url: str) -> list[list[Cell]]:
    """Return the rows of a QR code that leads to an address.

    The address is written in upper case, which makes the code one size smaller; schemes, hosts
    and our own paths are the same in either case.
    """
    import segno  # noqa: PLC0415  # only what shows a code needs it

    matrix = segno.make(url.upper(), error="m", micro=False).matrix_iter(border=QUIET_ZONE)
    rows = [[bool(module) for module in row] for row in matrix]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return [list(_row(rows[at], rows[at + 1])) for at in range(0, len(rows), 2)]


def _row(upper: list[bool], lower: list[bool]) -> Iterator[Cell]:
    for pair in zip(upper, lower, strict=True):
        yield _cell(*pair)


def _cell(upper: bool, lower: bool) -> Cell:  # noqa: FBT001
    """Return one character for two modules; a space where they are alike, against seams."""
    if upper == lower:
        colour = BLACK if upper else WHITE
        return " ", f"{colour} on {colour}"
    top, bottom = (BLACK, WHITE) if upper else (WHITE, BLACK)
    return "▀", f"{top} on {bottom}"
