"""The Summary of a record: what it holds, and what a rule keeps back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.library import open_library
from sessions.condense import condense
from sessions.document import (
    RECORDS,
    AgreementsRecord,
    ClosedRecord,
    OpenRecord,
    RunningClock,
    Setting,
    to_json,
)
from sessions.facts import (
    AnswerItem,
    Answers,
    FollowUp,
    GroupCommitment,
    HouseAgreement,
    LeadershipAsk,
    Note,
    ParkedQuestion,
    Reply,
    Wording,
)
from sessions.leave import LEAVES
from sessions.summarise import (
    cleaned,
    freeze,
    partial_of,
    summarise,
    summarise_open,
    summary_of,
)
from sessions.summary import Summary
from sessions.text import is_clean, paragraph
from sessions.timeline import (
    AnyEvent,
    ClosingBegun,
    ConditionNamed,
    Paused,
    Resumed,
    SessionClosed,
    SessionOpened,
    StepDeclined,
    StepDropped,
    StepStarted,
)

LIBRARY = open_library(paragraph)
PLAN = LIBRARY.plan("lunch-and-learn")
OPENED = datetime(2026, 11, 22, 17, tzinfo=UTC)

TIMELINE: tuple[AnyEvent, ...] = (
    SessionOpened(at=0, heads=24, stop_at=3600),
    StepStarted(at=60, step="arrival"),
    StepStarted(at=660, step="welcome"),
    StepStarted(at=900, step="agreements"),
    StepDeclined(at=1000, step="agreements", alternative="three-rules"),
    StepStarted(at=1000, step="three-rules", continues=True),
    Paused(at=1100),
    Resumed(at=1220),
    StepStarted(at=1300, step="conditions"),
    ConditionNamed(at=1310, condition="isolate-race"),
    StepDropped(at=1400, step="compass"),
    StepStarted(at=1500, step="pairs"),
)


def fact_id(number: int) -> str:
    """Return an id of the right shape."""
    return f"{number:032x}"


def an_open_record(**changes: Any) -> OpenRecord:  # noqa: ANN401
    """Return a record in the middle of the pairs, 40 seconds in."""
    fields: dict[str, Any] = {
        "id": fact_id(1),
        "title": "Finance team · lunch",
        "held_on": date(2026, 11, 22),
        "language": "en",
        "protocol": LIBRARY.protocol,
        "plan": PLAN,
        "setting": Setting(heads=24, confidentiality="stories-stay"),
        "agreements": AgreementsRecord(
            protocol=tuple(one.id for one in LIBRARY.protocol.agreements),
            wordings=(Wording(id=fact_id(2), agreement="stay-engaged", text="Come back."),),
            house=(HouseAgreement(id=fact_id(3), text="Phones away."),),
        ),
        "notes": (
            Note(id=fact_id(9), text="Who is asked to explain"),
            Note(id=fact_id(8), text="Being heard"),
        ),
        "answers": (
            Answers(
                id=fact_id(4),
                ask="go-deeper",
                kind="choice",
                seats=24,
                items=tuple(
                    AnswerItem(id=fact_id(100 + n), choice="full-day" if n % 2 else "none")
                    for n in range(24)
                ),
            ),
        ),
        "parked": (ParkedQuestion(id=fact_id(5), text="Who is missing?"),),
        "group_commitments": (GroupCommitment(id=fact_id(6), text="Ask before we post."),),
        "leadership_asks": (LeadershipAsk(id=fact_id(7), text="Pay for the time."),),
        "clock": RunningClock(opened=OPENED, at=1540, wall=OPENED),
        "timeline": TIMELINE,
    }
    return OpenRecord(**(fields | changes))


def a_closed_record(**changes: Any) -> ClosedRecord:  # noqa: ANN401
    """Return the same session, closed after the pairs."""
    events = (*TIMELINE, ClosingBegun(at=1920), SessionClosed(at=1980))
    return condense(an_open_record(timeline=events, **changes), at=1980)


def under(rule: str) -> ClosedRecord:
    """Return the closed record under a rule for what may leave."""
    return a_closed_record(setting=Setting(heads=24, confidentiality=rule))


def test_a_summary_holds_what_the_group_made() -> None:
    """Agreements as the group put them, its own ones, themes, questions and commitments."""
    summary = summarise(a_closed_record())
    assert summary.agreements[0] == "Stay engaged: Come back."
    assert summary.agreements[1].startswith("Speak your truth: Say what you really see")
    assert summary.house_agreements == ("Phones away.",)
    assert summary.parked == ("Who is missing?",)
    assert [one.text for one in summary.commitments] == ["Ask before we post."]
    assert [question.answered for question in summary.questions] == [24]
    assert summary.heads == "20 to 29"


def test_themes_stand_in_the_order_of_their_random_ids() -> None:
    """The order in which notes were taken, or lie in the file, is not in a summary."""
    assert summarise(a_closed_record()).themes == ("Being heard", "Who is asked to explain")


def test_conditions_are_covered_or_left_and_never_a_bare_name() -> None:
    """Each condition is in one of the two lists, with what it asks for."""
    summary = summarise(a_closed_record())
    covered = [one.number for one in summary.conditions]
    left = [one.number for one in summary.conditions_left]
    assert (covered, left) == ([1, 2, 4], [3, 5, 6])
    assert all(one.gloss for one in summary.conditions + summary.conditions_left)


def test_steps_are_told_in_whole_minutes() -> None:
    """Planned and actual minutes and what became of each step, the declined one too."""
    rows = {row.title: row for row in summarise(a_closed_record()).steps}
    assert (rows["Welcome"].planned_minutes, rows["Welcome"].actual_minutes) == (4, 4)
    assert rows["Agreements"].outcome == "declined"
    assert rows["Three rules for today"].outcome == "done"
    assert rows["Compass, in silence"].outcome == "dropped"


def test_people_who_come_early_are_no_overrun() -> None:
    """What has no planned length is not in the actual minutes; pauses are."""
    # Welcome 240, agreements 100, rules 180, pause 120, conditions 200, pairs 420 seconds.
    summary = summarise(a_closed_record())
    assert (summary.planned_minutes, summary.actual_minutes) == (60, 21)


def test_adoption_is_told_and_never_who_objected() -> None:
    """Without adoption the agreements are there, said to be only offered."""
    assert not summarise(a_closed_record()).adopted
    adopted = AgreementsRecord(protocol=("stay-engaged",), adopted=True)
    assert summarise(a_closed_record(agreements=adopted)).adopted


def test_chatham_house_leaves_out_title_and_heads() -> None:
    """Neither the session's own title, which may name a team, nor how many were there."""
    summary = summarise(under("chatham-house"))
    assert summary.title == PLAN.title
    assert summary.heads == ""
    assert "Finance" not in summary.model_dump_json()
    assert summary.themes
    assert any("title" in line for line in summary.privacy)


