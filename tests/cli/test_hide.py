from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> object:
    """Return a way to put bytes on standard input."""

    def put(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    return put


def test_a_text_comes_out_without_names(call: Call, typed, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Line by line, the same person by the same words; with a roster, as colleagues."""
    roster = tmp_path / "roster.txt"
    roster.write_text("Tanya Webb\n", "utf-8")
    typed(b"Tanya met Dr. Okafor.\n\nThen Okafor thanked Tanya.\n")
    answer = call("hide", "--roster", roster)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == (
        "[colleague 1] met Dr. [person 2].\n\nThen [person 2] thanked [colleague 1].\n"
    )


def test_what_is_in_doubt_is_hidden_unless_only_the_sure_is(call: Call, typed) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Nobody can be asked here, so the likely goes too, and stays with `--tier auto`."""
    for arguments, said in (((), "[person 1]"), (("--tier", "auto"), "Quill")):
        typed(b"Talked to Quill about it.\n")
        assert call("hide", *arguments).out == f"Talked to {said} about it.\n"


@pytest.mark.parametrize(
    ("roster", "came_out", "left_out"),
    [
        (b"", "In May a Black nurse saw [person 1].", ""),
        (b"\n \n,;\n", "In May a Black nurse saw [person 1].", ""),
        (
            "\n".join(f"Ina{chr(97 + n % 26)} Vu{n}" for n in range(60_000)).encode(),
            "In May a Black nurse saw [person 1].",
            "1,000 names",
        ),
        (b"May Thao\nRenee Black", "In May a Black nurse saw [person 1].", ""),
    ],
    ids=["empty", "only signs", "enormous", "words"],
)
def test_any_roster_will_do(  # type: ignore[no-untyped-def]
    call: Call,
    typed,  # noqa: ANN001
    tmp_path: Path,
    roster: bytes,
    came_out: str,
    left_out: str,
) -> None:
    """Empty it hides nobody of the room; enormous it says what is left out; words are hidden."""
    path = tmp_path / "roster.txt"
    path.write_bytes(roster)
    typed(b"In May a Black nurse saw Tanya Webb.\n")
    answer = call("hide", "--roster", path)
    assert (answer.code, answer.out) == (0, f"{came_out}\n")
    assert answer.err.startswith(left_out) if left_out else (answer.err == "")


def test_programs_ask_line_by_line(call: Call, typed) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Each object is answered by one with places, in the labels of the scorer."""
    rows = [
        {"text": "May met Zed", "roster": ["May Thao"]},
        {"text": "call 860-555-0142"},
        {"text": ""},
    ]
    typed("\n".join(json.dumps(row) for row in rows).encode())
    answer = call("hide", "--json-lines")
    first, second, third = [json.loads(line)["spans"] for line in answer.out.splitlines()]
    assert {"start": 0, "end": 3, "label": "PERSON"} in first
    assert second == [{"start": 5, "end": 17, "label": "PHONE"}]
    assert third == []


def test_a_kept_word_is_asked_about_once_a_conversation(call: Call, typed) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """With `--memory keep` a question comes once, until the conversation changes."""
    rows = [
        {"text": "on MS6 again", "conversation": conversation} for conversation in ("a", "a", "b")
    ]
    data = "\n".join(json.dumps(row) for row in rows).encode()
    typed(data)
    answer = call("hide", "--json-lines", "--memory", "keep")
    asked = [len(json.loads(line)["spans"]) for line in answer.out.splitlines()]
    assert asked == [1, 0, 1]
    typed(data)
    sure = call("hide", "--json-lines", "--tier", "auto")
    assert [json.loads(line)["spans"] for line in sure.out.splitlines()] == [[], [], []]


@pytest.mark.parametrize(
    ("data", "arguments", "said"),
    [
        (b"fine\n\xff\xfe\n", (), "Line 2 is not UTF-8"),
        (b"no json\n", ("--json-lines",), "Line 1 is not an object with a text"),
        (b'{"text": 3}\n', ("--json-lines",), "Line 1 is not an object with a text"),
        (b'{"text": "a", "roster": "b"}\n', ("--json-lines",), "roster of line 1"),
        (b'{"text": ' + b"[" * 200_000, ("--json-lines",), "Line 1 is not an object with a text"),
        (b'{"text": "\\ud800 Maria"}', ("--json-lines",), "Line 1 holds half a character"),
        (
            b'{"text": "a"}\n{"text": "a", "roster": ["\\udfff"]}',
            ("--json-lines",),
            "Line 2 holds half a character",
        ),
        (b"a" * 1_000_001, (), "1,000,001 characters"),
    ],
)
def test_what_cannot_be_read_is_said(call: Call, typed, data, arguments, said) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Bad input ends with one sentence: which line, what is wrong, what to do."""
    typed(data)
    answer = call("hide", *arguments)
    assert answer.code == 1
    assert said in answer.err
    assert "Traceback" not in answer.err


def test_what_it_cannot_do_is_explained(call: Call) -> None:
    """`--explain` says plainly what is missed, and reads nothing."""
    answer = call("hide", "--explain")
    assert "What it cannot do" in answer.out
    assert "not de-identified in the sense of the HIPAA safe harbor" in answer.out


def test_a_description_of_one_person_is_told(call: Call, typed) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """`--coach` says beside the text which words may fit one person only."""
    typed(b"our only Black chaplain cried\n")
    answer = call("hide", "--coach")
    assert answer.out == "our only Black chaplain cried\n"
    assert "a Black chaplain" in answer.err
