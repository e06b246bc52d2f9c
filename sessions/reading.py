"""The text gate for records that are read from a file, which somebody may have changed by hand.

Pure. What the program wrote has passed the gate already, so that nearly every record is only
looked over, at the speed of one search; one with anything to clean is cleaned string by string.
"""

from __future__ import annotations

import re
from typing import Any

import pydantic_core

from sessions.text import clean

_ESCAPE = re.compile(rb"\\[ubfrt]")
"""A JSON escape that may stand for a control character."""

_SUSPICIOUS = re.compile(
    "[\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
    "|[\u0300-\u036f]{5,}"
)
"""Signs of which a record that the program wrote has none."""

_PLAIN = bytes(range(0x7F))
"""ASCII up to the last sign that is printed; JSON itself refuses raw control characters."""

_MOST_LINES = 200


def safe_json(data: bytes) -> bytes:
    """Return a record's JSON with every string in it safe to show.

    Args:
        data: The bytes of a file; they need not be JSON, or UTF-8.

    Returns:
        The same bytes when there is nothing to clean, or when they cannot be read as JSON.
    """
    try:
        # Most bytes are plain: without them there is little to decode and to look at.
        unusual = data.translate(None, _PLAIN).decode()
        if _ESCAPE.search(data) is None and _SUSPICIOUS.search(unusual) is None:
            return data
        table = pydantic_core.from_json(data)
    except ValueError:
        return data
    return pydantic_core.to_json(_cleaned(table))


def _cleaned(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return clean(value, limit=len(value), lines=_MOST_LINES)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    return value
