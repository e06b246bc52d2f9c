"""`dialogue sessions`, `show`, `summary`, `export` and `schema`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dialogue.page import Items
from dialogue.report_page import BAR_CELLS, report_page
from sessions import decide
from sessions.export.report import Edition
from sessions.export.withheld import withheld
from sessions.export.writing import report
from sessions.live import LiveSession
from sessions.store import read_record
from sessions.summarise import summary_of
from tests.export.summaries import rich

if TYPE_CHECKING:
    from tests.cli.conftest import Call

Begin = Callable[..., LiveSession]


def test_without_sessions_the_list_is_empty(call: Call, data: Path) -> None:
    """Nothing is there, nothing is created, and a person is told how to start."""
    assert call("sessions", "--json").json == []
    assert call("sessions").out == "There is no session yet. `dialogue` starts one.\n"
    assert not data.exists()


def test_sessions_as_json_has_five_keys(call: Call, begin: Begin, closed: LiveSession) -> None:
    """Id, title, day, state and path, for open and closed sessions alike."""
    live = begin("An open one")
    live.leave()
    listed = {one["id"]: one for one in call("sessions", "--json").json}
    assert {tuple(one) for one in listed.values()} == {("id", "title", "held_on", "state", "path")}
    assert listed[closed.folder.name] == {
        "id": closed.folder.name,
        "title": "A lunch",
        "held_on": "2026-11-22",
        "state": "closed",
        "path": str(closed.folder.path),
    }
    assert listed[live.folder.name]["state"] == "open"


def test_sessions_for_people_has_one_row_each(call: Call, closed: LiveSession) -> None:
    """A row can be cut into its columns."""
    rows = call("sessions").out.splitlines()
    assert rows[1].split("\t") == [closed.folder.name, "A lunch", "2026-11-22", "closed"]


def test_a_damaged_record_is_listed_with_a_way_out(call: Call, closed: LiveSession) -> None:
    """The list comes all the same, and says how to look further."""
    closed.folder.path.write_bytes(b"{")
    assert call("sessions", "--json").json[0]["state"] == "damaged"
    assert "Some records cannot be read." in call("sessions").out


def test_a_title_of_escapes_is_listed_as_words(call: Call, begin: Begin) -> None:
    """Neither for people nor for programs does a title hold what a terminal obeys."""
    live = begin("\x1b[2J[bold]red[/] \u202eevil\n\x9b31m " + "x" * 500)  # promise 5
    live.leave()
    for answer in (call("sessions"), call("sessions", "--json"), call("show", live.folder.name)):
        assert answer.code == 0
        assert not {"\x1b", "\x9b", "\u202e"} & set(answer.out)
    assert "[bold]red[/]" in call("sessions").out


def test_show_tells_what_a_closed_session_tells(call: Call, closed: LiveSession) -> None:
    """The page holds title, rule, themes, open questions and what it cannot tell."""
    answer = call("show", closed.folder.name)
    assert answer.code == 0
    for words in (
        "A lunch",
        "People: 20 to 29",
        "Stories stay, lessons leave",
        "- Being heard without being fixed",
        "- Who is missing?",
        "What this page cannot tell",
    ):
        assert words in answer.out
    assert "Partial" not in answer.out


@pytest.mark.parametrize("edition", ["board", "participants", "full"])
def test_summary_tells_what_an_edition_says_and_leaves_out(
    call: Call, closed: LiveSession, edition: Edition
) -> None:
    """It reads as the file of that edition does, then says what is not in it; nothing is frozen."""
    before = closed.folder.path.read_bytes()
    answer = call("summary", closed.folder.name, "--edition", edition)
    assert answer.code == 0
    told = summary_of(read_record(closed.folder.path))
    assert all(f"- {sentence}" in answer.out for sentence in withheld(told, edition))
    assert report(told, edition).kind in answer.out
    assert closed.folder.path.read_bytes() == before


def test_summary_is_in_another_language_when_asked(call: Call, closed: LiveSession) -> None:
    """The report's own words and what it leaves out are said in it; what was said stays."""
    answer = call("summary", closed.folder.name, "--lang", "es")
    assert "Lo que no dice" in answer.out
    assert "No report tells" not in answer.out
    assert "Being heard without being fixed" in answer.out


