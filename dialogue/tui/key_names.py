"""What keys are called: by people who press them, in a config file, and by Textual.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding
from textual.keys import Keys, key_to_character

from dialogue.wording import mark, tr

_KEY_NAMES: Mapping[str, str] = {
    "space": mark("space"),
    "plus": "+",
    "minus": "−",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": mark("esc"),
    "enter": mark("enter"),
    "delete": mark("delete"),
    "full_stop": ".",
    "tab": mark("tab"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def key_shown(key: str) -> str:
    """Return a key as people read it on their keyboard."""
    return tr(_KEY_NAMES.get(key, "")) or writes(key) or key.replace("ctrl+", "^")


def writes(key: str) -> str:
    """Return what a key writes into a field; empty when it writes nothing."""
    sign = key_to_character(key) or ""
    return sign if sign.isprintable() else ""


def is_key(name: str) -> bool:
    """Say whether a config file may name a key so."""
    base = name if len(name) == 1 else name.strip().rpartition("+")[2]
    return len(base) == 1 or base in set(Keys) or bool(writes(base))


def as_textual_names(keys: str) -> str:
    """Return keys as Textual names them: `question_mark` for `?`."""
    bindings = Binding.make_bindings([(key, "") for key in keys.split(",") if key.strip()])
    return ",".join(binding.key for binding in bindings)
