"""The kiosk: one person after the other, and nothing left of the one before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from dialogue.answer.kiosk import (
    DONE_SECONDS,
    IDLE_SECONDS,
    NOTICE_SECONDS,
    CodeShown,
    KioskApp,
    Terms,
)
from dialogue.answer.kiosk_views import CodeDialog, KioskStart, in_words
from dialogue.answer.page_view import PageView
from dialogue.caller.address import read_address
from dialogue.caller.caller import Caller
from dialogue.web.strings import strings_in
from tests.web.stage import SMALL, TALL, ByHand, Form

if TYPE_CHECKING:
    from tests.web.conftest import House, Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")

T = strings_in("en")
SAID = T["kiosk"]
CODE = "4821"
CANARY = "kanarienvogel"


@dataclass
class Kiosk(Form):
    """The kiosk while it runs, on a clock set by hand."""

    clock: list[float] = field(default_factory=lambda: [1000.0])

    async def begin(self) -> None:
        """Press Enter on the first page, and take a seat."""
        await self.press("enter")
        await self.until(lambda: bool(self.app.screen.query(PageView)))
        await self.rhythm.waits.wait()
        await self.settle()

    async def until_wiped(self) -> None:
        """Wait until the first page stands there."""
        await self.until(lambda: self.is_at_start)
        await self.settle()

    @property
    def is_at_start(self) -> bool:
        """Whether nobody is here, and nobody's form."""
        screens = self.app.screen_stack
        return len(screens) == 1 and bool(screens[0].query(KioskStart))

    async def pass_time(self, seconds: float) -> None:
        """Let time pass in which nobody does anything."""
        self.clock[0] += seconds
        assert isinstance(self.app, KioskApp)
        self.app.look()
        await self.settle()

    async def write(self, text: str) -> None:
        """Type a text into the words field."""
        await self.go_to("TextArea")
        await self.type(text)


@asynccontextmanager
async def kiosk_at(
    url: str, *, size: tuple[int, int] = TALL, noted: bool = True
) -> AsyncIterator[Kiosk]:
    """Start a kiosk at an address; the digits are noted."""
    clock = [1000.0]
    made: list[ByHand] = []

    def rhythm() -> ByHand:
        made.append(ByHand())
        if form is not None:
            form.rhythm = made[-1]
        return made[-1]

    form: Kiosk | None = None
    terms = Terms(
        caller_for=lambda: Caller(read_address(url)),
        rhythm_for=rhythm,
        now=lambda: clock[0],
        code=CODE,
    )
    app = KioskApp(terms)
    async with app.run_test(size=size) as pilot:
        form = Kiosk(app, pilot, made[-1], clock)
        await form.settle()
        if noted:
            await form.press("enter")
        yield form


@pytest.fixture
def open_house(house: House) -> House:
    """Return a room with a sheet of one ask in words and a scale."""
    house.door.open("words", "scale")
    return house


async def test_the_first_page_is_calm(open_house: House) -> None:
    """It says how to begin, what is wiped and when; the digits are shown once, before it."""
    async with kiosk_at(open_house.url, size=SMALL, noted=False) as kiosk:
        assert isinstance(kiosk.app.screen, CodeShown)
        assert CODE in kiosk.words
        await kiosk.press("enter")
        assert CODE not in kiosk.words
        assert SAID["start"] in kiosk.words
        assert SAID["wiped"] in kiosk.words
        assert "when nobody types for 3 minutes" in kiosk.words
        for key in ("f2", "f3", "f4", "up", "tab", "space", "x", "escape"):
            await kiosk.press(key)
        assert kiosk.is_at_start
        assert open_house.door.seats == []


async def test_one_person_after_the_other(open_house: House) -> None:
    """Each has a seat and tokens of her own, and what both sent came through once."""
    async with kiosk_at(open_house.url) as kiosk:
        for text in ("first", "second"):
            await kiosk.begin()
            await kiosk.write(text)
            await kiosk.push("Done")
            await kiosk.beat()
            assert text in kiosk.words
            await kiosk.press("ctrl+q")
            await kiosk.until_wiped()
            assert text not in kiosk.words
    texts = [one.fields["text"] for one in open_house.door.kept]
    assert texts == ["first", "second"]
    assert len({one.token for one in open_house.door.kept}) == 2
    assert len(set(open_house.door.seats)) == 2


async def test_what_is_on_its_way_arrives_before_the_wipe(open_house: House) -> None:
    """Done and ctrl+q at once: the words are out of sight, are sent with the beat, and then go."""
    async with kiosk_at(open_house.url) as kiosk:
        await kiosk.begin()
        await kiosk.write(CANARY)
        await kiosk.push("Done")
        await kiosk.press("ctrl+q")
        assert SAID["sending"] in kiosk.words
        assert CANARY not in kiosk.words
        assert open_house.door.kept == []
        kiosk.rhythm.due.put_nowait(None)
        await kiosk.until_wiped()
    assert [one.fields["text"] for one in open_house.door.kept] == [CANARY]