@pytest.mark.parametrize("wrong", [("--edition", "press"), ("--lang", "xx")])
def test_summary_refuses_what_there_is_not(
    call: Call, closed: LiveSession, wrong: tuple[str, str]
) -> None:
    """An edition or a language that is none is named, with those there are."""
    answer = call("summary", closed.folder.name, *wrong)
    assert (answer.code, answer.out) == (2, "")
    assert wrong[1] in answer.err


def test_a_bar_in_the_terminal_says_of_how_many() -> None:
    """Every bar has a track as long as all others, then how many of how many, then the answer."""
    lines = [
        text for one in report_page(report(rich())) if isinstance(one, Items) for text in one.texts
    ]
    bars = [line for line in lines if "█" in line]
    assert "█████░░░░░░░░░░░░░░░ 6 of 24 · " in "".join(bars)
    assert {sum(map(line.count, "█░")) for line in bars} == {BAR_CELLS}


def test_show_says_that_an_open_session_is_partial(call: Call, begin: Begin) -> None:
    """An open session is shown as far as it is, and said to be so."""
    live = begin()
    live.leave()
    answer = call("show", live.folder.name)
    assert answer.code == 0
    assert "The session is still open." in answer.out
    assert "running now" in answer.out


def test_show_takes_the_beginning_of_a_name(call: Call, closed: LiveSession) -> None:
    """A unique beginning is enough."""
    assert call("show", closed.folder.name[:12]).code == 0


def test_show_takes_a_file_and_a_folder(call: Call, closed: LiveSession, tmp_path: Path) -> None:
    """A record anywhere on the disk is shown, by itself or by its folder."""
    copy = tmp_path / "copy.json"
    copy.write_bytes(closed.folder.path.read_bytes())
    assert call("show", copy).out == call("show", closed.folder.folder).out


def test_a_beginning_that_fits_several_is_refused(call: Call, begin: Begin) -> None:
    """The sentence names those that it fits."""
    names = sorted(one.folder.name for one in (begin(), begin()))
    answer = call("show", "2026")
    assert answer.code == 2
    assert all(name in answer.err for name in names)


@pytest.mark.parametrize("command", ["show", "export"])
@pytest.mark.parametrize("name", ["nobody", "x" * 5000, "..", "\x1b[2J", ""])
def test_an_unknown_session_is_refused(call: Call, command: str, name: str) -> None:
    """The name is quoted safely, and the sentence says where the names are."""
    answer = call(command, name)
    assert answer.code == 2
    assert "There is no session called" in answer.err
    assert "\x1b" not in answer.err
    assert len(answer.err) < 300


def test_a_file_that_is_not_there_is_the_disks_answer(call: Call, tmp_path: Path) -> None:
    """What ends in .json is taken for a file, and missed as one."""
    answer = call("show", tmp_path / "none.json")
    assert answer.code == 3
    assert "it is not there" in answer.err


def test_a_damaged_record_is_not_shown(call: Call, begin: Begin) -> None:
    """The sentence says that the version before it is still there, and how to open it."""
    live = begin()
    live.leave()
    live.folder.path.write_bytes(b'{"half":')
    answer = call("show", live.folder.name)
    assert answer.code == 3
    said = " ".join(answer.err.split())
    assert "The version before it is still there. Run `dialogue` and press Enter on this" in said
    live.folder.previous.unlink()
    assert "press Enter" not in call("show", live.folder.name).err


def test_a_record_of_a_newer_program_is_left_alone(call: Call, closed: LiveSession) -> None:
    """Only its title and day are shown, nothing is exported, and its bytes stay."""
    table = json.loads(closed.folder.path.read_bytes()) | {"version": 99}
    closed.folder.path.write_text(json.dumps(table), encoding="utf-8")
    before = closed.folder.path.read_bytes()
    for command in ("show", "export"):
        answer = call(command, closed.folder.name)
        assert answer.code == 3
        assert "newer dialogue" in answer.err
        assert "left as it is" in answer.err
        assert ("A lunch" in answer.out and "2026-" in answer.out) is (command == "show")
    assert closed.folder.path.read_bytes() == before


