"""Summary: what a closed session will tell, and where its record lies.

Touches: screen; the program writes the export.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from dialogue.page import Block, Heading, Items, Line, Mark, Rows
from dialogue.summary_page import summary_page
from dialogue.tui.command import ScreenName
from dialogue.tui.commands import bindings_of
from dialogue.tui.dialogs.debrief import DebriefDialog, DebriefPlace
from dialogue.tui.messages import HomeAsked
from dialogue.tui.screens.base import CommandScreen, Handlers
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.tui.widgets.topbar import TopBar
from dialogue.wording import mark, tr
from sessions.errors import shown
from sessions.saver import SaveStatus
from sessions.summary import Summary

_STYLES: dict[Mark, str] = {
    "plain": "",
    "strong": "bold",
    "good": "$success",
    "attention": "bold $warning",
    "quiet": "$quiet",
}


class SummaryScreen(CommandScreen):
    """One closed session as it may leave."""

    NAME: ClassVar[ScreenName] = "summary"
    CONFIRMING: ClassVar[str] = "export-really"
    CSS_PATH = "summary.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("summary")]
    ABOUT: ClassVar[str] = mark(
        "This is everything that an export of the session says. The number of people is a band, "
        "and no answer that fewer than five people gave is told. The first export freezes these "
        "words, so that two exports can never be compared to find a person: e and y, two keys, "
        "write one. d opens the facilitators' own debrief: three blocks, and nothing is saved "
        "unless you choose to; no export reads it."
    )

    def __init__(
        self,
        summary: Summary,
        path: Path,
        export: Callable[[], str],
        debrief: DebriefPlace | None = None,
    ) -> None:
        """Show a summary.

        Args:
            summary: What may leave.
            path: Where the record lies.
            export: Writes the export and says where, or why not.
            debrief: What the facilitators' own debrief is written with.
        """
        super().__init__()
        self._summary = summary
        self._path = path
        self._export = export
        self._debrief = debrief
        self._wall_told = False

    def compose(self) -> ComposeResult:
        """Show the summary from top to bottom."""
        record = tr("The record: {path}", path=shown(self._path))
        yield TopBar(tr("Summary"), self._summary.title)
        yield self.too_small()
        with VerticalScroll(id="words"):
            yield Static(page_content(summary_page(self._summary)), markup=False)
            yield Static(Content.styled(record, "$quiet"), markup=False, id="record")
        yield StatusLine()
        yield self.key_bar()

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one("#words").focus()
        self.watch_asked()

    def handlers(self) -> Handlers:
        """Return what carries out each command of this screen."""
        return {
            "help": self.show_help,
            "debrief": self._open_debrief,
            "export": self._ask,
            "export-really": self._write,
            "to-home": lambda: self.tell(HomeAsked()),
        }

    def watch_asked(self) -> None:
        """Show what the next key can do."""
        standing = tr("The session is closed.")
        if self.asked:
            standing = tr(
                "Press y to write the export. The first one freezes these words for good; any "
                "other key leaves them."
            )
        self.query_one(StatusLine).show(standing, SaveStatus())

    def _open_debrief(self) -> None:
        if self._debrief is None:
            return
        if self._debrief.on_wall and not self._wall_told:
            self._wall_told = True
            self.say(tr("The wall may see this screen. Take it off the wall, then press d again."))
            return
        self.app.push_screen(DebriefDialog(self._debrief), lambda said: self.say(said or ""))

    def _ask(self) -> None:
        self.query_one(StatusLine).hush()
        self.asked = True

    def _write(self) -> None:
        if not self.asked:
            self.say(tr("Press e first, then y. Nothing has been written."))
            return
        self.asked = False
        self.say(self._export())


def page_content(blocks: Iterable[Block]) -> Content:
    """Return the blocks of a page as they read on the screen."""
    lines: list[Content] = []
    for block in blocks:
        match block:
            case Heading():
                lines += [Content(""), Content.styled(block.text, "bold $primary")]
            case Line():
                lines.append(Content.styled(block.text, _STYLES[block.mark]))
            case Items():
                lines += [Content(f"  · {text}") for text in block.texts]
            case Rows():
                lines += list(_rows(block))
    return Content("\n").join([*lines[1:], Content("")])


def _rows(block: Rows) -> Iterator[Content]:
    table = [block.heads, *block.rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(block.heads))]
    for number, row in enumerate(table):
        cells = [
            cell.rjust(width) if column in block.right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield Content.styled(f"  {'  '.join(cells)}".rstrip(), "$quiet" if number == 0 else "")
