"""The facilitators' own debrief: kept only if they choose to, beside the record and never in it.

Touches: disk. Three blocks of words: the group, the two of us, the next time. They pass the text
gate and lose their names like every other words. No export, no summary and no programme reads this
file; it goes with the words of the session, on their day.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import StringConstraints, ValidationError

from agreements.sentence import Sentence
from sessions import disk
from sessions.deidentify.aliases import Aliases, highest_used
from sessions.deidentify.memory import NOTHING, Memory
from sessions.deidentify.roster import Roster
from sessions.deidentify.seam import hide
from sessions.errors import CommandRefusedError, StorageError
from sessions.facts import RecordModel
from sessions.text import NOTE_LIMIT, NOTE_LINES, paragraph, too_long

DEBRIEF_NAME: Final = "debrief.json"
BLOCKS: Final = ("group", "us", "next")
"""The three blocks, in the order they are talked about."""

_LIMIT_BYTES: Final = 256 * 1024

Words = Annotated[str, StringConstraints(max_length=4000)]


class Debrief(RecordModel):
    """What facilitators chose to keep for themselves."""

    format: Literal["dialogue-debrief"] = "dialogue-debrief"
    version: Literal[1] = 1
    group: Words = ""
    us: Words = ""
    next: Words = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is no word in it."""
        return not (self.group or self.us or self.next)


def written(
    group: str, us: str, next_time: str, roster: Roster, memory: Memory = NOTHING
) -> Debrief:
    """Return what was written as it would be kept: clean, and without names.

    Args:
        group: What is said of the group.
        us: What is said of the two who led.
        next_time: What is said of the next time.
        roster: Who was in the room.
        memory: Which words the session has decided to keep or to hide.

    Raises:
        CommandRefusedError: There is nothing, or a block is too long.
    """
    # What was kept before may stand in it with the parts that were hidden then.
    aliases, kept = Aliases.start_after(highest_used((group, us, next_time))), list[str]()
    for number, raw in enumerate((group, us, next_time), start=1):
        if too_long(raw, NOTE_LIMIT, lines=NOTE_LINES):
            raise CommandRefusedError(
                Sentence(
                    "Block {number} has {count} characters, and it holds {limit}. Shorten it.",
                    number=number,
                    count=len(raw.strip()),
                    limit=NOTE_LIMIT,
                )
            )
        hidden = hide(paragraph(raw, NOTE_LIMIT), roster, aliases, memory=memory)
        aliases = hidden.aliases
        if len(hidden.text) > NOTE_LIMIT:
            raise CommandRefusedError("A block is too long with its names hidden. Shorten it.")
        kept.append(hidden.text)
    debrief = Debrief(group=kept[0], us=kept[1], next=kept[2])
    if debrief.is_empty:
        raise CommandRefusedError("There is nothing to keep yet. Write a few words first.")
    return debrief


def keep(folder: Path, debrief: Debrief) -> Path:
    """Write a debrief into a session's folder, in the place of an earlier one; return its file.

    Raises:
        StorageError: It could not be written.
    """
    path = folder / DEBRIEF_NAME
    disk.write_whole(path, debrief.model_dump_json(indent=2).encode())
    return path


def kept_in(folder: Path) -> Debrief | None:
    """Return the debrief that was kept; `None` where there is none that can be read."""
    path = folder / DEBRIEF_NAME
    if not path.exists():
        return None
    try:
        return Debrief.model_validate_json(disk.read_whole(path, _LIMIT_BYTES))
    except (StorageError, ValidationError):
        return None


def words_in(folder: Path) -> int:
    """Return how many texts of a debrief are due to go with a session's words."""
    kept = kept_in(folder)
    return 0 if kept is None else sum(map(bool, (kept.group, kept.us, kept.next)))


def forget(folder: Path) -> None:
    """Delete the debrief of a session, if one was kept.

    Raises:
        StorageError: It could not be deleted.
    """
    disk.forget(folder / DEBRIEF_NAME)
