"""`dialogue answer` on the command line: addresses, files, and no terminal."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dialogue.commands import answer as answer_command
from dialogue.exits import ExitCode
from sessions.text import is_clean

if TYPE_CHECKING:
    from tests.cli.conftest import Call


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ftp://192.0.2.7",
        "file:///etc/passwd",
        "http://192.0.2.7:8765/elsewhere",
        "http://192.0.2.7:8765/?a=b",
        "http://ana:secret@192.0.2.7",
        "192.0.2.7:port",
        "192.0.2.7:99999",
        "http://a b",
        "\x1b[31mred",
        "https://",
    ],
    ids=ascii,
)
def test_a_bad_address_is_refused(call: Call, typed: str) -> None:
    """What is no address of a session ends with 2 and says what one looks like."""
    answer = call("answer", typed)
    assert answer.code == ExitCode.USAGE
    assert "address of a session" in answer.err
    assert is_clean(answer.err.strip())
    assert answer.out == ""


def test_without_a_terminal_it_says_where_to_go(call: Call) -> None:
    """In a script there is no form; the sentence names the other way in."""
    answer = call("answer", "192.0.2.7:8765")
    assert answer.code == ExitCode.USAGE
    assert "open the address in a browser" in answer.err


def test_nobody_at_the_address_is_said(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody answers it ends with 1 and a sentence, before anything is drawn."""
    monkeypatch.setattr(answer_command, "require_terminal", lambda _sentence: None)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        answer = call("answer", f"127.0.0.1:{free.getsockname()[1]}")
    assert answer.code == ExitCode.REFUSED
    assert "Nobody answers at this address." in answer.err
    assert "\x1b" not in answer.out


def test_certificates_that_are_none_are_refused(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file for --ca that is missing ends with 2, one that holds no certificate with 1."""
    monkeypatch.setattr(answer_command, "require_terminal", lambda _sentence: None)
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("no certificate", "utf-8")
    missing = call("answer", "https://127.0.0.1", "--ca", tmp_path / "none.pem")
    assert missing.code == ExitCode.USAGE
    answer = call("answer", "https://127.0.0.1", "--ca", wrong)
    assert answer.code == ExitCode.REFUSED
    assert "wrong.pem" in answer.err


def test_there_is_no_way_to_switch_verifying_off(call: Call) -> None:
    """No option makes a certificate count that cannot be verified."""
    for option in ("--insecure", "-k", "--no-verify", "--ignore"):
        assert call("answer", "https://127.0.0.1", option).code == ExitCode.USAGE
    assert "--ca" in call("answer", "--help").out
