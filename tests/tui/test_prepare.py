"""Prepare with what a user's own files and hands can put into it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, Select

from dialogue.config import Config
from dialogue.content import open_content
from dialogue.tui.draft import Draft
from dialogue.tui.screens.live import LiveScreen
from dialogue.tui.screens.prepare import PrepareScreen
from tests.tui.conftest import LUNCH

if TYPE_CHECKING:
    from agreements.library import Library
    from dialogue.desk import Desk
    from tests.tui.conftest import Open

MARKUP = "[red]Hot[/blue] [@click=app.quit]x[/]"


def with_plan(desk: Desk, **fields: object) -> Desk:
    """Return a desk whose lunch hour has other fields."""
    library = desk.library
    changed = library.plans[LUNCH].model_copy(update=fields)
    return replace(desk, library=replace(library, plans=library.plans | {LUNCH: changed}))


async def test_labels_of_a_users_protocol_are_text(staged: Open, desk: Desk) -> None:
    """Markup in the names of rules, agreements, conditions and compass is shown and not obeyed."""
    # promise 5
    folder = desk.places.content
    folder.mkdir(parents=True)
    protocol = desk.library.protocol
    named = f'name = "{MARKUP}"\n'
    (folder / "protocol.toml").write_text(
        f'[[confidentiality]]\nid = "stories-stay"\n{named}'
        f'[[agreement]]\nid = "{protocol.agreements[0].id}"\n{named}'
        f'[[condition]]\nid = "{protocol.conditions[0].id}"\n{named}'
        f'[[compass]]\nid = "acting"\nlabel = "{MARKUP}"\n',
        "utf-8",
    )
    library = open_content(desk.places, Config())
    assert library.problems == []
    async with staged(plan=LUNCH, size=(160, 60), at=replace(desk, library=library)) as stage:
        assert "[red]Hot[/blue]" in stage.words_in("#rule")
        stage.app.screen.query_one("#rule").focus()
        await stage.press("enter")
        assert MARKUP in stage.text
        await stage.press("escape", "ctrl+g")
        await stage.until(lambda: isinstance(stage.app.screen, LiveScreen))
        assert MARKUP in stage.words_in("AgreementsPanel")
        for _ in stage.session.plan.steps:
            await stage.press("n", "s", "x", "escape")


async def test_a_rule_that_is_not_there_falls_back_and_is_said(staged: Open, desk: Desk) -> None:
    """A plan may name a rule of a protocol that was left out; the configured one stands then."""
    async with staged(plan=LUNCH, at=with_plan(desk, confidentiality="of-the-house")) as stage:
        assert stage.app.screen.query_one("#rule", Select).value == "stories-stay"
        assert "There is no rule “of-the-house”. Look at the rule that stands here." in stage.words


async def test_a_rule_that_is_nowhere_falls_back_to_the_first(staged: Open, desk: Desk) -> None:
    """When the configured rule is not there either, Prepare still opens."""
    at = replace(desk, config=Config(confidentiality="of-the-house"))
    async with staged(plan=LUNCH, at=at) as stage:
        first = desk.library.protocol.confidentiality[0].id
        assert stage.app.screen.query_one("#rule", Select).value == first
        assert "There is no rule “of-the-house”." in stage.words


async def test_the_rule_of_the_settings_applies_to_every_shipped_plan(
    staged: Open, desk: Desk, library: Library
) -> None:
    """An organisation chooses its rule once; no shipped plan takes another in its place."""
    assert {plan.confidentiality for plan in library.plans.values()} == {None}
    async with staged(plan=LUNCH, at=replace(desk, config=Config(confidentiality="private"))) as it:
        assert it.app.screen.query_one("#rule", Select).value == "private"


@pytest.mark.parametrize("field", ["starts", "ends"])
async def test_a_time_of_five_thousand_digits_is_told(staged: Open, field: str) -> None:
    """A paste fills the field and no more; what is no time is answered with a sentence."""
    async with staged(plan=LUNCH) as stage:
        there = stage.app.screen.query_one(f"#{field}", Input)
        there.focus()
        there.value = ""
        await stage.paste("9" * 5000)
        assert there.value == "99999"
        there.value = f"{'1' * 5000}:00"
        await stage.settle()
        assert stage.words_in("#verdict") == "Write times as hours and minutes, such as 13:15."
        await stage.press("ctrl+g")
        assert isinstance(stage.app.screen, PrepareScreen)


async def test_a_shortened_step_never_reads_as_it_was(staged: Open) -> None:
    """Half minutes are shown; where even they read the same, nothing is said."""
    seen: list[str] = []
    for end in ("12:40", "12:50", "12:52", "12:55", "12:57"):
        async with staged(plan=LUNCH, draft=Draft(heads=24, end=end), size=(120, 50)) as stage:
            rows = [line for line in stage.lines if "(was " in line]
            for row in rows:
                before, _, was = row.partition(" (was ")
                assert was.partition(")")[0] not in before.split()
            seen += rows
    assert any("½" in row for row in seen)


async def test_the_fields_are_named_as_people_speak(staged: Open) -> None:
    """Each field says what it is for, in words that fit beside it on the small terminal."""
    async with staged(plan=LUNCH) as stage:
        for label in ("People", "Days kept", "Care contact", "Report harm"):
            assert f"{label} " in stage.text
