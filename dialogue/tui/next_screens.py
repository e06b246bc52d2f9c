"""What the program shows after Home, made when it is asked for.

Touches: screen, store. Home waits for nothing in here: it is loaded while a person looks at Home.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from textual.screen import Screen

from agreements.plan import Plan
from dialogue.desk import Desk
from dialogue.tui.aside import Aside
from dialogue.tui.dialogs.debrief import DebriefPlace
from dialogue.tui.draft import Draft
from dialogue.tui.exporting import ExportDesk
from dialogue.tui.live_commands import take_as_prepared
from dialogue.tui.preparing import synced, warning
from dialogue.tui.room_host import PhoneCheck, RoomHost
from dialogue.tui.screens.close import CloseScreen
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.prepare import PrepareScreen
from dialogue.tui.screens.review import ReviewScreen
from dialogue.tui.screens.summary import SummaryScreen
from dialogue.tui.screens.themes import ThemesScreen
from dialogue.tui.wall import Wall
from sessions.beginning import Opening
from sessions.coding import CodingDesk
from sessions.deidentify.memory import NOTHING, Memory
from sessions.deidentify.roster import Roster
from sessions.document import ClosedRecord
from sessions.errors import CommandRefusedError
from sessions.live import LiveSession
from sessions.store import SessionFolder


@dataclass(frozen=True, slots=True)
class NextScreens:
    """Makes the screens that follow Home, and opens what they show."""

    desk: Desk
    check_for: Callable[[Plan], PhoneCheck] | None
    """Tries a phone before a session of a plan."""

    def begin(self, opening: Opening) -> LiveSession:
        """Open a new session.

        Raises:
            SessionError: It cannot be opened; nothing is left of it.
        """
        problem = warning(self.desk)
        if problem is not None:
            raise CommandRefusedError(problem)
        return LiveSession.begin(self.desk.store, opening, self.desk.clock)

    def take_as_prepared(self, session: LiveSession) -> str:
        """Take the change that Prepare showed, and return what to say of it."""
        return take_as_prepared(session)

    def resume(self, folder: SessionFolder) -> LiveSession:
        """Go on with a session that was interrupted.

        Raises:
            SessionError: It cannot be gone on with; it stays as it is.
        """
        service = synced(self.desk)
        if service is not None:
            raise CommandRefusedError(service)
        return LiveSession.resume(folder, self.desk.clock)

    def prepare(self, plan: Plan, draft: Draft, form: Mapping[str, str]) -> PrepareScreen:
        """Make the form of a new session, as far as it was filled in before."""
        check_for = None if self.check_for is None else partial(self.check_for, plan)
        return PrepareScreen(self.desk, plan, draft, form, check_for)

    def live(
        self, session: LiveSession, host: RoomHost | None, wall: Wall, aside: Aside
    ) -> LiveScreen:
        """Make the screen of the step that runs."""
        return LiveScreen(session, host, wall, self.desk.library, aside)

    def review(self, session: LiveSession, host: RoomHost | None, wall: Wall) -> ReviewScreen:
        """Make the screen of what was written."""
        return ReviewScreen(session, wall, host, self.desk.library)

    def close(self, session: LiveSession, host: RoomHost | None, wall: Wall) -> CloseScreen:
        """Make the screen of the last words."""
        return CloseScreen(self.desk, session, wall, host)

    def themes(self, at: SessionFolder | LiveSession) -> ThemesScreen:
        """Make the screen that codes answers: of a closed session, or of the one that is open.

        Raises:
            SessionError: The session cannot be coded.
        """
        if isinstance(at, SessionFolder):
            return ThemesScreen(CodingDesk.open(at))
        return ThemesScreen(CodingDesk(at.record, at.keep_coding, as_kept=at.names.as_kept))

    def codes_answers(self, screen: Screen[object]) -> bool:
        """Say whether a screen is the one that codes answers."""
        return isinstance(screen, ThemesScreen)

    def summary(
        self,
        record: ClosedRecord,
        folder: SessionFolder,
        wall: Wall,
        roster: Roster | None = None,
        memory: Memory | None = None,
    ) -> SummaryScreen:
        """Make the screen of a closed session."""
        return SummaryScreen(
            ExportDesk(folder, record, self.desk.places.data / "exports"),
            DebriefPlace(
                folder.folder,
                self.desk.library.texts,
                roster or Roster(),
                memory or NOTHING,
                wall.sees,
            ),
        )
