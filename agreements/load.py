"""One TOML file of content to models; every failure a `ContentError` with a place.

Touches: disk, to read the one file it is given. Text from outside passes `gate` before any
model sees it, so nothing that a pack holds can reach a screen as it stood in the file. The
gate is an argument because the content layer does not know how text is made safe.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from agreements.errors import ContentError
from agreements.locate import key_path, line_of
from agreements.model import ContentModel

Gate = Callable[[str], str]
"""Makes a string from outside safe to show; idempotent."""

LARGEST_FILE_BYTES = 256 * 1024
DEEPEST_NESTING = 12
MOST_VALUES = 10_000
MOST_ENTRIES = 1_000
"""More in one file, or in one list or table, is not written by hand. A model would make an error
of each, and so much memory of a small file."""

_HIGHEST_NUMBER = 2**63 - 1
"""TOML's own limit, which its reader does not keep."""

# The reader takes quadratic time and memory for one key of many parts.
_ENDLESS_KEY = re.compile(
    r"""(?:^|[{,])[ \t\[]*(?:(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}""",
    re.MULTILINE,
)

# The reader takes 130 bytes of memory for each character of a number.
_ENDLESS_WORD = re.compile(r"(?<![\w.+-])[\w.+-]{1000}")

_Model = TypeVar("_Model", bound=ContentModel)

_TOO_DEEP = f"it is nested deeper than {DEEPEST_NESTING} levels, or holds an impossible number"

_SENTENCES: Mapping[str, str] = {
    "missing": "this is missing; please add it",
    "extra_forbidden": "this key is not known here; is it misspelt?",
    "string_pattern_mismatch": "this must be written in small letters, digits and hyphens",
    "string_too_short": "this is empty; please write something",
    "string_too_long": "this is too long; it may have {max_length} characters",
    "too_long": "this list is too long; it may have {max_length} entries",
    "too_short": "this list is too short; it needs at least {min_length}",
    "greater_than_equal": "this must be at least {ge:g}",
    "less_than_equal": "this must be at most {le:g}",
    "literal_error": "this must be {expected}",
    "union_tag_invalid": "this kind is not known; use fixed, per-person, range or open",
    "union_tag_not_found": "please say which kind: fixed, per-person, range or open",
    "string_type": "this must be text in quotation marks",
    "int_type": "this must be a whole number",
    "int_from_float": "this must be a whole number",
    "float_type": "this must be a number",
    "bool_type": "this must be true or false",
    "tuple_type": "this must be a list in square brackets",
    "model_type": "this must be a table with keys",
    "dict_type": "this must be a table with keys",
}
_PATTERN_SENTENCES: Mapping[str, str] = {
    "not_before": "this must be a time of day, such as 09:30",
    "not_after": "this must be a time of day, such as 09:30",
    "language": "this must be the tag of a language, such as en or pt-BR",
}
"""By the last part of the key path; all other patterns are ids."""


def read_table(path: Path, gate: Gate) -> dict[str, Any]:
    """Read one TOML file into a plain table whose strings are all safe to show.

    Args:
        path: The file.
        gate: Cleans every string, keys included.

    Returns:
        The table. Dates and times are turned into text, which no model takes for a date.

    Raises:
        ContentError: When the file cannot be read, is too large or too deep, or is not TOML.
    """
    name = file_name(path, gate)
    return parse_table(read_text(path, name, gate), name, gate)


def read_text(path: Path, name: str, gate: Gate) -> str:
    """Read the text of a file.

    Raises:
        ContentError: When it cannot be read, is too large, or is not UTF-8.
    """
    try:
        if path.exists() and not path.is_file():
            raise ContentError(name, "it is not a file")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        reason = gate(error.strerror or "unknown reason")
        raise ContentError(name, f"it cannot be read ({reason})") from error
    if len(data) > LARGEST_FILE_BYTES:
        raise ContentError(name, "it is larger than 256 KiB; split it into several files")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ContentError(
            name, "it is not saved as UTF-8; please save it again as UTF-8", line=line
        ) from error


