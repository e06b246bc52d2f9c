"""The join screen: a code that phones can read, and the address beside it."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from pathlib import Path

import pytest
from rich.color import Color
from textual.app import App, ComposeResult
from textual.widgets import Static

from dialogue.tui.theme import THEMES
from dialogue.tui.widgets.qr import qr_content

URL = "http://192.168.101.123:8765"
CELL_WIDTH, CELL_HEIGHT = 8, 16

needs_zbar = pytest.mark.skipif(
    shutil.which("zbarimg") is None, reason="zbarimg is not on this machine (package zbar-tools)"
)


class OneCode(App[None]):
    """Shows a code and nothing else."""

    def compose(self) -> ComposeResult:
        """Put the code at the top."""
        code = Static(qr_content(URL), markup=False)
        code.styles.width = "auto"
        code.styles.height = "auto"
        yield code

    def on_mount(self) -> None:
        """Take our themes."""
        for theme in THEMES.values():
            self.register_theme(theme)


def shade(colour: Color | None) -> int:
    """Return a colour as a grey; a cell without one is as dark as a terminal may be."""
    if colour is None:
        return 0
    red, green, blue = colour.get_truecolor()
    return round((red + green + blue) / 3)


def picture(app: App[None]) -> bytes:
    """Return the cells of the screen as a grey picture, half blocks as two halves."""
    rows: list[bytes] = []
    for strip in app.screen._compositor.render_strips():
        upper, lower = bytearray(), bytearray()
        for segment in strip:
            style = segment.style
            behind = shade(style.bgcolor if style else None)
            front = shade(style.color if style else None)
            for sign in segment.text:
                upper += bytes([front if sign == "▀" else behind]) * CELL_WIDTH
                lower += bytes([behind]) * CELL_WIDTH
        rows += [bytes(upper)] * (CELL_HEIGHT // 2) + [bytes(lower)] * (CELL_HEIGHT // 2)
    return b"P5 %d %d 255\n" % (len(rows[0]), len(rows)) + b"".join(rows)


def decoded(file: Path) -> str:
    """Return what another program reads in a picture."""
    command = ["zbarimg", "--quiet", "--raw", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


@needs_zbar
@pytest.mark.parametrize("theme", list(THEMES))
async def test_a_phone_reads_the_code_in_every_theme(theme: str, tmp_path: Path) -> None:
    """Drawn at 80×24, dark or light, the code leads to the address it was made from."""
    app = OneCode()
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = THEMES[theme].name
        await pilot.pause()
        file = tmp_path / "screen.pgm"
        file.write_bytes(picture(app))
    assert await asyncio.to_thread(decoded, file) == URL.upper()


def test_the_code_fits_a_small_terminal_beside_its_words() -> None:
    """An address on a home network takes 33 columns and 17 rows, which leaves room for text."""
    lines = qr_content(URL).plain.split("\n")
    assert (len(lines[0]), len(lines)) == (33, 17)
