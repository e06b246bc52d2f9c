"""What to say about phones that reach this computer, or do not: each ends with what to do.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dialogue.finding import Finding

SEEN: Final = Finding("Seen from a phone. Phones on this network can join.")
NOT_SEEN: Final = "Not seen from a phone yet."
TRY: Final = "Try it with one phone: join the same Wi-Fi, then scan the code or type the address."

NO_NETWORK: Final = Finding(
    "No network here, so no phone can join. Join the room's Wi-Fi or open a hotspot, and try "
    "again; cards, hands and x work without.",
    fine=False,
)

WALL: Final = Finding(
    "Is this screen on the wall? Extend the desktop, do not duplicate it: then the room sees its "
    "own page and you keep yours.",
    hint=True,
)

_GUEST: Final = (
    "Guest Wi-Fi often keeps devices apart: the internet opens, this computer does not. Ask for a "
    "network that lets devices see each other, or use your own hotspot."
)

INSTEAD: Final = (
    "Nothing helps? Your own hotspot takes 5 to 10 phones, a travel router a whole room. One "
    "laptop and no phones: paper, or hands and x."
)


def where(url: str, others: Sequence[str], wanted: int, port: int) -> list[Finding]:
    """Return where a door listens.

    Args:
        url: The address that is shown.
        others: Further names that lead to it.
        wanted: The port that was tried first.
        port: The port that was free.
    """
    found = [Finding(f"This computer listens on {url}.")]
    if port != wanted:
        found = [
            Finding(
                f"Port {wanted} is taken by another program, so this computer listens on {url}: "
                "code and address lead there already."
            )
        ]
    if others:
        found.append(
            Finding(
                f"It has more than one network: where {url} does not open, try "
                f"{' or '.join(others)} with port {port}."
            )
        )
    return found


def leads_elsewhere(name: str, found: Sequence[str], own: Sequence[str]) -> Finding | None:
    """Return what is wrong with where a name leads; nothing when it leads here."""
    if set(found) & set(own):
        return None
    here = own[0] if own else "this computer"
    if not found:
        return Finding(
            f"Nobody here knows where {name} leads, so phones may not find it. Have it entered "
            f"for {here} in this network's DNS, or start without the certificate.",
            fine=False,
        )
    return Finding(
        f"{name} leads to {', '.join(found[:2])}, and this computer is {here}: phones would go "
        "astray. Have that changed in the DNS, or start without the certificate.",
        fine=False,
    )


def signed_itself() -> Finding:
    """Return what a certificate means that no authority stands behind."""
    return Finding(
        "The certificate signed itself: every phone that was not told of it shows a warning. Take "
        "one from an authority that phones know, or start without it.",
        fine=False,
    )


def not_seen(system: str, port: int) -> tuple[str, ...]:
    """Return what it usually means that no phone was seen, the likeliest first, and what to do.

    Args:
        system: The running system, as `sys.platform` names it.
        port: The port that phones come to.
    """
    return (
        _GUEST,
        firewall(system, port),
        "The phone is on mobile data: join the Wi-Fi that this computer is in.",
        "A VPN on the phone or here leads past the room: switch it off for the session.",
        INSTEAD,
    )


def firewall(system: str, port: int) -> str:
    """Return what to do about the firewall of the running system."""
    if system == "win32":
        return (
            "Windows Defender Firewall may turn phones away: when it asks about Python choose "
            "“Allow”, for public networks too. If it does not ask: Windows Security, Firewall, "
            "“Allow an app through firewall”."
        )
    if system == "darwin":
        return (
            "The firewall of macOS may turn phones away: when it asks whether to “accept incoming "
            "network connections” choose “Allow”. If it does not ask: System Settings, Network, "
            "Firewall, Options."
        )
    return (
        "The firewall of this computer may turn phones away. For the session, let them in: "
        f"`sudo ufw allow {port}/tcp`, or with firewalld "
        f"`sudo firewall-cmd --add-port={port}/tcp`."
    )
