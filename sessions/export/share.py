"""The Summary itself as JSON: what travels to an organizer, and what a programme is made of.

Pure. It has no editions: a Summary holds what all of them may say.
"""

from __future__ import annotations

from typing import Any

from sessions.programme.model import ProgrammeSummary
from sessions.summary import Summary


def render(told: Summary | ProgrammeSummary) -> bytes:
    """Return a Summary, or a programme, as JSON: UTF-8, indented, one newline at the end."""
    return (told.model_dump_json(indent=2) + "\n").encode()


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what travels."""
    table = Summary.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **table}


def programme_schema() -> dict[str, Any]:
    """Return the JSON Schema of a programme."""
    table = ProgrammeSummary.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **table}
