"""The clock of the step: large digits, what they are of, a bar, and how far behind the plan is.

Overtime counts up in the same colour as everything else: people are speaking. Minutes behind are
as large as the time that is left, for both are read from afar; on time and ahead nothing stands
there.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from dialogue.tui.views import TimeView
from dialogue.wording import tr

BAR_CELLS = 24


class StepClock(Horizontal):
    """Shows the time of the step."""

    DEFAULT_CSS = """
    StepClock { height: 3; padding: 0 1; }
    StepClock Digits { width: auto; min-width: 16; text-style: bold; }
    StepClock Vertical { height: 3; padding: 1 1 0 2; }
    StepClock .behind { min-width: 0; }
    StepClock .behind-words { width: auto; height: 3; padding: 1 1 0 1; text-style: bold; }
    StepClock Static { height: 1; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        """Start empty; `show` fills it."""
        super().__init__()
        self._digits = Digits("")
        self._of = Static("", markup=False)
        self._bar = Static("", markup=False)
        self._behind = Digits("", classes="behind")
        self._behind_words = Static(tr("min behind"), markup=False, classes="behind-words")
        self._shown: TimeView | None = None

    def compose(self) -> ComposeResult:
        """Put the words beside the digits."""
        yield self._digits
        with Vertical():
            yield self._of
            yield self._bar
        yield self._behind
        yield self._behind_words

    def show(self, time: TimeView) -> None:
        """Show this moment; nothing is drawn that has not changed."""
        before, self._shown = self._shown, time
        if before is None or before.behind != time.behind:
            self._behind.update(str(time.behind))
            self._behind.display = self._behind_words.display = bool(time.behind)
        if before is None or before.digits != time.digits:
            self._digits.update(time.digits)
        if before is None or _words(before) != _words(time):
            self._of.update(Content(_words(time)))
        if before is None or bar(before.part) != bar(time.part):
            self._bar.update(Content(bar(time.part)))


def bar(part: float) -> str:
    """Return a bar of full and empty cells for a part from 0 to 1."""
    full = round(part * BAR_CELLS)
    return "▰" * full + "▱" * (BAR_CELLS - full)


def _words(time: TimeView) -> str:
    paused = tr("PAUSED") if time.paused else ""
    return f"{paused} · {time.of}" if paused else time.of
