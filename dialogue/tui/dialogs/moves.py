"""Moves: the situation in a few letters, and what to say or do about it in two lines.

It keeps nothing: what was looked up is nobody's business, the record's included.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from agreements.model import Move
from dialogue.tui.dialogs.once import GoesOnce
from dialogue.tui.moves import found
from dialogue.tui.widgets.entry_line import OneLineInput
from dialogue.tui.widgets.large import large_rows
from dialogue.wording import tr

LISTED = 6
"""So many situations are named at once; a letter more leaves fewer."""

TYPED_LIMIT = 40


ROOMY_WIDTH, ROOMY_HEIGHT = 120, 36
"""From this size on the two lines are large beside the situations as well."""
MARGIN_CELLS, ROWS_AROUND, ROWS_WITH_LIST = 8, 7, 16


def two_lines(move: Move, cells: int, rows: int) -> tuple[str, str]:
    """Return what to say and what to do, large where both find room; what is said comes first.

    Args:
        move: What to do.
        cells: How wide they may be.
        rows: How many rows both may have together.
    """
    say = large_rows(move.say, cells, rows)
    then = large_rows(move.then, cells, rows)
    spoken, plain = f"“{move.say}”", -(-len(move.then) // cells) + 1
    if say is None or _rows(say) + plain > rows:
        return spoken, move.then
    if then is None or _rows(say) + _rows(then) + 1 > rows:
        return say, move.then
    return say, then


def _rows(text: str) -> int:
    return text.count("\n") + 1


class MovesDialog(GoesOnce, ModalScreen[None]):
    """Finds a move while letters are typed; esc leaves."""

    CSS_PATH = "moves.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "back", show=False),
        Binding("enter", "alone", "alone", show=False, priority=True),
        Binding("down", "go(1)", "next", show=False),
        Binding("up", "go(-1)", "before", show=False),
    ]

    def __init__(self, moves: Mapping[str, Move], likely: Collection[str] = ()) -> None:
        """Begin with what is likely in this step.

        Args:
            moves: Every move there is, by its id.
            likely: The moves for the trouble that this step is known for.
        """
        super().__init__()
        self._moves = moves
        self._likely = frozenset(likely)
        self._place = 0
        self._line = OneLineInput(
            max_length=TYPED_LIMIT, compact=True, placeholder=tr("silence, tears, one voice …")
        )

    def compose(self) -> ComposeResult:
        """Put the letters above the situations, and the two lines below, large."""
        with Vertical():
            yield Static(
                tr("What is happening? A few letters; ↑↓ choose; enter: large; esc: back."),
                id="ask",
            )
            yield self._line
            yield Static("", markup=False, id="situations")
            yield Static("", markup=False, id="say")
            yield Static("", markup=False, id="then")

    def on_mount(self) -> None:
        """Show what is likely here."""
        self._line.focus()
        self._show()

    def on_resize(self) -> None:
        """Give the two lines all the room there is."""
        roomy = self.size.width >= ROOMY_WIDTH and self.size.height >= ROOMY_HEIGHT
        self.set_class(roomy, "-roomy")
        self._show()

    def action_alone(self) -> None:
        """Show the two lines alone, as large as they can be, or the situations again."""
        self.toggle_class("-alone")
        self._show()

    def action_go(self, by: int) -> None:
        """Choose another situation."""
        last = max(len(self._found()) - 1, 0)
        self._place = min(max(self._place + by, 0), last)
        self._show()

    @on(OneLineInput.Changed)
    def look_again(self) -> None:
        """Find anew with what stands there."""
        self._place = 0
        self._show()

    def _found(self) -> list[Move]:
        return found(self._moves.values(), self._line.value, self._likely)

    def _show(self) -> None:
        fitting = self._found()
        first = max(self._place - LISTED + 1, 0)
        rows = [
            self._row(number, one)
            for number, one in enumerate(fitting[first : first + LISTED], first)
        ]
        none = Content(tr("Nothing fits these letters. Fewer of them find more."))
        self.query_one("#situations", Static).update(Content("\n").join(rows) if rows else none)
        chosen = fitting[self._place] if fitting else None
        say, then = ("", "") if chosen is None else self._two_lines(chosen)
        self.query_one("#say", Static).update(Content(say))
        self.query_one("#then", Static).update(Content(then))

    def _two_lines(self, move: Move) -> tuple[str, str]:
        """Return what to say and do: in large letters as far as there is room for them."""
        alone, roomy = self.has_class("-alone"), self.has_class("-roomy")
        if not (alone or roomy):
            return f"“{move.say}”", move.then
        cells = self.size.width - MARGIN_CELLS
        rows = self.size.height - (ROWS_AROUND if alone else ROWS_WITH_LIST)
        return two_lines(move, cells, rows)

    def _row(self, number: int, move: Move) -> Content:
        here = number == self._place
        mark = f" · {tr('likely in this step')}" if move.id in self._likely else ""
        style = "bold $accent" if here else ""
        return Content.assemble(
            ("▶ " if here else "  ", style), (move.situation, style), (mark, "$quiet")
        )
