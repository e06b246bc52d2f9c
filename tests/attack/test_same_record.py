"""Whole sessions on the disk: no order of arrival is in them, and nothing ties a seat to words.

Touches: disk.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, create_model

from dialogue.paths import Places
from sessions import opening, sheet_desk
from sessions.document import RECORDS, ClosedRecord
from sessions.envelopes import Unsealed
from sessions.facts import AnswerItem
from sessions.keys import AskKey
from sessions.payloads import Scale, Words, encode
from tests.attack.sheets import SCALE, WORDS, Begin, Sheet, files_with, seeded

HEADS = 12
TEXTS = [f"painted kettle of number {number}" for number in range(HEADS)]

CONTENT = {"text", "points", "choice", "value", "then", "now", "answer", "payload", "words"}
"""What a field is called that holds what somebody answered."""

WHOSE = {
    *("seat", "token", "mark", "voice", "code", "page", "device", "address", "port", "name"),
    *("order", "number", "index", "at", "time", "moment", "written", "arrived", "cell"),
}
"""What a field is called that tells whose it is, or when it came."""


def tables(schema: Any) -> Iterator[set[str]]:  # noqa: ANN401  # a schema is made of anything
    """Yield the names of the fields of every table in a JSON schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield set(schema["properties"])
        for value in schema.values():
            yield from tables(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from tables(value)


def ties(schema: Any) -> list[set[str]]:  # noqa: ANN401
    """Return the tables of a schema that hold content and whose it is."""
    return [found for found in tables(schema) if found & CONTENT and found & WHOSE]


PARTICIPANTS = {"AnswerItem", "Answers"}
"""What a record holds of participants, by the name of its table."""


def schemas() -> dict[str, Any]:
    """Return the schema of every kind of table that we write about a sheet, by its name."""
    whole = RECORDS.json_schema()["$defs"]
    return {name: whole[name] for name in PARTICIPANTS} | {"key": AskKey.model_json_schema()}


def test_no_table_has_a_place_for_a_seat_and_for_words() -> None:
    """Neither an answer in the record nor a key on the disk can hold both, nor when it came."""
    # promise 8
    assert {name: ties(one) for name, one in schemas().items()} == {name: [] for name in schemas()}
    assert CONTENT & set(schemas()["AnswerItem"]["properties"])


@pytest.mark.parametrize("leak", ["token", "seat", "at"])
def test_a_place_for_a_seat_beside_words_is_found(leak: str) -> None:
    """The same look finds an answer that has a field for its token, its seat or its time."""
    # promise 8
    leaking: type[BaseModel] = create_model("Leaking", __base__=AnswerItem, **{leak: (str, "")})
    assert ties(leaking.model_json_schema()) != []


def test_while_it_is_open_memory_has_no_words_beside_a_seat() -> None:
    """Who is in memory by a mark has a fingerprint there, and no answer."""
    # promise 8
    from sessions import voices  # noqa: PLC0415

    known = [kind for kind in (voices._Voice, voices._Kept) if is_dataclass(kind)]
    assert len(known) == 2
    for kind in known:
        assert not {one.name for one in fields(kind)} & CONTENT
    # An envelope, the one thing that has both, exists in memory while it is opened.
    assert {one.name for one in fields(Unsealed)} == {"mark", "answer"}


def fill(sheet: Sheet, texts: list[str]) -> dict[str, str]:
    """Let people write in this order, and return their tokens by their words."""
    tokens = {}
    for text in texts:
        tokens[text] = sheet.write("what-stays", Words(text=text, level="aloud"))
        sheet.write("useful", Scale(value=1 + TEXTS.index(text) % 5))
    return tokens


def copied(sheet: Sheet, folder: Path) -> Places:
    """Copy everything that a session has on the disk."""
    for name in ("data", "config"):
        shutil.copytree(sheet.places.data.parent / name, folder / name)
    return Places(folder / "data", folder / "config")


def test_two_orders_of_arrival_leave_the_same_bytes(
    begin: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same chance at the opening, the whole record is the same whoever came first."""
    # promise 2
    sheet = begin((WORDS, SCALE), heads=HEADS)
    sheet.open()
    sheet.leave()
    records = []
    for number, order in enumerate((TEXTS, TEXTS[::-1], TEXTS[5:] + TEXTS[:5])):
        taken = sheet.taken_up(copied(sheet, tmp_path / str(number)))
        fill(taken, order)
        with monkeypatch.context() as patch:
            seeded(patch, 2)
            taken.close()
        sheet.clock.tick(-sheet_desk.GRACE_SECONDS)
        taken.leave()
        records.append(taken.session.folder.path.read_bytes())
    assert TEXTS[0].encode() in records[0]
    assert records[1:] == records[:1] * 2


def test_no_file_holds_a_token_at_any_moment(begin: Begin) -> None:
    """Neither before the close nor after it is a token in a file, in any form, whole or by half."""
    # promise 8
    sheet = begin((WORDS, SCALE), heads=HEADS)
    root = sheet.places.data.parent
    sheet.open()
    tokens = fill(sheet, TEXTS).values()
    secret = [half for token in tokens for half in (token[:32], token[32:])]
    marks = [bytes.fromhex(half).decode("latin-1") for half in secret]
    looked = []
    for act in (lambda: None, sheet.close, sheet.end):
        act()
        looked.append(sorted(path.name for path in root.rglob("*") if path.is_file()))
        assert files_with(secret, root) == []
        held = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
        assert not any(mark.encode("latin-1") in held for mark in marks)
    assert "ballots.box" in looked[0]
    assert looked[2] == ["session.json"]


def test_a_token_in_a_file_would_be_found(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a build that takes ids from tokens the same look finds each of them in the record."""
    # promise 8
    sheet = begin((WORDS,), heads=HEADS)
    sheet.open()
    tokens = [sheet.write("what-stays", Words(text=text, level="aloud")) for text in TEXTS]
    left = iter([token[:32] for token in tokens] + ["0" * 32])
    monkeypatch.setattr(opening, "new_id", lambda: next(left))
    sheet.close()
    assert "session.json" in files_with([tokens[0][:32]], sheet.places.data)


def test_what_is_left_of_a_sheet_is_one_table_of_answers(begin: Begin) -> None:
    """Each line of a closed record about participants holds an id, an answer and its level."""
    # promise 8
    sheet = begin((WORDS, SCALE), heads=HEADS)
    sheet.open()
    fill(sheet, TEXTS)
    sheet.close()
    sheet.end()
    record = sheet.session.folder.read()
    assert isinstance(record, ClosedRecord)
    lines = [
        item for one in json.loads(record.model_dump_json())["answers"] for item in one["items"]
    ]
    assert len(lines) == 2 * HEADS
    said = [{name for name, value in line.items() if value is not None} for line in lines]
    assert {frozenset(one) for one in said} == {
        frozenset({"id", "text", "level", "status"}),
        frozenset({"id", "value", "status"}),
    }
    assert not any(set(line) & WHOSE - {"now"} for line in lines)


def test_answers_are_encoded_without_their_writer() -> None:
    """What is sealed of an answer is its payload and nothing of its page."""
    # promise 8
    held = TypeAdapter(dict[str, object]).validate_json(encode(Words(text="a")))
    assert not set(held) & WHOSE
