"""What stands in another language: chosen item by item, never mixed inside one, and marked.

Pure. Whoever reads a language that lacks something reads that one thing whole in the language
that all content is written in first, and the thing says which language that is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final, TypeVar

from agreements.model import Item, Prompt, Protocol

_Item = TypeVar("_Item", bound=Item)

PROTOCOL_PARTS: Final = ("agreement", "condition", "compass", "confidentiality")
"""The lists of items in a protocol, as its file names them."""


def nearest(language: str, there: Collection[str]) -> str:
    """Return the language of those there that fits a tag best: itself, its parent, or none."""
    parent = language.partition("-")[0]
    return next((one for one in (language, parent) if one in there), "")


def marked(item: _Item, language: str, around: str) -> _Item:
    """Return an item that says its language where it is not that of what is around it.

    Args:
        item: The item.
        language: The language it is in, unless it says another one itself.
        around: The language of what holds it.
    """
    own = item.language or language
    wanted = None if own == around else own
    return item if item.language == wanted else item.model_copy(update={"language": wanted})


def filled(own: Iterable[_Item], below: Iterable[_Item], language: str) -> dict[str, _Item]:
    """Return items by id, in the order below; what is only below is marked with its language."""
    found = {one.id: one for one in own}
    first = {one.id: found.pop(one.id, None) or _as(one, language) for one in below}
    return first | found


def filled_protocol(own: Protocol, below: Protocol) -> Protocol:
    """Return a protocol whose missing parts stand there whole, from the one below, and marked."""
    parts: dict[str, Any] = {
        name: tuple(filled(getattr(own, name), getattr(below, name), below.language).values())
        for name in ("agreements", "conditions", "compass", "confidentiality")
    }
    return own.model_copy(update=parts)


def prompt_in(
    plan_language: str, own: Prompt | None, below: Prompt | None, language: str, lowest: str
) -> Prompt | None:
    """Return the prompt that a plan in some language asks: rather its own language's.

    Args:
        plan_language: The language of the plan.
        own: The prompt as the library has it.
        below: The same in the language that all content is written in first.
        language: The library's language.
        lowest: The language of `below`.
    """
    if below is not None and plan_language == lowest:
        return marked(below, lowest, plan_language)
    return None if own is None else marked(own, language, plan_language)


def marked_rows(rows: Iterable[Any], language: str) -> list[Any]:
    """Return items as a file has them, each saying its language where it does not yet."""
    return [{"language": language, **one} if isinstance(one, dict) else one for one in rows]


def _as(item: _Item, language: str) -> _Item:
    return item if item.language else item.model_copy(update={"language": language})
