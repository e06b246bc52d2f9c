"""The form of one ask, by its kind: what there is to fill in, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from agreements.plan import Ask
from dialogue.answer.choices import Choices, Item
from dialogue.caller.entry import gated
from dialogue.caller.told import Place
from dialogue.web.strings import Strings
from sessions.payloads import LEVELS, WORDS_LIMIT

_LONGEST_CARD_LINE = 280


@dataclass(frozen=True, slots=True)
class Filled:
    """What is filled in before anybody types: nothing, or what stood in another language's form."""

    t: Strings = field(repr=False)
    """The texts of the language that is read."""
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    """By the names they are sent under."""
    card: Sequence[str] = field(default=(), repr=False)
    """The lines of a commitment's card."""

    def choices(self, items: Sequence[Item], *, several: bool) -> Choices:
        """Return a list with what is chosen in it."""
        given = self.fields
        chosen = (at for at, one in enumerate(items) if given.get(one.name) == one.value)
        return Choices(items, several=several, chosen=frozenset(chosen))

    def withdrawable(self) -> Choices:
        """Return the wish for words to withdraw with."""
        item = Item("withdrawable", "1", self.t["ask"]["withdrawable"])
        return self.choices([item], several=True)


class Form(Vertical):
    """What there is to fill in for one ask. Nothing is chosen that nobody chose."""

    def __init__(self, filled: Filled) -> None:
        """Show a form with what stands in it.

        Args:
            filled: What was filled in before, and the texts.
        """
        super().__init__()
        self.t = filled.t
        self._filled = filled

    @property
    def fields(self) -> dict[str, str]:
        """What stands in the form, by the names it is sent under."""
        found: dict[str, str] = {}
        for choices in self.query(Choices):
            found |= choices.fields
        return found

    @property
    def card(self) -> tuple[str, ...]:
        """What is written here and is never sent."""
        return ()

    @property
    def first(self) -> Widget | None:
        """Where an answer begins, of what can be seen."""
        return next((one for one in self.query("*") if one.focusable), None)

    @property
    def screens(self) -> int:
        """How many screens it is filled in on."""
        return 1

    def turn_to(self, screen: int) -> None:
        """Show one of its screens, counted from 0."""


class WordsForm(Form):
    """A few lines of words, and who may read them."""

    def compose(self) -> ComposeResult:
        """Put the levels below the words, the narrowest one chosen."""
        text = self._filled.fields.get("text", "")
        yield TextArea(text, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False)
        yield Static(self.t["ask"]["limit"], markup=False, classes="count")
        yield Static(self.t["levels"]["title"], markup=False, classes="label")
        levels = [Item("level", level, self.t["levels"][level]) for level in LEVELS]
        filled = self._filled
        chosen = (
            filled if "level" in filled.fields else replace(filled, fields={"level": LEVELS[0]})
        )
        yield chosen.choices(levels, several=False)
        yield filled.withdrawable()

    def on_mount(self) -> None:
        """Go on at the end of what is written."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    @property
    def fields(self) -> dict[str, str]:
        """The words and their level."""
        return {"text": self.query_one(TextArea).text, **super().fields}

    @on(TextArea.Changed)
    def count(self, event: TextArea.Changed) -> None:
        """Count what was typed as the door will; nothing is cut."""
        signs = len(gated(event.text_area.text))
        over = signs - WORDS_LIMIT
        said = self.t["says"]
        text = said["over"].format(count=over) if over > 0 else said["count"].format(count=signs)
        self.query_one(".count", Static).update(text)


class PlacesForm(Form):
    """The places of the compass: as many as fit, or "not sure"."""

    def __init__(self, filled: Filled, places: Sequence[Place]) -> None:
        """Show the places.

        Args:
            filled: What was filled in before, and the texts.
            places: Those of the compass, in its order.
        """
        super().__init__(filled)
        self._places = places

    def compose(self) -> ComposeResult:
        """Put "not sure" below the places."""
        yield Static(self.t["ask"]["several"], markup=False, classes="label")
        items = [Item(f"point-{one.id}", "1", one.label, one.hint) for one in self._places]
        unsure = Item("not-sure", "1", self.t["ask"]["not_sure"])
        yield self._filled.choices([*items, unsure], several=True)
        yield self._filled.withdrawable()


class ChoiceForm(Form):
    """One of several answers."""

    def __init__(self, filled: Filled, ask: Ask) -> None:
        """Show the answers.

        Args:
            filled: What was filled in before, and the texts.
            ask: What is asked: a choice, or a scale.
        """
        super().__init__(filled)
        self._ask = ask

    def compose(self) -> ComposeResult:
        """Show the answers or the points."""
        if self._ask.kind == "choice":
            items = [Item("choice", one.id, one.label) for one in self._ask.options]
        else:
            items = [*_points(self._ask, "value")]
        yield self._filled.choices(items, several=False)
        yield self._filled.withdrawable()


class ThenNowForm(Form):
    """Then and now on two screens, so that the one is not held against the other."""

    def __init__(self, filled: Filled, ask: Ask) -> None:
        """Show the first screen.

        Args:
            filled: What was filled in before, and the texts.
            ask: What is asked.
        """
        super().__init__(filled)
        self._ask = ask

    @property
    def screens(self) -> int:
        """Then, and now."""
        return 2

    def compose(self) -> ComposeResult:
        """Put each of the two on its own screen."""
        for name in ("then", "now"):
            with Vertical(classes="screen"):
                yield Static(self.t["ask"][name], markup=False, classes="label")
                points = [*_points(self._ask, name)]
                yield self._filled.choices(points, several=False)
                if name == "now":
                    yield self._filled.withdrawable()

    def on_mount(self) -> None:
        """Begin with then."""
        self.turn_to(0)

    def turn_to(self, screen: int) -> None:
        """Show then or now."""
        for number, part in enumerate(self.query(".screen")):
            part.display = number == screen


class CardForm(Form):
    """A commitment's card. What is written on it stays here; only that it was made is sent."""

    def compose(self) -> ComposeResult:
        """Put three lines above the word that the card is made."""
        said = self.t["ask"]
        yield Static(self.t["terminal"]["card_about"], markup=False, classes="label")
        labels = (said["card_what"], self.t["terminal"]["card_when"], said["card_where"])
        for label, text in zip_longest(labels, self._filled.card, fillvalue=""):
            yield Static(label, markup=False, classes="label")
            yield Input(text, max_length=_LONGEST_CARD_LINE, compact=True)
        made = Item("made", "1", said["card_made"])
        yield self._filled.choices([made], several=True)

    @property
    def card(self) -> tuple[str, ...]:
        """The three lines."""
        return tuple(line.value for line in self.query(Input))


def form_for(ask: Ask, places: Sequence[Place], filled: Filled) -> Form:
    """Return the form of an ask.

    Args:
        ask: What is asked.
        places: The places of the compass.
        filled: What was filled in before, and the texts.
    """
    match ask.kind:
        case "words":
            return WordsForm(filled)
        case "compass":
            return PlacesForm(filled, places)
        case "choice" | "scale":
            return ChoiceForm(filled, ask)
        case "then-now":
            return ThenNowForm(filled, ask)
        case "commitment":
            return CardForm(filled)


def _points(ask: Ask, name: str) -> Iterator[Item]:
    """Yield the points of a scale; the ends say what they mean."""
    for point in range(1, ask.points + 1):
        end = {1: ask.low, ask.points: ask.high}.get(point, "")
        yield Item(name, str(point), f"{point}  {end}".rstrip())
