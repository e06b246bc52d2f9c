"""A list to choose from, one or several, that says what is chosen without any colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from dialogue.tui.widgets.choice_list import ChoiceList


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to choose."""

    name: str
    """The name of the field that it stands for."""
    value: str
    label: str
    hint: str = ""


class Choices(ChoiceList):
    """What is chosen has a sign in its brackets; where the keys are, an arrow stands before it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", "choose", show=False)]

    class Chosen(Message):
        """Something was chosen, or no longer is."""

    def __init__(self, items: Sequence[Item], *, several: bool, chosen: frozenset[int]) -> None:
        """Show what there is to choose.

        Args:
            items: From the first to the last.
            several: More than one may be chosen; and what is chosen can be given back.
            chosen: Which of them are chosen, counted from 0.
        """
        self._items = tuple(items)
        self._several = several
        self._chosen = set(chosen)
        super().__init__(*self._prompts(None), markup=False, compact=True)

    @property
    def fields(self) -> dict[str, str]:
        """What is chosen, as the fields of a form."""
        return {self._items[at].name: self._items[at].value for at in sorted(self._chosen)}

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Take what the keys stand on, or give it back where several may be chosen."""
        event.stop()
        self._choose(event.option_index)

    def on_key(self, event: events.Key) -> None:
        """Let a digit choose a point of a scale."""
        found = [
            at
            for at, item in enumerate(self._items)
            if item.value == event.character and item.label.startswith(item.value)
        ]
        if found:
            event.stop()
            self.highlighted = found[0]
            self._choose(found[0])

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001
        """Show where the keys are, or that they are elsewhere."""
        super().watch_has_focus(has_focus)
        if has_focus and self.highlighted is None:
            self.highlighted = min(self._chosen, default=0)
        self._redraw()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Take the arrow along."""
        super().watch_highlighted(highlighted)
        self._redraw()

    def _choose(self, at: int) -> None:
        if self._several:
            self._chosen ^= {at}
        else:
            self._chosen = {at}
        self._redraw()
        self.post_message(self.Chosen())

    def _redraw(self) -> None:
        at = self.highlighted if self.has_focus else None
        for number, prompt in enumerate(self._prompts(at)):
            self.replace_option_prompt_at_index(number, prompt)

    def _prompts(self, keys_at: int | None) -> list[Content]:
        return [self._prompt(at, here=at == keys_at) for at in range(len(self._items))]

    def _prompt(self, at: int, *, here: bool) -> Content:
        item = self._items[at]
        sign = ("x" if self._several else "•") if at in self._chosen else " "
        box = f"[{sign}]" if self._several else f"({sign})"
        first = Content(f"{'›' if here else ' '} {box} {item.label}")
        if not item.hint:
            return first
        return Content("\n").join([first, Content(f"      {item.hint}")])
