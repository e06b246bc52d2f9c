"""`dialogue print PLAN`: a pack is written whole or not at all, and says what to do with it."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete

from agreements.library import shipped_languages
from dialogue.cli import cli
from dialogue.prints import html, pdf
from sessions import disk
from sessions.errors import StorageError

if TYPE_CHECKING:
    from tests.cli.conftest import Call

PARTS = ("answer-cards", "cards-to-hold-up", "cue-sheet", "participants")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return where the pages go."""
    return tmp_path / "out"


def names(folder: Path) -> list[str]:
    """Return what a folder holds."""
    return sorted(path.name for path in folder.iterdir())


def pack(plan: str, *formats: str, parts: tuple[str, ...] = PARTS) -> list[str]:
    """Return the names of the files of a pack."""
    return sorted(f"{plan}-{part}-en.{chosen}" for part in parts for chosen in formats)


@pytest.mark.parametrize("words", [("print",), ("print", "plan")], ids=" ".join)
def test_a_plan_is_printed_with_and_without_the_word_plan(
    call: Call, out: Path, words: tuple[str, ...]
) -> None:
    """Both ways to say it write the four parts as PDF and nothing else."""
    answer = call(*words, "check-in", "--heads", 12, "--start", "9:00", "--out", out)
    assert (answer.code, answer.err) == (0, "")
    assert names(out) == pack("check-in", "pdf")
    assert all((out / name).read_bytes().startswith(b"%PDF-1.7") for name in names(out))
    assert "Print the answer cards 4 times, on one side: 16 of each." in answer.out
    for name in names(out):
        assert name in answer.out


def test_options_may_stand_before_the_plan(call: Call, out: Path) -> None:
    """The word may be left out wherever the plan stands."""
    answer = call("print", "--to", "html", "--out", out, "check-in")
    assert answer.code == 0
    assert names(out) == pack("check-in", "html")


def test_both_formats_and_the_data_sheet(call: Call, out: Path) -> None:
    """Each part comes in each format, and the data sheet when it is asked for."""
    answer = call("print", "check-in", "--to", "pdf, HTML,pdf", "--data-sheet", "--out", out)
    assert answer.code == 0
    assert names(out) == pack("check-in", "pdf", "html", parts=(*PARTS, "data-sheet"))
    assert "Print HTML pages without margins" in answer.out


def test_the_settings_stand_on_the_pages(call: Call, config: Path, out: Path) -> None:
    """Heads, contacts, rule and days come from the settings where nothing else is said."""
    (config / "config.toml").write_text(
        'heads = 31\ncare_contact = "the chaplain"\nreporting_contact = "room 9"\n'
        'retention_days = 14\nconfidentiality = "private"\n',
        "utf-8",
    )
    call("print", "check-in", "--to", "html", "--data-sheet", "--out", out)
    cue, sheet, data = (
        (out / f"check-in-{part}-en.html").read_text("utf-8")
        for part in ("cue-sheet", "participants", "data-sheet")
    )
    assert "31 people · " in re.sub(r"\s+", " ", cue)
    assert "the chaplain" in sheet
    assert "room 9" in sheet
    assert "due to be deleted 14 days after" in data
    assert "Nothing leaves the room." in data


def test_paper_is_chosen(call: Call, out: Path) -> None:
    """A4 unless Letter is asked for, in small letters or large ones."""
    call("print", "check-in", "--to", "html", "--out", out)
    assert "size: A4;" in (out / "check-in-cue-sheet-en.html").read_text("utf-8")
    call("print", "check-in", "--to", "html", "--paper", "LETTER", "--out", out)
    assert "size: letter;" in (out / "check-in-cue-sheet-en.html").read_text("utf-8")


