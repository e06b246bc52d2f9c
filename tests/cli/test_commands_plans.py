"""`dialogue plans` and `dialogue plan …`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from agreements.library import Library, shipped_folder

if TYPE_CHECKING:
    from tests.cli.conftest import Call

FIT = ("plan", "fit", "lunch-and-learn", "--heads", "24", "--start", "12:00")


def test_plans_lists_the_shipped_ones(call: Call, library: Library) -> None:
    """Each shipped plan has a row with its id, length and purpose."""
    answer = call("plans")
    assert answer.code == 0
    rows = [line.split("\t") for line in answer.out.splitlines()[1:]]
    assert [row[0] for row in rows] == list(library.plans)
    assert answer.err == ""


def test_plans_as_json_names_the_file_of_each(call: Call) -> None:
    """A program gets the id, the heads, the length and the path of every plan."""
    plans = {plan["id"]: plan for plan in call("plans", "--json").json}
    lunch = plans["lunch-and-learn"]
    assert (lunch["minutes"], lunch["min_heads"], lunch["max_heads"]) == (60, 8, 60)
    assert Path(lunch["path"]).is_file()


def test_a_broken_plan_of_ones_own_is_named_and_left_out(call: Call, config: Path) -> None:
    """The list still comes, with a line that says which file, where and what."""
    folder = config / "content" / "plans"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('id = "mine"\ntitle = 3\n', encoding="utf-8")
    answer = call("plans")
    assert answer.code == 0
    assert "mine.toml, line 2, title: this must be text in quotation marks" in answer.out
    assert "\nmine\t" not in answer.out


def test_show_says_what_happens(call: Call) -> None:
    """Steps with how long they take and how they give way, alternatives and prompts."""
    out = call("plan", "show", "lunch-and-learn").out
    assert "Welcome\t4 min\tpresentation\tdown to 3 min" in out
    assert "In pairs\t3 min each\tpair\tdown to 5 min" in out
    assert "At the door\topen\tarrival" in out
    assert "Agreements\t8 min\tplenary\tnever" in out
    assert "- Three rules for today: 4 min" in out


def test_show_as_json_is_the_plan_with_its_prompts(call: Call) -> None:
    """A program gets every step, and the words of every prompt that is used."""
    plan = call("plan", "show", "lunch-and-learn", "--json").json
    used = {prompt for step in plan["step"] for prompt in step.get("prompts", [])}
    assert {prompt["id"] for prompt in plan["prompt"]} >= used
    assert plan["id"] == "lunch-and-learn"


@pytest.mark.parametrize(
    "command", [("plan", "show"), ("plan", "copy"), ("plan", "check"), ("run",)]
)
def test_an_unknown_plan_offers_the_nearest(call: Call, command: tuple[str, ...]) -> None:
    """Whichever command asks for it, a misspelt plan is answered with its neighbours."""
    answer = call(*command, "lunch-and-lern")
    assert answer.code == 2
    assert answer.err == (
        "There is no plan called “lunch-and-lern”. Did you mean lunch-and-learn?\n"
    )
    assert answer.out == ""


def test_fit_as_json_is_the_whole_timetable(call: Call) -> None:
    """The keys, their order and the times are those that programs rely on."""
    found = call(*FIT, "--end", "13:00", "--json").json
    assert list(found) == [
        "plan",
        "heads",
        "starts",
        "ends",
        "projected_end",
        "fits",
        "feasible",
        "steps",
    ]
    assert list(found["steps"][0]) == [
        "id",
        "parent",
        "title",
        "kind",
        "starts",
        "ends",
        "seconds",
        "planned_seconds",
        "flex",
        "change",
    ]
    assert (found["starts"], found["ends"]) == ("12:00:00", "13:00:00")
    assert (found["fits"], found["feasible"], found["projected_end"]) == (True, True, "13:00:00")


@pytest.mark.parametrize("heads", [12, 24, 40])
def test_a_late_start_is_fitted_without_touching_what_is_protected(call: Call, heads: int) -> None:
    """From 12:05 the hour still ends at 13:00, and no protected step has changed."""
    arguments = ("--heads", heads, "--start", "12:05", "--end", "13:00", "--json")
    found = call("plan", "fit", "lunch-and-learn", *arguments).json
    assert found["feasible"]
    assert not found["fits"]
    assert found["projected_end"] == "13:00:00"
    assert {one["change"] for one in found["steps"] if one["flex"] == "protected"} == {None}


def test_fit_says_for_people_what_changes(call: Call) -> None:
    """A sentence first, then each step with its times and what became of it."""
    out = call(
        "plan", "fit", "lunch-and-learn", "--heads", 24, "--start", "12:05", "--end", "13:00"
    )
    assert "It fits by using 3 minutes of slack and shortening" in out.out
    assert "12:05\t12:08:51\t3:51\tWelcome\tshortened from 4" in out.out


def test_what_does_not_fit_is_an_answer_and_no_error(call: Call) -> None:
    """The question was answered: the exit code is 0, and the sentence says what is missing."""
    answer = call(*FIT, "--end", "12:20")
    assert answer.code == 0
    assert "It does not fit" in answer.out
    assert not call(*FIT, "--end", "12:20", "--json").json["feasible"]


def test_an_end_before_the_start_is_refused(call: Call) -> None:
    """A stop that lies more than half a day ahead was not meant."""
    answer = call(*FIT, "--end", "11:00")
    assert answer.code == 1
    assert "is not after the start" in answer.err


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--end", "25:00", "“25:00” is not a time of day. Write it as HH:MM, such as 13:00."),
        ("--end", "1pm", "“1pm” is not a time of day."),
        ("--end", "١٣:٠٠", "is not a time of day."),
        ("--end", "13:00\x1b[2J", "“13:00[2J” is not a time of day."),
        ("--heads", "0", "At least one person must be here."),
        ("--heads", "10000", "A session holds at most 1000 people."),
        ("--heads", "many", "“many” is not a number of people, such as 24."),
        ("--heads", "9" * 5000, "is not a number of people"),
        ("--heads", "-3", "At least one person must be here."),
    ],
)
def test_an_option_that_cannot_be_meant_is_explained(
    call: Call, option: str, value: str, sentence: str
) -> None:
    """Plain words for what is wrong, where it is explained, and exit code 2."""
    given = {"--heads": "24", "--start": "12:00", "--end": "13:00"} | {option: value}
    pairs = [part for pair in given.items() for part in pair]
    answer = call("plan", "fit", "lunch-and-learn", *pairs)
    assert answer.code == 2
    assert sentence in answer.err
    assert "`dialogue plan fit --help` explains it." in answer.err
    assert "\x1b" not in answer.err


def test_one_digit_of_an_hour_is_enough(call: Call) -> None:
    """`9:05` is five past nine."""
    found = call(
        "plan", "fit", "check-in", "--heads", 9, "--start", "9:05", "--end", "9:35", "--json"
    )
    assert found.json["starts"] == "09:05:00"


def test_copy_puts_the_plan_into_ones_own_folder(call: Call, config: Path) -> None:
    """The copy is the shipped file byte for byte, and is the one that is used from then on."""
    answer = call("plan", "copy", "check-in")
    target = config / "content" / "plans" / "check-in.toml"
    assert answer.code == 0
    assert str(target) in answer.out
    assert target.read_bytes() == (shipped_folder() / "plans" / "check-in.toml").read_bytes()
    paths = {plan["id"]: plan["path"] for plan in call("plans", "--json").json}
    assert paths["check-in"] == str(target)


def test_copy_never_overwrites(call: Call, config: Path) -> None:
    """A second copy is refused, and what was edited stays."""
    call("plan", "copy", "check-in")
    target = config / "content" / "plans" / "check-in.toml"
    target.write_text(target.read_text("utf-8").replace("Team check-in", "Ours"), "utf-8")
    answer = call("plan", "copy", "check-in")
    assert answer.code == 1
    assert "Your own copy is there already" in answer.err
    assert "Ours" in target.read_text("utf-8")


def test_copy_finds_ones_own_plan_under_any_file_name(call: Call, config: Path) -> None:
    """A plan that lies in the own folder under another name is not doubled."""
    folder = config / "content" / "plans"
    folder.mkdir(parents=True)
    shipped = (shipped_folder() / "plans" / "check-in.toml").read_text("utf-8")
    (folder / "ours.toml").write_text(shipped, encoding="utf-8")
    answer = call("plan", "copy", "check-in")
    assert answer.code == 1
    assert "ours.toml" in answer.err


def test_plan_without_a_command_says_what_is_missing(call: Call) -> None:
    """The group alone does nothing and points to its help."""
    answer = call("plan")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "Missing command.\n`dialogue plan --help` explains it.\n"


BARE = """
id = "mine"
title = "Mine"
revision = 1
language = "en"
source = "Ours."
license = "MIT"
purpose = "Talk."
minutes = 30

