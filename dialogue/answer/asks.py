"""The asks in turn: one at a time, and a way to the one before and the next."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from dialogue.answer.entry_view import EntryView, Push
from dialogue.caller.entry import Entry, State
from dialogue.caller.told import Place
from dialogue.web.strings import Strings


class Asks(Vertical):
    """Shows one ask of the page, and keeps its place whatever becomes of the others."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._at: Entry | None = None
        self._state: State | None = None
        """How the ask in sight stood when it was drawn last."""
        self._place = Static("", markup=False, classes="place")
        self._all_done = Static("", markup=False, classes="all-done")
        self._before = Push("before", "")
        self._following = Push("following", "")

    def compose(self) -> ComposeResult:
        """Put the way to the other asks below the one in sight."""
        yield self._place
        yield Vertical(classes="views")
        yield self._all_done
        with Horizontal(classes="buttons"):
            yield self._before
            yield self._following

    @property
    def views(self) -> list[EntryView]:
        """The asks, in the page's order."""
        return list(self.query(EntryView))

    def collect(self) -> None:
        """Take note of what stands in every form."""
        for view in self.views:
            view.collect()

    async def draw(self, entries: Sequence[Entry], places: Sequence[Place], t: Strings) -> bool:
        """Show the asks of the page; say whether there are new ones.

        Args:
            entries: Those of the page, in its order.
            places: The places of the compass.
            t: The texts of the room's language.
        """
        known = {view.entry: view for view in self.views}
        for entry, view in known.items():
            if entry not in entries:
                await view.remove()
        await self._say_anew(places)
        fresh = [EntryView(entry, places) for entry in entries if entry not in known]
        # New asks stand before what is left of those before them.
        await self.query_one(".views").mount(*fresh, before=0 if self.views else None)
        for view in self.views:
            await view.draw()
        if fresh or self._at not in entries:
            self._at = next((one for one in entries if one.state == "draft"), None)
            self._at = self._at or next(iter(entries), None)
        self._draw_way(list(entries), t)
        state = None if self._at is None else self._at.state
        if state != self._state and self.has_focus_within:
            self.call_after_refresh(self._show_from_its_top)
        self._state = state
        return bool(fresh)

    async def _say_anew(self, places: Sequence[Place]) -> None:
        """Draw again what is in another language than it was; what was filled in stays."""
        for view in self.views:
            if view.is_in_other_words:
                view.collect()
                again = EntryView(view.entry, places)
                focused = view.has_focus_within
                await self.query_one(".views").mount(again, after=view)
                await view.remove()
                if focused:
                    again.begin()

    @on(Button.Pressed)
    def turn(self, event: Button.Pressed) -> None:
        """Go to the ask before, or to the next."""
        event.stop()
        step = 1 if event.button is self._following else -1
        self.turn_by(step)
        view = self._view()
        if view is not None:
            self.call_after_refresh(self._go_to, view)

    def turn_by(self, step: int) -> None:
        """Show another ask; after the last one comes the first."""
        entries = [view.entry for view in self.views]
        if self._at in entries:
            self._at = entries[(entries.index(self._at) + step) % len(entries)]
            self._draw_way(entries, self._at.t)

    def settle(self, t: Strings) -> None:
        """Lead on from an ask that somebody is done with, without taking it out of sight."""
        self._draw_way([view.entry for view in self.views], t)
        view = self._view()
        target = self._following if self._following.display else view and view.first
        if target is not None:
            target.focus()
        self.call_after_refresh(self._show_from_its_top)

    def _go_to(self, view: EntryView) -> None:
        view.begin()
        if view.entry.state != "draft":
            self._following.focus()
        self._show_from_its_top()

    def _show_from_its_top(self) -> None:
        """Bring the ask in sight onto the screen from its first line."""
        view = self._place if self._place.display else self._view()
        if view is not None:
            view.scroll_visible(top=True, animate=False)

    def _view(self) -> EntryView | None:
        return next((view for view in self.views if view.entry is self._at), None)

    def _draw_way(self, entries: list[Entry], t: Strings) -> None:
        """Show the one ask in sight, where it stands among all, and the way to the others."""
        for view in self.views:
            view.display = view.entry is self._at
        number = entries.index(self._at) + 1 if self._at in entries else 0
        several = len(entries) > 1
        place = t["terminal"]["place"].format(number=number, count=len(entries))
        self._place.update(place)
        self._place.display = several
        self._before.say(t["terminal"]["before"] if several and number > 1 else "")
        on = several and number < len(entries)
        self._following.say(t["terminal"]["following"] if on else "")
        done = bool(entries) and not any(one.state in ("draft", "waiting") for one in entries)
        self._all_done.update(t["receipt"]["all_done"] if done else "")
        self._all_done.display = done
