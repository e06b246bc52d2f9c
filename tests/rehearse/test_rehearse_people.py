"""When made-up people send, and what: the shares that a real room has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.plan import Ask
from dialogue.rehearse.chance import Chance
from dialogue.rehearse.crowd import BEAT_SECONDS
from dialogue.rehearse.facilitator import LONGEST_SHEET_SECONDS, SHORTEST_SHEET_SECONDS
from dialogue.rehearse.people import (
    Answer,
    Spoken,
    answer_to,
    meaning_of,
    on_a_beat,
    part_of,
)
from dialogue.rehearse.texts import REFLECTIONS, ROSTER, made_up, read_texts
from sessions.decide_sheet import GRACE_SECONDS
from sessions.errors import CommandRefusedError
from sessions.payloads import WORDS_LIMIT, parse
from sessions.text import is_clean, paragraph
from tests.rehearse.conftest import FIRST_SHEET, SECOND_SHEET

SPOKEN = Spoken(opens_at=1000, closes_at=1200)
COMPASS = ("feeling", "thinking", "acting")


def shown(ask: Ask) -> dict[str, object]:
    """Return an ask as a page is shown it."""
    options = [{"id": one.id} for one in ask.options] or [{"id": one} for one in COMPASS]
    return {"id": ask.id, "kind": ask.kind, "options": options, "points": ask.points}


def written(ask: Ask, count: int) -> list[Answer]:
    """Return what so many people write to an ask."""
    drawn = (
        answer_to(shown(ask), "t" * 64, REFLECTIONS, SPOKEN, Chance(f"{ask.id} {number}"))
        for number in range(count)
    )
    return [one for one in drawn if one is not None]


def test_a_few_pass() -> None:
    """Nearly all answer an ask, and nobody before it is open."""
    answers = written(FIRST_SHEET[0], 2000)
    assert 1800 < len(answers) < 1950
    assert min(one.done_at for one in answers) >= SPOKEN.opens_at


@given(
    opens=st.floats(0, 10_000),
    length=st.floats(SHORTEST_SHEET_SECONDS, LONGEST_SHEET_SECONDS),
    share=st.floats(0, 1),
    offset=st.floats(0, BEAT_SECONDS),
)
def test_a_beat_is_found_in_every_part(
    opens: float, length: float, share: float, offset: float
) -> None:
    """Whenever a page calls, what is drawn for one part of the time is sent in that part."""
    spoken = Spoken(opens, opens + length)
    moment = opens + share * (length + GRACE_SECONDS)
    before = (moment - offset) // BEAT_SECONDS * BEAT_SECONDS + offset
    found = on_a_beat(spoken, moment, (before, before + BEAT_SECONDS))
    assert part_of(spoken, found) == part_of(spoken, moment)
    assert abs(found - moment) <= BEAT_SECONDS


@pytest.mark.parametrize("ask", FIRST_SHEET + SECOND_SHEET, ids=lambda ask: ask.id)
def test_every_form_can_be_meant(ask: Ask) -> None:
    """What a made-up person fills in is a whole answer, and means what is read from it."""
    for one in written(ask, 60):
        payload = parse(ask, COMPASS, one.envelope.fields)
        meaning = meaning_of(ask.kind, one.envelope.fields)
        found = [value for value in payload.model_dump().values() if value != ()]
        flat = found[0] if ask.kind == "compass" and found else found
        assert sorted(map(str, meaning)) == sorted(map(str, flat))


def test_the_made_up_texts_are_short_and_clean() -> None:
    """Each of our own reflections passes the gate as it is, and none comes twice."""
    assert len(set(REFLECTIONS)) == len(REFLECTIONS) >= 24
    assert all(is_clean(text) and paragraph(text) == text for text in REFLECTIONS)
    assert max(map(len, REFLECTIONS)) < 200


def test_texts_are_read_from_json_lines_and_from_plain_ones(tmp_path: Path) -> None:
    """A file may hold both; empty lines are left out, and what is too long is cut."""
    file = tmp_path / "texts"
    lines = [
        json.dumps({"text": "as JSON,\nin two lines", "topic": "x"}),
        "a plain line\u2028in two",
        "",
        "\u200b \u200d",
        "x" * (WORDS_LIMIT + 5),
        '{"text": "half \\ud83d a pair"}',
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert read_texts(file) == (
        "as JSON,\nin two lines",
        "a plain line\u2028in two",
        "x" * WORDS_LIMIT,
        "half ? a pair",
    )


@pytest.mark.parametrize("line", ['{"text": 5}', '{"txt": "x"}', '{"text": "x"', "{}"])
def test_a_line_that_is_no_text_is_named(tmp_path: Path, line: str) -> None:
    """A line that begins as JSON and holds no text is refused with its number."""
    file = tmp_path / "texts.jsonl"
    file.write_text(f'{{"text": "good"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(CommandRefusedError, match="line 2"):
        read_texts(file)


def test_a_file_without_texts_is_refused(tmp_path: Path) -> None:
    """A file of empty lines cannot be rehearsed with."""
    file = tmp_path / "texts.txt"
    file.write_bytes(b"\n\n \n\x00\n")
    with pytest.raises(CommandRefusedError, match="There is no text"):
        read_texts(file)


def test_a_rehearsal_in_spanish_has_a_room_that_writes_spanish() -> None:
    """As much is made up in Spanish as in English, and each text can be sent as it stands."""
    english, spanish = made_up("en"), made_up("es-MX")
    for part in ("reflections", "notes", "parked", "agreed", "committed"):
        here, there = getattr(spanish, part), getattr(english, part)
        assert len(here) == len(there)
        assert not set(here) & set(there)
        assert all(is_clean(text) and len(paragraph(text)) <= WORDS_LIMIT for text in here)
    named = " ".join(spanish.reflections)
    assert all(name in named for name in ROSTER.split("\n"))
    assert made_up("fr") is english
