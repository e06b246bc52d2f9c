"""What the facilitator may do with a sheet of asks: open it, close it, hold it open.

Pure; the companion of `sessions.decide`. Opening and closing are two commands and never a toggle.
A sheet opens only where at least five people could write, and what fewer than five wrote is
never read. For cards it opens in any step that has run, and after the last one too: they are
entered when there is time.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agreements.plan import Step
from agreements.sentence import Sentence
from sessions import order
from sessions.decide import Events, Moment, running_step
from sessions.errors import CommandRefusedError
from sessions.state import OpenSheet
from sessions.timeline import (
    AnswersReviewed,
    FactKept,
    FactStruck,
    Paused,
    Resumed,
    SheetClosed,
    SheetClosing,
    SheetHeldOpen,
    SheetOpened,
)

FEWEST_WRITERS = 5
"""With fewer people than this nothing written is ever read."""

GRACE_SECONDS = 20
"""How long a closing sheet still takes what is on its way: a few beats of a page."""


def open_sheet(
    moment: Moment, *, sheet: str, seats: int, by_cards: bool = False, guessed: bool = False
) -> Events:
    """Open the asks of the running step to the room.

    Args:
        moment: Now.
        sheet: A fresh random id.
        seats: How many could send: the pages that are open, or the cards that were shown.
        by_cards: Whether they are cards.
        guessed: Whether wrong codes came so fast that people with cards may have to wait.
    """
    step = running_step(moment)
    if moment.state.sheet is not None:
        raise CommandRefusedError("A sheet is open already. Close it first.")
    asks = tuple(ask.id for ask in step.asks if ask.id not in moment.state.asked)
    if not asks:
        raise CommandRefusedError("This step asks nothing more in writing.")
    could = min(seats, moment.state.heads)
    if could < FEWEST_WRITERS:
        raise CommandRefusedError(_too_few(could, by_cards and seats == could, guessed))
    return (SheetOpened(at=moment.at, sheet=sheet, step=step.id, asks=asks),)


def _too_few(could: int, by_cards: bool, guessed: bool) -> Sentence:  # noqa: FBT001
    """Say why a sheet cannot be opened to so few."""
    only = Sentence("Only {could} could write now.", could=could)
    if by_cards:
        only = Sentence("Only {could} could write now, for so many cards were shown.", could=could)
    if by_cards and guessed:
        only = Sentence(
            "Only {could} could write now, for so many cards were shown. Somebody sends many "
            "wrong codes, and others have to wait.",
            could=could,
        )
    why = Sentence(
        "With fewer than {least} an answer would give its writer away: ask aloud and count with "
        "{key_tally}, or use cards.",
        least=FEWEST_WRITERS,
        key_tally="x",
    )
    return Sentence.joined(only, why)


def open_for_cards(
    moment: Moment, *, sheet: str, step: Step, cards: int, counted: Collection[str]
) -> Events:
    """Open the asks of a step that has run, because people have answered them on cards.

    Args:
        moment: Now.
        sheet: A fresh random id.
        step: One of `steps_with_cards`.
        cards: How many there are.
        counted: The asks that were answered aloud.
    """
    if moment.state.sheet is not None:
        raise CommandRefusedError("A sheet is open already. Its cards come first.")
    done = {*moment.state.asked, *counted}
    asks = tuple(ask.id for ask in step.asks if ask.id not in done)
    if not asks or step.id not in moment.state.visits:
        raise CommandRefusedError("This step asks nothing more in writing.")
    if min(cards, moment.state.heads) < FEWEST_WRITERS:
        raise CommandRefusedError(
            Sentence(
                "With fewer than {least} cards an answer would give its writer away. "
                "Nobody reads them, and nothing is kept: put them away, face down.",
                least=FEWEST_WRITERS,
            )
        )
    return (SheetOpened(at=moment.at, sheet=sheet, step=step.id, asks=asks),)


def steps_with_cards(moment: Moment, counted: Collection[str]) -> tuple[Step, ...]:
    """Return the steps whose asks may have been answered on cards: the latest one first.

    Args:
        moment: Now.
        counted: The asks that were answered aloud.
    """
    done = {*moment.state.asked, *counted}
    found = [
        step
        for step in reversed(order.run_order(moment.plan, moment.state))
        if step.id in moment.state.visits and any(ask.id not in done for ask in step.asks)
    ]
    return tuple(sorted(found, key=lambda step: step.id != moment.state.step))


def close_sheet(moment: Moment) -> Events:
    """Tell the room that the sheet closes; what is on its way is still taken."""
    sheet = _open_sheet(moment)
    if sheet.closing_at is not None:
        raise CommandRefusedError(
            Sentence(
                "The sheet is closing already. {key_open_sheet} keeps it open.", key_open_sheet="l"
            )
        )
    return (SheetClosing(at=moment.at),)


def hold_sheet_open(moment: Moment) -> Events:
    """Keep a closing sheet open, because too few have written."""
    if _open_sheet(moment).closing_at is None:
        raise CommandRefusedError("The sheet is open, and stays open until you close it.")
    return (SheetHeldOpen(at=moment.at),)


def finish_sheet(moment: Moment, *, answers: Sequence[str], unread: tuple[str, ...]) -> Events:
    """Keep what a closed sheet held. This cannot be undone.

    Args:
        moment: Now.
        answers: The ids of the facts that hold the answers.
        unread: The asks that too few had answered.
    """
    sheet = _open_sheet(moment)
    if sheet.closing_at is None or moment.at < sheet.closing_at + GRACE_SECONDS:
        raise CommandRefusedError("The sheet has not closed yet.")
    kept = (FactKept(at=moment.at, kind="answers", fact=fact, continues=True) for fact in answers)
    return (SheetClosed(at=moment.at, unread=unread), *kept)


def lose_sheet(moment: Moment) -> Events:
    """Close a sheet whose box is not there any more: nobody has read it, and nobody can."""
    sheet = _open_sheet(moment)
    closed = SheetClosed(at=moment.at, unread=sheet.asks)
    if moment.state.phase != "paused":
        return (closed,)
    again = Paused(at=moment.at, continues=True)
    return (Resumed(at=moment.at), closed.model_copy(update={"continues": True}), again)


def review_answers(
    moment: Moment, *, struck: Sequence[str], kept: Sequence[str], held_back: int
) -> Events:
    """Put reviewed answers in the place of those that were read. This cannot be undone.

    Args:
        moment: Now.
        struck: The facts that go.
        kept: The facts that come in their place.
        held_back: How many answers are not among them any more.
    """
    if any(fact not in moment.state.facts for fact in struck):
        raise CommandRefusedError("These answers are not there any more.")
    gone = (FactStruck(at=moment.at, fact=fact, continues=True) for fact in struck)
    come = (FactKept(at=moment.at, kind="answers", fact=fact, continues=True) for fact in kept)
    return (AnswersReviewed(at=moment.at, held_back=held_back), *gone, *come)


def _open_sheet(moment: Moment) -> OpenSheet:
    if moment.state.sheet is None:
        raise CommandRefusedError("No sheet is open.")
    return moment.state.sheet
