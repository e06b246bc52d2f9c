"""The server itself: its port, its connections and their limits, TLS, and how it ends."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from dialogue.web import server
from dialogue.web.connections import Limits, Peers
from dialogue.web.server import Tls, WebDoorError
from dialogue.web.wire import Beat, beat_body
from tests.web.memory_door import SEAT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import House, Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHORT = Limits(
    per_peer=1000, head_seconds=0.2, body_seconds=0.2, answer_seconds=0.5, closing_seconds=0.2
)
HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: "
HEAD_ALONE = (
    b"POST /beat HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\n"
)

needs_many_addresses = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only here loopback has more than one address"
)


def free_run_of_ports(length: int) -> int:
    """Return the first of some neighbouring ports that nobody uses."""
    for first in range(20_000, 60_000, 100):
        with ExitStack() as stack:
            try:
                for port in range(first, first + length):
                    one = stack.enter_context(socket.socket())
                    one.bind(("127.0.0.1", port))
            except OSError:
                continue
            return first
    raise AssertionError


async def closed_after(house: House, data: bytes, *, drip: bytes = b"") -> float:
    """Return after how many seconds the server hangs up on somebody who stops, or only drips."""
    loop = asyncio.get_running_loop()
    reader, writer = await house.connect()
    begun = loop.time()
    writer.write(data)
    while loop.time() - begun < 3:
        try:
            if not await asyncio.wait_for(reader.read(65_536), 0.05):
                break
        except TimeoutError:
            writer.write(drip)
        except ConnectionError:
            break
    writer.close()
    return loop.time() - begun


async def test_the_next_free_port_is_taken(serve: Serve) -> None:
    """Where the port is taken, the next one serves; where ten are, any; the address tells which."""
    first = free_run_of_ports(11)
    houses = [await serve(port=first) for _ in range(11)]
    ports = [house.port for house in houses]
    assert ports[:10] == list(range(first, first + 10))
    assert ports[10] not in ports[:10]
    for house in houses:
        assert (await house.ask("GET", "/room")).status == 200


async def test_a_network_that_is_not_there_is_said(serve: Serve) -> None:
    """An address this computer does not have is refused in one sentence, with a way out."""
    with pytest.raises(WebDoorError) as refused:
        await serve(bind="192.0.2.1")
    assert "192.0.2.1" in refused.value.sentence
    assert "Use paper" in refused.value.sentence


async def test_an_answer_leaves_at_once(house: House) -> None:
    """Small answers on one connection are not held back by 40 ms each."""
    assert house.web._server is not None
    (server,) = house.web._server.servers
    assert server.sockets[0].proto == socket.IPPROTO_TCP
    reader, writer = await house.connect()
    request = f"GET /nowhere HTTP/1.1\r\nHost: {house.host}\r\n\r\n".encode()
    loop = asyncio.get_running_loop()
    begun = loop.time()
    for _ in range(50):
        writer.write(request)
        await reader.readuntil(b"Not Found")
    assert loop.time() - begun < 50 * 0.04
    writer.close()


async def test_it_takes_no_signal(serve: Serve) -> None:
    """Who ends the program, and how, stays the program's own choice."""
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    house = await serve()
    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before
    await house.web.stop()
    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before


async def test_what_is_under_way_is_answered_at_the_end(serve: Serve) -> None:
    """A beat that came before the end gets its receipt, though the program is leaving."""
    house = await serve(hold_seconds=0.2)
    asked = asyncio.create_task(house.beat(Beat(SEAT)))
    await asyncio.sleep(0.1)
    assert house.door.seats == [SEAT]
    await asyncio.wait_for(house.web.stop(), 1)
    assert (await asked).status == 200


async def test_it_stops_soon_and_lets_the_port_go(serve: Serve) -> None:
    """With idle and half-open connections it is gone within two seconds, and stops only once."""
    house = await serve()
    writers = [(await house.connect())[1] for _ in range(5)]
    writers[0].write(HALF_A_HEAD)
    await asyncio.wait_for(house.web.stop(), 2)
    await house.web.stop()
    with pytest.raises(ConnectionError):
        await house.connect()
    for writer in writers:
        writer.close()
    again = await serve(port=house.port)
    assert again.port == house.port


@pytest.mark.parametrize(
    ("data", "drip"),
    [
        (b"", b""),
        (HALF_A_HEAD, b""),
        (HALF_A_HEAD, b"a"),
        (HEAD_ALONE, b""),
        (HEAD_ALONE, b"a"),
    ],
    ids=["silent", "half a head", "a head in drips", "no body", "a body in drips"],
)
async def test_nobody_holds_a_connection_by_doing_little(
    serve: Serve, data: bytes, drip: bytes
) -> None:  # promise 30
    """Head and body each have their time, which a byte now and then does not stretch."""
    house = await serve(SHORT)
    seconds = await closed_after(house, data.replace(b"{host}", house.host.encode()), drip=drip)
    assert 0.15 <= seconds < 1
    assert house.web.connections == 0


async def test_the_limits_in_use_are_those_promised() -> None:  # promise 30
    """Five seconds for a head, five for a body, ten at rest; 1,024 connections, 16 an address."""
    limits = Limits()
    assert (limits.head_seconds, limits.body_seconds, limits.idle_seconds) == (5, 5, 10)
    assert (limits.sockets, limits.per_peer) == (1024, 16)


async def test_a_connection_at_rest_is_closed(serve: Serve) -> None:
    """Whoever has had an answer and asks no more is let go."""
    house = await serve(replace(SHORT, idle_seconds=1))
    request = f"GET /nowhere HTTP/1.1\r\nHost: {house.host}\r\n\r\n".encode()
    assert 0.9 <= await closed_after(house, request) < 2


