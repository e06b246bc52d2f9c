"""An export is the same bytes wherever it is made, and says nothing of the machine or the hour.

Each format is rendered in programs of their own that differ in everything a machine can differ
in: time zone, language, user, home, host, working folder, seed of hashes. Formats that are
archives are looked into.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sessions.document import to_json
from sessions.export.registry import FORMATS
from sessions.summarise import summarise
from tests.attack.rooms import random_room, record_of
from tests.attack.test_two_exports import a_record

CHILD = """
import sys
from pathlib import Path
from sessions.document import RECORDS
from sessions.export.registry import FORMATS
from sessions.summarise import summary_of
{plant}
summary = summary_of(RECORDS.validate_json(Path(sys.argv[1]).read_bytes()))
for name, chosen in FORMATS.items():
    Path(sys.argv[2], name).write_bytes(chosen.render(summary))
"""
PLANT = """
import os, dataclasses
from sessions.export import registry
plain = registry.FORMATS["md"]
def draw(*what):
    return plain.draw(*what) + os.environ["USER"].encode()
registry.FORMATS = FORMATS = {"md": dataclasses.replace(plain, draw=draw)}
"""
ELSEWHERE: tuple[Mapping[str, str], ...] = (
    {"TZ": "Pacific/Kiritimati", "LANG": "es_ES.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
)
MARK = "canary{number}"
CLOCK_TIME = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])|\dT\d{2}:?\d{2}")


def made_elsewhere(number: int, folder: Path, plant: str = "") -> dict[str, bytes]:
    """Render a session in every format, as another user on another machine."""
    mark = MARK.format(number=number)
    home = folder / mark
    home.mkdir()
    record = home / "session.json"
    record.write_bytes(to_json(a_record(random.Random("same"))))
    environment = {
        **{key: value for key, value in os.environ.items() if key.startswith("PYTHON")},
        **ELSEWHERE[number],
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": str(home),
        "USER": mark,
        "LOGNAME": mark,
        "HOSTNAME": mark,
        "XDG_DATA_HOME": str(home / "data"),
    }
    arguments = [sys.executable, "-c", CHILD.replace("{plant}", plant), record, home]
    subprocess.run(arguments, check=True, env=environment, cwd=home, timeout=300)
    return {name: (home / name).read_bytes() for name in FORMATS if (home / name).exists()}


def within(data: bytes) -> Iterator[bytes]:
    """Yield a file, and what is in it when it is an archive, names too."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                yield entry.filename.encode()
                yield repr(entry.date_time).encode()
                yield archive.read(entry)


def test_the_same_session_gives_the_same_bytes_everywhere(tmp_path: Path) -> None:
    """Two machines that have nothing in common make one file, in every format."""
    # promise 25
    one, two = (made_elsewhere(number, tmp_path) for number in range(len(ELSEWHERE)))
    assert {*one} == {*FORMATS}
    sums = [
        {name: hashlib.sha256(data).hexdigest() for name, data in made.items()}
        for made in (one, two)
    ]
    assert sums[0] == sums[1]
    for data in one.values():
        for part in within(data):
            assert b"canary" not in part
            assert str(tmp_path).encode() not in part


def test_a_name_of_the_user_is_found(tmp_path: Path) -> None:
    """In a build that writes who is logged in, the two files differ and hold the name."""
    # promise 25
    one, two = (made_elsewhere(number, tmp_path, PLANT) for number in range(len(ELSEWHERE)))
    assert one != two
    assert b"canary0" in one["md"]


@pytest.mark.parametrize("seed", range(20))
def test_a_summary_tells_no_time_of_day(seed: int) -> None:
    """Of what leaves, nothing is finer than a day."""
    # promise 24
    record = record_of(random_room(random.Random(seed)))
    summary = json.loads(summarise(record).model_dump_json())
    for path, value in leaves(summary):
        if path[0] not in ("agreements", "conditions", "conditions_left"):
            assert not CLOCK_TIME.search(str(value)), path
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", summary["held_on"])


def leaves(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield each value that is no table and no list, with the keys that lead there."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, path)
    else:
        yield path, value
