"""Review: what was worked on and what was kept, read back before the record is final.

Touches: screen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from dialogue.tui import live_commands, live_entries
from dialogue.tui.commands import ScreenName, bindings_of
from dialogue.tui.messages import CloseAsked, HomeAsked, LiveAsked
from dialogue.tui.screens.base import CommandScreen, Handlers
from dialogue.tui.widgets.choice_list import ChoiceList
from dialogue.tui.widgets.entry_line import EntryLine
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.tui.widgets.topbar import TopBar
from sessions import decide
from sessions.condense import conditions_worked_on
from sessions.errors import CommandRefusedError
from sessions.facts import Answers, GroupCommitment, HouseAgreement, Note, ParkedQuestion
from sessions.live import LiveSession


class ReviewScreen(CommandScreen):
    """What a session has covered and kept."""

    NAME: ClassVar[ScreenName] = "review"
    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("review")]
    ABOUT: ClassVar[str] = (
        "The steps are over. Read back what was kept, in the room if you like, and strike any "
        "line that should not stay: its words leave the record and the version before it. On "
        "the right stands what the session covered. b goes back to the last step."
    )

    def __init__(self, session: LiveSession) -> None:
        """Show a session that is being closed."""
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """Put the words that were kept beside what was covered."""
        yield TopBar("Review", self.session.title)
        yield self.too_small()
        with Horizontal(id="columns"):
            yield ChoiceList(id="kept", markup=False)
            with VerticalScroll(id="covered"):
                yield Static("", markup=False, id="coverage")
        yield EntryLine(self.session.preview)
        yield StatusLine()
        yield self.key_bar()

    def on_mount(self) -> None:
        """Fill both sides."""
        self.refill()
        self.query_one("#kept").focus()
        self.set_interval(0.5, self._show_saving)

    def handlers(self) -> Handlers:
        """Return what carries out each command of this screen."""
        own: dict[str, Callable[[], None]] = {
            "help": self.show_help,
            "strike": self._strike,
            "to-live": self._to_live,
            "to-close": lambda: self.tell(CloseAsked()),
            "undo": self._undo,
            "leave": lambda: self.tell(HomeAsked()),
        }
        entries = {name: partial(self._open_entry, name) for name in ("note", "park", "commit")}
        return {**own, **entries}

    def refill(self) -> None:
        """Show what is kept now."""
        kept = self.query_one(OptionList)
        marked = kept.highlighted
        kept.clear_options()
        kept.add_options(_options(self.session))
        if kept.option_count:
            kept.highlighted = min(marked or 1, kept.option_count - 1)
        self.query_one("#coverage", Static).update(coverage(self.session))
        self._show_saving()

    @on(EntryLine.Kept)
    def keep_entry(self, event: EntryLine.Kept) -> None:
        """Keep what was typed; when that is refused, the words stay in the line."""
        try:
            said = live_entries.keep(self.session, event.entry.command, event.text)
        except CommandRefusedError as error:
            self.query_one(StatusLine).say(error.sentence)
            return
        self.query_one(EntryLine).close()
        self.query_one("#kept").focus()
        self.query_one(StatusLine).say(said)
        self.refill()

    def _open_entry(self, command: str) -> None:
        self.query_one(EntryLine).open(live_entries.entry_for(self.session, command))

    def _show_saving(self) -> None:
        self.query_one(StatusLine).show("", self.session.status)

    def _strike(self) -> None:
        kept = self.query_one(OptionList)
        if kept.highlighted is None:
            return
        fact = kept.get_option_at_index(kept.highlighted).id
        if fact is None:
            return
        self.session.strike(fact)
        self.refill()
        self.query_one(StatusLine).say("Struck. The words are out of the record; u brings back.")

    def _undo(self) -> None:
        said = live_commands.carry_out(self.session, "undo")
        if self.session.state.phase != "closing":
            self.tell(LiveAsked())
            return
        self.refill()
        self.query_one(StatusLine).say(said)

    def _to_live(self) -> None:
        try:
            self.session.do(decide.previous_step)
        except CommandRefusedError as error:
            self.query_one(StatusLine).say(error.sentence)
            return
        self.tell(LiveAsked())


def _options(session: LiveSession) -> list[Option]:
    groups = (
        ("Notes", session.facts(Note)),
        ("Our own agreements", session.facts(HouseAgreement)),
        ("Parked questions", session.facts(ParkedQuestion)),
        ("What the group will do", session.facts(GroupCommitment)),
    )
    options: list[Option] = []
    for title, facts in groups:
        options.append(Option(Content.styled(title, "bold $primary"), disabled=True))
        if not facts:
            options.append(Option(Content.styled("  none", "$quiet"), disabled=True))
        options += [Option(Content(f"· {fact.text}"), id=fact.id) for fact in facts]
    return options


def coverage(session: LiveSession) -> Content:
    """Return which conditions were worked on, what was adopted, and what was counted."""
    worked_on = conditions_worked_on(session.record, session.state)
    lines = [Content.styled("Conditions", "bold $primary")]
    for one in session.protocol.conditions:
        done = one.id in worked_on
        sign = "✓" if done else " "
        style = "" if done else "$quiet"
        lines.append(Content.assemble(f"{sign} {one.number} ", (one.name, style)))
        if done:
            lines.append(Content.styled(f"    {one.gloss}", "$quiet"))
    adopted = "adopted" if session.state.adopted else "not adopted"
    lines += [Content(""), Content.styled(f"Agreements · {adopted}", "bold $primary")]
    wordings = session.wordings()
    lines += [Content(f"  {wordings.get(one.id, one.name)}") for one in session.protocol.agreements]
    counted = session.facts(Answers)
    if counted:
        lines += [Content(""), Content.styled("Counted aloud", "bold $primary")]
        lines += [_count_line(session, answers) for answers in counted]
    return Content("\n").join(lines)


def _count_line(session: LiveSession, answers: Answers) -> Content:
    steps = session.plan.steps + session.plan.alternatives
    ask = next(one for step in steps for one in step.asks if one.id == answers.ask)
    return Content.assemble(
        ask.text, "\n  ", (f"{len(answers.items)} of {answers.seats} answered", "$quiet")
    )
