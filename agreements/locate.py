"""Where in a TOML file a key path stands, so that an error can name the line.

Pure. `tomllib` keeps no positions. The place is found again by counting table headers; where
that does not succeed, the nearest line above is named, or none, never a wrong file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile

_UNION_TAGS = frozenset({"fixed", "per-person", "range", "open"})


def key_path(loc: Sequence[int | str], table: Mapping[str, object]) -> str:
    """Return a validation error's place as people write it: `step[3].duration.minutes`.

    Args:
        loc: The place as pydantic names it: keys, indexes from 0, and tags of unions.
        table: What was validated, to tell a tag from a key.

    Returns:
        Keys joined by dots, indexes counted from 1; empty for the table as a whole.
    """
    path = ""
    here: object = table
    for part in loc:
        if isinstance(part, int):
            path += f"[{part + 1}]"
            here = here[part] if isinstance(here, list) and part < len(here) else None
            continue
        known = isinstance(here, dict) and part in here
        if part in _UNION_TAGS and not known:
            continue
        path += f".{part}" if path else part
        here = here[part] if isinstance(here, dict) and known else None
    return path


def line_of(path: str, text: str) -> int | None:
    """Return the line of a key path, counted from 1.

    Args:
        path: As `key_path` returns it.
        text: The file's text.

    Returns:
        The line of the key, else of the innermost table that holds it, else `None`.
    """
    if not path or not text:
        return None
    lines = text.split("\n")
    parts = path.split(".")
    start, end, found = 0, len(lines), None
    header = ""
    while parts:
        name = parts[0].partition("[")[0]
        header = f"{header}.{name}" if header else name
        block = _block(lines, start, end, header, _index(parts[0]))
        if block is None:
            break
        found, end = block
        start = found + 1
        parts = parts[1:]
    key = _key_line(lines, start, end, parts)
    found = found if key is None else key
    return None if found is None else found + 1


def _index(part: str) -> int:
    inside = part.partition("[")[2].rstrip("]")
    return int(inside) if inside.isdecimal() else 0


def _block(
    lines: Sequence[str], start: int, end: int, header: str, index: int
) -> tuple[int, int] | None:
    """Return the first line and the end of the table with this header, by its number."""
    seen = 0
    for number in range(start, end):
        name, several = _header(lines[number]) or ("", False)
        if name != header or (index and not several):
            continue
        seen += 1
        if seen == max(index, 1):
            return number, _next_sibling(lines, number + 1, end, header)
    return None


def _next_sibling(lines: Sequence[str], start: int, end: int, header: str) -> int:
    """Return where a table ends: at the next header that is not a part of it."""
    for number in range(start, end):
        other = _header(lines[number])
        if other is not None and not other[0].startswith(f"{header}."):
            return number
    return end


def _header(line: str) -> tuple[str, bool] | None:
    """Return the name of the table that a line opens, and whether it is one of several."""
    text = line.strip()
    if not text.startswith("["):
        return None
    text = text.partition("#")[0].rstrip()
    several = text.startswith("[[") and text.endswith("]]")
    name = text[2:-2] if several else text[1:-1]
    if not text.endswith("]") or any(sign in name for sign in "[],={}"):
        return None
    return ".".join(_names(name)), several


def _key_line(lines: Sequence[str], start: int, end: int, parts: Sequence[str]) -> int | None:
    """Return the line of a key, or of the value that holds it, among the keys of one table.

    A table's own keys stand above the first table inside it.
    """
    wanted = [part.partition("[")[0] for part in parts]
    best, found = 0, None
    for number in range(start, end):
        if _header(lines[number]) is not None:
            break
        key, equals, _ = lines[number].partition("=")
        common = _common(_names(key), wanted) if equals else 0
        if common > best:
            best, found = common, number
    return found


def _common(key: Sequence[str], wanted: Sequence[str]) -> int:
    """Return with how many names two dotted keys begin alike."""
    pairs = zip(key, wanted, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _names(key: str) -> list[str]:
    """Split a dotted key as it is written."""
    return [part.strip().strip("\"'") for part in key.split(".")]
