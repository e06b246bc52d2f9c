"""A list to choose from that takes every key, however fast it comes."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

from textual.widgets import OptionList


class ChoiceList(OptionList):
    """A list whose page keys do nothing until it is laid out; Textual's would fail then."""

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        with suppress(KeyError):
            super()._move_page(direction)
