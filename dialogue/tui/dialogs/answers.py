"""Reviews answers one by one: share, keep, or hold back for one of four reasons.

A random eight come first; the rest may wait. Nothing is decided for good until enter and then y,
two keys: what is held back leaves the record with its words. What is on this screen is private. For
reading back, o leaves those alone that are to be shared. Words in a language that few here write
would point to their writer outside: t puts the facilitator's own in their place. A word that may
tell who somebody is stays hidden until it is decided about: w keeps it, h hides it everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from agreements.sentence import Sentence
from dialogue.tui.widgets.entry_line import Entry, EntryLine
from dialogue.wording import mark, tr
from sessions import reviewing
from sessions.deidentify.doubts import Doubt
from sessions.errors import SessionError
from sessions.facts import AnswerItem, Answers
from sessions.live import LiveSession
from sessions.reviewing import FIRST, REASONS, Reason, Verdict, may_share, reason_of
from sessions.text import NOTE_LIMIT, one_line

_LEVELS = {
    "facilitator": mark("only you read it; it is deleted at the end"),
    "aloud": mark("may be read aloud here"),
    "quote": mark("may be read aloud here and quoted outside"),
}
_KEYS = mark(
    "s share · k keep · 1-4 hold back · r ask the room for other words\n"
    "t translate for outside · o only those to share\n"
    "n next · b back · enter done · esc leave"
)
_TRANSLATE = Entry("translate", "Quoted outside in your words:")
_REST = mark("These may wait until after the session.")
NOTHING = mark("There are no written answers to review yet.")
_REASON_WORDS: Mapping[Reason, str] = {
    "names a person": mark("names a person"),
    "points to one person": mark("points to one person"),
    "attacks a person": mark("attacks a person"),
    "unreadable": mark("unreadable"),
}
_DECISIONS: Mapping[str, str] = {
    "unread": mark("not decided"),
    "shared": mark("to share"),
    "kept": Sentence.meant("answer", "kept"),
    "other words": mark("held back; the room is asked for other words"),
}


class AnswersDialog(ModalScreen[str]):
    """Shows one answer at a time; hands back what to say about the whole."""

    CSS_PATH = "answers.tcss"
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", show=False),
        Binding("n,right,space", "go(1)", "next", show=False),
        Binding("b,left", "go(-1)", "back", show=False),
        Binding("s", "share", "share", show=False),
        Binding("k", "judge('kept')", "keep", show=False),
        Binding("r", "judge('other words')", "other words", show=False),
        Binding("t", "translate", "translate", show=False),
        Binding("o", "only_shared", "only those to share", show=False),
        Binding("w", "decide(True)", "keep the word", show=False),
        Binding("h", "decide(False)", "hide the word", show=False),
        *(
            Binding(str(number), f"judge('{reason}')", reason, show=False)
            for number, reason in enumerate(REASONS, 1)
        ),
        Binding("enter", "ask", "done", show=False),
        Binding("y", "apply", "yes", show=False),
    ]

    def __init__(self, session: LiveSession) -> None:
        """Review the answers there are, in an order drawn anew."""
        super().__init__()
        self._session = session
        self._all = reviewing.to_review(session)
        self._told = ""
        """What the room is to be told; once there is something, all is decided."""
        self._only_shared = False
        self._verdicts: dict[str, Verdict] = {}
        self._translations: dict[str, str] = {}
        self._place = 0
        self._asked = False
        self._before = ""
        """What was decided with the last key."""

    def compose(self) -> ComposeResult:
        """Show an answer above what can be done with it."""
        with Vertical():
            yield Static("", markup=False, id="head", classes="quiet")
            yield Static("", markup=False, id="answer")
            yield Static("", markup=False, id="question")
            yield Static("", markup=False, id="translation", classes="quiet")
            yield Static("", markup=False, id="verdict")
            yield EntryLine(self._session.names.as_kept, self._translate, self.decide_word)
            yield Static(_reasons(), markup=False, id="reasons", classes="quiet")
            yield Static(tr(_KEYS), markup=False, id="keys", classes="quiet")

    def on_mount(self) -> None:
        """Show the first answer."""
        self._show()

    @property
    def _items(self) -> list[AnswerItem]:
        """The answers that are gone through."""
        if not self._only_shared:
            return self._all
        return [item for item in self._all if self._decided(item) == "shared"]

    def _decided(self, item: AnswerItem) -> str:
        return self._verdicts.get(item.id, item.status)

    def action_only_shared(self) -> None:
        """Go through those to be shared alone, to read them back; or through all again."""
        self._only_shared = not self._only_shared
        self._asked = False
        self._place = 0
        self._show()

    def action_go(self, by: int) -> None:
        """Show another answer."""
        self._asked = False
        self._place = min(max(self._place + by, 0), max(len(self._items) - 1, 0))
        self._show()

    def action_share(self) -> None:
        """Mark an answer to be read aloud, if its writer let it."""
        if self._items and may_share(self._items[self._place]):
            self.action_judge("shared")
        else:
            self._say(tr("Its writer wrote it for you alone. It can be kept or held back."))

    def action_judge(self, verdict: Verdict) -> None:
        """Mark an answer and go on to the next."""
        if self._only_shared:
            self._say(tr("These are for reading back. o shows all of them again, to decide."))
        elif self._items:
            self._verdicts[self._items[self._place].id] = verdict
            self._before = f"   {self._place + 1}: {_in_words(verdict)}"
            self.action_go(1)

    def action_decide(self, keep: bool) -> None:  # noqa: FBT001
        """Keep or hide the word that is asked about, in every answer and note."""
        doubts = self._doubts()
        if doubts:
            self.decide_word(doubts[0].written, keep=keep)

    def decide_word(self, written: str, *, keep: bool) -> None:
        """Keep or hide a word for the whole session; what is shown follows the record."""
        self._session.decide_word(written, keep=keep)
        now = {item.id: item for one in self._session.facts(Answers) for item in one.items}
        self._all = [now.get(item.id, item) for item in self._all]
        self._show()

    def _doubts(self) -> tuple[Doubt, ...]:
        """Return what is asked about in the answer that is shown; nothing while reading back."""
        items = self._items
        if not items or self._only_shared or self._told:
            return ()
        return self._session.names.doubts(items[self._place])

    def action_translate(self) -> None:
        """Open the line for other words, which stand for an answer outside the room."""
        if not self._items:
            return
        if self._items[self._place].level != "quote":
            self._say(
                tr("Its writer did not let it be quoted outside, so it needs no other words.")
            )
            return
        self._asked = False
        item = self._items[self._place]
        # Words that were left standing belong to this answer, and are put before no other.
        self.query_one(EntryLine).open(replace(_TRANSLATE, command=f"translate {item.id}"))

    def _translate(self, _entry: Entry, text: str) -> None:
        """Take other words for the answer that is shown."""
        self._translations[self._items[self._place].id] = text
        self.query_one(EntryLine).close()
        self._show()

    async def take(self, event: events.Key | events.Paste) -> bool:
        """Let everything that is typed go into the line while it is open."""
        line = self.query_one(EntryLine)
        if line.is_open:
            await line.take(event)
            return True
        return False

    def action_ask(self) -> None:
        """Ask once more before anything is final."""
        held = sum(reason_of(verdict) is not None for verdict in self._verdicts.values())
        self._asked = True
        words = Sentence("Nothing held back.")
        if held:
            words = Sentence.counted(
                "{count} held back, its words gone for good.",
                "{count} held back, their words gone for good.",
                held,
            )
        sure = Sentence("y makes it so; esc leaves everything as it was.")
        self._say(tr(Sentence.joined(words, sure)))

    def action_apply(self) -> None:
        """Put the verdicts in the record."""
        if not self._asked:
            self._say(tr("Press enter first, then y."))
            return
        try:
            said = reviewing.apply(self._session, self._verdicts, self._translations)
        except SessionError as error:
            self._say(tr(error.sentence))
            return
        self._told = tr(said)
        self.query_one("#reasons").display = self.query_one("#keys").display = False
        self._draw(tr("Decided. It stays here until esc."), self._told, "")

    def action_leave(self) -> None:
        """Leave; unless it was applied, nothing has been decided."""
        self.dismiss(self._told)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let only esc do anything once all is decided, and nothing while words are typed."""
        if any(line.is_open for line in self.query(EntryLine)):
            return False
        return action == "leave" if self._told else super().check_action(action, parameters)

    def _show(self) -> None:
        items = self._items
        if not items:
            none = tr(NOTHING)
            if self._only_shared:
                none = tr("Nothing is to be shared yet. o shows all.")
            self._draw("", "", none)
            return
        item = items[self._place]
        number = self._place + 1
        of = tr("{number} of {all}", number=number, all=len(items))
        if self._only_shared:
            of = tr("{number} to share", number=number)
        rest = "" if self._place < FIRST or self._only_shared else f"   {tr(_REST)}"
        decided = self._decided(item)
        level = tr(_LEVELS[item.level or "facilitator"])
        head = f"{of}{rest}{self._before}"
        self._draw(head, item.text or "", f"{level} · {_in_words(decided)}", self._doubts())

    def _draw(self, head: str, answer: str, words: str, doubts: tuple[Doubt, ...] = ()) -> None:
        self.query_one("#head", Static).update(Content(head))
        self.query_one("#answer", Static).update(_marked(answer, doubts))
        self.query_one("#question", Static).update(Content.styled(_asked(answer, doubts), "bold"))
        self.query_one("#translation", Static).update(Content(self._otherwise(answer)))
        self._say(words)

    def _otherwise(self, answer: str) -> str:
        """Return how an answer is quoted outside, where that is otherwise than it was written."""
        if not answer or not self._items or self._told:
            return ""
        item = self._items[self._place]
        text = self._translations.get(item.id, item.translation or "")
        kept = self._session.names.as_kept(one_line(text, NOTE_LIMIT)).text
        return tr("Quoted outside as: {words}", words=kept) if kept else ""

    def _say(self, words: str) -> None:
        self.query_one("#verdict", Static).update(Content.styled(words, "bold"))


