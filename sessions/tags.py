"""Tags typed at the end of a note: `#a1` agreement, `#c2` condition, `#f #t #b #x` compass.

Pure. A tag is one letter, and a number where there are several; it never becomes part of the
note's words.
"""

from __future__ import annotations

from agreements.model import Protocol


def take_tags(text: str, protocol: Protocol) -> tuple[str, tuple[str, ...]]:
    """Split the tags off a note.

    Args:
        text: The note as typed, already through the text gate.
        protocol: For what the tags stand for.

    Returns:
        The words without tags, and the ids that the tags name, each once, in typed order. A word
        that is no known tag stays in the text.
    """
    known = tag_names(protocol)
    words: list[str] = []
    tags: list[str] = []
    for line in text.split("\n"):
        kept = [word for word in line.split(" ") if word.casefold() not in known]
        tags += [known[word.casefold()] for word in line.split(" ") if word.casefold() in known]
        words.append(" ".join(kept).strip() if len(kept) != len(line.split(" ")) else line)
    return "\n".join(words).strip(), tuple(dict.fromkeys(tags))


def tag_names(protocol: Protocol) -> dict[str, str]:
    """Return every tag as it is typed, and the id it stands for."""
    names = {f"#a{number}": one.id for number, one in enumerate(protocol.agreements, 1)}
    names |= {f"#c{one.number}": one.id for one in protocol.conditions}
    names |= {f"#{_letter(one.id)}": one.id for one in protocol.compass}
    return names


def _letter(compass_id: str) -> str:
    """Return the letter of a compass point; X for acting, since A is for agreements."""
    return "x" if compass_id.startswith("a") else compass_id[0]