async def test_a_draft_is_asked_about(open_house: House) -> None:
    """With something unsent ctrl+q asks first; esc stays, y wipes it, and nothing was sent."""
    async with kiosk_at(open_house.url) as kiosk:
        await kiosk.begin()
        await kiosk.write(CANARY)
        await kiosk.press("ctrl+q")
        assert T["terminal"]["leave"] in kiosk.words
        await kiosk.press("escape")
        assert CANARY in kiosk.words
        await kiosk.press("ctrl+q", "y")
        await kiosk.until_wiped()
        assert CANARY not in kiosk.text
    assert open_house.door.kept == []


async def test_somebody_who_walks_away_is_wiped(open_house: House) -> None:
    """Left in the middle of a sentence: a notice hides the words, then they are gone, unsent."""
    async with kiosk_at(open_house.url) as kiosk:
        await kiosk.begin()
        await kiosk.write(CANARY)
        await kiosk.pass_time(IDLE_SECONDS - NOTICE_SECONDS - 1)
        assert CANARY in kiosk.words
        await kiosk.pass_time(2)
        assert SAID["still"] in kiosk.words
        assert "for the next person in a minute" in kiosk.words
        assert CANARY not in kiosk.words
        await kiosk.press("x")
        assert f"{CANARY} " in kiosk.words + " "
        assert f"{CANARY}x" not in kiosk.words, "the key that says so is no text"
        await kiosk.type("y")
        assert f"{CANARY}y" in kiosk.words
        await kiosk.pass_time(IDLE_SECONDS - 30)
        assert "for the next person in half a minute" in kiosk.words
        await kiosk.pass_time(31)
        await kiosk.until_wiped()
        assert CANARY not in kiosk.text
    assert open_house.door.kept == []


async def test_a_finished_page_does_not_wait_long(open_house: House) -> None:
    """Once all is sent, a page that nobody touches is wiped sooner, after a notice."""
    async with kiosk_at(open_house.url) as kiosk:
        await kiosk.begin()
        await kiosk.write(CANARY)
        await kiosk.push("Done")
        await kiosk.push("Next question")
        await kiosk.push("Pass")
        await kiosk.beat()
        assert T["receipt"]["passed"] in kiosk.words
        await kiosk.pass_time(DONE_SECONDS / 2 + 1)
        assert SAID["still"] in kiosk.words
        await kiosk.pass_time(DONE_SECONDS)
        await kiosk.until_wiped()


async def test_a_sheet_that_closes_keeps_words_for_their_writer_alone(open_house: House) -> None:
    """Words that were not done when the sheet closed stay on her page, and go with her."""
    async with kiosk_at(open_house.url) as kiosk:
        await kiosk.begin()
        await kiosk.write(CANARY)
        open_house.door.set(sheet=None)
        await kiosk.beat()
        assert CANARY in kiosk.words
        await kiosk.press("ctrl+q")
        await kiosk.until_wiped()
        await kiosk.begin()
        assert CANARY not in kiosk.text
    assert open_house.door.kept == []


async def test_a_session_that_is_over_is_told(open_house: House) -> None:
    """After the session the page says so, and goes back to the first one by itself."""
    async with kiosk_at(open_house.url) as kiosk:
        await kiosk.begin()
        open_house.door.set(sheet=None, moment="over")
        await kiosk.beat()
        assert "This session is over." in kiosk.words
        await kiosk.pass_time(DONE_SECONDS + 1)
        await kiosk.until_wiped()


async def test_without_a_network_it_waits(open_house: House, serve: Serve) -> None:
    """A lost network is said calmly on the first page and on the form; what was sent goes later."""
    own = await serve()
    own.door.open("words")
    async with kiosk_at(own.url) as kiosk:
        await own.web.stop()
        await kiosk.press("enter")
        await kiosk.until(lambda: SAID["away"] in kiosk.words)
        assert kiosk.is_at_start
        await own.web.start()
        await kiosk.begin()
        await kiosk.write(CANARY)
        await own.web.stop()
        await kiosk.push("Done")
        await kiosk.beat()
        await kiosk.press("ctrl+q")
        assert SAID["sending"] in kiosk.words
        await kiosk.press("escape")
        assert T["says"]["offline"] in kiosk.words
        await kiosk.pass_time(IDLE_SECONDS + 1)
        await kiosk.until_wiped()


async def test_only_the_digits_leave_it(open_house: House) -> None:
    """Ctrl+q and ctrl+c ask for four digits between two people; others change nothing."""
    async with kiosk_at(open_house.url) as kiosk:
        await kiosk.press("ctrl+c")
        assert isinstance(kiosk.app.screen, CodeDialog)
        await kiosk.type("0000")
        assert "0000" not in kiosk.text
        await kiosk.press("enter")
        assert SAID["code_wrong"] in kiosk.words
        await kiosk.press("escape")
        assert kiosk.is_at_start
        await kiosk.press("ctrl+q")
        await kiosk.type(CODE)
        assert kiosk.app._exit is False
        await kiosk.press("enter")
        assert kiosk.app.return_code == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (600, "10 minutes"),
        (180, "3 minutes"),
        (60, "a minute"),
        (30, "half a minute"),
        (5, "a moment"),
    ],
)
async def test_times_are_said_as_people_say_them(seconds: float, words: str) -> None:
    """Never to the second."""
    assert in_words(seconds, T) == words
