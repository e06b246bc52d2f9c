"""The one line in which text is typed: closed until a command opens it.

What is typed is shown as it will be kept before Enter keeps it: names are hidden as they are
written, and nothing typed exists anywhere else until then. Where it is not sure whether a word
tells who somebody is, one key keeps or hides it, and what nobody decided is hidden.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from dialogue.tui.widgets.kept_as import Seen, Underlining
from dialogue.wording import tr
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
    between: str = " "
    """What stands between lines that are pasted."""
    limit: int = NOTE_LIMIT
    """How many characters there is room for."""


class Decide(Protocol):
    """Keeps or hides some words wherever they stand."""

    def __call__(self, written: str, *, keep: bool) -> None:
        """Take the answer."""


class OneLineInput(Input):
    """An input that keeps every line of what is pasted, and never rings."""

    def restricted(self) -> None:
        """Take no more when the line is full; the default would ring."""

    def write(self, text: str) -> None:
        """Put as much of a text as there is room for where the cursor is."""
        start, end = sorted(self.selection)
        room = (self.max_length or NOTE_LIMIT) - len(self.value) + end - start
        self.replace(text[: max(room, 0)], start, end)


class EntryLine(Vertical):
    """Opens for one entry, and closes again when it is kept or left."""

    DEFAULT_CSS = """
    EntryLine { height: auto; padding: 0 1; display: none; background: $surface; }
    EntryLine.-open { display: block; }
    EntryLine .label { height: auto; max-height: 2; text-style: bold; }
    EntryLine .preview { height: auto; max-height: 3; color: $secondary; display: none; }
    EntryLine .question { height: auto; max-height: 2; text-style: bold; display: none; }
    EntryLine .advice { height: auto; max-height: 2; color: $quiet; display: none; }
    EntryLine .-says { display: block; }
    EntryLine Input { height: 1; border: none; padding: 0; background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", show=False),
        Binding("tab", "decide(True)", "keep the word", show=False),
        Binding("shift+tab", "decide(False)", "hide the word", show=False),
    ]

    def __init__(
        self,
        preview: Callable[[str], Hidden],
        keep: Callable[[Entry, str], None],
        decide: Decide | None = None,
    ) -> None:
        """Stay closed until `open` is called.

        Args:
            preview: Says how words would be kept; it keeps nothing.
            keep: Keeps what was typed for an entry and closes the line; when it cannot, the line
                stays open with the words in it.
            decide: Takes the answer about a word; where it is missing, nobody is asked.
        """
        super().__init__()
        self._hide = preview
        self._keep = keep
        self._decide = decide
        self._seen: dict[str, Seen] = {}
        """The line that was looked at last, by its words."""
        self._entry: Entry | None = None
        self._focused_before: Widget | None = None
        self._drafts: dict[str, str] = {}
        self._label = Static("", markup=False, classes="label")
        self._input = OneLineInput(
            max_length=NOTE_LIMIT,
            compact=True,
            select_on_focus=False,
            disabled=True,
            highlighter=Underlining(self._seen),
        )
        self._preview = Static("", markup=False, classes="preview")
        self._question = Static("", markup=False, classes="question")
        self._advice = Static("", markup=False, classes="advice")

    def compose(self) -> ComposeResult:
        """Put the label above the line, and below it what becomes of the words."""
        yield self._label
        yield self._input
        yield self._preview
        yield self._question
        yield self._advice

    def on_mount(self) -> None:
        """Follow the cursor: the question is about the word it is in."""
        self.watch(self._input, "selection", self._ask, init=False)

    @property
    def is_open(self) -> bool:
        """Something is being typed, or can be."""
        return self._entry is not None

    @property
    def command(self) -> str:
        """What the line is open for, by the id of its command; empty while it is closed."""
        return "" if self._entry is None else self._entry.command

    def open(self, entry: Entry) -> None:
        """Open the line for an entry, with what was left standing in it before."""
        if self._entry is None:
            self._focused_before = self.screen.focused
        else:
            self.action_leave()
        self._entry = entry
        start = self._drafts.get(entry.command, entry.start)
        keys = tr("enter keeps · esc leaves")
        self._label.update(Content.assemble(tr(entry.label), ("   ", "$quiet"), (keys, "$quiet")))
        self._input.disabled = False
        self._input.max_length = entry.limit
        self._input.value = start
        self._input.cursor_position = len(start)
        self.add_class("-open")
        self.screen.set_focus(self._input)

    def close(self) -> None:
        """Close the line, because what stood in it is kept."""
        if self._entry is not None:
            self._drafts.pop(self._entry.command, None)
        self._entry = None
        self._input.value = ""
        self._look("")
        self.remove_class("-open")
        self.screen.set_focus(self._focused_before)
        self._input.disabled = True

    async def take(self, event: events.Key | events.Paste) -> None:
        """Take what is typed while the line is open, at once.

        Textual hands a key on from queue to queue, and on the way one that is pressed later may
        overtake it. In a burst the words would lose their end, and what follows Enter its meaning.
        """
        if self.screen.focused is not self._input:
            self.screen.set_focus(self._input)
        if isinstance(event, events.Paste):
            self._input.write(self._on_one_line(event.text))
        elif event.is_printable:
            self._input.write(event.character or "")
        elif event.key == "enter":
            self._hand_over()
        else:
            bound = self.screen.active_bindings.get(event.key)
            if bound is not None and bound.enabled:
                await self.app.run_action(bound.binding.action, bound.node)

    def _on_one_line(self, pasted: str) -> str:
        """Return what is pasted as it stands in the line."""
        if self._entry is None:
            return ""
        rows = (one_line(row, self._entry.limit) for row in pasted.splitlines())
        return self._entry.between.join(filter(None, rows))

    def action_leave(self) -> None:
        """Close the line with nothing kept; the words stand there when it is opened again."""
        entry, text = self._entry, self._input.value
        self.close()
        if entry is not None and text.strip():
            self._drafts[entry.command] = text

    def action_decide(self, keep: bool) -> None:  # noqa: FBT001
        """Keep or hide the words at hand for the whole session; to hide, any word will do."""
        seen, cursor = self._seen.get(self._input.value), self._input.cursor_position
        if self._decide is None or seen is None:
            return
        span = seen.at_hand(cursor)
        written = "" if span is None else seen.hidden.written(span)
        if not keep and (span is None or span.decided):
            written = seen.word_at(cursor)
        if written:
            self._decide(written, keep=keep)
            self._look(self._input.value)

    @on(Input.Changed)
    def show_as_kept(self, event: Input.Changed) -> None:
        """Show how the words would be kept, when that is not as they are typed."""
        event.stop()
        self._look(event.value)

    def _look(self, typed: str) -> None:
        """Look at what stands in the line, and say what becomes of it."""
        self._seen.clear()
        if self._entry is not None and self._entry.hides_names and typed:
            self._seen[typed] = Seen.of(typed, self._hide(typed))
        seen = self._seen.get(typed)
        hides = seen is not None and bool(seen.hidden.spans)
        kept = seen.as_kept() if seen is not None and hides else Content("")
        before, after = tr("will be kept as: {text}", text="\n").split("\n")
        _say(self._preview, Content.assemble(before, kept, after) if hides else Content(""))
        asks = seen is not None and self._decide is not None
        _say(self._advice, Content(seen.advice() if seen is not None and asks else ""))
        self._ask()
        self._input.refresh()

    def _ask(self) -> None:
        """Ask about the words at hand, where somebody takes the answer."""
        seen = self._seen.get(self._input.value)
        asks = seen is not None and self._decide is not None
        cursor = self._input.cursor_position
        words = seen.question(cursor) if seen is not None and asks else ""
        _say(self._question, Content(words))

    def _hand_over(self) -> None:
        """Hand the words to whoever keeps them; an empty line is just closed."""
        if self._entry is None or not self._input.value.strip():
            self.action_leave()
        else:
            self._keep(self._entry, self._input.value)


def _say(place: Static, words: Content) -> None:
    """Show words below the line; the screen is laid out anew only when they change."""
    if place.content != words:
        place.update(words)
        place.set_class(bool(words), "-says")
