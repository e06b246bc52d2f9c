"""The yardstick for Live: as many plain widgets of the same kinds in the same places, and one key.

Touches: screen. It is made of Textual's own widgets and knows nothing of ours, so that it does not
get slower when ours do. The key `]` counts one person more in the first line; a tick each second
redraws the digits.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Digits, Input, Static

HEADS = 24
STEPS = "\n".join(f"  Step number {number:<16}{number:>4}" for number in range(1, 15))
PROMPT = "What changes if this alone is kept in view for five more minutes?"
SAYS = "\n".join(f"say {number}/6  “No one needs a story today.”" for number in range(1, 7))
AGREEMENTS = "\n".join(f"{number} Agreement number {number}" for number in range(1, 10))


class MinimalApp(App[None]):
    """Shows what Live shows, made of nothing but text."""

    CSS = """
    #top, #status, #keys, #next { height: 1; }
    #columns { height: 1fr; }
    #steps { width: 32; border-right: vkey $panel; }
    #centre { width: 1fr; }
    #card { height: 1fr; }
    #head, #prompt, #door, #says, #short { height: auto; }
    #clock { height: 3; }
    #clock Digits { width: 26; }
    #agreements { width: 36; border-left: vkey $panel; }
    #entry { display: none; height: auto; }
    """
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [("right_square_bracket", "more", "more")]

    def __init__(self) -> None:
        """Begin with a room of the usual size."""
        super().__init__()
        self.heads = HEADS
        self.seconds = 0

    def compose(self) -> ComposeResult:
        """Lay the widgets out as Live does."""
        yield Static("", id="top")
        with Horizontal(id="columns"):
            yield Static(STEPS, id="steps")
            with Vertical(id="centre"):
                with Vertical(id="card"):
                    yield Static("Pairs · in pairs", id="head")
                    yield Static(PROMPT, id="prompt")
                    yield Static("or: something else", id="door")
                    with VerticalScroll(can_focus=False):
                        yield Static(SAYS, id="says")
                with Horizontal(id="clock"):
                    yield Digits("0:00")
                    with Vertical():
                        yield Static("of 7:00")
                        yield Static("▰▰▰▰▰▱▱▱▱▱")
                yield Static("next: Reflection", id="next")
                yield Static("1 Stay engaged  2 Speak your truth", id="short")
            yield Static(AGREEMENTS, id="agreements")
        with Vertical(id="entry"):
            yield Static("Note")
            yield Input(compact=True)
            yield Static("")
        yield Static("kept", id="status")
        yield Static("n next  b back  t note  space pause", id="keys")

    def on_mount(self) -> None:
        """Begin to tick."""
        self.set_focus(None)
        self.set_interval(1, self.tick)
        self.draw_heads()

    def tick(self) -> None:
        """Show one second more."""
        self.seconds += 1
        self.query_one(Digits).update(f"{self.seconds // 60}:{self.seconds % 60:02}")

    def action_more(self) -> None:
        """Count one person more."""
        self.heads += 1
        self.draw_heads()

    def draw_heads(self) -> None:
        """Show how many people are here."""
        self.query_one("#top", Static).update(f"A session      {self.heads} here   12:25")


if __name__ == "__main__":
    MinimalApp().run()
