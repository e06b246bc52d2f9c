"""Summaries for tests of the formats to draw, and what can be read in a file that was made.

Touches: nothing; soffice and poppler where a test asks for them, below a folder of the test.
"""

from __future__ import annotations

import atexit
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sessions.export.registry import FORMATS
from sessions.summary import (
    NamedCount,
    Summary,
    SummaryAsk,
    SummaryCommitment,
    SummaryCondition,
    SummaryFollowUp,
    SummaryQuestion,
    SummaryQuote,
    SummaryReply,
    SummaryStep,
    SummaryTheme,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sessions.export.report import Edition

DATA = Path(__file__).parents[1] / "data"
CORPUS: dict[str, list[str]] = json.loads((DATA / "hostile-strings.json").read_text("utf-8"))

ZIPPED = ("docx", "xlsx")
PLAIN = ("md", "html", "csv", "json")

needs_soffice = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice is not installed: documents and workbooks were not opened",
)

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_CAUTION = "Both were answered afterwards. Memory and good will move them: no measure of change."
_COMPASS = "People may stand in several places. A snapshot, and not a measure of anybody."


def counted(**labels: int) -> tuple[NamedCount, ...]:
    """Return groups of answers; an underscore in a label is a space."""
    return tuple(
        NamedCount(label=name.replace("_", " ").strip(), count=count)
        for name, count in labels.items()
    )


def questions() -> tuple[SummaryQuestion, ...]:
    """Return one question of each kind, and each way in which it can be told."""
    sure = "How sure are you that you can name race in a meeting?"
    return (
        SummaryQuestion(
            ask="useful",
            text="Was this hour useful?",
            answered=24,
            groups=counted(Not_or_A_little=6, Yes=11, Very=7),
            told="figures",
            in_words="Of 24: Not or A little: 6; Yes: 11; Very: 7.",
        ),
        SummaryQuestion(
            ask="safe",
            text="Was it safe enough to speak?",
            answered=24,
            told="nearly-all",
            option="yes",
            in_words="24 answered; nearly all chose: Yes.",
        ),
        SummaryQuestion(
            ask="read",
            text="Did you read the sheet sent ahead?",
            in_words="Fewer than 5 people answered, so nothing is told.",
        ),
        SummaryQuestion(
            ask="sure",
            kind="then",
            text=f"{sure} (then)",
            answered=23,
            groups=counted(_1_to_2=14, _3_to_5=9),
            told="figures",
            in_words="Of 23: 1 to 2: 14; 3 to 5: 9.",
            caution=_CAUTION,
        ),
        SummaryQuestion(
            ask="sure",
            kind="now",
            text=f"{sure} (now)",
            answered=23,
            groups=counted(_1_to_2=6, _3=7, _4_to_5=10),
            told="figures",
            in_words="Of 23: 1 to 2: 6; 3: 7; 4 to 5: 10.",
            caution=_CAUTION,
        ),
        SummaryQuestion(
            ask="compass",
            kind="compass",
            text="Where are you on the compass?",
            answered=24,
            groups=counted(Feeling=14, Thinking=17, Believing=6, Acting=8),
            told="figures",
            in_words="Of 24: Feeling: 14; Thinking: 17; Believing: 6; Acting: 8.",
            caution=_COMPASS,
        ),
    )


