"""The step in front of the facilitator: condition, prompt, what to say.

The prompt is the largest thing; the condition never stands without what it asks.
"""

from __future__ import annotations

from textwrap import wrap

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from dialogue.tui.views import Reading, StepView
from dialogue.wording import tr, trc

PROMPT_CELLS, BESIDE_CELLS = 4, 2
"""What stands left and right of a prompt; and on both sides of a line to say."""

LEAD_CELLS = 7
"""So wide is the column of what stands before a line, or wider where a language needs more."""


class StepCard(Vertical):
    """Shows one step."""

    DEFAULT_CSS = """
    StepCard { height: 1fr; padding: 0 1; }
    StepCard .head { height: auto; }
    StepCard .prompt { height: auto; padding: 0 2; text-style: bold; }
    StepCard .door { height: auto; padding: 0 2; color: $quiet; }
    StepCard VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    StepCard .says { height: auto; padding-top: 1; }
    StepCard.-door .says { padding-top: 0; }
    """

    def __init__(self) -> None:
        """Start empty; `show` fills it."""
        super().__init__()
        self._head = Static("", markup=False, classes="head")
        self._prompt = Static("", markup=False, classes="prompt")
        self._door = Static("", markup=False, classes="door")
        self._says = Static("", markup=False, classes="says")
        self._shown: tuple[StepView, int, bool] | None = None

    def compose(self) -> ComposeResult:
        """Put the condition above the prompt and the lines to say below."""
        yield self._head
        yield self._prompt
        yield self._door
        with VerticalScroll():
            yield self._says

    def show(self, step: StepView, *, line: int, cue: bool) -> None:
        """Show a step.

        Args:
            step: What to show.
            line: The line to say, or the reading, that comes next, from 0.
            cue: Whether the cue for the facilitator alone is shown as well.
        """
        if (step, line, cue) == self._shown:
            return
        if self._shown is not None and (step.title, line) != (self._shown[0].title, self._shown[1]):
            self.query_one(VerticalScroll).scroll_home(animate=False)
        self._shown = (step, line, cue)
        self._head.update(_head(step))
        self._prompt.update(Content("\n".join(step.prompts)))
        self._door.update(_doors(step))
        has_door = bool(step.content_note or step.second_door)
        self._door.display = has_door
        self.set_class(has_door, "-door")
        self._says.update(_says(step, line, cue=cue))

    @property
    def rows_needed(self) -> int:
        """How many rows show the step with its longest line to say, whichever that is now."""
        if self._shown is None:
            return 0
        step, width, none = self._shown[0], self.content_size.width, Size(0, 0)
        parts = ((self._head, 0), (self._prompt, PROMPT_CELLS), (self._door, PROMPT_CELLS))
        above = sum(
            part.get_content_height(none, none, max(width - beside, 1))
            for part, beside in parts
            if part.display
        )
        cells = max(width - LEAD_CELLS - BESIDE_CELLS, 1)
        longest = max((len(wrap(f"“{line}”", cells)) for line in step.says), default=0)
        return above + longest + (not self.has_class("-door"))

    def scroll_words(self, lines: int) -> None:
        """Move the words below the prompt, where there are more than fit."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _head(step: StepView) -> Content:
    title = Content.assemble((step.title, "bold $primary"), (f" · {step.format}", "$quiet"))
    if not step.format:
        title = Content.styled(step.title, "bold $primary")
    if step.roles:
        title = Content.assemble(title, (f" · {step.roles}", "$quiet"))
    if not step.condition:
        return Content.assemble(title, "\n")
    condition = Content.styled(step.condition, "bold $secondary")
    return Content("\n").join([title, condition, Content.styled(step.gloss, "$quiet"), Content("")])


def _doors(step: StepView) -> Content:
    note = tr("before: {note}", note=step.content_note) if step.content_note else ""
    door = tr("or: {door}", door=step.second_door) if step.second_door else ""
    return Content("\n".join(filter(None, (note, door))))


def _says(step: StepView, line: int, *, cue: bool) -> Table:
    """Return the lines from the present one on, the present one standing out."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, min_width=LEAD_CELLS)
    table.add_column(ratio=1)
    pages = [*(Text(f"“{text}”") for text in step.says), *map(_reading, step.readings)]
    for number, page in enumerate(pages[line:], line):
        now = number == line
        lead = (
            Text(tr("say {place}", place=f"{number + 1}/{len(pages)}"), "bold") if now else Text("")
        )
        page.style = "" if now else "dim"
        table.add_row(lead, page)
        if now:
            _add_cue(table, step, cue=cue)
    if not pages:
        _add_cue(table, step, cue=cue)
    if step.bridge:
        table.add_row(Text(trc("step", "then"), "bold"), Text(f"“{step.bridge}”", "dim"))
    return table


def _add_cue(table: Table, step: StepView, *, cue: bool) -> None:
    """Add the cue, below the line to say: that line is never what has to make room."""
    if cue and step.cue:
        table.add_row(Text(trc("step", "for you"), "bold"), Text(step.cue, "italic"))


def _reading(reading: Reading) -> Text:
    """Return the title of a reading with its lines below, each on its own."""
    return Text("\n").join([Text(reading.title, "bold"), *map(Text, reading.lines)])