def test_under_private_nothing_that_was_said_leaves() -> None:
    """No theme, answer, question, commitment or wording of the group's is in it."""
    text = summarise(under("private")).model_dump_json()
    record = under("private")
    facts = (record.notes, record.parked, record.group_commitments, record.agreements.house)
    said = [fact.text for kept in (*facts, record.leadership_asks) for fact in kept]
    said += [wording.text for wording in record.agreements.wordings]
    assert not [words for words in said if words in text]
    assert summarise(record).questions == ()
    assert summarise(record).conditions


def test_where_words_stay_the_tag_of_a_note_tells_nothing() -> None:
    """A condition that only a note is tagged with is told in a full Summary, and in no other."""
    last = LIBRARY.protocol.conditions[-1]
    tagged = {"notes": (Note(id=fact_id(9), text="Heard.", tags=(last.id,)),)}
    plain: dict[str, Any] = {"notes": ()}

    def told(summary: Summary) -> list[int]:
        return [one.number for one in summary.conditions]

    assert told(partial_of(an_open_record(**tagged))) == told(partial_of(an_open_record(**plain)))
    for rule in ("private", "stories-stay"):
        of_rule = {"setting": Setting(heads=24, confidentiality=rule)}
        full, before = (summarise(a_closed_record(**of_rule, **kept)) for kept in (tagged, plain))
        added = [last.number] if rule == "stories-stay" else []
        assert told(full) == [*told(before), *added] != []


def test_each_rule_that_keeps_something_back_says_so() -> None:
    """A reader is told what is missing and why."""
    for rule, leave in LEAVES.items():
        assert leave.said in summarise(under(rule)).privacy


def test_an_unknown_rule_is_named_by_its_id() -> None:
    """A rule that the record does not describe is called what it was called."""
    summary = summarise(under("our-own-rule"))
    assert (summary.rule_name, summary.rule_text) == ("our-own-rule", "")
    assert summary.limits[-1] == "The rule for what may leave is known here only by its id."


def test_a_tiny_room_is_warned_about() -> None:
    """With fewer than five people the reader is told that they know each other's words."""
    heads = (SessionOpened(at=0, heads=3), *TIMELINE[1:], ClosingBegun(at=1920))
    record = condense(an_open_record(timeline=heads, answers=()), at=1980)
    summary = summarise(record)
    assert (summary.heads, summary.heads_least, summary.heads_most) == ("fewer than 5", 0, 4)
    assert any("So few people" in line for line in summary.limits)


def test_no_step_tells_how_many_people_there_were() -> None:
    """Rooms of one band read the same, on either side of where a plan's step gives way."""
    # promise 17
    told = []
    for heads in (10, 18, 19):
        timeline = (
            SessionOpened(at=0, heads=heads),
            StepStarted(at=60, step="welcome"),
            StepStarted(at=300, step="one-word" if heads < 19 else "one-word-together"),
            ClosingBegun(at=500),
            SessionClosed(at=600),
        )
        told.append(summarise(condense(an_open_record(timeline=timeline, answers=()), at=600)))
    assert told[0].heads == "10 to 19"
    assert told[0] == told[1] == told[2]


