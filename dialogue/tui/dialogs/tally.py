"""Counts what a room answers aloud: one key an answer, nothing kept until Enter.

The count is kept as one figure a question. When each hand went up is nobody's business, so
single keys leave no trace in the record.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from agreements.plan import Ask
from dialogue.tui.dialogs.once import GoesOnce
from sessions.errors import CommandRefusedError
from sessions.live import LiveSession


class TallyDialog(GoesOnce, ModalScreen[bool]):
    """Counts hands for the asks of a step, one ask after the other."""

    CSS_PATH = "tally.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", show=False),
        Binding("enter", "keep", "keep", show=False),
        Binding("backspace,minus", "take_back", "one back", show=False),
    ]

    def __init__(self, session: LiveSession, asks: tuple[Ask, ...]) -> None:
        """Count for these asks, in their order."""
        super().__init__()
        self._session = session
        self._asks = list(asks)
        self._counts: dict[str, int] = {}
        self._given: list[str] = []

    def compose(self) -> ComposeResult:
        """Show the ask with its answers."""
        with Vertical():
            yield Static("", markup=False, id="ask")
            yield Static("", markup=False, id="problem")
            yield Static("", markup=False, classes="quiet", id="keys")

    def on_mount(self) -> None:
        """Show the first ask."""
        self._begin()

    def on_key(self, event: events.Key) -> None:
        """Add one to the answer with the key's number."""
        if not self._asks:
            return
        answers = answers_to(self._session, self._asks[0])
        if event.character is not None and event.character.isdecimal():
            place = int(event.character) - 1
            if 0 <= place < len(answers):
                event.stop()
                self._given.append(answers[place][0])
                self._count(answers[place][0], 1)

    def action_take_back(self) -> None:
        """Take back the last one counted."""
        if self._given:
            self._count(self._given.pop(), -1)

    def action_keep(self) -> None:
        """Keep the count and go on to the next ask, or leave after the last."""
        if not self._asks:
            return
        try:
            self._session.keep_tally(self._asks[0], self._counts)
        except CommandRefusedError as error:
            self.query_one("#problem", Static).update(error.sentence)
            return
        del self._asks[0]
        if self._asks:
            self._begin()
        else:
            self.dismiss(True)  # noqa: FBT003

    def action_leave(self) -> None:
        """Leave; what was not kept with Enter is forgotten."""
        self.dismiss(False)  # noqa: FBT003

    def _begin(self) -> None:
        ask = self._asks[0]
        earlier = self._session.tally(ask.id)
        self._given = []
        self._counts = {answer: 0 for answer, _label in answers_to(self._session, ask)}
        for item in earlier.items if earlier is not None else ():
            given = item.choice or (item.points or (str(item.value),))[0]
            self._counts[given] = self._counts.get(given, 0) + 1
        self._show()

    def _count(self, answer: str, by: int) -> None:
        self._counts[answer] += by
        self._show()

    def _show(self) -> None:
        ask = self._asks[0]
        lines = [Content.styled(ask.text, "bold"), Content("")]
        for number, (answer, label) in enumerate(answers_to(self._session, ask), 1):
            count = f"{self._counts[answer]:>4}  "
            lines.append(Content.assemble((f"{number}  ", "bold $accent"), (count, "bold"), label))
        total = sum(self._counts.values())
        heads = self._session.state.heads
        lines += [Content(""), Content(f"{total} of {heads} counted")]
        self.query_one("#ask", Static).update(Content("\n").join(lines))
        more = total > heads
        problem = f"That is more than the {heads} people here; is it right?" if more else ""
        self.query_one("#problem", Static).update(problem)
        keys = "number adds one · backspace takes one back · enter keeps · esc leaves"
        self.query_one("#keys", Static).update(keys)


def countable(session: LiveSession) -> tuple[Ask, ...]:
    """Return the asks of the running step that a room can answer aloud."""
    step = session.step
    asks = () if step is None else step.asks
    return tuple(ask for ask in asks if ask.kind in ("choice", "scale", "compass"))


def answers_to(session: LiveSession, ask: Ask) -> tuple[tuple[str, str], ...]:
    """Return the answers an ask allows: what is kept, and how it reads."""
    if ask.kind == "choice":
        return tuple((option.id, option.label) for option in ask.options)
    if ask.kind == "compass":
        return tuple((point.id, point.label) for point in session.protocol.compass)
    ends = {1: ask.low, ask.points: ask.high}
    return tuple(
        (str(point), f"{point}  {ends.get(point, '')}".rstrip())
        for point in range(1, ask.points + 1)
    )
