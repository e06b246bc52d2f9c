"""Whatever a key does fails with words in the error: the program ends in one sentence without them.

Touches: disk below `tmp_path`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dialogue import crash, run
from dialogue.tui.app import DialogueApp
from dialogue.tui.command import Command, ScreenName
from dialogue.tui.commands import CATALOGUE
from dialogue.tui.screens.base import CommandScreen, Handlers
from dialogue.tui.screens.close import CloseScreen
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.review import ReviewScreen
from tests.attack.sheets import files_with
from tests.tui.conftest import MOST_TRIES, TRY_SECONDS, Open, Stage

CANARY = "qx04z-words-of-somebody"
NOTE = "A note that is kept"

SCREENS: dict[ScreenName, type[CommandScreen]] = {
    "live": LiveScreen,
    "review": ReviewScreen,
    "close": CloseScreen,
}
"""The screens on which there are words."""

OFTEN = {("live", "next"), ("review", "strike")}
"""What is tried every time; all others in the long form."""


def commands() -> Iterator[object]:
    """Yield each command of each screen with its key."""
    for name in SCREENS:
        for one in CATALOGUE:
            if name in one.screens:
                often = (name, one.id) in OFTEN
                marks = [] if often else pytest.mark.slow
                yield pytest.param(name, one, marks=marks, id=f"{name}-{one.id}")


class WordsError(Exception):
    """An error with somebody's words in it."""


def fail() -> None:
    """Fail, with words in a variable and in the message."""
    words = f"{CANARY} in a variable"
    raise WordsError(f"{CANARY} in a message", words)


def let_fail(patch: pytest.MonkeyPatch, screen: type[CommandScreen], command: str) -> None:
    """Let what a command does fail on a screen."""
    handlers: Callable[[CommandScreen], Handlers] = screen.handlers

    def failing(shown: CommandScreen) -> Handlers:
        known = handlers(shown)
        assert command in known
        return {**known, command: fail}

    patch.setattr(screen, "handlers", failing)


async def go_to(stage: Stage, name: ScreenName) -> None:
    """Go on to one of the screens, with a note kept."""
    await stage.press("n")
    await stage.enter("t", NOTE)
    await stage.until_kept()
    if name == "live":
        return
    await stage.review()
    if name == "close":
        await stage.press("n")
        await stage.until(lambda: isinstance(stage.app.screen, CloseScreen))


async def ended(app: DialogueApp) -> None:
    """Wait until the program has met the error; its screens are gone by then."""
    for _ in range(MOST_TRIES):
        if app.crash is not None:
            return
        await asyncio.sleep(TRY_SECONDS)
    raise AssertionError("the key did not fail")


@pytest.mark.parametrize(("name", "command"), [*commands()])
async def test_a_key_that_fails_shows_no_word(
    live: Open,
    name: ScreenName,
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The session is saved, one sentence names the class of the error, no file has its words."""
    # promise 4
    shown: list[DialogueApp] = []

    async def press_it() -> None:
        async with live() as stage:
            shown.append(stage.app)
            await go_to(stage, name)
            let_fail(monkeypatch, SCREENS[name], command.id)
            stage.send(command.key.split(",")[0])
            await ended(stage.app)

    with pytest.raises(WordsError):
        await press_it()
    assert run._say_crash(shown[0]) == 1
    said = capfd.readouterr()
    assert CANARY not in said.out + said.err
    assert said.err.startswith(crash.sentence(WordsError))
    assert files_with([CANARY], tmp_path) == []
    assert "session.json" in files_with([NOTE], tmp_path)
