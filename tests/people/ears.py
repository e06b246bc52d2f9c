"""Somebody who hears the page: the accessibility tree and a keyboard, and nothing else.

No selector and no mouse: a thing is found by pressing Tab until the tree says that it has the keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Page

MOST_TABS = 90
MOST_TRIES = 60
NOT_SAID = ("InlineTextBox", "StaticText", "none", "generic")


@dataclass(frozen=True)
class Told:
    """One thing of the tree, as a screen reader tells it."""

    role: str
    name: str
    description: str
    states: dict[str, Any] = field(default_factory=dict)

    @property
    def has_keys(self) -> bool:
        """Whether the keys go here."""
        return bool(self.states.get("focused"))


@dataclass
class Ears:
    """A page as it is heard."""

    page: Page
    tree: CDPSession

    @classmethod
    async def on(cls, page: Page) -> Ears:
        """Begin to listen to a page."""
        tree = await page.context.new_cdp_session(page)
        await tree.send("Accessibility.enable")
        return cls(page, tree)

    async def everything(self) -> list[Told]:
        """Return all that is told, in its order."""
        return [told for _, told in await self._nodes()]

    async def focused(self) -> Told:
        """Return what has the keys."""
        having = [one for one in await self.everything() if one.has_keys]
        return having[-1] if having else Told("none", "", "")

    async def go_to(self, role: str, name: str) -> Told:
        """Press Tab until something of this role and name has the keys."""
        passed: list[str] = []
        for _ in range(MOST_TABS):
            await self.page.keyboard.press("Tab")
            told = await self.focused()
            if told.role == role and name in told.name:
                return told
            passed.append(f"{told.role} {told.name!r}")
        raise AssertionError(f"{role} {name!r} is not reached with Tab: {passed}")

    async def press(self, *keys: str) -> None:
        """Press keys, wherever they go."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def push(self, name: str, role: str = "button") -> None:
        """Go to a button and press Enter."""
        await self.go_to(role, name)
        await self.press("Enter")

    async def headings(self) -> list[str]:
        """Return the headings: how somebody finds her way about a page."""
        return [one.name for one in await self.everything() if one.role == "heading"]

    async def reads(self, text: str) -> None:
        """Wait until a text can be read on the page."""
        await self._until(text, lambda told: told.role == "StaticText" and text in told.name)

    async def hears(self, text: str) -> None:
        """Wait until a text stands where it is said aloud as soon as it comes."""
        for _ in range(MOST_TRIES):
            if any(text in said for said in await self.said()):
                return
            await self.page.evaluate("() => new Promise(requestAnimationFrame)")
        raise AssertionError(f"{text!r} is not said; what is: {await self.said()}")

    async def said(self) -> list[str]:
        """Return what stands in the live regions."""
        nodes = await self._nodes()
        by_id = {node["nodeId"]: node for node, _ in nodes}
        live = [node for node, told in nodes if told.role in ("status", "alert")]
        return [" ".join(_texts(node, by_id)) for node in live]

    async def _until(self, wanted: str, found: Any) -> None:  # noqa: ANN401
        for _ in range(MOST_TRIES):
            everything = await self.everything()
            if any(found(told) for told in everything):
                return
            await self.page.evaluate("() => new Promise(requestAnimationFrame)")
        raise AssertionError(f"{wanted!r} is not told: {[one.name for one in everything]}")

    async def _nodes(self) -> list[tuple[dict[str, Any], Told]]:
        answer = await self.tree.send("Accessibility.getFullAXTree")
        nodes = [node for node in answer["nodes"] if not node["ignored"]]
        return [(node, _told(node)) for node in nodes]


def _told(node: dict[str, Any]) -> Told:
    states = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
    return Told(_value(node, "role"), _value(node, "name"), _value(node, "description"), states)


def _value(node: dict[str, Any], name: str) -> str:
    return str(node.get(name, {}).get("value", ""))


def _texts(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield the texts inside a thing, in their order."""
    for child in node.get("childIds", []):
        inside = by_id.get(child)
        if inside is None:
            continue
        if _value(inside, "role") == "StaticText":
            yield _value(inside, "name")
        else:
            yield from _texts(inside, by_id)
