"""`dialogue content check`: what it lists, and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import dialogue.translations
from agreements.translation import Gap
from dialogue.exits import ExitCode

if TYPE_CHECKING:
    from tests.cli.conftest import Call


def test_the_shipped_translations_lack_four_plans(call: Call) -> None:
    """It names the plans that are in English only, and ends with 1: there is something to do."""
    done = call("content", "check")
    assert done.code == ExitCode.REFUSED
    assert "Not translated yet" in done.out
    assert "plan/full-day, plan/ninety-minutes, plan/three-hours, plan/two-hours" in done.out
    assert "plan/check-in" not in done.out


def test_programs_get_one_row_a_gap(call: Call) -> None:
    """With --json each gap is a row: the language, the item, and what is the matter."""
    rows = call("content", "check", "--json").json
    assert {"language": "es", "item": "plan/full-day", "lack": "missing"} in rows
    assert len(rows) == 4


def test_each_kind_of_gap_is_said(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stale, unlike, left over and unrecorded items each stand in their own sentence."""
    gaps = (
        Gap("prompt/why-i-came", "stale"),
        Gap("page/before", "unlike"),
        Gap("move/gone", "left-over"),
        Gap("text/new", "unrecorded"),
    )
    monkeypatch.setattr(dialogue.translations, "gaps_in", lambda _language: gaps)
    out = call("content", "check").out
    for gap, words in zip(
        gaps,
        ("has changed since", "Not the same ids", "no English", "Nobody has said"),
        strict=True,
    ):
        assert any(words in line and gap.place in line for line in out.splitlines())


def test_with_nothing_to_do_it_ends_with_0(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A translation that is whole and fresh is told by its number of items."""
    monkeypatch.setattr(dialogue.translations, "gaps_in", lambda _language: ())
    done = call("content", "check")
    assert done.code == ExitCode.OK
    assert "items are as the English has them" in done.out
