"""What every screen of an open session has for the care of a room: the pause for harm, and moves.

Touches: screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from agreements.library import Library
from agreements.model import Move, TextBlock
from agreements.sentence import Sentence
from dialogue.phrases import spoken, strings_in
from dialogue.tui import harm_pause
from dialogue.tui.dialogs.harm import HarmDialog
from dialogue.tui.dialogs.late import LateDialog
from dialogue.tui.dialogs.moves import MovesDialog
from dialogue.tui.harm_pause import HarmPause
from dialogue.tui.moves import HARM_MOVES
from dialogue.tui.room_host import RoomHost
from dialogue.tui.screens.base import Handlers
from dialogue.tui.screens.keeping import KeepingScreen
from dialogue.tui.wall import Wall
from dialogue.wording import tr
from sessions.live import LiveSession


class CaringScreen(KeepingScreen):
    """A screen of an open session on which harm can happen."""

    def __init__(
        self,
        session: LiveSession,
        wall: Wall | None = None,
        host: RoomHost | None = None,
        library: Library | None = None,
    ) -> None:
        """Show a session that is open.

        Args:
            session: The session.
            wall: Who sees this screen; others may, when nothing is said.
            host: The room, with its sheets; `None` in a session without phones and cards.
            library: What can be said or done when something happens.
        """
        super().__init__(session, wall, host)
        self._moves: Mapping[str, Move] = {} if library is None else library.moves
        self._texts: Mapping[str, TextBlock] = {} if library is None else library.texts

    def handlers(self) -> Handlers:
        """Return what carries out the commands that all these screens have."""
        own: dict[str, Callable[[], None]] = {
            "harm": self._pause_for_harm,
            "moves": self._find_move,
            "latecomers": self.brief_latecomers,
        }
        shown = {one.id for one in self.commands()}
        return {**super().handlers(), **{name: act for name, act in own.items() if name in shown}}

    def _find_move(self) -> None:
        step = self.session.step
        likely = () if step is None else step.trouble
        self.app.push_screen(MovesDialog(self._moves, likely))

    def brief_latecomers(self) -> None:
        """Show what to tell somebody who comes late, over whatever stands there."""
        self.app.push_screen(LateDialog(self.session, self._texts, self._host))

    def _pause_for_harm(self) -> None:
        pause = harm_pause.begin(self.session, self._host)
        self.redraw()
        moves = [self._moves[one] for one in HARM_MOVES if one in self._moves]
        care = self.session.record.setting.care_contact
        calm = strings_in(spoken(self.session.plan.language))["moments"]["pausing"]
        after = self._texts.get("after-a-pause")
        dialog = HarmDialog(calm, moves, care, after, wall=self.wall.sees)
        self.app.push_screen(dialog, lambda _nothing: self._after_harm(pause))

    def _after_harm(self, pause: HarmPause) -> None:
        harm_pause.end(pause, self.session, self._host)
        self.redraw()
        said = Sentence("Going on.")
        if pause.paused:
            said = Sentence.joined(harm_pause.OVER, self.session.advice())
        self.say(tr(said), public="")
