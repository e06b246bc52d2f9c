"""The one line in which text is typed: closed until a command opens it.

What is typed is shown as it will be kept before Enter keeps it: names are hidden as they are
written, and nothing typed exists anywhere else until then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from sessions.deidentify.model import Hidden
from sessions.text import NOTE_LIMIT, one_line


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line is opened for."""

    command: str
    """The command that opened it."""
    label: str
    """What to write, in a few words."""
    hides_names: bool = True
    start: str = ""
    """What stands in the line at first."""


class OneLineInput(Input):
    """An input that keeps every line of what is pasted, joined by spaces, and never rings."""

    def restricted(self) -> None:
        """Take no more when the line is full; the default would ring."""

    def _on_paste(self, event: events.Paste) -> None:
        """Insert all that there is room for; the default would keep the first line alone."""
        event.prevent_default()
        event.stop()
        start, end = sorted(self.selection)
        room = (self.max_length or NOTE_LIMIT) - len(self.value) + end - start
        self.replace(one_line(event.text, room), start, end)


class EntryLine(Vertical):
    """Opens for one entry, and closes again when it is kept or left."""

    DEFAULT_CSS = """
    EntryLine { height: auto; padding: 0 1; display: none; background: $surface; }
    EntryLine.-open { display: block; }
    EntryLine .label { height: 1; text-style: bold; }
    EntryLine .preview { height: auto; max-height: 3; color: $secondary; display: none; }
    EntryLine .preview.-hides { display: block; }
    EntryLine Input { height: 1; border: none; padding: 0; background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave", show=False)]

    class Kept(Message):
        """Enter was pressed with words in the line."""

        def __init__(self, entry: Entry, text: str) -> None:
            """Carry what the line was opened for and what was typed."""
            super().__init__()
            self.entry = entry
            self.text = text

    def __init__(self, preview: Callable[[str], Hidden]) -> None:
        """Stay closed until `open` is called.

        Args:
            preview: Says how words would be kept; it keeps nothing.
        """
        super().__init__()
        self._hide = preview
        self._entry: Entry | None = None
        self._drafts: dict[str, str] = {}
        self._label = Static("", markup=False, classes="label")
        self._input = OneLineInput(
            max_length=NOTE_LIMIT, compact=True, select_on_focus=False, disabled=True
        )
        self._preview = Static("", markup=False, classes="preview")

    def compose(self) -> ComposeResult:
        """Put the label above the line and the preview below."""
        yield self._label
        yield self._input
        yield self._preview

    @property
    def is_open(self) -> bool:
        """Something is being typed, or can be."""
        return self._entry is not None

    def open(self, entry: Entry) -> None:
        """Open the line for an entry, with what was left standing in it before."""
        self._entry = entry
        start = self._drafts.get(entry.command, entry.start)
        self._label.update(Content.assemble(entry.label, ("   enter keeps · esc leaves", "$quiet")))
        self._input.disabled = False
        self._input.value = start
        self._input.cursor_position = len(start)
        self.add_class("-open")
        self.screen.set_focus(self._input)  # at once: what is typed next belongs here

    def close(self) -> None:
        """Close the line, because what stood in it is kept."""
        if self._entry is not None:
            self._drafts.pop(self._entry.command, None)
        self._entry = None
        self._input.value = ""
        self._preview.update("")
        self.remove_class("-open")
        self.screen.set_focus(None)
        self._input.disabled = True

    def action_leave(self) -> None:
        """Close the line with nothing kept; the words stand there when it is opened again."""
        entry, text = self._entry, self._input.value
        self.close()
        if entry is not None and text.strip():
            self._drafts[entry.command] = text

    @on(Input.Changed)
    def show_as_kept(self, event: Input.Changed) -> None:
        """Show how the words would be kept, when that is not as they are typed."""
        event.stop()
        hides = False
        if self._entry is not None and self._entry.hides_names:
            hidden = self._hide(event.value)
            hides = bool(hidden.spans)
            if hides:
                self._preview.update(Content(f"will be kept as: {hidden.text}"))
        self._preview.set_class(hides, "-hides")

    @on(Input.Submitted)
    def keep(self, event: Input.Submitted) -> None:
        """Hand the words over; whoever keeps them closes the line. An empty one is just closed."""
        event.stop()
        if self._entry is None or not event.value.strip():
            self.action_leave()
        else:
            self.post_message(self.Kept(self._entry, event.value))
