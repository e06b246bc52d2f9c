"""The live screen: the step in front of the facilitator, its time, and one key for each decision.

Touches: screen. Everything shown comes from one frozen view, drawn once a second or after a key.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from agreements.library import Library
from dialogue.tui import live_commands, live_entries, sheet_commands
from dialogue.tui.aside import MARKS, Aside
from dialogue.tui.command import Command, ScreenName
from dialogue.tui.commands import bindings_of, for_agreements
from dialogue.tui.dialogs.agreements import AgreementsDialog
from dialogue.tui.dialogs.join import JoinDialog
from dialogue.tui.dialogs.room import RoomDialog
from dialogue.tui.dialogs.tally import TallyDialog, countable
from dialogue.tui.messages import ReviewAsked
from dialogue.tui.room_host import RoomHost
from dialogue.tui.screens.base import Handlers
from dialogue.tui.screens.caring import CaringScreen
from dialogue.tui.team_words import with_roles
from dialogue.tui.views import LiveView, live_view
from dialogue.tui.wall import (
    CALM,
    HINT,
    SHORT_HINT,
    Wall,
    for_the_wall,
)
from dialogue.tui.widgets.agreements import AgreementsLine, AgreementsPanel
from dialogue.tui.widgets.room_card import RoomCard
from dialogue.tui.widgets.run_of_show import RunOfShow
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.tui.widgets.step_card import StepCard
from dialogue.tui.widgets.step_clock import StepClock
from dialogue.tui.widgets.topbar import TopBar
from dialogue.tui.widgets.turns import TurnPanel, air_line
from dialogue.wording import mark, tr, trn
from sessions import decide
from sessions.disclosure import FLOOR
from sessions.errors import CommandRefusedError
from sessions.live import LiveSession
from sessions.room import RoomView, room_view

TICK_SECONDS = 0.25
ALL_FACTS_WIDTH = 60
"""With fewer columns the first line tells the time of day and the pace alone."""


class LiveScreen(CaringScreen):
    """A session that is running."""

    NAME: ClassVar[ScreenName] = "live"
    CLOSING: ClassVar[bool] = False
    confirming = "next"
    ENTRIES: ClassVar[tuple[str, ...]] = tuple(live_entries.ENTRIES)
    CSS_PATH = "live.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("live")]
    ABOUT: ClassVar[str] = mark(
        "This is the session. In the middle stands the step: its condition, the prompt, what to "
        "say. Every decision is one key, and {key_undo} takes it back. Text is typed only in a "
        "line that is open: {key_note} opens it, enter keeps, esc leaves. What may tell who "
        "somebody is gets hidden before anything is kept: tab keeps a word that is marked with "
        "?, shift+tab hides a word everywhere. While the wall may see this screen it shows what "
        "the room may see: {key_cue} shows your own lines for a moment, and {key_wall} says that "
        "only you see it."
    )

    def __init__(
        self,
        session: LiveSession,
        host: RoomHost | None = None,
        wall: Wall | None = None,
        library: Library | None = None,
        aside: Aside | None = None,
    ) -> None:
        """Show a session that is open.

        Args:
            session: The session.
            host: The room's door; `None` in a session without phones.
            wall: Who sees this screen; others may, when nothing is said.
            library: What can be said or done when something happens.
            aside: What the facilitator marks for herself.
        """
        super().__init__(session, wall, host, library)
        self._aside = aside or Aside()
        self._line = 0
        self._cue = False
        self._step_shown: str | None = None
        self._second_shown = -1

    def compose(self) -> ComposeResult:
        """Lay out run of show, step and agreements; small terminals show the step alone."""
        yield TopBar(self.session.title)
        yield self.too_small()
        yield Static("", markup=False, id="tiny")
        with Horizontal(id="columns"):
            yield RunOfShow()
            with Vertical(id="centre"):
                yield RoomCard()
                yield StepClock()
                yield StepCard()
                yield TurnPanel()
                yield Static("", markup=False, id="next")
                yield AgreementsLine()
            yield AgreementsPanel()
        yield from self.bottom()

    def on_mount(self) -> None:
        """Begin to tick."""
        self.set_interval(TICK_SECONDS, self._tick)
        self.redraw()

    def commands(self) -> tuple[Command, ...]:
        """Return the commands of this screen, with a number for each agreement there is."""
        return for_agreements(super().commands(), len(self.session.protocol.agreements))

    def handlers(self) -> Handlers:
        """Return what carries out each command of this screen."""
        acts = {name: partial(self.act, name) for name in live_commands.ACTS}
        own: dict[str, Callable[[], None]] = {
            "next": partial(self._leave_step, "next"),
            "drop": partial(self._leave_step, "drop"),
            "say-next": self._say_next,
            "cue": self._toggle_cue,
            "tally": self._tally,
            "review": self._review,
            "join": self._join,
            "room-view": self._show_room,
            "recommit": self._recommit,
            "answers": self.review_answers,
            "cards": self.enter_cards,
            "agreements": self._agreements,
            "words-up": lambda: self.query_one(StepCard).scroll_words(-1),
            "words-down": lambda: self.query_one(StepCard).scroll_words(1),
        }
        sheets = {name: partial(self.sheet_act, name) for name in sheet_commands.SHEET_ACTS}
        marks = {name: partial(self._mark, name) for name in (*MARKS, "swap")}
        return {**super().handlers(), **acts, **sheets, **marks, **own}

    def redraw(self) -> None:
        """Draw what is so at this second."""
        if (self.session.state.step or "") != self._step_shown:
            if self._step_shown is not None:  # what is said at the start is about this step
                self.query_one(StatusLine).hush()
                self._aside.at_edge()
            self._step_shown = self.session.state.step or ""
            self._line = 0
            self._cue = False
        hides = self.wall.hides(self.session.now())
        view = _seen(self.session, self._aside, hides=hides)
        room = self._room()
        self.query_one(StatusLine).read_along(hides)
        self.set_class(hides, "-wall")
        self.set_class(hides and room.moment == "pausing", "-calm")
        self.query_one(TopBar).show(view.title, _facts(view, self.size.width))
        self.query_one("#tiny", Static).update(_least(view), layout=False)
        turns = self.session.turns.view()
        self.query_one(RoomCard).show(room)
        self.query_one(RunOfShow).show(view.rows)
        cue = self._cue or self.wall.sees  # where it was asked for, all of it is shown
        self.query_one(StepCard).show(view.step, line=self._line, cue=cue)
        self.query_one(StepClock).show(view.time)
        air = air_line(self.session.turns.air, self.session.state.heads)
        rows = _rows_left(self)
        self.query_one(TurnPanel).show(turns, air=air, table=self.session.turns.table, rows=rows)
        coming = _coming(view, self._aside, self.wall, sheet_commands.standing(self._host))
        self.query_one("#next", Static).update(coming, layout=False)
        self.query_one(AgreementsLine).show(view)
        self.query_one(AgreementsPanel).show(view)
        self.query_one(StatusLine).show(self._holds(view, room), self.session.status)

    def _holds(self, view: LiveView, room: RoomView) -> str:
        """Return what the status line says while nothing has just happened."""
        if self.asked:
            return tr(live_commands.LAST[self.confirming])
        if not self.wall.hides(self.session.now()):
            return sheet_commands.urgent(self._host) or _standing(view, self._host)
        if room.moment == "pausing":
            return tr(CALM)
        said = sheet_commands.on_the_wall(self._host) or _standing(view, self._host)
        return f"{said} · {tr(SHORT_HINT)}" if said else tr(HINT)

    def _tick(self) -> None:
        """Draw when a second has passed, or saving has come further."""
        second = self.session.now()
        if second != self._second_shown:
            self._second_shown = second
            self.session.keep_clock()
            self.redraw()
            self.finish_sheet()
        else:
            self.query_one(StatusLine).show_saving(self.session.status)

    def _join(self) -> None:
        if self._host is None:
            self.say(tr(sheet_commands.NO_PHONES))
        else:
            brief = self.brief_latecomers
            self.app.push_screen(JoinDialog(self._host, wall=self.wall.sees, brief=brief))

    def _mark(self, command: str) -> None:
        if command in MARKS:
            self._aside.turn(command)
        elif self.session.record.setting.team == "one":
            self.say(tr("One person leads this session: Prepare asks who leads."))
        else:
            self.say(self._aside.turn_swap(), public="")
        self.redraw()

    def _recommit(self) -> None:
        self.say(live_commands.recommit(self.session))
        self.redraw()

    def _agreements(self) -> None:
        self.app.push_screen(AgreementsDialog(self.session))

    def _show_room(self) -> None:
        """Show the room view on the whole terminal until it is left, or the steps are over."""
        self.shut_names()
        self.wall.sees = True  # it is shown to a room, and what follows may be seen by it too
        self.app.push_screen(
            RoomDialog(
                self._room_while_running,
                self._part,
                self._act_unseen,
                partial(_address, self._host),
            ),
            self._room_left,
        )

    def _room(self) -> RoomView:
        return room_view(self.session) if self._host is None else self._host.view()

    def _room_while_running(self) -> RoomView | None:
        over = self.session.state.phase in ("closing", "closed")
        return None if over or self.asked else self._room()

    def _part(self) -> float:
        return live_view(self.session).time.part

    def _act_unseen(self, command: str) -> None:
        """Carry out a command of which nothing is said, for the whole room sees the screen."""
        if command in sheet_commands.SHEET_ACTS:
            sheet_commands.carry_out(self._host, command)
        elif live_commands.ends_the_steps(self.session, command):
            self.confirming = command
            self.asked = True  # asked on the screen below, where something can be said
        else:
            live_commands.carry_out(self.session, command)

    def _room_left(self, _nothing: None) -> None:
        if self.session.state.phase == "closing":
            self.tell(ReviewAsked())
        else:
            self.redraw()

    def _leave_step(self, command: str) -> None:
        """Go on, or leave the step out; where that ends the steps only when it is pressed again."""
        self.confirming = command
        self.asked = not self.asked and live_commands.ends_the_steps(self.session, command)
        if self.asked:
            self.query_one(StatusLine).hush()
        else:
            self.act(command)

    def watch_asked(self) -> None:
        """Show what one more key would do now."""
        self.redraw()

    def _say_next(self) -> None:
        count = live_view(self.session).step.pages
        self._line = 0 if self._line + 1 >= count else self._line + 1
        self.redraw()

    def _toggle_cue(self) -> None:
        """Show what is for the facilitator alone; on the wall all of it, for a moment."""
        if self.wall.sees:
            self.wall.look(self.session.now())
        else:
            self._cue = not self._cue
        self.redraw()

    def _tally(self) -> None:
        asks = countable(self.session)
        if not asks:
            self.say(tr("This step asks nothing that can be counted aloud."))
            return
        self.app.push_screen(TallyDialog(self.session, asks), self._counted)

    def _counted(self, kept: bool | None) -> None:  # noqa: FBT001
        self.after_review(tr("Counted.") if kept else None)

    def _review(self) -> None:
        try:
            self.session.do(decide.begin_closing)
        except CommandRefusedError as error:
            self.say(tr(error.sentence))
            return
        self.tell(ReviewAsked())


def _rows_left(screen: LiveScreen) -> int:
    """Return how many rows the step and all that stands around it leave to turns."""
    around = (StepClock, "#next", AgreementsLine)
    taken = sum(screen.query_one(part).size.height for part in around)
    needed = screen.query_one(StepCard).rows_needed
    return screen.query_one("#centre").size.height - taken - needed


def _seen(session: LiveSession, aside: Aside, *, hides: bool) -> LiveView:
    """Return the view that is drawn: who does what is for those who lead, and not for the wall."""
    view = live_view(session)
    return for_the_wall(view) if hides else with_roles(view, session, aside)


def _coming(view: LiveView, aside: Aside, wall: Wall, sheet: str) -> str:
    """Return the line of what comes next, after her marks and before how a sheet stands."""
    marks = "" if wall.sees else aside.shown()  # not for a moment either
    return "   ".join(filter(None, (marks, view.next, f"· {sheet}" if sheet else "")))


def _address(host: RoomHost | None) -> str:
    return "" if host is None else host.url


def _facts(view: LiveView, width: int) -> str:
    """Return the right side of the first line; where that is short, the pace comes first."""
    if width < ALL_FACTS_WIDTH:
        return "   ".join(filter(None, (view.now, view.pace)))
    stop = tr("ends {time}", time=view.stop) if view.stop else ""
    heads = trn("{count} here", "{count} here", view.heads) if view.heads else ""
    return "   ".join(filter(None, (heads, view.now, stop, view.pace)))


def _least(view: LiveView) -> str:
    """Return what is left on a terminal with room for nothing else: the digits and the pace."""
    if not view.time.digits:  # the wall sees it
        return view.now
    paused = tr("PAUSED") if view.time.paused else ""
    return f"{paused} {view.time.digits}".lstrip() + f"\n{view.pace}"


def _standing(view: LiveView, host: RoomHost | None) -> str:
    """Return what the status line says while nothing has just happened."""
    if view.phase == "paused":
        return tr("PAUSED: {key_pause} goes on.")
    if view.advice:
        return view.advice
    if branch := _branch(view):
        return branch
    phones = (
        tr("{key_open_sheet} opens the sheet on phones") if host is not None and host.url else ""
    )
    cards = tr("{key_cards} enters cards") if view.step.writes and host is not None else ""
    if host is not None and host.sheets.phase == "open":
        return tr("{key_close_sheet} closes the sheet")
    if view.step.writes and phones:
        aloud = tr("{key_tally} counts aloud") if view.step.asks else ""
        return " · ".join(filter(None, (phones, aloud, cards)))
    count = f"{tr('{key_tally}')} {view.step.count}" if view.step.count else ""
    return " · ".join(filter(None, (cards, count)))


def _branch(view: LiveView) -> str:
    """Return the keys for another way that is open now, if one is."""
    if view.amended:
        return tr("The agreements were changed. {key_adopt}: the group agrees.")
    if view.step.rests:
        return tr("After the break: {key_recommit} asks the room which agreement to stretch on.")
    if view.step.writes and 0 < view.heads < FLOOR:
        aloud = tr("{key_tally} counts aloud") if view.step.asks else ""
        few = tr("Fewer than five: nobody would read a sheet")
        return " · ".join(filter(None, (few, aloud, tr("{key_next} goes on"))))
    return _consent_keys(view) if view.step.consent else ""


def _consent_keys(view: LiveView) -> str:
    """Return the keys for what a group may answer when it is asked for its consent."""
    keys: list[str] = []
    if view.step.agrees and not view.adopted:
        keys = [
            tr("{key_adopt} adopted"),
            tr("{key_own_agreement} our own"),
            tr("{key_wording} wording"),
        ]
    if view.step.has_alternative:
        keys.append(tr("{key_alternative} the group says no"))
    return " · ".join(keys)
