"""What `dialogue doctor` finds out about phones: really opens a door, and really calls there.

Touches: the network, the tools of `dialogue.firewall`, stdout.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import ssl
import sys
from collections.abc import Callable, Iterator

from dialogue import reaching
from dialogue.doorway import Doorway
from dialogue.finding import Finding
from dialogue.firewall import Answer, firewall_answer
from dialogue.half_blocks import qr_cells
from dialogue.preflight import Preflight, WaitingRoom
from dialogue.signs import plain_reason

CALL_SECONDS = 5.0
"""How long this computer may take to answer itself."""

Firewall = Callable[[int], Answer]
Say = Callable[[str], None]


def phone_findings(
    doorway: Doorway, room: WaitingRoom, firewall: Firewall | None = None
) -> list[Finding]:
    """Return what was found about phones without one: the door, a call of our own, the firewall."""
    return asyncio.run(_findings(doorway, room, firewall or firewall_answer))


async def _findings(doorway: Doorway, room: WaitingRoom, firewall: Firewall) -> list[Finding]:
    check = Preflight(doorway, room, ask_firewall=firewall)
    await check.start()
    try:
        if not check.url:
            # Phones are a choice: a computer without a network is ready for cards and hands.
            return [
                Finding(f"Phones: {one.text}", fine=one is reaching.NO_NETWORK)
                for one in check.findings(late=False)
            ]
        own = await _own_call(doorway, check.url)
        found = [*check.places(), own, *_of_firewall(check.firewall, doorway.port)]
    finally:
        await check.stop()
    return [Finding(f"Phones: {one.text}", fine=one.fine) for one in found]


async def _own_call(doorway: Doorway, url: str) -> Finding:
    """Return whether this computer answers itself, as it would a phone."""
    name, port = url.partition("//")[2].partition(":")[0], doorway.port
    context = None if doorway.tls is None else _trusting(str(doorway.tls.certificate))
    request = f"GET / HTTP/1.1\r\nHost: {url.partition('//')[2]}\r\nConnection: close\r\n\r\n"
    answer = b""
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(CALL_SECONDS):
            reader, writer = await asyncio.open_connection(
                doorway.addresses[0],
                port,
                ssl=context,
                server_hostname=name if context else None,
            )
            try:
                writer.write(request.encode())
                answer = await reader.readline()
            finally:
                writer.close()
    if answer.startswith(b"HTTP/1.1 200"):
        return Finding("a call from this computer is answered.")
    return Finding(
        f"this computer does not reach itself at {url}, so no phone will. A VPN or a firewall is "
        "in between: switch it off for the session, or use cards.",
        fine=False,
    )


def _trusting(certificate: str) -> ssl.SSLContext:
    """Return how to call a door whose certificate we know; whether phones do is another matter."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_verify_locations(cafile=certificate)
    return context


def _of_firewall(answer: Answer, port: int) -> Iterator[Finding]:
    advice = reaching.firewall(sys.platform, port)
    if answer == "closed":
        yield Finding(f"the firewall is on and has no rule for port {port}. {advice}", fine=False)
    elif answer == "open":
        yield Finding("the firewall says that it lets them in.")
    else:
        yield Finding(f"whether the firewall lets them in is not known. {advice}")


def wait_for_phone(doorway: Doorway, room: WaitingRoom, seconds: float, say: Say) -> bool:
    """Serve the waiting page until a phone was seen, so long at most; say whether one was.

    Args:
        doorway: The way to the network.
        room: What the page shows.
        seconds: How long to wait.
        say: Prints a line for the person.
    """
    return asyncio.run(_wait(doorway, room, seconds, say))


async def _wait(doorway: Doorway, room: WaitingRoom, seconds: float, say: Say) -> bool:
    check = Preflight(doorway, room, ask_firewall=firewall_answer)
    await check.start()
    try:
        if check.url:
            _invite(check.url, say)
            await check.wait(seconds)
        for one in check.findings(late=True):
            say(one.text)
        return check.seen
    finally:
        await check.stop()


def _invite(url: str, say: Say) -> None:
    """Show how a phone gets here; the code only where it can be drawn whole, black on white."""
    code = _drawn(url)
    if code:
        say(code)
    say(f"{reaching.TRY}\n{url}")


def _drawn(url: str) -> str:
    if not sys.stdout.isatty() or plain_reason("auto", os.environ, sys.stdout.encoding):
        return ""
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console, rows = Console(markup=False, highlight=False), qr_cells(url)
    fits = console.width >= len(rows[0]) and console.height > len(rows)
    if console.color_system is None or not fits:
        return ""
    with console.capture() as captured:
        for row in rows:
            console.print(Text.assemble(*row))
    return captured.get().rstrip("\n")
