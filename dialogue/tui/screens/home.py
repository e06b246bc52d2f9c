"""The first screen: go on with an interrupted session, start a new one, or look at a past one.

Touches: screen, and the store to list sessions.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from agreements.durations import plan_lengths
from agreements.plan import Plan
from agreements.sentence import Sentence
from dialogue.desk import Desk
from dialogue.recorders import recorder_warning
from dialogue.tui.command import ScreenName
from dialogue.tui.commands import bindings_of
from dialogue.tui.messages import PlanChosen, RecordChosen, TourAsked
from dialogue.tui.screens.base import CommandScreen, Handlers
from dialogue.tui.widgets.choice_list import ChoiceList
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.tui.widgets.topbar import TopBar
from dialogue.wording import mark, tr, trn
from sessions.errors import StorageError
from sessions.saver import SaveStatus
from sessions.store import Header

_STATE_WORDS = {
    "open": mark("interrupted; enter goes on with it"),
    "closed": mark("closed; enter shows its summary"),
    "newer": mark("written by a newer dialogue; it is left as it is"),
    "damaged": mark("damaged; enter says what can be done"),
}


ABOUT_TOUR = mark(
    "A rehearsal to watch. A simulated room of 24 goes through the lunch & learn in three minutes, "
    "answers on simulated phones, and ends with a summary. You need not press a key; every key "
    "works all the same, and {key_leave} leaves.\n\n"
    "What you see is a real session on this computer. It is marked as a rehearsal and counts "
    "nowhere."
)


class HomeScreen(CommandScreen):
    """Lists what can be opened."""

    NAME: ClassVar[ScreenName] = "home"
    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("home")]
    ABOUT: ClassVar[str] = mark(
        "Choose a plan to start a new session, or a session that was held before. A session that "
        "was interrupted stands first: nothing in it is lost. Plans of your own go into the "
        "content folder that `dialogue doctor` names."
    )

    def __init__(self, desk: Desk, *, offers_tour: bool = False) -> None:
        """List the plans of the library and the sessions of the store.

        Args:
            desk: What the screens work with.
            offers_tour: The tour can be shown; on a first run it stands first.
        """
        super().__init__()
        self._desk = desk
        self._offers_tour = offers_tour
        self._headers: dict[str, Header] = {}

    def compose(self) -> ComposeResult:
        """Put the list beside what is marked in it."""
        yield TopBar("dialogue", tr("hard conversations, held well"))
        yield self.too_small()
        with Horizontal(id="columns"):
            yield ChoiceList(id="choices", markup=False)
            with VerticalScroll(id="about"):
                yield Static("", markup=False, id="details")
        yield StatusLine()
        yield self.key_bar()

    def on_mount(self) -> None:
        """Go to the list, and say when the terminal may be recorded."""
        self.query_one(OptionList).focus()
        self.query_one(StatusLine).show(tr(recorder_warning(os.environ)), SaveStatus())

    def on_screen_resume(self) -> None:
        """Read the folder: at the start, and when another screen was here before."""
        self.refill()

    def handlers(self) -> Handlers:
        """Return what carries out each command of this screen."""
        handlers: dict[str, Callable[[], None]] = {
            "help": self.show_help,
            "refresh": self.refill,
            "quit": self.app.exit,
            "open": self._open_marked,
        }
        return handlers

    def refill(self) -> None:
        """Read the folder of sessions and show what can be opened."""
        status = self.query_one(StatusLine)
        try:
            headers = self._desk.store.headers()
        except StorageError as error:
            headers = []
            status.say(tr(error.sentence))
        self._headers = {header.id: header for header in headers}
        choices = self.query_one(OptionList)
        marked = choices.highlighted
        choices.clear_options()
        choices.add_options(self._options(headers))
        choices.highlighted = marked if marked is not None else self._first_choice()
        problems = self._desk.library.problems
        if problems:
            status.say(tr("Left out: {problem}", problem=Sentence(problems[0].sentence)))

    @on(OptionList.OptionHighlighted)
    def show_details(self, event: OptionList.OptionHighlighted) -> None:
        """Show what is marked."""
        kind, _, key = (event.option.id or "").partition(":")
        details = Content("")
        if kind == "tour":
            details = Content(tr(ABOUT_TOUR))
        elif kind == "plan":
            details = plan_details(self._desk.library.plans[key], self._desk.config.heads)
        elif kind == "session":
            details = _session_details(self._headers[key])
        self.query_one("#details", Static).update(details)

    @on(OptionList.OptionSelected)
    def open_choice(self, event: OptionList.OptionSelected) -> None:
        """Open what was chosen."""
        kind, _, key = (event.option.id or "").partition(":")
        if kind == "tour":
            self.tell(TourAsked())
        elif kind == "plan":
            self.tell(PlanChosen(key))
        elif kind == "session":
            self.tell(RecordChosen(self._headers[key].path))

    def _open_marked(self) -> None:
        self.query_one(OptionList).action_select()

    def _first_choice(self) -> int | None:
        options = self.query_one(OptionList).options
        return next((place for place, one in enumerate(options) if not one.disabled), None)

    def _options(self, headers: list[Header]) -> list[Option | None]:
        interrupted = [header for header in headers if header.state == "open"]
        past = [header for header in headers if header.state != "open"]
        tour: list[Option | None] = []
        if self._offers_tour:
            tour = [Option(Content(tr("Tour, 3 minutes")), id="tour:")]
        options: list[Option | None] = [*tour, None] if tour and not headers else []
        if interrupted:
            options += [_heading(tr("Interrupted")), *map(_session_option, interrupted), None]
        options += [_heading(tr("New session"))]
        options += [_plan_option(plan) for plan in _shortest_first(self._desk.library.plans)]
        options += [None, _heading(tr("Past sessions"))]
        if past:
            options += [_session_option(header) for header in past]
        else:
            options.append(
                Option(
                    Content.styled(tr("None yet. Choose a plan above."), "$quiet"), disabled=True
                )
            )
        return [*options, None, *tour] if tour and headers else options


def _shortest_first(plans: Mapping[str, Plan]) -> list[Plan]:
    return sorted(plans.values(), key=lambda plan: (plan.minutes, plan.title))


def _heading(text: str) -> Option:
    return Option(Content.styled(text, "bold $primary"), disabled=True)


def _plan_option(plan: Plan) -> Option:
    length = tr("{minutes} min", minutes=f"{plan.minutes:>4}")
    # No colour of its own: the marked row has another ground.
    return Option(Content(f"{length}  {plan.title}"), id=f"plan:{plan.id}")


def _session_option(header: Header) -> Option:
    sign = {"open": "▶", "closed": "✓", "newer": "»", "damaged": "!"}[header.state]
    day = f"{header.held_on or '?':<10}"
    return Option(Content(f"{sign} {day}  {header.title}"), id=f"session:{header.id}")


def plan_details(plan: Plan, heads: int) -> Content:
    """Return what a plan is for, and its steps with their minutes for so many people."""
    lengths = plan_lengths(plan, heads)
    lines = [
        Content.styled(plan.title, "bold"),
        Content(plan.purpose),
        Content.styled(
            trn(
                "{count} minute · for {least} to {most} people",
                "{count} minutes · for {least} to {most} people",
                plan.minutes,
                least=plan.min_heads,
                most=plan.max_heads,
            ),
            "$quiet",
        ),
        Content(""),
    ]
    for step in plan.top_level():
        minutes = round(lengths[step.id].planned / 60)
        lines.append(Content.assemble((f"{minutes or '':>4}  ", "$quiet"), step.title))
    return Content("\n").join(lines)


def _session_details(header: Header) -> Content:
    return Content("\n").join(
        [
            Content.styled(header.title, "bold"),
            Content.styled(f"{header.held_on} · {header.id}", "$quiet"),
            Content(""),
            Content(tr(_STATE_WORDS[header.state])),
        ]
    )
