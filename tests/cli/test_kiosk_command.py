"""`dialogue kiosk` on the command line: addresses, the only laptop, and no terminal."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from dialogue import addresses
from dialogue.commands import kiosk as kiosk_command
from dialogue.commands.kiosk import ONLY_LAPTOP, THIS_COMPUTER, is_this_computer
from dialogue.exits import ExitCode

if TYPE_CHECKING:
    from tests.cli.conftest import Call


def test_a_bad_address_is_refused(call: Call) -> None:
    """What is no address of a session ends with 2 and says what one looks like."""
    answer = call("kiosk", "ftp://192.0.2.7")
    assert answer.code == ExitCode.USAGE
    assert "address of a session" in answer.err


@pytest.mark.parametrize("minutes", ["0", "61", "x"])
def test_a_time_that_cannot_be_is_refused(call: Call, minutes: str) -> None:
    """From one minute to an hour; anything else ends with 2."""
    assert call("kiosk", "192.0.2.7", "--idle", minutes).code == ExitCode.USAGE


def test_without_a_terminal_it_says_so(call: Call) -> None:
    """In a script there is no kiosk."""
    answer = call("kiosk", "192.0.2.7:8765")
    assert answer.code == ExitCode.USAGE
    assert "A kiosk needs a terminal" in answer.err


@pytest.mark.parametrize("url", [(), ("127.0.0.1:1",), ("localhost",), ("[::1]:8765",)], ids=str)
def test_the_only_laptop_is_asked_about(
    call: Call, monkeypatch: pytest.MonkeyPatch, url: tuple[str, ...]
) -> None:
    """Without an address, or with this computer's own, it warns of the timer and goes on with y."""
    monkeypatch.setattr(kiosk_command, "require_terminal", lambda _sentence: None)
    asked: list[str] = []
    monkeypatch.setattr("click.confirm", asked.append)
    answer = call("kiosk", *url)
    assert (answer.code, len(asked)) == (ExitCode.OK, 1)
    assert ONLY_LAPTOP.split(".")[0] in " ".join(answer.out.split())


def test_another_computer_is_not_asked_about(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody answers it ends with 1 and a sentence, before anything is drawn or asked."""
    monkeypatch.setattr(kiosk_command, "require_terminal", lambda _sentence: None)
    monkeypatch.setattr(kiosk_command, "is_this_computer", lambda _host: False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        answer = call("kiosk", f"127.0.0.1:{free.getsockname()[1]}")
    assert answer.code == ExitCode.REFUSED
    assert "Nobody answers at this address." in answer.err
    assert ONLY_LAPTOP not in answer.out


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("192.0.2.9", True),
        ("192.0.2.7", False),
        ("room.example.org", False),
    ],
)
def test_this_computer_is_known_by_its_addresses(
    monkeypatch: pytest.MonkeyPatch, host: str, *, own: bool
) -> None:
    """Loopback and the addresses on its networks are this computer; everything else is another."""
    monkeypatch.setattr(addresses, "own_addresses", lambda: ("192.0.2.9",))
    assert is_this_computer(host) is own
    assert is_this_computer(THIS_COMPUTER.partition(":")[0])
