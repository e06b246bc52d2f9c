"""The composition root: puts library, store, clock and screens together and runs them.

Touches: disk, signals, the terminal. However it ends (a key, a signal, a lost terminal, an error
nobody foresaw), the session is saved first and the terminal is left sane. An error's message and
variables may hold words, so neither is ever printed.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from agreements.errors import ContentError
from dialogue import crash, signs
from dialogue.config import Config
from dialogue.content import open_content
from dialogue.desk import Desk
from dialogue.exits import ExitCode
from dialogue.paths import Places
from sessions.boottime import system_clock
from sessions.cards import CardFolder
from sessions.errors import StorageError, shown
from sessions.keys import KeyFolder
from sessions.store import Store
from sessions.text import one_line

if TYPE_CHECKING:
    from agreements.plan import Plan
    from dialogue.doorway import Doorway
    from dialogue.tui.room_host import PhoneCheck, RoomHost
    from dialogue.web.tls import Tls
    from sessions.live import LiveSession

LOST_TERMINAL_CODE = 129
"""What a program ends with whose terminal is gone, as if by SIGHUP."""

LAST_SECONDS = 1.5
"""How long a program without a terminal may take to end; everything is saved before that."""

WATCH_SECONDS = 2.0
"""How often the terminal is looked for; without it a program would live on unseen."""


class Shown(Protocol):
    """A screen that can be shown to its end: the facilitator's, or a participant's form."""

    crash: Exception | None
    """An error nobody foresaw, of which only the kind is ever said."""
    unkept: str
    """What is not on the disk, and why; empty when all is."""
    last_path: Path | None
    """Where the record lies."""

    @property
    def return_code(self) -> int | None:
        """What it was left with."""

    async def run_async(self) -> object:
        """Show it, and return when it has been left."""

    def stop_safely(self, return_code: int) -> None:
        """Save what is due and leave."""

    def leave_session(self) -> object:
        """Save what is due and let go of it."""


@dataclass(frozen=True, slots=True)
class StartRequest:
    """What was said on the command line."""

    places: Places
    config: Config
    plan: str | None = None
    heads: int | None = None
    end: str | None = None
    title: str = ""
    roster: str = ""
    tls: Tls | None = None


def start(request: StartRequest, tour: Callable[[], int] | None = None) -> int:
    """Run the terminal UI and return the exit code.

    Args:
        request: What was said on the command line.
        tour: Shows the tour, when Home is asked for it; without it Home offers none.

    Raises:
        AgreementsError: The content or the settings cannot be used; nothing has been drawn.
    """
    from dialogue.tui.app import DialogueApp  # noqa: PLC0415
    from dialogue.tui.draft import Draft  # noqa: PLC0415

    _refuse_unusable_keys(request)
    forbid_core_dumps()
    library = open_content(request.places, request.config)
    desk = Desk(
        library=library,
        store=Store(request.places.data),
        clock=system_clock(),
        config=request.config,
        places=request.places,
    )
    with contextlib.suppress(StorageError):  # `dialogue doctor` says what is wrong
        _delete_orphan_keys(desk.store, request.places)
    draft = Draft(request.heads, request.end or "", request.title, request.roster)
    rooms = _Rooms(desk, request.tls)
    plan = request.plan
    while True:
        app = DialogueApp(
            desk,
            plan=plan,
            draft=draft,
            host_for=rooms.host_for,
            check_for=rooms.check_for,
            offers_tour=tour is not None,
        )
        code = show(app, request.config.signs)
        gc.enable()  # an app that was left at once has not come to that
        if tour is None or not app.tour_asked or code:
            return code
        code = tour()  # a signal that ends it ends the program
        if code:
            return code
        plan = None


class _Rooms:
    """Opens rooms to phones; the web server is loaded only then, after the first frame."""

    def __init__(self, desk: Desk, tls: Tls | None) -> None:
        self._desk = desk
        self._tls = tls

    @cached_property
    def _doorway(self) -> Doorway:
        """The one way to the network, so that a session follows behind the address of its test."""
        from dialogue.doorway import Doorway  # noqa: PLC0415

        return Doorway(tls=self._tls)

    def host_for(self, session: LiveSession) -> RoomHost:
        """Return the room of a session."""
        from dialogue.hosting import Hosting  # noqa: PLC0415

        return Hosting(session, self._desk.places, doorway=self._doorway)

    def check_for(self, plan: Plan) -> PhoneCheck:
        """Return what tries a phone before a session of a plan."""
        from dialogue.preflight import Preflight, WaitingRoom  # noqa: PLC0415

        return Preflight(self._doorway, WaitingRoom(self._desk.library, plan.language))


def _delete_orphan_keys(store: Store, places: Places) -> None:
    """Delete keys and seat cards of no open session, so that nothing can be read again.

    Raises:
        StorageError: One could not be deleted, or the folders not be read.
    """
    for kept in (KeyFolder(places.config), CardFolder(places.config)):
        if kept.orphans(()):  # without any there is no need to look through all sessions
            kept.forget(kept.orphans(store.open_names()))


def show(app: Shown, chosen: signs.Choice = "auto") -> int:
    """Run a terminal UI to its end and return the exit code.

    Args:
        app: The terminal UI.
        chosen: Which signs the settings want drawn.
    """
    encoding = getattr(sys.__stdout__, "encoding", None)
    signs.use(signs.plain_reason(chosen, os.environ, encoding), encoding)
    crash.guard_loggers()
    asyncio.run(_run(app))
    if not _has_terminal():
        _write_to_nobody()
    if app.crash is not None:
        return _say_crash(app)
    if app.unkept:
        print(app.unkept, file=sys.stderr)  # noqa: T201
        return app.return_code or ExitCode.STORAGE
    return app.return_code or ExitCode.OK


def _refuse_unusable_keys(request: StartRequest) -> None:
    """Refuse keys in the settings that would leave a command without one.

    Raises:
        ContentError: With the file, the command, and what to do.
    """
    from dialogue.tui.commands import key_problems  # noqa: PLC0415

    for command, sentence in key_problems(request.config.keys):
        file = request.places.config_file.name
        raise ContentError(file, sentence, key=f"keys.{one_line(command)}")


def forbid_core_dumps() -> None:
    """Keep the system from writing our memory, with words and names in it, to the disk."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


