"""The form of `dialogue answer` on a terminal that nobody sees, before a real web door.

Its beats come when a test says so; keys are pressed one by one, and each is answered before the
next. What stands on the screen is read as text.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual import events
from textual.keys import _character_to_key, key_to_character

from dialogue.answer.app import AnswerApp
from dialogue.answer.choices import Choices
from dialogue.answer.entry_view import EntryView, Push
from dialogue.caller.address import read_address
from dialogue.caller.caller import Caller

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.widget import Widget

SMALL = (80, 24)
TALL = (80, 90)
"""A terminal on which everything is drawn at once."""
SCROLLBARS = dict.fromkeys(map(ord, "▁▂▃▄▅▆▇▏▌│╭╮╰╯─┃┏┓┗┛━"), " ")
QUIET_TURNS = 8
MOST_TRIES = 250
TRY_SECONDS = 0.02


@dataclass
class ByHand:
    """A rhythm whose beats come when a test says so."""

    due: asyncio.Queue[None] = field(default_factory=asyncio.Queue)
    waits: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while the beat before has been answered, or given up."""

    async def next(self) -> None:
        """Wait for the next beat."""
        self.waits.set()
        await self.due.get()


@dataclass
class Form:
    """The form while it runs."""

    app: AnswerApp
    pilot: Pilot[None]
    rhythm: ByHand

    @property
    def text(self) -> str:
        """What stands on the screen, as the terminal would get it."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def words(self) -> str:
        """What stands on the screen as one line, so that wrapping breaks no sentence."""
        return " ".join(self.text.translate(SCROLLBARS).split())

    @property
    def view(self) -> EntryView:
        """The ask in sight."""
        return next(view for view in self.app.screen.query(EntryView) if view.display)

    @property
    def focused(self) -> Widget | None:
        """Where the keys go."""
        return self.app.screen.focused

    async def beat(self) -> None:
        """Let the form call once more, and wait until it has taken in what came back."""
        await self.rhythm.waits.wait()
        self.rhythm.waits.clear()
        self.rhythm.due.put_nowait(None)
        await self.rhythm.waits.wait()
        await self.settle()

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has been answered."""
        for key in keys:
            self.send(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text where the keys go."""
        for sign in text:
            self.send("enter" if sign == "\n" else sign)
        await self.settle()

    async def paste(self, text: str) -> None:
        """Paste a text where the keys go, as a terminal hands it over."""
        assert self.app._driver is not None
        self.app._driver.send_message(events.Paste(text))
        await self.settle()

    def send(self, key: str) -> None:
        """Let the terminal hand over a key."""
        assert self.app._driver is not None
        name = _character_to_key(key) if len(key) == 1 else key
        self.app._driver.send_message(events.Key(name, key_to_character(name)))

    async def settle(self) -> None:
        """Let everything that waits be answered, and what follows from it."""
        # Laying out anew asks for more to be drawn.
        for _ in range(2):
            await self._answered()
            self.app.screen._on_timer_update()

    async def _answered(self) -> None:
        """Let everything that waits be answered; what is drawn of it may come later."""
        quiet = 0
        while quiet < QUIET_TURNS:
            await asyncio.sleep(0)
            pumps = (self.app, *self.app.screen.walk_children(with_self=True))
            quiet = 0 if any(pump.message_queue_size for pump in pumps) else quiet + 1

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        for _ in range(MOST_TRIES):
            if condition():
                return
            await asyncio.sleep(TRY_SECONDS)
            await self.settle()
        raise AssertionError(f"it did not come about; the screen says:\n{self.text}")

    async def go_to(self, label: str) -> None:
        """Press tab until the keys are on what says so."""
        for _ in range(40):
            self.send("tab")
            await self._answered()
            if self._is_on(label):
                await self.settle()
                return
        raise AssertionError(f"{label!r} is not reached with tab:\n{self.text}")

    async def choose(self, *labels: str) -> None:
        """Choose with arrows and space, in the list that has them."""
        for label in labels:
            await self.go_to(label)
            choices = self.focused
            assert isinstance(choices, Choices)
            at = next(n for n, one in enumerate(choices._items) if label in one.label)
            await self.press("home", *["down"] * at, "space")

    async def push(self, label: str) -> None:
        """Go to a button and press it."""
        await self.go_to(label)
        await self.press("enter")

    def _is_on(self, label: str) -> bool:
        found = self.focused
        if isinstance(found, Push):
            return str(found.label) == f"[ {label} ]"
        if isinstance(found, Choices):
            return any(label in one.label for one in found._items)
        return type(found).__name__ == label


@asynccontextmanager
async def answering(
    url: str, *, size: tuple[int, int] = TALL, warning: str = "", first_beat: bool = True
) -> AsyncIterator[Form]:
    """Open the form at an address, and let it call for the first time."""
    caller = Caller(read_address(url))
    rhythm = ByHand()
    app = AnswerApp(caller, await caller.open_page(), rhythm, warning=warning)
    async with app.run_test(size=size) as pilot:
        form = Form(app, pilot, rhythm)
        if first_beat:
            await rhythm.waits.wait()
        await form.settle()
        yield form
