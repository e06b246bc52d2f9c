"""Prepare's look at phones: the code, who was seen, what that means, and the session after."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from dialogue import reaching
from dialogue.config import Config
from dialogue.doorway import Doorway
from dialogue.finding import Finding
from dialogue.hosting import Hosting
from dialogue.preflight import Preflight, WaitingRoom
from dialogue.tui.app import DialogueApp
from dialogue.tui.dialogs import phones
from dialogue.tui.dialogs.phones import PhonesDialog
from dialogue.tui.draft import Draft
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.prepare import PrepareScreen
from tests.tui.conftest import LUNCH, SMALL, Stage, running
from tests.tui.test_join import decoded, needs_zbar, picture

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from agreements.plan import Plan
    from dialogue.desk import Desk
    from tests.plugin_sessions import FakeClock
    from tests.tui.conftest import Open

URL = "http://192.168.101.123:8765"
TLS_URL = "https://dialogue.wellbeing.example.org:8765"


@dataclass
class ACheck:
    """Stands for the door: a test says what comes to it."""

    address: str = URL
    seen: bool = False
    stopped: int = 0
    url: str = ""
    found: list[Finding] = field(default_factory=list)

    async def start(self) -> None:
        """Open it."""
        self.url = self.address

    async def stop(self) -> None:
        """Count how often it was closed."""
        self.stopped += 1

    def findings(self, *, late: bool) -> list[Finding]:
        """Return what a door would find."""
        if not self.url:
            return [reaching.NO_NETWORK]
        if self.seen:
            return [reaching.SEEN]
        causes = reaching.not_seen("linux", 8765) if late else ()
        first = Finding(reaching.NOT_SEEN, fine=not late, hint=not late)
        return [first, *(Finding(one, hint=True) for one in causes), *self.found]


Prepared = Callable[..., "AbstractAsyncContextManager[Stage]"]


@pytest.fixture
def prepared(desk: Desk, fake_clock: FakeClock) -> Prepared:
    """Return what opens Prepare with a check, and looks at phones."""

    @asynccontextmanager
    async def open_it(
        check: ACheck, size: tuple[int, int] = SMALL, theme: str = "dark"
    ) -> AsyncIterator[Stage]:
        themed = replace(desk, config=Config.model_validate({"theme": theme}))
        app = DialogueApp(themed, plan=LUNCH, draft=Draft(), check_for=lambda _plan: check)
        async with running(app, fake_clock, size) as stage:
            await stage.press("ctrl+t")
            await stage.until(lambda: isinstance(app.screen, PhonesDialog))
            if check.address:
                await stage.until(lambda: check.url != "")
            look(stage)
            await stage.settle()
            yield stage

    return open_it


def look(stage: Stage) -> None:
    """Let the dialog look again, as it does by itself twice a second."""
    assert isinstance(stage.app.screen, PhonesDialog)
    stage.app.screen._show()


@needs_zbar
@pytest.mark.parametrize(
    ("url", "size", "theme"),
    [
        (URL, SMALL, "dark"),
        (URL, SMALL, "light"),
        (TLS_URL, SMALL, "dark"),
        (TLS_URL, (140, 40), "light"),
    ],
    ids=["small-dark", "small-light", "small-tls-dark", "large-tls-light"],
)
async def test_a_phone_reads_the_code(
    prepared: Prepared, tmp_path: Path, url: str, size: tuple[int, int], theme: str
) -> None:
    """In both themes and sizes the code on the screen leads to the address beside it."""
    async with prepared(ACheck(url), size, theme) as stage:
        assert url in stage.words_in("#address").replace(" ", "")
        file = tmp_path / "screen.pgm"
        file.write_bytes(picture(stage.app))
    assert await asyncio.to_thread(decoded, file) == url.upper()


async def test_it_says_what_was_found_and_what_to_think_of(prepared: Prepared) -> None:
    """Whether a phone was seen, the folder, and the wall, without scrolling at 80×24."""
    check = ACheck()
    async with prepared(check) as stage:
        assert "· Not seen" in stage.text
        assert "The data folder takes files" in stage.words_in("#words")
        assert "Extend the desktop, do not duplicate it" in stage.words_in("#words")
        check.seen = True
        look(stage)
        await stage.settle()
        assert "✓ Seen from a phone." in stage.words_in("#words")


async def test_after_a_while_it_says_what_that_usually_means(
    prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is explained at once; later every reason can be read, with the keys that scroll."""
    check = ACheck()
    async with prepared(check) as stage:
        assert "Guest Wi-Fi" not in stage.text
        assert isinstance(stage.app.screen, PhonesDialog)
        stage.app.screen._be_late()
        await stage.settle()
        assert "! Not seen from a phone yet." in stage.words_in("#words")
        assert "Guest Wi-Fi often keeps devices apart" in stage.words_in("#words")
        await stage.press("pagedown", "pagedown")
        assert "paper, or hands and x" in stage.words_in("#words")
        await stage.press("pageup", "pageup", "down", "up")
        assert "Guest Wi-Fi" in stage.words_in("#words")
    assert phones.PATIENCE_SECONDS > 10


async def test_leaving_closes_the_door_and_the_form_is_as_it_was(prepared: Prepared) -> None:
    """Esc goes back to Prepare, once, with what was typed."""
    check = ACheck()
    async with prepared(check) as stage:
        await stage.press("escape", "escape")
        await stage.until(lambda: check.stopped == 1)


