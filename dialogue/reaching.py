"""What to say about phones that reach this computer, or do not: each ends with what to do.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agreements.sentence import Sentence
from dialogue.finding import Finding

SEEN: Final = Finding("Seen from a phone. Phones on this network can join.")
NOT_SEEN: Final = Sentence("Not seen from a phone yet.")
TRY: Final = Sentence(
    "Try it with one phone: join the same Wi-Fi, then scan the code or type the address."
)

NO_NETWORK: Final = Finding(
    Sentence(
        "No network here, so no phone can join. Join the room's Wi-Fi or open a hotspot, and try "
        "again; cards, hands and {key_tally} work without.",
        key_tally="x",
    ),
    fine=False,
)

WALL: Final = Finding(
    "Is this screen on the wall? Extend the desktop, do not duplicate it: then the room sees its "
    "own page and you keep yours.",
    hint=True,
)

_GUEST: Final = Sentence(
    "Guest Wi-Fi often keeps devices apart: the internet opens, this computer does not. Ask for a "
    "network that lets devices see each other, or use your own hotspot."
)

INSTEAD: Final = Sentence(
    "Nothing helps? Your own hotspot takes 5 to 10 phones, a travel router a whole room. One "
    "laptop and no phones: paper, or hands and {key_tally}.",
    key_tally="x",
)


def where(url: str, others: Sequence[str], wanted: int, port: int) -> list[Finding]:
    """Return where a door listens.

    Args:
        url: The address that is shown.
        others: Further names that lead to it.
        wanted: The port that was tried first.
        port: The port that was free.
    """
    found = [Finding(Sentence("This computer listens on {url}.", url=url))]
    if port != wanted:
        found = [
            Finding(
                Sentence(
                    "Port {wanted} is taken by another program. So this computer listens on "
                    "{url}: code and address lead there already.",
                    wanted=wanted,
                    url=url,
                )
            )
        ]
    if others:
        found.append(
            Finding(
                Sentence(
                    "It has more than one network: where {url} does not open, try {others} "
                    "with port {port}.",
                    url=url,
                    others=_either(others),
                    port=port,
                )
            )
        )
    return found


def _either(names: Sequence[str]) -> str:
    """Return names of which any will do: `A or B`."""
    *before, last = names
    return Sentence("{first} or {last}", first=_either(before), last=last) if before else last


def leads_elsewhere(name: str, found: Sequence[str], own: Sequence[str]) -> Finding | None:
    """Return what is wrong with where a name leads; nothing when it leads here."""
    if set(found) & set(own):
        return None
    here = own[0] if own else Sentence("this computer")
    if not found:
        return Finding(
            Sentence(
                "Nobody here knows where {name} leads, so phones may not find it. Have "
                "it entered for {here} in this network's DNS, or start without the "
                "certificate.",
                name=name,
                here=here,
            ),
            fine=False,
        )
    return Finding(
        Sentence(
            "{name} leads to {places}, and this computer is {here}: phones would go "
            "astray. Have that changed in the DNS, or start without the certificate.",
            name=name,
            places=", ".join(found[:2]),
            here=here,
        ),
        fine=False,
    )


def signed_itself() -> Finding:
    """Return what a certificate means that no authority stands behind."""
    return Finding(
        "The certificate signed itself: every phone that was not told of it shows a warning. Take "
        "one from an authority that phones know, or start without it.",
        fine=False,
    )


def not_seen(system: str, port: int, *, firewall_known: bool = False) -> tuple[str, ...]:
    """Return what it usually means that no phone was seen, the likeliest first, and what to do.

    Args:
        system: The running system, as `sys.platform` names it.
        port: The port that phones come to.
        firewall_known: The firewall has said what it does, so that it is no guess any more.
    """
    return (
        _GUEST,
        *(() if firewall_known else (firewall(system, port),)),
        Sentence("The phone is on mobile data: join the Wi-Fi that this computer is in."),
        Sentence("A VPN on the phone or here leads past the room: switch it off for the session."),
        INSTEAD,
    )


def of_firewall(system: str, port: int) -> Finding:
    """Return that the firewall turns phones away, by its own account, and what to do."""
    is_on = Sentence("The firewall is on and has no rule for port {port}.", port=port)
    return Finding(Sentence.joined(is_on, firewall(system, port)), fine=False)


def firewall(system: str, port: int) -> str:
    """Return what to do about the firewall of the running system."""
    if system == "win32":
        return Sentence(
            "The firewall of Windows may turn phones away. When it asks about Python choose "
            "“Allow”, for public networks too. It does not ask? Then open Windows Security, then "
            "Firewall, then “Allow an app through firewall”."
        )
    if system == "darwin":
        return Sentence(
            "The firewall of macOS may turn phones away. When it asks whether to “accept incoming "
            "network connections” choose “Allow”. It does not ask? Then open System Settings, then "
            "Network, then Firewall, then Options."
        )
    return Sentence(
        "The firewall of this computer may turn phones away. For the session, let them in: "
        "`sudo ufw allow {port}/tcp`, or with firewalld "
        "`sudo firewall-cmd --add-port={port}/tcp`.",
        port=port,
    )
