"""A program with one session in its hands: it opens its room, and however it ends, saves it first.

Touches: screen, disk and network through the session and its room. A key, a signal, a lost
terminal or a defect: the session is saved, the door is closed, the terminal is left as it was, and
no word of anybody's is printed.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerError

from dialogue.exits import ExitCode
from dialogue.tui.dialogs.leaving import leave_when_kept, unkept_sentence
from dialogue.tui.safe_app import SafeApp

if TYPE_CHECKING:
    from dialogue.tui.room_host import RoomHost
    from sessions.live import LiveSession


class SessionApp(SafeApp, inherit_bindings=False):
    """Holds the open session and its room."""

    def __init__(
        self,
        host_for: Callable[[LiveSession], RoomHost] | None = None,
        looks: str = "dark",
    ) -> None:
        """Start without a session.

        Args:
            host_for: Opens a session's room to phones; without it sessions have none.
            looks: The theme, as the settings name it.
        """
        super().__init__(looks)
        self.session: LiveSession | None = None
        self.host: RoomHost | None = None
        self._host_for = host_for
        self._leaving: asyncio.Task[None] | None = None
        self._door_closing: Worker[None] | None = None

    async def action_quit(self) -> None:
        """Save what is due, close the room's door, and leave the program."""
        leave_when_kept(self, self.session, partial(self.stop_safely, int(ExitCode.OK)))

    def stop_safely(self, return_code: int) -> None:
        """Save what is due and leave, because a signal said so or the terminal is gone."""
        self.leave_session()
        self._leaving = asyncio.create_task(self._leave_for_good(return_code))

    async def _leave_for_good(self, return_code: int) -> None:
        """Leave once the door is closed: a server that outlives its screen ends in a traceback."""
        self.leave_session()
        if self._door_closing is not None:
            with contextlib.suppress(WorkerError):
                await self._door_closing.wait()
        self.exit(return_code=ExitCode.STORAGE if self.unkept else return_code)

    def leave_session(self) -> bool:
        """Save the open session and let go of it; say whether all of it is on the disk."""
        session, self.session = self.session, None
        self.close_room()
        if session is None:
            return True
        self.last_path = session.folder.path
        kept = session.leave()
        if not kept:
            self.unkept = unkept_sentence(session, self.last_path)
        return kept

    def open_room(self, session: LiveSession) -> RoomHost | None:
        """Open the session's room; without a network it goes on without phones.

        Raises:
            StorageError: The box of an interrupted sheet cannot be read.
        """
        if self._host_for is None:
            return None
        host = self._host_for(session)
        self.run_worker(host.start(), group="room", exit_on_error=False)
        return host

    def close_room(self) -> None:
        """Let go of the box at once; the door, which answers no page any more, closes by itself."""
        host, self.host = self.host, None
        if host is not None:
            host.sheets.leave()
            self._door_closing = self.run_worker(host.stop(), group="room", exit_on_error=False)
