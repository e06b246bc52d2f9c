"""The style sheets of all screens, which the program reads before it shows the first of them.

Touches: disk, to list the package's own files. Textual would read a screen's sheet when the screen
comes up for the first time, and then parse every other one anew: a dialog would keep its key
waiting.
"""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Final

STYLE_SHEETS: Final[list[str | PurePath]] = [
    *sorted(Path(__file__).resolve().parent.rglob("*.tcss"))
]
"""The program's own first, then those of dialogs and screens by their names."""
