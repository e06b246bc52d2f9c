"""Summary: what each edition of a closed session says and leaves out, and where its record lies.

Touches: screen; disk, through the desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from dialogue.page import Block, Heading, Items, Line, Mark, Rows
from dialogue.report_page import report_page
from dialogue.tui.command import ScreenName
from dialogue.tui.commands import bindings_of
from dialogue.tui.dialogs.debrief import DebriefDialog, DebriefPlace
from dialogue.tui.dialogs.export import EDITION_WORDS, FREEZES, FROZEN, ExportDialog
from dialogue.tui.exporting import ExportDesk
from dialogue.tui.messages import HomeAsked, ThemesAsked
from dialogue.tui.screens.base import CommandScreen, Handlers
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.tui.widgets.topbar import TopBar
from dialogue.wording import in_use, mark, spoken_in, tr
from sessions.errors import SessionError, shown
from sessions.export.report import in_language
from sessions.export.withheld import withheld
from sessions.export.writing import report
from sessions.saver import SaveStatus

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
    CSS_PATH = "summary.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("summary")]
    ABOUT: ClassVar[str] = mark(
        "This is all that an export of the session says, edition by edition, and what each leaves "
        "out. The number of people is a band, and no answer that fewer than five people gave is "
        "told. The first export freezes these words, so that two exports can never be compared to "
        "find a person. {key_export} shows the formats; enter and y, two keys, write them. "
        "{key_debrief} opens the facilitators' own debrief in three blocks. Nothing is saved "
        "unless you choose to, and no export reads it."
    )

    def __init__(self, desk: ExportDesk, debrief: DebriefPlace | None = None) -> None:
        """Show a closed session.

        Args:
            desk: The session, and what can be done with it.
            debrief: What the facilitators' own debrief is written with.
        """
        super().__init__()
        self._desk = desk
        self._known = desk.summary
        self._debrief = debrief
        self._wall_told = False

    def compose(self) -> ComposeResult:
        """Show the edition above what it says, and beside or above that what it leaves out."""
        yield TopBar(tr("Summary"), self._desk.summary.title)
        yield self.too_small()
        yield Static("", markup=False, id="editions")
        with VerticalScroll(id="words"):
            with Container(id="columns"):
                yield Static("", markup=False, id="withheld")
                yield Static("", markup=False, id="page")
            record = tr("The record: {path}", path=shown(self._desk.folder.path))
            yield Static(record, markup=False, id="record")
        yield StatusLine()
        yield self.key_bar()

    def on_mount(self) -> None:
        """Show the first edition, and let the arrow keys scroll."""
        self.redraw()
        self.query_one("#words").focus()

    def on_screen_resume(self) -> None:
        """Show what has been coded meanwhile."""
        if self.is_mounted:
            self._read_again()

    def handlers(self) -> Handlers:
        """Return what carries out each command of this screen."""
        return {
            "help": self.show_help,
            "debrief": self._open_debrief,
            "export": self._export,
            "edition": partial(self._step, 1),
            "edition-before": partial(self._step, -1),
            "themes": lambda: self.tell(ThemesAsked(self._desk.folder)),
            "to-home": lambda: self.tell(HomeAsked()),
        }

    def redraw(self) -> None:
        """Show the edition that is chosen."""
        desk = self._desk
        self.query_one("#editions", Static).update(_editions(desk))
        self.query_one("#withheld", Static).update(_withheld(desk))
        page = page_content(
            report_page(in_language(report(desk.summary, desk.edition), spoken_in(in_use())))
        )
        self.query_one("#page", Static).update(page)
        self.query_one(StatusLine).show(tr(FROZEN if desk.is_frozen else FREEZES), SaveStatus())

    def _open_debrief(self) -> None:
        if self._debrief is None:
            return
        if self._debrief.on_wall and not self._wall_told:
            self._wall_told = True
            self.say(
                tr(
                    "The wall may see this screen. Take it off the wall, then press {key_debrief} "
                    "again."
                )
            )
            return
        self.app.push_screen(DebriefDialog(self._debrief), lambda said: self.say(said or ""))

    def _step(self, by: int) -> None:
        self._desk.step(by)
        self.query_one(StatusLine).hush()
        self.query_one("#words").scroll_home(animate=False)
        self.redraw()

    def _export(self) -> None:
        self.query_one(StatusLine).hush()
        self.app.push_screen(ExportDialog(self._desk), self._exported)

    def _exported(self, said: str | None) -> None:
        self._read_again()
        if said:
            self.say(said)

    def _read_again(self) -> None:
        try:
            self._desk.read_again()
        except SessionError as error:
            self.say(tr(error.sentence))
        else:
            self.redraw()


def _editions(desk: ExportDesk) -> Content:
    """Return the names of all editions; that of the one that is shown has a sign before it."""
    names = [
        Content.styled(f"▸ {tr(words)}", "bold $primary")
        if edition == desk.edition
        else Content.styled(f"  {tr(words)}", "$quiet")
        for edition, words in EDITION_WORDS.items()
    ]
    return Content("   ").join(names)


def _withheld(desk: ExportDesk) -> Content:
    lines = [Content.styled(tr("What it leaves out"), "bold $primary")]
    lines += [Content(f"· {tr(sentence)}") for sentence in withheld(desk.summary, desk.edition)]
    return Content("\n").join([*lines, Content("")])


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
