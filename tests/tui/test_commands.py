"""One catalogue feeds keys, footer, palette and help; a config file changes all four together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest
from textual.command import CommandInput, CommandList, CommandPalette
from textual.widgets import Input

from agreements.errors import ContentError
from dialogue import run
from dialogue.config import Config
from dialogue.tui.command import ScreenName
from dialogue.tui.commands import CATALOGUE, clashes, commands_of, key_problems, remapped
from dialogue.tui.dialogs.help import HelpDialog
from dialogue.tui.screens.base import CommandScreen
from dialogue.tui.screens.close import CloseScreen
from dialogue.tui.screens.home import HomeScreen
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.prepare import PrepareScreen
from dialogue.tui.screens.review import ReviewScreen
from dialogue.tui.screens.summary import SummaryScreen
from dialogue.tui.widgets.entry_line import EntryLine

if TYPE_CHECKING:
    from dialogue.desk import Desk
    from dialogue.paths import Places
    from tests.tui.conftest import Open, Stage

SCREENS: dict[ScreenName, type[CommandScreen]] = {
    "home": HomeScreen,
    "prepare": PrepareScreen,
    "live": LiveScreen,
    "review": ReviewScreen,
    "close": CloseScreen,
    "summary": SummaryScreen,
}

FIVE_TO_NINE = {f"agreement-{number}" for number in range(5, 10)}
"""The commands for agreements that the shipped protocol does not have."""

KEYS = {"next": "x", "tally": "f4", "help": "f1", "note": "~"}
"""A config file that swaps, moves and names keys in every way it can."""


async def tour(stage: Stage, look: Callable[[CommandScreen], None]) -> None:
    """Go through all screens and look at each."""
    await stage.mark("plan:lunch-and-learn")
    ways = {
        "home": (),
        "prepare": ("enter",),
        "live": ("ctrl+g",),
        "review": ("r",),
        "close": ("n",),
        "summary": ("c", "y"),
    }
    for name, keys in ways.items():
        await stage.press(*keys)
        await stage.until(lambda name=name: getattr(stage.app.screen, "NAME", "") == name)
        await stage.settle()
        assert isinstance(stage.app.screen, CommandScreen)
        look(stage.app.screen)


async def test_every_command_is_carried_out_on_each_of_its_screens(staged: Open) -> None:
    """A screen has a handler for each command that names it, and for no other."""
    seen: list[str] = []

    def look(screen: CommandScreen) -> None:
        wanted = {command.id for command in commands_of(screen.NAME, CATALOGUE)}
        assert set(screen.handlers()) == wanted, screen.NAME
        seen.append(screen.NAME)

    async with staged() as stage:
        await tour(stage, look)
    assert seen == list(get_args(ScreenName))


async def test_every_command_is_bound_to_its_keys(staged: Open) -> None:
    """Each key of the catalogue leads to its command on each of its screens."""

    def look(screen: CommandScreen) -> None:
        screen.set_focus(None)  # a list has an enter of its own, which does the same
        bound = screen.active_bindings
        for command in commands_of(screen.NAME, CATALOGUE):
            for key in command.key.split(","):
                assert bound[key].binding.action == f"command('{command.id}')", (screen.NAME, key)

    async with staged() as stage:
        await tour(stage, look)


def test_no_key_means_two_things_on_one_screen() -> None:
    """The keys as shipped clash nowhere, and every command says what it does in one sentence."""
    assert list(clashes(CATALOGUE)) == []
    assert len({command.id for command in CATALOGUE}) == len(CATALOGUE)
    for command in CATALOGUE:
        assert command.help[0].isupper(), command.id
        assert command.help.endswith("."), command.id


@pytest.mark.parametrize("name", get_args(ScreenName))
def test_every_command_belongs_to_a_screen_that_is_there(name: ScreenName) -> None:
    """The screens of the catalogue are the screens of the program, with a few keys each."""
    assert name == SCREENS[name].NAME
    assert any(command.footer for command in commands_of(name, CATALOGUE))


async def test_help_lists_every_key_of_its_screen(staged: Open) -> None:
    """Help says what the screen is for and, scrolled to its end, every command it has."""
    async with staged(size=(100, 120), plan="lunch-and-learn") as stage:
        await stage.press("ctrl+g")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        await stage.press("?")
        assert isinstance(stage.app.screen, HelpDialog)
        said = stage.words
        for command in commands_of("live", CATALOGUE):
            if not command.id.startswith("agreement-"):
                assert f"{command.shown_key} {command.help}" in said, command.id
        assert "1-4 Name an agreement to the room, by its number." in said
        assert "ctrl+p Find a command by name." in said
        await stage.press("escape")
        assert isinstance(stage.app.screen, LiveScreen)


async def test_help_at_80x24_is_scrolled_and_left_with_keys(live: Open) -> None:
    """On the small terminal the arrow keys lead to the end of help, and three keys leave it."""
    async with live() as stage:
        for key in ("escape", "?", "q"):
            await stage.press("?", "end")
            await stage.until(lambda: "ctrl+p" in stage.text)
            await stage.press(key)
            assert isinstance(stage.app.screen, LiveScreen)
            assert stage.app.session is not None


async def test_the_palette_offers_every_command(live: Open) -> None:
    """The palette lists what the screen in front can do, each with its key."""
    async with live() as stage:
        await stage.press("ctrl+p")
        offered = stage.app.screen.query_one(CommandList)
        wanted = [one for one in commands_of("live", CATALOGUE) if one.id not in FIVE_TO_NINE]
        await stage.until(lambda: offered.option_count == len(wanted))
        said = [str(option.prompt) for option in offered.options]
        for command in wanted:
            assert any(command.help in one for one in said), command.id
            assert any(f"{command.label}  ({command.shown_key})" in one for one in said)


async def test_the_palette_finds_a_command_and_runs_it(live: Open) -> None:
    """Two words of a command's help are enough to find it; Enter carries it out."""
    async with live() as stage:
        await stage.press("n", "ctrl+p")
        assert isinstance(stage.app.screen, CommandPalette)
        await stage.until(lambda: isinstance(stage.app.focused, CommandInput))
        await stage.type("minute more")
        await stage.until(lambda: "Give this step one minute more." in stage.text)
        await stage.press("enter", "enter")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        await stage.until(lambda: "of 5:00" in stage.text)
        assert stage.said == "One minute more."


