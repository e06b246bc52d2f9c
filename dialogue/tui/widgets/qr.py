"""A QR code in half blocks, black on white whatever the theme: phones read nothing else."""

from __future__ import annotations

from textual.content import Content

QUIET_ZONE = 4
_BLACK, _WHITE = "#000000", "#ffffff"


def qr_content(url: str) -> Content:
    """Return a QR code that leads to an address.

    The address is written in upper case, which makes the code one size smaller; schemes, hosts
    and our own paths are the same in either case.
    """
    import segno  # noqa: PLC0415  # only the join screen needs it

    matrix = segno.make(url.upper(), error="m", micro=False).matrix_iter(border=QUIET_ZONE)
    rows = [[bool(module) for module in row] for row in matrix]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    lines = [_line(rows[place], rows[place + 1]) for place in range(0, len(rows), 2)]
    return Content("\n").join(lines)


def qr_size(content: Content) -> tuple[int, int]:
    """Return how many columns and rows a code takes."""
    lines = content.plain.split("\n")
    return len(lines[0]), len(lines)


def _line(upper: list[bool], lower: list[bool]) -> Content:
    return Content.assemble(*(_cell(*pair) for pair in zip(upper, lower, strict=True)))


def _cell(upper: bool, lower: bool) -> tuple[str, str]:  # noqa: FBT001
    """Return one character for two modules; a space where they are alike, against seams."""
    if upper == lower:
        colour = _BLACK if upper else _WHITE
        return " ", f"{colour} on {colour}"
    top, bottom = (_BLACK, _WHITE) if upper else (_WHITE, _BLACK)
    return "▀", f"{top} on {bottom}"
