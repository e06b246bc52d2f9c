"""The seat card: where the code on it is typed, for as long as this page needs one."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Static

from dialogue.answer.entry_view import Push
from dialogue.caller.page import Page

_LONGEST = 40


class SeatCard(Vertical):
    """A line for the code. Typing it makes no call; the next beat brings it along."""

    class Typed(Message):
        """A code was typed."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._label = Static("", markup=False)
        self._about = Static("", markup=False)
        self._field = Input(max_length=_LONGEST, compact=True)
        self._news = Static("", markup=False, classes="trouble")
        self._use = Push("use", "")
        self._taken = ""

    def compose(self) -> ComposeResult:
        """Put the line below what it is for."""
        yield self._label
        yield self._about
        yield self._field
        yield self._news
        yield self._use

    def draw(self, page: Page) -> None:
        """Show the line where a code is needed."""
        said = page.t["seat"]
        if self.display and not page.asks_for_code:
            self._field.value = ""
            if self.has_focus_within:
                self.screen.set_focus(None)
        self.display = page.asks_for_code
        self._label.update(Content.styled(said["label"], "bold"))
        self._about.update(said["about"])
        self._news.update(page.code_news)
        self._news.display = bool(page.code_news)
        self._use.say(said["use"])

    @on(Input.Submitted)
    @on(Input.Blurred)
    @on(Button.Pressed)
    def take(self, event: Input.Submitted | Input.Blurred | Button.Pressed) -> None:
        """Hand on what was typed, also by whoever goes on without pressing the button."""
        event.stop()
        typed = self._field.value.strip()
        # To leave the line as it was is to say nothing new.
        again = isinstance(event, Input.Blurred) and typed == self._taken
        if typed and not again:
            self._taken = typed
            self.post_message(self.Typed(typed))