def test_a_plan_that_gives_way_is_told(call: Call, out: Path) -> None:
    """What had to change for the time is said in the terminal as well."""
    answer = call(
        *("print", "check-in", "--start", "9:00", "--end", "9:10", "--to", "html", "--out", out)
    )
    assert answer.code == 0
    assert "It does not fit" in answer.out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("luch-and-learn",), 2, "Did you mean lunch-and-learn"),
        (("../../etc/passwd",), 2, "There is no plan called"),
        (("check-in", "--to", "docx"), 2, "“docx” is not a format of printed pages"),
        (("check-in", "--to", ""), 2, "is not a format of printed pages"),
        (("check-in", "--lang", "xx"), 2, "there is no content in “xx”; choose from en"),
        (("check-in", "--lang", "../en"), 2, "there is no content in “../en”"),
        (("check-in", "--heads", "0"), 2, "At least one person"),
        (("check-in", "--start", "25:00"), 2, "is not a time of day"),
        (("check-in", "--start", "10:00", "--end", "9:00"), 1, "is not after the start"),
        (("check-in", "--paper", "a3"), 2, "'a3' is not one of"),
        (("check-in", "more"), 2, "unexpected extra argument"),
    ],
)
def test_what_cannot_be_printed_is_said(
    call: Call, out: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    """The sentence says what is wrong; no folder is made, and nothing written."""
    answer = call("print", *arguments, "--out", out)
    assert answer.code == code
    assert said in answer.err
    assert answer.out == ""
    assert not out.exists()


def test_without_a_plan_the_command_line_explains_itself(call: Call) -> None:
    """`print` alone is refused with the way to its help, which names both kinds of pages."""
    assert call("print").code == 2
    page = call("print", "--help").out
    assert "Usage: dialogue print [OPTIONS] PLAN | plan PLAN | seats N" in page
    assert "short for `dialogue print plan PLAN`" in page
    assert re.search(r"^  plan +Print what a session of PLAN needs", page, re.MULTILINE)
    assert re.search(r"^  seats +Print N seat cards", page, re.MULTILINE)
    options = call("print", "plan", "--help").out
    for option in ("--lang", "--heads", "--start", "--end", "--paper", "--out", "--data-sheet"):
        assert option in options


def test_the_shell_completes_plans_and_commands() -> None:
    """After `print` a plan can be completed, and after the plan its options."""
    complete = ShellComplete(cli, {}, "dialogue", "_DIALOGUE_COMPLETE")

    def words(given: list[str], incomplete: str) -> set[str]:
        return {item.value for item in complete.get_completions(given, incomplete)}

    assert {"plan", "seats", "lunch-and-learn"} <= words(["print"], "")
    assert words(["print"], "lun") == {"lunch-and-learn"}
    assert words(["print", "plan"], "lun") == {"lunch-and-learn"}
    assert "--lang" in words(["print", "lunch-and-learn"], "--l")


def test_a_file_of_somebody_s_own_is_left_alone(call: Call, out: Path) -> None:
    """What is no page of a pack is not written over, and nothing beside it is written."""
    out.mkdir()
    for chosen, own in (("pdf", b"%PDF-1.7 mine"), ("html", b"<!doctype html>\nmine")):
        path = out / f"check-in-participants-en.{chosen}"
        path.write_bytes(own)
        answer = call("print", "check-in", "--to", chosen, "--out", out)
        assert answer.code == 1
        assert "is no page of a print pack. Move it away" in answer.err
        assert path.read_bytes() == own
        assert names(out) == [path.name]
        path.unlink()


def test_a_pack_is_printed_over_an_older_one(call: Call, out: Path) -> None:
    """Our own pages are known by their mark, and replaced."""
    for heads in (8, 20):
        assert (
            call("print", "check-in", "--heads", heads, "--to", "pdf,html", "--out", out).code == 0
        )
    assert "20 people" in (out / "check-in-cue-sheet-en.html").read_text("utf-8")
    assert all(
        pdf.MARK in path.read_bytes() if path.suffix == ".pdf" else html.MARK in path.read_bytes()
        for path in out.iterdir()
    )


def test_a_folder_that_takes_no_files_is_said(call: Call, tmp_path: Path) -> None:
    """The sentence names the folder; nothing is left beside it."""
    (tmp_path / "file").write_text("", "utf-8")
    answer = call("print", "check-in", "--out", tmp_path / "file" / "below")
    assert answer.code == 3
    assert "Could not" in answer.err
    assert names(tmp_path) == ["file"]


def test_a_disk_that_fills_up_leaves_the_older_pack_whole(
    call: Call, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the third page does not fit any more, none of the new ones is there."""
    call("print", "check-in", "--heads", 8, "--to", "html", "--out", out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    whole, taken = os.write, []

    def write(descriptor: int, data: bytes) -> int:
        if len(data) > 4000:
            taken.append(descriptor)
        if len(taken) > 2:
            raise OSError(28, "No space left on device")
        return whole(descriptor, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        answer = call("print", "check-in", "--heads", 20, "--to", "html", "--out", out)
    assert answer.code == 3
    assert "there is no space left" in answer.err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_plan_with_a_sign_no_font_has_writes_nothing(call: Call, config: Path, out: Path) -> None:
    """One part that cannot be printed keeps all from being written; HTML is offered, and works."""
    (config / "config.toml").write_text('care_contact = "漢字"\n', "utf-8")
    answer = call("print", "check-in", "--out", out)
    assert answer.code == 1
    assert "no signs for “漢" in answer.err
    assert not out.exists()
    assert call("print", "check-in", "--to", "html", "--out", out).code == 0


def test_where_there_is_no_typst_html_is_offered(
    call: Call, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a computer it does not exist for, the sentence says so; HTML needs none of it."""
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "typst" else find(name)
    )
    monkeypatch.setitem(sys.modules, "typst", None)
    answer = call("print", "check-in", "--out", out)
    assert answer.code == 1
    assert "PDFs cannot be made here" in answer.err
    assert "--to html" in answer.err
    assert not out.exists()
    assert call("print", "check-in", "--to", "html", "--out", out).code == 0


def test_a_pack_is_the_same_bytes_in_another_place(call: Call, out: Path, tmp_path: Path) -> None:
    """Another home, user, zone, language and order of sets give the same files."""
    # promise 25
    arguments = ["print", "check-in", "--start", "9:00", "--to", "pdf,html", "--data-sheet"]
    call(*arguments, "--out", out)
    other = tmp_path / "elsewhere"
    home = tmp_path / "home of ana"
    home.mkdir()
    subprocess.run(
        [
            *(sys.executable, "-c", "from dialogue.cli import main; main()"),
            *(*arguments, "--out", str(other)),
        ],
        env={
            **os.environ,
            "HOME": str(home),
            "USER": "ana",
            "LOGNAME": "ana",
            "TZ": "Asia/Tokyo",
            "LANG": "de_DE.UTF-8",
            "PYTHONHASHSEED": "7",
            "SOURCE_DATE_EPOCH": "1700000000",
        },
        cwd=home,
        check=True,
        timeout=60,
        capture_output=True,
    )
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        path.name: path.read_bytes() for path in other.iterdir()
    }


