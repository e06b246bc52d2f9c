"""Prepare: who comes, when it must end, what is agreed beforehand, and whether the plan fits.

Touches: screen, clock (to suggest a start), disk (to look whether the folder is safe).
The roster stays in memory: it is never written anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Select, Static, TextArea

from agreements.plan import Plan
from dialogue.desk import Desk
from dialogue.tui.commands import ScreenName, bindings_of
from dialogue.tui.messages import BeginAsked, HomeAsked
from dialogue.tui.preparing import (
    Choices,
    Draft,
    choices_of,
    findings,
    learned,
    plan_table,
    scaling,
    warning,
)
from dialogue.tui.screens.base import CommandScreen, Handlers
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.tui.widgets.topbar import TopBar
from sessions.errors import CommandRefusedError
from sessions.saver import SaveStatus

_START_STEP_MINUTES = 5


class PrepareScreen(CommandScreen):
    """Everything that is decided before the first person speaks."""

    NAME: ClassVar[ScreenName] = "prepare"
    CSS_PATH = "prepare.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("prepare")]
    ABOUT: ClassVar[str] = (
        "Say how many people come and when it must end; the plan beside it shows at once whether "
        "that fits and what would give way. Paste the names of those present to have them hidden "
        "in every note: the list stays in memory and is never saved."
    )

    def __init__(self, desk: Desk, plan: Plan, draft: Draft) -> None:
        """Prepare a session of a plan.

        Args:
            desk: What the front ends work with.
            plan: The plan, complete with its prompts.
            draft: What was said on the command line; the rest are defaults.
        """
        super().__init__()
        self._desk = desk
        self._plan = plan
        self._draft = draft
        self._scaling = False

    def compose(self) -> ComposeResult:
        """Put the choices beside the plan."""
        yield TopBar("Prepare", self._plan.title)
        yield self.too_small()
        with Horizontal(id="columns"):
            with VerticalScroll(id="form", can_focus=False):
                yield from self._fields()
            with VerticalScroll(id="plan"):
                yield Static("", markup=False, id="verdict")
                yield Static("", markup=False, id="table")
                yield Static("", markup=False, id="findings")
                yield Static("", markup=False, id="learned")
        yield StatusLine()
        yield self.key_bar()

    def on_mount(self) -> None:
        """Show the plan as it stands."""
        self.query_one("#heads", Input).focus()
        self._recalculate()
        self.query_one("#learned", Static).update(learned(self._desk, self._plan))
        self.query_one(StatusLine).show(warning(self._desk) or "", SaveStatus())

    def handlers(self) -> Handlers:
        """Return what carries out each command of this screen."""
        own: dict[str, Callable[[], None]] = {
            "begin": self._begin,
            "check": self._toggle_scaling,
            "prepare-back": lambda: self.tell(HomeAsked()),
        }
        return own

    @on(Input.Changed)
    @on(Select.Changed)
    def changed(self) -> None:
        """Fit the plan again."""
        self._recalculate()

    @on(Input.Submitted)
    def next_field(self) -> None:
        """Go on to the next field."""
        self.focus_next()

    def _fields(self) -> ComposeResult:
        config, draft = self._desk.config, self._draft
        rules = self._desk.library.protocol.confidentiality
        rule = self._plan.confidentiality or config.confidentiality
        start = self._suggested_start()
        end = draft.end or self._suggested_end(start)
        yield _field("People", Input(str(draft.heads or config.heads), id="heads", compact=True))
        yield _field("Starts", Input(start, id="starts", compact=True))
        yield _field("Ends", Input(end, id="ends", compact=True))
        yield _field("Title", Input(draft.title or self._plan.title, id="title", compact=True))
        yield _field(
            "Rule",
            Select(
                [(one.name, one.id) for one in rules],
                value=rule,
                allow_blank=False,
                compact=True,
                id="rule",
            ),
        )
        yield _field("Keep days", Input(str(config.retention_days), id="days", compact=True))
        yield _field(
            "Care", Input(config.care_contact, placeholder="a role", id="care", compact=True)
        )
        yield _field(
            "Harm",
            Input(config.reporting_contact, placeholder="a role", id="reporting", compact=True),
        )
        yield Static("Names to hide (memory only)", markup=False, classes="label")
        yield TextArea(
            draft.roster,
            id="roster",
            compact=True,
            tab_behavior="focus",
            placeholder="One name a line",
        )

    def _suggested_start(self) -> str:
        now = self._desk.clock.wall().astimezone()
        late = timedelta(minutes=now.minute % _START_STEP_MINUTES, seconds=now.second)
        rounded = now - late + timedelta(minutes=_START_STEP_MINUTES if late else 0)
        return rounded.strftime("%H:%M")

    def _suggested_end(self, start: str) -> str:
        hours, minutes = (int(part) for part in start.split(":"))
        end = (hours * 60 + minutes + self._plan.minutes) % (24 * 60)
        return f"{end // 60:02}:{end % 60:02}"

    def _choices(self) -> Choices:
        """Read the form.

        Raises:
            CommandRefusedError: A field cannot be meant as it stands.
        """
        values = {field.id or "": field.value for field in self.query(Input)}
        values["rule"] = str(self.query_one("#rule", Select).value)
        values["roster"] = self.query_one("#roster", TextArea).text
        return choices_of(values)

    def _recalculate(self) -> None:
        verdict, table = self.query_one("#verdict", Static), self.query_one("#table", Static)
        try:
            choices = self._choices()
            if self._scaling:
                said, rows = scaling(self._plan, choices)
            else:
                said, rows = plan_table(self._plan, choices)
        except CommandRefusedError as error:
            verdict.update(Content.styled(error.sentence, "bold $warning"))
            return
        verdict.update(said)
        table.update(rows)
        self.query_one("#findings", Static).update(findings(self._desk, self._plan, choices.heads))

    def _toggle_scaling(self) -> None:
        self._scaling = not self._scaling
        self._recalculate()

    def _begin(self) -> None:
        try:
            opening = self._choices().opening(self._desk, self._plan)
        except CommandRefusedError as error:
            self.query_one(StatusLine).say(error.sentence)
            return
        self.tell(BeginAsked(opening))


def _field(label: str, widget: Input | Select[str]) -> Horizontal:
    return Horizontal(Static(label, markup=False, classes="label"), widget, classes="field")
