"""A report as PDF: tagged for screen readers (PDF/UA-1), the same bytes every time.

Touches: disk, to read the package's own template. What the fonts have no letter for is replaced by
an empty box, and the page says so: a sign that somebody wrote must not keep a report from leaving.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from sessions.export.report import Paper, Report, short_language
from sessions.export.typesetting import UnshownError, typeset

BOX: Final = "□"
"""Stands for what cannot be shown."""

_TRIES: Final = 4
_PAPERS: Final[Mapping[Paper, str]] = {"a4": "a4", "letter": "us-letter"}
"""What typst calls them."""


def render(report: Report, paper: Paper = "a4") -> bytes:
    """Return a report as PDF."""
    table = {**_table(report), "mark": report.mark, "boxes": "", "paper": _PAPERS[paper]}
    table["short_language"] = short_language(report.language)
    for _ in range(_TRIES):
        try:
            return typeset("sessions.export", "report.typ", "report", table)
        except UnshownError as error:
            table = {**_without(table, error.texts), "boxes": report.names.boxes}
    raise RuntimeError("report.typ")


def _table(value: Any) -> Any:  # noqa: ANN401  # a report is made of anything that JSON holds
    """Return a report as tables, each block with its kind."""
    if is_dataclass(value):
        table = {one.name: _table(getattr(value, one.name)) for one in fields(value)}
        return {"block": type(value).__name__.lower(), **table}
    if isinstance(value, tuple):
        return [_table(one) for one in value]
    return value


def _without(value: Any, unshown: tuple[str, ...]) -> Any:  # noqa: ANN401
    """Return the same with boxes for what cannot be shown, the longest replaced first."""
    if isinstance(value, str):
        for text in sorted(unshown, key=len, reverse=True):
            value = value.replace(text, BOX)
        return value
    if isinstance(value, dict):
        return {key: _without(one, unshown) for key, one in value.items()}
    return [_without(one, unshown) for one in value] if isinstance(value, list) else value
