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
    "0": ("┏━┓", "┃╱┃", "┗━┛"),
    "1": ("╺┓ ", " ┃ ", "╺┻╸"),
    "2": ("╺━┓", "┏━┛", "┗━╸"),
    "3": ("╺━┓", " ━┫", "╺━┛"),
    "4": ("╻ ╻", "┗━┫", "  ╹"),
    "5": ("┏━╸", "┗━┓", "╺━┛"),
    "6": ("┏━╸", "┣━┓", "┗━┛"),
    "7": ("╺━┓", "  ┃", "  ╹"),
    "8": ("┏━┓", "┣━┫", "┗━┛"),
    "9": ("┏━┓", "┗━┫", "╺━┛"),
    ",": (" ", " ", "╻"),
    ":": ("╻", " ", "╹"),
    ";": (" ", "╹", "╻"),
    "¿": (" ╻ ", "┏┛ ", "┗━╸"),
    "¡": ("╹", "┃", "╹"),
    ".": (" ", " ", "╹"),
    "'": ("╹", " ", " "),
    "’": ("╹", " ", " "),
    '"': ("╹╹", "  ", "  "),
    "“": ("╹╹", "  ", "  "),
    "”": ("╹╹", "  ", "  "),
    "&": ("┏┓ ", "┣╋╸", "┗┻╸"),
    "?": ("╺━┓", " ┏┛", " ╹ "),
    "!": ("╻", "┃", "╹"),
    "-": ("  ", "╺╸", "  "),
    " ": ("  ", "  ", "  "),
}


def large_rows(words: str, most_cells: int, most_lines: int) -> str | None:
    """Return words in large letters on several lines; `None` where they do not fit or cannot be.

    Args:
        words: A few words.
        most_cells: How wide a line may be.
        most_lines: How many lines of large letters there is room for.
    """
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and large(longer, most_cells) is not None:
            lines[-1] = longer
        else:
            lines.append(word)
    drawn = [large(one, most_cells) for one in lines]
    if not 0 < len(drawn) <= most_lines or None in drawn:
        return None
    return "\n\n".join(filter(None, drawn))


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
