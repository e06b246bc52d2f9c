"""One catalogue feeds keys, footer, palette and help; a config file changes all four together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from textual.command import CommandInput, CommandList, CommandPalette
from textual.widgets import Input

from agreements.errors import ContentError
from dialogue import run
from dialogue.config import Config
from dialogue.screen_texts import texts_in_code
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

ROOT = Path(__file__).parents[2]

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

KEYS = {"next": "x", "tally": "f4", "help": "f1", "note": "~"} | {
    "own-agreement": "f5",
    "commit": "f6",
    "pause": "f7",
}
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
        assert command.shown_help[0].isupper(), command.id
        assert command.shown_help.endswith("."), command.id


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
                assert f"{command.shown_key} {command.shown_help}" in said, command.id
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
            assert any(command.shown_help in one for one in said), command.id
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
    """A changed key works, the old one does not, and all that names it names the new one."""
    changed = replace(desk, config=Config(keys=KEYS))
    async with staged(plan="lunch-and-learn", at=changed) as stage:
        await stage.press("ctrl+g")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        assert stage.lines[-1].strip().startswith("~ note  f7 pause  x next")
        assert stage.lines[-1].strip().endswith("f1 all keys")
        await stage.press("n")
        assert stage.session.state.step == "arrival"
        await stage.press("x")
        assert stage.session.state.step == "welcome"
        await stage.press(*["-"] * 5)
        assert stage.said == "A step has at least one minute. Press x to go on instead."
        await stage.press("~")
        assert stage.app.screen.query_one(EntryLine).is_open
        await stage.press("escape", "f1")
        assert isinstance(stage.app.screen, HelpDialog)
        assert "x Go on to the next step." in stage.words
        await stage.press("escape", "ctrl+p")
        await stage.until(lambda: "next (x)" in stage.words)
        await stage.press("escape", "0")
        await stage.until(lambda: "None yet. f5 adds one." in stage.words)
        await stage.press("escape", "r", "n")
        await stage.until(lambda: "Nothing yet. f6 keeps a commitment." in stage.words)


def test_every_text_names_a_key_by_its_command() -> None:
    """What stands for a key is a command that there is; the core knows it by its shipped key."""
    shipped = {f"key_{one.id.replace('-', '_')}": one.shown_key for one in CATALOGUE}
    texts = " ".join(one.text + one.many for one in texts_in_code())
    assert len(re.findall(r"\{key_\w+\}", texts)) > 80
    assert {*re.findall(r"\{(key_\w+)\}", texts)} <= shipped.keys()
    told: dict[str, str] = {}
    for path in (*(ROOT / "sessions").rglob("*.py"), *(ROOT / "dialogue").rglob("*.py")):
        told |= dict(re.findall(r'\b(key_\w+)=(?:Sentence\()?"(\w+)"', path.read_text("utf-8")))
    assert len(told) > 8
    assert told.items() <= shipped.items()


KEY_ALONE = re.compile(r"(?:^|[.;:·,] |[Pp]ress |\bthen |\bwith )([b-zB-Z]|\^[a-z])(?=[ ,.;:])")
OF_WINDOWS = (
    "answers",
    "pile",
    "export",
    "leaving",
    "coding_bench",
    "coding_view",
    "themes",
    "debrief",
)
"""What has keys of its own, which no config file changes."""


def test_no_text_of_the_screens_names_a_key_by_its_letter() -> None:
    """Where a config file may change a key, a text asks the catalogue what it is called."""
    named = [
        (one.text, KEY_ALONE.findall(one.text))
        for one, places in texts_in_code().items()
        if not any(Path(place).stem in OF_WINDOWS for place in places)
    ]
    # The version before is opened in a window of its own.
    found = [text for text, keys in named if keys and not text.startswith("y  open the version")]
    assert found == []
    assert KEY_ALONE.findall("Nothing yet. g keeps a commitment.") == ["g"]


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
