"""Signs that a terminal may lack, and the plain ones that stand for them.

Touches: nothing; what is known of the terminal is handed in. A sign is never more than its cell is
wide, so that nothing moves when another stands in its place. Letters stay what they are, unless
the encoding of the terminal has none for them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, Literal

Choice = Literal["auto", "all", "ascii"]
"""Which signs are drawn: what the terminal is thought to have, all of ours, or ASCII alone."""

_FEW_SIGNS: Final = frozenset({"linux", "dumb", "unknown", "vt100", "vt102", "vt220", "ansi"})
"""Kinds of terminal, as TERM names them, whose letters come with few signs."""

_LETTER_SIGNS: Final = frozenset("¿¡ªº°ß")
"""What is written among letters."""

_TIMES: Final = re.compile("·(?=[0-9])")
"""The dot before how often something was named."""

_PLAIN: Final = {
    **dict.fromkeys("·−–—‑‐", "-"),
    **dict.fromkeys("“”„«", '"'),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("…▱", "."),
    **dict.fromkeys("×⨯✗", "x"),
    **dict.fromkeys("✓✔", "v"),
    **dict.fromkeys("▶►▸»›→", ">"),
    **dict.fromkeys("◀◂‹←", "<"),
    **dict.fromkeys("↑▲", "^"),
    **dict.fromkeys("↓▼", "v"),
    **dict.fromkeys("▰■", "#"),
    **dict.fromkeys("●◎", "@"),
    **dict.fromkeys("◐◔", "c"),
    "○": "o",
    "•": "*",
    "⇄": "=",
    "↻": "&",
    "□": "#",
    "\N{NO-BREAK SPACE}": " ",
}

_CORNERS: Final = {"DOWN AND": ".", "UP AND": "'", "VERTICAL AND": "+", "HORIZONTAL AND": "+"}

_plain: list[str] = []
"""The encoding to draw plainly in; none where all signs are drawn."""


def plain_reason(chosen: Choice, environment: Mapping[str, str], encoding: str | None) -> str:
    """Return why plain signs are to be drawn, in a sentence; empty where all of ours can be.

    Args:
        chosen: What the settings say.
        environment: The variables of this process.
        encoding: Of what is written to the terminal.
    """
    if chosen == "ascii":
        return "the settings ask for them"
    if not is_utf8(encoding):
        return f"this terminal is written to in {encoding or 'ascii'}"
    kind = environment.get("TERM", "")
    if chosen == "auto" and kind in _FEW_SIGNS:
        return f"a terminal of the kind {kind} has few signs"
    return ""


def is_utf8(encoding: str | None) -> bool:
    """Say whether an encoding has every sign."""
    return (encoding or "").casefold().replace("-", "").replace("_", "") in {"utf8", "utf8sig"}


def use(reason: str, encoding: str | None) -> None:
    """Draw plain signs from here on, where there is a reason to; one terminal has one reader."""
    _plain[:] = [encoding or "ascii"] if reason else []


def are_plain() -> bool:
    """Say whether plain signs are drawn."""
    return bool(_plain)


def drawn(text: str) -> str:
    """Return a text with the signs that are drawn; as it is where all of them are."""
    return plainly(text, _plain[0]) if _plain else text


def plainly(text: str, encoding: str) -> str:
    """Return a text, of as many cells, without the signs that a terminal may lack.

    Args:
        text: Any text.
        encoding: What its letters must be found in.
    """
    if text.isascii():
        return text
    return "".join(one if one.isascii() else _one(one, encoding) for one in _TIMES.sub("x", text))


def _one(sign: str, encoding: str) -> str:
    found = _PLAIN.get(sign) or _drawn_with_lines(sign)
    if found:
        return found
    if unicodedata.category(sign)[0] in "LNM" or sign in _LETTER_SIGNS:
        return _letter(sign, encoding)
    return "?" * _cells(sign)


def _drawn_with_lines(sign: str) -> str:
    """Return what stands for a part of a frame, a bar or a shade; empty for all else."""
    name = unicodedata.name(sign, "")
    if name.startswith("BOX DRAWINGS"):
        plain = next((one for words, one in _CORNERS.items() if words in name), "")
        return plain or ("|" if _is_upright(name) else "-")
    if "\u2580" <= sign <= "\u259f":
        if "QUADRANT" in name:
            return "+"
        if "SHADE" in name:
            return ":"
        if "LEFT" in name or "RIGHT" in name:
            return "|"
        return "#" if sign == "█" else "-"
    return ""


def _is_upright(name: str) -> bool:
    return any(one in name for one in ("VERTICAL", " UP", " DOWN"))


def _letter(sign: str, encoding: str) -> str:
    """Return a letter that the encoding has: this one, or the one without its accent."""
    for one in (sign, unicodedata.normalize("NFD", sign)[0]):
        try:
            one.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            continue
        return one
    return "?" * _cells(sign)


def _cells(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
