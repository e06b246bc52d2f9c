"""`dialogue export` with its formats, editions and keys: refused early, or written whole."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pyrage
import pytest
from pyrage import x25519

from sessions.export import typesetting
from sessions.export.registry import FORMATS
from sessions.live import LiveSession
from sessions.store import read_record
from sessions.summary import Summary
from tests.export.summaries import opened
from tests.paper.packs import needs_poppler, words_of

if TYPE_CHECKING:
    from tests.cli.conftest import Call

Begin = Callable[..., LiveSession]
ALL = ",".join(FORMATS)


def test_all_formats_come_by_one_command(call: Call, closed: LiveSession, tmp_path: Path) -> None:
    """Each file is printed on a line of its own, in the order asked for, and each is there."""
    answer = call("export", closed.folder.name, "--to", ALL, "-o", tmp_path / "out")
    paths = [Path(line) for line in answer.out.splitlines()]
    assert answer.code == 0
    assert [path.suffix for path in paths] == [one.suffix for one in FORMATS.values()]
    assert all(path.is_file() for path in paths)


def test_all_formats_say_what_was_frozen(call: Call, closed: LiveSession, tmp_path: Path) -> None:
    """The JSON that travels is the Summary that the record holds."""
    answer = call("export", closed.folder.name, "--to", "json", "-o", tmp_path)
    record = read_record(closed.folder.path)
    assert Summary.model_validate_json(Path(answer.out.strip()).read_bytes()) == record.summary


def test_editions_lie_beside_each_other(call: Call, closed: LiveSession, tmp_path: Path) -> None:
    """Each has a name that says which it is."""
    for edition in ("full", "board", "participants"):
        assert call("export", closed.folder.name, "--edition", edition, "-o", tmp_path).code == 0
    full, *others = sorted(tmp_path.glob("*.md"), key=lambda path: len(path.name))
    assert [path.stem.removeprefix(full.stem) for path in others] == ["-board", "-participants"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--edition", "b\x1boss"), "There is no edition called “boss”."),
        (("--edition", "board", "--to", "md,json"), "json is the summary itself"),
        (("--to-key", "age1x"), "no public key of age"),
        (("--to-key", "AGE-SECRET-KEY-1QQ"), "secret key"),
        (("--to", ""), "There is no format called"),
        (("--lang", "x\x1bx"), "Reports speak en and es, and not “xx”."),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_frozen(
    call: Call, closed: LiveSession, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    """A slip of the finger fixes nothing for ever, and leaves no folder."""
    before = closed.folder.path.read_bytes()
    answer = call("export", closed.folder.name, *arguments, "-o", tmp_path / "out")
    assert (answer.code, answer.out) == (2, "")
    assert says in " ".join(answer.err.split())
    assert "1QQ" not in answer.err
    assert closed.folder.path.read_bytes() == before
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("asked", "of_the_session", "speaks"),
    [
        ("", "en", "en"),
        ("", "es-MX", "es"),
        ("", "fr", "en"),
        ("es", "en", "es"),
        ("en", "es", "en"),
    ],
)
def test_a_report_speaks_the_language_of_its_session_or_another(
    call: Call, closed: LiveSession, tmp_path: Path, asked: str, of_the_session: str, speaks: str
) -> None:
    """Left alone it is that of the session where we have it; the JSON is the same in each."""
    record = json.loads(closed.folder.path.read_bytes())
    closed.folder.path.write_text(json.dumps({**record, "language": of_the_session}))
    chosen = ("--lang", asked) if asked else ()
    answer = call("export", closed.folder.name, "--to", "html,json", *chosen, "-o", tmp_path)
    page, shared = (Path(line).read_text("utf-8") for line in answer.out.splitlines())
    assert f'<html lang="{speaks}">' in page
    assert ("Preguntas que quedan abiertas" if speaks == "es" else "Questions left open") in page
    assert "It does not say who was there" in shared


def test_without_typst_a_pdf_is_refused_before_anything_is_frozen(
    call: Call, closed: LiveSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence offers HTML, and the record is as it was."""
    before = closed.folder.path.read_bytes()
    monkeypatch.setattr(typesetting.importlib.util, "find_spec", lambda _name: None)
    answer = call("export", closed.folder.name, "--to", "md,pdf")
    assert answer.code == 1
    assert "--to html" in answer.err
    assert closed.folder.path.read_bytes() == before


def test_a_session_that_is_not_there_is_said_to_be_missing(call: Call, tmp_path: Path) -> None:
    """Nothing is written, and the sentence says how to look."""
    answer = call("export", "no-such-session", "--to", ALL, "-o", tmp_path / "out")
    assert (answer.code, answer.out) != (0, "")
    assert "dialogue sessions" in answer.err
    assert not (tmp_path / "out").exists()


def test_an_encrypted_export_is_read_with_the_key(
    call: Call, closed: LiveSession, tmp_path: Path
) -> None:
    """What is printed is the encrypted file, and no other one is written."""
    key = x25519.Identity.generate()
    answer = call("export", closed.folder.name, "--to-key", str(key.to_public()), "-o", tmp_path)
    (path,) = tmp_path.glob("*.*")
    assert Path(answer.out.strip()) == path
    assert path.name.endswith(".md.age")
    assert pyrage.decrypt(path.read_bytes(), [key]).startswith(b"# A lunch\n")


@needs_poppler
def test_a_partial_says_so_in_every_format(call: Call, begin: Begin, tmp_path: Path) -> None:
    """Each file is called partial and marked so, and none holds what anybody said."""
    live = begin()
    live.keep_note("Who explains and who may rest")
    live.leave()
    answer = call("export", live.folder.name, "--to", ALL, "-o", tmp_path / "out")
    for line in answer.out.splitlines():
        path = Path(line)
        data = path.read_bytes()
        text = words_of(data, tmp_path) if path.suffix == ".pdf" else opened(data).decode("latin1")
        assert path.stem.endswith("-partial")
        assert '"partial": true' in text or "still open" in text
        assert "Who explains" not in text


def test_the_schema_of_a_summary_holds_what_was_exported(
    call: Call, closed: LiveSession, tmp_path: Path
) -> None:
    """A checker that knows nothing of us accepts the JSON by the schema that is printed."""
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps(call("schema", "--summary").json), "utf-8")
    path = call("export", closed.folder.name, "--to", "json", "-o", tmp_path).out.strip()
    check = Path(sys.executable).with_name("check-jsonschema")
    for arguments in (["--check-metaschema", schema], ["--schemafile", schema, path]):
        done = subprocess.run([check, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