async def test_typing_a_name_does_not_open_it(prepared: Prepared) -> None:
    """The key is none that writes or edits in a field: names are typed as ever."""
    check = ACheck()
    async with prepared(check) as stage:
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.app.screen, PrepareScreen))
        stage.app.screen.query_one("#roster").focus()
        await stage.type("Tatt")
        assert isinstance(stage.app.screen, PrepareScreen)
        await stage.press("ctrl+t")
        assert isinstance(stage.app.screen, PhonesDialog)


async def test_without_a_network_it_says_what_works(prepared: Prepared) -> None:
    """There is no code and no address; cards, hands and x work, and the rest is still told."""
    async with prepared(ACheck(address="")) as stage:
        assert "No network here" in stage.words_in("#words")
        assert "cards, hands and x work without" in stage.words_in("#words")
        assert "The data folder" in stage.words_in("#words")
        assert not stage.app.screen.query_one("#code").display
        assert "Opening the door" not in stage.text


async def test_an_unsafe_folder_is_told_here_too(
    prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A synced folder keeps a session from beginning; here it is seen before."""  # promise 36
    monkeypatch.setattr("dialogue.tui.preparing.synced_with", lambda *_given: "Dropbox")
    async with prepared(ACheck()) as stage:
        assert "! The data folder is copied by Dropbox" in stage.words_in("#words")


async def test_where_no_phones_are_wanted_it_says_so(staged: Open) -> None:
    """A program without a way to phones opens nothing."""
    async with staged(plan=LUNCH) as stage:
        await stage.press("ctrl+t")
        assert stage.said == "Phones cannot join here."


def loopback(port: int, addresses: tuple[str, ...] = ("127.0.0.1",)) -> Doorway:
    """Return a way in for loopback alone, where every other address of it is a phone's."""
    return Doorway(
        bind="127.0.0.1",
        port=port,
        addresses=lambda: addresses,
        elsewhere=lambda peer, here: peer != here,
    )


@asynccontextmanager
async def with_doors(desk: Desk, clock: FakeClock, doorway: Doorway) -> AsyncIterator[Stage]:
    """Run the program as it is put together, with real doors on loopback."""

    def check_for(plan: Plan) -> Preflight:
        return Preflight(doorway, WaitingRoom(desk.library, plan.language))

    app = DialogueApp(
        desk,
        plan=LUNCH,
        draft=Draft(heads=12, end="13:00"),
        host_for=lambda session: Hosting(session, desk.places, doorway=doorway),
        check_for=check_for,
    )
    async with running(app, clock, SMALL) as stage:
        yield stage
        host = app.host
        if host is not None:
            await host.stop()


async def status_of(url: str, source: str = "127.0.0.2") -> bytes:
    """Ask for the page from somewhere, and return the first line of the answer."""
    host = url.partition("//")[2]
    reader, writer = await asyncio.open_connection(*host.split(":"), local_addr=(source, 0))
    writer.write(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    return answer


async def test_a_phone_is_seen_before_and_in_the_session(
    desk: Desk, fake_clock: FakeClock, free_tcp_port: int
) -> None:
    """The session opens behind the address that was tried, and the join screen says who came."""
    async with with_doors(desk, fake_clock, loopback(free_tcp_port)) as stage:
        await stage.press("ctrl+t")
        await stage.until(lambda: "http://127.0.0.1" in stage.text)
        url = f"http://127.0.0.1:{free_tcp_port}"
        assert url in stage.text
        assert b"This works." in await status_of(url)
        await stage.until(lambda: "✓ Seen from a phone." in stage.text)
        await stage.press("escape", "ctrl+g")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        await stage.until(lambda: stage.app.host is not None and stage.app.host.url == url)
        await stage.press("j")
        assert "Not seen from a phone yet." in stage.text
        assert b"You are in the right place" in await status_of(url)
        await stage.until(lambda: "Seen from a phone." in stage.text.replace("Not seen", ""))
        assert "Guest Wi-Fi" not in stage.text


async def test_a_port_that_is_taken_is_told_and_followed(
    desk: Desk, fake_clock: FakeClock, free_tcp_port: int
) -> None:
    """Another program listens: dialog, code and session have the next free port."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_tcp_port))
        other.listen()
        async with with_doors(desk, fake_clock, loopback(free_tcp_port)) as stage:
            await stage.press("ctrl+t")
            await stage.until(lambda: "is taken by another program" in stage.words)
            assert f"Port {free_tcp_port} is taken" in stage.words
            await stage.press("escape", "ctrl+g")
            await stage.until(lambda: stage.app.host is not None and bool(stage.app.host.url))
            assert stage.app.host is not None
            assert stage.app.host.url != f"http://127.0.0.1:{free_tcp_port}"
            assert b"You are in the right place" in await status_of(stage.app.host.url)


async def test_without_a_network_a_session_begins_and_counts_aloud(
    desk: Desk, fake_clock: FakeClock, free_tcp_port: int
) -> None:
    """No phone can join: the session runs, a note is kept, and hands are counted with x."""
    async with with_doors(desk, fake_clock, loopback(free_tcp_port, ())) as stage:
        await stage.press("ctrl+g")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        await stage.until(lambda: "No network" in getattr(stage.app.host, "problem", ""))
        await stage.press("j")
        assert "Use cards, or hands and x." in stage.words
        await stage.press("escape", "n")
        await stage.enter("t", "It goes on without phones")
        assert len(stage.session.record.notes) == 1
        await stage.go_to_step("closing-sheet")
        await stage.press("x", *"445", "enter", "escape")
        counted = stage.session.tally("useful")
        assert counted is not None
        assert len(counted.items) == 3
