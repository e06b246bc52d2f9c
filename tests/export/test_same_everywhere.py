"""A file is the same bytes on every machine, and holds nothing of the one it was made on."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import platform
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from sessions.export.registry import FORMATS
from sessions.export.report import EDITIONS
from tests.export.summaries import made, opened

ROOT = Path(__file__).parents[2]

MAKE = """
import hashlib, json, sys
sys.path.insert(0, sys.argv[1])
from tests.export.summaries import made
from sessions.export.registry import FORMATS
from sessions.export.report import EDITIONS
print(json.dumps({f"{name}-{edition}": hashlib.sha256(made(name, edition)).hexdigest()
    for name in FORMATS for edition in EDITIONS}))
"""

MACHINES = (
    {"TZ": "Pacific/Kiritimati", "USER": "ada", "LANG": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Anchorage", "USER": "grace", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "7777"},
)


def digests(machine: dict[str, str], home: Path) -> dict[str, str]:
    """Return the digest of every file as another machine makes it."""
    home.mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", MAKE, str(ROOT)],
        cwd=home,
        env={**kept, **machine, "HOME": str(home), "LOGNAME": machine["USER"]},
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_two_machines_make_the_same_bytes(tmp_path: Path) -> None:
    """Another zone, user, home, language and order of sets change nothing in any format."""
    # promise 25
    first, second = (digests(machine, tmp_path / machine["USER"]) for machine in MACHINES)
    here = {
        f"{name}-{edition}": hashlib.sha256(made(name, edition)).hexdigest()
        for name in FORMATS
        for edition in EDITIONS
    }
    assert len(first) == len(FORMATS) * len(EDITIONS)
    assert first == second == here


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_holds_nothing_of_this_machine(name: str, fence: Path) -> None:
    """No host, user, path or installed place stands in it, packed or not."""
    # promise 25
    for edition in EDITIONS:
        data = opened(made(name, edition))
        own = [str(fence), str(ROOT), "/tmp/", "/home/", "site-packages"]
        # A shorter name stands in the letters of a font by chance.
        own += [one for one in (platform.node(), getpass.getuser()) if len(one) > 4]
        assert [word for word in own if word.encode() in data] == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_holds_no_time_finer_than_a_day(name: str) -> None:
    """No moment stands in it but the first one of the session's day, and none of its making."""
    # promise 24
    data = opened(made(name))
    moments = set(re.findall(rb"20\d\d-\d\d-\d\dT[0-9:.]+Z?", data))
    assert moments <= {b"2026-11-22T00:00:00Z"}
    assert not re.search(rb"CreationDate|ModDate|xmp:(Create|Modify|Metadata)Date|D:20\d\d", data)
    days = set(re.findall(rb"20\d\d-\d\d-\d\d", data))
    assert days <= {b"2026-11-22", b"2026-12-22", b"2026-12-10"}


@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_a_packed_file_has_no_time_on_its_parts(name: str) -> None:
    """Each part bears the earliest time there is, and does not say on which system it was made."""
    with zipfile.ZipFile(BytesIO(made(name))) as packed:
        for part in packed.infolist():
            assert part.date_time == (1980, 1, 1, 0, 0, 0)
            assert part.create_system == 0
            assert part.external_attr == 0o600 << 16
            assert part.extra == b""
