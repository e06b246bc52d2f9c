"""Writes a closed session: which formats, for whom, on which paper, and into which folder.

Touches: screen; disk, through the desk. The first export freezes what the session tells, which
cannot be undone: it takes enter and then y. Every later one takes enter alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from dialogue.tui.dialogs.once import GoesOnce
from dialogue.tui.exporting import ExportDesk, refusal
from dialogue.tui.widgets.entry_line import Entry, EntryLine
from dialogue.wording import mark, spoken_in, tr
from sessions.deidentify.aliases import Aliases
from sessions.deidentify.model import Hidden
from sessions.errors import CommandRefusedError, SessionError, shown
from sessions.export.registry import FORMATS, Format
from sessions.export.report import Edition, Paper
from sessions.release import Order

EDITION_WORDS: Final[Mapping[Edition, str]] = {
    "full": mark("everything"),
    "board": mark("for a board"),
    "participants": mark("for the room"),
}
"""Whom each edition is for, in a few words."""

FREEZES: Final = mark(
    "Not exported yet. The first export freezes these words for good, so that no two exports can "
    "be compared to find a person."
)
FROZEN: Final = mark("Exported before: every export says what the first one said.")
SURE: Final = mark("y writes it and freezes the words; any other key leaves them.")
WRITING: Final = mark("Writing…")
NO_FORMAT: Final = mark("Choose a format first: its number puts it on the list.")
NO_EDITIONS: Final = mark(
    "{name} is the summary itself and has no editions. Leave this window, go to “everything” with "
    "tab, and choose it there."
)
FOLDER: Final = Entry("folder", "The folder; it is made if it is not there:")
NOBODY: Final = mark("Nobody here has the name after ~. Write the whole path of the folder.")
_KEYS: Final = mark("1-7 formats · p paper · f folder · enter write · esc leave")
_FIRST: Final = "md"
"""What is chosen at first: every computer can show it."""


class ExportDialog(GoesOnce, ModalScreen[str]):
    """Asks what to write; hands back what to say about it, or nothing."""

    CSS_PATH = "export.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", show=False),
        Binding("p", "paper", "paper", show=False),
        Binding("f", "folder", "folder", show=False),
        Binding("enter", "write", "write", show=False),
        Binding("y", "confirm", "yes", show=False),
        *(
            Binding(str(number), f"choose('{name}')", name, show=False)
            for number, name in enumerate(FORMATS, 1)
        ),
    ]

    def __init__(self, desk: ExportDesk) -> None:
        """Offer the formats of an edition.

        Args:
            desk: The session.
        """
        super().__init__()
        self._desk = desk
        self._chosen = {_FIRST}
        self._paper: Paper = "a4"
        self._folder = desk.exports
        self._asked = False
        self._writing = False

    def compose(self) -> ComposeResult:
        """Show the formats above where they go and what that means."""
        with Vertical():
            yield Static("", markup=False, id="formats")
            yield Static("", markup=False, id="folder")
            yield EntryLine(_as_it_is, self._take_folder)
            yield Static("", markup=False, id="verdict")
            yield Static(tr(_KEYS), markup=False, classes="quiet")

    def on_mount(self) -> None:
        """Show what is chosen."""
        self._show()

    async def take(self, event: events.Key | events.Paste) -> bool:
        """Let a folder that is typed go into the line; whatever is not y takes the question back.

        While it writes, no key does anything.
        """
        line = self.query_one(EntryLine)
        if line.is_open:
            await line.take(event)
            return True
        if self._asked and not (isinstance(event, events.Key) and event.key == "y"):
            self._asked = False
            self._show()
        return self._writing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys be text while a folder is typed."""
        if any(line.is_open for line in self.query(EntryLine)):
            return False
        return super().check_action(action, parameters)

    def action_choose(self, name: str) -> None:
        """Put a format on the list, or take it off."""
        chosen = FORMATS[name]
        if name in self._chosen:
            self._chosen.discard(name)
        elif not chosen.has_editions and self._desk.edition != "full":
            self._show(tr(NO_EDITIONS, name=name))
            return
        else:
            try:
                chosen.refuse()
            except CommandRefusedError as error:
                self._show(tr(error.sentence))
                return
            self._chosen.add(name)
        self._show()

    def action_paper(self) -> None:
        """Take the other paper."""
        self._paper = "letter" if self._paper == "a4" else "a4"
        self._show()

    def action_folder(self) -> None:
        """Open the line for a folder."""
        entry = Entry(FOLDER.command, FOLDER.label, hides_names=False, start=str(self._folder))
        self.query_one(EntryLine).open(entry)

    def action_write(self) -> None:
        """Write, or ask once more where that freezes what is told."""
        if not self._chosen:
            self._show(tr(NO_FORMAT))
        elif self._desk.is_frozen:
            self._start()
        else:
            self._asked = True
            self._show(tr(SURE))

    def action_confirm(self) -> None:
        """Write what was asked for with the key before."""
        if self._asked:
            self._start()

    def action_leave(self) -> None:
        """Leave with nothing written."""
        self.dismiss("")

    def _take_folder(self, _entry: Entry, text: str) -> None:
        """Take a folder that was typed; a short one lies below that of the user."""
        try:
            self._folder = Path.home() / Path(text.strip()).expanduser()
        except RuntimeError:
            self._show(tr(NOBODY))
            return
        self.query_one(EntryLine).close()
        self._show()

    def _start(self) -> None:
        self._asked = False
        self._writing = True
        self._show(tr(WRITING))
        self.run_worker(self._write(), exclusive=True)

    async def _write(self) -> None:
        """Write beside the screen: a PDF and its fonts take a moment."""
        chosen = [one for one in FORMATS.values() if one.name in self._chosen]
        order = Order(
            chosen,
            self._folder,
            edition=self._desk.edition,
            paper=self._paper,
            spoken=spoken_in,
        )
        try:
            said = await asyncio.to_thread(self._desk.write, order)
        except SessionError as error:
            self._writing = False
            self._show(refusal(error))
            return
        self.dismiss(said)

    def _show(self, said: str = "") -> None:
        lines = Content("\n").join(self._lines())
        self.query_one("#formats", Static).update(lines)
        self.query_one("#folder", Static).update(Content(f"  {shown(self._folder)}"))
        standing = tr(FROZEN if self._desk.is_frozen else FREEZES)
        verdict = Content.styled(said, "bold") if said else Content.styled(standing, "$quiet")
        self.query_one("#verdict", Static).update(verdict)

    def _lines(self) -> Iterator[Content]:
        edition = tr(EDITION_WORDS[self._desk.edition])
        yield Content.styled(tr("Export: {edition}", edition=edition), "bold $primary")
        yield Content("")
        for number, one in enumerate(FORMATS.values(), 1):
            yield self._line(number, one)
        yield Content("")
        paper = {"a4": "A4", "letter": "Letter"}[self._paper]
        yield Content(tr("Paper for pdf and docx: {paper}", paper=paper))
        yield Content(tr("Folder:"))

    def _line(self, number: int, one: Format) -> Content:
        ticked = "✓" if one.name in self._chosen else " "
        return Content.assemble(
            f"{ticked} ",
            (str(number), "bold $footer-key-foreground"),
            f"  {one.name:<5} ",
            (tr(one.title), "" if one.name in self._chosen else "$quiet"),
        )


def _as_it_is(raw: str) -> Hidden:
    """Return a folder's name as it is: it is no word of anybody's, and is kept nowhere."""
    return Hidden(raw, source=raw, spans=(), places=(), counts={}, aliases=Aliases())