async def _run(app: Shown) -> None:
    """Run the app with our own signals and an eye on the terminal."""
    loop = asyncio.get_running_loop()
    _listen_to_signals(app, loop)
    watching = loop.create_task(_watch_terminal(app))
    try:
        await app.run_async()
    finally:
        watching.cancel()
        app.leave_session()


def _listen_to_signals(app: Shown, loop: asyncio.AbstractEventLoop) -> None:
    """Save and leave on a signal; Textual would leave the terminal as it was drawn."""
    codes = {"SIGINT": int(ExitCode.INTERRUPTED), "SIGTERM": 143, "SIGHUP": LOST_TERMINAL_CODE}
    for name, code in codes.items():
        number = getattr(signal, name, None)
        if number is None:
            continue
        with contextlib.suppress(NotImplementedError):  # a loop on Windows takes no signals
            loop.add_signal_handler(number, partial(app.stop_safely, code))


async def _watch_terminal(app: Shown) -> None:
    """Save and end when the terminal goes away without a signal, instead of spinning on it."""
    while _has_terminal():  # noqa: ASYNC110 — a terminal tells nobody that it goes
        await asyncio.sleep(WATCH_SECONDS)
    app.stop_safely(LOST_TERMINAL_CODE)
    # Drawing the last frame may hang on a terminal that is gone; nothing is left to save.
    asyncio.get_running_loop().call_later(LAST_SECONDS, os._exit, LOST_TERMINAL_CODE)


def _has_terminal() -> bool:
    stream = sys.__stderr__
    try:
        return stream is not None and os.isatty(stream.fileno())
    except (OSError, ValueError):
        return False


def _write_to_nobody() -> None:
    """Send what is still written nowhere: a terminal that is gone would change the exit code."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())


def _say_crash(app: Shown) -> int:
    """Say in one sentence that the program failed, and where the record is."""
    error = app.crash
    if error is None:
        return ExitCode.OK
    print(crash.sentence(type(error)), file=sys.stderr)  # noqa: T201
    if app.last_path is not None:
        print(f"The record: {shown(app.last_path)}", file=sys.stderr)  # noqa: T201
    return ExitCode.REFUSED