async def test_whoever_does_not_fetch_an_answer_is_let_go(serve: Serve) -> None:
    """Requests without end and never a byte read: the connection has its time, and no more."""
    house = await serve(SHORT)
    request = f"GET / HTTP/1.1\r\nHost: {house.host}\r\n\r\n".encode()
    _, writer = await house.connect()
    cast("asyncio.Transport", writer.transport).pause_reading()
    writer.write(request * 200)
    for _ in range(60):
        await asyncio.sleep(0.05)
        if house.web.connections == 0:
            break
    assert house.web.connections == 0
    writer.transport.abort()


async def test_one_address_has_its_share(serve: Serve) -> None:  # promise 30
    """A seventeenth connection from one address is closed at once, and one less makes room."""
    house = await serve(Limits())
    open_ones = [await house.connect() for _ in range(16)]
    await asyncio.sleep(0.05)
    assert await house.raw(b"") == b""
    open_ones.pop()[1].close()
    await asyncio.sleep(0.05)
    assert (await house.ask("GET", "/room")).status == 200
    for _, writer in open_ones:
        writer.close()


@needs_many_addresses
async def test_half_open_connections_keep_nobody_out(serve: Serve) -> None:  # promise 30
    """With 200 connections half open, those who come rightly are answered, every one of them."""
    house = await serve(Limits())
    held = [await house.connect(f"127.0.1.{number // 10 + 1}") for number in range(200)]
    for _, writer in held:
        writer.write(HALF_A_HEAD)
    replies = [await house.ask("POST", "/beat", beat_body(Beat(SEAT))) for _ in range(60)]
    assert {reply.status for reply in replies} == {200}
    assert house.web.connections >= 200
    for _, writer in held:
        writer.close()


async def test_a_peer_is_a_mark_and_nothing_stays_of_it() -> None:
    """Peers are counted without their address, under another mark each start, and forgotten."""
    peers, others = Peers(Limits(sockets=3, per_peer=2)), Peers(Limits())
    first, second = peers.enter("192.0.2.1"), peers.enter("192.0.2.1")
    assert first == second != others.enter("192.0.2.1")
    assert first is not None
    assert peers.enter("192.0.2.1") is None
    assert peers.enter("192.0.2.2") is not None
    assert peers.enter("192.0.2.3") is None
    peers.leave(first)
    peers.leave(first)
    assert peers.count == 1
    assert len(peers._open) == 1
    assert b"192.0.2.1" not in first


async def test_answers_take_as_long_with_words_as_without(serve: Serve) -> None:
    """Each beat is answered after the same while, so that the time tells nothing either."""
    house = await serve(hold_seconds=0.1)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await house.beat(Beat(SEAT))
    assert loop.time() - begun >= 0.1


async def test_a_port_that_fails_without_a_reason_is_named_by_its_error(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of the system that says nothing of itself does not put None into the sentence."""

    def fail(_listener: socket.socket, _address: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(server.socket.socket, "bind", fail)
    with pytest.raises(WebDoorError) as refused:
        await serve()
    assert "(TimeoutError)" in refused.value.sentence


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    """Return a certificate for loopback that signs itself."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here: TLS was not tried")
    folder = tmp_path_factory.mktemp("tls")
    made = Tls(folder / "certificate.pem", folder / "key.pem")
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    command += ["-keyout", str(made.key), "-out", str(made.certificate)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return made


async def test_tls_serves_the_same_and_promises_more(serve: Serve, tls: Tls) -> None:
    """With a certificate the pages come over TLS, the address says so, and so does the promise."""
    house = await serve(tls=tls)
    house.door.open("words")
    assert house.url == f"https://127.0.0.1:{house.port}"
    context = ssl.create_default_context(cafile=str(tls.certificate))
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port, ssl=context)
    writer.write(f"GET / HTTP/1.1\r\nHost: {house.host}\r\nConnection: close\r\n\r\n".encode())
    page = (await reader.read()).decode()
    writer.close()
    assert page.startswith("HTTP/1.1 200")
    assert "Your name, device and time are not kept.</p>" in page
    assert "Wi-Fi" not in page


async def test_plain_words_to_a_tls_port_are_no_trouble(
    serve: Serve, tls: Tls, capfd: pytest.CaptureFixture[str]
) -> None:
    """Somebody who comes without TLS gets nothing, and nothing is printed."""
    house = await serve(tls=tls)
    assert await house.raw(b"GET / HTTP/1.1\r\n\r\n") == b""
    await asyncio.sleep(0.05)
    assert capfd.readouterr() == ("", "")


async def test_a_certificate_that_cannot_be_used_is_said(serve: Serve, tmp_path: Path) -> None:
    """A file that is missing or is no certificate is refused in one sentence that names it."""
    missing = Tls(tmp_path / "none.pem", tmp_path / "none.key")
    wrong = Tls(tmp_path / "wrong.pem", tmp_path / "wrong.pem")
    wrong.key.write_text("not a key", encoding="utf-8")
    for files in (missing, wrong):
        with pytest.raises(WebDoorError) as refused:
            await serve(tls=files)
        assert files.certificate.name in refused.value.sentence


async def test_a_path_that_a_terminal_might_obey_is_harmless(serve: Serve, tmp_path: Path) -> None:
    """The sentence about a certificate names its file without a sign that acts."""
    hostile = tmp_path / "a\x1b[2J.pem"
    with pytest.raises(WebDoorError) as refused:
        await serve(tls=Tls(hostile, hostile))
    assert "a\N{REPLACEMENT CHARACTER}[2J.pem" in refused.value.sentence
    assert refused.value.sentence.isprintable()
