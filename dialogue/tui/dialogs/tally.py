"""Counts what a room answers aloud: one key an answer, nothing kept until Enter.

The count is kept as one figure a question. When each hand went up is nobody's business, so
single keys leave no trace in the record. A figure that was kept can be put right later: it stands
there again when the question is opened again.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from agreements.plan import Ask
from dialogue.tui.dialogs.once import GoesOnce
from dialogue.tui.views import asked_aloud
from dialogue.wording import tr
from sessions import tallies
from sessions.errors import CommandRefusedError
from sessions.live import LiveSession

ROW_CELLS = 56
LEAST_DOTS = 3


class TallyDialog(GoesOnce, ModalScreen[bool]):
    """Counts hands for the asks of a step, one ask after the other."""

    CSS_PATH = "tally.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", show=False),
        Binding("enter", "keep", "keep", show=False),
        Binding("backspace", "take_back", "one back", show=False),
        Binding("minus", "take_from", "one from", show=False),
        Binding("tab,right", "go(1)", "next question", show=False),
        Binding("shift+tab,left", "go(-1)", "question before", show=False),
    ]

    def __init__(self, session: LiveSession, asks: tuple[Ask, ...]) -> None:
        """Count for these asks, in their order, from the first that has no count yet."""
        super().__init__()
        self._session = session
        self._asks = asks
        self._counts = {ask.id: kept_counts(session, ask) for ask in asks}
        self._given: list[str] = []
        """What was counted in the question in front, the last one last."""
        self._taking = False
        """The next number takes one away."""
        self._then = ""
        """The first of two numbers, where then and now are counted together."""
        self._has_kept = False
        uncounted = (place for place, ask in enumerate(asks) if session.tally(ask.id) is None)
        self._place = next(uncounted, 0)

    def compose(self) -> ComposeResult:
        """Show the ask with its answers."""
        with Vertical():
            yield Static("", markup=False, id="ask")
            yield Static("", markup=False, id="problem")
            yield Static("", markup=False, classes="quiet", id="keys")

    def on_mount(self) -> None:
        """Show the first ask."""
        self._show()

    @property
    def _ask(self) -> Ask:
        """The question in front."""
        return self._asks[self._place]

    def on_key(self, event: events.Key) -> None:
        """Add one to the answer with the key's number, or take one from it after a minus."""
        answers = answers_to(self._session, self._ask)
        if event.character is None or event.character not in "123456789":
            return
        event.stop()
        if self._ask.kind == "then-now":
            self._take_point(event.character)
        elif int(event.character) <= len(answers):
            self._count(answers[int(event.character) - 1][0], -1 if self._taking else 1)

    def _take_point(self, point: str) -> None:
        """Take the number for then, or for now, with which somebody is counted."""
        if int(point) > self._ask.points:
            return
        if not self._then:
            self._then = point
            self._show()
            return
        pair = f"{self._then} {point}"
        self._then = ""
        self._count(pair, -1 if self._taking else 1)

    def action_take_back(self) -> None:
        """Take back the last one counted; after those, one of what was kept."""
        counts = self._counts[self._ask.id]
        if self._then:
            self._then = ""
            self._show()
            return
        # Of what was kept nobody knows which came last: it is taken from below.
        kept = next((answer for answer in reversed(counts) if counts[answer]), None)
        last = self._given[-1] if self._given else kept
        if last is not None:
            self._count(last, -1)

    def action_take_from(self) -> None:
        """Let the next number take one away; a second minus lets it add again."""
        self._taking = not self._taking
        self._show()

    def action_go(self, by: int) -> None:
        """Go to the question after or before; nothing is kept, and nothing counted is lost."""
        self._turn_to((self._place + by) % len(self._asks))

    def action_keep(self) -> None:
        """Keep the count where it has changed and go on, or leave after the last question."""
        if self.app.screen is not self:
            return
        if self._is_changed(self._ask):
            try:
                self._session.keep_tally(self._ask, self._counts[self._ask.id])
            except CommandRefusedError as error:
                self.query_one("#problem", Static).update(tr(error.sentence))
                return
            self._has_kept = True
        if self._place + 1 < len(self._asks):
            self._turn_to(self._place + 1)
        elif (left := next(filter(self._is_changed, self._asks), None)) is not None:
            self._turn_to(self._asks.index(left))
        else:
            self.dismiss(self._has_kept)

    def action_leave(self) -> None:
        """Leave; what was not kept with Enter is forgotten."""
        self.dismiss(self._has_kept)

    def _is_changed(self, ask: Ask) -> bool:
        return self._counts[ask.id] != kept_counts(self._session, ask)

    def _turn_to(self, place: int) -> None:
        self._place = place
        self._given = []
        self._taking = False
        self._then = ""
        self._show()

    def _count(self, answer: str, by: int) -> None:
        """Add one to an answer, or take one from it while there is one."""
        counts = self._counts[self._ask.id]
        if by > 0:
            self._given.append(answer)
        elif answer in self._given:
            del self._given[len(self._given) - 1 - self._given[::-1].index(answer)]
        counts[answer] = max(counts[answer] + by, 0)
        self._taking = False
        self._show()

    def _show(self) -> None:
        ask, counts = self._ask, self._counts[self._ask.id]
        lines = [Content.styled(ask.text, "bold"), Content("")]
        if len(self._asks) > 1:
            place = tr("question {number} of {all}", number=self._place + 1, all=len(self._asks))
            lines.insert(0, Content.styled(place, "$quiet"))
        lines += self._rows(ask, counts)
        heads, people = self._session.state.heads, tallies.fewest_people(ask, counts)
        # Hands for several places are no people, so there nothing is added up.
        so_far = tr("{people} of {heads} counted", people=people, heads=heads)
        if ask.kind == "compass":
            so_far = tr("several may be named · {heads} people here", heads=heads)
        unkept = tr("not kept yet") if self._is_changed(ask) else ""
        lines += [Content(""), Content(" · ".join(filter(None, (so_far, unkept))))]
        self.query_one("#ask", Static).update(Content("\n").join(lines))
        too_many = tr("That is more than the {heads} people here.", heads=heads)
        problem = too_many if people > heads else ""
        self.query_one("#problem", Static).update(problem)
        self.query_one("#keys", Static).update(_keys(len(self._asks), taking=self._taking))

    def _rows(self, ask: Ask, counts: dict[str, int]) -> list[Content]:
        """Return the answers with their figures; of then and now, the pairs there are."""
        answers = answers_to(self._session, ask)
        if ask.kind != "then-now":
            return [
                answer_row(number, label, counts[answer])
                for number, (answer, label) in enumerate(answers, 1)
            ]
        ends = f"1 {ask.low} · {ask.points} {ask.high}" if ask.low and ask.high else ""
        asked = tr("Two numbers each: then, and now.")
        if self._then:
            asked = tr("then {point}, now …", point=self._then)
        pairs = [answer_row(one, "", counts[one]) for one, _label in answers if counts[one]]
        return [Content.styled(ends, "$quiet"), *pairs, Content(asked)]


