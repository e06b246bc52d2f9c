"""A rehearsal to watch: the terminal UI with a session that runs by itself, faster than life.

Touches: screen, the network on loopback. Keys work as ever; whoever does what the script did not
expect goes on by hand.
"""

from __future__ import annotations

from textual.worker import Worker

from agreements.sentence import Sentence
from dialogue import run
from dialogue.desk import Desk
from dialogue.exits import ExitCode
from dialogue.hosting import Hosting
from dialogue.rehearse.captions import caption
from dialogue.rehearse.rehearsal import Rehearsed, Wanted, begin, cast, door_for, morning, result
from dialogue.rehearse.virtual import SpedTime, Time
from dialogue.tui import app as tui_app
from dialogue.tui.screens.live import LiveScreen
from sessions.boottime import system_clock
from sessions.errors import CommandRefusedError
from sessions.store import Store

TOUR_PLAN = "lunch-and-learn"
"""What the tour on Home rehearses."""


CAPTION_SECONDS = 0.5


class RehearsalApp(tui_app.DialogueApp):
    """The terminal UI, played by a facilitator and a room that are made up."""

    def __init__(self, desk: Desk, wanted: Wanted, clock: Time) -> None:
        """Show nothing yet.

        Args:
            desk: What the screens work with; its clock is the rehearsal's.
            wanted: What is rehearsed.
            clock: What those who play live by.
        """
        super().__init__(desk)
        self.rehearsed: Rehearsed | None = None
        """What became of it; `None` when it was left before its end."""
        self.problem = ""
        """Why there could be no rehearsal."""
        self._wanted = wanted
        self._clock = clock
        self._playing: Worker[None] | None = None
        self._told = 0

    def on_mount(self) -> None:
        """Begin once the first screen is there."""
        self.call_later(self._begin)
        self.set_interval(CAPTION_SECONDS, self._tell)

    def show_home(self) -> None:
        """End: on a clock like this one no real session may begin."""
        self.stop_safely(int(ExitCode.OK))

    def leave_session(self) -> bool:
        """Send the players home, save the session and let go of it."""
        if self._playing is not None:
            self._playing.cancel()
        return super().leave_session()

    def _tell(self) -> None:
        """Say of the last thing that happened which key does it."""
        events = () if self.session is None else self.session.events
        keys = {command.id: command.shown_key for command in self.catalogue}
        said = [caption(event, keys) for event in events[self._told :]]
        self._told = len(events)
        if any(said) and self._playing is not None:
            self._say(next(filter(None, reversed(said))))

    def _begin(self) -> None:
        self._playing = self.run_worker(self._play(), group="rehearsal")

    async def _play(self) -> None:
        """Play from the first step to the summary."""
        wanted = self._wanted
        session = begin(wanted, self._clock)
        host = Hosting(session, wanted.places, door_for=door_for(wanted.heads))
        self.session, self.host = session, host
        await host.start()
        if host.problem:
            self.problem = host.problem
            self.stop_safely(int(ExitCode.REFUSED))
            return
        self.wall.sees = False  # a rehearsal is to be watched
        await self.push_screen(LiveScreen(session, host, self.wall, wanted.library.moves))
        crowd, facilitator = cast(wanted, session, host, self._clock)
        try:
            await self._clock.run(facilitator.lead())
        except CommandRefusedError as error:
            by_hand = Sentence("From here the rehearsal goes on by hand.")
            self._say(Sentence.joined(error.sentence, by_hand))
            return
        self._playing = None
        self.finish()
        if self.session is None:
            self.rehearsed = result(session, crowd.ledger, facilitator)


def watch(wanted: Wanted, speed: float) -> tuple[int, Rehearsed | None]:
    """Show a rehearsal, and return the exit code and what became of it.

    Args:
        wanted: What is rehearsed.
        speed: How many times as fast.

    Returns:
        None for a rehearsal that was left before its end.

    Raises:
        CommandRefusedError: The door could not be opened on this computer.
    """
    clock = SpedTime(system_clock(), speed, morning())
    desk = Desk(
        library=wanted.library,
        store=Store(wanted.places.data),
        clock=clock.clock,
        config=wanted.config,
        places=wanted.places,
    )
    app = RehearsalApp(desk, wanted, clock)
    code = run.show(app)
    if app.problem:
        raise CommandRefusedError(app.problem)
    return code, app.rehearsed
