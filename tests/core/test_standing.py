"""How commitments stand after a session, what leadership replies, and what is due when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.document import ClosedRecord
from sessions.errors import CommandRefusedError
from sessions.facts import FollowUp, GroupCommitment, LeadershipAsk, Reply
from sessions.standing import (
    FollowUpDue,
    ask_dropped,
    asked,
    commitments,
    follow_up_due,
    leadership_asks,
    may_be_told_on,
    replied,
    reply_dropped,
    role_as_kept,
    seen_to,
    stood,
    words_as_kept,
)
from sessions.summarise import freeze, summary_of
from tests.core.coded import a_record

HELD = date(2026, 11, 22)
LATER = date(2027, 1, 10)
KEPT = FollowUp(after_days=30, state="kept")


def a_promise(number: int = 1, **changes: object) -> GroupCommitment:
    """Return a commitment of the group."""
    fields = {"id": f"{number:032x}", "text": f"Promise {number}"}
    return GroupCommitment.model_validate({**fields, **changes})


def promised() -> ClosedRecord:
    """Return a record with two commitments and one ask, in an order of no meaning."""
    return a_record(
        group_commitments=(a_promise(2), a_promise(1)),
        leadership_asks=(LeadershipAsk(id=f"{3:032x}", text="Say why"),),
    )


def test_a_number_is_the_place_in_the_list() -> None:
    """Commitments are numbered as the Summary lists them, whatever the file's order."""
    record = stood(promised(), 1, KEPT)
    assert [one.text for one in commitments(record)] == ["Promise 1", "Promise 2"]
    shown = summary_of(record).commitments
    assert [(one.text, len(one.follow_up)) for one in shown] == [("Promise 1", 1), ("Promise 2", 0)]


STATES: tuple[Literal["kept", "partly", "not-yet"], ...] = ("kept", "partly", "not-yet")


@given(st.lists(st.tuples(st.sampled_from([30, 60, 90]), st.sampled_from(STATES)), max_size=8))
def test_the_last_word_on_each_day_stands(said: list[tuple[int, str]]) -> None:
    """Whatever the order in which it is said, there is one state a day, in the order of days."""
    record = promised()
    for days, state in said:
        record = stood(record, 1, FollowUp.model_validate({"after_days": days, "state": state}))
    stands = commitments(record)[0].follow_up
    assert {at.after_days: at.state for at in stands} == dict(said)
    assert [at.after_days for at in stands] == sorted(dict(said))


@pytest.mark.parametrize("number", [0, 3, 99])
def test_what_is_not_there_is_refused(number: int) -> None:
    """A number beyond the list, for a commitment as for an ask."""
    with pytest.raises(CommandRefusedError, match="the last one is 2"):
        stood(promised(), number, KEPT)
    with pytest.raises(CommandRefusedError, match="the last one is 1"):
        replied(promised(), number, Reply(on=LATER, text="Yes"))
    with pytest.raises(CommandRefusedError, match="no commitment yet"):
        seen_to(a_record(), 1, role="HR")


def test_what_an_export_has_told_stays() -> None:
    """Another state, role or day is refused; the same again, and what it has not told, is added."""
    record = stood(seen_to(promised(), 1, role="HR", due=LATER), 1, KEPT)
    frozen = freeze(record)
    with pytest.raises(CommandRefusedError, match="how this stood after 30 days"):
        stood(frozen, 1, FollowUp(after_days=30, state="partly"))
    with pytest.raises(CommandRefusedError, match="who sees to this"):
        seen_to(frozen, 1, role="The unit")
    with pytest.raises(CommandRefusedError, match="by when"):
        seen_to(frozen, 1, due=HELD)
    assert commitments(stood(frozen, 1, KEPT)) == commitments(frozen)
    later = stood(frozen, 1, FollowUp(after_days=60, state="partly", in_the_way="Budget"))
    later = seen_to(later, 2, role="The unit", due=LATER)
    later = replied(later, 1, Reply(on=LATER, text="We will"))
    later = asked(later, LeadershipAsk(id=f"{4:032x}", text="Come back"))
    told = summary_of(later)
    assert [at.after_days for at in told.commitments[0].follow_up] == [30, 60]
    assert (told.commitments[1].role, told.commitments[1].due) == ("The unit", "2027-01-10")
    assert [len(one.replies) for one in told.leadership_asks] == [1, 0]


