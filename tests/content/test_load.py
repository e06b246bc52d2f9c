"""One file of content: what is wrong with it is said with file, line and key, and never crashes.

Touches: disk, below `tmp_path`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agreements.errors import ContentError
from agreements.load import LARGEST_FILE_BYTES, build, load, parse_table
from agreements.locate import key_path, line_of
from agreements.plan import Plan
from sessions.text import is_clean, paragraph

GOOD = """\
id = "mine"
title = "Mine"
revision = 1
language = "en"
source = "Our own words."
license = "MIT"
purpose = "To be tried."
minutes = 60

[[step]]
id = "one"
title = "One"
kind = "talk"
phase = "explore"
format = "plenary"
duration = { kind = "fixed", minutes = 10 }

[[step.ask]]
id = "useful"
kind = "choice"
text = "Useful?"
option = [{ id = "yes", label = "Yes" }, { id = "no", label = "No" }]

[[step]] # the second
id = "two"
title = "Two"
kind = "talk"
phase = "explore"
format = "plenary"
alternative = "calm"

[step.duration]
kind = "per-person"
seconds_each = 60

[step.flex]
compressible_to = 5

[[alternative]]
id = "calm"
title = "Calm"
kind = "talk"
phase = "explore"
format = "plenary"
duration.kind = "fixed"
duration.minutes = 10
"""
"""A plan in every way of writing that TOML has; its lines are what the errors below name."""


def read(text: str) -> Plan:
    """Read a plan from a text."""
    return build(Plan, parse_table(text, "mine.toml", paragraph), "mine.toml", text)


def refused(text: str) -> ContentError:
    """Return what is wrong with a text."""
    with pytest.raises(ContentError) as error:
        read(text)
    assert error.value.file == "mine.toml"
    assert error.value.sentence.isprintable()
    return error.value


def test_a_good_file_is_read() -> None:
    """Inline tables, dotted keys, tables of their own: all of them are one plan."""
    plan = read(GOOD)
    assert [step.id for step in plan.steps + plan.alternatives] == ["one", "two", "calm"]
    assert read(GOOD.replace("\n", "\r\n")) == plan
    assert read(f"# a remark\n\n{GOOD}") == plan


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "problem"),
    [
        ('title = "Mine"', 'titel = "Mine"', 2, "titel", "this key is not known here"),
        ('title = "Mine"\n', "", None, "title", "this is missing; please add it"),
        ("minutes = 60", 'minutes = "60"', 8, "minutes", "this must be a whole number"),
        ("minutes = 60", "minutes = 60.5", 8, "minutes", "this must be a whole number"),
        ("minutes = 60", "minutes = 3", 8, "minutes", "this must be at least 5"),
        ("minutes = 60", "minutes = 9999", 8, "minutes", "this must be at most 1440"),
        ("revision = 1", "revision = true", 3, "revision", "this must be a whole number"),
        ("revision = 1", "revision = 2026-11-22", 3, "revision", "this must be a whole number"),
        ('"en"', '"English!"', 4, "language", "this must be the tag of a language"),
        ('"one"', '"Step one"', 11, "step[1].id", "small letters, digits and hyphens"),
        ('"one"', '"-one"', 11, "step[1].id", "small letters, digits and hyphens"),
        ('"one"', '"ｏｎｅ"', 11, "step[1].id", "small letters, digits and hyphens"),
        ('"one"', f'"{"x" * 65}"', 11, "step[1].id", "it may have 64 characters"),
        ('"one"', '""', 11, "step[1].id", "small letters, digits and hyphens"),
        ('title = "One"', 'title = ""', 12, "step[1].title", "this is empty"),
        ('title = "One"', 'title = "\\u200b"', 12, "step[1].title", "this is empty"),
        ('title = "One"\n', "", 10, "step[1].title", "this is missing"),
        ('"plenary"\nduration', '"chat"\nduration', 15, "step[1].format", "this must be 'arrival'"),
        ("minutes = 10 }", "minutes = -1 }", 16, "step[1].duration.minutes", "at least 0"),
        ("minutes = 10 }", "hours = 10 }", 16, "step[1].duration.hours", "not known here"),
        ('"fixed", m', '"range", m', 16, "step[1].duration.from_minutes", "this is missing"),
        ('"fixed", m', '"long", m', 16, "step[1].duration", "use fixed, per-person, range or open"),
        ('kind = "fixed", m', "m", 16, "step[1].duration", "please say which kind"),
        ("duration = {", 'not_after = "9"\nduration = {', 16, "step[1].not_after", "time of day"),
        ('text = "Useful?"', 'text = ""', 21, "step[1].ask[1].text", "this is empty"),
        ('label = "No"', 'label = ""', 22, "step[1].ask[1].option[2].label", "this is empty"),
        ('id = "no"', 'id = "yes"', 18, "step[1].ask[1]", "two options have the same id"),
        (', { id = "no", label = "No" }', "", 18, "step[1].ask[1]", "at least two options"),
        ('kind = "choice"', 'kind = "words"', 18, "step[1].ask[1]", "only a choice has options"),
        ('title = "Two"', "title = 2", 26, "step[2].title", "text in quotation marks"),
        ('title = "Two"', 'title = ["Two"]', 26, "step[2].title", "text in quotation marks"),
        ('title = "Two"', 'title = "Two"\nsay = "x"', 27, "step[2].say", "list in square brackets"),
        ('"calm"\n', '"calm"\nprompts = ["ok", "N O"]\n', 31, "step[2].prompts[2]", "small"),
        ("seconds_each = 60", "seconds_each = 1", 34, "step[2].duration.seconds_each", "least 5"),
        ("seconds_each = 60", "seconds = 60", 34, "step[2].duration.seconds", "not known here"),
        ("compressible_to = 5", 'protected = "yes"', 37, "step[2].flex.protected", "true or false"),
        (
            "compressible_to = 5",
            "compressible_to = 5\nprotected = true",
            36,
            "step[2].flex",
            "a protected step can be neither shortened, dropped nor stretched",
        ),
        ("compressible_to = 5", "drop_order = 0", 37, "step[2].flex.drop_order", "at least 1"),
        (
            "duration.minutes = 10",
            'duration.minutes = "10"',
            46,
            "alternative[1].duration.minutes",
            "this must be a number",
        ),
        ('id = "two"', 'id = "one"', None, "", "two steps have the id one"),
        ('id = "calm"', 'id = "one"', None, "", "two steps have the id one"),
        ('id = "two"', 'id = "two"\nparent = "two"', None, "", "does not stand above"),
        ('id = "one"', 'id = "one"\nparent = "two"', None, "", "does not stand above"),
        ('"calm"\n\n', '"other"\n\n', None, "", "names an alternative, other, that is not there"),
        ('id = "calm"', 'id = "calm"\nparent = "one"', None, "", "calm stands alone"),
        ('duration = { kind = "fixed", minutes = 10 }', "", None, "", "neither a duration nor"),
        ("[[alternative]]", "[[option]]", 39, "option", "this key is not known here"),
        ("[[step]]\nid", "[[step]\nid", 10, "", "this is not TOML"),
        ('"Mine"', '"Mine', 2, "", "this is not TOML"),
        ('"Mine"', "Mine", 2, "", "this is not TOML"),
        ("minutes = 60", "minutes = 60\nminutes = 90", 9, "", "this is not TOML"),
        ("minutes = 60", "minutes 60", 8, "", "this is not TOML"),
        ('"Mine"', '"Mi\x00ne"', 2, "", "this is not TOML"),
        ('"Mine"', '"Mi\x1b[31mne"', 2, "", "this is not TOML"),
        ("minutes = 60", f"minutes = {'9' * 900}", None, "", "an impossible number"),
        ("minutes = 60", f"minutes = {'9' * 5000}", 8, "", "a word of more than 1,000"),
        ("minutes = 60", f"minutes = 0x{'f' * 900}", None, "", "an impossible number"),
        ("minutes = 60", "minutes = 1e999", 8, "minutes", "this must be a whole number"),
        ("minutes = 60", "minutes = nan", 8, "minutes", "this must be a whole number"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(
    old: str, new: str, line: int | None, key: str, problem: str
) -> None:
    """The sentence says what and where, as a colleague would."""
    assert old in GOOD
    error = refused(GOOD.replace(old, new, 1))
    assert problem in error.problem
    assert (error.line, error.key) == (line, key)
    place = "mine.toml" if line is None else f"mine.toml, line {line}"
    assert error.sentence == f"{place}, {key}: {error.problem}".replace(", :", ":")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("[b]bold[/b] [@click=quit]", "[b]bold[/b] [@click=quit]"),
        ("\\u001b[2J\\u001b]0;owned\\u0007x", "[2J]0;ownedx"),
        ("\\u202eevil\\u2066", "evil"),
        ("zero\\u200bwidth\\ufeff", "zerowidth"),
        ("soft\\u0085break\\u2028here", "soft\nbreak\nhere"),
        ("\\u0000\\u009bx", "x"),
        ("e\\u0301", "é"),
        ("مرحبا 🧑🏽‍🤝‍🧑🏻", "مرحبا 🧑🏽‍🤝‍🧑🏻"),
    ],
)
def test_every_string_passes_the_gate(typed: str, kept: str) -> None:
    """Brackets stay; escapes, direction marks and hidden signs of a pack reach no screen."""
    # promise 38
    plan = read(GOOD.replace('"To be tried."', f'"{typed}"'))
    assert plan.purpose == kept
    assert is_clean(plan.purpose)


def test_keys_pass_the_gate_too() -> None:
    """A key of escapes and line breaks is one clean line in the sentence about it."""
    error = refused(f'"\\u001b[31ma\\nb\\u202e" = 1\n{GOOD}')
    assert error.key == "[31ma b"


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_is_no_matter(tmp_path: Path, mark: bytes) -> None:
    """A file that an editor for Windows saved is read, and its lines are counted alike."""
    path = tmp_path / "mine.toml"
    path.write_bytes(mark + GOOD.encode())
    assert load(Plan, path, paragraph) == read(GOOD)
    path.write_bytes(mark + GOOD.replace("revision = 1", "revision = 0").encode())
    with pytest.raises(ContentError) as error:
        load(Plan, path, paragraph)
    assert (error.value.line, error.value.key) == (3, "revision")


def test_lines_are_counted_as_editors_count_them() -> None:
    """A line separator inside a string is no new line."""
    text = GOOD.replace("Our own words.", "Our\u2028own\u2029\x0bwords.".replace("\x0b", ""))
    error = refused(text.replace("minutes = 60", "minutes = 3"))
    assert error.line == 8


@pytest.mark.parametrize(
    ("data", "problem", "line"),
    [
        (GOOD.encode("utf-16"), "it is not saved as UTF-8", 1),
        (GOOD.encode("latin-1") + b'\n\nx = "\xe9"', "it is not saved as UTF-8", 49),
        (b"\xed\xa0\x80", "it is not saved as UTF-8", 1),
        (b"#" * (LARGEST_FILE_BYTES + 1), "it is larger than 256 KiB", None),
        (b"\x00" * 100, "this is not TOML", 1),
        (b"", "this is missing", None),
    ],
)
def test_bytes_that_are_no_text_are_refused(
    tmp_path: Path, data: bytes, problem: str, line: int | None
) -> None:
    """Another encoding, too many bytes or zeros: said, with the line where there is one."""
    path = tmp_path / "mine.toml"
    path.write_bytes(data)
    with pytest.raises(ContentError) as error:
        load(Plan, path, paragraph)
    assert problem in error.value.problem
    assert error.value.line == line


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    """The limit itself is allowed."""
    path = tmp_path / "mine.toml"
    path.write_bytes(GOOD.encode() + b"#" * (LARGEST_FILE_BYTES - len(GOOD.encode())))
    assert load(Plan, path, paragraph).id == "mine"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder, nothing, a pipe: said, and nobody waits for it."""
    (tmp_path / "folder.toml").mkdir()
    places = ["folder.toml", "missing.toml"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.toml")
        places.append("pipe.toml")
    for place in places:
        with pytest.raises(ContentError) as error:
            load(Plan, tmp_path / place, paragraph)
        assert error.value.file == place
        assert error.value.line is None


@pytest.mark.skipif(sys.platform == "win32", reason="a name that only POSIX allows")
def test_a_hostile_file_name_is_shown_safely(tmp_path: Path) -> None:
    """Escapes in a file's name are not in the sentence."""
    # promise 38
    with pytest.raises(ContentError) as error:
        load(Plan, tmp_path / "a\x1b[31m\n\u202e.toml", paragraph)
    assert error.value.file == "a[31m .toml"
    assert error.value.sentence.isprintable()


def problem_with(text: str) -> ContentError | None:
    """Return what is wrong with a text, if anything; no other error may come of it."""
    try:
        read(text)
    except ContentError as error:
        return error
    return None


@given(st.text(max_size=200))
@example(GOOD)
@example('"a[b" = 1')
def test_any_text_is_a_plan_or_a_sentence(text: str) -> None:
    """Nothing but a plan or a `ContentError` ever comes of a file."""
    error = problem_with(text)
    assert error is None or error.sentence.isprintable()


SLIPS = [
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ".",
    '"',
    "'",
    "#",
    ",",
    "1",
    "step",
    "ask",
    "id",
    "minutes",
    '"x"',
    "true",
    "duration",
    "kind",
    "x[y]",
]
slips = st.lists(st.sampled_from([*SLIPS, "\n", " ", "[[step]]\n", "[step.flex]\n"]), max_size=30)


@given(slips.map("".join), st.integers(0, len(GOOD)))
def test_any_slip_in_a_plan_is_a_sentence(slip: str, at: int) -> None:
    """Whatever is typed in the middle of a plan, the sentence names a line that is there."""
    text = GOOD[:at] + slip + GOOD[at:]
    error = problem_with(text)
    if error is not None:
        assert error.sentence.isprintable()
        assert error.line is None or 1 <= error.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("title", 2),
        ("nothing", None),
        ("", None),
        ("step[1]", 10),
        ("step[2]", 24),
        ("step[3]", None),
        ("step[2].title", 26),
        ("step[2].nothing", 24),
        ("step[1].duration.minutes", 16),
        ("step[1].ask[1].option[2].label", 22),
        ("step[2].duration", 32),
        ("step[2].duration.seconds_each", 34),
        ("alternative[1].duration", 45),
        ("alternative[1].duration.minutes", 46),
        ("alternative[1].duration.hours", 45),
        ("a[b]]", None),
    ],
)
def test_the_line_of_a_key(path: str, line: int | None) -> None:
    """The line is the key's own, or the nearest table's above, or none; never another key's."""
    assert line_of(path, GOOD) == line


def test_the_key_path_leaves_out_what_nobody_wrote() -> None:
    """Indexes count from one, and the kinds of a duration are no keys."""
    table = {"step": [{"duration": {"kind": "fixed", "minutes": "x"}}], "open": {"fixed": 1}}
    assert (
        key_path(("step", 0, "duration", "fixed", "minutes"), table) == "step[1].duration.minutes"
    )
    assert key_path(("open", "fixed"), table) == "open.fixed"
    assert key_path(("step", 7, "title"), table) == "step[8].title"
    assert key_path((), table) == ""
