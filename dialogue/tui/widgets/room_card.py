"""What the room may see, on this terminal: the prompt and nothing private, or the calm page.

Pause, blank and harm look alike. The words are those of the room's web page.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from dialogue.phrases import back_again, spoken, strings_in
from dialogue.tui.widgets.large import large_rows
from dialogue.tui.widgets.turns import bar
from sessions.cues import CueKind
from sessions.room import RoomView

WIDTH, LARGE_LINES = 64, 3
"""What large letters have room for on the smallest screen."""


class RoomCard(Vertical):
    """Shows what the room may see now."""

    DEFAULT_CSS = """
    RoomCard { height: 1fr; padding: 0 2; align: center middle; }
    RoomCard Static { height: auto; width: 100%; max-width: 64; }
    RoomCard .step { color: $primary; text-style: bold; }
    RoomCard .prompts { padding: 1 0; text-style: bold; }
    RoomCard .aside { color: $quiet; }
    RoomCard.-calm .prompts { width: auto; }
    RoomCard .cue {
        max-width: 100%; margin-top: 1; text-align: center; text-style: bold;
        background: $foreground; color: $background;
    }
    """

    def __init__(self) -> None:
        """Start empty; `show` fills it."""
        super().__init__()
        self._step = Static("", markup=False, classes="step")
        self._prompts = Static("", markup=False, classes="prompts")
        self._aside = Static("", markup=False, classes="aside")
        self._cue = Static("", markup=False, classes="cue")
        self._shown: tuple[RoomView, int] | None = None

    def compose(self) -> ComposeResult:
        """Put the prompt below the step."""
        yield self._step
        yield self._prompts
        yield self._aside
        yield self._cue

    def show(self, view: RoomView) -> None:
        """Show this moment; nothing is drawn that has not changed."""
        width = self.content_size.width
        if (view, width) == self._shown:
            return
        self._shown = (view, width)
        talking = view.moment == "talking"
        said = strings_in(spoken(view.language))["moments"]
        words = (f"{one}\n" for one in view.prompts) if talking else (said[view.moment],)
        care = said["care"].format(contact=view.care_contact)
        door = strings_in(spoken(view.language))["room"]["door"]
        asides = {
            "talking": (view.content_note, view.second_door),
            "over": (care if view.care_contact else "", door if view.door_open else ""),
        }
        aside = "\n".join(filter(None, asides.get(view.moment, ())))
        step, prompts = view.step if talking else "", "\n".join(words).rstrip()
        if view.back_in is not None:
            # Read on the way back to one's chair: when it goes on, and then how long that is.
            prompts = "\n\n".join((prompts, _large(view.back_at), back_again(view)))
        if view.named is not None:
            step, prompts, aside = "", _large(view.named.name), view.named.says
        elif view.recommit:
            step, prompts = "", strings_in(spoken(view.language))["room"]["recommit"]
            aside = "\n".join((*(one.name for one in view.agreements), *view.house_agreements))
        self._put(self._step, step)
        self._put(self._prompts, prompts)
        self._put(self._aside, aside)
        self._put(self._cue, "" if view.cue is None else _called(view, view.cue, width))
        self.set_class(view.moment == "pausing", "-calm")

    def _put(self, part: Static, text: str) -> None:
        part.update(Content(text))
        part.display = bool(text)


def _large(name: str) -> str:
    """Return a name in large letters, or as it is where it is too long for them."""
    return large_rows(name, WIDTH, LARGE_LINES) or name


def _called(view: RoomView, cue: CueKind, width: int) -> str:
    """Return a cue in the room's language, in large letters where there is room."""
    return bar(cue, width, words=strings_in(spoken(view.language))["cues"][cue])
