"""Seat cards: the batch that was printed last, and the batches of the sessions that are open.

Touches: disk, the system's random source.

Codes are drawn here and go to the printed page; what stays is a batch: a key, and a hash of each
code under it, sorted, so that no order of drawing or printing is left. The batch that waits is
copied when a session begins with it. So a batch printed later takes nothing from a room that is
open, and cards that went back into the bowl are good for the next session too. The copy goes when
its session closes.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from agreements.sentence import Sentence
from sessions.belongings import Belonging, Belongings
from sessions.codes import BITS, code_hash, code_of
from sessions.disclosure import FLOOR
from sessions.envelopes import KEY_BYTES
from sessions.errors import CommandRefusedError
from sessions.heads import MOST_HEADS
from sessions.keys import HexKey

CARDS_NAME: Final = "cards"
"""The folder's name in the config folder."""

MOST_CARDS: Final = MOST_HEADS

_WAITING: Final = "waiting"
_NOBODY: Final = ""
"""The session of a batch that waits for one."""
_SUFFIX: Final = ".cards"
_LARGEST_BYTES: Final = 256 * 1024


class CardBatch(Belonging):
    """What is kept of cards that were printed together."""

    format: Literal["dialogue-cards"] = "dialogue-cards"
    secret: HexKey = Field(repr=False)
    """The key of the hashes."""
    hashes: Annotated[tuple[HexKey, ...], Field(max_length=MOST_CARDS, repr=False)]
    """Sorted; they stand for the cards and say nothing of when one was drawn, shown or used."""

    @property
    def key(self) -> bytes:
        """The key itself."""
        return bytes.fromhex(self.secret)


def refuse_count(count: int) -> None:
    """Refuse a number of cards that no room can use.

    Raises:
        CommandRefusedError: It is too low or too high.
    """
    if count < FLOOR:
        raise CommandRefusedError(
            Sentence(
                "Nobody reads what fewer than {least} people wrote, so print {least} "
                "cards or more.",
                least=FLOOR,
            )
        )
    if count > MOST_CARDS:
        raise CommandRefusedError(
            Sentence(
                "A session holds at most {most} people. Plan several rooms instead.",
                most=MOST_CARDS,
            )
        )


def draw(count: int) -> tuple[CardBatch, tuple[str, ...]]:
    """Draw so many codes; return what may be kept, and the codes in the order they were drawn.

    Raises:
        CommandRefusedError: No room can use so many, or so few.
    """
    refuse_count(count)
    key = secrets.token_bytes(KEY_BYTES)
    codes: dict[str, str] = {}
    while len(codes) < count:
        code = code_of(secrets.randbits(BITS))
        codes[code] = code_hash(key, code).hex()
    batch = CardBatch(session=_NOBODY, secret=key.hex(), hashes=tuple(sorted(codes.values())))
    return batch, tuple(codes)


def no_cards() -> CardBatch:
    """Return the batch of a session whose cards are gone: none of it is valid."""
    return CardBatch(session=_NOBODY, secret=secrets.token_hex(KEY_BYTES), hashes=())


class CardFolder(Belongings[CardBatch]):
    """All batches of this account."""

    def __init__(self, config_folder: Path) -> None:
        """Look after the batches in a config folder."""
        super().__init__(config_folder / CARDS_NAME, _SUFFIX, CardBatch, _LARGEST_BYTES)

    def keep(self, batch: CardBatch) -> None:
        """Let a batch wait for the next session, in the place of the one that waits.

        Raises:
            StorageError: It could not be saved; the one that waited still does.
        """
        self.add(batch, _WAITING)

    def waiting(self) -> CardBatch | None:
        """Return the batch that waits for the next session, if one does.

        Raises:
            StorageError: The folder, or a file in it, cannot be read.
        """
        return next(iter(self.of(_NOBODY)), None)

    def bind(self, session: str, batch: CardBatch) -> CardBatch:
        """Give a session a copy of a batch, and return it once it is on the disk.

        Raises:
            StorageError: It could not be saved.
        """
        copy = batch.model_copy(update={"session": session})
        self.add(copy)
        return copy

    def of_session(self, session: str, *, begins: bool) -> CardBatch:
        """Return a session's batch; a session that begins is given the one that waits.

        Where the copy of a session that went on before is gone or damaged, no card opens it: the
        batch that waits may be another by now, in other hands.

        Args:
            session: The name of its folder.
            begins: It begins just now.

        Raises:
            StorageError: A file cannot be read or saved.
        """
        bound = next(iter(self.of(session)), None)
        if bound is not None:
            return bound
        waiting = self.waiting() if begins else None
        return no_cards() if waiting is None else self.bind(session, waiting)

    def orphans(self, open_sessions: Collection[str]) -> list[Path]:
        """Return the files of batches that neither wait nor belong to a session that is open."""
        return super().orphans({*open_sessions, _NOBODY})
