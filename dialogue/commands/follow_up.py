"""`dialogue follow-up`: how the group's commitments stand, and what leadership replies to asks.

Touches: disk, the clock's day; the terminal, where it asks when nothing was said. Names of people
are hidden in every word that is kept, and what is kept instead is shown.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial, reduce
from typing import TYPE_CHECKING, TypeVar

import click

from dialogue.commands.shell import Shell, complete_session, pass_shell
from dialogue.page import Block, Heading, Line, Rows, emit_page
from sessions.errors import CommandRefusedError

if TYPE_CHECKING:
    from sessions.document import ClosedRecord
    from sessions.facts import FollowUp, FollowUpState, GroupCommitment, LeadershipAsk
    from sessions.standing import AfterDays
    from sessions.store import SessionFolder

    Change = Callable[[ClosedRecord], ClosedRecord]

_Answer = TypeVar("_Answer")

STATES: tuple[FollowUpState, ...] = ("kept", "partly", "not-yet")
DAYS = ("30", "60", "90")

NOTHING = (
    "The group set itself no commitment and asks nothing of leadership. Live keeps a commitment "
    "while a session runs; --ask adds what is asked of leadership."
)
STAYS_HERE = "Under the rule of this session none of this is in an export."
TOLD_ALREADY = "This session has been exported: what was told stays, and later exports add to it."
MENU = (
    ("s", "how a commitment stands"),
    ("r", "what leadership replied"),
    ("a", "what is asked of leadership"),
    ("enter", "nothing more"),
)
NEXT = "Add s, r or a; enter ends"
KEPT_AS = "It is kept as: {text}"


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said on the command line, or in answer to questions."""

    commitment: int | None = None
    at: AfterDays | None = None
    state: FollowUpState | None = None
    in_the_way: str = ""
    role: str | None = None
    due: date | None = None
    ask: str | None = None
    reply: tuple[int, str] | None = None
    on: date | None = None
    drop_ask: int | None = None
    drop_reply: int | None = None


