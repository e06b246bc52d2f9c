"""The fence before the pages: what may come in at all, and what every answer carries.

Touches: the network, as ASGI middleware.

What holds here, for any request whatever:

* It reaches a page only with one of our own authorities as its Host, with a method, a length and
  a type that we take, without a query, and, when it can change something, from one of our own
  pages (`Origin`). So no page of another site can post here, and no name that was bent to this
  address opens it.
* At most `BODY_BYTES` of it are read; what is longer is refused before it has come.
* Every answer forbids the browser to keep it, to run or load what is not ours, and to tell others.
* An error that nobody foresaw becomes an empty answer. Nothing is logged, here or anywhere: its
  message and its variables may hold words.
* A form of ours that a button has sent is never answered by a page, be it for an error or because
  it is too long: the browser would keep the form beside that page, on its disk too.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dialogue.web.errors import RoomLeftError
from dialogue.web.wire import BODY_BYTES, FORM, PRESSES, TOO_LONG

DRAIN_BYTES: Final = 65_536
"""How much of a refused body is let in, so that a browser gets to read the answer."""

DRAIN_SECONDS: Final = 1.0

_POLICY: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)

_POWERS: Final = (
    "accelerometer",
    "autoplay",
    "camera",
    "clipboard-read",
    "clipboard-write",
    "display-capture",
    "encrypted-media",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""What a page could ask the phone for. Ours ask for nothing."""

HEADERS: Final[Mapping[str, str]] = {
    "cache-control": "no-store",
    "content-security-policy": "; ".join(_POLICY),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(f"{power}=()" for power in _POWERS),
    # Not `no-referrer`: with it a browser sends `Origin: null` from a plain form.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
"""What every answer carries."""

_ENCODED: Final = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_DIGITS: Final = re.compile(r"[0-9]{1,19}")
_CLOSE: Final = {"connection": "close"}


class Guard:
    """Lets in what the pages take, and answers the rest itself."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        origins: frozenset[str],
        refusals: Mapping[HTTPStatus, bytes] | None = None,
    ) -> None:
        """Stand before an app.

        Args:
            app: The pages.
            origins: Scheme and authority of each address that is ours, as a browser writes them:
                lower case, without the scheme's own port.
            refusals: What a person reads who was not let in, as HTML, by the status; nothing where
                no person is. None of them tells an address: a page that another site has led here
                could read it.
        """
        self._app = app
        self._origins = origins
        self._refusals = refusals or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        answer = _Answer(send)
        try:
            await self._let_in(scope, receive, answer)
        except Exception as error:  # noqa: BLE001  # the last fence: what passes gets printed
            if not answer.begun:
                status = _status_of(error, pressed=_is_pressed(scope))
                await Response(status_code=status)(scope, receive, answer)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _single(scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _refuse(self._refused(refusal, scope), receive, send)
            return
        body = await _body(receive)
        if body is not None:
            # Paths are taken in either case: the QR code carries the address in capitals.
            inner = {**scope, "path": scope["path"].lower(), "client": None}
            await self._app(inner, _replay(body), send)

    def _refused(self, why: HTTPStatus, scope: Scope) -> Response:
        """Return what is answered to a request that is not let in."""
        if why is HTTPStatus.REQUEST_ENTITY_TOO_LARGE and _is_pressed(scope):
            return Response(None, HTTPStatus.SEE_OTHER, {**_CLOSE, "location": TOO_LONG})
        page = b"" if scope["method"] == "HEAD" else self._refusals.get(why, b"")
        return Response(page, why, _CLOSE, media_type="text/html" if page else None)

    def _refusal(self, scope: Scope, headers: Mapping[str, str]) -> HTTPStatus | None:
        """Return why a request is not let in, or None when it is."""
        origin = f"{scope['scheme']}://{headers.get('host', '').lower()}"
        if origin not in self._origins:
            return HTTPStatus.MISDIRECTED_REQUEST
        if scope["query_string"] or "transfer-encoding" in headers:
            return HTTPStatus.BAD_REQUEST
        if scope["method"] == "GET":
            return HTTPStatus.BAD_REQUEST if _length(headers) else None
        if scope["method"] == "POST":
            return _form_refusal(headers, origin)
        return HTTPStatus.METHOD_NOT_ALLOWED


class _Answer:
    """Where an answer goes: puts the headers on it that every answer has."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            message = {**message, "headers": [*message.get("headers", ()), *_ENCODED]}
        await self._send(message)


async def _refuse(answer: Response, receive: Receive, send: Send) -> None:
    """Answer before the body has come, and hang up."""
    status, headers = int(answer.status_code), answer.raw_headers
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body, "more_body": True})
    # A connection that is closed on unread bytes is reset, and the answer may be lost with it.
    with suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            await _drain(receive)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _is_pressed(scope: Scope) -> bool:
    """Say whether a request is a form that a button has sent."""
    return scope["method"] == "POST" and scope["path"].lower() in PRESSES


def _status_of(error: Exception, *, pressed: bool) -> HTTPStatus:
    """Return what a page hears where there is no answer; its words stay on it in any case.

    Where a button has sent it there is no content, and so no other page than the one it is on.
    """
    if pressed:
        return HTTPStatus.NO_CONTENT
    if isinstance(error, RoomLeftError):
        return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.INTERNAL_SERVER_ERROR


def _form_refusal(headers: Mapping[str, str], origin: str) -> HTTPStatus | None:
    """Return why a form is not let in, or None when it is."""
    if headers.get("origin") != origin:
        return HTTPStatus.FORBIDDEN
    if _type(headers) != FORM:
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    length = _length(headers)
    if length is None:
        return HTTPStatus.LENGTH_REQUIRED
    return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if length > BODY_BYTES else None


def _single(scope: Scope) -> dict[str, str]:
    """Return the headers by name. One that comes twice decides nothing, so it is left out."""
    found = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
    often = Counter(name for name, _ in found)
    return {name: value for name, value in found if often[name] == 1}


def _length(headers: Mapping[str, str]) -> int | None:
    """Return how long a body is said to be; None when it is not said."""
    length = headers.get("content-length", "")
    return int(length) if _DIGITS.fullmatch(length) else None


def _type(headers: Mapping[str, str]) -> str:
    """Return a body's type; one that is not written in UTF-8 is none of ours."""
    kind, _, detail = headers.get("content-type", "").lower().partition(";")
    return kind.strip() if detail.strip() in {"", "charset=utf-8"} else ""


async def _body(receive: Receive) -> bytes | None:
    """Return a whole body, whose length is known to be allowed; None when its sender went away."""
    parts: list[bytes] = []
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


async def _drain(receive: Receive) -> None:
    """Let in and drop what still comes of a body, up to a limit."""
    taken = 0
    while taken < DRAIN_BYTES:
        message = await receive()
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return
        taken += len(message.get("body", b""))


def _replay(body: bytes) -> Receive:
    """Return a body that has come as a source of messages."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive
