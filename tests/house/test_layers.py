from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.house.conftest import Source

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

FAULTS = {
    "agreements/plan.py": ("import sessions.facts", "Three packages, one direction"),
    "sessions/live.py": ("import textual.app", "No screen and no server below dialogue"),
    "sessions/export/registry.py": (
        "import sessions.store",
        "Exporters see the summary and not the disk",
    ),
    "sessions/rules.py": ("import time", "The core has no clock, chance, file or network"),
    "sessions/facts.py": ("import sessions.state", "Inside sessions"),
    "sessions/unplaced.py": ("", "Inside sessions"),
    "dialogue/paths.py": ("import dialogue.cli", "Inside dialogue"),
}
"""Where one line is added or a module made, and which contract it breaks."""


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of the tree in a folder; its modules win over the installed ones."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_the_contracts_are_kept(root: Path) -> None:
    """Every import points down, and every module has a place in a layer."""
    done = lint(root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("place", FAULTS)
def test_a_planted_import_breaks_its_contract(
    place: str, root: Path, sources: tuple[Source, ...], tmp_path: Path
) -> None:
    """An import that points up, or a module without a place, is found by name."""
    for source in sources:
        (tmp_path / source.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / source.path).write_text(source.text, encoding="utf-8")
    shutil.copyfile(root / "pyproject.toml", tmp_path / "pyproject.toml")
    line, contract = FAULTS[place]
    with (tmp_path / place).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    done = lint(tmp_path)
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout
