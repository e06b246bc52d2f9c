"""What somebody is shown who reads another language than the one content is in.

Pure. An item that is ours word for word is shown as we have it in her language. Every other one,
as a group's own wording or a plan of the user's, stands there whole as it is, and is marked. So no
item is ever in two languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from agreements.languages import nearest
from agreements.model import Item, Prompt, Protocol
from agreements.plan import Ask, Plan, Step

if TYPE_CHECKING:
    from agreements.library import Library

_Item = TypeVar("_Item", bound=Item)


class Worded(NamedTuple):
    """A text, and the language it is in where that is not the reader's."""

    text: str
    language: str = ""


class Reader:
    """Shows content in one language."""

    def __init__(self, language: str, shelves: Mapping[str, Library]) -> None:
        """Read in a language.

        Args:
            language: Hers; one of the languages of `shelves`.
            shelves: The shipped content by language, with nothing of a user's in it.
        """
        self.language = language
        self._shelves = shelves
        self._own = shelves[language]

    def prompt(self, prompt: Prompt, around: str) -> Prompt:
        """Return a prompt as she reads it.

        Args:
            prompt: As the session has it.
            around: The language of the plan that holds it.
        """
        shelf = self._shelf(prompt.language or around)
        theirs = {} if shelf is None else shelf.below | shelf.prompts
        return self._shown(prompt, around, theirs, self._own.prompts)

    def protocol(self, protocol: Protocol) -> Protocol:
        """Return the protocol as she reads it, item by item."""
        parts = ("agreements", "conditions", "compass", "confidentiality")
        shown = {part: self._part(protocol, part) for part in parts}
        return protocol.model_copy(update={**shown, "language": self.language})

    def line(self, text: str, around: str) -> Worded:
        """Return a title or a purpose of a plan as she reads it."""
        return self._worded(text, self._lines, around)

    def ask(self, ask: Ask, around: str) -> tuple[Ask, str]:
        """Return an ask as she reads it, and its language where that is not hers."""
        if around == self.language:
            return ask, ""
        found = self._asks.get((self._name_of(around), ask))
        return (ask, around) if found is None else (found, "")

    def _part(self, protocol: Protocol, part: str) -> tuple[Item, ...]:
        own = {one.id: one for one in getattr(self._own.protocol, part)}
        items: Iterable[Item] = getattr(protocol, part)
        return tuple(self._shown(one, protocol.language, None, own, part) for one in items)

    def _shown(
        self,
        item: _Item,
        around: str,
        theirs: Mapping[str, _Item] | None,
        own: Mapping[str, _Item],
        part: str = "",
    ) -> _Item:
        """Return an item in her language where it is ours word for word, else marked."""
        language = item.language or around
        if language == self.language:
            return _without_mark(item)
        if theirs is None:
            shelf = self._shelf(language)
            held = () if shelf is None else getattr(shelf.protocol, part)
            theirs = {one.id: one for one in held}
        known, found = theirs.get(item.id), own.get(item.id)
        ours = known is not None and _without_mark(known) == _without_mark(item)
        if ours and found is not None and not found.language:
            return found
        return item.model_copy(update={"language": language})

    def _worded(self, text: str, known: Mapping[tuple[str, str], str], around: str) -> Worded:
        if around == self.language:
            return Worded(text)
        found = known.get((self._name_of(around), text))
        return Worded(text, around) if found is None else Worded(found)

    def _shelf(self, language: str) -> Library | None:
        return self._shelves.get(self._name_of(language))

    def _name_of(self, language: str) -> str:
        return nearest(language, self._shelves)

    @cached_property
    def _lines(self) -> Mapping[tuple[str, str], str]:
        """What titles and purposes are in her language, by their own language and text."""
        found: dict[tuple[str, str], str] = {}
        for name, theirs, own in self._pairs():
            found.setdefault((name, theirs.title), own.title)
            for step, same in _steps(theirs, own):
                found.setdefault((name, step.title), same.title)
                found.setdefault((name, step.purpose), same.purpose)
        return found

    @cached_property
    def _asks(self) -> Mapping[tuple[str, Ask], Ask]:
        """What asks are in her language, by their own language and all they say."""
        found: dict[tuple[str, Ask], Ask] = {}
        for name, theirs, own in self._pairs():
            for step, same in _steps(theirs, own):
                asks = {ask.id: ask for ask in same.asks}
                for ask in step.asks:
                    if _same_answers(ask, asks.get(ask.id)):
                        found.setdefault((name, ask), asks[ask.id])
        return found

    def _pairs(self) -> Iterator[tuple[str, Plan, Plan]]:
        """Yield each shipped plan of another language beside the same one in hers."""
        for name, shelf in self._shelves.items():
            for plan_id, theirs in shelf.plans.items():
                own = self._own.plans.get(plan_id)
                whole = own is not None and own.language == self.language
                if own is not None and whole and theirs.language == name != self.language:
                    yield name, theirs, own


def _steps(theirs: Plan, own: Plan) -> Iterator[tuple[Step, Step]]:
    same = {step.id: step for step in own.steps + own.alternatives}
    for step in theirs.steps + theirs.alternatives:
        if step.id in same:
            yield step, same[step.id]


def _same_answers(ask: Ask, other: Ask | None) -> bool:
    """Say whether what is answered to the one can be read as an answer to the other."""
    if other is None or (ask.kind, ask.points) != (other.kind, other.points):
        return False
    return [one.id for one in ask.options] == [one.id for one in other.options]


def _without_mark(item: _Item) -> _Item:
    return item if item.language is None else item.model_copy(update={"language": None})
