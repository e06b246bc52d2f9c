"""The palette: every command of the screen in front of you, found by name."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from rich.align import Align
from rich.text import Text
from textual.command import (
    CommandList,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
)
from textual.widgets.option_list import Option

from dialogue.tui.command import Command
from dialogue.tui.dialogs.once import GoesOnce
from dialogue.tui.screens.base import CommandScreen
from dialogue.wording import tr


class Palette(GoesOnce, CommandPalette):
    """The palette of Textual, safe from hands that are faster than it draws."""

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):  # a page key that comes before the list is laid out
            super()._action_command_list(action)

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Say that nothing was found in the language of the screens; Textual would in English."""
        self._stop_no_matches_countdown()
        found_none = partial(self._say_no_matches, search_value)
        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, found_none)

    def _say_no_matches(self, search_value: str) -> None:
        if search_value:
            words = Align.center(Text(tr("No matches found"), style="not bold"))
            found_none = Option(words, disabled=True, id=self._NO_MATCHES)
            self.query_one(CommandList).add_option(found_none)
        self._list_visible = bool(search_value)


class ScreenCommands(Provider):
    """Offers the commands of the catalogue that belong to the present screen."""

    async def discover(self) -> Hits:
        """Offer every command before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(_name(command), self._run(command), help=command.shown_help)

    async def search(self, query: str) -> Hits:
        """Offer the commands that fit what was typed, best first."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(f"{command.shown_label} {command.shown_help}")
            if score > 0:
                yield Hit(score, _name(command), self._run(command), help=command.shown_help)

    def _commands(self) -> tuple[Command, ...]:
        return self.screen.commands() if isinstance(self.screen, CommandScreen) else ()

    def _run(self, command: Command) -> partial[None]:
        assert isinstance(self.screen, CommandScreen)  # noqa: S101
        return partial(self.screen.action_command, command.id)


def _name(command: Command) -> str:
    return f"{command.shown_label}  ({command.shown_key})"
