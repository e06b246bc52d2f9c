"""Decision trees: what they add up to, and how they are packed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sessions.deidentify.trees import Node, Trees

LEAVES = st.integers(-3000, 3000)
NODES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: st.tuples(st.integers(0, 3), st.integers(-500, 500), inner, inner),
    max_leaves=12,
)
SEEN = st.tuples(*[st.integers(-600, 600)] * 4)


def added(node: Node, seen: tuple[int, ...]) -> int:
    """Return what a tree adds, told in another way."""
    if isinstance(node, int):
        return node
    which, most, left, right = node
    return added(left, seen) if seen[which] <= most else added(right, seen)


@given(st.lists(NODES, max_size=6), SEEN)
def test_trees_add_up_what_their_leaves_say(trees: list[Node], seen: tuple[int, ...]) -> None:
    """The odds are the sum over all trees, packed and unpacked, in thousandths."""
    packed = Trees.of(trees)
    assert Trees(packed.data).odds(seen) == sum(added(tree, seen) for tree in trees) / 1000


def test_no_trees_say_nothing() -> None:
    """A model whose trees are still to grow gives even odds."""
    assert Trees(b"").odds(()) == 0
