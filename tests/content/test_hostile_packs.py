"""Packs made to hang, fill or fool the program: each is refused in one sentence.

Touches: disk, below `tmp_path`, and a process.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from agreements.errors import ContentError
from agreements.load import load
from agreements.model import PromptPack
from agreements.plan import Plan
from sessions.text import paragraph

HOSTILE: dict[str, bytes] = {
    **{f"one key of {n} parts": b"a." * n + b"a = 1" for n in (64, 1_000, 30_000, 130_000)},
    "parts with spaces": b"a . " * 60_000 + b"a = 1",
    "parts in quotes": b'"a".' * 50_000 + b"a = 1",
    "parts with escaped quotes": b'"\\"".' * 50_000 + b"a = 1",
    "parts in single quotes": b"'a'." * 50_000 + b"a = 1",
    "empty parts": b"''." * 80_000 + b"a = 1",
    "a header of many parts": b"[" + b"a." * 100_000 + b"a]",
    "a long header over many keys": b"[" + b"a." * 50_000 + b"a]\n" + b"k = 1\n" * 20_000,
    "a list of tables of many parts": b"[[" + b"a." * 100_000 + b"a]]",
    "dotted keys inside a table": b"x = { " + b"a." * 100_000 + b"a = 1 }",
    "only dots": b"." * 250_000,
    **{f"lists {n} deep": b"a = " + b"[" * n + b"]" * n for n in (14, 100, 5_000, 100_000)},
    "lists that do not end": b"a = " + b"[" * 250_000,
    "tables 20 deep": b"a = " + b"{a=" * 20 + b"1" + b"}" * 20,
    "tables 40,000 deep": b"a = " + b"{a=" * 40_000 + b"1" + b"}" * 40_000,
    "tables that do not end": b"a = " + b"{a=" * 80_000,
    "headers 20 deep": b"".join(b"[" + b".".join([b"a"] * n) + b"]\n" for n in range(1, 20)),
    "many empty steps": b"[[step]]\n" * 28_000,
    "many empty prompts": b"[[prompt]]\n" * 23_000,
    "many asks": (b"[[step]]\n" + b"[[step.ask]]\n" * 19) * 480,
    "many numbers": b"step = [" + b"1," * 125_000 + b"]",
    "many lists": b"step = [" + b"[]," * 80_000 + b"]",
    "many keys": b"".join(b"k%d = 1\n" % n for n in range(20_000)),
    "many keys in a table": b"[x]\n" + b"".join(b"k%d = 1\n" % n for n in range(20_000)),
    "many tables": b"".join(b"[t%d]\n" % n for n in range(20_000)),
    "many dotted keys": b"".join(b"a.b.c.k%d = 1\n" % n for n in range(12_000)),
    "one key twice": b"a = 1\n" * 40_000,
    "a number of 250,000 digits": b"a = " + b"9" * 250_000,
    "a hexadecimal of 250,000 digits": b"a = 0x" + b"f" * 250_000,
    "an octal of 250,000 digits": b"a = 0o" + b"7" * 250_000,
    "a binary of 250,000 digits": b"a = 0b" + b"1" * 250_000,
    "underscores": b"a = 1" + b"_1" * 120_000,
    "an exponent": b"a = 1e" + b"9" * 200_000,
    "a long fraction": b"minutes = 1." + b"1" * 250_000,
    "a long string": b'id = "' + b"a" * 260_000 + b'"',
    "a string that does not end": b'id = "' + b"a" * 260_000,
    "a long text": b"id = '''" + b"a\n" * 120_000 + b"'''",
    "a text that does not end": b"id = '''" + b"'\n" * 120_000,
    "quotes": b'"' * 250_000,
    "backslashes": b'id = "' + b"\\\\" * 120_000 + b'"',
    "line ends in a text": b'id = """' + b"\\\n" * 120_000 + b'"""',
    "escapes": b'id = "' + b"\\u001b" * 40_000 + b'"',
    "a bad escape": b'id = "\\x41"',
    "half a character": b'id = "\\ud800"',
    "stacked marks": b'id = "a' + "\u0301".encode() * 120_000 + b'"',
    "marks on a key": b'"a' + "\u0301".encode() * 120_000 + b'" = 1',
    "direction marks": b'id = "' + "\u202e\u2066".encode() * 40_000 + b'"',
    "spaces": b"[" + b" " * 250_000,
    "tabs": b"\t" * 250_000 + b"x",
    "brackets": b"]" * 250_000,
    "headers that do not end": b"[a\n" * 60_000,
    "remarks": b"#\n" * 130_000,
    "carriage returns": b"\r" * 250_000,
    "a date without end": b"a = 2026-11-22T" + b"1" * 200_000,
    "zeros": b"\x00" * 260_000,
    "too many bytes": b"#" * 300_000,
    "no text": bytes(range(256)) * 1_000,
}


def test_there_are_fifty_hostile_packs_and_more() -> None:
    """Enough of them to call it a table."""
    assert len(HOSTILE) >= 50


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("model", [Plan, PromptPack])
def test_a_hostile_pack_is_refused_in_a_sentence(
    tmp_path: Path, name: str, model: type[Plan | PromptPack]
) -> None:
    """It is refused, with one short line that a terminal can be shown, whatever it holds."""
    # promise 38
    path = tmp_path / "hostile.toml"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(ContentError) as error:
        load(model, path, paragraph)
    assert error.value.file == "hostile.toml"
    assert error.value.sentence.isprintable()
    assert len(error.value.sentence) < 1_000


READ_THEM_ALL = """
import pathlib, resource, sys
from agreements.errors import ContentError
from agreements.load import load
from agreements.plan import Plan

def peak():
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        # What `getrusage` says may be the peak of the program that started this one.
        return int(status.read_text().partition("VmHWM:")[2].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

clear = pathlib.Path("/proc/self/clear_refs")
if clear.exists():
    # What compiling our own modules took, on the first run of a fresh install, is not the packs'.
    clear.write_text("5")
before = peak()

for path in pathlib.Path(sys.argv[1]).iterdir():
    try:
        load(Plan, path, str)
    except ContentError:
        continue
    sys.exit("accepted: " + path.name)
print(before, peak())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system as POSIX does")
def test_hostile_packs_take_little_memory(tmp_path: Path) -> None:
    """All of them, one after the other in one program, take less than 50 MB beside the program."""
    # promise 38
    for number, data in enumerate(HOSTILE.values()):
        (tmp_path / f"{number}.toml").write_bytes(data)
    command = [sys.executable, "-c", READ_THEM_ALL, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    before, after = map(int, done.stdout.split())
    assert after - before < 50_000
