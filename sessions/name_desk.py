"""Whom a session hides, by which words, and what was decided about them: until the session ends.

Touches nothing. In memory only, and dropped when the session is left: the roster, who is called
what, the answers to "is this a name?", and the words that may still come back. What it hands out
is facts as they may be kept.

Invariants:

* An answer holds for the whole session: from then on, and in everything that was kept before.
* Words come back only by an answer that keeps them, and only where they were hidden in doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sessions.deidentify.aliases import Aliases
from sessions.deidentify.answered import parts
from sessions.deidentify.doubts import Doubt, Doubtful
from sessions.deidentify.memory import NOTHING
from sessions.deidentify.model import Hidden
from sessions.deidentify.roster import Roster
from sessions.deidentify.seam import hide, hide_again, hide_roster
from sessions.deidentify.words import fold
from sessions.facts import AnswerItem, Answers, Fact, Note, OwnTheme
from sessions.text import NOTE_LIMIT
from sessions.themes import LABEL_LIMIT

_TRANSLATION = " translation"
_LABEL = " label"

Worded = Fact | OwnTheme
"""What has words in which somebody may be named."""
Changed = dict[str, Worded]
"""What an answer or a roster has changed, by its id."""
ChangesWords = Callable[[list[Worded]], Changed]
"""Takes an answer or a roster, and returns all that it changes."""


@dataclass(frozen=True, slots=True)
class _Changed:
    """A text of the record after an answer."""

    text: str = field(repr=False)
    hidden: Counter[str]
    """How much more is hidden, by label; what came back counts below nothing."""


_Change = Callable[[str, str], _Changed]
"""Changes the words at a place."""


class NameDesk:
    """What one session knows of names."""

    def __init__(self, aliases: Aliases, roster: Roster | None = None) -> None:
        """Begin with nothing decided.

        Args:
            aliases: Which numbers are taken.
            roster: Who is in the room.
        """
        self.roster = roster or Roster()
        self.aliases = aliases
        self.memory = NOTHING
        self._doubtful: dict[str, Doubtful] = {}

    def as_kept(self, text: str) -> Hidden:
        """Return words as they would be kept now; it remembers nothing of them."""
        return hide(text, self.roster, self.aliases, memory=self.memory)

    def hidden(self, text: str, item: str) -> str:
        """Return the words of the answer with an id as they are kept."""
        return self.keep(item, self.as_kept(text))

    def keep(self, place: str, hidden: Hidden) -> str:
        """Remember, of words that are kept, who is called what and what is left to decide.

        Args:
            place: The id of the fact or the answer that holds the words.
            hidden: The words as they are kept.

        Returns:
            The text of the record.
        """
        self.aliases = hidden.aliases
        self._put(place, Doubtful.of(hidden))
        return hidden.text

    def keep_translation(self, item: str, hidden: Hidden) -> str:
        """Remember the same of the facilitator's words in the place of an answer's."""
        return self.keep(item + _TRANSLATION, hidden)

    def doubts(self, item: AnswerItem) -> tuple[Doubt, ...]:
        """Return where an answer hides words that nobody has decided about yet."""
        known = self._doubtful.get(item.id)
        if known is None or known.text != item.text:
            return ()
        return tuple(doubt for doubt in known.doubts if doubt.is_open(self.memory))

    def answer(self, written: str, facts: Iterable[Worded], *, keep: bool) -> Changed:
        """Take the answer about some words, and return every fact that it changes, by its id.

        Args:
            written: The words, as they stood in a text.
            facts: All there are, also those that were taken back: undo may bring them again.
            keep: Whether the words stay; otherwise they go.
        """
        if keep:
            self.memory = self.memory.keep(written)
            return self._each(facts, lambda place, text: self._back(place, text, written))
        self.memory = self.memory.hide(written)
        wanted = parts(written)  # a look that costs little: most texts hold none of them
        return self._each(
            facts,
            lambda place, text: (
                self._again(place, text)
                if _has_all(self._known(place, text).text, wanted)
                else _Changed(text, Counter())
            ),
        )

    def name_room(self, roster: Roster, facts: Iterable[Worded]) -> Changed:
        """Take who is in the room, and return every fact that names somebody of it, by its id."""
        self.roster = roster
        return self._each(facts, lambda place, text: self._again(place, text, named=True))

    @property
    def shortened(self) -> int:
        """How many texts have lost their end to what stands for names; answers bring it back."""
        return sum(known.whole is not None for known in self._doubtful.values())

    def relabelled(self, before: Iterable[OwnTheme], after: Iterable[OwnTheme]) -> bool:
        """Take what own themes are called now, and say whether a name of before is gone."""
        labels = {theme.label for theme in after}
        self.aliases = self.aliases.past(labels)
        return not labels.issuperset(theme.label for theme in before)

    def of_roster(self, text: str) -> str:
        """Return a title or a contact without the names of the room."""
        hidden = hide_roster(text, self.roster, self.aliases)
        self.aliases = hidden.aliases
        return hidden.text

    def forget(self) -> None:
        """Drop all of it: the session is over, or left."""
        self.roster, self.memory = Roster(), NOTHING
        self.aliases = Aliases.start_after(self.aliases.last)
        self._doubtful.clear()

    def _each(self, facts: Iterable[Worded], change: _Change) -> Changed:
        """Return the facts that a change changes; the same words at a place change once."""
        done: dict[tuple[str, str], _Changed] = {}

        def once(place: str, text: str) -> _Changed:
            if (place, text) not in done:
                done[place, text] = change(place, text)
            return done[place, text]

        changed = ((fact, _changed(fact, once)) for fact in facts)
        return {after.id: after for before, after in changed if after is not before}

    def _back(self, place: str, text: str, written: str) -> _Changed:
        known = self._known(place, text)
        after = known.brought_back(written)
        before = Counter(doubt.label for doubt in known.doubts)
        left = Counter(doubt.label for doubt in after.doubts)
        left.subtract(before)
        return _Changed(self._put(place, after), left)

    def _again(self, place: str, text: str, *, named: bool = False) -> _Changed:
        known = self._known(place, text)
        hidden = hide_again(known.text, self.roster, self.aliases, self.memory, named=named)
        if not hidden.spans:
            return _Changed(text, Counter())
        self.aliases = hidden.aliases
        return _Changed(self._put(place, known.hidden_again(hidden)), Counter(hidden.counts))

    def _known(self, place: str, text: str) -> Doubtful:
        """Return what is known of a text of the record, with the end that did not fit there."""
        known = self._doubtful.get(place)
        if known is None or known.text != text:
            return Doubtful(text)
        return known.whole or known

    def _put(self, place: str, text: Doubtful) -> str:
        """Remember what is left to decide of a text, and return as much of it as a record holds.

        A longer one loses its end there, rather than a name stays; an answer brings it back.
        """
        kept = text.cut(LABEL_LIMIT if place.endswith(_LABEL) else NOTE_LIMIT)
        if kept.doubts or kept.whole is not None:
            self._doubtful[place] = kept
        else:
            self._doubtful.pop(place, None)
        return kept.text


def _has_all(text: str, wanted: Iterable[str]) -> bool:
    folded = fold(text)
    return all(part in folded for part in wanted)


def _changed(fact: Worded, change: _Change) -> Worded:
    """Return a fact with its words changed; the same object where none were."""
    if isinstance(fact, OwnTheme):
        label = change(fact.id + _LABEL, fact.label).text
        return fact if label == fact.label else fact.model_copy(update={"label": label})
    if isinstance(fact, Answers):
        items = tuple(_changed_item(item, change) for item in fact.items)
        same = all(new is old for new, old in zip(items, fact.items, strict=True))
        return fact if same else fact.model_copy(update={"items": items})
    said = change(fact.id, fact.text)
    if said.text == fact.text:
        return fact
    update: dict[str, object] = {"text": said.text}
    if isinstance(fact, Note):
        counts = Counter(fact.hidden)
        counts.update(said.hidden)
        update["hidden"] = {label: number for label, number in counts.items() if number > 0}
    return fact.model_copy(update=update)


def _changed_item(item: AnswerItem, change: _Change) -> AnswerItem:
    update: dict[str, str] = {}
    for name, place in (("text", item.id), ("translation", item.id + _TRANSLATION)):
        words = getattr(item, name)
        if words is not None and (said := change(place, words).text) != words:
            update[name] = said
    return item.model_copy(update=update) if update else item
