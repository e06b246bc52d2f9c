"""Enters a pile of answer cards, one after the other: a key for each mark, a line for the words.

Touches: screen, and the ballot box through the sheet's desk. Each card goes into the box when it is
whole, with its own tokens, and is then on the disk and out of sight: nothing that was entered is
shown again. Keys are taken in the order in which they come, those while the disk works too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from agreements.sentence import Sentence
from dialogue.tui.dialogs.once import GoesOnce
from dialogue.tui.dialogs.pile import Pile
from dialogue.tui.dialogs.tally import answer_row
from dialogue.tui.widgets.card_line import CardLine
from dialogue.wording import mark, tr
from sessions.errors import SessionError
from sessions.paper_cards import PaperCard, Part
from sessions.sheet_desk import SheetDesk
from sessions.voices import Receipt

LONGEST_AHEAD = 4000
"""So many keys wait while the disk works; more are nobody's typing."""

_LEAVING = mark(
    "This card is not in the box. esc again leaves it out, and nothing of it is kept; any other "
    "key goes on with it."
)
_FINAL = mark("It cannot be taken out of the box again, and is not shown again.")


class CardsDialog(GoesOnce, ModalScreen[int]):
    """Enters so many cards; hands back how many were gone through."""

    CSS_PATH = "cards.tcss"
    ALLOW_SELECT = False
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, desk: SheetDesk, pile: Pile, harm: Callable[[], None] | None = None) -> None:
        """Begin with the first card.

        Args:
            desk: The session's sheets; the first card that is entered opens one, if none is open.
            pile: The cards.
            harm: Pauses for harm, over this window; the card waits as it is.
        """
        super().__init__()
        self._harm = harm
        self._desk = desk
        self._pile = pile
        self._asks = desk.asks_on_cards(pile.step)
        self._done = 0
        self._said = ""
        self._leaving = False
        self._busy = False
        self._ahead: list[events.Key | events.Paste] = []
        """What is typed while the disk works; it has its turn after that."""
        self._tokens: dict[str, str] = {}
        """What entitles the card to one answer for each ask; drawn when it is first put in."""
        self._card = self._new_card()

    def compose(self) -> ComposeResult:
        """Put what a card can answer below the question."""
        with Vertical():
            yield Static("", markup=False, id="step")
            yield CardLine()
            yield Static("", markup=False, id="kept-as")
            for part in ("marks", "problem", "keys"):
                yield Static("", markup=False, id=part)

    def on_mount(self) -> None:
        """Show the first question."""
        self._show()

    async def take(self, event: events.Key | events.Paste) -> bool:
        """Take what is typed, before any other key is looked at; say whether nothing is left to do.

        Keys with ctrl stay commands of the program, except where they edit words.
        """
        if self._busy:
            self._ahead = [*self._ahead, event][:LONGEST_AHEAD]
            return not _is_command(event)
        return await self._take(event)

    async def _take(self, event: events.Key | events.Paste) -> bool:
        if isinstance(event, events.Key) and event.key == "escape":
            self._leave()
            return True
        if isinstance(event, events.Key) and event.key == "f8" and self._harm is not None:
            self._harm()
            return True
        was_leaving, self._leaving = self._leaving, False
        self._said = ""
        if not was_leaving:
            if self._writes and await self._edit(event):
                self._card.write(self._line.text)
            elif _is_command(event):
                return False
            elif isinstance(event, events.Key):
                self._answer(event)
        self._show()
        return True

    @property
    def _line(self) -> CardLine:
        return self.query_one(CardLine)

    @property
    def _writes(self) -> bool:
        """Words are being typed."""
        return self._card.part is not None and self._card.part.name == "text"

    async def _edit(self, event: events.Key | events.Paste) -> bool:
        """Let the line take what edits it; say whether it did."""
        if self._line.type(event):
            return True
        if isinstance(event, events.Paste) or event.key in ("enter", "tab", "shift+tab"):
            return False
        bound = self._line._bindings.key_to_bindings.get(event.key, [])  # noqa: SLF001
        for binding in bound:
            await self.app.run_action(binding.action, self._line)
        return bool(bound)

    def _answer(self, event: events.Key) -> None:
        """Do what a key does that types no words."""
        try:
            if event.key == "enter" and self._card.part is None:
                self._put_in()
            elif event.key in ("enter", "tab"):
                self._card.go_on()
            elif event.key == "shift+tab":
                self._card.go_back()
            elif event.key == "backspace":
                if not self._card.take_out():
                    self._card.go_back()
            elif event.character is not None and event.character in "123456789":
                self._card.press(int(event.character))
        except SessionError as error:
            self._said = tr(error.sentence)

    def _leave(self) -> None:
        """Leave; a card that was begun is left out only when that was said twice."""
        if self._card.is_begun and not self._leaving:
            self._leaving = True
            self._show()
        else:
            self._forget()
            self.dismiss(self._done)

    def _put_in(self) -> None:
        """Put the card into the box; the same tokens until it is in, so that it counts once.

        Raises:
            SessionError: It is no whole answer, or the sheet is closed.
        """
        answers = self._card.answers()
        if answers and self._desk.phase is None:
            self._desk.open_for_cards(self._pile.step, self._pile.cards)
        if answers and not self._tokens:
            self._tokens = self._desk.card_tokens()
        futures = self._desk.put_card(self._tokens, answers) if answers else []
        self._busy = True
        waiting = [asyncio.wrap_future(one) for one in futures]
        self.run_worker(self._see_it_in(waiting), group="cards")

    async def _see_it_in(self, waiting: list[asyncio.Future[Receipt]]) -> None:
        """Wait until a card is on the disk; then take the next, and the keys pressed meanwhile."""
        found = await asyncio.gather(*waiting, return_exceptions=True)
        failed = next((one for one in found if isinstance(one, BaseException)), None)
        if failed is None:
            self._done += 1
            self._desk.cards_entered += 1
            self._forget()
            self._go_on_with_pile()
        elif isinstance(failed, SessionError):
            # What was typed ahead was meant for the next card.
            self._ahead = []
            still = Sentence("The card is still here: enter tries again.")
            self._said = tr(Sentence.joined(failed.sentence, still))
        else:
            raise failed
        self._busy = False
        await self._take_ahead()

    def _go_on_with_pile(self) -> None:
        if self._done == self._pile.cards:
            self._ahead = []
            self.dismiss(self._done)
            return
        self._take_next()
        self._said = tr("Card {number} is in the box.", number=self._done)

    async def _take_ahead(self) -> None:
        """Take what was typed while the disk worked, in its order."""
        if self.app.screen is not self:
            return
        self._show()
        while self._ahead and not self._busy:
            await self._take(self._ahead.pop(0))

    def _take_next(self) -> None:
        """Begin with an empty card."""
        self._tokens = {}
        self._card = self._new_card()

    def _new_card(self) -> PaperCard:
        return PaperCard(self._asks, self._desk.session.protocol.compass)

    def _forget(self) -> None:
        """Let go of what was entered, on the screen and in memory."""
        self._card = PaperCard((), ())
        self._line.show("")
        self.query_one("#kept-as", Static).update("")

    def _show(self) -> None:
        part = self._card.part
        line = self._line
        line.display = self._writes
        line.show(self._card.text if self._writes else "")
        self.set_focus(line if self._writes else None)
        self._put("step", self._head(part))
        self._put("kept-as", Content(self._kept_as()))
        self._put("marks", self._marks(part))
        self._put("problem", Content(tr(_LEAVING) if self._leaving else self._said))
        self._put("keys", Content.styled(self._keys(part), "$quiet"))

    def _put(self, name: str, words: Content) -> None:
        """Show words where others stood; the window is laid out anew only then."""
        place = self.query_one(f"#{name}", Static)
        if place.content != words:
            place.update(words)

    def _head(self, part: Part | None) -> Content:
        asks = self._asks
        place = tr("Card {number} of {all}", number=self._done + 1, all=self._pile.cards)
        if part is None:
            return Content.styled(place, "bold")
        question = tr("question {number} of {all}", number=asks.index(part.ask) + 1, all=len(asks))
        lines = [Content.styled(f"{place} · {question}" if len(asks) > 1 else place, "$quiet")]
        lines += [Content(""), Content.styled(part.ask.text, "bold")]
        if part.name in _LEADS:
            lines.append(Content(tr(_LEADS[part.name])))
        return Content("\n").join(lines)

    def _kept_as(self) -> str:
        """Return how the words would be kept, where that is not as they are typed."""
        if not self._writes:
            return ""
        hidden = self._desk.session.names.as_kept(self._card.text)
        return tr("will be kept as: {text}", text=hidden.text) if hidden.spans else ""

    def _marks(self, part: Part | None) -> Content:
        if part is None:
            return self._whole()
        rows = [
            answer_row(number, mark.label, "x" if self._card.is_marked(mark) else "")
            for number, mark in enumerate(self._card.marks(), 1)
        ]
        return Content("\n").join(rows)

    def _whole(self) -> Content:
        """Return what a card holds before it goes into the box: its marks, and of words no word."""
        try:
            answered = self._card.answers()
        except SessionError as error:
            return Content(tr(error.sentence))
        if not answered:
            return Content(tr("Nothing stands on this card. Nothing goes into the box."))
        lines = [Content(f"{'✓' if ask.id in answered else '–'} {ask.text}") for ask in self._asks]
        return Content("\n").join([*lines, Content(""), Content(tr(_FINAL))])

    def _keys(self, part: Part | None) -> str:
        if self._busy:
            return tr("One moment…")
        if part is None:
            return tr("enter  into the box · shift+tab  back · esc  leaves")
        match part.name:
            case "text":
                return tr(
                    "enter  goes on, also with nothing written · shift+tab  back · esc  leaves"
                )
            case "places":
                return tr("numbers  mark · enter  goes on · shift+tab  back · esc  leaves")
            case _:
                return tr("number  marks · enter  nothing marked · shift+tab  back · esc  leaves")


_LEADS = {
    "level": mark("Which box is ticked?"),
    "then": mark("Then:"),
    "now": mark("Now:"),
}


def _is_command(event: events.Key | events.Paste) -> bool:
    return isinstance(event, events.Key) and event.key.startswith("ctrl+")
