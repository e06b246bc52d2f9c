"""Leaves out, openly, what needs a disk of its own where this account may not mount one.

There the limit on the size of files stands in for the full disk; it is tested everywhere.
"""

from __future__ import annotations

import subprocess
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

NEEDS_A_MOUNT = "small_disk"
"""The fixture by which such tests are known."""


def can_mount() -> bool:
    """Whether a disk in memory can be mounted here: being root is not always enough."""
    with TemporaryDirectory() as place:
        try:
            tried = subprocess.run(
                ["mount", "-t", "tmpfs", "-o", "size=64k", "dialogue-test", place],
                check=False,
                capture_output=True,
            )
        except OSError:
            return False
        if tried.returncode == 0:
            subprocess.run(["umount", place], check=True)
    return tried.returncode == 0


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests that need a mount where there is none to be had."""
    needing = [item for item in items if NEEDS_A_MOUNT in getattr(item, "fixturenames", ())]
    if needing and not can_mount():
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]