def rich(**changes: object) -> Summary:
    """Return a Summary with something in every field."""
    kept = SummaryFollowUp(after_days=30, state="partly", in_the_way="the form has no field for it")
    table = {
        "rehearsal": False,
        "session": "0" * 32,
        "title": "Introduction to the protocol",
        "held_on": "2026-11-22",
        "language": "en",
        "plan": "lunch-and-learn",
        "plan_revision": 3,
        "plan_title": "Lunch & learn",
        "plan_purpose": "Meet the agreements and the conditions, and try them on one question.",
        "rule_name": "Stories stay, lessons leave",
        "rule_text": "What is said here stays here; what is learned here may leave.",
        "heads": "20 to 29",
        "heads_least": 20,
        "heads_most": 29,
        "planned_minutes": 60,
        "actual_minutes": 58,
        "steps": (
            SummaryStep(title="Welcome", planned_minutes=4, actual_minutes=5, outcome="done"),
            SummaryStep(title="Triads", planned_minutes=12, actual_minutes=9, outcome="shortened"),
            SummaryStep(title="Fishbowl", planned_minutes=8, actual_minutes=0, outcome="dropped"),
        ),
        "agreements": (
            "Stay engaged: Stay with it.",
            "Speak your truth: Say what is true for you.",
        ),
        "house_agreements": ("Phones are away.",),
        "adopted": True,
        "conditions": (
            SummaryCondition(number=2, name="Isolate race", gloss="Keep race in view."),
        ),
        "conditions_left": (
            SummaryCondition(number=3, name="Normalize", gloss="Let everybody take part."),
        ),
        "questions": questions(),
        "themes": ("Who is interrupted, and who is not.\n\nIt is seldom talked about.",),
        "coded": (
            SummaryTheme(label="Isolate race", kind="condition", code="isolate", count="10 to 19"),
            SummaryTheme(label="Interpreters called late", code="late", count="5 to 9"),
        ),
        "quotes": (
            SummaryQuote(ask="carry", question="What will you carry?", text="I count my words."),
            SummaryQuote(ask="carry", question="What will you carry?", text="Silence is no yes."),
        ),
        "parked": ("How do we do this on night shift?",),
        "commitments": (
            SummaryCommitment(
                id="1" * 32,
                text="Book an interpreter with the appointment.",
                role="the ward's clerks",
                due="2026-12-22",
                follow_up=(kept,),
            ),
            SummaryCommitment(id="2" * 32, text="Meet again in a month."),
        ),
        "leadership_asks": (
            SummaryAsk(
                id="3" * 32,
                text="Put language needs on the form.",
                replies=(SummaryReply(on="2026-12-10", text="Agreed; it changes in January."),),
            ),
            SummaryAsk(id="4" * 32, text="Pay for an hour a month for this."),
        ),
        "held_back": "5 to 9",
        "privacy": ("It does not say who was there.", "An answer is told for 5 people or more."),
        "limits": ("It cannot tell who spoke, or who passed.", "It is about one session."),
    }
    return Summary.model_validate({**table, **changes})


def silent(**changes: object) -> Summary:
    """Return a Summary in which everything lies below the threshold."""
    few = "Fewer than 5 people answered, so nothing is told."
    none = ("themes", "coded", "quotes", "parked", "commitments", "leadership_asks")
    table: dict[str, object] = dict.fromkeys(none, ())
    table["house_agreements"] = ()
    table["questions"] = (SummaryQuestion(ask="useful", text="Was it useful?", in_words=few),)
    return rich(**{**table, **changes})


def hostile(text: str) -> Summary:
    """Return a Summary with the same words in every place where words can stand."""

    def everywhere(value: object) -> object:
        if isinstance(value, dict):
            fixed = {"kind", "outcome", "told", "state", "held_on", "language", "format"}
            return {key: one if key in fixed else everywhere(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return tuple(everywhere(one) for one in value)
        return text if isinstance(value, str) else value

    return Summary.model_validate(everywhere(rich().model_dump()))


@cache
def made(name: str, edition: Edition = "full") -> bytes:
    """Return the rich Summary in a format, made once for the run."""
    return FORMATS[name].render(rich(), edition)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zipped file by their names."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def opened(data: bytes) -> bytes:
    """Return a file with all that is packed in it unpacked behind it."""
    if data.startswith(b"PK"):
        return data + b"\n".join(parts_of(data).values())
    if data.startswith(b"%PDF"):
        return data + b"\n".join(_unpacked(data))
    return data


def structure(pdf: bytes) -> bytes:
    """Return what a PDF says of itself: all but its streams, whose bytes may spell anything."""
    assert b"/ObjStm" not in pdf
    return _STREAM.sub(b"", pdf)


def _unpacked(pdf: bytes) -> Iterator[bytes]:
    for stream in _STREAM.findall(pdf):
        try:
            yield zlib.decompress(stream)
        except zlib.error:
            yield stream


def converted(data: bytes, suffix: str, to: str, folder: Path) -> bytes:
    """Return what LibreOffice makes of a file."""
    return converted_all({f"given{suffix}": data}, to, folder)[f"given{suffix}"]


def converted_all(files: Mapping[str, bytes], to: str, folder: Path) -> dict[str, bytes]:
    """Return what LibreOffice makes of some files, by their names; started once for all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={office_home().as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            to,
            "--outdir",
            str(folder),
            *(str(folder / name) for name in files),
        ],
        check=True,
        capture_output=True,
        timeout=110,
    )
    ending = "." + to.partition(":")[0]
    return {name: (folder / name).with_suffix(ending).read_bytes() for name in files}


@cache
def office_home() -> Path:
    """Return a home for LibreOffice, of this run alone; to furnish one takes it several seconds."""
    home = Path(tempfile.mkdtemp(prefix="dialogue-office-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


def squeezed(text: str) -> str:
    """Return text without the spaces that a program may put in or take out."""
    return re.sub(r"\s+", "", text)