def parse_table(text: str, name: str, gate: Gate) -> dict[str, Any]:
    """Parse the text of a TOML file; see `read_table`.

    Raises:
        ContentError: When it is too deep, holds too much, or is not TOML.
    """
    text = text.replace("\r\n", "\n")
    endless = _ENDLESS_KEY.search(text)
    if endless is not None:
        raise ContentError(name, _TOO_DEEP, line=text.count("\n", 0, endless.start()) + 1)
    word = _ENDLESS_WORD.search(text)
    if word is not None:
        line = text.count("\n", 0, word.start()) + 1
        raise ContentError(name, "it holds a word of more than 1,000 characters", line=line)
    try:
        cleaned = _Cleaner(gate).value(tomllib.loads(text), DEEPEST_NESTING + 1)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(name, str(error), gate) from error
    except (RecursionError, ValueError) as error:
        raise ContentError(name, _TOO_DEEP) from error
    except _TooManyError:
        raise ContentError(
            name, "it holds more than anybody writes by hand; split it into several files"
        ) from None
    return cast("dict[str, Any]", cleaned)


def file_name(path: Path, gate: Gate) -> str:
    """Return a file's name, safe to show on one line."""
    return _on_one_line(gate(path.name))


def build(model: type[_Model], table: Mapping[str, Any], name: str, text: str = "") -> _Model:
    """Build a model from a table.

    Args:
        model: What the table should be.
        table: A table from `read_table`, perhaps merged with others.
        name: The file's name, for the error.
        text: The file's text, to find the line of an error; may be empty.

    Raises:
        ContentError: For the first thing that does not fit, with its key path and line.
    """
    try:
        return model.model_validate_json(json.dumps(table))
    except ValidationError as error:
        first = _most_telling(error.errors(include_url=False, include_input=False))
        path = key_path(first["loc"], table)
        raise ContentError(
            name, _sentence(first, path), key=path, line=line_of(path, text)
        ) from None


def load(model: type[_Model], path: Path, gate: Gate) -> _Model:
    """Read one file as a model.

    Raises:
        ContentError: When the file cannot be read or does not fit the model.
    """
    name = file_name(path, gate)
    text = read_text(path, name, gate)
    return build(model, parse_table(text, name, gate), name, text)


class _TooManyError(Exception):
    """A file holds more values than anybody writes."""


@dataclass(slots=True)
class _Cleaner:
    """Cleans the strings of a file, and counts what it holds."""

    gate: Gate
    values: int = 0

    def table(self, table: Mapping[str, object], depth: int) -> dict[str, Any]:
        """Return a table with its keys and values cleaned; a key stays on one line."""
        return {
            _on_one_line(self.gate(key)): self.value(item, depth - 1) for key, item in table.items()
        }

    def value(self, value: object, depth: int) -> object:
        """Return the value with every string cleaned.

        Raises:
            RecursionError: When it is nested more than `depth` levels deep.
            ValueError: When it is a number that TOML does not allow.
        """
        self.values += 1
        entries = len(value) if isinstance(value, dict | list) else 0
        if self.values > MOST_VALUES or entries > MOST_ENTRIES:
            raise _TooManyError
        if depth < 0:
            raise RecursionError
        if isinstance(value, dict):
            return self.table(value, depth)
        if isinstance(value, list):
            return [self.value(item, depth - 1) for item in value]
        if isinstance(value, int) and abs(value) > _HIGHEST_NUMBER:
            raise ValueError
        if isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
            return value
        return self.gate(str(value))


def _syntax_error(name: str, message: str, gate: Gate) -> ContentError:
    """Turn the parser's message, which may quote the file, into a place and a sentence."""
    head, _, tail = message.rpartition(" (at line ")
    line = tail.partition(",")[0]
    problem = _on_one_line(gate(head or message))
    return ContentError(
        name,
        f"this is not TOML: {problem[:1].lower()}{problem[1:]}",
        line=int(line) if line.isdigit() else None,
    )


def _most_telling(errors: list[ErrorDetails]) -> ErrorDetails:
    """Return the first error; where a key is missing, rather the misspelt one beside it."""
    first = errors[0]
    if first["type"] != "missing":
        return first
    beside = (
        one
        for one in errors
        if one["type"] == "extra_forbidden" and one["loc"][:-1] == first["loc"][:-1]
    )
    return next(beside, first)


def _sentence(error: ErrorDetails, path: str) -> str:
    kind, message = error["type"], error["msg"]
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    last = path.rpartition(".")[2]
    if kind == "string_pattern_mismatch" and last in _PATTERN_SENTENCES:
        return _PATTERN_SENTENCES[last]
    known = _SENTENCES.get(kind)
    if known is None:
        return message[:1].lower() + message[1:]
    return known.format_map(error.get("ctx", {}))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