async def test_a_key_from_the_settings_is_one_everywhere(staged: Open, desk: Desk) -> None:
    """A changed key works, the old one does not, and footer, help and palette show the new one."""
    changed = replace(desk, config=Config(keys=KEYS))
    async with staged(plan="lunch-and-learn", at=changed) as stage:
        await stage.press("ctrl+g")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        assert stage.lines[-1].strip().startswith("~ note  space pause  x next")
        assert stage.lines[-1].strip().endswith("f1 all keys")
        await stage.press("n")
        assert stage.session.state.step == "arrival"
        await stage.press("x")
        assert stage.session.state.step == "welcome"
        await stage.press("~")
        assert stage.app.screen.query_one(EntryLine).is_open
        await stage.press("escape", "f1")
        assert isinstance(stage.app.screen, HelpDialog)
        assert "x Go on to the next step." in stage.words
        await stage.press("escape", "ctrl+p")
        await stage.until(lambda: "next (x)" in stage.words)


async def test_keys_can_be_swapped(staged: Open, desk: Desk) -> None:
    """Two commands may take each other's keys."""
    assert list(key_problems({"next": "b", "back": "n"})) == []
    swapped = replace(desk, config=Config(keys={"next": "b", "back": "n"}))
    async with staged(plan="lunch-and-learn", at=swapped) as stage:
        await stage.press("ctrl+g", "b", "b")
        assert stage.session.state.step == "agreements"
        await stage.press("n")
        assert stage.session.state.step == "welcome"


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ({"nxt": "n"}, "there is no such command; there is next and others"),
        ({"next": "banan"}, "there is no key “banan”; write one such as “n”, “f5” or “ctrl+n”"),
        ({"next": ","}, "there is no key “,”; write one such as “n”, “f5” or “ctrl+n”"),
        ({"next": "t"}, "t is note on the live screen already"),
        ({"fit": "?"}, "? is help on the live screen already"),
        ({"help": "f,h"}, "f is fit on the live screen already"),
        ({"next": "ctrl+p"}, "^p is the palette on the live screen already"),
        ({"begin": "b"}, "b is typed into the fields of prepare"),
    ],
)
def test_a_key_that_would_not_work_is_told_before_anything_is_drawn(
    keys: dict[str, str], problem: str, places: Places
) -> None:
    """The sentence names the file, the command, and what is wrong; nothing is started."""
    assert (next(iter(keys)), problem) in list(key_problems(keys))
    request = run.StartRequest(places, Config(keys=keys))
    with pytest.raises(ContentError) as caught:
        run.start(request)
    assert caught.value.sentence == f"config.toml, keys.{next(iter(keys))}: {problem}"


@pytest.mark.parametrize("key", [":", "_", "ctrl+n", "f12", "colon", "pageup", "ñ", "q,Q"])
def test_a_key_that_works_is_no_problem(key: str) -> None:
    """Signs, names, several keys, and keys held with others are all taken."""
    assert list(key_problems({"next": key})) == []
    (command,) = (one for one in remapped({"next": key}) if one.id == "next")
    assert command.shown_key.isprintable()


async def test_text_keys_belong_to_the_field_they_are_typed_into(live: Open) -> None:
    """While a line is open, letters that are commands are letters."""
    async with live() as stage:
        await stage.press("t")
        await stage.type("pause next undo 123")
        assert stage.app.screen.query_one(EntryLine).query_one(Input).value == "pause next undo 123"
        assert stage.session.state.step == "arrival"
        await stage.press("escape", "n")
        assert stage.session.state.step == "welcome"
