"""An organisation's certificate: whether it can be used, and by which names it is good.

Touches: disk, to read two PEM files; the wall clock, by which OpenSSL judges their dates.

What a certificate says is read from a handshake with ourselves, in memory: what phones will be
shown is looked at the way phones look at it. Names in it were written by others, so only what can
be a host's name is ever passed on.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dialogue.web.errors import CertificateError
from sessions.errors import shown
from sessions.text import one_line

LARGEST_PEM_BYTES: Final = 256 * 1024

_NAME: Final = re.compile(r"(\*\.)?[a-z0-9_]([a-z0-9_-]*)(\.[a-z0-9_-]+)*")
_ADDRESS: Final = re.compile(r"[0-9a-f.:]+")
_CERTIFICATE: Final = re.compile(
    r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL
)
_KEY: Final = re.compile(r"-----BEGIN ([A-Z]+ )*PRIVATE KEY-----")
_TURNS: Final = 8
_LONGEST_NAME: Final = 253
_MOST_NAMED: Final = 4
_NOT_YET, _EXPIRED = 9, 10
_NO_PAIR: Final = frozenset({"KEY_VALUES_MISMATCH", "KEY_TYPE_MISMATCH"})
_NEVER: Final = frozenset({"localhost"})
"""Names that lead every phone to itself."""


@dataclass(frozen=True, slots=True)
class Tls:
    """An organisation's certificate and its key, as PEM files."""

    certificate: Path
    key: Path
    name: str = ""
    """The name by which phones reach this computer; empty to take it from the certificate."""


@dataclass(frozen=True, slots=True)
class Certified:
    """What a certificate says of itself."""

    names: tuple[str, ...]
    """Names of hosts, in lower case; some may begin with `*.`."""
    addresses: tuple[str, ...]
    """Addresses in numbers."""
    signed_itself: bool
    """No authority stands behind it, so a phone that was not told of it warns its owner."""

    def covers(self, name: str) -> bool:
        """Say whether phones take the certificate for this name or address."""
        parent = name.partition(".")[2]
        wild = bool(parent) and f"*.{parent}" in self.names
        return name in self.names or name in self.addresses or wild

    @property
    def said(self) -> str:
        """Everything it is good for, in short."""
        both = (*self.names, *self.addresses)
        more = f" and {len(both) - _MOST_NAMED} more" if len(both) > _MOST_NAMED else ""
        return (", ".join(both[:_MOST_NAMED]) or "no name at all") + more


def context_of(tls: Tls) -> ssl.SSLContext:
    """Return how to speak TLS with a certificate.

    Raises:
        CertificateError: One of the files cannot be used, or they do not belong together.
    """
    _certificates_in(tls.certificate)
    _refuse_no_key(tls.key)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    asked: list[bool] = []

    def no_password() -> str:
        asked.append(True)
        return ""

    try:
        context.load_cert_chain(tls.certificate, tls.key, password=no_password)
    except (OSError, ValueError) as error:  # an ssl.SSLError is an OSError too
        raise CertificateError(_why_unusable(tls, error, locked=bool(asked))) from None
    return context


def certified(tls: Tls) -> Certified:
    """Return what a certificate says of itself.

    Raises:
        CertificateError: It cannot be used, or not today.
    """
    said = _presented(tls, context_of(tls), _certificates_in(tls.certificate)[0])
    named = [(kind, value.lower()) for kind, value in said.get("subjectAltName", ())]
    return Certified(
        names=tuple(name for kind, name in named if kind == "DNS" and _is_name(name)),
        addresses=tuple(
            one for kind, one in named if kind == "IP Address" and _ADDRESS.fullmatch(one)
        ),
        signed_itself=said.get("subject") == said.get("issuer"),
    )


def names_for(tls: Tls, addresses: Sequence[str], host: str = "") -> tuple[str, ...]:
    """Return the names under which phones reach this computer and take the certificate.

    Args:
        tls: The certificate; its own `name` comes first.
        addresses: This computer's addresses.
        host: This computer's own name, which tells the likeliest of several.

    Raises:
        CertificateError: It cannot be used, or is good for no name that leads here.
    """
    said = certified(tls)
    wanted = tls.name.lower()
    if wanted and not (said.covers(wanted) and _is_host(wanted)):
        raise CertificateError(
            f"{_file(tls)} is not good for {one_line(wanted, _LONGEST_NAME)}: it names "
            f"{said.said}. Take one of these, or another certificate."
        )
    exact = [one for one in said.names if not one.startswith("*") and one not in _NEVER]
    exact.sort(key=lambda one: one.partition(".")[0] != host.lower().partition(".")[0])
    fitting = exact or [one for one in said.addresses if one in addresses]
    names = tuple(dict.fromkeys(filter(None, (wanted, *fitting))))
    if not names:
        raise CertificateError(_no_name(tls, said, addresses))
    return names


def _is_name(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) is not None


