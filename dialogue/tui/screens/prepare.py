"""Prepare: who comes, when it must end, what is agreed beforehand, and whether the plan fits.

Touches: screen, clock (to suggest a start), disk (to look whether the folder is safe).
The roster stays in memory: it is never written anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Select, Static, TextArea

from agreements.plan import Plan
from agreements.sentence import Sentence
from dialogue.desk import Desk
from dialogue.tui.command import ScreenName
from dialogue.tui.commands import bindings_of
from dialogue.tui.dialogs.phones import PhonesDialog
from dialogue.tui.draft import Draft
from dialogue.tui.messages import BeginAsked, FormLeft, HomeAsked
from dialogue.tui.preparing import (
    OPEN_PAGE,
    WALL,
    Choices,
    choices_of,
    findings,
    folder_finding,
    learned,
    plan_table,
    refuse_too_few_cards,
    rule_for,
    scaling,
    screens,
    teams,
    voices,
    warning,
)
from dialogue.tui.room_host import PhoneCheck
from dialogue.tui.screens.base import CommandScreen, Handlers
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.tui.widgets.topbar import TopBar
from dialogue.wording import mark, tr
from sessions.errors import CommandRefusedError
from sessions.saver import SaveStatus
from sessions.text import NAME_LIMIT, NOTE_LIMIT, TITLE_LIMIT, one_line

_START_STEP_MINUTES = 5
_CLOCK_SIGNS = len("13:15")
_NUMBER_SIGNS = 4


HOW_TO_MOVE = mark("tab goes to the next field; enter opens a choice")
"""Said while there is nothing wrong."""


class FormField(Input):
    """A field that takes as much as it has room for, also of what is pasted, and never rings."""

    def restricted(self) -> None:
        """Take no more when the field is full; the default would ring."""

    def _on_paste(self, event: events.Paste) -> None:
        """Insert what there is room for; the default would insert nothing."""
        event.prevent_default()
        event.stop()
        start, end = sorted(self.selection)
        room = (self.max_length or NOTE_LIMIT) - len(self.value) + end - start
        self.replace(one_line(event.text, room), start, end)


class PrepareScreen(CommandScreen):
    """Everything that is decided before the first person speaks."""

    NAME: ClassVar[ScreenName] = "prepare"
    CSS_PATH = "prepare.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("prepare")]
    ABOUT: ClassVar[str] = mark(
        "Say how many people come and when it must end. The plan beside it shows at once whether "
        "that fits and what would give way. Paste the names of those present to have them hidden "
        "in every note. The list stays in memory and is never saved. A laptop at a projector is "
        "often mirrored: extend the desktop, or leave the screen as one that is on the wall."
    )

    def __init__(
        self,
        desk: Desk,
        plan: Plan,
        draft: Draft,
        form: Mapping[str, str] | None = None,
        check_for: Callable[[], PhoneCheck] | None = None,
    ) -> None:
        """Prepare a session of a plan.

        Args:
            desk: What the front ends work with.
            plan: The plan, complete with its prompts.
            draft: What was said on the command line; the rest are defaults.
            form: What stood in the fields when this plan was prepared before.
            check_for: Opens a door to try a phone; without it there are no phones here.
        """
        super().__init__()
        self._desk = desk
        self._plan = plan
        self._draft = draft
        self._form = form or {}
        self._check_for = check_for
        self._scaling = False

    def compose(self) -> ComposeResult:
        """Put the choices beside the plan."""
        yield TopBar(tr("Prepare"), self._plan.title)
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
        self._fill(self._form)
        self.query_one("#heads", Input).focus()
        self._recalculate()
        self.query_one("#learned", Static).update(learned(self._desk, self._plan))
        _, other_rule = rule_for(self._desk, self._plan)
        standing = Sentence.joined(other_rule, warning(self._desk) or "") or HOW_TO_MOVE
        self.query_one(StatusLine).show(tr(standing), SaveStatus())

    def handlers(self) -> Handlers:
        """Return what carries out each command of this screen."""
        own: dict[str, Callable[[], None]] = {
            "prepare-help": self.show_help,
            "begin": self._begin,
            "check": self._toggle_scaling,
            "phones": self._try_phones,
            "prepare-back": self._back,
        }
        return own

    async def take(self, event: events.Key | events.Paste) -> bool:
        """Go on to the next field at once: what is typed after tab must not land before it.

        Textual hands tab from queue to queue, and letters typed meanwhile go to the field that is
        still in front. A name meant for the roster would stand in a field that phones show.
        """
        await super().take(event)
        moves = {"tab": self.focus_next, "shift+tab": self.focus_previous}
        if isinstance(self.focused, FormField):
            moves["enter"] = self.focus_next
        move = moves.get(event.key) if isinstance(event, events.Key) else None
        if move is not None:
            move()
        return move is not None

    @on(Input.Changed)
    @on(Select.Changed)
    def changed(self) -> None:
        """Fit the plan again."""
        self._recalculate()

    def _fields(self) -> ComposeResult:
        config, draft = self._desk.config, self._draft
        rules = self._desk.library.protocol.confidentiality
        rule, _ = rule_for(self._desk, self._plan)
        start = self._suggested_start()
        end = draft.end or self._suggested_end(start)
        yield _text(tr("People"), "heads", str(draft.heads or config.heads), _NUMBER_SIGNS)
        yield _text(tr("Starts"), "starts", start, _CLOCK_SIGNS)
        yield _text(tr("Ends"), "ends", end, _CLOCK_SIGNS)
        yield _text(tr("Title"), "title", draft.title or self._plan.title, TITLE_LIMIT)
        yield _field(
            tr("Rule"),
            Select(
                # Content, not text: a name from a user's file is never read as markup.
                [(Content(one.name), one.id) for one in rules],
                value=rule,
                allow_blank=False,
                compact=True,
                id="rule",
            ),
        )
        yield _field(
            tr("Screen"),
            Select(screens(), value=WALL, allow_blank=False, compact=True, id="screen"),
        )
        yield _field(
            tr("Who leads"),
            Select(teams(), value="one", allow_blank=False, compact=True, id="team"),
        )
        yield _field(
            tr("One voice"),
            Select(
                voices(self._desk), value=OPEN_PAGE, allow_blank=False, compact=True, id="voice"
            ),
        )
        yield _text(tr("Days kept"), "days", str(config.retention_days), _NUMBER_SIGNS)
        care, reporting = config.care_contact, config.reporting_contact
        yield _text(tr("Care contact"), "care", care, NAME_LIMIT, tr("a role"))
        yield _text(tr("Report harm"), "reporting", reporting, NAME_LIMIT, tr("to a role"))
        yield Static(tr("Names to hide (memory only)"), markup=False, classes="label")
        yield TextArea(
            draft.roster,
            id="roster",
            compact=True,
            tab_behavior="focus",
            placeholder=tr("One name a line"),
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
        choices = choices_of(self._values())
        refuse_too_few_cards(self._desk, choices)
        return choices

    def _values(self) -> dict[str, str]:
        """Return what stands in each field."""
        values = {field.id or "": field.value for field in self.query(Input)}
        values |= {choice.id or "": str(choice.value) for choice in self.query(Select)}
        values["roster"] = self.query_one("#roster", TextArea).text
        return values

    def _fill(self, values: Mapping[str, str]) -> None:
        """Put back what stood in the fields before."""
        if not values:
            return
        for field in self.query(Input):
            field.value = values[field.id or ""]
        for choice in self.query(Select):
            choice.value = values[choice.id or ""]
        self.query_one("#roster", TextArea).text = values["roster"]

    def _back(self) -> None:
        """Close the table of other numbers first; then leave, with the form remembered."""
        if self._scaling:
            self._toggle_scaling()
            return
        self.tell(FormLeft(self._plan.id, self._values()))
        self.tell(HomeAsked())

    def _recalculate(self) -> None:
        verdict, table = self.query_one("#verdict", Static), self.query_one("#table", Static)
        try:
            choices = self._choices()
            if self._scaling:
                said, rows = scaling(self._plan, choices)
            else:
                said, rows = plan_table(self._plan, choices)
        except CommandRefusedError as error:
            verdict.update(Content.styled(tr(error.sentence), "bold $warning"))
            return
        verdict.update(said)
        table.update(rows)
        self.query_one("#findings", Static).update(findings(self._desk, self._plan, choices.heads))

    def _toggle_scaling(self) -> None:
        self._scaling = not self._scaling
        self._recalculate()

    def _try_phones(self) -> None:
        if self._check_for is None:
            self.say(tr("Phones cannot join here."))
            return
        self.app.push_screen(PhonesDialog(self._check_for(), folder_finding(self._desk)))

    def _begin(self) -> None:
        try:
            choices = self._choices()
            opening = choices.opening(self._desk, self._plan)
        except CommandRefusedError as error:
            self.query_one(StatusLine).say(tr(error.sentence))
            return
        self.tell(BeginAsked(opening, choices.wall))


def _text(label: str, name: str, value: str, most: int, hint: str = "") -> _Field:
    """Return a field for so many characters."""
    field = FormField(value, max_length=most, placeholder=hint, id=name, compact=True)
    return _field(label, field)


class _Field(Horizontal):
    """A field with its label, which stands out while the keys are in the field."""

    def on_descendant_focus(self) -> None:
        """Let the label stand out; a rule of the style for it would not reach the label."""
        self.add_class("-here")

    def on_descendant_blur(self) -> None:
        """Let it be like the others again."""
        self.remove_class("-here")


def _field(label: str, widget: Input | Select[str]) -> _Field:
    return _Field(Static(label, markup=False, classes="label"), widget, classes="field")
