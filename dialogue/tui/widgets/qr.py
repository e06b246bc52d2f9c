"""A QR code in half blocks, black on white whatever the theme: phones read nothing else."""

from __future__ import annotations

from textual.content import Content

from dialogue.half_blocks import qr_cells


def qr_content(url: str) -> Content:
    """Return a QR code that leads to an address."""
    return Content("\n").join(Content.assemble(*row) for row in qr_cells(url))


def qr_size(content: Content) -> tuple[int, int]:
    """Return how many columns and rows a code takes."""
    lines = content.plain.split("\n")
    return len(lines[0]), len(lines)
