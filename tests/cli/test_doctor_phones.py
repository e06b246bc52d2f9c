"""`dialogue doctor` about phones: a real door, a call of our own, the firewall, and one phone."""

from __future__ import annotations

import asyncio
import gc
import io
import socket
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest

from dialogue import phone_checkup, reaching
from dialogue.doorway import Doorway
from dialogue.firewall import firewall_answer, said
from sessions import places as folders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.cli.conftest import Call
    from tests.plugin_certificates import MakeTls

Serve = Callable[..., int]


@pytest.fixture
def on_loopback(monkeypatch: pytest.MonkeyPatch, free_tcp_port: int) -> Serve:
    """Return a way to let the doctor open its door on loopback; `.2` there counts as a phone."""
    monkeypatch.setattr(folders, "synced_with", lambda *_given: None)
    monkeypatch.setattr(phone_checkup, "firewall_answer", lambda _port: "unknown")

    def serve(*addresses: str, port: int = free_tcp_port) -> int:
        door = partial(
            Doorway,
            bind="127.0.0.1",
            port=port,
            addresses=lambda: addresses,
            elsewhere=lambda peer, here: peer != here,
        )
        monkeypatch.setattr("dialogue.doorway.Doorway", door)
        monkeypatch.setattr("dialogue.certificate.own_addresses", lambda: addresses)
        return port

    return serve


def about_phones(call: Call) -> list[str]:
    """Return what the doctor says about phones."""
    return [line for line in call("doctor").out.splitlines() if "Phones: " in line]


def test_the_door_is_opened_and_called(call: Call, on_loopback: Serve) -> None:
    """It says where the door is, that a call of our own is answered, and what is not known."""
    port = on_loopback("127.0.0.1")
    where, own, firewall = about_phones(call)
    assert where == f"ok     Phones: This computer listens on http://127.0.0.1:{port}."
    assert own == "ok     Phones: a call from this computer is answered."
    assert "is not known" in firewall
    assert firewall.startswith("ok")
    with pytest.raises(ConnectionRefusedError):  # the door is closed
        socket.create_connection(("127.0.0.1", port))


def test_another_network_is_named(call: Call, on_loopback: Serve) -> None:
    """Where this computer has more than one address, the others are told."""
    on_loopback("127.0.0.1", "192.0.2.10")
    assert "try 192.0.2.10 with port" in " ".join(about_phones(call))


def test_a_taken_port_is_no_fault(call: Call, on_loopback: Serve, free_tcp_port: int) -> None:
    """Another program listens there: the next port is used, and that is said."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_tcp_port))
        other.listen()
        on_loopback("127.0.0.1")
        assert f"ok     Phones: Port {free_tcp_port} is taken" in about_phones(call)[0]


def test_a_computer_without_a_network_is_ready_for_cards(call: Call, on_loopback: Serve) -> None:
    """Phones are a choice: it is no fault, and it says how to get one and what works without."""
    on_loopback()
    (finding,) = about_phones(call)
    assert finding.startswith("ok     Phones: No network here")
    assert "Wi-Fi or open a hotspot" in finding
    assert "cards, hands and x work without" in finding


def test_a_door_that_cannot_be_reached_needs_doing(call: Call, on_loopback: Serve) -> None:
    """This computer's own call goes astray: so would every phone's."""
    on_loopback("127.0.0.3")
    lines = about_phones(call)
    assert any(line.startswith("to do") and "does not reach itself" in line for line in lines)
    assert call("doctor").code == 1


@pytest.mark.parametrize(
    ("answer", "begins"), [("closed", "to do  Phones: the firewall is on"), ("open", "ok     ")]
)
def test_a_firewall_that_is_known_is_told(
    call: Call, on_loopback: Serve, monkeypatch: pytest.MonkeyPatch, answer: str, begins: str
) -> None:
    """One that turns phones away needs doing, with how; one that lets them in does not."""
    port = on_loopback("127.0.0.1")
    monkeypatch.setattr(phone_checkup, "firewall_answer", lambda _port: answer)
    line = about_phones(call)[-1]
    assert line.startswith(begins)
    assert (reaching.firewall(sys.platform, port) in line) is (answer == "closed")


def test_a_certificate_is_looked_at_and_called(
    call: Call, on_loopback: Serve, make_tls: MakeTls, config: Path
) -> None:
    """Over TLS its own call holds it to its name; that it signed itself needs doing."""
    port = on_loopback("127.0.0.1")
    tls = make_tls("IP:127.0.0.1")
    (config / "config.toml").write_text(
        f'tls_cert = "{tls.certificate}"\ntls_key = "{tls.key}"\n', encoding="utf-8"
    )
    where, trust, own, _ = about_phones(call)
    assert f"https://127.0.0.1:{port}" in where
    assert trust.startswith("to do  Phones: The certificate signed itself")
    assert own == "ok     Phones: a call from this computer is answered."


def test_settings_with_a_bad_certificate_need_doing(
    call: Call, on_loopback: Serve, config: Path
) -> None:
    """The doctor does not fall over what keeps the program from starting: it is a finding."""
    on_loopback("127.0.0.1")
    (config / "config.toml").write_text('tls_cert = "gone.pem"\n', encoding="utf-8")
    (finding,) = about_phones(call)
    assert finding.startswith("to do  Phones: ")
    assert "tls-cert is given without tls-key" in finding


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only here loopback has more than one address"
)
def test_a_phone_is_waited_for_and_seen(call: Call, on_loopback: Serve) -> None:
    """With --phone it prints the address, serves the page, and ends when one has come."""
    port = on_loopback("127.0.0.1")
    phone = threading.Thread(target=come, args=(port,))
    phone.start()
    answer = call("doctor", "--phone", "--seconds", "60")
    phone.join()
    assert answer.code == 0
    assert f"\nhttp://127.0.0.1:{port}\n" in answer.out
    assert "Seen from a phone." in answer.out
    assert "127.0.0.2" not in answer.out + answer.err


def come(port: int) -> None:
    """Open the page as a phone does, as soon as it is there."""
    for _ in range(1000):
        try:
            with socket.create_connection(("127.0.0.1", port), 1, ("127.0.0.2", 0)) as line:
                line.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
                assert line.recv(12) == b"HTTP/1.1 200"
                return
        except ConnectionRefusedError:
            threading.Event().wait(0.02)


def test_no_phone_in_time_is_told_with_what_to_do(call: Call, on_loopback: Serve) -> None:
    """The wait is bounded; then every usual reason is said, and the code tells a script."""
    on_loopback("127.0.0.1")
    answer = call("doctor", "--phone", "--seconds", "1")
    assert answer.code == 1
    assert "Not seen from a phone yet." in answer.out
    for cause in reaching.not_seen(sys.platform, 8765)[2:]:
        assert cause in answer.out


def test_phone_without_a_network_ends_at_once(call: Call, on_loopback: Serve) -> None:
    """Nothing is waited for where nobody can come."""
    on_loopback()
    answer = call("doctor", "--phone", "--seconds", "3600")
    assert answer.code == 1
    assert "No network here" in answer.out


def test_seconds_belong_to_a_phone(call: Call) -> None:
    """Alone they mean nothing, and that is said."""
    answer = call("doctor", "--seconds", "5")
    assert answer.code == 2
    assert "give --phone with it" in answer.err
    assert call("doctor", "--phone", "--seconds", "0").code == 2


class ATerminal(io.StringIO):
    """Stands for stdout where it leads to a terminal."""

    @property
    def encoding(self) -> str:
        """Say what it is written to in."""
        return "utf-8"

    def isatty(self) -> bool:
        """Say that it does."""
        return True


def test_the_code_is_drawn_where_it_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a terminal with colours it is there in black on white; elsewhere the address alone."""
    assert phone_checkup._drawn("http://192.0.2.10:8765") == ""
    monkeypatch.setattr(sys, "stdout", ATerminal())
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    drawn = phone_checkup._drawn("http://192.0.2.10:8765")
    assert "▀" in drawn
    assert "38;2;0;0;0;48;2;255;255;255" in drawn
    monkeypatch.setenv("COLUMNS", "20")
    assert phone_checkup._drawn("http://192.0.2.10:8765") == ""


