"""What a kiosk shows between two people, and over the form of one: calm, and holding no words."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from dialogue.answer.texts import next_language
from dialogue.tui.dialogs.once import GoesOnce
from dialogue.web.strings import Strings, strings_in

CODE_SIGNS = 4


class KioskStart(Vertical):
    """The first page: how to begin, and what becomes of what is written."""

    def __init__(self, t: Strings, idle_seconds: float) -> None:
        """Show how to begin.

        Args:
            t: The texts.
            idle_seconds: After how long all is wiped.
        """
        super().__init__()
        self._idle = idle_seconds
        self._news = Static("", markup=False, id="kiosk-news")
        self._lines = [Static("", markup=False, id="begin"), Static("", markup=False)]
        self.speak(t)

    def compose(self) -> ComposeResult:
        """Put everything in the middle of the screen."""
        yield from self._lines
        yield self._news

    def speak(self, t: Strings) -> None:
        """Say everything in the language of these texts."""
        said = t["kiosk"]
        idle = said["idle"].format(time=in_words(self._idle, t))
        wiped = " ".join((said["wiped"], idle))
        self._lines[0].update(said["start"])
        other = strings_in(next_language(t))["page"]["read"]
        self._lines[1].update("\n\n".join((said["start_more"], wiped, f"F5: {other}")))

    def tell(self, news: str) -> None:
        """Say what became of the last Enter."""
        self._news.update(news)


class FormScreen(Screen[None]):
    """One person's screen. It goes with her, and with all that was drawn on it."""

    def __init__(self, form: Widget) -> None:
        """Show a form.

        Args:
            form: All there is on it.
        """
        super().__init__()
        self._form = form

    def compose(self) -> ComposeResult:
        """Show the form, and nothing beside it."""
        yield self._form


class NoticeDialog(GoesOnce, ModalScreen[None]):
    """Says something over the form, and hides what stands on it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "back", show=False)]

    def __init__(self, title: str, more: str = "") -> None:
        """Say it.

        Args:
            title: What it is about.
            more: What follows from it.
        """
        super().__init__()
        self._title = title
        self._more = Static(more, markup=False, id="more")

    def compose(self) -> ComposeResult:
        """Put the words in the middle of an empty screen."""
        with Vertical():
            yield Static(Content.styled(self._title, "bold"), markup=False)
            yield self._more

    def tell(self, more: str) -> None:
        """Say something else below the title."""
        self._more.update(more)


class CodeDialog(GoesOnce, ModalScreen[str]):
    """Asks for the digits that leave the kiosk; hands back what was typed, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", "back", show=False)]

    def __init__(self, t: Strings, news: str = "") -> None:
        """Ask for the digits.

        Args:
            t: The texts.
            news: What became of those that were typed before.
        """
        super().__init__()
        self._t = t
        self._news = news

    def compose(self) -> ComposeResult:
        """Put a line for the digits below the question."""
        with Vertical():
            yield Static(Content.styled(self._t["kiosk"]["code_asked"], "bold"), markup=False)
            yield Static(self._news, markup=False)
            yield Input(max_length=CODE_SIGNS, compact=True, password=True)
            yield Static(self._t["terminal"]["go_back"], markup=False, classes="quiet")

    def on_mount(self) -> None:
        """Let them be typed at once."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def take(self, event: Input.Submitted) -> None:
        """Hand back what was typed."""
        event.stop()
        self.dismiss(event.value)


def in_words(seconds: float, t: Strings) -> str:
    """Return a time as people say it, never to the second.

    Args:
        seconds: How long.
        t: The texts.
    """
    said = t["kiosk"]
    minutes = round(seconds / 60)
    if minutes > 1:
        return said["minutes"].format(count=minutes)
    if seconds > 40:  # noqa: PLR2004 — nearer to a minute than to half of one
        return said["minute"]
    return said["half_minute"] if seconds > 10 else said["moment"]  # noqa: PLR2004