def _marked(answer: str, doubts: tuple[Doubt, ...]) -> Content:
    """Return an answer with a question mark after each place that is open."""
    parts, done = [], 0
    for doubt in doubts:
        stands = answer[doubt.start : doubt.end]
        parts += [
            Content(answer[done : doubt.start]),
            Content.styled(f"{stands}?", "bold underline"),
        ]
        done = doubt.end
    return Content("").join([*parts, Content(answer[done:])])


def _asked(answer: str, doubts: tuple[Doubt, ...]) -> str:
    """Return what is asked about the first place that is open; empty where none is."""
    if not doubts:
        return ""
    first = doubts[0]
    return tr(
        "Does “{word}” tell who somebody is? It stays {hidden} unless you keep it. "
        "w keeps the word · h hides it everywhere",
        word=first.written,
        hidden=answer[first.start : first.end],
    )


def _reasons() -> Content:
    listed = "  ".join(
        f"{number} {tr(_REASON_WORDS[reason])}" for number, reason in enumerate(REASONS, 1)
    )
    return Content(tr("Hold back because it: {reasons}", reasons=listed))


def _in_words(decided: str) -> str:
    if decided in REASONS:
        return tr("held back: it {reason}", reason=Sentence(decided))
    return tr(_DECISIONS.get(decided, ""))