UFW = "Status: active\n\nTo            Action      From\n--            ------      ----\n"
MAC = "/usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate"


@pytest.mark.parametrize(
    ("system", "told", "answer"),
    [
        ("linux", {}, "unknown"),
        ("linux", {"ufw status": "Status: inactive\n"}, "open"),
        ("linux", {"ufw status": UFW}, "closed"),
        ("linux", {"ufw status": f"{UFW}8765/tcp     ALLOW       Anywhere\n"}, "open"),
        ("linux", {"ufw status": f"{UFW}8765/tcp     DENY        Anywhere\n"}, "closed"),
        ("linux", {"ufw status": f"{UFW}18765/tcp    ALLOW       Anywhere\n"}, "closed"),
        ("linux", {"firewall-cmd --state": "running\n"}, "unknown"),
        (
            "linux",
            {"firewall-cmd --state": "running\n", "firewall-cmd --query-port=8765/tcp": "no\n"},
            "closed",
        ),
        (
            "linux",
            {"firewall-cmd --state": "running\n", "firewall-cmd --query-port=8765/tcp": "yes\n"},
            "open",
        ),
        ("darwin", {MAC: "Firewall is disabled. (State = 0)\n"}, "open"),
        ("darwin", {MAC: "Firewall is enabled. (State = 1)\n"}, "unknown"),
        ("darwin", {MAC: "Firewall is blocking all. (State = 2)\n"}, "closed"),
        ("win32", {"netsh advfirewall show currentprofile state": "State    OFF\n"}, "open"),
        ("win32", {"netsh advfirewall show currentprofile state": "State    ON\n"}, "unknown"),
    ],
)
def test_each_firewall_is_read_as_it_speaks(system: str, told: dict[str, str], answer: str) -> None:
    """What a tool says for certain is taken, and nothing is claimed beyond it."""

    def ask(command: Sequence[str]) -> str:
        return told.get(" ".join(command), "")

    assert firewall_answer(8765, system=system, ask=ask) == answer


def test_a_tool_that_is_not_there_or_hangs_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked briefly; what takes longer, fails or is missing has said nothing."""
    monkeypatch.setattr("dialogue.firewall.TOOL_SECONDS", 0.1)
    assert said(["no-such-tool-here"]) == ""
    assert said([sys.executable, "-c", "import time; time.sleep(20)"]) == ""
    assert said([sys.executable, "-c", "print('on')"]).strip() in ("on", "")


async def test_a_call_of_our_own_lets_go_of_a_door_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever takes the call and says nothing is hung up on."""
    ended = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        ended.set()
        writer.close()

    monkeypatch.setattr(phone_checkup, "CALL_SECONDS", 0.05)
    async with await asyncio.start_server(silent, "127.0.0.1", 0) as listening:
        doorway = Doorway(port=listening.sockets[0].getsockname()[1])
        doorway.addresses = ("127.0.0.1",)
        gc.disable()  # a connection that is let go of by chance does not count
        try:
            found = await phone_checkup._own_call(doorway, f"http://127.0.0.1:{doorway.port}")
            await asyncio.wait_for(ended.wait(), 5)
        finally:
            gc.enable()
    assert not found.fine
