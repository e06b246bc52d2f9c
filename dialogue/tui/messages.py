"""What screens tell the program: small values, never widgets.

Pure. A screen says what a person chose; the program decides which screen comes next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from sessions.beginning import Opening
    from sessions.store import SessionFolder


@dataclass
class PlanChosen(Message):
    """A plan is to be prepared."""

    plan_id: str


class TourAsked(Message):
    """The tour is to be shown."""


@dataclass
class RecordChosen(Message):
    """A session on the disk is to be opened: resumed when it is open, shown when it is closed."""

    path: Path
    from_previous: bool = False
    """Open the version before, because the present one is damaged."""


@dataclass
class FormLeft(Message):
    """Prepare was left with a form that may be gone back to."""

    plan_id: str
    values: Mapping[str, str] = field(repr=False)
    """What stands in each field; names to hide are among it, so it is kept in memory alone."""


@dataclass
class BeginAsked(Message):
    """A session is to be opened with these choices."""

    opening: Opening
    wall: bool = True
    """Others may see the screen."""


class ReviewAsked(Message):
    """The last step is over."""


class LiveAsked(Message):
    """A step goes on."""


class CloseAsked(Message):
    """The review is done."""


class SessionFinal(Message):
    """The record has been made final."""


class HomeAsked(Message):
    """Back to the first screen."""


class Called(Message):
    """Something is called to people at tables; a sound may go with it."""


@dataclass
class ThemesAsked(Message):
    """Answers are to be coded with themes."""

    folder: SessionFolder | None = None
    """The closed session whose answers they are; `None` for those of the open one."""


class ThemesLeft(Message):
    """Enough is coded for now."""
