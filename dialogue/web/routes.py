"""The pages' routes: one table, and nothing outside it is answered.

Touches: the system's random source, for the ids of seats; disk, to read the package's own assets.

No route does what only a facilitator may, none gives out words, and none looks at who is asking.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from agreements.plan import Ask
from dialogue.web.door import CALLED, Door, Receipt
from dialogue.web.held import HeldPages, is_slip
from dialogue.web.pages import Card, Pages, PhonePage, next_ask
from dialogue.web.strings import languages
from dialogue.web.wire import (
    TOO_LONG,
    Beat,
    Envelope,
    envelope_of,
    is_seat,
    own_state,
    read_beat,
    read_fields,
    room_bytes,
    state_bytes,
)
from sessions.room import RoomView, SheetView
from sessions.seating import Admission, new_seat

HOLD_SECONDS: Final = 0.05
"""How long the answer to every beat takes at least. A disk is faster, as a rule; so the time of an
answer does not tell either whether something was written."""

TABLE: Final = (
    ("GET", "/"),
    ("POST", "/"),
    ("GET", "/page/{slip}"),
    ("POST", "/beat"),
    ("POST", "/withdraw"),
    ("GET", "/room"),
    ("GET", "/room/state"),
    ("GET", TOO_LONG),
    ("GET", "/app.js"),
    ("GET", "/card.js"),
    ("GET", "/entry.js"),
    ("GET", "/icon.svg"),
    ("GET", "/names.js"),
    ("GET", "/page.js"),
    ("GET", "/room.js"),
    ("GET", "/seat.js"),
    ("GET", "/sheet.js"),
    ("GET", "/style.css"),
    ("GET", "/waiting.js"),
)
"""All there is."""

_ABOUT_PAGE: Final = ("seat", "sheet", "behind", "code", "language", "do")
"""The fields of a form that are about its page, and no part of an answer."""

_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

Handler = Callable[[Request], Awaitable[Response]]


class Routes:
    """What each route does, for one door."""

    def __init__(
        self, door: Door, pages: Pages, held: HeldPages, *, hold_seconds: float = HOLD_SECONDS
    ) -> None:
        """Make the app.

        Args:
            door: The session, as the pages see it.
            pages: How its pages are drawn.
            held: Where the pages that answer a form wait for their browsers.
            hold_seconds: How long every answer to a beat takes at least.
        """
        self._door = door
        self._pages = pages
        self._held = held
        self._hold_seconds = hold_seconds
        self._shown: dict[str, tuple[RoomView, bytes, int]] = {}
        """What a script is told in each language, and how long it is in the longest one."""
        handlers: dict[str, Handler] = {
            "GET /": self._open,
            "POST /": self._send,
            "GET /page/{slip}": self._fetch,
            "POST /beat": self._beat,
            "POST /withdraw": self._withdraw,
            "GET /room": self._room,
            "GET /room/state": self._room_state,
            f"GET {TOO_LONG}": self._too_long,
        }
        self.app: Final = Router(
            [
                Route(path, handlers.get(f"{method} {path}", _asset), methods=[method])
                for method, path in TABLE
            ],
            redirect_slashes=False,
        )

    async def _open(self, request: Request) -> Response:
        """Show the phone page to somebody who has just come."""
        _has_called(request)
        admission: Admission = "needed" if self._door.view().seat_cards else "open"
        return _html(self._drawn(PhonePage(seat=new_seat(), admission=admission)))

    async def _fetch(self, request: Request) -> Response:
        """Hand out the page that answers a form; what was fetched once is a new page from then."""
        slip = request.path_params["slip"]
        if not is_slip(slip):
            return Response(status_code=HTTPStatus.NOT_FOUND)
        page = self._held.take(slip)
        return await self._open(request) if page is None else _html(page)

    async def _send(self, request: Request) -> Response:
        """Take what a form without script holds, and say where stands what comes next."""
        fields = read_fields(await request.body())
        if fields is None or not is_seat(fields.get("seat", "")):
            return _bad_request()
        _has_called(request)
        page = self._page_of(fields)
        envelope = envelope_of({name: fields[name] for name in fields if name not in _ABOUT_PAGE})
        match fields.get("do"):
            case "done" if page.admission != "open":
                news = self._pages.about_code(page.admission, page.language)
                return self._led_to(self._again(page, envelope, news))
            case "done":
                if not envelope.token:  # its form was drawn before the code was known
                    token = self._door.token(envelope.ask, page.code)
                    envelope = replace(envelope, token=token)
                receipt = await self._receive(envelope, page.language)
                return self._led_to(self._after(page, envelope, receipt))
            case "pass":
                return self._led_to(_past(page, envelope, Card("passed")))
            case _:
                return self._led_to(page)

    async def _beat(self, request: Request) -> Response:
        """Answer a page's regular call; what it brings along changes nothing one could see."""
        loop = asyncio.get_running_loop()
        answer_at = loop.time() + self._hold_seconds
        beat = read_beat(await request.body())
        if beat is None:
            return _bad_request()
        _has_called(request)
        seat = self._door.seat_is_here(beat.seat, beat.code)
        receipts = [(one.ask, await self._receive(one, beat.language)) for one in beat.envelopes]
        if beat.withdraw:
            self._door.withdraw(beat.withdraw)
        view = self._door.view(beat.language)
        if seat == "needed" and view.sheet is not None and view.sheet.id == beat.sheet:
            seat = "open"  # it has its tokens
        tokens = self._tokens(view.sheet, beat) if seat == "open" else {}
        own = own_state(tokens, receipts, seat)
        room, longest = self._told(view, beat.language)
        answer = state_bytes(room, own, longest=longest)
        await asyncio.sleep(max(0.0, answer_at - loop.time()))
        return _json(answer)

    async def _withdraw(self, request: Request) -> Response:
        """Take words to withdraw with, and show the same whether they were right or wrong."""
        fields = read_fields(await request.body())
        if fields is None or not is_seat(fields.get("seat", "")):
            return _bad_request()
        _has_called(request)
        self._door.withdraw(fields.get("words", ""))
        return self._led_to(replace(self._page_of(fields), withdrawn=True))

    async def _too_long(self, request: Request) -> Response:
        """Show that a form was too long."""
        del request
        return _html(self._pages.refused("too_long"))

    async def _room(self, request: Request) -> Response:
        """Show the room view."""
        del request
        return _html(self._pages.room())

    async def _room_state(self, request: Request) -> Response:
        """Answer the room view's regular call."""
        del request
        return _json(state_bytes(self._told(self._door.view(), "")[0]))

    def _told(self, view: RoomView, language: str) -> tuple[bytes, int]:
        """Return what a script is told of a view, and how long that is in the longest language.

        Most beats ask for the same: it is made anew when it is another view, and while one is the
        same so are those in the other languages.
        """
        known = language if language in languages() else ""
        told = self._shown.get(known)
        if told is None or told[0] is not view:
            others = (self._room_bytes(self._door.view(one), one) for one in languages())
            room = self._room_bytes(view, known)
            told = self._shown[known] = (view, room, max(map(len, others)))
        return told[1:]

    def _room_bytes(self, view: RoomView, language: str) -> bytes:
        return room_bytes(view, self._door.compass(language))

    async def _receive(self, envelope: Envelope, language: str) -> Receipt:
        return await self._door.receive(
            envelope.ask,
            envelope.token,
            envelope.fields,
            withdrawable=envelope.withdrawable,
            language=language,
        )

    def _tokens(self, sheet: SheetView | None, beat: Beat) -> dict[str, str]:
        """Return a token for each ask, unless the page has those of this sheet."""
        if sheet is None or sheet.id == beat.sheet:
            return {}
        return {ask.id: self._door.token(ask.id, beat.code) for ask in sheet.asks}

    def _page_of(self, fields: Mapping[str, str]) -> PhonePage:
        """Return the page that a form stands on; what is behind it counts for one sheet only."""
        sheet = self._door.view().sheet
        same = sheet is not None and sheet.id == fields.get("sheet")
        behind = tuple(fields.get("behind", "").split()) if same else ()
        code = fields.get("code", "")
        admission = self._door.seat_is_here(fields["seat"], code)
        language = fields.get("language", "")
        known = language if language in languages() else ""
        return PhonePage(fields["seat"], behind, code=code, admission=admission, language=known)

    def _after(self, page: PhonePage, envelope: Envelope, receipt: Receipt) -> PhonePage:
        """Return the page that tells what became of an answer."""
        if receipt.outcome == "received":
            return _past(page, envelope, Card("kept", receipt.kept, receipt.withdraw_words))
        if receipt.outcome == "late":
            return _late(page, envelope)
        if receipt.outcome == "spoken":
            left = envelope.fields.get("text", "")
            return _past(page, envelope, Card("spoken", left, heading=receipt.sentence))
        return self._again(page, envelope, self._pages.sentence(receipt, page.language))

    def _again(self, page: PhonePage, envelope: Envelope, news: str) -> PhonePage:
        """Return the page with an ask as it was filled in, and why it comes back."""
        sheet = self._door.view(page.language).sheet
        asks = () if sheet is None else sheet.asks
        ask = next((one for one in asks if one.id == envelope.ask), None)
        if ask is None:
            return _late(page, envelope)
        again = {"withdrawable": "1"} if envelope.withdrawable else {}
        values = {**envelope.fields, **again}
        return replace(page, ask=ask, token=envelope.token, values=values, news=news)

    def _led_to(self, page: PhonePage) -> Response:
        """Lead the browser that has sent a form to the page that answers it."""
        slip = self._held.lay(page.seat, self._drawn(page))
        return Response(status_code=HTTPStatus.SEE_OTHER, headers={"location": f"/page/{slip}"})

    def _drawn(self, page: PhonePage) -> bytes:
        """Return the page as it is drawn; unless an ask came back, the next one has its turn."""
        if page.ask is None:
            ask = next_ask(self._door.view(page.language).sheet, page.behind)
            page = replace(page, ask=ask, token=self._token(page, ask))
        return self._pages.phone(page)

    def _token(self, page: PhonePage, ask: Ask | None) -> str:
        """Return a token for the ask that a page shows, if there is one and the page may write."""
        if ask is None or page.admission != "open":
            return ""
        return self._door.token(ask.id, page.code)


def _late(page: PhonePage, envelope: Envelope) -> PhonePage:
    """Return a page that gives words back which came too late."""
    return _past(page, envelope, Card("late", envelope.fields.get("text", "")))


def _has_called(request: Request) -> None:
    """Tell the connection that a page has called, whoever's it is."""
    called: Callable[[], None] = request.scope["state"][CALLED]
    called()


def _past(page: PhonePage, envelope: Envelope, card: Card) -> PhonePage:
    """Return a page with one ask more behind it, and what became of that."""
    return replace(page, behind=(*page.behind, envelope.ask), card=card)


async def _asset(request: Request) -> Response:
    """Send a file of the page's own."""
    name = request.url.path.removeprefix("/")
    return Response(_bytes_of(name), media_type=_TYPES[name[name.rindex(".") :]])


@cache
def _bytes_of(name: str) -> bytes:
    return files("dialogue.web").joinpath("static", name).read_bytes()


def _html(page: bytes) -> Response:
    return Response(page, media_type="text/html")


def _json(answer: bytes) -> Response:
    return Response(answer, media_type="application/json")


def _bad_request() -> Response:
    return Response(status_code=HTTPStatus.BAD_REQUEST)
