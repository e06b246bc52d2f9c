"""Envelopes: one answer, padded to one size and sealed; and the tokens that entitle to one.

Pure. Keys and chance come in as arguments.

Each ask has a key of its own, and from it three others are derived, so that what is done with one
tells nothing about another: to seal, to sign tokens, to take fingerprints.

An envelope holds a mark and an answer, and nothing of place, time or order:

    24 bytes   nonce, drawn anew for each envelope
    16 bytes   authenticator of libsodium's secret box
    16 bytes   mark: whose envelope it is, as a number drawn at random
     2 bytes   length of the answer
     4,038     the answer, filled up with zeros

A token is the mark and a MAC over it, 64 hexadecimal digits. No table of tokens is kept: the key
knows its own, before and after a restart. Tokens of two asks have nothing in common. The mark is
drawn by chance for a page; with seat cards it follows from the card and the ask's key, so that one
card is one voice on whatever page, and two asks still have nothing in common for anybody who lacks
their keys. A mark has
one envelope: the first that was accepted stands, and a retry carries the same answer again. Should
a box ever hold two of one mark (power was lost between a write and its answer), `one_each` picks
by the answer itself, which no order of arrival can sway.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 24
MARK_BYTES: Final = 16
ENVELOPE_BYTES: Final = 4096

_MAC_BYTES: Final = 16
_LENGTH_BYTES: Final = 2
_PLAIN_BYTES: Final = ENVELOPE_BYTES - NONCE_BYTES - _MAC_BYTES

ANSWER_BYTES: Final = _PLAIN_BYTES - MARK_BYTES - _LENGTH_BYTES
"""The longest answer that fits."""

TOKEN_SIGNS: Final = 2 * (MARK_BYTES + _MAC_BYTES)
"""The length of every token."""

_HEX_SIGNS: Final = frozenset("0123456789abcdef")

_TO_SEAL: Final = b"dialogue seal"
_TO_SIGN: Final = b"dialogue token"
_TO_COMPARE: Final = b"dialogue print"
_TO_NAME: Final = b"dialogue name"
_TO_MARK: Final = b"dialogue card"


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What an envelope held."""

    mark: bytes
    """The number that its token carries."""
    answer: bytes = field(repr=False)


def new_token(key: bytes, mark: bytes) -> str:
    """Return a token for an ask.

    Args:
        key: The ask's key.
        mark: 16 bytes from the system's random source, used for no other token; or `card_mark`.
    """
    return (mark + _mac(key, mark)).hex()


def card_mark(key: bytes, card: bytes) -> bytes:
    """Return the mark of a seat card for an ask: the same each time, on whatever page.

    Args:
        key: The ask's key; without it nobody can tell which card a mark is of.
        card: What is kept of the card's code.
    """
    return blake2b(card, key=_derived(key, _TO_MARK), digest_size=MARK_BYTES).digest()


def mark_of(key: bytes, token: str) -> bytes | None:
    """Return the mark of a token that was made with this key, or None for anything else.

    How long it takes does not depend on how much of a guessed token is right.
    """
    if len(token) != TOKEN_SIGNS or not _HEX_SIGNS.issuperset(token):
        return None
    both = bytes.fromhex(token)
    mark, mac = both[:MARK_BYTES], both[MARK_BYTES:]
    return mark if hmac.compare_digest(mac, _mac(key, mark)) else None


def is_token(key: bytes, token: str) -> bool:
    """Say whether a token was made with this key."""
    return mark_of(key, token) is not None


def seal(key: bytes, mark: bytes, answer: bytes, nonce: bytes) -> bytes:
    """Return an envelope: 4,096 bytes that cannot be told from random ones without the key.

    Args:
        key: The ask's key.
        mark: The mark of the token it was sent with.
        answer: At most `ANSWER_BYTES`.
        nonce: 24 bytes from the system's random source, used for no other envelope.

    Raises:
        ValueError: The mark or the answer has no such length.
    """
    from nacl.secret import SecretBox  # noqa: PLC0415  # only a session with phones needs it

    if len(mark) != MARK_BYTES or len(answer) > ANSWER_BYTES:
        message = "an envelope takes one mark and one answer that fits"
        raise ValueError(message)
    plain = mark + len(answer).to_bytes(_LENGTH_BYTES, "big") + answer
    return bytes(
        SecretBox(_derived(key, _TO_SEAL)).encrypt(plain.ljust(_PLAIN_BYTES, b"\0"), nonce)
    )


def unseal(key: bytes, envelope: bytes) -> Unsealed | None:
    """Return what an envelope holds; None for another key's envelope and for random bytes."""
    from nacl.exceptions import CryptoError  # noqa: PLC0415
    from nacl.secret import SecretBox  # noqa: PLC0415

    if len(envelope) != ENVELOPE_BYTES:
        return None
    try:
        plain = SecretBox(_derived(key, _TO_SEAL)).decrypt(envelope)
    except CryptoError:
        return None
    start = MARK_BYTES + _LENGTH_BYTES
    length = int.from_bytes(plain[MARK_BYTES:start], "big")
    return Unsealed(mark=plain[:MARK_BYTES], answer=plain[start : start + length])


def fingerprint(key: bytes, answer: bytes) -> bytes:
    """Return 32 bytes by which two answers can be compared, and from which neither can be told."""
    return blake2b(answer, key=_derived(key, _TO_COMPARE), digest_size=32).digest()


def public_name(key: bytes) -> str:
    """Return a name for a sheet by which pages know it again, also after a restart.

    Nothing that the record or the disk holds leads to it, and it leads to nothing there.
    """
    return _derived(key, _TO_NAME).hex()[:16]


def one_each(found: Iterable[Unsealed]) -> list[Unsealed]:
    """Return one envelope for each mark, sorted by what they hold: never by where they lay."""
    ordered = sorted(found, key=lambda one: (one.answer, one.mark))
    chosen: dict[bytes, Unsealed] = {}
    for one in ordered:
        chosen.setdefault(one.mark, one)
    return list(chosen.values())


def _mac(key: bytes, mark: bytes) -> bytes:
    return blake2b(mark, key=_derived(key, _TO_SIGN), digest_size=_MAC_BYTES).digest()


def _derived(key: bytes, use: bytes) -> bytes:
    """Return the key for one use; whoever has it cannot work out the key itself or another."""
    return blake2b(key=key, person=use, digest_size=KEY_BYTES).digest()
