"""`dialogue programme`: many sessions in every format, all files or none."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dialogue.commands import programme as command
from dialogue.exits import ExitCode
from sessions import disk
from sessions.document import ClosedRecord
from sessions.export.registry import FORMATS
from sessions.gathering.index import NAME
from sessions.gathering.told import NAME as COHORTS
from sessions.store import read_record
from sessions.summarise import summarise

if TYPE_CHECKING:
    from tests.cli.conftest import Call

RECORD = Path(__file__).parents[1] / "data" / "records" / "v1-closed.json"
EVERY = ",".join(FORMATS)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """Return a folder with five shares, a rehearsal and a file of somebody else's."""
    place = tmp_path / "given"
    place.mkdir()
    record = read_record(RECORD)
    assert isinstance(record, ClosedRecord)
    for number in range(6):
        about = {"id": f"{number + 1:032x}", "rehearsal": number == 5}
        one = record.model_copy(update=about)
        (place / f"{number}.json").write_bytes(FORMATS["json"].render(summarise(one)))
    (place / "package.json").write_text('{"name": "left-pad"}')
    return place


def test_every_format_is_written(call: Call, given: Path, tmp_path: Path) -> None:
    """Each format gives one file, named by the days and the cohort."""
    answer = call("programme", given, "--to", EVERY, "--out", tmp_path / "out", "--json")
    assert answer.code == 0
    table = answer.json
    assert (table["sessions"], table["rehearsals_left_out"]) == (5, 1)
    assert [one["reason"] for one in table["left_out"]] == ["it is neither a session nor a summary"]
    written = sorted(Path(path).name for path in table["written"])
    assert len(written) == len(FORMATS)
    assert {name.split(".")[0] for name in written} == {
        f"programme-{table['first_on']}-{table['last_on']}-{table['cohort'][:4]}"
    }


def test_the_json_keeps_to_its_schema(call: Call, given: Path, tmp_path: Path) -> None:
    """A checker that knows nothing of us accepts a programme by the schema that is printed."""
    schema = tmp_path / "schema.json"
    schema.write_text(call("schema", "--programme").out, encoding="utf-8")
    call("programme", given, "--to", "json", "--out", tmp_path / "out")
    (written,) = (tmp_path / "out").iterdir()
    subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--schemafile", schema, written],
        check=True,
        capture_output=True,
    )
    assert call("schema", "--programme", "--summary").code == 2


def test_a_second_run_writes_the_same(call: Call, given: Path, data: Path, tmp_path: Path) -> None:
    """Run again, every file holds the same bytes, and the index is in the data folder."""
    call("programme", given, "--to", EVERY, "--out", tmp_path / "one")
    assert (data / NAME).is_file()
    call("programme", given, "--to", EVERY, "--out", tmp_path / "two")
    assert call("programme", given, "--to", EVERY, "--out", tmp_path / "two").code == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


@pytest.mark.parametrize("machine", [("UTC", "0"), ("Asia/Kathmandu", "77")])
def test_another_machine_writes_the_same(
    call: Call, given: Path, tmp_path: Path, machine: tuple[str, str]
) -> None:
    """The zone of the clock and the order of hashes make no difference to any format."""
    call("programme", given, "--to", EVERY, "--out", tmp_path / "here")
    zone, seed = machine
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "HOME": str(tmp_path / "h")}
    elsewhere = tmp_path / "elsewhere"
    program = "from dialogue.cli import main; raise SystemExit(main())"
    arguments = ("programme", given, "--to", EVERY, "--out", elsewhere)
    subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], check=True, env=environment
    )
    digests = [
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        for folder in (tmp_path / "here", elsewhere)
    ]
    assert digests[0] == digests[1]


def test_people_are_told_what_was_left_out(call: Call, given: Path, tmp_path: Path) -> None:
    """The page names each file that does not count with its reason, and the rehearsals."""
    answer = call("programme", given, "--out", tmp_path / "out")
    assert answer.code == 0
    assert "package.json: it is neither a session nor a summary" in answer.out
    assert "Left out: 1 of rehearsals" in answer.out
    assert answer.err == ""