@pytest.mark.parametrize("language", shipped_languages())
def test_content_of_a_language_is_printed_in_it(call: Call, out: Path, language: str) -> None:
    """`--lang` chooses the plan's words and ours, and the name of the file."""
    answer = call("print", "check-in", "--lang", language, "--to", "html", "--out", out)
    assert answer.code == 0
    page = (out / f"check-in-cue-sheet-{language}.html").read_text("utf-8")
    assert f'<html lang="{language}"' in page
    assert "own words are in" not in answer.out


def test_a_plan_in_another_language_is_marked(call: Call, config: Path, out: Path) -> None:
    """A plan of one's own in Spanish is printed with our words in English, each marked as such."""
    call("plan", "copy", "check-in")
    own = config / "content" / "plans" / "check-in.toml"
    own.write_text(own.read_text("utf-8").replace('language = "en"', 'language = "es"'), "utf-8")
    answer = call("print", "check-in", "--to", "html", "--out", out)
    assert "The plan's own words are in es." in answer.out
    page = (out / "check-in-cue-sheet-en.html").read_text("utf-8")
    assert '<html lang="en"' in page
    assert re.search(r'<h1><span lang="es" dir="auto">', page)


def test_nothing_of_a_failed_rename_is_called_written(
    call: Call, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the files do not get their names the command fails, and no temporary file is left."""

    def fail(*_given: object) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(disk, "_replace", fail)
    answer = call("print", "check-in", "--to", "html", "--out", out)
    assert (answer.code, answer.out) == (3, "")
    assert names(out) == []
    with pytest.raises(StorageError):
        disk.write_all({out / "one": b"1", out / "two": b"2"})
