"""One ask on the screen: its form, or the card that tells what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static, TextArea

from dialogue.answer.choices import Choices
from dialogue.answer.forms import Filled, Form, form_for
from dialogue.caller.entry import Entry
from dialogue.caller.told import Place


class Push(Button):
    """A button that is one without colour: a word in brackets, reversed where the keys are."""

    def __init__(self, name: str, label: str = "", *, action: str | None = None) -> None:
        """Show a word.

        Args:
            name: What it does.
            label: What it says.
            action: What the program does then; without one it is left to whoever listens.
        """
        super().__init__(Content(f"[ {label} ]"), name=name, action=action, compact=True)
        # While its effect lasts, a button takes no further press; a quick second one counts here.
        self.active_effect_duration = 0

    def say(self, label: str) -> None:
        """Say something else; nothing hides it."""
        self.display = bool(label)
        self.label = Content(f"[ {label} ]")


class EntryView(Vertical):
    """An ask with its form. Its buttons change the entry and nothing else; no call is made."""

    class Settled(Message):
        """Somebody is done with this ask for now."""

    class Deleting(Message):
        """Somebody wants an answer deleted, by its words."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Removed(Message):
        """Somebody wants what was missed off the page."""

        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, entry: Entry, places: Sequence[Place]) -> None:
        """Show an ask.

        Args:
            entry: The ask and its answer.
            places: The places of the compass.
        """
        super().__init__()
        self.entry = entry
        filled = Filled(entry.t, dict(entry.fields), entry.card)
        self._form: Form | None = form_for(entry.ask, places, filled)
        self._worded = (entry.ask, entry.t)
        self._screen = 0
        self._deleting = False
        self._trouble = Static("", markup=False, classes="trouble")
        self._heading = Static("", markup=False, classes="heading")
        self._shown = Static("", markup=False, classes="shown")
        self._words = Static("", markup=False, classes="words")

    def compose(self) -> ComposeResult:
        """Put the form, and in its place later the card, below the question."""
        said = self.entry.t["ask"]
        yield Static(self.entry.ask.text, markup=False, classes="ask-text")
        with Vertical(classes="form"):
            if self._form is not None:
                yield self._form
            yield self._trouble
            with Horizontal(classes="buttons"):
                yield Push("back", said["back"])
                yield Push("on", said["next"])
                yield Push("done", said["done"])
                yield Push("pass", said["pass"])
        with Vertical(classes="card"):
            yield self._heading
            yield self._shown
            yield self._words
            yield Push("other", "")

    async def on_mount(self) -> None:
        """Show how it stands."""
        await self.draw()

    @property
    def first(self) -> Push | None:
        """The button of the card, where it has one."""
        other = self._push("other")
        return other if other.display else None

    @property
    def is_in_other_words(self) -> bool:
        """Whether the ask or the texts are in another language than when this was drawn."""
        ask, t = self._worded
        return ask != self.entry.ask or t is not self.entry.t

    def begin(self) -> None:
        """Go to where an answer begins."""
        if self.entry.state == "draft" and self._form is not None:
            first = self._form.first
            if first is not None:
                first.focus()

    def collect(self) -> None:
        """Take note of what stands in the form, as long as it is one."""
        if self._form is not None and self._form.is_mounted and self.entry.state == "draft":
            self.entry.fields, self.entry.card = self._form.fields, self._form.card

    async def draw(self) -> None:
        """Show what the entry has become."""
        entry = self.entry
        drafting = entry.state == "draft"
        self.query_one(".form").display = drafting
        self.query_one(".card").display = not drafting
        self._trouble.update(entry.trouble)
        self._trouble.display = bool(entry.trouble)
        self._draw_screen()
        self._draw_card()
        if entry.state in ("kept", "missed") and self._form is not None:
            # What was written stands on the card now, or in the room's box: not here as well.
            form, self._form = self._form, None
            entry.fields, entry.card = {}, ()
            await form.remove()

    @on(Button.Pressed)
    async def press(self, event: Button.Pressed) -> None:
        """Do what a button says."""
        event.stop()
        self.collect()
        match event.button.name:
            case "on" | "back":
                self._turn()
            case "done":
                if self.entry.done():
                    self.post_message(self.Settled())
            case "pass":
                self.entry.pass_by()
                self.post_message(self.Settled())
            case _:
                self._other()
        await self.draw()
        if event.button.name in ("on", "back", "other") or self.entry.trouble:
            self.begin()

    @on(TextArea.Changed)
    @on(Choices.Chosen)
    def clear_trouble(self) -> None:
        """Stop saying what was missing once something changes."""
        self.entry.trouble = ""
        self._trouble.display = False

    def _turn(self) -> None:
        self._screen = 1 - self._screen
        if self._form is not None:
            self._form.turn_to(self._screen)

    def _other(self) -> None:
        """Do what the card's one button says: change it, answer after all, delete, remove."""
        state, words = self.entry.state, self.entry.shown.withdraw_words
        if state in ("waiting", "passed"):
            self.entry.change()
        elif state == "kept":
            self._deleting = True
            self.post_message(self.Deleting(words))
        elif state == "missed":
            self.post_message(self.Removed(self.entry))

    def _draw_screen(self) -> None:
        """Show the buttons of the form's screen."""
        screens = 1 if self._form is None else self._form.screens
        self._push("back").display = self._screen > 0
        self._push("on").display = self._screen < screens - 1
        self._push("done").display = self._screen == screens - 1

    def _draw_card(self) -> None:
        t, shown = self.entry.t["receipt"], self.entry.shown
        self._heading.update(shown.heading)
        self._shown.update("\n\n".join(filter(None, (shown.kept, shown.left))))
        self._shown.display = bool(shown.kept or shown.left)
        words = f"{t['words']}\n{shown.withdraw_words}" if shown.withdraw_words else ""
        self._words.update(words)
        self._words.display = bool(words)
        labels = {"waiting": t["change"], "passed": t["answer"], "missed": t["remove"]}
        if shown.withdraw_words and not self._deleting:
            labels["kept"] = t["delete"]
        self._push("other").say(labels.get(self.entry.state, ""))

    def _push(self, name: str) -> Push:
        return next(one for one in self.query(Push) if one.name == name)