[[step]]
id = "talk"
title = "Talk \\u001b[2J"
kind = "talk"
phase = "deepen"
format = "plenary"
prompts = ["there-is-none"]
duration = { kind = "fixed", minutes = 30 }
"""


@pytest.mark.parametrize("plan", ["check-in", "lunch-and-learn", "full-day"])
def test_a_shipped_plan_is_clean(call: Call, plan: str) -> None:
    """A colleague has nothing to put right."""
    answer = call("plan", "check", plan)
    assert answer.code == 0
    assert "problem:" not in answer.out


def test_check_says_what_is_wrong_and_what_to_do(call: Call, tmp_path: Path) -> None:
    """Each finding has a sentence and, below it, a fix with the rule's name."""
    file = tmp_path / "mine.toml"
    file.write_text(BARE, encoding="utf-8")
    answer = call("plan", "check", file)
    assert answer.code == 2
    assert answer.err == ""
    lines = answer.out.splitlines()
    assert lines[0] == "Mine"
    problems = [number for number, line in enumerate(lines) if line.startswith("problem: ")]
    assert problems
    assert all(lines[number + 1].startswith("- ") for number in problems)
    assert any("there-is-none" in lines[number] for number in problems)
    assert "\x1b" not in answer.out


def test_check_of_a_file_that_is_no_plan_says_where(call: Call, tmp_path: Path) -> None:
    """The sentence holds file, line and key."""
    file = tmp_path / "mine.toml"
    file.write_text(BARE.replace("minutes = 30\n\n", 'minutes = "30"\n\n'), encoding="utf-8")
    answer = call("plan", "check", file)
    assert answer.code == 2
    assert answer.err.startswith("mine.toml, line 9, minutes: this must be a whole number")


