"""Which texts the facilitator's screens can say: all that is marked in the code, with its places.

Touches: disk, to read the packages' own source files and catalogues. Nothing here runs while a
session does; it is for those who look after translations.
"""

from __future__ import annotations

import ast
import string
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from dialogue.wording import DOMAIN, has_words

PACKAGES: Final = ("dialogue", "sessions", "agreements")
NOT_SHOWN: Final = frozenset(
    {"web", "commands", "answer", "caller", "prints"}
    | {"certificate.py", "checkup.py", "page.py", "phone_checkup.py"}
)
"""Parts of the program that other people read, or that speak English on the command line."""

_CONTEXT_SIGN: Final = "\x04"
_HEAD: Final = struct.Struct("<8xIII")
_PLACE: Final = struct.Struct("<II")
"""Where a compiled catalogue begins, and where one of its texts stands."""


@dataclass(frozen=True, slots=True, order=True)
class ScreenText:
    """One text as a catalogue has it."""

    text: str
    """The English; where there is a count, for one."""
    many: str = ""
    """The same for another count than one; empty without a count."""
    context: str = ""
    """What tells one word with two meanings from the other."""

    @property
    def key(self) -> str:
        """What a compiled catalogue finds it by."""
        key = f"{self.text}\0{self.many}" if self.many else self.text
        return f"{self.context}{_CONTEXT_SIGN}{key}" if self.context else key

    def fits(self, translation: str) -> bool:
        """Say whether a translation has the values of the English, and no others.

        Args:
            translation: As a compiled catalogue has it: several forms with a zero between them.
        """
        values = names_in(self.many or self.text)
        forms = translation.split("\0")
        # For one thing its number need not be said.
        return all(names_in(form) == values for form in forms[1:] or forms) and (
            names_in(forms[0]) | {"count"} == values | {"count"}
        )


MARKS: Final[Mapping[str, tuple[int, ...]]] = {
    **dict.fromkeys(("tr", "mark", "Sentence", "cls", "Finding", "Seen", "Spot"), (0,)),
    **dict.fromkeys(("about", "Entry", "AnswerRefusedError"), (1,)),
    "Rule": (3,),
    **dict.fromkeys(("SessionError", "CommandRefusedError", "SheetShutError"), (0,)),
    **dict.fromkeys(("StorageError", "RecordDamagedError", "RecordTooNewError"), (0,)),
}
"""The calls that mark a text, and where in them it stands."""


def texts_in_code() -> dict[ScreenText, list[str]]:
    """Return every marked text, with the modules that say it."""
    found: dict[ScreenText, list[str]] = {}
    for package in PACKAGES:
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*.py")):
            inside = path.relative_to(root)
            if package == "dialogue" and inside.parts[0] in NOT_SHOWN:
                continue
            place = f"{package}/{inside.as_posix()}"
            for text in filter(_can_be_said, marked(path.read_text(encoding="utf-8"))):
                places = found.setdefault(text, [])
                if place not in places:
                    places.append(place)
    return found


def marked(source: str) -> Iterator[ScreenText]:
    """Yield the texts that are marked in a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _in_call(_name(node.func), [_constant(one) for one in node.args])


def literals(source: str) -> Iterator[str]:
    """Yield every text of a module that is no docstring, and none of those of its bindings."""
    tree = ast.parse(source)
    silent = {
        id(one)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        or (isinstance(node, ast.Call) and _name(node.func) == "Binding")
        or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DEFAULT_CSS")
        for one in ast.walk(node)
        if isinstance(node, ast.Call | ast.Assign) or one is node.value
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.value


def _in_call(name: str, words: list[str]) -> Iterator[ScreenText]:
    """Yield what one call marks; an argument that is no constant is empty."""
    if name in {"trn", "counted"} and len(words) > 1 and all(words[:2]):
        yield ScreenText(words[0], words[1])
    elif name in {"trc", "meant"} and len(words) > 1 and all(words[:2]):
        yield ScreenText(words[1], context=words[0])
    elif name == "Command":
        yield ScreenText(words[2], context="key")
        yield from (ScreenText(text) for text in words[3:4] if text)
    elif name == "joined":
        yield from (ScreenText(text) for text in words if text)
    else:
        for place in MARKS.get(name, ()):
            if place < len(words) and words[place]:
                yield ScreenText(words[place])


def _can_be_said(text: ScreenText) -> bool:
    return has_words(text.text)


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _constant(argument: ast.expr) -> str:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return ""


def names_in(pattern: str) -> set[str]:
    """Return the names of the values that a pattern has room for, with how each is written."""
    parts = string.Formatter().parse(pattern)
    return {f"{name}:{how}" if how else name for _text, name, how, _sign in parts if name}


def catalogue_of(language: str) -> dict[str, str]:
    """Return the translations of a compiled catalogue by their keys."""
    file = files("dialogue").joinpath("locale", language, "LC_MESSAGES", f"{DOMAIN}.mo")
    data = file.read_bytes()
    count, keys_at, texts_at = _HEAD.unpack_from(data)

    def listed(at: int) -> Iterator[str]:
        for number in range(count):
            length, start = _PLACE.unpack_from(data, at + number * _PLACE.size)
            yield data[start : start + length].decode()

    return {key: text for key, text in zip(listed(keys_at), listed(texts_at), strict=True) if key}
