"""Whether the firewall of this computer is known to turn phones away, as far as it says so itself.

Touches: the system's own tools, asked briefly and only to read. Most say little to an ordinary
account; then nothing is claimed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Final, Literal

TOOL_SECONDS: Final = 2.0
"""How long a tool may take to answer; one that takes longer has said nothing."""

Answer = Literal["open", "closed", "unknown"]
"""`open`: it lets phones in, or is off. `closed`: it is on and turns them away."""

Ask = Callable[[Sequence[str]], str]
"""Runs a tool and returns what it said; nothing where it is not there or did not answer well."""

_MAC_TOOL: Final = "/usr/libexec/ApplicationFirewall/socketfilterfw"


def firewall_answer(port: int, *, system: str = sys.platform, ask: Ask | None = None) -> Answer:
    """Return what the firewall says of calls from outside to a port.

    Args:
        port: The port that phones come to.
        system: The running system, as `sys.platform` names it.
        ask: Runs a tool.
    """
    asked = ask or said
    if system == "win32":
        return _windows(asked)
    if system == "darwin":
        return _macos(asked)
    answers = (_ufw(asked, port), _firewalld(asked, port))
    return "closed" if "closed" in answers else "open" if "open" in answers else "unknown"


def said(command: Sequence[str]) -> str:
    """Run a tool and return what it said; nothing where it is not there or did not answer well."""
    tool = shutil.which(command[0])
    if tool is None:
        return ""
    try:
        done = subprocess.run(
            [tool, *command[1:]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TOOL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def _ufw(ask: Ask, port: int) -> Answer:
    """Read `ufw status`, which answers to the administrator alone."""
    told = ask(["ufw", "status"])
    if "Status: inactive" in told:
        return "open"
    if "Status: active" not in told:
        return "unknown"
    rule = re.compile(rf"^{port}(/tcp)?\s+ALLOW\s+Anywhere\s*$", re.MULTILINE)
    return "open" if rule.search(told) else "closed"


def _firewalld(ask: Ask, port: int) -> Answer:
    if ask(["firewall-cmd", "--state"]).strip() != "running":
        return "unknown"
    told = ask(["firewall-cmd", f"--query-port={port}/tcp"]).strip()
    return {"yes": "open", "no": "closed"}.get(told, "unknown")  # type: ignore[return-value]


def _windows(ask: Ask) -> Answer:
    """Read the profile in use; on and off are written alike in few languages only."""
    told = ask(["netsh", "advfirewall", "show", "currentprofile", "state"])
    return "open" if re.search(r"\bOFF\b", told) else "unknown"


def _macos(ask: Ask) -> Answer:
    state = re.search(r"State = (\d)", ask([_MAC_TOOL, "--getglobalstate"]))
    if state is None:
        return "unknown"
    return {"0": "open", "2": "closed"}.get(state[1], "unknown")  # type: ignore[return-value]
