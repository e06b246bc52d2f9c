"""The style sheets of all screens, which the program reads before it shows the first of them.

Touches: disk, to list the package's own files. Textual would read a screen's sheet when the screen
comes up for the first time, and then parse every other one anew: a dialog would keep its key
waiting.
"""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Final

from textual.css.stylesheet import Stylesheet

STYLE_SHEETS: Final[list[str | PurePath]] = [
    *sorted(Path(__file__).resolve().parent.rglob("*.tcss"))
]
"""The program's own first, then those of dialogs and screens by their names."""


class KeptStylesheet(Stylesheet):
    """Parses each source once a theme.

    Textual parses all of them anew whenever a theme is set, also to the one that is on, and throws
    away what it read; at the start of the program that is three times.
    """

    def __init__(self, variables: dict[str, str]) -> None:
        """Begin with a theme's variables and no source."""
        super().__init__(variables=variables)
        self._themed = variables

    def set_variables(self, variables: dict[str, str]) -> None:
        """Forget what was parsed, when the variables are others than before."""
        if variables != self._themed:
            self._themed = variables
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what has not been parsed with these variables."""
        self.parse()
