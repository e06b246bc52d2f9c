"""A file for one organizer's eyes: encrypted to a public key of age.

Touches: chance, through age, which draws a fresh key for each file; so no two files are the same
bytes, and none says what is in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sessions.errors import CommandRefusedError

if TYPE_CHECKING:
    from pyrage.x25519 import Recipient

SUFFIX: Final = ".age"

_OTHER_HALF: Final = "AGE-SECRET-KEY-"
_NO_KEY: Final = (
    "This is no public key of age. One looks like age1… and 58 signs more; `age-keygen -y FILE` "
    "prints the one that belongs to a key file."
)
_WRONG_HALF: Final = (
    "This is a secret key, and nothing was encrypted to it. It must stay with its owner: give the "
    "public key, which begins with age1. Because others may have seen it here, make a new one."
)


def recipient(key: str) -> Recipient:
    """Return whom a key belongs to; whoever has its other half can read.

    Args:
        key: A public key of age, `age1…`.

    Raises:
        CommandRefusedError: It is none. The sentence does not repeat it: it may be the wrong half.
    """
    from pyrage import RecipientError, x25519  # noqa: PLC0415

    given = key.strip()
    if given.upper().startswith(_OTHER_HALF):
        raise CommandRefusedError(_WRONG_HALF)
    try:
        return x25519.Recipient.from_str(given)
    except RecipientError:
        raise CommandRefusedError(_NO_KEY) from None


def encrypted(data: bytes, to: Recipient) -> bytes:
    """Return bytes that only the owner of a key can read."""
    import pyrage  # noqa: PLC0415

    made: bytes = pyrage.encrypt(data, [to])
    return made