@click.command("follow-up")
@click.argument("session", metavar="ID", shell_complete=complete_session)
@click.option("--commitment", type=click.IntRange(1), metavar="N", help="Which commitment.")
@click.option("--at", type=click.Choice(DAYS), help="So many days after the session.")
@click.option("--state", type=click.Choice(STATES), help="How it stood then.")
@click.option("--in-the-way", default="", metavar="TEXT", help="What got in the way; never who.")
@click.option("--role", metavar="TEXT", help="Who sees to it: a role, not a person.")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="By which day it is to be done.")
@click.option("--ask", metavar="TEXT", help="Add what the group asks of leadership.")
@click.option("--reply", type=(click.IntRange(1), str), metavar="N TEXT", help="What it answered.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="On which day; today, if left out.")
@click.option("--drop-ask", type=click.IntRange(1), metavar="N", help="Take an ask back.")
@click.option("--drop-reply", type=click.IntRange(1), metavar="N", help="Take its last reply back.")
@pass_shell
def follow_up(
    shell: Shell,
    *,
    session: str,
    commitment: int | None,
    at: str | None,
    state: FollowUpState | None,
    in_the_way: str,
    role: str | None,
    due: datetime | None,
    ask: str | None,
    reply: tuple[int, str] | None,
    on: datetime | None,
    drop_ask: int | None,
    drop_reply: int | None,
) -> None:
    """Say how the commitments of a closed session stand, and what leadership replied.

    N is the number in the list. Without options it lists them, and asks in a terminal. What an
    export has told stays as it is; what is added is in every later one. A slip that none has told
    can be taken back.
    """
    from sessions.amending import amend, closed  # noqa: PLC0415
    from sessions.boottime import system_clock  # noqa: PLC0415
    from sessions.store import Store  # noqa: PLC0415

    days = [None if day is None else day.date() for day in (due, on)]
    at_days = _days(at)
    about = (commitment, at_days, state, in_the_way, role, days[0], ask, reply, days[1])
    said = _Said(*about, drop_ask, drop_reply)
    _check(said)
    folder = Store(shell.places().data).find(session)
    today = system_clock().wall().astimezone().date()
    if said != _Said():
        changes = _changes(closed(folder), said, today)
        emit_page(_page(amend(folder, partial(_changed, changes))))
        return
    emit_page(_page(closed(folder)))
    if sys.stdin.isatty() and sys.stdout.isatty():
        _guide(folder, today)


def _days(at: str | None) -> AfterDays | None:
    from sessions.standing import DAYS as KNOWN  # noqa: PLC0415

    return next((days for days in KNOWN if str(days) == at), None)


def _check(said: _Said) -> None:
    """Refuse what does not go together.

    Raises:
        click.UsageError: With what is missing.
    """
    if (said.at is None) != (said.state is None):
        raise click.UsageError("--at and --state go together: how it stood, and when.")
    if said.in_the_way and said.state is None:
        raise click.UsageError("--in-the-way says why: give --at and --state with it.")
    about = (said.state, said.role, said.due)
    if said.commitment is None and any(one is not None for one in about):
        raise click.UsageError("Which commitment? Give its number with --commitment.")
    if said.commitment is not None and not any(one is not None for one in about):
        raise click.UsageError("What of it? Give --at and --state, --role or --due.")
    if said.on is not None and said.reply is None:
        raise click.UsageError("--on is the day of a reply: give --reply with it.")


def _changes(record: ClosedRecord, said: _Said, today: date) -> list[Change]:
    """Return what is to be changed in a record; every word has lost its names.

    Raises:
        CommandRefusedError: Words cannot be kept, or a day is still to come.
    """
    from sessions import standing  # noqa: PLC0415
    from sessions.facts import LeadershipAsk, Reply  # noqa: PLC0415
    from sessions.tallies import new_id  # noqa: PLC0415

    changes: list[Change] = []
    if said.commitment is not None and said.at is not None and said.state is not None:
        _refuse_early(record, said.at, today)
        at = _stood(record, said.at, said.state, said.in_the_way)
        changes.append(partial(standing.stood, number=said.commitment, at=at))
    if said.commitment is not None and (said.role is not None or said.due is not None):
        role = None if said.role is None else standing.role_as_kept(said.role)
        changes.append(partial(standing.seen_to, number=said.commitment, role=role, due=said.due))
    # First, so that a reply is put right in one call.
    if said.drop_reply is not None:
        changes.append(partial(standing.reply_dropped, number=said.drop_reply))
    if said.reply is not None:
        number, words = said.reply
        on = said.on or today
        _refuse_future(on, today, f"{on.isoformat()} is still to come")
        reply = Reply(on=on, text=_kept(record, words))
        changes.append(partial(standing.replied, number=number, reply=reply))
    # Last, because one ask more or less may change the numbers of the others.
    if said.drop_ask is not None:
        changes.append(partial(standing.ask_dropped, number=said.drop_ask))
    if said.ask is not None:
        ask = LeadershipAsk(id=new_id(), text=_kept(record, said.ask))
        changes.append(partial(standing.asked, ask=ask))
    return changes


def _changed(changes: Sequence[Change], record: ClosedRecord) -> ClosedRecord:
    return reduce(lambda one, change: change(one), changes, record)


def _refuse_future(day: date, today: date, sentence: str) -> None:
    if day > today:
        raise CommandRefusedError(f"{sentence}: today is {today.isoformat()}.")


def _refuse_early(record: ClosedRecord, at: AfterDays, today: date) -> None:
    from sessions.standing import may_be_told_on  # noqa: PLC0415

    early = f"It is too early to say how it stands after {at} days"
    _refuse_future(may_be_told_on(record, at), today, early)


def _stood(record: ClosedRecord, at: AfterDays, state: FollowUpState, why: str) -> FollowUp:
    from sessions.facts import FollowUp  # noqa: PLC0415

    in_the_way = _kept(record, why) if why.strip() else ""
    return FollowUp(after_days=at, state=state, in_the_way=in_the_way)


def _kept(record: ClosedRecord, raw: str) -> str:
    """Return words as they are kept, and say so where they are not as they were written."""
    from sessions.standing import words_as_kept  # noqa: PLC0415
    from sessions.text import one_line  # noqa: PLC0415

    text = words_as_kept(record, raw)
    if text != one_line(raw):
        emit_page([Line(KEPT_AS.format(text=text), "attention")])
    return text


def _guide(folder: SessionFolder, today: date) -> None:
    """Ask what is to be added, one thing after the other, until there is nothing more."""
    from sessions.amending import amend, closed  # noqa: PLC0415

    asks = {"s": _ask_how_it_stands, "r": _ask_reply, "a": _ask_ask}
    choice = click.Choice(["", *asks])
    emit_page([Line(f"{key:<6} {what}", "quiet") for key, what in MENU])
    while chosen := click.prompt(
        NEXT, default="", type=choice, show_choices=False, show_default=False
    ):
        try:
            record = closed(folder)
            changes = _changes(record, asks[chosen](record, today), today)
            record = amend(folder, partial(_changed, changes))
        except CommandRefusedError as error:
            emit_page([Line(error.sentence, "attention")])
            continue
        emit_page(_page(record))


def _ask_how_it_stands(record: ClosedRecord, today: date) -> _Said:
    from sessions.standing import (  # noqa: PLC0415
        commitments,
        follow_up_due,
        role_as_kept,
        words_as_kept,
    )

    def in_time(days: AfterDays | None) -> None:
        if days is not None:
            _refuse_early(record, days, today)

    those = commitments(record)
    number = _ask_number("Which commitment", len(those))
    due = follow_up_due(record, today)
    usual = DAYS[0] if due is None else str(due.after_days)
    at = _until_fit(
        lambda: _days(click.prompt("After how many days", type=click.Choice(DAYS), default=usual)),
        in_time,
    )
    state = click.prompt("How does it stand", type=click.Choice(STATES))
    why = ""
    if state != "kept":
        why = _until_fit(
            lambda: _ask_words("What got in the way, never who; enter for nothing"),
            lambda words: words and words_as_kept(record, words),
        )
    one = those[number - 1]
    role = ""
    if not one.role:
        role = _until_fit(
            lambda: _ask_words("Which role sees to it; enter for none"),
            lambda words: words and role_as_kept(words),
        )
    day = None if one.due else _ask_day("By which day, as 2027-03-31; enter for none")
    return _Said(number, at, state, why, role or None, day)


def _ask_reply(record: ClosedRecord, today: date) -> _Said:
    from sessions.standing import leadership_asks, refuse_before, words_as_kept  # noqa: PLC0415

    def fits(day: date | None) -> None:
        if day is not None:
            _refuse_future(day, today, f"{day.isoformat()} is still to come")
            refuse_before(record, day)

    number = _ask_number("Which ask", len(leadership_asks(record)))
    words = _until_fit(
        lambda: click.prompt("What did leadership reply"), partial(words_as_kept, record)
    )
    on = _until_fit(lambda: _ask_day(f"On which day; enter for today, {today.isoformat()}"), fits)
    return _Said(reply=(number, words), on=on)


def _ask_ask(_record: ClosedRecord, _today: date) -> _Said:
    return _Said(ask=click.prompt("What does the group ask of leadership"))


def _until_fit(ask: Callable[[], _Answer], check: Callable[[_Answer], object]) -> _Answer:
    """Ask until the answer can be kept, so that a refusal costs none of those before it."""
    while True:
        answer = ask()
        try:
            check(answer)
        except CommandRefusedError as error:
            emit_page([Line(error.sentence, "attention")])
        else:
            return answer


def _ask_number(question: str, most: int) -> int:
    if not most:
        raise CommandRefusedError("There is none yet.")
    answer: int = click.prompt(question, type=click.IntRange(1, most), default=1)
    return answer


def _ask_words(question: str) -> str:
    answer: str = click.prompt(question, default="", show_default=False)
    return answer.strip()


def _ask_day(question: str) -> date | None:
    """Ask for a day until it is one; nothing is none."""
    while answer := _ask_words(question):
        try:
            return date.fromisoformat(answer)
        except ValueError:
            emit_page([Line("Write it as year, month and day, such as 2027-03-31.", "attention")])
    return None


def _page(record: ClosedRecord) -> list[Block]:
    from sessions.leave import leave_of  # noqa: PLC0415
    from sessions.standing import commitments, leadership_asks  # noqa: PLC0415

    promised, asked = commitments(record), leadership_asks(record)
    if not promised and not asked:
        return [Line(NOTHING)]
    page: list[Block] = []
    if promised:
        heads = ("N", "What", "Who, by when", "How it stands")
        rows = [_row(number, one) for number, one in enumerate(promised, 1)]
        page += [Heading("What the group will do", 2), Rows(heads, rows)]
    if asked:
        rows = [(str(number), one.text, _replies(one)) for number, one in enumerate(asked, 1)]
        page += [
            Heading("What is asked of leadership", 2),
            Rows(("N", "What", "Replies"), rows),
        ]
    if not leave_of(record).words:
        page.append(Line(STAYS_HERE, "attention"))
    elif record.summary is not None:
        page.append(Line(TOLD_ALREADY, "quiet"))
    return page


def _row(number: int, one: GroupCommitment) -> tuple[str, ...]:
    from sessions.summary import FOLLOW_UP_WORDS  # noqa: PLC0415

    who = ", by ".join(filter(None, (one.role, "" if one.due is None else one.due.isoformat())))
    stands = (
        (f"{at.after_days} days: {FOLLOW_UP_WORDS[at.state]}", at.in_the_way)
        for at in one.follow_up
    )
    said = "; ".join(". ".join(filter(None, each)) for each in stands)
    return (str(number), one.text, who, said)


def _replies(one: LeadershipAsk) -> str:
    return "; ".join(f"{reply.on.isoformat()}: {reply.text}" for reply in one.replies)
