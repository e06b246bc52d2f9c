"""Every command of the terminal UI, said once: it feeds keys, footer, palette and help.

Pure. A command's `id` is what a config file remaps and what a screen carries out; its key may be
several, separated by commas, of which the first is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from textual.binding import Binding

ScreenName = Literal["home", "prepare", "live", "review", "close", "summary"]


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do on a screen with one key."""

    id: str
    key: str
    label: str
    """One or two words for the footer."""
    help: str
    """One sentence for help and palette."""
    screens: tuple[ScreenName, ...]
    footer: bool = False
    """It is among the few keys shown at the bottom."""

    @property
    def shown_key(self) -> str:
        """The key as people read it on their keyboard."""
        first = self.key.split(",")[0]
        return _KEY_NAMES.get(first, first.replace("ctrl+", "^"))

    def binding(self) -> Binding:
        """Return the Textual binding; its id lets a config file change the key."""
        return Binding(
            self.key, f"command('{self.id}')", self.label, id=self.id, tooltip=self.help, show=False
        )


_KEY_NAMES: Mapping[str, str] = {
    "space": "space",
    "plus": "+",
    "minus": "−",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "esc",
    "enter": "enter",
    "exclamation_mark": "!",
}

_LIVE: tuple[ScreenName, ...] = ("live",)
_KEEPING: tuple[ScreenName, ...] = ("live", "review", "close")

CATALOGUE: tuple[Command, ...] = (
    Command(
        "help",
        "question_mark",
        "all keys",
        "Explain this screen and every key on it.",
        ("home", "live", "review", "close", "summary"),
        footer=True,
    ),
    Command(
        "open",
        "enter",
        "open",
        "Open what is marked: a plan, or a session.",
        ("home",),
        footer=True,
    ),
    Command("refresh", "r", "refresh", "Read the folder of sessions again.", ("home",)),
    Command("quit", "q", "quit", "Leave the program.", ("home",), footer=True),
    Command(
        "begin",
        "ctrl+g",
        "begin",
        "Open the session with what stands here.",
        ("prepare",),
        footer=True,
    ),
    Command(
        "check",
        "ctrl+r",
        "12 · 24 · 40",
        "Try the plan with 12, 24 and 40 people.",
        ("prepare",),
        footer=True,
    ),
    Command(
        "prepare-back",
        "escape",
        "back",
        "Go back; nothing has been kept.",
        ("prepare",),
        footer=True,
    ),
    Command(
        "note", "t", "note", "Open the note line; enter keeps, esc leaves.", _KEEPING, footer=True
    ),
    Command("pause", "space", "pause", "Pause the session, or go on.", _LIVE, footer=True),
    Command("next", "n", "next", "Go on to the next step.", _LIVE, footer=True),
    Command("back", "b", "back", "Go back to the step before; its time goes on.", _LIVE),
    Command(
        "longer",
        "plus,equals_sign",
        "minute",
        "Give this step one minute more.",
        _LIVE,
        footer=True,
    ),
    Command("shorter", "minus", "minute", "Take one minute from this step.", _LIVE, footer=True),
    *(
        Command(
            f"agreement-{number}",
            str(number),
            "agreement",
            f"Name agreement {number} to the room.",
            _LIVE,
            footer=number == 1,
        )
        for number in range(1, 10)
    ),
    Command("name-condition", "c", "condition", "Name this step's condition to the room.", _LIVE),
    Command("say-next", "s", "say next", "Go to the next line to say.", _LIVE),
    Command("fit", "f", "fit", "Take the smallest change that makes the plan fit the end.", _LIVE),
    Command("drop", "d", "drop", "Leave this step out and go on.", _LIVE),
    Command(
        "alternative",
        "a",
        "alternative",
        "The group said no: run the alternative. No reason is kept.",
        _LIVE,
    ),
    Command(
        "adopt", "k", "adopted", "The group agrees: keep that the agreements are adopted.", _LIVE
    ),
    Command("own-agreement", "o", "our own", "Add an agreement of the group's own.", _LIVE),
    Command("wording", "w", "wording", "Put an agreement in the group's own words.", _LIVE),
    Command("tally", "x", "count", "Count the answers the room gives aloud.", _LIVE),
    Command("park", "p", "park", "Park a question for another day.", _KEEPING),
    Command("commit", "g", "commitment", "Keep what the group as a whole will do.", _KEEPING),
    Command("fewer", "left_square_bracket", "fewer", "One person fewer is here.", _LIVE),
    Command("more", "right_square_bracket", "more", "One person more is here.", _LIVE),
    Command("end-time", "e", "end at", "Move the end, after the group has agreed to it.", _LIVE),
    Command("cue", "i", "cue", "Show or hide the cue for you alone.", _LIVE),
    Command("review", "r", "review", "End the last step and look at what was kept.", _LIVE),
    Command("undo", "u", "undo", "Take back the last thing you did.", _KEEPING, footer=True),
    Command(
        "strike",
        "delete,backspace",
        "strike",
        "Take the marked words out of the record.",
        ("review",),
        footer=True,
    ),
    Command("to-live", "b", "back", "Go back to the last step.", ("review",), footer=True),
    Command("to-close", "n", "close", "Go on to the close.", ("review",), footer=True),
    Command("to-review", "b", "back", "Go back to the review.", ("close",), footer=True),
    Command(
        "close",
        "c",
        "close",
        "Close the session: press y after it to make it final.",
        ("close",),
        footer=True,
    ),
    Command(
        "close-really",
        "y",
        "yes, close",
        "Make the record final; this cannot be undone.",
        ("close",),
    ),
    Command("export", "e", "export", "Write the summary as Markdown.", ("summary",), footer=True),
    Command("to-home", "escape,q", "home", "Go to the first screen.", ("summary",), footer=True),
    Command(
        "leave", "ctrl+q", "leave", "Leave; the session stays open and can be resumed.", _KEEPING
    ),
)
"""All commands, in the order in which help lists them."""


def remapped(keys: Mapping[str, str]) -> tuple[Command, ...]:
    """Return the catalogue with keys from a config file.

    Args:
        keys: Command ids to keys, as Textual names them; an unknown id is ignored here and named
            by `unknown_ids`.
    """
    return tuple(
        replace(command, key=keys[command.id]) if command.id in keys else command
        for command in CATALOGUE
    )


def unknown_ids(keys: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of a config file that no command has."""
    known = {command.id for command in CATALOGUE}
    return tuple(one for one in keys if one not in known)


def clashes(commands: tuple[Command, ...]) -> tuple[str, ...]:
    """Return a sentence for every key that two commands of one screen share."""
    found: list[str] = []
    seen: dict[tuple[ScreenName, str], str] = {}
    for command in commands:
        for screen in command.screens:
            for key in command.key.split(","):
                other = seen.setdefault((screen, key), command.id)
                if other != command.id:
                    found.append(f"The key {key} is both {other} and {command.id} on {screen}.")
    return tuple(found)


def commands_of(screen: ScreenName, commands: tuple[Command, ...]) -> tuple[Command, ...]:
    """Return the commands of one screen, in order."""
    return tuple(command for command in commands if screen in command.screens)


def bindings_of(screen: ScreenName) -> list[Binding]:
    """Return a screen's bindings with the keys that are shipped; a keymap changes them."""
    return [command.binding() for command in commands_of(screen, CATALOGUE)]
