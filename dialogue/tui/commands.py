"""Every command of the terminal UI, said once: it feeds keys, footer, palette and help.

Pure. A command's `id` is what a config file remaps and what a screen carries out; its key may be
several, separated by commas, of which the first is shown.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import get_args

from textual.binding import Binding

from agreements.sentence import Sentence
from dialogue.tui.care_commands import CARE_COMMANDS
from dialogue.tui.command import Command, ScreenName
from dialogue.tui.key_names import as_textual_names, is_key, key_shown, writes
from sessions.text import visible

PALETTE_KEY = "ctrl+p"
"""What opens the palette on every screen."""


_LIVE: tuple[ScreenName, ...] = ("live",)
_KEEPING: tuple[ScreenName, ...] = ("live", "review", "close")

CATALOGUE: tuple[Command, ...] = (
    Command(
        "help",
        "question_mark,f1",
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
        "phones",
        "ctrl+t",
        "phones",
        "Try whether a phone gets to this computer, before people are there.",
        ("prepare",),
        footer=True,
    ),
    Command(
        "prepare-back",
        "escape",
        "back",
        "Close the table of {key_check}, or go back; the form keeps what you wrote, in memory "
        "alone.",
        ("prepare",),
        footer=True,
    ),
    Command(
        "prepare-help",
        "f1",
        "all keys",
        "Explain this screen and every key on it.",
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
            Sentence("Name agreement {number} to the room.", number=number),
            _LIVE,
            footer=number == 1,
        )
        for number in range(1, 10)
    ),
    Command("agreements", "0", "agreements", "Read every agreement, and your own, in full.", _LIVE),
    Command("name-condition", "c", "condition", "Name this step's condition to the room.", _LIVE),
    Command("turn-over", "comma", "turn over", "End this turn, passed or done.", _LIVE),
    Command("one-voice", "semicolon", "one more", "Hear one voice more, then go on.", _LIVE),
    Command("new-voice", "left", "new voice", "Count a voice that is new in this step.", _LIVE),
    Command("again", "right", "again", "Count a voice that spoke before in this step.", _LIVE),
    Command("table", "tab", "table", "Choose one table, for a turn that ends there alone.", _LIVE),
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
    Command("roster", "N", "names", "Say again which names are to be hidden.", _KEEPING),
    Command("join", "j", "join", "Show the QR code and the address for phones.", _LIVE),
    Command(
        "open-sheet",
        "l",
        "sheet",
        "Let the room write: open the step's questions to phones.",
        ("live", "review"),
    ),
    Command(
        "close-sheet",
        "z",
        "close sheet",
        "Close the sheet; {key_open_sheet} keeps it open.",
        ("live", "review"),
    ),
    Command(
        "discard-sheet",
        "D",
        "discard",
        "Give up unread a sheet that too few wrote on.",
        ("live", "review"),
    ),
    Command(
        "answers",
        "y",
        "answers",
        "Review written answers; not while the wall sees it.",
        ("live", "review"),
    ),
    Command(
        "cards",
        "C",
        "cards",
        "Enter what stands on cards; not while the wall sees it.",
        ("live", "review"),
    ),
    Command(
        "room-view",
        "v",
        "room view",
        "Show the room view on the whole terminal; esc goes back.",
        _LIVE,
    ),
    Command(
        "wall",
        "P",
        "who sees",
        "Say who sees this screen: only you, or the wall as well.",
        _KEEPING,
    ),
    Command("blank", "full_stop,f9", "blank", "Show the calm page to the room, or end it.", _LIVE),
    Command("moves", "m", "moves", "Find what to say or do, by a few letters.", _LIVE),
    Command(
        "harm",
        "h,f8",
        "harm",
        "Pause for harm; f8 does it while you type.",
        _KEEPING,
    ),
    *CARE_COMMANDS,
    Command("park", "p", "park", "Park a question for another day.", _KEEPING),
    Command("commit", "g", "commitment", "Keep what the group as a whole will do.", _KEEPING),
    Command("ask", "G", "ask", "Keep what the group asks of leadership.", _KEEPING),
    Command("fewer", "left_square_bracket", "fewer", "One person fewer is here.", _LIVE),
    Command("more", "right_square_bracket", "more", "One person more is here.", _LIVE),
    Command("end-time", "e", "end at", "Move the end, after the group has agreed to it.", _LIVE),
    Command("words-up", "up", "up", "Scroll the words of the step up.", _LIVE),
    Command("words-down", "down", "down", "Scroll the words of the step down.", _LIVE),
    Command(
        "cue",
        "i",
        "for you",
        "Show or hide what is for you alone.",
        _LIVE,
    ),
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
        "Close the session: press {key_close_really} after it to make it final.",
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
    Command(
        "export",
        "e",
        "export",
        "Choose formats and a folder, and write this edition.",
        ("summary",),
        footer=True,
    ),
    Command(
        "edition",
        "tab,right",
        "edition",
        "Show the next edition: all, for a board, for the room.",
        ("summary",),
        footer=True,
    ),
    Command(
        "edition-before",
        "left,shift+tab",
        "edition",
        "Show the edition before.",
        ("summary",),
    ),
    Command("to-home", "escape,q", "home", "Go to the first screen.", ("summary",), footer=True),
    Command(
        "themes",
        "T",
        "themes",
        "Code what people wrote; not while the wall sees it.",
        ("review", "summary"),
        footer=True,
    ),
    Command(
        "leave", "ctrl+q", "leave", "Leave; the session stays open and can be resumed.", _KEEPING
    ),
)
"""All commands, in the order in which help lists them."""


def remapped(keys: Mapping[str, str]) -> tuple[Command, ...]:
    """Return the catalogue with keys from a config file.

    Args:
        keys: Command ids to keys; what is wrong with them is told by `key_problems`.
    """
    return tuple(
        replace(command, key=as_textual_names(keys[command.id])) if command.id in keys else command
        for command in CATALOGUE
    )


def key_problems(keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the keys of a config file: the command's id, and what to do."""
    ids = [command.id for command in CATALOGUE]
    for wanted, key in keys.items():
        if wanted not in ids:
            near = difflib.get_close_matches(wanted, ids) or ids[:3]
            yield wanted, f"there is no such command; there is {', '.join(near)} and others"
        elif not all(map(is_key, key.split(","))):
            yield wanted, f"there is no key {visible(key)}; write one such as “n”, “f5” or “ctrl+n”"
    # What was changed comes last, so that it is what a clash is told of.
    yield from clashes(sorted(remapped(keys), key=lambda command: command.id in keys))


def clashes(commands: Iterable[Command]) -> Iterator[tuple[str, str]]:
    """Yield each command whose key does something else on one of its screens, and what."""
    taken = {(screen, PALETTE_KEY): "the palette" for screen in get_args(ScreenName)}
    for command in commands:
        for screen in command.screens:
            for key in command.key.split(","):
                other = taken.setdefault((screen, key), command.id)
                if other != command.id:
                    yield command.id, f"{key_shown(key)} is {other} on the {screen} screen already"
                elif screen == "prepare" and writes(key):
                    yield command.id, f"{key_shown(key)} is typed into the fields of {screen}"


def for_agreements(commands: Iterable[Command], count: int) -> tuple[Command, ...]:
    """Return commands without those that name an agreement which there is not."""
    beyond = {f"agreement-{number}" for number in range(count + 1, 10)}
    return tuple(command for command in commands if command.id not in beyond)


def shown_together(commands: Iterable[Command]) -> Iterator[tuple[str, Command]]:
    """Yield commands with their keys for people; those that name an agreement are one: `1-4`."""
    commands = tuple(commands)
    numbered = [one for one in commands if one.id.startswith("agreement-")]
    for command in commands:
        if command not in numbered:
            yield command.shown_key, command
        elif command is numbered[0]:
            yield f"{command.shown_key}-{numbered[-1].shown_key}", command


def commands_of(screen: ScreenName, commands: tuple[Command, ...]) -> tuple[Command, ...]:
    """Return the commands of one screen, in order."""
    return tuple(command for command in commands if screen in command.screens)


def bindings_of(screen: ScreenName) -> list[Binding]:
    """Return a screen's bindings with the keys that are shipped; a keymap changes them.

    Where a key opens a line to type in, or answers the key before it, keys are carried out at
    once: what is typed after it is text, or the answer, however fast it comes.
    """
    at_once = screen in (*_KEEPING, "summary")
    return [command.binding(at_once=at_once) for command in commands_of(screen, CATALOGUE)]
