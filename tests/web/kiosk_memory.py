"""What is left in memory of a person who was at the kiosk: nothing that she typed.

Not collected by itself: `test_kiosk_memory.py` runs it in a program of its own. All that can be
reached from the kiosk is looked through, and in a program that has run thousands of tests that
would be their memory as well.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from dialogue.answer.kiosk import IDLE_SECONDS
from dialogue.answer.seat import SeatCard
from sessions.codes import code_read
from tests.web.test_kiosk import CANARY, T, kiosk_at, open_house

if TYPE_CHECKING:
    from tests.web.conftest import House
    from tests.web.test_kiosk import Kiosk

__all__ = ["open_house"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

WAYS = ("sent", "left", "card")
MOST_LOOKS = 10
LOOK_SECONDS = 0.1


async def test_each_person_types_her_own_card(house: House) -> None:  # promise 9
    """Where it takes a seat card, the code of the one before is not there for the next."""
    code = "K7QX-3MFT"
    read = code_read(code)
    assert read is not None
    house.door.give_cards(read)
    house.door.open("words")
    async with kiosk_at(house.url) as kiosk:
        await kiosk.begin()
        kiosk.app.screen.query_one(SeatCard)._field.focus()
        await kiosk.type(code)
        await kiosk.press("enter")
        await kiosk.beat()
        assert T["seat"]["seated"] in kiosk.words
        await kiosk.press("ctrl+q")
        await kiosk.until_wiped()
        assert found(kiosk, code, house) == []
        await kiosk.begin()
        assert T["seat"]["label"] in kiosk.words
        assert T["seat"]["seated"] not in kiosk.words


# promise 39
@pytest.mark.parametrize("way", WAYS)
async def test_nothing_of_a_person_is_left(
    open_house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """After her turn no word of hers is on the screen, in memory, or in any file that was written.

    It is looked for in everything that can be reached from the program, and in the memories of the
    libraries that draw it.
    """
    written: list[bytes] = []
    monkeypatch.setattr(os, "write", lambda _file, data: written.append(bytes(data)) or len(data))
    if way == "card":
        open_house.door.open("commitment")
    async with kiosk_at(open_house.url) as kiosk:
        await kiosk.begin()
        if way == "card":
            await kiosk.go_to("Input")
            await kiosk.type(CANARY)
        else:
            await kiosk.write(f"{CANARY} sings")
            assert found(kiosk, CANARY, open_house) != []
        if way == "sent":
            await kiosk.press("f7", "ctrl+x", "ctrl+v")
            await kiosk.push("Done")
            await kiosk.beat()
            await kiosk.press("ctrl+q")
        elif way == "left":
            await kiosk.pass_time(IDLE_SECONDS + 1)
        else:
            await kiosk.press("ctrl+q", "y")
        await kiosk.until_wiped()
        open_house.door.kept.clear()
        assert CANARY not in kiosk.text
        # What a library has under way in the loop is over within a second.
        for _ in range(MOST_LOOKS):
            if not (holders := found(kiosk, CANARY, open_house)):
                break
            await kiosk.settle()
            await asyncio.sleep(LOOK_SECONDS)
        assert holders == []
    assert not any(CANARY.encode() in data for data in written)
    assert files_with(tmp_path, CANARY) == []


def files_with(folder: Path, canary: str) -> list[Path]:
    """Return the files that hold a canary."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if canary.encode() in path.read_bytes()]


_SKIPPED = (types.ModuleType, types.FrameType, types.CodeType)
Way: TypeAlias = "tuple[str, Way] | None"
"""The types of what holds something, from the last holder to the first."""
_OF_THE_TESTS = ("tests", "pytest", "_pytest", "hypothesis", "xdist", "execnet", "pluggy", "syrupy")


def found(kiosk: Kiosk, canary: str, house: House) -> list[str]:
    """Return what holds a canary, of all that can be reached from the program, and by which way.

    What only the tests hold is left out; they may have run for many minutes before.
    """
    gc.collect()
    seen = {id(house), id(house.door), *map(id, of_the_tests())}
    due: list[tuple[object, Way]] = [(kiosk.app, None), *((one, None) for one in memories())]
    holders: list[str] = []
    while due:
        one, way = due.pop()
        here = (type(one).__name__, way)
        for part in gc.get_referents(one):
            if isinstance(part, str | bytes | bytearray):
                text = part if isinstance(part, str) else bytes(part).decode("utf-8", "replace")
                if canary in text and text != canary:
                    holders.append(as_text(here))
            elif id(part) not in seen and not isinstance(part, _SKIPPED):
                seen.add(id(part))
                due.append((part, here))
    return holders


def as_text(way: Way) -> str:
    """Return the last forty holders of a way."""
    names: list[str] = []
    while way is not None and len(names) < 40:
        name, way = way
        names.append(name)
    return " > ".join(reversed(names))


def of_the_tests() -> Iterator[object]:
    """Yield what modules of the tests and of their runner hold."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in _OF_THE_TESTS:
            yield vars(module)
            yield from (one for one in vars(module).values() if isinstance(one, type))


def memories() -> Iterator[object]:
    """Yield what functions of the libraries remember of their arguments."""
    for one in gc.get_objects():
        if type(one).__name__ == "_lru_cache_wrapper":
            yield one
