from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.house.conftest import Git

PACKAGES = ("agreements", "dialogue", "sessions")
BESIDE = ("pyproject.toml", "README.md", "LICENSE", "NOTICE", ".gitignore")


def shipped(project: Path, out: Path) -> list[str]:
    """Build the wheel of a project and return what it holds of our packages.

    The build runs here and not in an environment of its own, so that it needs no network.
    """
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    done = subprocess.run(
        build, cwd=project, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
    return sorted(name for name in names if ".dist-info/" not in name)


def tracked(project: Path, git: Git) -> list[str]:
    """Return what git tracks of our packages."""
    return sorted(name for name in git(project, "ls-files", "-z", *PACKAGES).split("\0") if name)


@pytest.fixture
def copy(root: Path, files: tuple[Path, ...], tmp_path: Path, git: Git) -> Path:
    """Return a copy of what the wheel is built from, in a repository of its own."""
    project = tmp_path / "project"
    for path in files:
        place = path.relative_to(root)
        if place.parts[0] in PACKAGES or str(place) in BESIDE:
            (project / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, project / place)
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    return project


def test_the_wheel_holds_what_git_tracks(root: Path, tmp_path: Path, git: Git) -> None:
    """What is shipped is what was reviewed: not one file more, not one less."""
    assert shipped(root, tmp_path) == tracked(root, git)


def test_content_and_styles_are_shipped(copy: Path, tmp_path: Path, git: Git) -> None:
    """The wheel of a clean tree holds each package whole, its TOML and its styles too."""
    listing = shipped(copy, tmp_path / "out")
    assert listing == tracked(copy, git)
    assert {Path(name).parts[0] for name in listing} == set(PACKAGES)
    assert {".py", ".toml", ".tcss"} <= {Path(name).suffix for name in listing}


def test_a_bare_folder_name_in_gitignore_is_found(copy: Path, tmp_path: Path, git: Git) -> None:
    """A line `sessions/` makes the builder drop the package in silence; the listing shows it."""
    before = tracked(copy, git)
    with (copy / ".gitignore").open("a", encoding="utf-8") as ignored:
        ignored.write("\nsessions/\n")
    assert shipped(copy, tmp_path / "out") != before


def test_a_stray_saved_session_is_not_shipped(copy: Path, tmp_path: Path, git: Git) -> None:
    """A record that somebody left in the tree never leaves with the program."""
    before = tracked(copy, git)
    for name in ("x.session.json", "session.json", "export/session.previous.json", "ballots.box"):
        (copy / "sessions" / name).write_text("{}", encoding="utf-8")
    assert shipped(copy, tmp_path / "out") == before


def test_gitignore_names_no_folder_of_ours(root: Path) -> None:
    """No line of `.gitignore` matches one of our packages by its bare name."""
    lines = (root / ".gitignore").read_text("utf-8").split()
    assert [line for line in lines if line.strip("/*") in {*PACKAGES, "tests", "data"}] == []