def test_a_reply_counts_once_and_comes_after_the_session() -> None:
    """The same words of the same day are one reply; one from before the session is refused."""
    reply = Reply(on=LATER, text="We will")
    record = replied(promised(), 1, reply)
    assert replied(record, 1, reply) is record
    assert leadership_asks(record)[0].replies == (reply,)
    with pytest.raises(CommandRefusedError, match="cannot be from before"):
        replied(record, 1, Reply(on=date(2026, 11, 21), text="No"))


def test_an_ask_or_a_reply_is_taken_back_until_an_export_has_told_it() -> None:
    """The last reply goes first; what is told stays, and what came after it may go."""
    slip, right = (Reply(on=LATER, text=text) for text in ("No", "We will"))
    record = replied(replied(promised(), 1, right), 1, slip)
    record = reply_dropped(record, 1)
    assert leadership_asks(record)[0].replies == (right,)
    assert leadership_asks(ask_dropped(record, 1)) == []
    frozen = freeze(record)
    for drop, said in ((ask_dropped, "told this ask"), (reply_dropped, "told this reply")):
        with pytest.raises(CommandRefusedError, match=said):
            drop(frozen, 1)
    later = asked(replied(frozen, 1, slip), LeadershipAsk(id=f"{4:032x}", text="Come back"))
    assert ask_dropped(reply_dropped(later, 1), 2) == frozen
    with pytest.raises(CommandRefusedError, match="no reply yet"):
        reply_dropped(promised(), 1)
    with pytest.raises(CommandRefusedError, match="last one is 1"):
        ask_dropped(promised(), 2)


DUE = [
    (29, (), None),
    (30, (), FollowUpDue(30, 2)),
    (59, (30,), FollowUpDue(30, 1)),
    (60, (30,), FollowUpDue(60, 2)),
    (89, (60,), FollowUpDue(60, 1)),
    (89, (90,), FollowUpDue(60, 1)),  # it was said early
    (95, (), FollowUpDue(90, 2)),
    (180, (), FollowUpDue(90, 2)),
    (181, (), None),
]


@pytest.mark.parametrize(("passed", "said", "wanted"), DUE)
def test_follow_up_is_due_at_three_days(
    passed: int, said: tuple[int, ...], wanted: FollowUpDue | None
) -> None:
    """From each day on, until it is said of every commitment, and not for ever."""
    record = promised()
    for days in said:
        record = stood(record, 1, KEPT.model_copy(update={"after_days": days}))
    assert follow_up_due(record, HELD + timedelta(days=passed)) == wanted


def test_nothing_is_due_where_nothing_was_promised() -> None:
    """A session without commitments, or with all of them told, is left in peace."""
    assert follow_up_due(a_record(), HELD + timedelta(days=40)) is None
    record = stood(stood(promised(), 1, KEPT), 2, KEPT)
    assert follow_up_due(record, HELD + timedelta(days=40)) is None


def test_a_group_may_meet_somewhat_before() -> None:
    """How it stands after 60 days may be said once 30 have passed."""
    days = [may_be_told_on(promised(), after) for after in (30, 60, 90)]
    assert days == [HELD, date(2026, 12, 22), date(2027, 1, 21)]


@pytest.mark.parametrize("role", ["HR lead", "the ward lead", "Head of Nursing", "Unit council"])
def test_a_role_is_kept_as_it_is(role: str) -> None:
    """Also where a word of it is somebody's name in other places."""
    assert role_as_kept(f" {role} ") == role


@pytest.mark.parametrize("role", ["", "\u200b", "Maria Lopez", "ask Keisha Brown", "x" * 81])
def test_a_person_is_no_role(role: str) -> None:
    """A name is refused with what to write instead, as is nothing and too much."""
    with pytest.raises(CommandRefusedError, match="HR lead"):
        role_as_kept(role)


def test_words_lose_their_names() -> None:
    """A person gets the next free number of the session; nothing, and too much, is refused."""
    record = a_record(group_commitments=(a_promise(text="[colleague 3] and we ask"),))
    assert words_as_kept(record, "Maria Lopez said no\x1b[2J") == "[person 4] said no[2J"
    with pytest.raises(CommandRefusedError, match="longer than 280"):
        words_as_kept(record, "x" * 281)
    with pytest.raises(CommandRefusedError, match="nothing to keep"):
        words_as_kept(record, " ")
