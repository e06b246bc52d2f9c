"""What the program writes while a room writes to it, seen from outside by strace.

Touches: processes, pseudo-terminals, loopback, disk below `tmp_path`.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.pages import ON_LOOPBACK, WIDE, Page, all_at_once, open_sheet, pages_of
from tests.faults.pages import to_the_sheet as go_to_the_sheet
from tests.faults.terminal import Watched

PAGES, BEATS = 50, 20
"""A thousand requests, from fifty addresses."""

CALLS = (
    *("write", "writev", "pwrite64", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg"),
    *("open", "openat", "creat", "rename", "renameat", "renameat2", "link", "linkat", "symlink"),
    *("mkdir", "mkdirat", "sendfile", "splice", "copy_file_range", "truncate", "ftruncate"),
)
WRITES = re.compile(r"\b(?:p?write(?:v|64|v2)?|send(?:to|msg|mmsg|file)|splice)\(\d+<([^>]*)>")
MAKES = re.compile(r"\b(?:open|openat|creat)\(.*?\"([^\"]*)\".*(?:O_WRONLY|O_RDWR|O_CREAT)")
NAMES = re.compile(r"\b(?:rename|link|symlink|mkdir|truncate)\w*\(.*?\"([^\"]*)\"")

NEVER_ON_A_DISK = ("socket:", "TCP:", "UNIX", "anon_inode:[eventfd]", "/dev/pts/", "/dev/tty")
ONCE_A_MINUTE = 8
"""So many acts save a record once, and the clock is saved once a minute."""

needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not on this machine (package strace)"
)

ONE_LINE_A_REQUEST = """
import pathlib
from dialogue.web.guard import Guard
answer = Guard.__call__
async def noted(guard, scope, receive, send):
    with (pathlib.Path.home() / "access.log").open("a") as log:
        log.write("somebody was here\\n")
    await answer(guard, scope, receive, send)
Guard.__call__ = noted
"""


def places_in(trace: str) -> Iterator[str]:
    """Yield each file or other place that a traced program has written to, made or named."""
    for line in trace.splitlines():
        for kind in (WRITES, MAKES, NAMES):
            if (found := kind.search(line)) and " = -1 " not in line:
                yield found[1]


def traced(home: Path, before: str) -> tuple[Counter[str], Path]:
    """Send a thousand requests to the real program; return what it wrote then, and its folder."""
    trace = home / "trace"
    under = ["strace", "-f", "-y", "--seccomp-bpf", "-e", f"trace={','.join(CALLS)}"]
    command = ("run", "lunch-and-learn", "--heads", "24", "--title", "A test")
    with Watched(
        home, *command, before=before + ON_LOOPBACK, size=WIDE, under=[*under, "-o", str(trace)]
    ) as terminal:
        go_to_the_sheet(terminal)
        with pages_of(terminal, PAGES) as pages:
            open_sheet(terminal, pages)
            assert pages[0].write("The first answer loads what is loaded late.") == "received"
            terminal.settle()
            begins = trace.stat().st_size
            all_at_once(pages, busy)
            terminal.settle()
        assert terminal.process.poll() is None
        written = trace.read_bytes()[begins:].decode("utf-8", "replace")
        (record,) = terminal.data.glob("sessions/*/session.json")
    return Counter(places_in(written)), record.parent


def busy(page: Page) -> None:
    """Call many times, and write with one of the calls."""
    for number in range(BEATS):
        if number == BEATS // 2:
            page.write("What one of many writes.")
        else:
            page.beat()


def elsewhere(found: Counter[str], folder: Path) -> Counter[str]:
    """Leave out what may be written: box, sockets, terminal, and the record once a minute."""
    record = re.compile(rf"{re.escape(str(folder))}/\.?(?:session\.|lock)[^/]*")
    rest = Counter[str]()
    for place, times in found.items():
        may = place.startswith(NEVER_ON_A_DISK) or place == str(folder / "ballots.box")
        if may or (record.fullmatch(place) and times <= ONCE_A_MINUTE):
            continue
        rest[place] = times
    return rest


@pytest.mark.slow
@needs_strace
def test_a_thousand_requests_write_to_the_box_and_to_nothing_else(tmp_path: Path) -> None:
    """Under strace the program writes to box, sockets and terminal, and makes no file."""
    # promise 12
    found, folder = traced(tmp_path, before="")
    assert found[str(folder / "ballots.box")] >= 1
    assert sum(times for place, times in found.items() if place.startswith("socket:")) >= (
        PAGES * BEATS
    )
    assert elsewhere(found, folder) == Counter()


@pytest.mark.slow
@needs_strace
def test_a_line_in_a_log_for_each_request_is_seen(tmp_path: Path) -> None:
    """The same look finds a build that notes each request in a file."""
    # promise 12
    found, folder = traced(tmp_path, before=ONE_LINE_A_REQUEST)
    assert elsewhere(found, folder)[str(tmp_path / "access.log")] >= PAGES * BEATS


def test_what_is_written_is_read_from_a_trace() -> None:
    """Lines of a trace are read: writes by their file, files that are made, and new names."""
    trace = "\n".join(
        (
            '7  pwrite64(16</data/ballots.box>, "..."..., 4096, 0) = 4096',
            '7  sendto(8<socket:[383581]>, "HTTP/1.1 200 OK"..., 879, 0, NULL, 0) = 879',
            '7  openat(AT_FDCWD</home>, "/home/access.log", O_WRONLY|O_CREAT, 0666) = 9</home/a>',
            '7  openat(AT_FDCWD</home>, "/etc/hosts", O_RDONLY|O_CLOEXEC) = 9</etc/hosts>',
            '7  write(9</home/access.log>, "a", 1) = 1',
            '7  rename("/data/a.part", "/data/a") = 0',
            '7  openat(AT_FDCWD</home>, "/nowhere/a", O_WRONLY|O_CREAT, 0666) = -1 ENOENT',
        )
    )
    assert [*places_in(trace)] == [
        "/data/ballots.box",
        "socket:[383581]",
        "/home/access.log",
        "/home/access.log",
        "/data/a.part",
    ]