def test_export_writes_a_page_and_prints_where(
    call: Call, closed: LiveSession, tmp_path: Path
) -> None:
    """One line on stdout is the file; a second export changes nothing."""
    first = call("export", closed.folder.name, "--to", "md", "--out", tmp_path / "out")
    path = Path(first.out.strip())
    assert first.code == 0
    assert path.parent == tmp_path / "out"
    page = path.read_bytes()
    assert page.startswith(b"# A lunch\n")
    assert call("export", closed.folder.name, "--out", tmp_path / "out").out == first.out
    assert path.read_bytes() == page


def test_export_takes_a_record_from_anywhere(
    call: Call, closed: LiveSession, tmp_path: Path
) -> None:
    """A copied file gives the page that the session itself gives."""
    copy = tmp_path / "copy.json"
    copy.write_bytes(closed.folder.path.read_bytes())
    one = Path(call("export", copy, "--out", tmp_path / "one").out.strip())
    two = Path(call("export", closed.folder.name, "--out", tmp_path / "two").out.strip())
    assert (one.name, one.read_bytes()) == (two.name, two.read_bytes())


def test_an_open_session_is_exported_in_part(call: Call, begin: Begin, tmp_path: Path) -> None:
    """The file says so in its name and its words, and holds nothing that was said."""
    live = begin()
    live.keep_note("Who explains")
    live.leave()
    before = live.folder.path.read_bytes()
    answer = call("export", live.folder.name, "--out", tmp_path / "out")
    assert answer.code == 0
    written = Path(answer.out.strip())
    assert written.stem.endswith("-partial")
    assert "still open" in written.read_text("utf-8")
    assert "Who explains" not in written.read_text("utf-8")
    assert live.folder.path.read_bytes() == before


def test_an_unknown_format_is_refused_before_anything_is_frozen(
    call: Call, closed: LiveSession
) -> None:
    """All formats are looked at first, so a typing error fixes nothing for ever."""
    before = closed.folder.path.read_bytes()
    answer = call("export", closed.folder.name, "--to", "md,papyrus")
    assert answer.code == 2
    assert "There is no format called “papyrus”. There is: md, html, pdf," in answer.err
    assert closed.folder.path.read_bytes() == before


def test_a_file_where_the_folder_should_be_is_the_disks_answer(
    call: Call, closed: LiveSession, tmp_path: Path
) -> None:
    """The sentence names the folder that could not be made."""
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    answer = call("export", closed.folder.name, "--out", tmp_path / "out" / "below")
    assert answer.code == 3
    assert str(tmp_path / "out") in answer.err


def test_under_chatham_house_the_file_is_not_named_by_the_title(
    call: Call, begin: Begin, tmp_path: Path
) -> None:
    """The session's own title is neither in the page nor in the name of its file."""
    live = begin("Finance team", rule="chatham-house")
    live.do(decide.begin_closing)
    live.close()
    path = Path(call("export", live.folder.name, "--out", tmp_path).out.strip())
    assert "finance" not in path.name
    assert b"Finance" not in path.read_bytes()


def test_open_and_closed_records_meet_the_schema(
    call: Call, begin: Begin, closed: LiveSession, tmp_path: Path
) -> None:
    """A validator of others finds nothing wrong, before and after an export."""
    schema = tmp_path / "schema.json"
    schema.write_text(call("schema").out, encoding="utf-8")
    live = begin()
    live.leave()
    frozen = begin()
    frozen.do(decide.begin_closing)
    frozen.close()
    call("export", frozen.folder.name, "--out", tmp_path)
    paths = [one.folder.path for one in (live, closed, frozen)]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--schemafile", schema, *paths],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_schema_refuses_what_is_no_record(call: Call) -> None:
    """It names both states, and lets no unknown key through."""
    schema = call("schema").json
    assert schema["$schema"].startswith("https://json-schema.org/")
    closed = schema["$defs"]["ClosedRecord"]
    assert closed["additionalProperties"] is False
    assert {"steps", "elapsed"} <= set(closed["required"])
