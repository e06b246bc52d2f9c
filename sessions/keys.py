"""The keys of the asks that are open, apart from the envelopes they open.

Touches: disk, the system's random source.

Each key is a small file in the user's config folder (`belongings`), which says the session and ask
it belongs to. A key goes when its ask was opened or discarded: without it, what is left of the box
anywhere, in a backup too, is noise.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from sessions.belongings import Belonging, Belongings
from sessions.envelopes import KEY_BYTES
from sessions.errors import StorageError

KEYS_NAME: Final = "keys"
"""The folder's name in the config folder."""

_SUFFIX: Final = ".key"
_LARGEST_BYTES: Final = 4096

HexKey = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{2 * KEY_BYTES}}}$")]
"""32 bytes in hexadecimal digits."""


class AskKey(Belonging):
    """The key of one ask of one session."""

    format: Literal["dialogue-key"] = "dialogue-key"
    ask: str
    secret: HexKey = Field(repr=False)

    @property
    def key(self) -> bytes:
        """The key itself."""
        return bytes.fromhex(self.secret)


class KeyFolder(Belongings[AskKey]):
    """All keys of this account."""

    def __init__(self, config_folder: Path) -> None:
        """Look after the keys in a config folder."""
        super().__init__(config_folder / KEYS_NAME, _SUFFIX, AskKey, _LARGEST_BYTES)

    def create(self, session: str, asks: Iterable[str]) -> dict[str, bytes]:
        """Make a key for each ask, and return them by ask once they are on the disk.

        A session has one sheet open at most, so keys that it still has are of none, and go.

        Args:
            session: The name of the session's folder.
            asks: The asks of the sheet that is about to open.

        Raises:
            StorageError: They could not all be saved; then none is left.
        """
        self.delete(session)
        made = [
            AskKey(session=session, ask=ask, secret=secrets.token_hex(KEY_BYTES)) for ask in asks
        ]
        try:
            for one in made:
                self.add(one)
        except StorageError:
            self.delete(session)
            raise
        return {one.ask: one.key for one in made}

    def load(self, session: str) -> dict[str, bytes]:
        """Return a session's keys by ask; empty when it has none.

        Raises:
            StorageError: The folder, or a file in it, cannot be read.
        """
        return {one.ask: one.key for one in self.of(session)}
