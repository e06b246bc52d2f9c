"""The program as a whole: exit codes, stderr, pipes, and what it loads."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import subprocess
import sys
import threading
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner

from dialogue import crash, page
from dialogue.cli import cli
from dialogue.commands import live as live_commands
from dialogue.commands.completion import LINES
from dialogue.commands.shell import complete_plan, complete_session
from dialogue.exits import ExitCode, exit_code
from dialogue.page import Heading, Items, Line, Rows
from sessions.errors import (
    CommandRefusedError,
    FileMissingError,
    RecordTooNewError,
    SessionLockedError,
    SessionNotFoundError,
    StorageError,
)
from sessions.live import LiveSession

if TYPE_CHECKING:
    from tests.cli.conftest import Call

PROGRAM = Path(sys.executable).with_name("dialogue")
SECRET = "what somebody said"

Patch = pytest.MonkeyPatch


def program(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401
    """Run the installed program as another process."""
    command = [str(PROGRAM), *map(str, arguments)]
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, text=True, timeout=60, **settings
    )


def test_each_error_of_ours_has_its_code() -> None:
    """Refusals, words that need changing and the disk are told apart."""
    codes = {
        CommandRefusedError: ExitCode.REFUSED,
        SessionLockedError: ExitCode.REFUSED,
        SessionNotFoundError: ExitCode.USAGE,
        StorageError: ExitCode.STORAGE,
        FileMissingError: ExitCode.STORAGE,
        RecordTooNewError: ExitCode.STORAGE,
    }
    assert {kind: exit_code(kind("x")) for kind in codes} == codes
    assert [int(code) for code in ExitCode] == [0, 1, 2, 3, 130]


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["-h"], ["run", "--help"]])
def test_help_and_version_are_fine(arguments: list[str]) -> None:
    """They print to stdout and end with 0."""
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0
    assert result.stdout


def test_every_command_and_option_says_what_it_is_for() -> None:
    """No line of any help page is left without words."""

    def walk(command: click.Command) -> None:
        assert command.get_short_help_str() or command is cli
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.help, parameter.name
        if isinstance(command, click.Group):
            for inner in command.commands.values():
                walk(inner)

    walk(cli)
    assert set(cli.commands) == {
        "answer",
        "completion",
        "content",
        "doctor",
        "export",
        "follow-up",
        "hide",
        "kiosk",
        "plan",
        "plans",
        "print",
        "programme",
        "purge",
        "rehearse",
        "run",
        "schema",
        "sessions",
        "show",
        "summary",
        "themes",
    }


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nope"], "No such command 'nope'."),
        (["--nope"], "No such option"),
        (["show"], "Missing argument 'ID|FILE'."),
        (["\x1b[2J\x9b31m\u202e"], "No such command"),
        (["run", "check-in", "--roster", "/nowhere/\x1b[31m"], "does not exist"),
        (["completion", "tcsh"], "is not one of"),
    ],
)
def test_a_wrong_command_line_is_explained(call: Call, arguments: list[str], sentence: str) -> None:
    """One sentence and where to read more, on stderr, with what was typed made harmless."""
    answer = call(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert "--help` explains it." in answer.err
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", answer.err)


@pytest.mark.parametrize("arguments", [[], ["run", "lunch-and-learn"]])
def test_without_a_terminal_no_screen_is_opened(call: Call, arguments: list[str]) -> None:
    """It says what a script can use instead."""
    answer = call(*arguments)
    assert answer.code == 2
    assert answer.err.startswith("dialogue needs a terminal")


@pytest.fixture
def started(monkeypatch: Patch) -> list[Any]:
    """Return the requests that reach the screen, which is not there in this test."""
    requests: list[Any] = []

    def start(request: object, _tour: object) -> int:
        requests.append(request)
        return 0

    stand_in = types.ModuleType("dialogue.run")
    stand_in.StartRequest = types.SimpleNamespace  # type: ignore[attr-defined]
    stand_in.start = start  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dialogue.run", stand_in)
    monkeypatch.setattr(live_commands, "require_terminal", lambda _sentence: None)
    return requests


def test_home_is_opened_with_places_and_settings(
    call: Call, started: list[Any], data: Path
) -> None:
    """Without a command the screen gets the two folders and the settings."""
    assert call().code == 0
    (request,) = started
    assert request.places.data == data
    assert request.config.heads == 12


def test_run_hands_over_what_was_asked(call: Call, started: list[Any], tmp_path: Path) -> None:
    """Plan, heads, end, title and roster arrive checked and cleaned."""
    roster = tmp_path / "names.txt"
    roster.write_bytes("\ufeffAna B\x1b[31m\n\n  Ümit \r\n".encode())
    arguments = ("--heads", 24, "--end", "9:30", "--title", "A\x1b[2J title", "--roster", roster)
    assert call("run", "lunch-and-learn", *arguments).code == 0
    (request,) = started
    assert (request.plan, request.heads, request.end) == ("lunch-and-learn", 24, "09:30")
    assert request.title == "A[2J title"
    assert request.roster == "Ana B[31m\nÜmit"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["run", "lunch"], 2),
        (["run", "lunch-and-learn", "--end", "24:00"], 2),
        (["run", "lunch-and-learn", "--heads", "0"], 2),
    ],
)
def test_nothing_is_drawn_before_the_command_line_is_right(
    call: Call, started: list[Any], arguments: list[str], code: int
) -> None:
    """A plan that is not there, or a time that is none, ends before the screen."""
    assert call(*arguments).code == code
    assert started == []


def test_a_huge_roster_is_refused(call: Call, started: list[Any], tmp_path: Path) -> None:
    """A file that is no list of names is not read into memory."""
    (tmp_path / "names.txt").write_bytes(b"x" * 70_000)
    answer = call("run", "lunch-and-learn", "--roster", tmp_path / "names.txt")
    assert answer.code == 3
    assert started == []


def test_a_roster_in_another_encoding_is_refused(
    call: Call, started: list[Any], tmp_path: Path
) -> None:
    """Its accents would be lost, and the names with them: it says how to save the file."""
    (tmp_path / "names.txt").write_bytes("José Pérez\n".encode("cp1252"))
    answer = call("run", "lunch-and-learn", "--roster", tmp_path / "names.txt")
    assert answer.code != 0
    assert "names.txt: it is not UTF-8. Save it as UTF-8." in answer.err
    assert started == []


def test_the_screens_exit_code_is_passed_on(
    call: Call, started: list[Any], monkeypatch: Patch
) -> None:
    """What the screen ends with is what the shell gets."""
    monkeypatch.setattr(sys.modules["dialogue.run"], "start", lambda _request, _tour: 130)
    assert call().code == 130


def test_ctrl_c_ends_with_130(call: Call, monkeypatch: Patch) -> None:
    """An interrupted command says nothing and is told apart."""

    def interrupted(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dialogue.checkup.findings", interrupted)
    answer = call("doctor")
    assert (answer.code, answer.out, answer.err.strip()) == (130, "", "")


def test_a_reader_that_leaves_is_no_error(closed: LiveSession) -> None:
    """`dialogue … | head -1` ends quietly with 0, whatever is left to print."""
    read, write = os.pipe()
    os.close(read)
    for command in (["plans"], ["schema"], ["show", closed.folder.name]):
        done = program(*command, stdout=write)
        assert (done.returncode, done.stderr) == (0, "")
    os.close(write)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_behind_stdout_is_said() -> None:
    """What could not be printed is the disk's doing, in one sentence."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = program("schema", stdout=full)
    assert done.returncode == 3
    assert "there is no space left" in done.stderr
    assert done.stderr.count("\n") == 1


