"""A QR code in half blocks, black on white whatever the theme: phones read nothing else.

Where the terminal has no half blocks there is no code, and the address is told in words.
"""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size

from dialogue import signs
from dialogue.half_blocks import qr_cells


def qr_content(url: str) -> Content:
    """Return a QR code that leads to an address; empty where it cannot be drawn."""
    if signs.are_plain():
        return Content("")
    return Content("\n").join(Content.assemble(*row) for row in qr_cells(url))


def qr_fits(code: Content, room: Size, beside: Size) -> bool:
    """Say whether there is a code, and room for all of it: a cut code leads nowhere.

    Args:
        code: The code; empty when there is none.
        room: What there is.
        beside: What other things take of it.
    """
    lines = code.plain.split("\n")
    wide, high = len(lines[0]), len(lines)
    return bool(wide) and room.width >= wide + beside.width and room.height >= high + beside.height
