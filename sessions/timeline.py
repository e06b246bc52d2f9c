"""What the facilitator did, in the order she did it.

Pure. Frozen events; `type` is a literal and never a class path, so that renaming a class orphans
no record. `at` is whole seconds since the session was opened. The timeline exists only while a
session is open: the close condenses it to what each step took. It holds no words, only the ids
of facts.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sessions.facts import FactId, FactKind, RecordModel


class Event(RecordModel):
    """Something that happened."""

    at: Annotated[int, Field(ge=0)]
    """Whole seconds since the session was opened."""
    continues: bool = False
    """It belongs to the same act as the event before it; undo takes them together."""


class SessionOpened(Event):
    """The record was created, with the heads expected and the hard stop."""

    type: Literal["session-opened"] = "session-opened"
    heads: int
    stop_at: int | None = None
    """The hard stop in seconds since opening; `None` for a session without one."""


class StepStarted(Event):
    """A step began, or was gone back to."""

    type: Literal["step-started"] = "step-started"
    step: str


class Paused(Event):
    """The clock of the step stopped. A pause for harm is a pause: no reason is kept."""

    type: Literal["paused"] = "paused"


class Resumed(Event):
    """The clock of the step went on."""

    type: Literal["resumed"] = "resumed"


class MinutesChanged(Event):
    """A step was given more or less time."""

    type: Literal["minutes-changed"] = "minutes-changed"
    step: str
    seconds: int
    """Added to the step's time; negative when taken away."""


class StepDropped(Event):
    """A step will not be run."""

    type: Literal["step-dropped"] = "step-dropped"
    step: str


class StepDeclined(Event):
    """The group said no, and the alternative runs in the step's place. No reason is kept."""

    type: Literal["step-declined"] = "step-declined"
    step: str
    alternative: str
    agreements: bool = False
    """The no was to the agreements: if they had been adopted, they no longer are."""


class PlanFitted(Event):
    """What is left was fitted to the hard stop."""

    type: Literal["plan-fitted"] = "plan-fitted"
    seconds: dict[str, int]
    """The new length of each step that was changed."""
    dropped: tuple[str, ...] = ()


class AgreementNamed(Event):
    """An agreement was named to the room."""

    type: Literal["agreement-named"] = "agreement-named"
    agreement: str


class ConditionNamed(Event):
    """A condition was named to the room."""

    type: Literal["condition-named"] = "condition-named"
    condition: str


class AgreementsAdopted(Event):
    """The group agreed to the agreements as they stand. Never who objected."""

    type: Literal["agreements-adopted"] = "agreements-adopted"


class HeadsChanged(Event):
    """Somebody came or left; a number, never who."""

    type: Literal["heads-changed"] = "heads-changed"
    heads: int


class StopMoved(Event):
    """The hard stop was moved, with the group's consent."""

    type: Literal["stop-moved"] = "stop-moved"
    stop_at: int | None = None
    """`None` when the session no longer has one; the record leaves out what is `None`."""


class FactKept(Event):
    """Words or figures were kept; what they are stands under the fact's id."""

    type: Literal["fact-kept"] = "fact-kept"
    kind: FactKind
    fact: FactId


class FactStruck(Event):
    """A fact was taken out again."""

    type: Literal["fact-struck"] = "fact-struck"
    fact: FactId


class SheetOpened(Event):
    """A sheet of asks was opened to the room."""

    type: Literal["sheet-opened"] = "sheet-opened"
    sheet: FactId
    """What its box and its keys are found by; no participant is ever shown it."""
    step: str
    asks: tuple[str, ...]


class SheetClosing(Event):
    """The sheet is about to close; what is on its way is still taken."""

    type: Literal["sheet-closing"] = "sheet-closing"


class SheetHeldOpen(Event):
    """Too few had written, so the sheet stays open longer."""

    type: Literal["sheet-held-open"] = "sheet-held-open"


class SheetClosed(Event):
    """The box was opened, or put away unread where fewer than five had written."""

    type: Literal["sheet-closed"] = "sheet-closed"
    unread: tuple[str, ...] = ()
    """Asks that too few had answered: nobody has read those answers, and nobody can."""


class AnswersReviewed(Event):
    """Answers were shared, kept or held back; what was held back is gone."""

    type: Literal["answers-reviewed"] = "answers-reviewed"
    held_back: Annotated[int, Field(ge=0)] = 0
    """How many; never which, whose, or under which rule."""


class ClosingBegun(Event):
    """The last step is over; what was kept is read back."""

    type: Literal["closing-begun"] = "closing-begun"


class SessionClosed(Event):
    """The record is final."""

    type: Literal["session-closed"] = "session-closed"


AnyEvent = Annotated[
    SessionOpened
    | StepStarted
    | Paused
    | Resumed
    | MinutesChanged
    | StepDropped
    | StepDeclined
    | PlanFitted
    | AgreementNamed
    | ConditionNamed
    | AgreementsAdopted
    | HeadsChanged
    | StopMoved
    | FactKept
    | FactStruck
    | SheetOpened
    | SheetClosing
    | SheetHeldOpen
    | SheetClosed
    | AnswersReviewed
    | ClosingBegun
    | SessionClosed,
    Field(discriminator="type"),
]
"""Any event, told apart by its `type`."""