def _is_host(name: str) -> bool:
    return not name.startswith("*") and bool(_is_name(name) or _ADDRESS.fullmatch(name))


def _no_name(tls: Tls, said: Certified, addresses: Sequence[str]) -> str:
    """Return why no name of a certificate can be shown, and what to do."""
    wild = next((one for one in said.names if one.startswith("*")), "")
    if wild:
        return (
            f"{_file(tls)} is for {wild}, which does not tell the name of this computer. Say it "
            f"with --tls-name, such as dialogue{wild[1:]}."
        )
    if said.addresses:
        here = ", ".join(addresses) or "none"
        return (
            f"{_file(tls)} is for {said.said}, and the address of this computer is {here}. "
            "Connect to the network it was made for, or take a certificate with a name."
        )
    return (
        f"{_file(tls)} is for {said.said}, so that no phone takes it for this computer. Take one "
        "with the name of this computer as its subjectAltName."
    )


def _presented(tls: Tls, context: ssl.SSLContext, first: str) -> dict[str, Any]:
    """Return what a phone is presented with, from a handshake in memory."""
    phone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    phone.check_hostname = False
    phone.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # it is itself what we trust here
    try:
        phone.load_verify_locations(cadata=first)
        return dict(next(_handshake(phone, context), {}))
    except ssl.SSLCertVerificationError as error:
        raise CertificateError(_why_not_today(tls, error)) from None
    except ssl.SSLError as error:
        raise CertificateError(_why_unusable(tls, error, locked=False)) from None


def _handshake(phone: ssl.SSLContext, door: ssl.SSLContext) -> Iterator[dict[str, Any]]:
    """Yield the certificate, decoded, as soon as the phone's side has taken it."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    caller = phone.wrap_bio(back, there)
    answerer = door.wrap_bio(there, back, server_side=True)
    for _ in range(_TURNS):
        for side in (caller, answerer):
            with suppress(ssl.SSLWantReadError):
                side.do_handshake()
        with suppress(ValueError):  # not there yet
            yield caller.getpeercert() or {}


def _why_not_today(tls: Tls, error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code == _EXPIRED:
        return (
            f"{_file(tls)} has expired, and phones refuse it. Take a new one, or start without it; "
            "if it should be good today, look at this computer's clock."
        )
    if error.verify_code == _NOT_YET:
        return (
            f"{_file(tls)} is not valid yet, and phones refuse it. Take one that is, or start "
            "without it; if it should be good today, look at this computer's clock."
        )
    reason = one_line(error.verify_message, _LONGEST_NAME)
    return f"{_file(tls)} is not good for a server ({reason}). Take one that is made for it."


def _why_unusable(tls: Tls, error: Exception, *, locked: bool) -> str:
    """Return why certificate and key cannot be used together."""
    if locked:
        return (
            f"The key {shown(tls.key)} has a password. Take one without, for example from "
            "`openssl pkey -in KEY -out NEW`, in a folder that only you can read."
        )
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or ""
    if reason in _NO_PAIR:
        return (
            f"The key {shown(tls.key)} does not belong to the certificate "
            f"{shown(tls.certificate)}. Take the key that it was asked for with."
        )
    why = one_line(str(reason or type(error).__name__), _LONGEST_NAME)
    return (
        f"{_file(tls)} and the key {shown(tls.key)} cannot be used ({why}). Both must be PEM "
        "files that belong together, the key without a password."
    )


def _certificates_in(file: Path) -> list[str]:
    """Return the certificates of a PEM file, the computer's own first.

    Raises:
        CertificateError: It cannot be read, or holds none.
    """
    text = _text_of(file, "certificate")
    found = _CERTIFICATE.findall(text)
    if found:
        return found
    if _KEY.search(text):
        raise CertificateError(
            f"{shown(file)} holds a key and no certificate. Give the certificate first: "
            "--tls-cert FILE --tls-key FILE."
        )
    raise CertificateError(
        f"{shown(file)} is no certificate in PEM form, which begins with “BEGIN CERTIFICATE”. "
        "Make one with `openssl x509 -in FILE -out NEW`."
    )


def _refuse_no_key(file: Path) -> None:
    if _KEY.search(_text_of(file, "key")):
        return
    raise CertificateError(
        f"{shown(file)} is no key in PEM form, which begins with “BEGIN PRIVATE KEY”. "
        "Give the file that was made together with the certificate."
    )


def _text_of(file: Path, what: str) -> str:
    """Return what stands in a file that may be anything."""
    try:
        if not file.is_file():
            reason = "it is no file" if file.exists() else "it is not there"
        else:
            with file.open("rb") as opened:
                return opened.read(LARGEST_PEM_BYTES).decode("ascii", errors="replace")
    except OSError as error:
        reason = error.strerror or type(error).__name__
    raise CertificateError(
        f"The {what} {shown(file)} cannot be read ({reason}). Give a PEM file that your account "
        "may read."
    )


def _file(tls: Tls) -> str:
    return f"The certificate {shown(tls.certificate)}"
