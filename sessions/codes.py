"""The codes on seat cards: how they are spelled, read, and turned into what the program keeps.

Pure. Chance and keys come in as arguments.

A code has 40 random bits, in eight signs of Crockford's base 32. That alphabet has no I, L, O and
U, so whoever takes one of them for 1, 0 or V is understood. What the program keeps of a code is a
hash under the key of its batch, and never the code.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

SIGNS: Final = 8
"""How many signs a code has, without its hyphen."""

BITS: Final = 5 * SIGNS
"""How many random bits a code has."""

HASH_BYTES: Final = 32

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT: Final = str.maketrans("OILU", "011V")
_BETWEEN: Final = frozenset(" \t\n\r\u00a0-\u2010\u2011\u2012\u2013\u2014\u2212_.")
"""What people and keyboards put between the two halves."""


def code_of(number: int) -> str:
    """Return the code that a number stands for.

    Args:
        number: From 0 to less than 2 to the power of `BITS`, from the system's random source.

    Raises:
        ValueError: It is none of these.
    """
    if not 0 <= number < 1 << BITS:
        message = "a code stands for a number of 40 bits"
        raise ValueError(message)
    places = range(BITS - 5, -1, -5)
    return "".join(_ALPHABET[number >> place & 31] for place in places)


def code_shown(code: str) -> str:
    """Return a code as it stands on its card: two halves with a hyphen between them."""
    return f"{code[: SIGNS // 2]}-{code[SIGNS // 2 :]}"


def code_read(typed: str) -> str | None:
    """Return the code that somebody typed, or None when it can be none.

    Upper and lower case are the same, hyphens and spaces do not count, and letters that no code
    has are taken for those that look like them.
    """
    signs = "".join(sign for sign in typed if sign not in _BETWEEN)
    code = signs.upper().translate(_MEANT) if signs.isascii() else ""
    if len(code) != SIGNS or not set(code) <= set(_ALPHABET):
        return None
    return code


def code_hash(key: bytes, code: str) -> bytes:
    """Return what is kept of a code: nobody who lacks the key can tell codes from it.

    Args:
        key: The key of the batch.
        code: As `code_of` or `code_read` returns it.
    """
    return blake2b(code.encode("ascii"), key=key, digest_size=HASH_BYTES).digest()
