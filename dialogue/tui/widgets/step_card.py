"""The step in front of the facilitator: condition, prompt, what to say.

The prompt is the largest thing; the condition never stands without what it asks.
"""

from __future__ import annotations

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from dialogue.tui.views import StepView


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
            line: The line to say that comes next, from 0.
            cue: Whether the cue for the facilitator alone is shown as well.
        """
        if (step, line, cue) == self._shown:
            return
        self._shown = (step, line, cue)
        self._head.update(_head(step))
        self._prompt.update(Content("\n".join(step.prompts)))
        self._door.update(_doors(step))
        has_door = bool(step.content_note or step.second_door)
        self._door.display = has_door
        self.set_class(has_door, "-door")
        self._says.update(_says(step, line, cue=cue))


def _head(step: StepView) -> Content:
    title = Content.assemble((step.title, "bold $primary"), (f" · {step.format}", "$quiet"))
    if not step.format:
        title = Content.styled(step.title, "bold $primary")
    if not step.condition:
        return Content.assemble(title, "\n")
    condition = Content.styled(step.condition, "bold $secondary")
    return Content("\n").join([title, condition, Content.styled(step.gloss, "$quiet"), Content("")])


def _doors(step: StepView) -> Content:
    note = f"before: {step.content_note}\n" if step.content_note else ""
    door = f"or: {step.second_door}" if step.second_door else ""
    return Content(f"{note}{door}".rstrip())


def _says(step: StepView, line: int, *, cue: bool) -> Table:
    """Return the lines from the present one on, the present one standing out."""
    count = len(step.says)
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, width=7)
    table.add_column(ratio=1)
    if cue and step.cue:
        table.add_row(Text("for you", "bold"), Text(step.cue, "italic"))
        table.add_row()
    for number, text in enumerate(step.says[line:], line):
        now = number == line
        lead = Text(f"say {number + 1}/{count}", "bold") if now else Text("")
        table.add_row(lead, Text(f"“{text}”", "" if now else "dim"))
    if step.bridge:
        table.add_row(Text("then", "bold"), Text(f"“{step.bridge}”", "dim"))
    return table
