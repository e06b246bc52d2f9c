"""Large letters, three rows high, for a few words that are read from afar.

Pure. Heavy lines, so that they stand out without colour. A letter that is not known, in whatever
script, is not replaced: then there are no large letters, and the words are shown as they are.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from dialogue import signs

ROWS: Final = 3

LETTERS: Final[dict[str, tuple[str, str, str]]] = {
    "A": ("┏━┓", "┣━┫", "╹ ╹"),
    "B": ("┳━┓", "┣━┫", "┻━┛"),
    "C": ("┏━╸", "┃  ", "┗━╸"),
    "D": ("┳━┓", "┃ ┃", "┻━┛"),
    "E": ("┏━╸", "┣━ ", "┗━╸"),
    "F": ("┏━╸", "┣━ ", "╹  "),
    "G": ("┏━╸", "┃╺┓", "┗━┛"),
    "H": ("╻ ╻", "┣━┫", "╹ ╹"),
    "I": ("╻", "┃", "╹"),
    "J": ("  ╻", "  ┃", "┗━┛"),
    "K": ("╻┏╸", "┣┻┓", "╹ ╹"),
    "L": ("╻  ", "┃  ", "┗━╸"),
    "M": ("┏┳┓", "┃╹┃", "╹ ╹"),
    "N": ("┏┓╻", "┃┃┃", "╹┗┛"),
    "O": ("┏━┓", "┃ ┃", "┗━┛"),
    "P": ("┏━┓", "┣━┛", "╹  "),
    "Q": ("┏━┓", "┃ ┃", "┗━╋"),
    "R": ("┏━┓", "┣┳┛", "╹┗╸"),
    "S": ("┏━╸", "┗━┓", "╺━┛"),
    "T": ("╺┳╸", " ┃ ", " ╹ "),
    "U": ("╻ ╻", "┃ ┃", "┗━┛"),
    "V": ("╻ ╻", "┃┏┛", "┗┛ "),
    "W": ("╻ ╻", "┃╻┃", "┗┻┛"),
    "X": ("╻ ╻", "┗╋┛", "╹ ╹"),
    "Y": ("╻ ╻", "┗┳┛", " ╹ "),
    "Z": ("╺━┓", "┏━┛", "┗━╸"),
    "-": ("  ", "╺╸", "  "),
    " ": ("  ", "  ", "  "),
}


def large(words: str, most_cells: int) -> str | None:
    """Return words in large letters, on three lines; `None` where that cannot be drawn.

    Args:
        words: A few words; accents are left away.
        most_cells: How wide they may be.
    """
    if signs.are_plain():
        return None
    plain = unicodedata.normalize("NFD", words.upper())
    letters = [one for one in plain if not unicodedata.combining(one)]
    if not letters or not set(letters) <= LETTERS.keys():
        return None
    rows = [" ".join(LETTERS[one][row] for one in letters) for row in range(ROWS)]
    return "\n".join(rows) if len(rows[0]) <= most_cells else None
