"""Whom to believe over TLS: whom the system believes, and an organisation's own authority.

Touches: the system's store of certificates, one file. There is no way to switch verifying off: a
page that cannot show who it is could be anybody's.
"""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Final

from dialogue.caller.errors import NotTrustedError
from sessions.errors import shown

_WRONG_NAME: Final = frozenset({62, 64})
_UNKNOWN_ISSUER: Final = frozenset({2, 18, 19, 20, 21})
_OUT_OF_TIME: Final = frozenset({9, 10})
"""Numbers that OpenSSL gives to what is wrong with a certificate."""


def trust_of(authority: Path | None) -> ssl.SSLContext:
    """Return how certificates are verified.

    Args:
        authority: An organisation's own certificates, as a PEM file, believed beside the system's.

    Raises:
        NotTrustedError: The file cannot be read, or holds no certificate.
    """
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH)
    if authority is None:
        return context
    try:
        context.load_verify_locations(cafile=authority)
    except OSError as error:  # an ssl.SSLError is one too
        why = "it is no PEM file with certificates" if isinstance(error, ssl.SSLError) else ""
        why = why or error.strerror or type(error).__name__
        raise NotTrustedError(
            f"The certificates in {shown(authority)} cannot be used: {why}. Ask whoever gave "
            "you the file."
        ) from None
    return context


def refusal_of(error: ssl.SSLCertVerificationError) -> NotTrustedError:
    """Say in words why a certificate was not believed."""
    number = error.verify_code
    if number in _WRONG_NAME:
        why = "it was made for another name than the one in this address"
    elif number in _UNKNOWN_ISSUER:
        why = "this computer does not know who made it"
    elif number in _OUT_OF_TIME:
        why = "it is not valid today. Is this computer's date right?"
    else:
        why = "it does not hold"
    return NotTrustedError(
        f"The certificate of this address cannot be verified: {why.removesuffix('.')}"
        f"{'' if why.endswith('?') else '.'} Nothing was sent. Ask for the organisation's own "
        "certificates, and name their file with --ca."
    )
