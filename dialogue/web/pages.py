"""The two pages that the room reads: the phone page and the room view.

Touches: disk, to read the package's own templates.

A page is whole as it comes: without its script it is a form, one ask at a time, each answered by a
page of its own. The script draws from the same templates, so that there is one wording and one
order of things. Every text is escaped by the template engine, and no page holds what another
participant wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal, get_args

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from agreements.plan import Ask, AskKind
from dialogue.phrases import CUE_SIGNS, back_again
from dialogue.web.door import Door, Receipt
from dialogue.web.qr import draw
from dialogue.web.strings import Strings, direction, languages, spoken, strings_in
from dialogue.web.wire import PAGE_BLOCK, filled
from sessions.payloads import LEVELS
from sessions.room import RoomView, SheetView
from sessions.seating import Admission

BLANK_ASKS: Final = tuple(
    {"id": "", "kind": kind, "text": "", "options": (), "low": "", "high": "", "points": 0}
    for kind in get_args(AskKind)
)
"""One empty ask of each kind, for the script to copy and fill in."""


_SAID: Final = (
    "page",
    "moments",
    "before",
    "seat",
    "levels",
    "ask",
    "receipt",
    "kept",
    "withdraw",
    "says",
)
"""The sections that the phone page speaks from."""


@dataclass(frozen=True, slots=True)
class Card:
    """What became of the answer that was just sent, where the page has no script."""

    kind: Literal["kept", "passed", "late", "spoken"]
    text: str = field(default="", repr=False)
    """What was kept; or, for `late` and `spoken`, the words that were not."""
    withdraw_words: str = ""
    heading: str = ""
    """Whose answer stands; only for `spoken`."""


@dataclass(frozen=True, slots=True)
class PhonePage:
    """What one copy of the phone page holds beside what the room may see."""

    seat: str
    behind: tuple[str, ...] = ()
    """The asks that were answered or passed on this page."""
    ask: Ask | None = None
    """The ask whose turn it is."""
    token: str = ""
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What was filled in before, when the ask comes back."""
    news: str = ""
    """Why the ask comes back."""
    card: Card | None = None
    code: str = field(default="", repr=False)
    """What was typed for the code on a seat card."""
    admission: Admission = "open"
    """Whether this page may write."""
    withdrawn: bool = False
    """Words to withdraw were sent, right ones or wrong ones."""
    language: str = ""
    """The language its reader chose; empty where she took the session's own."""


class Pages:
    """Draws the pages as they are at this moment."""

    def __init__(self, door: Door, *, url: str, tls: bool, waiting: bool = False) -> None:
        """Draw what a door shows.

        Args:
            door: The session, as the pages see it.
            url: The address of the phone page.
            tls: Whether what is sent can be read on its way.
            waiting: There is no session yet: the phone page waits for one.
        """
        self._door = door
        self._url = url
        self._tls = tls
        self._waiting = waiting

    def phone(self, page: PhonePage) -> bytes:
        """Return the phone page, always of one length."""
        view = self._door.view(page.language)
        language = page.language if page.language in languages() else spoken(view.language)
        if self._waiting:
            return self._page("waiting.html", view, language, page=page, spoken=_each())
        kinds = {ask.kind for ask in view.sheet.asks} if view.sheet else set[AskKind]()
        return self._page(
            "phone.html",
            view,
            language,
            page=page,
            ask_language=_language_of(page.ask, view),
            spoken=_each(lambda strings: self._said(view, strings)),
            sheet=view.sheet,
            has_words="words" in kinds,
            has_choices=bool(kinds - {"words"}),
            compass=self._door.compass(page.language),
            blank_asks=BLANK_ASKS,
            levels=LEVELS,
            promise=self._promise(view, strings_in(language)),
        )

    def room(self) -> bytes:
        """Return the room view, always of one length."""
        view = self._door.view()
        return self._page(
            "room.html",
            view,
            spoken(view.language),
            url=self._url,
            qr=draw(self._url),
            back=back_again(view),
            signs=CUE_SIGNS,
        )

    def refused(self, why: str) -> bytes:
        """Return what somebody reads who was not let in, in every language.

        Args:
            why: Which of the errors among the texts it was.
        """
        basics = _basics(spoken(self._door.view().language))
        return _template("refused.html").render(**basics, why=why, spoken=_each()).encode()

    def sentence(self, receipt: Receipt, language: str) -> str:
        """Return why an answer was not kept, for a form that has no script."""
        strings = self._strings(language)
        held = {"pausing": strings["receipt"]["pausing"], "failed": strings["receipt"]["failed"]}
        return held.get(receipt.outcome, receipt.sentence)

    def about_code(self, admission: Admission, language: str) -> str:
        """Return why an answer was not taken from a page that may not write yet."""
        return self._strings(language)["seat"][admission]

    def _strings(self, language: str) -> Strings:
        """Return the texts of a language; of the session's own, where it is none of ours."""
        known = language if language in languages() else spoken(self._door.view().language)
        return strings_in(known)

    def _said(self, view: RoomView, strings: Strings) -> dict[str, str]:
        """Return all that a page may say in a language, for the script to change it at once."""
        said = {
            f"{section}.{key}": text for section in _SAID for key, text in strings[section].items()
        }
        said["before.kept_text"] = said["before.kept_text"].format(days=view.retention_days)
        said["moments.care"] = said["moments.care"].format(contact=view.care_contact)
        return said | {f"promise.{key}": text for key, text in self._promise(view, strings).items()}

    def _promise(self, view: RoomView, strings: Strings) -> dict[str, str]:
        """Return what is promised about this transport, and what never can be."""
        said = strings["promise"]
        contact = view.reporting_contact
        return {
            "transport": said["tls" if self._tls else "http"],
            "known": said["known"],
            "managed": said["managed"],
            "fewer": said["fewer"],
            "harm": said["harm"].format(contact=contact) if contact else said["harm_alone"],
        }

    def _page(self, name: str, view: RoomView, language: str, **more: Any) -> bytes:  # noqa: ANN401
        page = _template(name).render(view=view, **_basics(language), **more)
        return filled(page.encode(), PAGE_BLOCK)


def next_ask(sheet: SheetView | None, behind: tuple[str, ...]) -> Ask | None:
    """Return the first ask of a sheet that a page has not behind it."""
    asks = () if sheet is None else sheet.asks
    return next((ask for ask in asks if ask.id not in behind), None)


def _basics(language: str) -> dict[str, Any]:
    return {"t": strings_in(language), "language": language, "direction": direction(language)}


def _each(said: Callable[[Strings], Mapping[str, str]] | None = None) -> list[dict[str, Any]]:
    """Return what a template needs to say something in each language that the pages speak."""
    return [
        {**_basics(one), "texts": {} if said is None else said(strings_in(one))}
        for one in languages()
    ]


def _language_of(ask: Ask | None, view: RoomView) -> str:
    """Return the language of the ask that is shown, by its place in the sheet."""
    sheet = view.sheet
    if ask is None or sheet is None:
        return view.language
    at = next((at for at, one in enumerate(sheet.asks) if one.id == ask.id), len(sheet.asks))
    return sheet.ask_language(at) or view.language


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("dialogue.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _template(name: str) -> Template:
    return _environment().get_template(name)
