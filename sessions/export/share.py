"""The Summary itself as JSON: what travels to an organizer, and what a programme is made of.

Pure. It has no editions: a Summary holds what all of them may say.
"""

from __future__ import annotations

from typing import Any

from sessions.summary import Summary


def render(summary: Summary) -> bytes:
    """Return a Summary as JSON: UTF-8, indented, one newline at the end."""
    return (summary.model_dump_json(indent=2) + "\n").encode()


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what travels."""
    table = Summary.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **table}
