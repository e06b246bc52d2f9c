"""Everything on the screen of the form, in one column: from what happens now to what can be read.

It draws a page as it is. It decides nothing, and it never makes a call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from dialogue.answer.asks import Asks
from dialogue.answer.entry_view import Push
from dialogue.answer.seat import SeatCard
from dialogue.answer.texts import before_text, keys_text, moment_text
from dialogue.caller.page import Page
from dialogue.caller.told import Place


class PageView(Vertical):
    """One participant's page on the screen."""

    def __init__(self, page: Page, *, tls: bool, warning: str, keys: str) -> None:
        """Show nothing yet.

        Args:
            page: What is shown.
            tls: Whether nobody on the way can read what is sent.
            warning: What may record this terminal.
            keys: The section of the texts that says which keys there are.
        """
        super().__init__()
        self._keys = keys
        self.page = page
        self._tls = tls
        self._warning = warning
        self._away: Widget | None = None

    def compose(self) -> ComposeResult:
        """Put everything in one column, from what happens now to what can be looked up."""
        yield _said("title")
        yield _said("recorder")
        with VerticalScroll(id="column", can_focus=False):
            yield _said("moment")
            yield SeatCard()
            yield _said("seated")
            yield _said("before")
            yield _said("closing")
            yield Asks()
            yield _said("withdrawn")
            with Vertical(id="folds"):
                yield Push("agreements", action="app.read('agreements')")
                yield Push("kept", action="app.read('kept')")
                yield Push("withdraw", action="app.withdraw")
        yield _said("line")
        yield _said("news")
        yield _said("keys")

    @property
    def asks(self) -> Asks:
        """The asks in turn."""
        return self.query_one(Asks)

    async def draw(self, places: Sequence[Place]) -> None:
        """Show the page as it is.

        Args:
            places: The places of the compass.
        """
        page = self.page
        self.show_parts()
        fresh = await self.asks.draw(page.entries, places, page.t)
        self._hide_for_pause()
        if fresh:
            self._show_from_its_top()

    def show_parts(self) -> None:
        """Show all that is not an ask."""
        page, t = self.page, self.page.t
        calm = page.is_pausing
        room = page.room
        self._put("title", t["page"]["title"] if room is None else room.title)
        self._put("recorder", self._warning)
        self._put("moment", moment_text(page))
        self._part("moment").set_class(calm, "calm")
        before = "" if calm else before_text(page, tls=self._tls)
        self._put("before", before)
        self.query_one(SeatCard).draw(page)
        self._put("seated", t["seat"]["seated"] if page.is_seated else "")
        self._put("closing", t["says"]["closing"] if page.is_closing and not calm else "")
        self._put("withdrawn", "" if calm else page.withdrawn)
        self._put("line", "" if page.is_over else page.line)
        self._put("news", page.news)
        self._put("keys", keys_text(t, self._keys))
        folds = {"agreements": t["page"]["agreements"], "kept": t["page"]["kept_title"]}
        folds["withdraw"] = "" if page.is_over else t["withdraw"]["title"]
        for push in self.query_one("#folds").query(Push):
            push.say(folds[push.name or ""])

    def scroll_by(self, key: str) -> None:
        """Scroll the column as a key says."""
        column = self.query_one("#column", VerticalScroll)
        scrolls: dict[str, Callable[[], None]] = {
            "up": partial(column.scroll_up, animate=False),
            "down": partial(column.scroll_down, animate=False),
            "pageup": partial(column.scroll_page_up, animate=False),
            "pagedown": partial(column.scroll_page_down, animate=False),
            "home": partial(column.scroll_home, animate=False),
            "end": partial(column.scroll_end, animate=False),
        }
        scrolls[key]()

    def _show_from_its_top(self) -> None:
        """Show new questions; who reads them and what is kept comes before the first one.

        The next tab leads to the first question, unless somebody is writing.
        """
        if not isinstance(self.screen.focused, TextArea | Input):
            self.screen.set_focus(None)
            self._part("before").scroll_visible(top=True, animate=False)

    def _hide_for_pause(self) -> None:
        """A pause takes the asks out of sight. Whoever was writing finds her place again."""
        asks = self.asks
        hidden = self.page.is_pausing or not self.page.entries
        if asks.display is not hidden:
            return
        if hidden:
            focused = self.screen.focused
            if focused is not None and asks in focused.ancestors:
                self._away = focused
                self.screen.set_focus(None)
        asks.display = not hidden
        if not hidden and self._away is not None and self._away.is_attached:
            self.screen.set_focus(self._away)
        if not hidden:
            self._away = None

    def _put(self, part: str, text: Content | str) -> None:
        """Put a text where there is one, and hide its place where there is none."""
        place = self._part(part)
        content = Content(text) if isinstance(text, str) else text
        place.update(content)
        place.display = bool(content.plain) or part == "news"

    def _part(self, name: str) -> Static:
        return self.query_one(f"#{name}", Static)


def _said(name: str) -> Static:
    return Static("", markup=False, id=name)
