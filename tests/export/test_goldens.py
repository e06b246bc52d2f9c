"""Each format and edition is byte for byte what was looked at and found good."""

from __future__ import annotations

import pytest

from tests.export.goldens import FOLDER, goldens

NAMES = sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_the_golden_one(name: str) -> None:
    """A text is the same text; of a packed file the telling parts, and the digest of the whole."""
    # promise 25
    assert goldens()[name] == (FOLDER / name).read_bytes()


def test_every_format_and_edition_has_a_golden_file() -> None:
    """None is made that is not compared, and none is compared that is not made."""
    assert sorted(goldens()) == NAMES
