"""The same key explains each screen: what it is for in its own words, and the keys that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogue.tui.commands import CATALOGUE, commands_of
from dialogue.tui.dialogs.help import HelpDialog
from tests.tui.test_screens import SCREENS, WAYS, screen_name

if TYPE_CHECKING:
    from tests.tui.conftest import Open

FEWEST_WORDS = 12


async def test_help_explains_the_screen_in_front(staged: Open) -> None:
    """On each screen from Home to Summary help says something of its own, and lists its keys."""
    explained: dict[str, str] = {}
    async with staged(size=(80, 60)) as stage:
        for name in SCREENS:
            await WAYS[name](stage)
            await stage.until(lambda name=name: screen_name(stage) == name)
            await stage.press("f1")
            await stage.until(lambda: isinstance(stage.app.screen, HelpDialog))
            about = stage.words_in(".about")
            assert len(about.split()) >= FEWEST_WORDS, name
            first = commands_of(name, CATALOGUE)[0]
            assert first.help.split(".")[0] in stage.words, name
            explained[name] = about
            await stage.press("escape")
            await stage.until(lambda name=name: screen_name(stage) == name)
    assert len({*explained.values()}) == len(SCREENS)
