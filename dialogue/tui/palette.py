"""The palette: every command of the screen in front of you, found by name."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from dialogue.tui.commands import Command
from dialogue.tui.screens.base import CommandScreen


class ScreenCommands(Provider):
    """Offers the commands of the catalogue that belong to the present screen."""

    async def discover(self) -> Hits:
        """Offer every command before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(_name(command), self._run(command), help=command.help)

    async def search(self, query: str) -> Hits:
        """Offer the commands that fit what was typed, best first."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(f"{command.label} {command.help}")
            if score > 0:
                yield Hit(score, _name(command), self._run(command), help=command.help)

    def _commands(self) -> tuple[Command, ...]:
        return self.screen.commands() if isinstance(self.screen, CommandScreen) else ()

    def _run(self, command: Command) -> partial[None]:
        assert isinstance(self.screen, CommandScreen)  # noqa: S101
        return partial(self.screen.action_command, command.id)


def _name(command: Command) -> str:
    return f"{command.label}  ({command.shown_key})"
