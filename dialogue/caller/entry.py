"""One ask on the form: its draft, and what became of it.

Pure. It does what the phone page's script does. A draft is what stands in the form, and nowhere
else. What was marked as done waits for the next regular call. From its first try on it cannot be
changed, because it may have arrived although the answer got lost; the same is then sent again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from agreements.plan import Ask, AskKind
from dialogue.caller.told import Place
from dialogue.web.door import Receipt
from dialogue.web.receipts import kept_text
from dialogue.web.strings import Strings
from dialogue.web.wire import Envelope
from sessions.payloads import AnswerRefusedError, parse
from sessions.text import paragraph

State = Literal["draft", "waiting", "tried", "kept", "passed", "missed"]
"""`waiting`: done, and still to be changed. `tried`: it may have arrived. `missed`: it was not
sent, or came too late; its words are left for their writer."""

NOT_AN_ANSWER: Final = frozenset({"level", "withdrawable"})
"""What a form says beside the answer itself."""

# The gate may write one character as up to four; a limit that cuts nothing lies beyond that.
_GROWTH: Final = 4

_EMPTY: Final[Mapping[AskKind, str]] = {
    "words": "empty_words",
    "compass": "empty_choice",
    "choice": "empty_choice",
    "scale": "empty_choice",
    "then-now": "empty_then_now",
    "commitment": "empty_commitment",
}
"""What may be said of a form that was not answered, by kind."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the place of a form once it is done."""

    heading: str = ""
    kept: str = field(default="", repr=False)
    """Exactly what was kept."""
    withdraw_words: str = field(default="", repr=False)
    left: str = field(default="", repr=False)
    """Words that nobody else has."""


