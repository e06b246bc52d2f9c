"""The list of formats."""

from __future__ import annotations

import pytest

from sessions.document import ClosedRecord
from sessions.errors import CommandRefusedError
from sessions.export.registry import FORMATS, format_named
from sessions.summarise import summarise


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_renders_the_same_bytes_twice(name: str, hard_record: ClosedRecord) -> None:
    """What a format makes depends on the Summary and on nothing else."""  # promise 25
    summary = summarise(hard_record)
    assert FORMATS[name].render(summary) == FORMATS[name].render(summary)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_called_what_it_is_listed_as(name: str) -> None:
    """The name in the list, the name of the format and the ending go together."""
    found = format_named(name)
    assert found.name == name
    assert found.suffix.startswith(".")
    assert found.title


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    """The sentence quotes what was typed, safely, and lists what there is."""
    with pytest.raises(CommandRefusedError) as caught:
        format_named("d\x1b[31mocx")
    known = "md, html, pdf, docx, xlsx, csv, json"
    assert caught.value.sentence == f"There is no format called “d[31mocx”. There is: {known}."