def test_another_process_answers_alike(closed: LiveSession, tmp_path: Path) -> None:
    """As an installed program it ends with the same codes and a bare stderr."""
    assert program("--version").stdout.startswith("dialogue ")
    assert program("export", closed.folder.name, "--out", tmp_path).returncode == 0
    assert program("show", "nobody").returncode == 2
    assert program("show", tmp_path / "none.json").returncode == 3
    opened = program()
    assert (opened.returncode, opened.stdout) == (2, "")


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_signs_that_an_encoding_lacks_do_not_end_the_program(locale: str) -> None:
    """They become question marks, and JSON needs none of them."""
    env = {**os.environ, "LC_ALL": locale, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = program("plans", env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert "lunch ? learn" not in done.stdout
    assert json.loads(program("plans", "--json", env=env).stdout)


LOADED = """
import json, sys
sys.argv[1:] = {arguments!r}
from dialogue.cli import main
code = main()
tops = sorted({{name.partition(".")[0] for name in sys.modules}})
print(json.dumps({{"code": code, "tops": tops}}), file=sys.stderr)
"""


@pytest.mark.parametrize("command", ["--version", "show", "export", "sessions"])
def test_a_plain_command_never_loads_the_screen(
    command: str, closed: LiveSession, tmp_path: Path
) -> None:
    """Neither textual nor rich is loaded where nothing is drawn."""
    arguments = {
        "--version": ["--version"],
        "show": ["show", closed.folder.name],
        "export": ["export", closed.folder.name, "--out", str(tmp_path)],
        "sessions": ["sessions"],
    }[command]
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(arguments=arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    answer = json.loads(done.stderr)
    assert answer["code"] == 0
    assert {"textual", "rich", "markdown_it", "starlette"}.isdisjoint(answer["tops"])
    if command == "--version":
        assert "pydantic" not in answer["tops"]


class OwnError(Exception):
    """An error that nobody foresaw."""


def fails(*_given: object) -> None:
    """Fail with somebody's words in the message and in a variable."""
    words = SECRET
    raise OwnError(words)


CRASHING = """
import sys
from dialogue import cli, checkup
def fails(*given):
    words = "what somebody said"
    raise RuntimeError(words) from ValueError(words)
checkup.findings = fails
sys.argv[1:] = ["doctor"]
sys.exit(cli.main())
"""


@pytest.mark.parametrize("debug", ["", "1"])
def test_an_error_nobody_foresaw_holds_no_words(debug: str) -> None:
    """One sentence with the class; on request the places in the code; never a value."""
    env = {**os.environ, "DIALOGUE_DEBUG": debug}  # promise 4
    done = subprocess.run(
        [sys.executable, "-c", CRASHING], capture_output=True, text=True, env=env, check=False
    )
    assert done.returncode == 1
    assert SECRET not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "(RuntimeError)" in done.stderr
    lines = done.stderr.splitlines()
    assert (len(lines) == 1) is (debug == "")
    if debug:
        assert re.fullmatch(r"  <string>:\d+ fails", lines[-1])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_in_another_thread_holds_no_words(
    call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    """The thread that saves is held to the same rule."""
    call("--version")  # promise 4
    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    said = capsys.readouterr().err
    assert crash.sentence(OwnError) in said
    assert SECRET not in said


def test_an_error_that_python_drops_holds_no_words(
    call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even what happens while an object is thrown away is told in words."""
    call("--version")  # promise 4
    sys.unraisablehook(
        types.SimpleNamespace(exc_type=OwnError, exc_value=OwnError(SECRET), exc_traceback=None)
    )
    said = capsys.readouterr().err
    assert said == crash.sentence(OwnError) + "\n"


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
def test_a_killed_program_leaves_no_memory_behind() -> None:
    """The system may write no core file of the program."""  # promise 39
    code = (
        "import resource as r; r.setrlimit(r.RLIMIT_CORE, r.getrlimit(r.RLIMIT_CORE)[1:] * 2);"
        "from dialogue import crash; crash.install(); print(r.getrlimit(r.RLIMIT_CORE)[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "0\n"


def test_ctrl_c_outside_a_command_says_nothing(
    call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever pressed it knows."""
    call("--version")
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert capsys.readouterr().err == ""


def test_our_errors_have_one_place_to_end(call: Call, monkeypatch: Patch) -> None:
    """Any error with a sentence, from anywhere in a command, ends with it and its code."""

    def full(*_given: object) -> None:
        raise StorageError("There is no space left.")

    monkeypatch.setattr("sessions.store.Store.headers", full)
    answer = call("sessions")
    assert (answer.code, answer.out, answer.err) == (3, "", "There is no space left.\n")


class ATerminal(io.StringIO):
    """Stands for stdout where it leads to a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Say that it does."""
        return True


PAGE = (
    Heading("A [bold]title[/] \x1b[2J"),
    Line("[/] [link=http://e]x :smile: \x9b31m", "attention"),
    Heading("Next", 2),
    Items(("one \u202e", "", "[two]")),
    Rows(("Name", "Figure"), [("[red]a", "1"), ("b\x07", "22")], right=frozenset({1})),
)


def test_a_page_in_a_terminal_is_drawn_and_its_words_are_only_words(monkeypatch: Patch) -> None:
    """Brackets stay, no sign of theirs is obeyed, and figures stand to the right."""
    terminal = ATerminal()  # promise 5
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "80")
    page.emit_page(PAGE)
    drawn = terminal.getvalue()
    plain = re.sub(r"\x1b\[[0-9;]*m", "", drawn)
    assert "\x1b[1m" in drawn
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", plain)
    lines = [line.rstrip() for line in plain.splitlines()]
    assert lines[:2] == ["A [bold]title[/] [2J", "[/] [link=http://e]x :smile: 31m"]
    assert "  • one" in lines
    assert "[red]a        1" in lines
    assert "b            22" in lines


def test_a_page_in_a_pipe_is_one_row_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """No colours, no borders; columns are parted by tabs."""
    page.emit_page(PAGE)
    assert capsys.readouterr().out.splitlines() == [
        "A [bold]title[/] [2J",
        "[/] [link=http://e]x :smile: 31m",
        "",
        "Next",
        "- one",
        "- [two]",
        "Name\tFigure",
        "[red]a\t1",
        "b\t22",
    ]


def test_other_trouble_with_stdout_is_the_disks(monkeypatch: Patch) -> None:
    """An input and output error becomes a sentence."""

    def broken(*_given: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(click, "echo", broken)
    with pytest.raises(StorageError, match="the disk reports a fault"):
        page.emit("x")


@pytest.mark.parametrize("shell", LINES)
def test_completion_prints_a_line_that_the_shell_understands(call: Call, shell: str) -> None:
    """The line asks the program for its completion under the name it is installed as."""
    answer = call("completion", shell)
    assert answer.code == 0
    assert f"_DIALOGUE_COMPLETE={shell}_source dialogue" in answer.out
    done = program(env={**os.environ, "_DIALOGUE_COMPLETE": f"{shell}_source"})
    assert done.returncode == 0
    assert "_DIALOGUE_COMPLETE" in done.stdout


def test_completion_knows_plans_and_sessions(closed: LiveSession, config: Path, data: Path) -> None:
    """Shipped plans, one's own and the sessions that are there; no name a shell would obey."""
    (config / "content" / "plans").mkdir(parents=True)
    (config / "content" / "plans" / "lunch-ours.toml").touch()
    (data / "sessions" / "2026$(reboot)").mkdir()
    root = click.Context(cli)
    root.params["data_dir"] = str(data)
    plan, session = (click.Context(cli.commands[name], parent=root) for name in ("run", "show"))
    assert complete_plan(plan, plan.command.params[0], "lu") == ["lunch-and-learn", "lunch-ours"]
    assert complete_session(session, session.command.params[0], "2026") == [closed.folder.name]


def test_completion_without_any_folder_offers_nothing(tmp_path: Path) -> None:
    """A data folder that is not there is no error while somebody types."""
    root = click.Context(cli)
    root.params["data_dir"] = str(tmp_path / "none")
    assert complete_session(root, cli.params[0], "") == []
