"""What attacks share: sessions with a sheet on a clock set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agreements.model import Protocol
from tests.attack.sheets import Begin, Sheet, beginner


@pytest.fixture
def begin(tmp_path: Path, protocol: Protocol) -> Iterator[Begin]:
    """Return a way to begin sessions; all are let go of at the end."""
    begun: list[Sheet] = []
    yield beginner(tmp_path, protocol, begun)
    for sheet in begun:
        sheet.leave()
