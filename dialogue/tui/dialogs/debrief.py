"""The facilitators' debrief in three blocks: the group, the two of us, the next time.

Nothing of it is saved unless they choose to. Then it lies in a file of its own beside the record,
clean and without names, which no export reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from agreements.model import TextBlock
from dialogue.tui.dialogs.once import GoesOnce
from dialogue.wording import mark, tr
from sessions import debrief
from sessions.deidentify.memory import Memory
from sessions.deidentify.roster import Roster
from sessions.errors import CommandRefusedError, StorageError, shown

NOT_KEPT: Final = mark("Nothing is kept yet. esc again leaves without these words; ^s keeps them.")
AS_KEPT: Final = mark("So it would be kept, with names hidden. ^s keeps it; esc leaves.")
KEYS: Final = mark("tab next block · ^s keeps it for you alone · esc leaves, nothing kept")


@dataclass(frozen=True, slots=True)
class DebriefPlace:
    """What a debrief is written with, and where it would lie."""

    folder: Path
    texts: Mapping[str, TextBlock]
    """The library's texts; the questions of each block are among them."""
    roster: Roster
    """Who was in the room, as long as the program knows."""
    memory: Memory
    """Which words the session decided to keep or to hide, for as long."""
    on_wall: bool
    """Others may see the screen."""


class DebriefDialog(GoesOnce, ModalScreen[str]):
    """Shows one block at a time; goes with what to say about it, empty where nothing was kept."""

    CSS_PATH = "debrief.tcss"
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back", show=False, priority=True),
        Binding("ctrl+q", "quit", "quit", show=False, priority=True),
        Binding("ctrl+s", "keep", "keep", show=False, priority=True),
        Binding("tab", "go(1)", "next", show=False, priority=True),
        Binding("shift+tab", "go(-1)", "before", show=False, priority=True),
    ]

    def __init__(self, place: DebriefPlace) -> None:
        """Begin with the group, and with what was kept before.

        Args:
            place: What it is written with.
        """
        super().__init__()
        self._place = place
        before = debrief.kept_in(place.folder) or debrief.Debrief()
        self._before = (before.group, before.us, before.next)
        self._at = 0
        self._told = False

    def compose(self) -> ComposeResult:
        """Put the questions of a block above the room to write."""
        with Vertical():
            yield Static("", markup=False, id="block")
            for name, text in zip(debrief.BLOCKS, self._before, strict=True):
                yield TextArea(text, id=f"words-{name}", compact=True, tab_behavior="focus")
            yield Static(tr(KEYS), markup=False, id="keys")

    def on_mount(self) -> None:
        """Show the first block."""
        self._show()

    def action_go(self, by: int) -> None:
        """Go to the block after or before."""
        self._at = (self._at + by) % len(debrief.BLOCKS)
        self._show()

    def action_leave(self) -> None:
        """Leave with nothing kept; where words would be lost it takes a second key."""
        if self._may_go():
            self.dismiss("")

    async def action_quit(self) -> None:
        """Leave the program, on the same terms."""
        if self._may_go():
            await self.app.action_quit()

    def _may_go(self) -> bool:
        """Say whether no words would be lost, or it was said that they would."""
        if self._told or self._words() == self._before:
            return True
        self._told = True
        self.query_one("#keys", Static).update(tr(NOT_KEPT))
        return False

    @on(TextArea.Changed)
    def write_on(self) -> None:
        """What is written after it was asked about is asked about anew."""
        if self._told:
            self._told = False
            self.query_one("#keys", Static).update(tr(KEYS))

    def action_keep(self) -> None:
        """Keep the words, or delete the file where none are left of what was kept."""
        words, folder = self._words(), self._place.folder
        try:
            if any(self._before) and not any(one.strip() for one in words):
                debrief.forget(folder)
                self.dismiss(tr("The debrief is deleted."))
                return
            kept = debrief.written(*words, self._place.roster, self._place.memory)
            hidden = (kept.group, kept.us, kept.next)
            if hidden != tuple(one.strip() for one in words):
                self._show_as_kept(hidden)
                return
            path = debrief.keep(folder, kept)
        except (CommandRefusedError, StorageError) as error:
            self.query_one("#keys", Static).update(tr(error.sentence))
            return
        where = shown(path)
        self.dismiss(tr("Kept for you alone, in no report; it goes on its day: {path}", path=where))

    def _show_as_kept(self, hidden: tuple[str, str, str]) -> None:
        """Show what is hidden before it is kept."""
        self._told = False
        for name, text in zip(debrief.BLOCKS, hidden, strict=True):
            self.query_one(f"#words-{name}", TextArea).text = text
        self.query_one("#keys", Static).update(tr(AS_KEPT))

    def _words(self) -> tuple[str, str, str]:
        group, us, next_time = (
            self.query_one(f"#words-{name}", TextArea).text for name in debrief.BLOCKS
        )
        return group, us, next_time

    def _show(self) -> None:
        here = debrief.BLOCKS[self._at]
        block = self._place.texts.get(f"debrief-{here}")
        number = tr("{place} of {all}", place=self._at + 1, all=len(debrief.BLOCKS))
        lines = [Content.styled(number, "$quiet")]
        if block is not None:
            lines = [Content.assemble((block.title, "bold $primary"), (f"  {number}", "$quiet"))]
            lines += [Content(one) for one in block.lines]
        self.query_one("#block", Static).update(Content("\n").join(lines))
        for name in debrief.BLOCKS:
            self.query_one(f"#words-{name}", TextArea).display = name == here
        self.query_one(f"#words-{here}", TextArea).focus()
