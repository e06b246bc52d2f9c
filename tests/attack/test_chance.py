"""Chance that protects somebody is the system's own, ids are long, and mixing is even.

Touches: the system's random source.
"""

from __future__ import annotations

import ast
import itertools
import secrets
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import agreements
import dialogue
import sessions
from sessions.document import RECORDS
from sessions.envelopes import KEY_BYTES, MARK_BYTES, NONCE_BYTES
from sessions.seating import new_seat
from sessions.tallies import new_id
from sessions.unsealing import shuffled
from tests.attack.odds import chance_of_chi_square

CAN_BE_WORKED_OUT = {"random", "numpy", "uuid"}
"""Sources of chance whose next draw follows from the ones before, or from the clock."""

FOR_MADE_UP_PEOPLE = {
    "dialogue/rehearse/chance.py",
    "sessions/training/fit.py",
    "sessions/training/looks.py",
    "sessions/training/making.py",
    "sessions/training/notes.py",
}
"""What a rehearsal's people do, and what the name model learns from, may be repeated; neither
protects anybody."""

MIXED = 5
"""So many things are mixed: each of 120 orders must be as likely as every other."""

ONE_IN_A_THOUSAND = 0.001
TRIES = 2


def sources_of_chance(source: str) -> set[str]:
    """Return which of them a module imports, at whatever depth."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            found |= set() if names == {"SystemRandom"} else {(node.module or "").partition(".")[0]}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            late = node.args[:1] if node.func.id == "__import__" else []
            found |= {str(one.value) for one in late if isinstance(one, ast.Constant)}
    return found & CAN_BE_WORKED_OUT


def test_all_chance_is_the_system_s() -> None:
    """No module of the three packages can draw from a source that can be worked out but one."""
    # promise 28
    found = set[str]()
    for package in (agreements, sessions, dialogue):
        (root,) = package.__path__
        for path in Path(root).rglob("*.py"):
            if sources_of_chance(path.read_text("utf-8")):
                found.add(path.relative_to(Path(root).parent).as_posix())
    assert found == FOR_MADE_UP_PEOPLE


def test_only_made_up_people_draw_from_it() -> None:
    """What can be repeated is used in the rehearsal's own modules and nowhere else."""
    # promise 28
    (root,) = dialogue.__path__
    users = {
        path.relative_to(root).parts[0]
        for path in Path(root).rglob("*.py")
        if "rehearse.chance import" in path.read_text("utf-8")
    }
    assert users == {"rehearse"}


@pytest.mark.parametrize(
    "source",
    [
        "import random",
        "def late():\n    from random import randrange",
        "from uuid import uuid1",
        "import numpy.random as drawn",
        "drawn = __import__('random')",
    ],
)
def test_another_source_is_found(source: str) -> None:
    """However it is imported, the same look finds it; the system's own is let pass."""
    # promise 28
    assert sources_of_chance(source)
    assert not sources_of_chance("from random import SystemRandom\nimport secrets")


@pytest.mark.parametrize("draw", [new_id, new_seat])
def test_ids_have_128_bits_and_each_is_as_often_one_as_not(draw: Callable[[], str]) -> None:
    """An id is 16 bytes; over many none comes twice, and no bit leans to a side."""
    # promise 28
    drawn = [int(draw(), 16) for _ in range(4000)]
    assert len(bytes.fromhex(draw())) == 16
    assert len(set(drawn)) == len(drawn)
    ones = [sum(one >> bit & 1 for one in drawn) for bit in range(128)]
    # Six standard deviations: among 128 bits chance leads as far once in millions of runs.
    assert all(abs(count - 2000) < 6 * 31.7 for count in ones)


def test_secrets_are_long_enough() -> None:
    """Keys, marks and nonces are at least as long; every id in a record is held to its form."""
    # promise 28
    assert min(KEY_BYTES, MARK_BYTES, NONCE_BYTES) * 8 >= 128
    schema = RECORDS.json_schema()["$defs"]
    for table in (
        "Note",
        "AnswerItem",
        "Answers",
        "ParkedQuestion",
        "GroupCommitment",
        "LeadershipAsk",
    ):
        assert schema[table]["properties"]["id"]["pattern"] == "^[0-9a-f]{32}$"


def orders_of(times: int, below: Callable[[int], int]) -> list[int]:
    """Mix a few things so many times, and count each order that comes out."""
    counts = Counter(tuple(shuffled(range(MIXED), below)) for _ in range(times))
    return [counts[order] for order in itertools.permutations(range(MIXED))]


@pytest.mark.parametrize("times", [30_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_every_order_is_as_likely_as_every_other(times: int, figure: Callable[[str], None]) -> None:
    """A chi-square test of many mixings does not tell them from even chance; it may err once."""
    # promise 28
    found = []
    while len(found) < TRIES and max(found, default=0) <= ONE_IN_A_THOUSAND:
        found.append(chance_of_chi_square(orders_of(times, secrets.randbelow)))
    figure(f"promise 28, {times} shuffles: p {found[-1]:.4f} (limit {ONE_IN_A_THOUSAND})")
    assert found[-1] > ONE_IN_A_THOUSAND


def test_a_source_that_leans_is_seen_through() -> None:
    """The same test finds draws whose lower half is a little likelier."""
    # promise 28

    def leaning(most: int) -> int:
        return secrets.randbelow(most) if secrets.randbelow(10) else secrets.randbelow(most) // 2

    assert chance_of_chi_square(orders_of(30_000, leaning)) < ONE_IN_A_THOUSAND


def test_the_chance_of_chi_square_is_right() -> None:
    """Known values: the middle of the distribution, and where one of a thousand lies."""
    even = [100] * 120
    assert chance_of_chi_square(even) > 0.999999
    # 119 degrees of freedom: chi-square is 118.33 in the middle and 172.42 at one in a thousand.
    for chi, chance in ((118.33, 0.5), (172.42, 0.001)):
        off = (chi * 100 / 2) ** 0.5
        counts = [*even[:-2], 100 + off, 100 - off]
        assert abs(chance_of_chi_square(counts) - chance) < chance / 10  # type: ignore[arg-type]
