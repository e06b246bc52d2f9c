"""Decision trees that add up to the odds of one thing: what is left of gradient boosting.

Pure. A tree asks of whole numbers whether one of them is at most so much, and goes left or right
until it knows what it adds (Friedman 2001, "Greedy function approximation"). They were grown by
the training command; here they are only read and asked.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Node: TypeAlias = "tuple[int, int, Node, Node] | int"
"""A question (which number, its most for going left, left, right), or what is added."""

_NODE: Final = struct.Struct("<Bh")
_LEAF: Final = 255
PARTS: Final = 1000
"""A leaf is kept in thousandths of a logarithm of odds."""
_MOST: Final = 32_767


class Trees:
    """Trees whose leaves are added up."""

    __slots__ = ("_trees", "data")

    def __init__(self, data: bytes) -> None:
        """Take the bytes of trees, each node before what hangs on it.

        A node has three bytes: which number it asks, or 255 where it is a leaf, and the most for
        going left, or what the leaf adds.
        """
        self.data = data
        nodes = _NODE.iter_unpack(data)
        self._trees: list[Node] = []
        for which, value in nodes:
            self._trees.append(_grown(which, value, nodes))

    def odds(self, seen: Sequence[int]) -> float:
        """Return the logarithm of the odds, given the numbers that were seen."""
        total = 0
        for tree in self._trees:
            node = tree
            while not isinstance(node, int):
                node = node[2] if seen[node[0]] <= node[1] else node[3]
            total += node
        return total / PARTS

    @classmethod
    def of(cls, trees: Sequence[Node]) -> Trees:
        """Return these trees; what leaves add is in thousandths."""
        return cls(b"".join(part for tree in trees for part in _packed(tree)))


def _grown(which: int, value: int, nodes: Iterator[tuple[int, int]]) -> Node:
    if which == _LEAF:
        return value
    left = _grown(*next(nodes), nodes)
    return which, value, left, _grown(*next(nodes), nodes)


def _packed(node: Node) -> Iterator[bytes]:
    if isinstance(node, int):
        yield _NODE.pack(_LEAF, max(-_MOST, min(_MOST, node)))
        return
    which, most, left, right = node
    yield _NODE.pack(which, max(-_MOST, min(_MOST, most)))
    yield from _packed(left)
    yield from _packed(right)
