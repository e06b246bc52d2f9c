"""Finding a move by a few letters: what to say or do, while people wait.

Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from agreements.model import Move

HARM_MOVES = ("ouch-raised", "slip-caught-by-speaker", "harm-to-people-not-here")
"""What the pause for harm leads through: ouch, oops, whoa."""


def found(moves: Iterable[Move], typed: str, likely: Collection[str] = ()) -> list[Move]:
    """Return the moves that fit what was typed, the likeliest first.

    Args:
        moves: Every move there is, in the order of its file.
        typed: A few letters; each word must begin a word of the situation or a keyword.
        likely: Ids of moves for the trouble that this step is known for; they come first.
    """
    wanted = typed.casefold().split()
    fitting = [one for one in moves if all(_begins(one, letters) for letters in wanted)]
    return sorted(fitting, key=lambda one: (one.id not in likely, not _is_keyword(one, wanted)))


def _begins(move: Move, letters: str) -> bool:
    words = " ".join((move.situation, *move.keywords)).casefold().split()
    return any(word.strip("“”\"',.").startswith(letters) for word in words)


def _is_keyword(move: Move, wanted: list[str]) -> bool:
    keywords = [keyword.casefold() for keyword in move.keywords]
    return any(keyword.startswith(letters) for keyword in keywords for letters in wanted)
