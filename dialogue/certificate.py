"""Which certificate phones are served with: what was said on the command line, or the settings.

Touches: disk, to look at the two files; the routing table, for this computer's addresses. What is
wrong with a certificate is said before anything is drawn, and long before a session begins.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path

from agreements.errors import ContentError
from dialogue.addresses import own_addresses
from dialogue.config import Config
from dialogue.paths import Places, absolute_below
from dialogue.web.errors import CertificateError
from dialogue.web.tls import Tls, certified, names_for


@dataclass(frozen=True, slots=True)
class TlsOptions:
    """What was said on the command line; empty is what was not."""

    cert: str = ""
    key: str = ""
    name: str = ""


class TlsOptionError(Exception):
    """What was said on the command line about a certificate cannot be done."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        """One sentence: what, where, what to do."""


def tls_of(options: TlsOptions, config: Config, places: Places) -> Tls | None:
    """Return the certificate to serve phones with, after a look at it; None to serve plainly.

    Raises:
        TlsOptionError: The command line names a certificate that cannot be used.
        ContentError: The settings do.
    """
    given = bool(options.cert or options.key)
    cert = _path(Path.cwd(), options.cert) if given else _path(places.config, config.tls_cert)
    key = _path(Path.cwd(), options.key) if given else _path(places.config, config.tls_key)
    name = options.name or ("" if given else config.tls_name)
    try:
        return _looked_at(cert, key, name)
    except CertificateError as error:
        if given or options.name:
            raise TlsOptionError(error.sentence) from None
        raise ContentError(places.config_file.name, error.sentence, key="tls_cert") from None


def _path(base: Path, text: str) -> Path | None:
    return absolute_below(base, text) if text else None


def _looked_at(cert: Path | None, key: Path | None, name: str) -> Tls | None:
    if cert is None and key is None:
        if name:
            raise CertificateError(
                "A name for phones needs a certificate: give tls-cert and tls-key with tls-name."
            )
        return None
    if cert is None or key is None:
        there, lacks = ("key", "cert") if cert is None else ("cert", "key")
        raise CertificateError(
            f"tls-{there} is given without tls-{lacks}. A certificate and its key go together: "
            "give both, or none to serve phones without TLS."
        )
    tls = Tls(cert, key, name)
    certified(tls)
    addresses = own_addresses()
    if addresses:  # without a network no phone joins, and what fits is not known
        names_for(tls, addresses, socket.gethostname())
    return tls
