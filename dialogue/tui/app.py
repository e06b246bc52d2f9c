"""The program on the terminal: which screen follows which.

Touches: screen, store. Screens say what a person chose; this decides what comes next.
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Mapping
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from agreements.errors import AgreementsError
from dialogue.desk import Desk
from dialogue.exits import ExitCode
from dialogue.tui.aside import Aside
from dialogue.tui.commands import remapped
from dialogue.tui.dialogs.leaving import leave_when_kept
from dialogue.tui.dialogs.question import QuestionDialog
from dialogue.tui.draft import Draft
from dialogue.tui.in_session import SessionApp
from dialogue.tui.messages import (
    BeginAsked,
    Called,
    CloseAsked,
    FormLeft,
    HomeAsked,
    LiveAsked,
    PlanChosen,
    RecordChosen,
    ReviewAsked,
    SessionFinal,
    ThemesAsked,
    ThemesLeft,
    TourAsked,
)
from dialogue.tui.palette import Palette, ScreenCommands
from dialogue.tui.screens.home import HomeScreen
from dialogue.tui.wall import Wall
from dialogue.tui.widgets.statusline import StatusLine
from dialogue.wording import language_of, mark, name_keys, tr, use
from sessions.errors import RecordDamagedError, SessionError, StorageError
from sessions.store import SessionFolder

if TYPE_CHECKING:
    from agreements.plan import Plan
    from dialogue.tui.next_screens import NextScreens
    from dialogue.tui.room_host import PhoneCheck, RoomHost
    from dialogue.tui.screens.live import LiveScreen
    from sessions.deidentify.memory import Memory
    from sessions.deidentify.roster import Roster
    from sessions.document import ClosedRecord
    from sessions.live import LiveSession


AHEAD_AFTER_SECONDS = 0.4
"""By then Home is drawn."""

_AHEAD = (
    "sessions.timeline",
    "sessions.document",
    "sessions.deidentify.seam",
    "sessions.live",
    "dialogue.tui.preparing",
    "dialogue.tui.screens.prepare",
    "dialogue.tui.screens.live",
    "dialogue.tui.next_screens",
)
"""What is loaded while a person looks at Home, in pieces, so that a key waits for one of them."""


class DialogueApp(SessionApp, inherit_bindings=False):
    """The terminal UI."""

    COMMANDS: ClassVar[set[Any]] = {ScreenCommands}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "quit", show=False)]
    NOTIFICATION_TIMEOUT = 8.0

    def __init__(
        self,
        desk: Desk,
        *,
        plan: str | None = None,
        draft: Draft | None = None,
        host_for: Callable[[LiveSession], RoomHost] | None = None,
        offers_tour: bool = False,
        check_for: Callable[[Plan], PhoneCheck] | None = None,
    ) -> None:
        """Start on Home, or at once on Prepare when a plan is named.

        Args:
            desk: What the screens work with.
            plan: The plan to prepare at once.
            draft: What was said on the command line.
            host_for: Opens a session's room to phones; without it sessions have none.
            offers_tour: Home offers the tour; whoever started the program shows it.
            check_for: Tries a phone before a session of a plan.
        """
        super().__init__(host_for, desk.config.theme)
        use(language_of(desk.config.screen_language, os.environ))
        self.desk = desk
        self.catalogue = remapped(desk.config.keys)
        name_keys({one.id: one.shown_key for one in self.catalogue})
        self.wall = Wall()
        self.aside = Aside()
        self.tour_asked = False
        """The program has ended because the tour is to be shown."""
        self._offers_tour = offers_tour
        self._check_for = check_for
        self._plan = plan
        self._draft = draft or Draft()
        self._forms: dict[str, Mapping[str, str]] = {}
        """What stood in the form of each plan that was prepared and left; in memory alone."""

    def on_mount(self) -> None:
        """Set the keys, and show the first screen."""
        self.set_keymap(self.desk.config.keys)
        self.push_screen(HomeScreen(self.desk, offers_tour=self._offers_tour))
        self.set_timer(AHEAD_AFTER_SECONDS, self._look_ahead)
        if self._plan is not None:
            self._prepare(self._plan)

    def _look_ahead(self) -> None:
        self.run_worker(self._load_ahead())  # beside the keys, which go through the app

    async def _load_ahead(self) -> None:
        for name in _AHEAD:
            import_module(name)
            await asyncio.sleep(0)
        if not gc.isenabled():  # it rested until all was loaded, which it need never look through
            gc.freeze()
            gc.enable()

    @on(Called)
    def sound_cue(self) -> None:
        """Ring the terminal's bell with a cue, where that was chosen; it is silent as it comes."""
        if self.desk.config.sound == "soft":
            self.bell()

    @on(PlanChosen)
    def prepare_plan(self, event: PlanChosen) -> None:
        """Prepare a session of the plan that was chosen."""
        self._draft = Draft()
        self._prepare(event.plan_id)

    @on(TourAsked)
    def leave_for_tour(self) -> None:
        """End, so that the tour has the terminal to itself; Home is there again after it."""
        self.tour_asked = True
        self.stop_safely(int(ExitCode.OK))

    @on(FormLeft)
    def keep_form(self, event: FormLeft) -> None:
        """Remember what stood in a form that was left, for when it is opened again."""
        self._forms[event.plan_id] = event.values

    @on(RecordChosen)
    def open_record(self, event: RecordChosen) -> None:
        """Resume an open session, or show a closed one; a second Enter may come late."""
        if self.session is not None:
            return
        folder = SessionFolder(event.path.parent)
        try:
            if event.from_previous:
                folder.set_aside_damaged()
            record = folder.read()
            if record.state == "closed":
                self._show_summary(record, folder)
            else:
                self._resume(folder)
        except RecordDamagedError as error:
            self._offer_previous(folder, error)
        except SessionError as error:
            self._say(error.sentence)

    @on(BeginAsked)
    def begin(self, event: BeginAsked) -> None:
        """Open the session, once; when that fails, Prepare stays with everything in it."""
        if self.session is not None:
            return
        try:
            self.session = self._next.begin(event.opening)
            self.host = self.open_room(self.session)
        except SessionError as error:
            self.leave_session()
            self._say(error.sentence)
            return
        self._forms.pop(event.opening.plan.id, None)
        self.wall, self.aside = Wall(sees=event.wall), Aside()
        said = self._next.take_as_prepared(self.session)
        self.switch_screen(self._live(self.session))
        if said:
            self.call_after_refresh(self._say, said, "")

    @on(ReviewAsked)
    @on(LiveAsked)
    @on(CloseAsked)
    def go_on(self, event: ReviewAsked | LiveAsked | CloseAsked) -> None:
        """Go on to the review or the close, or back to the step that runs."""
        if self.session is None:
            return
        if self.session.state.phase != "closing":  # a key in between may have led back
            self.switch_screen(self._live(self.session))
        elif isinstance(event, CloseAsked):
            self.switch_screen(self._next.close(self.session, self.host, self.wall))
        else:
            self.switch_screen(self._next.review(self.session, self.host, self.wall))

    @on(ThemesAsked)
    def code_answers(self, event: ThemesAsked) -> None:
        """Show the answers of a closed session, or of the one that is open, to be coded."""
        at = event.folder or self.session
        if at is None or any(map(self._next.codes_answers, self.screen_stack)):
            return  # a second key may come late
        try:
            self.push_screen(self._next.themes(at))
        except SessionError as error:
            self._say(error.sentence)

    @on(ThemesLeft)
    def go_back_from_answers(self) -> None:
        """Go back to where the answers were asked for; a second key may come late."""
        if self._next.codes_answers(self.screen):
            self.pop_screen()

    @on(SessionFinal)
    def finish(self) -> None:
        """Make the record final and show its summary."""
        if self.session is None:
            return
        # The session forgets these, and a debrief may be kept.
        roster, memory = self.session.names.roster, self.session.names.memory
        try:
            record = self.session.close()
        except SessionError as error:
            self._say(error.sentence)
            return
        folder, self.session = self.session.folder, None
        self.close_room()
        self._show_summary(record, folder, roster, memory, switch=True)

    @on(HomeAsked)
    def home(self) -> None:
        """Save what is due and go to the first screen."""

        def go() -> None:
            kept = self.leave_session()
            self.show_home()
            if not kept:
                self._say(self.unkept)

        leave_when_kept(self, self.session, go)

    def show_home(self) -> None:
        """Show the first screen, with nothing above it."""
        while len(self.screen_stack) > 2:  # noqa: PLR2004
            self.pop_screen()

    def action_command_palette(self) -> None:
        """Open the palette. Textual gives every one the same id, which fails on two quick keys."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(placeholder=tr("Search for commands…")))

    @cached_property
    def _next(self) -> NextScreens:
        from dialogue.tui.next_screens import NextScreens  # noqa: PLC0415

        return NextScreens(self.desk, self._check_for)

    def _live(self, session: LiveSession) -> LiveScreen:
        return self._next.live(session, self.host, self.wall, self.aside)

    def _prepare(self, plan_id: str) -> None:
        try:
            plan = self.desk.library.plan(plan_id)
        except AgreementsError as error:
            self._say(error.sentence)
            return
        form = self._forms.get(plan_id, {})
        self.push_screen(self._next.prepare(plan, self._draft, form))

    def _resume(self, folder: SessionFolder) -> None:
        self.session = self._next.resume(folder)
        try:
            self.host = self.open_room(self.session)
        except StorageError:
            self.leave_session()
            raise
        self.wall, self.aside = Wall(), Aside()  # it may hang on another wall by now
        if self.session.state.phase == "closing":
            self.push_screen(self._next.review(self.session, self.host, self.wall))
        else:
            self.push_screen(self._live(self.session))
        self.call_after_refresh(
            self._say,
            mark(
                "Going on where it was interrupted. The names to hide are gone: {key_roster} asks "
                "for them."
            ),
            mark("Going on. Press {key_wall}, then {key_roster}, before you note anything."),
        )

    def _show_summary(
        self,
        record: ClosedRecord,
        folder: SessionFolder,
        roster: Roster | None = None,
        memory: Memory | None = None,
        *,
        switch: bool = False,
    ) -> None:
        screen = self._next.summary(record, folder, self.wall, roster, memory)
        if switch:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def _offer_previous(self, folder: SessionFolder, error: RecordDamagedError) -> None:
        if not folder.previous_is_whole():
            self._say(error.sentence)
            return
        question = QuestionDialog(
            tr(error.sentence),
            yes=tr("y  open the version before; the damaged file stays beside it"),
            no=tr("esc  leave everything as it is"),
        )

        def answer(agreed: bool | None) -> None:  # noqa: FBT001
            if agreed:
                self.post_message(RecordChosen(folder.path, from_previous=True))

        self.push_screen(question, answer)

    def _say(self, sentence: str, public: str | None = None) -> None:
        """Say something on the screen in front of the person."""
        lines = self.screen.query(StatusLine)
        if lines:
            heard = None if public is None else tr(public)
            lines.first().say(tr(sentence), public=heard)