def test_an_open_session_tells_where_it_stands() -> None:
    """The running step, the steps to come and the dropped one are told apart."""
    summary = summarise_open(an_open_record())
    outcomes = {row.title: row.outcome for row in summary.steps}
    assert summary.partial
    assert outcomes["In pairs"] == "running"
    assert outcomes["In threes"] == "to-come"
    assert outcomes["Compass, in silence"] == "dropped"
    assert outcomes["Agreements"] == "declined"
    assert outcomes["Welcome"] == "done"


def test_a_closing_session_has_no_running_step() -> None:
    """Once the last step is over, it is done."""
    record = an_open_record(timeline=(*TIMELINE, ClosingBegun(at=1530)))
    outcomes = {row.title: row.outcome for row in summarise_open(record).steps}
    assert outcomes["In pairs"] == "done"


def test_freezing_is_done_once() -> None:
    """What is frozen stays, whatever leaves the record afterwards."""  # promise 18
    frozen = freeze(a_closed_record())
    purged = frozen.model_copy(update={"notes": (), "answers": (), "title": "Other"})
    assert freeze(purged) == purged
    assert summary_of(purged) == frozen.summary == summarise(a_closed_record())


def test_a_frozen_record_is_read_back_as_it_was() -> None:
    """The Summary goes through the file and back without a change."""
    frozen = freeze(a_closed_record())
    assert RECORDS.validate_json(to_json(frozen)) == frozen


OLDER = {
    *("format", "version", "session", "plan", "plan_revision", "heads_least", "heads_most"),
    *("coded", "quotes", "leadership_asks", "held_back"),
}
"""What a Summary did not have when the first records were frozen."""


def test_a_summary_that_an_earlier_version_froze_is_read() -> None:
    """Commitments were lines then, and questions had neither kind nor caution."""
    frozen = freeze(a_closed_record())
    table = json.loads(to_json(frozen))
    summary = {key: value for key, value in table["summary"].items() if key not in OLDER}
    summary["commitments"] = [one["text"] for one in summary["commitments"]]
    summary["questions"] = [
        {key: one[key] for key in ("text", "answered", "in_words")} for one in summary["questions"]
    ]
    record = RECORDS.validate_json(json.dumps({**table, "summary": summary}))
    assert isinstance(record, ClosedRecord)
    read = summary_of(record)
    assert [one.text for one in read.commitments] == ["Ask before we post."]
    assert [one.in_words for one in read.questions] == [
        one["in_words"] for one in summary["questions"]
    ]
    assert RECORDS.validate_json(to_json(record)) == record


def test_commitments_and_asks_stand_with_what_became_of_them() -> None:
    """Days in their order, who sees to it by when, and replies with their day."""
    stood = (FollowUp(after_days=60, state="kept"), FollowUp(after_days=30, state="not-yet"))
    commitment = GroupCommitment(
        id=fact_id(6),
        text="Ask before we post.",
        role="The chief nurse",
        due=date(2027, 1, 15),
        follow_up=stood,
    )
    ask = LeadershipAsk(
        id=fact_id(7),
        text="Pay for the time.",
        replies=(
            Reply(on=date(2027, 2, 1), text="Yes."),
            Reply(on=date(2026, 12, 1), text="We will see."),
        ),
    )
    record = a_closed_record(group_commitments=(commitment,), leadership_asks=(ask,))
    shown = summarise(record)
    (one,) = shown.commitments
    assert (one.role, one.due) == ("The chief nurse", "2027-01-15")
    assert [at.after_days for at in one.follow_up] == [30, 60]
    assert [reply.text for reply in shown.leadership_asks[0].replies] == ["We will see.", "Yes."]
    assert RECORDS.validate_json(to_json(freeze(record))) == freeze(record)


def test_the_record_of_either_state_has_a_summary() -> None:
    """An open record gives the partial one, a closed one the whole."""
    assert summary_of(an_open_record()).partial
    assert not summary_of(a_closed_record()).partial


def test_no_time_of_day_and_no_exact_number_of_people_is_in_it() -> None:
    """Neither clock times nor the heads themselves leave, only the day and a band."""
    record = a_closed_record(answers=())
    text = summarise(record).model_dump_json()
    assert "17:00" not in text
    assert "24" not in text.replace("20 to 29", "")


@given(st.text(max_size=60), st.text(max_size=200))
def test_every_string_passes_the_gate_again(title: str, note: str) -> None:
    """A forged record gives a Summary that any terminal can show."""  # promise 5
    record = a_closed_record(title=title, notes=(Note(id=fact_id(9), text=note),) if note else ())
    summary = summarise(record)
    assert all(is_clean(text) for text in (summary.title, *summary.themes))
    assert cleaned(summary) == summary


@pytest.mark.parametrize("rule", [one.id for one in LIBRARY.protocol.confidentiality])
def test_a_summary_is_the_same_each_time(rule: str) -> None:
    """Nothing but the record goes into it."""  # promise 25
    assert summarise(under(rule)) == summarise(under(rule))
