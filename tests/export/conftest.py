"""A record with every hard value that an export can meet.

Touches: nothing. It is built without the text gate, as a forged file could be.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from agreements.model import (
    Agreement,
    CompassPoint,
    Condition,
    ConfidentialityRule,
    Protocol,
)
from agreements.plan import Ask, AskOption, FixedDuration, OpenDuration, Plan, Step
from sessions.document import (
    AgreementsRecord,
    ClosedRecord,
    ElapsedRecord,
    Setting,
    StepRecord,
)
from sessions.facts import (
    AnswerItem,
    Answers,
    GroupCommitment,
    HouseAgreement,
    Note,
    ParkedQuestion,
    Wording,
)

HARD_NOTES = (
    "# A heading that is none\n\n## nor this",
    "- a list\n- of two\n\n1. and\n2. numbers",
    "[a link](javascript:alert(1)) ![a picture](x.png) [ref]: http://example.org",
    "<script>alert(1)</script> <b>bold</b> &lt; &#35; <!-- hidden -->",
    "`code` ``` fence ``` ~~~ tilde ~~~ ~~struck~~",
    "    indented by four\n\tby a tab",
    "a | table | row\n--- | --- | ---\nwith | cells | in it",
    "Setext?\n===\nor\n---\n***",
    "**bold** _slanted_ *a*b_c_ \\*escaped\\* \\",
    "http://example.org www.example.org mail@example.org ftp://x mailto:a@b.example",
    "> quoted\n> twice",
    "1986. A great year, 3) or a bracket, at 12:30, version 2.5",
    "=SUM(A1) +1 @here #tag $x$ ^up^ :smile: :::box",
    "\x1b[31mred\x1b[0m \x9b2J \x07 \u202egnirts\u202c zero\u200bwidth \ufeff",
    "مرحبا שלום नमस्ते 你好 👩🏽‍🚀 e\u0301 " + "z\u0337\u0301\u0302\u0303\u0304\u0305",
    "- [ ] a task\n- [x] done\n[^1]: a footnote",
    "word " * 799 + "end",
)
"""What a facilitator, or a forger, may have written."""


def fact_id(number: int) -> str:
    """Return an id of the right shape."""
    return f"{number:032x}"


def items(ask: str, counts: Mapping[str, int]) -> tuple[AnswerItem, ...]:
    """Return so many answers of each option."""
    given = [option for option, count in counts.items() for _ in range(count)]
    return tuple(
        AnswerItem(id=f"{len(ask):02x}{number:030x}", choice=option)
        for number, option in enumerate(given)
    )


@pytest.fixture
def hard_record() -> ClosedRecord:
    """Return a closed record of 24 people in which every string is hard."""
    return the_hard_record()


def the_hard_record() -> ClosedRecord:
    """Return that record, outside of a test."""
    return ClosedRecord(
        rehearsal=True,
        id=fact_id(0xABCD),
        title="1. [Lunch](http://x) & *learn* | <i>\u202e\x1b[2J #1 👩🏽‍🚀",
        held_on=date(2026, 11, 22),
        language="en",
        protocol=hard_protocol(),
        plan=hard_plan(),
        setting=Setting(heads=24, confidentiality="stories-stay"),
        agreements=AgreementsRecord(
            protocol=("stay", "speak"),
            wordings=(Wording(id=fact_id(1), agreement="speak", text="Say *your* thing | `ok`"),),
            house=(HouseAgreement(id=fact_id(2), text="- Phones <away>"),),
            adopted=True,
        ),
        conditions=("local",),
        notes=tuple(Note(id=fact_id(10 + n), text=text) for n, text in enumerate(HARD_NOTES)),
        answers=(
            Answers(
                id=fact_id(3), ask="deeper", kind="choice", seats=24, items=items("deeper", DEEPER)
            ),
            Answers(id=fact_id(4), ask="few", kind="choice", seats=24, items=items("few", FEW)),
        ),
        parked=(ParkedQuestion(id=fact_id(5), text="+ Who is [not] here?"),),
        group_commitments=(GroupCommitment(id=fact_id(6), text="2) Ask | again"),),
        steps=(
            StepRecord(
                id="door",
                title="At the | door",
                planned_seconds=0,
                actual_seconds=600,
                visits=1,
                outcome="done",
            ),
            StepRecord(
                id="talk",
                title="# Talk \\",
                planned_seconds=1800,
                actual_seconds=1530,
                visits=2,
                outcome="shortened",
            ),
        ),
        elapsed=ElapsedRecord(arrival_seconds=30, paused_seconds=90, closing_seconds=45),
    )


DEEPER = {"none": 2, "more": 9, "day": 13}
FEW = {"none": 1, "more": 3}


def hard_protocol() -> Protocol:
    """Return a protocol whose labels are hard."""
    return Protocol(
        id="hard",
        title="Hard",
        revision=1,
        language="en",
        source="Our own words.",
        license="MIT",
        agreements=(
            Agreement(id="stay", name="Stay *here*", asks="Stay | <here>.", does_not_ask="No."),
            Agreement(id="speak", name="Speak", asks="Speak.", does_not_ask="No."),
        ),
        conditions=(
            Condition(id="local", number=1, name="Local_ly", tier="engage", gloss="Near `you`."),
            Condition(id="wide", number=2, name="[Wide]", tier="sustain", gloss="Far & near."),
        ),
        compass=(
            CompassPoint(id="feeling", label="Feeling", starts="I feel."),
            CompassPoint(id="thinking", label="Thinking", starts="I think."),
        ),
        confidentiality=(
            ConfidentialityRule(id="stories-stay", name="Stories *stay*", text="<They> stay."),
            ConfidentialityRule(id="private", name="Private", text="All stays."),
            ConfidentialityRule(id="chatham-house", name="Chatham House Rule", text="No who."),
        ),
    )


def hard_plan() -> Plan:
    """Return a plan with hard titles and two closed questions."""
    options = (
        AskOption(id="none", label="Not | now"),
        AskOption(id="more", label="*More*"),
        AskOption(id="day", label="A day"),
    )
    asks = tuple(
        Ask(id=name, kind="choice", text=f"Deeper | [{name}]?", options=options, ordered=True)
        for name in ("deeper", "few")
    )
    door = Step(
        id="door",
        title="At the | door",
        kind="arrival",
        phase="open",
        format="arrival",
        duration=OpenDuration(),
    )
    talk = Step(
        id="talk",
        title="# Talk \\",
        kind="talk",
        phase="explore",
        format="plenary",
        duration=FixedDuration(minutes=30),
        asks=asks,
    )
    return Plan(
        id="hard-plan",
        title="Plan <b>hard</b>",
        revision=1,
        language="en",
        source="Our own words.",
        license="MIT",
        purpose="> Meet what is *hard*.",
        minutes=30,
        steps=(door, talk),
    )
