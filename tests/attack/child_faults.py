"""A program whose every part fails in turn while a room writes; what it prints is looked at.

Its arguments are a folder and what is to fail: `writing`, what takes in what people write;
`everything`, the pages beside it; `opening`, what opens a box; `bare`, a little of the first in a
build that leaves loggers as they are. Each function is made to raise an error with words in its
message, its arguments and its variables. Meanwhile pages send words, and the sheet is opened,
closed and held open. At the end the file `failed` in the folder names the functions that failed.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import itertools
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import FunctionType, ModuleType
from unittest import mock

from agreements.library import open_library
from agreements.model import Protocol
from dialogue import crash, reception
from dialogue.web import pages, routes, wire
from dialogue.web.wire import Beat, Envelope
from sessions import (
    ballots,
    cells,
    decide_sheet,
    envelopes,
    keys,
    opening,
    payloads,
    room,
    sheet_desk,
    unsealing,
    voices,
    withdrawals,
)
from sessions.payloads import Words, encode
from sessions.text import paragraph
from tests.attack.doors import SEAT, RealHouse, door_of
from tests.attack.sheets import WORDS, Sheet, plan_with

CANARY = "qx04z-words-of-somebody"
ENOUGH, NEVER_ENOUGH = 5, 10**6
PATIENCE_SECONDS = 0.5
"""How long is waited for what may never come, where what would answer has failed."""

Part = ModuleType | type
TAKES_IN: tuple[Part, ...] = (
    *(reception.Reception, reception._Tries, sheet_desk.SheetDesk, sheet_desk.Seats),
    *(voices.Voices, withdrawals.Withdrawals, ballots.Box, cells.CellFile),
)
PAGES: tuple[Part, ...] = (pages.Pages, routes.Routes, wire, routes, payloads, envelopes, room)
OPENS: tuple[Part, ...] = (
    *(sheet_desk.SheetDesk, opening, unsealing, payloads, envelopes, decide_sheet),
    *(ballots, ballots.Box, cells, cells.CellFile, keys.KeyFolder),
)
FAILING: dict[str, tuple[Part, ...]] = {
    "writing": TAKES_IN,
    "everything": TAKES_IN + PAGES,
    "opening": OPENS,
    "bare": (withdrawals.Withdrawals, reception.Reception, reception._Tries),
}
"""What is made to fail, function by function."""


NOT_PLANTED = {"__init__", "_run", "_left", "_waiting", "_refuse", "_landed"}
"""What there is no box without; and what tells those who wait that its thread has failed."""


def functions(*parts: Part) -> Iterator[tuple[Part, str]]:
    """Yield each function of each part, with where it belongs."""
    for part in parts:
        module = part.__name__ if isinstance(part, ModuleType) else part.__module__
        for name, value in vars(part).items():
            if (
                isinstance(value, FunctionType)
                and value.__module__ == module
                and name not in NOT_PLANTED
                and not inspect.isgeneratorfunction(value)
            ):
                yield part, name


@contextlib.contextmanager
def failing(part: Part, name: str, failed: list[str]) -> Iterator[None]:
    """Let a function fail with words all over it."""

    def fail(*arguments: object, **named: object) -> object:
        words = f"{CANARY} in a variable"
        failed.append(f"{part.__name__}.{name}")
        raise RuntimeError(f"{CANARY} in a message", words, arguments, named)

    real = getattr(part, name)
    with contextlib.ExitStack() as stack:
        for home in [part, *users_of(real, name)]:
            stack.enter_context(mock.patch.object(home, name, fail))
        yield


def users_of(function: object, name: str) -> list[ModuleType]:
    """Return the modules of ours that have imported a function by its name."""
    ours = [one for key, one in sys.modules.items() if key.startswith(("dialogue.", "sessions."))]
    return [one for one in ours if vars(one).get(name) is function]


def said(act: Callable[[], object]) -> None:
    """Do something as a key does: an error ends in the one sentence that is said of it."""
    try:
        act()
    except Exception as error:  # noqa: BLE001  # as the program does with any
        sys.stderr.write(f"{crash.sentence(type(error))}\n")


async def write(house: RealHouse) -> None:
    """Let pages do all that they can, with words in every field."""
    token = CANARY
    with contextlib.suppress(Exception):
        token = house.sheet.reception.token("what-stays")
    answer = Envelope("what-stays", token, {"text": CANARY}, withdrawable=True)
    about = {"seat": SEAT, "ask": "what-stays", "token": token}
    beat = Beat(SEAT, envelopes=(answer,), withdraw=f"{CANARY} {CANARY}")
    calls = [
        *(partial(house.ask, "GET", path) for path in ("/", "/room", "/room/state")),
        partial(house.beat, beat),
        partial(house.post, "/", do="done", text=CANARY, withdrawable="1", **about),
        partial(house.post, "/withdraw", seat=SEAT, words=f"{CANARY} acorn acorn"),
    ]
    for call in calls:
        # What fails may be the client's own half of `wire`, and an answer may never come.
        with contextlib.suppress(Exception):
            await call()
    await asyncio.sleep(0)


async def while_it_is_open(
    folder: Path, protocol: Protocol, left: list[tuple[Part, str]], failed: list[str]
) -> None:
    """Let everything fail, in one session for as long as its box is alive."""
    sheet = Sheet.begin(folder, plan_with((WORDS,)), protocol, heads=8, threshold=NEVER_ENOUGH)
    sheet.open()
    async with door_of(sheet, answer_seconds=PATIENCE_SECONDS) as house:
        while left and is_alive(sheet):
            with failing(*left.pop(), failed):
                await write(house)
                said(sheet.sheets.has_enough)
                said(sheet.close)
                said(sheet.sheets.hold_open)
            if sheet.sheets.phase != "open":
                sheet.sheets.hold_open()
        await asyncio.sleep(0.02)
    with contextlib.suppress(Exception):
        sheet.leave()


def is_alive(sheet: Sheet) -> bool:
    """Say whether the box of a sheet still takes envelopes."""
    voices = sheet.sheets.voices
    if voices is None:
        return False
    with contextlib.suppress(Exception):
        token = voices.new_tokens()["what-stays"]
        one_more = voices.submit("what-stays", token, encode(Words(text="one more")))
        return one_more.result(PATIENCE_SECONDS) == "kept"
    return False


def when_it_opens(folder: Path, protocol: Protocol, failed: list[str]) -> None:
    """Let everything fail, each in a session of its own, that has to do with opening a box."""
    for number, (part, name) in enumerate(functions(*OPENS)):
        here = folder / f"opening-{number}"
        sheet = Sheet.begin(here, plan_with((WORDS,)), protocol, heads=8, threshold=ENOUGH)
        sheet.open()
        for _ in range(ENOUGH):
            sheet.write("what-stays", Words(text=CANARY))
        with failing(part, name, failed):
            said(sheet.close)
            said(sheet.sheets.discard)
        with contextlib.suppress(Exception):
            sheet.leave()


def main(folder: Path, how: str) -> None:
    """Let everything fail, one after the other."""
    crash.install()
    if how != "bare":
        crash.guard_loggers()
    reception.WITHDRAWAL_SECONDS = 0.0
    protocol = open_library(paragraph).protocol
    failed: list[str] = []
    if how == "opening":
        when_it_opens(folder, protocol, failed)
    else:
        left = [*functions(*FAILING[how])]
        for number in itertools.count():
            asyncio.run(while_it_is_open(folder / str(number), protocol, left, failed))
            if not left:
                break
    (folder / "failed").write_text("\n".join(dict.fromkeys(failed)), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
