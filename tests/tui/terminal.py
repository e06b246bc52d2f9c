"""A terminal behind the program: the very bytes it would get, through a pty, and what they draw."""

from __future__ import annotations

import os
import re
import tty
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyte
import pytest
from textual.drivers.headless_driver import HeadlessDriver
from wcwidth import wcwidth

if TYPE_CHECKING:
    from tests.tui.conftest import Stage

CHUNK_BYTES = 1024
"""So much fits into a pty that nobody reads."""

OURS = re.compile(
    r"\x1b\[\??[0-9;]*[A-Za-z]|\x1b\[(?:>|<)[0-9]*u|\x1bP=[12]s\x1b\\|\x1b\]22;[a-z-]*\x07"
)
"""What Textual itself writes: styles, places, modes, the pointer's shape. No link, no title, no
clipboard."""

KEPT_THOUGH_HIDDEN = "\u200c\u200d\u200e\u200f"

NO_WRAP = "\x1b[?7l"
FIRST_PRINTED = 0xA0
"""The first sign that is no control above ASCII."""
FRAMES = dict.fromkeys(map(ord, "│╭╮╰╯─"), " ")


def forbidden(text: str) -> set[str]:
    """Name the characters that no terminal may get from us."""
    return {
        f"U+{ord(sign):04X}"
        for sign in text
        if unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf"}
        and sign not in "\n" + KEPT_THOUGH_HIDDEN
    }


class Terminal:
    """What stands behind the program in place of nothing."""

    def __init__(self) -> None:
        """Open a pty that changes no byte."""
        self.written: list[str] = []
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)

    def close(self) -> None:
        """Let go of the pty."""
        os.close(self._ours)
        os.close(self._theirs)

    def unsafe(self, stage: Stage) -> list[str]:
        """Name each sign of control, but Textual's own, in what was written and what stands now."""
        found = [f"in a part: {sign}" for sign in sorted(forbidden(stage.text))]
        loose = forbidden(OURS.sub("", "".join(self.written)).replace("\r", ""))
        self.written.clear()
        return found + [f"written: {sign}" for sign in sorted(loose)]

    def draws(self, stage: Stage) -> bool:
        """Say whether the screen, written once more, draws row by row what its parts say."""
        app, screen = stage.app, stage.app.screen
        before = len(self.written)
        app._display(screen, screen._compositor.render_update(full=True))
        strips = enumerate(screen._compositor.render_strips(), 1)
        wanted = "".join(f"\x1b[{row};1H{strip.text}" for row, strip in strips)
        size = (app.size.width, app.size.height)
        got = self._through("".join(self.written[before:]))
        return drawn(got, size) == drawn(wanted.encode(), size)

    def _through(self, text: str) -> bytes:
        """Send a text through the pty, as a driver does, and return what comes out."""
        sent, came = text.encode("utf-8", "surrogatepass"), bytearray()
        for at in range(0, len(sent), CHUNK_BYTES):
            left = os.write(self._theirs, sent[at : at + CHUNK_BYTES])
            while left:
                part = os.read(self._ours, left)
                came += part
                left -= len(part)
        return bytes(came)


def drawn(data: bytes, size: tuple[int, int]) -> list[str]:
    """Return what stands in each row of a terminal of some size that has got these bytes.

    Terminals differ in how wide rare signs are, so spaces and frames may stand elsewhere, and no
    row may push another one down. What has no width of its own is left out: pyte drops all that
    follows some of it.
    """
    columns = 3 * size[0]
    screen = pyte.Screen(columns, size[1])
    text = data.decode("utf-8", "surrogatepass")
    wide = "".join(sign for sign in text if ord(sign) < FIRST_PRINTED or wcwidth(sign) > 0)
    pyte.Stream(screen).feed(NO_WRAP + wide)
    rows = (screen.buffer[row] for row in range(size[1]))
    texts = ("".join(row[column].data for column in sorted(row)) for row in rows)
    return ["".join(text.translate(FRAMES).split()) for text in texts]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Put a terminal behind the program, which then writes to it as to any other."""
    terminal = Terminal()
    monkeypatch.setattr(HeadlessDriver, "is_headless", property(lambda _: False))
    monkeypatch.setattr(HeadlessDriver, "write", lambda _, data: terminal.written.append(data))
    yield terminal
    terminal.close()