@dataclass(slots=True, eq=False)
class Entry:
    """One ask, and its writer's answer to it."""

    ask: Ask
    places: tuple[str, ...]
    """The places of the compass, by id."""
    t: Strings = field(repr=False)
    token: str = field(default="", repr=False)
    """What entitles to an answer. Where it takes a seat card, it comes with the card's code."""
    fields: dict[str, str] = field(default_factory=dict, repr=False)
    """What stands in the form, by the names it is sent under."""
    card: tuple[str, ...] = field(default=(), repr=False)
    """What stands on a commitment's card. It is never sent."""
    state: State = "draft"
    envelope: Envelope | None = field(default=None, repr=False)
    shown: Shown = field(default_factory=Shown, repr=False)
    trouble: str = ""
    """Why it is not done yet."""
    sheet: str = ""
    """The sheet it belongs to."""
    compass: tuple[Place, ...] = ()
    """The places of the compass, as they are called in the language that is read."""

    @property
    def words(self) -> str:
        """The words that were typed and that nobody else has."""
        if self.ask.kind == "words":
            return self.fields.get("text", "")
        return "\n".join(line for line in map(str.strip, self.card) if line)

    @property
    def has_draft(self) -> bool:
        """Whether somebody has begun to answer."""
        given = (text for name, text in self.fields.items() if name not in NOT_AN_ANSWER)
        return bool(self.words.strip() or any(text.strip() for text in given))

    @property
    def is_unsent(self) -> bool:
        """Whether something would be lost by leaving now."""
        begun = self.state == "draft" and self.has_draft
        return begun or (self.state in ("waiting", "tried") and self.envelope is not None)

    @property
    def outgoing(self) -> Envelope | None:
        """What is to go out with the next call, if anything."""
        if self.state not in ("waiting", "tried") or self.envelope is None or not self.token:
            return None
        return replace(self.envelope, token=self.token)

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is needed once the sheet is gone.

        What was kept is in the box then, and no words lead to it any more.
        """
        return self.state != "missed" and self.outgoing is None

    def done(self) -> bool:
        """Mark what stands in the form as done; say whether it can be meant as it stands."""
        if not self.token:
            self.trouble = self.t["seat"]["needed"]
            return False
        try:
            parse(self.ask, self.places, self.fields)
        except AnswerRefusedError as refused:
            self.trouble = self._reason(refused)
            return False
        answer = {name: text for name, text in self.fields.items() if name != "withdrawable"}
        if "text" in answer:
            answer["text"] = gated(answer["text"])
        withdrawable = "withdrawable" in self.fields
        self._wait(Envelope(self.ask.id, "", answer, withdrawable=withdrawable))
        return True

    def pass_by(self) -> None:
        """Give no answer. Nothing is sent, and from outside it looks like any beat."""
        self._wait(None)

    def change(self) -> None:
        """Go back to the form, as long as nothing has gone out."""
        if self.state in ("waiting", "passed"):
            self.back_to_form("")

    def back_to_form(self, sentence: str) -> None:
        """Show the form again, and why."""
        self.state, self.envelope, self.shown = "draft", None, Shown()
        self.trouble = sentence

    def speak(self, t: Strings) -> None:
        """Say what is ours in another language; what was written stays as it is."""
        self.trouble = ""
        self._reword(t, self.ask, self.compass)

    def take_words(self, ask: Ask, compass: tuple[Place, ...]) -> None:
        """Take the same question over as it is in the language that is read."""
        if (ask, compass) != (self.ask, self.compass):
            self._reword(self.t, ask, compass)

    def _reword(self, t: Strings, ask: Ask, compass: tuple[Place, ...]) -> None:
        shown = self.shown
        heading, kept = (_anew(one, self.t, t) for one in (shown.heading, shown.kept))
        if kept and kept == self._kept_in(self.t, self.ask, self.compass):
            kept = self._kept_in(t, ask, compass)
        self.shown = replace(shown, heading=heading, kept=kept)
        self.t, self.ask, self.compass = t, ask, compass

    def _kept_in(self, t: Strings, ask: Ask, compass: tuple[Place, ...]) -> str:
        """Return what was kept as the door would show it in a language; empty when it is none."""
        if self.state != "kept" or self.envelope is None:
            return ""
        try:
            payload = parse(ask, self.places, self.envelope.fields)
        except AnswerRefusedError:
            return ""
        return kept_text(t, ask, payload, compass)

    def settle(self) -> None:
        """Take note that a call has come and gone: whoever passed has passed."""
        if self.state == "waiting" and self.envelope is None:
            self.state = "passed"
            self.shown = Shown(self.t["receipt"]["passed"], self.t["receipt"]["nothing"])

    def wait_on(self, sentence: str) -> None:
        """Take note that it may have gone out, and that nothing good was heard of it yet."""
        self.state, self.shown = "tried", Shown(sentence)

    def receive(self, receipt: Receipt) -> None:
        """Take note of what became of it."""
        match receipt.outcome:
            case "received":
                self._keep(receipt)
            case "wrong":
                self.back_to_form(receipt.sentence)
            case "spoken":
                self.miss(receipt.sentence, receipt.sentence)
            case "late":
                self.miss(self.t["receipt"]["late"], self.t["receipt"]["late_choice"])
            case "pausing":
                self.wait_on(self.t["says"]["held"])
            case "failed":
                self.wait_on(self.t["says"]["retry"])

    def miss(self, with_words: str, without: str) -> None:
        """Leave it unsent; its words stay for their writer.

        Args:
            with_words: What is said where there are words.
            without: What is said where there are none.
        """
        words = self.words
        self.state, self.envelope = "missed", None
        self.shown = Shown(with_words if words else without, left=words)

    def _wait(self, envelope: Envelope | None) -> None:
        self.state, self.envelope, self.trouble = "waiting", envelope, ""
        self.shown = Shown(self.t["says"]["loading"])

    def _keep(self, receipt: Receipt) -> None:
        self.state = "kept"
        self.shown = Shown(
            self.t["receipt"]["kept"],
            receipt.kept or self.t["receipt"]["unshown"],
            receipt.withdraw_words,
            # Of a card only its owner has the words.
            "" if self.ask.kind == "words" else self.words,
        )

    def _reason(self, refused: AnswerRefusedError) -> str:
        says = self.t["says"]
        if refused.reason == "empty":
            return says[_EMPTY[self.ask.kind]]
        if refused.reason == "both":
            return says["both"]
        return says["over"].format(count=refused.over) if refused.over else refused.sentence


def _anew(text: str, before: Strings, t: Strings) -> str:
    """Return one of our own sentences in another language; anything else as it is."""
    for section in ("receipt", "says"):
        for key, said in before[section].items():
            if said == text:
                return t[section][key]
    return text


def gated(text: str) -> str:
    """Return words as the door will take them; nothing is cut."""
    return paragraph(text, _GROWTH * len(text))
