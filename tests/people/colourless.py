"""The screen as somebody sees it who sees no colour: signs and their marks, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.widgets import Input, TextArea

from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.views import live_view
from tests.tui.conftest import QUIET_TURNS, Stage

if TYPE_CHECKING:
    from rich.style import Style
    from textual.geometry import Region

MARKS = ("bold", "underline", "reverse")
"""What a terminal without colour still draws; dim and italic many do not."""
POINTERS = "›▶❯▸▌"


def marks_of(style: Style | None) -> frozenset[str]:
    """Return the marks of a sign that are no colour."""
    return frozenset(one for one in MARKS if style is not None and getattr(style, one))


@dataclass
class Colourless(Stage):
    """The program, looked at after every key: each state is a word or a sign as well."""

    looks: int = 0
    states: set[str] = field(default_factory=set)
    """The states that were told."""

    async def settle(self, turns: int = QUIET_TURNS) -> None:
        """Let everything be answered, and look."""
        await super().settle(turns)
        focused = self.app.focused
        if isinstance(focused, Input | TextArea) and focused.cursor_blink:
            focused.cursor_blink = False  # between two blinks nobody sees it
            await super().settle(turns)
        if self.app.is_running and self.app.screen.is_current:
            self.look()

    def look(self) -> None:
        """Check what can be seen without colour."""
        self.looks += 1
        if isinstance(self.app.screen, LiveScreen):
            self._look_at_live()
        focused = self.app.focused
        if focused is not None and focused.region.area and focused.display:
            assert self.is_marked(focused.region), f"where are the keys? {focused}\n{self.text}"
            if isinstance(focused, Input | TextArea):
                assert self.has_mark(focused.region, "reverse"), f"no cursor in {focused}"

    def is_marked(self, region: Region) -> bool:
        """Say whether some sign in a part of the screen stands out without colour."""
        cells = list(self._cells(region))
        return any(marks & {"bold", "reverse"} or sign in POINTERS for sign, marks in cells)

    def has_mark(self, region: Region, mark: str) -> bool:
        """Say whether some sign in a part of the screen has a mark."""
        return any(mark in marks for _, marks in self._cells(region))

    def _look_at_live(self) -> None:
        view, card = live_view(self.session), self.words_in("#centre")
        told = {"paused": "PAUSED", "overtime": "over ", "running": view.step.title}
        holds = {
            "paused": view.time.paused,
            "overtime": view.time.overtime,
            "running": self.session.step is not None,
        }
        for state in (one for one, so in holds.items() if so):
            assert told[state] in card, f"nothing says {state}:\n{self.text}"
            self.states.add(state)

    def _cells(self, region: Region) -> Iterator[tuple[str, frozenset[str]]]:
        strips = self.app.screen._compositor.render_strips()
        for strip in strips[region.y : region.bottom]:
            for segment in strip.crop(region.x, region.right):
                marks = marks_of(segment.style)
                yield from ((sign, marks) for sign in segment.text)
