"""What a translation lacks, and what has changed since it was made.

Touches: disk, to read the shipped content and what each translation was made from.

Content is compared item by item: an agreement, a prompt, a step. Of each translated item a file
beside the translation keeps a digest of the English one at the time; so when the English changes,
its translation is stale until somebody has looked at it. What is not text (ids, minutes, tags) is
the same in every language.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal

from agreements.library import (
    DEFAULT_LANGUAGE,
    Compiled,
    read_compiled,
    shipped_folder,
    shipped_languages,
)
from agreements.load import Gate

DIGESTS_NAME: Final = "translated.json"
"""The file beside a translation that says what each item of it was made from."""

_DIGEST_SIGNS: Final = 16

_TEXTS: Final = frozenset(
    {
        "asks",
        "bridge",
        "content_note",
        "cue",
        "does_not_ask",
        "gloss",
        "high",
        "keywords",
        "label",
        "license",
        "lines",
        "low",
        "name",
        "purpose",
        "say",
        "second_door",
        "situation",
        "source",
        "starts",
        "text",
        "then",
        "title",
    }
)
"""The keys whose values are translated."""

_ANY_NUMBER: Final = frozenset({"keywords"})
"""Lists of which a language may have more entries or fewer."""

Lack = Literal["missing", "stale", "unlike", "left-over", "unrecorded"]
"""`missing`: it is in English only. `stale`: the English has changed. `unlike`: something beside
the words differs, or a text is not there. `left-over`: there is no English for it. `unrecorded`:
nobody has said what it was made from."""

Items = Mapping[str, Any]
"""Items by their place, such as `prompt/why-i-came` or `plan/check-in/welcome`."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One item that a translation lacks or has otherwise."""

    place: str
    lack: Lack


def items_of(content: Compiled) -> dict[str, Any]:
    """Return everything that a language can lack, as plain tables by place."""
    return dict(_items(content))


def digest(item: object) -> str:
    """Return a short digest of an item."""
    text = json.dumps(item, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:_DIGEST_SIGNS]


def compare(english: Items, other: Items, recorded: Mapping[str, str]) -> tuple[Gap, ...]:
    """Return what a translation lacks, in the order of the English, left-overs last.

    A plan that is missing is named once, and not step by step.

    Args:
        english: All English items.
        other: The same in the other language.
        recorded: The digest of the English item that each was made from.
    """
    lacks = {place: _lack(place, english, other, recorded) for place in english}
    gaps = [
        Gap(place, lack)
        for place, lack in lacks.items()
        if lack and not (lack == lacks.get(place.rpartition("/")[0]) == "missing")
    ]
    return (*gaps, *(Gap(place, "left-over") for place in other if place not in english))


def translations() -> tuple[str, ...]:
    """Return the languages that content has been translated into."""
    return tuple(one for one in shipped_languages() if one != DEFAULT_LANGUAGE)


def shipped_items(language: str, gate: Gate) -> dict[str, Any]:
    """Return the items of the shipped content in a language."""
    return items_of(read_compiled(shipped_folder(language), gate))


def recorded(language: str) -> dict[str, str]:
    """Return what each item of a shipped translation was made from."""
    try:
        text = digests_file(language).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    found: dict[str, str] = json.loads(text)
    return found


def digests_file(language: str) -> Path:
    """Return the file that says what a shipped translation was made from."""
    return shipped_folder(language) / DIGESTS_NAME


def _items(content: Compiled) -> Iterator[tuple[str, Any]]:
    table = content.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    protocol = table["protocol"]
    parts = ("agreement", "condition", "compass", "confidentiality")
    yield "protocol", _head(protocol, parts)
    for part in parts:
        yield from ((f"{part}/{one['id']}", one) for one in protocol[part])
    for noun in ("prompt", "move", "text"):
        yield from ((f"{noun}/{one['id']}", one) for one in table[f"{noun}s"])
    for plan in table["plans"]:
        yield f"plan/{plan['id']}", _head(plan, ("step", "alternative"))
        for step in (*plan["step"], *plan.get("alternative", ())):
            yield f"plan/{plan['id']}/{step['id']}", step


def _head(table: dict[str, Any], parts: tuple[str, ...]) -> dict[str, Any]:
    """Return what stands above the parts; its language and revision are its own."""
    return {key: table[key] for key in table if key not in {*parts, "language", "revision"}}


def _lack(place: str, english: Items, other: Items, recorded: Mapping[str, str]) -> Lack | None:
    if place not in other:
        return "missing"
    if place in recorded and recorded[place] != digest(english[place]):
        return "stale"
    if _shape(english[place]) != _shape(other[place]):
        return "unlike"
    return None if place in recorded else "unrecorded"


def _shape(value: Any, key: str = "") -> Any:  # noqa: ANN401  # a dumped model is made of anything
    """Return an item with its words left out: what is the same in every language."""
    if isinstance(value, dict):
        return {name: _shape(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return bool(value) if key in _ANY_NUMBER else [_shape(inner, key) for inner in value]
    return bool(value.strip()) if key in _TEXTS else value