def kept_counts(session: LiveSession, ask: Ask) -> dict[str, int]:
    """Return how many gave each answer to an ask, as far as it has been kept."""
    earlier = session.tally(ask.id)
    counts = dict.fromkeys(tallies.answers_to(ask, session.protocol), 0)
    return counts if earlier is None else counts | tallies.counts_of(earlier)


def answer_row(key: int | str, label: str, count: int | str) -> Content:
    """Return an answer with its key and its figure: `[1] not useful ······ 8`."""
    lead = Content.assemble((f"[{key}]", "bold $accent"), f" {label} " if label else " ")
    figure = f" {count}"
    dots = "·" * max(ROW_CELLS - lead.cell_length - len(figure), LEAST_DOTS)
    return Content.assemble(lead, (dots, "$quiet"), (figure, "bold"))


def _keys(questions: int, *, taking: bool) -> str:
    """Return what the keys do now."""
    if taking:
        return tr("Take one from which answer? Press its number; − again adds.")
    first = tr("number adds one · − and a number, or backspace, takes one away")
    if questions > 1:
        second = tr("enter keeps and goes on · tab goes between questions · esc leaves")
    else:
        second = tr("enter keeps and goes on · esc leaves")
    return f"{first}\n{second}"


def countable(session: LiveSession) -> tuple[Ask, ...]:
    """Return the asks of the running step that a room can answer aloud."""
    step = session.step
    return () if step is None else asked_aloud(session, step)


def answers_to(session: LiveSession, ask: Ask) -> tuple[tuple[str, str], ...]:
    """Return the answers that can be counted for an ask: what is kept, and how it reads."""
    names = {option.id: option.label for option in ask.options}
    if ask.kind == "compass":
        names = {point.id: point.label for point in session.protocol.compass}
        names[tallies.NOT_SURE] = tr("Not sure")
    elif ask.kind == "scale":
        names = {"1": ask.low, str(ask.points): ask.high}
    elif ask.kind == "commitment":
        names = {tallies.MADE: tr("made a card")}
    known = tallies.answers_to(ask, session.protocol)
    return tuple((answer, names.get(answer, "")) for answer in known)
