"""Review: what was worked on and what was kept, read back before the record is final.

Touches: screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from dialogue.tui import sheet_commands
from dialogue.tui.command import Command, ScreenName
from dialogue.tui.commands import CATALOGUE, bindings_of
from dialogue.tui.messages import CloseAsked, LiveAsked, ThemesAsked
from dialogue.tui.screens.base import Handlers
from dialogue.tui.screens.caring import CaringScreen
from dialogue.tui.screens.keeping import SAVING_SECONDS
from dialogue.tui.wall import SHUT
from dialogue.tui.widgets.choice_list import ChoiceList
from dialogue.tui.widgets.topbar import TopBar
from dialogue.wording import mark, tr, trn
from sessions import decide
from sessions.condense import conditions_worked_on
from sessions.errors import CommandRefusedError
from sessions.facts import (
    Answers,
    GroupCommitment,
    HouseAgreement,
    LeadershipAsk,
    Note,
    ParkedQuestion,
)
from sessions.live import LiveSession
from sessions.text import visible

READ_BACK = mark("{key_wall} shows what was kept, to you or to be read back in the room.")
_SHEET_KEYS = ("open-sheet", "close-sheet", "discard-sheet")
"""What can be done here with a sheet of cards."""


class ReviewScreen(CaringScreen):
    """What a session has covered and kept."""

    NAME: ClassVar[ScreenName] = "review"
    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("review")]
    ABOUT: ClassVar[str] = mark(
        "The steps are over. Read back what was kept, in the room if you like, and strike any "
        "line that should not stay: its words leave the record and the version before it. On "
        "the right stands what the session covered. {key_to_live} goes back to the last step."
    )

    def compose(self) -> ComposeResult:
        """Put the words that were kept beside what was covered."""
        yield TopBar(tr("Review"), self.session.title)
        yield self.too_small()
        with Horizontal(id="columns"):
            yield ChoiceList(id="kept", markup=False)
            with VerticalScroll(id="covered"):
                yield Static("", markup=False, id="coverage")
        yield from self.bottom()

    def on_mount(self) -> None:
        """Fill both sides."""
        self.redraw()
        self.query_one("#kept").focus()
        self.set_interval(SAVING_SECONDS, self._tick)

    def handlers(self) -> Handlers:
        """Return what carries out each command of this screen."""
        own: dict[str, Callable[[], None]] = {
            "strike": self._strike,
            "answers": self.review_answers,
            "cards": self.enter_cards,
            "themes": self._code,
            "to-live": self._to_live,
            "to-close": self._to_close,
        }
        sheets = {name: partial(self.sheet_act, name) for name in _SHEET_KEYS}
        return {**super().handlers(), **sheets, **own}

    def standing(self) -> str:
        """Return what the status line says of a sheet that is open; empty without one."""
        if self.wall.sees:
            return sheet_commands.on_the_wall(self._host)
        return sheet_commands.urgent(self._host) or sheet_commands.standing(self._host)

    def _tick(self) -> None:
        """Open the box of a sheet that has closed, and look how far saving has come."""
        self.finish_sheet()
        self.show_status()

    def _to_close(self) -> None:
        if self.session.state.sheet is None:
            self.tell(CloseAsked())
        else:
            self.say(tr("The sheet is still open. Close it first, with {key_close_sheet}."))

    def redraw(self) -> None:
        """Show what is kept now, and how far saving has come."""
        self.refill()
        self.show_status()

    def refill(self) -> None:
        """Show what is kept now."""
        kept = self.query_one(OptionList)
        marked = kept.highlighted
        kept.clear_options()
        catalogue: tuple[Command, ...] = getattr(self.app, "catalogue", CATALOGUE)
        keys = {one.id: one.shown_key for one in catalogue}
        kept.add_options(_options(self.session, keys, hidden=self.wall.sees))
        if kept.option_count and not self.wall.sees:
            kept.highlighted = min(marked or 1, kept.option_count - 1)
        covered = coverage(self.session, counts=not self.wall.sees)
        self.query_one("#coverage", Static).update(covered)

    def _strike(self) -> None:
        kept = self.query_one(OptionList)
        if kept.highlighted is None:
            return
        fact = kept.get_option_at_index(kept.highlighted).id
        if fact is None:
            return
        self.session.strike(fact)
        self.redraw()
        said = tr("Struck: the words are out of the record. {key_undo} brings them back.")
        self.say(said, once_kept=True)

    def _code(self) -> None:
        """Code what was written, unless others may see it."""
        if self.wall.sees:
            self.say(tr(SHUT))
        else:
            self.tell(ThemesAsked())

    def _to_live(self) -> None:
        try:
            self.session.do(decide.previous_step)
        except CommandRefusedError as error:
            self.say(tr(error.sentence))
            return
        self.tell(LiveAsked())


def _options(session: LiveSession, keys: Mapping[str, str], *, hidden: bool) -> list[Option]:
    """Return the words that were kept, under their headings; no words where others read along.

    Args:
        session: The session.
        keys: The key of each command: where nothing was kept, it is said how it could be.
        hidden: Others read along.
    """
    back = tr(
        "none; {back} goes back, {key} adds one",
        back=keys["to-live"],
        key=keys["own-agreement"],
    )
    groups = (
        (tr("Notes"), session.facts(Note), _by_key(keys["note"])),
        (tr("Our own agreements"), session.facts(HouseAgreement), back),
        (tr("Parked questions"), session.facts(ParkedQuestion), _by_key(keys["park"])),
        (tr("What the group will do"), session.facts(GroupCommitment), _by_key(keys["commit"])),
        (tr("Asked of leadership"), session.facts(LeadershipAsk), _by_key(keys["ask"])),
    )
    options: list[Option] = []
    for title, facts, empty in groups:
        options.append(Option(Content.styled(title, "bold $primary"), disabled=True))
        if hidden:
            continue
        if not facts:
            options.append(Option(Content.styled(f"  {empty}", "$quiet"), disabled=True))
        options += [Option(Content(f"· {fact.text}"), id=fact.id) for fact in facts]
    if hidden:
        options.append(Option(Content.styled(tr(READ_BACK), "$quiet"), disabled=True))
    return options


def _by_key(key: str) -> str:
    return tr("none yet; {key} writes one", key=key)


def coverage(session: LiveSession, *, counts: bool) -> Content:
    """Return which conditions were worked on, what was adopted, and what was answered.

    Args:
        session: The session.
        counts: Tell how many answered; not where others may see it.
    """
    worked_on = conditions_worked_on(session.record, session.state)
    lines = [Content.styled(tr("Conditions"), "bold $primary")]
    for one in session.protocol.conditions:
        done = one.id in worked_on
        sign = "✓" if done else " "
        style = "" if done else "$quiet"
        lines.append(Content.assemble(f"{sign} {one.number} ", (one.name, style)))
        if done:
            lines.append(Content.styled(f"    {one.gloss}", "$quiet"))
    adopted = session.state.adopted
    head = tr("Agreements · adopted") if adopted else tr("Agreements · not adopted")
    lines += [Content(""), Content.styled(head, "bold $primary")]
    wordings = session.wordings()
    lines += [Content(f"  {wordings.get(one.id, one.name)}") for one in session.protocol.agreements]
    answered = session.facts(Answers) if counts else ()
    if answered:
        lines += [Content(""), Content.styled(tr("Answered"), "bold $primary")]
        lines += [_count_line(session, answers) for answers in answered]
    return Content("\n").join(lines)


def _count_line(session: LiveSession, answers: Answers) -> Content:
    steps = session.plan.steps + session.plan.alternatives
    asked = (one.text for step in steps for one in step.asks if one.id == answers.ask)
    # A record that was edited by hand may answer a question that its plan does not ask.
    text = next(asked, visible(answers.ask))
    # On the compass an answer may be one hand of several, so nothing is added up.
    said = trn(
        "{count} of {seats} answered",
        "{count} of {seats} answered",
        len(answers.items),
        seats=answers.seats,
    )
    if answers.kind == "compass":
        said = tr("several could be named")
    return Content.assemble(text, "\n  ", (said, "$quiet"))