def test_check_of_a_plan_that_was_left_out_says_why(call: Call, config: Path) -> None:
    """Asked for by its name, one's own plan is looked at although it cannot be run."""
    folder = config / "content" / "plans"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(BARE, encoding="utf-8")
    assert "there-is-none" in call("plan", "check", "mine").out
    (folder / "mine.toml").write_text("id = 3", encoding="utf-8")
    answer = call("plan", "check", "mine")
    assert answer.code == 2
    assert answer.err.startswith("mine.toml, line 1, id: this must be text")


@pytest.mark.parametrize("name", ["check-in.toml", "ours.toml"])
def test_a_broken_copy_of_a_shipped_plan_is_what_check_looks_at(
    call: Call, config: Path, name: str
) -> None:
    """Under its id or under another file name, it is named with line and key, never passed over."""
    break_a_copy(config, name)
    answer = call("plan", "check", "check-in")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"{name}, line 2, titel: this key is not known here")


@pytest.mark.parametrize("command", [("show",), ("fit", *FIT[3:], "--end", "12:30")])
@pytest.mark.parametrize("name", ["check-in.toml", "ours.toml"])
def test_a_broken_copy_is_not_replaced_in_silence(
    call: Call, config: Path, command: tuple[str, ...], name: str
) -> None:
    """The shipped plan is shown instead, and two lines say so."""
    break_a_copy(config, name)
    answer = call("plan", command[0], "check-in", *command[1:])
    assert answer.code == 0
    assert answer.err.startswith(f"Your own copy is left out: {name}, line 2, titel: ")
    assert "This is the plan that comes with the program." in answer.err
    assert "Team check-in" in answer.out


def test_a_broken_plan_that_another_replaces_is_no_matter(call: Call, config: Path) -> None:
    """Where a later folder has a good one, that one is checked and nothing is said."""
    (config / "config.toml").write_text('content_folders = ["team"]', encoding="utf-8")
    break_a_copy(config, "check-in.toml", folder="team")
    call("plan", "copy", "check-in")
    assert call("plan", "check", "check-in").code == 0
    assert call("plan", "show", "check-in").err == ""


def break_a_copy(config: Path, name: str, folder: str = "content") -> None:
    """Lay a copy of a shipped plan into an own folder, with one key misspelt."""
    target = config / folder / "plans" / name
    target.parent.mkdir(parents=True)
    text = (shipped_folder() / "plans" / "check-in.toml").read_text("utf-8")
    start = text.index("title")
    body = text[text.index('id = "check-in"') : start] + "titel" + text[start + len("title") :]
    target.write_text(body, encoding="utf-8")


def test_check_of_a_file_that_is_not_there_says_so(call: Call, tmp_path: Path) -> None:
    """What ends in .toml is taken for a file."""
    answer = call("plan", "check", tmp_path / "none.toml")
    assert answer.code == 2
    assert answer.err.startswith("none.toml: it cannot be read")


def test_one_person_is_one_person(call: Call) -> None:
    """A fit for one is told in the singular, and that the plan is made for more."""
    out = call(
        "plan", "fit", "lunch-and-learn", "--heads", "1", "--start", "9:00", "--end", "10:00"
    ).out
    assert "1 person · 09:00 to 10:00" in out
    assert "But it is made for 8 to 60 people." in out


def test_show_says_which_rule_a_plan_is_made_for(call: Call, config: Path) -> None:
    """A plan of the user's own may still name its rule."""
    call("plan", "copy", "lunch-and-learn")
    own = config / "content" / "plans" / "lunch-and-learn.toml"
    text = own.read_text("utf-8")
    own.write_text(text.replace("min_heads = 8", 'confidentiality = "private"\nmin_heads = 8'))
    assert "Made for: Nothing leaves the room." in call("plan", "show", "lunch-and-learn").out
