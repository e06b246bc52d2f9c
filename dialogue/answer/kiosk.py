"""The form in a loop, on a machine that everybody may use: a calm page, one person, and again.

Touches: screen, the network through its callers. Each person has a seat, a connection and a page
of her own, made when she presses Enter, and gone with every word when she says that she is done,
or when nobody has typed for long. Only who knows the four digits leaves the loop.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea
from textual.worker import WorkerError

from dialogue.answer.app import BEATS, AnswerApp
from dialogue.answer.kiosk_views import CodeDialog, FormScreen, KioskStart, NoticeDialog, in_words
from dialogue.answer.page_view import PageView
from dialogue.answer.rhythm import Rhythm
from dialogue.answer.texts import next_language
from dialogue.caller.caller import Caller
from dialogue.caller.errors import CallError
from dialogue.caller.page import Page
from dialogue.tui.dialogs.question import QuestionDialog
from dialogue.web.strings import FALLBACK, Strings, spoken, strings_in

IDLE_SECONDS: Final = 180.0
"""So long nobody types before all is wiped, when nothing else is said."""

NOTICE_SECONDS: Final = 60.0
"""So long before that it is asked whether anybody is still there."""

DONE_SECONDS: Final = 45.0
"""So long the last page stands on which all is sent; half of it is the notice."""

LOOK_SECONDS: Final = 1.0

_REMEMBERING: Final = type(lru_cache(len))
_LIBRARIES: Final = ("rich", "textual")

_PERSON_ONLY: Final = frozenset({"read", "withdraw", "scroll"})


@dataclass(frozen=True, slots=True)
class Terms:
    """How a kiosk goes about its work."""

    caller_for: Callable[[], Caller]
    """Makes the way to the web door, for one person."""
    rhythm_for: Callable[[], Rhythm]
    now: Callable[[], float]
    """A clock in seconds."""
    code: str
    """The four digits that leave it."""
    idle_seconds: float = IDLE_SECONDS
    looks: str = "dark"
    warning: str = ""


class KioskApp(AnswerApp):
    """A form for one person after the other."""

    FORM: ClassVar[int] = 1
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "begin", "begin", show=False)]

    def __init__(self, terms: Terms) -> None:
        """Show nothing yet.

        Args:
            terms: How it goes about its work.
        """
        super().__init__(
            terms.caller_for(), "", terms.rhythm_for(), looks=terms.looks, warning=terms.warning
        )
        self._terms = terms
        self._language = FALLBACK
        """The one of the first page."""
        self._own = FALLBACK
        """The room's, as far as it is known."""
        self._here = False
        """Somebody has begun."""
        self._opening = False
        self._ending = False
        """She is done, and something of hers is still on its way."""
        self._touched = terms.now()
        self._start = KioskStart(self.t, terms.idle_seconds)

    @property
    def t(self) -> Strings:
        """The texts of whoever is here; between two people, those of the first page."""
        return self.page.t if self._here else strings_in(self._language)

    def compose(self) -> ComposeResult:
        """Show the first page."""
        yield self._start

    async def follow(self) -> None:
        """Follow the room for whoever is here; at first, show the digits that leave the kiosk."""
        if self._here:
            await super().follow()
            return
        said = self.t["kiosk"]
        code = said["code"].format(code=self._terms.code)
        self.push_screen(CodeShown(code, said["code_more"]))
        self.set_interval(LOOK_SECONDS, self.look)

    async def on_event(self, event: events.Event) -> None:
        """Take note that somebody is there; the key that says so does nothing else."""
        # A mouse also moves when somebody knocks against the table.
        if isinstance(event, events.Key | events.Paste | events.MouseDown):
            self._touched = self._terms.now()
            notice = self._notice
            if notice is not None and not self._ending:
                notice.dismiss()
                return
        await super().on_event(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what belongs to a form only while there is one."""
        if action in _PERSON_ONLY and not self._here:
            return False
        return super().check_action(action, parameters)

    def action_begin(self) -> None:
        """Let somebody begin."""
        if not self._here and not self._opening and len(self.screen_stack) == 1:
            self._opening = True
            self._start.tell(self.t["kiosk"]["opening"])
            self.run_worker(self._begin(), group="kiosk")

    async def action_speak(self) -> None:
        """Be read in the next language, by this person alone: the next one finds the room's."""
        if self._here:
            await super().action_speak()
        elif not self._opening and len(self.screen_stack) == 1:
            self._language = next_language(self.t)
            self._start.speak(self.t)

    def action_leave(self, code: int) -> None:  # noqa: ARG002 — the base names it
        """End somebody's turn; between two turns ask for the digits that leave the kiosk."""
        if not self._here:
            self._ask_for_code("")
            return
        if self._asking or self._ending:
            return
        self._view.asks.collect()
        if any(entry.state == "draft" and entry.has_draft for entry in self.page.entries):
            self._ask_about_draft()
        elif self.page.has_unsent:
            self._ending = True
            self.push_screen(NoticeDialog(self.t["kiosk"]["sending"]), self._stay)
        else:
            self._end()

    def look(self) -> None:
        """Ask whether anybody is still there, and wipe all when nobody is."""
        if not self._here:
            return
        left = self._touched + self._limit - self._terms.now()
        if left <= 0:
            self._end()
        elif self._notice is not None and not self._ending:
            self._notice.tell(self._wiped_in(left))
        elif left <= min(NOTICE_SECONDS, self._limit / 2) and not self._ending:
            self.push_screen(NoticeDialog(self.t["kiosk"]["still"], self._wiped_in(left)))

    async def wipe(self) -> None:
        """Let go of everything of the person who was here, and show the first page."""
        self._here = False
        callers = self.workers.cancel_group(self, BEATS)
        for worker in callers:
            with suppress(WorkerError):
                await worker.wait()
        # A timer of a widget may live a moment longer than its screen: not with words in it.
        for area in self._view.query(TextArea):
            area.load_text("")
        for line in self._view.query(Input):
            line.value = ""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if self.page.room is not None and not self.page.language:
            self._own = spoken(self.page.room.language)
        self._language = self._own
        await self._caller.close()
        self._caller, self._rhythm = self._terms.caller_for(), self._terms.rhythm_for()
        self.page, self._places, self._clipboard = Page(""), (), ""
        self._asking = self._ending = False
        self._start.speak(self.t)
        self._start.tell("")
        # Whoever watches the theme and is gone is let go of when it is set.
        self.mutate_reactive(KioskApp.theme)
        self.call_after_refresh(forget)

    async def _begin(self) -> None:
        """Take a seat for somebody, and show her the page."""
        try:
            seat = await self._caller.open_page()
        except CallError:
            self._start.tell(self.t["kiosk"]["away"])
            return
        finally:
            self._opening = False
        # Who chose no language gets the room's, which may be another than that of the first page.
        self.page = Page(seat, "" if self._language == self._own else self._language)
        self._touched = self._terms.now()
        tls, warning = self._caller.address.tls, self._terms.warning
        view = PageView(self.page, tls=tls, warning=warning, keys="kiosk")
        await self.push_screen(FormScreen(view))
        self._here = True
        await self.follow()

    async def _beat(self) -> None:
        """Call as any form; once all of somebody's is sent who is done, her turn ends."""
        await super()._beat()
        if self._ending and not self.page.has_unsent:
            self._end()

    def _end(self) -> None:
        if self._here:
            self._here = False
            self.run_worker(self.wipe(), group="kiosk")

    def _stay(self, _nothing: None) -> None:
        self._ending = False

    def _ask_about_draft(self) -> None:
        said = self.page.t["terminal"]
        self._asking = True
        question = QuestionDialog(said["leave"], yes=said["leave_yes"], no=said["leave_no"])

        def answered(agreed: bool | None) -> None:  # noqa: FBT001
            self._asking = False
            if agreed:
                self._end()

        self.push_screen(question, answered)

    def _ask_for_code(self, news: str) -> None:
        if self._opening or len(self.screen_stack) > 1:
            return

        def typed(code: str | None) -> None:
            if code == self._terms.code:
                self.stop_safely(0)
            elif code:
                self._ask_for_code(self.t["kiosk"]["code_wrong"])

        self.push_screen(CodeDialog(self.t, news), typed)

    def _wiped_in(self, seconds: float) -> str:
        return self.t["kiosk"]["still_more"].format(time=in_words(seconds, self.t))

    @property
    def _limit(self) -> float:
        """How long nobody may type before all is wiped; less, once all is sent."""
        entries = self.page.entries
        done = bool(entries) and all(one.state in ("kept", "passed") for one in entries)
        limit = self._terms.idle_seconds
        return min(limit, DONE_SECONDS) if done or self.page.is_over else limit

    @property
    def _notice(self) -> NoticeDialog | None:
        """The notice that stands over the form, if one does."""
        top = self.screen_stack[-1]
        return top if isinstance(top, NoticeDialog) and not isinstance(top, CodeShown) else None


class CodeShown(NoticeDialog):
    """Shows the digits once; Enter says that they are noted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "dismiss", "noted", show=False)]


def forget() -> None:
    """Let go of what the libraries below remember of the words they have measured and drawn."""
    for one in gc.get_objects():
        if isinstance(one, _REMEMBERING) and (one.__module__ or "").startswith(_LIBRARIES):
            one.cache_clear()
    gc.collect()
