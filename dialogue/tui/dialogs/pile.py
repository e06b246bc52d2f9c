"""A pile of answer cards before it is entered: of which step, how many, and whether that can be.

Nothing of a card is seen here. Fewer than five are not entered at all, because whoever enters them
reads them; more cards than people are asked about, and never cut to fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from agreements.plan import Step
from dialogue.tui.dialogs.once import GoesOnce
from dialogue.wording import mark, tr
from sessions import decide
from sessions.decide_sheet import FEWEST_WRITERS
from sessions.errors import SessionError
from sessions.sheet_desk import SheetDesk

_MOST_DIGITS = 4
_RULE = mark(
    "Mix the cards, and keep them face down. Fewer than five are not entered: nobody reads them, "
    "and nothing is kept. A card that says it is not to be kept is torn up."
)


@dataclass(frozen=True, slots=True)
class Pile:
    """Cards that may be entered."""

    step: Step
    cards: int


class PileDialog(GoesOnce, ModalScreen[Pile]):
    """Asks how many cards there are; hands back the pile that may be entered, or None."""

    CSS_PATH = "cards.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", show=False),
        Binding("enter", "go_on", "go on", show=False),
        Binding("backspace", "take_back", "one digit back", show=False),
        Binding("tab,shift+tab", "other_step", "cards of another step", show=False),
        Binding("y", "agree", "yes", show=False),
    ]

    def __init__(self, desk: SheetDesk, steps: tuple[Step, ...]) -> None:
        """Ask about the cards of a step.

        Args:
            desk: The session's sheets.
            steps: Whose cards there may be, the likeliest first; of an open sheet only its own.
        """
        super().__init__()
        self._desk = desk
        self._steps = steps
        self._entered = desk.cards_entered
        self._place = 0
        self._digits = ""
        self._problem = ""
        self._asked = ""
        """The question that waits for y."""
        self._agreed: set[str] = set()

    def compose(self) -> ComposeResult:
        """Show the step with what it asks above the number."""
        with Vertical():
            for part in ("step", "rule", "count", "problem", "keys"):
                yield Static("", markup=False, id=part)

    def on_mount(self) -> None:
        """Show the likeliest step."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Take a digit of the number."""
        if (
            event.character is not None
            and event.character.isdecimal()
            and event.character.isascii()
        ):
            event.stop()
            self._digits = (self._digits + event.character)[:_MOST_DIGITS].lstrip("0")
            self._ask_again()

    def action_take_back(self) -> None:
        """Take the last digit back."""
        self._digits = self._digits[:-1]
        self._ask_again()

    def action_other_step(self) -> None:
        """Go to the cards of another step."""
        self._place = (self._place + 1) % len(self._steps)
        self._ask_again()

    def action_leave(self) -> None:
        """Leave a question, or the window; nothing has changed."""
        if self._asked:
            self._ask_again()
        else:
            self.dismiss(None)

    def action_agree(self) -> None:
        """Say yes to the question, and go on."""
        if self._asked:
            self._agreed.add(self._asked)
            self._asked = ""
            self.action_go_on()

    def action_go_on(self) -> None:
        """Go on to the first card, or ask what must be clear before."""
        if self.app.screen is not self or self._asked:
            return
        cards = int(self._digits or 0)
        if not cards:
            self._problem = tr("How many cards are there? Type the number first.")
        elif (question := self._question(cards)) and question not in self._agreed:
            self._asked = question
        else:
            self._begin(cards)
            return
        self._show()

    def _question(self, cards: int) -> str:
        """Return what must be clear before so many cards are entered; empty when all is."""
        heads = self._desk.session.state.heads
        total = cards + self._entered
        if total > heads:
            return _too_many(total, heads, self._entered)
        if cards < FEWEST_WRITERS and self._desk.phase == "open":
            return tr(
                "Only {cards}, and whoever enters them reads them. Enter them only if at least "
                "{least} have written, on these and other cards or on phones. If not, "
                "put them away unread.\n"
                "y  at least {least} have written · esc  they stay unread",
                cards=cards,
                least=FEWEST_WRITERS,
            )
        return ""

    def _begin(self, cards: int) -> None:
        """Hand the pile back, where it can be entered; the sheet opens with its first card."""
        session, step = self._desk.session, self._steps[self._place]
        try:
            if cards + self._entered > session.state.heads:
                session.do(decide.change_heads, heads=cards + self._entered)
            self._desk.check_cards(step, cards)
        except SessionError as error:
            self._problem = tr(error.sentence)
            self._show()
            return
        self.dismiss(Pile(step, cards))

    def _ask_again(self) -> None:
        self._asked = self._problem = ""
        self._agreed.clear()
        self._show()

    def _show(self) -> None:
        step = self._steps[self._place]
        lines = [Content.styled(tr("Cards · {step}", step=step.title), "bold")]
        lines += [
            Content.styled(f"  {ask.text}", "$quiet") for ask in self._desk.asks_on_cards(step)
        ]
        self.query_one("#step", Static).update(Content("\n").join(lines))
        self.query_one("#rule", Static).update(tr(_RULE))
        number = Content.assemble(
            tr("How many cards are there?"), "  ", (f"{self._digits}▏", "bold")
        )
        self.query_one("#count", Static).update(number)
        self.query_one("#problem", Static).update(self._asked or self._problem)
        keys = tr("enter  go on · esc  leave")
        if self._asked:
            keys = ""
        elif len(self._steps) > 1:
            keys = tr("enter  go on · esc  leave · tab  another step")
        self.query_one("#keys", Static).update(Content.styled(keys, "$quiet"))


def _too_many(total: int, heads: int, before: int) -> str:
    """Ask about more cards than people."""
    counted = tr("{total} cards, and {heads} people here.", total=total, heads=heads)
    if before:
        counted = tr(
            "{total} cards, with the {before} entered before, and {heads} people here.",
            total=total,
            before=before,
            heads=heads,
        )
    look = tr(
        "Did somebody write on two cards, or is a blank one among them? Look, and count again. "
        "Or have more people come?\n"
        "y  {total} people are here: set it so, and go on · esc  count again",
        total=total,
    )
    return f"{counted} {look}"
