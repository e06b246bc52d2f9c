from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

LEFT_OUT = """
import pytest

@pytest.mark.skip(reason="not today")
def test_marked(): ...

def test_says_so_itself(): pytest.skip("not here")

@pytest.mark.xfail(strict=True)
def test_known_to_fail(): assert False

@pytest.mark.slow
def test_long(): assert False
"""


def outcome_of_a_run(root: Path, folder: Path, module: str, *arguments: str, ci: str) -> str:
    """Run one module of tests below our fences and return pytest's closing line."""
    shutil.copyfile(root / "tests" / "conftest.py", folder / "conftest.py")
    (folder / "test_planted.py").write_text(module, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = slow\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout.splitlines()[-1]


def test_on_ci_a_skipped_test_fails(root: Path, tmp_path: Path) -> None:
    """What was not run was not shown: each kind of skip is a failure on CI."""
    closing = outcome_of_a_run(root, tmp_path, LEFT_OUT, ci="true")
    assert closing.startswith("1 failed, 1 deselected, 1 xfailed, 1 error")


def test_on_ci_a_module_that_skips_itself_fails(root: Path, tmp_path: Path) -> None:
    """A module that cannot import what it needs is an error on CI."""
    module = 'import pytest; pytest.importorskip("no_such_module")'
    assert "1 error" in outcome_of_a_run(root, tmp_path, module, ci="true")


def test_elsewhere_a_test_may_be_skipped(root: Path, tmp_path: Path) -> None:
    """On somebody's own machine a skip stays a skip, and a long form runs when it is asked for."""
    closing = outcome_of_a_run(root, tmp_path, LEFT_OUT, "--slow", ci="")
    assert closing.startswith("1 failed, 2 skipped, 1 xfailed")


def test_no_setting_of_the_machine_reaches_a_test(fence: Path) -> None:
    """A test's home is empty and its own, and the clock is UTC's."""
    assert Path.home() == fence
    assert list(fence.iterdir()) == []
    assert os.environ["DIALOGUE_DATA_DIR"].startswith(str(fence))
    assert time.tzname[0] == "UTC"


@pytest.mark.parametrize("number", [1, 2])
def test_no_test_finds_what_another_left(fence: Path, number: int) -> None:
    """Each test has a home of its own, so that their order does not matter."""
    assert not list(fence.iterdir())
    (fence / f"left-by-{number}").touch()
