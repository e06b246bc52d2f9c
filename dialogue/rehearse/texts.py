"""What the people of a rehearsal write: made-up reflections, or the texts of a file.

Touches: disk, to read that file. Nobody wrote the made-up ones about anybody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dialogue.rehearse import spanish
from sessions import disk
from sessions.errors import CommandRefusedError, shown
from sessions.payloads import WORDS_LIMIT
from sessions.text import paragraph

LARGEST_FILE_BYTES: Final = 64 * 1024 * 1024

ROSTER: Final = "Jordan Ellis\nMaria Okafor\nSam Whitfield"
"""Names that stand in some of the made-up texts; a session hides them."""

REFLECTIONS: Final = (
    "I was asked where I am really from, twice, in my own building. I went home tired.",
    "Nobody in my family talked about race, so I learned silence before I learned words.",
    "I said nothing in that meeting. I still hear the joke, and how quiet I was after it.",
    "Being listened to for three minutes without an answer felt long, and good.",
    "My first thought was to explain that I meant well. Today I noticed that and waited.",
    "When Jordan Ellis talked over me, two people looked at the table.",
    "I do not know yet what I think. I would like to be allowed not to know.",
    "The word that stays is “ordinary”. For her it was an ordinary Tuesday.",
    "I was angry at first. Then I saw that I was ashamed, which is harder to sit with.",
    "People say they do not see colour. I want to be seen, all of it.",
    "At work I change my voice. I had not said that aloud before today.",
    "I thought this would be about blame. It was about paying attention.",
    "Maria Okafor once told me to bring less of myself to the front desk. I have brought less.",
    "I grew up where everyone looked like me. I never asked why that was.",
    "I want us to come back to this. One hour opens a door and then we close it on people.",
    "My accent gets repeated back to me as if it were a trick.",
    "Something small: she pronounced my name right, and asked first.",
    "I do not feel safe enough to write what I think, so I write that.",
    "Ich habe heute vor allem zugehört. Das war neu für mich.",
    "Aprendí que callar también dice algo.",
    "I am the only one on my team. I count before I sit down.",
    "It was hard to hear that my help had been heavy.\n\nI would like to carry less and ask more.",
    "We have a poster about respect above the printer, and nobody speaks to the cleaner.",
    "Hearing “I noticed it too” after the meeting is kind. In the meeting it would help.",
    "I keep looking for the one right sentence. Perhaps there is none, and I start anyway.",
    "My son asked me why the guard followed us. I said he was just walking the same way.",
    "I have passed every round so far, and it was fine to pass. Thank you for that.",
    "What I will do: ask Sam Whitfield how the last year was for him, and then not talk.",
)
"""One to three sentences each, by made-up people."""

NOTES: Final = (
    "Being heard without being fixed #a1",
    "Silence, and what it costs those who keep it #c2",
    "The wish to mean well gets in the way of listening",
    "Accent, names, and being asked where one is from",
    "The room slowed down by itself after the pairs",
    "Jordan Ellis said that one hour is a beginning",
)
"""What the facilitator notes."""

PARKED: Final = ("Who is not in this room, and why?", "What happens with what we wrote?")
AGREED: Final = ("We let a silence be.", "We ask before we help.")
COMMITTED: Final = ("We meet again in four weeks, with two hours.",)
ASKED: Final = ("Pay for the hours that people spend here.", "Say by spring what will change.")


@dataclass(frozen=True, slots=True)
class MadeUp:
    """All that is written in a rehearsal, in one language."""

    reflections: Sequence[str]
    notes: Sequence[str]
    parked: Sequence[str]
    agreed: Sequence[str]
    committed: Sequence[str]
    asked: Sequence[str]


_ENGLISH: Final = MadeUp(REFLECTIONS, NOTES, PARKED, AGREED, COMMITTED, ASKED)
_SPANISH: Final = MadeUp(
    spanish.REFLECTIONS,
    spanish.NOTES,
    spanish.PARKED,
    spanish.AGREED,
    spanish.COMMITTED,
    spanish.ASKED,
)


def made_up(language: str) -> MadeUp:
    """Return what is written in a rehearsal of a plan in this language; else in English."""
    return _SPANISH if language.partition("-")[0] == "es" else _ENGLISH


def read_texts(path: Path) -> tuple[str, ...]:
    """Return the texts in a file that somebody could send: JSON with a `text` a line, or plain.

    What is longer than an answer may be is cut, and what has nothing to see is left out.

    Raises:
        CommandRefusedError: There is no such text in it, or a line is no JSON that holds one.
        StorageError: It cannot be read.
    """
    data = disk.read_whole(path, LARGEST_FILE_BYTES).decode("utf-8-sig", errors="replace")
    texts = tuple(_fitting(_texts(data.split("\n"), path)))
    if not texts:
        raise CommandRefusedError(
            f"There is no text in {shown(path)} that somebody could send. Put one on each line."
        )
    return texts


def _texts(lines: Sequence[str], path: Path) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        yield _text_of(line, f"{shown(path)}, line {number}") if line.startswith("{") else line


def _text_of(line: str, where: str) -> str:
    try:
        table = json.loads(line)
    except ValueError:
        table = None
    text = table.get("text") if isinstance(table, dict) else None
    if not isinstance(text, str):
        raise CommandRefusedError(f'{where}: this is no JSON with a "text". Mend or delete it.')
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _fitting(texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        short = text[:WORDS_LIMIT]
        if 0 < len(paragraph(short)) <= WORDS_LIMIT:
            yield short