def test_rehearsals_mark_what_comes_out(call: Call, given: Path, tmp_path: Path) -> None:
    """Asked for, they are counted, and every format says so."""
    rehearsed, out = given / "5.json", tmp_path / "out"
    call("programme", rehearsed, "--rehearsals", "--to", "md,html,csv", "--out", out)
    assert len(list(out.iterdir())) == 3
    for path in (tmp_path / "out").iterdir():
        assert "All of these were rehearsals." in path.read_text("utf-8-sig")


def test_a_list_of_files_is_cut_short(call: Call, given: Path, tmp_path: Path) -> None:
    """Of very many files that do not count, some are listed and the others counted."""
    for number in range(command.MOST_LISTED + 5):
        (given / f"other {number}.json").write_text("[]")
    answer = call("programme", given, "--out", tmp_path / "out")
    assert "… and 6 more" in answer.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "docm"), "There is no format called"),
        (("--edition", "participants"), "A programme has no edition"),
        (("--edition", "board", "--to", "json"), "has no editions"),
        (("--to-key", "age1nothing"), "no public key"),
    ],
)
def test_what_cannot_be_made_is_refused_first(
    call: Call, given: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    """A wrong format, edition or key is said before anything is written."""
    answer = call("programme", given, *arguments, "--out", tmp_path / "out")
    assert answer.code == 2
    assert said in answer.err
    assert not (tmp_path / "out").exists()


def test_a_path_that_is_missing_is_said(call: Call, tmp_path: Path) -> None:
    """A misspelt path ends with the code of the disk, and one sentence."""
    answer = call("programme", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert answer.code == 3
    assert len(answer.err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_for_files_is_made(call: Call, given: Path, tmp_path: Path) -> None:
    """A folder that is not there is made, with those above it."""
    assert call("programme", given, "--out", tmp_path / "a" / "b").code == 0
    assert len([*(tmp_path / "a" / "b").iterdir()]) == 1


@pytest.mark.parametrize("failing", [1, 3])
def test_a_full_disk_leaves_nothing_half_written(
    call: Call, given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """Where the disk fills up or takes nothing, no file is there afterwards, old ones are whole."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "theirs.txt").write_text("theirs")
    plain, calls = disk._write_all, []

    def fills_up(descriptor: int, data: bytes) -> None:
        calls.append(descriptor)
        if len(calls) >= failing:
            raise OSError(28, "full")
        plain(descriptor, data)

    monkeypatch.setattr(disk, "_write_all", fills_up)
    answer = call("programme", given, "--to", EVERY, "--out", out)
    assert answer.code == 3
    assert "no space left" in answer.err
    assert [path.name for path in out.iterdir()] == ["theirs.txt"]


def test_a_file_of_that_name_is_not_overwritten(call: Call, given: Path, tmp_path: Path) -> None:
    """A different file stays as it is, and what is written beside it has a number."""
    out = tmp_path / "out"
    call("programme", given, "--to", "md", "--out", out)
    (path,) = out.iterdir()
    path.write_text("mine")
    answer = call("programme", given, "--to", "md,csv", "--out", out)
    assert answer.code == 0
    assert path.read_text() == "mine"
    stem = path.stem
    assert {one.name for one in out.iterdir()} == {f"{stem}.md", f"{stem}-2.md", f"{stem}.csv"}


def test_a_bar_is_drawn_in_a_terminal_alone(
    call: Call, given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes to stderr where that is a terminal; stdout holds the answer alone."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    done: list[tuple[int, int]] = []
    with command._shown_progress() as progress:
        progress(1, 2)
        done.append((1, 2))
    assert done == [(1, 2)]
    answer = call("programme", given, "--json", "--out", tmp_path / "out")
    assert answer.json["sessions"] == 5


def test_a_single_new_session_waits_for_another(call: Call, given: Path, tmp_path: Path) -> None:
    """Two programmes of one computer never differ by one session; the sentence says what is so."""
    # promise 19
    said = ("programme", given, "--to", "json", "--json", "--out", tmp_path / "out")
    first = call(*said).json
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    record = read_record(RECORD)
    for number in (7, 8):
        one = record.model_copy(update={"id": f"{number:032x}"})
        (given / f"{number}.json").write_bytes(FORMATS["json"].render(summarise(one)))
        told = call(*said).json
        assert (told["sessions"], told["waiting"]) == ((5, 1) if number == 7 else (7, 0))
        if number == 7:
            assert told["cohort"] == first["cohort"]
            assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before
            assert "1 session is new since an earlier programme" in call(*said[:4], *said[5:]).out
    (given / "0.json").unlink()
    refused = call(*said)
    assert refused.code == ExitCode.REFUSED
    assert "or leave out another session too" in refused.err
    (given / "1.json").unlink()
    assert call(*said).json["sessions"] == 5
    assert call(*said).json["sessions"] == 5


def test_small_sessions_wait_for_a_larger_one(call: Call, given: Path, tmp_path: Path) -> None:
    """Two new sessions with fewer than five people wait, until a third brings enough."""
    # promise 19
    said = ("programme", given, "--to", "json", "--out", tmp_path / "out")
    assert call(*said, "--json").json["sessions"] == 5
    record = read_record(RECORD)
    for number in (7, 8, 9, 10, 11):
        setting = record.setting.model_copy(update={"heads": 2 if number < 9 else 30})
        about = {"id": f"{number:032x}", "setting": setting, "summary": None}
        quiet = {"answers": ()} if number < 9 else {}
        one = record.model_copy(update={**about, **quiet})
        (given / f"{number}.json").write_bytes(FORMATS["json"].render(summarise(one)))
        if number > 9:
            continue
        told = call(*said, "--json").json
        assert (told["sessions"], told["waiting"]) == {7: (5, 1), 8: (5, 2), 9: (8, 0)}[number]
        if number == 8:
            assert "2 small sessions are new" in call(*said).out
    (given / "7.json").unlink()
    (given / "8.json").unlink()
    refused = call(*said)
    assert refused.code == ExitCode.REFUSED
    assert "fewer than 5 people in all" in refused.err


def test_what_was_told_is_remembered_without_words(
    call: Call, given: Path, tmp_path: Path, data: Path
) -> None:
    """It is written with the programme or not at all, holds marks alone, and damage is no licence.

    An index that is deleted takes nothing of it along.
    """
    # promise 19
    kept = data / COHORTS
    out = tmp_path / "out"
    (tmp_path / "in the way").write_text("", "utf-8")
    assert call("programme", given, "--out", tmp_path / "in the way" / "out").code != 0
    assert not kept.exists()
    assert call("programme", given, "--out", out).code == 0
    table = json.loads(kept.read_text("utf-8"))
    assert set(table) == {"format", "version", "cohorts", "small"}
    assert re.fullmatch(r"[0-9a-f]{80}", table["cohorts"][0])
    (data / NAME).unlink()
    (given / "0.json").unlink()
    assert call("programme", given, "--out", out).code == ExitCode.REFUSED
    kept.write_text("{", "utf-8")
    damaged = call("programme", given, "--out", out)
    assert damaged.code == ExitCode.STORAGE
    assert "which sessions earlier programmes counted" in damaged.err


def test_rehearsals_are_summed_up_alone(call: Call, given: Path, tmp_path: Path) -> None:
    """Beside sessions that were held whoever rehearsed could take the rehearsals away again."""
    # promise 19
    record = read_record(RECORD)
    for number in (7, 8, 9):
        one = record.model_copy(update={"id": f"{number:032x}", "rehearsal": True})
        (given / f"{number}.json").write_bytes(FORMATS["json"].render(summarise(one)))
    said = ("programme", given, "--rehearsals", "--to", "json", "--json", "--out", tmp_path / "out")
    refused = call(*said)
    assert refused.code == ExitCode.REFUSED
    assert "Rehearsals are summed up alone, and 5 sessions" in refused.err
    assert not (tmp_path / "out").exists()
    for number in range(5):
        (given / f"{number}.json").unlink()
    assert call(*said).json["sessions"] == 4
